"""A document as its templates see it: its fields, items and references become views for one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmdocs.doctype import Choice as Option
from pmdocs.doctype import Field
from pmdocs.doctype.vocabulary import ANY, NOT_APPLICABLE
from pmdocs.document import Document, Item, Link, Path, item_address
from pmdocs.library import Target
from pmdocs.pages.news import news_of
from pmdocs.pages.scene import Scene
from pmdocs.pages.values import (
    Address,
    Cell,
    Choice,
    Day,
    FieldView,
    Grid,
    Image,
    ItemView,
    News,
    NotApplicable,
    Reference,
    Rich,
    Row,
    Text,
    Truth,
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Makes views of one document for one page."""

    scene: Scene
    document: Document

    def row(
        self, fields: Sequence[Field], values: Mapping[str, Any], path: Path, owner: str, item: ItemView | None = None
    ) -> Row:
        """Return the fields of a mapping that hold something, in the order of the type."""
        return Row(
            [self.field(each, values[each.name], (*path, each.name), owner) for each in fields if each.name in values],
            item,
        )

    def field(self, field: Field, value: Any, path: Path, owner: str) -> FieldView:
        """Return one field with its value."""
        return FieldView(
            name=field.name,
            kind=field.kind,
            role=field.role,
            label=self.scene.say(field.label),
            help=self.scene.say(field.help),
            value=self.value(field, value, path, owner),
            fields=tuple((each.name, self.scene.say(each.label)) for each in field.fields),
            templates=templates_for(field, self.document.type.lineage, top=len(path) == 1),
        )

    def value(self, field: Field, value: Any, path: Path, owner: str) -> Any:
        """Return the view of a value by the kind of its field."""
        if field.or_reason and isinstance(value, dict) and NOT_APPLICABLE in value:
            label = self.scene.page_word("not_applicable") + self.scene.page_word("colon")
            return NotApplicable(self.text(value[NOT_APPLICABLE]), label)
        if field.kind in ("list", "refs") and not field.fields:
            entry = _entry_kind(field)
            return [
                self._scalar(field, entry, each, (*path, index), owner) for index, each in enumerate(_as_list(value))
            ]
        if field.kind == "map":
            return self.row(field.fields, value, path, owner)
        if field.kind in ("list", "items"):
            return [self._entry(field, each, (*path, index), owner) for index, each in enumerate(value)]
        if field.kind == "table":
            return self._table(field, value, path)
        if field.kind == "digests":
            return {name: str(digest) for name, digest in value.items()}
        return self._scalar(field, field.kind, value, path, owner)

    def text(self, value: Any) -> Text:
        """Return plain words in the page's language."""
        text, lang = self.scene.translated(value, self.document.values.get("lang"))
        return Text(text, lang)

    def reference(self, target: Target, shown: str | None = None) -> Reference:
        """Return a link to a document or item; only its id where this site withholds it."""
        name = shown or target.address
        if target.withheld:
            return Reference(name, "", None)
        return Reference(
            name,
            self.scene.say(target.title),
            self.scene.href(target),
            self.scene.preview(target),
            self.scene.kind_label(target),
        )

    def item(self, field: Field, values: Mapping[str, Any], index: int, owner: str) -> ItemView | None:
        """Return how an item is addressed and who refers to it."""
        rule = field.id
        if rule is None or field.item is None:
            return None
        local = f"{rule.text}-{index + 1}" if rule.style == "ordinal" else str(values.get(rule.field))
        address = item_address(rule, field.item, local, owner)
        title = self.text(values.get(field.titled_by or "title", local))
        anchor = address.removeprefix(f"{self.document.id}.")
        return ItemView(address, local, anchor, title, self.backlinks(address), self.news(address))

    def news(self, address: str) -> News | None:
        """Return what happened to this document or one of its items since the version before; None where nothing did."""
        return news_of(self.scene, self.document.id, address)

    def backlinks(self, address: str) -> tuple[tuple[str, tuple[Reference, ...]], ...]:
        """Return the references to `address` from documents of this site, grouped by the words for the way back."""
        groups: dict[str, dict[str, Reference]] = {}
        for link in self.scene.library.backlinks.get(address, ()):
            if link.field.inverse and not link.source.withheld and not self._is_whole(link.source):
                reference = self.reference(link.source, shown=self._short(link.source))
                groups.setdefault(self.scene.say(link.field.inverse), {}).setdefault(link.source.address, reference)
        return tuple((label, tuple(references.values())) for label, references in groups.items())

    def _is_whole(self, target: Target) -> bool:
        """Whether a target is this very document: that one of its items is named in it says nothing."""
        return target.item is None and target.document is self.document

    def _short(self, target: Target) -> str | None:
        """Return the id of an item without that of its parent, where the page or the name itself says enough."""
        item = target.item
        if item is None or item.field.id is None:
            return None
        top = item.parent == self.document.id and item.field.id.style in ("local", "ordinal")
        return item.local if top or item.field.id.style == "pattern" else None

    def _entry(self, field: Field, value: Any, path: Path, owner: str) -> Row:
        item = self.item(field, value, int(path[-1]), owner) if field.kind == "items" else None
        return self.row(field.fields, value, path, item.address if item else owner, item)

    def _scalar(self, field: Field, kind: str, value: Any, path: Path, owner: str) -> Any:
        if kind == "markdown":
            return self._rich(value)
        if kind == "choice":
            return self._choice(field.choices.get(str(value)), str(value))
        if kind == "boolean":
            return Truth(bool(value), self.scene.page_word("yes" if value else "no"))
        if kind == "date":
            return Day(str(value))
        if kind == "url":
            return Address(str(value))
        if kind == "image":
            return Image(self.scene.picture(self.document, str(value)), str(value))
        if kind in ("ref", "refs"):
            return self._reference(field, str(value), path, owner)
        if kind == "number":
            return Text(str(value))
        return self.text(value)

    def _rich(self, value: Any) -> Rich:
        text, lang = self.scene.translated(value, self.document.values.get("lang"))
        return Rich(self.scene.rich(text, self.document), text, lang)

    def _choice(self, option: Option | None, value: str) -> Choice:
        return Choice(value, self.scene.say(option.label), option.tone) if option else Choice(value, value, "neutral")

    def _reference(self, field: Field, value: str, path: Path, owner: str) -> Any:
        for kind in field.to:
            if entry := self.scene.library.entry(kind, value):
                href = self.scene.entry_href(entry)
                shows_title = kind in ("person", "product", "term")
                return Reference(value, self.scene.say(entry.title), href, kind=kind, shows_title=shows_title)
        target = self.scene.library.resolve(Link(owner, field, value, path), self.document)
        if target is None:
            return Address(value) if value.startswith(("https://", "http://")) else Reference(value, value, None)
        reference = self.reference(target, shown=value if _is_local(target.item) else None)
        named = target.item is not None and target.item.field.id is not None and target.item.field.id.style == "pattern"
        return Reference(reference.id, reference.title, reference.href, reference.preview, reference.kind, named)

    def _table(self, field: Field, value: Mapping[str, Any], path: Path) -> Any:
        if field.of_column:
            any_word = self.scene.page_word("any")
            return {name: any_word if chosen == ANY else str(chosen) for name, chosen in value.items()}
        around: Any = self.document.values
        for part in path[:-1]:
            around = around[part]
        rows, columns = (_labelled(around.get(name)) for name in (field.rows_from, field.columns_from))
        return Grid(
            tuple(self.text(label) for label in columns.values()),
            tuple(
                (self.text(label), tuple(self._cell(field, value.get(row, {}).get(column)) for column in columns))
                for row, label in rows.items()
            ),
        )

    def _cell(self, field: Field, value: Any) -> Cell | None:
        if value is None:
            return None
        name, note = next(iter(value.items())) if isinstance(value, dict) else (str(value), None)
        return Cell(self._choice(field.choices.get(name), name), self.text(note) if note else None)


def templates_for(field: Field, lineage: Sequence[str], *, top: bool) -> tuple[str, ...]:
    """Return where a field's template is looked for: the type's own for the field, then the role's, then the kind's."""
    own = [f"{kind}/fields/{field.name}.html.j2" for kind in lineage] if top else []
    role = [f"_shared/roles/{field.role}.html.j2"] if field.role else []
    rows = "rows" if field.kind == "list" and field.fields else field.kind
    return (*own, *role, f"_shared/kinds/{rows}.html.j2")


def _entry_kind(field: Field) -> str:
    if field.kind == "refs":
        return "ref"
    return "choice" if field.choices else field.of or "text"


def _is_local(item: Item | None) -> bool:
    return item is not None and item.field.id is not None and item.field.id.style in ("local", "pattern", "ordinal")


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _labelled(rows: Any) -> dict[str, Any]:
    return {
        str(row["id"]): row.get("label", row.get("name", row.get("title", row["id"])))
        for row in (rows or ())
        if isinstance(row, dict) and "id" in row
    }
