"""The pages of documentation quality: both rates with their trend, what is late or at risk, and what each number counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from pmdocs.addresses import QUALITY_URI, quality_uri
from pmdocs.kpi import ACCURACY, ON_TIME, Figure, Period, Slice, Tally, half_of
from pmdocs.kpi.words import KPI_WORDS, STATE_WORDS, TONES, goal, percent, share
from pmdocs.pages.answers import is_public
from pmdocs.pages.chart import Chart, Point
from pmdocs.pages.entry import Entry
from pmdocs.pages.quality_rows import Rows
from pmdocs.pages.scene import Scene, Setting

HALVES = 4
"""How many half-years a trend shows at most."""
AHEAD = 30
"""How many days ahead unfinished promises are listed."""
MOST_OF_HALF = 200
"""How many documents the page of a half-year lists; of more only those that were late: its quarters list them all."""
ANCHORS = {ON_TIME: "on-time", ACCURACY: "accuracy"}


def quality_entries(setting: Setting) -> Iterator[Entry]:
    """Yield the page of documentation quality and one for each period that it names."""
    tally = tally_of(setting)
    periods = shown_periods(tally)
    yield _overview(setting, tally, periods)
    for period in periods:
        yield _period(setting, tally, period)


def tally_of(setting: Setting) -> Tally:
    """Return what the figures of a site are counted from: the documents it shows, and the verdicts on them."""
    library = setting.library
    return Tally(library.published, library.feedback, library.standards, setting.as_of, setting.proof)


def shown_periods(tally: Tally) -> tuple[Period, ...]:
    """Return the quarters from the first with a promise or verdict to that of the day, each half after its quarters.

    They begin with a half-year, so that none is shown without the quarters it is made of.
    """
    days = [each.commitment.baseline for each in tally.rulings if each.commitment.baseline]
    days += [each.verdict.received_at for each in tally.heard]
    past = [day for day in days if day <= tally.as_of]
    found: list[Period] = []
    current = half_of(min(past)) if past else None
    while current and current.first <= tally.as_of:
        found.append(current)
        current = half_of(current.last + timedelta(days=1))
    halves = found[-HALVES:]
    return tuple(each for half in halves for each in (*_begun(half, tally), half))


def _begun(half: Period, tally: Tally) -> list[Period]:
    """Return the quarters of a half-year that had begun."""
    return [each for each in half.quarters if each.first <= tally.as_of]


def headline(tally: Tally, periods: Sequence[Period]) -> Period:
    """Return the half-year that counts: the last that is over and has something to count, else the one of the day."""
    halves = [each for each in periods if each.quarters]
    over = [each for each in halves if each.last < tally.as_of and _counts(tally, each)]
    return (over or halves)[-1]


def _counts(tally: Tally, period: Period) -> bool:
    return bool(tally.on_time(period).counted or tally.accuracy(period).counted)


def _overview(setting: Setting, tally: Tally, periods: Sequence[Period]) -> Entry:
    scene = Scene(setting, QUALITY_URI)
    rows = Rows(scene, tally)
    title = scene.page_word("quality_title")
    context: dict[str, Any] = {
        "is_partial": len(setting.library.published) < len(setting.library.documents),
        "is_sample": any(document.is_sample for document in setting.library.published),
        "proof": setting.library.standards.rates.trust == "git" and ("git" if tally.proof else "none"),
        "rates": (),
        "late": rows.overdue(),
        "coming": rows.coming(AHEAD),
        "delayed": (),
        "open": rows.open_errors(),
        "is_public": is_public(setting.library),
        "silent": rows.silent(),
        "needs": _needs(tally),
        "limit": f"{setting.library.standards.thresholds.get('feedback_hours', 48):g}",
    }
    if periods:
        main = headline(tally, periods)
        quarters = [each for each in periods if not each.quarters]
        context |= {
            "main": {"words": scene.say(main.words), "href": scene.link(quality_uri(main))},
            "rates": [_card(scene, tally, kpi, periods, main) for kpi in (ON_TIME, ACCURACY)],
            "hidden": hidden(scene, tally, [each for each in periods if each.quarters]),
            "parts": [(by, _parts(scene, tally, by, main)) for by in ("product", "owner", "type")],
            "coverage": [rows.coverage(each) for each in quarters],
            "delayed": rows.delayed(quarters),
            "beside": rows.beside(main),
        }
    return Entry(QUALITY_URI, "_shared/quality.html.j2", title, context, scene.page_word("quality_lead"))


def _needs(tally: Tally) -> dict[str, bool]:
    """Return which of the two rates has nothing to count at all."""
    return {"dates": not any(each.commitment.due for each in tally.rulings), "feedback": not tally.heard}


def hidden(scene: Scene, tally: Tally, halves: Sequence[Period]) -> list[dict[str, Any]]:
    """Return each half-year that meets a target while one of its quarters does not, with those quarters' figures."""
    found = []
    for half in halves:
        pairs = [
            (figure(tally, kpi, quarter), quarter)
            for kpi in ANCHORS
            if figure(tally, kpi, half).state == "pass"
            for quarter in _begun(half, tally)
        ]
        red = [_number(scene, each, quarter) for each, quarter in pairs if each.state == "fail"]
        if red:
            names = list(dict.fromkeys(each["period"] for each in red))
            found.append({"half": scene.say(half.words), "quarters": scene.page_word("and").join(names), "rates": red})
    return found


def figure(tally: Tally, kpi: str, period: Period, part: Slice | None = None) -> Figure:
    """Return the figure of one of the two rates."""
    return (tally.on_time(period, part) if kpi == ON_TIME else tally.accuracy(period, part)).figure


def _number(scene: Scene, found: Figure, period: Period, anchor: str = "") -> dict[str, Any]:
    """Return a figure as templates show it, with the way to what is behind it."""
    low_high = [share(each) for each in found.interval] if found.interval else []
    return {
        "name": scene.say(KPI_WORDS[found.kpi]),
        "period": scene.say(period.words),
        "short": scene.say(period.short),
        "is_half": bool(period.quarters),
        "is_running": period.holds(found.as_of) and period.last > found.as_of,
        "href": scene.link(f"{quality_uri(period)}#{anchor or ANCHORS[found.kpi]}"),
        "counted": f"{found.numerator}/{found.denominator}",
        "is_empty": not found.denominator,
        "rate": percent(found),
        "state": scene.say(STATE_WORDS[found.state]),
        "tone": TONES[found.state],
        "target": goal(found),
        "first_rate": share(found.baseline_value) if found.baseline is not None and found.denominator else "",
        "interval": "–".join(low_high),
        "pending": found.pending,
        "undated": found.undated,
    }


def _card(scene: Scene, tally: Tally, kpi: str, periods: Sequence[Period], main: Period) -> dict[str, Any]:
    numbers = [_number(scene, figure(tally, kpi, each), each) for each in periods]
    quarters = [each for each in periods if not each.quarters]
    now = quarters[-1] if quarters[-1].holds(tally.as_of) and not main.holds(tally.as_of) else None
    return {
        "id": ANCHORS[kpi],
        "title": scene.say(KPI_WORDS[kpi]),
        "main": _number(scene, figure(tally, kpi, main), main),
        "now": _number(scene, figure(tally, kpi, now), now) if now else None,
        "rows": numbers,
        "chart": _chart(scene, tally, kpi, quarters),
    }


def _chart(scene: Scene, tally: Tally, kpi: str, quarters: Sequence[Period]) -> Any:
    figures = [(each, figure(tally, kpi, each)) for each in quarters]
    points = [Point(f"{each.name[2:4]} {each.name[5:]}", found.value, found.state) for each, found in figures]
    told = [
        f"{scene.say(each.words)} {percent(found)} {scene.say(STATE_WORDS[found.state])}" for each, found in figures
    ]
    target = goal(figures[0][1])
    label = scene.page_word("quality_target", target=target)
    title = scene.page_word("quality_by_quarter", rate=scene.say(KPI_WORDS[kpi]))
    description = scene.page_word("semicolon").join([*told, label])
    return Chart(f"{ANCHORS[kpi]}-chart", title, description, points, figures[0][1].target, label).svg()


def _parts(scene: Scene, tally: Tally, by: str, period: Period) -> list[dict[str, Any]]:
    """Return the figures of each part of the documents that has anything to count."""
    found = []
    for part in parts_in_order(scene, tally, by):
        numbers = [
            _number(scene, figure(tally, kpi, period, part), period, f"{by}-{part.id}" if part.id else "")
            for kpi in ANCHORS
        ]
        if not all(each["is_empty"] for each in numbers):
            found.append({"name": part_name(scene, part), "id": f"{by}-{part.id}", "numbers": numbers})
    return found


def parts_in_order(scene: Scene, tally: Tally, by: str) -> list[Slice]:
    """Return the parts of the documents, types as the site lists them, others by name."""
    order = {kind.name: number for number, kind in enumerate(scene.library.types.values())}
    return sorted(
        tally.parts(by), key=lambda part: (order.get(part.id, 0) if by == "type" else 0, part_name(scene, part))
    )


def part_name(scene: Scene, part: Slice) -> str:
    """Return what a part is called: the product, the person or the type."""
    if part.by == "type":
        kind = scene.library.types.get(part.id)
        return scene.say(kind.short) if kind else part.id
    entry = scene.library.entry("product" if part.by == "product" else "person", part.id)
    return scene.say(entry.title) if entry else part.id or "—"


def _period(setting: Setting, tally: Tally, period: Period) -> Entry:
    scene = Scene(setting, quality_uri(period))
    rows = Rows(scene, tally)
    kept, heard = tally.on_time(period), tally.accuracy(period)
    words = scene.say(period.words)
    context = {
        "home": scene.link(QUALITY_URI),
        "period": words,
        "kept": _number(scene, kept.figure, period),
        "heard": _number(scene, heard.figure, period),
        "quarters": [
            [_number(scene, figure(tally, kpi, each), each) for kpi in ANCHORS] for each in _begun(period, tally)
        ],
        **rows.listed(kept.counted, MOST_OF_HALF if period.quarters else None),
        "left_out": [rows.commitment(each) for each in kept.left_out],
        "answers": rows.answers(heard, MOST_OF_HALF if period.quarters else None),
        "negatives": rows.verdicts(each for each in heard.counted if each.verdict.is_negative),
        "unheard": rows.verdicts(heard.left_out),
        "parts": [
            {
                "name": part_name(scene, part),
                "by": by,
                "id": f"{by}-{part.id}",
                "numbers": [_number(scene, figure(tally, kpi, period, part), period) for kpi in ANCHORS],
                **rows.part(period, part),
            }
            for by in ("product", "owner", "type")
            for part in parts_in_order(scene, tally, by)
        ],
        "beside": rows.beside(period),
    }
    title = scene.page_word("quality_of", period=words)
    return Entry(scene.uri, "_shared/quality_period.html.j2", title, context, listed=False)
