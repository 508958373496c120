"""What is in a built version, told as JSON holds it: its languages, documents and items, for the pages above all versions."""

from __future__ import annotations

import re
from typing import Any

from pmdocs.addresses import document_uri, url_of
from pmdocs.canonical import content_of, digest
from pmdocs.diagnostics import Words
from pmdocs.document import Document, Item
from pmdocs.site import Site

_MARKS = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)|\*\*|`")
"""What Markdown adds to words within a line: links keep what they show."""


def contents_of(site: Site) -> dict[str, Any]:
    """Return what a site shows its readers; what they may not see is not in it."""
    directories = site.project.use_directory_urls
    return {
        "languages": list(site.project.languages),
        "documents": [_document(each, directories=directories) for each in site.library.published],
    }


def _document(document: Document, *, directories: bool) -> dict[str, Any]:
    return {
        "id": document.id,
        "kind": document.type.name,
        "label": _both(document.type.label),
        "title": _both(document.title),
        "version": str(document.values.get("version", "")),
        "url": url_of(document_uri(document), directories=directories),
        "digest": digest(content_of(document)),
        "items": [_item(item) for item in document.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.address,
        "anchor": item.anchor,
        "label": _both(item.field.label),
        "title": _both(item.title),
        "digest": digest(item.values),
    }


def _both(words: Words) -> dict[str, str]:
    return {"zh": _spoken(words.zh), "en": _spoken(words.en)}


def _spoken(text: str) -> str:
    """Return the words of a title that is written in Markdown, as a step may be, on one line."""
    return " ".join(_MARKS.sub(lambda match: match[1] or "", text).split())
