"""Lines that were meant as `key: value`: full-width colons, blanks and quotation marks, missing blanks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pmdocs.diagnostics import Fact, Words
from pmdocs.source.found import in_quotes

FULLWIDTH_QUOTES = "“”‘’＂＇「」『』"
FULLWIDTH_BLANKS = "\u3000\u00a0"

_NAMES = {
    "\u3000": Words(zh="全角空格（U+3000）", en="a full-width space (U+3000)"),
    "\u00a0": Words(zh="不换行空格（U+00A0）", en="a no-break space (U+00A0)"),
}
_LEAD = r"(?P<lead>[ ]*(?:-[ ]+)*)"
_WORD = r"(?P<word>[^\W\d][\w\-]{0,30})"
_FULLWIDTH_COLON = re.compile(rf"{_LEAD}{_WORD}[ ]*：[ ]*(?P<rest>.*)")
_MISSING_SPACE = re.compile(rf"{_LEAD}{_WORD}:(?P<rest>[^\s/\\:].*)")
_MISSING_SPACE_AFTER_DASH = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)-(?P<rest>[^\s\-\d].*)")
_FULLWIDTH_BLANK = re.compile(r"[ \t]*(?:-[ \t]*)*(?P<blank>[\u3000\u00a0][ \t\u3000\u00a0]*)")
_BLANK_AFTER_COLON = re.compile(rf"{_LEAD}{_WORD}:[ \t]*(?P<blank>[\u3000\u00a0]+)")


@dataclass(frozen=True, slots=True)
class KeyTrap:
    """What is wrong with a line that was meant as a key: word, columns from 0, and the line cured."""

    word: str
    start: int
    end: int
    facts: Mapping[str, Fact]
    cured: str
    key: str = ""


def trap_of_line(line: str) -> KeyTrap | None:
    """Return what keeps `line`, which the parser did not take for a key, from being one."""
    return _blank(line) or _fullwidth_colon(line) or _missing_space(line)


def trap_of_dash(line: str) -> KeyTrap | None:
    """Return what keeps `line` from being an item of a list: a blank is missing behind the dash."""
    match = _MISSING_SPACE_AFTER_DASH.match(line)
    if match is None:
        return None
    start, rest = match.end("lead"), match["rest"].split(" #", 1)[0].strip()
    cured = f"{line[:start]}- {rest}"
    return KeyTrap("missing-space", start, start + 1, {"text": "-", "cured": f"- {rest}"}, cured)


def trap_of_key(key: str, *, alone: bool = False) -> KeyTrap | None:
    """Return what is wrong with a key the parser took for one; `alone` is one in braces without a value."""
    if key[0] in FULLWIDTH_BLANKS:
        facts: dict[str, Fact] = {"character": _NAMES[key[0]]}
        return KeyTrap("fullwidth-space", 0, len(key) - len(key.lstrip(FULLWIDTH_BLANKS + " ")), facts, key)
    if key[0] in FULLWIDTH_QUOTES:
        bare = key.strip(FULLWIDTH_QUOTES)
        facts = {"text": key, "character": key[0], "quoted": in_quotes(bare)}
        return KeyTrap("fullwidth-quote", 0, len(key), facts, bare)
    if alone:
        return _fullwidth_colon(key) or _missing_space(key)
    trap = _fullwidth_colon(key)
    return trap if trap is not None and trap.key.isascii() else None


def _blank(line: str) -> KeyTrap | None:
    match = _FULLWIDTH_BLANK.match(line) or _BLANK_AFTER_COLON.match(line)
    if match is None:
        return None
    start, end = match.span("blank")
    width = sum(2 if character == "\u3000" else 1 for character in match["blank"])
    cured = f"{line[:start]}{' ' * width}{line[end:]}"
    return KeyTrap("fullwidth-space", start, end, {"character": _NAMES[match["blank"][0]]}, cured)


def _fullwidth_colon(line: str) -> KeyTrap | None:
    match = _FULLWIDTH_COLON.match(line)
    if match is None:
        return None
    start = line.index("：", match.end("word"))
    cured = f"{match['word']}: {match['rest'].split(' #', 1)[0]}".rstrip()
    facts = {"text": match["word"], "cured": cured}
    return KeyTrap("fullwidth-colon", start, start + 1, facts, match["lead"] + cured, match["word"])


def _missing_space(line: str) -> KeyTrap | None:
    match = _MISSING_SPACE.match(line)
    if match is None:
        return None
    start = match.end("word")
    cured = f"{match['word']}: {match['rest'].split(' #', 1)[0]}".rstrip()
    facts = {"text": match["word"] + ":", "cured": cured}
    return KeyTrap("missing-space", start, start + 1, facts, match["lead"] + cured, match["word"])
