"""Findings within a text: where its words stand in the file, in a block of many lines too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pmdocs.diagnostics import Diagnostic, Span
from pmdocs.document import Document, Path
from pmdocs.source import Place


def texts_of(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text within a value, each with its path: languages of a text, entries of a list."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts_of(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from texts_of(each, (*path, index))


def at_place(
    found: Iterator[Diagnostic], document: Document, path: Path, where: tuple[str, int, str]
) -> Iterator[Diagnostic]:
    """Move findings of a text from its beginning to what they are about: `where` is the text, an offset and the words there."""
    place = document.source.place.at(path) if document.source.place else None
    for each in found:
        span = _span_within(place, *where) if place else each.location.span
        yield replace(each, location=replace(each.location, span=span))


def _span_within(place: Place, text: str, offset: int, words: str) -> Span:
    if place.block:
        line = place.line_of(text.count("\n", 0, offset))
        column = line.column + offset - text.rfind("\n", 0, offset) - 1
        return Span(line.line, column, line.line, column + len(words)) if place.raw.startswith("|") else line
    earlier = text.count(words, 0, offset)
    position = -1
    for _ in range(earlier + 1):
        position = place.raw.find(words, position + 1)
    if "\n" in place.raw or position < 0:
        return place.span
    column = place.span.column + position
    return Span(place.span.line, column, place.span.line, column + len(words))
