"""Where each page of the site lies: addresses come from ids and type names, never from file names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit, urlunsplit

from pmdocs.doctype import DocumentType
from pmdocs.document import Document
from pmdocs.kpi import Period
from pmdocs.library import Entry, Library, Target
from pmdocs.rules import RULES
from pmdocs.trace import requirements_in, states_requirements

HOME_URI = "index.md"
DOCUMENTS_URI = "documents/index.md"
GLOSSARY_URI = "glossary/index.md"
RULES_URI = "reference/rules/index.md"
QUALITY_URI = "quality/index.md"
CHANGES_URI = "changes/index.md"
COMPARE_URI = "compare/index.md"
REVIEW_URI = "review/index.md"
SUPPRESSIONS_URI = "reference/suppressions.md"
FIELDS_URI = "reference/fields/index.md"
TRACE_URI = "trace/index.md"
TRACE_ROWS = 200
"""How many requirements a page of traceability lists; of a product with more, each document has a page of its own."""


def document_uri(document: Document) -> str:
    """Return the source path of a document's page, such as `prd/PRD-CHK-001.md`."""
    return f"{document.type.name}/{document.id}.md"


def type_uri(kind: DocumentType) -> str:
    """Return the source path of the index page of a type."""
    return f"{kind.name}/index.md"


def product_uri(product: str) -> str:
    """Return the source path of the index page of a product."""
    return f"products/{product}.md"


def rule_uri(code: str) -> str:
    """Return the source path of the page of a rule."""
    return f"reference/rules/{code}.md"


def fields_uri(kind: DocumentType) -> str:
    """Return the source path of the page that explains the fields of a type, such as `reference/fields/people.md`."""
    return f"reference/fields/{kind.shared or kind.name}.md"


def quality_uri(period: Period) -> str:
    """Return the source path of the page of a period's figures, such as `quality/2026-Q2.md`."""
    return f"quality/{period.name}.md"


def trace_uri(product: str) -> str:
    """Return the source path of the traceability page of a product."""
    return f"trace/{product}.md"


def trace_part_uri(document: Document) -> str:
    """Return the source path of the part of a product's traceability that is about one document."""
    return f"trace/{document.product}/{document.id}.md"


def trace_table_path(product: str) -> str:
    """Return where the table of a product's requirements lies in the site, to download."""
    return f"trace/{product}.csv"


def traced(library: Library) -> Iterator[tuple[Entry, tuple[Document, ...]]]:
    """Yield each product with the documents that state requirements, where this site shows any."""
    for product, documents in library.products:
        stating = tuple(document for document in documents if states_requirements(document))
        if stating:
            yield product, stating


def is_split(documents: Iterable[Document]) -> bool:
    """Whether the requirements of these documents are too many for one page."""
    return sum(len(requirements_in(document)) for document in documents) > TRACE_ROWS


def target_uri(target: Target) -> str:
    """Return the source path of a document or item, with its anchor."""
    uri = document_uri(target.document)
    return f"{uri}#{target.item.anchor}" if target.item else uri


def url_of(uri: str, *, directories: bool = True) -> str:
    """Return the address that MkDocs gives to a source path, relative to the root of the version and language."""
    path, mark, anchor = uri.partition("#")
    if path.endswith(".md"):
        stem = path.removesuffix(".md")
        folder, _, name = stem.rpartition("/")
        if name in ("index", "README"):
            path = f"{folder}/" if folder else ""
            path = path if directories else f"{path}index.html"
        else:
            path = f"{stem}/" if directories else f"{stem}.html"
    return f"{path}{mark}{anchor}"


def relative_url(url: str, page_url: str) -> str:
    """Return `url` as seen from the page at `page_url`, both relative to the same root."""
    depth = page_url.count("/")
    if not depth:
        return url or "./"
    return "../" * depth + url


def index_uris(library: Library) -> Iterator[str]:
    """Yield the source paths of the generated pages that are no document's."""
    yield DOCUMENTS_URI
    yield GLOSSARY_URI
    yield QUALITY_URI
    yield REVIEW_URI
    yield RULES_URI
    yield from (rule_uri(rule.code) for rule in RULES)
    yield SUPPRESSIONS_URI
    yield FIELDS_URI
    yield CHANGES_URI
    yield COMPARE_URI
    yield from (fields_uri(kind) for kind in library.types.values())
    yield from (type_uri(kind) for kind in library.document_types)
    yield from (product_uri(product.id) for product, _ in library.products)
    yield TRACE_URI
    for product, documents in traced(library):
        yield trace_uri(product.id)
        yield from map(trace_part_uri, documents if is_split(documents) else ())


def plain_address(url: str | None) -> str | None:
    """Return a web address with the steps back in its path taken: `…/docs/../data/x` is `…/data/x`."""
    if url is None or "/../" not in url:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=posixpath.normpath(parts.path)))
