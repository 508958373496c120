"""D7-S04 for tables: every cell of a grid is filled, every case of a decision table has exactly one rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from pmdocs.checks.frame import Frame, find
from pmdocs.diagnostics import Diagnostic, Facts, Words
from pmdocs.doctype import Field, nearest, read_words
from pmdocs.doctype.vocabulary import ANY
from pmdocs.document import Document, Path, Visit
from pmdocs.rules.names import BROKEN_REFERENCE
from pmdocs.rules.values import WRONG_VALUE

MOST_CASES = 4096
"""Beyond this many combinations a decision table is not held against every case: nobody can read it either."""


def grids(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each missing cell, each unknown row or column and each missing condition of a grid."""
    for document, visit in _tables(frame):
        if visit.field.rows_from and isinstance(visit.value, dict):
            siblings = _at(document.values, visit.path[:-1])
            rows = _named(siblings.get(visit.field.rows_from))
            columns = _named(siblings.get(str(visit.field.columns_from)))
            yield from _grid(frame, document, visit, rows, columns)


def _grid(
    frame: Frame, document: Document, visit: Visit, rows: Mapping[str, Words], columns: Mapping[str, Words]
) -> Iterator[Diagnostic]:
    yield from _strangers(frame, document, visit.path, visit.value, rows, visit.field)
    choices = tuple(visit.field.choices)
    for row, row_words in rows.items():
        cells = visit.value.get(row)
        if isinstance(cells, dict):
            yield from _strangers(frame, document, (*visit.path, row), cells, columns, visit.field)
        for column, column_words in columns.items():
            place = (*visit.path, row, column) if isinstance(cells, dict) else (*visit.path, row)
            cell = cells.get(column) if isinstance(cells, dict) else None
            facts: Facts = {"row": row_words, "column": column_words, "choices": choices}
            if cell is None:
                yield from find(frame, WRONG_VALUE, "missing-cell", document, place, facts, at_key=True)
            elif isinstance(cell, str) and cell in visit.field.note_for:
                facts = {"row": row_words, "column": column_words, "value": cell}
                yield from find(frame, WRONG_VALUE, "missing-note", document, place, facts)


def _strangers(  # noqa: PLR0913  # a table's names, its place and what may stand there
    frame: Frame,
    document: Document,
    path: Path,
    value: Mapping[str, Any],
    known: Mapping[str, Words],
    field: Field,
) -> Iterator[Diagnostic]:
    for name in value:
        if name not in known:
            close = nearest(str(name), known)
            facts: Facts = {
                "field": field.label,
                "value": str(name),
                **({"nearest": close} if close else {"known": tuple(known)}),
            }
            word = "misspelt-name" if close else "unknown-name"
            yield from find(frame, BROKEN_REFERENCE, word, document, (*path, name), facts, at_key=True)


def decision_tables(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each case without a rule, each pair of rules for one case, and each unknown condition or value."""
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.role == "decision_rows" and isinstance(visit.value, list):
                yield from _decisions(frame, document, visit)


def _decisions(frame: Frame, document: Document, visit: Visit) -> Iterator[Diagnostic]:
    record = next((each for each in visit.field.fields if each.kind == "table" and each.of_column), None)
    if record is None:
        return
    parent = _at(document.values, visit.path[:-1])
    columns = [row for row in _rows(parent.get(str(record.columns_from))) if isinstance(row, dict) and "id" in row]
    options = {str(row["id"]): [_spellings(each) for each in _rows(row.get(str(record.of_column)))] for row in columns}
    conditions = {name: tuple(spellings[0] for spellings in values) for name, values in options.items()}
    title = read_words(parent.get("title"), str(parent.get("id", "")))
    cases: dict[int, dict[str, str] | None] = {}
    for index, row in enumerate(visit.value):
        case = row.get(record.name) if isinstance(row, dict) else None
        case = _as_declared(case, options) if isinstance(case, dict) else {}
        path = (*visit.path, index, record.name)
        yield from _strangers(frame, document, path, case, {name: Words(name, name) for name in conditions}, record)
        yield from _unknown_values(frame, document, path, case, conditions)
        known = all(value == ANY or value in conditions.get(name, ()) for name, value in case.items())
        cases[index] = {name: str(case.get(name, ANY)) for name in conditions} if known else None
    sound = {index: case for index, case in cases.items() if case is not None}
    yield from _overlaps(frame, document, visit, title, sound)
    if len(sound) == len(cases):
        yield from _gaps(frame, document, visit, title, (conditions, tuple(sound.values())))


def _spellings(value: object) -> tuple[str, ...]:
    """Return a value of a condition in each language it is written in; the first stands for it."""
    spoken = tuple(str(each) for each in value.values()) if isinstance(value, dict) else ()
    return spoken or (str(value),)


def _as_declared(case: Mapping[str, Any], options: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, Any]:
    """Return a case with each value as its condition declares it first, in whatever language it is written here."""
    first = {name: {each: every[0] for every in values for each in every} for name, values in options.items()}
    spoken = {name: _spellings(value) for name, value in case.items()}
    return {
        name: next((first.get(name, {})[each] for each in spoken[name] if each in first.get(name, {})), value)
        for name, value in case.items()
    }


def _unknown_values(
    frame: Frame,
    document: Document,
    path: Path,
    case: Mapping[str, Any],
    conditions: Mapping[str, tuple[str, ...]],
) -> Iterator[Diagnostic]:
    for name, value in case.items():
        if name in conditions and isinstance(value, str) and value not in (*conditions[name], ANY):
            facts: Facts = {
                "value": value,
                "what": Words(f"“{name}”的取值", f"a value of “{name}”"),
                "known": (*conditions[name], ANY),
            }
            yield from find(frame, WRONG_VALUE, "unknown-row", document, (*path, name), facts)


def _overlaps(
    frame: Frame, document: Document, visit: Visit, title: Words, cases: Mapping[int, Mapping[str, str]]
) -> Iterator[Diagnostic]:
    for (first, one), (second, other) in combinations(cases.items(), 2):
        if all(one[name] == other[name] or ANY in (one[name], other[name]) for name in one):
            both = {name: other[name] if one[name] == ANY else one[name] for name in one}
            facts: Facts = {"table": title, "first": first + 1, "second": second + 1, "case": _told(both)}
            yield from find(frame, WRONG_VALUE, "overlapping-rules", document, (*visit.path, second), facts)


def _gaps(
    frame: Frame,
    document: Document,
    visit: Visit,
    title: Words,
    table: tuple[Mapping[str, tuple[str, ...]], Sequence[Mapping[str, str]]],
) -> Iterator[Diagnostic]:
    conditions, cases = table
    size = 1
    for values in conditions.values():
        size *= len(values)
    if not conditions or size > MOST_CASES:
        return
    for values in product(*conditions.values()):
        case = dict(zip(conditions, values, strict=True))
        if not any(all(rule[name] in (ANY, case[name]) for name in case) for rule in cases):
            facts: Facts = {"table": title, "case": _told(case)}
            yield from find(frame, WRONG_VALUE, "missing-combination", document, visit.path, facts, at_key=True)


def _told(case: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in case.items())


def _tables(frame: Frame) -> Iterator[tuple[Document, Visit]]:
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.kind == "table":
                yield document, visit


def _named(rows: Any) -> dict[str, Words]:
    """Return ids and labels of a list of items."""
    named = {}
    for row in _rows(rows):
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            named[row["id"]] = read_words(row.get("label", row.get("name", row.get("title"))), row["id"])
    return named


def _rows(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _at(values: Any, path: Path) -> Mapping[str, Any]:
    for part in path:
        values = values[part]
    return values if isinstance(values, dict) else {}
