"""A project's library as it was: at a commit, or in the folder of a snapshot."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pmdocs.diagnostics import Diagnostic, Words
from pmdocs.doctype import build_types
from pmdocs.gather import build_library, read_data, read_types
from pmdocs.library import Library
from pmdocs.project import CONFIG_NAME, read_project
from pmdocs.repository import Repository, RepositoryError


class PastError(Exception):
    """A version's documents are not to be had: why, and the cure, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def library_at(repository: Repository, commit: str, root: Path) -> Library:
    """Return the library of the project at `root` as of a commit, tag or branch, read with today's types.

    Mistakes in old files are nobody's to mend: what can be read of them counts. Raises PastError where there is nothing to read.
    """
    found = repository.resolve(commit)
    if found is None:
        raise PastError(repository.missing(commit))
    with tempfile.TemporaryDirectory(prefix="pmdocs-") as folder:
        try:
            repository.export(found, Path(folder), repository.inside(root))
        except RepositoryError as error:
            raise PastError(error.words) from error
        return library_in(Path(folder), commit)


def library_in(folder: Path, name: str) -> Library:
    """Return the library of the project in `folder`, called `name` where nothing is there; raises PastError then."""
    if not (folder / CONFIG_NAME).is_file():
        raise PastError(
            Words(
                f"“{name}”里没有 {CONFIG_NAME}：那时这个文件夹还不是文档项目",
                f"There is no {CONFIG_NAME} in “{name}”: the folder was no documentation project then",
            )
        )
    findings: list[Diagnostic] = []
    project, _ = read_project(folder)
    files, standards = read_types(project, findings)
    types = build_types(files, standards)
    sources = list(read_data(project, types, findings))
    return build_library(project, types, standards, sources, findings)
