"""D7-R02, R03, R09, R11 and R12 beyond what is simply missing: outcomes, exceptions, percentiles, samples, directions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pmdocs.checks.frame import Frame, find
from pmdocs.checks.parts import Record, records
from pmdocs.checks.prose import spoken_texts
from pmdocs.checks.texts import texts_of
from pmdocs.checks.wording import is_hollow, pattern_of
from pmdocs.diagnostics import Diagnostic, Facts, Words
from pmdocs.doctype import Field, read_words
from pmdocs.document import Document
from pmdocs.rules.requirements import NO_EXCEPTION, NO_SOURCE, NOT_MEASURED, UNCLEAR_CRITERION, WEAK_METRIC

_PERCENTAGE = re.compile(
    r"\d+(?:\.\d+)?\s*[%％]|百分之[一二三四五六七八九十百\d]+|\d+(?:\.\d+)?\s*per\s?cent\b", re.IGNORECASE
)
_TIMES = re.compile(r"\b(?:ms|s|min|sec|seconds?|milliseconds?|minutes?)\b|毫秒|秒|分钟", re.IGNORECASE)


def hollow_outcomes(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each criterion whose outcomes all say no more than that something works."""
    lexicon = frame.library.lexicon
    for document in frame.library.documents:
        for record in records(document, "criterion"):
            field, value = record.child("then"), record.value("then")
            if field is None or value is None:
                continue
            texts = list(spoken_texts(value, (*record.path, field.name), document))
            if texts and all(is_hollow(text, language, lexicon) for _, text, language in texts):
                path, text, _ = texts[0]
                yield from find(frame, UNCLEAR_CRITERION, "nothing-to-see", document, path, {"text": text.strip()})


def unexceptional(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each requirement of the highest priority that has criteria, but none for an error, a refusal or a limit."""
    failure = pattern_of(
        [*frame.library.lexicon.of("failure_words", "zh"), *frame.library.lexicon.of("failure_words", "en")]
    )
    for document in frame.library.documents:
        for record in records(document, "requirement"):
            priority, criteria = record.child("priority"), record.child("criterion")
            if priority is None or criteria is None or not _is_highest(record, priority):
                continue
            rows = record.values.get(criteria.name)
            if (
                isinstance(rows, list)
                and rows
                and not any(_is_exception(frame, criteria, row, failure) for row in rows)
            ):
                negative = next((each.name for each in criteria.fields if each.role == "criterion_negative"), "")
                facts: Facts = {"parent": record.name, "priority": str(record.values[priority.name]), "key": negative}
                path = (*record.path, criteria.name)
                yield from find(frame, NO_EXCEPTION, "no-exception", document, path, facts, at_key=True)


def _is_highest(record: Record, priority: Field) -> bool:
    return record.values.get(priority.name) == next(iter(priority.choices), None)


def _is_exception(frame: Frame, criteria: Field, row: object, failure: re.Pattern[str]) -> bool:
    if not isinstance(row, dict):
        return True
    if any(each.role == "criterion_negative" and row.get(each.name) is True for each in criteria.fields):
        return True
    said = [row.get(each.name) for each in criteria.fields if each.role in {"given", "when", "then"}]
    return any(failure.search(text) or _names_error(frame, text) for value in said for _, text in texts_of(value, ()))


def _names_error(frame: Frame, text: str) -> bool:
    targets = (frame.library.find(name) for name in frame.library.id_pattern.findall(text))
    return any(each and each.item and each.item.field.id and each.item.field.id.style == "code" for each in targets)


def durations(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each measure of how long an answer takes that has no percentile."""
    lexicon = frame.library.lexicon
    latency = pattern_of([*lexicon.of("latency_words", "zh"), *lexicon.of("latency_words", "en")])
    for document in frame.library.documents:
        for record in records(document, "measure"):
            percentile, quantity = record.child("measured_percentile"), record.child("measured_quantity")
            if percentile is None or quantity is None or percentile.name in record.values:
                continue
            names = [text for _, text in texts_of(record.values.get(quantity.name), ())]
            if any(latency.search(name) for name in names) and _is_time(record):
                facts: Facts = {
                    "name": read_words(record.values[quantity.name]),
                    "key": percentile.name,
                    "example": str(percentile.example or next(iter(percentile.choices), "")),
                }
                path = (*record.path, quantity.name)
                yield from find(frame, NOT_MEASURED, "no-percentile", document, path, facts)


def _is_time(record: Record) -> bool:
    """Whether a measure's unit is one of time; what has no unit yet is another finding."""
    unit = record.child("measured_unit")
    value = str(record.values.get(unit.name, "")) if unit else ""
    choice = unit.choices.get(value) if unit else None
    return any(_TIMES.search(each) for each in (value, *((choice.label.zh, choice.label.en) if choice else ())))


def unsampled(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each piece of evidence that gives a percentage, and neither how many were asked nor when."""
    for document in frame.library.documents:
        for record in records(document, "evidence"):
            sample, period = record.child("evidence_sample"), record.child("evidence_period")
            if sample is None or period is None or {sample.name, period.name} & set(record.values):
                continue
            claims = [
                (each.name, record.values.get(each.name))
                for each in record.field.fields
                if each.role == "evidence_claim"
            ]
            texts = [found for name, value in claims for found in texts_of(value, (*record.path, name))]
            for path, text in texts:
                if percentage := _PERCENTAGE.search(text):
                    facts: Facts = {
                        "parent": record.name,
                        "value": percentage[0],
                        "sample": sample.label,
                        "sample_key": sample.name,
                        "time": period.label,
                        "time_key": period.name,
                    }
                    yield from find(frame, NO_SOURCE, "no-sample", document, path, facts)
                    break


def metrics(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each list of metrics without a primary one, and each target that lies the wrong way from its baseline."""
    for document in frame.library.documents:
        found = list(records(document, "metric"))
        yield from _without_primary(frame, document, found)
        for record in found:
            yield from _wrong_way(frame, document, record)


def _without_primary(frame: Frame, document: Document, found: Sequence[Record]) -> Iterator[Diagnostic]:
    kind = found[0].child("metric_kind") if found else None
    first = next(iter(kind.choices.values()), None) if kind else None
    if kind and first and all(record.values.get(kind.name) != first.value for record in found):
        facts: Facts = {
            "field": found[0].field.label,
            "kind": first.label,
            "key": kind.name,
            "value": first.value,
        }
        yield from find(frame, WEAK_METRIC, "no-primary", document, found[0].path[:-1], facts, at_key=True)


def _wrong_way(frame: Frame, document: Document, record: Record) -> Iterator[Diagnostic]:
    baseline, target = record.value("metric_baseline"), record.value("metric_target")
    field, direction = record.child("metric_direction"), record.value("metric_direction")
    if field is None or not isinstance(baseline, int | float) or not isinstance(target, int | float):
        return
    wrong = {"increase": target <= baseline, "decrease": target >= baseline}.get(str(direction), False)
    goal = record.child("metric_target")
    if wrong and goal:
        choice = field.choices.get(str(direction))
        facts: Facts = {
            "parent": record.name,
            "way": choice.label if choice else Words(str(direction), str(direction)),
            "start": f"{baseline:g}",
            "wanted": f"{target:g}",
        }
        yield from find(frame, WEAK_METRIC, "wrong-way", document, (*record.path, goal.name), facts)
