"""The traceability pages: what they show, what they withhold, how they are cut, and the table beside them."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdocs.edition import Edition, editions_of
from pmdocs.site import Site
from pmdocs.trace import MARK, as_csv
from rulebook import GOOD, Case, path_of, read, site_of
from sites import Parsed, change, parsed


def edition_of(project: Path) -> Edition:
    """The first language of a project that has no errors."""
    return first_of(read(project))


def changed(folder: Path, **documents: dict[str, Any]) -> Edition:
    """The first language of the clean set with changes, signed off anew; `PRD` stands for PRD-TST-001, and so on."""
    changes = {f"{name}-TST-001": places for name, places in documents.items()}
    return first_of(site_of(Case("D7-T02", "a page", (), changes), folder))


def first_of(site: Site) -> Edition:
    """The first language of a site that has no errors."""
    assert [each.message("zh") for each in site.errors] == []
    editions, broken = editions_of(site)
    assert broken == ()
    return editions[0]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the clean set of documents."""
    shutil.copytree(GOOD, tmp_path / "good")
    return tmp_path / "good"


def page_of(edition: Edition, uri: str) -> Parsed:
    """A generated page, taken apart."""
    page = edition.page(uri)
    assert page is not None, uri
    return Parsed(page.html)


def rows_of(page: Parsed) -> list[dict[str, str | None]]:
    """The attributes of each line of a matrix."""
    return [attributes for tag, attributes in page.tags if tag == "tr" and "data-release" in attributes]


def table_of(edition: Edition, path: str) -> list[dict[str, str]]:
    """The rows of a table to download."""
    text = edition.files[path].decode()
    assert text.startswith(MARK)
    assert "\r\n" in text
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))


def test_the_sample_has_a_line_for_each_requirement(sample_site: Path) -> None:
    """28 requirements and 20 of quality, the worst first, each leading to its place; the table holds the same."""
    page = parsed(sample_site / "trace/trendpick/index.html")
    rows = rows_of(page)
    assert len(rows) == 48
    assert [row["data-state"] for row in rows] == ["待核对"] + ["部分"] * 25 + ["完整"] * 22
    assert ("a", "href", "../../prd/PRD-CHK-001/#REQ-CHK-005") in page.addresses
    assert ("a", "href", "../../trace/trendpick.csv") in page.addresses
    assert "22 / 28" in page.text
    text = (sample_site / "trace/trendpick.csv").read_text("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 48
    english = parsed(sample_site / "en/trace/trendpick/index.html")
    assert [row["data-state"] for row in rows_of(english)] == ["To check"] + ["Partly"] * 25 + ["Whole"] * 22
    assert "TrendPick" in english.text


def test_gaps_come_first(tmp_path: Path) -> None:
    """A planned requirement without specification and manual is named with what it lacks, and until when."""
    edition = changed(
        tmp_path,
        PRD={"requirements[1].priority": "P0", "requirements[1].release": "1.3"},
        SPEC={"implements": ["REQ-TST-001", "REQ-TST-003"]},
        MAN={"tasks[1].covers": ["REQ-TST-001"]},
    )
    page = page_of(edition, "trace/trendpick.md")
    assert "REQ-TST-002：没有规格，手册没写 1.3 发布前补上" in page.text
    assert [row["data-state"] for row in rows_of(page)] == ["待补", "完整", "完整"]
    assert table_of(edition, "trace/trendpick.csv")[0]["缺什么"] == "没有规格、手册没写"


def test_what_a_change_left_behind_is_told(good: Path) -> None:
    """The manual's last row about the requirement is older than its change; its task and its row are named."""
    change(path_of("PRD-TST-001", good), "date: 2026-08-11", "date: 2026-08-25")
    page = page_of(edition_of(good), "trace/trendpick.md")
    told = "REQ-TST-001 收藏商品 在 1.1.0（2026-08-25）改过，下面的内容还没有跟上："
    assert told in page.text
    assert "MAN-TST-001 上次写到它是 1.0.0（2026-08-22），适用产品 1.2：TASK-TST-001、MAN-TST-001.TS-1" in page.text
    assert "SPEC-TST-001 上次写到它是 1.0（2026-08-18），适用产品 1.2：SPEC-TST-001" in page.text
    assert next(row["data-state"] for row in rows_of(page)) == "待核对"


def test_what_nothing_uses_is_listed(tmp_path: Path) -> None:
    """Evidence that nobody cites is no defect, and still in the list."""
    edition = changed(tmp_path, PRD={"requirements[0].source": ["STORY-TST-001"], "nfrs[0].source": ["P-1"]})
    page = page_of(edition, "trace/trendpick.md")
    assert "没有上下游的内容" in page.text
    assert "EVD-TST-001" in page.text.partition("没有上下游的内容")[2]


def test_other_peoples_documents_are_counted_and_not_named(good: Path) -> None:
    """A public requirement with an internal specification has one, somewhere else; neither page nor table says which."""
    change(path_of("PRD-TST-001", good), "confidentiality: internal", "confidentiality: public")
    change(good / "mkdocs.yml", "as_of:", "publish: {confidentiality: [public]}, as_of:")
    edition = edition_of(good)
    html = "".join(page.html for page in edition.pages if page.uri.startswith("trace/"))
    table = edition.files["trace/trendpick.csv"].decode()
    for text in (html, table):
        assert "SPEC-TST-001" not in text
        assert "TC-TST" not in text
        assert "TST-4001" not in text
    page = page_of(edition, "trace/trendpick.md")
    assert "2 / 2" in page.text
    assert "1 处不在本站" in page.text
    assert table_of(edition, "trace/trendpick.csv")[0]["规格"] == "另有 1 处不在本站发布"


def test_a_site_without_requirements_has_no_matrix(good: Path) -> None:
    """Where all requirements are for others, nothing is said of them."""
    change(good / "mkdocs.yml", "as_of:", "publish: {confidentiality: [public]}, as_of:")
    edition = edition_of(good)
    assert [path for path in edition.files if path.startswith("trace")] == []
    assert [page.uri for page in edition.pages if page.uri.startswith("trace/")] == ["trace/index.md"]
    assert "还没有需求" in page_of(edition, "trace/index.md").text


def many(count: int) -> Iterator[str]:
    """Requirements for a draft."""
    for number in range(1, count + 1):
        yield f"  - {{id: REQ-MNY-{number:03}, title: 第 {number} 条, statement: 系统应做第 {number} 件事。, "
        yield "priority: P1, status: proposed}\n"


def test_many_requirements_are_cut_by_document(good: Path) -> None:
    """Beyond 200 requirements each document has a page; the table holds all of them, no page more than 200."""
    head = """id: PRD-MNY-001\ntitle: 许多需求\nproduct: trendpick\nversion: "0.1"\nstatus: draft\nlang: zh-CN\nowner: lin-xiao
created_date: 2026-09-01\nchange_history: [{version: "0.1", date: 2026-09-01, author: lin-xiao, summary: 起草}]\nrequirements:\n"""
    (good / "data/prd/PRD-MNY-001.yaml").write_text(head + "".join(many(230)), "utf-8")
    edition = edition_of(good)
    whole = page_of(edition, "trace/trendpick.md")
    assert rows_of(whole) == []
    assert "这个产品有 233 条需求，追溯表按文档分页" in whole.text
    assert ("a", "href", "../../trace/trendpick/PRD-TST-001/") in whole.addresses
    assert len(rows_of(page_of(edition, "trace/trendpick/PRD-TST-001.md"))) == 3
    large = page_of(edition, "trace/trendpick/PRD-MNY-001.md")
    assert len(rows_of(large)) == 200
    assert "还有 30 条没有列出" in large.text
    assert len(table_of(edition, "trace/trendpick.csv")) == 233


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_is_a_formula(cells: list[str]) -> None:
    """Whatever a title holds, a spreadsheet reads text, and the same text but for a mark before it."""
    written = as_csv([["a", *cells]])
    [row] = list(csv.reader(io.StringIO(written, newline="")))
    for cell, read_back in zip(cells, row[1:], strict=True):
        assert not read_back.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert read_back.removeprefix("'") == cell.removeprefix("'")
