"""What the writer did where the parser gave up: each trap looks at the scene and speaks, or passes."""

from __future__ import annotations

import re
from collections.abc import Callable

from pmdocs.diagnostics import Fact, Span, Words
from pmdocs.source.brackets import missing_comma, open_bracket
from pmdocs.source.found import in_quotes
from pmdocs.source.keys import FULLWIDTH_QUOTES, KeyTrap, trap_of_dash, trap_of_line
from pmdocs.source.scene import Entry, Scene, Trap, is_key_line

_SPECIAL = frozenset("`@%*&!|>{}[],?-")
LONGEST_KEY = 1000
_NOTHING = Words(zh="（空）", en="(nothing)")
_TAB = re.compile(r"[ \-]*(?P<tab>\t[ \t]*)")
_INDENTED = re.compile(r"[ ]*")


def diagnose(scene: Scene) -> Trap:
    """Return the trap that made the parser give up."""
    for look in _TRAPS:
        if trap := look(scene):
            return trap
    number = scene.number
    text = scene.line(number)[scene.failure.column - 1 :].strip() or scene.line(number).strip()
    column = min(scene.failure.column, len(scene.lines[number - 1]) + 1)
    return Trap("syntax", Span(number, column, number, column + 1), {"text": text})


def _nesting(scene: Scene) -> Trap | None:
    if not scene.failure.deep:
        return None
    return Trap("nesting-depth", scene.span(scene.failure.offset), {"limit": 40})


def _escape(scene: Scene) -> Trap | None:
    if not scene.failure.problem.startswith("while parsing a quoted scalar"):
        return None
    offset = scene.text.rfind("\\", 0, scene.failure.offset + 1)
    length = {"x": 4, "u": 6, "U": 10}.get(scene.text[offset + 1 : offset + 2], 2)
    text = scene.text[offset : offset + length].split('"', 1)[0].rstrip()
    number, column = scene.position(offset)
    line = scene.lines[number - 1]
    mended = f"{line[: column - 1]}/{line[column:]}"
    return Trap("bad-escape", scene.span(offset, len(text)), {"text": text}, mended, sure=True)


def _open_quote(scene: Scene) -> Trap | None:
    """A quotation mark that is never closed, or is closed by the next one lines below."""
    start = None
    if scene.failure.problem.startswith("while scanning a quoted scalar"):
        start = scene.failure.context
    elif scene.last.quoted:
        first, _ = scene.position(scene.last.start)
        end, _ = scene.position(scene.last.end)
        if any(is_key_line(scene.line(number)) for number in range(first + 1, end + 1)):
            start = scene.last.start
    if start is None:
        return None
    number, column = scene.position(start)
    line = scene.line(number)
    facts = {"character": scene.text[start], "text": line[column - 1 :]}
    return Trap("unclosed-quote", scene.span(start), facts, f"{line[: column - 1]}x")


def _tab(scene: Scene) -> Trap | None:
    line = scene.line(scene.number)
    match = _TAB.match(line)
    if match is None:
        return None
    start, end = match.span("tab")
    mended = f"{line[:start]}{match['tab'].expandtabs(2)}{line[end:]}"
    return Trap("tab-indentation", Span(scene.number, start + 1, scene.number, end + 1), {}, mended)


def _fullwidth_blank(scene: Scene) -> Trap | None:
    for number in scene.suspected:
        trap = trap_of_line(scene.line(number))
        if trap is not None and trap.word == "fullwidth-space":
            return _from_key(number, trap)
    return None


def _text_after_quote(scene: Scene) -> Trap | None:
    number, column = scene.position(scene.failure.offset)
    between = scene.text[scene.last.end : scene.failure.offset]
    if not scene.last.quoted or scene.bracket is not None or "\n" in between or number > len(scene.lines):
        return None
    first, start = scene.position(scene.last.start)
    line = scene.line(number)
    text = line[column - 1 :].split(" #", 1)[0].strip()
    if not text or text.startswith(":"):
        return None
    whole = line[start - 1 :].split(" #", 1)[0].strip() if first == number else text
    facts = {"text": text, "quoted": in_quotes(whole)}
    span = Span(number, column, number, column + len(text))
    return Trap("text-after-quote", span, facts, line[: column - 1].rstrip(), sure=True)


def _special_start(scene: Scene) -> Trap | None:
    entry = scene.entry(scene.number)
    if scene.bracket is not None or entry is None or scene.failure.column < entry.column:
        return None
    if entry.value[0] not in _SPECIAL:
        return None
    if entry.value[0] in "-?" and not (entry.value[1:2] in ("", " ") and entry.key):
        return None
    facts = {"text": entry.value, "character": entry.value[0], "quoted": in_quotes(entry.value)}
    return Trap("special-start", _first_of(scene.number, entry), facts, _with_value(entry), sure=True)


def _special_key(scene: Scene) -> Trap | None:
    """A key, or a whole line, that starts with a special character."""
    entry = scene.entry(scene.number)
    if scene.bracket is not None or entry is None or not entry.key or entry.key[0] not in _SPECIAL - {"-", "?"}:
        return None
    text, column = entry.key.rstrip(" :"), len(entry.lead) + 1
    facts = {"text": text, "character": text[0], "quoted": in_quotes(text)}
    mended = f"{entry.lead}{entry.key[1:].lstrip()}{entry.value}"
    return Trap("special-start", Span(scene.number, column, scene.number, column + 1), facts, mended)


def _fullwidth_quote(scene: Scene) -> Trap | None:
    entry = scene.entry(scene.number)
    if entry is None or entry.value[0] not in FULLWIDTH_QUOTES:
        return None
    bare = entry.value.strip(FULLWIDTH_QUOTES)
    facts = {"text": entry.value, "character": entry.value[0], "quoted": in_quotes(bare)}
    return Trap("fullwidth-quote", _first_of(scene.number, entry), facts, _with_value(entry), sure=True)


def _key_trap(scene: Scene) -> Trap | None:
    if not scene.starts_its_line:
        return None
    for number in scene.suspected:
        line = scene.line(number)
        trap = None if is_key_line(line) else trap_of_line(line) or trap_of_dash(line)
        if trap is not None:
            return _from_key(number, trap)
    return None


def _no_key(scene: Scene) -> Trap | None:
    line = scene.line(scene.number)
    start = len(line) - len(line.lstrip(" -"))
    if not line.startswith(":", start) or scene.failure.column != start + 1:
        return None
    span = Span(scene.number, start + 1, scene.number, start + 2)
    facts: dict[str, Fact] = {"text": _NOTHING, "quoted": '""'}
    return Trap("non-text-key", span, facts, f"{line[:start]}x{line[start:]}")


def _lost_comment(scene: Scene) -> Trap | None:
    """Text that went on over the line, behind a ` #` that ended it."""
    number, _ = scene.position(scene.last.end)
    if not scene.last.plain or number >= scene.number or is_key_line(scene.line(scene.number)):
        return None
    entry = scene.entry(number)
    line = scene.line(number)
    if entry is None or not scene.text.startswith(" #", scene.last.end):
        return None
    cut = line.find(" #")
    lost = line[cut + 2 :].strip()
    field = entry.key.rstrip(" :") or entry.value
    span = Span(number, cut + 2, number, len(line) + 1)
    return Trap("lost-comment", span, {"field": field, "text": lost}, line[:cut], sure=True)


def _colon_in_value(scene: Scene) -> Trap | None:
    if "mapping values are not allowed" not in scene.failure.problem:
        return None
    number, column = scene.number, scene.failure.column
    entry, line = scene.entry(number), scene.line(scene.number)
    first, _ = scene.position(scene.plain_start)
    if entry is None or len(entry.key) > LONGEST_KEY:
        return None
    if first < number and (scene.starts_its_line or (is_key_line(line) and entry.key.isascii())):
        return None
    text = entry.value if first == number else line.strip()
    facts = {"text": text, "quoted": in_quotes(text)}
    mended = _with_value(entry) if first == number else f"{entry.lead}x"
    return Trap("colon-in-value", Span(number, column, number, column + 1), facts, mended, sure=True)


def _missing_colon(scene: Scene) -> Trap | None:
    number = None
    if "could not find expected ':'" in scene.failure.problem and scene.failure.context is not None:
        number, _ = scene.position(scene.failure.context)
    elif "mapping values are not allowed" in scene.failure.problem and scene.starts_its_line:
        number, _ = scene.position(scene.plain_start)
    if number is None or number > len(scene.lines) or is_key_line(scene.line(number)):
        return None
    line = scene.line(number)
    text = line.strip()
    start = len(line) - len(line.lstrip())
    span = Span(number, start + 1, number, start + 1 + len(text))
    return Trap("missing-colon", span, {"text": text}, f"{line.rstrip()}:")


def _indentation(scene: Scene) -> Trap | None:
    problem = scene.failure.problem
    wrong = ("expected key", "'-' indicator", "<document start>", "mapping values", "sequence entries")
    if not any(part in problem for part in wrong):
        return None
    line = scene.line(scene.number)
    start = len(line) - len(line.lstrip())
    if not line.strip() or scene.failure.column < start + 1:
        return None
    text = line.strip()
    word = text.split(": ", 1)[0].removesuffix(":") if is_key_line(line) else text
    span = Span(scene.number, start + 1, scene.number, start + 1 + len(word))
    indent = _nearest(scene, start)
    mended = None if indent == start else " " * indent + text
    return Trap("bad-indentation", span, {"text": word}, mended)


def _nearest(scene: Scene, indent: int) -> int:
    """Return the indentation of a level above that comes nearest to `indent`."""
    levels: list[int] = []
    for number in range(scene.number - 1, max(0, scene.number - 200), -1):
        line = scene.line(number)
        if not is_key_line(line) and not line.lstrip().startswith("- "):
            continue
        match = _INDENTED.match(line)
        level = match.end() if match else 0
        entry = scene.entry(number)
        for start in (len(entry.lead) if entry else level, level):
            if not levels or start < levels[-1]:
                levels.append(start)
        if level == 0:
            break
    return min(levels, key=lambda level: abs(level - indent), default=indent)


def _first_of(number: int, entry: Entry) -> Span:
    return Span(number, entry.column, number, entry.column + 1)


def _with_value(entry: Entry) -> str:
    return f"{entry.lead}{entry.key}x"


def _from_key(number: int, trap: KeyTrap) -> Trap:
    sure = trap.word != "fullwidth-space"
    return Trap(trap.word, Span(number, trap.start + 1, number, trap.end + 1), trap.facts, trap.cured, sure)


_TRAPS: tuple[Callable[[Scene], Trap | None], ...] = (
    _nesting,
    _escape,
    _open_quote,
    _tab,
    _fullwidth_blank,
    open_bracket,
    _text_after_quote,
    _special_start,
    _special_key,
    _fullwidth_quote,
    _no_key,
    _key_trap,
    missing_comma,
    _lost_comment,
    _colon_in_value,
    _missing_colon,
    _indentation,
)
