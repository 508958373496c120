"""Anchors and aliases, within bounds that no document reaches and every bomb exceeds."""

from __future__ import annotations

from dataclasses import dataclass, field

from pmdocs.source.frames import Node

MOST_ALIASES = 100
LARGEST_EXPANSION = 100_000


@dataclass(slots=True)
class Anchors:
    """The anchors of a document so far; one whose collection is still open has no node yet."""

    nodes: dict[str, Node | None] = field(default_factory=dict)
    aliases: int = 0
    expanded: int = 0
    told: bool = False

    def resolve(self, name: str) -> tuple[Node | None, str | None]:
        """Return what an alias stands for, and the word of the finding where it stands for nothing.

        Once a bound is passed every alias stands for nothing, and only the first is told.
        """
        self.aliases += 1
        if name not in self.nodes:
            return None, "undefined-alias"
        node = self.nodes[name]
        if node is None:
            return None, "alias-bound"
        self.expanded += node.size
        if self.aliases <= MOST_ALIASES and self.expanded <= LARGEST_EXPANSION:
            return node, None
        word = None if self.told else "alias-bound"
        self.told = True
        return None, word
