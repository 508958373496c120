"""The words in which differences are told, both languages on adjacent lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmdocs.diagnostics import Language, Words
from pmdocs.diff.changes import PartChange, Sort
from pmdocs.diff.data import Audience
from pmdocs.diff.lines import Line, Step
from pmdocs.diff.record import Record, Shapes
from pmdocs.diff.words import Segment

SORTS: Mapping[Sort, Words] = {
    "added": Words("新增", "added"),
    "removed": Words("删除", "removed"),
    "renamed": Words("改编号", "renamed"),
    "moved": Words("移动", "moved"),
    "changed": Words("改动", "changed"),
}
AUDIENCE_WORDS: Mapping[Audience, Words] = {
    "team": Words("团队", "Team"),
    "customer_service": Words("客服", "Customer service"),
    "user": Words("用户", "Users"),
}
NOTHING = Words("没有改动", "Nothing changed")
LINKS = Words("链接", "Links")
ROW = Words("第 {number} 条", "entry {number}")
ROW_ADDED = Words("新增第 {number} 条", "entry {number}, new")
ROW_REMOVED = Words("删除原第 {number} 条", "entry {number}, removed")
WAS = Words("原编号 {id}", "was {id}")
MOVED_FROM = Words("从 {id} 移来", "moved here from {id}")
MOVED_TO = Words("移到了 {id}", "moved to {id}")
MOVED_LIST = Words("从“{before}”移到“{after}”", "moved from “{before}” to “{after}”")
REORDERED = Words("次序有变", "moved within its list")
SPOKEN: Mapping[str, Words] = {"zh": Words("中文", "Chinese"), "en": Words("英文", "English")}
TRUTH: Mapping[str, Words] = {"true": Words("是", "yes"), "false": Words("否", "no")}
_ROWS: Mapping[str, Words] = {"changed": ROW, "added": ROW_ADDED, "removed": ROW_REMOVED}
_JOINT = " · "


def label_of(key: str, shapes: Shapes, language: Language, *, below: str = "") -> str:
    """Return what a field is called; one within a group of fields is called after both. `below` is the list it stands in."""
    parts = key.removeprefix(f"{below}.").split(".") if below else key.split(".")
    names = [".".join(parts[: place + 1]) for place in range(len(parts))]
    keys = [f"{below}.{name}" if below else name for name in names]
    return _JOINT.join(shapes[each].label.in_language(language) if each in shapes else each for each in keys)


def where(line: Line, shapes: Shapes, language: Language) -> str:
    """Return which place of a field a line is about; empty where it is the field itself."""
    return " ".join(_step(step, shapes, language) for step in line.steps)


def _step(step: Step, shapes: Shapes, language: Language) -> str:
    if step.kind == "field":
        return shapes[step.name].label.in_language(language)
    if step.kind == "language":
        return SPOKEN[step.name].in_language(language)
    if step.kind == "key":
        return step.name
    return _ROWS[step.kind].in_language(language).format(number=step.name)


def told(line: Line, shapes: Shapes, language: Language) -> tuple[Segment, ...]:
    """Return the segments of a line as they are shown: choices by their labels, truths as yes and no."""
    shape = shapes.get(line.key)
    if shape is None:
        return line.segments
    if shape.choices:
        labels = {name: choice.label.in_language(language) for name, choice in shape.choices.items()}
    else:
        labels = {name: words.in_language(language) for name, words in TRUTH.items()} if shape.kind == "boolean" else {}
    return tuple(Segment(each.op, labels.get(each.text, each.text)) for each in line.segments)


def moves(change: PartChange, record: Record, language: Language) -> Iterator[str]:
    """Yield where a part came from or went to, and what it was called before."""
    if change.before and change.after and change.is_renamed:
        yield WAS.in_language(language).format(id=change.before.local)
    if change.moved_from:
        yield MOVED_FROM.in_language(language).format(id=change.moved_from)
    elif change.moved_to:
        yield MOVED_TO.in_language(language).format(id=change.moved_to)
    elif change.before and change.after and change.before.list != change.after.list:
        lists = (label_of(each.list, record.shapes, language) for each in (change.before, change.after))
        yield MOVED_LIST.in_language(language).format(before=next(lists), after=next(lists))
    if change.is_reordered:
        yield REORDERED.in_language(language)


def excerpt(segments: Sequence[Segment], *, around: int) -> tuple[Segment, ...]:
    """Return segments in which a long stretch that stayed is cut to what stands beside a change."""
    last = len(segments) - 1
    return tuple(
        Segment(
            each.op, _cut(each.text, around, first=place == 0, last=place == last) if each.op == "equal" else each.text
        )
        for place, each in enumerate(segments)
    )


def _cut(text: str, around: int, *, first: bool, last: bool) -> str:
    if len(text) <= 2 * around:
        return text
    return ("" if first else text[:around]) + "…" + ("" if last else text[-around:])
