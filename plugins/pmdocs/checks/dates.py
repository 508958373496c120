"""D7-G06 to D7-G09: due dates and how they move, lateness, and the day on which a document is checked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from pmdocs.checks.frame import Frame, find
from pmdocs.checks.records import CHANGES, Row, day_of, rows_of
from pmdocs.diagnostics import Diagnostic, Facts
from pmdocs.doctype.vocabulary import GATES
from pmdocs.document import Document, Path
from pmdocs.rules.days import DUE_SOON, LATE, MOVED_DUE_DATE, STALE
from pmdocs.signoff import numbers_of

DUE, BASELINE, MOVES = "due_date", "original_due_date", "due_date_changes"
_APPROVED, _PUBLISHED = GATES.index("approved"), GATES.index("published")


def due_dates(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each document that is late, or due soon and not approved yet."""
    for document in frame.library.documents:
        due, status = day_of(document.values.get(DUE)), frame.library.standards.lifecycle.get(document.status)
        if due is None or status is None or status.gate == _PUBLISHED:
            continue
        left = (due - frame.as_of).days
        facts: Facts = {"last": str(due), "days": abs(left), "status": status.label}
        if left < 0:
            yield from find(frame, LATE, "late", document, (DUE,), facts)
        elif status.gate < _APPROVED and left <= frame.threshold("due_soon_days"):
            yield from find(frame, DUE_SOON, "due-soon", document, (DUE,), facts)


def moved_due_dates(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each due date that was moved too late, by its owner, or without a record; those of earlier versions too."""
    for document in frame.library.documents:
        yield from _moves(frame, document, document.values, ())
        for row in rows_of(document.values, CHANGES):
            if row.version != numbers_of(document.values.get("version")):
                yield from _moves(frame, document, row.values, row.path)
            else:
                yield from _approvals(frame, document, list(rows_of(row.values, MOVES, row.path)))
        yield from _moved_in_silence(frame, document)


def _moves(frame: Frame, document: Document, values: Mapping[str, Any], path: Path) -> Iterator[Diagnostic]:
    moves = list(rows_of(values, MOVES, path))
    yield from _approvals(frame, document, moves)
    due, baseline = day_of(values.get(DUE)), day_of(values.get(BASELINE))
    if due and baseline and due != baseline and not moves:
        facts: Facts = {"before": str(baseline), "last": str(due)}
        yield from find(frame, MOVED_DUE_DATE, "no-record", document, (*path, DUE), facts)
    ends: list[tuple[date | None, date | None, Path]] = []
    if moves:
        ends.append((baseline, day_of(moves[0].values.get("from")), (*moves[0].path, "from")))
        ends.append((due, day_of(moves[-1].values.get("to")), (*moves[-1].path, "to")))
    ends += [
        (day_of(one.values.get("to")), day_of(other.values.get("from")), (*other.path, "from"))
        for one, other in pairwise(moves)
    ]
    for here, there, place in ends:
        if here and there and here != there:
            facts = {"here": str(here), "there": str(there)}
            yield from find(frame, MOVED_DUE_DATE, "does-not-join", document, place, facts)


def _approvals(frame: Frame, document: Document, moves: list[Row]) -> Iterator[Diagnostic]:
    owner = document.values.get("owner")
    for move in moves:
        before = day_of(move.values.get("from"))
        if move.day and before and move.day > before:
            facts: Facts = {"date": str(move.day), "last": str(before)}
            yield from find(frame, MOVED_DUE_DATE, "moved-late", document, (*move.path, "date"), facts)
        if owner and move.values.get("approved_by") == owner:
            person = frame.library.entry("person", str(owner))
            told: Facts = {"owner": person.title if person else str(owner)}
            yield from find(frame, MOVED_DUE_DATE, "own-approval", document, (*move.path, "approved_by"), told)


def _moved_in_silence(frame: Frame, document: Document) -> Iterator[Diagnostic]:
    """Yield where the due date differs from what the version before of the site said of the same document version."""
    old = next((each for each in frame.previous.documents if each.id == document.id), None) if frame.previous else None
    if old is None or old.values.get("version") != document.values.get("version"):
        return
    before, due = day_of(old.values.get(DUE)), day_of(document.values.get(DUE))
    known = {day_of(move.values.get("from")) for move in rows_of(document.values, MOVES)}
    if before and due and before != due and before not in known and day_of(document.values.get(BASELINE)) == due:
        facts: Facts = {"before": str(before), "last": str(due)}
        yield from find(frame, MOVED_DUE_DATE, "no-record", document, (DUE,), facts)


def stale_documents(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each published document that was to be checked again, or has not kept up with the product."""
    released = _newest_release(frame)
    for document in frame.library.documents:
        status = frame.library.standards.lifecycle.get(document.status)
        if status is None or status.gate != _PUBLISHED:
            continue
        yield from _review(frame, document)
        versions = document.values.get("product_version")
        described = [numbers_of(each) for each in versions] if isinstance(versions, list) else []
        if released and described and all(described) and max(described) < released[0]:
            _, name, day = released
            facts: Facts = {"release": name, "day": str(day), "version": ".".join(map(str, max(described)))}
            yield from find(frame, STALE, "product-newer", document, ("product_version",), facts)


def _review(frame: Frame, document: Document) -> Iterator[Diagnostic]:
    day, published = day_of(document.values.get("review_by")), day_of(document.values.get("published_date"))
    if day is None:
        return
    limit = int(frame.threshold("review_within_days"))
    if day < frame.as_of:
        facts: Facts = {"day": str(day), "days": (frame.as_of - day).days}
        yield from find(frame, STALE, "review-overdue", document, ("review_by",), facts)
    elif published and (day - published).days > limit:
        last = published + timedelta(days=limit)
        facts = {"day": str(day), "days": (day - published).days, "limit": limit, "last": str(last)}
        yield from find(frame, STALE, "review-too-late", document, ("review_by",), facts)


def _newest_release(frame: Frame) -> tuple[tuple[int, ...], str, date] | None:
    """Return the highest release of the product that is out on the day: its numbers, its name and its day."""
    found = []
    for (kind, name), entry in frame.library.entries.items():
        day = day_of(entry.values.get("date"))
        if kind == "release" and entry.values.get("state") == "released" and day and day <= frame.as_of:
            found.append((numbers_of(name), name, day))
    return max((each for each in found if each[0]), default=None)
