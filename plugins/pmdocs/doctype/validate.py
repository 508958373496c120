"""Values against a type's JSON Schema; every error of the validator becomes a finding with a place, a label and a cure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import jsonschema_rs

from pmdocs.diagnostics import Diagnostic, Fact, Location, Rule, Severity, Words
from pmdocs.doctype.compile import TRANSLATION_ROOM, compile_type
from pmdocs.doctype.nearest import nearest
from pmdocs.doctype.paths import Path, fields_along, mapping_at, span_of
from pmdocs.doctype.standards import Standards
from pmdocs.doctype.vocabulary import ASKED_BY_RULES, GATES, DocumentType, Field
from pmdocs.doctype.wording import choice_words, form_of, help_of, label_of, noted_form, shown
from pmdocs.rules.keys import MISSING_FIELD, UNKNOWN_KEY
from pmdocs.rules.reading import YAML_READS
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source

KIND_WORDS = {
    dict: Words("几个键", "a mapping"),
    list: Words("列表", "a list"),
    str: Words("文字", "text"),
    bool: Words("是否值", "a truth value"),
    int: Words("数字", "a number"),
    float: Words("数字", "a number"),
    type(None): Words("空值", "nothing"),
}
_FULLWIDTH = re.compile(r"([“”‘’「『])(.*)[“”‘’」』]")
"""A value in full-width quotation marks, which quote nothing in YAML."""
_DATE_PARTS = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_SEVERITY_COLUMN = (0, 1, 2, 2)
MOST_CHOICES = 20
"""More choices than these are not read in a message; editors and the reference list them all."""


def severity_at(rule: Rule, gate: int) -> Severity | None:
    """Return how grave a finding of `rule` is in a document whose status has reached `gate`; None where it is silent."""
    return rule.severities[_SEVERITY_COLUMN[gate]]


@dataclass(frozen=True, slots=True)
class Checker:
    """A type ready to validate: its schema compiled once."""

    kind: DocumentType
    standards: Standards
    validator: jsonschema_rs.Draft202012Validator

    @classmethod
    def of(cls, kind: DocumentType, standards: Standards) -> Checker:
        """Compile `kind`."""
        schema = compile_type(kind, standards.gates)
        return cls(kind, standards, jsonschema_rs.Draft202012Validator(schema, validate_formats=True))

    def gate_of(self, value: Mapping[str, Any]) -> int:
        """Return the gate that a document's status has reached; shared files count as published."""
        if self.kind.shared:
            return len(GATES) - 1
        status = self.standards.lifecycle.get(str(value.get("status")))
        return status.gate if status else 0

    def findings(self, source: Source, value: dict[str, Any], document: str | None) -> Iterator[Diagnostic]:
        """Yield what is wrong with `value`, a normalized value of `source` (see document.normalize)."""
        gate = self.gate_of(value)
        for error in self.validator.iter_errors(value):
            path: Path = tuple(error.instance_path)
            yield from _Translation(self, source, document, gate, value).of(error, path)


@dataclass(frozen=True, slots=True)
class _Translation:
    """One file's errors in pmdocs' words."""

    checker: Checker
    source: Source
    document: str | None
    gate: int
    value: dict[str, Any]

    def of(self, error: Any, path: Path) -> Iterator[Diagnostic]:
        kind = error.kind.name
        chain = fields_along(self.checker.kind.fields, path)
        field = chain[-1] if chain else None
        if kind == "required":
            yield from self._missing(error, path, chain)
        elif kind == "additionalProperties":
            for key in error.kind.unexpected:
                yield self._unknown_key(key, path, field)
        elif kind == "propertyNames":
            yield self._find(
                WRONG_VALUE,
                "wrong-form",
                path,
                field=label_of(field, path),
                value=shown(", ".join(error.instance)),
                form=noted_form(field),
            )
        elif kind == "not" and field:
            yield self._find(WRONG_VALUE, "derived-value", path, at_key=True, field=field.label, key=field.name)
        elif found := self._wrong(error, kind, path, field):
            yield found

    def _missing(self, error: Any, path: Path, chain: Sequence[Field]) -> Iterator[Diagnostic]:
        name = str(error.kind.property)
        fields = chain[-1].fields if chain else self.checker.kind.fields
        field = next((each for each in fields if each.name == name), None)
        if field and chain and field.role in ASKED_BY_RULES:
            return
        label = field.label if field else Words("编号", "id")
        text = help_of(field) if field else Words("条目的编号", "the item's id")
        parent = self._parent(path, chain)
        place = (*path, name)
        facts: dict[str, Fact] = {"field": label, "key": name, "help": text, "parent": parent}
        if field and field.required_when:
            other, _ = field.required_when
            sibling = next((each for each in fields if each.name == other), None)
            value = mapping_at(self.value, path).get(other)
            yield self._find(
                MISSING_FIELD,
                "missing-when",
                place,
                other=sibling.label if sibling else other,
                value=str(value),
                at_key=True,
                **facts,
            )
        elif field and field.gate:
            status = self.checker.standards.lifecycle[str(self.value["status"])]
            yield self._find(MISSING_FIELD, "missing-for-status", place, status=status.label, at_key=True, **facts)
        else:
            yield self._find(MISSING_FIELD, "missing-field", place, at_key=True, **facts)

    def _parent(self, path: Path, chain: Sequence[Field]) -> Fact:
        if not chain:
            return self.checker.kind.label
        row = mapping_at(self.value, path)
        rule = chain[-1].id
        name = row.get(rule.field) if rule else None
        return str(name) if name else chain[-1].label

    def _unknown_key(self, key: str, path: Path, field: Field | None) -> Diagnostic:
        if field and field.holds_text:
            return self._find(UNKNOWN_KEY, "unknown-language", (*path, key), at_key=True, field=field.label, key=key)
        fields = field.fields if field else self.checker.kind.fields
        parent: Fact = field.label if field else self.checker.kind.label
        known = {each.name: each.label for each in fields if not each.derived}
        if field and field.id:
            known = {field.id.field: Words("编号", "id"), **known}
        close = nearest(key, known, {name: (label.zh, label.en) for name, label in known.items()})
        if close:
            return self._find(
                UNKNOWN_KEY,
                "misspelt-key",
                (*path, key),
                at_key=True,
                key=key,
                parent=parent,
                nearest=close,
                label=known[close],
            )
        return self._find(
            UNKNOWN_KEY, "unknown-key", (*path, key), at_key=True, key=key, parent=parent, known=tuple(known)
        )

    def _wrong(self, error: Any, kind: str, path: Path, field: Field | None) -> Diagnostic | None:
        value, label = error.instance, label_of(field, path)
        if kind in {"pattern", "enum", "format"} and (quoted := _FULLWIDTH.fullmatch(str(value))):
            right = f'"{quoted[2]}"'
            return self._find(YAML_READS, "fullwidth-quote", path, text=str(value), character=quoted[1], quoted=right)
        if kind == "type":
            return self._wrong_kind(error, path, field)
        if kind == "enum":
            return self._wrong_choice(value, path, field)
        if kind == "format":
            return self._wrong_date(str(value), path, label)
        if kind == "pattern":
            return self._find(
                WRONG_VALUE, "wrong-form", path, field=label, value=shown(value), form=form_of(field, path)
            )
        if kind in {"minLength", "maxLength"}:
            return self._wrong_length(error, kind, path, field)
        if kind in {"minItems", "maxItems"}:
            word = "too-few" if kind == "minItems" else "too-many"
            return self._find(
                WRONG_VALUE,
                word,
                path,
                field=label,
                limit=error.kind.limit,
                length=len(value),
                help=help_of(field),
            )
        if kind in {"minimum", "maximum"}:
            sign = "≥" if kind == "minimum" else "≤"
            return self._find(
                WRONG_VALUE,
                "out-of-range",
                path,
                field=label,
                value=shown(value),
                limit=f"{sign} {error.kind.limit}",
            )
        return self._find(WRONG_VALUE, "wrong-form", path, field=label, value=shown(value), form=form_of(field, path))

    def _wrong_kind(self, error: Any, path: Path, field: Field | None) -> Diagnostic:
        value, label, wanted = error.instance, label_of(field, path), set(error.kind.types)
        kind = KIND_WORDS.get(type(value), Words("别的", "something else"))
        raw = self._raw(path)
        if "string" in wanted and isinstance(value, bool | int | float):
            return self._find(WRONG_VALUE, "unquoted-value", path, field=label, raw=raw or str(value), kind=kind)
        if "array" in wanted:
            return self._find(WRONG_VALUE, "list-expected", path, field=label, kind=kind)
        if "string" in wanted:
            return self._find(WRONG_VALUE, "text-expected", path, field=label, kind=kind)
        if "object" in wanted:
            known = tuple(
                each.name for each in (field.fields if field else self.checker.kind.fields) if not each.derived
            )
            return self._find(WRONG_VALUE, "map-expected", path, field=label, kind=kind, known=known)
        if isinstance(value, float) and "integer" in wanted:
            form = Words("整数", "a whole number")
            return self._find(WRONG_VALUE, "wrong-form", path, field=label, value=shown(raw), form=form)
        word = "boolean-expected" if "boolean" in wanted else "number-expected"
        return self._find(WRONG_VALUE, word, path, field=label, value=shown(raw or value))

    def _wrong_choice(self, value: object, path: Path, field: Field | None) -> Diagnostic:
        label, choices = label_of(field, path), field.choices if field else {}
        if isinstance(value, dict | list):
            return self._find(WRONG_VALUE, "text-expected", path, field=label, kind=KIND_WORDS[type(value)])
        there: tuple[str | Words, ...] = tuple(choice_words(each) for each in [*choices.values()][:MOST_CHOICES])
        there = (*there, "…") if len(choices) > MOST_CHOICES else there
        text = shown(self._raw(path) or value)
        close = nearest(text, choices, {name: (each.label.zh, each.label.en) for name, each in choices.items()})
        if close:
            return self._find(
                WRONG_VALUE, "misspelt-choice", path, field=label, value=text, nearest=close, choices=there
            )
        return self._find(WRONG_VALUE, "unknown-choice", path, field=label, value=text, choices=there)

    def _wrong_date(self, value: str, path: Path, label: Fact) -> Diagnostic:
        parts = _DATE_PARTS.match(value)
        if parts:
            year, month, day = (int(part) for part in parts.groups())
            try:
                right = date(year, month, day).isoformat()
            except ValueError:
                return self._find(WRONG_VALUE, "no-such-date", path, field=label, value=value)
            return self._find(WRONG_VALUE, "date-form", path, field=label, value=value, example=right)
        return self._find(WRONG_VALUE, "date-form", path, field=label, value=value, example="2026-09-10")

    def _wrong_length(self, error: Any, kind: str, path: Path, field: Field | None) -> Diagnostic | None:
        length, limit = len(error.instance), error.kind.limit
        english = str(self.value.get("lang", "")).startswith("en")
        if kind == "maxLength" and english and path[-1:] != ("zh",) and length <= limit * TRANSLATION_ROOM:
            return None
        word = "too-short" if kind == "minLength" else "too-long"
        return self._find(
            WRONG_VALUE, word, path, field=label_of(field, path), length=length, limit=limit, help=help_of(field)
        )

    def _raw(self, path: Path) -> str:
        return self.source.place.at(path).raw if self.source.place else ""

    def _find(self, rule: Rule, word: str, path: Path, *, at_key: bool = False, **facts: Fact) -> Diagnostic:
        severity = severity_at(rule, self.gate) or Severity.HINT
        span = span_of(self.source, path, at_key=at_key)
        location = Location(self.source.file, span)
        return Diagnostic(rule, rule.reason(word), severity, location, facts, self.document, path=path)
