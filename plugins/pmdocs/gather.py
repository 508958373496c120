"""The files of a project: its types, its data and its templates, read into a library, with every finding on the way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pmdocs.diagnostics import Diagnostic, Facts, Location, Severity, Span, Words
from pmdocs.doctype import (
    Checker,
    DocumentType,
    Field,
    Standards,
    TypeFile,
    cell_value,
    lost_comments,
    merge_layers,
    nearest,
    read_standards,
    span_of,
)
from pmdocs.document import Document, normalize
from pmdocs.feedback import Answer, answers_in
from pmdocs.lexicon import Lexicon, read_lexicon
from pmdocs.library import Entry, Library, entries_of
from pmdocs.project import Project
from pmdocs.rules.keys import MISSING_FIELD
from pmdocs.rules.names import BROKEN_REFERENCE, DUPLICATE_ID
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source, read_file, read_plain, read_sheet

_SUFFIXES = (".yaml", ".yml")
_SHEET = ".csv"
_WORD = re.compile(r"[A-Za-z0-9][\w-]*")


def shipped_templates() -> Path:
    """Return the folder of the shipped types: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent / "pm_templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "pm_templates"


def template_folders(project: Project) -> list[Path]:
    """Return the folders of types and templates, the team's own first."""
    shipped = shipped_templates()
    own = project.templates
    return [own, shipped] if own.is_dir() and own.resolve() != shipped.resolve() else [shipped]


def own_templates(project: Project, findings: list[Diagnostic]) -> dict[str, str]:
    """Return the team's templates by their path in the project; none where the shipped ones are the project's own."""
    folders = template_folders(project)
    texts = {}
    for path in sorted(folders[0].rglob("*.j2")) if len(folders) > 1 else ():
        texts[project.relative(path)], wrong = read_plain(path, root=project.root)
        findings += wrong
    return texts


def read_types(project: Project, findings: list[Diagnostic]) -> tuple[dict[str, TypeFile], Standards]:
    """Return the type files, merged from their layers, and the standards in force."""
    shipped = shipped_templates()
    layers: list[dict[str, Source]] = [{}, {}]
    for layer, folder in zip(layers, reversed(template_folders(project)), strict=False):
        for path in sorted(folder.glob("*/type.yaml")):
            source = read_file(path, root=folder.parent)
            layer[path.parent.name] = source
            findings += source.findings
    files = merge_layers(*layers)
    defaults = read_file(shipped / "_standards" / "defaults.yaml", root=shipped.parent)
    own = next((path for suffix in _SUFFIXES if (path := project.documents / f"standards{suffix}").is_file()), shipped)
    standards = read_file(own, root=project.root).value if own.is_file() else None
    return files, read_standards(defaults.value, standards)


def read_data(
    project: Project, types: Mapping[str, DocumentType], findings: list[Diagnostic]
) -> Iterator[tuple[DocumentType, Source]]:
    """Yield every file of the data folder with its type; a folder that is no type is a finding."""
    shared = {kind.shared: kind for kind in types.values() if kind.shared and not kind.several}
    folders = {kind.shared or name: kind for name, kind in types.items() if kind.shared is None or kind.several}
    denied: list[OSError] = []
    for path in _files_below(project.documents, denied):
        parts = path.relative_to(project.documents).parts
        kind = shared.get(path.stem) if len(parts) == 1 else folders.get(parts[0])
        is_sheet = path.suffix == _SHEET
        if is_sheet and not (kind and kind.several and kind.rows):
            continue
        if kind is None:
            findings += _stray(project, path, parts, shared if len(parts) == 1 else folders)
            continue
        source = (
            _read_sheet(path, project.root, kind.rows) if is_sheet and kind.rows else read_file(path, root=project.root)
        )
        findings += source.findings
        yield kind, source
    for error in denied if project.documents.is_dir() else ():
        findings += read_file(Path(error.filename), root=project.root).findings


def _read_sheet(path: Path, root: Path, rows: Field) -> Source:
    """Read a CSV file whose lines are rows of a list; its columns are named as the fields of the list."""
    fields = {field.name: field for field in rows.fields}
    columns = {rows.id.field, *fields} if rows.id else set(fields)

    def convert(name: str, text: str) -> str | float | bool:
        return cell_value(fields.get(name), text)

    return read_sheet(path, root=root, rows=rows.name, columns=columns, convert=convert)


def _lexicon(sources: list[tuple[DocumentType, Source]]) -> Lexicon:
    """Return the word lists in force: the shipped ones under those of the project."""
    shipped = shipped_templates()
    defaults = read_file(shipped / "_lexicon" / "defaults.yaml", root=shipped.parent)
    own = next((source.value for kind, source in sources if kind.shared == "lexicon"), None)
    return read_lexicon(defaults.value, own)


def _files_below(folder: Path, denied: list[OSError]) -> Iterator[Path]:
    """Yield the YAML and CSV files below `folder` by name; links to folders are handed on as they are, never followed.

    Folders that may not be listed are put into `denied`.
    """
    for base, folders, names in os.walk(folder, onerror=denied.append):
        folders[:] = sorted(name for name in folders if not name.startswith(("_", ".")))
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in sorted([*names, *links]):
            if (name.endswith((*_SUFFIXES, _SHEET)) and not name.startswith((".", "_"))) or name in links:
                yield Path(base) / name


def _stray(project: Project, path: Path, parts: tuple[str, ...], known: Mapping[str, object]) -> Iterator[Diagnostic]:
    name = parts[0] if len(parts) > 1 else path.stem
    if path.is_symlink():
        yield from read_file(path, root=project.root).findings
        return
    close = nearest(name, known)
    word = "misspelt-name" if close else "unknown-name"
    facts: Facts = {
        "field": Words("文件夹", "folder") if len(parts) > 1 else Words("共用文件", "shared file"),
        "value": name,
    }
    more = {"nearest": close} if close else {"known": tuple(known)}
    place = Location(project.relative(path), Span(1, 1, 1, 1))
    yield Diagnostic(BROKEN_REFERENCE, BROKEN_REFERENCE.reason(word), Severity.ERROR, place, {**facts, **more})


def build_library(
    project: Project,
    types: Mapping[str, DocumentType],
    standards: Standards,
    sources: list[tuple[DocumentType, Source]],
    findings: list[Diagnostic],
) -> Library:
    """Return the library of what was read; whatever is wrong with a value is added to `findings`."""
    checkers = {kind.name: Checker.of(kind, standards) for kind in types.values()}
    documents: list[Document] = []
    shared: dict[str, tuple[Entry, ...]] = {}
    samples: set[str] = set()
    answers: list[Answer] = []
    for kind, source in sources:
        if source.value is None:
            findings += _more_wrong(checkers[kind.name], source)
            continue
        if not isinstance(source.value, dict):
            findings += _not_a_document(source)
            continue
        value = normalize(kind.fields, source.value)
        name = None if kind.shared else str(value.get("id") or Path(source.file).stem)
        findings += checkers[kind.name].findings(source, value, name)
        findings += lost_comments(kind, source, name)
        if kind.shared:
            samples |= {kind.shared} if value.get("sample") is True else set()
        if kind.several:
            answers += answers_in(kind, value, source)
        elif kind.shared in shared:
            findings += _second_file(source, kind)
        elif kind.shared:
            shared[kind.shared] = entries_of(kind, value)
            findings += _repeated_entries(kind, value, source)
        elif name:
            document = Document(kind, name, value, source)
            findings += _identity(document)
            documents.append(document)
    documents.sort(key=lambda document: (document.id, document.source.file))
    unread = {word for _, source in sources if source.value is None for word in _WORD.findall(source.text)}
    return Library(
        documents=tuple(documents),
        types=types,
        shared=shared,
        standards=standards,
        audience=project.audience,
        samples=frozenset(samples),
        unread=frozenset(unread),
        answers=tuple(answers),
        lexicon=_lexicon(sources),
    )


def _second_file(source: Source, kind: DocumentType) -> Iterator[Diagnostic]:
    """Yield that a shared file is there twice, as .yaml and .yml: only the first counts."""
    facts: Facts = {
        "id": Path(source.file).name,
        "other": f"{kind.shared}{_SUFFIXES[0]}",
        "free": f"_{Path(source.file).name}",
    }
    yield Diagnostic(
        DUPLICATE_ID,
        DUPLICATE_ID.reason("duplicate-id"),
        Severity.ERROR,
        Location(source.file, Span(1, 1, 1, 1)),
        facts,
    )


def _more_wrong(checker: Checker, source: Source) -> Iterator[Diagnostic]:
    """Yield what else is wrong with a file that could not be read: what its sound lines say, but nothing about what lacks."""
    rest = source.rest
    if rest is None or not isinstance(rest.value, dict):
        return
    value = normalize(checker.kind.fields, rest.value)
    name = None if checker.kind.shared else str(value.get("id") or Path(source.file).stem)
    sound = replace(source, value=rest.value, place=rest.place)
    for finding in (*checker.findings(sound, value, name), *lost_comments(checker.kind, sound, name)):
        lacking = finding.rule is MISSING_FIELD or finding.reason.word == "too-few"
        if not lacking and finding.location.span.line not in rest.doubted:
            yield finding


def _repeated_entries(kind: DocumentType, value: Mapping[str, Any], source: Source) -> Iterator[Diagnostic]:
    """Yield each row of a shared file whose id an earlier row has."""
    for field in kind.fields:
        first: dict[str, int] = {}
        rows = value.get(field.name) if field.kind == "items" and field.id else None
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            name = row.get(field.id.field) if field.id and isinstance(row, dict) else None
            if not isinstance(name, str):
                continue
            span = span_of(source, (field.name, index, field.id.field if field.id else ""))
            if name in first:
                facts: Facts = {"field": field.label, "key": Words("编号", "id"), "value": name, "line": first[name]}
                reason = DUPLICATE_ID.reason("duplicate-value")
                yield Diagnostic(DUPLICATE_ID, reason, Severity.ERROR, Location(source.file, span), facts)
            first.setdefault(name, span.line)


def _not_a_document(source: Source) -> Iterator[Diagnostic]:
    if not source.findings:
        place = Location(source.file, source.place.span if source.place else Span(1, 1, 1, 1))
        yield Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("not-a-document"), Severity.ERROR, place)


def _identity(document: Document) -> Iterator[Diagnostic]:
    """Yield what contradicts the folder a document lies in: its id's prefix, or a written doc_type."""
    kind, given = document.type, document.values.get("doc_type")
    if given is not None and given != kind.name:
        facts: Facts = {"value": str(given), "folder": kind.name}
        yield Diagnostic(
            WRONG_VALUE,
            WRONG_VALUE.reason("wrong-type"),
            Severity.ERROR,
            document.location(("doc_type",)),
            facts,
            document.id,
        )
    if "id" in document.values and kind.prefix and not kind.id_form.fullmatch(document.id):
        form = Words(
            f"{kind.prefix}-领域-序号，例如 {kind.prefix}-CHK-001",
            f"{kind.prefix}-AREA-NUMBER, such as {kind.prefix}-CHK-001",
        )
        facts_of_id: Facts = {"field": Words("文档编号", "Document id"), "value": document.id, "form": form}
        yield Diagnostic(
            WRONG_VALUE,
            WRONG_VALUE.reason("wrong-form"),
            Severity.ERROR,
            document.location(("id",)),
            facts_of_id,
            document.id,
        )
