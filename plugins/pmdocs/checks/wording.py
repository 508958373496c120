"""Where a text says too little: vague words, ways out, open lists, forbidden aliases, outcomes nobody can observe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pmdocs.checks.prose import bare, han_count
from pmdocs.diagnostics import Language
from pmdocs.lexicon import Lexicon, Vague

_NOTHING = re.compile(r"(?!)")
_UNITS = "个种项类条款份件张家位名人笔次步页组套台部只"
_OPEN = re.compile(
    r"、[^、，。；：\n]{1,16}?(?<![平同相对不高初中上下何此优劣均请稍需须再先后要别多久特一二三头等])等"
    r"(?!等|于|级|待|候|同|价|值|效|号|额|比|式|幂|宽|高度|奖|舱|座)"
    rf"(?!\s*(?:[\d一两二三四五六七八九十]+)\s*(?:[{_UNITS}]|秒|分|小时|天))"
)
"""An enumeration that ends in 等, unless 等 is part of another word or the number of things follows."""
_LONGEST_HOLLOW = {"zh": 12, "en": 8}
"""Chinese characters or English words beyond which an outcome says something besides that it works."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found: where it begins, how it is written there, and the entry it belongs to."""

    start: int
    text: str
    entry: Vague

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class VagueWords:
    """Finds the vague words of one language, but not within the phrases that are left alone."""

    pattern: re.Pattern[str]
    exempt: re.Pattern[str]
    entries: Mapping[str, Vague]

    @classmethod
    def of(cls, lexicon: Lexicon, language: Language, exempt: Iterable[str]) -> VagueWords:
        """Return what finds the words of `lexicon`; `exempt` are terms of the trade."""
        entries = {each.word.casefold(): each for each in lexicon.words if language in each.languages}
        return cls(pattern_of(entries), pattern_of([*lexicon.exempt, *exempt]), entries)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield each vague word in `text`."""
        left_alone = [match.span() for match in self.exempt.finditer(text)]
        for match in self.pattern.finditer(text):
            entry = self.entries[match[0].casefold()]
            own = [each.span() for each in pattern_of(entry.except_terms).finditer(text)]
            if not _within(match.span(), [*left_alone, *own]):
                yield Hit(match.start(), match[0], entry)


def open_lists(text: str) -> Iterator[tuple[int, str]]:
    """Yield each enumeration that ends in 等: where it begins, and the words from its last item on."""
    for match in _OPEN.finditer(text):
        yield match.start() + 1, match[0][1:]


@dataclass(frozen=True, slots=True)
class Aliases:
    """Finds forbidden aliases, but not where they are part of one of the longer `terms`; `names` gives the term for each.

    Most texts hold none, so nothing is compiled before one does.
    """

    names: Mapping[str, str]
    terms: frozenset[str]

    @classmethod
    def of(cls, names: Mapping[str, str], terms: Iterable[str]) -> Aliases:
        """Return what finds the keys of `names`; `terms` are all the words that may be used."""
        allowed = frozenset(term.casefold() for term in terms)
        found = {word.casefold(): name for word, name in names.items() if word.casefold() not in allowed}
        return cls(found, allowed)

    def may_stand_in(self, text: str) -> bool:
        """Whether `text` holds the letters of an alias at all: most texts do not, and this is quickly seen."""
        letters = text.casefold()
        return any(alias in letters for alias in self.names)

    def find(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Yield each forbidden alias in `text`: where, as written there, and the term to use."""
        terms = [match.span() for match in pattern_of(self.terms, plural=True).finditer(text)]
        for match in pattern_of(self.names, plural=True).finditer(text):
            if not _within(match.span(), terms):
                written = match[0].casefold()
                yield match.start(), match[0], self.names.get(written) or self.names[_singular(written, self.names)]


def _singular(word: str, names: Mapping[str, str]) -> str:
    return word[:-1] if word[:-1] in names else word[:-2]


def is_hollow(text: str, language: Language, lexicon: Lexicon) -> bool:
    """Whether an outcome says no more than that something works: nothing that could be seen or measured."""
    said = bare(text).rstrip("。！.! ")
    size = han_count(said) if language == "zh" else len(said.split())
    if size > _LONGEST_HOLLOW[language] or re.search(r"[\d“”「」\"，,；;：:]", said):
        return False
    if pattern_of(lexicon.of("observable_words", language)).search(said):
        return False
    hollow = "|".join(map(re.escape, lexicon.of("hollow_outcomes", language))) or "(?!)"
    if language == "zh":
        return re.search(rf"(?:{hollow})(?:[了的地]?.{{0,2}})$", said) is not None
    return re.search(rf"\b(?:{hollow})$", said, re.IGNORECASE) is not None


def pattern_of(words: Iterable[str], *, plural: bool = False) -> re.Pattern[str]:
    """Return what matches any of `words`, longest first; Latin ones whole and in any case."""
    return _compiled(tuple(sorted({*words} - {""}, key=lambda word: (-len(word), word))), plural)


@lru_cache(maxsize=256)
def _compiled(words: tuple[str, ...], plural: bool) -> re.Pattern[str]:  # noqa: FBT001  # a key of the cache
    return re.compile("|".join(_bordered(word, plural=plural) for word in words), re.IGNORECASE) if words else _NOTHING


def _bordered(word: str, *, plural: bool) -> str:
    start = r"(?<![A-Za-z0-9_-])" if _is_latin(word[0]) else ""
    many = "(?:e?s)?" if plural and word[-1].isascii() and word[-1].isalpha() else ""
    end = r"(?![A-Za-z0-9_]|-[A-Za-z0-9])" if _is_latin(word[-1]) else ""
    return f"{start}{re.escape(word)}{many}{end}"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)
