"""The starter of a type that has none of its own: made from its fields, with their help as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import DocumentType, Field, Standards, localized
from pmdocs.doctype.vocabulary import GATES

TOKENS = frozenset({"id", "title", "product", "version", "owner"})
"""Fields that every document has: the starter holds a token there, which is filled in for each document."""
_TODAY = '"{{today}}"'
_HEAD = Words(
    "# 新的{label}。以“#”开头的行是说明，写完可以删去。\n# 现在是草稿：下面这些栏目就够了。往后还要补的栏目列在文件末尾。\n",
    "# A new {label}. Lines that begin with “#” explain; delete them when you are done.\n"
    "# It is a draft, and the fields below are enough. What is needed later is listed at the end.\n",
)
_LATER = Words("# 状态到“{status}”之前补上：{fields}", "# Before the status is “{status}”, add: {fields}")
_FEW = 6


def escaped(text: str) -> str:
    """Return text as it stands between double quotation marks in YAML, whatever characters it has."""
    inside = json.dumps(text, ensure_ascii=False)[1:-1]
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in inside)


def starter_text(kind: DocumentType, standards: Standards, language: Language) -> str:
    """Return a starter for a draft of `kind`, with tokens such as `{{id}}` to fill in."""
    lines = [_HEAD.in_language(language).format(label=kind.label.in_language(language))]
    for field in kind.fields:
        if field.gate == 0 and not field.derived:
            lines += _entry(field, language, "")
    lines.append("")
    lines += _later(kind, standards, language)
    return "\n".join(lines) + "\n"


def _entry(field: Field, language: Language, indent: str) -> Iterator[str]:
    if note := field.help.in_language(language):
        yield f"{indent}# {note}"
    value = _value(field, language, indent)
    yield f"{indent}{field.name}:{value if value.startswith(chr(10)) else ' ' + value}"


def _value(field: Field, language: Language, indent: str) -> str:
    """Return the value of a field as YAML: on the same line, or, after a line break, below its key."""
    if field.name in TOKENS and (not indent or field.name == "version"):
        return f'"{{{{{field.name}}}}}"'
    if field.kind == "map":
        return "\n" + "\n".join(_inside(field.fields, language, indent + "  "))
    if field.kind in {"items", "list"} and field.fields:
        rows = [*_id_of(field), *_inside(field.fields, language, indent + "    ")]
        first, *more = rows or [f"{indent}    {{}}"]
        return "\n".join(["", f"{indent}  - {first.strip()}", *more])
    if field.kind in {"list", "refs"}:
        return f"[{_scalar(field, field.of or 'text', language)}]"
    return _scalar(field, field.kind, language)


def _inside(fields: Sequence[Field], language: Language, indent: str) -> Iterator[str]:
    """Yield the required fields of a row; where a row's text is that of the first change, it says so."""
    for each in fields:
        if each.gate == 0 and not each.derived and each.required_when is None:
            yield f"{indent}{each.name}:{_on_line(_value(each, language, indent))}"


def _on_line(value: str) -> str:
    return value if value.startswith("\n") else f" {value}"


def _id_of(field: Field) -> Iterator[str]:
    rule = field.id
    if rule is None or rule.style == "ordinal":
        return
    known: Mapping[str, str] = {"prefix": f'"{{{{free:{rule.text}}}}}"', "local": f"{rule.text}-1"}
    yield f"{rule.field}: {known.get(rule.style, 'first')}"


def _scalar(field: Field, kind: str, language: Language) -> str:
    if field.choices:
        return next(iter(field.choices))
    if field.kind in {"ref", "refs"}:
        return '"{{owner}}"' if "person" in field.to else f'"{{{{ref:{field.name}}}}}"'
    if kind == "date":
        return _TODAY
    if kind == "boolean":
        return "true"
    if kind == "number":
        return str(field.example if isinstance(field.example, int | float) else int(field.minimum or 1))
    return _text(field, language)


def _text(field: Field, language: Language) -> str:
    example: Any = field.example
    if isinstance(example, list) and example:
        example = example[0]
    example = localized(example, language)
    said = str(example if example is not None else field.label.in_language(language))
    return f'"{escaped(said)}"'


def _later(kind: DocumentType, standards: Standards, language: Language) -> Iterator[str]:
    joint = "、" if language == "zh" else ", "
    for gate in range(1, len(GATES)):
        status = next((each for each in standards.lifecycle.values() if each.gate == gate), None)
        names = [f"{each.label.in_language(language)} {each.name}" for each in kind.fields if each.gate == gate]
        for start in range(0, len(names) if status else 0, _FEW):
            part = joint.join(names[start : start + _FEW])
            label = status.label.in_language(language) if status else ""
            yield _LATER.in_language(language).format(status=label, fields=part) if start == 0 else f"#   {part}"
