"""Dates proved by commits: synthetic histories whose rates are known."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kpi import day, standards
from pmdocs.cli import main
from pmdocs.proof import ProofError, proof_of
from pmdocs.site import read_site
from repositories import begin, git
from sites import SMALL, write

HEAD = """\
id: {id}
title: 试用文档
product: try
version: "{version}"
status: {status}
lang: zh-CN
owner: wang-fang
created_date: 2026-01-02
due_date: 2026-02-10
"""
STANDARDS = "on_time: {trust: git}\n"
PUBLISHED = "published_date: {day}\n"


def draft(number: int, version: str = "1.0.0") -> dict[str, str]:
    """A draft that is due on 2026-02-10."""
    name = f"PRD-TRY-{number:03}"
    return {f"data/prd/{name}.yaml": HEAD.format(id=name, version=version, status="draft")}


def published(number: int, on: str, version: str = "1.0.0", more: str = "") -> dict[str, str]:
    """The same, published, and saying on which day."""
    name = f"PRD-TRY-{number:03}"
    head = HEAD.format(id=name, version=version, status="published")
    return {f"data/prd/{name}.yaml": head + PUBLISHED.format(day=on) + more}


def commit(folder: Path, files: dict[str, str], when: str) -> None:
    """A commit of these files at a moment."""
    moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
    write(folder, files)
    git(folder, "add", "--all", when=moment)
    git(folder, "commit", "--quiet", "-m", "change", when=moment)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven documents due on 2026-02-10 in a repository that begins on 2026-01-20.

    1 on time; 2 back-dated: says 02-10, committed on 02-12; 3 late by its own word; 4 published before the repository began;
    5 committed at 15:59 UTC on the due date, which is 23:59 in Shanghai; 6 a minute later, the next day in Shanghai;
    7 published in the working tree alone.
    """
    folder = begin(tmp_path_factory.mktemp("history") / "project")
    everything = {each: text for number in range(1, 8) for each, text in draft(number).items()}
    shared = {**SMALL, "data/standards.yaml": STANDARDS}
    commit(folder, {**shared, **everything, **published(4, "2026-01-15")}, "2026-01-20T02:00")
    commit(folder, published(1, "2026-02-09"), "2026-02-09T02:00")
    commit(folder, published(5, "2026-02-10"), "2026-02-10T15:59")
    commit(folder, published(6, "2026-02-10"), "2026-02-10T16:00")
    commit(folder, published(2, "2026-02-10"), "2026-02-12T02:00")
    commit(folder, published(3, "2026-02-13"), "2026-02-13T02:00")
    commit(folder, published(1, "2026-02-09", more="tags: [改过]\n"), "2026-03-01T02:00")
    write(folder, published(7, "2026-02-09"))
    return folder


def kpi(folder: Path, *arguments: str) -> Result:
    """Run `pmdocs kpi` on a project."""
    told = ["kpi", "--project", str(folder), "--period", "2026-Q1", "--as-of", "2026-03-31", *arguments]
    return CliRunner().invoke(main, told, catch_exceptions=False)


def test_the_first_commit_that_holds_a_version_decides(history: Path) -> None:
    """Of six that can be verified two were on time, though five say so; the seventh is listed as not to be verified."""
    told = kpi(history).output.split("\n")
    assert "  33.3%（2/6），目标 95%：未达标" in told
    reasons = dict(line.strip().split("  ", 1) for line in told if line.startswith("    PRD-"))
    assert reasons == {
        "PRD-TRY-001 1.0.0": "2026-02-09 完成，比期限 2026-02-10 早 1 天",
        "PRD-TRY-002 1.0.0": "2026-02-12 完成，比期限 2026-02-10 晚 2 天",
        "PRD-TRY-003 1.0.0": "2026-02-13 完成，比期限 2026-02-10 晚 3 天",
        "PRD-TRY-004 1.0.0": "2026-01-15 完成，早于仓库的第一个提交，无法核对",
        "PRD-TRY-005 1.0.0": "2026-02-10 完成，正是期限当天",
        "PRD-TRY-006 1.0.0": "2026-02-11 完成，比期限 2026-02-10 晚 1 天",
        "PRD-TRY-007 1.0.0": "期限 2026-02-10 已过 49 天，还没有完成；文档写明已完成，但还没有提交",
    }


def test_the_documents_own_dates_count_where_they_are_believed(history: Path) -> None:
    """Without the setting six of the seven say that they were on time."""
    settings = history / "data" / "standards.yaml"
    settings.write_text("on_time: {trust: document}\n", "utf-8")
    try:
        assert "  85.7%（6/7），目标 95%：未达标" in kpi(history).output.split("\n")
    finally:
        settings.write_text(STANDARDS, "utf-8")


def test_the_time_zone_is_a_setting(history: Path) -> None:
    """In UTC the sixth was on time as well."""
    found = proof_of(history / "data", standards(trust="git", time_zone="UTC"))
    assert found.commits["PRD-TRY-006", "1.0.0"] == day("2026-02-10")
    assert found.first == day("2026-01-20")


def test_a_shallow_clone_is_refused(history: Path, tmp_path: Path) -> None:
    """What was not fetched cannot prove anything: the command says how to fetch it, and prints no figure."""
    git(tmp_path, "clone", "--quiet", "--depth", "1", history.as_uri(), "shallow")
    result = kpi(tmp_path / "shallow")
    assert result.exit_code == 2
    assert "git fetch --unshallow" in result.output
    assert "fetch-depth: 0" in result.output
    assert "%" not in result.stdout


def test_a_site_is_not_built_from_a_shallow_clone(history: Path, tmp_path: Path) -> None:
    """Checking says so at the setting; with the whole history, and without any, it has nothing to say."""
    git(tmp_path, "clone", "--quiet", "--depth", "1", history.as_uri(), "shallow")
    plain = write(tmp_path / "plain", {**SMALL, "data/standards.yaml": STANDARDS})

    def told(folder: Path) -> list[str]:
        found = read_site(folder, today=day("2026-03-31")).errors
        return [f"{each.code} {each.reason.word}" for each in found if "git" in each.message("zh")]

    assert told(tmp_path / "shallow") == ["D7-S04 shallow-history"]
    assert told(history) == told(plain) == []
    assert read_site(plain, today=day("2026-03-31")).proof is None
    assert read_site(history, today=day("2026-03-31")).proof


def test_no_history_proves_nothing(tmp_path: Path) -> None:
    """Outside a repository, and before the first commit, the cure is named."""
    folder = write(tmp_path / "plain", {**SMALL, "data/standards.yaml": STANDARDS, **published(1, "2026-02-09")})
    with pytest.raises(ProofError) as raised:
        proof_of(folder / "data", standards(trust="git"))
    assert "trust: document" in raised.value.words.zh
    git(folder, "init", "--quiet")
    with pytest.raises(ProofError) as raised:
        proof_of(folder / "data", standards(trust="git"))
    assert "先提交文档" in raised.value.words.zh


def test_a_version_of_the_past_is_found_where_it_was_current(tmp_path: Path) -> None:
    """Its row in the history came later; a file that moves keeps its dates; a date in a draft's own row proves nothing."""
    folder = begin(tmp_path / "moved")
    row = (
        'change_history:\n  - {{version: "{version}", date: 2026-01-05, due_date: 2026-02-10, published_date: {day}}}\n'
    )
    draft_with_date = {name: text + row.format(version="1.0.0", day="2026-01-06") for name, text in draft(1).items()}
    commit(folder, {**SMALL, **draft_with_date}, "2026-01-05T02:00")
    commit(folder, published(1, "2026-01-06"), "2026-01-08T02:00")
    (folder / "data/prd/PRD-TRY-001.yaml").unlink()
    later = published(1, "2026-03-01", "1.1.0", row.format(version="1.0.0", day="2026-01-06"))
    commit(folder, {"data/prd/old/PRD-TRY-001.yaml": next(iter(later.values()))}, "2026-03-02T02:00")
    found = proof_of(folder / "data", standards(trust="git"))
    assert found.commits == {
        ("PRD-TRY-001", "1.0.0"): day("2026-01-08"),
        ("PRD-TRY-001", "1.1.0"): day("2026-03-02"),
    }
