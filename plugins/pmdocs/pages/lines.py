"""Lines of the traceability matrix as templates see them: only what this site's readers may see has a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pmdocs.diagnostics import Words
from pmdocs.document import Document
from pmdocs.library import Target
from pmdocs.pages.scene import Scene
from pmdocs.pages.values import Choice, Reference, Text
from pmdocs.pages.view import Viewer
from pmdocs.trace import (
    STATE_HELP,
    STATE_TONES,
    STATE_WORDS,
    Gap,
    Impact,
    Lack,
    Line,
    State,
    Suspect,
    Trace,
    gap_words,
    gaps_of,
    valued,
)

SHOWN = 3
"""How many ids a cell names before it only counts."""
_CELLS = {Lack.SPECIFICATION: "specifications", Lack.MANUAL: "manual", Lack.CODE_ROW: "manual"}
"""The column in which a gap is shown; what is not named here is missing from the tests."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Makes views of lines for one page."""

    scene: Scene

    def row(self, line: Line) -> dict[str, Any]:
        """Return a line of the matrix."""
        item = line.requirement.item
        assert item is not None
        return {
            **self.named(line.requirement),
            "priority": self._choice(line.requirement, "priority"),
            "release": str(valued(item, "release") or ""),
            "state": self.state(line.state),
            "rank": line.state.rank,
            "document": line.requirement.document.id,
            "cells": {
                "origins": self._cell(line, "origins", line.origins),
                "specifications": self._cell(line, "specifications", line.specifications),
                "tests": self._tests(line),
                "manual": self._cell(line, "manual", line.manual),
            },
            "feedback": self._feedback(line),
        }

    def named(self, target: Target) -> dict[str, Any]:
        """Return a target with its id, title and address."""
        return {"id": target.address, "title": self.title(target), "href": self.scene.href(target)}

    def title(self, target: Target) -> Text:
        """Return a target's title in the page's language, marked where it is in another one."""
        viewer, item = Viewer(self.scene, target.document), target.item
        if item is None:
            return viewer.text(target.document.values.get("title", target.address))
        return viewer.text(item.values.get(item.field.titled_by or "title", item.local))

    def state(self, state: State) -> dict[str, str]:
        """Return a state in words, with its tone."""
        say = self.scene.say
        return {"label": say(STATE_WORDS[state]), "tone": STATE_TONES[state], "help": say(STATE_HELP[state])}

    def gap(self, line: Line) -> dict[str, Any]:
        """Return what a requirement lacks, and until when it may."""
        item = line.requirement.item
        assert item is not None
        release = str(valued(item, "release") or "")
        planned = self.scene.page_word("trace_planned", release=release)
        when = self.scene.page_word("trace_released") if any(gap.released for gap in line.gaps) else planned
        return {
            **self.named(line.requirement),
            "state": self.state(State.GAP if any(gap.released for gap in line.gaps) else State.PLANNED),
            "priority": self._choice(line.requirement, "priority"),
            "missing": [self._gap(gap) for gap in line.gaps],
            "when": when if release else self.scene.page_word("trace_unplanned"),
        }

    def impact(self, impact: Impact) -> dict[str, Any]:
        """Return what a change of a requirement left behind."""
        word = self.scene.page_word
        behind = []
        for each in impact.behind:
            if not each.whole.withheld:
                facts = {"document": each.whole.address, "version": each.version, "day": each.date}
                named = word("trace_behind", **facts)
                if each.releases:
                    named += word("trace_behind_for", releases=word("and").join(each.releases))
                behind.append({"said": named, "references": self._references(each.targets)})
        told = word("trace_changed", version=impact.change.version, day=impact.change.date)
        return {**self.named(impact.requirement), "said": told, "behind": behind}

    def suspect(self, suspect: Suspect) -> dict[str, Any]:
        """Return what a document was signed off with that has changed since."""
        role = self.scene.library.standards.choices.get("review_role", {}).get(suspect.role)
        name = self.scene.say(role.label) if role else suspect.role
        told = self.scene.page_word("trace_suspect", role=name, day=suspect.date)
        references = self._references([tie.source for tie in suspect.ties])
        return {**self.named(suspect.target), "said": told, "behind": [{"said": "", "references": references}]}

    def failing(self, line: Line) -> dict[str, Any]:
        """Return the test cases of a requirement that did not pass."""
        told = self.scene.page_word("trace_failing")
        references = self._references(line.failing)
        return {**self.named(line.requirement), "said": told, "behind": [{"said": "", "references": references}]}

    def orphan(self, target: Target) -> dict[str, Any]:
        """Return something that nothing leads to."""
        return {**self.named(target), "kind": self.scene.kind_label(target), "document": target.document.id}

    def strip(self, trace: Trace, target: Target) -> list[dict[str, Any]]:
        """Return the steps before and after a requirement, each with how many there are and whether one is missed."""
        gaps = {_CELLS.get(gap.lack, "tests"): gap for gap in gaps_of(trace, target)}
        found = {
            "origins": trace.origins(target),
            "specifications": trace.specifications(target),
            "tests": trace.tests(target),
            "manual": trace.manual(target),
        }
        return [
            {
                "label": self.scene.page_word(f"trace_{name}"),
                "count": len(targets),
                "tone": ("bad" if gaps[name].released else "info") if name in gaps else "",
            }
            for name, targets in found.items()
            if targets or name in gaps
        ]

    def _cell(self, line: Line, name: str, targets: Sequence[Target]) -> dict[str, Any]:
        shown = [each for each in targets if not each.withheld]
        word = self.scene.page_word
        notes = [word("trace_and_more", count=len(shown))] if len(shown) > SHOWN else []
        if hidden := len(targets) - len(shown):
            notes.append(word("trace_elsewhere", count=hidden))
        gaps = [self._gap(gap) for gap in line.gaps if _CELLS.get(gap.lack, "tests") == name]
        doubts = self._doubts(line, shown) if name in ("specifications", "manual") else []
        return {
            "references": self._references(shown[:SHOWN], line.requirement.document),
            "notes": notes,
            "marks": [*gaps, *doubts],
            "tone": _tone(line, name) if gaps else "warn" if doubts else "",
        }

    def _doubts(self, line: Line, targets: Sequence[Target]) -> list[str]:
        """Return why what is in a cell has to be looked at again."""
        here = {target.document.id for target in targets}
        behind = {each.whole.document.id for each in line.impact.behind} if line.impact else set()
        doubted = {each.ties[0].document.id for each in line.suspects}
        told = {"trace_not_followed": here & behind, "trace_again": here & doubted}
        return [self.scene.page_word(word) for word, found in told.items() if found]

    def _tests(self, line: Line) -> dict[str, Any]:
        cell = self._cell(line, "tests", ())
        shown = [each for each in line.tests if not each.withheld]
        word = self.scene.page_word
        if shown:
            counted = word("trace_cases", count=len(line.tests))
            cell["references"] = [Reference(counted, self.scene.say(shown[0].title), self.scene.href(shown[0]))]
        elif line.tests:
            cell["notes"] = [word("trace_elsewhere", count=len(line.tests))]
        if line.failing and not cell["tone"]:
            cell["tone"] = "warn"
            cell["marks"] = [word("trace_failed", count=len(line.failing))]
        return cell

    def _feedback(self, line: Line) -> dict[str, Any] | None:
        if not line.feedback:
            return None
        bad = sum(each.is_negative for each in line.feedback)
        return {
            "said": self.scene.page_word("trace_remarks", count=len(line.feedback)),
            "bad": self.scene.page_word("trace_remarks_bad", count=bad) if bad else "",
        }

    def _references(self, targets: Sequence[Target], home: Document | None = None) -> list[Reference]:
        """Return links by id; the title stands in for the preview, since a page has hundreds of them.

        What stands in the same document as the line is named as it is there.
        """
        seen = {target.address: target for target in targets if not target.withheld}
        return [
            Reference(
                each.item.local if each.item and each.document is home else each.address,
                self.scene.say(each.title),
                self.scene.href(each),
                self.scene.say(each.title),
            )
            for each in seen.values()
        ]

    def _gap(self, gap: Gap) -> str:
        words = gap_words(gap.lack, "" if gap.target.withheld else gap.target.address)
        return self.scene.say(words).strip()

    def _choice(self, target: Target, role: str) -> Choice | None:
        item = target.item
        field = next((field for field in item.field.fields if field.role == role), None) if item else None
        value = str(item.values.get(field.name, "")) if item and field else ""
        if not field or not value:
            return None
        option = field.choices.get(value)
        label = option.label if option else Words(value, value)
        return Choice(value, self.scene.say(label), option.tone if option else "neutral")


def _tone(line: Line, name: str) -> str:
    gaps = [gap for gap in line.gaps if _CELLS.get(gap.lack, "tests") == name]
    return "bad" if any(gap.released for gap in gaps) else "info"
