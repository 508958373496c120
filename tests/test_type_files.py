"""Type folders: a new type without Python, a team's changes to a shipped one, and mistakes told at their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

import jsonschema_rs
import pytest

from filled import empty_site
from pmdocs.doctype import DocumentType, Field, compile_type
from pmdocs.doctype.compile import LANGUAGES
from pmdocs.site import Site, print_pages
from projects import document, place_of, places, read, site_of, words

TYPES = Path(__file__).parent / "fixtures" / "projects" / "types"
OWN = "pm_templates/user_manual/type.yaml"


def team(tmp_path: Path, text: str, *, folder: str = "user_manual", files: dict[str, str] | None = None) -> Site:
    """Return a project in which the team says `text` about a type."""
    return site_of(tmp_path, {f"pm_templates/{folder}/type.yaml": dedent(text), **(files or {})})


def labels(kind: DocumentType) -> dict[str, str]:
    return {field.name: field.label.zh for field in kind.fields}


def test_a_folder_is_a_type(tmp_path: Path) -> None:
    """A folder with a type.yaml gives fields, an item kind, an id prefix, choices and a table, and pages of documents."""
    site = read(TYPES)
    kind = site.library.types["recipe"]
    assert (kind.prefix, kind.label.en, kind.shared) == ("RCP", "Recipe", None)
    assert [section.id for section in kind.sections] == ["ingredients", "method", "about", "history"]
    assert {"RCP", "ING"} <= set(site.library.prefixes)
    assert {"ingredient", "cooking_step"} <= set(site.library.item_kinds)
    (soup,) = site.library.of_type(kind)
    assert [(item.kind, item.address) for item in soup.items if item.kind in ("ingredient", "cooking_step")] == [
        ("ingredient", "ING-SOUP-001"),
        ("ingredient", "IGN-SOUP-002"),
        ("cooking_step", "RCP-SOUP-001.step-1"),
        ("cooking_step", "RCP-SOUP-001.step-2"),
    ]
    (backlink,) = site.library.backlinks["ING-SOUP-001"]
    assert (backlink.source.address, backlink.field.inverse and backlink.field.inverse.zh) == (
        "RCP-SOUP-001.step-1",
        "用于",
    )


def test_a_new_type_has_pages(tmp_path: Path) -> None:
    """A document of a new type is printed with its own labels, and listed."""
    site = site_of(
        tmp_path,
        {
            "pm_templates/card/type.yaml": """\
                type: card
                label: {zh: 卡片, en: Card}
                id: {prefix: CARD}
                fields:
                  motto: {is: text, label: {zh: 座右铭, en: Motto}, required_from: draft}
                """,
            "data/card/CARD-AA-001.yaml": document("CARD-AA-001", "motto: 少即是多\n"),
        },
    )
    assert words(site) == []
    pages = {page.uri: page.html for page in print_pages(site, "zh")}
    assert "座右铭" in pages["card/CARD-AA-001.md"]
    assert "少即是多" in pages["card/CARD-AA-001.md"]
    assert "CARD-AA-001" in pages["card/index.md"]


def test_a_team_changes_a_shipped_type() -> None:
    """The team's label, gate, removed and added fields stand; all the rest of the shipped type stays."""
    kind = read(TYPES).library.types["user_manual"]
    assert (kind.label.zh, kind.short.zh, kind.prefix) == ("使用说明", "手册", "MAN")
    overview, faq = kind.field("overview"), kind.field("faq")
    assert overview is not None
    assert (overview.label.en, overview.gate, overview.kind) == ("In short", None, "markdown")
    assert faq is not None
    question = faq.child("question")
    assert question is not None
    assert (question.label.zh, question.kind, question.role) == ("问", "text", "question")
    assert faq.child("answer") is not None
    names = labels(kind)
    assert {"tags", "accessibility"}.isdisjoint(names)
    assert names["shelf"] == "书架"
    assert not any("accessibility" in section.fields for section in kind.sections)


def test_a_removed_field_is_an_unknown_key(tmp_path: Path) -> None:
    """What the team has taken away may not be written, inherited or not; other types keep it."""
    own = "type: prd\nfields: {tags: null, why_now: null}\n"
    for name, kind in (("PRD-TST-001", "prd"), ("SPEC-TST-001", "feature_spec")):
        body = "tags: [a]\n" + ("why_now: x\n" if kind == "prd" else "feature: 支付\nimplements: REQ-TST-001\n")
        site = team(tmp_path / kind, own, folder="prd", files={f"data/{kind}/{name}.yaml": document(name, body)})
        assert [word for word in words(site) if "S02" in word] == ["D7-S02 unknown-key"] * (2 if kind == "prd" else 0)


def test_a_field_named_as_a_keyword_is_overridden_like_any_other(tmp_path: Path) -> None:
    """The envelope's field `id` keeps its kind when the team only gives it another help."""
    site = team(tmp_path, "type: _document\nfields: {id: {help: {zh: 自己的, en: Own}}}\n", folder="_document")
    assert words(site) == []
    field = site.library.types["prd"].field("id")
    assert field is not None
    assert (field.help.zh, field.kind, field.gate) == ("自己的", "text", 0)


def test_a_required_field_of_the_team_is_required(tmp_path: Path) -> None:
    """`required_from` of the team is a gate like any other."""
    own = "type: prd\nfields: {why_now: {required_from: draft}}\n"
    site = team(tmp_path, own, folder="prd", files={"data/prd/PRD-TST-001.yaml": document("PRD-TST-001")})
    assert places(site) == [("D7-S03 missing-field", "data/prd/PRD-TST-001.yaml", 1, 1)]


def test_a_type_may_extend_another(tmp_path: Path) -> None:
    """A lean PRD has all fields of a PRD but those it takes away, and may change nested ones."""
    own = """\
        type: lean_prd
        extends: prd
        label: {zh: 轻量需求, en: Lean PRD}
        id: {prefix: LEAN}
        fields:
          nfrs: null
          milestones: {fields: {name: {label: {zh: 节点名, en: Point}}}}
          risks: {required_from: null}
        """
    site = team(tmp_path, own, folder="lean_prd")
    assert words(site) == []
    kind, prd = (site.library.types[name] for name in ("lean_prd", "prd"))
    assert set(labels(prd)) - set(labels(kind)) == {"nfrs"}
    milestones, risks = kind.field("milestones"), kind.field("risks")
    assert milestones is not None
    assert risks is not None
    assert (milestones.fields[0].name, milestones.fields[0].label.zh) == ("name", "节点名")
    assert risks.gate is None


def test_a_choice_list_can_be_changed(tmp_path: Path) -> None:
    """A team adds an option to a type's list and takes one away."""
    own = "type: prd\nchoices:\n  flow_kind: {image: null, video: {zh: 视频, en: Video}}\n"
    kind = team(tmp_path, own, folder="prd").library.types["prd"]
    flows = kind.field("flows")
    assert flows is not None
    field = flows.child("kind")
    assert field is not None
    assert list(field.choices) == ["mermaid", "video"]


MISTAKES: dict[str, tuple[str, str, int, int, str, str]] = {
    "misspelt kind": (
        "fields:\n  a: {is: txt, label: {zh: 甲, en: A}}",
        "D7-S04 misspelt-choice",
        4,
        11,
        "“is”没有“txt”这个选项",
        "是不是想写 text？可选：text、markdown、choice、number、boolean、date、url、image、ref、refs、"
        "list、map、items、table、digests",
    ),
    "unknown choice list": (
        "fields:\n  a: {is: choice, of: prioriti, label: {zh: 甲, en: A}}",
        "D7-T01 misspelt-name",
        4,
        23,
        "“of”里的“prioriti”不存在",
        "是不是想写 priority？",
    ),
    "unknown target": (
        "fields:\n  a: {is: ref, to: [persn], label: {zh: 甲, en: A}}",
        "D7-T01 misspelt-name",
        4,
        21,
        "“to”里的“persn”不存在",
        "是不是想写 person？",
    ),
    "section of an unknown field": (
        "fields:\n  a: {is: text, label: {zh: 甲, en: A}}\nsections: [{id: s, label: {zh: 一, en: S}, fields: [b]}]",
        "D7-T01 unknown-name",
        5,
        52,
        "“fields”里的“b”不存在",
        "",
    ),
    "missing label": (
        "fields:\n  a: {is: text}",
        "D7-S04 incomplete-type",
        4,
        3,
        "字段“a”没有写 label",
        "补上 label",
    ),
    "label in one language": (
        "fields:\n  a: {is: text, label: {zh: 甲}}",
        "D7-S03 missing-field",
        4,
        17,
        "label缺少“en”（en）",
        "补上 en：英文的说法",
    ),
    "bad regular expression": (
        "fields:\n  a: {is: text, pattern: '[a', label: {zh: 甲, en: A}}",
        "D7-S04 wrong-form",
        4,
        26,
        "“pattern”的写法不对：[a",
        "应为正则表达式",
    ),
    "text for a number": (
        "fields:\n  a: {is: text, max_length: 长, label: {zh: 甲, en: A}}",
        "D7-S04 number-expected",
        4,
        29,
        "“max_length”要写数字，这里是“长”",
        "只写数字，不加引号和单位",
    ),
    "misspelt key": (
        "fields:\n  a: {is: text, lable: x, label: {zh: 甲, en: A}}",
        "D7-S02 misspelt-key",
        4,
        17,
        "“lable”不是a的字段",
        "是不是想写 label（label）？",
    ),
    "key of a label": (
        "fields:\n  a: {is: text, label: {zh: 甲, en: A, fr: B}}",
        "D7-S02 unknown-key",
        4,
        39,
        "“fr”不是label的字段",
        "可用的字段：zh、en",
    ),
}


@pytest.mark.parametrize(("text", "word", "line", "column", "zh", "cure"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_a_type_is_told_at_its_line(
    tmp_path: Path, text: str, word: str, line: int, column: int, zh: str, cure: str
) -> None:
    """Each mistake has one finding, with what was probably meant."""
    head = "type: card\nlabel: {zh: 卡片, en: Card}\n"
    site = team(tmp_path, head + text, folder="card")
    (finding,) = site.findings
    assert place_of(finding) == (word, "pm_templates/card/type.yaml", line, column)
    assert finding.message("zh") == zh
    if cure:
        assert finding.hint("zh") == cure


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "5",
        "type: [prd]",
        "type: user_manual\nfields: 5",
        "type: user_manual\nfields: {faq: 5}",
        "type: user_manual\nfields: {faq: {is: [x]}}",
        "type: user_manual\nfields: {faq: {fields: [a]}}",
        "type: user_manual\nfields: {faq: {id: {local: [x]}}}",
        "type: user_manual\nfields: {overview: {min_length: many, max_length: {}}}",
        "type: user_manual\nfields: {overview: {required_when: {field: [a], is: {b: c}}}}",
        "type: user_manual\nsections: 5",
        "type: user_manual\nsections: [5, {id: [a]}]",
        "type: user_manual\nchoices: [a]",
        "type: user_manual\nextends: [prd]",
        "type: user_manual\nshared: [a]",
        "type: user_manual\nlabel: 手册",
        "type: user_manual\norder: {a: b}",
    ],
)
def test_a_malformed_type_is_a_finding_and_never_a_traceback(tmp_path: Path, text: str) -> None:
    """Whatever a type.yaml holds, it is told, and the rest of the project is checked all the same."""
    files = {"data/user_manual/MAN-TST-001.yaml": document("MAN-TST-001"), "data/prd/x.yaml": "- a\n"}
    site = team(tmp_path, text, files=files)
    assert [place for place in places(site) if place[1] == OWN]
    assert ("D7-S04 not-a-document", "data/prd/x.yaml", 1, 1) in places(site)


def test_a_type_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A syntax error in the team's file leaves the shipped type as it is."""
    site = team(tmp_path, "type: user_manual\nlabel: a: b\n")
    assert places(site) == [("D7-S01 colon-in-value", OWN, 2, 9)]
    assert site.library.types["user_manual"].label.zh == "用户手册"


def test_standards_of_the_team_hold_for_every_type(tmp_path: Path) -> None:
    """Statuses, choice lists and thresholds of data/standards.yaml hold; what it leaves out stays as shipped."""
    standards = """\
        lifecycle:
          - {id: idea, label: {zh: 想法, en: Idea}, gate: draft, next: [live]}
          - {id: live, label: {zh: 上线, en: Live}, gate: published, next: []}
        choices:
          - {id: level, options: [{id: tiny, label: {zh: 极小, en: Tiny}}]}
        thresholds: {on_time_rate: 0.8}
        """
    site = site_of(
        tmp_path,
        {
            "data/standards.yaml": standards,
            "data/prd/PRD-TST-001.yaml": document(
                "PRD-TST-001", "risks: [{id: RISK-1, statement: 甲, impact: tiny, probability: high}]\n", status="idea"
            ),
            "data/prd/PRD-TST-002.yaml": document("PRD-TST-002"),
        },
    )
    assert places(site) == [
        ("D7-S04 unknown-choice", "data/prd/PRD-TST-001.yaml", 1, 63),
        ("D7-S04 unknown-choice", "data/prd/PRD-TST-002.yaml", 5, 9),
    ]
    used = site.library.standards
    assert list(used.lifecycle) == ["idea", "live"]
    assert (used.thresholds["on_time_rate"], used.thresholds["accuracy_rate"]) == (0.8, 0.9)
    assert "P0" in used.choices["priority"]


def test_mistakes_in_standards_are_told(tmp_path: Path) -> None:
    """The file of standards has a schema like any other."""
    text = "lifecycle:\n  - {id: idea, label: {zh: 想法}, gate: drafts}\nthresholds: {on_time_rate: 95}\n"
    assert places(site_of(tmp_path, {"data/standards.yaml": text})) == [
        ("D7-S04 misspelt-choice", "data/standards.yaml", 2, 39),
        ("D7-S04 out-of-range", "data/standards.yaml", 3, 28),
    ]


def leaves(fields: Sequence[Field], path: str = "") -> Iterator[tuple[str, Field]]:
    """Yield each field that a writer gives a value of its own, with its path: none with fields below it, none derived."""
    for field in fields:
        if field.fields:
            yield from leaves(field.fields, f"{path}{field.name}.")
        elif not field.derived:
            yield f"{path}{field.name}", field


def spoken(example: Any, language: str) -> Any:
    """Return an example with its texts in one language; a text has either all languages or none."""
    if isinstance(example, dict):
        if set(example) & set(LANGUAGES):
            assert set(example) == set(LANGUAGES), example
            return {language: example[language]}
        return {name: spoken(value, language) for name, value in example.items()}
    return [spoken(value, language) for value in example] if isinstance(example, list) else example


SHIPPED = empty_site().library.types


@pytest.mark.parametrize("kind", SHIPPED.values(), ids=SHIPPED.keys())
def test_each_shipped_field_shows_what_to_write(kind: DocumentType) -> None:
    """Each field has help in both languages and an example, which would be accepted in its place in either language."""
    wrong = []
    for path, field in leaves(kind.fields):
        if not (field.help.zh and field.help.en) or field.example is None:
            wrong.append((path, field.help, field.example))
            continue
        schema = compile_type(replace(kind, fields=(field,)), {})["properties"][field.name]
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        examples = [spoken(field.example, language) for language in LANGUAGES]
        wrong += [(path, field.help, example) for example in examples if not validator.is_valid(example)]
    assert wrong == []
