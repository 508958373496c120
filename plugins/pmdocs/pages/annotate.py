"""Words of a finished page that lead somewhere: ids become links with a preview, glossary terms explain themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape

from pmdocs.markup import TOKEN, quoted

_NO_IDS = frozenset(
    {"a", "code", "pre", "script", "style", "title", "svg", "button", "select", "option", "label", "kbd"}
)
_NO_TERMS = _NO_IDS | {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "th", "caption", "figcaption", "dt"}
_ENTITY = r"&(?:#\w+|\w+);"
"""A character written as HTML writes it: it holds no term, whatever letters spell it."""
_NEW_SECTION = frozenset({"h1", "h2", "h3"})


@dataclass(frozen=True, slots=True)
class Explained:
    """What a word leads to: an address as seen from the page, or None for a bare id, and the preview's lines of text."""

    href: str | None
    preview: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The glossary in one language: a pattern that matches its words, longest first, and the term of each word."""

    pattern: re.Pattern[str]
    names: Mapping[str, str]

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Terms:
        """Return the terms for `words`, each with the id of its term; Latin words match whole and in any case."""
        words = {escape(word, quote=False): name for word, name in words.items()}  # as pages spell them
        ordered = sorted(words, key=lambda word: (-len(word), word))
        parts = [
            rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])" if word[:1].isascii() else re.escape(word)
            for word in ordered
        ]
        whole = [part for word, part in zip(ordered, parts, strict=True) if "&" in word]
        others = [part for word, part in zip(ordered, parts, strict=True) if "&" not in word]
        pattern = re.compile("|".join([*whole, _ENTITY, *others]), re.IGNORECASE)
        return cls(pattern, {word.casefold(): name for word, name in words.items()})


@dataclass(frozen=True, slots=True)
class Annotator:
    """What links the words of pages: the ids there are, the glossary, and where each leads from one page."""

    ids: re.Pattern[str]
    explain_id: Callable[[str], Explained | None]
    terms: Terms
    explain_term: Callable[[str], Explained]

    def annotate(self, html: str) -> str:
        """Return `html` with its known ids linked and the first use of each term in a section explained.

        Nothing inside a link, code or a picture changes, and no term in a heading; the words themselves stay as they are.
        """
        parts: list[str] = []
        inside: list[str] = []
        seen: set[str] = set()
        position = 0
        for match in TOKEN.finditer(html):
            if position < match.start():
                parts.append(self._told(html[position : match.start()], inside, seen))
            parts.append(match[0])
            position = match.end()
            name = (match[2] or "").lower()
            if name in _NEW_SECTION and not match[1]:
                seen.clear()
            if name in _NO_TERMS or name == "ul":
                _enter_or_leave(name, match[0], inside)
        parts.append(self._told(html[position:], inside, seen))
        return "".join(parts)

    def _told(self, text: str, inside: Sequence[str], seen: set[str]) -> str:
        if text.isspace():
            return text
        if not inside:
            return self._terms_linked(text, seen)
        return text if _NO_IDS.intersection(inside) else self._ids_linked(text)

    def _ids_linked(self, text: str) -> str:
        return self.ids.sub(lambda match: _id_link(match[0], self.explain_id(unescape(match[0]))), text)

    def _terms_linked(self, text: str, seen: set[str]) -> str:
        position, done = 0, []
        for match in self.terms.pattern.finditer(text):
            name = self.terms.names.get(match[0].casefold())
            if name is not None and name not in seen:
                seen.add(name)
                done += [
                    self._ids_linked(text[position : match.start()]),
                    _term_link(match[0], self.explain_term(name)),
                ]
                position = match.end()
        return "".join([*done, self._ids_linked(text[position:])])


def _enter_or_leave(name: str, tag: str, inside: list[str]) -> None:
    """Keep the names of the elements around that hold no terms: lists only where they hold badges."""
    if tag.startswith("</"):
        if name in inside:
            while inside.pop() != name:
                pass
    elif not tag.endswith("/>") and (name != "ul" or 'class="pm-badges"' in tag):
        inside.append(name)


def _id_link(text: str, explained: Explained | None) -> str:
    if explained is None or explained.href is None:
        return text
    return f'<a class="pm-ref" href="{quoted(explained.href)}" title="{quoted(explained.preview)}">{text}</a>'


def _term_link(text: str, explained: Explained) -> str:
    return f'<a class="pm-term" href="{quoted(explained.href or "")}" title="{quoted(explained.preview)}">{text}</a>'
