"""The page of what changed since the version before, and what document pages say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pmdocs.diagnostics import Language
from pmdocs.pages import Page
from pmdocs.site import Site, print_pages
from projects import site_of
from sites import Parsed
from test_diff import PRD, SPEC, changed

MANUAL = """\
id: MAN-TST-001
title: {zh: 付款手册, en: Paying}
product: trendpick
version: "1.0"
status: draft
lang: zh-CN
owner: lin-xiao
created_date: 2026-09-01
confidentiality: public
tasks:
  - id: TASK-TST-001
    title: {zh: 付款, en: Pay}
    covers: [REQ-TST-001]
    steps: [{action: {zh: 点“付款”, en: Select Pay}}, {action: {zh: 选择支付方式, en: Choose how to pay}}]
"""
OLD = {
    "data/prd/PRD-TST-001.yaml": PRD,
    "data/feature_spec/SPEC-TST-001.yaml": SPEC,
    "data/user_manual/MAN-TST-001.yaml": MANUAL,
}
START = PRD.index("  - id: REQ-TST-002")
OTHER = changed(PRD.split("goals:")[0], ("PRD-TST-001", "PRD-TST-002"), ("结算单页改造", "支付重试"))
NEW = {
    "data/prd/PRD-TST-001.yaml": changed(
        PRD[:START],
        ("owner: lin-xiao", "owner: chen-yizhou"),
        ("运费在 2 秒内更新", "运费在 3 秒内更新"),
        ("with shipping before", "with delivery before"),
    ),
    "data/prd/PRD-TST-002.yaml": f"{OTHER}requirements:\n{PRD[START:]}",
    "data/user_manual/MAN-TST-001.yaml": changed(MANUAL, ("点“付款”", "点“立即付款”")),
}
PUBLIC = (
    "site_name: 测试\nplugins:\n  - pmdocs:\n      languages: [zh, en]\n      publish: {confidentiality: [public]}\n"
)


def after(folder: Path, new: Mapping[str, str], old: Mapping[str, str], config: str | None = None) -> Site:
    """A site that knows the version before it."""
    settings = {"config": config} if config else {}
    site = site_of(folder / "new", new, **settings)
    before = replace(site_of(folder / "old", old, **settings).library, version="1.2")
    return replace(site, previous=before)


def printed(site: Site, language: Language) -> dict[str, Page]:
    """The generated pages by source path."""
    return {page.uri: page for page in print_pages(site, language)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A version in which something of every sort happened."""
    return after(tmp_path_factory.mktemp("changes"), NEW, OLD)


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Page]:
    """Its pages in Chinese."""
    return printed(site, "zh")


def text_of(page: Page) -> str:
    """What a reader reads on a page."""
    return Parsed(page.html).text


def test_what_changed_is_told_by_document_and_item(pages: dict[str, Page]) -> None:
    """The page names the version before, counts, and tells each change below its document: moved, removed, changed."""
    page = pages["changes/index.md"]
    text = text_of(page)
    assert "与版本 1.2 相比" in text
    assert "PRD-TST-002 新增" in text
    assert "SPEC-TST-001 删除" in text
    assert "<del>2</del><ins>3</ins> 秒内更新" in page.html
    assert "REQ-TST-002 移动" in text
    assert "移到了 PRD-TST-002" in text
    assert "状态、日期和评审等 1 处" in text
    assert "文档本身 需求 1 摘要 把五个结算页面合并为一页" in text


def test_a_part_of_an_item_is_told_with_the_item(pages: dict[str, Page]) -> None:
    """A changed criterion stands in the card of its requirement, called after the list of criteria and its own id."""
    html = pages["changes/index.md"].html
    assert 'id="REQ-TST-001"' in html
    assert "<dt>验收标准 <small>AC-2 则 第 1 条</small></dt>" in html


def test_changes_are_grouped_by_whom_they_concern(pages: dict[str, Page]) -> None:
    """Users are told of the public manual alone, customer service and the team of the rest, too."""
    html = pages["changes/index.md"].html
    part = html[html.index('id="by-audience"') : html.index('class="pm-legend"')]
    team, service, users = (Parsed(each).text for each in part.split("<li><h3>")[1:])
    assert team.startswith("团队")
    assert "结算单页改造：" in team
    assert service.startswith("客服")
    assert "付款手册：TASK-TST-001" in service
    assert users.startswith("用户 付款手册：TASK-TST-001")
    assert "结算单页改造" not in users


def test_removed_things_lead_nowhere(pages: dict[str, Page]) -> None:
    """What is gone has no link to a page; everything else leads to its place."""
    page = Parsed(pages["changes/index.md"].html)
    leads = {address for _, name, address in page.addresses if name == "href"}
    assert "../prd/PRD-TST-001/#REQ-TST-001" in leads
    assert "../user_manual/MAN-TST-001/#TASK-TST-001" in leads
    assert not [address for address in leads if "SPEC-TST-001" in address.partition("#")[0]]


def test_each_item_says_what_is_new_about_it(pages: dict[str, Page]) -> None:
    """A document page counts its changes; an item says whether it is new or changed, and leads to where that is told."""
    page = pages["prd/PRD-TST-001.md"]
    assert "本版改动" in text_of(page)
    assert 'data-tone="new" href="../../changes/#REQ-TST-001">本版改动</a>' in page.html
    assert "本版新增的文档" in text_of(pages["prd/PRD-TST-002.md"])


def test_in_english_the_same_is_told(site: Site) -> None:
    """In English labels, audiences and states are English, and the English words of a text are compared."""
    pages = printed(site, "en")
    text = text_of(pages["changes/index.md"])
    assert "Since version 1.2" in text
    assert "Concerns: Team, Customer service" in text
    assert "<del>shipping</del><ins>delivery</ins>" in pages["changes/index.md"].html
    assert '<dd lang="zh-CN">' in pages["changes/index.md"].html
    assert "changed in this version" in text_of(pages["prd/PRD-TST-001.md"])


def test_without_a_version_before_the_page_says_so(tmp_path: Path) -> None:
    """The first version has nothing to compare with, and marks nothing as new."""
    pages = printed(site_of(tmp_path, OLD), "zh")
    assert "还没有更早的版本可以比较" in text_of(pages["changes/index.md"])
    assert "本版" not in text_of(pages["prd/PRD-TST-001.md"])


def test_a_version_without_changes_says_so(tmp_path: Path) -> None:
    """Where nothing changed, the page says that and shows no empty figures."""
    page = printed(after(tmp_path, OLD, OLD), "zh")["changes/index.md"]
    assert "没有改动。" in text_of(page)
    assert "pm-tiles" not in page.html


def test_a_public_site_tells_no_internal_change(tmp_path: Path) -> None:
    """On a site for the public, changes of internal documents are in no page: no text, no title, no figure."""
    pages = printed(after(tmp_path, NEW, OLD, PUBLIC), "zh")
    text = text_of(pages["changes/index.md"])
    assert "付款手册" in text
    assert "运费" not in text
    assert "结算单页改造" not in text
    assert "PRD-TST" not in text
