"""Links whose target is not what it was: changed since the link was last reviewed, or given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pmdocs.library import Target
from pmdocs.signoff import SignOff, states_of
from pmdocs.trace.chain import Trace, is_dropped
from pmdocs.trace.ties import REQUIREMENTS, Tie, role_of


@dataclass(frozen=True, slots=True)
class Suspect:
    """Links of one document to something that says something else than when the document was signed off.

    `sign_off` is the last one that saw it as it was.
    """

    target: Target
    ties: tuple[Tie, ...]
    sign_off: SignOff


def suspects_of(trace: Trace) -> Iterator[Suspect]:
    """Yield what has changed since an approval of a document that records its digest, once for each document."""
    ties: dict[tuple[str, str], list[Tie]] = {}
    for tie in trace.ties:
        if tie.target.document is not tie.document:
            ties.setdefault((tie.document.id, tie.target.address), []).append(tie)
    for document in filter(trace.is_in_force, trace.library.documents):
        seen: dict[str, SignOff] = {}
        for each in sorted(states_of(document, trace.library), key=lambda each: each.date):
            seen |= dict.fromkeys(each.suspects, each)
        for name, sign_off in sorted(seen.items()):
            if own := ties.get((document.id, name)):
                yield Suspect(own[0].target, tuple(own), sign_off)


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
