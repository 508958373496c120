"""CSV text to rows of cells that know their places, and a CSV file to the same values and places as YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pmdocs.diagnostics import Diagnostic, Span
from pmdocs.source.decode import clean, decode
from pmdocs.source.found import START, find
from pmdocs.source.place import Place, Source
from pmdocs.source.read import bytes_of

SEPARATORS = ",;\t"
FORMULA = "=+-@\t"
"""What a spreadsheet takes for the beginning of a formula."""
_GUARDED = re.compile(rf"'+[{re.escape(FORMULA)}]")
_DECLARED = re.compile(r"sep=([,;\t])\n")
_ENDS = {each: re.compile(rf"[{each}\n]") for each in SEPARATORS}

Value = str | int | float | bool
Convert = Callable[[str, str], Value]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is meant: without its quotation marks, and without the mark that keeps a formula from being one."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a CSV text that hold anything, its header first, and what is wrong with single cells."""

    rows: tuple[tuple[Cell, ...], ...]
    findings: tuple[Diagnostic, ...] = ()


def read_cells(text: str, file: str) -> Sheet:
    """Return the cells of a CSV text; what parts them (`,`, `;` or tab) is seen from its first line."""
    text, found = clean(text, file)
    start = declared.end() if (declared := _DECLARED.match(text)) else 0
    separator = declared[1] if declared else _separator(text.partition("\n")[0])
    reader = _Reader(text, file, separator, start)
    rows = tuple(row for row in reader.rows() if any(cell.text for cell in row))
    return Sheet(rows, (*found, *reader.found))


def guarded(text: str) -> str:
    """Return a text as a spreadsheet must find it in a cell: what begins like a formula behind an apostrophe."""
    return f"'{text}" if text[:1] in tuple(FORMULA) or _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """Return what a cell says without that apostrophe."""
    return text[1:] if _GUARDED.match(text) else text


def _separator(line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", line)
    return max(SEPARATORS, key=outside.count)


class _Reader:
    """Reads a CSV text from one cell to the next; a quotation mark that nothing closes is a character like others."""

    def __init__(self, text: str, file: str, separator: str, start: int) -> None:
        self.text, self.file, self.separator, self.position = text, file, separator, start
        self.line, self.line_start = 1 + text.count("\n", 0, start), start
        self.found: list[Diagnostic] = []

    def rows(self) -> list[tuple[Cell, ...]]:
        """Return all rows, blank ones among them."""
        found: list[tuple[Cell, ...]] = []
        while self.position < len(self.text):
            found.append(tuple(self._row()))
        return found

    def _row(self) -> list[Cell]:
        cells = [self._cell()]
        while self.text[self.position : self.position + 1] == self.separator:
            self.position += 1
            cells.append(self._cell())
        self.position += 1
        self.line, self.line_start = self.line + 1, self.position
        return cells

    def _cell(self) -> Cell:
        begun = self._here(self.position)
        if self.text[self.position : self.position + 1] == '"':
            closed = self._closing(self.position + 1)
            if closed is not None:
                return self._quoted(begun, closed)
            self._wrong(begun)
        text = self._plain()
        return Cell(unguarded(text.strip(" ")), self._span(begun))

    def _quoted(self, begun: tuple[int, int], closed: int) -> Cell:
        inside = self.text[self.position + 1 : closed].replace('""', '"')
        if breaks := self.text.count("\n", self.position, closed):
            self.line += breaks
            self.line_start = self.text.rfind("\n", 0, closed) + 1
        self.position = closed + 1
        rest = self._plain()
        if rest.strip(" "):
            self._wrong(begun)
        return Cell(unguarded(inside) + rest.rstrip(" "), self._span(begun))

    def _plain(self) -> str:
        """Return what stands before the next separator or the end of the line, and go there."""
        begun = self.position
        match = _ENDS[self.separator].search(self.text, begun)
        self.position = match.start() if match else len(self.text)
        return self.text[begun : self.position]

    def _closing(self, position: int) -> int | None:
        while (position := self.text.find('"', position)) >= 0:
            if self.text[position + 1 : position + 2] != '"':
                return position
            position += 2
        return None

    def _here(self, position: int) -> tuple[int, int]:
        return self.line, position - self.line_start + 1

    def _span(self, begun: tuple[int, int]) -> Span:
        return Span(*begun, *self._here(self.position))

    def _wrong(self, begun: tuple[int, int]) -> None:
        line, column = begun
        self.found.append(find(self.file, "sheet-quote", Span(line, column, line, column + 1)))


def read_sheet(path: Path, *, root: Path, rows: str, columns: Collection[str], convert: Convert) -> Source:
    """Read the CSV file at `path` as if it were YAML with one list, `rows`, whose keys its header names.

    `convert` makes the value of a cell from its column and its text; empty cells are left out. What stands in none of the
    known `columns` is kept in the first row alone, so that a column without a meaning is told once.
    """
    file, data = bytes_of(path, root)
    if not isinstance(data, bytes):
        return Source(file, "", None, None, (data,))
    decoded = decode(data, file)
    if decoded.findings:
        return Source(file, decoded.text, None, None, decoded.findings)
    sheet = read_cells(decoded.text, file)
    if not sheet.rows:
        return Source(file, decoded.text, None, None, (*sheet.findings, find(file, "empty-file", START)))
    header, *body = sheet.rows
    found = [*sheet.findings, *_columns_twice(header, file), *_cells_too_many(header, body, file)]
    pairs = [_pairs(header, row, columns if index else None) for index, row in enumerate(body)]
    values = [{name.text: convert(name.text, cell.text) for name, cell in each} for each in pairs]
    places = [_places(row, each) for row, each in zip(body, pairs, strict=True)]
    whole = Span(1, 1, body[-1][-1].span.end_line, body[-1][-1].span.end_column) if body else START
    place = Place(whole, children={rows: Place(whole, children=places)})
    return Source(file, decoded.text, {rows: values}, place, tuple(found))


def _places(row: Sequence[Cell], pairs: Sequence[tuple[Cell, Cell]]) -> Place:
    children = {name.text: Place(cell.span, key=name.span, raw=cell.text) for name, cell in pairs}
    first, last = row[0].span, row[-1].span
    return Place(Span(first.line, first.column, last.end_line, last.end_column), children=children)


def _pairs(header: Sequence[Cell], row: Sequence[Cell], columns: Collection[str] | None) -> list[tuple[Cell, Cell]]:
    """Return the cells of a row with their columns, those of nameless, repeated and unknown columns left out."""
    found: dict[str, tuple[Cell, Cell]] = {}
    for name, cell in zip(header, row, strict=False):
        if cell.text.strip() and name.text and (columns is None or name.text in columns):
            found.setdefault(name.text, (name, cell))
    return list(found.values())


def _columns_twice(header: Sequence[Cell], file: str) -> list[Diagnostic]:
    first: dict[str, Span] = {}
    found = []
    for name in header:
        if name.text and name.text in first:
            found.append(find(file, "sheet-column", name.span, text=name.text, count=first[name.text].column))
        first.setdefault(name.text, name.span)
    return found


def _cells_too_many(header: Sequence[Cell], rows: Sequence[Sequence[Cell]], file: str) -> list[Diagnostic]:
    found = []
    for row in rows:
        beyond = next((cell for cell in row[len(header) :] if cell.text), None)
        nameless = next((cell for name, cell in zip(header, row, strict=False) if cell.text and not name.text), None)
        if extra := nameless or beyond:
            found.append(find(file, "sheet-width", extra.span, text=extra.text, count=len(header)))
    return found
