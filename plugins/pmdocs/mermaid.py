"""State machines as Mermaid text; words of documents can neither end a line of it nor become part of its syntax."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

_SAFE = re.compile(r"[^\w \u2014\u3000-\u9fff\uff00-\uffef.,/%×≤≥-]")


def flowchart_label(text: object) -> str:
    """Return `text` as a label: what is no plain word is written as a character entity of Mermaid."""
    return _SAFE.sub(lambda match: f"#{ord(match.group())};", " ".join(str(text).split()))


def state_diagram(states: Sequence[Any], transitions: Iterable[Any]) -> str:
    """Return a diagram of the rows of a state machine, as their templates see them: an arrow for each way.

    It is a flowchart, because Mermaid lays the words of its edges out better than those of a state diagram;
    an event that changes nothing stands in its state.
    """
    names = {state.item.local: f"s{index}" for index, state in enumerate(states)}
    moves = {ends: events for ends, events in _events(transitions).items() if set(ends) <= names.keys()}
    lines = ["flowchart TD", *_CLASSES]
    for state in states:
        local = state.item.local
        staying = (f"↻ {event}" for event in moves.get((local, local), ()))
        words = [flowchart_label(state.item.title), *staying]
        lines.append(f'  {names[local]}(["{"<br/>".join(words)}"]){":::final" if _holds(state, "terminal") else ""}')
        if _holds(state, "initial"):
            lines.append(f'  begin{names[local]}((" ")):::begin --> {names[local]}')
    for (start, end), events in moves.items():
        if start != end:
            by = f'|"{"<br/>".join(events)}"|' if events else ""
            lines.append(f"  {names[start]} -->{by} {names[end]}")
    return "\n".join(lines)


def _holds(row: Any, role: str) -> bool:
    field = row.has(role)
    return bool(field and field.value)


_CLASSES = ("  classDef final stroke-width:2.5px,font-weight:bold", "  classDef begin stroke-width:5px")


def _events(transitions: Iterable[Any]) -> dict[tuple[str, str], list[str]]:
    """Return the events that lead from one state to another, each once: one arrow says them all."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in transitions:
        start, end, event = (move.has(role) for role in ("from_state", "to_state", "trigger"))
        if start and end:
            events = found.setdefault((start.value.id, end.value.id), [])
            label = flowchart_label(event.value if event else "")
            if label and label not in events:
                events.append(label)
    return found
