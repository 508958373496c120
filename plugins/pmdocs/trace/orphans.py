"""What nothing leads to: specifications that implement nothing; evidence, personas, metrics, events and tests nobody uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from pmdocs.library import Target
from pmdocs.trace.chain import Trace
from pmdocs.trace.ties import Relation

Uses = Callable[[Trace, Target], bool]


def orphans_of(trace: Trace) -> Iterator[Target]:
    """Yield every orphan, documents first.

    A document is one if its type has a field that names what it implements, and it names no requirement. Evidence and a
    persona are if nothing names them, evidence not even a text of its document; a metric if it measures no goal and no event
    feeds it; an event if it feeds no metric and nobody reports it; a test case if it verifies nothing.
    """
    for document in filter(trace.is_in_force, trace.library.documents):
        if any(field.role == "implements" for field in document.type.fields):
            whole = Target(document, None, not trace.library.shows(document))
            if not trace.out_of(whole, Relation.SPECIFIES):
                yield whole
    for role, is_used in _USES.items():
        yield from (each for each in trace.items(role) if not is_used(trace, each))


def _is_named(trace: Trace, target: Target) -> bool:
    """Whether a reference leads to a target, or a text of its document beside its own names it."""
    if trace.into(target):
        return True
    assert target.item is not None
    word, own = re.compile(rf"(?<![\w-]){re.escape(target.address)}(?![\w-])"), target.item.path
    return any(
        visit.field.holds_text and visit.path[: len(own)] != own and word.search(repr(visit.value))
        for visit in target.document.visits
    )


def _is_linked(*relations: Relation) -> Uses:
    """Tell whether a target has a link of these relations, in either direction."""
    return lambda trace, target: bool(trace.into(target, *relations) or trace.out_of(target, *relations))


_USES: Mapping[str, Uses] = {
    "evidence": _is_named,
    "persona": lambda trace, target: bool(trace.into(target)),
    "metric": _is_linked(Relation.MEASURES),
    "event": _is_linked(Relation.MEASURES, Relation.REPORTS),
    "test_case": _is_linked(Relation.TESTS),
}
