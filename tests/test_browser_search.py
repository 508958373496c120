"""The search box in a real browser: typing with and without an input method, keyboard, results, facets, addresses, phone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import BuildOnce, NewPage, Serve
from engine import Node
from sites import change, copy_sample
from test_browser_pages import Ears

INPUT = "[data-pm-search] input"
RESULT = "[data-pm-search] .md-search-result__item"
META = "[data-pm-search] .md-search-result__meta"
SETTLED = 300
"""Milliseconds after which Material has closed what it closes on a new page."""
COMPOSE = """(input, [text, steps]) => {
    const say = (name, init) => input.dispatchEvent(new CompositionEvent(name, {bubbles: true, ...init}));
    say("compositionstart", {data: ""});
    for (const step of steps) {
        input.value = step;
        say("compositionupdate", {data: step});
        input.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true, data: step}));
    }
    window.composed = () => {
        input.value = text;
        say("compositionend", {data: text});
        input.dispatchEvent(new InputEvent("input", {bubbles: true, data: text}));
    };
}"""

FITS = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return box.left >= 0 && box.right <= innerWidth + 1 && box.width > innerWidth * 0.9;
}"""
ENTER_WHILE_COMPOSING = (
    "each => each.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
)
ENTER_OF_AN_INPUT_METHOD = (
    "each => each.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))"
)


@pytest.fixture(scope="module")
def address(sample_site: Path, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the built sample is served: below a path of its own."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "docs").mkdir()
    (folder / "docs" / "next").symlink_to(sample_site)
    return serve(folder) + "docs/next/"


@pytest.fixture
def ears(page: Page, address: str) -> Iterator[Ears]:
    """Hears what the page complains about and whom it asks; after the test there is to be nothing."""
    ears = Ears(page, address)
    yield ears
    assert ears.heard == []


def results(page: Page) -> Locator:
    """The pages that the box shows."""
    return page.locator(RESULT)


def search(page: Page, words: str) -> None:
    """Opens the box by its key and puts words into it as a keyboard without an input method does."""
    page.keyboard.press("/")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.insert_text(words)


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_keys_open_the_box_and_escape_closes_it(address: str, page: Page, ears: Ears, key: str) -> None:
    """Material's keys open the box and leave no letter in it; Escape closes it and takes the query out of the address."""
    page.goto(address)
    page.keyboard.press(key)
    expect(page.locator(INPUT)).to_be_focused()
    expect(page.locator(INPUT)).to_have_value("")
    page.keyboard.insert_text("优惠券")
    expect(results(page).first).to_be_visible()
    assert f"q={quote('优惠券')}" in page.url
    page.keyboard.press("Escape")
    expect(results(page).first).to_be_hidden()
    page.wait_for_function("!location.search")


def test_results_lead_to_sections_by_keyboard_alone(address: str, page: Page, ears: Ears) -> None:
    """Words, arrows and Enter lead to the section of a page that was chosen, and what was found is marked there."""
    page.goto(address)
    search(page, "粘贴识别地址")
    expect(results(page).first.locator("h2").first).to_contain_text("粘贴识别地址")
    expect(results(page).first.locator("mark").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(results(page).first.locator("a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/user_manual/MAN-BUY-002/**#TASK-BUY-202")
    expect(page.locator('[id="TASK-BUY-202"]')).to_be_in_viewport()
    expect(page.locator("mark[data-md-highlight]").first).to_have_text("粘贴识别地址")


def test_a_composition_is_not_searched_nor_ended_by_its_enter(address: str, page: Page, ears: Ears) -> None:
    """While an input method composes nothing is asked and Enter opens nothing; what it leaves is searched."""
    page.goto(address)
    page.keyboard.press("/")
    page.locator(INPUT).evaluate(COMPOSE, ["优惠券", ["y", "you", "you'hui", "you'hui'quan"]])
    page.wait_for_timeout(400)
    assert results(page).count() == 0
    page.evaluate(
        "window.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    page.locator(INPUT).evaluate(
        "input => input.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))"
    )
    before = page.url
    page.evaluate("composed()")
    expect(results(page).first).to_be_visible()
    assert page.url.partition("?")[0] == before.partition("?")[0]
    expect(page.locator(META)).to_have_text(re.compile(r"找到 \d+ 页"))


def test_enter_before_the_answer_opens_the_best_when_it_comes(address: str, page: Page, ears: Ears) -> None:
    """Who types an id and Enter at once gets to it."""
    page.goto(address)
    search(page, "REQ-CHK-005")
    page.keyboard.press("Enter")
    page.wait_for_url("**/prd/PRD-CHK-001/**#REQ-CHK-005")


def test_facets_narrow_and_say_how_many(address: str, page: Page, ears: Ears) -> None:
    """A facet's button narrows to as many pages as it says, is released again, and a typed filter presses it."""
    page.goto(address)
    search(page, "支付")
    button = page.locator(".pm-search-value", has_text="需求文档")
    expect(button).to_be_visible()
    count = int(button.locator("small").inner_text())
    whole = page.locator(META).inner_text()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(META)).to_have_text(re.compile(rf"找到 {count} 页"))
    expect(page.locator(INPUT)).to_be_focused()
    button.click()
    expect(page.locator(META)).to_have_text(whole)
    page.keyboard.insert_text(" type:prd")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(page.locator(INPUT)).to_have_value("支付")
    expect(page.locator(META)).to_have_text(whole)


def test_a_link_with_a_query_shows_its_results(address: str, page: Page, ears: Ears) -> None:
    """An address with `?q=` opens the box with the results, in a page of any depth."""
    page.goto(f"{address}reference/types/?q={quote('库存锁定')}")
    expect(page.locator(INPUT)).to_have_value("库存锁定")
    expect(results(page).first).to_contain_text("库存锁定")


def test_a_list_keeps_its_own_query(address: str, page: Page, ears: Ears) -> None:
    """The filter of a list of documents has an address of its own and does not open the box."""
    page.goto(f"{address}documents/")
    page.locator("form[data-filter] input[type=search]").fill("SPEC-CHK-003")
    expect(page.locator("#documents tbody tr:visible")).to_have_count(1)
    page.reload()
    expect(page.locator("#documents tbody tr:visible")).to_have_count(1)
    expect(page.locator(INPUT)).not_to_be_focused()
    search(page, "优惠券")
    expect(results(page).first).to_be_visible()
    expect(page.locator("#documents tbody tr:visible")).to_have_count(1)


def test_english_pages_find_english(address: str, page: Page, ears: Ears) -> None:
    """The box of the English pages speaks English and leads to English pages."""
    page.goto(address + "en/prd/PRD-CHK-001/")
    search(page, "use a coupon")
    expect(page.locator(META)).to_have_text(re.compile(r"\d+ pages? found"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/user_manual/MAN-BUY-002/**#TASK-BUY-203")


def test_a_miss_says_so_and_offers_what_is_near(address: str, page: Page, ears: Ears) -> None:
    """Where no page holds what was typed, the box says so, and shows what comes closest where something does."""
    page.goto(address)
    search(page, "量子纠缠态")
    expect(page.locator(META)).to_have_text("没有找到符合的页面")
    page.locator(INPUT).fill("优惠券量子纠缠态与黑洞熵")
    expect(page.locator(META)).to_contain_text("最接近")
    expect(results(page).first).to_be_visible()


def test_titles_and_queries_are_text(address: str, page: Page, ears: Ears) -> None:
    """Markup in a query is looked for as text; nothing of it becomes an element."""
    page.goto(f"{address}?q={quote('<img src=x onerror=alert(1)> 优惠券')}")
    expect(results(page).first).to_be_visible()
    assert page.locator("[data-pm-search] img, [data-pm-search] .md-search-result script").count() == 0
    results(page).first.locator("a").first.click()
    page.wait_for_url("**h=**")
    assert page.locator(".md-content img[src='x']").count() == 0


def test_results_are_announced(address: str, page: Page, ears: Ears) -> None:
    """The number of results stands in a live region, the box is a named dialog, and its results are a list."""
    page.goto(address)
    search(page, "运费")
    expect(page.get_by_role("status").filter(has_text="找到")).to_be_visible()
    expect(page.get_by_role("dialog", name="查找")).to_be_attached()
    assert page.locator(".md-search-result__list").get_attribute("role") in (None, "list")
    assert page.locator(INPUT).get_attribute("aria-label")


def test_more_pages_are_a_button_away(address: str, page: Page, ears: Ears) -> None:
    """Of many pages twenty are shown, the next ones at the end of the list."""
    page.goto(address)
    search(page, "检查")
    expect(results(page).first).to_be_visible()
    total = int(re.sub(r"\D", "", page.locator(META).inner_text()))
    if total > 20:
        page.locator(".pm-search-next button").click()
        expect(page.locator(f"{RESULT} h1")).to_have_count(min(total, 40))


def test_a_lost_shard_is_told_and_the_rest_answers(address: str, sample_site: Path, node: Node, page: Page) -> None:
    """Where a file of the index cannot be read, the box shows what the rest finds and says that something is missing."""
    node.open(sample_site)
    shard = next(path for path in node.search("邮券", limit=1)["read"] if path.startswith("terms/"))
    page.context.route(f"**/search/{shard}", lambda route: route.abort())
    page.goto(address)
    search(page, "免邮券 支付失败")
    expect(page.locator(META)).to_contain_text("读不到")
    expect(results(page).first).to_be_visible()


def test_a_lost_index_is_told(address: str, page: Page) -> None:
    """Where there is no index at all, the box says that search could not start."""
    page.context.route("**/search/index.json", lambda route: route.abort())
    page.goto(address)
    search(page, "优惠券")
    expect(page.locator(META)).to_contain_text("搜索没能启动")


def test_a_page_from_a_disk_says_that_it_cannot_search(sample_site: Path, page: Page) -> None:
    """Opened as a file, the page says plainly that the browser does not let it search."""
    page.goto((sample_site / "prd" / "PRD-CHK-001" / "index.html").as_uri())
    search(page, "优惠券")
    expect(page.locator(META)).to_contain_text("直接从磁盘打开")


def test_a_phone_shows_the_box_on_the_whole_screen(address: str, new_page: NewPage) -> None:
    """On a phone the loupe opens the box, results fit the width, and the arrow leads back."""
    page = new_page(width=390, height=844)
    ears = Ears(page, address)
    page.goto(address)
    page.locator("header label[for=__search]").first.click()
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.insert_text("支付失败")
    expect(results(page).first).to_be_visible()
    page.wait_for_function(FITS, arg=RESULT)
    page.locator(".md-search__form label[for=__search]").click()
    expect(results(page).first).to_be_hidden()
    assert ears.heard == []


def with_instant_navigation(project: Path) -> Path:
    """The sample with pages that load in place."""
    copy_sample(project)
    change(project / "mkdocs.yml", "    - navigation.tabs\n", "    - navigation.tabs\n    - navigation.instant\n")
    return project


@pytest.fixture
def instant(build_once: BuildOnce, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a sample with pages that load in place is served, its sitemaps telling of that place."""
    folder = tmp_path_factory.mktemp("instant")
    shutil.copytree(build_once("instant", with_instant_navigation), folder / "pmdocs")
    host = serve(folder)
    for path in folder.rglob("sitemap.xml"):
        path.write_text(path.read_text("utf-8").replace("https://example.github.io/", host), "utf-8")
    return host + "pmdocs/"


def test_the_box_lives_on_when_pages_load_in_place(instant: str, page: Page) -> None:
    """With instant navigation a result opens in place, marked, and the box answers again from there."""
    page.goto(instant)
    page.evaluate("window.stays = true")
    for words, anchor in (("粘贴识别地址", "TASK-BUY-202"), ("REQ-CHK-005", "REQ-CHK-005")):
        page.keyboard.press("/")
        page.locator(INPUT).fill(words)
        expect(results(page).first.locator("h2").first).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**#{anchor}")
        expect(page.locator(f'[id="{anchor}"]')).to_be_in_viewport()
        expect(results(page).first).to_be_hidden()
        page.wait_for_timeout(SETTLED)
    assert page.evaluate("window.stays === true")


def test_dark_and_printed_pages_stay_readable(address: str, new_page: NewPage) -> None:
    """In the dark scheme words of results stand out from their ground; on paper there is no box."""
    page = new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    search(page, "优惠券")
    expect(results(page).first).to_be_visible()
    ground = page.locator(".md-search__scrollwrap").evaluate("each => getComputedStyle(each).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", ground)[:3])) < 200
    page.emulate_media(media="print")
    expect(page.locator("[data-pm-search]")).to_be_hidden()
