"""What is before and after one thing in the chain, as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pmdocs.library import Target
from pmdocs.trace.chain import Trace, once
from pmdocs.trace.ties import REQUIREMENTS, Key, Relation, Tie, key_of, role_of

CHAIN = (*sorted(REQUIREMENTS, reverse=True), "test_case", "error_code", "task", "faq", "troubleshooting")
"""Roles of the lists in a document that are steps of the chain."""
_ASIDE = (None, Relation.NEEDS)


@dataclass(frozen=True, slots=True)
class Step:
    """Something in the chain, how far it is from where the way began, and whether what follows was told before."""

    target: Target
    depth: int
    told: bool = False


def ahead(trace: Trace, start: Target) -> Iterator[Step]:
    """Yield what follows from `start`, nearest first, each with what follows from it."""
    return _walk(trace, start, after)


def back(trace: Trace, start: Target) -> Iterator[Step]:
    """Yield what `start` comes from, each with what that comes from."""
    return _walk(trace, start, before)


def _walk(trace: Trace, start: Target, following: Callable[[Trace, Target], tuple[Target, ...]]) -> Iterator[Step]:
    told: set[Key] = {key_of(start)}

    def walk(here: Target, depth: int) -> Iterator[Step]:
        for each in following(trace, here):
            again = key_of(each) in told
            leads_on = each.item is not None and bool(following(trace, each))
            yield Step(each, depth, told=again and leads_on)
            if not again and each.item is not None:
                told.add(key_of(each))
                yield from walk(each, depth + 1)

    return walk(start, 0)


def after(trace: Trace, target: Target) -> tuple[Target, ...]:
    """Return what follows from a thing at once; from a document, the steps of the chain that stand in it."""
    if target.item is None:
        return trace.within(target, *CHAIN) or _later(trace, target)
    if role_of(target) not in REQUIREMENTS:
        return _later(trace, target)
    criteria = trace.within(target, "criterion")
    apart = {key_of(case) for each in criteria for case in trace.tests(each)}
    later = [each for each in _later(trace, target) if key_of(each) not in apart]
    return once(sorted([*criteria, *later], key=_rank))


def _rank(target: Target) -> int:
    """Return the place of a step among those that follow a requirement; documents come first."""
    role = role_of(target)
    return _ORDER.index(role) if role in _ORDER else len(_ORDER) if role else -1


_ORDER = ("criterion", "error_code", "test_case", "task", "faq", "troubleshooting")


def before(trace: Trace, target: Target) -> tuple[Target, ...]:
    """Return what a thing comes from at once; a criterion comes from its requirement."""
    found = [tie.upstream for tie in _ties(trace, target) if key_of(tie.downstream) == key_of(target)]
    if role_of(target) == "criterion" and target.item:
        found += [each for each in trace.library.targets(target.item.parent) if each.document is target.document]
    return once(found)


def needed(trace: Trace, target: Target) -> tuple[Target, ...]:
    """Return what a requirement or document depends on."""
    return once(tie.target for tie in trace.out_of(target, Relation.NEEDS))


def needing(trace: Trace, target: Target) -> tuple[Target, ...]:
    """Return what depends on a requirement or document."""
    return once(tie.source for tie in trace.into(target, Relation.NEEDS))


def _later(trace: Trace, target: Target) -> tuple[Target, ...]:
    return once(tie.downstream for tie in _ties(trace, target) if key_of(tie.upstream) == key_of(target))


def _ties(trace: Trace, target: Target) -> Iterator[Tie]:
    for tie in (*trace.out_of(target), *trace.into(target)):
        if tie.relation not in _ASIDE:
            yield tie
