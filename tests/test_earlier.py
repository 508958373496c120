"""The last release beside what is being written: found, read, kept between runs, and never more than readers may see."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from pmdocs import earlier, gather
from pmdocs.earlier import KEPT, last_release
from pmdocs.library import Library
from pmdocs.site import Site, read_site
from projects import read_quickly
from repositories import begin, commit, git
from sites import DRAFT, SMALL, write

RELEASES = 'releases:\n  - {version: "1.0", date: 2026-01-05, state: released, ref: v1.0}\n'
ONE, TWO = ({f"data/prd/PRD-TRY-00{n}.yaml": DRAFT.format(id=f"PRD-TRY-00{n}", number=n)} for n in (1, 2))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A release with one document, and another document since."""
    root = begin(tmp_path / "repo", SMALL | ONE | {"data/releases.yaml": RELEASES})
    git(root, "tag", "v1.0")
    commit(root, TWO)
    return root


def site_of(root: Path) -> Site:
    """The project read as commands read it."""
    with patch.object(gather, "read_file", read_quickly):
        return read_site(root, today=date(2026, 9, 18), previous=last_release)


def ids(library: Library | None) -> list[str]:
    """The ids of the documents that a library shows."""
    return [document.id for document in library.published] if library else []


def test_the_last_release_stands_beside_what_is_written(root: Path) -> None:
    """What is being written is read beside the documents of the newest release."""
    site = site_of(root)
    assert (ids(site.library), ids(site.previous)) == (["PRD-TRY-001", "PRD-TRY-002"], ["PRD-TRY-001"])
    assert site.previous
    assert site.previous.documents[0].values == site.library.documents[0].values


def test_it_is_read_once(root: Path) -> None:
    """A second run reads no file of the past again; a damaged file, or a tag that was moved, is read anew."""
    site_of(root)
    with patch.object(earlier, "_read", side_effect=AssertionError):
        assert ids(site_of(root).previous) == ["PRD-TRY-001"]
    (kept,) = (root / KEPT).iterdir()
    kept.write_text(kept.read_text("utf-8").replace("PRD-TRY-001", "PRD-TRY-009"), "utf-8")
    assert ids(site_of(root).previous) == ["PRD-TRY-001"]
    git(root, "tag", "--force", "v1.0", "HEAD")
    assert ids(site_of(root).previous) == ["PRD-TRY-001", "PRD-TRY-002"]
    assert len(list((root / KEPT).iterdir())) == 1


def test_readers_of_today_decide_what_is_seen_of_it(root: Path) -> None:
    """What this site may not show is not shown of the release before either."""
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(
        config.replace("pmdocs: {", "pmdocs: {publish: {confidentiality: [public]}, "), "utf-8"
    )
    site = site_of(root)
    assert site.previous
    assert (ids(site.previous), len(site.previous.documents)) == ([], 1)


def test_without_a_release_there_is_nothing_before(root: Path, tmp_path: Path) -> None:
    """No release, a tag that is out of reach, no repository at all: nothing stands beside, and nothing fails."""
    git(root, "tag", "--delete", "v1.0")
    assert site_of(root).previous is None
    assert site_of(write(tmp_path / "plain", SMALL | ONE)).previous is None
    assert site_of(write(tmp_path / "archive", SMALL | ONE | {"data/releases.yaml": RELEASES})).previous is None


def test_a_file_that_nobody_could_read_is_not_missing(root: Path) -> None:
    """A broken file of the release is known as unread, from what is kept too."""
    commit(root, {"data/prd/PRD-TRY-003.yaml": "id: [PRD-TRY-003\n"})
    git(root, "tag", "--force", "v1.0")
    for _ in range(2):
        previous = site_of(root).previous
        assert previous
        assert previous.may_be_unread("PRD-TRY-003")
