"""Figures of a chain: how much of a document or product is specified, tested and explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pmdocs.library import Target
from pmdocs.trace.chain import Trace, is_for_users, is_must, is_tested, is_visible
from pmdocs.trace.ties import role_of


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    of: int

    @property
    def percent(self) -> float | None:
        """The share in percent with one digit; None of nothing."""
        return round(100 * self.part / self.of, 1) if self.of else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a set of requirements, and a set of error codes, have below them in the chain.

    Dropped requirements do not count. `tested` and `criteria` are of those verified by test, `explained` of those that users
    meet, `rows` of the codes that users see.
    """

    requirements: int
    musts: int
    founded: Share
    specified: Share
    tested: Share
    criteria: Share
    explained: Share
    codes: Share
    rows: Share


def coverage_of(trace: Trace, requirements: Sequence[Target], codes: Sequence[Target] = ()) -> Coverage:
    """Return the figures of these requirements and error codes."""
    by_test = [each for each in requirements if is_tested(each)]
    criteria = [each for one in by_test for each in trace.within(one, "criterion")]
    return Coverage(
        requirements=len(requirements),
        musts=sum(map(is_must, requirements)),
        founded=_share(requirements, trace.origins),
        specified=_share(requirements, trace.specifications),
        tested=_share(by_test, trace.tests),
        criteria=_share(criteria, trace.tests),
        explained=_share(filter(is_for_users, requirements), trace.manual),
        codes=_share(codes, trace.tests),
        rows=_share(filter(is_visible, codes), trace.rows),
    )


def own_requirements(targets: Iterable[Target]) -> list[Target]:
    """Return the requirements of functions, without those of qualities: these hold for all functions at once."""
    return [each for each in targets if role_of(each) == "requirement"]


def _share(targets: Iterable[Target], found: Callable[[Target], Sequence[Target]]) -> Share:
    answers = [bool(found(each)) for each in targets]
    return Share(sum(answers), len(answers))
