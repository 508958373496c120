"""Collections that are still open while a file is read, finished values, and what merge keys bring in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pmdocs.diagnostics import Span
from pmdocs.source.place import Place
from pmdocs.source.suspects import Suspect


@dataclass(frozen=True, slots=True)
class Node:
    """A finished value, its place, and the number of values in it with aliases written out."""

    value: object
    place: Place
    size: int = 1


@dataclass(slots=True, eq=False)
class Frame:
    """An open mapping or list; one that `has_key` waits for its value, and drops it without a `slot`."""

    mapping: bool
    flow: bool
    start: tuple[int, int]
    offset: int
    anchor: str | None
    value: Any
    children: Any
    end: tuple[int, int]
    size: int = 1
    has_key: bool = False
    slot: str | None = None
    key: Span | None = None
    merging: bool = False
    merge_key: Span | None = None
    merges: list[Node] = field(default_factory=list)
    suspects: list[Suspect] = field(default_factory=list)

    @property
    def wants_key(self) -> bool:
        """Whether the next value is a key."""
        return self.mapping and not self.has_key

    def take_key(self, slot: str | None, span: Span, *, merging: bool = False) -> None:
        """Remember the key of the value that comes next."""
        self.has_key, self.slot, self.key, self.merging = True, slot, span, merging
        self.end = max(self.end, (span.end_line, span.end_column))

    def add(self, node: Node) -> None:
        """Take a finished value in, in a mapping under the key that waits for it."""
        self.size += node.size
        self.end = max(self.end, (node.place.span.end_line, node.place.span.end_column))
        if not self.mapping:
            self.value.append(node.value)
            self.children.append(node.place)
            return
        if self.merging:
            self.merges.append(node)
        elif self.slot is not None:
            self.value[self.slot] = node.value
            self.children[self.slot] = node.place
        self.has_key, self.slot, self.key, self.merging = False, None, None, False

    def settled_suspects(self) -> Iterator[Suspect]:
        """Yield the suspects of the finished collection, with what stands beside them."""
        others = [] if self.mapping else [value for value in self.value if not isinstance(value, dict)]
        beside_mappings = not self.mapping and len(others) < len(self.value)
        beside_texts = len(others) > len(self.suspects)
        for suspect in self.suspects:
            yield Suspect(suspect.span, suspect.raw, beside_mappings, beside_texts)


def starts_behind(value: Span, key: Span) -> bool:
    """Whether an empty value stands right behind its key: no colon was written, the key is alone between commas."""
    return (value.line, value.column) == (key.end_line, key.end_column)


def rejoined(frame: Frame) -> str:
    """Return the text that a comma cut in two: the value before the key without a value, and the key."""
    text, key = frame.slot or "", frame.key
    last = next(reversed(frame.children.values()), None)
    if key is None or last is None or not last.plain or last.span.end_line != key.line:
        return text
    return f"{last.raw},{' ' * (key.column - last.span.end_column - 1)}{text}"


def mappings_of(node: Node) -> list[tuple[dict[str, object], dict[str, Place]]] | None:
    """Return the mappings that the value of a merge key brings in; None where it is something else."""
    parts = [(node.value, node.place)]
    if isinstance(node.value, list) and isinstance(node.place.children, list):
        parts = list(zip(node.value, node.place.children, strict=True))
    found = []
    for value, place in parts:
        if not isinstance(value, dict) or not isinstance(place.children, dict):
            return None
        found.append((value, place.children))
    return found
