"""`pmdocs diff`: two sides by their names, three forms of output, and what is said where a side leads nowhere."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from pmdocs.cli import main
from projects import make_project
from repositories import begin, commit, git
from test_diff import PRD, SPEC, changed

RELEASES = """\
releases:
  - {version: "1.1", date: 2026-08-01, state: released, ref: v1.1}
  - {version: "1.2", date: 2026-09-01, state: released, path: data/_releases/1.2}
  - {version: "1.3", date: 2026-10-01, state: planned}
  - {version: "0.9", date: 2026-01-01, state: released, ref: v0.9}
"""
CONFIG = "site_name: 测试\nplugins: [pmdocs]\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a tag, a snapshot and a changed working tree."""
    root = make_project(begin(tmp_path / "project"), {"data/prd/PRD-TST-001.yaml": PRD, "data/releases.yaml": RELEASES})
    commit(root, {"data/feature_spec/SPEC-TST-001.yaml": SPEC})
    git(root, "tag", "v1.1")
    old = changed(PRD, ("15 分钟", "20 分钟"))
    make_project(root / "data/_releases/1.2", {"data/prd/PRD-TST-001.yaml": old, "mkdocs.yml": CONFIG})
    (root / "data/prd/PRD-TST-001.yaml").write_text(changed(PRD, ("15 分钟", "30 分钟")), "utf-8")
    return root


def diff(project: Path, *arguments: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(main, ["diff", *arguments, "--project", str(project)])


TOLD = """\
~ PRD-TST-001 结算单页改造 (改动)
  ~ REQ-TST-002 支付失败可以重试 (改动)
      需求描述：支付失败后，支付服务应保留地址、优惠券和备注，让买家在 [-{old}-]{{+{new}+}} 分钟内再付一次。
"""


@pytest.mark.parametrize(
    ("sides", "old", "new"),
    [
        (("1.1",), 15, 30),
        (("v1.1", "next"), 15, 30),
        (("HEAD", "."), 15, 30),
        ((".", "main"), 30, 15),
    ],
)
def test_a_side_is_a_version_a_ref_or_what_is_being_written(
    project: Path, sides: tuple[str, ...], old: int, new: int
) -> None:
    """Versions, tags, branches, commits and the working tree are compared alike, in the order given."""
    ran = diff(project, *sides)
    assert (ran.exit_code, ran.output) == (0, TOLD.format(old=old, new=new))


def test_a_snapshot_is_a_side(project: Path) -> None:
    """A version that is a folder is compared like one that is a tag; a document that is gone is told."""
    ran = diff(project, "1.1", "1.2")
    assert ran.output == TOLD.format(old=15, new=20) + "- SPEC-TST-001 支付 (删除)\n"


def test_nothing_changed_is_said(project: Path) -> None:
    """Two equal sides are no mistake."""
    assert diff(project, "v1.1", "main").output == "没有改动\n"
    assert diff(project, "v1.1", "main", "--language", "en").output == "Nothing changed\n"


def test_programs_and_pages_get_their_forms(project: Path) -> None:
    """As JSON each change is data; as Markdown what went and came is marked."""
    (told,) = json.loads(diff(project, "1.1", "--format", "json").stdout)["documents"]
    (item,) = told["items"]
    assert (told["id"], told["sort"], item["id"], item["sorts"]) == (
        "PRD-TST-001",
        "changed",
        "REQ-TST-002",
        ["changed"],
    )
    assert [each["op"] for each in item["fields"][0]["lines"][0]["segments"]] == ["equal", "removed", "added", "equal"]
    assert "在 ~~15~~**30** 分钟内" in diff(project, "1.1", "--format", "markdown").output


def test_only_what_concerns_somebody(project: Path) -> None:
    """Internal documents concern no users."""
    assert diff(project, "1.1", "--audience", "customer_service").output == TOLD.format(old=15, new=30)
    assert diff(project, "1.1", "--audience", "user").output == "没有改动\n"


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        (("1.4",), "没有版本“1.4”"),
        (("1.3",), "不知道版本 1.3 的文档在哪里"),
        (("0.9",), "版本 0.9：仓库里没有“v0.9”"),
        (("1.1", "nowhere"), "可以写的版本：next, 1.2, 1.1, 0.9"),
    ],
)
def test_a_side_that_leads_nowhere_is_wrong_use(project: Path, sides: tuple[str, ...], told: str) -> None:
    """An unknown side, a version whose documents nobody has, a lost tag: each is told with what helps."""
    ran = diff(project, *sides, "--language", "zh")
    assert ran.exit_code == 2
    assert told in ran.output
    assert "Traceback" not in ran.output


def test_a_shallow_clone_says_how_to_get_the_past(project: Path, tmp_path: Path) -> None:
    """Where only the newest commit was fetched, the cure is named."""
    git(project, "add", "--all")
    commit(project, {"data/prd/PRD-TST-001.yaml": PRD}, "again")
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--no-tags", f"file://{project}", "shallow")
    ran = diff(tmp_path / "shallow", "1.1")
    assert ran.exit_code == 2
    assert "git fetch --unshallow --tags" in ran.output


def test_outside_a_repository_snapshots_can_be_compared(tmp_path: Path) -> None:
    """Without git the working tree and snapshots are sides; what else there is says so."""
    files = {"data/prd/PRD-TST-001.yaml": PRD, "data/releases.yaml": RELEASES}
    root = make_project(tmp_path / "plain", files)
    make_project(root / "data/_releases/1.2", {"data/prd/PRD-TST-001.yaml": PRD, "mkdocs.yml": dedent(CONFIG)})
    assert diff(root, "1.2", "next").output == "没有改动\n"
    ran = diff(root, "main")
    assert ran.exit_code == 2
    assert "不是 git 仓库" in ran.output
