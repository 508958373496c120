"""The summary of a change: what it does to the documents, to approvals and to the rates, in both languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pmdocs.cli import main
from repositories import begin, git
from rulebook import GOOD
from sites import change

PRD = "data/prd/PRD-TST-001.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The clean set of documents, committed."""
    root = tmp_path / "project"
    shutil.copytree(GOOD, root)
    begin(root)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "first")
    return root


def summary(project: Path, *options: str) -> Result:
    """What `pmdocs summary` does for a project on the day of the clean set."""
    arguments = ["summary", "--project", str(project), "--as-of", "2026-09-18", *options]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_nothing_changed(project: Path) -> None:
    """Without a change there are no findings, no differences and no lapsed approvals; the rates are told all the same."""
    result = summary(project, "--language", "en")
    assert result.exit_code == 0
    findings, changes, approvals, rates = result.output.split("\n## ")
    assert findings == "## Findings\n\nNo findings.\n"
    assert changes == "What changed since HEAD\n\nNothing changed\n"
    assert approvals == "Approvals that no longer count\n\nNone.\n"
    assert "| On-time rate | 2026 Q3 |" in rates


def test_a_change_is_told_with_the_approvals_it_takes(project: Path) -> None:
    """A statement that everybody reviews loses both approvals of its document, by role and person; no other one."""
    change(project / PRD, "statement: ", "statement: 改动后")
    result = summary(project)
    assert "### PRD-TST-001" in result.output
    assert "改动后" in result.output
    told = result.output.partition("## 过期的会签\n\n")[2].partition("\n\n")[0].splitlines()
    assert told == [
        "* PRD-TST-001 · 技术 · 陈一舟: 批准后内容改了",
        "* PRD-TST-001 · 客服 · 周敏: 批准后内容改了",
    ]


def test_a_rejection_is_no_fresh_approval(project: Path) -> None:
    """Whoever rejects what was approved takes the approval of the role."""
    change(project / PRD, "role: tech, verdict: approved", "role: tech, verdict: rejected")
    told = summary(project).output.partition("## 过期的会签\n\n")[2].partition("\n\n")[0].splitlines()
    assert told == ["* PRD-TST-001 · 技术 · 陈一舟: 没有通过"]


def test_words_of_a_document_stay_words(project: Path) -> None:
    """A message that quotes a document is no markup and calls nobody."""
    change(project / PRD, "status: published", 'status: "@all <b>"')
    told = summary(project).output.partition("## 和")[0]
    assert "\\@all &lt;b>" in told
    assert "<b>" not in told


def test_a_past_that_is_not_there_is_wrong_use(project: Path, tmp_path: Path) -> None:
    """An unknown commit and a folder outside git are told with their cure."""
    unknown = summary(project, "--since", "v9")
    assert (unknown.exit_code, "v9" in unknown.output, "git fetch --tags" in unknown.output) == (2, True, True)
    bare = tmp_path / "bare"
    shutil.copytree(GOOD, bare)
    outside = summary(bare)
    assert (outside.exit_code, "git" in outside.output) == (2, True)
