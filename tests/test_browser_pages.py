"""The built sample in a real browser: silent, drawn, and usable by mouse, by keyboard, on a phone and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Response, expect

from conftest import BuildOnce, NewPage, Serve
from sites import address_of, change, html_files, parsed, small_project, write

SPECIFICATION = "feature_spec/SPEC-CHK-003/"
LANGUAGES = ["zh", "en"]
SLOW = 20_000
"""Milliseconds that a drawing may take on a slow machine."""
STILL = """() => new Promise(done => {
    const start = scrollY;
    setTimeout(() => done(scrollY === start), 100);
})"""
"""Whether the page has come to rest after scrolling."""


@pytest.fixture(scope="module")
def address(sample_site: Path, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the built sample is served: below the path that its `site_url` names."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "pmdocs").symlink_to(sample_site)
    return serve(folder) + "pmdocs/"


def pages(site: Path, language: str) -> Iterator[tuple[str, bool]]:
    """The address of every page in a language, and whether it draws something."""
    for path in html_files(site):
        found = address_of(path, site)
        if found.startswith("en/") is (language == "en"):
            yield found, 'class="mermaid"' in path.read_text("utf-8")


class Ears:
    """Hears what a page complains about and whom it asks."""

    def __init__(self, page: Page, address: str) -> None:
        self.heard: list[str] = []
        self.address = address
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self.heard.append(f"dialog: {dialog.message}"))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning", "assert"):
            self.heard.append(f"{kind}: {text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the next page was opened before this one had loaded all
            self.heard.append(f"failed: {request.url}: {request.failure}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.heard.append(f"foreign: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.heard.append(f"{response.status}: {response.url}")


def wait_for_drawings(page: Page) -> None:
    """Waits until every diagram in sight is a picture: Material draws it into a closed shadow, at some height."""
    page.wait_for_function(
        """() => {
            const open = [...document.querySelectorAll(".mermaid")].filter(each => each.checkVisibility());
            return open.length > 0 && open.every(each =>
                (each.tagName === "DIV" || each.querySelector("svg")) && each.getBoundingClientRect().height > 40);
        }""",
        timeout=SLOW,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_silent_and_draws_what_it_has(address: str, sample_site: Path, page: Page, language: str) -> None:
    """No page of the sample complains, asks a foreign host, or misses a file; every diagram in sight is drawn."""
    ears = Ears(page, address)
    told: dict[str, list[str]] = {}
    for place, draws in pages(sample_site, language):
        ears.heard = []
        page.goto(address + place, wait_until="load")
        if draws:
            wait_for_drawings(page)
        if ears.heard:
            told[place] = ears.heard
    assert told == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_on_a_phone(address: str, sample_site: Path, new_page: NewPage, language: str) -> None:
    """At the width of a small phone the page itself does not scroll sideways; wide tables scroll within themselves."""
    page = new_page(width=360, height=740)
    page.route("**/mermaid*.js", lambda route: route.abort())
    too_wide = {}
    for place, _ in pages(sample_site, language):
        page.goto(address + place, wait_until="load")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            too_wide[place] = width
    assert too_wide == {}


@pytest.mark.parametrize(("start", "name", "end"), [("", "English", "en/"), ("en/", "中文", "")])
def test_the_language_selector_keeps_the_page(address: str, page: Page, start: str, name: str, end: str) -> None:
    """The language selector leads to the same document in the other language, from every depth."""
    for place in ("", SPECIFICATION, "documents/"):
        page.goto(address + start + place)
        page.locator(".md-select").hover()
        page.locator(".md-select__link", has_text=name).click()
        page.wait_for_url(address + end + place)
        language = "en" if end else "zh"
        expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("selector", ["a.pm-ref", "a.pm-term"])
def test_previews_come_on_hover_and_on_focus(address: str, page: Page, selector: str) -> None:
    """An id and a term explain themselves to the mouse and to the keyboard, in plain text, and go again."""
    page.goto(address + "prd/PRD-CHK-001/")
    link = page.locator(f".md-content {selector}:visible").first
    words = (link.get_attribute("title") or "").split("\n")
    assert len(words) >= 2
    preview = page.locator("#pm-preview")
    link.scroll_into_view_if_needed()
    page.wait_for_function(STILL)
    link.hover()
    expect(preview).to_be_visible()
    expect(preview).to_contain_text(words[0])
    assert preview.evaluate("each => [...each.querySelectorAll('*')].every(inner => inner.tagName === 'P')")
    page.mouse.move(0, 0)
    expect(preview).to_have_count(0)
    page.keyboard.press("Tab")
    link.scroll_into_view_if_needed()
    page.wait_for_function(STILL)
    link.evaluate("each => each.focus({preventScroll: true})")
    expect(preview).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", str(preview.get_attribute("id")))
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    assert link.get_attribute("title")


def test_documents_can_be_filtered_and_sorted(address: str, page: Page) -> None:
    """The list of documents is narrowed by words and by type, sorted by its columns, and its address remembers it."""
    page.goto(address + "documents/")
    rows = page.locator("#documents tbody tr")
    visible = page.locator("#documents tbody tr:visible")
    total = rows.count()
    assert total >= 6
    page.locator("form[data-filter] input[type=search]").fill("SPEC-CHK-003")
    expect(visible).to_have_count(1)
    page.locator("form[data-filter] input[type=search]").fill("")
    chosen = page.locator("select[name=type]")
    option = chosen.locator("option").nth(1).inner_text()
    chosen.select_option(option)
    narrowed = visible.count()
    assert 0 < narrowed < total
    assert "type=" in page.url
    page.reload()
    expect(visible).to_have_count(narrowed)
    page.goto(address + "documents/")
    first = page.locator("#documents thead button").first
    first.click()
    up = rows.locator("th a").all_inner_texts()
    first.click()
    assert rows.locator("th a").all_inner_texts() == up[::-1]
    expect(page.locator("#documents th[aria-sort=descending]")).to_have_count(1)


def test_pages_read_well_without_scripts(address: str, sample_site: Path, chromium: Browser) -> None:
    """With JavaScript off, a document shows all its sections, and the list of documents all its rows."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + SPECIFICATION)
    headings = page.locator(".pm-doc h2")
    assert headings.count() >= 5
    for index in range(headings.count()):
        expect(headings.nth(index)).to_be_visible()
    page.goto(address + "documents/")
    documents = [path for path in sample_site.glob("*/*-*-[0-9]*/index.html") if path.parts[-3] != "rules"]
    expect(page.locator("#documents tbody tr:visible")).to_have_count(len(documents))
    context.close()


def test_an_anchor_leads_to_its_item(address: str, sample_site: Path, page: Page) -> None:
    """The address of an item, opened from elsewhere, shows the item, also one that stands in something folded."""
    ids = [
        name
        for name in parsed(sample_site / SPECIFICATION / "index.html").ids
        if re.match(r"TC-|CHK-\d|SPEC-.*\.", name)
    ]
    assert len(ids) > 3
    for name in (ids[0], ids[len(ids) // 2], ids[-1]):
        page.goto("about:blank")
        page.goto(f"{address}{SPECIFICATION}#{name}")
        target = page.locator(f'[id="{name}"]')
        expect(target).to_be_visible()
        expect(target).to_be_in_viewport()


def test_values_cannot_run_script(build_once: BuildOnce, serve: Serve, page: Page) -> None:
    """A site whose every text is an attack shows text: nothing runs, nothing is asked for, nothing complains."""
    address = serve(build_once("hostile", hostile_project))
    ears = Ears(page, address)
    for place in ("prd/PRD-TRY-001/", "documents/", "products/try/", "glossary/", ""):
        page.goto(address + place, wait_until="load")
        expect(page.locator("h1").first).to_be_visible()
        assert page.evaluate("window.hacked === undefined")
    assert ears.heard == []
    page.goto(address + "prd/PRD-TRY-001/")
    expect(page.locator("h1").first).to_contain_text(ATTACK)
    assert ATTACK in page.title()


ATTACK = """</title><script>hacked=1</script><img onerror='hacked=1'>"|"""


def hostile_project(folder: Path) -> Path:
    """A small project in which titles, names, terms and texts try to run."""
    quoted = "'" + ATTACK.replace("'", "''") + "'"
    project = small_project(folder)
    change(project / "data/prd/PRD-TRY-001.yaml", "第 1 份需求文档", quoted)
    change(project / "data/prd/PRD-TRY-001.yaml", "summary: 起草", f"summary: {quoted}")
    change(project / "data/products.yaml", "试用产品", quoted)
    change(project / "data/people.yaml", "王芳", quoted)
    term = f"terms:\n  - {{term: bad, zh: {quoted}, en: Bad, definition: {quoted}}}\n"
    with (project / "data/prd/PRD-TRY-001.yaml").open("a", encoding="utf-8") as document:
        document.write(f"summary: {quoted}\ntags: [{quoted}]\n")
    return write(project, {"data/glossary.yaml": term})
