"""Type folders, shipped and the team's own, merged and read into document types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmdocs.doctype.standards import Standards, read_choices, read_words
from pmdocs.doctype.vocabulary import GATES, Choices, DocumentType, Field, IdRule, Section
from pmdocs.source import Source

ENVELOPE = "_document"
LAST = 1000
"""Where a type stands in lists that gives itself no `order`."""


@dataclass(frozen=True, slots=True)
class TypeFile:
    """A type.yaml as merged from its layers, shipped first; each layer keeps the places of what it says."""

    name: str
    value: Mapping[str, Any]
    layers: tuple[Source, ...]


def merge_layers(shipped: Mapping[str, Source], own: Mapping[str, Source]) -> dict[str, TypeFile]:
    """Return each type with the team's layer over the shipped one; a field the team sets to null is left out.

    A type of which no layer could be read is left out: its findings say why.
    """
    files = {}
    for name in sorted({*shipped, *own}):
        layers = tuple(layer[name] for layer in (shipped, own) if name in layer)
        values = [layer.value for layer in layers if isinstance(layer.value, dict)]
        if values:
            merged: dict[str, Any] = {}
            for value in values:
                merged = _merge(merged, value)
            files[name] = TypeFile(name, merged, layers)
    return files


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(merged.get(key), dict) and key not in _WHOLE:
            merged[key] = _merge(merged[key], value)
        else:
            merged[key] = value
    return merged


_WHOLE = frozenset({"of", "required_when", "id"})
"""Keys whose value is one thing: an override replaces it rather than adding to it."""


def build_types(files: Mapping[str, TypeFile], standards: Standards) -> dict[str, DocumentType]:
    """Return every type, its ancestors' fields first. Malformed parts are left out: the vocabulary's findings tell them."""
    types = [_build(name, files, standards) for name in files if name != ENVELOPE]
    return {kind.name: kind for kind in sorted(types, key=lambda kind: (kind.order, kind.name))}


def _build(name: str, files: Mapping[str, TypeFile], standards: Standards) -> DocumentType:
    lineage = tuple(lineage_of(name, files))
    merged: dict[str, Any] = {}
    sections: list[Any] = []
    for ancestor in reversed(lineage):
        value = files[ancestor].value
        sections = [*_list(value.get("sections")), *sections]
        merged = _merge(merged, {key: part for key, part in value.items() if key not in {"sections", "shared"}})
    label = read_words(merged.get("label"), name)
    choices = {key: read_choices(value) for key, value in _mapping(merged.get("choices")).items()}
    fields = _fields(
        _mapping(merged.get("fields")),
        _Context({**standards.choices, **choices}, _strings(merged.get("reviewed_by"))),
    )
    return DocumentType(
        name=name,
        label=label,
        short=read_words(merged["short"], name) if "short" in files[name].value else label,
        help=read_words(merged.get("help")),
        prefix=_mapping(files[name].value.get("id")).get("prefix"),
        shared=files[name].value.get("shared"),
        order=order if isinstance(order := files[name].value.get("order"), int) else LAST,
        fields=fields,
        sections=_sections(sections, fields),
        lineage=lineage,
    )


def lineage_of(name: str, files: Mapping[str, TypeFile]) -> Iterator[str]:
    """Yield `name` and the types it extends, nearest first, ending at the envelope; shared files extend nothing."""
    seen: set[str] = set()
    while name in files and name not in seen:
        seen.add(name)
        yield name
        value = files[name].value
        if "shared" in value:
            return
        name = value.get("extends", ENVELOPE)
    if ENVELOPE in files and ENVELOPE not in seen:
        yield ENVELOPE


@dataclass(frozen=True, slots=True)
class _Context:
    choices: Mapping[str, Choices]
    reviewed_by: tuple[str, ...]


def _fields(value: Mapping[str, Any], context: _Context) -> tuple[Field, ...]:
    return tuple(_field(name, spec, context) for name, spec in value.items() if isinstance(spec, dict) and "is" in spec)


def _field(name: str, spec: Mapping[str, Any], context: _Context) -> Field:
    of = spec.get("of")
    reviewed_by = _strings(spec["reviewed_by"]) if "reviewed_by" in spec else context.reviewed_by
    kind = spec["is"]
    counted = {"text": "length", "markdown": "length", "number": ""}.get(kind, "items")
    low, high = ("min", "max") if not counted else (f"min_{counted}", f"max_{counted}")
    when = spec.get("required_when")
    return Field(
        name=name,
        kind=kind,
        label=read_words(spec.get("label"), name),
        help=read_words(spec.get("help")),
        example=spec.get("example"),
        gate=GATES.index(spec["required_from"]) if spec.get("required_from") in GATES else None,
        required_when=(when["field"], _strings(when["is"]))
        if isinstance(when, dict) and {"field", "is"} <= set(when)
        else None,
        or_reason=spec.get("or_reason") is True,
        derived=spec.get("derived") is True,
        role=spec.get("role"),
        reviewed_by=reviewed_by,
        minimum=spec.get(low),
        maximum=spec.get(high),
        integer=spec.get("integer") is True,
        pattern=spec.get("pattern"),
        pattern_label=read_words(spec["pattern_label"]) if "pattern_label" in spec else None,
        of=of if isinstance(of, str) else None,
        choices=read_choices(of) if isinstance(of, dict) else context.choices.get(str(of), {}),
        to=_strings(spec.get("to")),
        inverse=read_words(spec["inverse"]) if "inverse" in spec else None,
        item=spec.get("item"),
        id=_id_rule(spec.get("id")),
        titled_by=spec.get("titled_by"),
        unique=spec.get("unique"),
        rows_from=spec.get("rows_from"),
        columns_from=spec.get("columns_from"),
        of_column=spec.get("of_column"),
        note_for=_strings(spec.get("note_for")),
        fields=_fields(_mapping(spec.get("fields")), _Context(context.choices, reviewed_by)),
    )


def _id_rule(value: object) -> IdRule | None:
    spec = _mapping(value)
    for style in ("prefix", "local", "pattern", "code", "ordinal"):
        if style in spec:
            return IdRule(style, str(spec[style]), str(spec.get("field", "id")))
    return None


def _sections(value: Sequence[Any], fields: Sequence[Field]) -> tuple[Section, ...]:
    known = {field.name for field in fields}
    return tuple(
        Section(
            str(each["id"]),
            read_words(each.get("label"), str(each["id"])),
            tuple(name for name in _strings(each.get("fields")) if name in known),
        )
        for each in value
        if isinstance(each, dict) and "id" in each
    )


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
