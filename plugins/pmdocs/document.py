"""A document as a value: its type, its normalized values, its items and its links, each knowing its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pmdocs.diagnostics import Location, Words
from pmdocs.doctype import DocumentType, Field, IdRule, read_words, span_of
from pmdocs.source import Source

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An addressable part of a document: a requirement, a step, an error code …

    `address` is unique in the site (for error codes: in the product), `local` is the id as typed, `anchor` the fragment
    of its page. `parent` is the address of the item or document it stands in.
    """

    kind: str
    address: str
    local: str
    anchor: str
    parent: str
    title: Words
    field: Field
    path: Path
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A typed reference: from an item or document, through a field, to what `target` names (as typed)."""

    source: str
    field: Field
    target: str
    path: Path


@dataclass(frozen=True, slots=True)
class Visit:
    """A field met on a walk through a document: where it is, what it holds, and in whose item or document it stands."""

    field: Field
    value: Any
    path: Path
    owner: str


@dataclass(frozen=True, eq=False)
class Document:
    """One file of a document type. `values` are normalized: empty values are gone and single entries are lists."""

    type: DocumentType
    id: str
    values: Mapping[str, Any]
    source: Source

    @property
    def title(self) -> Words:
        """The title, or the id where there is none."""
        return read_words(self.values.get("title"), self.id)

    @property
    def product(self) -> str:
        """The id of the product it belongs to; empty where it names none."""
        return str(self.values.get("product", ""))

    @property
    def status(self) -> str:
        """Its status as typed."""
        return str(self.values.get("status", ""))

    @property
    def confidentiality(self) -> str:
        """Who may read it; what does not say so is for nobody outside, so it counts as internal."""
        return str(self.values.get("confidentiality", "internal"))

    @property
    def is_sample(self) -> bool:
        """Whether its people, names and numbers are made up."""
        return self.values.get("sample") is True

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Every field that holds a value, in the order of the type."""
        return tuple(_walk(self.type.fields, self.values, (), self.id))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Its items, outermost first."""
        return tuple(
            item for visit in self.visits if visit.field.kind == "items" for item in items_of(visit, document=self.id)
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its typed references, in the order of the type."""
        return tuple(link for visit in self.visits for link in _links(visit))

    def location(self, path: Path, *, at_key: bool = False) -> Location:
        """Return where the value (or key) at `path` stands in the file."""
        return Location(self.source.file, span_of(self.source, path, at_key=at_key))


def normalize(fields: Sequence[Field], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return `value` without empty values and with a single entry of a list field as a list; unknown keys stay, empty too."""
    known = {field.name: field for field in fields}
    normal = {key: _normal(known.get(key), each) for key, each in value.items()}
    return {key: each for key, each in normal.items() if (known and key not in known) or not _is_empty(each)}


def _is_empty(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}


def _normal(field: Field | None, value: Any) -> Any:
    if field is None:
        return value
    if field.kind in {"list", "refs"} and isinstance(value, str | int | float):
        return [value]
    if field.kind in {"text", "markdown", "map"} and isinstance(value, dict):
        return normalize(field.fields, value)
    if field.fields and field.kind in {"list", "items"} and isinstance(value, list):
        return [normalize(field.fields, row) if isinstance(row, dict) else row for row in value]
    return value


def item_address(rule: IdRule, kind: str, local: str, parent: str) -> str:
    """Return the address of an item: its id where that is known everywhere, else below its parent's."""
    if rule.style in {"prefix", "code"}:
        return local
    if rule.style == "pattern":
        return f"{parent}.{kind}-{local}"
    return f"{parent}.{local}"


def items_of(visit: Visit, *, document: str) -> Iterator[Item]:
    """Yield the items of one list; rows without a readable id are left out, their findings say why."""
    field, rule = visit.field, visit.field.id
    if rule is None or field.item is None or not isinstance(visit.value, list):
        return
    for index, row in enumerate(visit.value):
        if not isinstance(row, dict):
            continue
        local = f"{rule.text}-{index + 1}" if rule.style == "ordinal" else row.get(rule.field)
        if not isinstance(local, str):
            continue
        address = item_address(rule, field.item, local, visit.owner)
        yield Item(
            kind=field.item,
            address=address,
            local=local,
            anchor=address.removeprefix(f"{document}."),
            parent=visit.owner,
            title=read_words(row.get(field.titled_by or "title"), local),
            field=field,
            path=(*visit.path, index),
            values=row,
        )


def _walk(fields: Sequence[Field], values: Mapping[str, Any], path: Path, owner: str) -> Iterator[Visit]:
    for field in fields:
        if field.name not in values:
            continue
        value, here = values[field.name], (*path, field.name)
        yield Visit(field, value, here, owner)
        if field.kind == "map" and isinstance(value, dict):
            yield from _walk(field.fields, value, here, owner)
        elif field.fields and isinstance(value, list):
            for index, row in enumerate(value):
                if isinstance(row, dict):
                    yield from _walk(field.fields, row, (*here, index), _owner(field, row, index, owner))


def _owner(field: Field, row: Mapping[str, Any], index: int, owner: str) -> str:
    rule = field.id
    if field.kind != "items" or rule is None or field.item is None:
        return owner
    local = f"{rule.text}-{index + 1}" if rule.style == "ordinal" else row.get(rule.field)
    return item_address(rule, field.item, str(local), owner)


def _links(visit: Visit) -> Iterator[Link]:
    if visit.field.derived:
        return
    if visit.field.kind == "ref" and isinstance(visit.value, str):
        yield Link(visit.owner, visit.field, visit.value, visit.path)
    elif visit.field.kind == "refs" and isinstance(visit.value, list):
        for index, target in enumerate(visit.value):
            if isinstance(target, str):
                yield Link(visit.owner, visit.field, target, (*visit.path, index))
