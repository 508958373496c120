"""Every case of every rule: the clean set of documents with one change has exactly the findings that the case names."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdocs.checks import govern
from pmdocs.checks.records import Row, oldest_first
from pmdocs.diagnostics import Diagnostic
from pmdocs.library import Library
from pmdocs.rules import BY_CODE
from rulebook import CASES, GOOD, Case, cases, read, sign_good, site_of, told

ALL = cases()


def test_the_good_set_is_clean(request: pytest.FixtureRequest) -> None:
    """Nothing at all is found in the set that every case starts from; `--update` signs it anew."""
    if request.config.getoption("--update"):
        sign_good()
    assert [(each.code, each.reason.word, each.facts) for each in read(GOOD).findings] == []


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_case_has_exactly_its_findings(case: Case, tmp_path: Path) -> None:
    """A defect triggers its rule and no other; a near-miss triggers none."""
    assert told(case, tmp_path) == (sorted(case.fires), sorted(case.suppressed))


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    """A file of cases bears the code of a rule, and its cases differ in name."""
    assert {path.stem for path in CASES.glob("*")} <= set(BY_CODE)
    assert len({str(case) for case in ALL}) == len(ALL)


def test_there_are_cases_in_plenty() -> None:
    """Of defects and of near-misses there are at least forty each for structure and governance."""
    own = cases("S", "G")
    assert sum(bool(case.fires) for case in own) >= 40
    assert sum(not case.fires for case in own) >= 40


def test_a_placeholder_in_a_block_of_text_is_told_at_its_own_line(tmp_path: Path) -> None:
    """The finding stands where the word stands, not where the field begins; code before it does not count."""
    old = "  5 月曾在首页放“最近看过”，每人只留 10 件，没有减少重复搜索。\n"
    new = "  代码里有 `TBD`，正文里上限 TBD。\n" + old
    found = site_of(Case("D7-S08", "a block", (), text={"PRD-TST-001": (old, new)}, sign=False), tmp_path).findings
    (placeholder,) = [each for each in found if each.code == "D7-S08"]
    lines = (GOOD / "data/prd/PRD-TST-001.yaml").read_text("utf-8").split("\n")
    span = placeholder.location.span
    assert (span.line, span.column, span.end_column) == (lines.index(old.rstrip("\n")) + 1, 20, 23)


DAYS = st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=2, max_size=8, unique=True).map(sorted)


@given(days=DAYS)
def test_a_history_reads_the_same_from_either_end(days: list[date]) -> None:
    """Writers put the newest entry first or last; checks see the oldest first either way."""
    rows = [Row({"version": f"1.{number}"}, day, ("change_history", number)) for number, day in enumerate(days)]
    assert oldest_first(rows) == tuple(rows)
    assert oldest_first(rows[::-1]) == tuple(rows)


@settings(deadline=None)
@given(day=st.dates(date(2026, 9, 1), date(2026, 10, 31)))
def test_a_suppression_holds_to_the_end_of_its_last_day(day: date) -> None:
    """Whatever the day, a finding either counts or is suppressed, and an ended suppression says so: never both, never neither."""
    library, found = suppressed_set()
    counted, aside = govern(found, library, day)
    assert ([each.code for each in counted], len(aside)) == (
        ([], 1) if day <= date(2026, 9, 30) else (["D7-S03", "D7-G13"], 0)
    )


@cache
def suppressed_set() -> tuple[Library, tuple[Diagnostic, ...]]:
    """The clean set without a field, suppressed until the end of September, and the finding as it is before suppressions."""
    entry = {"rule": "D7-S03", "path": "background", "reason": "还在核对", "by": "zhou-min", "until": date(2026, 9, 30)}
    case = Case("D7-S03", "a set", (), {"PRD-TST-001": {"background": None, "lint_ignore": [entry]}})
    with TemporaryDirectory() as folder:
        read = site_of(case, Path(folder))
    return read.library, tuple(each.finding for each in read.suppressed)
