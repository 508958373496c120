"""The accuracy rate: which verdicts of customer service count in a period, and why the others do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pmdocs.doctype import Standards
from pmdocs.document import Document
from pmdocs.feedback import ACCURATE, CONFIRMED, INVALID, PARTLY, Verdict
from pmdocs.kpi.commitment import day_of, versions_of
from pmdocs.kpi.figure import ACCURACY, Excluded, Figure, Question

CUSTOMER_SERVICE, END_USER, OWNER = "customer_service", "end_user", "owner"
Left = Literal["", "owner", "end-user", "other-role", "older", "invalid"]
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[A-Za-z0-9]+(?:[-'’.][A-Za-z0-9]+)*")
HAN_UNIT, WORD_UNIT = 10_000, 1_000


@dataclass(frozen=True, slots=True)
class Heard:
    """A verdict on a document, and the word for why it is left out, empty where it counts."""

    verdict: Verdict
    document: Document
    left: Left = ""
    status: str = ""
    """Its triage as of the day of judgement."""

    @property
    def is_accurate(self) -> bool:
        """Whether it counts and calls the document accurate."""
        return not self.left and self.verdict.verdict == ACCURATE

    @property
    def is_error(self) -> bool:
        """Whether it counts and was confirmed to be right about something wrong; a second ticket on it is no second error."""
        return not self.left and self.verdict.is_negative and self.status == CONFIRMED


def heard(documents: Sequence[Document], feedback: Sequence[Verdict], as_of: date) -> tuple[Heard, ...]:
    """Return the verdicts that had come in by `as_of` on documents, oldest first, each with whether it counts."""
    known = {document.id: document for document in documents}
    there = [each for each in feedback if each.doc_id in known and each.received_at <= as_of]
    there.sort(key=lambda each: (each.received_at, each.feedback_id))
    found = [Heard(each, known[each.doc_id], _left(each, known[each.doc_id]), each.status_on(as_of)) for each in there]
    newest = {_voice(each.verdict): each.verdict.feedback_id for each in found if not each.left}
    return tuple(_settled(each, newest) for each in found)


def _left(verdict: Verdict, document: Document) -> Left:
    if verdict.reporter_role == END_USER:
        return "end-user"
    authors = document.values.get("authors")
    own = {document.values.get("owner"), *(authors if isinstance(authors, list) else ())}
    if verdict.reporter_role == OWNER or verdict.reporter in own:
        return "owner"
    return "" if verdict.reporter_role == CUSTOMER_SERVICE else "other-role"


def _voice(verdict: Verdict) -> tuple[str, ...]:
    """Return whose answer on what a verdict is; nobody's is like no other."""
    return (verdict.reporter or f"#{verdict.feedback_id}", verdict.doc_id, verdict.doc_version)


def _settled(each: Heard, newest: Mapping[tuple[str, ...], str]) -> Heard:
    if each.left:
        return each
    if newest[_voice(each.verdict)] != each.verdict.feedback_id:
        return Heard(each.verdict, each.document, "older", each.status)
    return Heard(each.verdict, each.document, "invalid", each.status) if _is_rejected(each) else each


def _is_rejected(each: Heard) -> bool:
    """Whether a negative verdict was judged wrong, with a reason, by someone other than the owner."""
    verdict = each.verdict
    judge = verdict.triaged_by
    independent = bool(judge) and judge != each.document.values.get("owner")
    return verdict.is_negative and each.status == INVALID and independent and bool(verdict.reason.strip())


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The accuracy rate of a period: the figure, what is counted and what is not; `published` are the documents there were."""

    figure: Figure
    counted: tuple[Heard, ...]
    left_out: tuple[Heard, ...]
    published: tuple[Document, ...]

    @property
    def partly(self) -> int:
        """How many call a document accurate in part."""
        return sum(each.verdict.verdict == PARTLY for each in self.counted)

    @property
    def inaccurate(self) -> int:
        """How many call a document inaccurate."""
        return len(self.counted) - self.figure.numerator - self.partly

    @property
    def weighted(self) -> float | None:
        """The rate with half a point for what is accurate in part."""
        return (self.figure.numerator + self.partly / 2) / len(self.counted) if self.counted else None

    @property
    def answered(self) -> tuple[Document, ...]:
        """The published documents that have a verdict that counts."""
        named = {each.document.id for each in self.counted}
        return tuple(document for document in self.published if document.id in named)

    @property
    def clean(self) -> tuple[Document, ...]:
        """Those of them without a confirmed error."""
        wrong = {each.document.id for each in self.errors}
        return tuple(document for document in self.answered if document.id not in wrong)

    @property
    def errors(self) -> tuple[Heard, ...]:
        """The confirmed errors."""
        return tuple(each for each in self.counted if each.is_error)

    @property
    def rejected(self) -> tuple[int, int]:
        """How many negative verdicts of customer service were judged wrong, and how many negative ones there are."""
        gone = sum(each.left == "invalid" for each in self.left_out)
        return gone, gone + len(self.counted) - self.figure.numerator

    @property
    def helpful(self) -> tuple[int, int]:
        """How many end users call a document accurate, and how many answered: a figure of its own."""
        users = [each for each in self.left_out if each.left == "end-user"]
        return sum(each.verdict.verdict == ACCURATE for each in users), len(users)


def accuracy(answers: Sequence[Heard], published: Sequence[Document], question: Question) -> Accuracy:
    """Return the accuracy rate of a period from the verdicts heard; `published` are the documents there were."""
    period, standards = question.period, question.standards
    within = [each for each in answers if period.holds(each.verdict.received_at)]
    counted = tuple(each for each in within if not each.left)
    left_out = tuple(each for each in within if each.left)
    figure = Figure(
        kpi=ACCURACY,
        period=period,
        slice=question.part,
        numerator=sum(each.is_accurate for each in counted),
        denominator=len(counted),
        target=standards.thresholds["accuracy_rate"],
        minimum=int(standards.thresholds["accuracy_minimum"]),
        as_of=question.as_of,
        excluded=tuple(Excluded(each.document.id, each.verdict.doc_version, each.left) for each in left_out),
    )
    return Accuracy(figure, counted, left_out, tuple(published))


def published_on(document: Document, standards: Standards) -> date | None:
    """Return the first day on which a version of a document was published, or None."""
    days = (day_of(row.get("published_date")) for row in versions_of(document, standards).values())
    return min((day for day in days if day), default=None)


def first_rounds(documents: Sequence[Document], question: Question) -> dict[str, tuple[int, int]]:
    """Return by role how many reviews approved at the first time, and how many there were."""
    found: dict[str, tuple[int, int]] = {}
    for role, tone in (each for document in documents for each in _first(document, question)):
        passed, reviews = found.get(role, (0, 0))
        found[role] = passed + (tone == "good"), reviews + 1
    return found


def _first(document: Document, question: Question) -> Iterator[tuple[str, str]]:
    """Yield role and tone of the first verdict of each role on each version."""
    rows = document.values.get("reviewers")
    choices = question.standards.choices.get("verdict", {})
    first: dict[tuple[str, str], tuple[date, str]] = {}
    for row in rows if isinstance(rows, list) else ():
        day = day_of(row.get("date")) if isinstance(row, dict) else None
        choice = choices.get(str(row.get("verdict"))) if day else None
        if day is None or choice is None or choice.tone == "neutral" or day > question.as_of:
            continue
        key = (str(row.get("role", "")), str(row.get("version", "")))
        if key not in first or day < first[key][0]:
            first[key] = (day, choice.tone)
    yield from ((role, tone) for (role, _), (day, tone) in first.items() if question.period.holds(day))


def length_of(document: Document) -> int:
    """Return how long a document's content is in its own language: Chinese characters, or words."""
    sign = _HAN if unit_of(document) == HAN_UNIT else _WORD
    kept = {field.name for field in document.type.fields if field.role not in ("history", "signoff")}
    language = _language(document)
    fields = [visit.value for visit in document.visits if visit.field.holds_text and visit.path[0] in kept]
    return len(sign.findall("\n".join(text for value in fields for text in _texts(value, language))))


def _texts(value: object, language: str) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(value.get(language, next(iter(value.values()), "")), language)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, language)


def _language(document: Document) -> str:
    return str(document.values.get("lang", "zh"))[:2]


def unit_of(document: Document) -> int:
    """Return for how much text errors are counted: 10,000 Chinese characters, or 1,000 words."""
    return HAN_UNIT if _language(document) == "zh" else WORD_UNIT
