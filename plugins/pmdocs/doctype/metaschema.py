"""The JSON Schema that a type.yaml itself has to keep; what it finds is told at the line of the type file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from pmdocs.doctype.vocabulary import GATES, KINDS, ROLES, TONES

NAME = re.compile(r"^[a-z_][a-z0-9_]*$")
_NAME = NAME.pattern
_STRINGS = {"type": ["array", "string"], "items": {"type": "string"}}
_LABEL: dict[str, Any] = {
    "type": "object",
    "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
_CHOICES: dict[str, Any] = {
    "type": ["object", "string"],
    "additionalProperties": {
        "type": "object",
        "properties": {
            "zh": {"type": "string", "minLength": 1},
            "en": {"type": "string", "minLength": 1},
            "tone": {"enum": list(TONES)},
        },
        "required": ["zh", "en"],
        "additionalProperties": False,
    },
}
_ID: dict[str, Any] = {
    "type": "object",
    "properties": {
        "prefix": {"type": "string", "pattern": "^[A-Z]{2,8}$"},
        "local": {"type": "string", "pattern": "^[A-Z]{1,8}$"},
        "pattern": {"type": "string", "format": "regex"},
        "code": {"type": "string", "format": "regex"},
        "ordinal": {"type": "string", "pattern": "^[a-z]+$"},
        "field": {"type": "string", "pattern": _NAME},
        "example": {"type": "string"},
    },
    "additionalProperties": False,
}
_FIELD: dict[str, Any] = {
    "type": ["object", "null"],
    "properties": {
        "is": {"enum": list(KINDS)},
        "label": _LABEL,
        "help": _LABEL,
        "example": {},
        "required_from": {"enum": list(GATES)},
        "required_when": {
            "type": "object",
            "properties": {"field": {"type": "string"}, "is": _STRINGS},
            "required": ["field", "is"],
            "additionalProperties": False,
        },
        "or_reason": {"type": "boolean"},
        "derived": {"type": "boolean"},
        "role": {"enum": list(ROLES)},
        "reviewed_by": _STRINGS,
        "min_length": {"type": "integer", "minimum": 0},
        "max_length": {"type": "integer", "minimum": 1},
        "min_items": {"type": "integer", "minimum": 0},
        "max_items": {"type": "integer", "minimum": 1},
        "min": {"type": "number"},
        "max": {"type": "number"},
        "integer": {"type": "boolean"},
        "pattern": {"type": "string", "format": "regex"},
        "pattern_label": _LABEL,
        "of": _CHOICES,
        "to": _STRINGS,
        "inverse": _LABEL,
        "item": {"type": "string", "pattern": _NAME},
        "titled_by": {"type": "string"},
        "id": _ID,
        "unique": {"type": "string"},
        "rows_from": {"type": "string"},
        "columns_from": {"type": "string"},
        "of_column": {"type": "string"},
        "note_for": _STRINGS,
        "fields": {"$ref": "#/$defs/fields"},
    },
    "additionalProperties": False,
}

VOCABULARY_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {
        "field": _FIELD,
        "fields": {
            "type": "object",
            "propertyNames": {"pattern": _NAME},
            "additionalProperties": {"$ref": "#/$defs/field"},
        },
    },
    "type": "object",
    "properties": {
        "type": {"type": "string", "pattern": _NAME},
        "extends": {"type": "string", "pattern": _NAME},
        "shared": {"type": "string", "pattern": _NAME},
        "several": {"type": "boolean"},
        "order": {"type": "integer"},
        "label": _LABEL,
        "short": _LABEL,
        "help": _LABEL,
        "id": {
            "type": "object",
            "properties": {"prefix": {"type": "string", "pattern": "^[A-Z]{2,8}$"}},
            "required": ["prefix"],
            "additionalProperties": False,
        },
        "reviewed_by": _STRINGS,
        "choices": {"type": "object", "additionalProperties": _CHOICES},
        "sections": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
                    "label": _LABEL,
                    "fields": _STRINGS,
                },
                "required": ["id", "label", "fields"],
                "additionalProperties": False,
            },
        },
        "fields": {"$ref": "#/$defs/fields"},
    },
    "required": ["type"],
    "additionalProperties": False,
}
"""What a type.yaml may hold. Labels and kinds may be left out where a team's file only overrides a shipped field."""

_VALIDATOR = jsonschema_rs.Draft202012Validator(VOCABULARY_SCHEMA, validate_formats=True)


def shape_errors(value: object) -> Iterator[Any]:
    """Yield the validator's errors, whose kinds have facts that its types do not tell; null takes a thing away anywhere."""
    for error in _VALIDATOR.iter_errors(value):
        if error.instance is not None or not error.instance_path:
            yield error


def schema_at(path: list[str | int]) -> dict[str, Any]:
    """Return the part of the vocabulary's schema that a path of keywords leads to."""
    part: Any = VOCABULARY_SCHEMA
    for step in path:
        part = part[step]
    return part if isinstance(part, dict) else {}
