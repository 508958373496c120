"""What goes wrong between brackets: one that is never closed, and the characters that break an entry."""

from __future__ import annotations

import re

from pmdocs.diagnostics import Fact, Span
from pmdocs.source.found import in_quotes
from pmdocs.source.scene import Scene, Trap, is_key_line

_CLOSING = {"[": "]", "{": "}"}


def open_bracket(scene: Scene) -> Trap | None:
    """A bracket that is never closed, or what breaks an entry behind it."""
    if scene.bracket is None:
        return None
    character = scene.text[scene.bracket]
    number, column = scene.position(scene.bracket)
    line = scene.line(scene.number)
    if not (scene.failure.line > number and is_key_line(line)) and (inside := _within_brackets(scene)):
        return inside
    rest = scene.line(number)[column:]
    if scene.failure.line == number and _CLOSING[character] in rest:
        return None
    facts = {"character": character, "closing": _CLOSING[character], "text": character + rest}
    return Trap("unclosed-bracket", scene.span(scene.bracket), facts, f"{scene.line(number)[: column - 1]}x")


def _within_brackets(scene: Scene) -> Trap | None:
    """A character that breaks an entry between brackets, on the line of the failure."""
    line, offset = scene.line(scene.number), scene.failure.offset
    start = scene.failure.context if "scanning" in scene.failure.problem else offset
    start = offset if start is None else start
    character = scene.text[start : start + 1]
    if character in ("`", "@", "%", "*", "&", "!", "|", ">"):
        text = re.split(r"[,\]}\n]", scene.text[start : start + 200], maxsplit=1)[0].strip()
        facts: dict[str, Fact] = {"text": text, "character": character, "quoted": in_quotes(text)}
        _, column = scene.position(start)
        mended = f"{line[: column - 1]}x{line[column - 1 + len(text) :]}"
        return Trap("special-start", scene.span(start), facts, mended)
    comma = line.find("，")
    if comma >= 0 and "did not find expected ','" in scene.failure.problem:
        span = Span(scene.number, comma + 1, scene.number, comma + 2)
        return Trap("fullwidth-comma", span, {"text": line.strip()}, line.replace("，", ", "))
    return None


def missing_comma(scene: Scene) -> Trap | None:
    """Two entries between brackets that run into each other."""
    if scene.bracket is None or scene.failure.offset >= len(scene.text):
        return None
    number, column = scene.position(scene.failure.offset)
    start, _ = scene.position(scene.bracket)
    mended = f"{scene.line(number)[: scene.position(scene.bracket)[1] - 1]}x" if start == number else None
    text = scene.text[max(scene.last.start, scene.bracket) : scene.failure.offset + 20].split("\n", 1)[0]
    return Trap("missing-comma", Span(number, column, number, column + 1), {"text": text}, mended)
