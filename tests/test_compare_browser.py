"""Versions compared in a real browser: the page of changes, any two versions, the history of items; on a desk and on a phone."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import NewPage, Serve
from sites import DRAFT, SMALL, run, write

CONFIG = SMALL["mkdocs.yml"].replace("[zh]", "[zh, en]")
RELEASES = """\
releases:
  - {version: "1.1", title: 第二版, date: 2026-08-05, state: released, path: data/_releases/1.1}
  - {version: "1.0", title: 第一版, date: 2026-04-08, state: released, path: data/_releases/1.0}
"""
REQUIREMENT = """\
  - id: REQ-TRY-00{number}
    title: {title}
    statement: {statement}
    priority: P1
    status: proposed
"""
PAY = REQUIREMENT.format(
    number=1, title="支付失败可以重试", statement="支付失败后，支付服务应在 {minutes} 分钟内保留订单。"
)
TOTAL = REQUIREMENT.format(
    number=2,
    title="{zh: 显示总额, en: Show the total}",
    statement="{zh: 结算服务应显示总额。, en: Checkout shall show the total.}",
)
LOCK = REQUIREMENT.format(number=3, title="锁定库存", statement="在订单处于“待支付”期间，库存服务应锁定商品。")


def documents(minutes: int, *requirements: str, public: bool = False) -> dict[str, str]:
    """A version: a draft with requirements, one without, and a public one or none."""
    first = DRAFT.format(id="PRD-TRY-001", number=1) + "confidentiality: internal\nrequirements:\n"
    files = {
        "data/prd/PRD-TRY-001.yaml": first + PAY.format(minutes=minutes) + "".join(requirements),
        "data/prd/PRD-TRY-002.yaml": DRAFT.format(id="PRD-TRY-002", number=2),
    }
    if public:
        files["data/prd/PRD-TRY-003.yaml"] = DRAFT.format(id="PRD-TRY-003", number=3) + "confidentiality: public\n"
    return files


def three_versions(folder: Path) -> Path:
    """Two releases in snapshot folders and what is being written."""
    shared = SMALL | {"mkdocs.yml": CONFIG}
    write(folder, shared | documents(15, LOCK, public=True) | {"data/releases.yaml": RELEASES})
    write(folder / "data/_releases/1.1", shared | documents(15, TOTAL))
    write(folder / "data/_releases/1.0", shared | documents(10, TOTAL))
    return folder


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, worker_id: str, serve: Serve) -> str:
    """Where all versions are served, built once for all workers."""
    base = tmp_path_factory.getbasetemp()
    project = (base if worker_id == "master" else base.parent) / "three-versions"
    with (project.parent / "three-versions.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (project / "site").is_dir():
            ran = run("pmdocs", "build", "--project", str(three_versions(project)), within=project.parent)
            assert ran.returncode == 0, ran.stdout
    return serve(project / "site")


def heard(page: Page) -> list[str]:
    """What a page complains about, gathered while it is open."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_any_two_versions_are_compared(address: str, page: Page) -> None:
    """The newest two stand there at first; the reader picks others; a known difference is told; the address holds the choice."""
    complaints, asked = heard(page), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}next/compare/")
    expect(page.locator("select[name=from]")).to_have_value("1.1")
    expect(page.locator("select[name=to]")).to_have_value("next")
    expect(page.locator(".pm-changes section")).to_have_count(2)
    expect(page.locator("#PRD-TRY-001")).to_contain_text("第 1 份需求文档")
    expect(page.locator("#REQ-TRY-002 del")).to_have_text("显示总额")
    assert not [url for url in asked if "PRD-TRY-002" in url], "a document that does not differ was loaded"
    page.locator("select[name=from]").select_option("1.0")
    expect(page.locator(".pm-change:has(#REQ-TRY-001) dd")).to_have_text(
        "支付失败后，支付服务应在 1015 分钟内保留订单。"
    )
    expect(page.locator(".pm-change:has(#REQ-TRY-001) del")).to_have_text("10")
    assert page.url.endswith("next/compare/?from=1.0&to=next")
    assert complaints == []


def test_an_address_leads_to_a_comparison(address: str, page: Page) -> None:
    """An address with two versions and a filter opens just that; two equal versions say so."""
    page.goto(f"{address}1.1/compare/?from=1.0&to=next&audience=user")
    expect(page.locator(".pm-changes section:visible")).to_have_count(1)
    expect(page.locator("#PRD-TRY-003")).to_be_visible()
    page.locator("select[name=audience]").select_option("")
    expect(page.locator(".pm-changes section:visible")).to_have_count(2)
    page.locator("select[name=from]").select_option("next")
    expect(page.locator("[data-said]")).to_have_text("两边是同一个版本，请选不同的版本。")
    page.goto(f"{address}1.1/compare/?from=1.1&to=1.1")
    expect(page.locator("[data-said]")).to_be_visible()


def test_an_address_with_a_version_that_is_gone_says_so(address: str, page: Page) -> None:
    """A shared address outlives a version: its page names what is gone instead of comparing something else."""
    page.goto(f"{address}next/compare/?from=0.7&to=1.1")
    expect(page.locator("[data-said]")).to_have_text(
        "站点上没有版本 0.7：可能已经撤下，或者地址写错了。请在上面另选版本。"
    )
    expect(page.locator(".pm-changes section")).to_have_count(0)
    page.locator("select[name=from]").select_option("1.0")
    expect(page.locator("#REQ-TRY-001")).to_be_visible()
    page.goto(f"{address}next/en/compare/?from=0.7&to=1.1")
    expect(page.locator("[data-said]")).to_contain_text("This site has no version 0.7")


def test_in_english_versions_are_compared_in_english(address: str, new_page: NewPage) -> None:
    """In the second language the words are English, and the ways lead into the same language."""
    page = new_page(locale="en-US")
    page.goto(f"{address}next/en/compare/?from=1.1&to=next")
    expect(page.locator("#REQ-TRY-002")).to_have_text("Show the total")
    expect(page.locator("#PRD-TRY-001 a")).to_have_attribute("href", f"{address}next/en/prd/PRD-TRY-001/")


def test_what_changed_stands_without_scripts(address: str, new_page: NewPage) -> None:
    """The page of changes reads the same without scripts."""
    page = new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{address}next/changes/")
    expect(page.locator("h1")).to_have_text("本版改动")
    expect(page.locator(".pm-lead")).to_contain_text("与版本 1.1 相比")
    expect(page.locator(".pm-change:has(#REQ-TRY-003)")).to_contain_text("新增")


@pytest.mark.parametrize("path", ["next/changes/", "next/compare/?from=1.0&to=next"])
def test_nothing_sticks_out_on_a_phone(address: str, new_page: NewPage, path: str) -> None:
    """On a phone the differences fit the screen."""
    page = new_page(width=390, height=800)
    page.goto(f"{address}{path}")
    expect(page.locator("#REQ-TRY-003")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_changes_are_narrowed_by_reader(address: str, page: Page) -> None:
    """A filter shows what concerns one kind of reader."""
    complaints = heard(page)
    page.goto(f"{address}next/changes/")
    page.locator("select[name=audience]").select_option("user")
    expect(page.locator(".pm-changes section:visible")).to_have_count(1)
    expect(page.locator("form output")).to_have_text("1 / 2 份文档有差异")
    assert "audience=user" in page.url
    assert complaints == []


def test_items_tell_their_history(address: str, page: Page) -> None:
    """A document lists its versions up to the one that is read; an item says when it changed, and leads to the difference."""
    page.goto(f"{address}next/prd/PRD-TRY-001/")
    expect(page.locator("a.pm-since")).to_have_text(["1.1 改动"])
    page.get_by_text("版本历史").click()
    expect(page.locator(".pm-history > li")).to_have_count(3)
    page.locator("a.pm-since").click()
    expect(page).to_have_url(f"{address}next/compare/?from=1.0&to=1.1#REQ-TRY-001")
    expect(page.locator(".pm-change:has(#REQ-TRY-001) ins")).to_have_text("15")
    page.goto(f"{address}1.0/prd/PRD-TRY-001/")
    expect(page.locator(".pm-history > li")).to_have_count(1)


def test_one_version_alone_has_nothing_to_compare(sample_site: Path, serve: Serve, page: Page) -> None:
    """Where a single version was built, the page says so and asks for nothing that is not there."""
    complaints = heard(page)
    page.goto(f"{serve(sample_site)}compare/")
    expect(page.locator("[data-said]")).to_contain_text("这里只有一个版本")
    expect(page.locator("form[data-versions]")).to_be_hidden()
    assert complaints == []
