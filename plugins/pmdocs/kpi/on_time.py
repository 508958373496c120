"""The on-time rate: which commitments count in a period, which of them were kept, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Literal

from pmdocs.doctype import Standards
from pmdocs.document import Document
from pmdocs.kpi.commitment import Commitment, Move, commitments, day_of
from pmdocs.kpi.figure import ON_TIME, Excluded, Figure, Question
from pmdocs.kpi.period import Period

REVOCABLE_DAYS = 7
"""A version pulled back within so many days after publication was not complete."""
VERY_LATE_DAYS = 7

Outcome = Literal[
    "on-time", "late", "open", "cancelled-late", "pending", "cancelled", "undated", "unverifiable", "translation"
]
COUNTED = ("on-time", "late", "open", "cancelled-late")
MoveFault = Literal["", "unrecorded", "too-late", "own", "no-reason"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What the history in git says: the day of its first commit, and of the first commit that holds each complete version."""

    first: date
    commits: Mapping[tuple[str, str], date]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of a commitment by a day: the due date that counts, why a move of it does not, and the outcome."""

    commitment: Commitment
    outcome: Outcome
    due: date | None
    fault: MoveFault
    completed: date | None
    as_of: date
    revoked: bool = False
    """Whether a first publication was taken back."""
    uncommitted: bool = False
    """Whether the document calls the version complete, but no commit holds it so."""
    is_on_hold: bool = False
    """Whether the document is set aside for now."""

    @property
    def counts(self) -> bool:
        """Whether it is in the denominator."""
        return self.outcome in COUNTED

    @property
    def is_on_time(self) -> bool:
        """Whether it is in the numerator."""
        return self.outcome == "on-time"

    @property
    def kept_baseline(self) -> bool:
        """Whether it was complete by the day first promised."""
        first = self.commitment.baseline
        return bool(self.completed and first and self.completed <= first)

    @property
    def days_late(self) -> int:
        """How many days after its due date it was complete or given up, or the day of judgement comes; negative where early."""
        given_up = self.commitment.cancelled if self.outcome == "cancelled-late" else None
        return ((self.completed or given_up or self.as_of) - self.due).days if self.due else 0


def rule(commitment: Commitment, as_of: date, standards: Standards, proof: Proof | None = None) -> Ruling:
    """Return what became of a commitment by `as_of`; what happened later has not happened."""
    status = standards.lifecycle.get(commitment.document.status)
    is_on_hold = bool(status and status.set_aside and status.next)
    cancelled = commitment.cancelled if commitment.cancelled and commitment.cancelled <= as_of else None
    if commitment.due is None:
        return Ruling(commitment, "cancelled" if cancelled else "undated", None, "", None, as_of)
    due, fault = due_on(commitment, as_of)
    completed, revoked = _completed(commitment, as_of)
    uncommitted = False
    outcome: Outcome | None = "translation" if commitment.is_translation else None
    if proof and completed and not outcome:
        if completed < proof.first:
            outcome = "unverifiable"
        else:
            committed = proof.commits.get(commitment.key)
            uncommitted = committed is None
            completed = _proven(committed, completed, revoked=revoked, as_of=as_of)
    outcome = outcome or _outcome(due, completed, cancelled, as_of)
    return Ruling(commitment, outcome, due, fault, completed, as_of, revoked, uncommitted, is_on_hold)


def _outcome(due: date, completed: date | None, cancelled: date | None, as_of: date) -> Outcome:
    if cancelled and cancelled <= due:
        return "cancelled"
    if due > as_of or (due == as_of and completed is None):
        return "pending"
    if completed and completed <= due:
        return "on-time"
    if cancelled and (completed is None or cancelled <= completed):
        return "cancelled-late"
    return "late" if completed else "open"


def due_on(commitment: Commitment, as_of: date) -> tuple[date, MoveFault]:
    """Return the due date that counts on a day, and what is wrong with the moves where the baseline counts instead."""
    baseline, due = commitment.baseline, commitment.due
    assert baseline
    assert due
    last = next((move.new for move in reversed(commitment.moves) if move.new), baseline)
    if last != due:
        return baseline, "unrecorded"
    in_force = baseline
    for move in commitment.moves:
        if move.on and move.on > as_of:
            break
        if fault := _fault(move, in_force, commitment.owner):
            return baseline, fault
        in_force = move.new or in_force
    return in_force, ""


def _fault(move: Move, due: date, owner: str) -> MoveFault:
    """Return why a move does not count: recorded too late, approved by nobody or the owner, or without a reason."""
    if move.on is None or move.new is None or move.on > due:
        return "too-late"
    if not move.by or move.by == owner:
        return "own"
    return "" if move.has_reason else "no-reason"


def _completed(commitment: Commitment, as_of: date) -> tuple[date | None, bool]:
    """Return the first day on which a version was complete and stayed so, and whether one before it was taken back."""
    revoked = False
    for each in commitment.completions:
        if each.day > as_of:
            break
        if each.revoked and each.revoked <= as_of and (each.revoked - each.day).days <= REVOCABLE_DAYS:
            revoked = True
            continue
        return each.day, revoked
    return None, revoked


def _proven(committed: date | None, written: date, *, revoked: bool, as_of: date) -> date | None:
    """Return the day that git decides on; after a publication that was taken back, no day before the new one."""
    if committed is None:
        return None
    day = max(committed, written) if revoked else committed
    return day if day <= as_of else None


@dataclass(frozen=True, slots=True)
class OnTime:
    """The on-time rate of a period: the figure, what is counted, and what is not."""

    figure: Figure
    counted: tuple[Ruling, ...]
    left_out: tuple[Ruling, ...]

    @property
    def late(self) -> tuple[Ruling, ...]:
        """What is counted and was not on time."""
        return tuple(each for each in self.counted if not each.is_on_time)

    @property
    def median_days_late(self) -> float | None:
        """The median of the days by which the late ones were late; None where none was."""
        return float(median(each.days_late for each in self.late)) if self.late else None

    @property
    def very_late(self) -> int:
        """How many were late by more than a week."""
        return sum(each.days_late > VERY_LATE_DAYS for each in self.late)

    @property
    def moves(self) -> int:
        """How many changes of due dates the counted commitments record."""
        return sum(_moved(each) for each in self.counted)

    @property
    def moves_per_commitment(self) -> float | None:
        """Changes of due dates for each counted commitment."""
        return self.moves / len(self.counted) if self.counted else None


def _moved(ruling: Ruling) -> int:
    return sum(move.on is None or move.on <= ruling.as_of for move in ruling.commitment.moves)


def rulings(
    documents: Sequence[Document], standards: Standards, as_of: date, proof: Proof | None = None
) -> tuple[Ruling, ...]:
    """Return what became of every commitment of documents by `as_of`."""
    return tuple(rule(each, as_of, standards, proof) for each in commitments(documents, standards))


def on_time(ruled: Sequence[Ruling], question: Question) -> OnTime:
    """Return the on-time rate of a period from what became of the commitments."""
    period, standards = question.period, question.standards
    within = [each for each in ruled if _belongs(each, period)]
    counted = tuple(each for each in within if each.counts)
    left_out = tuple(each for each in within if not each.counts)
    figure = Figure(
        kpi=ON_TIME,
        period=period,
        slice=question.part,
        numerator=sum(each.is_on_time for each in counted),
        denominator=len(counted),
        target=standards.thresholds["on_time_rate"],
        minimum=int(standards.thresholds["on_time_minimum"]),
        as_of=question.as_of,
        baseline=sum(each.kept_baseline for each in counted),
        pending=sum(each.outcome == "pending" for each in left_out),
        undated=sum(each.outcome == "undated" for each in left_out),
        excluded=tuple(Excluded(*each.commitment.key, each.outcome) for each in left_out),
    )
    return OnTime(figure, counted, left_out)


def _belongs(ruling: Ruling, period: Period) -> bool:
    """Whether a commitment is of a period: its baseline lies there; undated, it was begun by its end and not done before it."""
    commitment = ruling.commitment
    if commitment.baseline:
        return period.holds(commitment.baseline)
    created = day_of(commitment.document.values.get("created_date"))
    done, _ = _completed(commitment, ruling.as_of)
    begun = created is None or created <= min(period.last, ruling.as_of)
    return begun and (done is None or done >= period.first)
