"""The built sample as files: every address resolves, nothing comes from elsewhere, and only our scripts are there."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from sites import Parsed, broken_addresses, html_files, is_foreign, parsed

LOADING = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("audio", "src")}
LOADED_LINKS = {"stylesheet", "icon", "preload", "preconnect", "prefetch", "modulepreload", "dns-prefetch", "manifest"}
OWN = re.compile(r"^(?:\.\./|\./)*assets/(?:javascripts|pmdocs)/[\w./-]+\.js$")


def test_every_address_leads_somewhere(sample_site: Path) -> None:
    """Every link, picture, style and script of every page is a file of the site, every fragment an anchor of its page."""
    assert sorted(broken_addresses(sample_site)) == []


def loaded(page: Parsed) -> list[str]:
    """The addresses that a browser loads by itself to show a page."""
    links = [
        str(attributes.get("href"))
        for tag, attributes in page.tags
        if tag == "link" and LOADED_LINKS & set((attributes.get("rel") or "").split())
    ]
    return links + [address for tag, name, address in page.addresses if (tag, name) in LOADING]


def test_nothing_is_loaded_from_a_foreign_host(sample_site: Path) -> None:
    """No page loads a style, script, font or picture of another host; neither does a style sheet of ours."""
    for path in html_files(sample_site):
        assert [address for address in loaded(parsed(path)) if is_foreign(address)] == [], path
    for style in (sample_site / "assets/pmdocs").glob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", style.read_text("utf-8"))


def test_pages_hold_no_script_but_ours(sample_site: Path) -> None:
    """Scripts are Material's and pmdocs' own files, and Material's own inline ones; no attribute is a handler."""
    inline = set()
    for path in html_files(sample_site):
        page = parsed(path)
        for script in page.scripts():
            if script.get("src"):
                assert OWN.match(str(script["src"])) or path.name == "404.html", path
        inline.add(sum(1 for script in page.scripts() if not script.get("src")))
        handlers = [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        assert handlers == [], path
    assert len(inline) <= 2, "pages of one theme have the same inline scripts"


def test_anchors_are_unique(sample_site: Path) -> None:
    """No page uses an id twice."""
    for path in html_files(sample_site):
        double = [name for name, count in Counter(parsed(path).ids).items() if count > 1]
        assert double == [], path


@pytest.mark.parametrize("folder", ["", "en"])
def test_each_page_has_one_heading_at_the_top(sample_site: Path, folder: str) -> None:
    """Every page has exactly one heading of the first level, and no level is left out below it."""
    for path in html_files(sample_site / folder):
        if path.name != "404.html":
            levels = [int(tag[1]) for tag, attributes in parsed(path).tags if re.fullmatch("h[1-6]", tag)]
            assert levels.count(1) == 1, path
            jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
            assert jumps == [], path


def test_every_picture_has_words(sample_site: Path) -> None:
    """Every picture of a document has an alternative text."""
    for path in html_files(sample_site):
        for tag, attributes in parsed(path).tags:
            if tag == "img" and "logo" not in (attributes.get("alt") or ""):
                assert attributes.get("alt"), f"{path}: {attributes}"


def test_sample_documents_say_so(sample_site: Path) -> None:
    """Each document of the sample is marked as sample data, in the language of the page."""
    for folder, words in (("", "示例数据"), ("en", "Sample data")):
        for path in (sample_site / folder).glob("*/*-*-*/index.html"):
            if path.parent.parent.name != "rules":
                assert words in parsed(path).text, path


def test_the_drawing_script_is_only_where_something_is_drawn(sample_site: Path) -> None:
    """Pages with a diagram load Mermaid from the site, the others do not name it."""
    drawing = set()
    for path in html_files(sample_site):
        page = parsed(path)
        draws = any("mermaid" in (attributes.get("class") or "").split() for _, attributes in page.tags)
        loads = any("mermaid" in str(script.get("src")) for script in page.scripts())
        assert draws == loads, path
        drawing.add(draws)
    assert drawing == {True, False}


@pytest.mark.parametrize(("folder", "other"), [("", "en"), ("en", "zh")])
def test_the_language_selector_leads_to_the_same_page(sample_site: Path, folder: str, other: str) -> None:
    """The selector of a page leads to the same page in the other language."""
    page = parsed(sample_site / folder / "prd/PRD-CHK-001/index.html")
    links = [
        str(attributes["href"]) for tag, attributes in page.tags if tag == "a" and attributes.get("hreflang") == other
    ]
    expected = "../../en/prd/PRD-CHK-001/" if other == "en" else "../../../prd/PRD-CHK-001/"
    assert links == [expected]
