"""The pages of documentation quality: what they say, what is behind each number, and how they look in a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from conftest import NewPage, Serve
from kpi import day, document, standards
from pmdocs.diagnostics import Language
from pmdocs.kpi import Tally, period_of
from pmdocs.kpi.figure import State
from pmdocs.pages import Scene, Setting
from pmdocs.pages.chart import BOTTOM, LEFT, RIGHT, TOP, Chart, Point
from pmdocs.pages.entry import Entry
from pmdocs.pages.quality import quality_entries, shown_periods, tally_of
from pmdocs.pages.quality_rows import Rows
from pmdocs.site import Site, print_pages, read_site, setting_of
from projects import TODAY
from sites import Parsed, change, parsed, small_project

ROOT = Path(__file__).resolve().parent.parent


@cache
def sample() -> Site:
    """The sample, read once."""
    return read_site(ROOT, today=TODAY)


def entries(as_of: date = TODAY, language: Language = "zh", **changes: Any) -> dict[str, Entry]:
    """The pages of the sample's quality on a day, by address."""
    setting: Setting = replace(setting_of(sample(), language), as_of=as_of)
    library = replace(setting.library, **changes)
    return {each.uri: each for each in quality_entries(replace(setting, library=library))}


def figures(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Period, count and state of rows."""
    return [(each["short"], each["counted"], each["tone"]) for each in rows]


def test_a_green_half_year_does_not_hide_its_red_quarter() -> None:
    """The half-year that is over leads; the quarter below the target stands in the note, the chart and the table."""
    context = entries()["quality/index.md"].context
    kept, heard = context["rates"]
    assert (kept["main"]["period"], kept["main"]["rate"], kept["main"]["tone"]) == ("2026 年上半年", "95.0%", "good")
    assert (heard["main"]["rate"], heard["main"]["interval"]) == ("92.2%", "83.0%–96.6%")
    assert figures(kept["rows"]) == [
        ("2026 Q1", "8/8", "good"),
        ("2026 Q2", "11/12", "bad"),
        ("2026 上半年", "19/20", "good"),
        ("2026 Q3", "15/15", "good"),
        ("2026 下半年", "15/15", "good"),
    ]
    assert figures(heard["rows"]) == [
        ("2026 Q1", "27/28", "good"),
        ("2026 Q2", "32/36", "bad"),
        ("2026 上半年", "59/64", "good"),
        ("2026 Q3", "0/0", "neutral"),
        ("2026 下半年", "0/0", "neutral"),
    ]
    (note,) = context["hidden"]
    assert (note["half"], note["quarters"]) == ("2026 年上半年", "2026 年第二季度")
    assert [(each["rate"], each["counted"]) for each in note["rates"]] == [("91.7%", "11/12"), ("88.9%", "32/36")]


def test_each_part_has_its_own_figures() -> None:
    """The half-year by product, owner and type; specifications are late, four requirements documents are too few."""
    parts = dict(entries(language="en")["quality/index.md"].context["parts"])
    told = {
        by: {row["name"]: [(one["counted"], one["tone"]) for one in row["numbers"]] for row in rows}
        for by, rows in parts.items()
    }
    assert told["product"] == {"TrendPick": [("19/20", "good"), ("59/64", "good")]}
    assert told["owner"] == {"Lin Xiao": [("19/20", "good"), ("59/64", "good")]}
    assert list(told["type"].values()) == [
        [("4/4", "neutral"), ("12/12", "good")],
        [("9/10", "bad"), ("16/18", "bad")],
        [("6/6", "good"), ("31/34", "good")],
    ]


def test_what_is_late_open_or_due_soon_is_listed_as_of_the_day() -> None:
    """On 17 May a version is two days overdue and two are due within 30 days; inaccuracies older than 48 hours are marked."""
    context = entries(date(2026, 5, 17))["quality/index.md"].context
    assert [(each["id"], each["version"], each["came_to"]) for each in context["late"]] == [
        ("SPEC-SHR-001", "1.1.0", "逾期 2 天")
    ]
    assert [(each["id"], each["version"], each["came_to"], each["tone"]) for each in context["coming"]] == [
        ("MAN-CSR-001", "1.2.0", "5 天后到期", "warn"),
        ("SPEC-REC-001", "1.2.0", "12 天后到期", "neutral"),
        ("SPEC-SHR-001", "1.2.0", "19 天后到期", "neutral"),
        ("MAN-BUY-001", "1.1.0", "26 天后到期", "neutral"),
        ("SPEC-REC-002", "1.2.0", "26 天后到期", "neutral"),
    ]
    assert context["delayed"] == []
    opened = [(each["feedback"], each["is_old"], each["section"]) for each in context["open"]]
    assert opened == [("FB-0033", True, ""), ("FB-0038", True, "TASK-CSR-102")]
    today = entries()["quality/index.md"].context
    assert (today["late"], today["coming"], today["open"]) == ([], [], [])
    assert [(each["id"], each["version"], each["came_to"]) for each in today["delayed"]] == [
        ("SPEC-SHR-001", "1.1.0", "晚 5 天")
    ]


def test_coverage_tells_how_many_documents_customer_service_judged() -> None:
    """Eight of eight, six of eight and none of fourteen documents; of seven the current version was never judged."""
    context = entries()["quality/index.md"].context
    assert [each["counted"] for each in context["coverage"]] == ["8/8", "6/8", "0/14"]
    assert len(context["silent"]) == 7


def test_the_page_of_a_period_lists_every_document_behind_its_figures() -> None:
    """As many rows as the denominators say, each with its reason; what is left out is there as well."""
    page = entries()["quality/2026-H1.md"].context
    assert len(page["counted"]) == 20
    assert all(each["why"] and each["href"] for each in page["counted"])
    assert [(each["id"], each["version"], each["came_to"]) for each in page["left_out"]] == [
        ("MAN-BUY-001", "1.1.0", "已取消")
    ]
    assert sum(each["good"] + each["partly"] + each["bad"] for each in page["answers"]) == 64
    assert sum(each["good"] for each in page["answers"]) == 59
    assert [each["feedback"] for each in page["negatives"]] == ["FB-0020", "FB-0033", "FB-0038", "FB-0047", "FB-0048"]
    assert [each["feedback"] for each in page["unheard"]] == ["FB-0065", "FB-0067", "FB-0066", "FB-0068", "FB-0069"]
    assert set(entries()) == {
        "quality/index.md",
        *(f"quality/2026-{name}.md" for name in ("Q1", "Q2", "H1", "Q3", "H2")),
    }


def test_long_lists_show_what_is_not_as_it_should_be() -> None:
    """Of more documents than a list holds only the late and the inaccurate ones are shown, with how many there are besides."""
    setting = setting_of(sample(), "zh")
    tally = tally_of(setting)
    rows = Rows(Scene(setting, "quality/2026-H1.md"), tally)
    half = period_of("2026-H1", TODAY)
    assert half
    kept, heard = tally.on_time(half), tally.accuracy(half)
    few = rows.listed(kept.counted, 19)
    assert ([each["id"] for each in few["counted"]], few["more"]) == (["SPEC-SHR-001"], 19)
    every = rows.listed(kept.counted, 20)
    assert (len(every["counted"]), every["more"]) == (20, 0)
    assert [(each["id"], each["version"]) for each in rows.answers(heard, 18)] == [
        ("MAN-BUY-001", "1.0.0"),
        ("MAN-BUY-001", "1.0.1"),
        ("MAN-CSR-001", "1.1.0"),
        ("SPEC-SHR-001", "1.1.0"),
    ]


def test_a_public_site_counts_only_what_it_shows() -> None:
    """Its figures are those of the public manual alone; no other document is named, and the page says so."""
    found = entries(audience=frozenset({"public"}))
    overview = found["quality/index.md"].context
    assert overview["is_partial"]
    assert overview["rates"][0]["main"]["counted"] == "2/2"
    assert overview["rates"][1]["main"]["counted"] == "10/12"
    told = repr([each.context for each in found.values()])
    assert "MAN-BUY-001" in told
    assert not re.findall(r"FB-\d", told)
    assert overview["is_public"]
    assert not re.findall(r"PRD-[A-Z]{3}-\d{3}|SPEC-[A-Z]{3}-\d{3}|MAN-CSR-\d{3}", told)


@pytest.mark.parametrize(
    ("first", "as_of", "names"),
    [
        ("2026-05-15", "2026-05-20", ["Q1", "Q2", "H1"]),  # the first promise lies in a second quarter
        ("2026-07-15", "2026-07-16", ["Q3", "H2"]),
        ("2026-08-15", "2026-08-10", []),  # still to come
        ("2026-05-15", "2026-10-01", ["Q1", "Q2", "H1", "Q3", "Q4", "H2"]),
    ],
)
def test_a_half_year_is_shown_with_all_its_quarters(first: str, as_of: str, names: list[str]) -> None:
    """Periods begin with a half-year and end with the quarter of the day; nothing leads to a quarter that is not there."""
    promise = document(due_date=first)
    tally = Tally([promise], (), standards(), day(as_of))
    assert [each.name for each in shown_periods(tally)] == [f"2026-{name}" for name in names]
    library = replace(sample().library, documents=(promise,), answers=())
    setting = replace(setting_of(sample(), "zh"), library=library, as_of=day(as_of))
    found = {each.uri: each.context for each in quality_entries(setting)}
    assert set(re.findall(r"2026-[QH]\d", repr(list(found.values())))) <= {f"2026-{name}" for name in names}


def test_a_trend_ends_with_the_last_four_half_years() -> None:
    """Older quarters are left out, whole half-years at a time."""
    promises = [
        document(f"NOTE-TRY-{year}", due_date=f"{year}-05-15", published_date=f"{year}-05-15")
        for year in range(2020, 2027)
    ]
    found = shown_periods(Tally(promises, (), standards(), day("2026-09-18")))
    assert [each.name for each in found] == [
        f"{half[:4]}-{name}"
        for half in ("2025-H1", "2025-H2", "2026-H1")
        for name in (*(("Q1", "Q2") if half.endswith("1") else ("Q3", "Q4")), half[5:])
    ] + ["2026-Q3", "2026-H2"]


def test_nobody_who_gave_a_verdict_is_named() -> None:
    """Neither who answered nor what they wrote is on the pages."""
    told = repr([each.context for each in entries().values()])
    assert "CS-01" not in told
    assert "客服 CS" not in told
    assert "海报改到产品 1.4" not in told
    assert "缓存没有刷新" not in told


def test_a_site_without_promises_and_feedback_says_what_to_write(tmp_path: Path) -> None:
    """One page, which names the fields and the folder."""
    site = read_site(small_project(tmp_path), today=TODAY)
    found = {page.uri: page for page in print_pages(site, "zh") if page.uri.startswith("quality/")}
    assert list(found) == ["quality/index.md"]
    text = Parsed(found["quality/index.md"].html).text
    assert "due_date" in text
    assert "data/feedback/" in text
    assert "%" not in text


def test_no_link_leads_nowhere(tmp_path: Path) -> None:
    """In a site with one promise kept late, one still to come by another owner and one without a date, every anchor is there."""
    project = small_project(tmp_path, documents=3)
    change(
        project / "data/people.yaml",
        "people:\n",
        "people:\n  - {id: li-na, name: 李娜, roles: [business], active: true}\n",
    )
    for number, old, new in (
        (1, "created_date: 2026-09-01", "created_date: 2026-05-01\ndue_date: 2026-05-15"),
        (2, "owner: wang-fang", "owner: li-na\ndue_date: 2026-10-09"),
    ):
        change(project / f"data/prd/PRD-TRY-{number:03}.yaml", old, new)
    site = read_site(project, today=TODAY)
    pages = {page.uri: Parsed(page.html) for page in print_pages(site, "zh") if page.uri.startswith("quality/")}
    assert sorted(pages) == [
        *(f"quality/2026-{name}.md" for name in ("H1", "H2", "Q1", "Q2", "Q3")),
        "quality/index.md",
    ]
    links = {address for page in pages.values() for _, _, address in page.addresses if "quality/" in address}
    for address in links - {"../quality/", "../../quality/"}:
        found = re.fullmatch(r"(?:\.\./)+quality/(2026-\w\d)/(?:#([\w-]+))?", address)
        assert found, address
        assert not found[2] or found[2] in pages[f"quality/{found[1]}.md"].ids, address
    assert "逾期 126 天 草稿 等待会签：技术、客服" in pages["quality/index.md"].text
    assert "21 天后到期" in pages["quality/index.md"].text


# The chart ---------------------------------------------------------------------------------------------------


def drawn(*points: tuple[float | None, State], target: float = 0.95) -> str:
    """A chart of points."""
    named = [Point(f"Q{number}", *each) for number, each in enumerate(points, 1)]
    return str(Chart("c", "A <title>", "told", named, target, "Target").svg())


def test_a_chart_can_be_read_without_colour_and_without_sight() -> None:
    """Title and description; a circle, a diamond, an empty circle and a gap, each with its number."""
    svg = drawn((1.0, "pass"), (0.917, "fail"), (0.75, "insufficient"), (None, "n/a"))
    assert '<title id="c-title">A &lt;title&gt;</title><desc id="c-text">told</desc>' in svg
    assert 'role="img" aria-labelledby="c-title c-text"' in svg
    assert svg.count('<circle class="mark" data-tone="good"') == 1
    assert svg.count('<path class="mark" data-tone="bad"') == 1
    assert svg.count('<circle class="box"') == 1
    assert re.findall(r'class="num"[^>]*>([\d.]+)<', svg) == ["100.0", "91.7", "75.0"]
    assert re.findall(r'text-anchor="middle">(Q\d)<', svg) == ["Q1", "Q2", "Q3", "Q4"]
    assert svg == drawn((1.0, "pass"), (0.917, "fail"), (0.75, "insufficient"), (None, "n/a"))
    assert "#" not in svg  # colours come from the style sheet alone


def test_a_line_is_broken_where_there_is_nothing() -> None:
    """A quarter without figures parts the line in two."""
    (path,) = re.findall(
        r'class="trend" d="([^"]+)"', drawn((1.0, "pass"), (None, "n/a"), (0.9, "fail"), (1.0, "pass"))
    )
    assert re.findall(r"[ML]", path) == ["M", "M", "L"]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=8), st.floats(0.01, 1))
def test_every_point_lies_on_the_axis(values: list[float | None], target: float) -> None:
    """Whatever the figures, marks and target lie between the lowest and the highest line."""
    svg = drawn(*((each, "pass") if each is not None else (None, "n/a") for each in values), target=target)
    for x, y in re.findall(r'<circle class="mark" data-tone="good" cx="([\d.]+)" cy="([\d.]+)"', svg):
        assert LEFT < float(x) < RIGHT
        assert TOP - 0.1 <= float(y) <= BOTTOM + 0.1
    assert len(re.findall("circle", svg)) == sum(each is not None for each in values)
    assert 2 <= svg.count('class="grid"') <= 6


# In a browser ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "language", "words"),
    [
        (1280, "zh", "2026 年上半年达标，但 2026 年第二季度没有达标。"),
        (390, "en", "2026 H1 meets its target, 2026 Q2 does not."),
        (390, "zh", "2026 年上半年达标，但 2026 年第二季度没有达标。"),
        (1280, "en", "2026 H1 meets its target, 2026 Q2 does not."),
    ],
)
def test_the_red_quarter_is_seen_first_and_leads_to_its_documents(  # a place, a language and what is said
    sample_site: Path, serve: Serve, new_page: NewPage, width: int, language: str, words: str
) -> None:
    """The note stands before the rates, in sight; its figure leads to the late document; nothing scrolls sideways."""
    page = new_page(width=width)
    page.goto(serve(sample_site) + ("en/" if language == "en" else "") + "quality/")
    note = page.locator(".pm-note").first
    expect(note).to_contain_text(words)
    place = note.bounding_box()
    assert place
    assert place["y"] + place["height"] < 800
    for chart in page.locator(".pm-kpi svg").all():
        box = chart.bounding_box()
        assert box
        assert box["width"] > 200
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") == width
    note.get_by_role("link", name="11/12").click()
    expect(page).to_have_url(re.compile(r"/quality/2026-Q2/#on-time$"))
    late = page.locator("tr", has_text="SPEC-SHR-001 1.1.0").first
    expect(late).to_contain_text("晚 5 天" if language == "zh" else "5 days late")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_every_number_leads_to_a_list(sample_site: Path) -> None:
    """Each count on the overview is a link to an anchor that is there."""
    page = parsed(sample_site / "quality" / "index.html")
    counts = re.findall(r'<a href="([^"]+)">\d+/\d+</a>', (sample_site / "quality" / "index.html").read_text("utf-8"))
    assert len(counts) > 20
    for address in counts:
        found = re.fullmatch(r"\.\./quality/(2026-[QH]\d)/#([\w-]+)", address)
        assert found, address
        folder, anchor = found.groups()
        assert anchor in parsed(sample_site / "quality" / folder / "index.html").ids
    assert page.text.count("2026 Q2") == 2
