"""The matrix as a table to download: CSV that spreadsheets open as it is meant, cells that are never formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from pmdocs.diagnostics import Language, Words
from pmdocs.library import Target
from pmdocs.trace.matrix import Line
from pmdocs.trace.ties import valued
from pmdocs.trace.words import COLUMNS, ELSEWHERE, STATE_WORDS, gap_words

MARK = "\ufeff"
"""Tells spreadsheets that a file is UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def matrix_csv(lines: Iterable[Line], language: Language, *, end: str = "\r\n") -> str:
    """Return the lines as CSV with a head, without the mark at its beginning."""
    head = [words.in_language(language) for words in COLUMNS.values()]
    return as_csv([head, *(list(_cells(line, language)) for line in lines)], end=end)


def as_csv(rows: Iterable[Sequence[str]], *, end: str = "\r\n") -> str:
    """Return rows as CSV; what a spreadsheet would run as a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerows([[safe(cell) for cell in row] for row in rows])
    return out.getvalue()


def safe(cell: str) -> str:
    """Return a cell so that a spreadsheet takes it for text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(line: Line, language: Language) -> Iterable[str]:
    def say(words: Words) -> str:
        return words.in_language(language)

    requirement = line.requirement
    assert requirement.item is not None
    yield requirement.document.product
    yield requirement.document.id
    yield requirement.address
    yield say(requirement.title)
    yield str(valued(requirement.item, "priority") or "")
    yield str(valued(requirement.item, "release") or "")
    yield say(STATE_WORDS[line.state])
    for targets in (line.origins, line.specifications, line.codes, line.tests, line.failing, line.manual):
        yield listed(targets, language)
    yield joined((f"{each.feedback_id} {each.verdict}" for each in line.feedback), language)
    yield joined(
        (say(gap_words(each.lack, each.target.address)) for each in line.gaps if not each.target.withheld), language
    )
    behind = line.impact.behind if line.impact else ()
    yield listed([item for each in behind for item in each.targets], language)
    yield listed([tie.source for each in line.suspects for tie in each.ties], language)


def listed(targets: Sequence[Target], language: Language) -> str:
    """Return the ids of targets in a line; how many more there are that this site does not publish."""
    shown = dict.fromkeys(each.address for each in targets if not each.withheld)
    more = sum(each.withheld for each in targets)
    hidden = [ELSEWHERE.in_language(language).format(count=more)] if more else []
    return joined([*shown, *hidden], language)


def joined(words: Iterable[str], language: Language) -> str:
    """Return words in a line."""
    return ("、" if language == "zh" else ", ").join(words)
