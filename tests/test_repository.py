"""Git as pmdocs sees it: real repositories, asked for what they hold and held."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmdocs.past import PastError, library_at
from pmdocs.repository import Repository, RepositoryError
from repositories import begin, commit, git
from sites import DRAFT, SMALL


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository of three commits: a file is added, changed, and another one with a strange name comes."""
    folder = begin(tmp_path / "仓库 one", {"data/a.yaml": "a: 1\n"})
    git(folder, "tag", "v1")
    commit(folder, {"data/a.yaml": "a: 2\n"}, day=1)
    git(folder, "tag", "--annotate", "-m", "second", "v2")
    commit(folder, {"data/中文 名.yaml": "b: 1\n", "code.py": "x\n"}, day=2)
    return folder


def repository(folder: Path) -> Repository:
    """The repository that a folder lies in."""
    found = Repository.at(folder)
    assert found
    return found


def test_a_repository_is_found_from_within(folder: Path, tmp_path: Path) -> None:
    """A folder inside leads to the root; a folder outside leads to nothing."""
    assert repository(folder / "data").root == folder.resolve()
    assert repository(folder).inside(folder / "data") == "data"
    assert repository(folder).inside(folder) == ""
    assert Repository.at(tmp_path) is None


def test_names_lead_to_commits(folder: Path) -> None:
    """Tags of both kinds, branches, hashes and short hashes are resolved; what names nothing, or an option, is not."""
    found = repository(folder)
    second = git(folder, "rev-parse", "HEAD~1")
    assert found.tags() == ("v1", "v2")
    assert [found.resolve(each) for each in ("v2", second, second[:10], "main~1")] == [second] * 4
    assert [found.resolve(each) for each in ("v3", "", "--help", "v1:data", "v\0")] == [None] * 5
    with pytest.raises(RepositoryError) as raised:
        found.commit("v3")
    assert "“v3”" in raised.value.words.zh
    assert "git fetch --tags" in raised.value.words.en


def test_a_tag_goes_before_a_branch_of_its_name(folder: Path) -> None:
    """Where a tag and a branch share a name, the tag counts."""
    git(folder, "branch", "v1")
    assert repository(folder).resolve("v1") == git(folder, "rev-list", "--max-parents=0", "HEAD")


def test_the_past_is_told_newest_first(folder: Path) -> None:
    """The log of a file names its commits alone, with their days and authors; that of nothing names all."""
    found = repository(folder)
    assert [each.when.day for each in found.log("data/a.yaml")] == [2, 1]
    assert [each.when.day for each in found.log()] == [3, 2, 1]
    assert [each.when.day for each in found.log(ref="v2")] == [2, 1]
    assert list(found.log("data/gone.yaml")) == []
    assert next(found.log("data/中文 名.yaml")).author == "林晓"
    assert found.first().when.day == 1
    assert found.commit("v2").hash == git(folder, "rev-parse", "HEAD~1")


def test_files_are_read_as_they_were(folder: Path) -> None:
    """A file is read at a commit, and nothing where it was not there; a tree is the same hash for the same content."""
    found = repository(folder)
    assert found.read("v1", "data/a.yaml") == b"a: 1\n"
    assert found.read("HEAD", "data/a.yaml") == b"a: 2\n"
    assert found.read("HEAD", "data/中文 名.yaml") == b"b: 1\n"
    assert found.read("v1", "data/中文 名.yaml") is None
    assert found.read("v1", "data") is None
    assert found.tree("v1", "data") == found.tree("v1^{commit}", "data") != found.tree("v2", "data")
    assert found.tree("v1", "nowhere") is None


def test_a_tree_is_written_as_it_was_kept(folder: Path, tmp_path: Path) -> None:
    """No filter, attribute or line end of the machine changes a file; a folder may be asked for alone."""
    commit(folder, {".gitattributes": "*.txt text eol=crlf export-ignore\n", "data/note.txt": "one\ntwo\n"}, day=3)
    repository(folder).export("HEAD", tmp_path / "whole")
    repository(folder).export("HEAD", tmp_path / "part", "data")
    assert (tmp_path / "whole/data/note.txt").read_bytes() == b"one\ntwo\n"
    assert sorted(path.name for path in (tmp_path / "part").iterdir()) == ["a.yaml", "note.txt", "中文 名.yaml"]


def test_links_that_lead_out_are_not_written(folder: Path, tmp_path: Path) -> None:
    """A link within the tree stays one; a link out of it is left out."""
    (folder / "data/in.yaml").symlink_to("a.yaml")
    (folder / "data/out.yaml").symlink_to("../../secret")
    (folder / "data/root.yaml").symlink_to("/etc/hostname")
    commit(folder, {}, day=3)
    repository(folder).export("HEAD", tmp_path / "out", "data")
    assert (tmp_path / "out/in.yaml").read_text("utf-8") == "a: 2\n"
    assert not [name for name in ("out.yaml", "root.yaml") if (tmp_path / "out" / name).is_symlink()]


def test_hooks_and_configurations_do_not_lead_astray(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What git sets for hooks, and what a person's configuration says, changes no answer."""
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    git(folder, "config", "core.quotePath", "true")
    git(folder, "config", "log.showSignature", "true")
    found = repository(folder)
    assert [blob.path for blob in found.files("HEAD", "data")] == ["data/a.yaml", "data/中文 名.yaml"]
    assert len(list(found.log())) == 3


def test_a_shallow_clone_says_how_to_get_the_rest(folder: Path, tmp_path: Path) -> None:
    """In a clone of the last commit a missing tag is explained by that, with the cure."""
    git(tmp_path, "clone", "--quiet", "--depth", "1", folder.as_uri(), "shallow")
    found = repository(tmp_path / "shallow")
    assert found.is_shallow
    assert not repository(folder).is_shallow
    with pytest.raises(RepositoryError) as raised:
        found.commit("v1")
    assert "--unshallow" in raised.value.words.zh
    assert "fetch-depth: 0" in raised.value.words.en


def test_a_branch_that_was_only_fetched_is_found(folder: Path, tmp_path: Path) -> None:
    """In a clone a branch is found by its plain name although only its remote copy is there."""
    git(folder, "branch", "release-1", "v1")
    git(tmp_path, "clone", "--quiet", str(folder), "clone")
    assert repository(tmp_path / "clone").resolve("release-1") == git(folder, "rev-parse", "v1")


def test_a_repository_without_commits_has_no_past(tmp_path: Path) -> None:
    """An empty repository has no log, no commit and no tag, and says so."""
    found = repository(begin(tmp_path / "empty"))
    assert list(found.log()) == []
    assert found.tags() == ()
    assert found.resolve("HEAD") is None
    with pytest.raises(RepositoryError):
        found.first()


def test_a_library_is_read_as_of_a_commit(tmp_path: Path) -> None:
    """The library of an old commit holds the documents of that day, in a project below the root too."""
    first = SMALL | {"data/prd/PRD-TRY-001.yaml": DRAFT.format(id="PRD-TRY-001", number=1)}
    folder = begin(tmp_path / "repo", {f"产品/{name}": text for name, text in first.items()})
    git(folder, "tag", "v1")
    commit(folder, {"产品/data/prd/PRD-TRY-002.yaml": DRAFT.format(id="PRD-TRY-002", number=2)}, day=1)
    found, root = repository(folder), folder / "产品"
    assert [each.id for each in library_at(found, "v1", root).documents] == ["PRD-TRY-001"]
    assert [each.id for each in library_at(found, "HEAD", root).documents] == ["PRD-TRY-001", "PRD-TRY-002"]
    assert library_at(found, "v1", root).entry("product", "try")


def test_what_has_no_past_says_so(tmp_path: Path) -> None:
    """A missing tag, and a commit from before the project began, are told with the name that was asked for."""
    folder = begin(tmp_path / "repo", {"README.md": "x\n"})
    git(folder, "tag", "v0")
    commit(folder, SMALL, day=1)
    for ref, said in (("v9", "“v9”"), ("v0", "mkdocs.yml")):
        with pytest.raises(PastError) as raised:
            library_at(repository(folder), ref, folder)
        assert said in raised.value.words.zh
        assert said in raised.value.words.en
