"""The last release before what is being written: every check compares with it, so what was read of it is kept."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pmdocs.diagnostics import Diagnostic, Words
from pmdocs.doctype import DocumentType
from pmdocs.gather import build_library, read_data
from pmdocs.library import Library
from pmdocs.past import Past, PastError, past_of, tagged_in
from pmdocs.project import Project, read_project
from pmdocs.repository import Repository
from pmdocs.source import Source
from pmdocs.versions import before, versions_of
from pmdocs.writing import replace_file

KEPT = ".cache/pmdocs/earlier"
"""Where the values of the last release are kept: a file named by its content."""
Read = list[tuple[str, str, Any, str]]
"""Of each file of the data: its type, its path, its value, and its text where that could not be read."""


def last_release(project: Project, library: Library) -> Library | None:
    """Return the library of the newest release, read with the types of `library`.

    None where there is none, or where it is not to be had here: in a shallow clone, say.
    """
    repository = Repository.at(project.root) if library.shared.get("releases") or project.version_tags else None
    newest = before("", versions_of(library, tagged_in(project, repository)))
    past = past_of(newest, project, repository) if newest else None
    if newest is None or past is None or isinstance(past, Words):
        return None
    try:
        read = _kept(past, project, library)
    except PastError:
        return None
    sources = list(_sources(read, library))
    return replace(build_library(project, library.types, library.standards, sources, []), version=newest.name)


def _kept(past: Past, project: Project, library: Library) -> Read:
    """Return what a release holds, from the file that keeps it where that is whole."""
    types = json.dumps({name: kind.shared or "" for name, kind in library.types.items()})
    key = hashlib.sha256(f"{past.digest} {types} {_code()}".encode()).hexdigest()[:32]
    file = project.root / KEPT / f"{key}.json"
    try:
        told, _, mark = file.read_text("utf-8").rpartition("\n")
        if hashlib.sha256(told.encode()).hexdigest() == mark:
            read: Read = json.loads(told)
            return read
    except (OSError, ValueError):
        pass
    read = _read(past, library)
    told = json.dumps(read, ensure_ascii=False)
    _keep(file, f"{told}\n{hashlib.sha256(told.encode()).hexdigest()}".encode())
    return read


def _read(past: Past, library: Library) -> Read:
    with tempfile.TemporaryDirectory(prefix="pmdocs-") as folder:
        past.write(Path(folder))
        project, _ = read_project(Path(folder))
        found: list[Diagnostic] = []
        return [
            (kind.name, source.file, source.value, "" if source.value is not None else source.text)
            for kind, source in read_data(project, library.types, found)
        ]


def _sources(read: Read, library: Library) -> Iterator[tuple[DocumentType, Source]]:
    for name, file, value, text in read:
        yield library.types[name], Source(file, text, value, None, ())


def _keep(file: Path, data: bytes) -> None:
    """Keep a file and remove the ones before it; where nothing can be written, nothing is kept."""
    try:
        replace_file(file, data)
        for other in file.parent.glob("*.json"):
            if other != file:
                other.unlink()
    except OSError:
        return


@cache
def _code() -> str:
    """Return a digest of the code that reads values from YAML."""
    folder = Path(__file__).parent / "source"
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()
