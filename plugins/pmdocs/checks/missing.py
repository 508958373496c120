"""What lacks where a rule of its own asks for it: criteria, sources, measures, results, texts of pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pmdocs.checks.frame import Frame, find
from pmdocs.checks.parts import Record, records
from pmdocs.diagnostics import Diagnostic, Fact, Rule
from pmdocs.doctype import Field
from pmdocs.document import Document
from pmdocs.rules.requirements import NO_CRITERION, NO_SOURCE, NOT_MEASURED, UNCLEAR_CRITERION, WEAK_METRIC
from pmdocs.rules.steps import NO_RESULT, POOR_PICTURE

ASKED: Mapping[str, tuple[Rule, str]] = {
    "criterion": (NO_CRITERION, "no-criterion"),
    "given": (UNCLEAR_CRITERION, "missing-part"),
    "when": (UNCLEAR_CRITERION, "missing-part"),
    "then": (UNCLEAR_CRITERION, "missing-part"),
    "source": (NO_SOURCE, "no-source"),
    "measure": (NOT_MEASURED, "no-measure"),
    "measured_quantity": (NOT_MEASURED, "missing-part"),
    "measured_amount": (NOT_MEASURED, "missing-part"),
    "measured_unit": (NOT_MEASURED, "missing-part"),
    "measured_condition": (NOT_MEASURED, "missing-part"),
    "metric_baseline": (WEAK_METRIC, "missing-part"),
    "metric_target": (WEAK_METRIC, "missing-part"),
    "metric_window": (WEAK_METRIC, "missing-part"),
    "metric_source": (WEAK_METRIC, "missing-part"),
    "expected": (NO_RESULT, "no-result"),
    "picture_alt": (POOR_PICTURE, "no-alt"),
}
"""The roles of fields whose absence is not D7-S03 but a rule of its own, with the reason it gives."""


def missing_parts(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each empty field that a rule of its own asks for."""
    for document in frame.library.documents:
        for record in records(document):
            for field in record.field.fields:
                if field.role in ASKED and (record.lacks(field) or _is_bare_picture(record, field)):
                    yield from _missing(frame, document, record, field)


def _is_bare_picture(record: Record, field: Field) -> bool:
    """Whether there is a picture without its text, be the text required or not."""
    return field.role == "picture_alt" and field.name not in record.values and _picture(record) is not None


def _picture(record: Record) -> Field | None:
    return next((each for each in record.field.fields if each.kind == "image" and each.name in record.values), None)


def _missing(frame: Frame, document: Document, record: Record, field: Field) -> Iterator[Diagnostic]:
    rule, word = ASKED[str(field.role)]
    facts: dict[str, Fact] = {"field": field.label, "parent": record.name, "help": field.help}
    if word == "no-alt":
        picture = _picture(record)
        facts["value"] = str(record.values[picture.name]) if picture else record.name
    yield from find(frame, rule, word, document, (*record.path, field.name), facts, at_key=True)
