"""What a check is given, and how it says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pmdocs.diagnostics import Diagnostic, Fact, Rule, Severity
from pmdocs.doctype import Status, severity_at
from pmdocs.document import Document, Path
from pmdocs.library import Library
from pmdocs.markdown import Renderer


@dataclass(frozen=True, slots=True)
class Frame:
    """A library, the library of the version before it, the day, and what a check may ask of the world.

    `has_file` tells whether a path relative to the project is a file in it, `leads_out` whether it is a link out of it,
    `page_audience` who may read the hand-written page at a path relative to their folder, None where there is none; all may
    be asked for any text.
    `size_of` gives the bytes of a file in the project, 0 where there is none.
    """

    library: Library
    previous: Library | None
    as_of: date
    has_file: Callable[[str], bool]
    page_audience: Callable[[str], str | None]
    leads_out: Callable[[str], bool]
    size_of: Callable[[str], int]
    renderer: Renderer

    def threshold(self, name: str) -> float:
        """Return the team's value of a threshold, or the shipped one; raises KeyError for a name that nobody declares."""
        return self.library.standards.thresholds[name]


Check = Callable[[Frame], Iterator[Diagnostic]]


def find(  # noqa: PLR0913  # a finding is these facts; the frame says how grave
    frame: Frame,
    rule: Rule,
    word: str,
    document: Document,
    path: Path,
    facts: Mapping[str, Fact],
    *,
    at_key: bool = False,
    severity: Severity | None = None,
) -> Iterator[Diagnostic]:
    """Yield the finding, unless the rule is silent in the document's status; `severity` stands above the status.

    The team's own settings and the document's suppressions come later, for all findings alike (see `govern`).
    """
    status = frame.library.standards.lifecycle.get(document.status)
    if status and not reaches(rule, status):
        return
    severity = severity or severity_at(rule, status.gate if status else 0)
    if severity:
        yield finding(rule, word, document, path, facts, severity=severity, at_key=at_key)


def reaches(rule: Rule, status: Status) -> bool:
    """Whether `rule` looks at documents with this status."""
    if status.set_aside:
        return rule.reach == "always"
    return rule.reach != "living" or not status.retired


def finding(  # noqa: PLR0913  # likewise
    rule: Rule,
    word: str,
    document: Document,
    path: Path,
    facts: Mapping[str, Fact],
    *,
    severity: Severity = Severity.ERROR,
    at_key: bool = False,
) -> Diagnostic:
    """Return a finding at the place of `path` in `document`, with the item it stands in."""
    inside = [item for item in document.items if path[: len(item.path)] == item.path]
    item = max(inside, key=lambda each: len(each.path), default=None)
    location = document.location(path, at_key=at_key)
    address, reason = item.address if item else None, rule.reason(word)
    by_day = rule.by_day or reason.by_day
    return Diagnostic(rule, reason, severity, location, facts, document.id, address, by_day, path)
