"""Texts as they are compared: what a reader cannot see is taken out, and the rest is cut into words and characters."""

from __future__ import annotations

import re
import unicodedata

_FENCE = re.compile(r"^\s*(?:```|~~~)")
_OWN_LINE = re.compile(r"^\s*(?:[-*+] |\d+[.)] |#{1,6} |> ?|\||!!! |\?\?\? |=== |:::|\$\$|[-*_]{3,}\s*$)|^ {4}|^\t")
_HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = "\u3000-\u303f\uff00-\uffef\u2018-\u201d\u2026\u2014"
_ENDS_WIDE = re.compile(rf"[{_HAN}{_WIDE}]$")
_STARTS_WIDE = re.compile(rf"^[{_HAN}{_WIDE}]")
_LETTER = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_TOKEN = re.compile(rf"[{_LETTER}]+(?:[.,:'\u2019_/-][{_LETTER}]+)*|\n+|[ \t\u00a0\u3000]+|.", re.DOTALL)
_SENTENCE = re.compile(r".+?(?:[。！？；\n]+|[.!?]+(?=[ \t\n\u00a0\u3000])|\Z)", re.DOTALL)
_BLANK = re.compile(r"[ \t\n\u00a0\u3000]+\Z")
_WORD = re.compile(rf"[{_LETTER}{_HAN}]")
_SPOKEN = re.compile(rf"^[{_LETTER}]")


def plain(text: str) -> str:
    """Return a text without what its reader cannot see: wrapped lines are joined, blanks at ends and in rows are gone.

    Lines that mean something by themselves stay: list entries, tables, headings, code.
    """
    if "\n" not in text and not _OWN_LINE.match(text):
        return " ".join(unicodedata.normalize("NFC", text).split())
    lines: list[str] = []
    is_code = False
    for raw in unicodedata.normalize("NFC", text).split("\n"):
        line = raw.rstrip()
        if _FENCE.match(line):
            is_code = not is_code
            lines.append(line)
        elif is_code or _OWN_LINE.match(line) or not lines or not line or not lines[-1] or _FENCE.match(lines[-1]):
            lines.append(line if is_code or _OWN_LINE.match(line) else " ".join(line.split()))
        else:
            lines[-1] = _joined(lines[-1], " ".join(line.split()))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _joined(first: str, second: str) -> str:
    """Return two lines of one paragraph as one: without a blank where Chinese meets Chinese."""
    wide = _ENDS_WIDE.search(first) and _STARTS_WIDE.match(second)
    return f"{first}{'' if wide else ' '}{second}"


def tokens(text: str) -> list[str]:
    """Return a text cut into what is compared: words, numbers and ids whole, Chinese by characters, signs one by one."""
    return _TOKEN.findall(text)


def sentences(text: str) -> list[str]:
    """Return a text cut after its sentences and lines."""
    return _SENTENCE.findall(text)


def is_word(token: str) -> bool:
    """Whether a token says something: a word, a number or a Chinese character, no blank and no sign."""
    return _WORD.match(token) is not None


def is_latin(token: str) -> bool:
    """Whether a token is a word of letters and digits."""
    return _SPOKEN.match(token) is not None


def is_blank(token: str) -> bool:
    """Whether a token is nothing but blanks or line ends."""
    return _BLANK.match(token) is not None
