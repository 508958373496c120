"""Text → the terms that search compares, as TOKENS.md says; the browser's half is assets/search/tokens.js."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import add
from unicodedata import normalize

WIDE = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U000323af"
"""The characters that are written without blanks, as the inside of a character class."""
LONGEST = 40

_WORD = rf"[^\W_{WIDE}]+"
_RUN = re.compile(rf"([{WIDE}]+)|({_WORD}(?:[-_./:+#]{{1,3}}{_WORD})*[+#]{{0,2}})")
_PIECES = re.compile(r"[/:]+")
_PARTS = re.compile(r"[-_.+#]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ENGLISH = re.compile(r"[a-z]{4,}")
_VOWEL = re.compile(r"[aeiouy]")


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, with repetitions."""
    found: list[str] = []
    for wide, plain in _RUN.findall(normalize("NFKC", text)):
        if plain:
            found += plain_terms(plain)
        else:
            found += map(add, wide, wide[1:])
            found.append(wide[-1])
    return found


@lru_cache(maxsize=65536)
def plain_terms(run: str) -> tuple[str, ...]:
    """Return the terms of a plain run as it stands in a normalized text."""
    pieces = [piece for piece in _PIECES.split(run) if piece]
    whole = [lower(run)] if len(pieces) > 1 else []
    return tuple(term for term in (*_short(whole), *(term for piece in pieces for term in _piece(piece))) if term)


def _piece(piece: str) -> Iterator[str]:
    parts = [part for part in _PARTS.split(piece) if part]
    if parts != [piece]:
        yield from _short([lower(piece)])
    if len(parts) > 1 and any(map(str.isalpha, piece)):
        yield from _short(["".join(map(lower, parts))])
        yield from _short("".join(map(lower, parts[start:])) for start in range(1, len(parts) - 1))
    for part in parts:
        words = [word for word in _CAMEL.split(part) if word]
        if len(words) > 1:
            yield lower(part)[:LONGEST]
        yield from (stem(lower(word))[:LONGEST] for word in words)


def _short(forms: list[str] | Iterator[str]) -> Iterator[str]:
    return (form for form in forms if len(form) <= LONGEST)


def lower(text: str) -> str:
    """Return a text in lower case, with one form of sigma."""
    return text.lower().replace("ς", "σ")


def stem(word: str) -> str:
    """Return the stem of an English word, any other word as it is."""
    if not _ENGLISH.fullmatch(word):
        return word
    word = _singular(word)
    for ending in ("ing", "ed"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) >= 3 and _VOWEL.search(bare):
            word = bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "lsz" and len(bare) > 3 else bare
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("sses") and len(word) > 4:
        return word[:-2]
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("ses", "xes", "zes", "ches", "shes")) and len(word) > 4:
        return word[:-2]
    return word[:-1] if word.endswith("s") else word
