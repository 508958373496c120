"""Rows that came in, beside those there are: what is new, what fills a gap, what differs, and the file as it is then."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pmdocs.diagnostics import Diagnostic, Facts, Location, Severity
from pmdocs.doctype import Field
from pmdocs.feedback import Answer
from pmdocs.intake.build import Taken, Value
from pmdocs.intake.masking import masked
from pmdocs.rules.names import DUPLICATE_ID
from pmdocs.source import guarded

BYTE_ORDER_MARK = "\ufeff"
"""What tells spreadsheets that a CSV file is in UTF-8."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A row that is here and says something else now: what is here stays, and is told."""

    id: str
    place: str
    fields: tuple[str, ...]


@dataclass
class Outcome:
    """What a file brought: rows by what becomes of them."""

    added: list[Taken] = field(default_factory=list)
    filled: dict[str, dict[str, Value]] = field(default_factory=dict)
    """By id: the fields that were empty here and are no longer."""
    same: int = 0
    differing: list[Differing] = field(default_factory=list)
    refused: list[Diagnostic] = field(default_factory=list)
    refused_rows: int = 0
    untriaged: list[str] = field(default_factory=list)

    @property
    def covered(self) -> int:
        """How many places are covered in what goes in."""
        return sum(each.covered for each in self.added)


def merge(rows: Iterable[Taken], there: Sequence[Answer], *, into: str, file: str) -> Outcome:
    """Return what becomes of rows, given those there are; gaps are filled only in the file `into`, for others are told.

    What is here is never overwritten: an answer that has counted does not change unseen. Of two rows with one id the first
    counts, and the second is refused where it says something else.
    """
    outcome = Outcome()
    known = {str(answer.values.get("feedback_id")): answer for answer in there}
    seen: dict[str, Taken] = {}
    for row in rows:
        if row.findings:
            outcome.refused += row.findings
            outcome.refused_rows += 1
        elif row.id in seen:
            if seen[row.id].values != row.values:
                outcome.refused.append(_twice(row, seen[row.id], file))
                outcome.refused_rows += 1
        elif row.id in known:
            seen[row.id] = row
            _compare(row, known[row.id], into, outcome)
        else:
            seen[row.id] = row
            outcome.added.append(row)
            outcome.untriaged += [row.id] if row.untriaged else []
    return outcome


def _compare(row: Taken, answer: Answer, into: str, outcome: Outcome) -> None:
    here = answer.values
    gaps = {name: value for name, value in row.values.items() if name not in here}
    other = [name for name, value in row.values.items() if name in here and not _equal(here[name], value)]
    if gaps and answer.source.file == into:
        outcome.filled[row.id] = gaps
    elif gaps:
        other += gaps
    elif not other:
        outcome.same += 1
    if other:
        place = answer.location("feedback_id")
        outcome.differing.append(Differing(row.id, f"{place.file}:{place.span.line}", tuple(other)))


def _equal(here: object, new: Value) -> bool:
    return here == new or (isinstance(here, str) and masked(here)[0] == new)


def _twice(row: Taken, first: Taken, file: str) -> Diagnostic:
    facts: Facts = {"id": row.id, "other": f"{file}:{first.span.line}", "free": f"{row.id}-2"}
    return Diagnostic(
        DUPLICATE_ID, DUPLICATE_ID.reason("duplicate-id"), Severity.ERROR, Location(file, row.span), facts
    )


def as_csv(rows: Field, there: Sequence[Mapping[str, Value]], outcome: Outcome) -> str:
    """Return a CSV file with the rows there are, their gaps filled, and the new ones behind them."""
    names = [*((rows.id.field,) if rows.id else ()), *(each.name for each in rows.fields)]
    key = names[0]
    whole = [{**row, **outcome.filled.get(str(row.get(key)), {})} for row in there]
    whole += [dict(each.values) for each in outcome.added]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    for row in whole:
        writer.writerow([_cell(row.get(name, "")) for name in names])
    return BYTE_ORDER_MARK + file.getvalue()


def _cell(value: Value) -> str:
    return guarded(str(value)) if isinstance(value, str) else str(value)


def as_yaml(rows: Field, text: str, outcome: Outcome) -> str:
    """Return a YAML file with the new rows behind those that its text ends with."""
    head = text if text.strip() else f"{rows.name}:\n"
    head = head if head.endswith("\n") else f"{head}\n"
    return head + "".join(_block(each.values, rows) for each in outcome.added)


def _block(values: Mapping[str, Value], rows: Field) -> str:
    lines = [f"{name}: {_scalar(rows.child(name), value)}" for name, value in values.items()]
    return "".join(f"  {'  ' if index else '- '}{line}\n" for index, line in enumerate(lines))


def _scalar(field: Field | None, value: Value) -> str:
    if not isinstance(value, str) or (field and field.kind in ("date", "choice")):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
