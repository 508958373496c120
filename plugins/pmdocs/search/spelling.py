"""The side index of spellings: Latin words and ids by their length, for queries with a slip of the fingers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from pmdocs.search.packing import columns, numbers, sorted_words
from pmdocs.search.shards import Part

SHORTEST, LONGEST = 4, 24
SHARD = 4_000
"""How many words a shard may hold."""


def spelling_shards(counts: Mapping[str, int]) -> Iterator[Part]:
    """Yield the words of `counts` (how many pages hold each) that a slip can be found in: by length, then sorted.

    A shard begins with its length in two figures and its first word.
    """
    words = sorted((len(word), word) for word in counts if SHORTEST <= len(word) <= LONGEST and _is_plain(word))
    for length, group in groupby(words, key=lambda each: each[0]):
        same = [word for _, word in group]
        for start in range(0, len(same), SHARD):
            part = same[start : start + SHARD]
            table = numbers([len(part)]) + sorted_words(part)
            yield Part(f"{length:02}{part[0]}", columns(table, numbers(min(253, counts[word]) for word in part)))


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalnum() and not word.isdigit()
