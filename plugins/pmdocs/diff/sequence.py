"""Two sequences side by side: what they share in order, and which of the rest belong together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from pmdocs.diff.prose import is_word, tokens

LARGEST = 250_000
"""How many comparisons two sequences may cost; beyond that only their common beginning and end are found."""
ALIKE = 500
"""From which likeness on (of 1000) two rows are one row that changed."""


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the pairs of places of a longest common subsequence, the same one for the same input always."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    head = [(place, place) for place in range(start)]
    tail = [(len(old) - end + place, len(new) - end + place) for place in range(end)]
    inner = _longest(old[start : len(old) - end], new[start : len(new) - end])
    return [*head, *((i + start, j + start) for i, j in inner), *tail]


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    rows, columns = len(old), len(new)
    if not rows or not columns or rows * columns > LARGEST:
        return
    length = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        here, below = length[i], length[i + 1]
        for j in range(columns - 1, -1, -1):
            here[j] = below[j + 1] + 1 if old[i] == new[j] else max(below[j], here[j + 1])
    i = j = 0
    while i < rows and j < columns:
        if old[i] == new[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1


Pair = tuple[int | None, int | None]


def aligned(old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """Return the places of two lists side by side: equal entries, entries that changed, and None where one has no other."""
    names = [[canonical_key(value) for value in side] for side in (old, new)]
    found: list[Pair] = []
    i = j = 0
    for left, right in [*common(names[0], names[1]), (len(old), len(new))]:
        found += _paired(old, new, range(i, left), range(j, right))
        if left < len(old):
            found.append((left, right))
        i, j = left + 1, right + 1
    return found


def _paired(old: Sequence[Any], new: Sequence[Any], left: range, right: range) -> list[Pair]:
    """Return the places of two runs that share nothing whole: those alike are paired in order, as many as can be."""
    bags = [[bag(old[place]) for place in left], [bag(new[place]) for place in right]]
    rows, columns = len(left), len(right)
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    score = [[likeness(a, b) for b in bags[1]] for a in bags[0]] if rows * columns <= LARGEST // 100 else []
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            skip = max(best[i + 1][j], best[i][j + 1])
            alike = score[i][j] if score and score[i][j] >= ALIKE else -1
            best[i][j] = max(skip, best[i + 1][j + 1] + alike) if alike >= 0 else skip
    found: list[Pair] = []
    i = j = 0
    while i < rows or j < columns:
        alike = score[i][j] if score and i < rows and j < columns else 0
        if alike >= ALIKE and best[i][j] == best[i + 1][j + 1] + alike:
            found.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif i < rows and (j >= columns or best[i + 1][j] >= best[i][j + 1]):
            found.append((left[i], None))
            i += 1
        else:
            found.append((None, right[j]))
            j += 1
    return found


def canonical_key(value: Any) -> str:
    """Return what is equal for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def bag(value: Any) -> Counter[str]:
    """Return how often each word stands in a value, whatever it is made of."""
    return Counter(token for text in texts(value) for token in tokens(text) if is_word(token))


def texts(value: Any) -> Iterator[str]:
    """Yield every text and number in a value, keys left out."""
    if isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif not isinstance(value, bool):
        yield str(value)


def likeness(one: Counter[str], other: Counter[str]) -> int:
    """Return how much of their words two values share, of 1000."""
    total = one.total() + other.total()
    return 2000 * (one & other).total() // total if total else 0
