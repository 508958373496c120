"""The sides of a comparison by the names people give them: a version, a tag, branch or commit, or what is being written."""

from __future__ import annotations

from dataclasses import replace

from pmdocs.diagnostics import Words
from pmdocs.doctype import nearest
from pmdocs.library import Library
from pmdocs.past import PastError, library_at, library_of, past_of, tagged_in
from pmdocs.project import Project
from pmdocs.repository import Repository, RepositoryError
from pmdocs.versions import NEXT, Version, versions_of

WRITING = (NEXT, ".")
"""The names of what is being written."""


def library_named(name: str, project: Project, library: Library) -> Library:
    """Return the library of a side, all its documents shown; `library` is what is being written.

    A version of releases.yaml goes before a tag or branch of the same name. Raises PastError for a name that leads nowhere.
    """
    return replace(_named(name, project, library), audience=None)


def _named(name: str, project: Project, library: Library) -> Library:
    if name in WRITING:
        return library
    repository = Repository.at(project.root)
    try:
        versions = versions_of(library, tagged_in(project, repository))
        version = next((each for each in versions if each.name == name), None)
        if version is not None and (version.ref or version.path):
            past = past_of(version, project, repository)
            if isinstance(past, Words):
                raise PastError(past)
            return library_of(past)
        if repository is None:
            raise PastError(_without_git(name, version, versions))
        if repository.resolve(name) is None:
            raise PastError(_unknown(name, version, versions, repository))
        return library_at(repository, name, project.root)
    except RepositoryError as error:
        raise PastError(error.words) from error


def _without_git(name: str, version: Version | None, versions: tuple[Version, ...]) -> Words:
    known = _known(versions)
    if version is not None:
        return _homeless(name)
    return Words(
        f"没有版本“{name}”，这里也不是 git 仓库，没有标签、分支和提交。可以写：{known}",
        f"There is no version “{name}”, and this is no git repository with tags, branches and commits. You can write: {known}",
    )


def _unknown(name: str, version: Version | None, versions: tuple[Version, ...], repository: Repository) -> Words:
    if version is not None:
        return _homeless(name)
    missing, known = repository.missing(name), _known(versions)
    close = nearest(name, [each.name for each in versions])
    meant = Words(f"是不是想写 {close}？", f"Did you mean {close}? ") if close else Words("", "")
    return Words(
        f"没有版本“{name}”；{missing.zh}。{meant.zh}可以写的版本：{known}",
        f"There is no version “{name}”. {missing.en}. {meant.en}Versions you can write: {known}",
    )


def _homeless(name: str) -> Words:
    """Say that a version is known, but not where its documents are."""
    return Words(
        f"不知道版本 {name} 的文档在哪里：在 releases.yaml 里给它写 ref（标签）或 path（快照文件夹）",
        f"Nobody says where the documents of version {name} are: give it ref (a tag) or path (a snapshot) in releases.yaml",
    )


def _known(versions: tuple[Version, ...]) -> str:
    return ", ".join([NEXT, *(each.name for each in versions if each.ref or each.path)])
