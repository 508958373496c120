"""How the reader makes a finding: the rule D7-S01, a word, a span, and facts cut to a readable length."""

from __future__ import annotations

from pmdocs.diagnostics import Diagnostic, Fact, Location, Severity, Span
from pmdocs.rules.reading import YAML_READS

LONGEST_FACT = 60
START = Span(1, 1, 1, 1)


def find(file: str, word: str, span: Span, **facts: Fact) -> Diagnostic:
    """Return the finding `word` at `span` of `file`."""
    told = {name: shorten(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return Diagnostic(YAML_READS, YAML_READS.reason(word), Severity.ERROR, Location(file, span), told)


def shorten(text: str) -> str:
    """Return `text` on one line, cut with `…` where it is long."""
    line = " ".join(text[: 4 * LONGEST_FACT].split())
    return line if len(line) <= LONGEST_FACT else f"{line[: LONGEST_FACT - 1]}…"


def in_quotes(text: str) -> str:
    """Return `text` as a quoted YAML scalar, in the plainest quotation marks that can hold it."""
    text = shorten(text)
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
