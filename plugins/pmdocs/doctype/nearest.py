"""The nearest known word to a misspelt one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

MANY = 300
"""Beyond this many words a comparison with each would take longer than a writer waits."""


def nearest(word: str, known: Iterable[str], labels: Mapping[str, tuple[str, ...]] | None = None) -> str | None:
    """Return the known word that `word` was probably meant to be, or None.

    Capitals, full-width letters and joiners do not count; a known word's label, in any language, stands for the word.
    """
    candidates = list(known)
    plain = {_plain(each): each for each in reversed(candidates)}
    for each in candidates:
        for label in (labels or {}).get(each, ()):
            plain.setdefault(_plain(label), each)
    wanted = _plain(word)
    if wanted in plain:
        return plain[wanted]
    close = get_close_matches(wanted, _likely(wanted, plain), n=1, cutoff=0.7)
    return plain[close[0]] if close else None


def _likely(wanted: str, words: Mapping[str, str]) -> list[str]:
    """Return the words worth comparing: of very many, only those that begin or end as the wanted one does."""
    if len(words) <= MANY:
        return list(words)
    half = len(wanted) // 2 + 1
    return [word for word in words if word[:half] == wanted[:half] or word[-half:] == wanted[-half:]]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip(" “”\"'").replace("_", "-").replace(" ", "-")
