"""The traceability pages: one for all products, one for each, and one for each document of a product that has many requirements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pmdocs.addresses import (
    TRACE_ROWS,
    TRACE_URI,
    document_uri,
    is_split,
    trace_part_uri,
    trace_table_path,
    trace_uri,
    traced,
)
from pmdocs.document import Document
from pmdocs.library import Entry as Row
from pmdocs.pages.entry import Entry
from pmdocs.pages.lines import Lines
from pmdocs.pages.scene import Scene, Setting
from pmdocs.trace import (
    MARK,
    Coverage,
    Line,
    Matrix,
    Share,
    State,
    Trace,
    coverage_of,
    matrix_csv,
    matrix_of,
    orphans_of,
    own_requirements,
    requirements_in,
    shares_of,
    trace_of,
)

_TILES = ("specified", "tested", "explained", "criteria", "rows")
_COLUMNS = ("founded", "specified", "tested", "explained", "criteria", "codes", "rows")


def trace_entries(setting: Setting) -> Iterator[Entry]:
    """Yield the traceability pages of a site."""
    trace = trace_of(setting.library, setting.as_of)
    products = tuple(traced(setting.library))
    yield _overview(setting, trace, products)
    matrix = matrix_of(trace) if products else Matrix((), (), ())
    for product, documents in products:
        yield _product(setting, trace, matrix, (product, documents))
        if is_split(documents):
            yield from (_part(setting, trace, matrix, (product, document)) for document in documents)


def _overview(setting: Setting, trace: Trace, products: Sequence[tuple[Row, tuple[Document, ...]]]) -> Entry:
    scene = Scene(setting, TRACE_URI)
    rows = [
        {
            "title": scene.say(product.title),
            "href": scene.link(trace_uri(product.id)),
            "tiles": _tiles(scene, trace, documents),
            "documents": _documents(scene, trace, documents),
        }
        for product, documents in products
    ]
    title = scene.page_word("trace")
    context = {"products": rows, "columns": _columns(scene)}
    return Entry(TRACE_URI, "_shared/traces.html.j2", title, context, description=scene.page_word("trace_lead"))


def _product(setting: Setting, trace: Trace, matrix: Matrix, what: tuple[Row, tuple[Document, ...]]) -> Entry:
    product, documents = what
    uri = trace_uri(product.id)
    scene = Scene(setting, uri)
    lines = matrix.of(document.id for document in documents)
    many = is_split(documents)
    views = Lines(scene)
    table = trace_table_path(product.id)
    shown = {document.id for document in setting.library.published if document.product == product.id}
    orphans = [each for each in orphans_of(trace) if each.document.id in shown]
    context = {
        **_parts(views, matrix, lines, shown),
        "tiles": _tiles(scene, trace, documents),
        "documents": _documents(scene, trace, documents, parts=many),
        "columns": _columns(scene),
        "rows": () if many else [views.row(line) for line in lines],
        "count": len(lines),
        "split": many,
        "table": scene.link(table),
        "table_name": f"{product.id}-trace-{setting.language}.csv",
        "orphans": [views.orphan(each) for each in orphans],
        "situations": _states(views, lines),
    }
    title = scene.page_word("trace_of", title=scene.say(product.title))
    files = {table: (MARK + matrix_csv(lines, setting.language)).encode()}
    lead = scene.page_word("trace_lead")
    return Entry(uri, "_shared/trace.html.j2", title, context, lead, listed=False, files=files)


def _part(setting: Setting, trace: Trace, matrix: Matrix, what: tuple[Row, Document]) -> Entry:
    product, document = what
    uri = trace_part_uri(document)
    scene = Scene(setting, uri)
    views, lines = Lines(scene), matrix.of([document.id])
    context = {
        **_parts(views, matrix, lines, {document.id}),
        "tiles": _tiles(scene, trace, [document]),
        "documents": (),
        "columns": (),
        "rows": [views.row(line) for line in lines[:TRACE_ROWS]],
        "count": len(lines),
        "split": False,
        "table": scene.link(trace_table_path(product.id)),
        "table_name": f"{product.id}-trace-{setting.language}.csv",
        "orphans": (),
        "situations": _states(views, lines),
    }
    title = scene.page_word("trace_of", title=f"{document.id} {scene.say(document.title)}")
    return Entry(uri, "_shared/trace.html.j2", title, context, listed=False)


def _parts(views: Lines, matrix: Matrix, lines: Sequence[Line], shown: set[str]) -> dict[str, Any]:
    """Return gaps and what has to be looked at again, of documents that this page is about."""
    gaps = [line for line in lines if line.gaps]
    changed = [each for each in matrix.impacts if each.requirement.document.id in shown]
    doubted = [each for each in matrix.suspects if each.ties[0].document.id in shown and not each.target.withheld]
    failing = [line for line in lines if line.failing]
    told = [*map(views.impact, changed), *map(views.suspect, doubted), *map(views.failing, failing)]
    checks = [each for each in told if any(part["references"] for part in each["behind"])]
    return {
        "gaps": [views.gap(line) for line in gaps[:TRACE_ROWS]],
        "more_gaps": max(len(gaps) - TRACE_ROWS, 0),
        "checks": checks[:TRACE_ROWS],
        "more_checks": max(len(checks) - TRACE_ROWS, 0),
    }


def _states(views: Lines, lines: Sequence[Line]) -> list[dict[str, Any]]:
    counted = ((state, sum(line.state is state for line in lines)) for state in State)
    return [{**views.state(state), "count": count} for state, count in counted if count]


def _columns(scene: Scene) -> list[str]:
    return [scene.page_word(f"trace_{name}") for name in _COLUMNS]


def _tiles(scene: Scene, trace: Trace, documents: Sequence[Document]) -> dict[str, Any]:
    coverage, more = _coverage(trace, documents)
    shares = shares_of(coverage)
    return {
        "count": coverage.requirements,
        "musts": coverage.musts,
        "must_label": _first_priority(scene, documents),
        "more": more,
        "shares": [_share(scene.page_word(f"trace_{name}"), shares[name]) for name in _TILES if shares[name].of],
    }


def _documents(
    scene: Scene, trace: Trace, documents: Sequence[Document], *, parts: bool = False
) -> list[dict[str, Any]]:
    rows = []
    for document in documents:
        coverage, more = _coverage(trace, [document])
        shares = shares_of(coverage)
        rows.append(
            {
                "id": document.id,
                "title": scene.say(document.title),
                "href": scene.link(trace_part_uri(document) if parts else document_uri(document)),
                "count": coverage.requirements,
                "more": more,
                "shares": [_share("", shares[name]) for name in _COLUMNS],
            }
        )
    return rows


def _coverage(trace: Trace, documents: Sequence[Document]) -> tuple[Coverage, int]:
    """Return the figures of documents, and how many requirements of quality they have beside.

    Error codes are those of the requirements.
    """
    wanted = {document.id for document in documents}
    everything = [each for each in trace.requirements if each.document.id in wanted]
    own = own_requirements(everything)
    codes = {(code.document.id, code.address): code for each in everything for code in trace.codes(each)}
    return coverage_of(trace, own, tuple(codes.values())), len(everything) - len(own)


def _first_priority(scene: Scene, documents: Sequence[Document]) -> str:
    """Return the label of the first priority of requirements."""
    fields = (field for document in documents for item in requirements_in(document) for field in item.field.fields)
    ranked = next((field for field in fields if field.role == "priority"), None)
    return scene.say(next(iter(ranked.choices.values())).label) if ranked and ranked.choices else ""


def _share(label: str, share: Share) -> dict[str, Any]:
    return {"label": label, "part": share.part, "of": share.of, "rate": share.percent}
