"""A site of several versions as readers meet it: every link of every version, and in a browser what scripts add."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from conftest import MakeOnce, NewPage
from grown import build_all, grow, published
from pmdocs.publish.contents import _spoken
from sites import QUIET, broken_addresses, digests, html_files, is_foreign, parsed


@pytest.fixture(scope="module")
def site(make_once: MakeOnce) -> Path:
    """Three releases and what is being written, built by the real host."""
    return make_once("grown", lambda folder: build_all(grow(folder))) / "site"


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served as GitHub Pages does."""
    with published(site, tmp_path_factory.mktemp("pages")) as found:
        yield found


def test_every_link_of_every_version_resolves(site: Path) -> None:
    """No page of any version, and none above them, leads to a file or an anchor that is not there."""
    assert list(broken_addresses(site)) == []


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    """Style sheets, scripts and pictures of every page lie in the site."""
    loaded = {
        found
        for path in html_files(site)
        for tag, name, found in parsed(path).addresses
        if is_foreign(found) and tag in ("script", "img", "iframe") and name == "src"
    }
    assert loaded == set()


def test_the_root_says_where_everything_is(site: Path) -> None:
    """The sitemap lists those of the releases in each language; robots keep out of what is being written."""
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    maps = [str(each.text).removeprefix("https://docs.example.com/pages/") for each in root.iter() if each.text]
    assert sorted(filter(None, map(str.strip, maps))) == sorted(
        f"{version}/{language}sitemap.xml" for version in ("1.0", "1.1", "1.2") for language in ("", "en/")
    )
    for each in filter(None, map(str.strip, maps)):
        assert (site / each).is_file()
    robots = (site / "robots.txt").read_text("utf-8")
    assert robots == "User-agent: *\nDisallow: /pages/next/\n\nSitemap: https://docs.example.com/pages/sitemap.xml\n"


def test_equal_documents_are_stored_once(site: Path) -> None:
    """What a document says lies above all versions, once for each content; every manifest leads there."""
    stored = sorted(path.name.split(".")[0] for path in (site / "items").glob("PRD-*.json"))
    assert stored == ["PRD-TRY-001", "PRD-TRY-001", "PRD-TRY-002", "PRD-TRY-003"]
    for version in ("1.0", "1.1", "1.2", "next"):
        manifest = json.loads((site / version / "items.json").read_text("utf-8"))
        assert not (site / version / "items").exists()
        for row in [*(each["file"] for each in manifest["documents"]), manifest["words"]]:
            assert (site / version / row).is_file()


def test_a_history_tells_what_became_of_a_document(site: Path) -> None:
    """The file of a document names its versions, when it changed, and where it and its items were taken out."""
    first = json.loads((site / "history/PRD-TRY-001.json").read_text("utf-8"))
    assert [(each["version"], each.get("change")) for each in first["versions"]] == [
        ("next", None),
        ("1.2", None),
        ("1.1", "changed"),
        ("1.0", None),
    ]
    assert {each["id"]: each["removed_in"] for each in first["items"]} == {"REQ-TRY-001": None, "REQ-TRY-002": "1.1"}
    second = json.loads((site / "history/PRD-TRY-002.json").read_text("utf-8"))
    assert (second["removed_in"], second["versions"][0]["url"]) == ("1.2", "1.1/prd/PRD-TRY-002/")
    third = json.loads((site / "history/PRD-TRY-003.json").read_text("utf-8"))
    assert [(each["version"], each["change"]) for each in third["versions"]] == [("next", "new")]
    assert json.loads((site / "id/items.json").read_text("utf-8")) == {
        "REQ-TRY-001": "PRD-TRY-001",
        "REQ-TRY-002": "PRD-TRY-001",
        "REQ-TRY-011": "PRD-TRY-002",
        "REQ-TRY-021": "PRD-TRY-003",
    }


def test_titles_in_markdown_are_told_as_words() -> None:
    """Where an item is called by a sentence in Markdown, its history holds the words alone."""
    told = {
        "点击**去结算**。": "点击去结算。",
        "见[购物车](cart.md)的 `total`": "见购物车的 total",
        "2 * 3\n= 6": "2 * 3 = 6",
    }
    assert {text: _spoken(text) for text in told} == told


def test_a_permanent_address_reads_without_scripts(site: Path) -> None:
    """The page of a document lists its versions and its items as plain links, in both languages."""
    page = parsed(site / "id/PRD-TRY-002/index.html")
    assert "从 1.2 起不再有这份文档；最后一次出现在 1.1。" in page.text
    assert "This document is gone since 1.2; 1.1 was the last to have it." in page.text
    links = [found for tag, name, found in page.addresses if tag == "a"]
    assert links == [
        "../../1.2/",
        "../../1.1/prd/PRD-TRY-002/",
        "../../1.0/prd/PRD-TRY-002/",
        "../../1.1/prd/PRD-TRY-002/#G-1",
        "../../1.0/prd/PRD-TRY-002/#G-1",
        "../../1.1/prd/PRD-TRY-002/#REQ-TRY-011",
        "../../1.0/prd/PRD-TRY-002/#REQ-TRY-011",
    ]
    assert "REQ-TRY-011" in page.ids
    assert page.scripts() == []


def test_a_released_page_is_not_edited(site: Path) -> None:
    """What is being written leads to its source; a release does not."""
    assert 'rel="edit"' in (site / "next/prd/PRD-TRY-001/index.html").read_text("utf-8")
    assert 'rel="edit"' not in (site / "1.2/prd/PRD-TRY-001/index.html").read_text("utf-8")


def test_a_second_build_takes_what_is_kept(site: Path, tmp_path: Path) -> None:
    """Built again, in another folder, nothing changes and no version is built; sizes are reported."""
    copy = shutil.copytree(site.parent, tmp_path / "copy")
    shutil.rmtree(copy / "site")
    told = build_all(copy)
    assert digests(copy / "site") == digests(site)
    assert told.count("用已有的结果") == 4
    assert re.search(r"(?m)^1\.2 +\d+ 页 +\d+\.\d MB  ← 默认$", told)


def start(project: Path, *options: str) -> subprocess.Popen[bytes]:
    """A build that has begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "pmdocs", "build", *options],
        cwd=project,
        env=os.environ | QUIET,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_builds_at_once_and_killed_ones_leave_whole_sites(site: Path, tmp_path: Path) -> None:
    """Killed at some moments, and run twice at once, real builds always leave a whole site, and in the end the right one."""
    copy = shutil.copytree(site.parent, tmp_path / "copy")
    home = (copy / "docs/index.md").read_text("utf-8")
    names = digests(site).keys()
    chance = random.Random(7)
    for number in range(4):
        (copy / "docs/index.md").write_text(f"# 首页 {number}\n", "utf-8")
        running = start(copy, "--only", "next", "--only", "1.2")
        time.sleep(chance.uniform(0.4, 3.5))
        running.kill()
        running.wait()
        found = digests(copy / "site")
        complete = found.keys() == names or all(not name.startswith(("1.0/", "1.1/")) for name in found)
        assert complete
        assert {"next/index.html", "1.2/index.html", "versions.json", "404.html"} <= found.keys()
    (copy / "docs/index.md").write_text(home, "utf-8")
    both = [start(copy), start(copy)]
    assert [running.wait(timeout=120) for running in both] == [0, 0]
    assert digests(copy / "site") == digests(site)
    assert [path.name for path in copy.iterdir() if path.name.startswith(".site")] == []


def heard(page: Page) -> list[str]:
    """Collects what a page complains about from now on."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    return found


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_selector_keeps_the_reader_on_the_page(address: str, page: Page, language: str) -> None:
    """In both languages Material's selector lists all versions and leads to the same page in the same language."""
    complaints = heard(page)
    page.goto(f"{address}1.0/{language}prd/PRD-TRY-001/")
    expect(page.locator(".md-version__current")).to_have_text("1.0")
    page.locator(".md-version__current").focus()
    names = page.locator(".md-version__link")
    expect(names).to_have_text(["Unreleased" if language else "开发中", "1.2", "1.1", "1.0"])
    names.nth(1).click()
    page.wait_for_url(f"{address}1.2/{language}prd/PRD-TRY-001/")
    expect(page.locator(".md-version__current")).to_have_text("1.2")
    assert complaints == []


def test_old_and_unreleased_versions_say_so(address: str, page: Page) -> None:
    """A banner names the newest version, what became of the document since, and leads to its page there if it has one."""
    complaints = heard(page)
    banner = page.locator(".pm-version-note")
    page.goto(f"{address}1.0/prd/PRD-TRY-001/")
    expect(banner).to_contain_text("这里是 1.0 版（2026-01-05），最新的是 1.2 版。这份文档后来有修改。")
    expect(banner.locator("a")).to_have_attribute("href", f"{address}1.2/prd/PRD-TRY-001/")
    page.goto(f"{address}1.1/en/prd/PRD-TRY-001/")
    expect(banner).to_contain_text(
        "This is version 1.1 (2026-02-05); the newest is 1.2. This document has not changed since."
    )
    expect(banner.locator("a")).to_have_attribute("href", f"{address}1.2/en/prd/PRD-TRY-001/")
    page.goto(f"{address}1.1/prd/PRD-TRY-002/")
    expect(banner).to_contain_text("从 1.2 起不再有这份文档。")
    expect(banner.locator("a")).to_have_attribute("href", f"{address}1.2/")
    page.goto(f"{address}next/prd/PRD-TRY-003/")
    expect(banner).to_contain_text("还没有发布；已发布的最新版本是 1.2。1.2 版里还没有这份文档。")
    page.goto(f"{address}1.0/glossary/")
    expect(banner.locator("a")).to_have_attribute("href", f"{address}1.2/glossary/")
    page.goto(f"{address}1.2/prd/PRD-TRY-001/#REQ-TRY-002")
    expect(banner).to_contain_text("REQ-TRY-002 不在这个版本里，最后一次出现在 1.0 版。")
    page.goto(f"{address}1.2/prd/PRD-TRY-001/")
    page.wait_for_load_state("networkidle")
    expect(banner).to_have_count(0)
    assert complaints == []


MISSING = {
    "1.2/prd/PRD-TRY-002/": ("从 1.2 起没有了；最后一次出现在 1.1。", "1.1/prd/PRD-TRY-002/"),
    "latest/prd/PRD-TRY-002/#REQ-TRY-011": ("“REQ-TRY-011”从 1.2 起没有了", "1.1/prd/PRD-TRY-002/#REQ-TRY-011"),
    "1.2/en/prd/PRD-TRY-002/": ("is gone since 1.2", "1.1/en/prd/PRD-TRY-002/"),
    "1.2/prd/PRD-TRY-003/": ("不在版本 1.2 里", "next/prd/PRD-TRY-003/"),
    "0.7/prd/PRD-TRY-001/": ("站点上没有版本 0.7", "next/prd/PRD-TRY-001/"),
    "1.2/guide/": ("这一页在下面这些版本里。", "1.1/guide/"),
}


def test_what_is_missing_is_found_in_another_version(address: str, page: Page) -> None:
    """The page for what is missing names the versions that have it, and says in which one it was taken out."""
    for asked, (said, first) in MISSING.items():
        answer = page.goto(f"{address}{asked}")
        assert answer
        assert answer.status == 404
        expect(page.locator("#found")).to_contain_text(said)
        link = page.locator("#found a").first
        assert page.evaluate("link => link.href", link.element_handle()) == f"{address}{first}"


LEADS = {
    "id/REQ-TRY-011/": "id/PRD-TRY-002/#REQ-TRY-011",
    "id/PRD-TRY-002.G-1/": "id/PRD-TRY-002/#G-1",
    "id/prd-try-002.g-1/": "id/PRD-TRY-002/#G-1",
    "id/req-try-001/": "id/PRD-TRY-001/#REQ-TRY-001",
    "id/prd-try-001/": "id/PRD-TRY-001/",
    "prd/PRD-TRY-001/": "1.2/prd/PRD-TRY-001/",
    "en/glossary/": "1.2/en/glossary/",
    "": "1.2/",
    "latest/prd/PRD-TRY-001/?q=1#REQ-TRY-001": "1.2/prd/PRD-TRY-001/?q=1#REQ-TRY-001",
}


def test_addresses_without_a_version_lead_to_the_newest(address: str, page: Page) -> None:
    """The address of an item, one in small letters, one from before there were versions, and `latest/` all arrive."""
    for asked, target in LEADS.items():
        page.goto(f"{address}{asked}")
        page.wait_for_url(f"{address}{target}")


def test_pages_above_all_versions_fit_a_phone(address: str, new_page: NewPage) -> None:
    """Nothing but frames is wider than the screen."""
    narrow = new_page(width=360, height=700)
    for asked in ("id/PRD-TRY-002/", "id/", "1.2/prd/PRD-TRY-002/"):
        narrow.goto(f"{address}{asked}")
        narrow.wait_for_load_state("networkidle")
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 360
