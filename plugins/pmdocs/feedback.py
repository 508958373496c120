"""What readers say of a document: one verdict by one person on one version, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from pmdocs.diagnostics import Location
from pmdocs.doctype import DocumentType, read_words, span_of
from pmdocs.document import Document, Path
from pmdocs.source import Source

ACCURATE, PARTLY, INACCURATE = VERDICTS = ("accurate", "partly", "inaccurate")
NEW, CONFIRMED, INVALID, DUPLICATE = TRIAGE = ("new", "confirmed", "invalid", "duplicate")


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of a feedback file as it was read: its values, and where they stand."""

    values: Mapping[str, Any]
    source: Source
    path: Path
    is_sample: bool = False

    def location(self, name: str = "") -> Location:
        """Return where a field stands, or the row where it has none such."""
        path = (*self.path, name) if name in self.values else self.path
        return Location(self.source.file, span_of(self.source, path))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer about one document in one version. What was not said is empty or None; what nobody triaged is new."""

    feedback_id: str
    received_at: date
    channel: str
    reporter: str
    reporter_role: str
    doc_id: str
    doc_version: str
    section_ref: str
    verdict: str
    category: str
    severity: int | None
    detail: str
    ticket_ref: str
    triage_status: str
    triaged_at: date | None
    triaged_by: str
    reason: str
    fixed_in_version: str
    closed_at: date | None
    is_sample: bool = False
    answer: Answer | None = field(default=None, compare=False, repr=False)

    @property
    def place(self) -> str:
        """The file and line it stands in."""
        where = self.answer.location("feedback_id") if self.answer else None
        return f"{where.file}:{where.span.line}" if where else ""

    @property
    def is_negative(self) -> bool:
        """Whether it says that something is wrong with the document."""
        return self.verdict != ACCURATE

    def status_on(self, day: date) -> str:
        """Return its triage status as of the end of a day: a triage that came later has not happened."""
        return NEW if self.triaged_at and self.triaged_at > day else self.triage_status

    def is_settled_on(self, day: date, versions: Mapping[str, date | None]) -> bool:
        """Whether nothing is left to do about it at the end of a day.

        It is closed, or rejected, or there is the version that is said to mend it; `versions` are the document's with
        their days.
        """
        if (self.closed_at and self.closed_at <= day) or self.status_on(day) in (INVALID, DUPLICATE):
            return True
        mended = versions.get(self.fixed_in_version)
        return mended is not None and mended <= day

    def is_open_on(self, day: date, versions: Mapping[str, date | None]) -> bool:
        """Whether it was there at the end of a day, says that something is wrong, and is not settled."""
        return self.is_negative and self.received_at <= day and not self.is_settled_on(day, versions)

    def is_older_than(self, hours: float, day: date) -> bool:
        """Whether more than so many hours have gone by when a day begins, whatever the time it came in."""
        return day - self.received_at > timedelta(days=hours / 24)


def verdict_of(answer: Answer) -> Verdict | None:
    """Return the verdict that a row holds, or None where it lacks what makes one: its findings say what."""
    values = answer.values
    received = day_in(values, "received_at")
    words = {name: values.get(name) for name in _WORDS}
    if received is None or any(not isinstance(words[name], str) for name in _NEEDED):
        return None
    severity = values.get("severity")
    return Verdict(
        **{name: value if isinstance(value, str) else read_words(value).zh for name, value in words.items()},
        received_at=received,
        severity=severity if isinstance(severity, int) else None,
        triage_status=str(values.get("triage_status") or NEW),
        triaged_at=day_in(values, "triaged_at"),
        closed_at=day_in(values, "closed_at"),
        is_sample=answer.is_sample,
        answer=answer,
    )


_NEEDED = ("feedback_id", "doc_id", "doc_version", "verdict")
_WORDS = (
    *_NEEDED, "channel", "reporter", "reporter_role", "section_ref", "category", "detail", "ticket_ref", "triaged_by",
    "reason", "fixed_in_version",
)  # fmt: skip


def answers_in(kind: DocumentType, values: Mapping[str, Any], source: Source) -> Iterator[Answer]:
    """Yield the rows of a feedback file; `values` are its normalized values."""
    rows = values.get(kind.rows.name) if kind.rows else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and kind.rows:
            yield Answer(row, source, (kind.rows.name, index), values.get("sample") is True)


def verdicts_in(answers: Iterable[Answer]) -> tuple[Verdict, ...]:
    """Return the verdicts of rows by the day they came in; of those that share an id only the first counts."""
    found: dict[str, Verdict] = {}
    for answer in answers:
        if verdict := verdict_of(answer):
            found.setdefault(verdict.feedback_id, verdict)
    return tuple(sorted(found.values(), key=lambda each: (each.received_at, each.feedback_id)))


def newest(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts without those that the same person took back later, by another one on the same version."""
    last: dict[tuple[str, ...], Verdict] = {}
    for verdict in sorted(verdicts, key=lambda each: (each.received_at, each.feedback_id)):
        who = (verdict.reporter, verdict.reporter_role) if verdict.reporter else (verdict.feedback_id,)
        last[*who, verdict.doc_id, verdict.doc_version] = verdict
    return tuple(sorted(last.values(), key=lambda each: (each.received_at, each.feedback_id)))


def open_about(document: Document, verdicts: Iterable[Verdict], day: date) -> tuple[Verdict, ...]:
    """Return what is said to be wrong with a document and not settled at the end of a day, in the order it came in."""
    about = [each for each in verdicts if each.doc_id == document.id and each.received_at <= day]
    versions = versions_of(document) if about else {}
    return tuple(each for each in newest(about) if each.is_open_on(day, versions))


def day_in(values: Mapping[str, Any], name: str) -> date | None:
    """Return the day that a field holds, or None."""
    try:
        return date.fromisoformat(str(values.get(name)))
    except ValueError:
        return None


def versions_of(document: Document) -> dict[str, date | None]:
    """Return each version of a document that its change history names, and its own, with the day it came out, if it did."""
    rows = document.values.get("change_history")
    found: dict[str, date | None] = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(version := row.get("version"), str):
            found[version] = day_in(row, "published_date") or day_in(row, "date")
    own = document.values.get("version")
    if isinstance(own, str):
        found[own] = day_in(document.values, "published_date")
    return found
