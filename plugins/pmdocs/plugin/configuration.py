"""MkDocs' configuration and files, made to fit one language of a site."""

from __future__ import annotations

import json
import logging
import os
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from pmdocs.edition import LANGUAGE_SCHEME, Edition
from pmdocs.pages import Page as PrintedPage
from pmdocs.publish import Order

THEME = str(Path(__file__).parent.parent / "theme")
"""Templates of pages that Material makes itself: behind the project's own folder, before Material's."""
SEARCH_THEME = str(Path(__file__).parent.parent / "theme_search")
"""The search box of Material's header, made for pmdocs' own search."""
STOCK_SEARCH = "material/search"
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def configure(config: MkDocsConfig, edition: Edition, order: Order | None) -> None:
    """Set what the pages of an edition load, its navigation, its words and its search; and its place among versions."""
    if order:
        _stand_among_versions(config, order)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(edition.epoch))
    logging.getLogger("jieba").setLevel(logging.WARNING)  # it tells of its dictionary at every start
    if len(edition.languages) > 1:
        config.extra["alternate"] = [
            {"name": LANGUAGE_NAMES[each], "lang": each, "link": f"{LANGUAGE_SCHEME}:{each}"}
            for each in edition.languages
        ]
    own = 1 if config.theme.custom_dir else 0
    config.theme.dirs.insert(own, THEME)
    if edition.own_search:
        config.theme.dirs.insert(own, SEARCH_THEME)
        _replace_search(config)
    config.extra_css[:0] = edition.styles
    config.extra_javascript += edition.scripts
    config.nav = edition.kept(config.nav) if config.nav else config.nav
    if not str(config.theme.get("language", "")).startswith(edition.language):
        config.theme["language"] = edition.language
    if not edition.is_first:
        config.site_name = edition.translated(config.site_name)
        palette = config.theme.get("palette")
        for scheme in palette if isinstance(palette, list) else []:
            if name := scheme.get("toggle", {}).get("name"):
                scheme["toggle"]["name"] = edition.translated(name)


def _stand_among_versions(config: MkDocsConfig, order: Order) -> None:
    """Show the selector of versions; a released version is not edited any more."""
    config.extra.setdefault("version", {"provider": "mike"})
    if order.is_released:
        config.edit_uri = config.edit_uri_template = None


def _replace_search(config: MkDocsConfig) -> None:
    """Put pmdocs' own search where Material's header looks for the plugin that the box belongs to, and switch that off."""
    stock = config.plugins.get(STOCK_SEARCH)
    if stock is not None and "enabled" in stock.config:
        stock.config["enabled"] = False
    config.plugins[STOCK_SEARCH] = cast(Any, SimpleNamespace(config=SimpleNamespace(enabled=True)))


def choose_language(files: Files, config: MkDocsConfig, edition: Edition) -> None:
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


def file_of(page: PrintedPage, config: MkDocsConfig, edition: Edition) -> File:
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
