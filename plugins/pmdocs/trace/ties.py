"""Links that are followed to both ends, and what each says: computed from the roles of fields, never from their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pmdocs.document import Document, Item, Link
from pmdocs.library import Library, Target

REQUIREMENTS = frozenset({"requirement", "nfr"})
"""Roles of lists whose items are requirements."""
RECORDS = frozenset({"history", "signoff"})
"""Roles of fields that tell what was: their links bind nobody today."""


class Relation(StrEnum):
    """What a link says, as a step of the chain from evidence to feedback."""

    ORIGIN = "origin"
    """A requirement comes from evidence, a persona, a story or a document."""
    ASKS = "asks"
    """A story asks for a requirement."""
    PERSONA = "persona"
    """A story or scenario is about a persona."""
    SPECIFIES = "specifies"
    """A specification implements a requirement."""
    RAISES = "raises"
    """An error code belongs to a requirement."""
    TESTS = "tests"
    """A test case verifies a requirement, a criterion or an error code."""
    COVERS = "covers"
    """A task, question or row of a manual explains a requirement."""
    EXPLAINS = "explains"
    """A row of a manual explains an error code."""
    NEEDS = "needs"
    """A requirement or document depends on another."""
    MEASURES = "measures"
    """A metric measures a goal, an event feeds a metric."""
    REPORTS = "reports"
    """A specification reports an event."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """How a relation is recognised; what is empty does not matter."""

    relation: Relation
    field: str = ""
    source: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()


_SORTS = (
    _Sort(Relation.NEEDS, field="depends_on"),
    _Sort(Relation.SPECIFIES, field="implements", target=REQUIREMENTS),
    _Sort(Relation.COVERS, field="covers", target=REQUIREMENTS),
    _Sort(Relation.EXPLAINS, field="error_code", target=frozenset({"error_code"})),
    _Sort(Relation.ORIGIN, field="source", source=REQUIREMENTS),
    _Sort(Relation.ASKS, source=frozenset({"story"}), target=REQUIREMENTS),
    _Sort(Relation.PERSONA, target=frozenset({"persona"})),
    _Sort(Relation.TESTS, source=frozenset({"test_case"}), target=REQUIREMENTS | {"criterion", "error_code"}),
    _Sort(Relation.RAISES, source=frozenset({"error_code"}), target=REQUIREMENTS),
    _Sort(Relation.MEASURES, source=frozenset({"metric"}), target=frozenset({"goal"})),
    _Sort(Relation.MEASURES, source=frozenset({"event"}), target=frozenset({"metric"})),
    _Sort(Relation.REPORTS, target=frozenset({"event"})),
)
"""The first that fits holds."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A link with its two ends; `relation` is None where it is no step of the chain."""

    source: Target
    target: Target
    link: Link
    relation: Relation | None

    @property
    def document(self) -> Document:
        """The document in which the link is written."""
        return self.source.document

    @property
    def upstream(self) -> Target:
        """The end that was there first: evidence before requirement, requirement before specification."""
        return self.source if self.relation is Relation.ASKS else self.target

    @property
    def downstream(self) -> Target:
        """The end that follows from the other."""
        return self.target if self.relation is Relation.ASKS else self.source


Key = tuple[str, str]
"""What a document or item is found by: the id of its document, and its address."""


def key_of(target: Target) -> Key:
    """Return the key of a document or item; an error code may be in two products, so its address alone is none."""
    return target.document.id, target.address


def role_of(target: Target) -> str:
    """Return the role of the list that an item stands in; empty for a document."""
    return (target.item.field.role or "") if target.item else ""


def valued(item: Item, role: str) -> Any:
    """Return what an item says in its field with `role`, or None."""
    return next((item.values.get(field.name) for field in item.field.fields if field.role == role), None)


def ties_of(library: Library) -> Iterator[Tie]:
    """Yield every link that leads to a document or item, in the order of documents; records of the past are left out."""
    for document in library.documents:
        records = {field.name for field in document.type.fields if field.role in RECORDS}
        for link in document.links:
            if link.path[0] in records:
                continue
            target = library.resolve(link, document)
            source = _source(library, link, document)
            if target and source:
                yield Tie(source, target, link, _relation(link, role_of(source), role_of(target)))


def _source(library: Library, link: Link, document: Document) -> Target | None:
    found = library.targets(link.source)
    return next((target for target in found if target.document is document), None)


def _relation(link: Link, source: str, target: str) -> Relation | None:
    for sort in _SORTS:
        if (
            (not sort.field or link.field.role == sort.field)
            and (not sort.source or source in sort.source)
            and (not sort.target or target in sort.target)
        ):
            return sort.relation
    return None
