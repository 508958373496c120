"""What the rates are called, and why a document or a verdict is counted or not, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from pmdocs.diagnostics import Words
from pmdocs.kpi.accuracy import Heard
from pmdocs.kpi.figure import ACCURACY, ON_TIME, Figure, State
from pmdocs.kpi.on_time import MoveFault, Outcome, Ruling

KPI_WORDS: Mapping[str, Words] = {
    ON_TIME: Words("按时完成率", "On-time rate"),
    ACCURACY: Words("准确率（客服反馈）", "Accuracy rate (customer service)"),
}
PART_WORDS: Mapping[str, Words] = {
    "product": Words("产品", "product"),
    "owner": Words("负责人", "owner"),
    "type": Words("类型", "type"),
}
STATE_WORDS: Mapping[State, Words] = {
    "pass": Words("达标", "target met"),
    "fail": Words("未达标", "below target"),
    "n/a": Words("没有数据", "no data"),
    "insufficient": Words("数量太少", "too few to judge"),
}
TONES: Mapping[State, str] = {"pass": "good", "fail": "bad", "n/a": "neutral", "insufficient": "neutral"}
LEFT_WORDS: Mapping[str, Words] = {
    "owner": Words("负责人或作者自己的反馈", "the owner's or an author's own answer"),
    "end-user": Words("终端用户的反馈，另行统计", "an end user's answer, counted on its own"),
    "other-role": Words("不是客服的反馈", "not an answer of customer service"),
    "older": Words(
        "同一个人对同一版本后来又反馈过，只算最新一条",
        "the same person answered again on this version; the newest counts",
    ),
    "invalid": Words("核实后认定反馈不成立", "found to be mistaken"),
}
OUTCOME_WORDS: Mapping[Outcome, tuple[Words, str]] = {
    "on-time": (Words("按时", "On time"), "good"),
    "late": (Words("晚 {days} 天", "{days} late"), "bad"),
    "open": (Words("逾期 {days} 天", "{days} overdue"), "bad"),
    "cancelled-late": (Words("逾期后取消", "Cancelled late"), "bad"),
    "pending": (Words("未到期", "Pending"), "neutral"),
    "cancelled": (Words("已取消", "Cancelled"), "neutral"),
    "undated": (Words("没有期限", "Undated"), "warn"),
    "unverifiable": (Words("无法核对", "Unverifiable"), "warn"),
    "translation": (Words("随原文", "With its original"), "neutral"),
}
"""What a commitment came to in a word, with the tone of its badge."""
_FAULTS: Mapping[MoveFault, Words] = {
    "": Words("", ""),
    "unrecorded": Words("改期没有记录，按基线日期算", "the move is not recorded, so the first date counts"),
    "too-late": Words(
        "改期在原期限之后才记录，按基线日期算",
        "the move was recorded after the date had passed, so the first date counts",
    ),
    "own": Words(
        "改期没有负责人以外的人批准，按基线日期算", "nobody but the owner approved the move, so the first date counts"
    ),
    "no-reason": Words("改期没有写原因，按基线日期算", "the move gives no reason, so the first date counts"),
}


def why(ruling: Ruling) -> Words:
    """Return why a commitment is counted as it is, or not counted."""
    parts = [_outcome(ruling), *_remarks(ruling)]
    return Words("；".join(each.zh for each in parts), "; ".join(each.en for each in parts))


def verdict_on(ruling: Ruling) -> Words:
    """Return what a commitment came to in a word."""
    words, _ = OUTCOME_WORDS[ruling.outcome]
    days = ruling.days_late
    return Words(words.zh.format(days=days), words.en.format(days=_days(days)))


def _outcome(ruling: Ruling) -> Words:
    due, done, late = ruling.due, ruling.completed, ruling.days_late
    if ruling.outcome == "on-time":
        if late == 0:
            return Words(f"{done} 完成，正是期限当天", f"complete on {done}, the day it was due")
        return Words(f"{done} 完成，比期限 {due} 早 {-late} 天", f"complete on {done}, {_days(-late)} before {due}")
    if ruling.outcome == "late":
        return Words(f"{done} 完成，比期限 {due} 晚 {late} 天", f"complete on {done}, {_days(late)} after {due}")
    if ruling.outcome == "open":
        return Words(f"期限 {due} 已过 {late} 天，还没有完成", f"due on {due}, {_days(late)} ago, and not complete")
    if ruling.outcome == "pending":
        return Words(f"期限 {due} 还没有到", f"due on {due}, which is still to come")
    return _left_out(ruling)


def _left_out(ruling: Ruling) -> Words:
    gone, due = ruling.commitment.cancelled, ruling.due
    if ruling.outcome == "cancelled-late":
        return Words(f"{gone} 取消，但期限 {due} 已过", f"cancelled on {gone}, after it was due on {due}")
    if ruling.outcome == "cancelled":
        if due is None:
            return Words(f"{gone} 取消", f"cancelled on {gone}")
        return Words(f"{gone} 取消，期限 {due} 还没有过", f"cancelled on {gone}, no later than it was due ({due})")
    if ruling.outcome == "unverifiable":
        return Words(
            f"{ruling.completed} 完成，早于仓库的第一个提交，无法核对",
            f"complete on {ruling.completed}, before the first commit of the repository, so it cannot be verified",
        )
    if ruling.outcome == "translation":
        original = ruling.commitment.document.values.get("translation_of")
        return Words(f"{original} 的译文，与原文合起来算一份", f"a translation of {original}, counted with it as one")
    return Words("没有计划完成日期", "without a due date")


def _remarks(ruling: Ruling) -> Iterator[Words]:
    if ruling.fault:
        yield _FAULTS[ruling.fault]
    elif ruling.due and ruling.due != ruling.commitment.baseline:
        first = ruling.commitment.baseline
        yield Words(f"期限从 {first} 改来", f"the date was moved from {first}")
    if ruling.revoked:
        yield Words("发布后 7 天内撤回过，那次不算", "published and pulled back within 7 days, which does not count")
    if ruling.uncommitted:
        yield Words("文档写明已完成，但还没有提交", "the document says it is complete, but no commit does")
    if ruling.is_on_hold and ruling.outcome == "open":
        yield Words("已搁置；搁置不停表，要延期就记录改期", "on hold; the clock goes on unless the date is moved")


def why_left(each: Heard) -> Words:
    """Return why a verdict is not counted."""
    words = LEFT_WORDS[each.left]
    if each.left != "invalid":
        return words
    reason = each.verdict.reason
    return Words(f"{words.zh}：{reason}", f"{words.en}: {reason}")


def percent(figure: Figure) -> str:
    """Return the rate in per cent, with as many digits as it takes not to round it across the target."""
    if not figure.denominator:
        return "—"
    exact, target = Fraction(figure.numerator, figure.denominator), Fraction(str(figure.target))
    for digits in range(1, 5):
        shown = round(exact * 100, digits)
        if (shown >= target * 100) == (exact >= target):
            break
    return f"{float(shown):.{digits}f}%"


def goal(figure: Figure) -> str:
    """Return the target in per cent."""
    return f"{figure.target * 100:g}%"


def share(value: float | None) -> str:
    """Return a share in per cent with one digit."""
    return "—" if value is None else f"{value * 100:.1f}%"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
