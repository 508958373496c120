"""Which document and which part of the version before is which of the version after: by id, else by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from pmdocs.diff.record import Part, Record
from pmdocs.diff.sequence import bag, likeness

Key = tuple[str, str]
"""A part of a snapshot: the id of its document, and its own."""
Snapshot = Mapping[str, Record]
"""The documents of a version by id."""

_Name = TypeVar("_Name", str, Key)

SAME = 800
"""From which likeness on (of 1000) something with another id is the same thing renamed."""
ENOUGH = 8
"""How many words a thing must say to be recognized by them."""


def pair_documents(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """Return, for each document of `new` that was there before, the id it had."""
    pairs = {name: name for name in new if name in old and old[name].kind == new[name].kind}
    gone = {name: _words(record, record.parts) for name, record in old.items() if name not in pairs}
    come = {name: _words(record, record.parts) for name, record in new.items() if name not in pairs}
    alike = (
        (score, was, name)
        for name, after in come.items()
        for was, before in gone.items()
        if old[was].kind == new[name].kind and (score := _same(before, after))
    )
    return pairs | dict(_best(alike))


def pair_parts(old: Snapshot, new: Snapshot, documents: Mapping[str, str]) -> dict[Key, Key]:
    """Return, for each part of `new` that was there before, which one it was."""
    pairs: dict[Key, Key] = {(name, name): (was, was) for name, was in documents.items()}
    before = {(record.id, part.id): (record, part) for record in old.values() for part in record.parts}
    after = {(record.id, part.id): (record, part) for record in new.values() for part in record.parts}
    known = _Known(before)
    while True:
        for key, (record, part) in after.items():
            was = pairs.get(key) or known.same(record, part, pairs)
            if was and was not in known.taken:
                pairs[key] = was
            known.taken.update([pairs[key]] if key in pairs else ())
        renamed = dict(_renamed(before, after, pairs))
        if not renamed:
            return pairs
        pairs |= renamed


class _Known:
    """The parts of the version before, found by their ids."""

    def __init__(self, parts: Mapping[Key, tuple[Record, Part]]) -> None:
        self.taken: set[Key] = set()
        self._by_id: dict[tuple[str, ...], Key] = {}
        self._below: dict[tuple[str, str, str, str, str], Key] = {}
        for key, (record, part) in parts.items():
            if part.parent and part.scope != "parent":
                self._by_id.setdefault(_wide(record, part), key)
            else:
                self._below[record.id, part.parent, part.list, part.kind, part.local] = key

    def same(self, record: Record, part: Part, pairs: Mapping[Key, Key]) -> Key | None:
        """Return the part with the same id: known everywhere, or below the same parent."""
        if part.parent and part.scope != "parent":
            return self._by_id.get(_wide(record, part))
        parent = pairs.get((record.id, part.parent)) if part.parent else None
        return self._below.get((*parent, part.list, part.kind, part.local)) if parent else None


def _wide(record: Record, part: Part) -> tuple[str, ...]:
    return (part.kind, part.id, record.product if part.scope == "product" else "")


def _renamed(
    before: Mapping[Key, tuple[Record, Part]],
    after: Mapping[Key, tuple[Record, Part]],
    pairs: Mapping[Key, Key],
) -> Iterator[tuple[Key, Key]]:
    """Yield parts with another id that say (nearly) the same: at the same place, or anywhere if their ids are known everywhere."""
    taken = set(pairs.values())
    gone = [(key, *each) for key, each in before.items() if key not in taken and each[1].parent]
    come = [(key, *each) for key, each in after.items() if key not in pairs and each[1].parent]
    groups: dict[Hashable, list[tuple[Key, Counter[str]]]] = {}
    for key, record, part in gone:
        groups.setdefault(_group(key, part), []).append((key, _words(record, [part])))
    alike: list[tuple[int, Key, Key]] = []
    for key, record, part in come:
        parent = pairs.get((record.id, part.parent))
        where = (*parent, part.list) if parent else None
        group = part.kind if part.scope != "parent" else where
        words = _words(record, [part])
        alike += [
            (score, was, key)
            for was, other in groups.get(group, ())
            if before[was][1].kind == part.kind and (score := _same(other, words))
        ]
    return _best(iter(alike))


def _group(key: Key, part: Part) -> Hashable:
    return part.kind if part.scope != "parent" else (key[0], part.parent, part.list)


def _words(record: Record, parts: Sequence[Part]) -> Counter[str]:
    """Return the words of what somebody reviews: people, dates and states say nothing about what a thing is."""
    found: Counter[str] = Counter()
    for part in parts:
        for name, value in part.fields.items():
            shape = record.shapes.get(part.label_key(name))
            if shape and shape.reviewed_by and shape.kind not in ("choice", "ref", "refs", "date", "boolean"):
                found += bag(value)
    return found


def _same(before: Counter[str], after: Counter[str]) -> int:
    """Return how alike two things are, or 0 where that is not enough to call them one."""
    if min(before.total(), after.total()) < ENOUGH:
        return 0
    score = likeness(before, after)
    return score if score >= SAME else 0


def _best(alike: Iterator[tuple[int, _Name, _Name]]) -> Iterator[tuple[_Name, _Name]]:
    """Yield pairs (new, old), the most alike first, each thing once."""
    ranked = sorted(alike, key=lambda each: (-each[0], each[1], each[2]))
    gone: set[_Name] = set()
    come: set[_Name] = set()
    for _, was, name in ranked:
        if was not in gone and name not in come:
            gone.add(was)
            come.add(name)
            yield name, was
