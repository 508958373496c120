"""Values as few bytes: numbers, sorted words, texts in the site's own alphabet, and files that name and check themselves."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SHORT = 254
ONE_BYTE = 176
"""How many of the most frequent characters are written as one byte; the others take two, the rarest four."""
_TWO_BYTE = (255 - ONE_BYTE) * 256
DICTIONARY = 32768
"""The most that deflate can look back."""
SAMPLED = 20
"""A sample is at most this part of all texts: a small site is not to load more than it saves."""


def numbers(values: Iterable[int]) -> bytes:
    """Return whole numbers from 0 on: one byte below 254, else 254 and two bytes or 255 and four."""
    values = list(values)
    if not values or max(values) < SHORT:
        return bytes(values)
    return b"".join(map(_number, values))


def _number(value: int) -> bytes:
    if value < SHORT:
        return bytes((value,))
    return b"\xfe" + value.to_bytes(2, "little") if value < 65536 else b"\xff" + value.to_bytes(4, "little")


def sorted_words(words: Sequence[str]) -> bytes:
    """Return sorted words: of each, how many characters it shares with the one before, how many bytes follow, the bytes."""
    parts, before = [], ""
    for word in words:
        shared = 0
        for one, other in zip(before, word, strict=False):
            if one != other:
                break
            shared += 1
        rest = word[shared:].encode()
        parts.append(numbers((shared, len(rest))) + rest)
        before = word
    return b"".join(parts)


def deflated(data: bytes, dictionary: bytes = b"") -> bytes:
    """Return raw deflate data, which may look back into a dictionary that its reader has."""
    level, window, memory = 6, -15, 9
    if dictionary:
        packer = zlib.compressobj(level, zlib.DEFLATED, window, memory, zlib.Z_DEFAULT_STRATEGY, dictionary)
    else:
        packer = zlib.compressobj(level, zlib.DEFLATED, window, memory)
    return packer.compress(data) + packer.flush()


def columns(*parts: bytes) -> bytes:
    """Return parts packed one by one, so that each keeps to its own kind of numbers; the lengths come first."""
    packed = [deflated(part) for part in parts]
    return numbers(map(len, packed)) + b"".join(packed)


def checked(data: bytes) -> bytes:
    """Return the content of a file: a checksum, then the data."""
    return zlib.crc32(data).to_bytes(4, "little") + data


def digest(data: bytes) -> str:
    """Return the part of a file's name that changes with its content."""
    return hashlib.sha256(data).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters of a site, the most frequent first, and a text that most others have something in common with."""

    characters: str
    sample: bytes
    table: Mapping[int, str]

    @classmethod
    def of(cls, counts: Counter[str], lines: Iterable[str]) -> Alphabet:
        """Return the alphabet of a site, from how often each character occurs in it, and its lines."""
        ordered = "".join(sorted(counts, key=lambda each: (-counts[each], each)))[: ONE_BYTE + _TWO_BYTE]
        table = {ord(each): _letter(index) for index, each in enumerate(ordered)}
        table |= {ord(each): _rare(each) for each in counts if ord(each) not in table}
        bare = cls(ordered, b"", table)
        room = min(DICTIONARY, counts.total() // SAMPLED)
        return cls(ordered, _sample(lines, bare, room), table)

    def written(self, text: str) -> bytes:
        """Return a text in this alphabet."""
        return text.translate(self.table).encode("latin-1")


def _letter(index: int) -> str:
    if index < ONE_BYTE:
        return chr(index)
    high, low = divmod(index - ONE_BYTE, 256)
    return chr(ONE_BYTE + high) + chr(low)


def _rare(character: str) -> str:
    return "\xff" + ord(character).to_bytes(3, "little").decode("latin-1")


def _sample(lines: Iterable[str], alphabet: Alphabet, room: int) -> bytes:
    """Return some of the lines, evenly spread over all of them in order: what a site says often is said there, too."""
    ordered = sorted(lines)
    step = max(1, sum(map(len, ordered)) // max(1, room))
    chosen: list[bytes] = []
    passed = taken = size = 0
    for line in ordered:
        passed += len(line)
        if passed >= taken * step:
            taken += len(line)
            data = alphabet.written(line)
            if size + len(data) <= room:
                chosen.append(data)
                size += len(data)
    return b"".join(chosen)
