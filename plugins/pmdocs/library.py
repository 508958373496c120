"""All documents together: found by id, with their links resolved and turned round, and the shared files beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pmdocs.diagnostics import Words
from pmdocs.doctype import DocumentType, Field, Standards, read_words
from pmdocs.doctype.vocabulary import GLOBAL_ID, VERSION_PATTERN
from pmdocs.document import Document, Item, Link
from pmdocs.feedback import Answer, Verdict, verdicts_in
from pmdocs.lexicon import NO_WORDS, Lexicon

_VERSION = re.compile(VERSION_PATTERN)
_LOCAL = r"(?:\.[A-Za-z][A-Za-z0-9_]*-[A-Za-z0-9_-]*[A-Za-z0-9])*"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a shared file: a person, a product, a release or a term."""

    kind: str
    id: str
    title: Words
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference leads to: a document, or an item in one; `withheld` where this site's readers may not see it."""

    document: Document
    item: Item | None
    withheld: bool = False

    @property
    def address(self) -> str:
        """The id that names it."""
        return self.item.address if self.item else self.document.id

    @property
    def title(self) -> Words:
        """Its title."""
        return self.item.title if self.item else self.document.title

    @property
    def kind(self) -> str:
        """The item kind, or the type of the document."""
        return self.item.kind if self.item else self.document.type.name


@dataclass(frozen=True, slots=True)
class Backlink:
    """A typed reference seen from its target: who refers to it, and through which field."""

    source: Target
    field: Field


@dataclass(frozen=True, eq=False)
class Library:
    """Every document of a project, as read on one day. `audience` are the confidentialities this site may show."""

    documents: tuple[Document, ...]
    types: Mapping[str, DocumentType]
    shared: Mapping[str, tuple[Entry, ...]]
    standards: Standards
    audience: frozenset[str] | None = None
    samples: frozenset[str] = frozenset()
    """The shared files whose people, names and numbers are made up."""
    unread: frozenset[str] = frozenset()
    """Words of files that could not be read: what they may name is not missing, only not known yet."""
    answers: tuple[Answer, ...] = ()
    """The rows of the feedback files, as read."""
    lexicon: Lexicon = NO_WORDS
    """The word lists of the language rules."""

    version: str = ""
    """The name of the version it is of, where that is known."""

    def shows(self, document: Document) -> bool:
        """Whether this site's readers may see `document`."""
        return self.audience is None or document.confidentiality in self.audience

    @cached_property
    def published(self) -> tuple[Document, ...]:
        """The documents this site shows, by id."""
        return tuple(document for document in self.documents if self.shows(document))

    @cached_property
    def document_types(self) -> tuple[DocumentType, ...]:
        """The types of which this site shows documents, in the order in which types are listed."""
        used = {document.type.name for document in self.published}
        return tuple(kind for kind in self.types.values() if kind.name in used)

    @cached_property
    def entries(self) -> Mapping[tuple[str, str], Entry]:
        """Rows of the shared files by kind and id."""
        return {(entry.kind, entry.id): entry for entries in self.shared.values() for entry in entries}

    def entry(self, kind: str, name: str) -> Entry | None:
        """Return the person, product, release or term `name`."""
        return self.entries.get((kind, name))

    @cached_property
    def item_kinds(self) -> Mapping[str, Field]:
        """Every item kind with the first field that declares it."""
        kinds: dict[str, Field] = {}
        for kind in self.types.values():
            for field in _fields_within(kind.fields):
                if field.item and kind.shared is None:
                    kinds.setdefault(field.item, field)
        return kinds

    @cached_property
    def _targets(self) -> Mapping[str, tuple[Target, ...]]:
        found: dict[str, list[Target]] = {}
        for document in self.documents:
            withheld = not self.shows(document)
            found.setdefault(document.id, []).append(Target(document, None, withheld))
            for item in document.items:
                found.setdefault(item.address, []).append(Target(document, item, withheld))
        return {address: tuple(targets) for address, targets in found.items()}

    def targets(self, address: str) -> tuple[Target, ...]:
        """Return everything that has this address: one thing, unless ids are duplicate or an error code is in two products."""
        return self._targets.get(address, ())

    def find(self, address: str, *, product: str = "") -> Target | None:
        """Return what `address` names; an error code is looked up in `product` first."""
        targets = self.targets(address)
        same = [target for target in targets if target.document.product == product]
        return next(iter(same or targets), None)

    def resolve(self, link: Link, document: Document) -> Target | None:
        """Return the document or item that a typed reference names, or None; local ids are looked up from inside out."""
        wanted = {name for name in link.field.to if name in self.item_kinds}
        owner = link.source
        while owner:
            for address in (
                f"{owner}.{link.target}",
                *(f"{owner}.{kind}-{link.target}" for kind in sorted(wanted)),
            ):
                for target in self.targets(address):
                    if target.item and target.document is document and (not wanted or target.kind in wanted):
                        return target
            owner = owner.rpartition(".")[0] or (document.id if owner != document.id else "")
        found = self.find(link.target, product=document.product)
        return found or self._named_elsewhere(link.target, wanted, document.product)

    def _named_elsewhere(self, name: str, kinds: set[str], product: str) -> Target | None:
        """Find an item with a plain name (an event, say) in another document of the product, where only one has it."""
        found = [target for kind in sorted(kinds) for target in self._by_name.get((product, kind, name), ())]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str, str], tuple[Target, ...]]:
        found: dict[tuple[str, str, str], list[Target]] = {}
        for targets in self._targets.values():
            for target in targets:
                if target.item and target.item.field.id and target.item.field.id.style == "pattern":
                    key = (target.document.product, target.item.kind, target.item.local)
                    found.setdefault(key, []).append(target)
        return {key: tuple(each) for key, each in found.items()}

    @cached_property
    def retired(self) -> Mapping[str, str]:
        """Every retired id with the document that says so; text may still name it, as a change history does."""
        lists = ((document.id, document.values.get("retired_ids")) for document in self.documents)
        return {str(name): document for document, names in lists if isinstance(names, list) for name in names}

    def is_missing(self, name: str, *, product: str = "") -> bool:
        """Whether an id in running text names nothing: neither what there is or was, nor what may be in an unread file."""
        return self.find(name, product=product) is None and name not in self.retired and not self.may_be_unread(name)

    def may_be_unread(self, name: str) -> bool:
        """Whether a file that could not be read mentions `name`, so that nothing can be said about it."""
        return bool(self.unread) and (name in self.unread or name.partition(".")[0] in self.unread)

    def accepts(self, field: Field, target: Target) -> bool:
        """Whether a reference field may lead to `target`."""
        if target.item:
            return target.item.kind in field.to or "item" in field.to
        return target.document.type.name in field.to or "document" in field.to

    def names_open_value(self, field: Field, value: str) -> bool:
        """Whether `value` needs no target: a URL or a version where the field takes one, or a row of a shared file."""
        if "url" in field.to and value.startswith(("https://", "http://")):
            return True
        if "version" in field.to and _VERSION.match(value):
            return True
        if "role" in field.to and value in self.standards.choices.get("review_role", {}):
            return True
        return any(self.entry(kind, value) for kind in field.to)

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[Backlink, ...]]:
        """By address: the typed references from documents this site shows, where the field has words for the way back."""
        found: dict[str, list[Backlink]] = {}
        for document in self.published:
            for link in document.links:
                if link.field.inverse is None:
                    continue
                target = self.resolve(link, document)
                source = self.find(link.source, product=document.product)
                if target and source:
                    found.setdefault(target.address, []).append(Backlink(source, link.field))
        return {address: tuple(links) for address, links in found.items()}

    def document(self, name: str) -> Document | None:
        """Return the document with this id."""
        return next((target.document for target in self.targets(name) if target.item is None), None)

    @cached_property
    def feedback(self) -> tuple[Verdict, ...]:
        """What readers said of the documents, by the day it came in."""
        return verdicts_in(self.answers)

    @cached_property
    def feedback_about(self) -> Mapping[str, tuple[Verdict, ...]]:
        """The same by the document that is meant; documents of which nobody said anything are left out."""
        found: dict[str, list[Verdict]] = {}
        for verdict in self.feedback:
            found.setdefault(verdict.doc_id, []).append(verdict)
        return {name: tuple(verdicts) for name, verdicts in found.items()}

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The prefixes that make a word an id: those of the types and of items with global ids."""
        own = {kind.prefix for kind in self.types.values() if kind.prefix}
        items = {
            field.id.text
            for kind in self.types.values()
            for field in _fields_within(kind.fields)
            if field.id and field.id.style == "prefix"
        }
        return tuple(sorted(own | items))

    @cached_property
    def id_pattern(self) -> re.Pattern[str]:
        """Matches every id in running text: words with a declared prefix, and the error codes there are."""
        codes = sorted(
            {item.address for document in self.documents for item in document.items if _has_code(item)},
            reverse=True,
        )
        declared = [GLOBAL_ID.format(prefix=prefix) for prefix in self.prefixes]
        words = "|".join([*declared, *map(re.escape, codes)]) or r"(?!)"
        return re.compile(rf"(?<![A-Za-z0-9_.-])(?:{words}){_LOCAL}(?![A-Za-z0-9_]|-[A-Za-z0-9])")

    def titles_by_prefix(self, name: str) -> dict[str, Words]:
        """Return the ids that begin as `name` does, up to its first hyphen, with their titles."""
        head = name.partition("-")[0] + "-"
        return {
            address: targets[0].title
            for address, targets in self._targets.items()
            if address.startswith(head) and targets
        }

    def of_type(self, kind: DocumentType) -> tuple[Document, ...]:
        """Return the documents of a type that this site shows."""
        return tuple(document for document in self.published if document.type is kind)

    @cached_property
    def products(self) -> tuple[tuple[Entry, tuple[Document, ...]], ...]:
        """Each product that this site shows documents of, with those documents."""
        found: dict[str, list[Document]] = {}
        for document in self.published:
            found.setdefault(document.product, []).append(document)
        return tuple(
            (product, tuple(found[product.id])) for product in self.shared.get("products", ()) if product.id in found
        )


def entries_of(kind: DocumentType, values: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return the rows of a shared file; a row without an id is left out, its finding says why."""
    entries = []
    for field in kind.fields:
        if field.kind == "items" and field.id and field.item:
            rows = values.get(field.name)
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and isinstance(name := row.get(field.id.field), str):
                    title = read_words(row.get(field.titled_by or "title"), name)
                    entries.append(Entry(field.item, name, title, row))
    return tuple(entries)


def _has_code(item: Item) -> bool:
    return item.field.id is not None and item.field.id.style == "code"


def _fields_within(fields: Sequence[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _fields_within(field.fields)
