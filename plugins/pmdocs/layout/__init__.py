"""The layout of a YAML file: fields in the order of the type and even blanks, every comment and every value as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import yaml
from yaml import CSafeLoader, MappingNode, Node, ScalarNode

from pmdocs.doctype import Field
from pmdocs.layout.blocks import COMMENT, GAP, NO_GAP, Blocks, UntidyError
from pmdocs.layout.order import Order
from pmdocs.source import read_text

__all__ = ["UntidyError", "comments", "tidied"]


def tidied(text: str, fields: Sequence[Field]) -> str:
    """Return YAML in its type's order and layout: the same values and comments, put in order.

    `text` must be readable (see source.read_text). Raises UntidyError where that cannot be done without loss: for
    anchors, and for whatever else this module does not know. Applied twice it changes nothing more.
    """
    root: Node | None = yaml.compose(text, CSafeLoader)
    if _holds_marks(text):
        raise UntidyError
    if not isinstance(root, MappingNode) or root.flow_style:
        return text
    lines = text.split("\n")
    page = Blocks(text, lines)
    shown = page.mapping(root, 0, Order.of(fields), (0, len(lines)))
    new = "\n".join(_without_wide_gaps(shown)) + "\n"
    if read_text(new, file="").value != read_text(text, file="").value or comments(new) != comments(text):
        raise UntidyError
    return new


def comments(text: str) -> Counter[str]:
    """Return every comment of a YAML text with its count, blanks at its ends apart."""
    rest = list(text.split("\n"))
    for node in _scalars(yaml.compose(text, CSafeLoader)):
        start, end = node.start_mark, node.end_mark
        first = start.line + 1 if node.style in ("|", ">") else start.line
        for number in range(first, min(end.line, len(rest) - 1) + 1):
            left = start.column if number == start.line else 0
            right = end.column if number == end.line else len(rest[number])
            rest[number] = rest[number][:left] + "x" * (right - left) + rest[number][right:]
    return Counter(match.group().strip() for line in rest for match in [COMMENT.search(line)] if match)


def _scalars(node: Node | None) -> Iterator[ScalarNode]:
    waiting = [node] if node else []
    while waiting:
        each = waiting.pop()
        if isinstance(each, ScalarNode):
            yield each
        elif isinstance(each, MappingNode):
            waiting += [part for pair in each.value for part in pair]
        else:
            waiting += each.value


def _holds_marks(text: str) -> bool:
    return any(
        isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken) for token in yaml.scan(text, CSafeLoader)
    )


def _without_wide_gaps(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines with one blank line for each gap, and none at the top of the file."""
    before = GAP
    for line in lines:
        if line not in (GAP, NO_GAP):
            yield line
        elif line == GAP and before not in (GAP, NO_GAP):
            yield ""
        before = line
