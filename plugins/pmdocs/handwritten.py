"""The hand-written pages of docs/: their languages, and whether what they link to exists."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pmdocs.diagnostics import Diagnostic, Fact, Language, Location, Severity, Span, Words
from pmdocs.doctype import nearest
from pmdocs.library import Library
from pmdocs.markdown import is_foreign, prose_of, render_page, without_addresses
from pmdocs.markup import Tag, addresses, tokens
from pmdocs.options import LANGUAGES
from pmdocs.project import Project
from pmdocs.rules.names import BROKEN_REFERENCE
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source, read_plain, read_text

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LOOSE_META = re.compile(r"\A(?:[^\n]+\n)*?confidentiality[ \t]*:[ \t]*(\w+)", re.IGNORECASE)
"""Metadata without dashes, which MkDocs reads as well: lines before the first blank one."""
_CODE_TITLE = re.compile(r'<span class="filename">.*?</span>', re.DOTALL)
"""The title of a block of code, which is part of the code."""
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
    def front(self) -> Source | None:
        """Its front matter as read, or None where it has none."""
        match = _FRONT_MATTER.match(self.text)
        return read_text(match[1], file=self.file) if match else None

    @property
    def meta(self) -> Mapping[str, Any]:
        """What its front matter says."""
        value = self.front.value if self.front else None
        return value if isinstance(value, dict) else {}

    @property
    def confidentiality(self) -> str:
        """Who may read it: everybody, unless its front matter (or the lines before the first blank one) says otherwise."""
        loose = None if self.front else _LOOSE_META.match(self.text)
        return str(self.meta.get("confidentiality", loose[1] if loose else "public"))

    def is_for(self, audience: frozenset[str]) -> bool:
        """Whether these readers may see it."""
        return self.confidentiality in audience | {"public"}

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


SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The names that MkDocs takes for Markdown."""


def language_of(name: str) -> tuple[str, Language | None]:
    """Return a page's path without its language, and the language: `guide.en.md` is (`guide.md`, `en`)."""
    for language in LANGUAGES:
        if name.endswith(f".{language}.md"):
            return name.removesuffix(f".{language}.md") + ".md", language
    return name, None


def read_pages(project: Project) -> tuple[tuple[Page, ...], list[Diagnostic]]:
    """Return the Markdown pages below docs/, by path, and what keeps them or other files there from being published.

    Hidden files and folders are none, as in MkDocs, which follows links: what leads out of the project is a finding.
    """
    pages: list[Page] = []
    findings: list[Diagnostic] = []
    for path in sorted(_files_below(project.docs)):
        name = path.relative_to(project.docs).as_posix()
        if not name.endswith(SUFFIXES):
            if path.is_symlink() and not path.resolve().is_relative_to(project.root.resolve()):
                findings += read_plain(path, root=project.root)[1]
            continue
        text, wrong = read_plain(path, root=project.root)
        uri, language = language_of(name)
        page = Page(uri, project.relative(path), language, text, project)
        findings += [*wrong, *_front_matter_findings(page)]
        pages.append(page)
    return tuple(pages), findings


def _files_below(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if (Path(base) / name).is_symlink()]
        yield from (Path(base) / name for name in sorted([*names, *linked]) if not name.startswith("."))


def _front_matter_findings(page: Page) -> Iterator[Diagnostic]:
    """Yield what is wrong with a page's front matter, at the lines of the page."""
    for finding in page.front.findings if page.front else ():
        span = finding.location.span
        moved = Span(span.line + 1, span.column, span.end_line + 1, span.end_column)
        if finding.reason.word != "empty-file":
            yield replace(finding, location=Location(page.file, moved))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a hand-written page may link to: which pages there are, and the anchors of one in a language.

    A page without a language is shown in all: what it links to has to be there in each.
    The anchors are None where a page cannot be printed yet: nothing can be said about them.
    """

    library: Library
    has_page: Callable[[str, Language | None], bool]
    anchors_of: Callable[[str, Language | None], set[str] | None]
    has_file: Callable[[str], bool]
    withheld: frozenset[str]


def broken_page_links(pages: Sequence[Page], around: Surroundings) -> Iterator[Diagnostic]:
    """Yield each link, picture and id of the pages that leads nowhere, at its line."""
    for page in pages:
        try:
            found = [(tag, address) for tag, address in addresses(page.html)]
        except Exception as error:  # noqa: BLE001  # an extension may raise anything for what a page holds
            facts: dict[str, Fact] = {
                "field": page.file,
                "value": str(error),
                "form": Words("扩展能处理的内容", "what its extensions take"),
            }
            place = Location(page.file, Span(1, 1, 1, 1))
            yield Diagnostic(WRONG_VALUE, WRONG_VALUE.reason("wrong-form"), Severity.ERROR, place, facts)
            continue
        for tag, address in found:
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
    elif around.has_page(target, page.language):
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
    for token in tokens(_CODE_TITLE.sub("", page.html)):
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
