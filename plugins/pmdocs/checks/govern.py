"""How findings come to count: the team's settings grade each, the documents' suppressions set some aside and leave a trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pmdocs.checks.frame import finding, reaches
from pmdocs.diagnostics import Diagnostic, Facts, Location, Rule, Severity
from pmdocs.doctype import severity_at, span_of
from pmdocs.doctype.vocabulary import GATES, Field
from pmdocs.document import Document, Path
from pmdocs.library import Library
from pmdocs.rules import BY_CODE
from pmdocs.rules.suppressions import SUPPRESSION
from pmdocs.source import Source

_LIST = "lint_ignore"


@dataclass(frozen=True, slots=True)
class Suppression:
    """An entry of a document's suppressions, read: a rule set aside at a place (`path` as typed; empty for all of it)."""

    document: Document
    index: int
    rule: Rule
    path: str
    until: date | None
    values: Mapping[str, Any]

    @property
    def place(self) -> Path:
        """Where the entry stands in its document."""
        return (_LIST, self.index)

    def has_ended(self, day: date) -> bool:
        """Whether it no longer holds on `day`; its last day is the one it names."""
        return self.until is not None and self.until < day

    @property
    def is_allowed(self) -> bool:
        """Whether this rule may be set aside at all."""
        return not self.rule.firm and self.rule is not SUPPRESSION

    def covers(self, found: Diagnostic) -> bool:
        """Whether `found` is of its rule, in its document and at its place."""
        same = found.rule is self.rule and found.location.file == self.document.source.file
        return same and not found.reason.firm and self._is_at(found.path)

    def _is_at(self, path: Path) -> bool:
        if not self.path or self.path in path:
            return True
        return any(path[: len(place)] == place for place in places_named(self.document, self.path))


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that does not count, and the suppression that sets it aside."""

    finding: Diagnostic
    by: Suppression


def govern(
    findings: Sequence[Diagnostic], library: Library, day: date
) -> tuple[list[Diagnostic], tuple[Suppressed, ...]]:
    """Return the findings that count, those about suppressions among them, and those that are suppressed."""
    entries = [entry for document in library.documents for entry in suppressions_of(document)]
    working = [entry for entry in entries if entry.is_allowed and not entry.has_ended(day)]
    by_file: dict[str, list[Suppression]] = {}
    for entry in working:
        by_file.setdefault(entry.document.source.file, []).append(entry)
    counted: list[Diagnostic] = []
    aside: list[Suppressed] = []
    for found in graded(findings, library):
        covering = [entry for entry in by_file.get(found.location.file, ()) if entry.covers(found)]
        if covering:
            aside += [Suppressed(found, entry) for entry in covering[:1]]
        else:
            counted.append(found)
    used = {(each.by.document.source.file, each.by.index) for each in aside}
    for entry in entries:
        is_used = (entry.document.source.file, entry.index) in used
        counted += graded(_about(entry, library, day, is_used=is_used), library)
    return counted, tuple(aside)


def graded(findings: Sequence[Diagnostic] | Iterator[Diagnostic], library: Library) -> Iterator[Diagnostic]:
    """Yield each finding as grave as the team takes its rule, without those of rules that are off."""
    settings, lifecycle = library.standards.rules, library.standards.lifecycle
    gates = {each.source.file: lifecycle[each.status].gate for each in library.documents if each.status in lifecycle}
    for found in findings:
        setting = settings.get(found.code)
        if setting is None or found.rule.firm or found.reason.firm:
            yield found
            continue
        gate = gates.get(found.location.file, 0 if found.document else len(GATES) - 1)
        severity = setting.grade(found.severity, gate)
        if severity:
            yield replace(found, severity=severity)


def fixed_settings(source: Source) -> Iterator[Diagnostic]:
    """Yield each setting of the file of standards for a rule that has to stay as it is."""
    rows = source.value.get("rules") if isinstance(source.value, dict) else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        rule = BY_CODE.get(str(row.get("id"))) if isinstance(row, dict) else None
        if rule and rule.firm:
            path: Path = ("rules", index, "id")
            place = Location(source.file, span_of(source, path))
            facts: Facts = {"rule": rule.code, "title": rule.title}
            reason = SUPPRESSION.reason("fixed-rule")
            yield Diagnostic(SUPPRESSION, reason, Severity.WARNING, place, facts, path=path)


def suppressions_of(document: Document) -> Iterator[Suppression]:
    """Yield the suppressions of a document; entries without a known rule are left out, their findings say why."""
    rows = document.values.get(_LIST)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        rule = BY_CODE.get(str(row.get("rule"))) if isinstance(row, dict) else None
        if rule:
            yield Suppression(document, index, rule, str(row.get("path", "")), _day(row.get("until")), row)


def places_named(document: Document, name: str) -> Iterator[Path]:
    """Yield the places that a suppression may name: an item by its id, and a field of it or of the document."""
    for item in document.items:
        if name in (item.address, item.local, item.anchor):
            yield item.path
        for known in {item.address, item.anchor}:
            if name.startswith(f"{known}."):
                yield (*item.path, *name.removeprefix(f"{known}.").split("."))
    yield tuple(name.split("."))


def _about(entry: Suppression, library: Library, day: date, *, is_used: bool) -> Iterator[Diagnostic]:
    document, status = entry.document, library.standards.lifecycle.get(entry.document.status)
    if status is None or not reaches(SUPPRESSION, status):
        return
    facts: Facts = {"rule": entry.rule.code, "title": entry.rule.title}
    if not entry.is_allowed:
        yield _found(document, "not-allowed", (*entry.place, "rule"), facts)
    elif entry.has_ended(day):
        by = library.entry("person", str(entry.values.get("by")))
        told: Facts = {**facts, "until": str(entry.until), "by": by.title if by else str(entry.values.get("by", ""))}
        yield _found(document, "expired", (*entry.place, "until"), told)
    elif library.id_pattern.fullmatch(entry.path) and library.is_missing(entry.path, product=document.product):
        return  # an id in running text that nothing has is a finding already
    elif entry.path and not _is_known(document, entry.path):
        yield _found(document, "unknown-place", (*entry.place, "path"), {"value": entry.path})
    elif not is_used and _may_speak(entry, library):
        yield replace(_found(document, "unused", (*entry.place, "rule"), facts), severity=Severity.HINT)


def _may_speak(entry: Suppression, library: Library) -> bool:
    """Whether its rule is heard in the document's present status; a suppression may wait for a later one."""
    status = library.standards.lifecycle[entry.document.status]
    if not reaches(entry.rule, status):
        return False
    shipped, setting = severity_at(entry.rule, status.gate), library.standards.rules.get(entry.rule.code)
    return shipped is not None and (setting is None or setting.grade(shipped, status.gate) is not None)


def _found(document: Document, word: str, path: Path, facts: Facts) -> Diagnostic:
    return finding(SUPPRESSION, word, document, path, facts, severity=Severity.WARNING)


def _is_known(document: Document, name: str) -> bool:
    """Whether a place as typed is an item, a field at any depth, or a field of an item or of a map."""
    items = {text for item in document.items for text in (item.address, item.local, item.anchor)}
    head, _, field = name.rpartition(".")
    fields = set(_names(document.type.fields))
    return name in items or name in fields or (field in fields and (head in items or head.split(".")[0] in fields))


def _names(fields: Sequence[Field]) -> Iterator[str]:
    for field in fields:
        yield field.name
        yield from _names(field.fields)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
