"""The pages of a library in one language: documents, indexes, the glossary and the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pmdocs.addresses import (
    DOCUMENTS_URI,
    GLOSSARY_URI,
    HOME_URI,
    document_uri,
    product_uri,
    trace_uri,
    type_uri,
)
from pmdocs.diagnostics import Words
from pmdocs.doctype import read_words
from pmdocs.document import Document
from pmdocs.library import Entry
from pmdocs.markup import Heading, anchors, headings
from pmdocs.pages.answers import feedback_of, report_html
from pmdocs.pages.changes import changes_entries
from pmdocs.pages.cores import spread
from pmdocs.pages.entry import Entries
from pmdocs.pages.environment import fill
from pmdocs.pages.lines import Lines
from pmdocs.pages.quality import quality_entries
from pmdocs.pages.reference import reference_entries
from pmdocs.pages.scene import Scene, Setting
from pmdocs.pages.signoffs import review_entries, sign_off_views
from pmdocs.pages.suppressions import suppression_entries
from pmdocs.pages.traces import trace_entries
from pmdocs.pages.values import FieldView, Row, Text
from pmdocs.pages.view import Viewer
from pmdocs.trace import states_requirements, trace_of

ENVELOPE_TEMPLATE = "_document/page.html.j2"
STANDING: tuple[Entries, ...] = (
    reference_entries,
    trace_entries,
    review_entries,
    suppression_entries,
    quality_entries,
    changes_entries,
)
"""What makes the pages beside documents, indexes and the glossary."""


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page: where it lies, its title, its HTML and headings, the file that is edited for it, its pictures."""

    uri: str
    title: str
    html: str
    headings: tuple[Heading, ...]
    source: str | None
    pictures: Mapping[str, str]
    description: str = ""
    hide: tuple[str, ...] = ()
    document: Document | None = None
    listed: bool = True
    """Whether it may stand in a navigation that nobody wrote: documents and single rules do not."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Data beside it, by path in the site."""

    @property
    def anchors(self) -> set[str]:
        """Every fragment that leads into it."""
        return anchors(self.html)


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of a page: its anchor, its heading and the fields that hold something."""

    id: str
    label: str
    fields: tuple[FieldView, ...]
    titled: bool = False
    """Whether its fields need headings of their own: a section made for one field does not repeat itself."""


@dataclass(frozen=True, slots=True)
class Press:
    """Prints pages: the templates and what all pages of one language share."""

    jinja: ImmutableSandboxedEnvironment
    setting: Setting
    needs_home: bool = False
    """Whether nobody wrote a home page: the list of all documents then stands at the root, too."""

    def pages(self) -> Iterator[Page]:
        """Yield every generated page of the site, documents first."""
        library = self.setting.library
        _ = library.backlinks, library.id_pattern, library.products  # worked out once, before the work is spread
        printed = spread(self._printed, len(library.published))
        for page, document in zip(printed, library.published, strict=True):
            yield replace(page, document=document)
        yield self._index(DOCUMENTS_URI, library.published)
        if self.needs_home:
            yield self._index(HOME_URI, library.published)
        for kind in library.document_types:
            yield self._index(type_uri(kind), library.of_type(kind), label=kind.label, lead=kind.help)
        for product, documents in library.products:
            yield self._product(product, documents)
        yield self._glossary()
        yield from self._standing()

    def _printed(self, index: int) -> Page:
        """Return the page of a document without the document, which the process that asked has."""
        return replace(self.document(self.setting.library.published[index]), document=None)

    def document(self, document: Document) -> Page:
        """Return the page of a document."""
        scene = Scene(self.setting, document_uri(document))
        viewer = Viewer(scene, document)
        kind = document.type
        row = viewer.row(kind.fields, document.values, (), document.id)
        context = self._context(scene) | {
            "document": document,
            "type": {
                "label": scene.say(kind.label),
                "short": scene.say(kind.short),
                "href": scene.link(type_uri(kind)),
            },
            "row": row,
            "title": viewer.text(document.values.get("title", document.id)),
            "sections": sections_of(document, row, scene),
            "backlinks": viewer.backlinks(document.id),
            "news": viewer.news(document.id),
            "status": self.setting.library.standards.lifecycle.get(document.status),
            "release": self._release,
            "chain": partial(self._chain, Lines(scene), document),
            "feedback": feedback_of(scene, document),
            "report": Markup(report_html(scene, str(viewer.text(document.values.get("title", document.id))), document)),  # noqa: S704  # escaped there
            **sign_off_views(viewer, row),
        }
        templates = [f"{name}/page.html.j2" for name in kind.lineage]
        html = scene.annotated(fill(self.jinja, templates, context), product=document.product)
        summary = viewer.text(document.values.get("summary", ""))
        return Page(
            uri=scene.uri,
            title=str(context["title"]),
            html=html,
            headings=tuple(headings(html)),
            source=document.source.file,
            pictures=dict(scene.pictures),
            description=" ".join(str(summary).split()),
            document=document,
        )

    def _chain(self, views: Lines, document: Document, address: str) -> list[dict[str, Any]]:
        """Return what is before and after a requirement of a document; nothing for what is none, or holds no more."""
        trace = trace_of(self.setting.library, self.setting.as_of)
        target = trace.requirement(document, address)
        return views.strip(trace, target) if target else []

    def _release(self, name: str) -> Entry | None:
        return self.setting.library.entry("release", name)

    def _context(self, scene: Scene) -> dict[str, Any]:
        return {
            "scene": scene,
            "library": self.setting.library,
            "language": self.setting.language,
            "word": scene.page_word,
            "say": scene.say,
            "as_of": self.setting.as_of.isoformat(),
        }

    def _print(self, uri: str, template: str, title: str, **context: Any) -> Page:
        scene = Scene(self.setting, uri)
        html = fill(self.jinja, [template], self._context(scene) | {"title": title} | context)
        html = scene.annotated(html) if template != "_shared/glossary.html.j2" else html
        html += report_html(scene, title)
        return Page(uri, title, html, tuple(headings(html)), None, dict(scene.pictures), hide=("navigation", "toc"))

    def _index(
        self, uri: str, documents: Sequence[Document], *, label: Words | None = None, lead: Words | None = None
    ) -> Page:
        scene = Scene(self.setting, uri)
        title = scene.say(label) if label else scene.page_word("all_documents")
        rows = [self._listed(scene, document) for document in documents]
        text = scene.say(lead) if lead else scene.page_word("documents_lead", count=len(rows))
        return self._print(uri, "_shared/documents.html.j2", title, rows=rows, lead=text, matrix="")

    def _product(self, product: Entry, documents: Sequence[Document]) -> Page:
        uri = product_uri(product.id)
        scene = Scene(self.setting, uri)
        rows = [self._listed(scene, document) for document in documents]
        lead = scene.say(read_words(product.values.get("summary")))
        matrix = scene.link(trace_uri(product.id)) if any(map(states_requirements, documents)) else ""
        title = scene.say(product.title)
        return self._print(uri, "_shared/documents.html.j2", title, rows=rows, lead=lead, matrix=matrix)

    def _listed(self, scene: Scene, document: Document) -> dict[str, Any]:
        viewer = Viewer(scene, document)
        status = self.setting.library.standards.lifecycle.get(document.status)
        row = viewer.row(
            document.type.fields,
            {key: document.values[key] for key in LISTED if key in document.values},
            (),
            document.id,
        )
        return {
            "id": document.id,
            "href": scene.link(document_uri(document)),
            "type": scene.say(document.type.short),
            "title": viewer.text(document.values.get("title", document.id)),
            "status": status,
            "row": row,
            "sample": document.is_sample,
        }

    def _glossary(self) -> Page:
        scene = Scene(self.setting, GLOSSARY_URI)
        entries = sorted(self.setting.library.shared.get("glossary", ()), key=lambda entry: _sort_word(entry, scene))
        rows = [self._term(scene, entry) for entry in entries]
        return self._print(
            GLOSSARY_URI,
            "_shared/glossary.html.j2",
            scene.page_word("glossary"),
            rows=rows,
            sample="glossary" in self.setting.library.samples,
        )

    def _term(self, scene: Scene, entry: Entry) -> dict[str, Any]:
        definition, lang = scene.translated(entry.values.get("definition", ""), None)
        return {
            "id": entry.id,
            "title": scene.term_title(entry),
            "other": entry.values.get("en" if self.setting.language == "zh" else "zh", ""),
            "definition": Text(definition, lang),
            "aliases": entry.values.get("aliases") or (),
            "forbidden": entry.values.get("forbidden_aliases") or (),
        }

    def _standing(self) -> Iterator[Page]:
        """Yield the pages of STANDING; those of single rules and the like stand in no navigation that nobody wrote."""
        for entry in (entry for entries in STANDING for entry in entries(self.setting)):
            page = self._print(entry.uri, entry.template, entry.title, **entry.context)
            known = replace(page, description=entry.description, listed=entry.listed, hide=entry.hide)
            yield replace(known, files=entry.files)


LISTED = ("owner", "version", "due_date", "published_date", "product", "confidentiality")
"""What index pages show of a document beside its id, type, title and status."""


def sections_of(document: Document, row: Row, scene: Scene) -> tuple[SectionView, ...]:
    """Return the sections of a document that hold something; a field that no section names has one of its own.

    What the head of the page shows (fields of the envelope that no section names) is left out.
    """
    kind = document.type
    named = {name for section in kind.sections for name in section.fields}
    views = {
        section.id: tuple(view for name in section.fields if (view := row.field(name))) for section in kind.sections
    }
    ordered = [
        SectionView(section.id, scene.say(section.label), views[section.id], titled=len(section.fields) > 1)
        for section in kind.sections
    ]
    extra = [
        SectionView(view.name.replace("_", "-"), view.label, (view,))
        for view in row
        if view.name not in named and view.name not in HEAD
    ]
    own = [section for section in ordered if section.id not in ENVELOPE_SECTIONS]
    return tuple(
        section for section in [*own, *extra, *(each for each in ordered if each not in own)] if section.fields
    )


HEAD = frozenset(
    {
        "doc_type", "sample", "id", "title", "product", "product_version", "version", "status", "lang", "translation_of",
        "owner", "authors", "summary", "tags", "confidentiality", "created_date", "due_date", "original_due_date",
        "due_date_changes", "published_date", "review_by", "reviewers", "status_history", "retired_ids", "lint_ignore",
    }
)  # fmt: skip
"""Fields of the envelope that the head of a page shows."""
ENVELOPE_SECTIONS = frozenset({"about", "history"})


def _sort_word(entry: Entry, scene: Scene) -> tuple[str, str]:
    return str(entry.values.get("pinyin") or scene.term_title(entry)).casefold(), entry.id
