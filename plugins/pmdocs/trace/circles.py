"""Circles of dependence: requirements, or documents, that wait for each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pmdocs.trace.chain import Trace
from pmdocs.trace.ties import Key, Relation, Tie, key_of

Ahead = Mapping[Key, Sequence[Key]]
"""What each thing depends on."""


def circles_of(trace: Trace) -> Iterator[tuple[Tie, ...]]:
    """Yield each circle once, as its links in order: from its first member by id, by the shortest way, back to it."""
    ties = {(key_of(tie.source), key_of(tie.target)): tie for tie in trace.ties if tie.relation is Relation.NEEDS}
    ahead: dict[Key, list[Key]] = {}
    for source, target in ties:
        ahead.setdefault(source, []).append(target)
    for way in circles_in(ahead):
        yield tuple(ties[step] for step in pairwise(way))


def circles_in(ahead: Ahead) -> Iterator[tuple[Key, ...]]:
    """Yield a circle of each group of things that all wait for each other: its first member at both ends.

    Circles that share a member are one group, so they are told as one; the next shows when the first is mended.
    """
    circular = (group for group in _groups(ahead) if len(group) > 1 or any(key in ahead.get(key, ()) for key in group))
    for start in sorted((min(group, key=_by_id) for group in circular), key=_by_id):
        yield _way_back(start, ahead)


def _by_id(key: Key) -> tuple[str, str]:
    return key[1], key[0]


def _groups(ahead: Ahead) -> Iterator[set[Key]]:
    """Yield the sets of things that lead to each other, most of them of one member (Kosaraju's way, without recursion)."""
    behind: dict[Key, list[Key]] = {}
    for source, targets in ahead.items():
        for target in targets:
            behind.setdefault(target, []).append(source)
    told: set[Key] = set()
    for start in reversed(_finished(ahead)):
        if start in told:
            continue
        group, waiting = {start}, [start]
        while waiting:
            there = {key for key in behind.get(waiting.pop(), ()) if key not in told and key not in group}
            group |= there
            waiting += there
        told |= group
        yield group


def _finished(ahead: Ahead) -> list[Key]:
    """Return everything that depends on something, in the order in which a walk into the depth leaves it."""
    order: list[Key] = []
    seen: set[Key] = set()
    for start in ahead:
        path = [] if start in seen else [(start, iter(ahead[start]))]
        seen.add(start)
        while path:
            here, rest = path[-1]
            there = next((key for key in rest if key not in seen), None)
            if there is None:
                order.append(here)
                path.pop()
            else:
                seen.add(there)
                path.append((there, iter(ahead.get(there, ()))))
    return order


def _way_back(start: Key, ahead: Ahead) -> tuple[Key, ...]:
    """Return the shortest way from `start`, which lies on a circle, to itself."""
    waiting: deque[tuple[Key, ...]] = deque([(start,)])
    known: set[Key] = set()
    while waiting:
        way = waiting.popleft()
        for there in ahead.get(way[-1], ()):
            if there == start:
                return (*way, start)
            if there not in known:
                known.add(there)
                waiting.append((*way, there))
    return ()
