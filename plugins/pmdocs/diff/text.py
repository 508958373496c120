"""Differences as text for a terminal, and as Markdown for a page or a comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pmdocs.diagnostics import Language, Words
from pmdocs.diff.changes import Difference, DocumentChange, FieldChange, PartChange
from pmdocs.diff.lines import lines_of
from pmdocs.diff.record import Link, Part, Record
from pmdocs.diff.wording import LINKS, NOTHING, SORTS, excerpt, label_of, moves, told, where
from pmdocs.diff.words import Segment

_SIGNS = {"added": "+", "removed": "-", "renamed": "→", "moved": "→", "changed": "~"}
_PLAIN: Mapping[str, str] = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
_MARKDOWN: Mapping[str, str] = {"equal": "{}", "removed": "~~{}~~", "added": "**{}**"}
_COLON = Words("：", ": ")
_AROUND = 40
"""How many characters are shown of what stayed, on each side of what changed."""


def as_text(change: Difference, language: Language) -> str:
    """Return a difference as text for a terminal."""
    told_lines = [line for each in change.documents for line in document_text(each, language)]
    return "\n".join(told_lines or [NOTHING.in_language(language)]) + "\n"


def document_text(change: DocumentChange, language: Language) -> Iterator[str]:
    """Yield what changed in a document, line by line: a line for it, for each item, and for each place in a field."""
    record = change.record
    head = f"{_SIGNS[change.sort]} {record.id} {record.title.in_language(language)}"
    yield f"{head} ({SORTS[change.sort].in_language(language)})"
    for part in told_parts(change):
        indent = "  "
        if part.part.parent:
            yield f"  {_headline(part, record, language)}"
            indent = "      "
        yield from (f"{indent}{line}" for line in _places(part, record, language, _PLAIN))


def as_markdown(change: Difference, language: Language) -> str:
    """Return a difference as Markdown: a heading for each document, a list entry for each item."""
    found: list[str] = []
    for each in change.documents:
        record = each.record
        found += [
            f"### {record.id} {record.title.in_language(language)} ({SORTS[each.sort].in_language(language)})",
            "",
        ]
        for part in told_parts(each):
            indent = ""
            if part.part.parent:
                found.append(f"* {_headline(part, record, language, mark='**')}")
                indent = "    "
            found += [f"{indent}* {line}" for line in _places(part, record, language, _MARKDOWN)]
        found.append("")
    return "\n".join(found).rstrip() + "\n" if found else NOTHING.in_language(language) + "\n"


def told_parts(change: DocumentChange) -> Iterator[PartChange]:
    """Yield what is told of a document: what came or went with its parent is told by the parent."""
    whole = {each.part.id for each in change.parts if each.sorts[0] in ("added", "removed")}
    for each in change.parts:
        if each.sorts[0] not in ("added", "removed") or each.part.parent not in whole:
            yield each


def _headline(change: PartChange, record: Record, language: Language, *, mark: str = "") -> str:
    sorts = "、" if language == "zh" else ", "
    named = change.part.title.in_language(language)
    title = "" if named == change.part.local else f" {named}"
    happened = [SORTS[each].in_language(language) for each in change.sorts]
    told_moves = list(moves(change, record, language))
    sign = "" if mark else f"{_SIGNS[change.sorts[0]]} "
    return f"{sign}{mark}{change.part.id}{mark}{title} ({sorts.join([*happened, *told_moves])})"


def _places(change: PartChange, record: Record, language: Language, marks: Mapping[str, str]) -> Iterator[str]:
    if change.moved_to:
        return
    if change.sorts[0] in ("added", "removed"):
        yield from _gist(change, record, language, marks)
        return
    colon = _COLON.in_language(language)
    for field in change.fields:
        for label, place, segments, _ in field_lines(change.part, field, record, language):
            yield f"{label}{' ' if place else ''}{place}{colon}{_marked(segments, marks)}"
    for label, _, segments, _ in link_lines(change, record, language):
        yield f"{label}{colon}{_marked(segments, marks)}"


class Told(NamedTuple):
    """A place of a field: what the field is called, which place it is (empty for all of it), its words, and their language."""

    label: str
    place: str
    segments: tuple[Segment, ...]
    language: str = ""


def field_lines(part: Part, field: FieldChange, record: Record, language: Language) -> Iterator[Told]:
    """Yield each place of a changed field."""
    key = part.label_key(field.name)
    label = label_of(key, record.shapes, language, below=part.list)
    for line in lines_of(field, key, record.shapes):
        spoken = next((step.name for step in line.steps if step.kind == "language"), "")
        yield Told(label, where(line, record.shapes, language), told(line, record.shapes, language), spoken)


def link_lines(change: PartChange, record: Record, language: Language) -> Iterator[Told]:
    """Yield the links gained and lost, by field; those within a field that is told already are left out."""
    names = sorted({link.field for link in (*change.gained, *change.lost)})
    told_fields = [f"{each.name}." for each in change.fields]
    for name in (each for each in names if not each.startswith(tuple(told_fields))):
        lost = [Segment("removed", target) for target in _targets(change.lost, name)]
        gained = [Segment("added", target) for target in _targets(change.gained, name)]
        key = change.part.label_key(name)
        label = label_of(key, record.shapes, language, below=change.part.list)
        yield Told(label or LINKS.in_language(language), "", _spaced([*lost, *gained]))


def _targets(links: Sequence[Link], field: str) -> list[str]:
    return [link.target for link in links if link.field == field]


def _spaced(segments: list[Segment]) -> tuple[Segment, ...]:
    blank = Segment("equal", " ")
    return tuple(each for segment in segments for each in (blank, segment))[1:]


def _gist(change: PartChange, record: Record, language: Language, marks: Mapping[str, str]) -> Iterator[str]:
    """Yield what a new or removed thing says first: its longest reviewed text is not always its first, so the first it is."""
    op = "added" if change.before is None else "removed"
    for name, value in change.part.fields.items():
        shape = record.shapes.get(change.part.label_key(name))
        text = value.get(language) or next(iter(value.values()), "") if isinstance(value, dict) else value
        if shape and shape.kind in ("text", "markdown") and shape.reviewed_by and isinstance(text, str):
            if text in (change.part.title.zh, change.part.title.en):
                continue
            yield f"{shape.label.in_language(language)}{_COLON.in_language(language)}{marks[op].format(_flat(text))}"
            return


def _marked(segments: Sequence[Segment], marks: Mapping[str, str]) -> str:
    shown = excerpt(segments, around=_AROUND)
    return "".join(marks[each.op].format(each.text.replace("\n", " ")) for each in shown)


def _flat(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 3 * _AROUND else flat[: 3 * _AROUND - 1] + "…"
