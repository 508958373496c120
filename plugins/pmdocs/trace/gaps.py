"""What a requirement or error code lacks in its chain: a specification, a manual, test cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pmdocs.library import Target
from pmdocs.trace.chain import Trace, is_for_users, is_must, is_tested, is_visible


class Lack(StrEnum):
    """What is missing."""

    SPECIFICATION = "specification"
    MANUAL = "manual"
    CRITERION_TEST = "criterion_test"
    CODE_TEST = "code_test"
    CODE_ROW = "code_row"


@dataclass(frozen=True, slots=True)
class Gap:
    """A step of the chain that must be there and is not: at which requirement, criterion or error code.

    `released` tells whether the requirement is out already; until then the gap is work that is planned.
    """

    lack: Lack
    target: Target
    released: bool


def gaps_of(trace: Trace, requirement: Target) -> Iterator[Gap]:
    """Yield what a requirement lacks.

    One of the first priority needs a specification, and, where users meet it, a place in a manual. Where it has a
    specification and is verified by test, each of its criteria needs a test case.
    """
    released = trace.is_released(requirement)
    specified = bool(trace.specifications(requirement))
    if is_must(requirement):
        if not specified:
            yield Gap(Lack.SPECIFICATION, requirement, released)
        if is_for_users(requirement) and not trace.manual(requirement):
            yield Gap(Lack.MANUAL, requirement, released)
    if specified and is_tested(requirement):
        for criterion in trace.within(requirement, "criterion"):
            if not trace.tests(criterion):
                yield Gap(Lack.CRITERION_TEST, criterion, released)


def code_gaps(trace: Trace, code: Target) -> Iterator[Gap]:
    """Yield what an error code lacks: a test case, and, where users see it, a row in a manual.

    It is out as soon as one of its requirements is.
    """
    released = any(trace.is_released(each) for each in trace.owners(code))
    if not trace.tests(code):
        yield Gap(Lack.CODE_TEST, code, released)
    if is_visible(code) and not trace.rows(code):
        yield Gap(Lack.CODE_ROW, code, released)
