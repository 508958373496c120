"""`pmdocs release`: a version is added after checks, by a tag or a snapshot, and nothing is left where that fails."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from fakes import built
from pmdocs import gather
from pmdocs.release import Release, ReleaseError, Wish, add_release
from projects import read_quickly
from repositories import begin, git
from sites import DRAFT, SMALL, digests, run, write

TODAY = date(2026, 9, 18)
RELEASES = """\
releases:
  - {version: "1.0", title: 首发, date: 2026-10-01, state: planned}  # 十月
"""
PROJECT = SMALL | {
    "data/releases.yaml": RELEASES,
    "data/prd/PRD-TRY-001.yaml": DRAFT.format(id="PRD-TRY-001", number=1)
    + "attachments: [{path: ../../art/a.png, alt: 图}]\n",
    "art/a.png": "png",
    "overrides/main.html": '{% extends "base.html" %}\n',
    "notes.txt": "x\n",
}
PROJECT["mkdocs.yml"] = SMALL["mkdocs.yml"].replace("theme: {", "theme: {custom_dir: overrides, ")


def add(root: Path, version: str = "1.0", **wish: object) -> Release:
    """Add a release as of a fixed day; the shipped types are read once."""
    with patch.object(gather, "read_file", read_quickly):
        return add_release(root, Wish(version, **wish), TODAY)  # type: ignore[arg-type]  # wishes by name


def refused(root: Path, version: str = "1.0", **wish: object) -> ReleaseError:
    """Why a release is refused; everything is as it was then."""
    before = digests(root)
    with pytest.raises(ReleaseError) as raised:
        add(root, version, **wish)
    after = {name: mark for name, mark in digests(root).items() if not name.startswith(".cache/")}
    assert after == {name: mark for name, mark in before.items() if not name.startswith(".cache/")}
    return raised.value


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a planned release."""
    return begin(tmp_path / "repo", PROJECT)


def test_a_planned_release_becomes_a_released_one(root: Path) -> None:
    """Its row gets the day, the state and a tag that is to be made; every other byte stays."""
    added = add(root)
    assert (added.ref, added.is_tagged, added.folder) == ("v1.0", False, None)
    assert (root / "data/releases.yaml").read_text("utf-8") == (
        'releases:\n  - {version: "1.0", title: 首发, date: 2026-09-18, state: released, ref: "v1.0"}  # 十月\n'
    )
    git(root, "tag", "v1.0")
    assert built(root).built == ["next", "1.0"]


def test_a_new_release_comes_last(root: Path) -> None:
    """A version that was not planned is added with its title, its day and the ref that it was given."""
    added = add(root, "0.9", title="试用版", day=date(2026, 9, 1), ref="main")
    assert added.is_tagged
    assert (root / "data/releases.yaml").read_text("utf-8") == RELEASES + (
        '  - version: "0.9"\n    title: 试用版\n    date: 2026-09-01\n    state: released\n    ref: main\n'
    )


def test_tags_are_called_as_the_project_says(root: Path) -> None:
    """With a pattern for tags the tag to be made follows it."""
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(config.replace("pmdocs: {", "pmdocs: {version_tags: 'docs/{version}', "), "utf-8")
    assert add(root).ref == "docs/1.0"


def test_a_snapshot_holds_what_the_site_is_made_of(root: Path) -> None:
    """Documents, pages, configuration, theme and pictures are copied where they lie; nothing else is."""
    added = add(root, snapshot=True)
    assert added.folder == root / "data/_releases/1.0"
    assert sorted(digests(added.folder)) == [
        "art/a.png",
        "data/people.yaml",
        "data/prd/PRD-TRY-001.yaml",
        "data/products.yaml",
        "data/releases.yaml",
        "docs/index.md",
        "mkdocs.yml",
        "overrides/main.html",
    ]
    assert 'path: "data/_releases/1.0"' in (root / "data/releases.yaml").read_text("utf-8")
    (root / "data/prd/PRD-TRY-001.yaml").unlink()
    site = built(root).site
    assert (site / "1.0/prd/PRD-TRY-001").is_dir()
    assert not (site / "next/prd").exists()


def test_a_second_snapshot_does_not_hold_the_first(root: Path) -> None:
    """Snapshots do not grow by those before them, and both are built."""
    add(root, "0.9", snapshot=True, day=date(2026, 9, 1))
    add(root, snapshot=True)
    assert not (root / "data/_releases/1.0/data/_releases").exists()
    assert built(root).built == ["next", "1.0", "0.9"]


def test_outside_a_repository_a_snapshot_is_made(tmp_path: Path) -> None:
    """Without git there is nothing to tag, and no list of releases yet is no hindrance."""
    root = write(tmp_path / "plain", {name: text for name, text in PROJECT.items() if "releases" not in name})
    assert add(root).folder == root / "data/_releases/1.0"
    assert built(root).built == ["next", "1.0"]


def test_nothing_is_released_with_errors(root: Path) -> None:
    """Where the check finds an error, it is shown and everything stays as it was."""
    with (root / "data/prd/PRD-TRY-001.yaml").open("a", encoding="utf-8") as file:
        file.write("owner: nobody\n")
    error = refused(root)
    assert [each.code for each in error.findings] == ["D7-S05"] or error.findings
    assert "先改好" in error.words.zh


def test_errors_that_a_release_would_bring_undo_it(root: Path) -> None:
    """A row that would have two sources is found after the change, which is taken back."""
    add(root, "0.9", snapshot=True)
    text = (root / "data/releases.yaml").read_text("utf-8").replace("state: released", "state: planned")
    (root / "data/releases.yaml").write_text(text, "utf-8")
    error = refused(root, "0.9", ref="main")
    assert [each.reason.word for each in error.findings] == ["two-sources"]


@pytest.mark.parametrize("version", ["next", "latest", "../up", "a/b", "-x", ""])
def test_some_names_are_no_versions(root: Path, version: str) -> None:
    """Names that the site needs, paths and options are refused."""
    assert "不能叫" in refused(root, version).words.zh


def test_what_is_released_stays(root: Path) -> None:
    """A version is released once, and a snapshot that is there is not written over."""
    add(root, snapshot=True)
    assert "已经发布过了" in refused(root).words.zh
    text = (root / "data/releases.yaml").read_text("utf-8").replace('path: "data/_releases/1.0"', "skip: 重做")
    (root / "data/releases.yaml").write_text(text, "utf-8")
    assert "data/_releases/1.0" in refused(root, snapshot=True).words.zh


def test_the_command_says_what_comes_next(root: Path) -> None:
    """From the command line: what was written, and the commands that follow."""
    ran = run("pmdocs", "release", "1.0", "--date", "2026-09-18", "--language", "en", within=root)
    assert (ran.returncode, ran.stdout) == (
        0,
        "Version 1.0 is in data/releases.yaml (ref: v1.0).\n→ Next:\n  git add data/releases.yaml\n"
        '  git commit -m "Release 1.0"\n  git tag v1.0\n  git push --atomic origin HEAD v1.0\n',
    )
    ran = run("pmdocs", "release", "1.0", "--ref", "a", "--snapshot", within=root)
    assert (ran.returncode, "--snapshot" in ran.stdout) == (2, True)
