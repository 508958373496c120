"""The traceability page in a real browser: filters, the table to download, a phone, both languages, and no script at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import NewPage, Serve

PAGE = "trace/trendpick/"


@pytest.fixture(scope="module")
def address(sample_site: Path, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the built sample is served."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "pmdocs").symlink_to(sample_site)
    return serve(folder) + "pmdocs/"


def shown(page: Page) -> int:
    """How many lines of the matrix are in sight."""
    return page.locator("#matrix tbody tr:visible").count()


def test_the_matrix_is_narrowed_and_taken_away(page: Page, address: str) -> None:
    """By state, priority, release and document, in the address, too; the table downloads under a name of its own."""
    page.goto(address + PAGE)
    assert shown(page) == 48
    page.get_by_label("情况").select_option("待核对")
    assert shown(page) == 1
    expect(page.locator(".pm-filter output")).to_have_text("1 / 48 条需求")
    page.get_by_label("情况").select_option("")
    page.get_by_label("优先级").select_option("P0")
    page.get_by_label("目标版本").select_option("1.0")
    assert shown(page) == 6, "three of recommendation and three of sharing"
    page.locator("select[name='document']").select_option("PRD-REC-001")
    assert shown(page) == 3
    page.reload()
    assert shown(page) == 3
    page.locator(".pm-filter input[name='q']").fill("没有这条")
    expect(page.locator("#matrix-none")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_text("下载 CSV").click()
    assert download.value.suggested_filename == "trendpick-trace-zh.csv"
    assert Path(download.value.path()).read_text("utf-8-sig").count("\n") == 49


@pytest.mark.parametrize(("path", "words"), [(PAGE, "追溯：潮选"), (f"en/{PAGE}", "Traceability: TrendPick")])
def test_it_fits_a_phone_in_both_languages(new_page: NewPage, address: str, path: str, words: str) -> None:
    """Nothing sticks out sideways; each line is a card whose parts have their names."""
    page = new_page(width=390, height=800)
    page.goto(address + path)
    expect(page.locator("h1")).to_have_text(words)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    line = page.locator("#matrix tbody tr").first
    assert line.bounding_box() is not None
    assert line.evaluate("row => getComputedStyle(row).display") == "flex"


def test_it_reads_well_without_scripts(chromium: Browser, address: str) -> None:
    """Every line is there, the filter is not, and a link leads to its requirement."""
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(address + PAGE)
        assert shown(page) == 48
        assert page.locator(".pm-filter").is_hidden()
        page.get_by_role("link", name="支付失败可重试").click()
        assert page.url.endswith("prd/PRD-CHK-001/#REQ-CHK-005")
    finally:
        context.close()
