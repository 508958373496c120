"""The closed vocabulary of a type folder: kinds, gates, roles, and the frozen records a type.yaml becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pmdocs.diagnostics import Words

KINDS = (
    "text", "markdown", "choice", "number", "boolean", "date", "url", "image",
    "ref", "refs", "list", "map", "items", "table", "digests",
)  # fmt: skip
SCALARS = frozenset({"text", "markdown", "choice", "number", "boolean", "date", "url", "image", "ref"})
GATES = ("draft", "in_review", "approved", "published")
ROLES = (
    "obligation", "requirement", "criterion", "given", "when", "then", "priority", "rationale", "source", "story",
    "persona", "evidence", "goal", "metric", "nfr", "measure", "scope_in", "scope_out", "non_goals", "flow",
    "page_design", "event", "release_plan", "milestone", "risk", "dependency", "open_question", "question_state", "decision",
    "implements", "covers", "actor", "main_flow", "alternate_flow", "field_table", "business_rule", "state_machine",
    "state", "transition", "initial", "terminal", "from_state", "to_state", "trigger", "guard",
    "decision_table", "decision_rows", "permission_grid", "error_code", "user_message",
    "interface", "test_case", "quick_start", "task", "step", "action", "expected", "screenshot", "note", "warning",
    "safety_note", "faq", "question", "answer", "troubleshooting", "support", "environment", "audience", "concept",
    "history", "signoff", "release_notes",
    "depends_on", "release", "requirement_status", "requirement_type", "test_result", "user_facing", "verification",
    "measured_quantity", "measured_amount", "measured_unit", "measured_percentile", "measured_condition",
    "metric_kind", "metric_baseline", "metric_target", "metric_direction", "metric_window", "metric_source",
    "evidence_claim", "evidence_sample", "evidence_period", "criterion_negative", "picture_alt", "topic_kind",
    "term_list", "term_word", "forbidden_words",
)  # fmt: skip
ASKED_BY_RULES = frozenset(
    {"criterion", "given", "when", "then", "source", "measure", "measured_quantity", "measured_amount"}
    | {"measured_unit", "measured_condition", "metric_baseline", "metric_target", "metric_window", "metric_source"}
    | {"expected", "picture_alt"}
)
"""Roles of fields within records whose absence a rule of its own reports, graver as the document goes on, and not D7-S03."""
TONES = ("neutral", "info", "good", "warn", "bad", "new")
OPEN_TARGETS = ("document", "item", "url", "version", "role")
"""Targets of a reference that are no item kind and no type: any document, any item, a URL, a semver, a review role."""
NOT_APPLICABLE = "not_applicable"
ANY = "any"
DIGEST_PATTERN = r"^1:[0-9a-f]{12}$"
VERSION_PATTERN = r"^(0|[1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*))?$"
GLOBAL_ID = r"{prefix}-[A-Z0-9]{{2,8}}-\d{{3,}}"

IdStyle = Literal["prefix", "local", "pattern", "code", "ordinal"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: the value as typed, its label, and the tone of its badge."""

    value: str
    label: Words
    tone: str = "neutral"


Choices = Mapping[str, Choice]


@dataclass(frozen=True, slots=True)
class IdRule:
    """How the items of a list are named: `prefix` and `code` are known everywhere, the others within their parent."""

    style: IdStyle
    text: str
    field: str = "id"
    example: str = ""
    """One as the reference shows it, where the style has no example of its own that fits."""

    @property
    def pattern(self) -> str:
        """The whole id as a regular expression."""
        if self.style == "prefix":
            return "^" + GLOBAL_ID.format(prefix=self.text) + "$"
        if self.style == "local":
            return rf"^{self.text}-?\d+$"
        return self.text


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a type: its kind, its words, when it is required, its limits, and what rules see in it (`role`)."""

    name: str
    kind: str
    label: Words
    help: Words
    example: object = None
    gate: int | None = None
    """Index into GATES from which on it is required; None where it is optional."""
    required_when: tuple[str, tuple[str, ...]] | None = None
    or_reason: bool = False
    derived: bool = False
    role: str | None = None
    reviewed_by: tuple[str, ...] = ()
    """The roles that review it: its own, else those of the field around it, else the type's; of a date or a person, its own."""
    reviewed_within: tuple[str, ...] = ()
    """The roles that review it or a field in it; nobody reviews what is worked out."""
    minimum: float | None = None
    maximum: float | None = None
    """Characters of a text, entries of a list, or the value of a number."""
    integer: bool = False
    pattern: str | None = None
    pattern_label: Words | None = None
    of: str | None = None
    choices: Choices = field(default_factory=dict)
    to: tuple[str, ...] = ()
    inverse: Words | None = None
    item: str | None = None
    id: IdRule | None = None
    titled_by: str | None = None
    unique: str | None = None
    rows_from: str | None = None
    columns_from: str | None = None
    of_column: str | None = None
    note_for: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()

    @property
    def holds_text(self) -> bool:
        """Whether its values are words that a reader reads: text or Markdown, alone or in a list."""
        if self.kind == "list":
            return (self.of or "text") in {"text", "markdown"} and not self.fields and not self.choices
        return self.kind in {"text", "markdown"}

    def child(self, name: str) -> Field | None:
        """Return the field `name` of its rows, or None."""
        return next((each for each in self.fields if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: an anchor, a heading and the fields below it."""

    id: str
    label: Words
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type folder, read: fields in order, sections of the page, and the id prefix.

    `shared` types are one file each, or a folder of files where there are `several`.
    """

    name: str
    label: Words
    short: Words
    help: Words
    prefix: str | None
    shared: str | None
    order: int
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    several: bool = False
    lineage: tuple[str, ...] = ()
    """Its own name and those of the types it extends: where a template is looked for, in this order."""

    @property
    def id_form(self) -> re.Pattern[str]:
        """What a document's id looks like; anything goes where the type declares no prefix."""
        return re.compile(GLOBAL_ID.format(prefix=self.prefix) if self.prefix else r".+")

    @property
    def rows(self) -> Field | None:
        """The list that the lines of a CSV file fill: the first of its lists of items."""
        return next((each for each in self.fields if each.kind == "items"), None)

    def field(self, name: str) -> Field | None:
        """Return the top-level field `name`, or None."""
        return next((each for each in self.fields if each.name == name), None)
