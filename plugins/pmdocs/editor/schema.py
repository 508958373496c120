"""The compiled schema of a type with what an editor shows: words, examples, and the ids there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import DocumentType, Field, compile_type, localized
from pmdocs.doctype.metaschema import VOCABULARY_SCHEMA
from pmdocs.doctype.vocabulary import VERSION_PATTERN
from pmdocs.library import Library, Target

DIALECT = "http://json-schema.org/draft-07/schema#"
"""Editors know this draft well; the schemas use nothing that came later."""
TYPE_FILE = "type"
"""The name of the schema of type files."""
MANY = 2000
"""Above this many ids an editor shows no title beside a right one: it would look through all of them each time."""
_GLOBAL = frozenset({"prefix", "code"})
_URL = "^(https?://|mailto:)\\S+$"
_UNKNOWN_ID = Words(
    "没有这个编号或名称；按 Ctrl+空格 查看现有的", "There is no such id or name; Ctrl+Space shows what there is"
)
_UNKNOWN_CHOICE = Words("没有这个选项；按 Ctrl+空格 查看全部", "There is no such choice; Ctrl+Space shows all of them")
_FORMS: Mapping[str, Words] = {
    "text": Words(
        '要写文字；像数字、日期的要加引号，例如 "1.10"',
        'Takes text; write what looks like a number as "1.10"',
    ),
    "number": Words("要写数字", "Takes a number"),
    "boolean": Words("要写 true 或 false", "Takes true or false"),
    "list": Words("要写成列表，每项前面一个“- ”", "Takes a list, each entry behind a dash"),
    "date": Words("要写成 2026-09-10 这样的日期", "Takes a date such as 2026-09-10"),
}
"""What an editor says of a value of the wrong kind."""
_DAY = r"^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))$"
"""A day of the calendar: editors take any two digits for a month or day."""
_EXAMPLE = Words("例：", "Such as: ")

Schema = dict[str, Any]


def editor_schemas(library: Library, language: Language) -> dict[str, Schema]:
    """Return the schema of each type by its name, and that of type files; words are in `language`."""
    schemas = {name: _Writer(library, language).schema(kind) for name, kind in library.types.items()}
    return {**schemas, TYPE_FILE: {**VOCABULARY_SCHEMA, "$schema": DIALECT}}


@dataclass(frozen=True)
class _Writer:
    """Writes the schema of one type; `known` gathers which ids references take, each set once."""

    library: Library
    language: Language
    known: dict[str, Schema] = field(default_factory=dict)

    def say(self, words: Words) -> str:
        return words.in_language(self.language)

    def schema(self, kind: DocumentType) -> Schema:
        schema = compile_type(kind, self.library.standards.gates)
        schema |= {"$schema": DIALECT, "title": self.say(kind.label), "description": self.say(kind.help)}
        self._dress(schema, kind.fields)
        return schema | ({"definitions": self.known} if self.known else {})

    def _dress(self, schema: Schema, fields: Sequence[Field]) -> None:
        """Give the properties of a mapping, and those within them, what an editor shows."""
        for each in fields:
            if not each.derived:
                schema["properties"][each.name] = self._shown(schema["properties"][each.name], each)

    def _shown(self, whole: Schema, each: Field) -> Schema:
        shown = {"title": self.say(each.label), "description": self._description(each)}
        bare = {key: value for key, value in whole.items() if key not in ("title", "description")}
        schema = self._valued(bare["else"] if each.or_reason else bare, each)
        if each.or_reason:
            kinds = [*_listed(schema.get("type", "string")), "object"]
            return shown | {"type": list(dict.fromkeys(kinds)), **bare, "else": schema}
        return shown | schema

    def _valued(self, schema: Schema, each: Field) -> Schema:
        """Return the schema of a field's value with words, choices and ids; what may be left out may be left empty."""
        optional = each.gate is None and each.required_when is None
        if each.kind == "map" or (each.fields and each.kind in ("list", "items")):
            self._dress(schema if each.kind == "map" else schema["items"], each.fields)
        elif each.kind in ("list", "refs"):
            schema["items"] = self._entry(schema["items"], each, each.of or "text")
        elif each.kind != "table":
            schema = self._entry(schema, each, each.kind)
        if each.kind in ("list", "items", "refs"):
            schema["errorMessage"] = self.say(_FORMS["list"])
        if optional and "type" in schema:
            schema["type"] = [*_listed(schema["type"]), "null"]
        elif optional and "anyOf" in schema:
            schema["anyOf"] = [*schema["anyOf"], {"type": "null"}]
        return schema

    def _entry(self, schema: Schema, each: Field, kind: str) -> Schema:
        """Return the schema of a single value."""
        if each.choices:
            labels = {name: self.say(choice.label) for name, choice in each.choices.items()}
            return {"errorMessage": self.say(_UNKNOWN_CHOICE), **self._enumerated(labels)}
        if each.to:
            return self._reference(each)
        if "properties" in schema:
            return self._text(schema, each)
        if kind == "date":
            schema = {**schema, "pattern": _DAY}
        if form := _FORMS.get(kind):
            return {**schema, "errorMessage": self.say(form)}
        return schema

    def _text(self, schema: Schema, each: Field) -> Schema:
        """Return text as one of two things, so that an editor offers the simple one first."""
        limits = {key: value for key, value in schema.items() if key in ("minLength", "maxLength", "pattern")}
        form = {"patternErrorMessage": self.say(each.pattern_label)} if each.pattern_label else {}
        plain = {"type": "string", **limits, **form, "errorMessage": self.say(_FORMS["text"])}
        both = {"type": "object", "properties": schema["properties"], "additionalProperties": False}
        return {"anyOf": [plain, both]}

    def _description(self, each: Field) -> str:
        text, example = self.say(each.help), localized(each.example, self.language)
        if example is None:
            return text
        typed = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)
        return f"{text}\n\n{self.say(_EXAMPLE)}{typed}" if text else f"{self.say(_EXAMPLE)}{typed}"

    def _reference(self, each: Field) -> Schema:
        """Return where the ids stand that a reference takes; they are written once for all fields that take the same."""
        name = "-".join(each.to)
        if name not in self.known:
            self.known[name] = self._ids(each)
        return {"$ref": f"#/definitions/{name}"}

    def _ids(self, each: Field) -> Schema:
        """Return which ids a reference takes: a closed list where all of them are known everywhere, else an open one.

        The pattern says whether an id is there; the single ids behind it let an editor offer all, and tell the title of one.
        """
        titles = dict(self._titles(each))
        if not titles:
            return {"type": "string"}
        singly = [{name: title} for name, title in titles.items()] if len(titles) <= MANY else [titles]
        offered = list(map(self._enumerated, singly))
        if not self._is_closed(each):
            return {"anyOf": [{"type": "string"}, *offered]}
        forms = [_URL] if "url" in each.to else []
        forms += [VERSION_PATTERN] if "version" in each.to else []
        right = "|".join([f"^(?:{'|'.join(map(re.escape, titles))})$", *forms])
        wrong = self.say(_UNKNOWN_ID)
        return {
            "anyOf": [
                {"type": "string", "pattern": right, "patternErrorMessage": wrong, "errorMessage": wrong},
                *offered,
            ]
        }

    def _enumerated(self, titles: Mapping[str, str]) -> Schema:
        labels = list(titles.values())
        return {"enum": list(titles), "enumDescriptions": labels, "markdownEnumDescriptions": list(map(_plain, labels))}

    def _titles(self, each: Field) -> Iterator[tuple[str, str]]:
        for (kind, name), entry in self.library.entries.items():
            if kind in each.to:
                yield name, self.say(entry.title)
        if "role" in each.to:
            for name, choice in self.library.standards.choices.get("review_role", {}).items():
                yield name, self.say(choice.label)
        for document in self.library.documents:
            for target in (Target(document, None), *(Target(document, item) for item in document.items)):
                named = target.kind in each.to or "." not in target.address
                if named and self.library.accepts(each, target):
                    yield target.address, self.say(target.title)

    def _is_closed(self, each: Field) -> bool:
        """Whether everything that the field may lead to has an id known everywhere, so that an unknown one is wrong."""
        kinds = self.library.item_kinds
        local = [name for name in each.to if name in kinds and (rule := kinds[name].id) and rule.style not in _GLOBAL]
        return not local and "item" not in each.to


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#])", r"\\\1", text)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]
