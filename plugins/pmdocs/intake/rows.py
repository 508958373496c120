"""What another system handed over, as rows of named texts with their places: a spreadsheet's CSV, or issues as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmdocs.diagnostics import Diagnostic, Span, Words
from pmdocs.intake.mapping import Columns, plain
from pmdocs.source import read_cells
from pmdocs.source.decode import decode, unify

ACCEPTED = ("encoding-gb18030", "encoding-utf16")
"""Encodings that are read as they are here: spreadsheets write them, and the writer cannot choose another."""
_HEADING = re.compile(r"^###[ ]+(.+?)[ ]*$")
_UNANSWERED = ("_No response_", "None", "")


class IntakeError(Exception):
    """A file holds no feedback that could be taken in: why, and the cure, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(zh, en)


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it came: texts by column, and where each stands; lists are several words for one field."""

    texts: Mapping[str, str | tuple[str, ...]]
    places: Mapping[str, Span]
    span: Span


@dataclass(frozen=True, slots=True)
class Handed:
    """The rows of a file, the columns that mean nothing here, what is wrong with its form, and how many are no feedback."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    foreign: int = 0


def text_of(data: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, GB18030 or UTF-16; raises IntakeError for anything else."""
    decoded = decode(data, file)
    if all(each.reason.word in ACCEPTED for each in decoded.findings):
        return decoded.text
    try:
        return unify(data.decode("gb18030"))
    except UnicodeDecodeError:
        raise IntakeError(
            f"{file} 不是 UTF-8 也不是 GB18030 编码的文字；请在表格软件里另存为 CSV UTF-8",
            f"{file} is text neither in UTF-8 nor in GB18030; save it again as CSV UTF-8",
        ) from None


def table_rows(text: str, file: str, columns: Columns) -> Handed:
    """Return the rows of a CSV text; raises IntakeError where its header names none of the columns that are needed."""
    sheet = read_cells(text, file)
    header = [cell.text for cell in sheet.rows[0]] if sheet.rows else []
    fields = [columns.field_of(name) for name in header]
    if "verdict" not in fields or "doc_id" not in fields:
        document, said = columns.columns["doc_id"][0], columns.columns["verdict"][0]
        raise IntakeError(
            f"{file} 的第一行要有列名，至少有“{document}”和“{said}”；现在是：{'、'.join(filter(None, header)) or '空的'}",
            f"The first line of {file} has to name its columns, “{document}” and “{said}” at least; "
            f"it says: {', '.join(filter(None, header)) or 'nothing'}",
        )
    rows = []
    for cells in sheet.rows[1:]:
        texts: dict[str, str | tuple[str, ...]] = {}
        places: dict[str, Span] = {}
        for name, cell in zip(header, cells, strict=False):
            if name and name not in texts:
                texts[name], places[name] = cell.text, cell.span
        first, last = cells[0].span, cells[-1].span
        rows.append(Row(texts, places, Span(first.line, first.column, last.end_line, last.end_column)))
    ignored = tuple(name for name, field in zip(header, fields, strict=True) if name and field is None)
    return Handed(tuple(rows), ignored, sheet.findings)


def issue_rows(text: str, file: str, columns: Columns) -> Handed:
    """Return the issues of `gh issue list --json …` that were made with the form; raises IntakeError for other JSON."""
    rows, foreign = [], 0
    for issue, span in _objects(text, file):
        answers = answers_in(str(issue.get("body") or ""), columns)
        if not answers:
            foreign += 1
            continue
        texts: dict[str, str | tuple[str, ...]] = {
            name: _word(value) for name, value in issue.items() if name != "body"
        }
        labels = issue.get("labels")
        texts["labels"] = tuple(_word(each) for each in labels) if isinstance(labels, list) else ()
        rows.append(Row({**answers, **texts}, {}, span))
    return Handed(tuple(rows), foreign=foreign)


def answers_in(body: str, columns: Columns) -> dict[str, str]:
    """Return the answers of a form's Markdown by their headings; a heading that came before is text of an answer."""
    found: dict[str, list[str]] = {}
    here: list[str] | None = None
    seen = set()
    for line in unify(body).split("\n"):
        heading = _HEADING.match(line)
        field = columns.field_of(heading[1]) if heading else None
        if heading and field and field not in seen:
            seen.add(field)
            here = found.setdefault(heading[1], [])
        elif here is not None:
            here.append(line)
    texts = {name: "\n".join(lines).strip() for name, lines in found.items()}
    return {name: text for name, text in texts.items() if text not in _UNANSWERED}


def _word(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("login") or value.get("name") or "")
    return "" if value is None else str(value)


def _objects(text: str, file: str) -> Iterator[tuple[dict[str, Any], Span]]:
    """Yield each object of a JSON list and where it stands."""
    decoder, position, line, line_start = json.JSONDecoder(), 0, 1, 0
    blank = re.compile(r"[\s,\[]*")
    try:
        if not text.lstrip().startswith("["):
            raise ValueError
        while True:
            start = blank.match(text, position)
            begun = start.end() if start else position
            if begun >= len(text) or text[begun] == "]":
                return
            value, position = decoder.raw_decode(text, begun)
            line += text.count("\n", line_start, begun)
            line_start = text.rfind("\n", 0, begun) + 1
            if not isinstance(value, dict):
                raise ValueError
            yield value, Span(line, begun - line_start + 1, line, begun - line_start + 2)
    except (ValueError, RecursionError):
        raise IntakeError(
            f"{file} 不是 gh issue list --json 写出的列表；运行 gh issue list --label doc-feedback --state all --limit 1000 "
            "--json number,body,labels,author,createdAt,closedAt > issues.json",
            f"{file} is no list as gh issue list --json writes it; run gh issue list --label doc-feedback --state all "
            "--limit 1000 --json number,body,labels,author,createdAt,closedAt > issues.json",
        ) from None


def column_for(field: str, row: Row, columns: Columns) -> str | None:
    """Return the column of a row that holds a field: the first of the mapping's that has a text."""
    by_name = {plain(name): name for name, text in row.texts.items() if text}
    return next((by_name[plain(each)] for each in columns.columns[field] if plain(each) in by_name), None)
