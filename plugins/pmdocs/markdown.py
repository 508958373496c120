"""Rich text to safe HTML: Python-Markdown with the site's own extensions, then nh3; plain words take a short way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import markdown
import nh3

from pmdocs.markup import addresses, with_chinese_lines

_PLAIN = re.compile(r"[^\s*_`\[\]<>!#&|~:\\^=+\-.(){}\"'@$\d][^*_`\[\]<>!#&|~\\^={}\"'@$\n]*")
"""Text that is one paragraph under any Markdown extension: no sign that begins markup, no list marker in front."""
_FOREIGN = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[^\n]*$|(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)|\]\([^)\n]*\)|^\[[^\]\n]+\]:.*$",
    re.DOTALL | re.MULTILINE,
)
_ADDRESS = re.compile(r"https?://[^\s<>()（），。；、“”]+", re.IGNORECASE)
_NOT_IN_FIELDS = frozenset({"toc", "meta"})
"""Extensions of whole pages: a field has no table of contents and no front matter."""
_ALLOWED_TAGS = nh3.ALLOWED_TAGS | {
    "input",
    "label",
    "details",
    "summary",
    "mark",
    "kbd",
    "figure",
    "figcaption",
    "section",
    "svg",
    "path",
}
_TAG_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "a": {"href", "title", "hreflang"},
    "input": {"type", "checked", "disabled", "name"},
    "label": {"for"},
    "details": {"open"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "svg": {"xmlns", "viewbox"},
    "path": {"d"},
    "*": {"class", "id", "lang", "dir"},
}
FOOTNOTE = "#fn"
"""How the addresses of footnotes begin."""
_FOOTNOTES = re.compile(r'((?:id="|href="#)fn(?:ref)?):')
_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rich text as HTML, with the addresses of its links and pictures as they were written."""

    html: str
    links: tuple[str, ...]
    images: tuple[str, ...]


@dataclass
class Renderer:
    """Turns rich text into HTML and remembers what it has turned: the same text is rendered once."""

    extensions: Sequence[str]
    configs: Mapping[str, Mapping[str, Any]]
    _seen: dict[str, Rendered] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make Python-Markdown ready with the extensions that a field may use."""
        names = [name for name in self.extensions if name not in _NOT_IN_FIELDS]
        configs = {name: dict(self.configs[name]) for name in names if name in self.configs}
        self._markdown = markdown.Markdown(extensions=names, extension_configs=configs)

    def render(self, text: str) -> Rendered:
        """Return `text` as safe HTML: no script, no handler, no address but http, https, mailto, tel and relative ones."""
        if text not in self._seen:
            self._seen[text] = self._render(text)
        return self._seen[text]

    def _render(self, text: str) -> Rendered:
        if _PLAIN.fullmatch(text):
            return Rendered(f"<p>{escape(text, quote=False)}</p>", (), ())
        self._markdown.reset()
        written = self._markdown.convert(text)
        clean = _FOOTNOTES.sub(rf"\1-{_mark_of(text)}:", sanitize(written))
        return Rendered(
            clean,
            tuple(address for tag, address in addresses(clean) if tag == "a"),
            tuple(address for tag, address in addresses(written) if tag == "img"),
        )


def _mark_of(text: str) -> str:
    """Return a word that tells the footnotes of one field from those of the others on a page."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def render_page(text: str, extensions: Sequence[str], configs: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a hand-written page as HTML, with every extension of the site, as MkDocs will render it."""
    own = {name: dict(configs[name]) for name in extensions if name in configs}
    return markdown.markdown(text, extensions=list(extensions), extension_configs=own)


def sanitize(html: str) -> str:
    """Return `html` with nothing left that could run, load from elsewhere by itself, or leave its element."""
    clean = nh3.clean(
        html,
        tags=set(_ALLOWED_TAGS),
        attributes=_TAG_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        attribute_filter=_filter,
    )
    return with_chinese_lines(_HEADING.sub(_lowered, clean))


_HEADING = re.compile(r"<(/?)h([1-6])\b")


def _lowered(match: re.Match[str]) -> str:
    """A heading inside a field stands below the page's own, which end at level 3."""
    return f"<{match[1]}h{min(int(match[2]) + 3, 6)}"


def _filter(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src" and _FOREIGN.match(value):
        return None
    if name == "id" or name == "for":
        return value if value.startswith(("__", "fn:", "fnref:")) else None
    if name == "class" and tag != "svg":
        return " ".join(each for each in value.split() if not each.startswith(("pm-", "md-"))) or None
    return value


def is_foreign(address: str) -> bool:
    """Whether an address leads to another host or scheme."""
    return bool(_FOREIGN.match(address))


def prose_of(text: str) -> str:
    """Return Markdown with its code and addresses blanked out, character for character."""
    return without_addresses(_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text))


def without_addresses(text: str) -> str:
    """Return `text` with its web addresses blanked out, character for character: what looks like an id there is none."""
    return _ADDRESS.sub(lambda match: " " * len(match.group()), text) if "://" in text else text
