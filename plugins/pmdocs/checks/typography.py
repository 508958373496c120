"""Chinese typography of a line: blanks between Chinese and Latin, full-width punctuation, as autocorrect sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import autocorrect_py

from pmdocs.checks.prose import han_count

_WIDEST = 48
"""Characters of a line that a message shows."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A line that could be set better: its number from 0, where it first differs, what stands there and what should."""

    line: int
    start: int
    written: str
    better: str


def corrections(text: str) -> Iterator[Correction]:
    """Yield each line of a Chinese text whose blanks or punctuation are not as Chinese sets them; code is left alone."""
    lines, better = text.split("\n"), autocorrect_py.format_for(text, "markdown").split("\n")
    if len(lines) != len(better):
        return
    for number, (line, right) in enumerate(zip(lines, better, strict=True)):
        if line.strip() != right.strip() and han_count(line):
            start = _same(line, right)
            yield Correction(number, start, *_excerpts(line, right, start))


def _excerpts(line: str, right: str, start: int) -> tuple[str, str]:
    """Return both lines, cut to what surrounds the difference where they are long."""
    if len(line) <= _WIDEST:
        return line.strip(), right.strip()
    end = _same(line[::-1], right[::-1])
    first = max(start - 8, 0)
    return _cut(line, first, len(line) - end + 8), _cut(right, first, len(right) - end + 8)


def _cut(line: str, start: int, end: int) -> str:
    words = line[start : min(end, start + _WIDEST)]
    return f"{'…' if start else ''}{words.strip()}{'…' if start + len(words) < len(line) else ''}"


def _same(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (here, there) in enumerate(pairs) if here != there), min(len(one), len(other)))
