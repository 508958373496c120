"""What changed between two versions, by documents, items, fields and links; and how to get from one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pmdocs.diff.match import Key, Snapshot, pair_documents, pair_parts
from pmdocs.diff.record import Link, Part, Record, record_of, shapes_of
from pmdocs.diff.sequence import common
from pmdocs.document import Document
from pmdocs.library import Library

Sort = Literal["added", "removed", "renamed", "moved", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after; None where it held nothing. `name` leads to it from its part."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PartChange:
    """What happened to a document itself or to an item: `before` is None where it is new, `after` where it is gone."""

    before: Part | None
    after: Part | None
    fields: tuple[FieldChange, ...] = ()
    gained: tuple[Link, ...] = ()
    lost: tuple[Link, ...] = ()
    moved_from: str | None = None
    """The document or item it stood in, where it now stands in another."""
    moved_to: str | None = None
    """The document or item it went to, as told where it is no longer."""
    is_reordered: bool = False
    """Whether it stands at another place among the same neighbours."""

    @property
    def part(self) -> Part:
        """The part as it is now, or as it last was."""
        part = self.after or self.before
        assert part is not None
        return part

    @property
    def is_renamed(self) -> bool:
        """Whether it has another id of its own."""
        return bool(self.before and self.after and self.before.local != self.after.local)

    @property
    def is_moved(self) -> bool:
        """Whether it stands in another document, item or list, or at another place among its neighbours."""
        if self.before is None or self.after is None:
            return self.moved_to is not None
        return self.moved_from is not None or self.before.list != self.after.list or self.is_reordered

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """What happened, the weightiest first."""
        if self.before is None:
            return ("added",)
        if self.after is None:
            return ("moved",) if self.moved_to else ("removed",)
        found: list[Sort] = []
        found += ["renamed"] if self.is_renamed else []
        found += ["moved"] if self.is_moved else []
        found += ["changed"] if self.fields or self.gained or self.lost else []
        return tuple(found)


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What happened to a document and in it: its own change and those of its items, in the order of the document."""

    before: Record | None
    after: Record | None
    parts: tuple[PartChange, ...] = ()
    layout: tuple[tuple[Part, Key | None], ...] = ()
    """The parts of the new document without fields and links, each with the part of the old version that it was."""

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def record(self) -> Record:
        """The document as it is now, or as it last was."""
        record = self.after or self.before
        assert record is not None
        return record

    @property
    def itself(self) -> PartChange | None:
        """What happened to the document itself."""
        return next((change for change in self.parts if not change.part.parent), None)

    @property
    def sort(self) -> Sort:
        """What happened to the document as a whole."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "renamed" if self.before.id != self.after.id else "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two versions, document by document."""

    documents: tuple[DocumentChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents)


def changes(old: Library | None, new: Library) -> Difference:
    """Return what changed from one library to another, in the documents that this site shows; all is new without `old`."""
    return difference(snapshot_of(old) if old else {}, snapshot_of(new))


def document_changes(old: Document | None, new: Document | None) -> DocumentChange:
    """Return what changed from one document to another; a document is compared with itself under another id, too."""
    before, after = (record_of(each) if each else None for each in (old, new))
    named = before.id if before else None
    pairs = {after.id: named} if after and named else {}
    snapshots = ({before.id: before} if before else {}, {after.id: after} if after else {})
    found = _documents(*snapshots, pairs)
    return next(found, DocumentChange(before, after))


def snapshot_of(library: Library) -> Snapshot:
    """Return the documents of a library as they are compared, by id; a second document of one id is left out."""
    shapes = {kind.name: shapes_of(kind) for kind in library.document_types}
    found: dict[str, Record] = {}
    for document in library.published:
        found.setdefault(document.id, record_of(document, shapes[document.type.name]))
    return found


def difference(old: Snapshot, new: Snapshot) -> Difference:
    """Return what changed from one snapshot to another."""
    equal = {name for name, record in new.items() if old.get(name) == record}
    before, after = ({name: each for name, each in side.items() if name not in equal} for side in (old, new))
    return Difference(tuple(_documents(before, after, pair_documents(before, after))))


def apply(change: Difference, old: Snapshot) -> Snapshot:
    """Return the snapshot that a difference leads to from `old`."""
    touched = {each.before.id for each in change.documents if each.before}
    kept = {name: record for name, record in old.items() if name not in touched}
    made = [_made(each, each.after, old) for each in change.documents if each.after]
    return dict(sorted({**kept, **{record.id: record for record in made}}.items()))


def _made(change: DocumentChange, head: Record, old: Snapshot) -> Record:
    """Return the new document: each part from what it was, with its changes done to it."""
    done = {each.after.id: each for each in change.parts if each.after}
    parts = []
    for bare, was in change.layout:
        origin = old[was[0]].part(was[1]) if was else None
        fields, links = (dict(origin.fields), set(origin.links)) if origin else ({}, set())
        if each := done.get(bare.id):
            for field in each.fields:
                fields.pop(field.name, None)
                fields |= {} if field.after is None else {field.name: field.after}
            links = (links - {*each.lost}) | {*each.gained}
        parts.append(replace(bare, fields=fields, links=_sorted(links)))
    return replace(head, parts=tuple(parts))


def _sorted(links: set[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (link.field, link.target)))


@dataclass(frozen=True, slots=True)
class _Ways:
    """Which part was which, both ways, and the version before to look them up in."""

    old: Mapping[Key, Part]
    came: Mapping[Key, Key]
    went: Mapping[Key, Key]

    def origin(self, after: Record, name: str) -> tuple[Key, Part] | None:
        """Return what a part of the new version was."""
        was = self.came.get((after.id, name))
        part = self.old.get(was) if was else None
        return (was, part) if was and part else None

    def left_home(self, after: Record, part: Part) -> str | None:
        """Return the document or item that a part stood in, where it is another one now; its own parts move along unsaid."""
        was = self.origin(after, part.id)
        if was is None or not part.parent:
            return None
        (document, _), origin = was
        return None if self.came.get((after.id, part.parent)) == (document, origin.parent) else origin.parent


def _documents(old: Snapshot, new: Snapshot, documents: Mapping[str, str]) -> Iterator[DocumentChange]:
    """Yield each document in which something changed, by id; those that are gone stand where their id would."""
    came = pair_parts(old, new, documents)
    parts_before = {(record.id, part.id): part for record in old.values() for part in record.parts}
    ways = _Ways(parts_before, came, {was: key for key, was in came.items()})
    known = {was: name for name, was in documents.items()}
    for name in sorted({*new, *(was for was in old if was not in known)}):
        if name in old and name not in known:
            yield DocumentChange(old[name], None, tuple(_gone(old[name], None, ways)))
        if name not in new:
            continue
        after, before = new[name], old[documents[name]] if name in documents else None
        if before != after:
            parts = (*_parts(before, after, ways), *(_gone(before, after, ways) if before else ()))
            bare = ((replace(part, fields={}, links=()), came.get((after.id, part.id))) for part in after.parts)
            yield DocumentChange(before, after, parts, tuple(bare))


def _parts(before: Record | None, after: Record, ways: _Ways) -> Iterator[PartChange]:
    """Yield what happened to each part of a document as it is now, in its order."""
    moved = _reordered(before, after, ways.came) if before else set()
    order = _order(after)
    for part in after.parts:
        was = ways.origin(after, part.id)
        change = replace(
            _part(was[1] if was else None, part, order),
            moved_from=ways.left_home(after, part),
            is_reordered=part.id in moved,
        )
        if change.sorts:
            yield change


def _gone(before: Record, after: Record | None, ways: _Ways) -> Iterator[PartChange]:
    """Yield what is no longer in a document: removed, or gone to another one; what goes along with its parent is not told."""
    away: set[str] = set()
    order = _order(before)
    for part in before.parts:
        now = ways.went.get((before.id, part.id))
        if now is None:
            yield _part(part, None, order)
        elif after is None or now[0] != after.id:
            if part.parent not in away:
                yield PartChange(part, None, moved_to=now[0])
            away.add(part.id)


def _order(record: Record) -> Mapping[str, int]:
    """Return the place of each field in its type."""
    return {key: place for place, key in enumerate(record.shapes)}


def _part(before: Part | None, after: Part | None, order: Mapping[str, int]) -> PartChange:
    old, new = (part.fields if part else {} for part in (before, after))
    names = [*new, *(name for name in old if name not in new)]
    part = after or before
    assert part is not None
    names.sort(key=lambda name: (order.get(part.label_key(name), len(order)), name))
    fields = [FieldChange(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
    had, has = (set(part.links) if part else set() for part in (before, after))
    return PartChange(before, after, tuple(fields), _sorted(has - had), _sorted(had - has))


def _reordered(before: Record, after: Record, pairs: Mapping[Key, Key]) -> set[str]:
    """Return the parts that stand elsewhere among neighbours that are there before and after."""
    lists: dict[tuple[str, str], list[str]] = {}
    for part in after.parts[1:]:
        lists.setdefault((part.parent, part.list), []).append(part.id)
    places = {(before.id, part.id): place for place, part in enumerate(before.parts)}
    stands = {(before.id, part.id): (part.parent, part.list) for part in before.parts}
    found: set[str] = set()
    for (parent, listed), names in lists.items():
        was = pairs.get((after.id, parent))
        home = (was[1], listed) if was and was[0] == before.id else None
        stayed = [name for name in names if stands.get(pairs.get((after.id, name), ("", ""))) == home and home]
        now: Sequence[Key] = [pairs[after.id, name] for name in stayed]
        then = sorted(now, key=lambda key: places[key])
        kept = {j for _, j in common(then, now)}
        found |= {name for place, name in enumerate(stayed) if place not in kept}
    return found
