"""Which document and which part of the version before is which of the version after: by id, else by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pmdocs.diff.record import Part, Record
from pmdocs.diff.sequence import bag, likeness

Key = tuple[str, str]
"""A part of a snapshot: the id of its document, and its own."""
Snapshot = Mapping[str, Record]
"""The documents of a version by id."""

_Name = TypeVar("_Name", str, Key)

SAME = 800
"""From which likeness on (of 1000) something with another id is the same thing renamed."""
MOST_DOCUMENTS = 10_000
MOST_PARTS = 250_000
"""How many pairs of what is gone and what is new are looked at for likeness."""
ENOUGH = 8
"""How many words a thing must say to be recognized by them."""


@dataclass(frozen=True, slots=True)
class _Thing(Generic[_Name]):
    """A document or part without a partner: its name, what it could be one of, and its words."""

    name: _Name
    group: Hashable
    words: Counter[str]
    size: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", self.words.total())


def pair_documents(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """Return, for each document of `new` that was there before, the id it had."""
    pairs = {name: name for name in new if name in old and old[name].kind == new[name].kind}
    if len(pairs) in (len(old), len(new)):
        return pairs
    gone = [
        _Thing(name, record.kind, _words(record, record.parts)) for name, record in old.items() if name not in pairs
    ]
    come = [
        _Thing(name, record.kind, _words(record, record.parts)) for name, record in new.items() if name not in pairs
    ]
    return pairs | dict(_alike(gone, come, MOST_DOCUMENTS))


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
    if len(taken) in (len(before), len(after)):
        return
    gone = [
        _Thing(key, _group(key[0], part, part.parent), _words(record, [part]))
        for key, (record, part) in before.items()
        if key not in taken and part.parent
    ]
    come = []
    for key, (record, part) in after.items():
        parent = pairs.get((record.id, part.parent))
        if key not in pairs and part.parent and (parent or part.scope != "parent"):
            name, above = parent or ("", "")
            come.append(_Thing(key, _group(name, part, above), _words(record, [part])))
    yield from _alike(gone, come, MOST_PARTS)


def _group(document: str, part: Part, parent: str) -> Hashable:
    """Return what parts have in common that could be one another."""
    return (part.kind,) if part.scope != "parent" else (part.kind, document, parent, part.list)


def _words(record: Record, parts: Sequence[Part]) -> Counter[str]:
    """Return the words of what somebody reviews: people, dates and states say nothing about what a thing is."""
    found: Counter[str] = Counter()
    for part in parts:
        for name, value in part.fields.items():
            shape = record.shapes.get(part.label_key(name))
            if shape and shape.reviewed_by and shape.kind not in ("choice", "ref", "refs", "date", "boolean"):
                found += bag(value)
    return found


def _alike(gone: Sequence[_Thing[_Name]], come: Sequence[_Thing[_Name]], most: int) -> Iterator[tuple[_Name, _Name]]:
    """Yield pairs (new, old) that say (nearly) the same: first those that say just the same, then the most alike.

    Where there would be more than `most` pairs to look at, what is only alike is not looked for.
    """
    groups: dict[Hashable, tuple[list[_Thing[_Name]], list[_Thing[_Name]]]] = {}
    for side, things in enumerate((gone, come)):
        for thing in things:
            if thing.size >= ENOUGH:
                groups.setdefault(thing.group, ([], []))[side].append(thing)
    found: list[tuple[int, _Name, _Name]] = []
    for before, after in groups.values():
        equal = list(_equal(before, after))
        yield from equal
        was, now = {old for _, old in equal}, {new for new, _ in equal}
        left = [each for each in before if each.name not in was]
        right = [each for each in after if each.name not in now]
        if len(left) * len(right) <= most:
            found += [(score, a.name, b.name) for b in right for a in left if (score := _same(a, b))]
    yield from _best(iter(found))


def _equal(gone: Sequence[_Thing[_Name]], come: Sequence[_Thing[_Name]]) -> Iterator[tuple[_Name, _Name]]:
    """Yield pairs of things with the same words, in the order of their ids."""
    known: dict[Hashable, list[_Name]] = {}
    for thing in sorted(gone, key=lambda each: each.name):
        known.setdefault(frozenset(thing.words.items()), []).append(thing.name)
    for thing in sorted(come, key=lambda each: each.name):
        if names := known.get(frozenset(thing.words.items())):
            yield thing.name, names.pop(0)


def _same(before: _Thing[_Name], after: _Thing[_Name]) -> int:
    """Return how alike two things are, or 0 where that is not enough to call them one."""
    small, large = sorted((before.size, after.size))
    if 2000 * small < SAME * (small + large):
        return 0
    score = likeness(before.words, after.words)
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
