"""D7-G11: questions that are still open."""

from __future__ import annotations

from collections.abc import Iterator

from pmdocs.checks.frame import Frame, find
from pmdocs.checks.records import day_of
from pmdocs.diagnostics import Diagnostic, Facts, Words
from pmdocs.doctype import Field
from pmdocs.doctype.vocabulary import GATES
from pmdocs.document import Document, Item
from pmdocs.rules.content import OPEN_QUESTION

OPEN = "open"
"""The state of a question that waits for its answer."""
_APPROVED = GATES.index("approved")


def open_questions(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each question that is open at approval, overdue, or without an owner."""
    for document in frame.library.documents:
        status = frame.library.standards.lifecycle.get(document.status)
        for item in document.items if status else ():
            if status and item.field.role == "open_question" and _is_open(item):
                yield from _question(frame, document, item, status.gate, status.label)


def _question(frame: Frame, document: Document, item: Item, gate: int, status: Words) -> Iterator[Diagnostic]:
    owner = next((each for each in item.field.fields if each.kind == "ref" and "person" in each.to), None)
    due = next((each for each in item.field.fields if each.kind == "date"), None)
    person = item.values.get(owner.name) if owner else None
    day = day_of(item.values.get(due.name)) if due else None
    facts: Facts = {"question": item.title, "status": status}
    if gate >= _APPROVED:
        yield from find(frame, OPEN_QUESTION, "open-at-approval", document, item.path, facts)
        return
    if owner and person is None and not _is_required(owner, gate):
        yield from find(frame, OPEN_QUESTION, "unowned", document, item.path, facts)
    if due and day and day < frame.as_of:
        entry = frame.library.entry("person", str(person))
        told: Facts = {
            **facts,
            "day": str(day),
            "days": (frame.as_of - day).days,
            "owner": entry.title if entry else Words("负责人", "its owner"),
        }
        yield from find(frame, OPEN_QUESTION, "overdue", document, (*item.path, due.name), told)


def _is_open(item: Item) -> bool:
    """Whether it waits for an answer: by its state, and where it has none, by what is written."""
    state = next((each for each in item.field.fields if each.role == "question_state"), None)
    answer = next((each for each in item.field.fields if each.role == "answer"), None)
    if state and state.name in item.values:
        return str(item.values[state.name]) == OPEN
    return answer is None or answer.name not in item.values


def _is_required(field: Field, gate: int) -> bool:
    """Whether the field is required with this gate; then D7-S03 says that it is missing."""
    return field.gate is not None and field.gate <= gate
