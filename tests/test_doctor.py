"""The doctor: each trouble that breaks sites in practice is told with its cure, and a healthy project has none."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pmdocs.cli import main
from pmdocs.diagnostics import Severity
from pmdocs.doctor import EXAMINATIONS, Patient, Repositories, Trouble, built, examine, foreign_requests
from repositories import begin, commit, git
from sites import write

CONFIG: dict[str, Any] = {
    "site_url": "https://example.github.io/docs/",
    "theme": {"name": "material", "font": False},
    "validation": {"links": {"anchors": "warn"}},
}
HEALTHY = """site_name: 测试
site_url: https://example.github.io/docs/
theme: {name: material, language: zh, font: false}
plugins: [pmdocs]
validation: {links: {anchors: warn}}
"""
RELEASES = 'releases:\n  - {version: "1.0", title: 首发, date: 2026-01-02, state: released, ref: v1.0}\n'


@pytest.fixture
def healthy(tmp_path: Path) -> Patient:
    """A project with nothing wrong: pages, a built site, a repository with its whole history."""
    for name in ("docs/index.md", "site/index.html", "site/assets/main.css"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<a href='https://example.com/'>elsewhere</a>", "utf-8")
    return Patient(CONFIG, tmp_path, tmp_path / "docs", Repositories(), site=tmp_path / "site")


def words(patient: Patient) -> list[str]:
    """The words of a patient's troubles, the gravest first."""
    return [trouble.word for trouble in examine(patient)]


def test_a_healthy_project_has_no_trouble(healthy: Patient) -> None:
    """Nothing is told where nothing is wrong, nor where nothing was built yet."""
    assert words(healthy) == []
    assert words(replace(healthy, site=None)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"site_url": None}, ["site-url"]),
        ({"site_url": "docs"}, ["site-url"]),
        ({"validation": {"links": {"anchors": "info"}}}, ["anchors"]),
        ({"validation": None}, ["anchors"]),
        ({"validation": {"anchors": "warn"}}, []),
        ({"theme": {"name": "material"}}, ["foreign"]),
        ({"theme": {"name": "material", "font": {"text": "Roboto"}}}, ["foreign"]),
        ({"theme": "material"}, ["foreign"]),
        ({"theme": {"name": "mkdocs"}}, []),
        ({"repo_url": "https://github.com/example/docs"}, ["foreign"]),
        ({"repo_url": "https://git.example.com/docs"}, []),
    ],
)
def test_the_configuration_is_examined(healthy: Patient, change: dict[str, Any], expected: list[str]) -> None:
    """A missing address, unchecked anchors and settings that ask other hosts are told; what does no harm is not."""
    assert words(replace(healthy, config=CONFIG | change)) == expected


def test_the_repository_is_examined(healthy: Patient) -> None:
    """A shallow clone is an error where versions come from git; tags and refs that do not fit the releases are told."""
    shallow = replace(healthy, repository=Repositories(is_shallow=True))
    assert [(each.word, each.severity) for each in examine(shallow)] == [("shallow", Severity.WARNING)]
    assert examine(replace(shallow, needs_git=("1.0",)))[0].severity is Severity.ERROR
    assert words(replace(healthy, repository=None)) == []
    assert words(replace(healthy, repository=None, needs_git=("1.0",))) == ["no-git"]
    assert words(replace(healthy, repository=Repositories(unlisted=("v1.4",)))) == ["unlisted-tag"]
    assert words(replace(healthy, repository=Repositories(missing=("v1.0",)))) == ["missing-ref"]
    assert words(replace(healthy, lost=("1.0",))) == ["lost-version"]
    assert words(replace(healthy, gone=("data/_releases/1.0",))) == ["missing-snapshot"]


def test_symbolic_links_are_found(healthy: Patient) -> None:
    """Links among the pages and in the site are told, folders too; nothing behind them is read."""
    assert healthy.site is not None
    (healthy.docs / "all").symlink_to(healthy.root)
    (healthy.site / "latest.html").symlink_to("index.html")
    assert sorted(words(healthy)) == ["symlink", "symlink-source"]


def test_size_is_told_before_it_is_too_late(healthy: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site near the limit is a warning, beyond it an error; a single file that is too large is told, too."""
    monkeypatch.setattr(built, "LARGE_SITE", 10)
    assert [each.severity for each in examine(healthy)] == [Severity.WARNING]
    monkeypatch.setattr(built, "LARGEST_SITE", 20)
    assert [each.severity for each in examine(healthy)] == [Severity.ERROR]
    monkeypatch.setattr(built, "LARGEST_FILE", 30)
    assert words(healthy) == ["size", "large-file"]


@pytest.mark.parametrize(
    ("html", "hosts"),
    [
        ('<script src="https://cdn.example.com/a.js"></script>', ["https://cdn.example.com/a.js"]),
        ('<link rel="stylesheet" href="//fonts.example.com/a.css">', ["//fonts.example.com/a.css"]),
        ("<style>@import 'https://a.example.com/x.css';</style>", ["https://a.example.com/x.css"]),
        ('<div style="background: url(https://a.example.com/x.png)">', ["https://a.example.com/x.png"]),
        ('<iframe src="https://video.example.com/1"></iframe>', ["https://video.example.com/1"]),
        ('<link rel="canonical" href="https://docs.example.com/">', []),
        ('<link rel="alternate " href="https://docs.example.com/en/">', []),
        ('<a href="https://example.com/">x</a><img src="img/a.png">', []),
        ("<p>&lt;script src='https://cdn.example.com/a.js'&gt;</p>", []),
    ],
)
def test_what_a_page_loads_from_elsewhere_is_found(html: str, hosts: list[str]) -> None:
    """Whatever a browser asks for by itself counts; where a reader may go by a click does not."""
    assert list(foreign_requests(html)) == hosts


def test_a_page_that_asks_another_host_is_named(healthy: Patient) -> None:
    """A host is told once, with a page that asks it."""
    assert healthy.site is not None
    for name in ("a.html", "b.html"):
        (healthy.site / name).write_text('<script src="https://cdn.example.com/a.js"></script>', "utf-8")
    (told,) = examine(healthy)
    assert (told.word, told.message.en) == (
        "foreign",
        "Pages ask another host for content: cdn.example.com (such as a.html)",
    )


def test_each_trouble_speaks_both_languages(healthy: Patient) -> None:
    """No sentence and no cure is missing in a language."""
    ill = replace(
        healthy,
        config={"theme": "material", "repo_url": "https://github.com/example/docs"},
        repository=Repositories(is_shallow=True, unlisted=("v1", "v2", "v3", "v4"), missing=("v0",)),
        lost=("0.9",),
    )
    troubles: tuple[Trouble, ...] = examine(ill)
    assert len(troubles) >= len(EXAMINATIONS) - 3
    for each in troubles:
        assert all((each.message.zh, each.message.en, each.cure.zh, each.cure.en))
        assert any("\u4e00" <= character <= "\u9fff" for character in each.message.zh + each.cure.zh)


def doctor(project: Path, *options: str) -> Result:
    """What `pmdocs doctor` does for a project."""
    return CliRunner().invoke(main, ["doctor", "--project", str(project), *options], catch_exceptions=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project in a repository of two commits, one of them tagged as a version that nobody lists."""
    root = begin(tmp_path / "project", {"data/releases.yaml": RELEASES, "docs/index.md": "# 首页\n"})
    write(root, {"mkdocs.yml": HEALTHY})
    commit(root, {"docs/a.md": "# 甲\n"}, day=1)
    for tag in ("v1.0", "v1.1", "nightly"):
        git(root, "tag", tag)
    return root


def test_a_repository_is_examined_as_it_is(repository: Path, tmp_path: Path) -> None:
    """A whole clone has one remark; a shallow one lacks what the release is built from, and the doctor says how to get it."""
    whole = doctor(repository, "--format", "json")
    assert whole.exit_code == 0
    assert [(each["name"], each["severity"]) for each in json.loads(whole.output)] == [("unlisted-tag", "hint")]
    assert "v1.1" in whole.output
    assert "nightly" not in whole.output
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--no-tags", repository.as_uri(), "shallow")
    shallow = doctor(tmp_path / "shallow", "--language", "en")
    assert shallow.exit_code == 1
    assert shallow.output.startswith("error shallow: ")
    assert "git fetch --unshallow --tags" in shallow.output


def test_a_project_without_git_is_examined_too(repository: Path) -> None:
    """Without a repository a release by tag cannot be built, and that is said."""
    shutil.rmtree(repository / ".git")
    result = doctor(repository)
    assert result.exit_code == 1
    assert result.output.startswith("错误 no-git: 这里不是 git 仓库，版本 1.0 要从仓库取")


def test_a_snapshot_that_is_gone_is_named(repository: Path) -> None:
    """A release whose folder was deleted is an error, with the folder's name; while it is there, nothing is told."""
    git(repository, "tag", "--delete", "v1.1")
    write(repository, {"data/releases.yaml": RELEASES.replace("ref: v1.0", "path: data/_releases/1.0")})
    gone = doctor(repository)
    assert gone.exit_code == 1
    assert gone.output.startswith("错误 missing-snapshot: releases.yaml 里写的快照文件夹不存在：data/_releases/1.0\n")
    write(repository, {"data/_releases/1.0/mkdocs.yml": HEALTHY})
    assert doctor(repository).output == "没有发现问题。\n"


def test_a_healthy_project_is_told_so(repository: Path) -> None:
    """Nothing found is said in one line."""
    git(repository, "tag", "--delete", "v1.1")
    result = doctor(repository)
    assert (result.exit_code, result.output) == (0, "没有发现问题。\n")
