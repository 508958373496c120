"""Bytes to text: encodings, line ends, and the characters that no document may hold."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pmdocs.diagnostics import Diagnostic, Span
from pmdocs.source.found import find

LARGEST_MEGABYTES = 5
LARGEST = LARGEST_MEGABYTES * 1024 * 1024
MOST_CHARACTERS_TOLD = 20

_FORBIDDEN = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LINE_SEPARATORS = frozenset("\u0085\u2028\u2029")
_HAN_IN_GB = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what is wrong with its encoding; a `wrong` text is not what was meant."""

    text: str
    findings: tuple[Diagnostic, ...] = ()
    wrong: bool = False


def decode(data: bytes, file: str) -> Decoded:
    """Return the text of `data`: UTF-8, or what another encoding seems to say together with a finding."""
    wide = _wide_encoding(data)
    if wide is not None:
        text = unify(data.decode(wide, errors="replace"))
        return Decoded(text, (find(file, "encoding-utf16", Span(1, 1, 1, 1)),))
    try:
        return Decoded(unify(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, file)


def unify(text: str) -> str:
    """Return `text` without a byte-order mark and with LF as its only line end."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def clean(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """Return `text` with a blank for each forbidden character, and findings for the first of them."""
    found: list[Diagnostic] = []
    if _FORBIDDEN.search(text) is None:
        return text, found
    line, line_start = 1, 0
    for match in _FORBIDDEN.finditer(text):
        start = match.start()
        line += text.count("\n", line_start, start)
        line_start = text.rfind("\n", 0, start) + 1
        column = start - line_start + 1
        character = match.group()
        word = "line-separator" if character in _LINE_SEPARATORS else "control-character"
        span = Span(line, column, line, column + 1)
        found.append(find(file, word, span, character=f"U+{ord(character):04X}"))
        if len(found) == MOST_CHARACTERS_TOLD:
            break
    return _FORBIDDEN.sub(" ", text), found


def _wide_encoding(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:2000]
    if not sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 20 < len(sample) or min(even, odd) * 5 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _not_utf8(data: bytes, start: int, file: str) -> Decoded:
    if _seems_gb18030(data):
        text = unify(data.decode("gb18030"))
        span = _span_after(unify(data[:start].decode("gb18030", errors="replace")))
        return Decoded(text, (find(file, "encoding-gb18030", span),))
    span = _span_after(unify(data[:start].decode("utf-8")))
    text = unify(data.decode("utf-8", errors="replace"))
    return Decoded(text, (find(file, "encoding", span, text=f"0x{data[start]:02X}"),), wrong=True)


def _seems_gb18030(data: bytes) -> bool:
    """Tell Chinese text in GB18030 from broken UTF-8 and from Western encodings."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    in_utf8 = sum(3 for character in data.decode("utf-8", errors="ignore") if character > "\u07ff")
    beyond_ascii = len(data) - len(data.translate(None, delete=bytes(range(0x80, 0x100))))
    return in_utf8 * 2 < beyond_ascii and len(_HAN_IN_GB.findall(data)) * 4 > beyond_ascii


def _span_after(text: str) -> Span:
    line = text.count("\n") + 1
    column = len(text) - text.rfind("\n")
    return Span(line, column, line, column + 1)
