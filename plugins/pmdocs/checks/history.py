"""D7-S06, D7-S07 and D7-G05: the version, what it was in the version before, and how the status came about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from pmdocs.canonical import content_of, digest
from pmdocs.checks.frame import Frame, find
from pmdocs.checks.records import CHANGES, STATUSES, Row, changes_of, day_of, moves_of, rows_of
from pmdocs.diagnostics import Diagnostic, Facts, Words
from pmdocs.doctype.vocabulary import GATES
from pmdocs.document import Document
from pmdocs.rules.history import SILENT_CHANGE, STATUS_HISTORY, VERSION_HISTORY
from pmdocs.signoff import APPROVING, SIGN_OFFS, numbers_of

PUBLISHED = len(GATES) - 1
_DATES = ("due_date", "original_due_date", "published_date")


def version_histories(frame: Frame) -> Iterator[Diagnostic]:
    """Yield where the version, the change history and the status history of a document disagree."""
    for document in frame.library.documents:
        rows = changes_of(document)
        version = document.values.get("version")
        if rows and rows[-1].version and isinstance(version, str) and numbers_of(version):
            yield from _newest(frame, document, rows[-1])
        for older, newer in pairwise(rows):
            if older.version and newer.version and older.version >= newer.version:
                facts: Facts = {
                    "version": str(newer.values["version"]),
                    "before": str(older.values["version"]),
                    "day": str(newer.day or ""),
                }
                yield from find(frame, VERSION_HISTORY, "version-falls", document, (*newer.path, "version"), facts)
        yield from _order(frame, document, CHANGES, rows)
        yield from _order(frame, document, STATUSES, moves_of(document))


def _newest(frame: Frame, document: Document, newest: Row) -> Iterator[Diagnostic]:
    version = str(document.values["version"])
    if numbers_of(version) != newest.version:
        facts: Facts = {"version": version, "newest": str(newest.values.get("version", ""))}
        yield from find(frame, VERSION_HISTORY, "version-differs", document, ("version",), facts)
        return
    for name in _DATES:
        here, there, field = newest.values.get(name), document.values.get(name), document.type.field(name)
        if here and there and here != there and field:
            facts = {"version": version, "field": field.label, "day": str(here), "other": str(there)}
            yield from find(frame, VERSION_HISTORY, "date-differs", document, (*newest.path, name), facts)


def _order(frame: Frame, document: Document, name: str, rows: tuple[Row, ...]) -> Iterator[Diagnostic]:
    """Yield each row whose day is before that of the row before it in time."""
    field = document.type.field(name)
    latest: Row | None = None
    for row in rows:
        if row.day is None:
            continue
        if latest and latest.day and field and row.day < latest.day:
            stands_below = row.path > latest.path
            side = Words("后", "after") if stands_below else Words("前", "before")
            facts: Facts = {"field": field.label, "day": str(row.day), "before": str(latest.day), "side": side}
            yield from find(frame, VERSION_HISTORY, "out-of-order", document, (*row.path, "date"), facts)
        else:
            latest = row


def silent_changes(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each published document whose content differs from what was released under the same version."""
    if frame.previous is None:
        return
    lifecycle = frame.previous.standards.lifecycle
    released = {
        each.id: each
        for each in frame.previous.documents
        if (status := lifecycle.get(each.status)) and status.gate == PUBLISHED and not status.set_aside
    }
    for document in frame.library.documents:
        before = released.get(document.id)
        if before is None:
            continue
        new, old = numbers_of(document.values.get("version")), numbers_of(before.values.get("version"))
        facts: Facts = {"version": _told(new), "before": _told(old), "next": _next(max(new, old))}
        if new and old and new < old:
            yield from find(frame, SILENT_CHANGE, "went-back", document, ("version",), facts)
        elif new and new == old and (fields := _changed(before, document)):
            yield from find(frame, SILENT_CHANGE, "changed", document, ("version",), {**facts, "fields": fields})


def _changed(before: Document, document: Document) -> tuple[Words, ...]:
    """Return the labels of the fields whose content differs."""
    old, new = content_of(before), content_of(document)
    names = [*new, *(name for name in old if name not in new)]
    fields = {field.name: field.label for field in (*before.type.fields, *document.type.fields)}
    return tuple(fields[name] for name in names if digest(old.get(name)) != digest(new.get(name)))


def status_histories(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what is wrong with how a document came to its status, and with its day of publication."""
    for document in frame.library.documents:
        yield from _transitions(frame, document)
        yield from _publication(frame, document)
        yield from _reopened(frame, document)


def _transitions(frame: Frame, document: Document) -> Iterator[Diagnostic]:
    lifecycle = frame.library.standards.lifecycle
    steps = [(str(row.values.get("status")), (*row.path, "status")) for row in moves_of(document)]
    steps.append((document.status, ("status",)))
    for (before, _), (status, path) in pairwise(steps):
        if before in lifecycle and status in lifecycle and before != status and status not in lifecycle[before].next:
            facts: Facts = {
                "before": lifecycle[before].label,
                "status": lifecycle[status].label,
                "next": tuple(lifecycle[each].label for each in lifecycle[before].next if each in lifecycle)
                or Words("没有", "none"),
            }
            yield from find(frame, STATUS_HISTORY, "illegal-transition", document, path, facts)


def _publication(frame: Frame, document: Document) -> Iterator[Diagnostic]:
    day = day_of(document.values.get("published_date"))
    if day is None:
        return
    if day > frame.as_of:
        facts: Facts = {"day": str(day), "today": str(frame.as_of)}
        yield from find(frame, STATUS_HISTORY, "in-future", document, ("published_date",), facts)
    roles = frame.library.standards.choices.get("review_role", {})
    for role, signed in _first_approvals(document).items():
        if signed > day:
            label = roles[role].label if role in roles else role
            facts = {"day": str(day), "signed": str(signed), "role": label}
            yield from find(frame, STATUS_HISTORY, "before-sign-off", document, ("published_date",), facts)
            return


def _first_approvals(document: Document) -> dict[str, date]:
    """Return the day on which each role first approved this version; who looks at it again later does not undo that."""
    first: dict[str, date] = {}
    for row in rows_of(document.values, SIGN_OFFS):
        is_current = row.version == numbers_of(document.values.get("version"))
        if row.values.get("verdict") in APPROVING and is_current and row.day:
            role = str(row.values.get("role"))
            first[role] = min(row.day, first.get(role, row.day))
    return first


def _reopened(frame: Frame, document: Document) -> Iterator[Diagnostic]:
    """Yield where a document that was published is worked on again under the version that was published."""
    lifecycle = frame.library.standards.lifecycle
    status = lifecycle.get(document.status)
    published = [row for row in moves_of(document) if _gate(frame, row.values.get("status")) == PUBLISHED and row.day]
    versions = changes_of(document)
    if status is None or status.gate == PUBLISHED or status.set_aside or not published or not versions:
        return
    day, written = published[-1].day, versions[-1].day
    is_same = versions[-1].version == numbers_of(document.values.get("version"))
    if day and written and written <= day and is_same:
        version = numbers_of(document.values.get("version"))
        facts: Facts = {
            "version": _told(version),
            "day": str(day),
            "status": status.label,
            "next": _next(version),
        }
        yield from find(frame, STATUS_HISTORY, "same-version", document, ("version",), facts)


def _gate(frame: Frame, status: object) -> int | None:
    found = frame.library.standards.lifecycle.get(str(status))
    return found.gate if found else None


def _told(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _next(version: tuple[int, ...]) -> str:
    """Return the next version after `version`: its last number one higher."""
    return _told((*version[:-1], version[-1] + 1)) if version else "1.0"
