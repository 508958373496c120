"""Findings as text for people, annotations for GitHub, and JSON for machines."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from pmdocs.checks import Suppressed, Suppression
from pmdocs.diagnostics import Diagnostic, Language, Severity, Words
from pmdocs.doctype import read_words

SEVERITY_WORDS = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.HINT: Words("提示", "hint"),
}
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.HINT: "bold blue"}
_BY_DAY = Words(
    "（与日期有关，不会让构建停下）",
    "(It depends on the day and does not stop a build.)",
)
_WIDEST = 160
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def as_text(findings: Sequence[Diagnostic], language: Language, line_of: Callable[[str, int], str | None]) -> Text:
    """Return each finding with its source line and a caret below it, then the count; `line_of(file, line)` gives lines."""
    text = Text()
    for finding in findings:
        place, span = finding.location, finding.location.span
        text.append(f"{place.file}:{span.line}:{span.column}: ", style="bold")
        text.append(SEVERITY_WORDS[finding.severity].in_language(language), style=_COLOURS[finding.severity])
        text.append(f" {finding.code} {finding.reason.word}\n", style="dim")
        text.append(f"  {_visible(finding.message(language))}\n")
        line = line_of(place.file, span.line)
        if line:
            text.append_text(_excerpt(line, finding))
        if hint := finding.hint(language):
            text.append("  → ", style="green")
            text.append(f"{_visible(hint)}\n")
        if finding.by_day and finding.severity is Severity.ERROR:
            text.append(f"  {_BY_DAY.in_language(language)}\n", style="dim")
        text.append("\n")
    text.append(summary(findings, language))
    return text


def _visible(text: str) -> str:
    """Return `text` with a blank for each control character: a terminal would obey it."""
    return _CONTROL.sub(" ", text)


def _excerpt(line: str, finding: Diagnostic) -> Text:
    """Return the line and, below it, carets under the span; wide characters count two cells, long lines are cut."""
    span = finding.location.span
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = max(0, start - _WIDEST // 2)
    shown = _visible(line[cut : cut + _WIDEST])
    before = cell_len(shown[: start - cut])
    width = max(cell_len(shown[start - cut : max(end, start + 1) - cut]), 1)
    number = str(span.line)
    text = Text(f"  {number} | ", style="dim").append(shown, style="default").append("\n")
    text.append(f"  {' ' * len(number)} | ", style="dim").append(
        " " * before + "^" * width, style=_COLOURS[finding.severity]
    )
    return text.append("\n")


def suppressed_line(count: int, language: Language) -> str:
    """Return how many findings are suppressed, in one line."""
    if language == "zh":
        return f"另有 {count} 处按豁免放过；站点的“规则豁免”页列出全部。"
    return f"Suppressed: {count}. The site's page of suppressions lists them all."


def summary(findings: Sequence[Diagnostic], language: Language) -> str:
    """Return how many findings there are of each severity, in one line."""
    counts = Counter(finding.severity for finding in findings)
    if language == "zh":
        if not findings:
            return "没有发现问题。"
        return (
            "共 " + "，".join(f"{counts[each]} 个{SEVERITY_WORDS[each].zh}" for each in Severity if counts[each]) + "。"
        )
    if not findings:
        return "No findings."
    told = [
        f"{counts[each]} {SEVERITY_WORDS[each].en}{'s' if counts[each] > 1 else ''}"
        for each in Severity
        if counts[each]
    ]
    return ", ".join(told) + "."


def as_json(findings: Sequence[Diagnostic], language: Language, suppressed: Sequence[Suppressed] = ()) -> str:
    """Return the findings as a JSON list, one object each, in the order of the report; those that are suppressed last."""
    records = [_record(finding, language) for finding in findings]
    records += [_record(each.finding, language, each.by) for each in suppressed]
    return json.dumps(records, ensure_ascii=False, indent=2)


def _record(
    finding: Diagnostic, language: Language, by: Suppression | None = None
) -> dict[str, str | int | bool | dict[str, str] | None]:
    span = finding.location.span
    return {
        "code": finding.code,
        "reason": finding.reason.word,
        "severity": finding.severity.value,
        "file": finding.location.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "message": finding.message(language),
        "hint": finding.hint(language),
        "document": finding.document,
        "item": finding.item,
        "path": dotted(finding.path),
        "by_day": finding.by_day,
        "suppressed": {name: str(by.values.get(name, "")) for name in ("by", "until")}
        | {"reason": read_words(by.values.get("reason")).in_language(language)}
        if by
        else None,
    }


def dotted(path: Sequence[str | int]) -> str:
    """Return a place in a document as one word, such as `requirements[0].title`; empty for the whole of it."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def as_github(findings: Sequence[Diagnostic], language: Language) -> str:
    """Return the findings as workflow commands, which GitHub shows at the lines of a pull request."""
    return "\n".join(_annotation(finding, language) for finding in findings)


def _annotation(finding: Diagnostic, language: Language) -> str:
    span = finding.location.span
    where = {"file": finding.location.file, "line": span.line, "endLine": span.end_line, "col": span.column}
    if span.end_line == span.line:
        where["endColumn"] = max(span.end_column - 1, span.column)
    where["title"] = f"{finding.code} {finding.reason.word}"
    settings = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in where.items())
    text = "\n".join(filter(None, (finding.message(language), finding.hint(language))))
    return f"::{_GITHUB[finding.severity]} {settings}::{_escaped(text)}"


def _escaped(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def printed(text: Text, *, colour: bool) -> str:
    """Return rich text as terminals take it, with colours or plain; lines are never wrapped."""
    console = Console(force_terminal=colour, no_color=not colour, width=10_000, soft_wrap=True, highlight=False)
    with console.capture() as capture:
        console.print(text, end="")
    return capture.get()
