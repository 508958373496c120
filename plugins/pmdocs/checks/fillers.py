"""D7-S08 and D7-S09: words that stand for what is still to be written, and what was filled in to fill it in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pmdocs.checks.frame import Frame, find
from pmdocs.checks.texts import at_place, texts_of
from pmdocs.diagnostics import Diagnostic, Facts
from pmdocs.doctype import Field
from pmdocs.doctype.vocabulary import NOT_APPLICABLE
from pmdocs.document import Document, Path, Visit
from pmdocs.library import Library
from pmdocs.markdown import prose_of
from pmdocs.rules.fillers import FILLER, PLACEHOLDER

_RECORDS = frozenset({"history", "signoff", "open_question"})
"""Roles of lists in which something may be open, or is told about the past."""
_ABOUT = frozenset({"lint_ignore", "due_date_changes", "status_history", "retired_ids", "tags"})
_FILLERS = frozenset({"无", "暂无", "没有", "略", "同上", "none", "nil", "n/a", "na", "null", "not applicable"})
_LONGEST_FILLER = 20
_SIGNS = re.compile(r"[-–—―_/\\.。…·*~?？、，,×]+")
_QUOTED = re.compile(r"“[^“”\n]*”|「[^「」\n]*」|『[^『』\n]*』|‘[^‘’\n]*’|\"[^\"\n]*\"|\*\*[^*\n]+\*\*")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t#]*$")
_LATIN = r"(?<![A-Za-z0-9_-]){}(?![A-Za-z0-9_-])"
_HAN_GOES_ON = r"{}(?![\u4e00-\u9fff](?<![后前时吗呢]))"
"""`待确认` followed by more Chinese is an adjective (待确认订单, an order to be confirmed), but for a few words."""


def placeholders(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each placeholder in a text; code, quoted words, terms of the glossary and open questions may hold one."""
    words = frame.library.standards.placeholders
    if not words:
        return
    pattern = re.compile("|".join(map(_pattern_of, words)))
    for document in frame.library.documents:
        terms = _terms_with(pattern, frame.library, document)
        for visit, path, text in _texts(document):
            if not pattern.search(text):
                continue
            prose = _without(terms, prose_of(text))
            for match in pattern.finditer(prose):
                word = match.group()
                facts: Facts = {"field": visit.field.label, "word": word}
                found = find(frame, PLACEHOLDER, "placeholder", document, path, facts)
                yield from at_place(found, document, path, (text, match.start(), word))


def _pattern_of(word: str) -> str:
    """Return what finds a placeholder: whole words of Latin letters, Chinese ones that do not go on."""
    if word.isascii():
        return _LATIN.format(re.escape(word)) if word.isalnum() else re.escape(word)
    return _HAN_GOES_ON.format(re.escape(word))


def _texts(document: Document) -> Iterator[tuple[Visit, Path, str]]:
    """Yield the texts that say what the document is about, and the reasons why something does not apply."""
    for visit in document.visits:
        top = document.type.field(str(visit.path[0]))
        if top is None or top.role in _RECORDS or top.name in _ABOUT:
            continue
        if visit.field.holds_text:
            yield from ((visit, path, text) for path, text in texts_of(visit.value, visit.path))
        elif reason := _reason(visit):
            yield visit, (*visit.path, NOT_APPLICABLE), reason


def _reason(visit: Visit) -> str:
    given = visit.value.get(NOT_APPLICABLE) if visit.field.or_reason and isinstance(visit.value, dict) else None
    return given if isinstance(given, str) else ""


def _terms_with(pattern: re.Pattern[str], library: Library, document: Document) -> tuple[str, ...]:
    """Return the words of the glossary, and the document's own, that hold what looks like a placeholder."""
    rows = [entry.values for (kind, _), entry in library.entries.items() if kind == "term"]
    own = document.values.get("terms")
    rows += [row for row in own if isinstance(row, dict)] if isinstance(own, list) else []
    names = [each for row in rows for key in ("zh", "en", "aliases", "term") for _, each in texts_of(row.get(key), ())]
    return tuple(sorted({name for name in names if pattern.search(name)}, key=len, reverse=True))


def _without(terms: tuple[str, ...], text: str) -> str:
    """Return `text` with terms and quoted words blanked out, character for character."""
    for term in terms:
        text = text.replace(term, " " * len(term))
    return _QUOTED.sub(lambda match: " " * len(match.group()), text)


def fillers(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what is filled in without saying anything: fillers, reasons that are none, sections and headings without content."""
    for document in frame.library.documents:
        yield from _empty_sections(frame, document)
        for visit, path, text in _texts(document):
            field = visit.field
            if path[-1] == NOT_APPLICABLE:
                if _is_filler(text):
                    facts: Facts = {"field": field.label, "text": text.strip()}
                    yield from find(frame, FILLER, "empty-reason", document, path, facts)
            elif field.gate is not None and _is_filler(text):
                facts = {"field": field.label, "text": text.strip(), "help": field.help}
                yield from find(frame, FILLER, "filler", document, path, facts)
            if "markdown" in (field.kind, field.of) and "#" in text:
                yield from _empty_headings(frame, document, field, (path, text))


def _is_filler(text: str) -> bool:
    if len(text) > _LONGEST_FILLER:
        return False
    plain = text.strip().casefold()
    return plain.strip(" 。.;；,，") in _FILLERS or bool(_SIGNS.fullmatch(plain))


def _empty_sections(frame: Frame, document: Document) -> Iterator[Diagnostic]:
    """Yield each section of the page whose field is written and left empty; where it is required, D7-S03 says so."""
    written: Mapping[str, object] = document.source.value if isinstance(document.source.value, dict) else {}
    status = frame.library.standards.lifecycle.get(document.status)
    gate = status.gate if status else 0
    shown = {name for section in document.type.sections for name in section.fields}
    for field in document.type.fields:
        is_empty = field.name in written and field.name not in document.values
        is_required = field.gate is not None and field.gate <= gate
        if is_empty and not is_required and field.name in shown:
            facts: Facts = {"field": field.label, "key": field.name, "help": field.help}
            yield from find(frame, FILLER, "empty-section", document, (field.name,), facts, at_key=True)


def _empty_headings(frame: Frame, document: Document, field: Field, place: tuple[Path, str]) -> Iterator[Diagnostic]:
    path, text = place
    lines = prose_of(text).split("\n")
    originals = text.split("\n")
    heads = [(index, match) for index, line in enumerate(lines) if (match := _HEADING.match(line))]
    for index, match in heads:
        below = next((at for at in range(index + 1, len(lines)) if originals[at].strip()), None)
        deeper = below is not None and (other := _HEADING.match(lines[below])) and len(other[1]) > len(match[1])
        if below is None or (_HEADING.match(lines[below]) and not deeper):
            title = originals[index].strip().strip("# ")
            facts: Facts = {"field": field.label, "text": title}
            found = find(frame, FILLER, "empty-heading", document, path, facts)
            offset = sum(len(each) + 1 for each in originals[:index]) + originals[index].find(title)
            yield from at_place(found, document, path, (text, offset, title))
