"""Well-formed HTML as a stream of tags and text: what a page's headings, links and words are found with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

_INSIDE = r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*"""
TOKEN = re.compile(rf"<!--.*?-->|<(/?)([A-Za-z][A-Za-z0-9-]*){_INSIDE}>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""\s([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NAMED = re.compile(rf"<a\b{_INSIDE}>|<[A-Za-z][A-Za-z0-9-]*(?=[^>]*\sid=){_INSIDE}>")
_HEADING = re.compile(rf"<h([1-6])\b({_INSIDE})>(.*?)</h\1>", re.DOTALL)
_SILENT = re.compile(r"<(script|style|dt|thead)\b.*?</\1>", re.DOTALL)
_CODE = re.compile(r"(<(pre|code|script|style)\b.*?</\2>)", re.DOTALL)
_WIDE = "\u2018-\u201d\u2026\u3001-\u303f\u3400-\u9fff\uff01-\uff60"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])")
_RAW = frozenset({"script", "style"})
ADDRESS_ATTRIBUTES = ("href", "src")


class Tag(NamedTuple):
    """A tag: its name, whether it closes, and the text it was written as."""

    name: str
    closes: bool
    text: str

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes, unescaped; those without a value are left out."""
        return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(self.text)}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its level, its words and the anchor that leads to it."""

    level: int
    text: str
    anchor: str


def tokens(html: str) -> Iterator[Tag | str]:
    """Yield the tags and texts of `html` in order; comments, scripts and styles are single tags. Joined they are `html`."""
    position, raw = 0, ""
    for match in TOKEN.finditer(html):
        start, slash, name = match.start(), match[1], (match[2] or "").lower()
        if raw and not (slash and name == raw):
            continue
        if start > position:
            text = html[position:start]
            yield Tag("", closes=False, text=text) if raw else text
        position = match.end()
        raw = name if name in _RAW and not slash else ""
        yield Tag(name, closes=bool(slash), text=match[0])
    if position < len(html):
        yield Tag("", closes=False, text=html[position:]) if raw else html[position:]


def rewrite(html: str, change: Callable[[str, str], str | None]) -> str:
    """Return `html` with `change(attribute, address)` for each address; None takes the link away and leaves its words."""
    parts: list[str] = []
    dropped = 0
    for token in tokens(html):
        if isinstance(token, str):
            parts.append(token)
        elif token.name == "a" and token.closes and dropped:
            dropped -= 1
        else:
            text = _changed(token, change)
            if text is None and token.name == "a":
                dropped += 1
            parts.append(text or "")
    return "".join(parts)


def _changed(tag: Tag, change: Callable[[str, str], str | None]) -> str | None:
    gone = False

    def replace(match: re.Match[str]) -> str:
        nonlocal gone
        name, value = match[1], match[2] if match[2] is not None else match[3]
        if name not in ADDRESS_ATTRIBUTES:
            return match.group()
        address = change(name, unescape(value))
        if address is None:
            gone = True
            return match.group()
        return f' {name}="{quoted(address)}"'

    if tag.closes or not tag.name or not any(f"{name}=" in tag.text for name in ADDRESS_ATTRIBUTES):
        return tag.text
    text = _ATTRIBUTE.sub(replace, tag.text)
    return None if gone else text


def addresses(html: str) -> Iterator[tuple[str, str]]:
    """Yield each `href` and `src` with its tag's name and the address, unescaped."""
    for token in tokens(html):
        if isinstance(token, Tag) and token.name and not token.closes:
            for name in ADDRESS_ATTRIBUTES:
                if name in (attributes := token.attributes):
                    yield token.name, attributes[name]


def anchors(html: str) -> set[str]:
    """Return every id of `html`, and the names of its anchors."""
    found = set()
    for text in _NAMED.findall(html):
        attributes = Tag("", closes=False, text=text).attributes
        found |= {attributes[name] for name in ("id", "name") if name in attributes}
    return found


def headings(html: str) -> list[Heading]:
    """Return the headings h1 to h6 that have an id."""
    found = []
    for level, inside, content in _HEADING.findall(html):
        attributes = Tag("h", closes=False, text=f"<h {inside}>").attributes
        if "id" in attributes:
            found.append(Heading(int(level), " ".join(words(content).replace("¶", "").split()), attributes["id"]))
    return found


def outline(html: str) -> str:
    """Return the headings of a page that have an id, and its words below each: all that a search index asks of it.

    Labels are left out: a word that stands on every page finds none.
    """
    spoken = _SILENT.sub(" ", html)
    parts: list[str] = []
    position = 0
    for match in _HEADING.finditer(spoken):
        parts.append(_paragraph(spoken[position : match.start()]))
        parts.append(f"<h{match[1]}{match[2]}>{TOKEN.sub('', match[3])}</h{match[1]}>")
        position = match.end()
    return "\n".join([*parts, _paragraph(spoken[position:])])


def _paragraph(html: str) -> str:
    text = " ".join(TOKEN.sub(" ", html).split())
    return f"<p>{text}</p>" if text else ""


def with_chinese_lines(html: str) -> str:
    """Return `html` without the line breaks between two Chinese characters, which browsers show as a blank; code stays."""
    if not _WIDE_BREAK.search(html):
        return html
    parts = _CODE.split(html)
    return "".join(
        _WIDE_BREAK.sub("", part) if index % 3 == 0 else part for index, part in enumerate(parts) if index % 3 != 2
    )


def words(html: str) -> str:
    """Return the text of `html`, tags taken out and entities resolved."""
    return unescape("".join(token for token in tokens(html) if isinstance(token, str)))


def quoted(text: str) -> str:
    """Return `text` for use in a double-quoted attribute."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
