"""Reading on after an error: the line is mended in memory or its part left out, and all is read again."""

from __future__ import annotations

import re

from pmdocs.diagnostics import Diagnostic
from pmdocs.source.compose import Composed, compose
from pmdocs.source.found import find
from pmdocs.source.place import Rest
from pmdocs.source.scene import LONGEST_LINE, Trap, look_around
from pmdocs.source.traps import diagnose

MOST_ROUNDS = 100
MOST_CHARACTERS = 8_000_000
"""Where the file is large, fewer rounds: reading takes bounded time."""

_TOP = re.compile(r"[^\s#\]}]")
_CONSEQUENCES = frozenset(
    (
        "bad-indentation",
        "colon-in-value",
        "fullwidth-comma",
        "missing-colon",
        "missing-comma",
        "syntax",
        "text-after-quote",
        "unclosed-bracket",
    )
)


class Mending:
    """A text that failed to parse, mended line by line until all its errors are known."""

    def __init__(self, text: str, file: str, composed: Composed) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.composed = composed
        self.found: dict[tuple[str, int], Diagnostic] = {}
        self.mended: set[int] = set()
        self.doubted: set[int] = set()
        self.left_out: set[int] = set()

    def run(self) -> None:
        """Mend and read again until nothing fails any more, or the bound is reached."""
        self.keep_findings()
        characters = 0
        for _ in range(MOST_ROUNDS):
            failure = self.composed.failure
            if failure is None or characters > MOST_CHARACTERS:
                return
            text = "\n".join(self.lines)
            if not self.treat(diagnose(look_around(text, self.lines, failure))):
                return
            text = "\n".join(self.lines)
            characters += len(text)
            self.composed = compose(text, self.file)
            self.keep_findings()

    def rest(self) -> Rest | None:
        """Return what could be read in the end, with the lines that mends have touched or may have bent."""
        root = self.composed.root
        if self.composed.failure is not None or root is None:
            return None
        parts = (self.part_of(start) for start in self.doubted | self.left_out)
        doubted = self.mended.union(*(range(start, end + 1) for start, end in parts))
        return Rest(root.value, root.place, frozenset(doubted))

    def treat(self, trap: Trap) -> bool:
        """Note the trap and change the text behind it; return False where nothing is left to change."""
        number = trap.span.line
        start, end = self.part_of(number)
        known = number in self.mended or (start in self.doubted and trap.word in _CONSEQUENCES)
        if not known:
            self.note(find(self.file, trap.word, trap.span, **trap.facts))
        if known or trap.mended is None or len(self.lines[number - 1]) > LONGEST_LINE:
            if start in self.left_out:
                return False
            self.left_out.add(start)
            self.lines[start - 1 : end] = [""] * (end - start + 1)
            return True
        self.mended.add(number)
        self.lines[number - 1] = trap.mended
        if not trap.sure:
            self.doubted.add(start)
        return True

    def part_of(self, number: int) -> tuple[int, int]:
        """Return the first and last line of the top-level entry that line `number` belongs to."""
        start = number
        while start > 1 and not _TOP.match(self.lines[start - 1]):
            start -= 1
        end = number
        while end < len(self.lines) and not _TOP.match(self.lines[end]):
            end += 1
        return start, end

    def keep_findings(self) -> None:
        """Keep what this reading found, save in mended lines, and save mere consequences of a mend."""
        for finding in self.composed.findings:
            line = finding.location.span.line
            word = finding.reason.word
            if line in self.mended or (word == "undefined-alias" and self.left_out):
                continue
            if word == "duplicate-key" and self.doubted and self.part_of(line)[0] in self.doubted:
                continue
            self.note(finding)

    def note(self, finding: Diagnostic) -> None:
        """Keep a finding; of several with one reason at one place, the first."""
        span = finding.location.span
        self.found.setdefault((finding.reason.word, span.line * 10_000 + span.column), finding)
