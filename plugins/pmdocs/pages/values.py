"""Values as templates see them: each knows how to show itself in one language on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the page's language, or in the other, marked as such, where there is no translation."""

    text: str
    lang: str | None = None

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    def __html__(self) -> Markup:
        shown = Markup("<br>\n").join(escape(line) for line in self.text.strip("\n").split("\n"))
        return Markup('<span lang="{}">{}</span>').format(self.lang, shown) if self.lang else shown


@dataclass(frozen=True, slots=True)
class Rich:
    """Markdown as safe HTML, its links and pictures leading where the page needs them."""

    html: str
    text: str
    lang: str | None = None

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> Markup:
        return (
            Markup('<div lang="{}">{}</div>').format(self.lang, Markup(self.html)) if self.lang else Markup(self.html)
        )

    @property
    def inline(self) -> Markup:
        """The same without the paragraph around it, where it is a single one."""
        html = self.html.strip()
        if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
            html = html[3:-4]
        return Markup('<span lang="{}">{}</span>').format(self.lang, Markup(html)) if self.lang else Markup(html)


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen option: its value as typed, its label and the tone of its badge."""

    value: str
    label: str
    tone: str

    def __str__(self) -> str:
        return self.label

    def __html__(self) -> Markup:
        return escape(self.label)


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no."""

    value: bool
    label: str

    def __bool__(self) -> bool:
        return self.value

    def __str__(self) -> str:
        return self.label

    def __html__(self) -> Markup:
        return escape(self.label)


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    iso: str

    def __str__(self) -> str:
        return self.iso

    def __html__(self) -> Markup:
        return Markup('<time datetime="{0}">{0}</time>').format(self.iso)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address."""

    url: str

    def __str__(self) -> str:
        return self.url

    def __html__(self) -> Markup:
        return Markup('<a href="{0}">{0}</a>').format(self.url)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its address as seen from the page."""

    src: str
    path: str

    def __str__(self) -> str:
        return self.path

    def __html__(self) -> Markup:
        return Markup('<a href="{}">{}</a>').format(self.src, self.path)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a typed reference leads to: `href` is None where there is nothing to open, `title` is empty where withheld."""

    id: str
    title: str
    href: str | None
    preview: str = ""
    kind: str = ""
    shows_title: bool = False

    def __str__(self) -> str:
        return self.title if self.shows_title and self.title else self.id

    def __html__(self) -> Markup:
        if self.href is None:
            return escape(str(self))
        return Markup('<a class="pm-ref" href="{}" title="{}">{}</a>').format(self.href, self.preview, str(self))


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A field that does not apply, with the reason."""

    reason: Text
    label: str
    """What stands before the reason, with its colon."""

    def __str__(self) -> str:
        return f"{self.label}{self.reason}"

    def __html__(self) -> Markup:
        return Markup('<span class="pm-muted">{}</span>{}').format(self.label, self.reason)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: the choice, and its condition where it needs one."""

    choice: Choice
    note: Text | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of choices: the headings of its columns, and each row with its heading and cells."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[Cell | None, ...]], ...]


class Row:
    """Fields with values, read as attributes; a field without a value reads as None. `item` is set for items."""

    def __init__(self, fields: Sequence[FieldView], item: ItemView | None) -> None:
        self._fields = {field.name: field for field in fields}
        self.item = item

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Any:
        field = self._fields.get(name)
        return field.value if field else None

    def __iter__(self) -> Iterator[FieldView]:
        return iter(self._fields.values())

    def has(self, role: str) -> FieldView | None:
        """Return the field with this role, or None."""
        return next((field for field in self._fields.values() if field.role == role), None)

    def field(self, name: str) -> FieldView | None:
        """Return the field of this name if it has a value."""
        return self._fields.get(name)

    def beside(self, fields: Sequence[FieldView | None]) -> list[FieldView]:
        """Return the fields other than these."""
        return [field for field in self._fields.values() if field not in fields]

    def without(self, names: Sequence[str]) -> list[FieldView]:
        """Return the fields that are not named."""
        return [field for field in self._fields.values() if field.name not in names]


@dataclass(frozen=True, slots=True)
class News:
    """What happened to an item or document since the version before, and where that is told."""

    label: str
    tone: str
    href: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item: its address, its anchor on this page, who refers to it, and what is new about it."""

    address: str
    local: str
    anchor: str
    title: Text
    backlinks: tuple[tuple[str, tuple[Reference, ...]], ...]
    news: News | None = None


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with its value: its words in the page's language, and the templates that may show it, best first."""

    name: str
    kind: str
    role: str | None
    label: str
    help: str
    value: Any
    fields: tuple[tuple[str, str], ...]
    templates: tuple[str, ...]

    @property
    def plain(self) -> bool:
        """Whether its value prints itself in a line as it is, without the help of a macro."""
        return self.kind in _PLAIN_KINDS and not isinstance(self.value, NotApplicable)

    @property
    def referred(self) -> bool:
        """Whether anything refers to one of its items."""
        return any(row.item.backlinks for row in self.value if isinstance(row, Row) and row.item)

    def columns(self, without: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Return name and label of each field of its rows that any row fills, but for those named."""
        rows = [row for row in self.value if isinstance(row, Row)]
        return [
            (name, label) for name, label in self.fields if name not in without and any(row.field(name) for row in rows)
        ]


_PLAIN_KINDS = frozenset({"text", "number", "boolean", "date", "url", "ref"})
VIEWS = frozenset(
    {
        Text,
        Rich,
        Choice,
        Truth,
        Day,
        Address,
        Image,
        Reference,
        NotApplicable,
        Cell,
        Grid,
        Row,
        ItemView,
        News,
        FieldView,
    }
)
"""The types of values that templates see."""
