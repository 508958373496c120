"""The figure of a rate: numerator, denominator, target and what follows from them, exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from pmdocs.doctype import Standards
from pmdocs.kpi.period import Period

ON_TIME, ACCURACY = "d7_doc_on_time", "d7_doc_accuracy"
State = Literal["pass", "fail", "n/a", "insufficient"]
Z = 1.959963984540054
"""The standard normal deviate of a two-sided 95 % interval."""
SMALL = 100
"""A share of fewer than this is shown with its interval."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the documents: those of one product, one owner or one type, by its id."""

    by: str
    id: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a figure is asked for: a period, a part of the documents or all, the day of judgement, and the standards."""

    period: Period
    standards: Standards
    as_of: date
    part: Slice | None = None


@dataclass(frozen=True, slots=True)
class Excluded:
    """A version of a document, or a verdict on one, that is not counted, and the word for why."""

    document: str
    version: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A rate in a period: `baseline` counts those complete by the day first promised; `minimum` is the least n to judge by."""

    kpi: str
    period: Period
    slice: Slice | None
    numerator: int
    denominator: int
    target: float
    minimum: int
    as_of: date
    baseline: int | None = None
    pending: int = 0
    undated: int = 0
    excluded: tuple[Excluded, ...] = ()

    @property
    def value(self) -> float | None:
        """The rate; None where nothing is counted."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def state(self) -> State:
        """Whether the target is met; not judged of too few, and never of nothing."""
        if not self.denominator:
            return "n/a"
        if self.denominator < self.minimum:
            return "insufficient"
        return "pass" if Fraction(self.numerator, self.denominator) >= Fraction(str(self.target)) else "fail"

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of a share of few answers; on-time rates count every document, so they have none."""
        if self.kpi != ACCURACY or not 0 < self.denominator < SMALL:
            return None
        return wilson(self.numerator, self.denominator)

    @property
    def baseline_value(self) -> float | None:
        """The rate against the days first promised."""
        return None if self.baseline is None or not self.denominator else self.baseline / self.denominator

    def as_json(self) -> dict[str, Any]:
        """Return the figure as programs read it."""
        baseline: Mapping[str, Any] | None = None
        if self.baseline is not None:
            value = _rounded(self.baseline_value)
            baseline = {"numerator": self.baseline, "denominator": self.denominator, "value": value}
        return {
            "kpi": self.kpi,
            "period": self.period.name,
            "slice": {self.slice.by: self.slice.id} if self.slice else None,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": _rounded(self.value),
            "target": self.target,
            "status": self.state,
            "n": self.denominator,
            "interval": [_rounded(each) for each in self.interval] if self.interval else None,
            "against_baseline": baseline,
            "pending": self.pending,
            "undated": self.undated,
            "excluded": [
                {"document": each.document, "version": each.version, "reason": each.reason} for each in self.excluded
            ],
            "as_of": self.as_of.isoformat(),
        }


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """Return the Wilson score interval of `hits` in `tries` (at least 1) at 95 %."""
    share, weight = hits / tries, Z * Z / tries
    middle = share + weight / 2
    reach = Z * math.sqrt(share * (1 - share) / tries + weight / (4 * tries))
    low, high = (middle - reach) / (1 + weight), (middle + reach) / (1 + weight)
    return (0.0 if hits == 0 else max(0.0, low), 1.0 if hits == tries else min(1.0, high))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
