"""The pipeline, readable aloud: read the project, build the library, check it, render its pages."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2.sandbox import ImmutableSandboxedEnvironment

from pmdocs.addresses import document_anchors, document_uri, index_uris
from pmdocs.checks import CHECKS, Frame
from pmdocs.diagnostics import Diagnostic, Language, Location, Severity, Span, Words, sort_key
from pmdocs.doctype import (
    Checker,
    DocumentType,
    Standards,
    TypeFile,
    build_types,
    lost_comments,
    merge_layers,
    nearest,
    read_standards,
)
from pmdocs.doctype.review import review_types
from pmdocs.document import Document, normalize
from pmdocs.handwritten import Page as HandwrittenPage
from pmdocs.handwritten import Surroundings, broken_page_links, read_pages
from pmdocs.library import Entry, Library, entries_of
from pmdocs.markdown import Renderer
from pmdocs.markup import anchors
from pmdocs.pages import BrokenTemplate, Page, Press, Setting, broken_templates, environment, fill, terms_of
from pmdocs.project import Project, read_project
from pmdocs.report import SEVERITY_WORDS, summary
from pmdocs.rules.structure import BROKEN_REFERENCE, WRONG_VALUE
from pmdocs.source import Source, read_file

OTHER_FOLDERS = frozenset({"feedback"})
"""Folders of the data that hold no documents, beside those whose name begins with `_`."""
_SUFFIXES = (".yaml", ".yml")
_WORD = re.compile(r"[A-Za-z0-9][\w-]*")


@dataclass(frozen=True, eq=False)
class Site:
    """A project as read on one day: its library, its hand-written pages and every finding, in the order of a report."""

    project: Project
    library: Library
    pages: tuple[HandwrittenPage, ...]
    findings: tuple[Diagnostic, ...]
    as_of: date
    texts: Mapping[str, str]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop a build: errors, and with `fail_on: warning` warnings that do not depend on the day."""
        worst = self.project.fail_on.rank
        return tuple(
            each for each in self.findings if each.severity.rank <= worst and (each.severity is Severity.ERROR or not each.by_day)
        )

    def line(self, file: str, number: int) -> str | None:
        """Return line `number` (from 1) of a file that was read, or None."""
        lines = self.texts.get(file, "").split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else None


def read_site(root: Path, *, today: date, as_of: date | None = None) -> Site:
    """Read and check the project at `root`; `as_of` overrides the day of the configuration, `today` is the last resort.

    Nothing is raised for what a writer got wrong: everything wrong is a finding, all of them in one run.
    """
    project, findings = read_project(root)
    day = as_of or project.as_of or today

    files, standards = _read_types(project, findings)
    types = build_types(files, standards)
    findings += review_types(files, standards)

    sources = list(_read_data(project, types, findings))
    library = _build_library(project, types, standards, sources, findings)
    renderer = Renderer(project.markdown_extensions, project.markdown_configs)

    pages = read_pages(project)
    has_file = ProjectFiles(project.root.resolve())
    frame = Frame(library, None, day, has_file, {page.uri for page in pages}.__contains__, renderer)
    for check in CHECKS:
        findings += check(frame)
    findings += broken_page_links(pages, _surroundings(library, pages, has_file))
    findings += broken_templates(_templates(project), templates := _own_templates(project))

    texts = {source.file: source.text for _, source in sources} | {page.file: page.text for page in pages}
    texts |= {source.file: source.text for file in files.values() for source in file.layers} | templates
    texts["mkdocs.yml"] = (root / "mkdocs.yml").read_text("utf-8-sig", errors="replace")
    return Site(project, library, pages, tuple(sorted(set_of(findings), key=sort_key)), day, texts)


def print_pages(site: Site, language: Language) -> Iterator[Page]:
    """Yield the generated pages of `site` in `language`; raises BrokenTemplate for a template that fails."""
    project = site.project
    renderer = Renderer(project.markdown_extensions, project.markdown_configs)
    setting = Setting(site.library, renderer, language, terms_of(site.library, language), project.use_directory_urls)
    yield from Press(_templates(project), setting, site.as_of.isoformat()).pages()


def findings_page(site: Site, findings: Sequence[Diagnostic]) -> str:
    """Return a whole HTML page that shows findings and loads itself again: a preview's answer while something is wrong."""
    language = site.project.languages[0]
    rows = [
        {"finding": each, "severity": SEVERITY_WORDS[each.severity].in_language(language), "line": site.line(each.location.file, each.location.span.line)}
        for each in findings
    ]
    context = {"rows": rows, "language": language, "summary": summary(findings, language)}
    return fill(environment([shipped_templates()]), ["_shared/findings.html.j2"], context)


def broken_template(site: Site, broken: BrokenTemplate) -> Diagnostic:
    """Return the finding for a template that failed while a page was printed."""
    place = Location(site.project.relative(Path(broken.file)), Span(broken.line, 1, broken.line, 1))
    return Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("broken-template"), Severity.ERROR, place, {"problem": broken.problem})


def set_of(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings without repetitions: the same reason at the same place for the same facts."""
    return list({sort_key(finding): finding for finding in findings}.values())


def shipped_templates() -> Path:
    """Return the folder of the shipped types: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent / "pm_templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "pm_templates"


def _template_folders(project: Project) -> list[Path]:
    shipped = shipped_templates()
    own = project.templates
    return [own, shipped] if own.is_dir() and own.resolve() != shipped.resolve() else [shipped]


def _templates(project: Project) -> ImmutableSandboxedEnvironment:
    return environment(_template_folders(project))


def _own_templates(project: Project) -> dict[str, str]:
    """Return the team's templates by their path in the project; none where the shipped ones are the project's own."""
    folders = _template_folders(project)
    paths = sorted(folders[0].rglob("*.j2")) if len(folders) > 1 else []
    return {project.relative(path): path.read_text("utf-8-sig", errors="replace") for path in paths}


def _read_types(project: Project, findings: list[Diagnostic]) -> tuple[dict[str, TypeFile], Standards]:
    shipped = shipped_templates()
    layers: list[dict[str, Source]] = [{}, {}]
    for layer, folder in zip(layers, reversed(_template_folders(project)), strict=False):
        for path in sorted(folder.glob("*/type.yaml")):
            source = read_file(path, root=folder.parent)
            layer[path.parent.name] = source
            findings += source.findings
    files = merge_layers(*layers)
    defaults = read_file(shipped / "_standards" / "defaults.yaml", root=shipped.parent)
    own = project.documents / "standards.yaml"
    standards = read_file(own, root=project.root).value if own.is_file() else None
    return files, read_standards(defaults.value, standards)


def _read_data(
    project: Project, types: Mapping[str, DocumentType], findings: list[Diagnostic]
) -> Iterator[tuple[DocumentType, Source]]:
    """Yield every file of the data folder with its type; a folder that is no type is a finding."""
    shared = {kind.shared: kind for kind in types.values() if kind.shared}
    documents = {name: kind for name, kind in types.items() if kind.shared is None}
    for path in _files_below(project.documents):
        parts = path.relative_to(project.documents).parts
        kind = shared.get(path.stem) if len(parts) == 1 else documents.get(parts[0])
        if kind is None:
            findings += _stray(project, path, parts, shared if len(parts) == 1 else documents)
            continue
        source = read_file(path, root=project.root)
        findings += source.findings
        yield kind, source


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield the YAML files below `folder` by name; links to folders are handed on as they are, never followed."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(("_", ".")) and name not in OTHER_FOLDERS)
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in sorted([*names, *links]):
            if name.endswith(_SUFFIXES) and not name.startswith((".", "_")) or name in links:
                yield Path(base) / name


def _stray(project: Project, path: Path, parts: tuple[str, ...], known: Mapping[str, object]) -> Iterator[Diagnostic]:
    name = parts[0] if len(parts) > 1 else path.stem
    if path.is_symlink():
        yield from read_file(path, root=project.root).findings
        return
    close = nearest(name, known)
    word = "misspelt-name" if close else "unknown-name"
    facts = {"field": Words("文件夹", "folder") if len(parts) > 1 else Words("共用文件", "shared file"), "value": name}
    more = {"nearest": close} if close else {"known": tuple(known)}
    place = Location(project.relative(path), Span(1, 1, 1, 1))
    yield Diagnostic(BROKEN_REFERENCE, BROKEN_REFERENCE.reason(word), Severity.ERROR, place, {**facts, **more})


def _build_library(
    project: Project,
    types: Mapping[str, DocumentType],
    standards: Standards,
    sources: list[tuple[DocumentType, Source]],
    findings: list[Diagnostic],
) -> Library:
    checkers = {kind.name: Checker.of(kind, standards) for kind in types.values()}
    documents: list[Document] = []
    shared: dict[str, tuple[Entry, ...]] = {}
    for kind, source in sources:
        if source.value is None:
            continue
        if not isinstance(source.value, dict):
            findings += _not_a_document(source)
            continue
        value = normalize(kind.fields, source.value)
        name = None if kind.shared else str(value.get("id") or Path(source.file).stem)
        findings += checkers[kind.name].findings(source, value, name)
        findings += lost_comments(kind, source, value, name)
        if kind.shared:
            shared[kind.shared] = entries_of(kind, value)
        elif name:
            document = Document(kind, name, value, source)
            findings += _identity(document)
            documents.append(document)
    documents.sort(key=lambda document: (document.id, document.source.file))
    unread = {word for _, source in sources if source.value is None for word in _WORD.findall(source.text)}
    return Library(tuple(documents), types, shared, standards, project.audience, frozenset(unread))


def _not_a_document(source: Source) -> Iterator[Diagnostic]:
    if not source.findings:
        place = Location(source.file, source.place.span if source.place else Span(1, 1, 1, 1))
        yield Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("not-a-document"), Severity.ERROR, place)


def _identity(document: Document) -> Iterator[Diagnostic]:
    """Yield what contradicts the folder a document lies in: its id's prefix, or a written doc_type."""
    kind, given = document.type, document.values.get("doc_type")
    if given is not None and given != kind.name:
        facts = {"value": str(given), "folder": kind.name}
        yield Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("wrong-type"), Severity.ERROR, document.location(("doc_type",)), facts, document.id)
    if "id" in document.values and kind.prefix and not kind.id_form.fullmatch(document.id):
        form = Words(f"{kind.prefix}-领域-序号，例如 {kind.prefix}-CHK-001", f"{kind.prefix}-AREA-NUMBER, such as {kind.prefix}-CHK-001")
        facts_of_id = {"field": Words("文档编号", "Document id"), "value": document.id, "form": form}
        yield Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("wrong-form"), Severity.ERROR, document.location(("id",)), facts_of_id, document.id)


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """Tells whether a path is a file of the project: inside it with links followed, and spelt with the same capitals."""

    root: Path

    def __call__(self, path: str) -> bool:
        """Whether `path`, relative to the project with `/`, is such a file."""
        whole = self.root / path
        try:
            if not whole.is_file() or not whole.resolve().is_relative_to(self.root):
                return False
            return whole.name in os.listdir(whole.parent)
        except (OSError, ValueError):
            return False


def _surroundings(library: Library, pages: tuple[HandwrittenPage, ...], has_file: Callable[[str], bool]) -> Surroundings:
    """Return what hand-written pages may link to: each other, and the pages of this site's documents."""
    documents = {document_uri(document): document for document in library.documents}
    generated = set(index_uris(library))

    def anchors_of(uri: str, language: Language | None) -> set[str] | None:
        if uri in documents:
            return document_anchors(documents[uri])
        if uri in generated:
            return set()
        same = [page for page in pages if page.uri == uri]
        best = next((page for page in same if page.language == language), same[0] if same else None)
        return anchors(best.html) if best else None

    withheld = {uri for uri, document in documents.items() if not library.shows(document)}
    return Surroundings(library, anchors_of, has_file, frozenset(withheld))
