"""What is missing at one place, told once: a document sent to review too early lacks twenty fields, and says so in one finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pmdocs.diagnostics import Diagnostic, Fact, Words
from pmdocs.rules.keys import MISSING_FIELD

_ONE, _SEVERAL = "missing-for-status", "missing-several"


def grouped(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the findings with those of fields that the status requires at one place made into one."""
    places: dict[object, list[Diagnostic]] = {}
    for each in findings:
        if each.rule is MISSING_FIELD and each.reason.word == _ONE:
            places.setdefault((each.location, each.severity, each.path[:-1]), []).append(each)
    several = {id(each): group for group in places.values() if len(group) > 1 for each in group}
    told = [each for each in findings if id(each) not in several]
    return told + [_together(group) for group in places.values() if len(group) > 1]


def _together(group: Sequence[Diagnostic]) -> Diagnostic:
    first = group[0]
    facts: dict[str, Fact] = {
        "status": first.facts["status"],
        "parent": first.facts["parent"],
        "count": len(group),
        "fields": tuple(_named(each) for each in group),
    }
    return replace(first, reason=MISSING_FIELD.reason(_SEVERAL), facts=facts, path=first.path[:-1])


def _named(found: Diagnostic) -> Words:
    label, key = found.facts["field"], found.facts["key"]
    told = label if isinstance(label, Words) else Words(str(label), str(label))
    return Words(f"{told.zh} {key}", f"{told.en} ({key})")
