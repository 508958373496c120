"""The documentation standards in force: lifecycle, choice lists and thresholds; shipped ones under the team's own."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Any, Literal

from pmdocs.diagnostics import Severity, Words
from pmdocs.doctype.vocabulary import GATES, Choice, Choices
from pmdocs.rules import RULES

OFF = "off"
"""What a team writes to silence a rule."""

_OFFSET = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Status:
    """A status of the lifecycle: its words, the gate it has reached (index into GATES) and the statuses that may follow."""

    id: str
    label: Words
    gate: int
    tone: str
    next: tuple[str, ...]
    set_aside: bool
    retired: bool = False
    """Whether documents are only kept for reference: no longer maintained, but still linked to."""


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How grave a team takes a rule, in general and in drafts: a severity, `off`, or empty to leave it as shipped."""

    severity: str = ""
    draft: str = ""

    def grade(self, shipped: Severity, gate: int) -> Severity | None:
        """Return how grave a finding is in a document that has reached `gate`; None where the rule is off."""
        chosen = (self.draft if gate == 0 else "") or self.severity
        return None if chosen == OFF else Severity(chosen) if chosen else shipped


@dataclass(frozen=True, slots=True)
class RateRules:
    """How the two rates are counted: which event completes a document, whose dates are believed, and in which time zone."""

    completion: Literal["published", "approved"] = "published"
    trust: Literal["document", "git"] = "document"
    commit_per_lang: bool = False
    zone: tzinfo = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Standards:
    """What data/standards.yaml says, with the shipped standards for whatever it leaves out."""

    lifecycle: Mapping[str, Status]
    choices: Mapping[str, Choices]
    thresholds: Mapping[str, float]
    sign_off: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    rates: RateRules = RateRules()
    placeholders: tuple[str, ...] = ()
    """Words that stand for what is still to be written: the shipped ones and the team's."""

    @property
    def gates(self) -> dict[str, int]:
        """Each status with the index of its gate."""
        return {status.id: status.gate for status in self.lifecycle.values()}


def read_standards(shipped: object, own: object) -> Standards:
    """Return the standards of two values as read from YAML; whatever is malformed in `own` is left to its validation."""
    base, team = _mapping(shipped), _mapping(own)
    rows = _rows(team.get("lifecycle")) or _rows(base.get("lifecycle"))
    lifecycle = {status.id: status for row in rows if (status := _status(row))}
    lists = {
        str(row["id"]): _choices(row.get("options"))
        for source in (base, team)
        for row in _rows(source.get("choices"))
        if "id" in row
    }
    lists["status"] = {status.id: Choice(status.id, status.label, status.tone) for status in lifecycle.values()}
    lists["rule"] = {rule.code: Choice(rule.code, rule.title) for rule in RULES}
    return Standards(
        lifecycle=lifecycle,
        choices=lists,
        thresholds=_numbers(base.get("thresholds")) | _numbers(team.get("thresholds")),
        sign_off={
            str(row["type"]): tuple(map(str, row.get("roles") or ()))
            for source in (base, team)
            for row in _rows(source.get("sign_off"))
            if "type" in row and isinstance(row.get("roles"), list)
        },
        placeholders=tuple(dict.fromkeys([*_words(base.get("placeholders")), *_words(team.get("placeholders"))])),
        rules={str(row["id"]): _setting(row) for row in _rows(team.get("rules")) if "id" in row},
        rates=_rates(_mapping(team.get("on_time"))),
    )


def read_choices(value: object) -> Choices:
    """Return the choice list that a type.yaml writes as `value: {zh, en, tone}`."""
    return {
        str(name): Choice(str(name), read_words(words), str(_mapping(words).get("tone", "neutral")))
        for name, words in _mapping(value).items()
        if words is not None
    }


def read_words(value: object, otherwise: str = "") -> Words:
    """Return words from `{zh, en}` or a plain string; a missing language takes the other's words."""
    if isinstance(value, str):
        return Words(value, value)
    words = {name: text for name, text in _mapping(value).items() if isinstance(text, str)}
    zh = words.get("zh", words.get("en", otherwise))
    return Words(zh, words.get("en", zh))


def _rates(value: Mapping[str, Any]) -> RateRules:
    return RateRules(
        completion="approved" if value.get("completion") == "approved" else "published",
        trust="git" if value.get("trust") == "git" else "document",
        commit_per_lang=value.get("commit_per_lang") is True,
        zone=_zone(str(value.get("time_zone", ""))) or RateRules().zone,
    )


def _zone(name: str) -> tzinfo | None:
    """Return the zone that a difference to UTC such as +08:00 names, or None."""
    found = _OFFSET.fullmatch(name)
    if found is None:
        return UTC if name == "UTC" else None
    difference = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-difference if found[1] == "-" else difference)


def _status(row: Mapping[str, Any]) -> Status | None:
    if "id" not in row or row.get("gate") not in GATES:
        return None
    name = str(row["id"])
    following = row.get("next")
    return Status(
        id=name,
        label=read_words(row.get("label"), name),
        gate=GATES.index(row["gate"]),
        tone=str(row.get("tone", "neutral")),
        next=tuple(map(str, following)) if isinstance(following, list) else (),
        set_aside=row.get("set_aside") is True,
        retired=row.get("retired") is True,
    )


def _setting(row: Mapping[str, Any]) -> RuleSetting:
    known = {OFF, *Severity}
    return RuleSetting(*(str(row[key]) if row.get(key) in known else "" for key in ("severity", "draft")))


def _choices(options: object) -> Choices:
    return {
        str(row["id"]): Choice(
            str(row["id"]), read_words(row.get("label"), str(row["id"])), str(row.get("tone", "neutral"))
        )
        for row in _rows(options)
        if "id" in row
    }


def _numbers(value: object) -> dict[str, float]:
    """Return the entries that are numbers: what a team writes wrongly leaves the shipped value in force."""
    return {
        name: number
        for name, number in _mapping(value).items()
        if isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number)
    }


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: object) -> list[str]:
    return [word for word in value if isinstance(word, str) and word.strip()] if isinstance(value, list) else []


def _rows(value: object) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
