"""A document type compiled to JSON Schema 2020-12: one schema that validates files and serves editors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pmdocs.doctype.vocabulary import DIGEST_PATTERN, GATES, NOT_APPLICABLE, DocumentType, Field

LANGUAGES = ("zh", "en")
TRANSLATION_ROOM = 3
"""How many times longer than the Chinese an English text may be before a limit counts."""

Schema = dict[str, Any]


def compile_type(kind: DocumentType, gates: Mapping[str, int]) -> Schema:
    """Return the schema of `kind`; `gates` maps each status to the index of its gate in GATES.

    Gates become `if status … then required …` at the root, so that a draft may be half empty and a published document
    may not. In the nested schemas `required` repeats at each level that the gate reaches.
    """
    schema: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.label.zh,
        **_map_schema(kind.fields, required=_required(kind.fields, 0, None)),
    }
    overlays = []
    for gate in range(1, len(GATES)):
        statuses = [status for status, reached in gates.items() if reached >= gate]
        overlay = _overlay(kind.fields, gate)
        if overlay and statuses and kind.shared is None:
            when = {"properties": {"status": {"enum": statuses}}, "required": ["status"]}
            overlays.append({"if": when, "then": overlay})
    if overlays:
        schema.setdefault("allOf", []).extend(overlays)
    return schema


def _map_schema(fields: Sequence[Field], *, required: list[str], id_field: Field | None = None) -> Schema:
    named = [*([id_field] if id_field else []), *fields]
    schema: Schema = {
        "type": "object",
        "properties": {each.name: _field_schema(each) for each in named},
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    if conditions := _conditions(fields, 0):
        schema["allOf"] = conditions
    return schema


def _required(fields: Iterable[Field], gate: int, id_name: str | None) -> list[str]:
    names = [each.name for each in fields if each.gate == gate and each.required_when is None]
    return [id_name, *names] if id_name else names


def _conditions(fields: Iterable[Field], gate: int) -> list[Schema]:
    return [
        {
            "if": {"properties": {other: {"enum": list(values)}}, "required": [other]},
            "then": {"required": [each.name]},
        }
        for each in fields
        if each.required_when and (each.gate or 0) == gate
        for other, values in [each.required_when]
    ]


def _overlay(fields: Sequence[Field], gate: int) -> Schema:
    """Return what becomes required at `gate` and below, or an empty schema."""
    overlay: Schema = {}
    if required := _required(fields, gate, None):
        overlay["required"] = required
    if conditions := _conditions(fields, gate):
        overlay["allOf"] = conditions
    inner = {each.name: _rows(each, below) for each in fields if (below := _overlay(each.fields, gate))}
    if inner:
        overlay["properties"] = inner
    return overlay


def _rows(field: Field, schema: Schema) -> Schema:
    rows = schema if field.kind == "map" else {"items": schema}
    return _unless_reason(rows) if field.or_reason else rows


def _unless_reason(schema: Schema) -> Schema:
    reason = {
        "type": "object",
        "properties": {NOT_APPLICABLE: _text_schema()},
        "additionalProperties": False,
    }
    return {"if": {"type": "object", "required": [NOT_APPLICABLE]}, "then": reason, "else": schema}


def _field_schema(field: Field) -> Schema:
    if field.derived:
        return {"not": {}, "title": field.label.zh}
    schema = _KINDS[field.kind](field)
    if field.or_reason:
        schema = _unless_reason(schema)
    return schema | {"title": field.label.zh, "description": field.help.zh}


def _text_schema(field: Field | None = None) -> Schema:
    limits: Schema = {}
    if field and field.minimum is not None:
        limits["minLength"] = int(field.minimum)
    if field and field.maximum is not None:
        limits["maxLength"] = int(field.maximum)
    if field and field.pattern:
        limits["pattern"] = field.pattern
    longer = limits | ({"maxLength": limits["maxLength"] * TRANSLATION_ROOM} if "maxLength" in limits else {})
    return {
        "type": ["string", "object"],
        **limits,
        "properties": {
            language: {"type": "string", **(limits if language == LANGUAGES[0] else longer)} for language in LANGUAGES
        },
        "additionalProperties": False,
    }


def _choice_schema(field: Field) -> Schema:
    return {"enum": list(field.choices)} if field.choices else {}


def _number_schema(field: Field) -> Schema:
    schema: Schema = {"type": "integer" if field.integer else "number"}
    if field.minimum is not None:
        schema["minimum"] = field.minimum
    if field.maximum is not None:
        schema["maximum"] = field.maximum
    return schema


def _entries(field: Field, entry: Schema, *, scalar: bool) -> Schema:
    schema: Schema = {"type": ["array", "string"] if scalar else "array", "items": entry}
    if field.minimum is not None:
        schema["minItems"] = int(field.minimum)
    if field.maximum is not None:
        schema["maxItems"] = int(field.maximum)
    return schema


def _list_schema(field: Field) -> Schema:
    if field.fields:
        return _entries(field, _map_schema(field.fields, required=_required(field.fields, 0, None)), scalar=False)
    entry = {"enum": list(field.choices)} if field.choices else LIST_ENTRIES.get(field.of or "text", {})
    return _entries(field, entry, scalar=True)


def _items_schema(field: Field) -> Schema:
    rule = field.id
    if rule is None or rule.style == "ordinal":
        typed: Schema = {"properties": {rule.field: {"type": ["integer", "string"]}}} if rule else {}
        row = _map_schema(field.fields, required=_required(field.fields, 0, None))
        row["properties"] = typed.get("properties", {}) | row["properties"]
        return _entries(field, row, scalar=False)
    row = _map_schema(field.fields, required=_required(field.fields, 0, rule.field))
    row["properties"] = {rule.field: {"type": "string", "pattern": rule.pattern}} | row["properties"]
    return _entries(field, row, scalar=False)


def _table_schema(field: Field) -> Schema:
    if field.of_column:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    note = {
        "type": "object",
        "additionalProperties": _text_schema(),
        "propertyNames": {"enum": list(field.note_for)},
    }
    cell = {"if": {"type": "object"}, "then": note, "else": {"enum": list(field.choices)} if field.choices else {}}
    return {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": cell}}


def _digests_schema(field: Field) -> Schema:
    return {"type": "object", "additionalProperties": {"type": "string", "pattern": field.pattern or DIGEST_PATTERN}}


_STRING: Schema = {"type": "string"}
LIST_ENTRIES: dict[str, Schema] = {
    "text": _text_schema(),
    "markdown": _text_schema(),
    "url": {"type": "string", "pattern": "^(https?://|mailto:)\\S+$"},
    "date": {"type": "string", "format": "date"},
    "image": _STRING,
    "number": {"type": "number"},
}
"""What a list may be `of`, beside a choice list."""
_KINDS = {
    "text": _text_schema,
    "markdown": _text_schema,
    "choice": _choice_schema,
    "number": _number_schema,
    "boolean": lambda field: {"type": "boolean"},
    "date": lambda field: {"type": "string", "format": "date"},
    "url": lambda field: LIST_ENTRIES["url"],
    "image": lambda field: _STRING,
    "ref": lambda field: _STRING,
    "refs": lambda field: _entries(field, _STRING, scalar=True),
    "list": _list_schema,
    "map": lambda field: _map_schema(field.fields, required=_required(field.fields, 0, None)),
    "items": _items_schema,
    "table": _table_schema,
    "digests": _digests_schema,
}
