"""The lines of block collections anew: entries in order, even indentation, comments where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from yaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from pmdocs.layout.order import Order

STEP = 2
COMMENT = re.compile(r"(?:^|(?<=\s))#.*")

GAP = "\0"
"""Stands for a blank line between entries until all are in order; blank lines within values are empty."""
NO_GAP = "\1"
"""Stands behind a block of text that keeps its last blank lines: one more would become part of it."""

Lines = list[str]


class UntidyError(Exception):
    """A file whose layout cannot be put in order without changing what it says."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a block: what stands above it, its own lines, and its rank."""

    lead: Lines
    lines: Lines
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Blocks:
    """A text and its lines; block methods get the lines (from, to) that belong to a collection."""

    text: str
    lines: Lines

    def mapping(self, node: MappingNode, indent: int, order: Order, room: tuple[int, int]) -> Lines:
        """Return a block mapping in order; what stands above its first key at the top of a file stays there."""
        column = node.value[0][0].start_mark.column
        starts = [key.start_mark.line for key, _ in node.value]
        entries: list[_Entry] = []
        begin = room[0]
        for (key, value), following in zip(node.value, [*starts[1:], room[1]], strict=True):
            name = self.text[key.start_mark.index : key.end_mark.index]
            lead = self._comments(begin, key.start_mark.line, indent)
            until = self._inner_end(value, key.start_mark.line, column, following)
            inner = order.inside(str(key.value))
            behind = self._behind(key.end_mark.line, key.end_mark.column)
            own = self._value(f"{' ' * indent}{name}:", value, indent, inner, (key.end_mark.line, until, behind))
            entries.append(_Entry(lead, own, order.rank(str(key.value))))
            begin = until
        head = entries[0].lead if indent == 0 else []
        if head:
            entries[0] = _Entry([], entries[0].lines, entries[0].rank)
        tail = self._tail(begin, room[1], indent)
        ordered = sorted(entries, key=lambda entry: entry.rank)
        return [*head, *_joined(ordered, keep_first=bool(head)), *tail]

    def sequence(self, node: SequenceNode, indent: int, order: Order, room: tuple[int, int]) -> Lines:
        """Return a block sequence, a dash before each entry."""
        dashes = [self._dash(item) for item in node.value]
        entries: list[_Entry] = []
        begin = room[0]
        for item, dash, following in zip(node.value, dashes, [*dashes[1:], (room[1], 0)], strict=True):
            until = self._inner_end(item, dash[0], dash[1], following[0])
            lead = self._comments(begin, dash[0], indent)
            own = self._item(item, dash, indent, order, until)
            split = next((at for at, line in enumerate(own) if line.lstrip()[:1] not in (GAP, "#")), len(own))
            above = [line if line == GAP else " " * indent + line.strip() for line in own[:split]]
            entries.append(_Entry([*lead, *above], own[split:]))
            begin = until
        return [*_joined(entries, keep_first=False), *self._tail(begin, room[1], indent)]

    def _item(self, item: Node, dash: tuple[int, int], indent: int, order: Order, until: int) -> Lines:
        """Return the lines of an entry of a sequence: comments that belong above it, then the dash and the entry."""
        if not self._is_block(item):
            return self._value(" " * indent + "-", item, indent, order, (dash[0], until, ""))
        same_line = item.start_mark.line == dash[0]
        behind = "" if same_line else self._behind(dash[0], dash[1] + 1)
        begin = item.start_mark.line if same_line else dash[0] + 1
        lead = self._comments(begin, item.start_mark.line, indent)
        inner = self._block(item, indent + STEP, order, (item.start_mark.line, until))
        first = next(at for at, line in enumerate(inner) if line.lstrip()[:1] not in (GAP, "#"))
        marked = " " * indent + "-" + " " * (STEP - 1) + inner[first].lstrip()
        return [*([" " * indent + behind] if behind else []), *lead, *inner[:first], marked, *inner[first + 1 :]]

    def _block(self, node: Node, indent: int, order: Order, room: tuple[int, int]) -> Lines:
        if isinstance(node, MappingNode):
            return self.mapping(node, indent, order, room) if indent else []
        assert isinstance(node, SequenceNode)
        return self.sequence(node, indent, order, room)

    def _value(self, head: str, node: Node, indent: int, order: Order, room: tuple[int, int, str]) -> Lines:
        """Return the lines of a value that begins behind `head`, a key with its colon or a dash.

        `room` is the line of the head, the line behind the value, and the comment behind the head of a block.
        """
        if self._is_block(node):
            note = f"  {room[2]}" if room[2] else ""
            return [head + note, *self._block(node, indent + STEP, order, (room[0] + 1, room[1]))]
        start, end = node.start_mark, node.end_mark
        if start.index == end.index and isinstance(node, ScalarNode):
            return [head + self._note(start.line, start.column)]
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return [f"{head} {self.lines[start.line][start.column :].rstrip()}", *self._literal(node, indent + STEP)]
        raw = self.text[start.index : end.index]
        if "\n" not in raw:
            shown = raw if isinstance(node, ScalarNode) else self._flow(node, order)
            return [f"{head} {shown}{self._note(end.line, end.column)}"]
        first, *more = raw.split("\n")
        inner = [self._continued(line, indent) for line in more]
        inner[-1] += self._note(end.line, end.column)
        return [f"{head} {first.rstrip()}", *inner]

    def _continued(self, line: str, indent: int) -> str:
        stripped = line.strip()
        closes = stripped[:1] in ("]", "}")
        return (" " * (indent if closes else indent + STEP) + stripped) if stripped else ""

    def _flow(self, node: Node, order: Order) -> str:
        """Return a collection on one line with even blanks; as it is where a part of it is not spelt out."""
        raw = self.text[node.start_mark.index : node.end_mark.index]
        shown = self._flow_parts(node, order)
        return raw if shown is None else shown

    def _flow_parts(self, node: Node, order: Order) -> str | None:
        raw = self.text[node.start_mark.index : node.end_mark.index]
        if isinstance(node, ScalarNode):
            return raw or None
        if isinstance(node, SequenceNode):
            parts = [self._flow_parts(each, order) for each in node.value]
            return None if None in parts or raw[:1] != "[" else f"[{', '.join(map(str, parts))}]"
        pairs = []
        for key, value in sorted(node.value, key=lambda pair: order.rank(str(pair[0].value))):
            shown = self._flow_parts(value, order.inside(str(key.value)))
            pairs.append(None if shown is None else f"{self._flow_parts(key, order)}: {shown}")
        return None if None in pairs or raw[:1] != "{" else f"{{{', '.join(map(str, pairs))}}}"

    def _literal(self, node: ScalarNode, indent: int) -> Lines:
        """Return the lines of a literal or folded block at another indentation."""
        first, last = node.start_mark.line + 1, self._last(node)
        content = self.lines[first : last + 1]
        header = self.lines[node.start_mark.line][node.start_mark.column :]
        if re.match(r"[|>][+-]?\d", header) and indent != self._margin(content):
            raise UntidyError
        margin = self._margin(content)
        shown = [" " * indent + line[margin:] if line.strip() or len(line) > margin else "" for line in content]
        return [*shown, NO_GAP] if self._keeps(node) else shown

    def _margin(self, content: Lines) -> int:
        filled = [line for line in content if line.strip()]
        return len(filled[0]) - len(filled[0].lstrip(" ")) if filled else 0

    def _is_block(self, node: Node) -> bool:
        return isinstance(node, CollectionNode) and not node.flow_style and bool(node.value)

    def _last(self, node: Node) -> int:
        """Return the last line on which something of a node stands."""
        if self._is_block(node):
            last: Any = node.value[-1]
            key, value = last if isinstance(node, MappingNode) else (None, last)
            return max(self._last(value), key.end_mark.line if key else 0)
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            end = node.end_mark.line - (1 if node.end_mark.column == 0 else 0)
            while end > node.start_mark.line and not self._keeps(node) and not self.lines[end].strip():
                end -= 1
            return end
        return int(node.end_mark.line)

    def _keeps(self, node: ScalarNode) -> bool:
        """Whether a block of text keeps the blank lines at its end."""
        return "+" in self.lines[node.start_mark.line][node.start_mark.column :].split("#")[0]

    def _inner_end(self, value: Node, line: int, column: int, following: int) -> int:
        """Return the line behind an entry: with the comments below it that are indented as what is in it."""
        end = max(self._last(value), line) + 1
        if not self._is_block(value):
            return end
        for number in range(end, following):
            stripped = self.lines[number].lstrip()
            if stripped.startswith("#") and len(self.lines[number]) - len(stripped) > column:
                end = number + 1
        return end

    def _dash(self, item: Node) -> tuple[int, int]:
        """Return line and column of the dash before an entry."""
        line, column = item.start_mark.line, item.start_mark.column
        before = self.lines[line][:column].rstrip() if line < len(self.lines) else ""
        while not before.endswith("-"):
            line -= 1
            before = COMMENT.sub("", self.lines[line]).rstrip()
        return line, len(before) - 1

    def _tail(self, start: int, end: int, indent: int) -> Lines:
        """Return the comments behind the last entry of a collection, without blank lines below them."""
        shown = self._comments(start, end, indent)
        while shown and shown[-1] == GAP:
            shown.pop()
        return shown

    def _comments(self, start: int, end: int, indent: int) -> Lines:
        """Return the comments of these lines at an indentation, and the gaps between them."""
        shown = []
        for line in self.lines[start:end]:
            stripped = line.strip()
            starts_at_margin = stripped.startswith(("---", "...")) or not stripped
            shown.append((stripped or GAP) if starts_at_margin else " " * indent + stripped)
        return shown

    def _note(self, line: int, column: int) -> str:
        """Return the comment behind a value; one blank before it stays one, for check asks whether it was meant as one."""
        text = self.lines[line] if line < len(self.lines) else ""
        match = COMMENT.search(text, column)
        if match is None:
            return ""
        return ("  " if match.start() - column != 1 else " ") + match.group().rstrip()

    def _behind(self, line: int, column: int) -> str:
        """Return the comment behind a key or dash whose value is a block."""
        match = COMMENT.search(self.lines[line], column)
        return match.group().rstrip() if match else ""


def _joined(entries: Sequence[_Entry], *, keep_first: bool) -> Iterator[str]:
    """Yield the lines of entries with what stands above each; above the first one no blank line is left."""
    for number, entry in enumerate(entries):
        lead = entry.lead
        if number == 0 and not keep_first:
            lead = lead[next((at for at, line in enumerate(lead) if line != GAP), len(lead)) :]
        yield from lead
        yield from entry.lines
