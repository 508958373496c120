"""Documents in which every field of a type holds something, made from the type alone, and their pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pmdocs.diagnostics import Language
from pmdocs.doctype import DocumentType, Field, IdRule
from pmdocs.document import Document, normalize
from pmdocs.gather import shipped_templates
from pmdocs.markdown import Renderer
from pmdocs.pages import Page, Press, Setting, environment, terms_of
from pmdocs.site import Site
from pmdocs.source import read_text
from projects import site_of

Say = Callable[[Field], Any]
"""What a text of a field says."""
EXTENSIONS = (
    "toc",
    "tables",
    "fenced_code",
    "admonition",
    "attr_list",
    "md_in_html",
    "pymdownx.details",
    "pymdownx.superfences",
)
DAY = date(2026, 9, 18)
ADDRESS = "https://example.com/page?a=1&b=2"
PICTURE = "img/picture.svg"
SHARED = {"person": "lin-xiao", "product": "trendpick", "release": "1.2", "version": "1.2", "term": "checkout"}
OPEN = {"url": ADDRESS, "role": "tech"}


@cache
def empty_site() -> Site:
    """A project without documents: its shared files, the shipped types and the standards."""
    with TemporaryDirectory() as folder:
        return site_of(Path(folder), {})


def shipped_types() -> dict[str, DocumentType]:
    """The types of documents that are shipped."""
    return {name: kind for name, kind in empty_site().library.types.items() if kind.shared is None and name[0] != "_"}


@dataclass
class Filler:
    """Fills the fields of one document; `texts` and `rich` gather what was written into text and Markdown fields."""

    kind: DocumentType
    say: Say
    rows: int = 2
    texts: list[tuple[str, Any]] = field(default_factory=list)
    rich: list[tuple[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def document(self) -> Document:
        """The document."""
        name = f"{self.kind.prefix}-GEN-001"
        values = self.mapping(self.kind.fields, "", ()) | {"id": name, "doc_type": self.kind.name, "lang": "zh-CN"}
        values |= {"product": "trendpick", "confidentiality": "internal"}
        source = read_text(f"id: {name}\n", file=f"data/{self.kind.name}/{name}.yaml")
        return Document(self.kind, name, normalize(self.kind.fields, values), source)

    def mapping(self, fields: Sequence[Field], path: str, around: tuple[Mapping[str, Any], ...]) -> dict[str, Any]:
        """Every field of a mapping, those that hold tables last: they are made of their neighbours."""
        values: dict[str, Any] = {}
        for each in sorted(fields, key=holds_table):
            if not each.derived:
                values[each.name] = self.value(each, f"{path}.{each.name}".strip("."), (*around, values))
        return {each.name: values[each.name] for each in fields if each.name in values}

    def value(self, each: Field, path: str, around: tuple[Mapping[str, Any], ...]) -> Any:
        """A value of a field."""
        if each.kind == "map":
            return self.mapping(each.fields, path, around)
        if each.kind == "items":
            return [self.item(each, path, around) for _ in range(self.rows)]
        if each.kind == "list" and each.fields:
            return [self.mapping(each.fields, path, around) for _ in range(self.rows)]
        if each.kind == "list":
            entry = "choice" if each.choices else each.of or "text"
            return [self.scalar(each, entry, path) for _ in range(self.rows)]
        if each.kind == "refs":
            return list(dict.fromkeys(self.target(name) for name in each.to))
        if each.kind == "table":
            return self.table(each, around)
        if each.kind == "digests":
            return {f"{self.kind.prefix}-GEN-001": "1:0123456789ab"}
        return self.scalar(each, each.kind, path)

    def item(self, each: Field, path: str, around: tuple[Mapping[str, Any], ...]) -> dict[str, Any]:
        """An item with an id of its own."""
        assert each.id is not None
        self.counts[path] += 1
        self.counts[each.id.text] += 1
        values = self.mapping(each.fields, path, around)
        return values if each.id.style == "ordinal" else {each.id.field: self.local(each), **values}

    def local(self, each: Field) -> str:
        """The next id of an item: global ones and codes are counted through the document, so are the others."""
        assert each.id is not None
        return identity(each.id, each.item or "", self.counts[each.id.text])

    def scalar(self, each: Field, kind: str, path: str) -> Any:
        """A single value."""
        if kind == "choice":
            return list(each.choices)[self.counts[path] % len(each.choices)]
        if kind in ("number", "boolean"):
            return True if kind == "boolean" else int(each.minimum or 1)
        if kind in ("date", "url", "image"):
            return {"date": DAY.isoformat(), "url": ADDRESS, "image": PICTURE}[kind]
        if kind == "ref":
            return self.target(each.to[0])
        said = self.say(each)
        (self.rich if kind == "markdown" else self.texts).append((path, said))
        return said

    def target(self, name: str) -> str:
        """What a reference to a kind leads to: a row of a shared file, the first item of that kind, or the document."""
        found = (SHARED | OPEN).get(name)
        item = empty_site().library.item_kinds.get(name)
        if found is None and item is not None and item.id is not None and item.id.style != "ordinal":
            found = identity(item.id, name, 1)
        return found or f"{self.kind.prefix}-GEN-001"

    def table(self, each: Field, around: tuple[Mapping[str, Any], ...]) -> dict[str, Any]:
        """A complete grid, or a record with a value for each column."""
        columns = names_of(each.columns_from, around)
        if each.of_column:
            self.counts[each.name] += 1
            chosen = rows_of(each.columns_from, around)
            return {row["id"]: named(row[each.of_column][self.counts[each.name] % self.rows]) for row in chosen}
        cells = [{choice: self.say(each)} if choice in each.note_for else choice for choice in each.choices]
        rows = names_of(each.rows_from, around)
        return {row: {name: cells[index % len(cells)] for index, name in enumerate(columns)} for row in rows}


def identity(rule: IdRule, item: str, number: int) -> str:
    """The id with a number that a rule makes."""
    if rule.style == "prefix":
        return f"{rule.text}-GEN-{number:03}"
    if rule.style == "local":
        return f"{rule.text}-{number}"
    return f"GEN-{number:04}" if rule.style == "code" else f"{item}_{number}"


def named(value: Any) -> str:
    """A value as another field names it: in the language it was first written in."""
    return str(next(iter(value.values())) if isinstance(value, dict) else value)


def holds_table(each: Field) -> bool:
    """Whether a field is a table or holds one."""
    return each.kind == "table" or any(holds_table(inner) for inner in each.fields)


def names_of(name: str | None, around: tuple[Mapping[str, Any], ...]) -> list[str]:
    """The ids of the items that a table is made of: its nearest neighbours of this name."""
    return [row["id"] for row in rows_of(name, around)]


def rows_of(name: str | None, around: tuple[Mapping[str, Any], ...]) -> list[dict[str, Any]]:
    """The nearest list of this name."""
    return next((values[name] for values in reversed(around) if name in values), [])


def page_of(document: Document, language: Language = "zh") -> Page:
    """The page of a document, alone in its site."""
    library = replace(empty_site().library, documents=(document,))
    setting = Setting(library, renderer(), language, terms_of(library, language), DAY)
    return Press(templates(), setting).document(document)


@cache
def templates() -> Any:
    """The shipped templates, read once."""
    return environment([shipped_templates()])


@cache
def renderer() -> Renderer:
    """Markdown as the sample configures it."""
    return Renderer(EXTENSIONS, {})
