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
    lines = ["stateDiagram-v2", "  direction TB", "  classDef final stroke-width:2.5px,font-weight:bold"]
    for state in states:
        name = names[state.item.local]
        lines.append(f'  state "{flowchart_label(state.label or state.item.local)}" as {name}')
        if state.initial:
            lines.append(f"  [*] --> {name}")
    for (start, end), events in _events(transitions).items():
        if start in names and end in names:
            label = f": {'<br/>'.join(events)}" if events else ""
            lines.append(f"  {names[start]} --> {names[end]}{label}")
    lines += [f"  class {names[state.item.local]} final" for state in states if state.terminal]
    return "\n".join(lines)


def _events(transitions: Iterable[Any]) -> dict[tuple[str, str], list[str]]:
    """Return the events that lead from one state to another, each once: one arrow says them all."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in transitions:
        start, end = move["from"], move["to"]
        if start and end:
            events = found.setdefault((start.id, end.id), [])
            label = flowchart_label(move.event or "")
            if label and label not in events:
                events.append(label)
    return found
