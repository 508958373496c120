"""A document as it is compared: its parts, each with fields and links, in a form that no layout or line end changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pmdocs.diagnostics import Words
from pmdocs.diff.prose import plain
from pmdocs.doctype import DocumentType, Field, read_words
from pmdocs.doctype.vocabulary import NOT_APPLICABLE, Choices
from pmdocs.document import Document, Path, item_address

Scope = Literal["site", "product", "parent"]
"""Where the id of a part is unique: everywhere, in its product, or in the part it stands in."""
_ROWS = frozenset({"person", "product", "release", "term", "url", "version", "role"})
"""What a reference may lead to that is no document and no item: rows of the shared files, addresses, versions, roles."""
_SILENT = frozenset({"doc_type", "retired_ids", "lint_ignore", "status_history", "digest"})
"""What a document tells pmdocs and not its readers."""
_SCOPES: Mapping[str, Scope] = {"prefix": "site", "code": "product"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a type says of a field: its words, its kind, its choices, and which roles review it."""

    label: Words
    kind: str
    reviewed_by: tuple[str, ...]
    choices: Choices = field(default_factory=dict)


Shapes = Mapping[str, Shape]
"""The fields of a type by the names that lead to them, such as `requirements.acceptance_criteria.given`."""


@dataclass(frozen=True, slots=True)
class Link:
    """A typed reference: through which field (the names that lead to it from its part), to which id as typed."""

    field: str
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """A document itself, or an item in it. `list` names the field that lists it, `parent` the part it stands in."""

    id: str
    local: str
    kind: str
    parent: str
    list: str
    scope: Scope
    title: Words
    fields: Mapping[str, Any]
    links: tuple[Link, ...]
    line: int = field(default=1, compare=False)

    def label_key(self, name: str) -> str:
        """Return the key of one of its fields in the shapes of its type."""
        return f"{self.list}.{name}" if self.list else name


@dataclass(frozen=True, slots=True)
class Record:
    """A document as it is compared. The first of its parts is the document itself."""

    id: str
    kind: str
    title: Words
    product: str
    confidentiality: str
    parts: tuple[Part, ...]
    kind_label: Words = field(default=Words("", ""), compare=False)
    shapes: Shapes = field(default_factory=dict, compare=False)
    file: str = field(default="", compare=False)

    def part(self, name: str) -> Part | None:
        """Return the part of this id."""
        return next((part for part in self.parts if part.id == name), None)


def record_of(document: Document, shapes: Shapes | None = None) -> Record:
    """Return a document as it is compared; `shapes` are those of its type, where the caller has them already."""
    root = _Walk(document, document.id)
    parts = tuple(root.parts(document.type.fields, document.values, (), _Place("", "", "", document.type.name)))
    return Record(
        id=document.id,
        kind=document.type.name,
        kind_label=document.type.short,
        title=document.title,
        product=document.product,
        confidentiality=document.confidentiality,
        parts=parts,
        shapes=shapes_of(document.type) if shapes is None else shapes,
        file=document.source.file,
    )


def shapes_of(kind: DocumentType) -> Shapes:
    """Return every field of a type, in its order."""
    return dict(_shapes(kind.fields, ""))


def _shapes(fields: Sequence[Field], prefix: str) -> Iterator[tuple[str, Shape]]:
    for each in fields:
        yield f"{prefix}{each.name}", Shape(each.label, each.kind, each.reviewed_by, each.choices)
        yield from _shapes(each.fields, f"{prefix}{each.name}.")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands: its local id, its parent, the field that lists it, its kind, the key of its id."""

    local: str
    parent: str
    list: str
    kind: str
    scope: Scope = "parent"
    id_field: str = ""
    title: Words | None = None


@dataclass(slots=True)
class _Found:
    """What a walk gathers of one part: its own fields and links, and the lists of items below it."""

    fields: dict[str, Any]
    links: list[Link]
    lists: list[tuple[Field, list[Mapping[str, Any]], Path, str]]


class _Walk:
    """Takes a document apart; an address that is there twice is no part the second time, its finding says why."""

    def __init__(self, document: Document, name: str) -> None:
        self._document, self._taken = document, {name}

    def parts(
        self, fields: Sequence[Field], values: Mapping[str, Any], path: Path, place: _Place, address: str = ""
    ) -> Iterator[Part]:
        """Yield a part and those below it, outermost first."""
        found, name = _Found({}, [], []), address or self._document.id
        self._gather([each for each in fields if each.name != place.id_field or each.fields], values, path, "", found)
        if not address:
            found.fields.pop("id", None)
        yield Part(
            id=name,
            local=place.local or name,
            kind=place.kind,
            parent=place.parent,
            list=place.list,
            scope="site" if not address else place.scope,
            title=place.title or self._document.title,
            fields=found.fields,
            links=tuple(sorted(set(found.links), key=lambda link: (link.field, link.target))),
            line=self._document.location(path).span.line,
        )
        for field_, rows, here, names in found.lists:
            yield from self._items(field_, rows, here, f"{place.list}.{names}" if place.list else names, name)

    def _items(
        self, listed: Field, rows: Sequence[Mapping[str, Any]], path: Path, names: str, owner: str
    ) -> Iterator[Part]:
        rule, kind = listed.id, listed.item
        assert rule is not None
        assert kind is not None
        for index, row in enumerate(rows):
            local = str(row[rule.field])
            place = _Place(
                local=local,
                parent=owner,
                list=names,
                kind=kind,
                scope=_SCOPES.get(rule.style, "parent"),
                id_field=rule.field,
                title=read_words(row.get(listed.titled_by or "title"), local),
            )
            yield from self.parts(listed.fields, row, (*path, index), place, item_address(rule, kind, local, owner))

    def _gather(self, fields: Sequence[Field], values: Mapping[str, Any], path: Path, prefix: str, to: _Found) -> None:
        for each in fields:
            if each.name not in values or is_silent(each):
                continue
            value, name, here = values[each.name], f"{prefix}{each.name}", (*path, each.name)
            if each.kind == "map" and isinstance(value, dict) and NOT_APPLICABLE not in value:
                self._gather(each.fields, value, here, f"{name}.", to)
            elif self._are_items(each, value):
                to.lists.append((each, value, here, name))
            elif each.kind in ("ref", "refs") and not set(each.to) <= _ROWS:
                to.links += _links(each, value, name)
            else:
                to.fields[name] = meaning(each, value)
                to.links += _links(each, value, name)

    def _are_items(self, listed: Field, value: object) -> bool:
        """Whether a list holds items with ids of their own, each new; steps that are numbered by their place are rows."""
        rule = listed.id
        if listed.kind != "items" or rule is None or rule.style == "ordinal" or not isinstance(value, list):
            return False
        given = [row.get(rule.field) if isinstance(row, dict) else None for row in value]
        names = [name for name in given if isinstance(name, str)]
        if len(names) < len(given) or len(set(names)) < len(names):
            return False
        if rule.style not in ("prefix", "code"):
            return True
        fresh = not self._taken & set(names)
        self._taken |= set(names) if fresh else set()
        return fresh


def is_silent(each: Field) -> bool:
    """Whether readers never see a field: what is worked out, and what is there for pmdocs alone."""
    return each.derived or each.name in _SILENT or each.kind == "digests"


def meaning(each: Field, value: Any) -> Any:
    """Return a value as its reader understands it: texts without line ends, whole numbers as such, no numbers of places."""
    if isinstance(value, dict):
        below = {child.name: child for child in each.fields}
        place = each.id.field if each.id and each.id.style == "ordinal" else None
        return {
            str(key): meaning(below[key], part) if key in below else _leaf(each, part)
            for key, part in value.items()
            if key != place and (key not in below or not is_silent(below[key]))
        }
    if isinstance(value, list):
        return [meaning(each, part) for part in value]
    return _leaf(each, value)


def _leaf(each: Field, value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _leaf(each, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_leaf(each, part) for part in value]
    if isinstance(value, str):
        return plain(value) if each.kind in ("text", "markdown", "list", "map") else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, bool | int | float) else str(value)


def _links(each: Field, value: Any, name: str) -> Iterator[Link]:
    """Yield the references to documents and items within a value."""
    if each.kind in ("ref", "refs"):
        if not set(each.to) <= _ROWS:
            targets = value if isinstance(value, list) else [value]
            yield from (Link(name, target) for target in targets if isinstance(target, str))
        return
    rows = value if isinstance(value, list) else [value]
    for row in (row for row in rows if isinstance(row, dict)):
        for child in each.fields:
            if child.name in row and not is_silent(child):
                yield from _links(child, row[child.name], f"{name}.{child.name}")
