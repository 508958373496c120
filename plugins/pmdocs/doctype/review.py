"""A type.yaml held against the vocabulary: mistakes in it are findings at its own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs

from pmdocs.diagnostics import Diagnostic, Fact, Location, Rule, Severity, Words
from pmdocs.doctype.load import TypeFile, lineage_of
from pmdocs.doctype.metaschema import VOCABULARY_SCHEMA
from pmdocs.doctype.nearest import nearest
from pmdocs.doctype.paths import span_of
from pmdocs.doctype.standards import Standards
from pmdocs.doctype.validate import KIND_WORDS
from pmdocs.doctype.vocabulary import OPEN_TARGETS
from pmdocs.rules.structure import BROKEN_REFERENCE, MISSING_FIELD, UNKNOWN_KEY, WRONG_VALUE
from pmdocs.source import Source

_VALIDATOR = jsonschema_rs.Draft202012Validator(VOCABULARY_SCHEMA, validate_formats=True)
_FIELD_KEYS = tuple(VOCABULARY_SCHEMA["$defs"]["field"]["properties"])
_TYPE_KEYS = tuple(VOCABULARY_SCHEMA["properties"])

Path = tuple[str | int, ...]


def review_types(files: Mapping[str, TypeFile], standards: Standards) -> Iterator[Diagnostic]:
    """Yield what is wrong with the type files of every layer, each at the line of the layer that says it."""
    kinds = {kind for file in files.values() for kind in _item_kinds(file.value.get("fields"))}
    targets = {*kinds, *(name for name in files if not name.startswith("_")), *OPEN_TARGETS}
    for file in files.values():
        for source in file.layers:
            yield from _shape(source)
        lists = {
            *standards.choices,
            *(name for each in lineage_of(file.name, files) for name in _mapping(files[each].value.get("choices"))),
        }
        yield from _Review(file, files, targets, lists).findings()


def _shape(source: Source) -> Iterator[Diagnostic]:
    if source.value is None:
        return
    for error in _errors(source.value):
        path: Path = tuple(error.instance_path)
        kind, keys = error.kind.name, [str(part) for part in path if isinstance(part, str)]
        name = keys[-1] if keys else "type.yaml"
        if kind == "additionalProperties":
            for key in error.kind.unexpected:
                yield _unknown_key(source, path, key, keys)
        elif kind == "required":
            facts: dict[str, Fact] = {
                "field": error.kind.property,
                "key": error.kind.property,
                "help": "",
                "parent": name,
            }
            yield _found(source, path, MISSING_FIELD, "missing-field", facts)
        elif kind == "enum":
            yield _wrong_choice(source, path, name, str(error.instance), [str(each) for each in error.kind.options])
        elif kind == "type":
            word = "map-expected" if "object" in error.kind.types else "text-expected"
            facts = {
                "field": name,
                "kind": KIND_WORDS.get(type(error.instance), Words("别的", "something else")),
                "known": _FIELD_KEYS,
            }
            yield _found(source, path, WRONG_VALUE, word, facts)
        else:
            facts = {
                "field": name,
                "value": str(error.instance)[:60],
                "form": Words("词汇表允许的写法", "what the vocabulary allows"),
            }
            yield _found(source, path, WRONG_VALUE, "wrong-form", facts)


def _errors(value: object) -> Iterator[Any]:
    """Yield the validator's errors; their kinds have facts of their own, which its types do not tell."""
    yield from _VALIDATOR.iter_errors(value)


def _unknown_key(source: Source, path: Path, key: str, keys: Sequence[str]) -> Diagnostic:
    known = _TYPE_KEYS if not keys else _FIELD_KEYS
    close = nearest(key, known)
    facts: dict[str, Fact] = {"key": key, "parent": keys[-1] if keys else "type.yaml"}
    if close:
        return _found(
            source,
            (*path, key),
            UNKNOWN_KEY,
            "misspelt-key",
            facts | {"nearest": close, "label": close},
            at_key=True,
        )
    return _found(source, (*path, key), UNKNOWN_KEY, "unknown-key", facts | {"known": known}, at_key=True)


def _wrong_choice(source: Source, path: Path, name: str, value: str, known: Sequence[str]) -> Diagnostic:
    close = nearest(value, known)
    facts: dict[str, Fact] = {"field": name, "value": value, "choices": tuple(known)}
    if close:
        return _found(source, path, WRONG_VALUE, "misspelt-choice", facts | {"nearest": close})
    return _found(source, path, WRONG_VALUE, "unknown-choice", facts)


class _Review:
    """The parts of one merged type that only make sense together: names it uses have to be names there are."""

    def __init__(self, file: TypeFile, files: Mapping[str, TypeFile], targets: set[str], lists: set[str]) -> None:
        self.file, self.files, self.targets, self.lists = file, files, targets, lists

    def findings(self) -> Iterator[Diagnostic]:
        """Yield them."""
        value = self.file.value
        if "label" not in value:
            yield self._incomplete((), "label")
        parent = value.get("extends")
        if isinstance(parent, str) and parent not in self.files:
            yield self._unknown(("extends",), "extends", parent, sorted(self.files))
        names = {
            name
            for each in lineage_of(self.file.name, self.files)
            for name in _mapping(self.files[each].value.get("fields"))
        }
        for index, section in enumerate(value.get("sections") or ()):
            for place, name in enumerate(_strings(_mapping(section).get("fields"))):
                if name not in names:
                    yield self._unknown(("sections", index, "fields", place), "fields", name, sorted(names))
        yield from self._fields(_mapping(value.get("fields")), ("fields",), above={})

    def _fields(self, fields: Mapping[str, Any], path: Path, above: Mapping[str, Any]) -> Iterator[Diagnostic]:
        for name, spec in fields.items():
            if isinstance(spec, dict):
                yield from self._field(name, spec, (*path, name), (fields, above))

    def _field(
        self,
        name: str,
        spec: Mapping[str, Any],
        path: Path,
        around: tuple[Mapping[str, Any], Mapping[str, Any]],
    ) -> Iterator[Diagnostic]:
        siblings, above = around
        inherited = any(
            name in _mapping(self.files[each].value.get("fields"))
            for each in lineage_of(self.file.name, self.files)
            if each != self.file.name
        )
        if not (inherited and len(path) == 2):
            for key in ("is", "label"):
                if key not in spec:
                    yield self._incomplete(path, key)
        kind = spec.get("is")
        yield from self._needs(kind, spec, path)
        of = spec.get("of")
        if kind in ("choice", "table") and isinstance(of, str) and of not in self.lists:
            yield self._unknown((*path, "of"), "of", of, sorted(self.lists))
        for index, target in enumerate(_strings(spec.get("to"))):
            if target not in self.targets:
                yield self._unknown((*path, "to", index), "to", target, sorted(self.targets))
        other = _mapping(spec.get("required_when")).get("field")
        if other and other not in siblings:
            yield self._unknown((*path, "required_when", "field"), "field", str(other), list(siblings))
        for key in ("rows_from", "columns_from"):
            near = above if spec.get("of_column") else siblings
            if key in spec and spec[key] not in near:
                yield self._unknown((*path, key), key, str(spec[key]), list(near))
        yield from self._pattern(spec, path)
        yield from self._fields(_mapping(spec.get("fields")), (*path, "fields"), siblings)

    def _needs(self, kind: object, spec: Mapping[str, Any], path: Path) -> Iterator[Diagnostic]:
        wanted = {
            "choice": ("of",),
            "ref": ("to",),
            "refs": ("to",),
            "map": ("fields",),
            "items": ("item", "id", "fields"),
            "table": ("columns_from",),
        }
        for key in wanted.get(str(kind), ()):
            if key not in spec and not spec.get("derived"):
                yield self._incomplete(path, key)

    def _pattern(self, spec: Mapping[str, Any], path: Path) -> Iterator[Diagnostic]:
        patterns = [
            ((*path, "pattern"), spec.get("pattern")),
            *(((*path, "id", key), _mapping(spec.get("id")).get(key)) for key in ("pattern", "code")),
        ]
        for place, pattern in patterns:
            if isinstance(pattern, str):
                try:
                    re.compile(pattern)
                except re.error:
                    facts: dict[str, Fact] = {
                        "field": "pattern",
                        "value": pattern,
                        "form": Words("正则表达式", "a regular expression"),
                    }
                    yield self._find(place, WRONG_VALUE, "wrong-form", facts)

    def _incomplete(self, path: Path, missing: str) -> Diagnostic:
        return self._find(
            path,
            WRONG_VALUE,
            "incomplete-type",
            {"key": str(path[-1]) if path else self.file.name, "missing": missing},
        )

    def _unknown(self, path: Path, field: str, value: str, known: Sequence[str]) -> Diagnostic:
        close = nearest(value, known)
        facts: dict[str, Fact] = {"field": field, "value": value}
        if close:
            return self._find(path, BROKEN_REFERENCE, "misspelt-name", facts | {"nearest": close})
        return self._find(path, BROKEN_REFERENCE, "unknown-name", facts | {"known": tuple(known)})

    def _find(self, path: Path, rule: Rule, word: str, facts: dict[str, Fact]) -> Diagnostic:
        layer = next((each for each in reversed(self.file.layers) if _holds(each.value, path)), self.file.layers[-1])
        return _found(layer, path, rule, word, facts)


def _found(  # noqa: PLR0913  # a finding is these facts
    source: Source, path: Path, rule: Rule, word: str, facts: Mapping[str, Fact], *, at_key: bool = False
) -> Diagnostic:
    return Diagnostic(
        rule,
        rule.reason(word),
        Severity.ERROR,
        Location(source.file, span_of(source, path, at_key=at_key)),
        facts,
    )


def _holds(value: object, path: Path) -> bool:
    for part in path:
        try:
            value = value[part]  # type: ignore[index]  # whatever cannot be indexed does not hold the path
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _item_kinds(fields: object) -> Iterator[str]:
    for spec in _mapping(fields).values():
        if isinstance(spec, dict):
            if isinstance(spec.get("item"), str):
                yield spec["item"]
            yield from _item_kinds(spec.get("fields"))


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
