"""D7-L01, L02, L03, L07 and L10 over a library: which texts are read, and in which language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pmdocs.checks.frame import Frame, find
from pmdocs.checks.parts import records
from pmdocs.checks.prose import han_count, own_words, spoken_texts, unquoted
from pmdocs.checks.texts import at_place, texts_of
from pmdocs.checks.typography import corrections
from pmdocs.checks.wording import Aliases, Hit, VagueWords, open_lists
from pmdocs.diagnostics import Diagnostic, Facts, Language, Severity
from pmdocs.doctype import Field
from pmdocs.document import Document, Path
from pmdocs.lexicon import LANGUAGES, Lexicon
from pmdocs.library import Library
from pmdocs.rules.language import ESCAPE_CLAUSE, FORBIDDEN_ALIAS, OPEN_LIST, TYPOGRAPHY, VAGUE_WORD

_DEMANDS = frozenset({"obligation", "then"})
_STEPS = frozenset({"action"})
_OF_RULES = {"escape": (ESCAPE_CLAUSE, "escape-clause"), "open_list": (OPEN_LIST, "open-list")}
"""Categories of words that have a rule of their own; it looks at requirements and criteria only."""


def vague_words(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each vague word, way out and open list in a requirement, an outcome or a step."""
    finders = vague_finders(frame.library)
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.role in _DEMANDS | _STEPS and visit.field.holds_text:
                for path, text, language in spoken_texts(visit.value, visit.path, document):
                    said = unquoted(own_words(text, frame.library.id_pattern))
                    for hit in finders[language].find(said):
                        yield from _vague(frame, document, visit.field, path, (text, hit))
                    if visit.field.role in _DEMANDS and language == "zh":
                        yield from _unclosed(frame, document, path, (text, said), frame.library.lexicon)


def vague_finders(library: Library) -> Mapping[Language, VagueWords]:
    """Return what finds vague words in each language; terms that the glossary allows are no vague words."""
    exempt = [
        word
        for entry in library.shared.get("glossary", ())
        if entry.values.get("allow_vague") is True
        for word in _spelt(entry.values)
    ]
    return {language: VagueWords.of(library.lexicon, language, exempt) for language in LANGUAGES}


def _vague(frame: Frame, document: Document, field: Field, path: Path, found: tuple[str, Hit]) -> Iterator[Diagnostic]:
    text, hit = found
    rule, word = _OF_RULES.get(hit.entry.category, (VAGUE_WORD, "vague-word"))
    if rule is not VAGUE_WORD and field.role not in _DEMANDS:
        return
    facts: Facts = {"word": hit.text, "why": hit.entry.why, "suggestion": hit.entry.suggestion}
    severity = Severity.HINT if hit.entry.tier > 1 else None
    told = find(frame, rule, word, document, path, facts, severity=severity)
    yield from at_place(told, document, path, (text, hit.start, hit.text))


def _unclosed(
    frame: Frame, document: Document, path: Path, texts: tuple[str, str], lexicon: Lexicon
) -> Iterator[Diagnostic]:
    text, said = texts
    suggestion = next((each.suggestion for each in lexicon.words if each.category == "open_list"), None)
    for start, words in open_lists(said):
        written = text[start : start + len(words)]
        facts: Facts = {"word": written, "suggestion": suggestion or OPEN_LIST.what}
        told = find(frame, OPEN_LIST, "open-list", document, path, facts)
        yield from at_place(told, document, path, (text, start, written))


@dataclass(frozen=True, slots=True)
class _Glossary:
    """The terms that may be used, and for each forbidden alias the term to use."""

    terms: tuple[str, ...]
    forbidden: Mapping[str, str]


def forbidden_aliases(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each forbidden alias in a text: of the site's glossary, and of the document's own."""
    shared = _shared_glossary(frame.library)
    terms = (*shared.terms, *frame.library.lexicon.exempt)
    everywhere = Aliases.of(shared.forbidden, terms)
    for document in frame.library.documents:
        own = _own_glossary(document)
        aliases = everywhere
        if own.terms:
            aliases = Aliases.of({**shared.forbidden, **own.forbidden}, (*terms, *own.terms))
        glossaries = [visit.path for visit in document.visits if visit.field.role == "term_list"]
        for visit in document.visits:
            if visit.field.holds_text and visit.field.role != "forbidden_words":
                entry = any(visit.path[: len(path)] == path for path in glossaries)
                for path, text in texts_of(visit.value, visit.path):
                    yield from _aliases(frame, document, path, text, aliases, entry=entry)


def _aliases(  # noqa: PLR0913  # a text, where it stands, and what is looked for
    frame: Frame, document: Document, path: Path, text: str, aliases: Aliases, *, entry: bool
) -> Iterator[Diagnostic]:
    """Yield the forbidden aliases of a text; an entry of a glossary may quote them."""
    if not aliases.may_stand_in(text):
        return
    said = own_words(text, frame.library.id_pattern)
    for start, written, term in aliases.find(unquoted(said) if entry else said):
        told = find(frame, FORBIDDEN_ALIAS, "forbidden-alias", document, path, {"word": written, "term": term})
        yield from at_place(told, document, path, (text, start, written))


def _shared_glossary(library: Library) -> _Glossary:
    terms: list[str] = []
    forbidden: dict[str, str] = {}
    for entry in library.shared.get("glossary", ()):
        terms += _spelt(entry.values)
        names: dict[str, object] = {language: entry.values.get(language) for language in LANGUAGES}
        forbidden |= _instead(_texts(entry.values.get("forbidden_aliases")), names)
    return _Glossary(tuple(terms), forbidden)


def _own_glossary(document: Document) -> _Glossary:
    terms: list[str] = []
    forbidden: dict[str, str] = {}
    for record in records(document, "term_list"):
        word = record.value("term_word")
        terms += _texts(word)
        names = word if isinstance(word, dict) else dict.fromkeys(LANGUAGES, word)
        forbidden |= _instead(_texts(record.value("forbidden_words")), names)
    return _Glossary(tuple(terms), forbidden)


def _instead(aliases: Sequence[str], names: Mapping[str, object]) -> dict[str, str]:
    """Return for each alias the term in the alias's own script."""
    known = {language: name for language, name in names.items() if isinstance(name, str)}
    found = {}
    for alias in aliases:
        wanted: Language = "zh" if han_count(alias) else "en"
        term = known.get(wanted) or next(iter(known.values()), None)
        if term:
            found[alias] = term
    return found


def typography(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each line of Chinese text whose blanks or punctuation are not as Chinese sets them."""
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.holds_text:
                for path, text, language in spoken_texts(visit.value, visit.path, document):
                    if language == "zh" and han_count(text):
                        yield from _typography(frame, document, path, text)


def _typography(frame: Frame, document: Document, path: Path, text: str) -> Iterator[Diagnostic]:
    lines = text.split("\n")
    for each in corrections(text):
        facts: Facts = {"written": each.written, "better": each.better}
        told = find(frame, TYPOGRAPHY, "typography", document, path, facts)
        offset = sum(len(line) + 1 for line in lines[: each.line])
        yield from at_place(told, document, path, (text, offset, lines[each.line]))


def _spelt(values: Mapping[str, object]) -> list[str]:
    """Return the spellings of a term that may be used."""
    words = [values.get(language) for language in LANGUAGES]
    return [*(word for word in words if isinstance(word, str)), *_texts(values.get("aliases"))]


def _texts(value: object) -> list[str]:
    return [text for _, text in texts_of(value, ())]
