"""Reports: text with carets for people, JSON for machines, annotations for GitHub."""

from __future__ import annotations

import json

import pytest

from pmdocs.diagnostics import Diagnostic, Facts, Language, Location, Severity, Span, Words
from pmdocs.report import as_github, as_json, as_text, printed, summary
from pmdocs.rules.names import BROKEN_REFERENCE
from pmdocs.rules.values import WRONG_VALUE

TITLE = "title: 结算 page，第一版。"
LINES = {"data/prd/A.yaml": ["id: PRD-A-001", TITLE, "\tversion: 1.10", "x" * 300 + "错" + "y" * 300, ""]}


def line_of(file: str, number: int) -> str | None:
    lines = LINES.get(file, [])
    return lines[number - 1] if number <= len(lines) else None


def wrong(span: tuple[int, int, int, int], *, severity: Severity = Severity.ERROR, value: str = "甲") -> Diagnostic:
    """Return a finding of D7-S04 in the file."""
    facts: Facts = {"field": Words("标题", "Title"), "value": value, "form": Words("别的写法", "different")}
    place = Location("data/prd/A.yaml", Span(*span))
    return Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("wrong-form"), severity, place, facts, "PRD-A-001")


def text_of(*findings: Diagnostic, language: Language = "zh") -> str:
    return printed(as_text(findings, language, line_of), colour=False)


def test_a_caret_stands_under_the_value() -> None:
    """Wide characters count two cells, so that the carets stand where the value is shown."""
    assert text_of(wrong((2, 8, 2, 18), value="结算 page，第一")) == (
        "data/prd/A.yaml:2:8: 错误 D7-S04 wrong-form\n"
        "  “标题”的写法不对：结算 page，第一\n"
        "  2 | title: 结算 page，第一版。\n"
        "    |        ^^^^^^^^^^^^^^^\n"
        "  → 应为别的写法\n"
        "\n"
        "共 1 个错误。"
    )
    assert text_of(wrong((2, 16, 2, 17)), language="en") == (
        "data/prd/A.yaml:2:16: error D7-S04 wrong-form\n"
        "  “Title” is not in the right form: 甲\n"
        "  2 | title: 结算 page，第一版。\n"
        "    |                   ^^\n"
        "  → It should be different\n"
        "\n"
        "1 error."
    )


@pytest.mark.parametrize(
    ("span", "line", "carets"),
    [
        ((1, 1, 1, 1), "id: PRD-A-001", "^"),
        ((1, 5, 3, 2), "id: PRD-A-001", "    ^^^^^^^^^"),
        ((1, 14, 1, 15), "id: PRD-A-001", "             ^"),
        ((3, 2, 3, 9), " version: 1.10", " ^^^^^^^"),
        ((4, 301, 4, 302), "x" * 80 + "错" + "y" * 79, " " * 80 + "^^"),
    ],
    ids=["empty span", "over several lines", "behind the end", "behind a tab", "in a long line"],
)
def test_the_excerpt_shows_one_line(span: tuple[int, int, int, int], line: str, carets: str) -> None:
    """A span over several lines is marked to the end of its first, a long line is cut around it."""
    shown = text_of(wrong(span)).split("\n")
    assert shown[2] == f"  {span[0]} | {line}"
    assert shown[3] == f"    | {carets}"


@pytest.mark.parametrize("span", [(5, 1, 5, 1), (99, 1, 99, 2)], ids=["empty line", "no such line"])
def test_a_line_that_is_not_there_is_not_shown(span: tuple[int, int, int, int]) -> None:
    """Without a line there is the sentence and its cure alone."""
    assert text_of(wrong(span)).split("\n")[1:3] == ["  “标题”的写法不对：甲", "  → 应为别的写法"]


def test_colours_change_nothing_but_colours() -> None:
    """With colours there are escape codes, without there are none, and lines are never wrapped."""
    text = as_text([wrong((2, 8, 2, 18), value="长" * 500)], "zh", line_of)
    plain, coloured = printed(text, colour=False), printed(text, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert "长" * 500 in plain


def test_markup_in_a_value_is_text() -> None:
    """Square brackets and emoji codes of a value are shown as typed."""
    assert "[bold red]:smile:[/]" in text_of(wrong((1, 1, 1, 2), value="[bold red]:smile:[/]"))


def test_a_terminal_obeys_no_value() -> None:
    """Control characters of a line or a value are shown as blanks."""
    told = printed(
        as_text([wrong((1, 1, 1, 2), value="\x1b[31m\x07红")], "zh", lambda *_: "\x1b]0;x\x07 y"), colour=False
    )
    assert "不对： [31m 红\n  1 |  ]0;x  y\n" in told
    assert not set(told) & {"\x1b", "\x07"}


@pytest.mark.parametrize(
    ("severities", "zh", "en"),
    [
        ("", "没有发现问题。", "No findings."),
        ("e", "共 1 个错误。", "1 error."),
        ("eewh", "共 2 个错误，1 个警告，1 个提示。", "2 errors, 1 warning, 1 hint."),
        ("ww", "共 2 个警告。", "2 warnings."),
    ],
)
def test_the_summary_counts(severities: str, zh: str, en: str) -> None:
    """The last line counts each severity, gravest first."""
    named = {"e": Severity.ERROR, "w": Severity.WARNING, "h": Severity.HINT}
    findings = [wrong((1, 1, 1, 2), severity=named[each]) for each in severities]
    assert summary(findings, "zh") == zh
    assert summary(findings, "en") == en


def test_json_holds_every_fact_in_a_fixed_order() -> None:
    """The keys are those of the documentation, in its order; Chinese is not escaped."""
    place = Location("data/prd/A.yaml", Span(2, 8, 2, 18))
    facts: Facts = {"value": "REQ-A-009", "nearest": "REQ-A-001", "title": Words("总额", "Total")}
    finding = Diagnostic(
        BROKEN_REFERENCE,
        BROKEN_REFERENCE.reason("misspelt-id"),
        Severity.WARNING,
        place,
        facts,
        "PRD-A-001",
        "REQ-A-002.AC-1",
    )
    told = as_json([finding, wrong((3, 1, 3, 2))], "zh")
    assert "是不是想写 REQ-A-001（总额）？" in told
    first, second = json.loads(told)
    assert list(first.items()) == [
        ("code", "D7-T01"),
        ("reason", "misspelt-id"),
        ("severity", "warning"),
        ("file", "data/prd/A.yaml"),
        ("line", 2),
        ("column", 8),
        ("end_line", 2),
        ("end_column", 18),
        ("message", "REQ-A-009 不存在"),
        ("hint", "是不是想写 REQ-A-001（总额）？"),
        ("document", "PRD-A-001"),
        ("item", "REQ-A-002.AC-1"),
        ("path", ""),
        ("by_day", False),
        ("suppressed", None),
    ]
    assert list(second) == list(first)
    assert second["item"] is None
    assert as_json([], "zh") == "[]"


def test_github_annotations_are_escaped() -> None:
    """Line ends, per cents, commas and colons of a value cannot end a workflow command or begin another."""
    told = as_github([wrong((2, 8, 2, 18), value="50%\r\n::error::x")], "en")
    assert told == (
        "::error file=data/prd/A.yaml,line=2,endLine=2,col=8,endColumn=17,title=D7-S04 wrong-form"
        "::“Title” is not in the right form: 50%25%0D%0A::error::x%0AIt should be different"
    )
    assert "\n" not in told


@pytest.mark.parametrize(
    ("severity", "word"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.HINT, "notice")]
)
def test_github_has_words_of_its_own_for_severities(severity: Severity, word: str) -> None:
    """A hint is a notice; a span over several lines has no end column, an empty one ends where it begins."""
    told = as_github([wrong((2, 8, 3, 1), severity=severity), wrong((1, 1, 1, 1), severity=severity)], "zh").split("\n")
    assert told[0].startswith(f"::{word} file=data/prd/A.yaml,line=2,endLine=3,col=8,title=")
    assert told[1].startswith(f"::{word} file=data/prd/A.yaml,line=1,endLine=1,col=1,endColumn=1,title=")


def test_a_file_name_with_commas_is_escaped() -> None:
    """A file's name is a property, where commas and colons count too."""
    place = Location("data/a,b:c%.yaml", Span(1, 1, 1, 2))
    finding = Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("not-a-document"), Severity.ERROR, place)
    assert "file=data/a%2Cb%3Ac%25.yaml," in as_github([finding], "zh")
