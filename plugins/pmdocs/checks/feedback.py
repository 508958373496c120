"""D7-S04, S05, T01 and G10: answers have ids of their own and are about versions there were, and what is open is dealt with."""

from __future__ import annotations

from collections.abc import Iterator

from pmdocs.checks.frame import Frame, find
from pmdocs.diagnostics import Diagnostic, Facts, Rule, Severity, Words
from pmdocs.doctype import nearest
from pmdocs.feedback import CONFIRMED, INACCURATE, INVALID, NEW, Answer, open_about, versions_of
from pmdocs.library import Library
from pmdocs.rules.answers import OPEN_FEEDBACK
from pmdocs.rules.names import BROKEN_REFERENCE, DUPLICATE_ID
from pmdocs.rules.values import WRONG_VALUE


def feedback_answers(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what each row of the feedback files names that is not there, and each id that an earlier row has."""
    first: dict[str, str] = {}
    for answer in frame.library.answers:
        name = answer.values.get("feedback_id")
        if isinstance(name, str):
            place = answer.location("feedback_id")
            if name in first:
                facts: Facts = {"id": name, "other": first[name], "free": f"{name}-2"}
                yield _found(DUPLICATE_ID, "duplicate-id", answer, "feedback_id", facts)
            first.setdefault(name, f"{place.file}:{place.span.line}")
        yield from wrong_answer(frame.library, answer)


def wrong_answer(library: Library, answer: Answer) -> Iterator[Diagnostic]:
    """Yield what a row names that is not there: its document, the document's version, who looked into it."""
    yield from _document(library, answer)
    yield from _triage(library, answer)


def open_feedback(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each answer that calls a document wrong and was left longer than the term: without triage, or without a cure."""
    hours = frame.threshold("feedback_hours")
    for document in frame.library.documents:
        for verdict in open_about(document, frame.library.feedback_about.get(document.id, ()), frame.as_of):
            status = verdict.status_on(frame.as_of)
            wrong = status == NEW or (status == CONFIRMED and verdict.verdict == INACCURATE)
            if wrong and verdict.is_older_than(hours, frame.as_of):
                facts: Facts = {
                    "id": verdict.feedback_id,
                    "place": verdict.place,
                    "days": (frame.as_of - verdict.received_at).days,
                }
                word = "not-triaged" if status == NEW else "not-mended"
                yield from find(frame, OPEN_FEEDBACK, word, document, ("version",), facts)


def _document(library: Library, answer: Answer) -> Iterator[Diagnostic]:
    name, version = answer.values.get("doc_id"), answer.values.get("doc_version")
    if not isinstance(name, str) or library.may_be_unread(name):
        return
    document = library.document(name)
    if document is None:
        titles = {each.id: each.title for each in library.documents}
        if close := nearest(name, titles):
            facts: Facts = {"value": name, "nearest": close, "title": titles[close]}
            yield _found(BROKEN_REFERENCE, "misspelt-id", answer, "doc_id", facts)
        else:
            yield _found(BROKEN_REFERENCE, "unknown-id", answer, "doc_id", {"value": name})
    elif isinstance(version, str) and version not in (known := versions_of(document)):
        facts = {"field": _label(library, answer, "doc_version"), "value": version, "known": tuple(known)}
        yield _found(BROKEN_REFERENCE, "unknown-name", answer, "doc_version", facts)


def _triage(library: Library, answer: Answer) -> Iterator[Diagnostic]:
    person = answer.values.get("triaged_by")
    if not isinstance(person, str) or library.may_be_unread(person):
        return
    if library.entry("person", person) is None:
        entries = [entry for (kind, _), entry in library.entries.items() if kind == "person"]
        people = {entry.id: (entry.title.zh, entry.title.en) for entry in entries}
        facts: Facts = {"field": _label(library, answer, "triaged_by"), "value": person}
        if close := nearest(person, people, people):
            yield _found(BROKEN_REFERENCE, "misspelt-name", answer, "triaged_by", {**facts, "nearest": close})
        else:
            yield _found(BROKEN_REFERENCE, "unknown-name", answer, "triaged_by", {**facts, "known": tuple(people)})
        return
    document = library.document(str(answer.values.get("doc_id")))
    if document and answer.values.get("triage_status") == INVALID and person == document.values.get("owner"):
        yield _found(WRONG_VALUE, "judged-by-owner", answer, "triaged_by", {"person": person, "id": document.id})


def _label(library: Library, answer: Answer, name: str) -> Words:
    """Return what the feedback's type calls a field."""
    lists = [kind.rows for kind in library.types.values() if kind.several and kind.rows]
    fields = [rows.child(name) for rows in lists if rows.name == answer.path[0]]
    return next((field.label for field in fields if field), Words(name, name))


def _found(rule: Rule, word: str, answer: Answer, name: str, facts: Facts) -> Diagnostic:
    document = answer.values.get("doc_id")
    named = document if isinstance(document, str) else None
    return Diagnostic(rule, rule.reason(word), Severity.ERROR, answer.location(name), facts, named)
