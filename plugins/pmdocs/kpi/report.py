"""The rates as text for people: each figure, what is behind it, and what it does not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pmdocs.diagnostics import Language, Words
from pmdocs.feedback import ACCURATE, INACCURATE, PARTLY
from pmdocs.kpi import Tally
from pmdocs.kpi.accuracy import HAN_UNIT, Accuracy
from pmdocs.kpi.figure import Figure, Slice
from pmdocs.kpi.on_time import OnTime
from pmdocs.kpi.period import Period
from pmdocs.kpi.words import KPI_WORDS, PART_WORDS, STATE_WORDS, goal, percent, share, why, why_left

Asked = tuple[Period, Slice | None]
"""What figures are asked for: a period, and a part of the documents or all."""
Rate = OnTime | Accuracy


def rates_of(tally: Tally, asked: Iterable[Asked]) -> Iterator[Rate]:
    """Yield both rates of everything that is asked."""
    for period, part in asked:
        yield tally.on_time(period, part)
        yield tally.accuracy(period, part)


def as_text(tally: Tally, asked: Iterable[Asked], language: Language) -> str:
    """Return both rates in words, with the quarters that a better figure would hide."""
    return "\n\n".join(
        "\n".join(each.in_language(language) for each in _lines(tally, rate)) for rate in rates_of(tally, asked)
    )


def _lines(tally: Tally, rate: Rate) -> Iterator[Words]:
    figure = rate.figure
    name, period, state = KPI_WORDS[figure.kpi], figure.period.words, STATE_WORDS[figure.state]
    by = PART_WORDS[figure.slice.by] if figure.slice else Words("", "")
    part = figure.slice.id or "—" if figure.slice else ""
    head = Words(f"{by.zh} {part}".strip(), f"{by.en} {part}".strip())
    yield Words(
        " · ".join(filter(None, (name.zh, period.zh, head.zh, f"截至 {figure.as_of}"))),
        " · ".join(filter(None, (name.en, period.en, head.en, f"as of {figure.as_of}"))),
    )
    counted = f"{figure.numerator}/{figure.denominator}"
    yield Words(
        f"  {percent(figure)}（{counted}），目标 {goal(figure)}：{state.zh}",
        f"  {percent(figure)} ({counted}), target {goal(figure)}: {state.en}",
    )
    within = [(each, figure.slice) for each in figure.period.quarters]
    quarters = [each.figure for each in rates_of(tally, within) if each.figure.kpi == figure.kpi]
    for each in hidden(figure, quarters):
        yield Words(
            f"  注意：{each.period.words.zh}没有达标：{percent(each)}（{each.numerator}/{each.denominator}）",
            f"  Note: {each.period.words.en} is below target: {percent(each)} ({each.numerator}/{each.denominator})",
        )
    yield from _on_time(rate) if isinstance(rate, OnTime) else _accuracy(rate, tally.densities(rate))


def hidden(figure: Figure, quarters: Sequence[Figure]) -> list[Figure]:
    """Return the quarters below the target that a period with a better figure hides."""
    return [each for each in quarters if each.state == "fail"] if figure.state == "pass" else []


def _on_time(rate: OnTime) -> Iterator[Words]:
    figure = rate.figure
    base = f"{figure.baseline}/{figure.denominator}"
    yield Words(
        f"  对照基线日期 {share(figure.baseline_value)}（{base}）；未到期 {figure.pending}，没有期限 {figure.undated}",
        f"  Against the first dates {share(figure.baseline_value)} ({base}); pending {figure.pending}, undated {figure.undated}",
    )
    if rate.counted:
        median = "—" if rate.median_days_late is None else f"{rate.median_days_late:g}"
        yield Words(
            f"  逾期天数中位数 {median}，逾期超过 7 天 {rate.very_late} 份，改期 {rate.moves} 次"
            f"（每份 {rate.moves_per_commitment:.2f} 次）",
            f"  Median days late {median}, late by more than 7 days {rate.very_late}, due dates moved {rate.moves} times "
            f"({rate.moves_per_commitment:.2f} for each)",
        )
    for title, rulings in (
        (Words("计入", "Counted"), rate.counted),
        (Words("不计入", "Not counted"), rate.left_out),
    ):
        if rulings:
            yield Words(f"  {title.zh} {len(rulings)} 份：", f"  {title.en} ({len(rulings)}):")
        for each in rulings:
            head, told = " ".join(each.commitment.key), why(each)
            yield Words(f"    {head}  {told.zh}", f"    {head}  {told.en}")


def _accuracy(rate: Accuracy, densities: Sequence[tuple[int, int, int]]) -> Iterator[Words]:
    figure = rate.figure
    if figure.interval:
        low, high = map(share, figure.interval)
        yield Words(f"  95% 置信区间 {low}–{high}", f"  95% interval {low}–{high}")
    published, answered, clean = len(rate.published), len(rate.answered), len(rate.clean)
    if rate.counted:
        yield Words(
            f"  部分准确 {rate.partly}，不准确 {rate.inaccurate}；部分准确算半条时 {share(rate.weighted)}",
            f"  Partly accurate {rate.partly}, inaccurate {rate.inaccurate}; with half a point for partly {share(rate.weighted)}",
        )
    if published:
        yield from _coverage(published, answered, clean)
    gone, negative = rate.rejected
    helped, users = rate.helpful
    if negative or users:
        yield Words(
            f"  认定不成立的负面反馈 {gone}/{negative}；终端用户认为准确 {helped}/{users}",
            f"  Negative answers found mistaken {gone}/{negative}; end users who call it accurate {helped}/{users}",
        )
    for errors, size, unit in densities if rate.counted else ():
        value = f"{errors * unit / size:.2f}"
        zh, en = ("字", "Chinese characters") if unit == HAN_UNIT else ("英文词", "English words")
        yield Words(f"  每 {unit:,} {zh}确认错误 {value} 处", f"  Confirmed errors for each {unit:,} {en}: {value}")
    yield from _answers(rate)


def _coverage(published: int, answered: int, clean: int) -> Iterator[Words]:
    yield Words(
        f"  有反馈的文档 {answered}/{published}，其中没有确认错误的 {clean}/{answered}",
        f"  Documents with feedback {answered}/{published}, of these without a confirmed error {clean}/{answered}",
    )


def _answers(rate: Accuracy) -> Iterator[Words]:
    if rate.counted:
        yield Words(f"  计入 {len(rate.counted)} 条：", f"  Counted ({len(rate.counted)}):")
    found = Counter((each.document.id, each.verdict.doc_version, each.verdict.verdict) for each in rate.counted)
    for name, version in sorted({(name, version) for name, version, _ in found}):
        good, partly, bad = (found[name, version, word] for word in (ACCURATE, PARTLY, INACCURATE))
        yield Words(
            f"    {name} {version}  准确 {good}，部分准确 {partly}，不准确 {bad}",
            f"    {name} {version}  accurate {good}, partly {partly}, inaccurate {bad}",
        )
    if rate.left_out:
        yield Words(f"  不计入 {len(rate.left_out)} 条：", f"  Not counted ({len(rate.left_out)}):")
    for each in rate.left_out:
        head, told = f"{each.verdict.feedback_id} {each.document.id} {each.verdict.doc_version}", why_left(each)
        yield Words(f"    {head}  {told.zh}", f"    {head}  {told.en}")
