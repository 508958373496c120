"""A small clean set of documents, and cases that change it: each demands exactly the findings it names, of any rule."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from pmdocs import gather, site
from pmdocs.diagnostics import Diagnostic
from pmdocs.doctype import Checker, DocumentType, Standards, TypeFile, build_types
from pmdocs.document import Document, normalize
from pmdocs.library import Library
from pmdocs.project import read_project
from pmdocs.report import dotted
from pmdocs.signoff import digest_for, links_for
from pmdocs.site import Site, read_site
from pmdocs.source import Source, read_file

HERE = Path(__file__).parent
GOOD = HERE / "fixtures" / "good"
CASES = HERE / "rulebook"
TODAY = date(2026, 9, 18)
UNPUBLISHED = ("draft", "in_review", "approved")
LATER = date(2026, 10, 30)
"""The due date of a document that a case takes back to an earlier status, unless the case gives one: it is not late."""
_SIGNED = re.compile(r"^(  - \{person: [\w-]+, role: (\w+), verdict: approved[^{}]*?), digest: .*\}$", re.MULTILINE)
_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True)
class Case:
    """A case of a rule: what it changes in the good set, and what is to be found then.

    `change` holds values by document (or shared file) and place, `text` pairs of old and new text, `files` whole files;
    `before` changes the version before, which is the good set as it is. `settings` are changes of data/standards.yaml.
    """

    rule: str
    name: str
    fires: tuple[str, ...]
    change: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    text: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Mapping[str, Any]] | None = None
    suppressed: tuple[str, ...] = ()
    as_of: date = TODAY
    sign: bool = True
    config: str = ""

    def __str__(self) -> str:
        """The rule and the name, as the list of tests shows it."""
        return f"{self.rule} {self.name}"


def cases(*families: str) -> list[Case]:
    """Every case of the rules whose code begins with one of `families`: `S`, `G`, `L` and so on; all without any."""
    paths = sorted(path for path in CASES.glob("*.yaml") if not families or path.stem[3:].startswith(families))
    return [_case(path.stem, row) for path in paths for row in yaml.safe_load(path.read_text("utf-8"))]


def _case(rule: str, row: dict[str, Any]) -> Case:
    plain = {**row, "fires": tuple(row["fires"]), "suppressed": tuple(row.get("suppressed", ()))}
    plain["text"] = {name: tuple(pair) for name, pair in row.get("text", {}).items()}
    return Case(rule, **plain)


def told(case: Case, folder: Path) -> tuple[list[str], list[str]]:
    """What is found in the good set with the changes of a case, and what is suppressed, each as the case writes it."""
    found = site_of(case, folder)
    aside = [each.finding for each in found.suppressed]
    return _as_written(found.findings, case, case.fires), _as_written(aside, case, case.suppressed)


def _as_written(findings: Iterable[Diagnostic], case: Case, expected: tuple[str, ...]) -> list[str]:
    """Findings in the words of a case: without the severity where the case leaves it out."""
    pairs = [(_told(each, case.rule), each.severity) for each in findings]
    return sorted(plain if plain in expected else f"{severity} {plain}" for plain, severity in pairs)


def site_of(case: Case, folder: Path) -> Site:
    """The good set with the changes of a case, read as pmdocs does."""
    previous = None
    if case.before is not None:
        past = folder / "before"
        shutil.copytree(GOOD, past)
        _change(past, case.before)
        sign(past)
        previous = read(past).library
    root = folder / "now"
    shutil.copytree(GOOD, root)
    _change(root, case.change)
    if case.settings:
        _write(root / "data" / "standards.yaml", case.settings)
    for name, (old, new) in case.text.items():
        path = path_of(name, root)
        text = path.read_text("utf-8")
        assert old in text, f"{case}: {name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")
    for name, text in case.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    if case.config:
        (root / "mkdocs.yml").write_text(case.config, "utf-8")
    if case.sign and (case.change or case.text):
        sign(root)
    return read(root, as_of=case.as_of, previous=previous)


def read(root: Path, *, as_of: date = TODAY, previous: Library | None = None) -> Site:
    """Read a project; shipped types and unchanged files of the good set are read and compiled once for all tests."""
    with (
        patch.object(gather, "read_file", _read_quickly),
        patch.object(site, "build_types", _types_quickly),
        patch.object(site, "review_types", lambda *_: []),
        patch.object(Checker, "of", _checker_quickly),
    ):
        return read_site(root, today=TODAY, as_of=as_of, previous=previous)


def good_library(folder: Path) -> Library:
    """The library of the good set, unchanged."""
    shutil.copytree(GOOD, folder / "good")
    return read(folder / "good").library


def path_of(name: str, root: Path) -> Path:
    """The file of a document or of a shared file in a project."""
    found = [path for path in (root / "data").rglob("*.yaml") if path.stem == name]
    return found[0] if found else root / "data" / f"{name}.yaml"


def sign(root: Path) -> None:
    """Renew the digests of every approval that has one: what a case changes does not make its sign-offs stale."""
    library = _library_in(root)
    for document in library.documents:
        path = root / document.source.file
        value = deepcopy(_loaded(path))
        rows = value.get("reviewers")
        sealed = [row for row in rows if isinstance(row, dict) and "digest" in row] if isinstance(rows, list) else []
        for row in sealed:
            row["digest"] = digest_for(document, row["role"])
            if links := links_for(document, library, row["role"]):
                row["links"] = links
        if value != _loaded(path):
            _write(path, value)


def sign_good() -> None:
    """Renew the digests of the good set itself, in its text, after a type says something else of who reviews what."""
    library = _library_in(GOOD)
    for document in library.documents:
        path = GOOD / document.source.file

        def sealed(row: re.Match[str], document: Document = document) -> str:
            links = links_for(document, library, row[2])
            named = ", ".join(f'{name}: "{each}"' for name, each in links.items())
            told = f", links: {{{named}}}" if links else ""
            return f'{row[1]}, digest: "{digest_for(document, row[2])}"{told}}}'

        path.write_text(_SIGNED.sub(sealed, path.read_text("utf-8")), "utf-8")


def _library_in(root: Path) -> Library:
    types, standards = _shipped_types()
    documents = []
    for path in sorted((root / "data").glob("*/*.yaml")):
        source = _read_quickly(path, root=root)
        if isinstance(source.value, dict):
            kind = types[path.parent.name]
            documents.append(Document(kind, path.stem, normalize(kind.fields, source.value), source))
    return Library(tuple(documents), types, {}, standards)


@cache
def _shipped_types() -> tuple[dict[str, DocumentType], Standards]:
    files, standards = gather.read_types(read_project(GOOD)[0], [])
    return build_types(files, standards), standards


def _change(root: Path, changes: Mapping[str, Mapping[str, Any]]) -> None:
    for name, values in changes.items():
        path = path_of(name, root)
        value = deepcopy(_loaded(path)) if path.is_file() else {}
        if values.get("status") in UNPUBLISHED:
            value["due_date"] = LATER
        for place, new in values.items():
            put(value, place, new)
        _write(path, value)


def put(value: Any, place: str, new: Any) -> None:
    """Set what lies at a dotted place, such as `requirements[0].title`; None deletes, an index behind the end adds."""
    parts = [name or int(index) for name, index in _PART.findall(place)]
    for part in parts[:-1]:
        value = value[part]
    last = parts[-1]
    if new is None:
        del value[last]
    elif isinstance(value, list) and last == len(value):
        value.append(deepcopy(new))
    else:
        value[last] = deepcopy(new)


def _write(path: Path, value: Any) -> None:
    path.write_text(
        yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000), "utf-8"
    )


def _loaded(path: Path) -> Any:
    return _parsed(path.read_text("utf-8"))


@cache
def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)  # the safe loader, in C


def _told(found: Diagnostic, rule: str) -> str:
    """A finding as a case writes it: its code where it is of another rule, its reason, and its place."""
    for language in ("zh", "en"):
        assert found.message(language), found
        assert found.hint(language), found
    code = "" if found.code == rule else f"{found.code} "
    stem = found.document or Path(found.location.file).stem
    return f"{code}{found.reason.word}@{stem}:{dotted(found.path)}".removesuffix(":")


# What is the same in every case -----------------------------------------------------------------------------


def _read_quickly(path: Path, *, root: Path) -> Source:
    if path.is_relative_to(gather.shipped_templates()):
        return _shipped(path, root)
    name = path.relative_to(root).as_posix()
    try:
        return _same(name, path.read_text("utf-8"), path, root)
    except (OSError, UnicodeDecodeError):
        return read_file(path, root=root)


@cache
def _shipped(path: Path, root: Path) -> Source:
    return read_file(path, root=root)


_SOURCES: dict[tuple[str, str], Source] = {}


def _same(name: str, text: str, path: Path, root: Path) -> Source:
    if (name, text) not in _SOURCES:
        _SOURCES[name, text] = read_file(path, root=root)
    return _SOURCES[name, text]


_TYPES: dict[str, dict[str, DocumentType]] = {}


def _types_quickly(files: Mapping[str, TypeFile], standards: Standards) -> dict[str, DocumentType]:
    key = repr(standards)
    if key not in _TYPES:
        _TYPES[key] = build_types(files, standards)
    return _TYPES[key]


_CHECKERS: dict[tuple[int, str], Checker] = {}
_checker_of = Checker.of


def _checker_quickly(kind: DocumentType, standards: Standards) -> Checker:
    key = (id(kind), repr(standards))
    if key not in _CHECKERS:
        _CHECKERS[key] = _checker_of(kind, standards)
    return _CHECKERS[key]
