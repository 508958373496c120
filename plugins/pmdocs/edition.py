"""The site in one language, ready for a host: its pages, assets and pictures, and the way from page to page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pmdocs.addresses import DOCUMENTS_URI, product_uri, relative_url, type_uri, url_of
from pmdocs.diagnostics import Diagnostic, Language
from pmdocs.doctype import SHANGHAI
from pmdocs.earlier import last_release
from pmdocs.equipment import (
    FOLDER,
    MERMAID,
    asset_path,
    content_of_asset,
    draws_something,
    everywhere,
    here_and_there,
    needed_by,
)
from pmdocs.files import ProjectFiles
from pmdocs.handwritten import language_of
from pmdocs.items import item_files
from pmdocs.markup import headings, with_chinese_lines
from pmdocs.pages import LANGUAGE_TAGS, BrokenTemplateError, Page, Scene, Setting, report_html
from pmdocs.project import CONFIG_NAME
from pmdocs.search import Finder
from pmdocs.site import Site, broken_template, print_pages, read_site, setting_of

KEPT = ".cache/pmdocs/search"
SIBLINGS = 12
"""How many documents of its product and type a page shows beside itself in the navigation."""
LANGUAGE_SCHEME = "pm-language"
"""What stands for the way to a translation until a page is whole: `pm-language:en`."""
_TRANSLATION = re.compile(rf'href="{LANGUAGE_SCHEME}:([a-z]+)"')
_TRANSLATED = re.compile(r'<link rel="alternate" href=(?=[^>]*hreflang)')


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the navigation shows around a document: index pages by source path, and the documents beside it."""

    heading: str
    title: str
    home: str
    index: str
    indexes: tuple[str, ...]
    siblings: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Edition:
    """One language of a site."""

    site: Site
    language: Language
    pages: tuple[Page, ...]

    @property
    def languages(self) -> tuple[Language, ...]:
        """All languages of the site, its own among them."""
        return self.site.project.languages

    @property
    def is_first(self) -> bool:
        """Whether it lies at the root."""
        return self.language == self.languages[0]

    @property
    def docs_folder(self) -> str:
        """The folder of hand-written pages, relative to the project."""
        return self.site.project.relative(self.site.project.docs)

    @property
    def epoch(self) -> int:
        """The seconds with which files are stamped where the environment sets none: the beginning of the day of the site."""
        return int(datetime.combine(self.site.as_of, datetime.min.time(), UTC).timestamp())

    @cached_property
    def _by_uri(self) -> Mapping[str, Page]:
        return {page.uri: page for page in self.pages}

    def page(self, uri: str) -> Page | None:
        """Return the generated page with this source path."""
        return self._by_uri.get(uri)

    @property
    def pictures(self) -> dict[str, Path]:
        """Every picture that its pages show and the project holds: path in the project by path in the site."""
        root = self.site.project.root
        is_there = ProjectFiles(root.resolve())
        return {
            inside: root / place for page in self.pages for inside, place in page.pictures.items() if is_there(place)
        }

    @property
    def files(self) -> dict[str, bytes]:
        """The data beside its pages, such as tables to download: content by path in the site, below its own root.

        What says everything in both languages lies at the root alone.
        """
        shared = self._items if self.is_first else {}
        return shared | {path: content for page in self.pages for path, content in page.files.items()}

    @cached_property
    def _items(self) -> dict[str, bytes]:
        return item_files(self.site.library, directories=self.site.project.use_directory_urls)

    @cached_property
    def assets(self) -> dict[str, bytes]:
        """The files that pages load, by path; a further language loads the first one's."""
        if not self.is_first:
            return {}
        names = (*everywhere(self.site.project), *here_and_there(self.site.project))
        drawing = (MERMAID,) if self._draws else ()
        return {asset_path(name): content_of_asset(name) for name in (*names, *drawing)}

    @property
    def own_search(self) -> bool:
        """Whether pages are found by pmdocs' own search."""
        return self.site.project.own_search

    @property
    def styles(self) -> list[str]:
        """The style sheets of every page, as paths relative to the root of this language."""
        return [self.asset(name) for name in everywhere(self.site.project) if name.endswith(".css")]

    @property
    def scripts(self) -> list[str]:
        """The scripts of every page, likewise."""
        return [self.asset(name) for name in everywhere(self.site.project) if name.endswith(".js")]

    @cached_property
    def finder(self) -> Finder:
        """What makes the pages of this language findable."""
        project = self.site.project
        return Finder(self.site.library, self.language, FOLDER / "search", project.root / KEPT)

    @property
    def _draws(self) -> bool:
        written = (page.html for page in self.site.pages)
        return any(draws_something(html) for html in (*(page.html for page in self.pages), *written))

    def asset(self, name: str) -> str:
        """Return the path of an asset relative to the root of this language."""
        return asset_path(name) if self.is_first else f"../{asset_path(name)}"

    def dressed(self, html: str, uri: str) -> str:
        """Return a page's HTML with the scripts that draw or compare, where it has something to draw or compare."""
        url = url_of(uri, directories=self.site.project.use_directory_urls)
        tags = (
            f'<script src="{quote(relative_url(self.asset(name), url))}"></script>\n'
            for name in needed_by(html, self.site.project)
        )
        return "".join(tags) + html

    def annotated(self, html: str, uri: str) -> str:
        """Return a hand-written page with its ids linked and its terms explained, marked where it is not translated."""
        scene = Scene(self._setting, uri)
        whole = self.dressed(scene.annotated(with_chinese_lines(html)), uri)
        spoken = ((page.uri, page.language) for page in self.site.pages)
        translated = self.is_first or (uri, self.language) in spoken
        marked = whole if translated else f'<div lang="{LANGUAGE_TAGS[self.languages[0]]}">\n{whole}\n</div>'
        return marked + report_html(scene, next((each.text for each in headings(html)), scene.url))

    @cached_property
    def _setting(self) -> Setting:
        return setting_of(self.site, self.language)

    def translated(self, words: str) -> str:
        """Return a word of mkdocs.yml in this language, as its `translations` say."""
        return self.site.project.translations.get(self.language, {}).get(words, words)

    def way_to(self, language: str) -> str:
        """Return the way from the root of this language to that of another."""
        if language == self.language:
            return ""
        return ("" if self.is_first else "../") + ("" if language == self.languages[0] else f"{language}/")

    def with_translations(self, output: str, url: str, *, up: str) -> str:
        """Return a whole page with its links to translations filled in; `up` leads to the root of this language.

        MkDocs cannot resolve an address above that root, so until here each link holds the language alone. A blank in `rel`
        keeps Material's script from loading the sitemap of every language: the links already lead to the same page.
        """

        def fill(match: re.Match[str]) -> str:
            there = "" if url in self._untranslated.get(match[1], ()) else url
            return f'href="{up}{self.way_to(match[1])}{there}"'.replace('href=""', 'href="./"')

        return _TRANSLATED.sub('<link rel="alternate " href=', _TRANSLATION.sub(fill, output))

    @cached_property
    def _untranslated(self) -> Mapping[str, set[str]]:
        """The addresses that a language has not: hand-written pages in other languages alone."""
        spoken: dict[str, set[Language | None]] = {}
        for page in self.site.pages:
            spoken.setdefault(page.uri, set()).add(page.language)
        directories = self.site.project.use_directory_urls
        return {
            language: {
                url_of(uri, directories=directories) for uri, each in spoken.items() if not each & {None, language}
            }
            for language in self.languages
        }

    def kept(self, nav: Any) -> Any:
        """Return a part of the navigation of mkdocs.yml without the pages that this site's readers may not see."""
        if isinstance(nav, list):
            return [kept for each in nav if (kept := self.kept(each)) not in (None, [], {})]
        if isinstance(nav, dict):
            return {title: kept for title, each in nav.items() if (kept := self.kept(each)) not in (None, [], {})}
        return None if nav in self.hidden else nav

    def handwritten(self, uris: Iterable[str]) -> dict[str, str | None]:
        """Return, for each source path that changes, the path it is taken from, or None where it is not in this language.

        `guide.en.md` becomes `guide.md` in English and is absent elsewhere; a page that is not for this site's readers is too.
        """
        chosen: dict[str, str | None] = {}
        for uri in uris:
            name, language = language_of(uri)
            if uri in self.hidden or (language and language != self.language):
                chosen[uri] = None
            elif language:
                chosen[uri] = None
                chosen[name] = uri
        return chosen

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The hand-written pages, by path in docs/, that this site's readers may not see."""
        pages = (page for page in self.site.pages if not page.is_for(self.site.project.audience))
        return frozenset(page.file.removeprefix(f"{self.docs_folder}/") for page in pages)

    def neighbours(self, uri: str) -> Neighbours:
        """Return what stands around a document in the navigation."""
        page = self._by_uri[uri]
        document = page.document
        assert document is not None
        group = self._groups[document.product, document.type.name]
        place = group.index(uri)
        first = max(0, min(place - SIBLINGS // 2, len(group) - SIBLINGS))
        index = type_uri(document.type)
        home = self._by_uri[DOCUMENTS_URI]
        products = tuple(
            product_uri(product.id) for product, _ in self.site.library.products if product.id == document.product
        )
        kinds = tuple(type_uri(kind) for kind in self.site.library.document_types)
        return Neighbours(
            home.title,
            self._by_uri[index].title,
            DOCUMENTS_URI,
            index,
            (*products, *kinds),
            tuple(group[first : first + SIBLINGS]),
        )

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str], list[str]]:
        groups: dict[tuple[str, str], list[str]] = {}
        for page in self.pages:
            if page.document:
                groups.setdefault((page.document.product, page.document.type.name), []).append(page.uri)
        return groups


def editions_of(site: Site) -> tuple[tuple[Edition, ...], tuple[Diagnostic, ...]]:
    """Return the site in each of its languages, or a finding for a template that fails."""
    try:
        first, *further = site.project.languages
        pages = {first: tuple(print_pages(site, first)) if site.printed is None else site.printed}
        pages |= {language: tuple(print_pages(site, language)) for language in further}
        return tuple(Edition(site, language, printed) for language, printed in pages.items()), ()
    except BrokenTemplateError as broken:
        return (), (broken_template(site, broken),)


def read_today(root: Path, as_of: date | None = None, config: str = CONFIG_NAME) -> Site:
    """Read the project at `root` on the day it is in Shanghai, where the configuration names no day, beside its last release."""
    return read_site(root, today=datetime.now(SHANGHAI).date(), as_of=as_of, config=config, previous=last_release)
