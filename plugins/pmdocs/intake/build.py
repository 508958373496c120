"""A row as it came → a row of feedback: values in the words of the type, customers' data covered, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pmdocs.checks.feedback import wrong_answer
from pmdocs.diagnostics import Diagnostic, Span
from pmdocs.doctype import Checker, DocumentType, Field, cell_value
from pmdocs.feedback import DUPLICATE, INVALID, Answer, versions_of
from pmdocs.intake.mapping import Columns, plain
from pmdocs.intake.masking import masked
from pmdocs.intake.rows import Row, column_for
from pmdocs.library import Library
from pmdocs.source import Place, Source

Value = str | int | float | bool
_END_USER = "end_user"
_COVERED = ("section_ref", "detail", "reason")
"""Fields of words, where customers' data may stand."""
_VERSION = re.compile(r"[vV版本 ]*(\d+(?:\.\d+){1,2})")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: its values, how many places were covered, what is wrong, and whether its triage is incomplete."""

    values: Mapping[str, Value]
    span: Span
    covered: int
    findings: tuple[Diagnostic, ...]
    untriaged: bool = False

    @property
    def id(self) -> str:
        """Its id; empty where it has none."""
        return str(self.values.get("feedback_id", ""))


@dataclass(frozen=True)
class Builder:
    """Makes rows of feedback for one library; `kind` is the type of feedback files."""

    library: Library
    kind: DocumentType
    rows: Field
    columns: Columns
    checker: Checker

    def build(self, row: Row, file: str) -> Taken:
        """Return what a row says here, with findings for what keeps it out."""
        texts, places = self._texts(row)
        values: dict[str, Value] = {}
        covered = 0
        for name, text in texts.items():
            value = self._value(name, text)
            if name in _COVERED and isinstance(value, str):
                value, count = masked(value)
                covered += count
            values[name] = value
        self._locate(values)
        if values.get("reporter_role") == _END_USER and values.pop("reporter", ""):
            covered += 1
        lacks_reason = values.get("triage_status") in (INVALID, DUPLICATE) and not self._explained(values)
        if lacks_reason:
            del values["triage_status"]
        findings = self._wrong(values, places, row.span, file)
        return Taken(values, row.span, covered, findings, lacks_reason)

    def _texts(self, row: Row) -> tuple[dict[str, str], dict[str, Span]]:
        """Return the texts of a row by field, in the order of the type, and where they stand."""
        found: dict[str, str] = {}
        places: dict[str, Span] = {}
        for name in self._names:
            column = column_for(name, row, self.columns)
            text = row.texts[column] if column else ()
            if isinstance(text, tuple):
                known = self.columns.values[name]
                text = next((word for word in text if plain(word) in known), "")
            text = text.strip() or self.columns.defaults.get(name, "")
            if text:
                found[name] = text
                places[name] = row.places.get(column or "", row.span)
        return found, places

    @property
    def _names(self) -> tuple[str, ...]:
        key = (self.rows.id.field,) if self.rows.id else ()
        return (*key, *(each.name for each in self.rows.fields))

    def _value(self, name: str, text: str) -> Value:
        text = self.columns.values[name].get(plain(text), text)
        field = self.rows.child(name)
        if self.rows.id and name == self.rows.id.field:
            return self.columns.prefix + text.removeprefix(self.columns.prefix)
        if name in ("reporter", "triaged_by"):
            return self._person(text)
        if name in ("doc_version", "fixed_in_version") and (match := _VERSION.fullmatch(text)):
            return match[1]
        return cell_value(field, text)

    def _person(self, text: str) -> str:
        """Return the id of a person who is named, else the text: an agent's number stays what it is."""
        wanted = plain(text)
        for (kind, name), entry in self.library.entries.items():
            if kind == "person" and wanted in (plain(entry.title.zh), plain(entry.title.en)):
                return name
        return text

    def _locate(self, values: dict[str, Value]) -> None:
        """Find the document, the item and the version that are meant, where they are written with more around them."""
        text = unicodedata.normalize("NFKC", str(values.get("doc_id", "")))
        document = self.library.document(text)
        for match in self.library.id_pattern.finditer(text) if document is None else ():
            if target := self.library.find(match.group()):
                document = document or target.document
                if target.item and "section_ref" not in values:
                    values["section_ref"] = target.address
        if document is None:
            return
        values["doc_id"] = document.id
        version, known = str(values.get("doc_version", "")), versions_of(document)
        close = [each for each in known if each in (f"{version}.0", version.removesuffix(".0"))]
        if version and version not in known and len(close) == 1:
            values["doc_version"] = close[0]

    @staticmethod
    def _explained(values: Mapping[str, Value]) -> bool:
        needed = ("reason", "triaged_at", "triaged_by") if values["triage_status"] == INVALID else ("reason",)
        return all(name in values for name in needed)

    def _wrong(
        self, values: dict[str, Value], places: Mapping[str, Span], span: Span, file: str
    ) -> tuple[Diagnostic, ...]:
        """Return what a check would find in the row, at its places in the file that was handed over."""
        children = {name: Place(places.get(name, span), raw=str(value)) for name, value in values.items()}
        place = Place(span, children={self.rows.name: Place(span, children=[Place(span, children=children)])})
        source = Source(file, "", {self.rows.name: [values]}, place, ())
        answer = Answer(values, source, (self.rows.name, 0))
        found = self.checker.findings(source, {self.rows.name: [values]}, None)
        return (*found, *wrong_answer(self.library, answer))
