"""D7-T01: what a document refers to exists, in typed fields and in running text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from pmdocs.checks.frame import Frame, find, finding
from pmdocs.checks.texts import at_place, texts_of
from pmdocs.diagnostics import Diagnostic, Fact, Facts, Words
from pmdocs.doctype import Field, nearest
from pmdocs.document import Document, Link, Path
from pmdocs.library import Entry, Target
from pmdocs.markdown import FOOTNOTE, is_foreign, prose_of, without_addresses
from pmdocs.rules.names import BROKEN_REFERENCE

_SHARED_FIELDS = {"person", "product", "release", "term"}


def broken_references(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each typed reference, and each picture of a field, that leads nowhere or to the wrong kind of thing."""
    for document in frame.library.documents:
        for link in document.links:
            yield from _reference(frame, document, link)
        for visit in document.visits:
            if visit.field.kind == "image" and isinstance(visit.value, str):
                yield from _picture(frame, document, visit.value, visit.path, name=visit.value)


def _reference(frame: Frame, document: Document, link: Link) -> Iterator[Diagnostic]:
    library, field = frame.library, link.field
    if library.names_open_value(field, link.target) or library.may_be_unread(link.target):
        return
    target = library.resolve(link, document)
    if target is None:
        word, unknown = _unknown(frame, field, link.target, document)
        yield from find(frame, BROKEN_REFERENCE, word, document, link.path, unknown)
    elif not library.accepts(field, target):
        facts: Facts = {
            "field": field.label,
            "value": link.target,
            "wanted": _wanted(frame, field),
            "kind": _kind(frame, target),
        }
        yield from find(frame, BROKEN_REFERENCE, "wrong-kind", document, link.path, facts)


def _unknown(frame: Frame, field: Field, value: str, document: Document) -> tuple[str, Mapping[str, Fact]]:
    library = frame.library
    shared = [entry for kind in field.to if kind in _SHARED_FIELDS for entry in _entries(frame, kind)]
    if shared:
        titles = {entry.id: (entry.title.zh, entry.title.en) for entry in shared}
        close = nearest(value, titles, titles)
        facts: dict[str, Fact] = {"field": field.label, "value": value}
        return (
            ("misspelt-name", facts | {"nearest": close})
            if close
            else ("unknown-name", facts | {"known": tuple(titles)})
        )
    near = _near(frame, field, document)
    same = {name: each for name, each in near.items() if name.partition("-")[0] == value.partition("-")[0]}
    close = nearest(value, same or near)
    if close:
        return "misspelt-id", {"value": value, "nearest": close, "title": near[close].title}
    if library.id_pattern.fullmatch(value) or not near:
        return "unknown-id", {"value": value}
    return "unknown-name", {"field": field.label, "value": value, "known": tuple(near)[:12]}


def _near(frame: Frame, field: Field, document: Document) -> dict[str, Target]:
    """Return what the field may lead to, as it would be typed here: local ids of this document, ids of all others."""
    found: dict[str, Target] = {}
    for each in frame.library.documents:
        whole = Target(each, None)
        if frame.library.accepts(field, whole):
            found[each.id] = whole
        for item in each.items:
            target = Target(each, item)
            if frame.library.accepts(field, target) and (each is document or "." not in item.address):
                found[item.local if each is document and "." in item.address else item.address] = target
    return found


def _entries(frame: Frame, kind: str) -> tuple[Entry, ...]:
    return tuple(entry for (name, _), entry in frame.library.entries.items() if name == kind)


def _wanted(frame: Frame, field: Field) -> Words:
    names = [_kind_words(frame, name) for name in field.to]
    return Words("或".join(each.zh for each in names), " or ".join(each.en for each in names))


def _kind(frame: Frame, target: Target) -> Words:
    return _kind_words(frame, target.kind)


def _kind_words(frame: Frame, name: str) -> Words:
    if name in frame.library.item_kinds:
        return frame.library.item_kinds[name].label
    if name in frame.library.types:
        return frame.library.types[name].label
    open_words = {
        "document": Words("文档", "a document"),
        "item": Words("条目", "an item"),
        "url": Words("网址", "an address"),
    }
    return open_words.get(name, Words(name, name))


def broken_text_references(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each id in running text that nothing has, and each link and picture of Markdown that leads nowhere."""
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.holds_text:
                markdown = "markdown" in (visit.field.kind, visit.field.of)
                for path, text in texts_of(visit.value, visit.path):
                    yield from _text(frame, document, path, text, markdown=markdown)


def _text(frame: Frame, document: Document, path: Path, text: str, *, markdown: bool) -> Iterator[Diagnostic]:
    prose = prose_of(text) if markdown else without_addresses(text)
    for match in frame.library.id_pattern.finditer(prose):
        name = match.group()
        if frame.library.is_missing(name, product=document.product):
            found = _unknown_in_text(frame, document, path, name)
            yield from at_place(found, document, path, (text, match.start(), name))
    if not markdown or not ("](" in text or "<" in text or "]:" in text):
        return
    rendered = frame.renderer.render(text)
    for address in rendered.links:
        found = _text_link(frame, document, path, address)
        yield from at_place(found, document, path, (text, max(text.find(address), 0), address))
    for address in rendered.images:
        found = _picture(frame, document, address, path, name=unquote(address))
        yield from at_place(found, document, path, (text, max(text.find(address), 0), address))


def _unknown_in_text(frame: Frame, document: Document, path: Path, value: str) -> Iterator[Diagnostic]:
    known = frame.library.titles_by_prefix(value)
    if close := nearest(value, known):
        facts: Mapping[str, Fact] = {"value": value, "nearest": close, "title": known[close]}
        return find(frame, BROKEN_REFERENCE, "misspelt-id", document, path, facts)
    return find(frame, BROKEN_REFERENCE, "unknown-id", document, path, {"value": value})


def _text_link(frame: Frame, document: Document, path: Path, address: str) -> Iterator[Diagnostic]:
    if (
        is_foreign(address)
        or address.startswith(FOOTNOTE)
        or (address.startswith("#") and frame.library.find(f"{document.id}.{address[1:]}"))
    ):
        return
    page, _, anchor = unquote(address).partition("#")
    if frame.library.find(anchor or page, product=document.product) or frame.library.find(
        page, product=document.product
    ):
        return
    if page and frame.page_audience(posixpath.normpath(page)) is None:
        yield from find(frame, BROKEN_REFERENCE, "missing-page", document, path, {"value": address})
    elif not page:
        yield from find(frame, BROKEN_REFERENCE, "unknown-id", document, path, {"value": address})


def _picture(frame: Frame, document: Document, value: str, path: Path, *, name: str) -> Iterator[Diagnostic]:
    """A picture that leaves the project is an error in a draft, too: it must not be published by mistake."""
    if is_foreign(value):
        yield finding(BROKEN_REFERENCE, "path-outside", document, path, {"value": value})
        return
    folder = posixpath.dirname(document.source.file)
    place = posixpath.normpath(posixpath.join(folder, name))
    if place.startswith(("../", "/")) or place == ".." or "\\" in value or frame.leads_out(place):
        yield finding(BROKEN_REFERENCE, "path-outside", document, path, {"value": value})
    elif not frame.has_file(place):
        yield from find(frame, BROKEN_REFERENCE, "missing-file", document, path, {"value": value})
