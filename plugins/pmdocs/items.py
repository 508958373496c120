"""What a version publishes for machines: a manifest of its documents, and each document as it is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pmdocs.addresses import document_uri, url_of
from pmdocs.canonical import canonical, digest
from pmdocs.diagnostics import Words
from pmdocs.diff import Part, Record, Shape, record_of, shapes_of
from pmdocs.library import Library

FORMAT = 1
"""The number of this form of the files; another form gets another number."""
MANIFEST = "items.json"
FOLDER = "items"
_SCHEMAS = Path(__file__).parent / "assets" / "schemas"


def item_files(library: Library, *, directories: bool = True) -> dict[str, bytes]:
    """Return the manifest, each document this site shows, the words of their fields and the schemas: content by path.

    All but the manifest and the schemas have the digest of their content in their name, so that versions can share them.
    """
    shapes = {kind.name: shapes_of(kind) for kind in library.document_types}
    files: dict[str, bytes] = {}
    rows = []
    for document in library.published:
        record = record_of(document, shapes[document.type.name])
        whole = as_json(record)
        path = path_of(document.id, digest(whole))
        if path in files:
            continue
        files[path] = _encoded(whole)
        rows.append(_row(record, digest(whole), url_of(document_uri(document), directories=directories)))
    words = _words(library)
    named = path_of("words", digest(words))
    files[named] = _encoded(words)
    files[MANIFEST] = _encoded({"documents": rows, "format": FORMAT, "words": named})
    return files | {f"{FOLDER}/{path.name}": path.read_bytes() for path in sorted(_SCHEMAS.glob("*.schema.json"))}


def path_of(name: str, mark: str) -> str:
    """Return where a file with this digest lies; file names have no colons."""
    return f"{FOLDER}/{name}.{mark.replace(':', '-')}.json"


def as_json(record: Record) -> dict[str, Any]:
    """Return a document as its file holds it."""
    return {
        "confidentiality": record.confidentiality,
        "file": record.file,
        "format": FORMAT,
        "id": record.id,
        "items": [_part(part) for part in record.parts],
        "kind": record.kind,
        "product": record.product,
        "title": _both(record.title),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "fields": {name: {"digest": digest(value), "value": value} for name, value in part.fields.items()},
        "id": part.id,
        "kind": part.kind,
        "line": part.line,
        "links": [{"field": link.field, "target": link.target} for link in part.links],
        "list": part.list,
        "local": part.local,
        "parent": part.parent,
        "scope": part.scope,
        "title": _both(part.title),
    }


def _row(record: Record, mark: str, url: str) -> dict[str, Any]:
    return {
        "confidentiality": record.confidentiality,
        "digest": mark,
        "file": path_of(record.id, mark),
        "id": record.id,
        "kind": record.kind,
        "product": record.product,
        "title": _both(record.title),
        "url": url,
    }


def _words(library: Library) -> dict[str, Any]:
    """Return what fields, types and products are called; fields in the order of their type."""
    return {
        "fields": {kind.name: list(shapes_data(shapes_of(kind))) for kind in library.document_types},
        "format": FORMAT,
        "kinds": {kind.name: _both(kind.short) for kind in library.document_types},
        "products": {product.id: _both(product.title) for product, _ in library.products},
    }


def shapes_data(shapes: Mapping[str, Shape]) -> Iterator[dict[str, Any]]:
    """Yield the fields of a type in order, as the file of words holds them."""
    for key, shape in shapes.items():
        choices = {name: _both(choice.label) for name, choice in shape.choices.items()}
        yield {
            "key": key,
            "kind": shape.kind,
            "label": _both(shape.label),
            "reviewed_by": list(shape.reviewed_by),
        } | ({"choices": choices} if choices else {})


def _both(words: Words) -> dict[str, str]:
    return {"en": words.en, "zh": words.zh}


def _encoded(value: object) -> bytes:
    return (canonical(value) + "\n").encode()
