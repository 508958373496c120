"""Paths into a document: which fields they pass through, what lies there, and where it stands in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmdocs.diagnostics import Diagnostic, Facts, Location, Severity, Span
from pmdocs.doctype.vocabulary import DocumentType, Field
from pmdocs.rules.reading import YAML_READS
from pmdocs.source import Source

Path = tuple[str | int, ...]
START = Span(1, 1, 1, 1)


def lost_comments(kind: DocumentType, source: Source, document: str | None) -> Iterator[Diagnostic]:
    """Yield a finding for each text value that a ` #` cut off: what follows is a comment to YAML, and lost to readers.

    A field without a value may have a comment beside it; `#1` right after its colon is meant as text.
    """
    if source.place is None:
        return
    for field, path in text_paths(kind.fields, source.value, ()):
        place = source.place.at(path)
        if place.comment is not None:
            line = source.text.split("\n")[place.comment.line - 1]
            lost = line[place.comment.column - 1 : place.comment.end_column - 1]
            if not place.raw and lost[1:2] in ("", " ", "\t"):
                continue
            facts: Facts = {"field": field.label, "text": lost}
            location = Location(source.file, place.comment)
            yield Diagnostic(YAML_READS, YAML_READS.reason("lost-comment"), Severity.ERROR, location, facts, document)


def text_paths(fields: Sequence[Field], value: object, path: Path) -> Iterator[tuple[Field, Path]]:
    """Yield every text and Markdown field of `value` with the path of each string it holds."""
    if not isinstance(value, dict):
        return
    for field in fields:
        if field.name not in value:
            continue
        here = (*path, field.name)
        if field.holds_text:
            yield from ((field, each) for each in _string_paths(value[field.name], here))
        elif field.kind == "map":
            yield from text_paths(field.fields, value[field.name], here)
        elif field.fields and isinstance(value[field.name], list):
            for index, row in enumerate(value[field.name]):
                yield from text_paths(field.fields, row, (*here, index))


def _string_paths(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, str) or value is None:
        yield path
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _string_paths(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _string_paths(each, (*path, index))


def fields_along(fields: Sequence[Field], path: Path) -> list[Field]:
    """Return the fields that `path` passes through, outermost first."""
    chain: list[Field] = []
    for part in path:
        if isinstance(part, int):
            continue
        field = next((each for each in fields if each.name == part), None)
        if field is None:
            break
        chain.append(field)
        fields = field.fields
    return chain


def span_of(source: Source, path: Path, *, at_key: bool = False) -> Span:
    """Return the place of the value at `path`, or of its key; the nearest existing place where the path ends early."""
    if source.place is None:
        return START
    return source.place.key_at(path) if at_key else source.place.at(path).span


def mapping_at(value: object, path: Path) -> Mapping[str, Any]:
    """Return the mapping at `path`, or an empty one where there is none."""
    for part in path:
        try:
            value = value[part]  # type: ignore[index]  # whatever cannot be indexed ends the walk
        except (KeyError, IndexError, TypeError):
            return {}
    return value if isinstance(value, dict) else {}
