"""The pipeline, readable aloud: read the project, build the library, check it, render its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from pmdocs.addresses import HOME_URI, document_uri, index_uris, url_of
from pmdocs.checks import CHECKS, Frame, Suppressed, govern, graded, grouped, wrong_shared
from pmdocs.diagnostics import Diagnostic, Language, Location, Severity, Span, sort_key
from pmdocs.diff import Difference, changes
from pmdocs.doctype import TypeFile, build_types
from pmdocs.doctype.review import review_types
from pmdocs.files import ProjectFiles
from pmdocs.gather import (
    build_library,
    own_templates,
    read_data,
    read_types,
    shipped_templates,
    template_folders,
)
from pmdocs.handwritten import Page as HandwrittenPage
from pmdocs.handwritten import Surroundings, broken_page_links, read_pages
from pmdocs.kpi import Proof
from pmdocs.library import Library
from pmdocs.markdown import Renderer
from pmdocs.markup import anchors
from pmdocs.pages import (
    BrokenTemplateError,
    Page,
    Press,
    Setting,
    Templates,
    broken_templates,
    environment,
    fill,
    terms_of,
)
from pmdocs.project import CONFIG_NAME, Project, read_project
from pmdocs.proof import proof_where_asked
from pmdocs.report import SEVERITY_WORDS, summary
from pmdocs.rules.keys import MISSING_FIELD, UNKNOWN_KEY
from pmdocs.rules.names import BROKEN_REFERENCE, DUPLICATE_ID
from pmdocs.rules.reading import YAML_READS
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source, read_plain


@dataclass(frozen=True, eq=False)
class Site:
    """A project as read on one day: its library, its hand-written pages and every finding, in the order of a report."""

    project: Project
    library: Library
    pages: tuple[HandwrittenPage, ...]
    findings: tuple[Diagnostic, ...]
    as_of: date
    texts: Mapping[str, str]
    previous: Library | None = None
    """The library of the version before, where the caller knows one."""
    printed: tuple[Page, ...] | None = None
    """The generated pages in the first language, where checking has already needed them."""
    suppressed: tuple[Suppressed, ...] = ()
    """Findings that do not count, each with the suppression that says why."""

    @cached_property
    def proof(self) -> Proof | None:
        """When versions were complete by the commits of a repository, where the standards believe those."""
        return proof_where_asked(self.project.documents, self.library.standards)

    @cached_property
    def difference(self) -> Difference | None:
        """What changed since the version before, as far as this site's readers may see it."""
        before = self.previous and replace(self.previous, audience=self.library.audience)
        return changes(before, self.library) if before else None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop a build: errors, with `fail_on: warning` warnings too; never what depends on the day."""
        worst = self.project.fail_on.rank
        return tuple(each for each in self.findings if each.severity.rank <= worst and not each.by_day)

    @property
    def holes(self) -> tuple[Diagnostic, ...]:
        """The errors that leave a hole in the pages of a release: form and references. Other rules were judged before.

        A release holds no snapshots of those before it.
        """
        form = (YAML_READS, UNKNOWN_KEY, MISSING_FIELD, WRONG_VALUE, DUPLICATE_ID, BROKEN_REFERENCE)
        grave = (each for each in self.errors if each.rule in form)
        return tuple(each for each in grave if each.reason.word != "missing-snapshot")

    def line(self, file: str, number: int) -> str | None:
        """Return line `number` (from 1) of a file that was read, or None."""
        lines = self.texts.get(file, "").split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else None


Before = Callable[[Project, Library], Library | None]
"""Finds the library of the version before, once the project and its releases are known."""


def read_site(  # noqa: PLR0913  # a project, the day, what came before, and for whom it is
    root: Path,
    *,
    today: date,
    as_of: date | None = None,
    config: str = CONFIG_NAME,
    previous: Library | Before | None = None,
    audience: frozenset[str] | None = None,
) -> Site:
    """Read and check the project at `root`; `as_of` overrides the day of the configuration, `today` is the last resort.

    `previous` is the library of the version before, which some rules and pages compare with, or what finds it.
    `audience` are the confidentialities that may be shown at most, whatever the project says.

    Nothing is raised for what a writer got wrong: everything wrong is a finding, all of them in one run.
    """
    project, findings = read_project(root, name=config)
    project = project if audience is None else replace(project, audience=project.audience & audience)
    day = as_of or project.as_of or today
    files, standards = read_types(project, findings)
    types = build_types(files, standards)
    findings += review_types(files, standards)

    sources = list(read_data(project, types, findings))
    has_file = ProjectFiles(project.root.resolve())
    findings += wrong_shared(sources, has_file, project.documents)
    library = build_library(project, types, standards, sources, findings)
    previous = _shown_to(project.audience, previous(project, library) if callable(previous) else previous)
    pages, unfit = read_pages(project)
    findings += unfit
    findings += _overlaid(library, pages)
    audiences = {page.uri: page.confidentiality for page in pages}
    renderer = Renderer(project.markdown_extensions, project.markdown_configs)
    frame = Frame(library, previous, day, has_file, audiences.get, has_file.leads_out, has_file.size_of, renderer)
    findings += [found for check in CHECKS for found in check(frame)]
    findings += broken_templates(_templates(project), templates := own_templates(project, findings))
    findings, suppressed = govern(findings, library, day)
    read = Site(project, library, pages, tuple(findings), day, {}, previous, suppressed=suppressed)
    if _is_sound(findings) and (templates or any(".md#" in page.text for page in pages)):
        read = replace(read, printed=_printed(read, findings))
    findings += _missing_from_nav(read)
    shown = [page for page in pages if page.is_for(project.audience)]
    links = broken_page_links(shown, _surroundings(read, has_file))
    findings += graded((each for each in links if each.reason.word not in project.ignored), library)

    texts = _texts([source for _, source in sources], pages, files) | templates
    texts |= {config: read_plain(root / config, root=root)[0]}
    return replace(read, findings=tuple(sorted(grouped(_once(findings)), key=sort_key)), texts=texts)


def _shown_to(audience: frozenset[str], previous: Library | None) -> Library | None:
    """Return the library of the version before as this site's readers may see it, whoever could read it then."""
    return previous and replace(previous, audience=audience)


def _printed(read: Site, findings: list[Diagnostic]) -> tuple[Page, ...] | None:
    """Return the pages in the first language; a template that fails is added to `findings`."""
    try:
        return tuple(print_pages(read, read.project.languages[0]))
    except BrokenTemplateError as broken:
        findings.append(broken_template(read, broken))
        return None


def _texts(
    sources: Sequence[Source], pages: Sequence[HandwrittenPage], files: Mapping[str, TypeFile]
) -> dict[str, str]:
    """Return the text of each file that findings may quote."""
    layers = [source for file in files.values() for source in file.layers]
    return {source.file: source.text for source in [*sources, *layers]} | {page.file: page.text for page in pages}


def print_pages(site: Site, language: Language) -> Iterator[Page]:
    """Yield the generated pages of `site` in `language`; raises BrokenTemplateError for a template that fails."""
    needs_home = all(url_of(page.uri) != url_of(HOME_URI) for page in site.pages)
    yield from Press(_templates(site.project), setting_of(site, language), needs_home).pages()


def setting_of(site: Site, language: Language) -> Setting:
    """Return what all pages of `site` in `language` share."""
    project, library = site.project, site.library
    return Setting(
        library=library,
        renderer=Renderer(project.markdown_extensions, project.markdown_configs),
        language=language,
        terms=terms_of(library, language),
        as_of=site.as_of,
        directories=project.use_directory_urls,
        previous=site.previous,
        proof=site.proof,
        difference=site.difference,
        changed={each.after.id: each for each in (site.difference or Difference()).documents if each.after},
        is_first=language == project.languages[0],
        suppressed=site.suppressed,
        report=project.report,
    )


def findings_page(site: Site, findings: Sequence[Diagnostic]) -> str:
    """Return a whole HTML page that shows findings and loads itself again: a preview's answer while something is wrong."""
    language = site.project.languages[0]
    rows = [
        {
            "finding": each,
            "severity": SEVERITY_WORDS[each.severity].in_language(language),
            "line": site.line(each.location.file, each.location.span.line),
        }
        for each in findings
    ]
    context = {"rows": rows, "language": language, "summary": summary(findings, language), "mark": _mark(rows)}
    return fill(environment([shipped_templates()]), ["_shared/findings.html.j2"], context)


def _mark(rows: Sequence[Mapping[str, object]]) -> str:
    """Return a word that changes whenever what the page shows does."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def broken_template(site: Site, broken: BrokenTemplateError) -> Diagnostic:
    """Return the finding for a template that failed while a page was printed."""
    place = Location(site.project.relative(Path(broken.file)), Span(broken.line, 1, broken.line, 1))
    return Diagnostic(
        WRONG_VALUE, WRONG_VALUE.reason("broken-template"), Severity.ERROR, place, {"problem": broken.problem}
    )


def _once(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings without repetitions: the same reason at the same place for the same facts."""
    return list({sort_key(finding): finding for finding in findings}.values())


def _is_sound(findings: Sequence[Diagnostic]) -> bool:
    return all(each.severity is not Severity.ERROR or each.by_day for each in findings)


def _overlaid(library: Library, pages: Sequence[HandwrittenPage]) -> Iterator[Diagnostic]:
    """Yield each hand-written page that lies where a generated one will: only one of them could be shown."""
    generated = {url_of(uri): uri for uri in [*map(document_uri, library.published), *index_uris(library)]}
    for page in pages:
        if url_of(page.uri) in generated:
            facts = {"id": url_of(page.uri), "other": generated[url_of(page.uri)], "free": f"about-{page.uri}"}
            place = Location(page.file, Span(1, 1, 1, 1))
            yield Diagnostic(DUPLICATE_ID, DUPLICATE_ID.reason("duplicate-id"), Severity.ERROR, place, facts)


def _missing_from_nav(site: Site) -> Iterator[Diagnostic]:
    """Yield each page that the navigation of mkdocs.yml names and nobody has."""
    library = site.library
    known = (
        {page.uri for page in site.pages} | {document_uri(each) for each in library.documents} | {*index_uris(library)}
    )
    for place, uri in site.project.nav:
        if uri not in known and not library.may_be_unread(Path(uri).stem):
            yield Diagnostic(
                BROKEN_REFERENCE, BROKEN_REFERENCE.reason("missing-page"), Severity.ERROR, place, {"value": uri}
            )


def _templates(project: Project) -> Templates:
    return environment(template_folders(project))


def _surroundings(site: Site, has_file: Callable[[str], bool]) -> Surroundings:
    """Return what hand-written pages may link to: each other, and the generated pages of this site."""
    library = site.library
    generated = {document_uri(document) for document in library.published} | set(index_uris(library))
    withheld = {document_uri(document) for document in library.documents if not library.shows(document)}
    withheld |= {page.uri for page in site.pages if not page.is_for(site.project.audience)}

    printed = {page.uri: page for page in site.printed or ()}
    by_uri: dict[str, list[HandwrittenPage]] = {}
    for page in site.pages:
        by_uri.setdefault(page.uri, []).append(page)

    @cache
    def anchors_of(uri: str, language: Language | None) -> set[str] | None:
        if uri in generated:
            return printed[uri].anchors if uri in printed else None
        same = by_uri[uri]
        best = next((page for page in same if page.language == language), same[0])
        return anchors(best.html)

    def has_page(uri: str, language: Language | None) -> bool:
        spoken = {page.language for page in by_uri.get(uri, ())}
        wanted = [language] if language else site.project.languages
        return uri in generated or all(spoken & {None, each} for each in wanted)

    return Surroundings(library, has_page, anchors_of, has_file, frozenset(withheld))
