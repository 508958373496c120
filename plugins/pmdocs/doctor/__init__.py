"""What breaks documentation sites in practice, although nothing in the documents is wrong: each trouble with its cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pmdocs.doctor.built import built_site, foreign_requests
from pmdocs.doctor.patient import patient_of
from pmdocs.doctor.settings import address, anchors, history, links_in_docs, outside_settings, refs, sources
from pmdocs.doctor.trouble import Patient, Repositories, Trouble

EXAMINATIONS: tuple[Callable[[Patient], Iterator[Trouble]], ...] = (
    address,
    anchors,
    history,
    refs,
    sources,
    links_in_docs,
    outside_settings,
    built_site,
)


def examine(patient: Patient) -> tuple[Trouble, ...]:
    """Return every trouble of a project, the gravest first."""
    found = [trouble for look in EXAMINATIONS for trouble in look(patient)]
    return tuple(sorted(found, key=lambda trouble: trouble.severity.rank))


__all__ = ["EXAMINATIONS", "Patient", "Repositories", "Trouble", "examine", "foreign_requests", "patient_of"]
