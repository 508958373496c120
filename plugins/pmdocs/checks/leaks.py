"""D7-G12: what a public document leads to is public."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from pmdocs.checks.frame import Frame, find
from pmdocs.checks.texts import at_place, texts_of
from pmdocs.diagnostics import Diagnostic, Facts, Words
from pmdocs.document import Document
from pmdocs.library import Target
from pmdocs.markdown import is_foreign, prose_of
from pmdocs.rules.content import LEAK

PUBLIC = "public"


def leaks(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each link and id in the rich text of a public document that leads to what is not public."""
    for document in frame.library.documents:
        if document.confidentiality != PUBLIC:
            continue
        for visit in document.visits:
            if "markdown" in (visit.field.kind, visit.field.of):
                for path, text in texts_of(visit.value, visit.path):
                    links = list(_links(frame, document, text))
                    linked = {value for _, _, value, _ in links}
                    ids = [each for each in _ids(frame, document, text) if each[2] not in linked]
                    for word, offset, value, facts in (*links, *ids):
                        told = {**facts, "field": visit.field.label, "value": value}
                        found = find(frame, LEAK, word, document, path, told)
                        yield from at_place(found, document, path, (text, offset, value))


Lead = tuple[str, int, str, Facts]


def _ids(frame: Frame, document: Document, text: str) -> Iterator[Lead]:
    for match in frame.library.id_pattern.finditer(prose_of(text)):
        target = frame.library.find(match.group(), product=document.product)
        if target and not _is_code(target) and _is_inside(target):
            yield "leads-inside", match.start(), match.group(), {"how": _level(frame, target)}


def _links(frame: Frame, document: Document, text: str) -> Iterator[Lead]:
    if not ("](" in text or "<" in text or "]:" in text):
        return
    for address in frame.renderer.render(text).links:
        page, _, anchor = unquote(address).partition("#")
        if is_foreign(address) or not page:
            continue
        target = frame.library.find(anchor or page, product=document.product) or frame.library.find(page)
        offset = max(text.find(address), 0)
        if target and _is_inside(target):
            yield "leads-inside", offset, address, {"how": _level(frame, target)}
        elif not target and frame.page_audience(posixpath.normpath(page)) not in (None, PUBLIC):
            yield "page-inside", offset, address, {}


def _is_inside(target: Target) -> bool:
    return target.document.confidentiality != PUBLIC


def _is_code(target: Target) -> bool:
    """Whether it is an error code: what users see on their screens is no secret."""
    return target.item is not None and target.item.field.id is not None and target.item.field.id.style == "code"


def _level(frame: Frame, target: Target) -> Words:
    levels = frame.library.standards.choices.get("confidentiality", {})
    name = target.document.confidentiality
    return levels[name].label if name in levels else Words(name, name)
