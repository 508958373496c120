"""The parts of a type: the nearest word, merged layers, standards, and the schema that editors and checks share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from pmdocs.diagnostics import Words
from pmdocs.doctype import (
    DocumentType,
    Field,
    build_types,
    compile_type,
    merge_layers,
    nearest,
    read_standards,
    read_words,
)
from pmdocs.doctype.vocabulary import KINDS, ROLES
from pmdocs.gather import shipped_templates
from pmdocs.source import read_text

SHIPPED = shipped_templates()
DEFAULTS = yaml.safe_load((SHIPPED / "_standards" / "defaults.yaml").read_text("utf-8"))
STANDARDS = read_standards(DEFAULTS, None)
SOURCES = {path.parent.name: read_text(path.read_text("utf-8"), file=path.name) for path in SHIPPED.glob("*/type.yaml")}
TYPES = build_types(merge_layers(SOURCES, {}), STANDARDS)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("titel", "title"),
        ("Title", "title"),
        ("ｔｉｔｌｅ", "title"),
        ("“title”", "title"),
        ("due-date", "due_date"),
        ("due date", "due_date"),
        ("dueDate", "due_date"),
        ("标题", "title"),
        ("到期", "due_date"),
        ("Due", "due_date"),
        ("colour", None),
        ("", None),
        ("t", None),
    ],
)
def test_the_nearest_word_is_found(word: str, expected: str | None) -> None:
    """Capitals, full-width letters, quotation marks and joiners do not count; a label stands for its word."""
    assert nearest(word, ("title", "due_date"), {"title": ("标题", "Title"), "due_date": ("到期", "Due")}) == expected


def test_the_first_of_equal_words_is_nearest() -> None:
    """The answer does not depend on chance."""
    assert nearest("REQ-009", ["REQ-001", "REQ-002"]) == nearest("REQ-009", ["REQ-001", "REQ-002"])
    assert nearest("a", []) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"zh": "甲", "en": "a"}, Words("甲", "a")),
        ("甲", Words("甲", "甲")),
        ({"zh": "甲"}, Words("甲", "甲")),
        ({"en": "a"}, Words("a", "a")),
        ({"zh": 5}, Words("其他", "其他")),
        (None, Words("其他", "其他")),
        ([], Words("其他", "其他")),
    ],
)
def test_words_are_read_from_either_form(value: object, expected: Words) -> None:
    """A missing language takes the other's words."""
    assert read_words(value, "其他") == expected


def within(fields: Sequence[Field], path: str = "") -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield f"{path}{field.name}", field
        yield from within(field.fields, f"{path}{field.name}.")


FIELDS = [(f"{kind.name}.{name}", kind, field) for kind in TYPES.values() for name, field in within(kind.fields)]


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES.keys())
def test_a_type_is_a_json_schema(kind: DocumentType) -> None:
    """What editors complete with is a valid schema of the draft it names."""
    schema = compile_type(kind, STANDARDS.gates)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert jsonschema_rs.meta.is_valid(schema)


@pytest.mark.parametrize("kind", TYPES.values(), ids=TYPES.keys())
def test_shipped_fields_speak_both_languages(kind: DocumentType) -> None:
    """Every shipped field has a label, and where it has help that too, in Chinese and English."""
    for name, field in within(kind.fields):
        assert field.kind in KINDS
        assert field.role is None or field.role in ROLES, name
        assert any("\u4e00" <= letter <= "\u9fff" for letter in field.label.zh) or field.label.zh == field.label.en, (
            name
        )
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in field.label.en), name
        assert bool(field.help.zh) == bool(field.help.en), name
        if kind.shared is None:
            assert field.help.zh, name
            assert field.help.zh != field.help.en, name


@pytest.mark.parametrize("kind", [kind for kind in TYPES.values() if kind.shared is None], ids=lambda kind: kind.name)
def test_shipped_types_have_help_and_sections(kind: DocumentType) -> None:
    """A type says what it is for, has an id prefix, and places its fields in sections, each in one."""
    assert kind.help.zh
    assert kind.prefix
    placed = [name for section in kind.sections for name in section.fields]
    assert len(placed) == len(set(placed))
    assert len({section.id for section in kind.sections}) == len(kind.sections)


def test_an_example_is_a_right_value() -> None:
    """What a field shows as an example would be accepted in its place."""
    wrong = []
    for name, kind, field in FIELDS:
        if field.example is not None and not field.derived:
            alone = DocumentType(
                **{**{each: getattr(kind, each) for each in kind.__dataclass_fields__}, "fields": (field,)}
            )
            schema = compile_type(alone, {})
            value = (
                [field.example]
                if field.kind in ("list", "refs") and not isinstance(field.example, list)
                else field.example
            )
            if not jsonschema_rs.Draft202012Validator(schema["properties"][field.name], validate_formats=True).is_valid(
                value
            ):
                wrong.append((name, field.example))
    assert wrong == []


def test_layers_are_merged_from_below(tmp_path: Path) -> None:
    """Mappings are merged, lists and single things replaced, null takes away; the layers keep their places."""
    below = "type: a\nlabel: {zh: 甲, en: A}\nsections: [1]\nfields:\n  x: {is: text, label: {zh: x, en: x}, max_length: 5}\n"
    above = "type: a\nfields:\n  x: {max_length: 9, label: {zh: 新}}\n  y: {is: choice, of: {p: {zh: p, en: p}}}\n"
    layers = [{"a": read_text(text, file=name)} for text, name in ((below, "shipped.yaml"), (above, "own.yaml"))]
    merged = merge_layers(*layers)["a"]
    assert merged.value["fields"]["x"] == {"is": "text", "label": {"zh": "新", "en": "x"}, "max_length": 9}
    assert [layer.file for layer in merged.layers] == ["shipped.yaml", "own.yaml"]
    kind = build_types({"a": merged}, STANDARDS)["a"]
    assert [(field.name, field.kind, field.maximum) for field in kind.fields] == [
        ("x", "text", 9),
        ("y", "choice", None),
    ]


def test_a_circle_of_types_ends() -> None:
    """Two types that extend each other are read all the same."""
    texts = {"a": "type: a\nextends: b\nlabel: {zh: 甲, en: A}\n", "b": "type: b\nextends: a\nlabel: {zh: 乙, en: B}\n"}
    types = build_types(merge_layers({name: read_text(text, file=name) for name, text in texts.items()}, {}), STANDARDS)
    assert [kind.lineage for kind in types.values()] == [("a", "b"), ("b", "a")]


def test_malformed_standards_leave_the_shipped_ones() -> None:
    """Whatever is malformed in a team's standards is left to its validation."""
    malformed: tuple[object, ...] = (
        [],
        5,
        {"lifecycle": "x", "choices": 5, "thresholds": [], "sign_off": {}},
        {"choices": [{"options": 5}, 7]},
    )
    for own in malformed:
        assert read_standards(DEFAULTS, own) == STANDARDS


def test_gates_are_those_of_the_lifecycle() -> None:
    """Each status reaches a gate; what is set aside reaches none."""
    assert STANDARDS.gates == {
        "draft": 0,
        "in_review": 1,
        "approved": 2,
        "published": 3,
        "deprecated": 3,
        "archived": 3,
        "rejected": 0,
        "on_hold": 0,
        "cancelled": 0,
    }
