"""What a site has to find: its pages as records, the facets of its documents, and the words of its glossary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmdocs.addresses import GLOSSARY_URI, rule_uri
from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import read_words
from pmdocs.document import Document
from pmdocs.library import Library
from pmdocs.pages import Page as PrintedPage
from pmdocs.rules import RULES
from pmdocs.search.index import Facet, Synonyms, build_index
from pmdocs.search.kept import terms_of_pages
from pmdocs.search.record import Name, Record, plain, sections_of

FOLDER = "search"
"""The folder of the search of a language, below its root: the engine and its index."""
BOX = ("box.js", "box.css")
"""What of the browser's half belongs to the pages and not to the engine."""
LABELS = {
    "type": Words("类型", "Type"),
    "status": Words("状态", "Status"),
    "product": Words("产品", "Product"),
    "audience": Words("读者", "Audience"),
}
OTHER = "page"
OTHER_LABEL = Words("其他页面", "Other pages")
READERS = "audience"
"""The role of the items that say whom a document is written for."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Makes the pages of one language findable: `engine` is the folder of the browser's half, `kept` one for the next build."""

    library: Library
    language: Language
    engine: Path
    kept: Path

    def record(self, url: str, page: PrintedPage | None, uri: str, title: str, html: str) -> Record:
        """Return a page as search sees it, from its address, the printed page if it is one, its source, title and HTML."""
        document = page.document if page else None
        name = page.title if page else plain(title)
        names = names_on(uri, document, self.library)
        return Record(url, name, sections_of(html, name), facets_of(document, self.language), names)

    def files(self, records: Iterable[Record]) -> dict[str, bytes]:
        """Return the files of the search, by path relative to the root of the language: the engine and its index."""
        ordered = sorted(records, key=lambda record: record.url)
        terms = terms_of_pages(ordered, self.kept / f"terms-{self.language}")
        known, words = facets(self.library, self.language), synonyms(self.library, self.language)
        engine = {path.name: path.read_bytes() for path in sorted(self.engine.glob("*.js")) if path.name not in BOX}
        return {f"{FOLDER}/{name}": data for name, data in (engine | build_index(ordered, terms, known, words)).items()}

    def write(self, records: Iterable[Record], folder: Path) -> None:
        """Write the files of the search into the folder of the language."""
        for name, data in self.files(records).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def facets(library: Library, language: Language) -> tuple[Facet, ...]:
    """Return what results can be narrowed by: the types, products and readers of its documents, any status."""
    documents = library.published
    values: dict[str, dict[str, str]] = {
        "type": {kind.name: kind.short.in_language(language) for kind in library.document_types}
        | {OTHER: OTHER_LABEL.in_language(language)},
        "status": {
            name: entry.label.in_language(language) for name, entry in library.standards.lifecycle.items() if documents
        },
        "product": {product.id: product.title.in_language(language) for product, _ in library.products},
        "audience": {name: name for document in documents for name in readers(document, language)},
    }
    return tuple(
        Facet(name, label.in_language(language), values[name]) for name, label in LABELS.items() if values[name]
    )


def readers(document: Document, language: Language) -> tuple[str, ...]:
    """Return whom a document says it is written for."""
    return tuple(item.title.in_language(language) for item in document.items if item.field.role == READERS)


def facets_of(document: Document | None, language: Language) -> dict[str, tuple[str, ...]]:
    """Return the values of a document's facets; any other page has a type only."""
    if document is None:
        return {"type": (OTHER,)}
    return {
        "type": (document.type.name,),
        "status": (document.status,),
        "product": (document.product,),
        "audience": readers(document, language),
    }


def names_on(uri: str, document: Document | None, library: Library) -> Mapping[str, Name]:
    """Return the ids that lead into a page, by anchor: of its document and the items in it, of terms, or of a rule.

    Items to which much refers come first: the ending of an id, which several share, leads to the first one.
    """
    if document:
        items = [
            (item.anchor, Name(item.address, item.kind, _referred(item.address, library))) for item in document.items
        ]
        own = Name(document.id, document.type.name, _referred(document.id, library))
        return {"": own} | dict(sorted(items, key=lambda each: -each[1].referred))
    if uri == GLOSSARY_URI:
        return {entry.id: Name(entry.id, entry.kind) for entry in library.shared.get("glossary", ())}
    return _RULES.get(uri, {})


def _referred(address: str, library: Library) -> int:
    """Return how often documents of this site refer to an id."""
    return sum(not link.source.withheld for link in library.backlinks.get(address, ()))


_RULES = {rule_uri(rule.code): {"": Name(rule.code, "rule")} for rule in RULES}


def synonyms(library: Library, language: Language) -> Sequence[Synonyms]:
    """Return the terms of the glossary, the form in this language first."""
    found = []
    for entry in library.shared.get("glossary", ()):
        aliases, avoided = (
            tuple(map(_word, entry.values.get(name) or ())) for name in ("aliases", "forbidden_aliases")
        )
        spoken = [str(entry.values[each]) for each in ("zh", "en") if entry.values.get(each)]
        ordered = spoken if language == "zh" else spoken[::-1]
        pinyin = str(entry.values.get("pinyin") or "")
        found.append(Synonyms((*ordered, *aliases), avoided, pinyin, str(entry.values.get("zh") or "")))
    return found


def _word(value: object) -> str:
    return read_words(value).zh if isinstance(value, dict) else str(value)
