"""Sign-offs: who has to approve a document, who did, and whether what they approved is still what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from weakref import WeakKeyDictionary

from pmdocs.canonical import content_digest, content_of, is_reviewed, target_digest
from pmdocs.diagnostics import Words
from pmdocs.doctype import DocumentType, Standards
from pmdocs.doctype.load import ENVELOPE
from pmdocs.document import Document
from pmdocs.library import Library, Target

APPROVING = frozenset({"approved", "approved_with_comments"})
"""The verdicts that sign a document off."""
REJECTING = "rejected"
ANSWERING = APPROVING | {REJECTING}
"""The verdicts that a person has given."""
PENDING = "pending"
OWNER, AUTHORS, INACTIVE, OTHER_ROLE = "owner", "authors", "inactive", "other_role"
"""Why somebody may not review: the first two are the fields that name them."""
SIGN_OFFS = "reviewers"
"""The field of every document that holds its sign-offs."""


class State(StrEnum):
    """How a sign-off stands: only a fresh one counts."""

    FRESH = "fresh"
    STALE = "stale"
    OLD_VERSION = "old_version"
    UNSEALED = "unsealed"
    PENDING = "pending"
    REJECTED = "rejected"
    MISSING = "missing"

    @property
    def is_approval(self) -> bool:
        """Whether somebody approved, be it of what the document says now or of something else."""
        return self in (State.FRESH, State.STALE, State.OLD_VERSION, State.UNSEALED)


STATE_WORDS: Mapping[State, Words] = {
    State.FRESH: Words("有效", "valid"),
    State.STALE: Words("内容已改动", "content changed"),
    State.OLD_VERSION: Words("针对旧版本", "of an older version"),
    State.UNSEALED: Words("没有内容摘要", "without a digest"),
    State.PENDING: Words("待评审", "pending"),
    State.REJECTED: Words("未通过", "rejected"),
    State.MISSING: Words("缺少", "missing"),
}
"""What each state is called."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """What one role and person say of a document, as it counts now.

    `index` is its place in the list of reviewers, None where a required role has no entry. `suspects` are the ids of
    linked content that has changed, or is gone, since it was approved.
    """

    role: str
    state: State
    required: bool
    index: int | None = None
    entry: Mapping[str, Any] | None = None
    suspects: tuple[str, ...] = ()

    @property
    def person(self) -> str:
        """The id of who signed or is asked to; empty where nobody is."""
        return str((self.entry or {}).get("person", ""))

    @property
    def version(self) -> str:
        """The version that was reviewed; empty where none is named."""
        return str((self.entry or {}).get("version", ""))

    @property
    def date(self) -> str:
        """The day of the verdict; empty where none is named."""
        return str((self.entry or {}).get("date", ""))

    @property
    def verdict(self) -> str:
        """The verdict as typed; empty where there is no entry."""
        return str((self.entry or {}).get("verdict", ""))


def required_roles(kind: DocumentType, standards: Standards) -> tuple[str, ...]:
    """Return the roles that have to sign off a document of a type.

    They are those that the standards name for the type or the nearest it extends; of what holds for every document,
    those that review anything of it.
    """
    for name in kind.lineage:
        roles = standards.sign_off.get(name)
        if roles is not None:
            return tuple(role for role in roles if name != ENVELOPE or any(is_reviewed(f, role) for f in kind.fields))
    return ()


def states_of(document: Document, library: Library) -> tuple[SignOff, ...]:
    """Return how each sign-off of `document` stands: as they are listed, then what is missing of the required roles."""
    kept = _STATES.setdefault(library, WeakKeyDictionary())
    if document not in kept:
        kept[document] = tuple(_states(document, library))
    return kept[document]


_STATES: WeakKeyDictionary[Library, WeakKeyDictionary[Document, tuple[SignOff, ...]]] = WeakKeyDictionary()
"""What is known already: rules, pages and figures ask the same of the same documents."""


def _states(document: Document, library: Library) -> Iterator[SignOff]:
    required = required_roles(document.type, library.standards)
    given = tuple(_given(document, library, required))
    there = {each.role for each in given}
    yield from given
    yield from (SignOff(role, State.MISSING, required=True) for role in required if role not in there)


def state_of_role(role: str, states: Sequence[SignOff]) -> State:
    """Return how a role stands as a whole: a rejection outweighs approvals, and the best approval speaks for the role."""
    own = [each.state for each in states if each.role == role]
    order = (State.REJECTED, State.FRESH, State.STALE, State.OLD_VERSION, State.UNSEALED, State.PENDING)
    return next((state for state in order if state in own), State.MISSING)


def unfitness(document: Document, library: Library, role: str, person: str) -> str | None:
    """Return why `person`, who is in the list of people, may not review `document` as `role`, or None."""
    if person == document.values.get(OWNER):
        return OWNER
    authors = document.values.get(AUTHORS)
    if isinstance(authors, list) and person in authors:
        return AUTHORS
    entry = library.entry("person", person)
    values = entry.values if entry else {}
    if values.get("active") is False:
        return INACTIVE
    roles = values.get("roles")
    return None if isinstance(roles, list) and role in roles else OTHER_ROLE


def role_words(standards: Standards, role: str) -> Words:
    """Return what a review role is called; its id where nobody declares it."""
    choice = standards.choices.get("review_role", {}).get(role)
    return choice.label if choice else Words(role, role)


def as_reviewed(document: Document, role: str) -> Document:
    """Return a document with nothing in it but what `role` reviews, to compare it with another."""
    return replace(document, values=content_of(document, role))


def digest_for(document: Document, role: str) -> str:
    """Return the digest of what `role` reviews of `document`, as a sign-off records it."""
    return content_digest(document, role)


def links_for(document: Document, library: Library, role: str) -> dict[str, str]:
    """Return the digest of everything in other documents that the fields which `role` reviews link to, by id.

    What is part of an item that is linked to itself, a criterion of a requirement, say, is in that item's digest.
    """
    found = {target.address: target for target in _targets(document, library, role)}
    whole = {name: target for name, target in found.items() if not _is_inside(target, found)}
    return {name: target_digest(whole[name]) for name in sorted(whole)}


def _is_inside(target: Target, found: Mapping[str, Target]) -> bool:
    around = target.item.parent if target.item else ""
    while around and around != target.document.id:
        if around in found:
            return True
        around = around.rpartition(".")[0]
    return False


def rows_of(document: Document) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the entries of the list of reviewers that name a role, each with its place."""
    rows = document.values.get(SIGN_OFFS)
    listed = enumerate(rows if isinstance(rows, list) else ())
    return [(index, row) for index, row in listed if isinstance(row, dict) and isinstance(row.get("role"), str)]


def latest_rows(document: Document) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the entries that count: of one person in one role only the newest."""
    newest: dict[tuple[str, str], tuple[int, Mapping[str, Any]]] = {}
    for index, row in rows_of(document):
        key = (str(row.get("role")), str(row.get("person")))
        if key not in newest or _age(newest[key][1]) <= _age(row):
            newest[key] = (index, row)
    return sorted(newest.values(), key=lambda found: found[0])


def numbers_of(version: object) -> tuple[int, ...]:
    """Return a version as numbers that compare; nothing where it is none."""
    parts = str(version or "").split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def _age(row: Mapping[str, Any]) -> tuple[bool, tuple[int, ...], str]:
    """Return what orders entries by age: one that waits for a verdict has neither version nor day and is the newest."""
    waits = row.get("verdict") == PENDING and not row.get("version")
    return waits, numbers_of(row.get("version")), str(row.get("date") or "")


def _given(document: Document, library: Library, required: Sequence[str]) -> Iterator[SignOff]:
    for index, row in latest_rows(document):
        role = str(row["role"])
        state = _state(document, row, role)
        suspects = tuple(_suspects(document, library, row)) if state.is_approval else ()
        yield SignOff(role, state, role in required, index, row, suspects)


def _state(document: Document, row: Mapping[str, Any], role: str) -> State:
    verdict = row.get("verdict")
    is_old = numbers_of(row.get("version"))[:2] < numbers_of(document.values.get("version"))[:2]
    if verdict == REJECTING:
        return State.PENDING if is_old else State.REJECTED
    if verdict not in APPROVING:
        return State.PENDING
    if is_old:
        return State.OLD_VERSION
    if not row.get("digest"):
        return State.UNSEALED
    return State.FRESH if row["digest"] == digest_for(document, role) else State.STALE


def _suspects(document: Document, library: Library, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of linked content that is not what it was; what may stand in an unread file is not judged."""
    links = row.get("links")
    for name, then in links.items() if isinstance(links, dict) else ():
        target = library.find(str(name), product=document.product)
        if target is None and library.may_be_unread(str(name)):
            continue
        if target is None or target_digest(target) != then:
            yield str(name)


def _targets(document: Document, library: Library, role: str) -> Iterator[Target]:
    for link in document.links:
        if role in link.field.reviewed_by:
            target = library.resolve(link, document)
            if target is not None and target.document is not document:
                yield target
