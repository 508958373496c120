"""The word lists of the language rules: the shipped ones, under what the team adds, changes and switches off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import read_words

LANGUAGES: tuple[Language, Language] = ("zh", "en")
_OTHERWISE = "opinion"
"""The category of a new word that names none."""


@dataclass(frozen=True, slots=True)
class Vague:
    """A word that says too little: how grave, of which category, why it is poor and what to write instead."""

    word: str
    tier: int
    category: str
    languages: tuple[Language, ...]
    why: Words
    suggestion: Words
    except_terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words in force: vague ones of the tiers that are looked for, plain lists by name, and phrases left alone."""

    words: tuple[Vague, ...] = ()
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    exempt: tuple[str, ...] = ()

    def of(self, name: str, language: Language) -> tuple[str, ...]:
        """Return the words of a plain list in one language, longest first."""
        return self.lists.get(name, {}).get(language, ())


NO_WORDS = Lexicon()
"""No words at all."""


def read_lexicon(shipped: object, own: object) -> Lexicon:
    """Return the lexicon of two values as read from YAML; whatever is malformed in `own` is left to its validation."""
    base, team = _mapping(shipped), _mapping(own)
    categories = _merged(base, team, "categories", key="id")
    rows = _merged(base, team, "words", key="word")
    tier = team.get("tier", base.get("tier", 1))
    words = [_vague(row, categories) for row in rows.values() if row.get("off") is not True]
    return Lexicon(
        words=tuple(word for word in words if isinstance(tier, int) and word.tier <= tier),
        lists=_lists(base, team),
        exempt=(*_texts(base.get("exempt")), *_texts(team.get("exempt"))),
    )


def _vague(row: Mapping[str, Any], categories: Mapping[str, Mapping[str, Any]]) -> Vague:
    name = str(row.get("category", _OTHERWISE))
    category = categories.get(name, categories.get(_OTHERWISE, {}))
    tier, spoken = row.get("tier", 1), row.get("language")
    return Vague(
        word=str(row["word"]),
        tier=tier if isinstance(tier, int) else 1,
        category=name,
        languages=tuple(each for each in LANGUAGES if spoken in (None, each)),
        why=read_words(row.get("message", category.get("why"))),
        suggestion=read_words(row.get("suggestion", category.get("suggestion"))),
        except_terms=_texts(row.get("except_terms")),
    )


def _merged(base: Mapping[str, Any], team: Mapping[str, Any], name: str, *, key: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a list by `key`: those of the team over the shipped ones, key by key."""
    rows: dict[str, dict[str, Any]] = {}
    for source in (base, team):
        for row in _rows(source.get(name)):
            if isinstance(row.get(key), str):
                rows[row[key]] = {**rows.get(row[key], {}), **row}
    return rows


def _lists(base: Mapping[str, Any], team: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for source in (base, team):
        for row in _rows(source.get("lists")):
            kept = found.get(str(row.get("list")), {})
            away = frozenset(_texts(row.get("without")))
            found[str(row.get("list"))] = {
                language: tuple(
                    sorted(
                        {*kept.get(language, ()), *_texts(row.get(language))} - away,
                        key=lambda word: (-len(word), word),
                    )
                )
                for language in LANGUAGES
            }
    return found


def _texts(value: object) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    return tuple(each for each in values if isinstance(each, str) and each) if isinstance(values, list) else ()


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
