"""What changed since the version before, as a page; and the page on which readers compare any two versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pmdocs.addresses import CHANGES_URI, COMPARE_URI
from pmdocs.diff import DocumentChange, FieldChange, Part, PartChange, Record, Segment
from pmdocs.diff.changes import Sort
from pmdocs.diff.data import AUDIENCES, Audience, audiences_in, audiences_of, top_of
from pmdocs.diff.text import Told, field_lines, link_lines
from pmdocs.diff.wording import AUDIENCE_WORDS, SORTS, excerpt, label_of, moves
from pmdocs.pages.entry import Entry
from pmdocs.pages.news import TONES
from pmdocs.pages.scene import LANGUAGE_TAGS, Scene, Setting

AROUND = 60
"""How many characters of a long text stay beside a change."""
_WHOLE = ("added", "removed")


@dataclass(frozen=True, slots=True)
class RowView:
    """A place of a field: what the field is called, which place of it, what stayed, went and came; `minor` if nobody reviews it."""

    label: str
    place: str
    segments: tuple[Segment, ...]
    minor: bool
    lang: str | None = None
    """The language of its words, where it is not that of the page."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened, in a word, with the tone of its badge."""

    sort: Sort
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item in which something changed: its own changes and those of the parts below it."""

    id: str
    local: str
    title: str
    kind: str
    href: str | None
    marks: tuple[Mark, ...]
    audiences: tuple[Audience, ...]
    concerns: str
    notes: tuple[str, ...]
    rows: tuple[RowView, ...]
    minor: tuple[RowView, ...]
    gone: bool
    away: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in which something changed."""

    id: str
    title: str
    kind: str
    product: str
    href: str | None
    mark: Mark
    audiences: tuple[Audience, ...]
    concerns: str
    items: tuple[ItemView, ...]


def changes_entries(setting: Setting) -> Iterator[Entry]:
    """Yield the page of what changed since the version before, and the page that compares any two versions."""
    scene = Scene(setting, CHANGES_URI)
    change = setting.difference
    documents = [_document(each, scene) for each in change.documents] if change else []
    lead = scene.page_word("changes_first")
    if change is not None:
        lead = scene.page_word("changes_lead", version=_before(scene))
    yield Entry(
        CHANGES_URI,
        "_shared/changes.html.j2",
        scene.page_word("changes"),
        {
            "documents": documents,
            "lead": lead,
            "compared": change is not None,
            "tiles": _tiles(documents, scene),
            "audiences": _by_audience(documents, scene),
            "labels": {name: scene.say(AUDIENCE_WORDS[name]) for name in AUDIENCES},
            "compare": scene.link(COMPARE_URI),
        },
        description=lead,
        hide=("navigation",),
    )
    scene = Scene(setting, COMPARE_URI)
    context = {"changes": scene.link(CHANGES_URI), "top": scene.link(""), "is_first": setting.is_first}
    lead = scene.page_word("compare_lead")
    yield Entry(COMPARE_URI, "_shared/compare.html.j2", scene.page_word("compare"), context, description=lead)


def _before(scene: Scene) -> str:
    """Return what the version before is called."""
    previous = scene.setting.previous
    named = previous.version if previous else ""
    return scene.page_word("version_named", version=named) if named else scene.page_word("version_before")


def _document(change: DocumentChange, scene: Scene) -> DocumentView:
    record, audiences = change.record, audiences_in(change)
    product = scene.library.entry("product", record.product)
    whole = change.sort in _WHOLE
    return DocumentView(
        id=record.id,
        title=scene.say(record.title),
        kind=scene.say(record.kind_label),
        product=scene.say(product.title) if product else record.product,
        href=None if change.after is None else scene.link(_uri(change)),
        mark=_mark(change.sort, scene),
        audiences=audiences,
        concerns=_concerns(audiences, scene),
        items=tuple(_whole(change, scene) if whole else _items(change, scene)),
    )


def _uri(change: DocumentChange) -> str:
    return f"{change.record.kind}/{change.record.id}.md"


def _whole(change: DocumentChange, scene: Scene) -> Iterator[ItemView]:
    """Yield the document alone: what is new or gone as a whole is told by its first text and what is in it."""
    if own := change.itself:
        item = _item(own.part, [own], change, scene)
        yield replace(item, notes=(_count(change, scene),), rows=item.rows[:1], minor=())


def _count(change: DocumentChange, scene: Scene) -> str:
    counted: dict[str, int] = {}
    for part in (part for part in change.record.parts[1:] if part.parent == change.record.id):
        label = label_of(part.list, change.record.shapes, scene.setting.language)
        counted[label] = counted.get(label, 0) + 1
    joint = scene.page_word("and")
    return joint.join(f"{label} {count}" for label, count in counted.items())


def _items(change: DocumentChange, scene: Scene) -> Iterator[ItemView]:
    groups: dict[str, tuple[Part, list[PartChange]]] = {}
    for each in change.parts:
        top = top_of(each, change)
        groups.setdefault(top.id, (top, []))[1].append(each)
    for top, parts in groups.values():
        yield _item(top, parts, change, scene)


def _item(top: Part, parts: Sequence[PartChange], change: DocumentChange, scene: Scene) -> ItemView:
    own = next((each for each in parts if each.part.id == top.id), None)
    record, language = change.record, scene.setting.language
    audiences = {name for each in parts for name in audiences_of(each, record)}
    shown = tuple(name for name in AUDIENCES if name in audiences)
    rows = [row for each in parts for row in _rows(each, top, record, scene)]
    gone = own is not None and own.after is None
    sorts: tuple[Sort, ...] = own.sorts if own else ("changed",)
    is_document = not top.parent
    href = None if gone else scene.link(f"{_uri(change)}#{top.id.removeprefix(f'{record.id}.')}")
    return ItemView(
        id=top.id,
        local=top.local,
        title=scene.page_word("document_itself") if is_document else scene.say(top.title),
        kind="" if is_document else label_of(top.list, record.shapes, language),
        href=href,
        marks=tuple(_mark(sort, scene) for sort in sorts),
        audiences=shown,
        concerns=_concerns(shown, scene),
        notes=tuple(moves(own, record, language)) if own else (),
        rows=tuple(row for row in rows if not row.minor),
        minor=tuple(row for row in rows if row.minor),
        gone=gone,
        away=own is not None and own.moved_to is not None,
    )


def _rows(change: PartChange, top: Part, record: Record, scene: Scene) -> Iterator[RowView]:
    """Yield what is told of a part: each place that changed; of new ones all that is reviewed, of gone ones the first text."""
    part, language = change.part, scene.setting.language
    prefix = "" if part.id == top.id else f"{part.local} "
    listed = label_of(part.list, record.shapes, language, below=top.list) if prefix else ""
    written = str(record.parts[0].fields.get("lang", ""))
    shown = replace(change, fields=tuple(_told(change, record)))
    for field in shown.fields:
        shape = record.shapes.get(part.label_key(field.name))
        minor = shape is not None and not shape.reviewed_by
        for told in field_lines(part, field, record, language):
            lang = _foreign(told.language or written, scene)
            yield replace(_row(told, prefix, listed, minor=minor), lang=lang)
    if change.sorts[0] != "removed" and not change.moved_to:
        for told in link_lines(shown, record, language):
            yield _row(told, prefix, listed, minor=False)


def _foreign(language: str, scene: Scene) -> str | None:
    """Return the tag of a language, where it is not that of the page."""
    spoken = language[:2]
    if not spoken or spoken == scene.setting.language:
        return None
    return next((tag for name, tag in LANGUAGE_TAGS.items() if name == spoken), language)


def _row(told: Told, prefix: str, listed: str, *, minor: bool) -> RowView:
    """Return a row; what is told of a part of an item is called after the list of such parts, and says which part it is."""
    label, place, segments, _ = told
    if listed:
        label, place = listed, f"{prefix}{label} {place}".rstrip()
    return RowView(label, place, excerpt(segments, around=AROUND), minor)


def _told(change: PartChange, record: Record) -> Iterator[FieldChange]:
    if change.sorts[0] not in _WHOLE:
        yield from change.fields
        return
    titles = (change.part.title.zh, change.part.title.en)
    for field in change.fields:
        shape = record.shapes.get(change.part.label_key(field.name))
        value = field.after if field.before is None else field.before
        said = list(value.values()) if isinstance(value, dict) else [value]
        if shape is None or not shape.reviewed_by or all(each in titles for each in said):
            continue
        if change.before is None and change.part.parent:
            yield field
        elif shape.kind in ("text", "markdown"):
            yield field
            return


def _mark(sort: Sort, scene: Scene) -> Mark:
    return Mark(sort, scene.say(SORTS[sort]), TONES[sort])


def _concerns(audiences: Sequence[Audience], scene: Scene) -> str:
    return scene.page_word("and").join(scene.say(AUDIENCE_WORDS[name]) for name in audiences)


def _tiles(documents: Sequence[DocumentView], scene: Scene) -> list[dict[str, Any]]:
    """Return how many things came, changed, went and moved, each with what they are."""
    found: dict[str, dict[str, int]] = {"added": {}, "changed": {}, "removed": {}, "moved": {}}
    for document in documents:
        for item in document.items:
            sort = item.marks[0].sort
            if not item.kind and sort == "changed" and len(document.items) > 1:
                continue
            column = found["moved" if sort == "renamed" else sort]
            kind = item.kind or document.kind
            column[kind] = column.get(kind, 0) + 1
    joint = scene.page_word("and")
    return [
        {
            "label": scene.page_word(f"count_{sort}"),
            "count": sum(kinds.values()),
            "kinds": joint.join(f"{kind} {count}" for kind, count in kinds.items()),
        }
        for sort, kinds in found.items()
        if kinds or sort != "moved"
    ]


def _by_audience(documents: Sequence[DocumentView], scene: Scene) -> list[dict[str, Any]]:
    """Return, for each audience, the documents that concern it with the items that do."""
    found = []
    for name in AUDIENCES:
        rows = [
            {"document": document, "items": [item for item in document.items if name in item.audiences and item.kind]}
            for document in documents
            if name in document.audiences
        ]
        found.append({"name": name, "label": scene.say(AUDIENCE_WORDS[name]), "rows": rows})
    return found
