"""Which terms a page holds and where: in its title, its headings, its words, or as the id of something on it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pmdocs.search.record import Record
from pmdocs.search.tokens import LONGEST, lower, terms

TITLE, HEADING, NAME = 8, 16, 32
"""What a posting says beside the three bits of how often: the term is in the title, in headings, is an id defined here."""
CODE_BITS = 6
MOST = 255
_OFTEN = bytes((0, 1, 2, 3, 3, *[4] * 4, *[5] * 8, *[6] * 16, *[7] * 223))
"""How often a term stands in the words of a page, from none to 255 times, in three bits."""
_JOINERS = re.compile(r"[-_./:+#\s]+")


@dataclass(frozen=True, slots=True)
class PageTerms:
    """The terms of a page, each with its code; `places` holds the sections of those in headings and of those that are ids.

    `length` is the number of terms with repetitions. All of it can be written to a file and read again.
    """

    terms: tuple[str, ...]
    codes: bytes
    places: dict[str, tuple[tuple[int, ...], int]]
    length: int


def page_terms(record: Record) -> PageTerms:
    """Return the terms of a page, those of its title, its headings and its ids first."""
    headings: dict[str, list[int]] = {}
    for index, section in enumerate(record.sections):
        if section.anchor:
            for term in dict.fromkeys(terms(section.title)):
                headings.setdefault(term, []).append(index)
    title, names = dict.fromkeys(terms(record.title)), _names(record)
    marked = {**title, **headings, **names}
    counts = Counter(dict.fromkeys(marked, 0))
    counts.update(terms("\n".join(section.text for section in record.sections)))
    counts.update(pair for section in record.sections for pair in section.joined)
    often = (
        counts.values() if max(counts.values(), default=0) <= MOST else (min(each, MOST) for each in counts.values())
    )
    codes = bytearray(bytes(often).translate(_OFTEN))
    for at, term in enumerate(marked):
        codes[at] |= (term in title) * TITLE | (term in headings) * HEADING | (term in names) * NAME
    places = {term: (tuple(headings.get(term, ())), names.get(term, -1)) for term in {**headings, **names}}
    return PageTerms(tuple(counts), bytes(codes), places, counts.total() + len(title))


def _names(record: Record) -> dict[str, int]:
    """Return the ids that lead into a page, glued, and their endings, each with the number of the section it leads to."""
    at = {anchor: index for index, each in enumerate(record.sections) for anchor in (each.anchor, *each.points)}
    whole: dict[str, int] = {}
    endings: dict[str, int] = {}
    for anchor, name in record.names.items():
        parts = [part for part in _JOINERS.split(name.id) if part]
        for start in range(max(1, len(parts) - 1)):
            term = lower("".join(parts[start:]))
            (endings if start else whole).setdefault(term, at.get(anchor, 0))
    return {term: section for term, section in (endings | whole).items() if len(term) <= LONGEST}
