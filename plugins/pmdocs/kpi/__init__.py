"""The two rates of the standards, on time and accurate, with what is behind each figure; pure functions of a library and a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pmdocs.doctype import Standards
from pmdocs.document import Document
from pmdocs.feedback import Verdict
from pmdocs.kpi.accuracy import Accuracy, Heard, accuracy, first_rounds, heard
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

    def on_time(self, period: Period, part: Slice | None = None) -> OnTime:
        """Return the on-time rate of a period."""
        ruled = [each for each in self.rulings if _is_part(each.commitment.document, part)]
        return on_time(ruled, Question(period, self.standards, self.as_of, part))

    def accuracy(self, period: Period, part: Slice | None = None) -> Accuracy:
        """Return the accuracy rate of a period."""
        documents = [each for each in self.documents if _is_part(each, part)]
        answers = [each for each in self.heard if _is_part(each.document, part)]
        return accuracy(answers, documents, Question(period, self.standards, self.as_of, part))

    def first_rounds(self, period: Period) -> dict[str, tuple[int, int]]:
        """Return by role how many reviews of a period approved at the first time, and how many there were."""
        return first_rounds(self.documents, Question(period, self.standards, self.as_of))

    def parts(self, by: str) -> tuple[Slice, ...]:
        """Return the parts of the documents by product, owner or type, in the order of their ids."""
        kind = next(each for each in PARTS if each == by)
        return tuple(Slice(kind, name) for name in sorted({_name(each, kind) for each in self.documents}))


def _name(document: Document, by: str) -> str:
    if by == "product":
        return document.product
    return document.type.name if by == "type" else str(document.values.get("owner", ""))


def _is_part(document: Document, part: Slice | None) -> bool:
    return part is None or _name(document, part.by) == part.id
