"""D7-S04 for state machines: one beginning, no state out of reach, no dead end, no two ways for one event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pmdocs.checks.frame import Frame, find
from pmdocs.diagnostics import Diagnostic, Facts
from pmdocs.doctype import read_words
from pmdocs.document import Document, Path, Visit
from pmdocs.rules.structure import WRONG_VALUE


def state_machines(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what keeps a state machine from being complete (ISO/IEC/IEEE 29148: states and modes)."""
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.role == "state_machine" and isinstance(visit.value, dict):
                yield from _machine(frame, document, visit)


def _machine(frame: Frame, document: Document, visit: Visit) -> Iterator[Diagnostic]:
    states_field = next((each for each in visit.field.fields if each.role == "state"), None)
    moves_field = next((each for each in visit.field.fields if each.role == "transition"), None)
    if states_field is None or moves_field is None:
        return
    states = _rows(visit.value.get(states_field.name))
    moves = _rows(visit.value.get(moves_field.name))
    entity = read_words(visit.value.get("entity"), document.id)
    named = all(str(move.get(end)) in states for move in moves.values() for end in ("from", "to"))
    initial = [name for name, state in states.items() if state.get("initial") is True]
    if len(initial) != 1:
        facts: Facts = {"table": entity, "count": len(initial)}
        yield from find(
            frame,
            WRONG_VALUE,
            "initial-state",
            document,
            (*visit.path, states_field.name),
            facts,
            at_key=True,
        )
    elif named:
        yield from _unreachable(
            frame, document, (*visit.path, states_field.name), states, (initial[0], list(moves.values()))
        )
    if named:
        yield from _dead_ends(frame, document, (*visit.path, states_field.name), states, list(moves.values()))
    yield from _doubles(frame, document, (*visit.path, moves_field.name), list(moves.values()))


def _unreachable(
    frame: Frame,
    document: Document,
    path: Path,
    states: Mapping[str, Any],
    walk: tuple[str, Sequence[Mapping[str, Any]]],
) -> Iterator[Diagnostic]:
    reached, (start, moves) = set(), walk
    waiting = [start]
    while waiting:
        state = waiting.pop()
        if state not in reached:
            reached.add(state)
            waiting += [str(move.get("to")) for move in moves if move.get("from") == state]
    for index, (name, state) in enumerate(states.items()):
        if name not in reached:
            facts: Facts = {"value": read_words(state.get("label"), name)}
            yield from find(frame, WRONG_VALUE, "unreachable-state", document, (*path, index), facts)


def _dead_ends(
    frame: Frame,
    document: Document,
    path: Path,
    states: Mapping[str, Any],
    moves: Sequence[Mapping[str, Any]],
) -> Iterator[Diagnostic]:
    left = {str(move.get("from")) for move in moves}
    for index, (name, state) in enumerate(states.items()):
        if name not in left and state.get("terminal") is not True:
            facts: Facts = {"value": read_words(state.get("label"), name)}
            yield from find(frame, WRONG_VALUE, "no-exit", document, (*path, index), facts)


def _doubles(frame: Frame, document: Document, path: Path, moves: Sequence[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    seen = set()
    for index, move in enumerate(moves):
        key = (str(move.get("from")), str(move.get("event")), str(move.get("guard")))
        if key in seen:
            yield from find(frame, WRONG_VALUE, "duplicate-transition", document, (*path, index), {"value": key[0]})
        seen.add(key)


def _rows(value: Any) -> dict[str, Mapping[str, Any]]:
    """Return rows by id, or by their number where they have none."""
    rows = value if isinstance(value, list) else []
    return {str(row.get("id", index)): row for index, row in enumerate(rows) if isinstance(row, dict)}
