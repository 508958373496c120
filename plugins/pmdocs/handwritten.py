"""The hand-written pages of docs/: their languages, and whether what they link to exists."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import unquote

import yaml

from pmdocs.diagnostics import Diagnostic, Fact, Language, Location, Severity, Span
from pmdocs.doctype import nearest
from pmdocs.library import Library
from pmdocs.markdown import is_foreign, prose_of, render_page, without_addresses
from pmdocs.markup import Tag, addresses, tokens
from pmdocs.options import LANGUAGES
from pmdocs.project import Project
from pmdocs.rules.names import BROKEN_REFERENCE

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_SKIPPED = frozenset({"a", "code", "pre", "script", "style"})


@dataclass(frozen=True, eq=False)
class Page:
    """A Markdown page. `uri` is its path in docs/ without the language: `guide.en.md` is the English of `guide.md`."""

    uri: str
    file: str
    language: Language | None
    text: str
    project: Project

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        """Its front matter; what cannot be read counts as none."""
        match = _FRONT_MATTER.match(self.text)
        try:
            meta = yaml.safe_load(match[1]) if match else {}
        except yaml.YAMLError:
            return {}
        return meta if isinstance(meta, dict) else {}

    def is_for(self, audience: frozenset[str]) -> bool:
        """Whether these readers may see it; a page that names no confidentiality is for everybody."""
        return str(self.meta.get("confidentiality", "public")) in audience | {"public"}

    @property
    def start(self) -> int:
        """The offset at which its Markdown begins."""
        match = _FRONT_MATTER.match(self.text)
        return match.end() if match else 0

    @cached_property
    def html(self) -> str:
        """It as HTML, by the site's own extensions."""
        project = self.project
        return render_page(self.text[self.start :], project.markdown_extensions, project.markdown_configs)


def language_of(name: str) -> tuple[str, Language | None]:
    """Return a page's path without its language, and the language: `guide.en.md` is (`guide.md`, `en`)."""
    for language in LANGUAGES:
        if name.endswith(f".{language}.md"):
            return name.removesuffix(f".{language}.md") + ".md", language
    return name, None


def read_pages(project: Project) -> tuple[Page, ...]:
    """Return the Markdown pages below docs/, by path; hidden files and folders are none, as in MkDocs."""
    pages = []
    for path in sorted(project.docs.rglob("*.md")):
        name = path.relative_to(project.docs).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or not path.is_file():
            continue
        uri, language = language_of(name)
        text = path.read_text("utf-8-sig", errors="replace")
        pages.append(Page(uri, project.relative(path), language, text, project))
    return tuple(pages)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a hand-written page may link to: which pages there are, and the anchors of one in a language.

    The anchors are None where a page cannot be printed yet: nothing can be said about them.
    """

    library: Library
    has_page: Callable[[str], bool]
    anchors_of: Callable[[str, Language | None], set[str] | None]
    has_file: Callable[[str], bool]
    withheld: frozenset[str]


def broken_page_links(pages: Sequence[Page], around: Surroundings) -> Iterator[Diagnostic]:
    """Yield each link, picture and id of the pages that leads nowhere, at its line."""
    for page in pages:
        for tag, address in addresses(page.html):
            yield from _address(page, tag, address, around)
        yield from _ids(page, around.library)


def _address(page: Page, tag: str, address: str, around: Surroundings) -> Iterator[Diagnostic]:
    if is_foreign(address) or not address or address.startswith(("/", "data:")):
        return
    path, _, anchor = unquote(address).partition("#")
    path = path.partition("?")[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.uri), path)) if path else page.uri
    if target.startswith("../"):
        yield _found(page, address, "path-outside", {"value": address})
    elif target in around.withheld:
        yield _found(page, address, "withheld-page", {"value": address})
    elif not target.endswith(".md"):
        if tag != "img" and "." not in posixpath.basename(target):
            yield _found(page, address, "missing-page", {"value": address})
        elif not around.has_file(posixpath.join(posixpath.dirname(page.file), path)):
            yield _found(page, address, "missing-file", {"value": address})
    elif around.has_page(target):
        yield from _anchor(page, address, (target, anchor), around)
    elif not around.library.may_be_unread(posixpath.basename(target).removesuffix(".md")):
        yield _found(page, address, "missing-page", {"value": address})


def _anchor(page: Page, address: str, place: tuple[str, str], around: Surroundings) -> Iterator[Diagnostic]:
    target, anchor = place
    known = around.anchors_of(target, page.language) if anchor and not anchor.startswith("__") else None
    if known is not None and anchor not in known:
        close = nearest(anchor, known)
        shown = (close,) if close else tuple(sorted(known)[:12])
        yield _found(page, address, "missing-anchor", {"page": target, "value": anchor, "known": shown})


def _ids(page: Page, library: Library) -> Iterator[Diagnostic]:
    skipped: list[str] = []
    for token in tokens(page.html):
        if isinstance(token, Tag):
            if token.name in _SKIPPED:
                if token.closes:
                    del skipped[-1:]
                else:
                    skipped.append(token.name)
        elif not skipped:
            for match in library.id_pattern.finditer(without_addresses(unescape(token))):
                if library.is_missing(match.group()):
                    yield _unknown_id(page, match.group(), library)


def _unknown_id(page: Page, value: str, library: Library) -> Diagnostic:
    known = library.titles_by_prefix(value)
    if close := nearest(value, known):
        return _found(page, value, "misspelt-id", {"value": value, "nearest": close, "title": known[close]})
    return _found(page, value, "unknown-id", {"value": value})


def _found(page: Page, text: str, word: str, facts: Mapping[str, Fact]) -> Diagnostic:
    location = Location(page.file, _span(page, text))
    return Diagnostic(BROKEN_REFERENCE, BROKEN_REFERENCE.reason(word), Severity.ERROR, location, facts)


def _span(page: Page, text: str) -> Span:
    """Return where `text` stands in the page outside code; the page's beginning where it is written otherwise."""
    for source in (prose_of(page.text), page.text):
        offset = source.find(text, page.start)
        if offset >= 0:
            line = source.count("\n", 0, offset) + 1
            column = offset - source.rfind("\n", 0, offset)
            return Span(line, column, line, column + len(text))
    return Span(1, 1, 1, 1)
