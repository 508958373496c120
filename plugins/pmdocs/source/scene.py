"""What stands around the place where the parser gave up: the line, the last token, brackets still open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yaml import CSafeLoader, YAMLError, tokens

from pmdocs.diagnostics import Fact, Span
from pmdocs.source.compose import Failure

LONGEST_LINE = 2000
"""Longer lines are looked at up to here: nobody types them."""

_BLANKS = re.compile(r"(?:\s+|#[^\n]*)*")
_ENTRY = re.compile(
    r"(?P<lead>[ ]*(?:-[ ]+)*)"
    r"(?P<key>(?:\"[^\"]*\"|'[^']*'|[^\s\"'#\[{][^#]*?)[ ]*:[ ]+)?"
    r"(?P<value>\S.*)"
)
_KEY_LINE = re.compile(r"[ ]*(?:-[ ]+)*(?:[\w\-.]+|\"[^\"]*\"|'[^']*')[ ]*:(?:[ ]|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line taken apart: indentation and dashes, key with its colon, value without its comment."""

    lead: str
    key: str
    value: str

    @property
    def column(self) -> int:
        """The 1-based column of the value."""
        return len(self.lead) + len(self.key) + 1


@dataclass(frozen=True, slots=True)
class Token:
    """The last scalar before the failure: offsets into the text, and how it is written."""

    start: int
    end: int
    plain: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """The text, the failure, the token before it, and the offset of the innermost bracket still open."""

    text: str
    lines: Sequence[str]
    failure: Failure
    last: Token
    bracket: int | None

    @property
    def number(self) -> int:
        """The line of the failure, or the last line where the failure lies behind it."""
        return min(self.failure.line, len(self.lines))

    def line(self, number: int) -> str:
        """Return line `number` (from 1), cut where it is very long."""
        return self.lines[number - 1][:LONGEST_LINE]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)

    def span(self, offset: int, length: int = 1) -> Span:
        """Return the span of `length` characters at an offset."""
        line, column = self.position(offset)
        return Span(line, column, line, column + length)

    def entry(self, number: int) -> Entry | None:
        """Return line `number` taken apart; None where it is blank or a comment."""
        match = _ENTRY.match(self.line(number))
        if match is None or match["value"].startswith("#"):
            return None
        value = match["value"].split(" #", 1)[0].rstrip()
        return Entry(match["lead"], match["key"] or "", value)

    @property
    def plain_start(self) -> int:
        """The offset where the plain text begins in which the parser gave up; else that of the failure."""
        match = _BLANKS.match(self.text, self.last.end)
        pending = match.end() if match else self.last.end
        if pending < self.failure.offset:
            return pending
        between = self.text[self.last.end : self.failure.offset]
        return self.last.start if self.last.plain and not between.strip() else self.failure.offset

    @property
    def suspected(self) -> Iterator[int]:
        """The lines from the start of that plain text to the failure."""
        first, _ = self.position(self.plain_start)
        return iter(range(max(first, self.number - 200), self.number + 1))

    @property
    def starts_its_line(self) -> bool:
        """Whether nothing but indentation and dashes stands before that plain text."""
        number, column = self.position(self.plain_start)
        return not self.line(min(number, len(self.lines)))[: column - 1].strip(" -\t")


@dataclass(frozen=True, slots=True)
class Trap:
    """A trap met: its word, place and facts, and its line as it may have been meant, to read on behind it.

    After a mend that is not `sure`, further errors nearby may be mere consequences.
    """

    word: str
    span: Span
    facts: Mapping[str, Fact]
    mended: str | None = None
    sure: bool = False


def is_key_line(line: str) -> bool:
    """Whether a line is a well-formed `key:` or `key: value`, perhaps behind a dash."""
    return _KEY_LINE.match(line) is not None


def look_around(text: str, lines: Sequence[str], failure: Failure) -> Scene:
    """Read the tokens of `text` again, up to the failure."""
    parser: Any = CSafeLoader(text)
    brackets: list[int] = []
    last = Token(0, 0)
    try:
        while (token := parser.get_token()) is not None and token.start_mark.index < failure.offset:
            start, end = token.start_mark.index, token.end_mark.index
            if isinstance(token, tokens.FlowSequenceStartToken | tokens.FlowMappingStartToken):
                brackets.append(start)
            elif isinstance(token, tokens.FlowSequenceEndToken | tokens.FlowMappingEndToken) and brackets:
                brackets.pop()
            if end > start:
                scalar = isinstance(token, tokens.ScalarToken)
                style = token.style if scalar else None
                last = Token(start, end, plain=scalar and not style, quoted=scalar and style in ("'", '"'))
    except YAMLError:
        pass  # the failure at hand
    return Scene(text, lines, failure, last, brackets[-1] if brackets else None)
