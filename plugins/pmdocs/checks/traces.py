"""D7-T02 to T09: gaps, orphans, dead and suspect links, and circles in the chain from evidence to manual."""

from __future__ import annotations

from collections.abc import Iterator

from pmdocs.checks.frame import Frame, find
from pmdocs.diagnostics import Diagnostic, Facts, Rule, Severity, Words
from pmdocs.doctype import severity_at
from pmdocs.document import Document, Link
from pmdocs.library import Library, Target
from pmdocs.rules.traces import (
    CIRCLE,
    GIVEN_UP,
    NO_MANUAL,
    NO_SPECIFICATION,
    NO_TEST,
    NO_TROUBLESHOOTING,
    ORPHAN,
    SUSPECT,
)
from pmdocs.trace import (
    Gap,
    Lack,
    circles_of,
    code_gaps,
    gaps_of,
    given_up,
    orphans_of,
    role_of,
    suspects_of,
    trace_of,
)

_LACKS: dict[Lack, tuple[Rule, str]] = {
    Lack.SPECIFICATION: (NO_SPECIFICATION, "no-specification"),
    Lack.MANUAL: (NO_MANUAL, "no-manual"),
    Lack.CRITERION_TEST: (NO_TEST, "criterion-untested"),
    Lack.CODE_TEST: (NO_TEST, "code-untested"),
    Lack.CODE_ROW: (NO_TROUBLESHOOTING, "code-unexplained"),
}
_ORPHANS = {"test_case": "orphan-test", "metric": "orphan-metric", "event": "orphan-event"}


def gaps(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what requirements and error codes lack; what is not released yet is a hint."""
    trace = trace_of(frame.library, frame.as_of)
    for requirement in trace.requirements:
        for gap in gaps_of(trace, requirement):
            yield from _gap(frame, gap)
    for code in trace.items("error_code"):
        for gap in code_gaps(trace, code):
            yield from _gap(frame, gap)


def _gap(frame: Frame, gap: Gap) -> Iterator[Diagnostic]:
    rule, word = _LACKS[gap.lack]
    document, item = gap.target.document, gap.target.item
    assert item is not None
    if frame.library.may_be_unread(item.address):
        return
    facts: Facts = {"id": item.address, "title": item.title}
    eased = None if gap.released or not _speaks(frame, rule, document) else Severity.HINT
    yield from find(frame, rule, word, document, item.path, facts, severity=eased)


def _speaks(frame: Frame, rule: Rule, document: Document) -> bool:
    """Whether a rule says anything about documents with this status: a severity of one's own must not make it speak."""
    status = frame.library.standards.lifecycle.get(document.status)
    return severity_at(rule, status.gate if status else 0) is not None


def orphans(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what nothing leads to; evidence that nobody cites yet is no defect, a page lists it."""
    for target in orphans_of(trace_of(frame.library, frame.as_of)):
        document, item = target.document, target.item
        if role_of(target) == "evidence" or _may_be_linked(frame, target):
            continue
        if item is None:
            field = next(field for field in document.type.fields if field.role == "implements")
            named: Facts = {"id": document.id, "field": field.label}
            yield from find(frame, ORPHAN, "orphan-document", document, ("id",), named)
        else:
            word = _ORPHANS.get(role_of(target), "orphan-item")
            facts: Facts = {"id": item.local} | ({"kind": item.field.label} if word == "orphan-item" else {})
            yield from find(frame, ORPHAN, word, document, item.path, facts)


def _may_be_linked(frame: Frame, target: Target) -> bool:
    """Whether the link that is missed may stand in a file that could not be read, or is one that leads nowhere."""
    library, document = frame.library, target.document
    own = (link for link in document.links if link.source == target.address)
    return library.may_be_unread(target.address) or any(_is_broken(library, link, document) for link in own)


def _is_broken(library: Library, link: Link, document: Document) -> bool:
    if library.names_open_value(link.field, link.target):
        return False
    found = library.resolve(link, document)
    return found is None or not library.accepts(link.field, found)


def dead_links(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each link to what is given up."""
    for tie in given_up(trace_of(frame.library, frame.as_of)):
        document = tie.target.document
        status = frame.library.standards.lifecycle.get(document.status)
        facts: Facts = {"id": tie.target.address, "title": tie.target.title}
        if status and status.retired:
            word, facts = "retired", {"id": tie.target.address, "document": document.id, "status": status.label}
        else:
            word = "dropped"
        yield from find(frame, GIVEN_UP, word, tie.document, tie.link.path, facts)


def suspect_links(frame: Frame) -> Iterator[Diagnostic]:
    """Yield what has changed since a document that refers to it was signed off, at its first link to it."""
    roles = frame.library.standards.choices.get("review_role", {})
    for suspect in suspects_of(trace_of(frame.library, frame.as_of)):
        tie = suspect.ties[0]
        option = roles.get(suspect.role)
        facts: Facts = {
            "id": tie.target.address,
            "title": tie.target.title,
            "role": option.label if option else Words(suspect.role, suspect.role),
            "role_id": suspect.role,
            "date": suspect.date,
            "document": tie.document.id,
            "places": tuple({each.source.address: None for each in suspect.ties}),
        }
        yield from find(frame, SUSPECT, "target-changed", tie.document, tie.link.path, facts)


def circles(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each circle once, at the link that leads into it from its first member."""
    for way in circles_of(trace_of(frame.library, frame.as_of)):
        names = " → ".join([*(tie.source.address for tie in way), way[0].source.address])
        yield from find(frame, CIRCLE, "circle", way[0].document, way[0].link.path, {"way": names})
