"""Words of a finished page that lead somewhere: ids become links with a preview, glossary terms explain themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape

from pmdocs.markup import Tag, quoted, tokens

_NO_IDS = frozenset(
    {"a", "code", "pre", "script", "style", "title", "svg", "button", "select", "option", "label", "kbd"}
)
_NO_TERMS = _NO_IDS | {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "th", "caption", "figcaption", "dt"}
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
        ordered = sorted(words, key=lambda word: (-len(word), word))
        parts = [
            rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])" if word[:1].isascii() else re.escape(word)
            for word in ordered
        ]
        pattern = re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
        return cls(pattern, {word.casefold(): name for word, name in words.items()})


def annotate(
    html: str,
    *,
    ids: re.Pattern[str],
    explain_id: Callable[[str], Explained | None],
    terms: Terms,
    explain_term: Callable[[str], Explained],
) -> str:
    """Return `html` with its known ids linked and the first use of each term in a section explained.

    Nothing inside a link, code, or a picture changes, and no term inside a heading; the words themselves stay as they are.
    """
    parts: list[str] = []
    inside: list[str] = []
    seen: set[str] = set()

    def link_ids(text: str) -> str:
        return ids.sub(lambda match: _id_link(match.group(), explain_id(unescape(match.group()))), text)

    def link_terms(text: str) -> str:
        position, done = 0, []
        for match in terms.pattern.finditer(text):
            name = terms.names[match.group().casefold()]
            if name in seen:
                continue
            seen.add(name)
            done += [link_ids(text[position : match.start()]), _term_link(match.group(), explain_term(name))]
            position = match.end()
        return "".join([*done, link_ids(text[position:])])

    for token in tokens(html):
        if isinstance(token, Tag):
            _enter_or_leave(token, inside)
            if token.name in _NEW_SECTION and not token.closes:
                seen.clear()
            parts.append(token.text)
        elif not inside:
            parts.append(link_terms(token))
        elif not _NO_IDS.intersection(inside):
            parts.append(link_ids(token))
        else:
            parts.append(token)
    return "".join(parts)


def _enter_or_leave(tag: Tag, inside: list[str]) -> None:
    badges = tag.name == "ul" and (tag.closes or 'class="pm-badges"' in tag.text)
    if tag.name not in _NO_TERMS and not badges:
        return
    if not tag.closes and not tag.text.endswith("/>"):
        inside.append(tag.name)
    elif tag.closes and tag.name in inside:
        while inside.pop() != tag.name:
            pass


def _id_link(text: str, explained: Explained | None) -> str:
    if explained is None or explained.href is None:
        return text
    return f'<a class="pm-ref" href="{quoted(explained.href)}" title="{quoted(explained.preview)}">{text}</a>'


def _term_link(text: str, explained: Explained) -> str:
    return f'<a class="pm-term" href="{quoted(explained.href or "")}" title="{quoted(explained.preview)}">{text}</a>'
