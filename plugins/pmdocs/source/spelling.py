"""How a value is spelt in the file: the places of scalars, block texts, tags and lost comments."""

from __future__ import annotations

import re
from typing import Any

from pmdocs.diagnostics import Span
from pmdocs.source.place import Place

_PROPERTY = re.compile(r"[&!]\S*\s*")
_TAG = re.compile(r"!\S*")


def span_of(event: Any) -> Span:
    """Return the span of an event, in 1-based lines and columns."""
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def slice_of(text: str, event: Any) -> str:
    """Return the text an event was read from."""
    return text[event.start_mark.index : event.end_mark.index]


def place_scalar(text: str, event: Any, key: Span | None) -> Place:
    """Return the place of a scalar that stands as a value."""
    span, raw = span_of(event), slice_of(text, event)
    if event.anchor is not None or event.tag is not None:
        span, raw = _without_properties(span, raw)
    if not event.style:
        return Place(span, key, plain=True, raw=raw, comment=_lost(text, event.end_mark.index, span))
    if event.style in "|>":
        return _block_place(span, key, raw, event.value)
    return Place(span, key, raw=raw)


def tag_of(text: str, event: Any) -> tuple[str, Span]:
    """Return the tag of an event that has one, as written, and its span."""
    mark = event.start_mark
    match = _TAG.search(text, mark.index)
    if match is None:
        return "!", span_of(event)
    newlines = text.count("\n", mark.index, match.start())
    before = text.rfind("\n", mark.index, match.start()) if newlines else mark.index - mark.column - 1
    line, column = mark.line + 1 + newlines, match.start() - before
    return match.group(), Span(line, column, line, column + len(match.group()))


def _without_properties(span: Span, raw: str) -> tuple[Span, str]:
    """Return where the scalar itself begins, behind its anchor and its tag."""
    cut = 0
    while match := _PROPERTY.match(raw, cut):
        cut = match.end()
    newlines = raw.count("\n", 0, cut)
    column = cut - raw.rfind("\n", 0, cut) if newlines else span.column + cut
    return Span(span.line + newlines, column, span.end_line, span.end_column), raw[cut:]


def _lost(text: str, offset: int, span: Span) -> Span | None:
    """Return the span of what follows a plain scalar behind exactly one blank and `#`."""
    if not text.startswith(" #", offset):
        return None
    line_end = text.find("\n", offset)
    length = (len(text) if line_end < 0 else line_end) - offset
    return Span(span.end_line, span.end_column + 1, span.end_line, span.end_column + length)


def _block_place(span: Span, key: Span | None, raw: str, value: str) -> Place:
    """Return the place of a block text; the parser's own end lies behind the blank lines that follow it."""
    raw = raw[: raw.rfind("\n")] if raw.rfind("\n") > 0 and not raw[raw.rfind("\n") :].strip() else raw
    lines = raw.split("\n")
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    column = len(lines[last]) + (span.column if last == 0 else 1)
    indent = 0
    for number, line in enumerate(value.split("\n"), start=1):
        if line.strip() and number < len(lines):
            indent = max(0, len(lines[number]) - len(line))
            break
    whole = Span(span.line, span.column, span.line + last, column)
    return Place(whole, key, raw=raw, block=True, indent=indent if raw.startswith("|") else 0)
