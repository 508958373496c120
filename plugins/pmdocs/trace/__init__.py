"""The chain evidence → story → requirement → specification → test, error code → manual, followed in both directions."""

from pmdocs.trace.chain import (
    Trace,
    is_dropped,
    is_for_users,
    is_must,
    is_visible,
    requirements_in,
    states_requirements,
    trace_of,
    whole,
)
from pmdocs.trace.circles import circles_of
from pmdocs.trace.coverage import Coverage, Share, coverage_of, own_requirements
from pmdocs.trace.gaps import Gap, Lack, code_gaps, gaps_of
from pmdocs.trace.impact import Behind, Change, Impact, impacts_of
from pmdocs.trace.matrix import Line, Matrix, State, matrix_of
from pmdocs.trace.orphans import orphans_of
from pmdocs.trace.path import Step, ahead, back, needed, needing
from pmdocs.trace.report import SHARES, as_text, shares_of, way_csv, way_text
from pmdocs.trace.suspects import Suspect, given_up, suspects_of
from pmdocs.trace.table import MARK, as_csv, matrix_csv
from pmdocs.trace.ties import Relation, Tie, key_of, role_of, valued
from pmdocs.trace.words import COLUMNS, ELSEWHERE, STATE_HELP, STATE_TONES, STATE_WORDS, gap_words

__all__ = [
    "COLUMNS",
    "ELSEWHERE",
    "MARK",
    "SHARES",
    "STATE_HELP",
    "STATE_TONES",
    "STATE_WORDS",
    "Behind",
    "Change",
    "Coverage",
    "Gap",
    "Impact",
    "Lack",
    "Line",
    "Matrix",
    "Relation",
    "Share",
    "State",
    "Step",
    "Suspect",
    "Tie",
    "Trace",
    "ahead",
    "as_csv",
    "as_text",
    "back",
    "circles_of",
    "code_gaps",
    "coverage_of",
    "gap_words",
    "gaps_of",
    "given_up",
    "impacts_of",
    "is_dropped",
    "is_for_users",
    "is_must",
    "is_visible",
    "key_of",
    "matrix_csv",
    "matrix_of",
    "needed",
    "needing",
    "orphans_of",
    "own_requirements",
    "requirements_in",
    "role_of",
    "shares_of",
    "states_requirements",
    "suspects_of",
    "trace_of",
    "valued",
    "way_csv",
    "way_text",
    "whole",
]
