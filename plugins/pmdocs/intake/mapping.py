"""How the columns of another system become the fields of feedback: data, shipped for a few systems, and a team's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pmdocs.diagnostics import Words
from pmdocs.doctype import Field, nearest, read_words
from pmdocs.source import Source


class MappingError(Exception):
    """A mapping says something that has no meaning: what, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping: for each field the columns that may hold it, what their values mean, and what holds where none is there."""

    name: str
    label: Words
    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each field: what a value is called there (see `plain`) → the value here."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    """What the ids of the other system get in front."""

    def field_of(self, header: str) -> str | None:
        """Return the field that a column holds, or None."""
        wanted = plain(header)
        return next((name for name, headers in self.columns.items() if wanted in map(plain, headers)), None)


def plain(word: str) -> str:
    """Return a word as headers and values are compared: without capitals, blanks, marks and full-width forms."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().replace("*", "").split()).strip(":")


def read_columns(source: Source, name: str, rows: Field) -> Columns:
    """Return the mapping that a file holds; raises MappingError where it cannot be read or names what is not there.

    The fields' own names and labels are columns of every mapping, and likewise the values and labels of their choices.
    """
    if source.findings:
        place = source.findings[0].location
        where = f"{place.file}:{place.span.line}"
        raise MappingError(
            Words(
                f"{where}：{source.findings[0].message('zh')}",
                f"{where}: {source.findings[0].message('en')}",
            )
        )
    value = source.value if isinstance(source.value, dict) else {}
    fields = {**({rows.id.field: None} if rows.id else {}), **{each.name: each for each in rows.fields}}
    for part in ("columns", "values", "defaults"):
        _check(source.file, part, value.get(part), fields)
    return Columns(
        name=name,
        label=read_words(value.get("label"), name),
        columns={each: (*_listed(_part(value, "columns").get(each)), *_own(each, fields[each])) for each in fields},
        values={each: _values(_part(value, "values").get(each), fields[each]) for each in fields},
        defaults={each: str(said) for each, said in _part(value, "defaults").items()},
        prefix=str(value.get("prefix") or ""),
    )


def _check(file: str, part: str, value: object, fields: Mapping[str, Field | None]) -> None:
    if value is not None and not isinstance(value, dict):
        raise MappingError(
            Words(f"{file}：{part} 要写成“字段: 内容”", f"{file}: {part} takes fields with what they hold")
        )
    for name in value or {}:
        if name not in fields:
            close = nearest(str(name), fields)
            raise MappingError(
                Words(
                    f"{file}：{part} 里的 {name} 不是反馈的字段" + (f"；是不是想写 {close}？" if close else ""),
                    f"{file}: {name} in {part} is no field of feedback" + (f"; did you mean {close}?" if close else ""),
                )
            )


def _part(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _own(name: str, each: Field | None) -> tuple[str, ...]:
    return (name, each.label.zh, each.label.en) if each else (name,)


def _values(said: object, each: Field | None) -> dict[str, str]:
    known = {plain(str(there)): str(here) for here, words in _pairs(said) for there in _listed(words)}
    for choice in each.choices.values() if each else ():
        for word in (choice.value, choice.label.zh, choice.label.en):
            known.setdefault(plain(word), choice.value)
    return known


def _pairs(said: object) -> list[tuple[object, object]]:
    return list(said.items()) if isinstance(said, dict) else []


def _listed(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(map(str, value))
    return () if value is None else (str(value),)
