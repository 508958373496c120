"""A release added to the list, after checks: by a tag that is to be made, or with a snapshot of its documents."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from pmdocs.diagnostics import Diagnostic, Words
from pmdocs.earlier import last_release
from pmdocs.edit import EditError, appended, changed
from pmdocs.gather import template_folders
from pmdocs.project import CONFIG_NAME
from pmdocs.repository import Repository
from pmdocs.site import Site, read_site
from pmdocs.source import read_file
from pmdocs.versions import PLACEHOLDER, RELEASED, RESERVED
from pmdocs.writing import replace_file

SNAPSHOTS = "_releases"
"""Where snapshots lie in the folder of the documents."""
TAG = f"v{PLACEHOLDER}"
"""What a release's tag is called where the configuration says nothing."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class ReleaseError(Exception):
    """The release cannot be added: why, with the cure, and what was found wrong."""

    def __init__(self, words: Words, site: Site | None = None, findings: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(words.en)
        self.words, self.site, self.findings = words, site, findings


@dataclass(frozen=True)
class Wish:
    """What a person asks for: a version, perhaps its title and day, and its ref or a snapshot; neither lets pmdocs choose."""

    version: str
    title: str | None = None
    day: date | None = None
    ref: str | None = None
    snapshot: bool = False


@dataclass(frozen=True)
class Release:
    """What was added: the file that lists it, the folder of its snapshot, or its ref, and whether that is there yet."""

    list: Path
    folder: Path | None
    ref: str | None
    is_tagged: bool


def add_release(root: Path, wish: Wish, today: date) -> Release:
    """Add a release to the list; raises ReleaseError and leaves everything as it was where something stands in the way."""
    site = read_site(root, today=today, previous=last_release)
    if site.errors:
        raise ReleaseError(_ERRORS, site, site.errors)
    file = _list_of(site)
    repository = Repository.at(root)
    by_snapshot = wish.snapshot or (wish.ref is None and repository is None)
    folder = site.project.documents / SNAPSHOTS / wish.version if by_snapshot else None
    ref = None if by_snapshot else wish.ref or (site.project.version_tags or TAG).replace(PLACEHOLDER, wish.version)
    source = {"path": site.project.relative(folder)} if folder else {"ref": ref}
    before = file.read_bytes() if file.exists() else b"releases: []\n"
    facts = {"date": (wish.day or today).isoformat(), "state": RELEASED, **source}
    try:
        data = _edited(before, file, wish, facts)
    except EditError as error:
        raise ReleaseError(error.words) from error
    if folder and folder.exists():
        raise ReleaseError(_there(wish.version, site.project.relative(folder)))
    _try(site, file, (before, data), folder)
    return Release(file, folder, ref, bool(ref and repository and repository.resolve(ref)))


def _try(site: Site, file: Path, texts: tuple[bytes, bytes], folder: Path | None) -> None:
    """Write the list and the snapshot, and take both back where the project is not sound with them."""
    before, data = texts
    was_there, root = file.exists(), site.project.root
    sound = False
    try:
        replace_file(file, data)
        if folder:
            _snapshot(site, folder)
        after = read_site(root, today=site.as_of, as_of=site.as_of, previous=last_release)
        found = after.errors
        if not found and folder:
            after = read_site(folder, today=site.as_of, as_of=site.as_of)
            found = after.holes
        if found:
            raise ReleaseError(_AFTERWARDS, after, found)
        sound = True
    finally:
        if not sound:
            replace_file(file, before) if was_there else file.unlink(missing_ok=True)
            if folder:
                shutil.rmtree(folder, ignore_errors=True)


def _list_of(site: Site) -> Path:
    names = (site.project.documents / f"releases{suffix}" for suffix in (".yaml", ".yml"))
    return next((path for path in names if path.is_file()), site.project.documents / "releases.yaml")


def _edited(before: bytes, file: Path, wish: Wish, facts: dict[str, Any]) -> bytes:
    """Return the list with the release in it: a planned one becomes a released one, a new one comes last."""
    if wish.version in RESERVED or not _NAME.fullmatch(wish.version):
        raise ReleaseError(
            Words(
                f"版本不能叫 {wish.version}；用字母、数字、点和连字符，例如 1.0",
                f"A version cannot be called {wish.version}; use letters, digits, dots and hyphens, such as 1.0",
            )
        )
    value = read_file(file, root=file.parent).value if file.exists() else {}
    rows = value.get("releases") if isinstance(value, dict) else None
    title = {"title": wish.title} if wish.title else {}
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and row.get("version") == wish.version:
            if row.get("state") == RELEASED and (row.get("ref") or row.get("path")):
                raise ReleaseError(
                    Words(
                        f"版本 {wish.version} 已经发布过了；换一个版本号，例如修订版 {wish.version}.1",
                        f"Version {wish.version} is released already; choose another number, such as {wish.version}.1",
                    )
                )
            return changed(before, ("releases", index), {**title, **facts})
    return appended(before, ("releases",), {"version": wish.version, **title, **facts})


def _snapshot(site: Site, folder: Path) -> None:
    """Copy everything that the site of this version is made of, where it lies in the project."""
    root = site.project.root
    for path in sorted(_parts(site)):
        target = folder / path.relative_to(root)
        if path.is_dir():
            shutil.copytree(path, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(SNAPSHOTS, "__pycache__"))
        elif path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def _parts(site: Site) -> set[Path]:
    """Return the files and folders of the project that its configuration names, and the pictures of its documents."""
    project, root = site.project, site.project.root.resolve()
    config = _plain(root / CONFIG_NAME)
    theme = config.get("theme")
    named = [theme.get("custom_dir") if isinstance(theme, dict) else None, config.get("INHERIT")]
    hooks = config.get("hooks")
    named += hooks if isinstance(hooks, list) else []
    found = {
        project.documents,
        project.docs,
        project.root / CONFIG_NAME,
        *(project.root / str(each) for each in named if each),
    }
    found |= set(template_folders(project)[:-1])
    return {path for path in (*found, *_pictures(site)) if path.resolve().is_relative_to(root)}


def _pictures(site: Site) -> Iterator[Path]:
    for document in site.library.documents:
        folder = (site.project.root / document.source.file).parent
        for visit in document.visits:
            if visit.field.kind == "image" and isinstance(visit.value, str):
                yield (folder / visit.value).resolve()


def _plain(path: Path) -> dict[str, Any]:
    """Return a configuration with every tag of MkDocs read as nothing."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda *_: None)
    Loader.add_multi_constructor("tag:", lambda *_: None)
    value = yaml.load(path.read_text("utf-8"), Loader=Loader)  # noqa: S506  # a SafeLoader
    return value if isinstance(value, dict) else {}


def _there(version: str, folder: str) -> Words:
    return Words(
        f"快照文件夹 {folder} 已经有了；发布过的快照不再改动。确实要重做 {version}，先删掉它",
        f"The snapshot folder {folder} is there already, and a released snapshot does not change; "
        f"to make {version} anew, delete it first",
    )


_ERRORS = Words(
    "文档里还有错误，没有发布：先改好上面的问题",
    "The documents have errors, so nothing was released: mend what is listed above",
)
_AFTERWARDS = Words(
    "发布之后会有上面的错误，所以没有发布；改好再来",
    "Once released, there would be the errors above, so nothing was released; mend them first",
)
