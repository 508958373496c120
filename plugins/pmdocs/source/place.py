"""Where each value of a YAML file stands: a tree of places parallel to the tree of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pmdocs.diagnostics import Diagnostic, Span

Children = dict[str, "Place"] | list["Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands, where its key stands, and how a scalar was spelt.

    `comment` is what a plain scalar loses to ` #`; `indent` is the indentation of a literal block's lines.
    """

    span: Span
    key: Span | None = None
    plain: bool = False
    raw: str = ""
    comment: Span | None = None
    children: Children | None = None
    block: bool = False
    indent: int = 0

    def at(self, path: Sequence[str | int]) -> Place:
        """Return the place of the value at `path`, or the deepest place on the way that exists."""
        here = self
        for step in path:
            deeper = _step(here.children, step)
            if deeper is None:
                return here
            here = deeper
        return here

    def key_at(self, path: Sequence[str | int]) -> Span:
        """Return the span of the key at `path`, or of the value where it has no key."""
        found = self.at(path)
        return found.key or found.span

    def line_of(self, line: int) -> Span:
        """Return the span of a line (from 0) of a literal block's text; of the value for other scalars."""
        if not self.block or not self.raw.startswith("|"):
            return self.span
        lines = self.raw.split("\n")
        if not 0 <= line < len(lines) - 1:
            return self.span
        number = self.span.line + 1 + line
        content = lines[1 + line]
        start = min(self.indent, len(content)) + 1
        return Span(number, start, number, max(start, len(content) + 1))


@dataclass(frozen=True, slots=True)
class Rest:
    """What a file with errors still says once they are mended or left out in memory; `doubted` lines say nothing sure."""

    value: object
    place: Place
    doubted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Source:
    """A YAML file as read: its text, its value, the place of each part of the value, and what is wrong.

    `text` has no byte-order mark and ends its lines with LF alone; split it at LF, never with `splitlines`.
    `value` is None when the file could not be read; then there is a finding, and perhaps a `rest` to look for more in.
    """

    file: str
    text: str
    value: object
    place: Place | None
    findings: tuple[Diagnostic, ...]
    rest: Rest | None = None


def _step(children: Children | None, step: str | int) -> Place | None:
    if isinstance(children, dict):
        return children.get(step) if isinstance(step, str) else None
    if isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children):
        return children[step]
    return None
