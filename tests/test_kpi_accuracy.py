"""The accuracy rate: every edge case of its table, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi import cases, day, document, standards, verdict
from pmdocs.kpi import Accuracy, Period, Tally, period_of, wilson

CASES = cases("accuracy")
AS_OF = day("2026-07-01")
NOTE = document(published_date="2026-05-01", authors=["lin-xiao", "su-na"])


def period(name: str = "2026-Q2") -> Period:
    """A period by its name."""
    found = period_of(name, AS_OF)
    assert found
    return found


def heard(case: dict[str, Any]) -> Accuracy:
    """The rate of a case."""
    verdicts = [verdict(number, **said) for number, said in enumerate(case["verdicts"], 1)]
    return Tally([NOTE], verdicts, standards(), day(case.get("as_of", str(AS_OF)))).accuracy(period())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_case_of_the_table_comes_out_as_counted_by_hand(case: dict[str, Any]) -> None:
    """Verdicts make the figures that the table says, and those left out say why."""
    rate = heard(case)
    assert f"{rate.figure.numerator}/{rate.figure.denominator}" == case["rate"]
    assert [each.reason for each in rate.figure.excluded] == case.get("left", [])
    if "weighted" in case:
        assert rate.weighted == float(case["weighted"])
    if "errors" in case:
        assert len(rate.errors) == int(case["errors"])
    assert "{}/{}".format(*rate.helpful) == case.get("helpful", "0/0")
    if "rejected" in case:
        assert "{}/{}".format(*rate.rejected) == case["rejected"]


@pytest.mark.parametrize(
    ("accurate", "wrong", "state"),
    [(0, 0, "n/a"), (9, 0, "insufficient"), (8, 1, "insufficient"), (9, 1, "pass"), (8, 2, "fail"), (89, 10, "fail")],
)
def test_few_answers_are_not_judged(accurate: int, wrong: int, state: str) -> None:
    """9 of 10 is 90 %, 8 of 9 is too few, and no answer is never green."""
    verdicts = [
        verdict(number, verdict="inaccurate" if number <= wrong else "accurate")
        for number in range(1, accurate + wrong + 1)
    ]
    figure = Tally([NOTE], verdicts, standards(), AS_OF).accuracy(period()).figure
    assert (figure.numerator, figure.denominator, figure.state) == (accurate, accurate + wrong, state)
    assert (figure.interval is None) == (accurate + wrong == 0)


@pytest.mark.parametrize(
    ("hits", "tries", "low", "high"),
    [
        # z = 1.96: (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)
        (9, 10, 0.596, 0.982),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (59, 64, 0.830, 0.966),
        (27, 28, 0.823, 0.994),
        (32, 36, 0.747, 0.956),
        (1, 1, 0.207, 1.0),
    ],
)
def test_the_interval_is_wilsons(hits: int, tries: int, low: float, high: float) -> None:
    """The interval of a share is the one of the textbook, to three digits."""
    found = wilson(hits, tries)
    assert found[0] == pytest.approx(low, abs=0.0006)
    assert found[1] == pytest.approx(high, abs=0.0006)


def test_the_interval_is_shown_below_a_hundred() -> None:
    """With a hundred answers the share speaks for itself."""
    verdicts = [verdict(number) for number in range(1, 101)]
    tally = Tally([NOTE], verdicts, standards(), AS_OF)
    assert tally.accuracy(period()).figure.interval is None
    assert Tally([NOTE], verdicts[:99], standards(), AS_OF).accuracy(period()).figure.interval is not None


def test_what_is_beside_the_rate() -> None:
    """Coverage, documents without a confirmed error, and the rate of rejected negatives."""
    documents = [
        document("NOTE-TRY-001", published_date="2026-05-01"),
        document("NOTE-TRY-002", published_date="2026-05-01"),
        document("NOTE-TRY-003", published_date="2026-05-01"),
        document("NOTE-TRY-004", published_date="2026-06-30"),
        document("NOTE-TRY-005", published_date="2026-07-01"),  # after the period
        document("NOTE-TRY-006", status="draft"),
    ]
    wrong = {"verdict": "inaccurate", "triaged_by": "he-chuan", "triaged_at": "2026-05-12"}
    verdicts = [
        verdict(1, doc_id="NOTE-TRY-001", triage_status="confirmed", **wrong),
        verdict(2, doc_id="NOTE-TRY-001"),
        verdict(3, doc_id="NOTE-TRY-002", triage_status="invalid", reason="误读", **wrong),
        verdict(4, doc_id="NOTE-TRY-002"),
        verdict(5, doc_id="NOTE-TRY-003", verdict="partly"),  # nobody confirmed it
    ]
    rate = Tally(documents, verdicts, standards(), AS_OF).accuracy(period())
    assert [each.id for each in rate.published] == [f"NOTE-TRY-00{number}" for number in (1, 2, 3, 4)]
    assert [each.id for each in rate.answered] == ["NOTE-TRY-001", "NOTE-TRY-002", "NOTE-TRY-003"]
    assert [each.id for each in rate.clean] == ["NOTE-TRY-002", "NOTE-TRY-003"]
    assert rate.rejected == (1, 3)
    assert (rate.partly, rate.inaccurate, rate.weighted) == (1, 1, 2.5 / 4)


def test_errors_are_counted_for_so_much_text() -> None:
    """Two confirmed errors in 40 Chinese characters, one in 5 English words; the other language of a text is not counted."""
    body = {"zh": "在结算页选择优惠券，金额立即更新。" * 2 + "请核对。Tap 3 次。", "en": "Choose a coupon."}
    documents = [
        document("NOTE-TRY-001", published_date="2026-05-01", body=body),  # 2 × 15 + 3 + 1 = 34 Chinese characters
        document("NOTE-TRY-002", published_date="2026-05-01", body="库存锁定十分"),  # 6
        document("NOTE-TRY-003", published_date="2026-05-01", lang="en", body="It's 3.5 km to go-live"),  # 5 words
        document("NOTE-TRY-004", status="draft", body="还没有发布的文字不算"),
    ]
    wrong = {"verdict": "inaccurate", "triage_status": "confirmed", "triaged_by": "he-chuan"}
    verdicts = [
        verdict(1, doc_id="NOTE-TRY-001", **wrong),
        verdict(2, doc_id="NOTE-TRY-002", **wrong),
        verdict(3, doc_id="NOTE-TRY-003", **wrong),
        verdict(4, doc_id="NOTE-TRY-003"),
    ]
    tally = Tally(documents, verdicts, standards(), AS_OF)
    assert tally.densities(tally.accuracy(period())) == ((2, 40, 10_000), (1, 5, 1_000))


def test_reviews_pass_at_the_first_time_or_not() -> None:
    """By role: the first verdict on a version counts, an approval with comments is one, and what is pending is none."""
    signed = [
        {"role": "tech", "verdict": "rejected", "date": "2026-05-02", "version": "1.0.0"},
        {"role": "tech", "verdict": "approved", "date": "2026-05-04", "version": "1.0.0"},
        {"role": "customer_service", "verdict": "approved_with_comments", "date": "2026-05-03", "version": "1.0.0"},
        {"role": "legal", "verdict": "pending"},
        {"role": "qa", "verdict": "approved", "date": "2026-03-31", "version": "0.9.0"},  # before the period
        {"role": "qa", "verdict": "approved", "date": "2026-07-02", "version": "1.0.0"},  # after the day
    ]
    documents = [
        document("NOTE-TRY-001", reviewers=signed),
        document(
            "NOTE-TRY-002",
            reviewers=[{"role": "tech", "verdict": "approved", "date": "2026-05-02", "version": "1.0.0"}],
        ),
    ]
    tally = Tally(documents, (), standards(), AS_OF)
    assert tally.first_rounds(period()) == {"tech": (1, 2), "customer_service": (1, 1)}


said = st.fixed_dictionaries(
    {
        "reporter": st.sampled_from(["CS-01", "CS-02", "CS-03", "lin-xiao"]),
        "reporter_role": st.sampled_from(["customer_service", "end_user", "owner"]),
        "doc_version": st.sampled_from(["1.0.0", "0.9.0"]),
        "verdict": st.sampled_from(["accurate", "partly", "inaccurate"]),
        "triage_status": st.sampled_from(["new", "confirmed", "invalid", "duplicate"]),
        "triaged_by": st.sampled_from(["", "lin-xiao", "he-chuan"]),
        "reason": st.sampled_from(["", "误读"]),
        "received_at": st.dates(min_value=day("2026-01-01"), max_value=day("2026-12-31")).map(str),
    }
)


@given(st.lists(said, max_size=12), st.randoms())
def test_the_order_of_files_does_not_matter(rows: list[dict[str, Any]], chance: Any) -> None:
    """Verdicts read in any order make the same figures; each is counted or left out once, and quarters add up."""
    verdicts = [verdict(number, **row) for number, row in enumerate(rows, 1)]
    mixed = list(verdicts)
    chance.shuffle(mixed)
    as_of = day("2026-12-31")
    one, other = Tally([NOTE], verdicts, standards(), as_of), Tally([NOTE], mixed, standards(), as_of)
    year = period("2026")
    whole = one.accuracy(year)
    assert whole.figure == other.accuracy(year).figure
    assert len(whole.counted) + len(whole.left_out) == len(rows)
    parts = [one.accuracy(each).figure for each in year.quarters]
    assert whole.figure.numerator == sum(each.numerator for each in parts)
    assert whole.figure.denominator == sum(each.denominator for each in parts)
    voices = [(each.verdict.reporter, each.verdict.doc_version) for each in whole.counted]
    assert len(voices) == len(set(voices))


@given(st.integers(min_value=1, max_value=500).flatmap(lambda tries: st.tuples(st.integers(0, tries), st.just(tries))))
def test_an_interval_holds_its_share(sample: tuple[int, int]) -> None:
    """The interval lies between nothing and everything and holds the share it belongs to."""
    hits, tries = sample
    low, high = wilson(hits, tries)
    assert 0.0 <= low <= hits / tries <= high <= 1.0
