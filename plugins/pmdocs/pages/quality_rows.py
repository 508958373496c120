"""What stands behind the figures of documentation quality: documents and verdicts, as rows of its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pmdocs.addresses import document_uri, quality_uri
from pmdocs.diagnostics import Words
from pmdocs.doctype import Choice
from pmdocs.doctype.vocabulary import GATES
from pmdocs.document import Document
from pmdocs.feedback import ACCURATE, INACCURATE, PARTLY, versions_of
from pmdocs.kpi import Accuracy, Period, Ruling, Slice, Tally
from pmdocs.kpi.accuracy import HAN_UNIT, Heard
from pmdocs.kpi.words import LEFT_WORDS, OUTCOME_WORDS, share, verdict_on, why
from pmdocs.pages.answers import is_public
from pmdocs.pages.scene import Scene
from pmdocs.signoff import State, required_roles, state_of_role, states_of

UNHANDLED_HOURS = 48
MOST_OF_PART = 50
"""How many documents are listed of a part; of more only those that were late or called inaccurate."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Makes rows for one page from what the figures are counted from."""

    scene: Scene
    tally: Tally

    def named(self, document: Document) -> dict[str, Any]:
        """Return a document as rows name it."""
        library = self.scene.library
        owner = library.entry("person", str(document.values.get("owner", "")))
        product = library.entry("product", document.product)
        return {
            "id": document.id,
            "title": self.scene.say(document.title),
            "href": self.scene.link(document_uri(document)),
            "owner": self.scene.say(owner.title) if owner else str(document.values.get("owner", "")),
            "product": self.scene.say(product.title) if product else document.product,
            "type": self.scene.say(document.type.short),
            "status": library.standards.lifecycle.get(document.status),
        }

    def commitment(self, ruling: Ruling) -> dict[str, Any]:
        """Return what became of a commitment."""
        return self.named(ruling.commitment.document) | {
            "version": ruling.commitment.version,
            "promised": _day(ruling.commitment.baseline),
            "due_day": _day(ruling.due),
            "completed": _day(ruling.completed),
            "is_unfinished": not self._is_out(ruling.commitment.document),
            "awaits": self._awaits(ruling),
            "came_to": self.scene.say(verdict_on(ruling)),
            "tone": OUTCOME_WORDS[ruling.outcome][1],
            "why": self.scene.say(why(ruling)),
        }

    def _awaits(self, ruling: Ruling) -> str:
        """Return the roles whose approval the version lacks, while it is the current one and not complete."""
        document, library = ruling.commitment.document, self.scene.library
        is_current = ruling.commitment.version == document.values.get("version")
        if ruling.completed or not is_current or self._is_out(document) or ruling.outcome not in ("open", "pending"):
            return ""
        states, labels = states_of(document, library), library.standards.choices.get("review_role", {})
        lacking = [
            role
            for role in required_roles(document.type, library.standards)
            if state_of_role(role, states) is not State.FRESH
        ]
        return self.scene.page_word("and").join(
            self.scene.say(labels[role].label) if role in labels else role for role in lacking
        )

    def overdue(self) -> list[dict[str, Any]]:
        """Return what is due and not complete, the latest first."""
        found = [each for each in self.tally.rulings if each.outcome == "open"]
        return [self.commitment(each) for each in sorted(found, key=lambda each: -each.days_late)]

    def coming(self, days: int) -> list[dict[str, Any]]:
        """Return what is due within so many days and not complete, the next first; what is due soon has a tone."""
        soon = self.scene.library.standards.thresholds["due_soon_days"]
        found = []
        for each in self.tally.rulings:
            left = -each.days_late
            if each.outcome == "pending" and each.completed is None and left <= days:
                tone = "warn" if left <= soon else "neutral"
                words = self.scene.page_word("quality_due_today" if left == 0 else "quality_due_in", days=left)
                found.append((left, self.commitment(each) | {"tone": tone, "came_to": words}))
        return [row for _, row in sorted(found, key=lambda each: each[0])]

    def delayed(self, quarters: Sequence[Period]) -> list[dict[str, Any]]:
        """Return what was complete, or given up, after it was due in these quarters, the newest first."""
        words = ("late", "cancelled-late")
        found = [each for quarter in quarters for each in self.tally.on_time(quarter).counted if each.outcome in words]
        return [self.commitment(each) for each in reversed(found)]

    def verdicts(self, heard: Iterable[Heard]) -> list[dict[str, Any]]:
        """Return verdicts one by one, for sites of the team alone: the public reads figures, not what somebody said."""
        return [] if is_public(self.scene.library) else [self.answer(each) for each in heard]

    def answer(self, each: Heard) -> dict[str, Any]:
        """Return a verdict: what it says and what became of it, but not who gave it."""
        verdict = each.verdict
        place = self.scene.library.find(verdict.section_ref, product=each.document.product)
        inside = place if place and place.document is each.document and not place.withheld else None
        return self.named(each.document) | {
            "feedback": verdict.feedback_id,
            "received": verdict.received_at.isoformat(),
            "version": verdict.doc_version,
            "section": verdict.section_ref if inside else "",
            "section_href": self.scene.href(inside) if inside else "",
            "verdict": self._choice("verdict", verdict.verdict),
            "category": self._choice("category", verdict.category) if verdict.category else None,
            "triage": self._choice("triage_status", each.status) if verdict.is_negative else None,
            "fixed": verdict.fixed_in_version,
            "why": self.scene.say(LEFT_WORDS[each.left]) if each.left else "",
        }

    def _choice(self, name: str, value: str) -> Choice:
        kinds = [kind for kind in self.scene.library.types.values() if kind.shared == "feedback"]
        row = kinds[0].rows if kinds else None
        field = row.child(name) if row else None
        choices = field.choices if field else {}
        return choices.get(value) or Choice(value, Words(value, value))

    def open_errors(self) -> list[dict[str, Any]]:
        """Return the negative verdicts about which something is left to do, the oldest first."""
        hours = self.scene.library.standards.thresholds.get("feedback_hours", UNHANDLED_HOURS)
        day = self.tally.as_of
        found = [
            each
            for each in self.tally.heard
            if each.left in ("", "end-user", "other-role") and each.verdict.is_open_on(day, versions_of(each.document))
        ]
        ages = [
            {"is_old": each.verdict.is_older_than(hours, day), "days": (day - each.verdict.received_at).days}
            for each in found
        ]
        return [row | age for row, age in zip(self.verdicts(found), ages, strict=False)]

    def silent(self) -> list[dict[str, Any]]:
        """Return the published documents of whose current version customer service has said nothing."""
        said = {(each.document.id, each.verdict.doc_version) for each in self.tally.heard if not each.left}
        return [
            self.named(document)
            for document in self.tally.documents
            if self._is_out(document) and (document.id, str(document.values.get("version", ""))) not in said
        ]

    def _is_out(self, document: Document) -> bool:
        """Whether the current version of a document is published."""
        return self.scene.library.standards.gates.get(document.status, 0) >= GATES.index("published")

    def coverage(self, period: Period) -> dict[str, Any]:
        """Return how many of the published documents have a verdict of a period."""
        rate = self.tally.accuracy(period)
        answered, published = len(rate.answered), len(rate.published)
        return {
            "period": self.scene.say(period.words),
            "href": self.scene.link(f"{quality_uri(period)}#accuracy"),
            "counted": f"{answered}/{published}",
            "rate": share(answered / published if published else None),
            "width": round(answered / published * 100) if published else 0,
        }

    def listed(self, rulings: Sequence[Ruling], most: int | None) -> dict[str, Any]:
        """Return commitments as rows; of more than `most` only those not on time, with how many there are besides."""
        shown = rulings if most is None or len(rulings) <= most else [each for each in rulings if not each.is_on_time]
        return {"counted": [self.commitment(each) for each in shown], "more": len(rulings) - len(shown)}

    def answers(self, rate: Accuracy, most: int | None = None) -> list[dict[str, Any]]:
        """Return how many verdicts of each kind there are on each version; of more than `most` those with negative ones."""
        found = Counter((each.document.id, each.verdict.doc_version, each.verdict.verdict) for each in rate.counted)
        documents = {each.document.id: each.document for each in rate.counted}
        keys = sorted({(name, version) for name, version, _ in found})
        if most is not None and len(keys) > most:
            keys = [key for key in keys if found[*key, PARTLY] or found[*key, INACCURATE]]
        return [
            self.named(documents[name])
            | {"version": version, "good": found[name, version, ACCURATE]}
            | {"partly": found[name, version, PARTLY], "bad": found[name, version, INACCURATE]}
            for name, version in keys
        ]

    def part(self, period: Period, part: Slice) -> dict[str, Any]:
        """Return what a part of the documents counts in a period, in short."""
        kept, heard = self.tally.on_time(period, part), self.tally.accuracy(period, part)
        return {**self.listed(kept.counted, MOST_OF_PART), "answers": self.answers(heard, MOST_OF_PART)}

    def beside(self, period: Period) -> list[tuple[str, str]]:
        """Return the figures beside the two rates, each with its name."""
        return [(self.scene.page_word(name, **facts), value) for name, facts, value in self._beside(period)]

    def _beside(self, period: Period) -> Iterator[tuple[str, dict[str, Any], str]]:
        kept, heard = self.tally.on_time(period), self.tally.accuracy(period)
        if kept.counted:
            median = kept.median_days_late
            yield "quality_median_late", {}, "—" if median is None else f"{median:g}"
            yield "quality_very_late", {}, str(kept.very_late)
            yield "quality_moves", {}, f"{kept.moves_per_commitment:.2f}"
        if heard.counted:
            clean, answered = len(heard.clean), len(heard.answered)
            yield "quality_weighted", {}, share(heard.weighted)
            yield "quality_clean", {}, f"{share(clean / answered if answered else None)} · {clean}/{answered}"
            gone, negative = heard.rejected
            yield "quality_rejected", {}, f"{gone}/{negative}"
        for errors, size, unit in self.tally.densities(heard) if heard.counted else ():
            name = "quality_density_han" if unit == HAN_UNIT else "quality_density_words"
            yield name, {}, f"{errors * unit / size:.2f}"
        good, users = heard.helpful
        if users:
            yield "quality_helpful", {}, f"{good}/{users}"
        roles = self.scene.library.standards.choices.get("review_role", {})
        for role, (passed, reviews) in sorted(self.tally.first_rounds(period).items()):
            label = self.scene.say(roles[role].label) if role in roles else role
            yield "quality_first_round", {"role": label}, f"{share(passed / reviews)} · {passed}/{reviews}"


def _day(day: object) -> str:
    return str(day or "")
