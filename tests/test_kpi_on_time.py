"""The on-time rate: every edge case of its table, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi import cases, day, document, shipped, standards
from pmdocs.doctype import read_standards
from pmdocs.doctype.standards import RateRules
from pmdocs.kpi import OnTime, Proof, Tally, period_of
from pmdocs.kpi.words import verdict_on, why

CASES = cases("on_time")


def judged(case: dict[str, Any]) -> tuple[Tally, OnTime]:
    """The tally of a case and the rate of its period."""
    as_of = day(case.get("as_of", "2026-07-01"))
    found = Tally([document(**case["document"])], (), standards(**case.get("standards", {})), as_of)
    period = period_of(case.get("period", "2026-Q2"), as_of)
    assert period
    return found, found.on_time(period)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_case_of_the_table_comes_out_as_counted_by_hand(case: dict[str, Any]) -> None:
    """A promise comes out as the table says, and so do the figures it makes."""
    tally, rate = judged(case)
    of = case.get("of", case["document"].get("version", "1.0.0"))
    ruling = next(each for each in tally.rulings if each.commitment.version == of)
    assert (ruling.outcome, ruling.fault) == (case["outcome"], case.get("fault", ""))
    figure = rate.figure
    assert f"{figure.numerator}/{figure.denominator}" == case["rate"]
    assert f"{figure.baseline}/{figure.denominator}" == case.get("baseline", "0/0")
    assert (figure.pending, figure.undated) == (int(case.get("pending", 0)), int(case.get("undated", 0)))
    if "days_late" in case:
        assert ruling.days_late == int(case["days_late"])
    if "excluded" in case:
        assert [[each.version, each.reason] for each in figure.excluded] == case["excluded"]


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "complete the day before it is due",
            "2026-05-14 完成，比期限 2026-05-15 早 1 天",
            "complete on 2026-05-14, 1 day before 2026-05-15",
        ),
        (
            "complete on the day it is due",
            "2026-05-15 完成，正是期限当天",
            "complete on 2026-05-15, the day it was due",
        ),
        (
            "moved by the owner",
            "2026-05-20 完成，比期限 2026-05-15 晚 5 天；改期没有负责人以外的人批准，按基线日期算",
            "complete on 2026-05-20, 5 days after 2026-05-15; nobody but the owner approved the move, so the first date counts",
        ),
        (
            "moved in time, by somebody else, with a reason",
            "2026-05-20 完成，比期限 2026-05-22 早 2 天；期限从 2026-05-15 改来",
            "complete on 2026-05-20, 2 days before 2026-05-22; the date was moved from 2026-05-15",
        ),
        (
            "cancelled on the day it was due",
            "2026-05-15 取消，期限 2026-05-15 还没有过",
            "cancelled on 2026-05-15, no later than it was due (2026-05-15)",
        ),
        (
            "cancelled after it was due",
            "2026-05-16 取消，但期限 2026-05-15 已过",
            "cancelled on 2026-05-16, after it was due on 2026-05-15",
        ),
        (
            "on hold, the clock goes on",
            "期限 2026-05-15 已过 47 天，还没有完成；已搁置；搁置不停表，要延期就记录改期",
            "due on 2026-05-15, 47 days ago, and not complete; on hold; the clock goes on unless the date is moved",
        ),
        ("without a due date", "没有计划完成日期", "without a due date"),
        (
            "due later in the period",
            "期限 2026-06-20 还没有到",
            "due on 2026-06-20, which is still to come",
        ),
        (
            "pulled back after 7 days, and published again",
            "2026-05-25 完成，比期限 2026-05-15 晚 10 天；发布后 7 天内撤回过，那次不算",
            "complete on 2026-05-25, 10 days after 2026-05-15; published and pulled back within 7 days, which does not count",
        ),
    ],
)
def test_each_promise_says_why(name: str, zh: str, en: str) -> None:
    """What became of it and what was left aside, in both languages."""
    tally, _ = judged(next(case for case in CASES if case["name"] == name))
    (ruling,) = tally.rulings
    told = why(ruling)
    assert (told.zh, told.en) == (zh, en)
    assert "{" not in verdict_on(ruling).zh + verdict_on(ruling).en


def test_the_table_names_each_case_once() -> None:
    """No case is hidden by another of the same name."""
    assert len({case["name"] for case in CASES}) == len(CASES) > 40


@pytest.mark.parametrize(
    ("kept", "late", "state"),
    [
        (0, 0, "n/a"),
        (4, 0, "insufficient"),
        (3, 1, "insufficient"),
        (5, 0, "pass"),
        (4, 1, "fail"),
        (18, 1, "fail"),
        (19, 1, "pass"),
        (37, 2, "fail"),
        (38, 2, "pass"),
    ],
)
def test_the_target_is_met_exactly(kept: int, late: int, state: str) -> None:
    """19 of 20 is 95 %, 18 of 19 is not, four are too few, and nothing is never green."""
    documents = [
        document(
            f"NOTE-TRY-{number:03}",
            due_date="2026-05-15",
            published_date="2026-05-16" if number < late else "2026-05-15",
        )
        for number in range(kept + late)
    ]
    as_of = day("2026-07-01")
    period = period_of("2026-Q2", as_of)
    assert period
    figure = Tally(documents, (), standards(), as_of).on_time(period).figure
    assert (figure.numerator, figure.denominator, figure.state) == (kept, kept + late, state)
    assert (figure.value is None) == (kept + late == 0)
    assert figure.interval is None


@pytest.mark.parametrize("wrong", ["high", None, True, float("nan"), [0.95], {"at_least": 0.95}])
def test_a_target_that_is_no_number_leaves_the_shipped_one(wrong: object) -> None:
    """The mistake is a finding of its own; figures are counted against 95 % all the same."""
    found = read_standards(shipped(), {"thresholds": {"on_time_rate": wrong, "on_time_minimum": 1}, "on_time": wrong})
    assert (found.thresholds["on_time_rate"], found.thresholds["on_time_minimum"]) == (0.95, 1)
    assert found.rates == RateRules()


PAIR = {"due_date": "2026-05-15", "published_date": "2026-05-14"}


def test_an_original_and_its_translation_are_one_promise() -> None:
    """A translation of the same version counts with its original, alone where the original promises no such version."""
    original = document("NOTE-TRY-001", **PAIR)
    late = {**PAIR, "published_date": "2026-05-20", "translation_of": "NOTE-TRY-001"}
    same = document("NOTE-TRY-002", lang="en", **late)
    newer = document("NOTE-TRY-003", lang="en", **{**late, "version": "1.1.0"})
    as_of = day("2026-07-01")
    period = period_of("2026-Q2", as_of)
    assert period

    def rate(*documents: Any, **rates: Any) -> tuple[int, int]:
        figure = Tally(documents, (), standards(**rates), as_of).on_time(period).figure
        return figure.numerator, figure.denominator

    assert rate(original, same) == (1, 1)
    assert rate(original, newer) == (1, 2)
    assert rate(same) == (0, 1)
    assert rate(original, same, commit_per_lang=True) == (1, 2)


def test_what_is_beside_the_rate() -> None:
    """Median of days late, how many by more than a week, and how often due dates were moved."""
    moved = [
        {"from": "2026-05-10", "to": "2026-05-15", "date": "2026-05-09", "approved_by": "han-li", "reason": "放假"}
    ]
    published = ["2026-05-15", "2026-05-17", "2026-05-22", "2026-05-23"]  # 0, 2, 7 and 8 days late
    documents = [
        document(
            f"NOTE-TRY-{number:03}",
            due_date="2026-05-15",
            published_date=each,
            due_date_changes=moved if number < 2 else [],
        )
        for number, each in enumerate(published)
    ]
    as_of = day("2026-07-01")
    period = period_of("2026-Q2", as_of)
    assert period
    rate = Tally(documents, (), standards(), as_of).on_time(period)
    assert (rate.median_days_late, rate.very_late, rate.moves_per_commitment) == (7.0, 1, 0.5)


@pytest.mark.parametrize(
    ("written", "committed", "outcome"),
    [
        ("2026-05-14", "2026-05-14", "on-time"),
        ("2026-05-14", "2026-05-18", "late"),  # back-dated
        ("2026-05-20", "2026-05-15", "on-time"),  # dated ahead: the commit decides
        ("2026-05-14", None, "open"),  # in no commit at all
        ("2026-04-30", "2026-05-01", "unverifiable"),  # before there was a repository
        (None, None, "open"),
    ],
)
def test_the_history_in_git_decides_where_it_is_believed(
    written: str | None, committed: str | None, outcome: str
) -> None:
    """The first commit that holds a published version decides; what is older than the repository cannot be verified."""
    said = {"published_date": written} if written else {"status": "in_review"}
    found = document(due_date="2026-05-15", **said)
    commits = {("NOTE-TRY-001", "1.0.0"): day(committed)} if committed else {}
    as_of = day("2026-07-01")
    tally = Tally([found], (), standards(), as_of, Proof(day("2026-05-01"), commits))
    assert [each.outcome for each in tally.rulings] == [outcome]
    period = period_of("2026-Q2", as_of)
    assert period
    rate = tally.on_time(period)
    assert rate.figure.denominator == (outcome != "unverifiable")
    assert [each.reason for each in rate.figure.excluded] == (["unverifiable"] if outcome == "unverifiable" else [])


@pytest.mark.parametrize(
    ("name", "first", "last", "quarters"),
    [
        ("2026", "2026-01-01", "2026-12-31", 4),
        ("2026-H1", "2026-01-01", "2026-06-30", 2),
        ("2026-H2", "2026-07-01", "2026-12-31", 2),
        ("2026-Q2", "2026-04-01", "2026-06-30", 0),
        ("2026-Q4", "2026-10-01", "2026-12-31", 0),
        ("2028-02", "2028-02-01", "2028-02-29", 0),
        ("rolling-90d", "2026-06-21", "2026-09-18", 0),
        ("rolling-365d", "2025-09-19", "2026-09-18", 0),
    ],
)
def test_a_period_is_named_by_year_half_quarter_month_or_days(name: str, first: str, last: str, quarters: int) -> None:
    """A name means the days from its first to its last, both counted."""
    period = period_of(name, day("2026-09-18"))
    assert period
    assert (period.first, period.last, len(period.quarters)) == (day(first), day(last), quarters)


@pytest.mark.parametrize(
    "name", ["", "2026-Q5", "2026-H3", "2026-13", "26-Q1", "2026Q1", "rolling-0d", "rolling-90", "Q2"]
)
def test_what_is_no_period_is_none(name: str) -> None:
    """Nothing is guessed."""
    assert period_of(name, day("2026-09-18")) is None


days = st.dates(min_value=day("2026-01-01"), max_value=day("2026-12-31")).map(str)
promises = st.lists(st.tuples(days, st.one_of(st.none(), days)), max_size=12)


@given(promises, days)
def test_quarters_add_up_to_their_year(made: list[tuple[str, str | None]], as_of: str) -> None:
    """Each promise is of one quarter, whatever became of it, and is counted or left out there."""
    documents = [
        document(f"NOTE-TRY-{number:03}", due_date=due, **({"published_date": out} if out else {"status": "draft"}))
        for number, (due, out) in enumerate(made)
    ]
    tally = Tally(documents, (), standards(), day(as_of))
    year = period_of("2026", day(as_of))
    assert year
    whole, parts = tally.on_time(year), [tally.on_time(each) for each in year.quarters]
    assert whole.figure.numerator == sum(each.figure.numerator for each in parts)
    assert whole.figure.denominator == sum(each.figure.denominator for each in parts)
    assert len(whole.counted) + len(whole.left_out) == len(made)
    assert whole.figure.pending == sum(each.figure.pending for each in parts)


@given(promises, days)
def test_what_happens_later_changes_nothing_before(made: list[tuple[str, str | None]], as_of: str) -> None:
    """On a day, a document published later looks just like one that is not published."""
    later = [(due, out) for due, out in made if out is None or out > as_of]

    def outcomes(*, told: bool) -> list[str]:
        documents = [
            document(
                f"NOTE-TRY-{number:03}",
                due_date=due,
                **({"published_date": out} if out and told else {"status": "draft"}),
            )
            for number, (due, out) in enumerate(later)
        ]
        return [each.outcome for each in Tally(documents, (), standards(), day(as_of)).rulings]

    assert outcomes(told=True) == outcomes(told=False)
