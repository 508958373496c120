"""A type.yaml held against the vocabulary: mistakes in it are findings at its own lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmdocs.diagnostics import Diagnostic, Fact, Location, Rule, Severity, Words
from pmdocs.doctype.compile import LIST_ENTRIES
from pmdocs.doctype.load import TypeFile, lineage_of, merge_lineage
from pmdocs.doctype.metaschema import NAME, schema_at, shape_errors
from pmdocs.doctype.nearest import nearest
from pmdocs.doctype.paths import span_of
from pmdocs.doctype.standards import Standards
from pmdocs.doctype.validate import KIND_WORDS
from pmdocs.doctype.vocabulary import OPEN_TARGETS
from pmdocs.rules.keys import MISSING_FIELD, UNKNOWN_KEY
from pmdocs.rules.names import BROKEN_REFERENCE, DUPLICATE_ID
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source

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
    yield from _shared_prefixes(files)


def _shared_prefixes(files: Mapping[str, TypeFile]) -> Iterator[Diagnostic]:
    """Yield each type whose documents would have ids like those of another."""
    seen: dict[str, TypeFile] = {}
    for file in sorted(files.values(), key=lambda each: not each.is_shipped):
        prefix = _mapping(file.value.get("id")).get("prefix")
        if isinstance(prefix, str) and prefix in seen:
            facts: dict[str, Fact] = {"id": prefix, "other": f"{seen[prefix].name}/type.yaml", "free": f"{prefix}X"}
            place = Location(file.layers[-1].file, span_of(file.layers[-1], ("id", "prefix")))
            yield Diagnostic(DUPLICATE_ID, DUPLICATE_ID.reason("duplicate-id"), Severity.ERROR, place, facts)
        elif isinstance(prefix, str):
            seen[prefix] = file


def _shape(source: Source) -> Iterator[Diagnostic]:
    for error in shape_errors(source.value) if source.value is not None else ():
        path: Path = tuple(error.instance_path)
        name = next((part for part in reversed(path) if isinstance(part, str)), "type.yaml")
        if error.kind.name in ("additionalProperties", "propertyNames", "required"):
            yield from _wrong_keys(source, error, path, name)
        else:
            yield _wrong_value(source, error, path, name)


def _wrong_keys(source: Source, error: Any, path: Path, name: str) -> Iterator[Diagnostic]:
    if error.kind.name == "additionalProperties":
        known = tuple(schema_at(error.schema_path[:-1]).get("properties", ()))
        for key in error.kind.unexpected:
            yield _unknown_key(source, (*path, key), name, known)
    elif error.kind.name == "required":
        missing = error.kind.property
        facts: dict[str, Fact] = {"field": missing, "key": missing, "help": _needed(missing), "parent": name}
        yield _found(source, path, MISSING_FIELD, "missing-field", facts, at_key=True)
    else:
        for key in error.instance:
            if not NAME.match(key):
                facts = {"field": name, "value": key, "form": _form("pattern")}
                yield _found(source, (*path, key), WRONG_VALUE, "wrong-form", facts, at_key=True)


def _wrong_value(source: Source, error: Any, path: Path, name: str) -> Diagnostic:
    kind, value = error.kind.name, str(error.instance)[:60]
    if kind == "enum":
        return _wrong_choice(source, path, name, value, [str(each) for each in error.kind.options])
    facts: dict[str, Fact] = {"field": name, "value": value}
    if kind == "type":
        facts["kind"] = KIND_WORDS.get(type(error.instance), Words("别的", "something else"))
        facts["known"] = tuple(schema_at(error.schema_path[:-1]).get("properties", ()))
        word = next(word for wanted, word in _EXPECTED if wanted in error.kind.types)
        return _found(source, path, WRONG_VALUE, word, facts)
    return _found(source, path, WRONG_VALUE, "wrong-form", facts | {"form": _form(kind)})


_EXPECTED = (
    ("object", "map-expected"),
    ("array", "list-expected"),
    ("string", "text-expected"),
    ("boolean", "boolean-expected"),
    ("integer", "number-expected"),
    ("number", "number-expected"),
)
_LANGUAGE_WORDS = {"zh": Words("中文的说法", "the words in Chinese"), "en": Words("英文的说法", "the words in English")}


def _needed(key: str) -> Words:
    return _LANGUAGE_WORDS.get(key, Words("词汇表要求有它", "the vocabulary asks for it"))


def _form(kind: str) -> Words:
    if kind == "format":
        return Words("正则表达式", "a regular expression")
    if kind == "pattern":
        return Words("英文字母和数字组成的名称，如 due_date", "a name of letters and digits, such as due_date")
    return Words("词汇表允许的数", "a number that the vocabulary allows")


def _unknown_key(source: Source, path: Path, parent: str, known: tuple[str, ...]) -> Diagnostic:
    key = str(path[-1])
    facts: dict[str, Fact] = {"key": key, "parent": parent}
    if close := nearest(key, known):
        facts |= {"nearest": close, "label": close}
        return _found(source, path, UNKNOWN_KEY, "misspelt-key", facts, at_key=True)
    return _found(source, path, UNKNOWN_KEY, "unknown-key", facts | {"known": known}, at_key=True)


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
        value, whole = self.file.value, merge_lineage(self.file.name, self.files)
        if value.get("label") is None:
            yield from self._incomplete((), "label")
        if value.get("type", self.file.name) != self.file.name:
            form = Words(f"文件夹的名字 {self.file.name}", f"the name of its folder, {self.file.name}")
            facts: dict[str, Fact] = {"field": "type", "value": str(value["type"]), "form": form}
            yield self._find(("type",), WRONG_VALUE, "wrong-form", facts)
        parent = value.get("extends")
        if parent is not None and parent not in self.files:
            yield self._unknown(("extends",), "extends", parent, sorted(self.files))
        names = _mapping(whole.get("fields"))
        yield from self._sections()
        for index, section in enumerate(value.get("sections") or ()):
            for place, name in enumerate(_strings(_mapping(section).get("fields"))):
                if name not in names:
                    yield self._unknown(("sections", index, "fields", place), "fields", name, _there(names))
        yield from self._fields(_mapping(value.get("fields")), names, ("fields",), above={})

    def _sections(self) -> Iterator[Diagnostic]:
        """Yield each section whose id another one has, here or in a type that this one extends."""
        seen: dict[str, str] = {}
        for name in reversed(list(lineage_of(self.file.name, self.files))):
            for index, section in enumerate(self.files[name].value.get("sections") or ()):
                section_id = str(_mapping(section).get("id"))
                if section_id in seen and name == self.file.name:
                    facts = {"id": section_id, "other": f"{seen[section_id]}/type.yaml", "free": f"{section_id}-2"}
                    yield self._find(("sections", index, "id"), DUPLICATE_ID, "duplicate-id", facts)
                seen[section_id] = name

    def _fields(
        self, fields: Mapping[str, Any], whole: Mapping[str, Any], path: Path, above: Mapping[str, Any]
    ) -> Iterator[Diagnostic]:
        """Yield what is wrong with the fields of this type; `whole` and `above` also hold what it inherits."""
        for name, spec in fields.items():
            if isinstance(spec, dict):
                full = _mapping(whole.get(name))
                if full == spec:
                    yield from self._needs(spec, (*path, name))
                yield from self._names(spec, full, (*path, name), (whole, above))
                inner = _mapping(full.get("fields"))
                yield from self._fields(_mapping(spec.get("fields")), inner, (*path, name, "fields"), whole)

    def _names(
        self,
        spec: Mapping[str, Any],
        full: Mapping[str, Any],
        path: Path,
        around: tuple[Mapping[str, Any], Mapping[str, Any]],
    ) -> Iterator[Diagnostic]:
        siblings, above = around
        kind, of = full.get("is"), spec.get("of")
        known = {"choice": self.lists, "table": self.lists, "list": self.lists | set(LIST_ENTRIES)}.get(str(kind))
        if known is not None and isinstance(of, str) and of not in known:
            yield self._unknown((*path, "of"), "of", of, sorted(known))
        for index, target in enumerate(_strings(spec.get("to"))):
            if target not in self.targets:
                yield self._unknown((*path, "to", index), "to", target, sorted(self.targets))
        other = _mapping(spec.get("required_when")).get("field")
        if other and siblings.get(other) is None:
            yield self._unknown((*path, "required_when", "field"), "field", other, _there(siblings))
        for key in ("rows_from", "columns_from"):
            near = above if full.get("of_column") else siblings
            if spec.get(key) and near.get(spec[key]) is None:
                yield self._unknown((*path, key), key, spec[key], _there(near))

    def _needs(self, spec: Mapping[str, Any], path: Path) -> Iterator[Diagnostic]:
        wanted = {
            "choice": ("of",),
            "ref": ("to",),
            "refs": ("to",),
            "map": ("fields",),
            "items": ("item", "id", "fields"),
            "table": ("columns_from",),
        }
        more = () if spec.get("derived") else wanted.get(str(spec.get("is")), ())
        for key in ("is", "label", *more):
            if spec.get(key) is None:
                yield from self._incomplete(path, key)

    def _incomplete(self, path: Path, missing: str) -> Iterator[Diagnostic]:
        """Yield that something is missing, unless a layer says it and it was malformed: that has a finding already."""
        if not any(_holds(layer.value, (*path, missing)) for layer in self.file.layers):
            name = str(path[-1]) if path else self.file.name
            yield self._find(path, WRONG_VALUE, "incomplete-type", {"key": name, "missing": missing}, at_key=True)

    def _unknown(self, path: Path, field: str, value: str, known: Sequence[str]) -> Diagnostic:
        close = nearest(value, known)
        facts: dict[str, Fact] = {"field": field, "value": value}
        if close:
            return self._find(path, BROKEN_REFERENCE, "misspelt-name", facts | {"nearest": close})
        return self._find(path, BROKEN_REFERENCE, "unknown-name", facts | {"known": tuple(known)})

    def _find(
        self, path: Path, rule: Rule, word: str, facts: Mapping[str, Fact], *, at_key: bool = False
    ) -> Diagnostic:
        layer = next((each for each in reversed(self.file.layers) if _holds(each.value, path)), self.file.layers[-1])
        return _found(layer, path, rule, word, facts, at_key=at_key)


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
    return value is not None


def _there(names: Mapping[str, object]) -> list[str]:
    return [name for name, value in names.items() if value is not None]


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
