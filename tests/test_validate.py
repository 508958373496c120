"""Values against a type: each wrong value has its finding at its place, in words that cure it; right values have none."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import cast

import pytest
import yaml

from pmdocs.diagnostics import Diagnostic
from pmdocs.doctype import Checker, DocumentType, Standards, build_types, merge_layers, read_standards
from pmdocs.document import normalize
from pmdocs.gather import shipped_templates
from pmdocs.source import read_text
from projects import site_of

DEFAULTS = yaml.safe_load((shipped_templates() / "_standards" / "defaults.yaml").read_text("utf-8"))
STANDARDS = read_standards(DEFAULTS, None)


def type_of(fields: str, *, standards: Standards = STANDARDS) -> DocumentType:
    """Return a type that has a status and `fields`, one a line, each with a label after its name."""
    text = "type: card\nlabel: {zh: 卡片, en: Card}\nfields:\n"
    text += "  status: {is: choice, of: status, label: {zh: 状态, en: Status}}\n"
    text += "".join(f"  {line}\n" for line in dedent(fields).strip().split("\n"))
    files = merge_layers({"card": read_text(text, file="type.yaml")}, {})
    return build_types(files, standards)["card"]


def check(fields: str, text: str, *, standards: Standards = STANDARDS) -> list[Diagnostic]:
    """Return what is wrong with a document of a type that has `fields`."""
    kind = type_of(fields, standards=standards)
    source = read_text(dedent(text), file="a.yaml")
    assert not source.findings
    value = normalize(kind.fields, cast("dict[str, object]", source.value))
    return list(Checker.of(kind, standards).findings(source, value, "CARD-A-001"))


def short(findings: list[Diagnostic]) -> list[tuple[str, int, int]]:
    """Return code with reason, line and column of each finding, in the order of the report."""
    told = []
    for finding in findings:
        for language in ("zh", "en"):
            assert finding.message(language)
            assert finding.hint(language)
        assert finding.document == "CARD-A-001"
        span = finding.location.span
        told.append((span.line, span.column, f"{finding.code} {finding.reason.word}"))
    return [(word, line, column) for line, column, word in sorted(told)]


def label(zh: str, en: str) -> str:
    return f"label: {{zh: {zh}, en: {en}}}"


NAME = label("名称", "Name")
TEXT = f"a: {{is: text, {NAME}}}"
SIZES = f"a: {{is: choice, of: {{small: {{zh: 小, en: Small}}, large: {{zh: 大, en: Large}}}}, {NAME}}}"

WRONG: dict[str, tuple[str, str, list[tuple[str, int, int]]]] = {
    "number for text": (TEXT, "a: 1.10", [("D7-S04 unquoted-value", 1, 4)]),
    "truth for text": (TEXT, "a: true", [("D7-S04 unquoted-value", 1, 4)]),
    "number for a translation": (TEXT, "a: {zh: 甲, en: 5}", [("D7-S04 unquoted-value", 1, 16)]),
    "list for text": (TEXT, "a: [甲]", [("D7-S04 text-expected", 1, 4)]),
    "unknown key without a value": (TEXT, "a: 甲\nb:\n", [("D7-S02 unknown-key", 2, 1)]),
    "unknown language": (TEXT, "a: {zh: 甲, fr: 乙}", [("D7-S02 unknown-language", 1, 12)]),
    "text for a number": (f"a: {{is: number, {NAME}}}", "a: 95%", [("D7-S04 number-expected", 1, 4)]),
    "quoted number": (f"a: {{is: number, {NAME}}}", 'a: "95"', [("D7-S04 number-expected", 1, 4)]),
    "truth for a number": (f"a: {{is: number, {NAME}}}", "a: true", [("D7-S04 number-expected", 1, 4)]),
    "too large": (f"a: {{is: number, max: 9, {NAME}}}", "a: 10", [("D7-S04 out-of-range", 1, 4)]),
    "part of a whole": (f"a: {{is: number, integer: true, {NAME}}}", "a: 1.5", [("D7-S04 wrong-form", 1, 4)]),
    "too small": (f"a: {{is: number, min: 0, {NAME}}}", "a: -0.1", [("D7-S04 out-of-range", 1, 4)]),
    "yes for a truth": (f"a: {{is: boolean, {NAME}}}", "a: yes", [("D7-S04 boolean-expected", 1, 4)]),
    "number for a truth": (f"a: {{is: boolean, {NAME}}}", "a: 1", [("D7-S04 boolean-expected", 1, 4)]),
    "no such day": (f"a: {{is: date, {NAME}}}", "a: 2026-02-30", [("D7-S04 no-such-date", 1, 4)]),
    "day with slashes": (f"a: {{is: date, {NAME}}}", "a: 2026/1/5", [("D7-S04 date-form", 1, 4)]),
    "day in Chinese": (f"a: {{is: date, {NAME}}}", "a: 2026年1月5日", [("D7-S04 date-form", 1, 4)]),
    "day and time": (f"a: {{is: date, {NAME}}}", 'a: "2026-01-05 12:00"', [("D7-S04 date-form", 1, 4)]),
    "number for a day": (f"a: {{is: date, {NAME}}}", "a: 20260105", [("D7-S04 unquoted-value", 1, 4)]),
    "address without scheme": (f"a: {{is: url, {NAME}}}", "a: example.com", [("D7-S04 wrong-form", 1, 4)]),
    "address of a script": (f"a: {{is: url, {NAME}}}", 'a: "javascript:x"', [("D7-S04 wrong-form", 1, 4)]),
    "label of a choice": (SIZES, "a: 大", [("D7-S04 misspelt-choice", 1, 4)]),
    "English label of a choice": (SIZES, "a: Large", [("D7-S04 misspelt-choice", 1, 4)]),
    "unknown choice": (SIZES, "a: 巨大", [("D7-S04 unknown-choice", 1, 4)]),
    "two choices": (SIZES, "a: [small, large]", [("D7-S04 text-expected", 1, 4)]),
    "truth for a choice": (SIZES, "a: true", [("D7-S04 unknown-choice", 1, 4)]),
    "map for a list": (f"a: {{is: list, {NAME}}}", "a: {b: c}", [("D7-S04 list-expected", 1, 4)]),
    "number in a list": (f"a: {{is: list, {NAME}}}", "a: [甲, 5]", [("D7-S04 unquoted-value", 1, 8)]),
    "lone number for a list": (f"a: {{is: list, {NAME}}}", "a: 1.2", [("D7-S04 unquoted-value", 1, 4)]),
    "nothing in a list": (f"a: {{is: list, {NAME}}}", "a:\n  - 甲\n  -", [("D7-S04 text-expected", 3, 4)]),
    "too few": (f"a: {{is: list, min_items: 2, {NAME}}}", "a: 甲", [("D7-S04 too-few", 1, 4)]),
    "too many": (f"a: {{is: refs, to: [x], max_items: 1, {NAME}}}", "a: [甲, 乙]", [("D7-S04 too-many", 1, 4)]),
    "too short": (f"a: {{is: text, min_length: 3, {NAME}}}", "a: 甲乙", [("D7-S04 too-short", 1, 4)]),
    "too long": (f"a: {{is: text, max_length: 3, {NAME}}}", "a: 甲乙丙丁", [("D7-S04 too-long", 1, 4)]),
    "Chinese too long": (
        f"a: {{is: text, max_length: 3, {NAME}}}",
        "a: {zh: 甲乙丙丁, en: ab}",
        [("D7-S04 too-long", 1, 9)],
    ),
    "English too long": (
        f"a: {{is: text, max_length: 3, {NAME}}}",
        "a: {zh: 甲, en: abcdefghij}",
        [("D7-S04 too-long", 1, 16)],
    ),
    "wrong pattern": (f"a: {{is: text, pattern: '^x+$', {NAME}}}", "a: xy", [("D7-S04 wrong-form", 1, 4)]),
    "derived": (f"a: {{is: refs, to: [x], derived: true, {NAME}}}", "b: 1\na: 甲", [
        ("D7-S02 unknown-key", 1, 1),
        ("D7-S04 derived-value", 2, 1),
    ]),
    "text for a map": (
        f"a: {{is: map, {NAME}, fields: {{b: {{is: text, {NAME}}}}}}}",
        "a: 甲",
        [("D7-S04 map-expected", 1, 4)],
    ),
    "list for a map": (
        f"a: {{is: map, {NAME}, fields: {{b: {{is: text, {NAME}}}}}}}",
        "a: [甲]",
        [("D7-S04 map-expected", 1, 4)],
    ),
    "unknown key in a map": (
        f"a: {{is: map, {NAME}, fields: {{colour: {{is: text, {NAME}}}}}}}",
        "a: {color: 红}",
        [("D7-S02 misspelt-key", 1, 5)],
    ),
    "a reason that is none": (
        f"a: {{is: number, or_reason: true, {NAME}}}",
        "a: {not_aplicable: 没有}",
        [("D7-S04 number-expected", 1, 4)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "text", "expected"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_value_is_found_at_its_place(fields: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    """Each wrong value has one finding, at the value or, for a key, at the key."""
    assert short(check(fields, text)) == expected


RIGHT = {
    "text": (TEXT, "a: 甲"),
    "translated text": (TEXT, "a: {zh: 甲, en: a}"),
    "text in one language": (TEXT, "a: {en: a}"),
    "block text": (TEXT, "a: |\n  甲\n  乙\n"),
    "quoted version": (TEXT, 'a: "1.10"'),
    "empty value": (f"a: {{is: number, {NAME}}}", "a:"),
    "empty text": (SIZES, 'a: ""'),
    "empty list": (f"a: {{is: number, {NAME}}}", "a: []"),
    "whole number with a point": (f"a: {{is: number, integer: true, {NAME}}}", "a: 2.0"),
    "numbers at the limits": (f"a: {{is: list, of: number, {NAME}}}", "a: [0, -1, 1.5, 1e3]"),
    "leap day": (f"a: {{is: date, {NAME}}}", "a: 2024-02-29"),
    "quoted day": (f"a: {{is: date, {NAME}}}", 'a: "2026-01-05"'),
    "mail address": (f"a: {{is: url, {NAME}}}", "a: mailto:a@example.com"),
    "address in Chinese": (f"a: {{is: url, {NAME}}}", "a: https://例子.example/页面?x=1#y"),
    "lone entry of a list": (f"a: {{is: list, {NAME}}}", "a: 甲"),
    "lone choice of a list": (f"a: {{is: list, of: priority, {NAME}}}", "a: P0"),
    "lone reference": (f"a: {{is: refs, to: [x], {NAME}}}", "a: REQ-A-001"),
    "text at its limit": (f"a: {{is: text, min_length: 2, max_length: 2, {NAME}}}", "a: 𠮷野"),
    "longer English": (f"a: {{is: text, max_length: 3, {NAME}}}", "a: {zh: 甲乙丙, en: abcdefghi}"),
    "a reason": (f"a: {{is: number, or_reason: true, {NAME}}}", "a: {not_applicable: 没有可比的数据}"),
    "a reason for a list": (f"a: {{is: list, min_items: 2, or_reason: true, {NAME}}}", "a: {not_applicable: 没有}"),
    "a list whose choices nobody knows": (f"a: {{is: choice, of: nowhere, {NAME}}}", "a: 甲"),
}


@pytest.mark.parametrize(("fields", "text"), RIGHT.values(), ids=RIGHT.keys())
def test_a_right_value_has_no_finding(fields: str, text: str) -> None:
    """What looks strange and is right stays silent."""
    assert short(check(fields, text)) == []


SENTENCES: dict[str, tuple[str, str, tuple[str, str], tuple[str, str]]] = {
    "version": (
        f"a: {{is: text, {label('文档版本', 'Version')}}}",
        "a: 1.10",
        ("“文档版本”要写文字，这里的 1.10 会被当成数字", '加上引号："1.10"'),
        ("“Version” takes text, and 1.10 is read as a number", 'Put it in quotation marks: "1.10"'),
    ),
    "octal": (TEXT, "a: 0o17", ("“名称”要写文字，这里的 0o17 会被当成数字", '加上引号："0o17"'), (
        "“Name” takes text, and 0o17 is read as a number",
        'Put it in quotation marks: "0o17"',
    )),
    "no such day": (
        f"a: {{is: date, {NAME}}}",
        "a: 2026-02-30",
        ("“名称”写的 2026-02-30 不存在", "核对年、月、日"),
        ("“Name” says 2026-02-30, and there is no such day", "Check year, month and day"),
    ),
    "day with slashes": (
        f"a: {{is: date, {NAME}}}",
        "a: 2026/1/5",
        ("“名称”的日期写法不对：2026/1/5", "写成 年-月-日，各补足位数，例如 2026-01-05"),
        ("“Name” is not written as a date: 2026/1/5", "Write year-month-day in full, such as 2026-01-05"),
    ),
    "choice": (
        SIZES,
        "a: 大",
        ("“名称”没有“大”这个选项", "是不是想写 large？可选：small（小）、large（大）"),
        ("“Name” has no choice “大”", "Did you mean large? Choices: small (Small), large (Large)"),
    ),
    "map for a choice": (
        SIZES,
        "a: {large: true}",
        ("“名称”要写一段文字，这里是几个键", "写成一行文字，或者用 | 另起一段"),
        ("“Name” takes text, and this is a mapping", "Write one line of text, or a block of text after |"),
    ),
    "truth": (
        f"a: {{is: number, {NAME}}}",
        "a: true",
        ("“名称”要写数字，这里是“true”", "只写数字，不加引号和单位"),
        ("“Name” takes a number, and this is “true”", "Write the number alone, without quotation marks or unit"),
    ),
    "part of a whole": (
        f"a: {{is: number, integer: true, {NAME}}}",
        "a: 1.50",
        ("“名称”的写法不对：1.50", "应为整数"),
        ("“Name” is not in the right form: 1.50", "It should be a whole number"),
    ),
    "misspelt key": (
        f"colour: {{is: text, {label('颜色', 'Colour')}}}",
        "color: 红",
        ("“color”不是卡片的字段", "是不是想写 colour（颜色）？"),
        ("“color” is not a field of Card", "Did you mean colour (Colour)?"),
    ),
    "Chinese key": (
        f"colour: {{is: text, {label('颜色', 'Colour')}}}",
        "颜色: 红",
        ("“颜色”不是卡片的字段", "是不是想写 colour（颜色）？"),
        ("“颜色” is not a field of Card", "Did you mean colour (Colour)?"),
    ),
    "missing without help": (
        f"a: {{is: text, required_from: draft, {NAME}}}",
        "status: draft",
        ("卡片缺少“名称”（a）", "补上 a：名称"),
        ("Card lacks “Name” (a)", "Add a: Name"),
    ),
    "missing for a status": (
        f"a: {{is: text, required_from: in_review, {NAME}, help: {{zh: 写清楚。, en: Say it.}}}}",
        "status: published",
        ("状态为“已发布”的文档必须填写“名称”（a）", "补上 a：写清楚。"),
        ("A document with the status “Published” has to fill in “Name” (a)", "Add a: Say it."),
    ),
    "missing because of another": (
        f"b: {{is: text, {label('种类', 'Kind')}}}\na: {{is: text, required_when: {{field: b, is: [x, y]}}, {NAME}}}",
        "b: y",
        ("“种类”为 y 时必须填写“名称”（a）", "补上 a：名称"),
        ("“Name” (a) is required where “Kind” is y", "Add a: Name"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "text", "zh", "en"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_finding_says_what_is_wrong_and_how_to_cure_it(
    fields: str, text: str, zh: tuple[str, str], en: tuple[str, str]
) -> None:
    """Labels, choices and cures are in the reader's language; the value is shown as typed."""
    (finding,) = check(fields, text)
    assert (finding.message("zh"), finding.hint("zh")) == zh
    assert (finding.message("en"), finding.hint("en")) == en


# Gates -----------------------------------------------------------------------------------------------------

STATUSES = ("draft", "in_review", "approved", "published", "deprecated", "rejected", "on_hold")


@pytest.mark.parametrize(
    ("gate", "silent"),
    [
        ("draft", ()),
        ("in_review", ("draft", "rejected", "on_hold")),
        ("approved", ("draft", "in_review", "rejected", "on_hold")),
        ("published", ("draft", "in_review", "approved", "rejected", "on_hold")),
    ],
)
def test_a_field_is_required_from_its_gate_on(gate: str, silent: tuple[str, ...]) -> None:
    """Before its gate an empty field is silent, from it on it is an error; what is set aside counts as a draft."""
    fields = f"a: {{is: text, required_from: {gate}, {NAME}}}"
    for status in STATUSES:
        for text in (f"status: {status}\n", f"status: {status}\na:\n", f"status: {status}\na: {{zh: , en: ''}}\n"):
            findings = check(fields, text)
            assert len(findings) == (0 if status in silent else 1), (status, text)
            assert all(str(finding.severity) == "error" for finding in findings)


def test_an_empty_value_is_missing_at_its_key() -> None:
    """A key without a value is told at that key, a key that is not there at its parent."""
    fields = f"a: {{is: text, required_from: draft, {NAME}}}\nb: {{is: list, required_from: draft, {NAME}}}"
    assert short(check(fields, "status: draft\nb:\n")) == [
        ("D7-S03 missing-field", 1, 1),
        ("D7-S03 missing-field", 2, 1),
    ]


NESTED = f"""
rows: {{is: items, item: row, id: {{local: R}}, {NAME}, fields: {{a: {{is: text, required_from: in_review, {NAME}}}}}}}
box: {{is: map, {NAME}, fields: {{a: {{is: text, required_from: approved, {NAME}}}}}}}
list: {{is: list, or_reason: true, {NAME}, fields: {{a: {{is: text, required_from: in_review, {NAME}}}}}}}
"""
ROWS = "status: {}\nrows:\n  - {{id: R-1}}\n  - {{a: x}}\nbox: {{}}\nlist: {{not_applicable: 没有}}\n"


def test_gates_reach_into_rows_and_maps() -> None:
    """Nested fields have gates of their own; a list that is not applicable has no rows that miss anything."""
    row = ("D7-S03 missing-field", 4, 5)
    assert short(check(NESTED, ROWS.format("draft"))) == [row]
    assert short(check(NESTED, ROWS.format("in_review"))) == [("D7-S03 missing-for-status", 3, 5), row]
    filled = ROWS.format("approved").replace("box: {}", "box: {b: 1}").replace("R-1}", "R-1, a: x}")
    assert short(check(NESTED, filled)) == [
        row,
        ("D7-S03 missing-for-status", 5, 1),
        ("D7-S02 unknown-key", 5, 7),
    ]


def test_an_item_is_named_by_its_id() -> None:
    """A missing field of an item is told with the item's id."""
    (finding,) = check(NESTED.replace("in_review", "draft"), "rows:\n  - {id: R-7}\n")
    assert finding.message("zh") == "R-7缺少“名称”（a）"


def test_another_field_may_require_one() -> None:
    """`required_when` holds with the values named, from the gate named on."""
    when = "required_when: {field: kind, is: high}"
    kind = f"kind: {{is: choice, of: level, {NAME}}}"
    always = f"{kind}\na: {{is: text, {when}, {NAME}}}"
    assert short(check(always, "kind: high")) == [("D7-S03 missing-when", 1, 1)]
    assert short(check(always, "kind: low")) == []
    assert short(check(always, "kind: high\na: x")) == []
    assert short(check(always, "status: draft")) == []
    later = f"{kind}\na: {{is: text, required_from: approved, {when}, {NAME}}}"
    assert short(check(later, "status: in_review\nkind: high")) == []
    assert short(check(later, "status: approved\nkind: high")) == [("D7-S03 missing-when", 1, 1)]


def test_an_unknown_status_counts_as_a_draft() -> None:
    """Where the status is misspelt, nothing is said about gates: first things first."""
    fields = f"a: {{is: text, required_from: in_review, {NAME}}}"
    assert short(check(fields, "status: in_reviw")) == [("D7-S04 misspelt-choice", 1, 9)]


def test_limits_hold_for_an_english_document_in_english() -> None:
    """A document in English may be longer throughout, but not without end."""
    fields = f"lang: {{is: text, {NAME}}}\na: {{is: text, max_length: 3, {NAME}}}"
    assert short(check(fields, "lang: en\na: abcdefghi")) == []
    assert short(check(fields, "lang: en\na: abcdefghij")) == [("D7-S04 too-long", 2, 4)]
    assert short(check(fields, "lang: zh-CN\na: abcdefghi")) == [("D7-S04 too-long", 2, 4)]


def test_a_team_has_its_own_lifecycle_and_choices() -> None:
    """Statuses and choice lists of standards.yaml replace the shipped ones, gates and all."""
    own = {
        "lifecycle": [
            {"id": "idea", "label": {"zh": "想法", "en": "Idea"}, "gate": "draft"},
            {"id": "live", "label": {"zh": "上线", "en": "Live"}, "gate": "in_review"},
        ],
        "choices": [{"id": "priority", "options": [{"id": "must", "label": {"zh": "必须", "en": "Must"}}]}],
    }
    standards = read_standards(DEFAULTS, own)
    fields = f"a: {{is: text, required_from: in_review, {NAME}}}\np: {{is: choice, of: priority, {NAME}}}"
    assert short(check(fields, "status: idea\np: must", standards=standards)) == []
    assert short(check(fields, "status: live\np: P0", standards=standards)) == [
        ("D7-S03 missing-for-status", 1, 1),
        ("D7-S04 unknown-choice", 2, 4),
    ]
    assert short(check(fields, "status: draft", standards=standards)) == [("D7-S04 unknown-choice", 1, 9)]


def test_a_file_with_a_syntax_error_tells_its_other_defects(tmp_path: Path) -> None:
    """Beside what keeps a file from being read, its sound lines are checked in the same run; nothing is called missing."""
    body = "background：用输入法打的冒号\nversion: 1.10\nstatus: publishd\ndue_date: 2026-02-30\nownr: lin-xiao\n"
    site = site_of(tmp_path, {"data/prd/PRD-TRY-001.yaml": body})
    assert [(each.code, each.reason.word, each.location.span.line) for each in site.findings] == [
        ("D7-S01", "fullwidth-colon", 1),
        ("D7-S04", "unquoted-value", 2),
        ("D7-S04", "misspelt-choice", 3),
        ("D7-S04", "no-such-date", 4),
        ("D7-S02", "misspelt-key", 5),
    ]
