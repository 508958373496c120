"""The chain evidence → story → requirement → specification → test, error code → manual, followed in both directions."""

from pmdocs.trace.chain import (
    Trace,
    documents_with_requirements,
    is_dropped,
    is_for_users,
    is_must,
    is_visible,
    trace_of,
    whole,
)
from pmdocs.trace.circles import circles_of
from pmdocs.trace.coverage import Coverage, Share, coverage_of, own_requirements
from pmdocs.trace.gaps import Gap, Lack, code_gaps, gaps_of
from pmdocs.trace.impact import Behind, Change, Impact, has_followed, impacts_of, last_change
from pmdocs.trace.orphans import orphans_of
from pmdocs.trace.suspects import Suspect, given_up, is_given_up, suspects_of
from pmdocs.trace.ties import Relation, Tie, key_of, role_of

__all__ = [
    "Behind",
    "Change",
    "Coverage",
    "Gap",
    "Impact",
    "Lack",
    "Relation",
    "Share",
    "Suspect",
    "Tie",
    "Trace",
    "circles_of",
    "code_gaps",
    "coverage_of",
    "documents_with_requirements",
    "gaps_of",
    "given_up",
    "has_followed",
    "impacts_of",
    "is_dropped",
    "is_for_users",
    "is_given_up",
    "is_must",
    "is_visible",
    "key_of",
    "last_change",
    "orphans_of",
    "own_requirements",
    "role_of",
    "suspects_of",
    "trace_of",
    "whole",
]
