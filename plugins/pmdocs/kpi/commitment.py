"""Commitments: what a document promises for each of its versions, and what became of it, as its envelope and history say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pmdocs.doctype import Standards
from pmdocs.doctype.vocabulary import GATES
from pmdocs.document import Document

_PUBLISHED, _APPROVED = GATES.index("published"), GATES.index("approved")
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """A recorded change of a due date: from `old` to `new`, on which day, approved by whom, and whether with a reason."""

    old: date | None
    new: date | None
    on: date | None
    by: str
    has_reason: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """A day on which a version was complete, and the day on which that was taken back."""

    day: date
    revoked: date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A version of a document with its promise; `due` is None where it names no day."""

    document: Document
    version: str
    due: date | None
    baseline: date | None
    moves: tuple[Move, ...]
    completions: tuple[Completion, ...]
    cancelled: date | None
    is_translation: bool = False
    """Whether the original's commitment of the same version stands for it."""

    @property
    def key(self) -> tuple[str, str]:
        """The document's id and the version."""
        return self.document.id, self.version

    @property
    def owner(self) -> str:
        """The id of the person who answers for the document."""
        return str(self.document.values.get("owner", ""))


def commitments(documents: Sequence[Document], standards: Standards) -> tuple[Commitment, ...]:
    """Return the commitments of documents by due date; a document whose current version has no due date is among them."""
    found = [each for document in documents for each in _commitments(document, standards)]
    known = {each.key for each in found if each.due}
    if not standards.rates.commit_per_lang:
        found = [_seen_with_original(each, known) for each in found]
    return tuple(sorted(found, key=lambda each: (each.baseline or date.max, *each.key)))


def _seen_with_original(found: Commitment, known: set[tuple[str, str]]) -> Commitment:
    original = (str(found.document.values.get("translation_of", "")), found.version)
    if original not in known:
        return found
    return replace(found, is_translation=True)


def _commitments(document: Document, standards: Standards) -> Iterator[Commitment]:
    current = str(document.values.get("version", ""))
    versions = versions_of(document, standards)
    for version, row in versions.items():
        due = day_of(row.get("due_date"))
        if due is None and version != current:
            continue
        moves = sorted(map(_move, _rows(row.get("due_date_changes"))), key=lambda move: move.on or date.max)
        first = next((move.old for move in moves if move.old), None)
        cancelled = day_of(row.get("cancelled_date"))
        if version == current:
            cancelled = cancelled or _cancelled(document, standards)
        yield Commitment(
            document=document,
            version=version,
            due=due,
            baseline=(day_of(row.get("original_due_date")) or first or due) if due else None,
            moves=tuple(moves),
            completions=tuple(_completions(version, versions, document, standards)),
            cancelled=cancelled,
        )


def versions_of(document: Document, standards: Standards) -> dict[str, dict[str, Any]]:
    """Return what a document says of each of its versions, oldest first: its history's rows, the envelope for the current one."""
    values = document.values
    rows: dict[str, dict[str, Any]] = {}
    for row in _rows(values.get("change_history")):
        name = str(row.get("version", ""))
        rows[name] = {**row, **rows.get(name, {})}
    current = str(values.get("version", ""))
    row = rows.get(current, {})
    is_out = standards.gates.get(document.status, 0) >= _PUBLISHED or "withdrawn_date" in row
    named = (name for name in _DATES if name in values and (is_out or name != "published_date"))
    rows[current] = row | {name: values[name] for name in named}
    return dict(sorted(rows.items(), key=lambda each: version_key(each[0])))


_DATES = ("due_date", "original_due_date", "due_date_changes", "published_date")


def version_key(version: str) -> tuple[int, ...]:
    """Return what sorts versions: 1.10 comes after 1.9, and 1.2 is 1.2.0."""
    numbers = [int(part) if part.isdecimal() else 0 for part in version.split(".")]
    return (*numbers, 0, 0, 0)[:3]


def day_of(value: object) -> date | None:
    """Return the day that a value writes as 2026-09-18, or None."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _completions(
    version: str, versions: Mapping[str, Entry], document: Document, standards: Standards
) -> Iterator[Completion]:
    """Yield the days on which a version was complete, each with the day on which that was taken back."""
    row = versions[version]
    published = day_of(row.get("published_date"))
    withdrawn = day_of(row.get("withdrawn_date"))
    days = [(name, day) for name, each in versions.items() if (day := day_of(each.get("published_date")))]
    before = max((day for name, day in days if version_key(name) < version_key(version)), default=date.min)
    after = min((day for name, day in days if version_key(name) > version_key(version)), default=date.max)
    if standards.rates.completion == "approved":
        last = published or date.fromordinal(max(after.toordinal() - 1, 1))
        approvals = list(_approvals(document, standards, before, last))
        if approvals or published is None:
            yield from approvals
            return
    again = [day for gate, day in _statuses(document, standards) if gate >= _PUBLISHED and before < day < after]
    every = {published, *(day for day in again if withdrawn and published and day != published)} - {None}
    for day in sorted(day for day in every if day):
        yield Completion(day, withdrawn if withdrawn and day <= withdrawn else None)


def _approvals(document: Document, standards: Standards, before: date, last: date) -> Iterator[Completion]:
    """Yield the approvals that the status history records after one day and up to another, each until it was taken back."""
    statuses = [(gate, day) for gate, day in _statuses(document, standards) if before < day <= last]
    for index, (gate, day) in enumerate(statuses):
        if gate >= _APPROVED and (index == 0 or statuses[index - 1][0] < _APPROVED):
            back = next((later for lower, later in statuses[index + 1 :] if lower < _APPROVED), None)
            yield Completion(day, back)


def _statuses(document: Document, standards: Standards) -> list[tuple[int, date]]:
    """Return the gates that the status history records with their days, oldest first."""
    rows = [(standards.gates.get(str(row.get("status")), 0), day_of(row.get("date"))) for row in history_of(document)]
    return [(gate, day) for gate, day in rows if day]


def history_of(document: Document) -> list[Entry]:
    """Return the entries of the status history, oldest first, however they are written."""
    rows = _rows(document.values.get("status_history"))
    if len(rows) > 1 and str(rows[0].get("date")) > str(rows[-1].get("date")):
        rows = rows[::-1]
    return sorted(rows, key=lambda row: str(row.get("date")))


def _cancelled(document: Document, standards: Standards) -> date | None:
    """Return the day on which a document was cancelled: put into a status that is set aside and leads nowhere."""
    status = standards.lifecycle.get(document.status)
    if status is None or not status.set_aside or status.next:
        return None
    days = [day_of(row.get("date")) for row in history_of(document) if row.get("status") == document.status]
    return days[-1] if days else None


def _move(row: Entry) -> Move:
    return Move(
        old=day_of(row.get("from")),
        new=day_of(row.get("to")),
        on=day_of(row.get("date")),
        by=str(row.get("approved_by", "")),
        has_reason=bool(row.get("reason")),
    )


def _rows(value: object) -> list[Entry]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
