"""State machines as Mermaid text; words of documents can neither end a line of it nor become part of its syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_SAFE = re.compile(r"[^\w \u2014\u3000-\u9fff\uff00-\uffef.,/%×≤≥-]")


def flowchart_label(text: object) -> str:
    """Return `text` as a label: what is no plain word is written as a character entity of Mermaid."""
    return _SAFE.sub(lambda match: f"#{ord(match.group())};", " ".join(str(text).split()))


def state_diagram(states: Iterable[Any], transitions: Iterable[Any]) -> str:
    """Return a state diagram of the rows of a state machine, as their templates see them."""
    names = {state.item.local: f"s{index}" for index, state in enumerate(states)}
    lines = ["stateDiagram-v2", "  direction LR"]
    for state in states:
        name = names[state.item.local]
        lines.append(f'  state "{flowchart_label(state.label)}" as {name}')
        if state.initial:
            lines.append(f"  [*] --> {name}")
    for move in transitions:
        ends = [names.get(end.id) if end else None for end in (move["from"], move["to"])]
        if all(ends):
            lines.append(f"  {ends[0]} --> {ends[1]}: {flowchart_label(move.event)}")
    lines += [f"  {names[state.item.local]} --> [*]" for state in states if state.terminal]
    return "\n".join(lines)
