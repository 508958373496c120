"""D7-S04 for state machines: one beginning, no state out of reach, no dead end, no two ways for one event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmdocs.checks.frame import Frame, find
from pmdocs.diagnostics import Diagnostic, Facts, Words
from pmdocs.doctype import Field, read_words
from pmdocs.doctype.vocabulary import NOT_APPLICABLE
from pmdocs.document import Document, Path, Visit
from pmdocs.rules.values import WRONG_VALUE


@dataclass(frozen=True, slots=True)
class State:
    """A state as typed: its name, its words, where it stands, and whether the machine begins or may end there."""

    name: str
    label: Words
    path: Path
    initial: bool
    terminal: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A transition as typed: from where to where, at what event and under which guard."""

    start: str
    end: str
    event: str
    guard: str
    path: Path


@dataclass(frozen=True, slots=True)
class Machine:
    """A state machine: what it is of, the place of its states, the states and the moves."""

    title: Words
    path: Path
    states: Sequence[State]
    moves: Sequence[Move]

    @property
    def is_closed(self) -> bool:
        """Whether every move begins and ends at a state there is; a misspelt one is another rule's finding."""
        names = {state.name for state in self.states}
        return all(move.start in names and move.end in names for move in self.moves)

    def reached_from(self, start: str) -> set[str]:
        """Return the states that can be reached from `start`, itself among them."""
        reached: set[str] = set()
        waiting = [start]
        while waiting:
            state = waiting.pop()
            if state not in reached:
                reached.add(state)
                waiting += [move.end for move in self.moves if move.start == state]
        return reached


def state_machines(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what keeps a state machine from being complete (ISO/IEC/IEEE 29148: states and modes)."""
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.role == "state_machine" and _is_written(visit.value):
                machine = _read(visit, document)
                yield from _beginning(frame, document, machine)
                if machine.is_closed:
                    yield from _dead_ends(frame, document, machine)
                yield from _doubles(frame, document, machine)


def _is_written(value: object) -> bool:
    return isinstance(value, dict) and NOT_APPLICABLE not in value


def _beginning(frame: Frame, document: Document, machine: Machine) -> Iterator[Diagnostic]:
    first = [state.name for state in machine.states if state.initial]
    if len(first) != 1:
        facts: Facts = {"table": machine.title, "count": len(first)}
        yield from find(frame, WRONG_VALUE, "initial-state", document, machine.path, facts, at_key=True)
    elif machine.is_closed:
        reached = machine.reached_from(first[0])
        for state in machine.states:
            if state.name not in reached:
                yield from find(frame, WRONG_VALUE, "unreachable-state", document, state.path, {"value": state.label})


def _dead_ends(frame: Frame, document: Document, machine: Machine) -> Iterator[Diagnostic]:
    left = {move.start for move in machine.moves}
    for state in machine.states:
        if state.name not in left and not state.terminal:
            yield from find(frame, WRONG_VALUE, "no-exit", document, state.path, {"value": state.label})


def _doubles(frame: Frame, document: Document, machine: Machine) -> Iterator[Diagnostic]:
    seen = set()
    for move in machine.moves:
        key = (move.start, move.event, move.guard)
        if key in seen:
            yield from find(frame, WRONG_VALUE, "duplicate-transition", document, move.path, {"value": move.start})
        seen.add(key)


def _read(visit: Visit, document: Document) -> Machine:
    states, moves = (_with_role(visit.field.fields, role) for role in ("state", "transition"))
    title = next(
        (visit.value[each.name] for each in visit.field.fields if each.kind == "text" and each.name in visit.value),
        None,
    )
    return Machine(
        title=read_words(title, document.id),
        path=(*visit.path, states.name) if states else visit.path,
        states=[_state(states, row, path) for row, path in _rows(visit, states)] if states else [],
        moves=[_move(moves, row, path) for row, path in _rows(visit, moves)] if moves else [],
    )


def _state(field: Field, row: Mapping[str, Any], path: Path) -> State:
    name = str(row.get(field.id.field if field.id else "id"))
    said = {role: _value(field, row, role) is True for role in ("initial", "terminal")}
    return State(name, read_words(row.get(field.titled_by or "title"), name), path, said["initial"], said["terminal"])


def _move(field: Field, row: Mapping[str, Any], path: Path) -> Move:
    start, end, event, guard = (
        str(_value(field, row, role)) for role in ("from_state", "to_state", "trigger", "guard")
    )
    return Move(start, end, event, guard, path)


def _value(field: Field, row: Mapping[str, Any], role: str) -> Any:
    child = _with_role(field.fields, role)
    return row.get(child.name) if child else None


def _with_role(fields: Sequence[Field], role: str) -> Field | None:
    return next((field for field in fields if field.role == role), None)


def _rows(visit: Visit, field: Field | None) -> Iterator[tuple[Mapping[str, Any], Path]]:
    rows = visit.value.get(field.name) if field else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and field:
            yield row, (*visit.path, field.name, index)
