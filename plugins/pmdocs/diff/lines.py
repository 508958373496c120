"""A changed field as lines that people read: which entry, which part of it, in which language, and what stayed, went and came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pmdocs.diff.changes import FieldChange
from pmdocs.diff.record import Shapes
from pmdocs.diff.sequence import Pair, aligned, canonical_key, common
from pmdocs.diff.words import Segment, word_difference

StepKind = Literal["field", "key", "language", "added", "removed", "changed"]
LANGUAGES = ("zh", "en")
SHORT = 20
"""How many characters an entry of a list may have to stand in one line with others."""
_PROSE = frozenset({"text", "markdown", "list", "map"})
"""Kinds of fields whose values are compared word by word; of the others, one value takes the place of another."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step into a value: a field of a row (`name` is its key in the shapes), a key, a language, or a row by its number."""

    kind: StepKind
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """What changed at one place of a field. `key` names the field whose choices and words apply there."""

    steps: tuple[Step, ...]
    key: str
    segments: tuple[Segment, ...]


def lines_of(change: FieldChange, key: str, shapes: Shapes) -> Iterator[Line]:
    """Yield what changed in a field, place by place; `key` is its key in the shapes of its type."""
    yield from _compared(change.before, change.after, (), (key, shapes))


def _compared(before: Any, after: Any, steps: tuple[Step, ...], at: tuple[str, Shapes]) -> Iterator[Line]:
    if before == after:
        return
    before, after = _spoken(before, after)
    is_missing = before is None or after is None
    if isinstance(before or after, dict) and (is_missing or (isinstance(before, dict) and isinstance(after, dict))):
        yield from _mappings(before or {}, after or {}, steps, at)
    elif isinstance(before or after, list) and (is_missing or (isinstance(before, list) and isinstance(after, list))):
        yield from _lists(before or [], after or [], steps, at)
    elif isinstance(before, dict | list) or isinstance(after, dict | list):
        yield from _compared(before, None, steps, at)
        yield from _compared(None, after, steps, at)
    else:
        yield Line(steps, at[0], _scalars(before, after, at))


def _spoken(before: Any, after: Any) -> tuple[Any, Any]:
    """Return two texts of which one is in two languages and the other in one, both by language."""
    if isinstance(before, str) and _is_bilingual(after):
        return {_language(before, after): before}, after
    if isinstance(after, str) and _is_bilingual(before):
        return before, {_language(after, before): after}
    return before, after


def _is_bilingual(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= set(LANGUAGES)


def _language(text: str, other: dict[str, Any]) -> str:
    return next(
        (name for name in LANGUAGES if other.get(name) == text), next(each for each in LANGUAGES if each in other)
    )


def _mappings(
    before: dict[str, Any], after: dict[str, Any], steps: tuple[Step, ...], at: tuple[str, Shapes]
) -> Iterator[Line]:
    key, shapes = at
    names = [name for name in shapes if name.rpartition(".")[0] == key]
    order = {name.rpartition(".")[2]: place for place, name in enumerate(names)}
    for name in sorted({*before, *after}, key=lambda each: (order.get(each, len(order)), each != LANGUAGES[0], each)):
        if name in order:
            inner, step = f"{key}.{name}", Step("field", f"{key}.{name}")
        else:
            inner, step = key, Step("language" if name in LANGUAGES else "key", name)
        yield from _compared(before.get(name), after.get(name), (*steps, step), (inner, shapes))


def _lists(
    before: Sequence[Any], after: Sequence[Any], steps: tuple[Step, ...], at: tuple[str, Shapes]
) -> Iterator[Line]:
    pairs = aligned(before, after)
    if all(is_short(each) for each in (*before, *after)) and not (_is_prose(at) and _is_edited(pairs, before, after)):
        if segments := tuple(_entries(before, after)):
            yield Line(steps, at[0], segments)
        return
    for i, j in pairs:
        old, new = before[i] if i is not None else None, after[j] if j is not None else None
        kind: StepKind = "added" if i is None else "removed" if j is None else "changed"
        place = j if j is not None else i
        assert place is not None
        yield from _compared(old, new, (*steps, Step(kind, str(place + 1))), at)


def _is_edited(pairs: Sequence[Pair], before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether an entry became another that is like it, rather than going or coming."""
    return any(before[i] != after[j] for i, j in pairs if i is not None and j is not None)


def is_short(value: Any) -> bool:
    """Whether a value is so short that several stand in one line, such as tags and ids."""
    return not isinstance(value, dict | list) and len(text_of(value)) <= SHORT


def _entries(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Segment]:
    """Yield the entries that went and came, in order, a blank between them."""
    names = [[canonical_key(value) for value in side] for side in (before, after)]
    pairs = common(names[0], names[1])
    kept = [{i for i, _ in pairs}, {j for _, j in pairs}]
    gone: list[Segment] = [Segment("removed", text_of(each)) for i, each in enumerate(before) if i not in kept[0]]
    come: list[Segment] = [Segment("added", text_of(each)) for j, each in enumerate(after) if j not in kept[1]]
    for place, segment in enumerate((*gone, *come)):
        if place:
            yield Segment("equal", " ")
        yield segment


def _scalars(before: Any, after: Any, at: tuple[str, Shapes]) -> tuple[Segment, ...]:
    if _is_prose(at) and isinstance(before, str) and isinstance(after, str):
        return word_difference(before, after)
    removed = (Segment("removed", text_of(before)),) if before is not None else ()
    added = (Segment("added", text_of(after)),) if after is not None else ()
    return (*removed, *added)


def _is_prose(at: tuple[str, Shapes]) -> bool:
    shape = at[1].get(at[0])
    return shape is None or (shape.kind in _PROSE and not shape.choices)


def text_of(value: Any) -> str:
    """Return a single value as it is written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
