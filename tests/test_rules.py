"""The catalogue of rules: every rule explained, every reason told in both languages, and every reason shown by a test."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from pmdocs.diagnostics import Diagnostic, Location, Reason, Rule, Severity, Span, Words, sort_key
from pmdocs.doctype import severity_at
from pmdocs.explain import explain
from pmdocs.rules import BY_CODE, RULES
from pmdocs.rules.keys import UNKNOWN_KEY
from pmdocs.rules.names import BROKEN_REFERENCE
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import read_text
from projects import marks
from rulebook import cases

TESTS = Path(__file__).parent
PROJECTS = sorted((TESTS / "fixtures" / "projects").iterdir())
REASONS = [(rule, reason) for rule in RULES for reason in rule.reasons]
REASON_IDS = [f"{rule.code} {reason.word}" for rule, reason in REASONS]


def placeholders(words: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@pytest.mark.parametrize(("rule", "reason"), REASONS, ids=REASON_IDS)
def test_both_languages_tell_the_same_facts(rule: Rule, reason: Reason) -> None:
    """A sentence and its translation use the same placeholders, and neither is empty."""
    for words in (reason.message, reason.hint):
        assert words.zh
        assert words.en
        assert placeholders(words.zh) == placeholders(words.en)
    assert re.search(r"[\u4e00-\u9fff]", reason.message.zh)
    assert not re.search(r"[\u4e00-\u9fff]", reason.message.en + reason.hint.en)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_its_manual(rule: Rule) -> None:
    """A rule says what it asks and why, in both languages, with an example that breaks it and one that keeps it."""
    for words in (rule.title, rule.what, rule.why):
        assert words.zh
        assert words.en
        assert words.zh != words.en
    assert rule.bad != rule.good
    assert rule.bad.endswith("\n")
    assert read_text(rule.good, file="good.yaml").findings == ()
    words_of = [reason.word for reason in rule.reasons]
    assert len(words_of) == len(set(words_of))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", word) for word in words_of)


def test_codes_are_unique() -> None:
    """Each code names one rule."""
    assert len(BY_CODE) == len(RULES)
    assert all(re.fullmatch(r"D7-[A-Z]\d\d", code) for code in BY_CODE)


def test_every_reason_is_shown_by_a_test() -> None:
    """Each code and reason stands in the mark of a fixture or in the table of a test."""
    shown = {mark.finding for project in PROJECTS for mark in marks(project)}
    for path in TESTS.glob("test_*.py"):
        shown |= set(re.findall(r'"(D7-[A-Z]\d\d [a-z0-9-]+)"', path.read_text("utf-8")))
    for case in cases():
        shown |= {with_code(fired, case.rule) for fired in (*case.fires, *case.suppressed)}
    reading = "".join(path.read_text("utf-8") for path in (TESTS / "fixtures" / "source").iterdir())
    reading += (TESTS / "test_source.py").read_text("utf-8")
    shown |= {f"D7-S01 {word}" for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", reading)}
    assert [name for name in REASON_IDS if name not in shown] == []


def with_code(fired: str, rule: str) -> str:
    """Code and reason of a finding as a case writes it: `reason@place`, a severity or another rule's code in front."""
    *before, word = fired.partition("@")[0].split()
    return f"{next((each for each in before if each in BY_CODE), rule)} {word}"


@pytest.mark.parametrize(("rule", "reason"), REASONS, ids=REASON_IDS)
def test_explaining_shows_every_reason(rule: Rule, reason: Reason) -> None:
    """`pmdocs explain` tells each reason with its cure."""
    for language in ("zh", "en"):
        told = explain(rule, language)
        assert f"  {rule.code} {reason.word}\n" in told
        assert reason.message.in_language(language) in told
        assert reason.hint.in_language(language) in told


def test_an_explanation_is_laid_out() -> None:
    """Heads stand at the margin, everything below them is indented."""
    assert explain(UNKNOWN_KEY, "en").split("\n")[:12] == [
        "D7-S02  Unknown key",
        "",
        "What it asks",
        "  Every key in a file has to be a field that its document type declares.",
        "",
        "Why",
        "  A misspelt key does not appear on any page, and what stands below it is lost without anybody noticing.",
        "",
        "Not like this",
        "  titel: 结算单页改造",
        "",
        "Like this",
    ]


def finding(word: str = "wrong-form", *, line: int = 1, **facts: str | Words | tuple[str | Words, ...]) -> Diagnostic:
    """Return a finding of D7-S04."""
    place = Location("a.yaml", Span(line, 1, line, 2))
    return Diagnostic(WRONG_VALUE, WRONG_VALUE.reason(word), Severity.ERROR, place, facts)


def test_facts_are_told_in_the_readers_language() -> None:
    """Words take the language, and lists the comma, of the reader."""
    choices = (Words("小", "small"), "large")
    told = finding("misspelt-choice", field=Words("大小", "Size"), value="lage", nearest="large", choices=choices)
    assert told.message("zh") == "“大小”没有“lage”这个选项"
    assert told.hint("zh") == "是不是想写 large？可选：小、large"
    assert told.message("en") == "“Size” has no choice “lage”"
    assert told.hint("en") == "Did you mean large? Choices: small, large"


def test_braces_in_facts_are_left_alone() -> None:
    """A value with braces is data, not a placeholder."""
    told = finding(field="{key}", value="{0} {value!r} {{", form="{form}")
    assert told.message("en") == "“{key}” is not in the right form: {0} {value!r} {{"
    assert told.hint("en") == "It should be {form}"


def test_findings_sort_by_place_then_by_code() -> None:
    """The order of a report is that of files and lines, not that of checks."""
    here, there = finding(line=2, value="a"), finding(line=10, value="a")
    other = finding(line=2, value="b")
    assert sorted([there, other, here], key=sort_key) == [here, other, there]


def test_an_unknown_reason_is_a_bug() -> None:
    """A reason that the catalogue does not have cannot be told."""
    with pytest.raises(KeyError, match="D7-T01 nothing"):
        BROKEN_REFERENCE.reason("nothing")


@pytest.mark.parametrize(
    ("rule", "grades"),
    [
        (WRONG_VALUE, ["error", "error", "error", "error"]),
        (UNKNOWN_KEY, ["warning", "error", "error", "error"]),
        (BROKEN_REFERENCE, ["warning", "error", "error", "error"]),
    ],
)
def test_how_grave_a_finding_is_depends_on_the_status(rule: Rule, grades: list[str]) -> None:
    """A draft may still hold unknown keys and open references, a document in review may not."""
    assert [str(severity_at(rule, gate)) for gate in range(4)] == grades


def test_a_cure_that_names_the_approve_command_names_all_it_needs() -> None:
    """Who copies the command out of a finding gets a sign-off, and no word about missing options."""
    cures = [cure for rule in RULES for reason in rule.reasons for cure in (reason.hint.zh, reason.hint.en)]
    told = [cure for cure in cures if "pmdocs approve" in cure]
    assert len(told) > 10
    assert not [cure for cure in told if "--role {role_id} --by " not in cure]
