"""The two rates of the standards, on time and accurate, with what is behind each figure; pure functions of a library and a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pmdocs.doctype import Standards
from pmdocs.document import Document
from pmdocs.feedback import Verdict
from pmdocs.kpi.accuracy import (
    HAN_UNIT,
    WORD_UNIT,
    Accuracy,
    Heard,
    accuracy,
    first_rounds,
    heard,
    length_of,
    published_on,
    unit_of,
)
from pmdocs.kpi.commitment import Commitment, commitments
from pmdocs.kpi.figure import ACCURACY, ON_TIME, Excluded, Figure, Question, Slice, wilson
from pmdocs.kpi.on_time import OnTime, Proof, Ruling, on_time, rule, rulings
from pmdocs.kpi.period import Period, half_of, period_of, quarter_of

__all__ = [
    "ACCURACY",
    "ON_TIME",
    "PARTS",
    "Accuracy",
    "Commitment",
    "Excluded",
    "Figure",
    "Heard",
    "OnTime",
    "Period",
    "Proof",
    "Ruling",
    "Slice",
    "Tally",
    "commitments",
    "half_of",
    "period_of",
    "quarter_of",
    "rule",
    "wilson",
]

PARTS = ("product", "owner", "type")
"""By what the documents may be parted."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Documents with the verdicts on them as of a day: what every figure is counted from."""

    documents: Sequence[Document]
    feedback: Sequence[Verdict]
    standards: Standards
    as_of: date
    proof: Proof | None = None

    @cached_property
    def rulings(self) -> tuple[Ruling, ...]:
        """What became of each commitment, by due date."""
        return rulings(self.documents, self.standards, self.as_of, self.proof)

    @cached_property
    def heard(self) -> tuple[Heard, ...]:
        """The verdicts that had come in, oldest first."""
        return heard(self.documents, self.feedback, self.as_of)

    @cached_property
    def published(self) -> Mapping[str, date]:
        """The first day on which each document was published, by its id."""
        found = {document.id: published_on(document, self.standards) for document in self.documents}
        return {name: day for name, day in found.items() if day}

    @cached_property
    def lengths(self) -> Mapping[str, int]:
        """How long each document is in its own language, by its id."""
        return {document.id: length_of(document) for document in self.documents}

    def on_time(self, period: Period, part: Slice | None = None) -> OnTime:
        """Return the on-time rate of a period."""
        found = self._by_part["rulings", part] if part else self.rulings
        return on_time(found, Question(period, self.standards, self.as_of, part))

    def accuracy(self, period: Period, part: Slice | None = None) -> Accuracy:
        """Return the accuracy rate of a period."""
        day = min(self.as_of, period.last)
        documents = self._by_part["documents", part] if part else self.documents
        published = [each for each in documents if self.published.get(each.id, date.max) <= day]
        answers = self._by_part["heard", part] if part else self.heard
        return accuracy(answers, published, Question(period, self.standards, self.as_of, part))

    @cached_property
    def _by_part(self) -> Mapping[tuple[str, Slice], list[Any]]:
        """What belongs to each part of the documents, sorted out once."""
        found: defaultdict[tuple[str, Slice], list[Any]] = defaultdict(list)
        for by in PARTS:
            for document in self.documents:
                found["documents", Slice(by, _name(document, by))].append(document)
            for ruling in self.rulings:
                found["rulings", Slice(by, _name(ruling.commitment.document, by))].append(ruling)
            for each in self.heard:
                found["heard", Slice(by, _name(each.document, by))].append(each)
        return found

    def densities(self, rate: Accuracy) -> tuple[tuple[int, int, int], ...]:
        """Return confirmed errors, the length of the published text and the unit: 10,000 Chinese characters, 1,000 words."""
        sizes = {
            unit: sum(self.lengths[each.id] for each in rate.published if unit_of(each) == unit)
            for unit in (HAN_UNIT, WORD_UNIT)
        }
        return tuple(
            (sum(unit_of(each.document) == unit for each in rate.errors), size, unit)
            for unit, size in sizes.items()
            if size
        )

    def first_rounds(self, period: Period) -> dict[str, tuple[int, int]]:
        """Return by role how many reviews of a period approved at the first time, and how many there were."""
        return first_rounds(self.documents, Question(period, self.standards, self.as_of))

    def parts(self, by: str) -> tuple[Slice, ...]:
        """Return the parts of the documents by product, owner or type, in the order of their ids."""
        return tuple(Slice(by, name) for name in sorted({_name(each, by) for each in self.documents}))


def _name(document: Document, by: str) -> str:
    if by == "product":
        return document.product
    return document.type.name if by == "type" else str(document.values.get("owner", ""))
