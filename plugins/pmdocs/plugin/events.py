"""The events of a build, each one call."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from pmdocs.addresses import plain_address
from pmdocs.diagnostics import Diagnostic
from pmdocs.edition import Edition, editions_of, read_today
from pmdocs.editor import refresh_schemas
from pmdocs.markup import outline
from pmdocs.options import OPTIONS
from pmdocs.plugin.configuration import choose_language, configure, file_of
from pmdocs.plugin.navigation import contents, lone, neighbourhood, translate
from pmdocs.publish import Order, read_ordered
from pmdocs.report import as_text, printed, summary
from pmdocs.search import Record
from pmdocs.site import Site, findings_page

log = get_plugin_logger("pmdocs")
STOCK_FILES = ("assets/javascripts/lunr/", "assets/javascripts/workers/")


class PmdocsPlugin(BasePlugin):  # type: ignore[type-arg]  # MkDocs' base class is generic over an untyped configuration
    """Reads the project, stops the build where it has errors, and hands its pages to MkDocs."""

    config_scheme = tuple((option.name, config_options.Optional(config_options.Type(object))) for option in OPTIONS)

    serving = False
    site: Site
    findings: tuple[Diagnostic, ...] = ()
    stopping: tuple[Diagnostic, ...] = ()
    editions: tuple[Edition, ...] = ()
    edition: Edition | None = None
    files: Files
    content: str | None = None
    given: Edition | None = None
    order: Order | None = None
    records: list[Record]

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
        self.records = []
        if self.edition:
            configure(config, self.edition, self.order)
        else:
            config.nav = []
        return config

    def _read(self, path: Path) -> None:
        order = self.order
        self.site = read_ordered(order, path.parent) if order else read_today(path.parent, config=path.name)
        stopping = self.site.holes if order and order.is_released else self.site.errors
        self.editions, broken = ((), ()) if stopping else editions_of(self.site)
        self.stopping = (*stopping, *broken)
        self.findings = findings = (*self.site.findings, *broken)
        language = self.site.project.languages[0]
        if self.serving:
            refresh_schemas(self.site, language)
        if findings:
            told = printed(as_text(findings, language, self.site.line), colour=False)
            log.info("%s", "\n" + told)
        if self.stopping and not self.serving:
            raise Abort(f"pmdocs: {summary(findings, language)}")

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the generated pages, their pictures and the assets, and keep one language of each hand-written page."""
        if self.edition is None:
            return Files([])
        choose_language(files, config, self.edition)
        if self.edition.own_search:
            for file in [each for each in files if each.src_uri.startswith(STOCK_FILES)]:
                files.remove(file)
        for page in self.edition.pages:
            files.append(file_of(page, config, self.edition))
        for inside, path in self.edition.pictures.items():
            files.append(File.generated(config, inside, abs_src_path=str(path)))
        for uri, content in (*self.edition.assets.items(), *self.edition.files.items()):
            files.append(File.generated(config, uri, content=content))
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Translate the headings that mkdocs.yml gives to sections of the navigation."""
        self.files = files
        if self.edition:
            translate(nav.items, self.edition)
        if config.nav is None:
            nav.items = [lone(item) for item in nav.items]
        return nav

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give a generated page its HTML and contents; link the ids and explain the terms of a hand-written one."""
        assert self.edition is not None
        generated = self.edition.page(page.file.src_uri)
        if generated is None:
            return self.edition.annotated(html, page.file.src_uri)
        page.edit_url = plain_address(page.edit_url)
        page.toc = contents(generated.headings)
        page.present_anchor_ids = set(generated.anchors)
        return self.edition.dressed(generated.html, generated.uri)

    @event_priority(100)
    def _lighten(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Give the stock search, which comes between, headings and words only: it parses every tag of a page."""
        self.content = page.content
        if self.edition and not self.edition.own_search:
            page.content = outline(page.content or "")
        return context

    @event_priority(-100)
    def _lead_on(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Give the page its content back, and lead from a document to its neighbours."""
        assert self.edition is not None
        page.content = self.content
        generated, uri = self.edition.page(page.file.src_uri), page.file.src_uri
        if self.edition.own_search and not (page.meta.get("search") or {}).get("exclude"):
            record = self.edition.finder.record(page.url, generated, uri, str(page.title or ""), page.content or "")
            self.records.append(record)
        if generated and generated.document:
            context["nav"] = neighbourhood(nav, page, self.edition, self.files)
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
        """Write the index, build the further languages below the first; where there are errors, show them instead of the site.

        It comes last: MkDocs keeps one object of a plugin between builds, and a further build uses the same ones.
        """
        if self.edition is None:
            page = findings_page(self.site, self.findings)
            for name in ("index.html", "404.html"):
                Path(config.site_dir, name).parent.mkdir(parents=True, exist_ok=True)
                Path(config.site_dir, name).write_text(page, "utf-8")
            return
        if self.edition.own_search:
            self.edition.finder.write(self.records, Path(config.site_dir))
        if self.given is None:
            for edition in self.editions[1:]:
                self._build_edition(config, edition)

    def _build_edition(self, config: MkDocsConfig, edition: Edition) -> None:
        """Build a further language with a configuration of its own: Material speaks one language a build."""
        other = load_config(
            config_file=config.config_file_path,
            site_dir=str(Path(config.site_dir, edition.language)),
            strict=config.strict,
            use_directory_urls=config.use_directory_urls,
        )
        other.site_url = config.site_url and config.site_url.rstrip("/") + f"/{edition.language}/"
        other.plugins.on_startup(command="serve" if self.serving else "build", dirty=False)
        plugin = other.plugins["pmdocs"]
        assert isinstance(plugin, PmdocsPlugin)
        plugin.site, plugin.order, plugin.given = self.site, self.order, edition
        try:
            build(other)
        finally:
            plugin.given = None

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the documents even where the first build had errors."""
        for path in (self.site.project.documents, self.site.project.templates):
            if path.is_dir():
                server.watch(str(path))
        return server
