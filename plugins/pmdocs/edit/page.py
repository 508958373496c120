"""Where in a YAML file an entry goes: between the places of what is there, by stretches of the text as typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pmdocs.diagnostics import Words
from pmdocs.edit.spelling import block, flow
from pmdocs.source import Place, Source, read_bytes

Path = tuple[str | int, ...]
Edit = tuple[int, int, str]
"""From where to where in a text, and what stands there instead."""
_END_OF_LINE = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


class EditError(Exception):
    """A file that cannot be edited without touching more than was asked for; says so in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


_UNREADABLE = Words("文件读不出来；先运行 pmdocs check", "The file cannot be read; run pmdocs check first")
_UNUSUAL = Words(
    "“{key}”的写法特殊（例如用了锚点），改动会影响别处，所以没有改；请手工填写",
    "“{key}” is written in an unusual way (with an anchor, say), and editing it would touch something else, "
    "so nothing was changed; please write it by hand",
)


def appended(data: bytes, path: Path, entry: Mapping[str, Any], *, after: Sequence[str] = ()) -> bytes:
    """Return the file with `entry` at the end of the list at `path`.

    Where there is no such list it begins one: at the top of the file behind the last of the keys `after`. Raises EditError.
    """
    page = _Page.of(data)
    wanted = _copied(page.value)
    around = _at(wanted, path[:-1])
    if not isinstance(around, dict) or not isinstance(around.get(path[-1]), list | None):
        raise _unusual(path)
    around[path[-1]] = [*(around.get(path[-1]) or []), entry]
    return _first_right(page.appends(path, entry, after), wanted, path)


def changed(data: bytes, path: Path, values: Mapping[str, Any]) -> bytes:
    """Return the file with these `values` in the mapping at `path`, in place of those it had. Raises EditError."""
    page = _Page.of(data)
    wanted = _copied(page.value)
    here = _at(wanted, path)
    if not isinstance(here, dict):
        raise _unusual(path)
    here.update(values)
    return _first_right(page.changes(path, values), wanted, path)


def _first_right(tries: Iterator[bytes], wanted: object, path: Path) -> bytes:
    """Return the first of these files that means exactly what is wanted."""
    for data in tries:
        source = read_bytes(data, file="")
        if source.value == wanted and not source.findings:
            return data
    raise _unusual(path)


def _unusual(path: Path) -> EditError:
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    return EditError(Words(_UNUSUAL.zh.format(key=key), _UNUSUAL.en.format(key=key)))


def _copied(value: Any) -> Any:
    """Return a copy in which nothing is shared: what an anchor makes one thing are two."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def _at(value: Any, path: Path) -> Any:
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


@dataclass(frozen=True)
class _Page:
    """A file as typed, and the places in it."""

    text: str
    source: Source
    mark: str = ""

    @classmethod
    def of(cls, data: bytes) -> _Page:
        source = read_bytes(data, file="")
        if source.place is None or source.findings or not isinstance(source.value, dict):
            raise EditError(_UNREADABLE)
        text = data.decode("utf-8")
        mark = _MARK if text.startswith(_MARK) else ""
        return cls(text.removeprefix(_MARK), source, mark)

    @property
    def value(self) -> object:
        return self.source.value

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(match.end() for match in _END_OF_LINE.finditer(self.text))]

    def offset(self, line: int, column: int) -> int:
        """Return the place of a line and column, both from 1."""
        return self.starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """Return a line (from 1) without its end."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[self.starts[number - 1] : end].rstrip("\r\n")

    def newline(self, offset: int) -> str:
        """Return how the line before `offset` ends, or the nearest one that has an end."""
        number = min(bisect_right(self.starts, offset) - 1, len(self.starts) - 1)
        match = _END_OF_LINE.search(self.text, self.starts[max(number - 1, 0)])
        return match.group() if match else "\n"

    def put(self, *edits: Edit) -> bytes:
        """Return the file with stretches of it replaced."""
        text = self.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        try:
            return (self.mark + text).encode()
        except UnicodeEncodeError:
            raise EditError(Words("有字符写不进文件", "It holds characters that no file can hold")) from None

    def lines_at(self, number: int, lines: Sequence[str]) -> Edit:
        """Return the edit that puts whole lines before line `number`, or behind the last one."""
        if number <= len(self.starts):
            offset = self.starts[number - 1]
            ended = self.newline(offset)
            return offset, offset, "".join(line + ended for line in lines)
        ended = self.newline(len(self.text))
        return len(self.text), len(self.text), "".join(ended + line for line in lines)

    # ── what is tried ──

    def appends(self, path: Path, entry: Mapping[str, Any], after: Sequence[str]) -> Iterator[bytes]:
        """Yield files with an entry more, likeliest first."""
        assert self.source.place is not None
        around = self.source.place.at(path[:-1])
        here = around.children.get(str(path[-1])) if isinstance(around.children, dict) else None
        if here is None:
            yield from self._new_key(around, str(path[-1]), [entry], after)
        elif self._is_flow(here):
            yield self.put(self._into_flow(here, flow(entry, quoted=self._is_json())))
        elif isinstance(here.children, list) and here.children:
            dash = here.span.column - 1
            step = here.children[-1].span.column - 1 - dash if not self._is_flow(here.children[-1]) else 2
            lines = block([entry], dash, step=max(step, 2))
            yield from self._below(here, dash, lines)
        elif here.raw == "" and here.key:
            yield from self._below_key(here, block([entry], here.key.column - 1 + self._indent))
        else:
            start, end = self._stretch(here)
            yield self.put((start, end, flow([entry])))

    def changes(self, path: Path, values: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield files with other values in a mapping, likeliest first."""
        assert self.source.place is not None
        here = self.source.place.at(path)
        children = here.children if isinstance(here.children, dict) else {}
        known = [(children[key], value) for key, value in values.items() if key in children]
        more = {key: value for key, value in values.items() if key not in children}
        for put in (self._value, self._value_behind_key):
            edits = [put(place, value) for place, value in known]
            yield from self._changes(here, edits, more)

    def _changes(self, here: Place, edits: Sequence[Edit], more: Mapping[str, Any]) -> Iterator[bytes]:
        if not more:
            yield self.put(*edits)
        elif self._is_flow(here):
            yield self.put(*edits, self._into_flow(here, flow(more, quoted=self._is_json())[1:-1]))
        else:
            column = here.span.column - 1
            for number in self._behind(here, column - 1):
                yield self.put(*edits, self.lines_at(number, block(more, column, dash=self._indent)))

    def _new_key(self, around: Place, key: str, value: Any, after: Sequence[str]) -> Iterator[bytes]:
        children = around.children if isinstance(around.children, dict) else {}
        if self._is_flow(around):
            yield self.put(self._into_flow(around, flow({key: value}, quoted=self._is_json())[1:-1]))
            return
        last = next((children[name] for name in reversed(after) if name in children), around)
        column = around.span.column - 1
        for number in self._behind(last, column - 1 if last is around else column):
            yield self.put(self.lines_at(number, block({key: value}, column, dash=self._indent)))

    def _below(self, here: Place, column: int, lines: Sequence[str]) -> Iterator[bytes]:
        for number in self._behind(here, column):
            yield self.put(self.lines_at(number, lines))

    def _below_key(self, here: Place, lines: Sequence[str]) -> Iterator[bytes]:
        assert here.key is not None
        yield self.put(self.lines_at(here.key.end_line + 1, lines))

    def _behind(self, here: Place, column: int) -> Iterator[int]:
        """Yield the lines before which something may be put behind `here`: below its comments, those indented as it is."""
        first = here.span.end_line + (1 if here.span.end_column > 1 else 0)
        first = max(first, (here.key.end_line + 1) if here.key else 0)
        number = first
        for at in range(first, len(self.starts) + 1):
            line = self.line(at)
            stripped = line.lstrip(" ")
            if stripped and not stripped.startswith("#"):
                break
            if stripped and len(line) - len(stripped) > column:
                number = at + 1
        yield number
        for at in range(first, len(self.starts) + 2):
            if at != number:
                yield at
            if at <= len(self.starts) and self.line(at).lstrip(" ")[:1] not in ("", "#"):
                return

    def _value(self, here: Place, value: Any) -> Edit:
        """Return the edit that writes another value in a value's place."""
        start, end = self._stretch(here)
        if isinstance(value, dict | list) and value and not self._is_flow(here) and here.children:
            column = here.span.column - 1
            lines = block(value, column, dash=self._indent)
            return start, end, self.newline(start).join([lines[0].lstrip(" "), *lines[1:]])
        lead = " " if here.raw == "" and not here.children and start and self.text[start - 1] == ":" else ""
        return start, end, lead + flow(value)

    def _value_behind_key(self, here: Place, value: Any) -> Edit:
        """Return the edit that writes another value behind its key, on the key's line."""
        assert here.key is not None
        start = self.offset(here.key.end_line, here.key.end_column)
        return self.text.index(":", start) + 1, self._stretch(here)[1], f" {flow(value)}"

    def _into_flow(self, here: Place, new: str) -> Edit:
        """Return the edit that puts something at the end of a collection in brackets."""
        children = list(here.children.values() if isinstance(here.children, dict) else here.children or ())
        if not children:
            offset = self.offset(here.span.line, here.span.column) + 1
            return offset, offset, new
        last = max(children, key=lambda each: (each.span.end_line, each.span.end_column))
        offset = self.offset(last.span.end_line, last.span.end_column)
        return offset, offset, f", {new}"

    def _stretch(self, here: Place) -> tuple[int, int]:
        span = here.span
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def _is_flow(self, here: Place) -> bool:
        start = self.offset(here.span.line, here.span.column)
        return here.children is not None and self.text[start : start + 1] in ("[", "{")

    def _is_json(self) -> bool:
        """Whether the keys of the file's outermost mapping are in quotation marks, as in JSON."""
        place = self.source.place
        assert place is not None
        return (
            self._is_flow(place)
            and self.text[self.offset(place.span.line, place.span.column) + 1 :].lstrip()[:1] == '"'
        )

    @cached_property
    def _indent(self) -> int:
        """How far the dashes of a list stand in from its key in this file: as the first one that has any."""
        assert self.source.place is not None
        children = self.source.place.children
        for each in children.values() if isinstance(children, dict) else ():
            if isinstance(each.children, list) and each.children and each.key and not self._is_flow(each):
                return each.span.column - each.key.column
        return 2
