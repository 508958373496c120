"""What changed in a text: words in English, characters in Chinese, put together so that people can read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from pmdocs.diff.prose import is_blank, is_latin, is_word, sentences, tokens
from pmdocs.diff.sequence import common

Op = Literal["equal", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that stayed, went or came."""

    op: Op
    text: str


@dataclass(slots=True)
class _Gap:
    """What differs between two stretches that are equal."""

    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    @property
    def one_sided(self) -> bool:
        """Whether something only came, or only went."""
        return bool(self.removed) != bool(self.added)

    @property
    def size(self) -> int:
        """How many characters the longer side has."""
        return max(_size(self.removed), _size(self.added))


_SENTENCE_END = frozenset("。！？.!?\n")
_CLAUSE_END = frozenset("，、；：,;:")
_BRACKETS = frozenset("“”‘’「」『』（）()《》〈〉【】[]\"'")


def word_difference(before: str, after: str) -> tuple[Segment, ...]:
    """Return a text as stretches that stayed, went and came, in the order in which they are read.

    Sentences are compared first, so that a new sentence is not pieced together from the words of its neighbours.
    """
    old, new = sentences(before), sentences(after)
    gaps, equals = [_Gap()], list[list[str]]()
    i = j = 0
    for left, right in [*common(old, new), (len(old), len(new))]:
        inner = _compared("".join(old[i:left]), "".join(new[j:right]))
        _append(gaps, equals, *inner)
        if left < len(old):
            _append(gaps, equals, [_Gap(), _Gap()], [tokens(old[left])])
        i, j = left + 1, right + 1
    _slide(gaps, equals)
    _drop_crumbs(gaps, equals)
    return tuple(_segments(gaps, equals))


def _append(gaps: list[_Gap], equals: list[list[str]], more: list[_Gap], stretches: list[list[str]]) -> None:
    """Put a comparison behind another: where they meet, two gaps become one, or two stretches do."""
    gaps[-1] = _Gap(gaps[-1].removed + more[0].removed, gaps[-1].added + more[0].added)
    gaps += more[1:]
    equals += stretches
    _join(gaps, equals)


def _join(gaps: list[_Gap], equals: list[list[str]]) -> None:
    """Join stretches with nothing between them, and gaps with nothing between them."""
    place = 1
    while place < len(gaps):
        if not equals[place - 1]:
            gaps[place - 1] = _Gap(
                gaps[place - 1].removed + gaps[place].removed, gaps[place - 1].added + gaps[place].added
            )
            del gaps[place], equals[place - 1]
        elif place < len(gaps) - 1 and not gaps[place].removed and not gaps[place].added:
            equals[place - 1] = equals[place - 1] + equals[place]
            del gaps[place], equals[place]
        else:
            place += 1


def _compared(before: str, after: str) -> tuple[list[_Gap], list[list[str]]]:
    old, new = tokens(before), tokens(after)
    gaps, equals = [_Gap()], list[list[str]]()
    i = j = 0
    for left, right in common(old, new):
        if left > i or right > j or not equals:
            gaps[-1] = _Gap(old[i:left], new[j:right])
            gaps.append(_Gap())
            equals.append([])
        equals[-1].append(old[left])
        i, j = left + 1, right + 1
    gaps[-1] = _Gap(old[i:], new[j:])
    return gaps, equals


def _slide(gaps: list[_Gap], equals: list[list[str]]) -> None:
    """Move what only came or only went to the place where it reads best: `a [b a] c` or `[a b] a c`."""
    place = 0
    while place < len(gaps):
        gap = gaps[place]
        if gap.one_sided:
            left = equals[place - 1] if place else []
            right = equals[place] if place < len(equals) else []
            first, edit, last = _best(left, gap.removed or gap.added, right, (place > 0, place < len(equals)))
            gaps[place] = _Gap(edit, []) if gap.removed else _Gap([], edit)
            if place:
                equals[place - 1] = first
            if place < len(equals):
                equals[place] = last
        place += 1
    _join(gaps, equals)


def _best(
    left: list[str], edit: list[str], right: list[str], inner: tuple[bool, bool]
) -> tuple[list[str], list[str], list[str]]:
    while left and edit[-1] == left[-1]:
        left, edit, right = left[:-1], [left[-1], *edit[:-1]], [edit[-1], *right]
    best, top = (left, edit, right), _fit(left, edit, right, inner)
    while right and edit[0] == right[0]:
        left, edit, right = [*left, edit[0]], [*edit[1:], right[0]], right[1:]
        if (fit := _fit(left, edit, right, inner)) >= top:
            best, top = (left, edit, right), fit
    return best


def _fit(left: list[str], edit: list[str], right: list[str], inner: tuple[bool, bool]) -> int:
    """Return how well an edit reads between its neighbours; best where it meets the edit before or after it."""
    before = 10 if inner[0] and not left else _border(left[-1] if left else None, edit[0])
    after = 10 if inner[1] and not right else _border(edit[-1], right[0] if right else None)
    return before + after


def _border(left: str | None, right: str | None) -> int:
    if left is None or right is None or left[-1] in _SENTENCE_END:
        return 6
    if left in _CLAUSE_END:
        return 4
    if is_blank(left) or is_blank(right):
        return 2
    if left in _BRACKETS or not is_word(right):
        return 3
    if not is_word(left):
        return 2
    return 1 if is_latin(left) != is_latin(right) else 0


def _drop_crumbs(gaps: list[_Gap], equals: list[list[str]]) -> None:
    """Give up stretches too short to help a reader: single characters and signs between edits, and what edits dwarf."""
    place = 0
    while place < len(equals):
        before, stretch, after = gaps[place], equals[place], gaps[place + 1]
        size = _size(stretch)
        is_inner = bool(before.size and after.size)
        is_both = not (before.one_sided and after.one_sided and bool(before.added) == bool(after.added))
        is_crumb = (size <= 1 and is_both) or (2 * size <= before.size and 2 * size <= after.size)
        if is_inner and is_crumb and not any("\n" in token for token in stretch):
            gaps[place] = _Gap(before.removed + stretch + after.removed, before.added + stretch + after.added)
            del gaps[place + 1], equals[place]
            place = max(0, place - 1)
        else:
            place += 1


def _size(stretch: list[str]) -> int:
    return sum(len(token) for token in stretch if is_word(token))


def _segments(gaps: list[_Gap], equals: list[list[str]]) -> Iterator[Segment]:
    for place, gap in enumerate(gaps):
        if gap.removed:
            yield Segment("removed", "".join(gap.removed))
        if gap.added:
            yield Segment("added", "".join(gap.added))
        if place < len(equals) and equals[place]:
            yield Segment("equal", "".join(equals[place]))
