"""Circles of dependence: requirements, or documents, that wait for each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from pmdocs.trace.chain import Trace
from pmdocs.trace.ties import Key, Relation, Tie, key_of

Ahead = Mapping[Key, Sequence[Tie]]


def circles_of(trace: Trace) -> Iterator[tuple[Tie, ...]]:
    """Yield each circle once, as its links in order: from its first member by id, by the shortest way, back to it.

    Circles that hang together are told as one; the next shows when the first is mended.
    """
    ahead: dict[Key, list[Tie]] = {}
    for tie in trace.ties:
        if tie.relation is Relation.NEEDS:
            ahead.setdefault(key_of(tie.source), []).append(tie)
    left = _in_circles(ahead)
    told: set[Key] = set()
    for start in sorted(left, key=lambda key: key[1]):
        if start not in told:
            told |= _reached(start, ahead, left)
            yield _way_back(start, ahead)


def _in_circles(ahead: Ahead) -> set[Key]:
    """Return the members of circles, and what lies between two of them: what is left when ends are taken away one by one."""
    left = set(ahead)
    while True:
        ends = {key for key in left if not any(key_of(tie.target) in left for tie in ahead[key])}
        if not ends:
            return {key for key in left if _way_back(key, ahead)}
        left -= ends


def _reached(start: Key, ahead: Ahead, within: set[Key]) -> set[Key]:
    found, waiting = {start}, [start]
    while waiting:
        there = {key_of(tie.target) for tie in ahead.get(waiting.pop(), ())} & within - found
        found |= there
        waiting += there
    return found


def _way_back(start: Key, ahead: Ahead) -> tuple[Tie, ...]:
    """Return the shortest way from `start` to itself; empty where there is none."""
    waiting: deque[tuple[Key, tuple[Tie, ...]]] = deque([(start, ())])
    known: set[Key] = set()
    while waiting:
        here, way = waiting.popleft()
        for tie in ahead.get(here, ()):
            there = key_of(tie.target)
            if there == start:
                return (*way, tie)
            if there not in known:
                known.add(there)
                waiting.append((there, (*way, tie)))
    return ()
