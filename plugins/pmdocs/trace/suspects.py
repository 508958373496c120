"""Links whose target is not what it was: changed since the link was last reviewed, or given up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmdocs.canonical import target_digest
from pmdocs.document import Document
from pmdocs.library import Target
from pmdocs.signoff import APPROVING, latest_rows
from pmdocs.trace.chain import Trace, is_dropped
from pmdocs.trace.ties import REQUIREMENTS, Key, Tie, key_of, role_of


@dataclass(frozen=True, slots=True)
class Suspect:
    """Links of one document to something that says something else than when the document was signed off.

    `role` and `date` are of the last approval that saw it as it was.
    """

    target: Target
    ties: tuple[Tie, ...]
    role: str
    date: str


def suspects_of(trace: Trace) -> Iterator[Suspect]:
    """Yield what has changed since an approval of a document that records its digest, once for each document."""
    ties: dict[tuple[str, str], list[Tie]] = {}
    for tie in trace.ties:
        if tie.target.document is not tie.document:
            ties.setdefault((tie.document.id, tie.target.address), []).append(tie)
    now: dict[Key, str] = {}
    for document in filter(trace.is_in_force, trace.library.documents):
        seen: dict[str, Mapping[str, Any]] = {}
        for row in sorted(_approvals(document), key=lambda row: str(row.get("date"))):
            links = row.get("links")
            for name, then in links.items() if isinstance(links, dict) else ():
                own = ties.get((document.id, str(name)))
                if own and _digest_now(own[0].target, now) != then:
                    seen[str(name)] = row
        for name, row in sorted(seen.items()):
            own = ties[document.id, name]
            yield Suspect(own[0].target, tuple(own), str(row.get("role")), str(row.get("date", "")))


def _approvals(document: Document) -> Iterator[Mapping[str, Any]]:
    return (row for _, row in latest_rows(document) if row.get("verdict") in APPROVING)


def _digest_now(target: Target, known: dict[Key, str]) -> str:
    key = key_of(target)
    if key not in known:
        known[key] = target_digest(target)
    return known[key]


def given_up(trace: Trace) -> Iterator[Tie]:
    """Yield each link to a dropped requirement or a criterion of one, or into a document that is deprecated or archived.

    What is given up itself may keep its links, and a document may name its own older self.
    """
    for tie in trace.ties:
        if is_given_up(trace, tie.target) and not is_given_up(trace, tie.source):
            yield tie


def is_given_up(trace: Trace, target: Target) -> bool:
    """Whether a document, or the requirement that an item is or stands in, holds no more."""
    status = trace.library.standards.lifecycle.get(target.document.status)
    return (status is not None and status.retired) or _is_dropped(trace, target)


def _is_dropped(trace: Trace, target: Target) -> bool:
    if target.item is None:
        return False
    if role_of(target) in REQUIREMENTS:
        return is_dropped(target)
    parents = trace.library.targets(target.item.parent)
    return any(parent.document is target.document and _is_dropped(trace, parent) for parent in parents)
