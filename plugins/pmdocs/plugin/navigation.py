"""The navigation as MkDocs has it: contents of a page, a document's neighbours, headings in a further language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from pmdocs.edition import Edition
from pmdocs.markup import Heading


def translate(items: Iterable[Any], edition: Edition) -> None:
    """Put the titles that mkdocs.yml gives into the language of an edition."""
    for item in items:
        if item.title:
            item.title = edition.translated(item.title)
        if isinstance(item, Section):
            translate(item.children, edition)


def contents(headings: Sequence[Heading]) -> TableOfContents:
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


def lone(item: Any) -> Any:
    """Return the index page of a folder that holds nothing else: MkDocs would show the folder's name above it."""
    children = item.children or []
    if len(children) != 1 or not getattr(children[0], "is_index", False):
        return item
    children[0].parent = None
    return children[0]


def neighbourhood(nav: Navigation, page: Page, edition: Edition, files: Files) -> Navigation:
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
