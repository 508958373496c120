"""Events of the YAML parser to plain values and their places, without recursion and within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yaml import CSafeLoader, MarkedYAMLError, events

from pmdocs.diagnostics import Diagnostic, Fact, Span, Words
from pmdocs.source.anchors import Anchors
from pmdocs.source.found import find, in_quotes
from pmdocs.source.frames import Frame, Node, mappings_of, rejoined, starts_behind
from pmdocs.source.keys import trap_of_key
from pmdocs.source.place import Place
from pmdocs.source.resolve import resolve
from pmdocs.source.spelling import place_scalar, slice_of, span_of, tag_of
from pmdocs.source.suspects import Suspect, is_suspect

DEEPEST = 40
MOST_MERGED = 10_000
MOST_FINDINGS = 500

_NOTHING = Words(zh="（空）", en="(nothing)")


@dataclass(frozen=True, slots=True)
class Failure:
    """Where the parser gave up and why: 1-based line and column, and offsets into the text."""

    problem: str
    line: int
    column: int
    offset: int
    context: int | None = None
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """What one pass over a text gave; there is no value after a failure."""

    root: Node | None
    findings: tuple[Diagnostic, ...]
    suspects: tuple[Suspect, ...]
    keys: frozenset[str]
    failure: Failure | None


def compose(text: str, file: str) -> Composed:
    """Read the clean `text` once, up to its end or its first failure."""
    builder = _Builder(text, file)
    parser: Any = CSafeLoader(text)
    failure = None
    try:
        while failure is None and (event := parser.get_event()) is not None:
            if not builder.take(event):
                mark = event.start_mark
                failure = Failure("", mark.line + 1, mark.column + 1, mark.index, deep=True)
    except MarkedYAMLError as error:
        failure = _failure(error, text)
    return builder.composed(failure)


def _failure(error: MarkedYAMLError, text: str) -> Failure:
    mark, context = error.problem_mark, error.context_mark
    offset = len(text) if mark is None else min(mark.index, len(text))
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    problem = f"{error.context or ''}: {error.problem or ''}"
    return Failure(problem, line, column, offset, None if context is None else context.index)


class _Builder:
    """Takes events in, one by one; open collections wait on a stack.

    Events are `Any`: to their stubs a mark may be None, which it never is here.
    """

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.frames: list[Frame] = []
        self.anchors = Anchors()
        self.documents = 0
        self.root: Node | None = None
        self.merged = 0
        self.broken_alias = False
        self.found: list[Diagnostic] = []
        self.suspects: list[Suspect] = []
        self.keys: set[str] = set()

    def composed(self, failure: Failure | None) -> Composed:
        keys = self.keys.union(*(frame.value for frame in self.frames if frame.mapping))
        waiting = [suspect for frame in self.frames for suspect in frame.suspects]
        root = self.root if failure is None else None
        return Composed(root, tuple(self.found), (*self.suspects, *waiting), frozenset(keys), failure)

    def find(self, word: str, span: Span, **facts: Fact) -> None:
        if len(self.found) < MOST_FINDINGS:
            self.found.append(find(self.file, word, span, **facts))

    def take(self, event: Any) -> bool:
        """Take the next event in; return False where it nests too deep."""
        if isinstance(event, events.ScalarEvent):
            self.take_scalar(event)
        elif isinstance(event, events.MappingStartEvent | events.SequenceStartEvent):
            if len(self.frames) >= DEEPEST:
                return False
            self.open(event)
        elif isinstance(event, events.MappingEndEvent | events.SequenceEndEvent):
            self.close(event)
        elif isinstance(event, events.AliasEvent):
            self.take_alias(event)
        elif isinstance(event, events.DocumentStartEvent):
            self.start_document(event)
        return True

    def start_document(self, event: Any) -> None:
        self.documents += 1
        self.anchors = Anchors()
        if self.documents == 2:
            self.find("several-documents", span_of(event), text=slice_of(self.text, event) or "...")

    def take_scalar(self, event: Any) -> None:
        frame = self.frames[-1] if self.frames else None
        simple = event.tag is None and event.anchor is None
        if simple and frame is not None and frame.wants_key:
            self.take_key(frame, event.value, span_of(event), plain=not event.style)
            return
        if event.tag is not None:
            self.refuse_tag(event)
        place = place_scalar(self.text, event, frame.key if frame is not None else None)
        value = resolve(event.value) if place.plain and event.tag is None else event.value
        node = Node(value, place)
        if event.anchor is not None:
            self.anchors.nodes[event.anchor] = node
        if frame is not None and frame.wants_key:
            self.take_key(frame, event.value, place.span, plain=place.plain and event.tag is None)
            return
        if place.plain and frame is not None:
            self.look_at(frame, value, place)
        self.add(node)

    def look_at(self, frame: Frame, value: object, place: Place) -> None:
        """Remember a plain text that may have been meant as a key; see a key in braces without a value."""
        if isinstance(value, str):
            if not frame.flow and is_suspect(value):
                frame.suspects.append(Suspect(place.span, place.raw))
        elif frame.flow and frame.slot and frame.key is not None and not place.raw:
            trapped = self.find_key_trap(frame.slot, frame.key, alone=True)
            if not trapped and frame.children and starts_behind(place.span, frame.key):
                self.find("comma-in-text", frame.key, text=frame.slot, quoted=in_quotes(rejoined(frame)))
                frame.slot = None

    def take_key(self, frame: Frame, key: str, span: Span, *, plain: bool) -> None:
        if plain:
            if not isinstance(resolve(key), str):
                self.find("non-text-key", span, text=key or _NOTHING, quoted=in_quotes(key))
            elif not key.isascii():
                self.find_key_trap(key, span, alone=False)
        merging = plain and key == "<<"
        first = frame.merge_key if merging else _key_span(frame.children.get(key))
        if first is not None:
            self.find("duplicate-key", span, text=key, line=first.line)
            frame.take_key(None, span)
            return
        if merging:
            frame.merge_key = span
        frame.take_key(key, span, merging=merging)

    def find_key_trap(self, key: str, span: Span, *, alone: bool) -> bool:
        """Find what is wrong with a key; return whether anything is."""
        trap = trap_of_key(key, alone=alone)
        if trap is not None:
            if span.line == span.end_line:
                span = Span(span.line, span.column + trap.start, span.line, span.column + trap.end)
            self.find(trap.word, span, **trap.facts)
        return trap is not None

    def refuse_tag(self, event: Any) -> None:
        tag, span = tag_of(self.text, event)
        self.find("tag", span, text=tag)

    def open(self, event: Any) -> None:
        if event.tag is not None:
            self.refuse_tag(event)
        mapping = isinstance(event, events.MappingStartEvent)
        value: Any = {} if mapping else []
        children: Any = {} if mapping else []
        mark = event.start_mark
        start = (mark.line + 1, mark.column + 1)
        flow = bool(event.flow_style)
        self.frames.append(Frame(mapping, flow, start, mark.index, event.anchor, value, children, end=start))
        if event.anchor is not None:
            self.anchors.nodes[event.anchor] = None

    def close(self, event: Any) -> None:
        frame = self.frames.pop()
        if frame.mapping:
            self.merge(frame)
            self.keys.update(frame.value)
        if frame.suspects:
            self.suspects.extend(frame.settled_suspects())
        end = (event.end_mark.line + 1, event.end_mark.column + 1) if frame.flow else frame.end
        key = self.frames[-1].key if self.frames else None
        place = Place(Span(*frame.start, *end), key, children=frame.children)
        node = Node(frame.value, place, frame.size)
        if frame.anchor is not None:
            self.anchors.nodes[frame.anchor] = node
        if self.frames and self.frames[-1].wants_key:
            shown = self.text[frame.offset : event.end_mark.index].split("\n", 1)[0]
            self.refuse_key(self.frames[-1], place.span, shown.rstrip())
            return
        self.add(node)

    def merge(self, frame: Frame) -> None:
        """Bring in what the merge keys name; explicit keys win, then the mapping named first."""
        for node in frame.merges:
            mappings = mappings_of(node)
            if mappings is None:
                if not self.broken_alias:
                    self.find("merge-value", node.place.span)
                continue
            for values, places in mappings:
                self.merged += len(values)
                if self.merged > MOST_MERGED:
                    self.find("merge-bound", node.place.span, limit=MOST_MERGED)
                    return
                for key, value in values.items():
                    if key not in frame.value:
                        frame.value[key], frame.children[key] = value, places[key]

    def take_alias(self, event: Any) -> None:
        span, text = span_of(event), slice_of(self.text, event)
        target, word = self.anchors.resolve(event.anchor)
        self.broken_alias |= target is None
        if word is not None:
            self.find(word, span, text=text, quoted=in_quotes(text))
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.wants_key:
            if target is not None and isinstance(target.value, str):
                self.take_key(frame, target.value, span, plain=False)
            else:
                self.refuse_key(frame, span, text)
            return
        key = frame.key if frame is not None else None
        if target is None:
            self.add(Node(None, Place(span, key, raw=text)))
            return
        place = Place(span, key, raw=target.place.raw, children=target.place.children)
        self.add(Node(target.value, place, target.size))

    def refuse_key(self, frame: Frame, span: Span, text: str) -> None:
        if text.startswith("{") and self.text[frame.offset : frame.offset + 2] == "{{":
            place = Span(span.line, span.column - 1, span.line, span.column)
            whole = f"{{{text}}}"
            self.find("special-start", place, text=whole, character="{", quoted=in_quotes(whole))
        elif not text.startswith("{{"):
            self.find("non-text-key", span, text=text, quoted=in_quotes(text))
        frame.take_key(None, span)

    def add(self, node: Node) -> None:
        if not self.frames:
            if self.documents == 1:
                self.root = node
            return
        self.frames[-1].add(node)


def _key_span(place: Place | None) -> Span | None:
    return None if place is None else place.key or place.span
