"""What a finding is: severity, place, rule, reason and facts; words come last, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]


class Severity(StrEnum):
    """How much a finding matters: an error stops a build, a warning and a hint do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


WARN_IN_DRAFT = (Severity.WARNING, Severity.ERROR, Severity.ERROR)
"""Severities of a rule that only warns while a document is a draft."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the words in `language`."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: 1-based lines and columns, counted in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A span in a file, named relative to the project with `/`."""

    file: str
    span: Span


Fact = str | int | float | Words | tuple["str | Words", ...]
Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Reason:
    """One way to break a rule: a word for machines, a sentence for people and the cure, with `{facts}` to fill in."""

    word: str
    message: Words
    hint: Words
    by_day: bool = False
    """Whether this depends on the day, where the rule as a whole does not."""
    firm: bool = False
    """Whether nobody may set it aside, where the rule as a whole may be."""


Reach = Literal["living", "kept", "always"]
"""Which documents a rule looks at: those still worked on or in force, also those kept for reference, or all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One code of the catalogue, with its manual: what it asks, why, and an example that breaks and one that keeps it."""

    code: str
    title: Words
    what: Words
    why: Words
    bad: str
    good: str
    reasons: tuple[Reason, ...]
    severities: tuple[Severity | None, Severity | None, Severity | None] = (Severity.ERROR,) * 3
    """For a document in draft, in review, and approved or published; None where the rule is silent."""
    by_day: bool = False
    """Whether it depends on the day: what is late tomorrow must not stop a build that passes today."""
    reach: Reach = "living"
    firm: bool = False
    """Whether nobody may set it aside: without it a document cannot be read, or an id does not lead to one thing."""

    def reason(self, word: str) -> Reason:
        """Return the reason named `word`; raises KeyError for a word the rule does not know."""
        for reason in self.reasons:
            if reason.word == word:
                return reason
        raise KeyError(f"{self.code} {word}")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: which rule, for what reason, how grave, where, and the facts its sentence needs."""

    rule: Rule
    reason: Reason
    severity: Severity
    location: Location
    facts: Mapping[str, Fact] = field(default_factory=dict)
    document: str | None = None
    item: str | None = None
    by_day: bool = False
    path: tuple[str | int, ...] = ()
    """Where in the document: keys and indexes; empty where it is about the whole file."""

    @property
    def code(self) -> str:
        """The rule's code, such as `D7-S01`."""
        return self.rule.code

    def message(self, language: Language) -> str:
        """Return what is wrong, as one sentence."""
        return self.reason.message.in_language(language).format_map(self._told(language))

    def hint(self, language: Language) -> str:
        """Return the cure, as one sentence; empty when the message already says it."""
        return self.reason.hint.in_language(language).format_map(self._told(language))

    def _told(self, language: Language) -> dict[str, str | int | float]:
        return {name: _tell(fact, language) for name, fact in self.facts.items()}


def _tell(fact: Fact, language: Language) -> str | int | float:
    if isinstance(fact, Words):
        return fact.in_language(language)
    if isinstance(fact, tuple):
        joint = "、" if language == "zh" else ", "
        return joint.join(str(_tell(part, language)) for part in fact)
    return fact


def sort_key(finding: Diagnostic) -> tuple[Location, str, str, str]:
    """Return the order of a report: by file and place, then by code, reason and facts."""
    return finding.location, finding.code, finding.reason.word, repr(sorted(finding.facts.items(), key=str))


class RefusedError(Exception):
    """What somebody asked for and is not done: why, in both languages, and what was found wrong, if anything was."""

    def __init__(self, zh: str, en: str, findings: Sequence[Diagnostic] = ()) -> None:
        super().__init__(en)
        self.words = Words(zh, en)
        self.findings = findings
