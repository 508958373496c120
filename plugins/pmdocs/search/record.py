"""What search knows of a page: its sections as plain text, each with the anchor that leads to it, and its facets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from pmdocs.markup import TOKEN, Tag, tokens
from pmdocs.search.tokens import WIDE

_INSIDE = r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*"""
_SILENT = re.compile(
    rf"<(script|style|template)\b.*?</\1\s*>|<a\b(?=[^>]*\sclass=.headerlink){_INSIDE}>.*?</a>", re.DOTALL
)
_EXCLUDED = "data-search-exclude"
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"})
_START = re.compile(
    rf"<(?P<heading>h[1-6])\b(?P<inside>{_INSIDE})>(?P<words>.*?)</(?P=heading)\s*>"
    rf"|<(?:article|section)\b(?=[^>]*\s(?P<labelled>aria-labelledby)=){_INSIDE}>"
    rf"|<(?P<row>tr|details|article)\b(?=[^>]*\sid=){_INSIDE}>"
    rf"|<(?P<point>li)\b(?=[^>]*\sid=){_INSIDE}>",
    re.DOTALL,
)
_INLINE = re.compile(
    rf"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|rp|rt|ruby|s|samp|span|strike|strong"
    rf"|sub|sup|time|tt|u|var|wbr)\b{_INSIDE}>|<!--.*?-->",
    re.DOTALL,
)
_DIRECTIVE = re.compile(r"%%\{.*?\}%%", re.DOTALL)
"""What a diagram says to the program that draws it."""
_JOINT = re.compile(rf"([{WIDE}])(?:</?small\b{_INSIDE}>)+(?=([{WIDE}]))")
_ASIDE = re.compile(r"<small\b.*?</small>", re.DOTALL)
_HEADED = re.compile(r'<h[2-6]\b[^>]*\sid="([^"]*)"')
_FIRST_WORDS = re.compile(rf"<(summary|th|td|h[1-6])\b{_INSIDE}>(.*?)</\1\s*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: the anchor that leads to it (none for the top), its heading, its words and the anchors within."""

    anchor: str
    title: str
    text: str
    points: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    """Pairs of Chinese characters that stand beside each other where a remark begins or ends, in `text` with a blank between."""


class Name(NamedTuple):
    """What is known by an id: the id, the kind of thing it is, and how much refers to it."""

    id: str
    kind: str
    referred: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A page as search sees it; `names` tells what an anchor leads to by an id, the page itself being ''."""

    url: str
    title: str
    sections: tuple[Section, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, Name] = field(default_factory=dict)


def sections_of(html: str, title: str) -> tuple[Section, ...]:
    """Return the sections of a page's HTML: one for each heading, row, fold and article that has an id, the top first.

    What carries `data-search-exclude` is left out, and so are scripts and the signs of permanent links.
    """
    html = _DIRECTIVE.sub(" ", _SILENT.sub(" ", html))
    if _EXCLUDED in html:
        html = "".join(_included(html))
    cutter = _Cutter(html, title)
    cutter.cut()
    found = (
        Section(
            anchor,
            cutter.titles.get(anchor, ""),
            plain(" ".join(parts)),
            tuple(cutter.points.get(anchor, ())),
            tuple(pair for part in parts for pair in _joined(part)),
        )
        for anchor, parts in cutter.parts.items()
    )
    return tuple(each for each in found if each.text or each.title)


def _joined(html: str) -> Iterator[str]:
    if "<small" in html:
        yield from (one + other for one, other in _JOINT.findall(_INLINE.sub("", html)))


def plain(html: str) -> str:
    """Return the words of HTML in one line: blocks are parted by blanks, words within a line are not."""
    if "<" in html:
        html = TOKEN.sub(" ", _INLINE.sub("", html))
    return " ".join(unescape(html).replace("¶", " ").split())


class _Cutter:
    """Cuts a page into sections: gathers the HTML of each by its anchor, with its title and the points in it."""

    def __init__(self, html: str, title: str) -> None:
        self.html = html
        self.titles = {"": title}
        self.parts: dict[str, list[str]] = {"": []}
        self.points: dict[str, list[str]] = {}
        self._anchor = ""
        self._position = 0
        self._outer: list[tuple[int, str]] = []

    def cut(self) -> None:
        headed = frozenset(_HEADED.findall(self.html))
        for start in _START.finditer(self.html):
            self._leave(start.start())
            self._take(start.start())
            if start["heading"]:
                self._head(start)
            elif start["labelled"]:
                name = _attributes(start[0])["aria-labelledby"]
                if name in headed:
                    self._enter(name)
            elif start["row"]:
                self._row(start)
            else:
                self.points.setdefault(self._anchor, []).append(_attributes(start[0])["id"])
        self._leave(len(self.html))
        self._take(len(self.html))

    def _take(self, end: int) -> None:
        self.parts[self._anchor].append(self.html[self._position : end])
        self._position = end

    def _enter(self, anchor: str) -> None:
        self._anchor = anchor
        self.parts.setdefault(anchor, [])

    def _leave(self, position: int) -> None:
        while self._outer and self._outer[-1][0] <= position:
            end, anchor = self._outer.pop()
            self._take(end)
            self._enter(anchor)

    def _head(self, start: re.Match[str]) -> None:
        attributes = _attributes(f"<h{start['inside']}>")
        if start["heading"] == "h1":
            self._enter("")
            if plain(start["words"]) != self.titles[""]:
                self.parts[""].append(f" {start['words']} ")
        elif "id" not in attributes:
            return
        else:
            self._enter(attributes["id"])
            self.titles.setdefault(attributes["id"], plain(start["words"]))
        self._position = start.end()

    def _row(self, start: re.Match[str]) -> None:
        end = _end(self.html, start)
        self._outer.append((end, self._anchor))
        self._enter(_attributes(start[0])["id"])
        first = _FIRST_WORDS.search(self.html, start.end(), end)
        self.titles.setdefault(self._anchor, plain(_ASIDE.sub("", first[2])) if first else "")


def _attributes(tag: str) -> dict[str, str]:
    return Tag("", closes=False, text=tag).attributes


def _end(html: str, start: re.Match[str]) -> int:
    """Return where the element that `start` opens ends."""
    depth = 0
    for match in re.compile(rf"<(/?){start['row']}\b{_INSIDE}>").finditer(html, start.start()):
        depth += -1 if match[1] else 1
        if not depth:
            return match.end()
    return len(html)


def _included(html: str) -> Iterator[str]:
    """Yield the parts of a page outside the elements that search is told to leave out."""
    depth, name = 0, ""
    for token in tokens(html):
        if isinstance(token, str):
            if not depth:
                yield token
        elif depth:
            if token.name == name:
                depth += -1 if token.closes else 1
        elif _EXCLUDED in token.text and token.name not in _VOID:
            depth, name = 1, token.name
        else:
            yield token.text
