"""What an editor needs to complete and check YAML as pmdocs does: a JSON Schema for each type, and settings that tie them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import DocumentType, Field, compile_type
from pmdocs.doctype.metaschema import VOCABULARY_SCHEMA
from pmdocs.doctype.vocabulary import VERSION_PATTERN
from pmdocs.library import Library, Target
from pmdocs.site import Site
from pmdocs.writing import replace_file

SCHEMA_FOLDER = ".pmdocs/schema"
SETTINGS = ".vscode/settings.json"
DIALECT = "http://json-schema.org/draft-07/schema#"
"""Editors know this draft well; the schemas use nothing that came later."""
MANY = 200
"""Above this many ids an editor shows them as one list, which is faster than one entry each."""
_UNKNOWN = Words(
    "没有这个编号或名称；按 Ctrl+空格 查看现有的", "Nothing has this id or name; Ctrl+Space shows what there is"
)
_GLOBAL = frozenset({"prefix", "code"})
_URL = "^(https?://|mailto:)\\S+$"

Schema = dict[str, Any]


def editor_schemas(site: Site, language: Language) -> dict[str, Schema]:
    """Return the schema of each type by its name, and that of type files as `type`; words are in `language`."""
    library = site.library
    writer = _Writer(library, language)
    schemas = {name: writer.schema(kind) for name, kind in library.types.items()}
    return {**schemas, "type": {**VOCABULARY_SCHEMA, "$schema": DIALECT}}


def folders_of(site: Site) -> dict[str, list[str]]:
    """Return the files that each schema is for, as patterns relative to the project."""
    data, templates = (site.project.relative(path) for path in (site.project.documents, site.project.templates))
    patterns = {
        name: [f"{data}/{kind.shared}.yaml" if kind.shared else f"{data}/{name}/**/*.yaml"]
        for name, kind in site.library.types.items()
    }
    return {**patterns, "type": [f"{templates}/*/type.yaml"]}


def write_schemas(site: Site, language: Language) -> list[Path]:
    """Write the schemas that changed below the project's root and return their paths; those of types that went are removed."""
    folder = site.project.root / SCHEMA_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    schemas = editor_schemas(site, language)
    changed = [path for name, schema in schemas.items() if replace_file(path := folder / f"{name}.json", _json(schema))]
    for path in folder.glob("*.json"):
        if path.stem not in schemas:
            path.unlink()
    return changed


def refresh_schemas(site: Site, language: Language) -> None:
    """Write the schemas anew where the project has them, for ids come and go; not while a file cannot be read."""
    if not site.library.unread and (site.project.root / SCHEMA_FOLDER).is_dir():
        write_schemas(site, language)


def settings_text(old: str | None, site: Site) -> str | None:
    """Return the editor's settings with pmdocs' own in them; None where `old` cannot be read, for it may hold comments."""
    try:
        settings = json.loads(old) if old and old.strip() else {}
    except ValueError:
        return None
    if not isinstance(settings, dict):
        return None
    own = {f"{SCHEMA_FOLDER}/{name}.json": patterns for name, patterns in folders_of(site).items()}
    tied = settings.get("yaml.schemas")
    others = (
        {name: each for name, each in tied.items() if not name.startswith(SCHEMA_FOLDER)}
        if isinstance(tied, dict)
        else {}
    )
    settings["yaml.schemas"] = {**others, **own}
    for key, value in _EDITING.items():
        settings.setdefault(key, value)
    return json.dumps(settings, ensure_ascii=False, indent=2) + "\n"


_EDITING: Mapping[str, Any] = {
    "yaml.yamlVersion": "1.2",
    "yaml.format.enable": False,
    "yaml.schemaStore.enable": False,
    "yaml.customTags": ["!ENV scalar", "!ENV sequence", "!relative scalar"],
    "[yaml]": {
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
        "editor.quickSuggestions": {"strings": True, "other": True},
    },
    "files.eol": "\n",
}
"""Settings that a writer may change: they are set where the editor has none yet."""


def write_settings(site: Site) -> tuple[Path, bool]:
    """Write the settings and return their path, and whether they could be read: if not, they are left as they are."""
    path = site.project.root / SETTINGS
    old = path.read_text("utf-8") if path.is_file() else None
    text = settings_text(old, site)
    if text is not None:
        replace_file(path, text.encode())
    return path, text is not None


def _json(schema: Schema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True)
class _Writer:
    """Writes schemas for one library in one language."""

    library: Library
    language: Language

    def say(self, words: Words) -> str:
        return words.in_language(self.language)

    def schema(self, kind: DocumentType) -> Schema:
        """Return the compiled schema of a type with words, choices and ids."""
        schema = compile_type(kind, self.library.standards.gates)
        schema["$schema"], schema["title"] = DIALECT, self.say(kind.label)
        if help_text := self.say(kind.help):
            schema["description"] = help_text
        self._dress(schema, kind.fields)
        return schema

    def _dress(self, schema: Schema, fields: Sequence[Field]) -> None:
        for field in fields:
            if not field.derived:
                self._field(schema["properties"][field.name], field)

    def _field(self, whole: Schema, field: Field) -> None:
        whole["title"] = self.say(field.label)
        if text := self._description(field):
            whole["description"] = text
        if (example := self._example(field)) is not None:
            whole["examples"] = [example]
        schema = whole["else"] if field.or_reason else whole
        if field.kind in {"map"}:
            self._dress(schema, field.fields)
        elif field.fields:
            self._dress(schema["items"], field.fields)
        elif field.kind in {"list", "refs"}:
            schema["items"] = self._entry(schema["items"], field)
        elif field.kind != "table":
            schema |= self._entry({}, field)
        if field.gate is None and field.required_when is None and "type" in schema:
            schema["type"] = [*_listed(schema["type"]), "null"]

    def _description(self, field: Field) -> str:
        """Return the help; a reference also says what it may lead to."""
        return self.say(field.help)

    def _example(self, field: Field) -> Any:
        example = field.example
        if isinstance(example, dict) and set(example) <= {"zh", "en"}:
            return example.get(self.language) or next(iter(example.values()))
        return example

    def _entry(self, schema: Schema, field: Field) -> Schema:
        """Return what is added to the schema of a single value: words of choices, and ids that there are."""
        if field.choices:
            labels = [f"{self.say(each.label)}" for each in field.choices.values()]
            return {
                **schema,
                "enum": list(field.choices),
                "enumDescriptions": labels,
                "markdownEnumDescriptions": labels,
            }
        return {**schema, **self._references(field)} if field.to else schema

    def _references(self, field: Field) -> Schema:
        """Return which ids a reference takes, each with its title."""
        found = dict(self._titles(field))
        open_forms = [{"type": "string", "pattern": _URL}] if "url" in field.to else []
        open_forms += [{"type": "string", "pattern": VERSION_PATTERN}] if "version" in field.to else []
        if not found:
            return {"anyOf": open_forms} if open_forms and self._is_closed(field) else {}
        ids = (
            _enumerated(found)
            if len(found) > MANY
            else [_enumerated({name: title})[0] for name, title in found.items()]
        )
        if not self._is_closed(field):
            return {"anyOf": [*ids, {"type": "string"}]}
        return {"anyOf": [*ids, *open_forms], "errorMessage": self.say(_UNKNOWN)}

    def _titles(self, field: Field) -> Iterator[tuple[str, str]]:
        for (kind, name), entry in self.library.entries.items():
            if kind in field.to:
                yield name, self.say(entry.title)
        if "role" in field.to:
            for name, choice in self.library.standards.choices.get("review_role", {}).items():
                yield name, self.say(choice.label)
        for document in self.library.documents:
            for target in (Target(document, None), *(Target(document, item) for item in document.items)):
                if self.library.accepts(field, target):
                    yield target.address, self.say(target.title)

    def _is_closed(self, field: Field) -> bool:
        """Whether everything that the field may lead to has an id known everywhere, so that an unknown one is wrong."""
        kinds = self.library.item_kinds
        local = [name for name in field.to if name in kinds and (rule := kinds[name].id) and rule.style not in _GLOBAL]
        return not local and "item" not in field.to


def _enumerated(titles: Mapping[str, str]) -> list[Schema]:
    labels = list(titles.values())
    return [{"enum": list(titles), "enumDescriptions": labels, "markdownEnumDescriptions": list(map(_plain, labels))}]


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#])", r"\\\1", text)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def write_editor_files(site: Site, language: Language) -> bool:
    """Write schemas and settings of a project; whether the settings that were there could be read."""
    write_schemas(site, language)
    return write_settings(site)[1]
