"""Texts the parser accepts although they were meant as keys or items, such as `- id：X` beside mappings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdocs.diagnostics import Diagnostic, Span
from pmdocs.source.found import find
from pmdocs.source.keys import KeyTrap, trap_of_dash, trap_of_line

_SUSPECT = re.compile(r"[^\W\d][\w\-]{0,30}[ ]*(?:：|:[^\s/\\:])|-[^\s\-\d]|-?[\u3000\u00a0]")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A plain text that could have been meant as a key or an item, and what stands beside it in its list."""

    span: Span
    raw: str
    beside_mappings: bool = False
    beside_texts: bool = False


def is_suspect(value: str) -> bool:
    """Whether a plain text looks like a key or an item that went wrong."""
    return _SUSPECT.match(value) is not None


def judge(suspects: Sequence[Suspect], keys: frozenset[str], lines: Sequence[str], file: str) -> Iterator[Diagnostic]:
    """Yield a finding for each suspect its surroundings convict; ordinary text (`注意：…`) goes free."""
    for suspect in suspects:
        span = suspect.span
        if lines[span.line - 1][: span.column - 1].strip(" -"):
            continue
        traps = list(_traps(suspect, lines))
        if _convicted(suspect, [trap for _, trap in traps], keys):
            yield from (_finding(file, number, trap) for number, trap in traps)


def judge_root(span: Span, lines: Sequence[str], file: str) -> Iterator[Diagnostic]:
    """Yield a finding for each line that was meant as a key, in a file that is nothing but one text."""
    for number in range(span.line, span.end_line + 1):
        line = lines[number - 1]
        if trap := trap_of_line(line) or trap_of_dash(line):
            yield _finding(file, number, trap)


def _traps(suspect: Suspect, lines: Sequence[str]) -> Iterator[tuple[int, KeyTrap]]:
    span = suspect.span
    for number in range(span.line, min(span.end_line, span.line + 100) + 1):
        line = lines[number - 1]
        if trap := trap_of_line(line) or trap_of_dash(line):
            yield number, trap


def _convicted(suspect: Suspect, traps: Sequence[KeyTrap], keys: frozenset[str]) -> bool:
    if not traps:
        return False
    if suspect.beside_mappings or suspect.raw[:2] in ("-\u3000", "-\u00a0"):
        return True
    whole = len(traps) == suspect.span.end_line - suspect.span.line + 1
    if suspect.raw.startswith("-"):
        return whole and len(traps) > 1
    return whole and not suspect.beside_texts and all(trap.key in keys or trap.key == "id" for trap in traps)


def _finding(file: str, line: int, trap: KeyTrap) -> Diagnostic:
    return find(file, trap.word, Span(line, trap.start + 1, line, trap.end + 1), **trap.facts)
