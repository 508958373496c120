"""The matrix: a line for each requirement, with what is before and after it, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pmdocs.feedback import DUPLICATE, INVALID, Verdict
from pmdocs.library import Library, Target
from pmdocs.trace.chain import Trace, is_for_users, is_tested, once
from pmdocs.trace.gaps import Gap, code_gaps, gaps_of
from pmdocs.trace.impact import Impact, impacts_of
from pmdocs.trace.suspects import Suspect, suspects_of
from pmdocs.trace.ties import Key, key_of, valued


class State(StrEnum):
    """How a requirement stands in its chain, the worst first."""

    GAP = "gap"
    """Something that must be there is not, and the requirement is out."""
    CHECK = "check"
    """It, or what it was reviewed with, has changed since: somebody has to look again; or a test case fails."""
    PLANNED = "planned"
    """Something that must be there is not, and the requirement is not out yet."""
    PARTLY = "partly"
    """A step of the chain is missing that need not be there."""
    WHOLE = "whole"
    """Every step of the chain is there."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(State).index(self)


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement with the steps of its chain."""

    requirement: Target
    origins: tuple[Target, ...]
    specifications: tuple[Target, ...]
    codes: tuple[Target, ...]
    tests: tuple[Target, ...]
    failing: tuple[Target, ...]
    manual: tuple[Target, ...]
    feedback: tuple[Verdict, ...]
    gaps: tuple[Gap, ...]
    impact: Impact | None
    suspects: tuple[Suspect, ...]
    state: State


@dataclass(frozen=True, eq=False)
class Matrix:
    """The lines of a library, the worst first: by state, then by priority, then as they are written."""

    lines: tuple[Line, ...]
    impacts: tuple[Impact, ...]
    suspects: tuple[Suspect, ...]

    def of(self, documents: Iterable[str]) -> tuple[Line, ...]:
        """Return the lines of these documents, by id."""
        wanted = set(documents)
        return tuple(line for line in self.lines if line.requirement.document.id in wanted)


def matrix_of(trace: Trace) -> Matrix:
    """Return the matrix of all requirements that are not given up."""
    impacts, suspects = tuple(impacts_of(trace)), tuple(suspects_of(trace))
    changed = {key_of(each.requirement): each for each in impacts}
    doubted: dict[Key, list[Suspect]] = {}
    for each in suspects:
        doubted.setdefault(key_of(each.target), []).append(each)
    remarks: dict[Key, list[Verdict]] = {}
    for about, verdict in remarks_of(trace):
        remarks.setdefault(about, []).append(verdict)
    lines = [_line(trace, each, changed, doubted, remarks) for each in trace.requirements]
    lines.sort(key=lambda line: (line.state.rank, priority_rank(line.requirement)))
    return Matrix(tuple(lines), impacts, suspects)


def _line(
    trace: Trace,
    requirement: Target,
    changed: dict[Key, Impact],
    doubted: dict[Key, list[Suspect]],
    remarks: dict[Key, list[Verdict]],
) -> Line:
    key = key_of(requirement)
    codes, tests, manual = trace.codes(requirement), trace.tests(requirement), trace.manual(requirement)
    gaps = (*gaps_of(trace, requirement), *(gap for code in codes for gap in code_gaps(trace, code)))
    around = once([requirement, *codes, *tests, *manual, *(row for code in codes for row in trace.rows(code))])
    failing = tuple(each for each in tests if _fails(each))
    impact, suspects = changed.get(key), tuple(doubted.get(key, ()))
    origins, specifications = trace.origins(requirement), trace.specifications(requirement)
    needed = [origins, specifications]
    needed += [tests] if is_tested(requirement) else []
    needed += [manual] if is_for_users(requirement) else []
    return Line(
        requirement=requirement,
        origins=origins,
        specifications=specifications,
        codes=codes,
        tests=tests,
        failing=failing,
        manual=manual,
        feedback=tuple(verdict for each in around for verdict in remarks.get(key_of(each), ())),
        gaps=gaps,
        impact=impact,
        suspects=suspects,
        state=_state(gaps, doubtful=bool(impact or suspects or failing), missing=not all(needed)),
    )


def _state(gaps: Sequence[Gap], *, doubtful: bool, missing: bool) -> State:
    if any(gap.released for gap in gaps):
        return State.GAP
    if doubtful:
        return State.CHECK
    if gaps:
        return State.PLANNED
    return State.PARTLY if missing else State.WHOLE


def priority_rank(requirement: Target) -> int:
    """Return the place of a requirement's priority in the list of priorities; the end where it has none."""
    assert requirement.item is not None
    field = next((field for field in requirement.item.field.fields if field.role == "priority"), None)
    names = list(field.choices) if field else []
    said = valued(requirement.item, "priority")
    return names.index(said) if said in names else len(names)


def _fails(case: Target) -> bool:
    """Whether the last result of a test case is a bad one: so says the tone of the choice."""
    assert case.item is not None
    field = next((field for field in case.item.field.fields if field.role == "test_result"), None)
    option = field.choices.get(str(valued(case.item, "test_result"))) if field else None
    return option is not None and option.tone == "bad"


def remarks_of(trace: Trace) -> Iterator[tuple[Key, Verdict]]:
    """Yield what was said about items, each with the item's key; what was rejected or said before does not count."""
    for verdict in trace.library.feedback:
        if verdict.received_at <= trace.day and verdict.status_on(trace.day) not in (INVALID, DUPLICATE):
            about = item_of(trace.library, verdict)
            if about:
                yield key_of(about), verdict


def item_of(library: Library, verdict: Verdict) -> Target | None:
    """Return the item that a verdict is about, written whole or as in its document; None where it names none."""
    for address in (verdict.section_ref, f"{verdict.doc_id}.{verdict.section_ref}"):
        for target in library.targets(address):
            if target.item and target.document.id == verdict.doc_id:
                return target
    return None
