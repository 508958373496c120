"""D7-G01 to G04 over a library: who has to sign a document off, whether their word is of what it says now, and who may give it."""

from __future__ import annotations

from collections.abc import Iterator

from pmdocs.canonical import content_of, digest
from pmdocs.checks.frame import Frame, find
from pmdocs.diagnostics import Diagnostic, Fact, Severity, Words
from pmdocs.diff import document_changes
from pmdocs.document import Document, Path
from pmdocs.rules.signoffs import NO_SERVICE_SIGN_OFF, NO_TECHNICAL_SIGN_OFF, STALE_SIGN_OFF, UNFIT_REVIEWER
from pmdocs.signoff import (
    ANSWERING,
    INACTIVE,
    OTHER_ROLE,
    SIGN_OFFS,
    SignOff,
    State,
    as_reviewed,
    role_words,
    state_of_role,
    states_of,
    unfitness,
)

SERVICE_ROLE = "customer_service"
_WORDS = {
    State.MISSING: "missing",
    State.PENDING: "pending",
    State.REJECTED: "rejected",
    State.OLD_VERSION: "old-version",
    State.STALE: "changed",
    State.UNSEALED: "unsealed",
}
_PARTS = {"owner": Words("负责人", "owner"), "authors": Words("作者", "author")}
MOST_PLACES = 4
"""How many changed places a finding names."""


def sign_offs(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what documents lack of sign-offs, which no longer hold, and reviewers that may not give one."""
    for document in frame.library.documents:
        states = states_of(document, frame.library)
        yield from _lacking(frame, document, states)
        yield from _stale(frame, document, states)
        for each in states:
            if each.index is not None:
                yield from _unfit(frame, document, each)


def _lacking(frame: Frame, document: Document, states: tuple[SignOff, ...]) -> Iterator[Diagnostic]:
    """Yield each required role that has not approved; where the whole list is missing, D7-S03 says so."""
    status = frame.library.standards.lifecycle.get(document.status)
    field = document.type.field(SIGN_OFFS)
    told = SIGN_OFFS not in document.values and field and status and (field.gate or 0) <= status.gate
    for role in dict.fromkeys(each.role for each in states if each.required and not told):
        state = state_of_role(role, states)
        if state.is_approval:
            continue
        first = next(each for each in states if each.role == role and each.state is state)
        path: Path = ("status",) if first.index is None else (SIGN_OFFS, first.index)
        rule = NO_SERVICE_SIGN_OFF if role == SERVICE_ROLE else NO_TECHNICAL_SIGN_OFF
        facts = _facts(frame, document, first) | {"status": status.label if status else document.status}
        yield from find(frame, rule, _WORDS[state], document, path, facts)


def _stale(frame: Frame, document: Document, states: tuple[SignOff, ...]) -> Iterator[Diagnostic]:
    """Yield each approval that no longer holds, unless another one of its role does; it only warns where none is required."""
    for each in states:
        if each.state not in (State.STALE, State.OLD_VERSION, State.UNSEALED) or each.index is None:
            continue
        if state_of_role(each.role, states) is State.FRESH:
            continue
        word, facts = _WORDS[each.state], _facts(frame, document, each)
        facts |= {"reviewed": each.version, "version": str(document.values.get("version", ""))}
        if places := _changed_places(frame, document, each):
            word, facts = "changed-there", facts | {"places": places}
        severity = None if each.required else Severity.WARNING
        yield from find(frame, STALE_SIGN_OFF, word, document, (SIGN_OFFS, each.index), facts, severity=severity)


def _changed_places(frame: Frame, document: Document, sign_off: SignOff) -> tuple[str | Words, ...]:
    """Return where a document changed since a sign-off, as far as the version before is what was signed."""
    before = frame.previous.document(document.id) if frame.previous else None
    entry = sign_off.entry or {}
    if before is None or sign_off.state is not State.STALE:
        return ()
    if digest(content_of(before, sign_off.role)) != entry.get("digest"):
        return ()
    return changed_places(before, document, sign_off.role)


def changed_places(before: Document, after: Document, role: str) -> tuple[str | Words, ...]:
    """Return the items and fields that `role` reviews and that are not what they were: ids of items, labels of fields."""
    found: dict[str, str | Words] = {}
    for part in document_changes(as_reviewed(before, role), as_reviewed(after, role)).parts:
        if part.part.parent:
            found[part.part.id] = part.part.id
            continue
        for field in part.fields:
            known = after.type.field(field.name.partition(".")[0])
            found[field.name] = known.label if known else field.name
    places = list(found.values())
    return (*places[:MOST_PLACES], *(["…"] if len(places) > MOST_PLACES else []))


def _unfit(frame: Frame, document: Document, sign_off: SignOff) -> Iterator[Diagnostic]:
    """Yield why a person may not review a document in a role; unknown people and roles are other rules' business."""
    person = frame.library.entry("person", sign_off.person)
    if person is None or sign_off.index is None:
        return
    row: Path = (SIGN_OFFS, sign_off.index)
    facts = _facts(frame, document, sign_off)
    unfit = unfitness(document, frame.library, sign_off.role, sign_off.person)
    if unfit in _PARTS:
        path = (*row, "person")
        yield from find(frame, UNFIT_REVIEWER, "own-document", document, path, facts | {"part": _PARTS[unfit]})
    elif unfit == INACTIVE:
        has_answered = sign_off.verdict in ANSWERING
        word, severity = ("has-left", Severity.WARNING) if has_answered else ("inactive", None)
        yield from find(frame, UNFIT_REVIEWER, word, document, (*row, "person"), facts, severity=severity)
    elif unfit == OTHER_ROLE and sign_off.role in frame.library.standards.choices.get("review_role", {}):
        yield from find(frame, UNFIT_REVIEWER, "other-role", document, (*row, "role"), facts)


def _facts(frame: Frame, document: Document, sign_off: SignOff) -> dict[str, Fact]:
    person = frame.library.entry("person", sign_off.person)
    return {
        "id": document.id,
        "role": role_words(frame.library.standards, sign_off.role),
        "role_id": sign_off.role,
        "person": person.title if person else sign_off.person,
        "person_id": sign_off.person,
    }
