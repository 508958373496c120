"""Where a page stands: its language, its address, and the way from it to everything else."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from pmdocs.addresses import GLOSSARY_URI, product_uri, relative_url, target_uri, url_of
from pmdocs.checks import Suppressed
from pmdocs.diagnostics import Language, Words
from pmdocs.diff import Difference, DocumentChange
from pmdocs.document import Document
from pmdocs.kpi import Proof
from pmdocs.library import Entry, Library, Target
from pmdocs.markdown import Renderer, is_foreign
from pmdocs.markup import rewrite
from pmdocs.pages.annotate import Annotator, Explained, Terms
from pmdocs.pages.words import PAGE_WORDS
from pmdocs.reporting import ReportAddress

LANGUAGE_TAGS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}
PICTURES = "assets/pictures"
PREVIEW_LENGTH = 120
_MARKS = re.compile(r"\*\*|`|^#+ |^> ", re.MULTILINE)
"""Signs of Markdown that a preview leaves out."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pages of one language share: the library, the day it is judged by, and the library of the version before."""

    library: Library
    renderer: Renderer
    language: Language
    terms: Terms
    as_of: date
    directories: bool = True
    previous: Library | None = None
    proof: Proof | None = None
    """When versions were complete by the commits of a repository, where those are believed."""
    difference: Difference | None = None
    """What changed since the version before; None where there is none."""
    changed: Mapping[str, DocumentChange] = field(default_factory=dict)
    """The same by the document as it is now."""
    is_first: bool = True
    """Whether its pages lie at the root of the version, those of other languages below it."""
    suppressed: tuple[Suppressed, ...] = ()
    report: ReportAddress | None = None
    """Where a reader reports that a page is wrong; None where nothing is configured."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One page of a setting. `pictures` gathers the pictures it shows: path in the project by path in the site."""

    setting: Setting
    uri: str
    pictures: dict[str, str] = field(default_factory=dict)

    @property
    def library(self) -> Library:
        """The library."""
        return self.setting.library

    @property
    def url(self) -> str:
        """The page's address, relative to the root of its version and language."""
        return url_of(self.uri, directories=self.setting.directories)

    def say(self, words: Words) -> str:
        """Return words in the page's language."""
        return words.in_language(self.setting.language)

    def page_word(self, name: str, **facts: Any) -> str:
        """Return a word of the pages themselves, with its facts filled in."""
        return self.say(PAGE_WORDS[name]).format(**facts)

    def translated(self, value: Any, written_in: Any) -> tuple[str, str | None]:
        """Return a text in the page's language, and the language tag where only another one was written."""
        language = self.setting.language
        if isinstance(value, dict):
            if language in value:
                return str(value[language]), None
            other = next(iter(value), language)
            return str(value.get(other, "")), LANGUAGE_TAGS.get(other, str(other))
        written = str(written_in or LANGUAGE_TAGS[language])
        return str(value), None if written.startswith(language) else written

    def link(self, uri: str) -> str:
        """Return the address of a source path as seen from this page."""
        path, mark, anchor = uri.partition("#")
        if path == self.uri:
            return f"#{anchor}" if mark else relative_url(self.url, self.url)
        return relative_url(url_of(uri, directories=self.setting.directories), self.url)

    def href(self, target: Target) -> str:
        """Return the address of a document or item as seen from this page."""
        return self.link(target_uri(target))

    def entry_href(self, entry: Entry) -> str | None:
        """Return the page of a row of a shared file: products and terms have one."""
        if entry.kind == "term":
            return self.link(f"{GLOSSARY_URI}#{entry.id}")
        if entry.kind == "product" and any(product is entry for product, _ in self.library.products):
            return self.link(product_uri(entry.id))
        return None

    def kind_label(self, target: Target) -> str:
        """Return what a target is, in words: the label of its type, or of the field that lists such items."""
        label = target.item.field.label if target.item else target.document.type.short
        return self.say(label)

    def preview(self, target: Target) -> str:
        """Return what a reader sees of a target before opening it: its title, what and where it is, and how it begins."""
        title = self.say(target.title)
        where = [self.kind_label(target), target.address]
        if target.item and target.item.address.startswith(target.document.id) is False:
            where.append(target.document.id)
        lines = [title, " · ".join(where)]
        if opening := self._opening(target):
            lines.append(opening)
        return "\n".join(lines)

    def _opening(self, target: Target) -> str:
        if target.item is None:
            text, _ = self.translated(target.document.values.get("summary", ""), None)
        else:
            wanted = ("obligation", "user_message", "then", "answer", "question")
            fields = [each for role in wanted for each in target.item.field.fields if each.role == role]
            fields += [
                each
                for each in target.item.field.fields
                if each.holds_text and each.name != target.item.field.titled_by
            ]
            values = [target.item.values[each.name] for each in fields if each.name in target.item.values]
            first = values[0] if values else ""
            text, _ = self.translated(first[0] if isinstance(first, list) and first else first, None)
        flat = " ".join(_MARKS.sub("", text).split())
        return flat if len(flat) <= PREVIEW_LENGTH else flat[: PREVIEW_LENGTH - 1] + "…"

    def picture(self, document: Document, path: str) -> str:
        """Return the address of a picture of a document, by its path; it is copied into the site with the page."""
        place = posixpath.normpath(posixpath.join(posixpath.dirname(document.source.file), path))
        inside = f"{PICTURES}/{place}"
        self.pictures[inside] = place
        return relative_url(quote(inside), self.url)

    def rich(self, text: str, document: Document) -> str:
        """Return Markdown as safe HTML whose links and pictures lead where they should from this page."""
        rendered = self.setting.renderer.render(text)
        if not rendered.links and not rendered.images:
            return rendered.html

        def change(attribute: str, address: str) -> str | None:
            if is_foreign(address):
                return address
            if attribute == "src":
                return self.picture(document, unquote(address))
            return self._text_link(address, document)

        return rewrite(rendered.html, change)

    def _text_link(self, address: str, document: Document) -> str | None:
        path, _, anchor = unquote(address).partition("#")
        for name in (anchor, path, f"{document.id}.{anchor}"):
            target = self.library.find(name, product=document.product) if name else None
            if target:
                return None if target.withheld else self.href(target)
        return address if not path else self.link(f"{posixpath.normpath(path)}{'#' + anchor if anchor else ''}")

    def annotated(self, html: str, *, product: str = "") -> str:
        """Return the page's HTML with its ids linked and its terms explained."""

        def explain_id(name: str) -> Explained | None:
            target = self.library.find(name, product=product)
            if target is None:
                return None
            return Explained(None, "") if target.withheld else Explained(self.href(target), self.preview(target))

        def explain_term(name: str) -> Explained:
            entry = self.library.entries["term", name]
            definition, _ = self.translated(entry.values.get("definition", ""), None)
            other = entry.values.get("en" if self.setting.language == "zh" else "zh", "")
            return Explained(self.link(f"{GLOSSARY_URI}#{name}"), f"{self.term_title(entry)}\n{other}\n{definition}")

        return Annotator(self.library.id_pattern, explain_id, self.setting.terms, explain_term).annotate(html)

    def term_title(self, entry: Entry) -> str:
        """Return the word of a term in the page's language."""
        own = entry.values.get(self.setting.language) or entry.values.get("zh") or entry.id
        return str(own)


def terms_of(library: Library, language: Language) -> Terms:
    """Return the words of the glossary in one language, with those that may be used instead."""
    words: dict[str, str] = {}
    for entry in library.shared.get("glossary", ()):
        spelt = [entry.values.get(language), *(entry.values.get("aliases") or ())]
        for word in spelt:
            if isinstance(word, str) and len(word) > 1:
                words.setdefault(word, entry.id)
    return Terms.of(words)
