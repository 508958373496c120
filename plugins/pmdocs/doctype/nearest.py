"""The nearest known word to a misspelt one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches


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
    close = get_close_matches(wanted, plain, n=1, cutoff=0.7)
    return plain[close[0]] if close else None


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip(" “”\"'").replace("_", "-").replace(" ", "-")
