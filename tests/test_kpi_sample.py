"""The sample's figures, complete, and the command that prints them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from kpi import day
from pmdocs.cli import main, shared
from pmdocs.kpi import Slice, Tally, period_of
from pmdocs.site import Site, read_site
from projects import TODAY

ROOT = Path(__file__).resolve().parent.parent
KEYS = (
    "kpi", "period", "slice", "numerator", "denominator", "value", "target", "status", "n", "interval",
    "against_baseline", "pending", "undated", "excluded", "as_of",
)  # fmt: skip


@cache
def sample() -> Site:
    """The sample, read once for all tests."""
    return read_site(ROOT, today=TODAY)


@cache
def tally(as_of: str = "2026-09-18") -> Tally:
    """What the sample's figures are counted from."""
    library = sample().library
    return Tally(library.documents, library.feedback, library.standards, day(as_of))


@pytest.mark.parametrize("as_of", ["2026-07-01", "2026-09-18"])
@pytest.mark.parametrize(
    ("period", "kept", "due", "state", "baseline"),
    [
        ("2026-H1", 19, 20, "pass", 18),
        ("2026-Q1", 8, 8, "pass", 7),
        ("2026-Q2", 11, 12, "fail", 11),
        ("2026-05", 4, 5, "fail", 4),
        ("2026-01", 1, 1, "insufficient", 1),
    ],
)
def test_documents_of_the_sample_were_on_time(  # the columns of a table
    period: str, kept: int, due: int, state: str, baseline: int, as_of: str
) -> None:
    """The half-year is green, its second quarter is not, whenever it is looked at afterwards."""
    asked = period_of(period, day(as_of))
    assert asked
    figure = tally(as_of).on_time(asked).figure
    assert (figure.numerator, figure.denominator, figure.state, figure.baseline) == (kept, due, state, baseline)
    assert (figure.pending, figure.undated) == (0, 0)


@pytest.mark.parametrize(
    ("period", "accurate", "heard", "state", "weighted", "low", "high"),
    [
        ("2026-H1", 59, 64, "pass", 94.5, 83.0, 96.6),
        ("2026-Q1", 27, 28, "pass", 98.2, 82.3, 99.4),
        ("2026-Q2", 32, 36, "fail", 91.7, 74.7, 95.6),
    ],
)
def test_customer_service_called_the_sample_accurate(  # the columns of a table
    period: str, accurate: int, heard: int, state: str, weighted: float, low: float, high: float
) -> None:
    """64 verdicts count, three of them partly and two inaccurate; the second quarter is below the target."""
    asked = period_of(period, day("2026-09-18"))
    assert asked
    rate = tally().accuracy(asked)
    figure = rate.figure
    assert (figure.numerator, figure.denominator, figure.state) == (accurate, heard, state)
    assert rate.weighted
    assert figure.interval
    assert [round(each * 100, 1) for each in (rate.weighted, *figure.interval)] == [weighted, low, high]


def test_what_the_sample_does_not_count_is_named() -> None:
    """A cancelled version, a promise of the next quarter, two older answers, the owner's, a mistaken one and an end user's."""
    half, third = (period_of(name, day("2026-07-01")) for name in ("2026-H1", "2026-Q3"))
    assert half
    assert third
    excluded = tally("2026-07-01").on_time(half).figure.excluded
    assert [(each.document, each.version, each.reason) for each in excluded] == [("MAN-BUY-001", "1.1.0", "cancelled")]
    later = tally("2026-07-01").on_time(third).figure
    assert ("PRD-CHK-001", "1.0.0", "pending") in [
        (each.document, each.version, each.reason) for each in later.excluded
    ]
    assert (later.state, later.pending, later.denominator) == ("n/a", len(later.excluded), 0)
    rate = tally().accuracy(half)
    assert [(each.verdict.feedback_id, each.left) for each in rate.left_out] == [
        ("FB-0065", "older"),
        ("FB-0067", "owner"),
        ("FB-0066", "older"),
        ("FB-0068", "invalid"),
        ("FB-0069", "end-user"),
    ]
    assert (rate.partly, rate.inaccurate, rate.rejected, rate.helpful) == (3, 2, (1, 6), (0, 1))
    assert (len(rate.clean), len(rate.answered), len(rate.published)) == (5, 8, 8)


@pytest.mark.parametrize(
    ("by", "name", "kept", "due", "state"),
    [
        ("product", "trendpick", 19, 20, "pass"),
        ("owner", "lin-xiao", 19, 20, "pass"),
        ("type", "prd", 4, 4, "insufficient"),
        ("type", "feature_spec", 9, 10, "fail"),
        ("type", "user_manual", 6, 6, "pass"),
    ],
)
def test_the_sample_in_parts(by: str, name: str, kept: int, due: int, state: str) -> None:
    """By product, owner and type: four requirements documents are too few to judge."""
    asked = period_of("2026-H1", day("2026-09-18"))
    assert asked
    part = next(each for each in tally().parts(by) if each == Slice(by, name))
    figure = tally().on_time(asked, part).figure
    assert (figure.numerator, figure.denominator, figure.state) == (kept, due, state)


def run(*arguments: str) -> Result:
    """Run `pmdocs kpi` on the sample."""

    def read(_root: Path, as_of: date | None) -> Site:
        return replace(sample(), as_of=as_of or TODAY)

    with patch.object(shared, "read_today", read):
        return CliRunner().invoke(main, ["kpi", "--project", str(ROOT), *arguments], catch_exceptions=False)


def test_programs_read_a_list_of_figures() -> None:
    """Each has the keys that are promised, and no other; the gate is closed by the second quarter."""
    result = run("--period", "2026-H1", "--period", "2026-Q2", "--format", "json", "--gate")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert [(each["kpi"], each["period"], each["status"]) for each in found] == [
        ("d7_doc_on_time", "2026-H1", "pass"),
        ("d7_doc_accuracy", "2026-H1", "pass"),
        ("d7_doc_on_time", "2026-Q2", "fail"),
        ("d7_doc_accuracy", "2026-Q2", "fail"),
    ]
    assert all(tuple(each) == KEYS for each in found)
    assert found[0] == {
        "kpi": "d7_doc_on_time",
        "period": "2026-H1",
        "slice": None,
        "numerator": 19,
        "denominator": 20,
        "value": 0.95,
        "target": 0.95,
        "status": "pass",
        "n": 20,
        "interval": None,
        "against_baseline": {"numerator": 18, "denominator": 20, "value": 0.9},
        "pending": 0,
        "undated": 0,
        "excluded": [{"document": "MAN-BUY-001", "version": "1.1.0", "reason": "cancelled"}],
        "as_of": "2026-09-18",
    }
    assert (found[1]["value"], found[1]["interval"], found[1]["against_baseline"]) == (
        0.921875,
        [0.829805, 0.966169],
        None,
    )


def test_people_read_why_each_document_counts() -> None:
    """The figures, the quarter that a green half-year hides, and each document with its reason, in both languages."""
    told = run("--period", "2026-H1").output
    for line in (
        "按时完成率 · 2026 年上半年 · 截至 2026-09-18",
        "  95.0%（19/20），目标 95%：达标",
        "  注意：2026 年第二季度没有达标：91.7%（11/12）",
        "  对照基线日期 90.0%（18/20）；未到期 0，没有期限 0",
        "    PRD-SHR-001 1.1.0  2026-02-24 完成，比期限 2026-02-27 早 3 天；期限从 2026-02-20 改来",
        "    SPEC-SHR-001 1.1.0  2026-05-20 完成，比期限 2026-05-15 晚 5 天",
        "    MAN-BUY-001 1.1.0  2026-06-08 取消，期限 2026-06-12 还没有过",
        "  92.2%（59/64），目标 90%：达标",
        "  注意：2026 年第二季度没有达标：88.9%（32/36）",
        "    SPEC-SHR-001 1.1.0  准确 1，部分准确 1，不准确 1",
        "    FB-0067 MAN-BUY-001 1.0.1  负责人或作者自己的反馈",
    ):
        assert line in told.split("\n")
    english = run("--period", "2026-H1", "--language", "en").output
    assert "  95.0% (19/20), target 95%: target met" in english.split("\n")
    assert "  Note: 2026 Q2 is below target: 91.7% (11/12)" in english.split("\n")


def test_the_gate_opens_for_what_is_met_and_for_what_cannot_be_judged() -> None:
    """A half-year that passes, a quarter without anything, and parts of which some are too small; no period is the year."""
    assert run("--period", "2026-H1", "--gate").exit_code == 0
    assert run("--period", "2027-Q1", "--gate").exit_code == 0
    assert "没有数据" in run("--period", "2027-Q1").output
    assert run("--period", "2026-Q2").exit_code == 0
    parts = run("--period", "2026-H1", "--by", "type", "--gate", "--format", "json")
    assert parts.exit_code == 1
    assert [each["slice"] for each in json.loads(parts.stdout)][::2] == [
        {"type": "feature_spec"},
        {"type": "prd"},
        {"type": "user_manual"},
    ]
    assert (
        "按时完成率 · 2026 年上半年 · 类型 prd · 截至 2026-09-18" in run("--period", "2026-H1", "--by", "type").output
    )
    assert "2026 年 · 截至 2026-05-16" in run("--as-of", "2026-05-16").output


def test_what_is_no_period_is_wrong_use() -> None:
    """The forms of a period are named."""
    result = run("--period", "Q2")
    assert result.exit_code == 2
    assert "2026-Q2" in result.output
