"""D7-M01, M03, M04, M07 and M08: steps, pictures and titles of a manual."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from pmdocs.checks.frame import Frame, find
from pmdocs.checks.parts import records
from pmdocs.checks.prose import bare, han_count, spoken_texts
from pmdocs.checks.texts import at_place, texts_of
from pmdocs.checks.verbs import begins_with_verb, is_title_of_a_task
from pmdocs.diagnostics import Diagnostic, Facts, Severity
from pmdocs.doctype import Field
from pmdocs.document import Document, Item, Path, Visit
from pmdocs.markdown import is_foreign, prose_of
from pmdocs.rules.steps import MANY_STEPS, NO_RESULT, NO_VERB, POOR_PICTURE, POOR_TITLE

_MARKDOWN_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(\s*<?([^)\s>]+)")
_MARKS = "。．.！!？?，,；;：:、…"
_SHOWN = 40


def verbless_steps(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each step that does not begin with a verb."""
    lexicon = frame.library.lexicon
    for document in frame.library.documents:
        for record in records(document, "step"):
            field = record.child("action")
            if field and field.name in record.values:
                path = (*record.path, field.name)
                for place, text, language in spoken_texts(record.values[field.name], path, document):
                    if text.strip() and not begins_with_verb(text, language, lexicon):
                        yield from find(frame, NO_VERB, "no-verb", document, place, {"text": _short(text)})


def unseen_results(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each first and last step that does not say what the reader will see."""
    for document, visit in _steps(frame):
        expected = next((each for each in visit.field.fields if each.role == "expected"), None)
        if expected is None:
            continue
        rows: Sequence[Any] = visit.value
        ends = {0: "first-step", len(rows) - 1: "last-step"} if len(rows) > 1 else {0: "last-step"}
        for index, word in ends.items():
            if isinstance(rows[index], dict) and expected.name not in rows[index]:
                facts: Facts = {"parent": visit.owner, "field": expected.label}
                yield from find(frame, NO_RESULT, word, document, (*visit.path, index), facts)


def many_steps(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each list of steps that is long, and each that is too long."""
    for document, visit in _steps(frame):
        count = len(visit.value)
        advised, most = int(frame.threshold("advised_steps")), int(frame.threshold("most_steps"))
        if count > most:
            facts: Facts = {"parent": visit.owner, "count": count, "limit": most}
            yield from find(frame, MANY_STEPS, "too-many-steps", document, visit.path, facts, at_key=True)
        elif count > advised:
            status = frame.library.standards.lifecycle.get(document.status)
            severity = Severity.WARNING if status and status.gate else Severity.HINT
            facts = {"parent": visit.owner, "count": count, "limit": advised}
            yield from find(
                frame, MANY_STEPS, "many-steps", document, visit.path, facts, at_key=True, severity=severity
            )


def _steps(frame: Frame) -> Iterator[tuple[Document, Visit]]:
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.role == "step" and isinstance(visit.value, list) and visit.value:
                yield document, visit


def poor_pictures(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each picture in Markdown without a text, and each picture whose file is too large."""
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.kind == "image" and isinstance(visit.value, str):
                yield from _large(frame, document, visit.path, visit.value, (visit.value, 0, visit.value))
            elif "markdown" in (visit.field.kind, visit.field.of) and visit.field.holds_text:
                for path, text in texts_of(visit.value, visit.path):
                    if "![" in text:
                        yield from _in_markdown(frame, document, path, text)


def _in_markdown(frame: Frame, document: Document, path: Path, text: str) -> Iterator[Diagnostic]:
    prose = prose_of(text)
    for match in _MARKDOWN_PICTURE.finditer(text):
        if prose[match.start()] != "!":
            continue
        where = (text, match.start(2), match[2])
        if not match[1].strip():
            told = find(frame, POOR_PICTURE, "no-alt", document, path, {"value": match[2]})
            yield from at_place(told, document, path, where)
        yield from _large(frame, document, path, unquote(match[2]), where)


def _large(
    frame: Frame, document: Document, path: Path, value: str, where: tuple[str, int, str]
) -> Iterator[Diagnostic]:
    if is_foreign(value):
        return
    file = posixpath.normpath(posixpath.join(posixpath.dirname(document.source.file), value))
    limit, size = frame.threshold("max_picture_kb"), frame.size_of(file) / 1024
    if size > limit:
        facts: Facts = {"value": value, "size": f"{size:.0f}", "limit": f"{limit:g}"}
        yield from at_place(find(frame, POOR_PICTURE, "too-large", document, path, facts), document, path, where)


def poor_titles(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what is wrong with the titles of tasks: no verb, too long, a mark at the end, used twice."""
    for document in frame.library.documents:
        first: dict[str, str] = {}
        for item in document.items:
            if item.field.role == "task" and (titled := item.values.get(item.field.titled_by or "title")):
                for path, text, language in spoken_texts(
                    titled, (*item.path, item.field.titled_by or "title"), document
                ):
                    yield from _poor_title(frame, document, path, (text, language, _is_procedure(item)))
                    key = bare(text).casefold()
                    if other := first.get(key):
                        facts: Facts = {"text": text.strip(), "other": other}
                        yield from find(frame, POOR_TITLE, "title-twice", document, path, facts)
                    first.setdefault(key, item.address)


def _poor_title(frame: Frame, document: Document, path: Path, title: tuple[str, Any, bool]) -> Iterator[Diagnostic]:
    text, language, procedure = title
    said, limit = bare(text), int(frame.threshold("max_title"))
    if said[-1:] in _MARKS:
        yield from find(frame, POOR_TITLE, "title-punctuation", document, path, {"mark": said[-1]})
    if language == "zh" and (length := han_count(said)) > limit:
        yield from find(frame, POOR_TITLE, "title-length", document, path, {"length": length, "limit": limit})
    if procedure and not is_title_of_a_task(said, language, frame.library.lexicon):
        yield from find(frame, POOR_TITLE, "title-verb", document, path, {"text": _short(said)})


def _is_procedure(item: Item) -> bool:
    """Whether a task is something to do: topics that only inform need no verb."""
    kind: Field | None = next((each for each in item.field.fields if each.role == "topic_kind"), None)
    return kind is None or item.values.get(kind.name) not in tuple(kind.choices)[PROCEDURES:]


PROCEDURES = 2
"""Of the kinds of topics (Diátaxis) the first two are done, how-to and tutorial; the others are read."""


def _short(text: str) -> str:
    line = bare(text).split("\n")[0]
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
