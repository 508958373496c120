"""What a change means for those who are asked to accept it: findings, changes, sign-offs and rates, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pmdocs.diagnostics import Diagnostic, Language, Severity, Words
from pmdocs.diff import changes
from pmdocs.diff.text import as_markdown
from pmdocs.document import Document
from pmdocs.kpi import Figure, Period, Tally, period_of, quarter_of
from pmdocs.kpi.words import KPI_WORDS, STATE_WORDS, percent, share
from pmdocs.library import Library
from pmdocs.report import SEVERITY_WORDS, summary
from pmdocs.signoff import SignOff, State, required_roles, state_of_role, states_of

FINDINGS = 20
"""How many findings are shown; annotations and `pmdocs check` tell the others."""
LINES = 400
"""How many lines of changes are shown."""
_LOST = {
    State.STALE: Words("批准后内容改了", "the content changed after the approval"),
    State.OLD_VERSION: Words("批准的是旧版本", "an older version was approved"),
    State.UNSEALED: Words("没有内容摘要，看不出批准的是什么", "without a digest nobody can tell what was approved"),
    State.PENDING: Words("等待会签", "waits for sign-off"),
    State.REJECTED: Words("没有通过", "rejected"),
    State.MISSING: Words("会签没有了", "the sign-off is gone"),
}


@dataclass(frozen=True, eq=False)
class Change:
    """A project before and after a change: its findings now, its libraries, and the day both are judged by."""

    findings: Sequence[Diagnostic]
    before: Library
    after: Library
    as_of: date
    since: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """An approval that counted before and counts no more."""

    document: Document
    role: str
    people: tuple[str, ...]
    state: State


def as_markdown_summary(change: Change, language: Language) -> str:
    """Return the summary of a change as Markdown."""
    told = [*_findings(change, language), *_changes(change, language)]
    told += [*_sign_offs(change, language), *_rates(change, language)]
    return "\n".join(told).rstrip() + "\n"


def lapses(before: Library, after: Library) -> Iterator[Lapse]:
    """Yield each approval of a required role that counted in `before` and does not in `after`, by document and role."""
    earlier = {document.id: document for document in before.documents}
    for document in after.documents:
        if document.id not in earlier:
            continue
        was, now = states_of(earlier[document.id], before), states_of(document, after)
        for role in required_roles(document.type, after.standards):
            state = state_of_role(role, now)
            if state is not State.FRESH and state_of_role(role, was) is State.FRESH:
                yield Lapse(document, role, tuple(_people(was, role)), state)


def _people(states: Sequence[SignOff], role: str) -> Iterator[str]:
    return (each.person for each in states if each.role == role and each.state is State.FRESH)


def _findings(change: Change, language: Language) -> Iterator[str]:
    yield from _heading(Words("检查结果", "Findings"), language)
    yield summary(change.findings, language)
    yield ""
    grave = sorted(change.findings, key=lambda each: each.severity.rank)
    shown = [each for each in grave if each.severity is not Severity.HINT][:FINDINGS]
    for each in shown:
        place = f"{each.location.file}:{each.location.span.line}"
        severity = SEVERITY_WORDS[each.severity].in_language(language)
        yield f"* {severity} {each.code} `{place}` {_plain(each.message(language))}"
    if shown:
        yield ""


def _changes(change: Change, language: Language) -> Iterator[str]:
    yield from _heading(Words(f"和 {change.since} 相比改了什么", f"What changed since {change.since}"), language)
    lines = as_markdown(changes(change.before, change.after), language).splitlines()
    yield from lines[:LINES]
    yield ""
    if len(lines) > LINES:
        command = f"`pmdocs diff {change.since} next`"
        words = Words(f"还有 {len(lines) - LINES} 行，全文：{command}", f"{len(lines) - LINES} more lines: {command}")
        yield words.in_language(language)
        yield ""


def _sign_offs(change: Change, language: Language) -> Iterator[str]:
    yield from _heading(Words("过期的会签", "Approvals that no longer count"), language)
    found = list(lapses(change.before, change.after))
    for each in found:
        roles = change.after.standards.choices.get("review_role", {})
        role = roles[each.role].label.in_language(language) if each.role in roles else each.role
        names = [change.after.entry("person", name) for name in each.people]
        people = ("、" if language == "zh" else ", ").join(name.title.in_language(language) for name in names if name)
        yield f"* {each.document.id} · {role} · {people}: {_LOST[each.state].in_language(language)}"
    if not found:
        yield Words("没有。", "None.").in_language(language)
    yield ""


def _rates(change: Change, language: Language) -> Iterator[str]:
    yield from _heading(Words("两个比率", "The two rates"), language)
    heads = Words(
        "| 比率 | 周期 | 结果 | 数量 | 目标 | 判断 |",
        "| Rate | Period | Value | Count | Target | Verdict |",
    )
    yield heads.in_language(language)
    yield "|---|---|---|---|---|---|"
    tally = Tally(change.after.documents, change.after.feedback, change.after.standards, change.as_of)
    for period in _periods(change.as_of):
        for figure in (tally.on_time(period).figure, tally.accuracy(period).figure):
            yield _row(figure, language)
    yield ""


def _periods(as_of: date) -> tuple[Period, ...]:
    year = period_of(str(as_of.year), as_of)
    return tuple(each for each in (quarter_of(as_of), year) if each)


def _row(figure: Figure, language: Language) -> str:
    cells = (
        KPI_WORDS[figure.kpi].in_language(language),
        figure.period.words.in_language(language),
        percent(figure),
        f"{figure.numerator}/{figure.denominator}",
        share(figure.target),
        STATE_WORDS[figure.state].in_language(language),
    )
    return f"| {' | '.join(cells)} |"


def _heading(words: Words, language: Language) -> tuple[str, str]:
    return f"## {words.in_language(language)}", ""


def _plain(text: str) -> str:
    """Return a message that Markdown shows as it is: no markup, no mention of a person, one line."""
    kept = " ".join(text.split())
    for sign in ("\\", "`", "*", "_", "<", "[", "|", "@", "#"):
        kept = kept.replace(sign, f"\\{sign}" if sign != "<" else "&lt;")
    return kept
