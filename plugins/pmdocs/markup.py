"""Well-formed HTML as a stream of tags and text: what a page's headings, links and words are found with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

TOKEN = re.compile(r"<!--.*?-->|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(r"""\s([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_RAW = frozenset({"script", "style"})
ADDRESS_ATTRIBUTES = ("href", "src")


@dataclass(frozen=True, slots=True)
class Tag:
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
        tag = _TAG.match(match.group())
        if raw and not (tag and tag[1] and tag[2].lower() == raw):
            continue
        if match.start() > position:
            text = html[position : match.start()]
            yield Tag("", closes=False, text=text) if raw else text
        position = match.end()
        name = tag[2].lower() if tag else ""
        raw = name if tag and not tag[1] and name in _RAW else ""
        yield Tag(name, bool(tag and tag[1]), match.group())
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

    if tag.closes or not any(f"{name}=" in tag.text for name in ADDRESS_ATTRIBUTES):
        return tag.text
    text = _ATTRIBUTE.sub(replace, tag.text)
    return None if gone else text


def addresses(html: str) -> Iterator[tuple[str, str]]:
    """Yield each `href` and `src` with its tag's name and the address, unescaped."""
    for token in tokens(html):
        if isinstance(token, Tag) and not token.closes:
            for name in ADDRESS_ATTRIBUTES:
                if name in (attributes := token.attributes):
                    yield token.name, attributes[name]


def anchors(html: str) -> set[str]:
    """Return every id of `html`, and the names of its anchors."""
    found = set()
    for token in tokens(html):
        if isinstance(token, Tag) and not token.closes and ("id=" in token.text or "name=" in token.text):
            attributes = token.attributes
            found |= {
                attributes[key] for key in ("id", "name") if key in attributes and (key == "id" or token.name == "a")
            }
    return found


def headings(html: str) -> list[Heading]:
    """Return the headings h1 to h6 that an id leads to: their own, or that of the section or article they open."""
    found: list[Heading] = []
    around: list[tuple[str, str]] = []
    inside: list[str] | None = None
    level, anchor = 0, ""
    for token in tokens(html):
        if isinstance(token, str):
            if inside is not None:
                inside.append(token)
        elif token.name in ("section", "article"):
            if token.closes:
                del around[-1:]
            else:
                around.append((token.name, token.attributes.get("id", "")))
        elif len(token.name) == 2 and token.name[0] == "h" and token.name[1] in "123456":
            if not token.closes:
                inside, level = [], int(token.name[1])
                anchor = token.attributes.get("id", "") or (around[-1][1] if around else "")
            elif inside is not None:
                text = " ".join(unescape("".join(inside)).replace("¶", "").split())
                if anchor:
                    found.append(Heading(level, text, anchor))
                inside = None
    return found


def words(html: str) -> str:
    """Return the text of `html`, tags taken out and entities resolved."""
    return unescape("".join(token for token in tokens(html) if isinstance(token, str)))


def quoted(text: str) -> str:
    """Return `text` for use in a double-quoted attribute."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
