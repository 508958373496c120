"""The side index by sound: which pairs of Han characters are read as which two syllables, for queries typed in pinyin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from unicodedata import normalize

from pmdocs.search.packing import columns, numbers
from pmdocs.search.shards import Part

READINGS = 2
"""How many readings of a character count where no word around it settles which."""
ALIKE = 12
"""How many pairs that sound the same are kept, the most frequent ones."""
SHARD = 16_000
"""How many numbers a shard may hold before it is packed."""


_UMLAUTS = dict.fromkeys("üǖǘǚǜ", "v")


@cache
def _dictionary() -> ModuleType:
    """Return pypinyin's readings; they take half a second to load, which no command but a build has to wait for."""
    return import_module("pypinyin.constants")


@cache
def _syllable(reading: str) -> str:
    """Return a syllable without its tone, `ü` as it is typed."""
    bare = normalize("NFD", "".join(_UMLAUTS.get(each, each) for each in reading.lower()))
    return "".join(each for each in bare if "a" <= each <= "z")


@cache
def _of_character(character: str) -> tuple[str, ...]:
    readings = _dictionary().PINYIN_DICT.get(ord(character), "").split(",")
    return tuple(dict.fromkeys(_syllable(each) for each in readings if each))[:READINGS]


def readings(pair: str) -> Iterator[tuple[str, str]]:
    """Yield how two characters are read: as the word they are, else each by itself."""
    words = _dictionary().PHRASES_DICT
    if pair in words:
        (first, *_), (second, *_) = words[pair]
        yield _syllable(first), _syllable(second)
    for one in _of_character(pair[0]):
        for other in _of_character(pair[1]):
            yield one, other


def told(words: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return how pairs are read in words whose reading somebody wrote down: `重量` as `zhong liang`."""
    found: dict[str, tuple[str, str]] = {}
    for word, reading in words.items():
        syllables = [_syllable(each) for each in reading.split()]
        if len(syllables) == len(word):
            found |= {word[at : at + 2]: (syllables[at], syllables[at + 1]) for at in range(len(word) - 1)}
    return found


def pinyin_shards(counts: Mapping[str, int], words: Mapping[str, str]) -> tuple[list[Part], dict[str, str]]:
    """Return the shards of the pairs in `counts` (how many pages hold each) by first syllable, and each syllable's characters.

    `words` are readings that somebody wrote down; they stand beside what the dictionary says.
    """
    sounds: dict[str, dict[str, list[str]]] = {}
    settled = told(words)
    for pair in sorted((each for each in counts if len(each) == 2), key=lambda each: (-counts[each], each)):
        one, other = _of_character(pair[0]), _of_character(pair[1])
        if not (one and other):
            continue
        is_plain = len(one) == len(other) == 1 and pair not in settled and pair not in _dictionary().PHRASES_DICT
        heard = ((one[0], other[0]),) if is_plain else dict.fromkeys((*_settled(pair, settled), *readings(pair)))
        for first, second in heard:
            if not (first and second):
                continue
            alike = sounds.setdefault(first, {}).setdefault(second, [])
            if len(alike) < ALIKE:
                alike.append(pair)
    spelt: dict[str, Counter[str]] = {}
    for first, following in sounds.items():
        for second, pairs in following.items():
            for pair in pairs:
                spelt.setdefault(first, Counter())[pair[0]] += 1
                spelt.setdefault(second, Counter())[pair[1]] += 1
    characters = {
        each: "".join(sorted(spelt[each], key=lambda one: (-spelt[each][one], one))) for each in sorted(spelt)
    }
    return list(_packed(sounds, characters)), characters


def _settled(pair: str, settled: Mapping[str, tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return [settled[pair]] if pair in settled else []


def _packed(sounds: Mapping[str, Mapping[str, list[str]]], characters: Mapping[str, str]) -> Iterator[Part]:
    """Yield the shards: of each first syllable its number, how many syllables follow, and of each its number and the pairs.

    A character is its place among those of its syllable, so a pair is mostly two small numbers.
    """
    numbered = {syllable: number for number, syllable in enumerate(characters)}
    held: list[int] = []
    begins = 0
    for first in (syllable for syllable in characters if syllable in sounds):
        entry = [numbered[first], len(sounds[first])]
        for second, pairs in sorted(sounds[first].items()):
            places = [(characters[first].index(pair[0]), characters[second].index(pair[1])) for pair in pairs]
            entry += [numbered[second], len(places), *(place for both in places for place in both)]
        if held and len(held) + len(entry) > SHARD:
            yield Part(begins, columns(numbers(held)))
            held = []
        begins = begins if held else numbered[first]
        held += entry
    if held:
        yield Part(begins, columns(numbers(held)))
