"""`pmdocs trace`: the matrix, the way of one thing, wrong ids, and CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from pmdocs import gather
from pmdocs.cli import main
from projects import read_quickly
from rulebook import GOOD


def run(*arguments: str | Path, project: Path = GOOD) -> Result:
    """Runs the command in the clean set of documents."""
    with patch.object(gather, "read_file", read_quickly):
        line = ["trace", *map(str, arguments), "--project", str(project), "--as-of", "2026-09-18"]
        return CliRunner().invoke(main, line, catch_exceptions=False)


def test_without_an_id_it_tells_figures_and_every_requirement() -> None:
    """The clean set has two requirements and one of quality, each specified and tested, and one error code."""
    result = run("--language", "zh")
    assert result.exit_code == 0
    assert result.output.split("\n") == [
        "潮选 (trendpick)",
        "  需求 2 条，非功能需求 1 条",
        "  2/2 (100.0%) 有来源",
        "  2/2 (100.0%) 有规格",
        "  2/2 (100.0%) 用测试验证的，有用例",
        "  2/2 (100.0%) 用户可感知的，手册写到",
        "  3/3 (100.0%) 验收标准有用例",
        "  1/1 (100.0%) 错误码有用例",
        "  1/1 (100.0%) 用户可见的错误码有故障排除",
        "  缺口 0，待核对 0，待补 0，部分 0，完整 3",
        "",
        "需求         优先级  目标版本  情况  来源  规格  测试用例  手册  名称",
        "REQ-TST-001  P0      1.2       完整  2     1     2         2     收藏商品",
        "REQ-TST-002  P1      1.2       完整  1     1     1         1     查看收藏夹",
        "REQ-TST-003  P1      1.2       完整  1     1     1         –     打开收藏夹的时间",
        "",
    ]


def test_an_id_is_followed_in_both_directions() -> None:
    """From evidence and story through specification, criteria and code to test cases and manual."""
    result = run("REQ-TST-001", "--language", "en")
    assert result.exit_code == 0
    assert [line.partition(" (")[0] for line in result.output.split("\n")] == [
        "REQ-TST-001 收藏商品",
        "  State: Whole",
        "  Needed by: REQ-TST-002",
        "",
        "Comes from",
        "  EVD-TST-001 30,000 次搜索中有 7,500 次搜的是七日内看过的商品。",
        "  STORY-TST-001 把看中的商品存下来",
        "    PRD-TST-001.P-1 学生小陆",
        "",
        "Leads to",
        "  SPEC-TST-001 收藏夹",
        "  REQ-TST-001.AC-1 买家点击“收藏”",
        "    TC-TST-001 收藏一件商品",
        "  REQ-TST-001.AC-2 买家点击“收藏”",
        "    TC-TST-002 收藏夹已满",
        "  TST-4001 收藏夹已满",
        "    MAN-TST-001.TS-1 点击**收藏**后提示收藏夹已满",
        "    TC-TST-002 收藏夹已满",
        "  TASK-TST-001 收藏商品",
        "  MAN-TST-001.TS-1 点击**收藏**后提示收藏夹已满",
        "",
    ]


@pytest.mark.parametrize(
    ("name", "direction", "expected"),
    [
        ("EVD-TST-001", "去向", ["REQ-TST-001", "REQ-TST-003"]),
        ("STORY-TST-001", "去向", ["REQ-TST-001", "REQ-TST-002"]),
        ("MAN-TST-001.TS-1", "来源", ["TST-4001", "REQ-TST-001"]),
        ("TC-TST-003", "来源", ["REQ-TST-002", "REQ-TST-002.AC-1"]),
        ("SPEC-TST-001", "来源", ["REQ-TST-001", "REQ-TST-002", "REQ-TST-003", "PRD-TST-001.favourite_add"]),
        ("tst-4001", "来源", ["REQ-TST-001"]),
    ],
)
def test_every_kind_of_thing_has_its_way(name: str, direction: str, expected: list[str]) -> None:
    """What is next to it, in either direction; capitals do not matter."""
    rows = list(
        csv.DictReader(io.StringIO(run(name, "--format", "csv", "--language", "zh").output.removeprefix("\ufeff")))
    )
    found = [row["编号"].replace("event-", "") for row in rows if row["方向"] == direction and row["距离"] == "1"]
    assert found == expected


def test_an_id_that_does_not_exist_is_wrong_use() -> None:
    """The nearest id is offered."""
    result = run("REQ-TST-01", "--language", "zh")
    assert result.exit_code == 2
    assert "没有编号 REQ-TST-01；是不是想写 REQ-TST-001？" in result.output
    assert "用 pmdocs trace 列出全部需求" in run("什么", "--language", "zh").output


def test_the_matrix_is_a_table_for_spreadsheets() -> None:
    """It begins with the mark of UTF-8; every row has every column."""
    output = run("--format", "csv", "--language", "en").output
    assert output.startswith("\ufeffProduct,Document,Requirement,")
    rows = list(csv.DictReader(io.StringIO(output.removeprefix("\ufeff"))))
    assert [row["Requirement"] for row in rows] == ["REQ-TST-001", "REQ-TST-002", "REQ-TST-003"]
    assert rows[0]["Test cases"] == "TC-TST-001, TC-TST-002"
    assert rows[0]["Manual"] == "TASK-TST-001, MAN-TST-001.TS-1"
    assert rows[0]["What is missing"] == ""
