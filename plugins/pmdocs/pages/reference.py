"""The reference that a site carries: a page for each rule, and one for the fields of each type."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pmdocs.addresses import FIELDS_URI, RULES_URI, SUPPRESSIONS_URI, fields_uri, rule_uri
from pmdocs.diagnostics import Rule, Severity, Words
from pmdocs.doctype import DocumentType, Field, Standards, localized
from pmdocs.pages.entry import Entry
from pmdocs.pages.scene import Scene, Setting
from pmdocs.pages.suppressions import groups_of
from pmdocs.report import SEVERITY_WORDS
from pmdocs.rules import RULES

_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "info"}
_LIMITS = {"number": "amounts", "text": "characters", "markdown": "characters"}
_OPEN_TARGETS: Mapping[str, Words] = {
    "document": Words("任何文档", "any document"),
    "item": Words("任何条目", "any item"),
    "url": Words("网址", "an address"),
    "version": Words("版本号", "a version"),
    "role": Words("评审角色", "a review role"),
}
_SHARED_TARGETS: Mapping[str, Words] = {
    "person": Words("人员", "people"),
    "product": Words("产品", "products"),
    "release": Words("版本", "releases"),
    "term": Words("术语", "terms"),
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as the reference shows it; `anchor` is its path in the type, `choices` are values with their labels."""

    anchor: str
    name: str
    label: str
    help: str
    form: str
    required: str
    example: str
    choices: tuple[tuple[str, str], ...]
    reviewers: str = ""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that are shown together under a heading: a section of the type, or the fields of one of its lists."""

    anchor: str
    label: str
    rows: tuple[FieldRow, ...]
    name: str = ""
    note: str = ""
    groups: tuple[FieldGroup, ...] = ()


def reference_entries(setting: Setting) -> Iterator[Entry]:
    """Yield every page of the reference, indexes first."""
    yield from _rules(setting)
    yield from _fields(setting)


def _rules(setting: Setting) -> Iterator[Entry]:
    scene = Scene(setting, RULES_URI)
    rules = [
        {
            "code": rule.code,
            "title": scene.say(rule.title),
            "what": scene.say(rule.what),
            "href": scene.link(rule_uri(rule.code)),
            "grades": _grades(scene, rule, setting.library.standards),
        }
        for rule in RULES
    ]
    context = {"rules": rules, "suppressions": scene.link(SUPPRESSIONS_URI)}
    yield Entry(RULES_URI, "_shared/rules.html.j2", scene.page_word("rules"), context)
    for rule in RULES:
        yield _rule(setting, rule)


def _rule(setting: Setting, rule: Rule) -> Entry:
    scene = Scene(setting, rule_uri(rule.code))
    own = setting.library.standards.rules.get(rule.code)
    context = {
        "rule": rule,
        "shipped": [_grade(scene, severity) for severity in rule.severities],
        "own": _grades(scene, rule, setting.library.standards) if own and not rule.firm else (),
        "by_day": [each for each in rule.reasons if each.by_day or rule.by_day],
        "groups": tuple(groups_of(scene, rule.code)),
        "home": scene.link(RULES_URI),
        "suppressions": scene.link(SUPPRESSIONS_URI),
    }
    title = f"{rule.code} {scene.say(rule.title)}"
    return Entry(scene.uri, "_shared/rule.html.j2", title, context, scene.say(rule.what), listed=False)


@dataclass(frozen=True, slots=True)
class Grade:
    """How grave a rule is in a status: in words, and with the tone of its badge."""

    label: str
    tone: str


def _grades(scene: Scene, rule: Rule, standards: Standards) -> list[Grade]:
    """Return how grave a rule is on this site in a draft, in review, and approved or published."""
    setting = None if rule.firm else standards.rules.get(rule.code)
    shipped = zip((0, 1, 2), rule.severities, strict=True)
    return [_grade(scene, setting.grade(each, gate) if setting and each else each) for gate, each in shipped]


def _grade(scene: Scene, severity: Severity | None) -> Grade:
    if severity is None:
        return Grade(scene.page_word("silent"), "neutral")
    return Grade(scene.say(SEVERITY_WORDS[severity]), _TONES[severity])


def _fields(setting: Setting) -> Iterator[Entry]:
    scene = Scene(setting, FIELDS_URI)
    kinds = tuple(setting.library.types.values())
    types = [
        {
            "label": scene.say(kind.label),
            "help": scene.say(kind.help),
            "href": scene.link(fields_uri(kind)),
            "file": _file_of(kind),
            "count": sum(1 for _ in _all_fields(kind.fields)),
        }
        for kind in sorted(kinds, key=lambda kind: kind.shared is not None)
    ]
    yield Entry(FIELDS_URI, "_shared/types.html.j2", scene.page_word("field_reference"), {"types": types})
    for kind in kinds:
        yield _fields_of(setting, kind)


def _fields_of(setting: Setting, kind: DocumentType) -> Entry:
    scene = Scene(setting, fields_uri(kind))
    label = scene.say(kind.label)
    context = {
        "label": label,
        "help": scene.say(kind.help),
        "file": _file_of(kind),
        "groups": tuple(_Describer(scene, kind).groups()),
        "home": scene.link(FIELDS_URI),
    }
    title = scene.page_word("fields_of", label=label)
    about = scene.say(kind.help)
    return Entry(scene.uri, "_shared/fields.html.j2", title, context, about, listed=False, hide=("navigation",))


def _file_of(kind: DocumentType) -> str:
    if kind.several:
        return f"{kind.shared}/….yaml, .csv"
    return f"{kind.shared}.yaml" if kind.shared else f"{kind.name}/{kind.prefix or ''}-….yaml"


def _all_fields(fields: Sequence[Field]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from _all_fields(each.fields)


@dataclass(frozen=True, slots=True)
class _Describer:
    """Describes the fields of one type for one page."""

    scene: Scene
    kind: DocumentType

    def groups(self) -> Iterator[FieldGroup]:
        """Yield the head of a document, then the sections of its page, then what no section names."""
        named = {name for section in self.kind.sections for name in section.fields}
        head = [each for each in self.kind.fields if each.name not in named]
        label = "about_document" if self.kind.shared is None else "field_reference"
        yield self._group("section-head", self.scene.page_word(label), head)
        for section in self.kind.sections:
            fields = [field for name in section.fields if (field := self.kind.field(name))]
            if fields:
                yield self._group(f"section-{section.id}", self.scene.say(section.label), fields)

    def _group(self, anchor: str, label: str, fields: Sequence[Field], path: str = "", note: str = "") -> FieldGroup:
        rows = tuple(self._row(each, f"{path}{each.name}") for each in fields)
        inner = tuple(self._inside(each, f"{path}{each.name}") for each in fields if each.fields)
        return FieldGroup(anchor, label, rows, path.rstrip("."), note, inner)

    def _inside(self, each: Field, path: str) -> FieldGroup:
        rule = each.id
        forms = {"prefix": "{0}-PAY-001", "local": "{0}-1", "code": "PAY-4021", "pattern": "begin_checkout"}
        form = rule.example or forms.get(rule.style, "").format(rule.text) if rule else ""
        note = self.scene.page_word("items_named", form=f"{rule.field}: {form}") if rule and form else ""
        return self._group(f"fields-of-{path}", self.scene.say(each.label), each.fields, f"{path}.", note)

    def _row(self, each: Field, path: str) -> FieldRow:
        return FieldRow(
            anchor=path,
            name=each.name,
            label=self.scene.say(each.label),
            help=self.scene.say(each.help),
            form=self.scene.page_word("comma").join(self._form(each)),
            required=self._required(each),
            example=self._example(each),
            choices=tuple((name, self.scene.say(choice.label)) for name, choice in each.choices.items()),
            reviewers=self._reviewers(each),
        )

    def _reviewers(self, each: Field) -> str:
        """Return which roles review a field; of a group, the roles of what is in it are told there."""
        if self.kind.shared is not None or each.derived or not each.reviewed_by:
            return ""
        known = self.scene.library.standards.choices.get("review_role", {})
        named = [self.scene.say(known[name].label) if name in known else name for name in each.reviewed_by]
        return self.scene.page_word("reviewed_by", roles=self.scene.page_word("and").join(named))

    def _form(self, each: Field) -> Iterator[str]:
        if each.to:
            targets = self.scene.page_word("and").join(self.scene.say(self._target(name)) for name in each.to)
            yield self.scene.page_word("refers_to", targets=targets)
        else:
            yield self.scene.page_word(f"kind_{each.kind}")
        if each.kind == "refs":
            yield self.scene.page_word("many")
        if limit := self._limit(each):
            yield limit
        if each.or_reason:
            yield self.scene.page_word("or_reason")

    def _target(self, name: str) -> Words:
        library = self.scene.library
        if name in library.item_kinds:
            return library.item_kinds[name].label
        if name in library.types:
            return library.types[name].short
        return _OPEN_TARGETS.get(name) or _SHARED_TARGETS.get(name) or Words(name, name)

    def _limit(self, each: Field) -> str:
        unit = _LIMITS.get(each.kind, "entries")
        low, high = (None if value is None else f"{value:g}" for value in (each.minimum, each.maximum))
        if low and high:
            return self.scene.page_word(unit, low=low, high=high)
        if high:
            return self.scene.page_word(f"at_most_{unit}", high=high)
        return self.scene.page_word(f"at_least_{unit}", low=low) if low else ""

    def _required(self, each: Field) -> str:
        if each.derived:
            return self.scene.page_word("derived")
        if each.required_when:
            name, values = each.required_when
            return self.scene.page_word("required_when", field=name, values=self.scene.page_word("and").join(values))
        if each.gate is None:
            return self.scene.page_word("required_not")
        statuses = self.scene.library.standards.lifecycle.values()
        status = next((status for status in statuses if status.gate == each.gate), None)
        if not each.gate or status is None:
            return self.scene.page_word("required_always")
        return self.scene.page_word("required_from", status=self.scene.say(status.label))

    def _example(self, each: Field) -> str:
        example = localized(each.example, self.scene.setting.language)
        if example is None or isinstance(example, str):
            return example or ""
        return json.dumps(example, ensure_ascii=False)
