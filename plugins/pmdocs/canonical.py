"""What a document says, whatever its YAML looks like: canonical JSON of the fields that somebody reviews, and its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from pmdocs.doctype import Field
from pmdocs.document import Document, Path
from pmdocs.library import Target

SCHEME = "1"
"""The number of this way of making digests; it stands before each, so that another way can never be mistaken for it."""
DIGITS = 12


def canonical(value: object) -> str:
    """Return `value` as JSON that is the same for equal values: keys sorted, no blanks, numbers and ends of texts in one form."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: object) -> str:
    """Return the digest of `value`: `1:` and twelve hex digits."""
    return f"{SCHEME}:{hashlib.sha256(canonical(value).encode('utf-8', 'surrogatepass')).hexdigest()[:DIGITS]}"


def content_of(document: Document, role: str | None = None) -> dict[str, Any]:
    """Return the fields of `document` that `role` reviews, nested as they stand; without a role, those that anybody reviews.

    A row keeps its id where anything of it is reviewed, and is left out where nothing is.
    """
    return _reviewed(document.type.fields, document.values, role)


def content_digest(document: Document, role: str | None = None) -> str:
    """Return the digest of what `role` reviews of `document`, worked out once as long as the document is there."""
    kept = _DIGESTS.setdefault(document, {})
    if role not in kept:
        kept[role] = digest(content_of(document, role))
    return kept[role]


_DIGESTS: WeakKeyDictionary[Document, dict[str | Path | None, str]] = WeakKeyDictionary()
"""Digests by document: of a role's part, of all that is reviewed, and of items by their path."""


def target_digest(target: Target) -> str:
    """Return the digest of what a link leads to: the reviewed fields of the item, or of the whole document."""
    item = target.item
    if item is None:
        return content_digest(target.document)
    kept = _DIGESTS.setdefault(target.document, {})
    if item.path not in kept:
        kept[item.path] = digest(_row(item.field, item.values, None))
    return kept[item.path]


def is_reviewed(field: Field, role: str | None) -> bool:
    """Whether `role` (without one: anybody) reviews `field` or a field in it."""
    return bool(field.reviewed_within) if role is None else role in field.reviewed_within


def _reviewed(fields: Sequence[Field], values: Mapping[str, Any], role: str | None) -> dict[str, Any]:
    return dict(_parts(fields, values, role))


def _parts(fields: Sequence[Field], values: Mapping[str, Any], role: str | None) -> Iterator[tuple[str, Any]]:
    for field in fields:
        if field.name not in values or not is_reviewed(field, role):
            continue
        value = values[field.name]
        if field.fields and isinstance(value, dict) and not set(value).isdisjoint(each.name for each in field.fields):
            value = _reviewed(field.fields, value, role)
        elif field.fields and isinstance(value, list):
            rows = (_row(field, row, role) if isinstance(row, dict) else row for row in value)
            value = [row for row in rows if row not in ({}, None)]
        if value not in ({}, []):
            yield field.name, value


def _row(field: Field, row: Mapping[str, Any], role: str | None) -> dict[str, Any]:
    content = _reviewed(field.fields, row, role)
    rule = field.id
    named = rule is not None and rule.style != "ordinal" and rule.field in row
    whole = bool(field.reviewed_by) if role is None else role in field.reviewed_by
    if rule is not None and named and (content or whole):
        return {rule.field: row[rule.field], **content}
    return content


def _plain(value: object) -> object:
    """Return `value` with whole numbers as such, texts without blank ends of lines at their end, and keys as text."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, float):
        return _number(value)
    return value


def _number(value: float) -> int | float | str:
    """Return a whole number as such; what JSON cannot say, as text."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    return int(value) if value.is_integer() else value
