"""The chain from evidence to manual: every link at both of its ends, and what follows from what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from pmdocs.document import Document, Item
from pmdocs.library import Library, Target
from pmdocs.trace.ties import REQUIREMENTS, Key, Relation, Tie, key_of, role_of, ties_of, valued

DROPPED = "dropped"
"""The status of a requirement that is given up; it keeps its id."""
FUNCTIONAL = "functional"
"""The type of requirement that users see unless it says otherwise."""
BY_TEST = "test"
"""The way of verification that asks for test cases."""


@dataclass(frozen=True, eq=False)
class Trace:
    """A library as a chain, on the day that decides which releases are out."""

    library: Library
    day: date

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Every link of a document in force that leads somewhere."""
        return tuple(tie for tie in ties_of(self.library) if self.is_in_force(tie.document))

    def is_in_force(self, document: Document) -> bool:
        """Whether a document is worked on or holds: what is rejected, on hold, cancelled, deprecated or archived does not."""
        status = self.library.standards.lifecycle.get(document.status)
        return status is None or not (status.set_aside or status.retired)

    @cached_property
    def _into(self) -> Mapping[Key, list[Tie]]:
        return _grouped((key_of(tie.target), tie) for tie in self.ties)

    @cached_property
    def _out_of(self) -> Mapping[Key, list[Tie]]:
        return _grouped((key_of(tie.source), tie) for tie in self.ties)

    def into(self, target: Target, *relations: Relation) -> tuple[Tie, ...]:
        """Return the links that lead to `target`, of these relations or of any."""
        return _only(self._into.get(key_of(target), ()), relations)

    def out_of(self, source: Target, *relations: Relation) -> tuple[Tie, ...]:
        """Return the links that `source` holds, of these relations or of any."""
        return _only(self._out_of.get(key_of(source), ()), relations)

    @cached_property
    def _all(self) -> tuple[Target, ...]:
        return tuple(
            Target(document, item, not self.library.shows(document))
            for document in filter(self.is_in_force, self.library.documents)
            for item in document.items
        )

    @cached_property
    def _by_role(self) -> Mapping[str, list[Target]]:
        found: defaultdict[str, list[Target]] = defaultdict(list)
        for each in self._all:
            found[role_of(each)].append(each)
        return found

    def items(self, *roles: str) -> tuple[Target, ...]:
        """Return every item of lists with these roles, by role and document; documents in force only."""
        return tuple(item for role in roles for item in self._by_role.get(role, ()))

    @cached_property
    def requirements(self) -> tuple[Target, ...]:
        """Every requirement that is not given up, in the order in which they are written."""
        return tuple(each for each in self._all if role_of(each) in REQUIREMENTS and not is_dropped(each))

    @cached_property
    def _by_key(self) -> Mapping[Key, Target]:
        return {key_of(each): each for each in self.requirements}

    def requirement(self, document: Document, address: str) -> Target | None:
        """Return the requirement of a document with this address, or None where it has none that holds."""
        return self._by_key.get((document.id, address))

    @cached_property
    def _within(self) -> Mapping[Key, list[Target]]:
        found: defaultdict[Key, list[Target]] = defaultdict(list)
        for each in self._all:
            if each.item:
                found[each.document.id, each.item.parent].append(each)
        return found

    def within(self, target: Target, *roles: str) -> tuple[Target, ...]:
        """Return the items that stand in an item or document, of lists with these roles."""
        return tuple(each for each in self._within.get(key_of(target), ()) if role_of(each) in roles)

    def origins(self, requirement: Target) -> tuple[Target, ...]:
        """Return what a requirement comes from: its sources, then the stories that ask for it."""
        sources = (tie.target for tie in self.out_of(requirement, Relation.ORIGIN))
        stories = (tie.source for tie in self.into(requirement, Relation.ASKS))
        return once([*sources, *stories])

    def specifications(self, requirement: Target) -> tuple[Target, ...]:
        """Return the documents that implement a requirement."""
        return once(whole(tie.source) for tie in self.into(requirement, Relation.SPECIFIES))

    def tests(self, target: Target) -> tuple[Target, ...]:
        """Return the test cases of a requirement with its criteria, of a criterion, or of an error code."""
        verified = (target, *self.within(target, "criterion"))
        return once(tie.source for each in verified for tie in self.into(each, Relation.TESTS))

    def codes(self, requirement: Target) -> tuple[Target, ...]:
        """Return the error codes that belong to a requirement."""
        return once(tie.source for tie in self.into(requirement, Relation.RAISES))

    def manual(self, requirement: Target) -> tuple[Target, ...]:
        """Return the tasks, questions and rows of manuals that explain a requirement."""
        return once(tie.source for tie in self.into(requirement, Relation.COVERS))

    def rows(self, code: Target) -> tuple[Target, ...]:
        """Return the rows of manuals that explain an error code."""
        return once(tie.source for tie in self.into(code, Relation.EXPLAINS))

    def owners(self, code: Target) -> tuple[Target, ...]:
        """Return the requirements that an error code belongs to: its own, else those that its document implements."""
        own = once(tie.target for tie in self.out_of(code, Relation.RAISES))
        return own or once(tie.target for tie in self.out_of(whole(code), Relation.SPECIFIES))

    def is_released(self, requirement: Target) -> bool:
        """Whether the release that a requirement aims at is out: so says its state, and its day has come."""
        assert requirement.item is not None
        release = self.library.entry("release", str(valued(requirement.item, "release")))
        if release is None or release.values.get("state") in (None, PLANNED):
            return False
        return str(release.values.get("date", "")) <= self.day.isoformat()


PLANNED = "planned"
"""The state of a release that is not out."""


@lru_cache(maxsize=2)
def trace_of(library: Library, day: date) -> Trace:
    """Return the chain of a library; checks and pages of one build share it."""
    return Trace(library, day)


def is_dropped(requirement: Target) -> bool:
    """Whether a requirement is given up."""
    return requirement.item is not None and valued(requirement.item, "requirement_status") == DROPPED


def is_must(requirement: Target) -> bool:
    """Whether a requirement has the first priority of the list."""
    assert requirement.item is not None
    field = next((field for field in requirement.item.field.fields if field.role == "priority"), None)
    return field is not None and valued(requirement.item, "priority") == next(iter(field.choices), None)


def is_for_users(requirement: Target) -> bool:
    """Whether users meet a requirement: so it says, or it is a functional one that says nothing."""
    assert requirement.item is not None
    said = valued(requirement.item, "user_facing")
    return valued(requirement.item, "requirement_type") == FUNCTIONAL if said is None else said is True


def is_tested(requirement: Target) -> bool:
    """Whether a requirement is verified by test cases, and not by inspection, analysis or demonstration."""
    assert requirement.item is not None
    return valued(requirement.item, "verification") in (None, BY_TEST)


def is_visible(code: Target) -> bool:
    """Whether users see an error code; one that does not say so is seen."""
    assert code.item is not None
    return valued(code.item, "user_facing") is not False


def whole(target: Target) -> Target:
    """Return the document that an item stands in."""
    return Target(target.document, None, target.withheld) if target.item else target


def once(targets: Iterable[Target]) -> tuple[Target, ...]:
    """Return targets without repetitions, in their order."""
    return tuple({key_of(target): target for target in targets}.values())


def _grouped(pairs: Iterable[tuple[Key, Tie]]) -> Mapping[Key, list[Tie]]:
    found: defaultdict[Key, list[Tie]] = defaultdict(list)
    for key, tie in pairs:
        found[key].append(tie)
    return found


def _only(ties: Iterable[Tie], relations: tuple[Relation, ...]) -> tuple[Tie, ...]:
    return tuple(tie for tie in ties if not relations or tie.relation in relations)


def requirements_in(document: Document) -> tuple[Item, ...]:
    """Return the requirements that a document states, given up or not."""
    return tuple(item for item in document.items if item.field.role in REQUIREMENTS)


def states_requirements(document: Document) -> bool:
    """Whether a document states requirements."""
    return bool(requirements_in(document))
