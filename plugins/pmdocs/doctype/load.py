"""Type folders, shipped and the team's own, merged and read into document types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmdocs.doctype.metaschema import shape_errors
from pmdocs.doctype.standards import Standards, read_choices, read_words
from pmdocs.doctype.vocabulary import GATES, Choices, DocumentType, Field, IdRule, Section
from pmdocs.source import Source

ENVELOPE = "_document"
LAST = 1000
"""Where a type stands in lists that gives itself no `order`."""


@dataclass(frozen=True, slots=True)
class TypeFile:
    """A type.yaml as merged from its layers, shipped first; each layer keeps the places of what it says.

    Null in `value` stands for what a layer takes away.
    """

    name: str
    value: Mapping[str, Any]
    layers: tuple[Source, ...]
    is_shipped: bool = False


def merge_layers(shipped: Mapping[str, Source], own: Mapping[str, Source]) -> dict[str, TypeFile]:
    """Return each type with the team's layer over the shipped one.

    A type of which no layer could be read is left out, and so are malformed parts: their findings say why.
    """
    files = {}
    for name in sorted({*shipped, *own}):
        layers = tuple(layer[name] for layer in (shipped, own) if name in layer)
        values = [_sound(layer.value) for layer in layers if isinstance(layer.value, dict)]
        if values:
            merged: dict[str, Any] = {}
            for value in values:
                merged = _merge(merged, value)
            files[name] = TypeFile(name, merged, layers, name in shipped)
    return files


def _sound(value: dict[str, Any]) -> dict[str, Any]:
    """Return a type file with null for each part that the vocabulary does not allow."""
    for error in shape_errors(value):
        path, kind = tuple(error.instance_path), error.kind.name
        if kind == "additionalProperties":
            for key in error.kind.unexpected:
                value = _without(value, (*path, key))
        elif path and kind not in ("required", "propertyNames"):
            value = _without(value, path)
    return value


def _without(value: Any, path: tuple[str | int, ...]) -> Any:
    if not path or value is None:
        return None
    copy = value.copy()
    copy[path[0]] = _without(value[path[0]], path[1:])
    return copy


def _merge(below: Mapping[str, Any], above: Mapping[str, Any], *, names: bool = False) -> dict[str, Any]:
    """Return `above` over `below`; `names` tells that their keys are names of fields or choices, not of the vocabulary."""
    merged = dict(below)
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict) and (names or key not in _WHOLE):
            merged[key] = _merge(merged[key], value, names=not names and key in ("fields", "choices"))
        else:
            merged[key] = value
    return merged


_WHOLE = frozenset({"of", "required_when", "id"})
"""Keys whose value is one thing: an override replaces it rather than adding to it."""


def merge_lineage(name: str, files: Mapping[str, TypeFile]) -> dict[str, Any]:
    """Return a type file over those it extends, but for their sections."""
    merged: dict[str, Any] = {}
    for ancestor in reversed(tuple(lineage_of(name, files))):
        value = files[ancestor].value
        merged = _merge(merged, {key: part for key, part in value.items() if key not in {"sections", "shared"}})
    return merged


def build_types(files: Mapping[str, TypeFile], standards: Standards) -> dict[str, DocumentType]:
    """Return every type, its ancestors' fields first. Malformed parts are left out: the vocabulary's findings tell them."""
    types = [_build(name, files, standards) for name in files if name != ENVELOPE]
    return {kind.name: kind for kind in sorted(types, key=lambda kind: (kind.order, kind.name))}


def _build(name: str, files: Mapping[str, TypeFile], standards: Standards) -> DocumentType:
    lineage = tuple(lineage_of(name, files))
    merged = merge_lineage(name, files)
    sections = [section for ancestor in lineage for section in _list(files[ancestor].value.get("sections"))]
    label = read_words(merged.get("label"), name)
    choices = {key: read_choices(value) for key, value in _mapping(merged.get("choices")).items()}
    fields = _fields(
        _mapping(merged.get("fields")),
        _Context({**standards.choices, **choices}, _strings(merged.get("reviewed_by"))),
    )
    return DocumentType(
        name=name,
        label=label,
        short=read_words(short, name) if (short := files[name].value.get("short")) else label,
        help=read_words(merged.get("help")),
        prefix=_mapping(files[name].value.get("id")).get("prefix"),
        shared=files[name].value.get("shared"),
        order=order if isinstance(order := files[name].value.get("order"), int) else LAST,
        fields=fields,
        sections=_sections(sections, fields),
        several=files[name].value.get("several") is True,
        lineage=lineage,
    )


def lineage_of(name: str, files: Mapping[str, TypeFile]) -> Iterator[str]:
    """Yield `name` and the types it extends, nearest first, ending at the envelope; shared files extend nothing."""
    seen: set[str] = set()
    while name in files and name not in seen:
        seen.add(name)
        yield name
        value = files[name].value
        if value.get("shared") is not None:
            return
        name = value.get("extends") or ENVELOPE
    if ENVELOPE in files and ENVELOPE not in seen:
        yield ENVELOPE


@dataclass(frozen=True, slots=True)
class _Context:
    choices: Mapping[str, Choices]
    reviewed_by: tuple[str, ...]


def _fields(value: Mapping[str, Any], context: _Context) -> tuple[Field, ...]:
    return tuple(
        _field(name, spec, context) for name, spec in value.items() if isinstance(spec, dict) and spec.get("is")
    )


def _field(name: str, spec: Mapping[str, Any], context: _Context) -> Field:
    of = spec.get("of")
    kind = spec["is"]
    reviewed_by = _reviewers(spec, context)
    is_derived = spec.get("derived") is True
    fields = _fields(_mapping(spec.get("fields")), _Context(context.choices, reviewed_by))
    counted = {"text": "length", "markdown": "length", "number": ""}.get(kind, "items")
    low, high = ("min", "max") if not counted else (f"min_{counted}", f"max_{counted}")
    when = _mapping(spec.get("required_when"))
    return Field(
        name=name,
        kind=kind,
        label=read_words(spec.get("label"), name),
        help=read_words(spec.get("help")),
        example=spec.get("example"),
        gate=GATES.index(spec["required_from"]) if spec.get("required_from") in GATES else None,
        required_when=(when["field"], _strings(when["is"])) if when.get("field") and when.get("is") else None,
        or_reason=spec.get("or_reason") is True,
        derived=is_derived,
        role=spec.get("role"),
        reviewed_by=reviewed_by,
        reviewed_within=() if is_derived else tuple(dict.fromkeys((*reviewed_by, *_within(fields)))),
        minimum=spec.get(low),
        maximum=spec.get(high),
        integer=spec.get("integer") is True,
        pattern=spec.get("pattern"),
        pattern_label=read_words(spec["pattern_label"]) if spec.get("pattern_label") else None,
        of=of if isinstance(of, str) else None,
        choices=read_choices(of) if isinstance(of, dict) else context.choices.get(str(of), {}),
        to=_strings(spec.get("to")),
        inverse=read_words(spec["inverse"]) if spec.get("inverse") else None,
        item=spec.get("item"),
        id=_id_rule(spec.get("id")),
        titled_by=spec.get("titled_by"),
        unique=spec.get("unique"),
        rows_from=spec.get("rows_from"),
        columns_from=spec.get("columns_from"),
        of_column=spec.get("of_column"),
        note_for=_strings(spec.get("note_for")),
        fields=fields,
    )


def _within(fields: Sequence[Field]) -> Iterator[str]:
    for each in fields:
        yield from each.reviewed_within


def _reviewers(spec: Mapping[str, Any], context: _Context) -> tuple[str, ...]:
    """Return who reviews a field: its own word, else that of what is around it; dates and people are no content."""
    given = spec.get("reviewed_by")
    if given is not None:
        return _strings(given)
    return () if spec["is"] == "date" or set(_strings(spec.get("to"))) == {"person"} else context.reviewed_by


def _id_rule(value: object) -> IdRule | None:
    spec = _mapping(value)
    for style in ("prefix", "local", "pattern", "code", "ordinal"):
        if spec.get(style):
            return IdRule(style, str(spec[style]), str(spec.get("field") or "id"), str(spec.get("example") or ""))
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
