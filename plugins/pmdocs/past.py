"""A project's library as it was: at a commit, or in the folder of a snapshot."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pmdocs.diagnostics import Diagnostic, Words
from pmdocs.doctype import build_types
from pmdocs.gather import build_library, read_data, read_types
from pmdocs.library import Library
from pmdocs.project import CONFIG_NAME, Project, read_project
from pmdocs.repository import Repository, RepositoryError
from pmdocs.versions import Version, tags_matching

_NOT_CONTENT = frozenset({".git", ".cache", "node_modules", "__pycache__"})
"""What is no part of a project's content, wherever it lies."""
_ENVIRONMENT = "pyvenv.cfg"
"""What a folder of installed packages holds."""


class PastError(Exception):
    """A version's documents are not to be had: why, and the cure, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True)
class AtCommit:
    """A project at a commit, called `name` by people."""

    repository: Repository
    commit: str
    root: Path
    name: str

    @property
    def digest(self) -> str:
        """What is equal for equal content."""
        return self.repository.tree(self.commit, self.repository.inside(self.root)) or ""

    def write(self, folder: Path) -> None:
        """Write the project into `folder`; raises PastError where there was none."""
        try:
            self.repository.export(self.commit, folder, self.repository.inside(self.root))
        except RepositoryError as error:
            raise PastError(error.words) from error
        _demand(folder, self.name)


@dataclass(frozen=True)
class InFolder:
    """A project in a folder: a snapshot, called `name` by people."""

    folder: Path
    name: str

    @property
    def digest(self) -> str:
        """What is equal for equal content."""
        return content_digest(self.folder)

    def write(self, folder: Path) -> None:
        """Copy the project into `folder`; raises PastError where there is none."""
        _demand(self.folder, self.name)
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, symlinks=True)


Past = AtCommit | InFolder
"""Where the documents of a version are."""


def library_at(repository: Repository, commit: str, root: Path) -> Library:
    """Return the library of the project at `root` as of a commit, tag or branch, read with today's types.

    Mistakes in old files are nobody's to mend: what can be read of them counts. Raises PastError where there is nothing to read.
    """
    found = repository.resolve(commit)
    if found is None:
        raise PastError(repository.missing(commit))
    return library_of(AtCommit(repository, found, root, commit))


def library_of(past: Past) -> Library:
    """Return the library of a version's documents, read with today's types; raises PastError where there are none."""
    with tempfile.TemporaryDirectory(prefix="pmdocs-") as name:
        folder = Path(name)
        past.write(folder)
        return library_in(folder, past.name)


def library_in(folder: Path, name: str) -> Library:
    """Return the library of the project in `folder`, called `name` by people; raises PastError where there is none."""
    _demand(folder, name)
    findings: list[Diagnostic] = []
    project, _ = read_project(folder)
    files, standards = read_types(project, findings)
    types = build_types(files, standards)
    sources = list(read_data(project, types, findings))
    return build_library(project, types, standards, sources, findings)


def tagged_in(project: Project, repository: Repository | None) -> dict[str, tuple[str, date]]:
    """Return the versions that tags of the repository name, where the configuration has a pattern for them."""
    pattern = project.version_tags
    if repository is None or not pattern:
        return {}
    found = tags_matching(repository.tags(), pattern)
    return {name: (tag, repository.commit(tag).when.date()) for name, tag in found.items()}


def past_of(version: Version, project: Project, repository: Repository | None) -> Past | Words:
    """Return where the documents of a version are, or what stands in the way."""
    root = project.root
    if version.path is not None:
        folder = (root / version.path).resolve()
        if folder.is_relative_to(root.resolve()) and folder.is_dir():
            return InFolder(folder, version.path)
        return Words(
            f"版本 {version.name} 的快照文件夹 {version.path} 不存在；从备份或 git 里找回，或在 releases.yaml 里给它写 skip: 原因",
            f"The snapshot folder {version.path} of version {version.name} is missing; restore it, "
            "or give the version skip: reason in releases.yaml",
        )
    if repository is None:
        return outside(version)
    ref = str(version.ref)
    commit = repository.resolve(ref)
    if commit is None:
        missing = repository.missing(ref)
        return Words(
            f"版本 {version.name}：{missing.zh}。确实不再需要时，在 releases.yaml 里给它写 skip: 原因",
            f"Version {version.name}: {missing.en}. Where it is not needed any more, give it skip: reason in releases.yaml",
        )
    return AtCommit(repository, commit, root, ref)


def outside(version: Version) -> Words:
    """Say that the ref of a version means nothing outside a repository."""
    return Words(
        f"这里不是 git 仓库，找不到标签 {version.ref}，所以没有构建版本 {version.name}；请克隆仓库再构建，或给这个版本做快照",
        f"This is no git repository, so the tag {version.ref} cannot be found and version {version.name} was not built; "
        "clone the repository, or make a snapshot of the version",
    )


def content_digest(folder: Path, *, without: tuple[Path, ...] = ()) -> str:
    """Return a digest of every file of a project, whatever its date: what tools keep for themselves does not count."""
    whole = hashlib.sha256()
    for path in _content(folder, frozenset(each.resolve() for each in without)):
        name = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
        whole.update(hashlib.sha256(name).digest() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _content(folder: Path, without: frozenset[Path]) -> Iterator[Path]:
    seen = set()
    for base, folders, names in os.walk(folder, followlinks=True):
        real = Path(base).resolve()
        if real in seen or real in without or _ENVIRONMENT in names:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(set(folders) - _NOT_CONTENT)
        kept = sorted(set(names) - _NOT_CONTENT)
        yield from (path for name in kept if (path := Path(base, name)).is_file())


def _demand(folder: Path, name: str) -> None:
    if not (folder / CONFIG_NAME).is_file():
        raise PastError(
            Words(
                f"“{name}”里没有 {CONFIG_NAME}：那时这个文件夹还不是文档项目",
                f"There is no {CONFIG_NAME} in “{name}”: the folder was no documentation project then",
            )
        )
