"""MkDocs events, each one call into the pipeline; the only importer of MkDocs."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from pmdocs.addresses import plain_address
from pmdocs.diagnostics import Diagnostic
from pmdocs.edition import LANGUAGE_SCHEME, Edition, editions_of, read_today
from pmdocs.editor import refresh_schemas
from pmdocs.markup import Heading, outline
from pmdocs.options import OPTIONS
from pmdocs.pages import Page as PrintedPage
from pmdocs.report import as_text, printed, summary
from pmdocs.site import Site, findings_page

log = get_plugin_logger("pmdocs")
THEME = str(Path(__file__).parent / "theme")
"""Templates of pages that Material makes itself: behind the project's own folder, before Material's."""
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


class PmdocsPlugin(BasePlugin):  # type: ignore[type-arg]  # MkDocs' base class is generic over an untyped configuration
    """Reads the project, stops the build where it has errors, and hands its pages to MkDocs."""

    config_scheme = tuple((option.name, config_options.Optional(config_options.Type(object))) for option in OPTIONS)

    serving = False
    site: Site
    findings: tuple[Diagnostic, ...] = ()
    editions: tuple[Edition, ...] = ()
    edition: Edition | None = None
    files: Files
    content: str | None = None
    given: Edition | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a preview runs: it goes on where a build stops. Keeps this object alive between rebuilds."""
        self.serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check everything before the old site is touched."""
        if self.given is None:
            self._read(Path(str(config.config_file_path)))
            config.watch += [
                str(path) for path in (self.site.project.documents, self.site.project.templates) if path.is_dir()
            ]
        self.edition = self.given or (self.editions[0] if self.editions else None)
        if self.edition:
            _configure(config, self.edition)
        else:
            config.nav = []
        return config

    def _read(self, path: Path) -> None:
        self.site = read_today(path.parent, config=path.name)
        stopping = self.site.errors
        self.editions, broken = ((), ()) if stopping else editions_of(self.site)
        self.findings = findings = (*self.site.findings, *broken)
        language = self.site.project.languages[0]
        if self.serving:
            refresh_schemas(self.site, language)
        if findings:
            told = printed(as_text(findings, language, self.site.line), colour=False)
            log.info("%s", "\n" + told)
        if (stopping or broken) and not self.serving:
            raise Abort(f"pmdocs: {summary(findings, language)}")

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the generated pages, their pictures and the assets, and keep one language of each hand-written page."""
        if self.edition is None:
            return Files([])
        _choose_language(files, config, self.edition)
        for page in self.edition.pages:
            files.append(_file_of(page, config, self.edition))
        for inside, path in self.edition.pictures.items():
            files.append(File.generated(config, inside, abs_src_path=str(path)))
        for uri, content in self.edition.assets.items():
            files.append(File.generated(config, uri, content=content))
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Translate the headings that mkdocs.yml gives to sections of the navigation."""
        self.files = files
        if self.edition:
            _translate(nav.items, self.edition)
        if config.nav is None:
            nav.items = [_lone(item) for item in nav.items]
        return nav

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a generated page its HTML and contents; link the ids and explain the terms of a hand-written one."""
        assert self.edition is not None
        generated = self.edition.page(page.file.src_uri)
        if generated is None:
            return self.edition.annotated(html, page.file.src_uri)
        page.edit_url = plain_address(page.edit_url)
        page.toc = _contents(generated.headings)
        page.present_anchor_ids = set(generated.anchors)
        return self.edition.dressed(generated.html, generated.uri)

    @event_priority(100)
    def _lighten(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Give the search plugin, which comes between, headings and words only: it parses every tag of a page."""
        self.content = page.content
        page.content = outline(page.content or "")
        return context

    @event_priority(-100)
    def _lead_on(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Give the page its content back, and lead from a document to its neighbours."""
        assert self.edition is not None
        page.content = self.content
        generated = self.edition.page(page.file.src_uri)
        if generated and generated.document:
            context["nav"] = _neighbourhood(nav, page, self.edition, self.files)
        return context

    on_page_context = CombinedEvent(_lighten, _lead_on)

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Lead from a page to itself in the other languages."""
        assert self.edition is not None
        return self.edition.with_translations(output, page.url, up="../" * page.url.count("/"))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Lead from pages without a place of their own, such as the 404 page, to the home of each language."""
        if self.edition is None:
            return output_content
        return self.edition.with_translations(output_content, "", up=urlsplit(config.site_url or "/").path)

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Build the further languages below the first; where there are errors, show them instead of the site.

        It comes last: MkDocs keeps one object of a plugin between builds, and a further build uses the same ones.
        """
        if self.edition is None:
            page = findings_page(self.site, self.findings)
            for name in ("index.html", "404.html"):
                Path(config.site_dir, name).parent.mkdir(parents=True, exist_ok=True)
                Path(config.site_dir, name).write_text(page, "utf-8")
        elif self.given is None:
            for edition in self.editions[1:]:
                _build_edition(config, edition, self.site, serving=self.serving)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the documents even where the first build had errors."""
        for path in (self.site.project.documents, self.site.project.templates):
            if path.is_dir():
                server.watch(str(path))
        return server


def _configure(config: MkDocsConfig, edition: Edition) -> None:
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(edition.epoch))
    logging.getLogger("jieba").setLevel(logging.WARNING)  # it tells of its dictionary at every start
    if len(edition.languages) > 1:
        config.extra["alternate"] = [
            {"name": LANGUAGE_NAMES[each], "lang": each, "link": f"{LANGUAGE_SCHEME}:{each}"}
            for each in edition.languages
        ]
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, THEME)
    config.extra_css.insert(0, edition.asset("pmdocs.css"))
    config.extra_javascript.append(edition.asset("pmdocs.js"))
    config.nav = edition.kept(config.nav) if config.nav else config.nav
    if not str(config.theme.get("language", "")).startswith(edition.language):
        config.theme["language"] = edition.language
    if not edition.is_first:
        config.site_name = edition.translated(config.site_name)
        palette = config.theme.get("palette")
        for scheme in palette if isinstance(palette, list) else []:
            if name := scheme.get("toggle", {}).get("name"):
                scheme["toggle"]["name"] = edition.translated(name)


def _choose_language(files: Files, config: MkDocsConfig, edition: Edition) -> None:
    """Leave one file of each hand-written page: that of the edition's language under the common name."""
    pages = {file.src_uri: file for file in files.documentation_pages()}
    for uri, source in edition.handwritten(pages).items():
        if source is None:
            files.remove(pages[uri])
        elif source != uri:
            if uri in pages:
                files.remove(pages[uri])
            file = File.generated(config, uri, abs_src_path=str(pages[source].abs_src_path))
            file.edit_uri = pages[source].edit_uri
            files.append(file)


def _file_of(page: PrintedPage, config: MkDocsConfig, edition: Edition) -> File:
    """Return a page as a file in memory; what stands in its head is escaped, as MkDocs' templates print it as it is."""
    head: dict[str, Any] = {"title": escape(page.title)}
    if page.description:
        head["description"] = escape(page.description)
    if page.hide:
        head["hide"] = list(page.hide)
    content = f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n"
    in_nav = config.nav is None and page.document is None and page.listed
    inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    file = File.generated(config, page.uri, content=content, inclusion=inclusion)
    file.edit_uri = os.path.relpath(page.source, edition.docs_folder).replace(os.sep, "/") if page.source else None
    return file


def _translate(items: Iterable[Any], edition: Edition) -> None:
    for item in items:
        if item.title:
            item.title = edition.translated(item.title)
        if isinstance(item, Section):
            _translate(item.children, edition)


def _contents(headings: Sequence[Heading]) -> TableOfContents:
    """Return the contents of a page: headings down to the third level, nested."""
    top: list[AnchorLink] = []
    open_links: list[AnchorLink] = []
    for heading in headings:
        if heading.level > 3:
            continue
        link = AnchorLink(escape(heading.text), heading.anchor, heading.level)
        while open_links and open_links[-1].level >= heading.level:
            open_links.pop()
        (open_links[-1].children if open_links else top).append(link)
        open_links.append(link)
    return TableOfContents(top)


def _lone(item: Any) -> Any:
    """Return the index page of a folder that holds nothing else: MkDocs would show the folder's name above it."""
    children = item.children or []
    if len(children) != 1 or not getattr(children[0], "is_index", False):
        return item
    children[0].parent = None
    return children[0]


def _neighbourhood(nav: Navigation, page: Page, edition: Edition, files: Files) -> Navigation:
    """Return the navigation with the document's own neighbours in it; how long it is does not depend on the site."""
    around = edition.neighbours(page.file.src_uri)
    siblings = [_page_of(files, uri) for uri in around.siblings]
    own = Section(around.title, [_page_of(files, around.index), *siblings])
    children = [own if uri == around.index else _page_of(files, uri) for uri in around.indexes]
    branch = Section(around.heading, [_page_of(files, around.home), *children])
    for section in (own, branch):
        section.active = True
    position = siblings.index(page)
    page.previous_page = siblings[position - 1] if position else None
    page.next_page = siblings[position + 1] if position + 1 < len(siblings) else None
    items = [branch if getattr(item, "file", None) and item.file.src_uri == around.home else item for item in nav.items]
    return Navigation(items if branch in items else [*items, branch], nav.pages)


def _page_of(files: Files, uri: str) -> Page:
    file = files.get_file_from_path(uri)
    assert file is not None, uri
    assert file.page is not None, uri
    return file.page


def _build_edition(config: MkDocsConfig, edition: Edition, site: Site, *, serving: bool) -> None:
    """Build a further language with a configuration of its own: Material speaks one language a build."""
    other = load_config(
        config_file=config.config_file_path,
        site_dir=str(Path(config.site_dir, edition.language)),
        strict=config.strict,
        use_directory_urls=config.use_directory_urls,
    )
    if config.site_url:
        other.site_url = config.site_url.rstrip("/") + f"/{edition.language}/"
    other.plugins.on_startup(command="serve" if serving else "build", dirty=False)
    plugin = other.plugins["pmdocs"]
    assert isinstance(plugin, PmdocsPlugin)
    plugin.site, plugin.given = site, edition
    try:
        build(other)
    finally:
        plugin.given = None
