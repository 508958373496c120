"""What a suppression leaves behind: a row on a page of the site, a mark in the report, a line below it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pmdocs.cli.check import within_suppressed
from pmdocs.report import as_json, as_text, printed, suppressed_line
from pmdocs.rules import BY_CODE
from pmdocs.site import Site, print_pages
from rulebook import Case, site_of
from sites import Parsed

ENTRIES = [
    {"rule": "D7-S03", "path": "REQ-TST-001.rationale", "reason": "还在核对数字", "by": "zhou-min", "until": date(2026, 12, 31)},
    {"rule": "D7-S08", "reason": "“待定”是一种状态", "by": "he-chuan", "until": date(2026, 8, 31)},
    {"rule": "D7-T01", "path": "flows", "reason": "图还没有画", "by": "zhou-min", "until": date(2026, 10, 1)},
    {"rule": "D7-S04", "reason": "太严", "by": "zhou-min", "until": date(2026, 10, 1)},
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The clean set with four suppressions in one document: one at work, one ended, one for nothing, one not allowed."""
    change = {"PRD-TST-001": {"lint_ignore": ENTRIES, "requirements[0].rationale": None}}
    return site_of(Case("D7-G13", "a site", (), change), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Parsed]:
    """Its pages in Chinese, by source path."""
    return {page.uri: Parsed(page.html) for page in print_pages(site, "zh")}


def test_the_page_tells_which_where_why_by_whom_and_until_when(pages: dict[str, Parsed]) -> None:
    """Each suppression has a row below its document, with its state and what it lets pass."""
    text = pages["reference/suppressions.md"].text
    assert "1 份文档里有 4 处豁免，按 2026-09-18 判断。" in text
    assert (
        "D7-S03 缺少必填字段 REQ-TST-001 理由 还在核对数字 周敏 2026-12-31 放过 1 处 "
        "状态为“已发布”的文档必须填写“理由”（rationale）"
    ) in text
    assert "全文 “待定”是一种状态 何川 2026-08-31 已过期，不起作用" in text
    assert "流程图 图还没有画 周敏 2026-10-01 现在没有要放过的" in text
    assert "D7-S04 值不对 全文 太严 周敏 2026-10-01 不允许豁免，不起作用" in text


def test_the_page_of_a_rule_leads_to_its_suppressions(pages: dict[str, Parsed]) -> None:
    """A rule's page names the documents that set it aside, and only those of that rule."""
    assert "哪里豁免了这条规则 收藏商品：REQ-TST-001 理由" in pages["reference/rules/D7-S03.md"].text
    assert "哪里豁免了这条规则" not in pages["reference/rules/D7-S02.md"].text


def test_documents_of_another_audience_are_not_listed(tmp_path: Path) -> None:
    """A public site tells nothing of the suppressions of internal documents."""
    config = "site_name: x\nplugins:\n  - pmdocs: {languages: [zh], as_of: 2026-09-18, publish: {confidentiality: [public]}}\n"
    change = {"PRD-TST-001": {"lint_ignore": ENTRIES[:1], "requirements[0].rationale": None}}
    found = site_of(Case("D7-G13", "a public site", (), change, config=config), tmp_path)
    shown = {page.uri: page.html for page in print_pages(found, "zh")}
    assert "没有文档豁免任何规则" in shown["reference/suppressions.md"]
    assert all("还在核对数字" not in html for html in shown.values())


def test_the_report_marks_what_is_suppressed(site: Site) -> None:
    """JSON holds the suppressed finding last, with who, why and until when; the others are marked as not suppressed."""
    told = json.loads(as_json(site.findings, "zh", site.suppressed))
    assert [(each["code"], each["suppressed"] is None) for each in told] == [
        ("D7-G13", True),
        ("D7-G13", True),
        ("D7-G13", True),
        ("D7-S03", False),
    ]
    assert told[-1]["path"] == "requirements[0].rationale"
    assert told[-1]["suppressed"] == {"by": "zhou-min", "until": "2026-12-31", "reason": "还在核对数字"}
    assert [each["by_day"] for each in told] == [True, False, False, False]


def test_files_asked_for_have_their_suppressions(site: Site) -> None:
    """Where only some files are reported, so are only their suppressed findings."""
    documents = site.project.root / "data"
    assert len(within_suppressed((), site)) == 1
    assert len(within_suppressed((documents / "prd",), site)) == 1
    assert within_suppressed((documents / "user_manual",), site) == []


def test_a_line_counts_what_is_suppressed() -> None:
    """The report ends with how much is suppressed."""
    assert suppressed_line(3, "zh") == "另有 3 处按豁免放过；站点的“规则豁免”页列出全部。"
    assert suppressed_line(1, "en") == "Suppressed: 1. The site's page of suppressions lists them all."


def test_the_page_of_a_rule_tells_how_grave_it_is(tmp_path: Path) -> None:
    """It shows what is shipped and what the team has set, whether it depends on the day, and what may be changed."""
    settings = {"rules": [{"id": "D7-G06", "severity": "error", "draft": "off"}, {"id": "D7-S04", "severity": "hint"}]}
    found = site_of(Case("D7-G06", "a site", (), settings=settings), tmp_path)
    shown = {page.uri: Parsed(page.html).text for page in print_pages(found, "zh")}
    late = shown["reference/rules/D7-G06.md"]
    assert "草稿 评审中 已批准、已发布 自带 警告 警告 警告 本站 不检查 错误 错误" in late
    assert "结果与日期有关：只提醒，从不让构建失败" in late
    assert "弃用、归档、驳回、搁置和取消的文档不检查。" in late
    firm = shown["reference/rules/D7-S04.md"]
    assert "自带 错误 错误 错误" in firm
    assert "本站" not in firm
    assert "这条规则不能关闭、不能改级别，也不能豁免。" in firm
    assert "in-future：结果与日期有关" in shown["reference/rules/D7-G05.md"]


def test_what_depends_on_the_day_never_stops_a_build(tmp_path: Path) -> None:
    """A rule that depends on the day may be made an error and is reported as one; the build goes on."""
    settings = {"rules": [{"id": "D7-G06", "severity": "error"}]}
    late = {"status": "approved", "published_date": None, "review_by": None, "due_date": date(2026, 9, 1)}
    found = site_of(Case("D7-G06", "a site", (), {"SPEC-TST-001": late}, settings=settings), tmp_path)
    assert [(each.code, each.severity) for each in found.findings] == [("D7-G06", "error")]
    assert found.errors == ()
    told = printed(as_text(found.findings, "zh", found.line), colour=False)
    assert "（与日期有关，不会让构建停下）\n\n共 1 个错误。" in told


def test_every_rule_says_which_documents_it_looks_at() -> None:
    """Structure is checked everywhere; references and circles also in what is only kept; the rest in what lives."""
    assert {code for code, rule in BY_CODE.items() if rule.reach == "always"} >= {
        "D7-S01",
        "D7-S06",
        "D7-S08",
        "D7-G12",
    }
    assert BY_CODE["D7-T01"].reach == "kept"
    assert {BY_CODE[code].reach for code in ("D7-G05", "D7-G06", "D7-G08", "D7-G09", "D7-G11")} == {"living"}
    assert {code for code, rule in BY_CODE.items() if rule.firm} == {"D7-S01", "D7-S04", "D7-S05"}
