"""The rules over a whole library: each check is a generator that yields findings and repairs nothing."""

from pmdocs.checks.dates import due_dates, moved_due_dates, stale_documents
from pmdocs.checks.feedback import feedback_answers, open_feedback
from pmdocs.checks.fillers import fillers, placeholders
from pmdocs.checks.frame import Check, Frame
from pmdocs.checks.govern import Suppressed, Suppression, govern, graded, suppressions_of
from pmdocs.checks.grouping import grouped
from pmdocs.checks.history import silent_changes, status_histories, version_histories
from pmdocs.checks.ids import duplicate_ids, repeated_values
from pmdocs.checks.language import forbidden_aliases, typography, vague_words
from pmdocs.checks.leaks import leaks
from pmdocs.checks.machines import state_machines
from pmdocs.checks.missing import missing_parts
from pmdocs.checks.questions import open_questions
from pmdocs.checks.references import broken_references, broken_text_references
from pmdocs.checks.requirements import durations, hollow_outcomes, metrics, unexceptional, unsampled
from pmdocs.checks.shared import wrong_shared
from pmdocs.checks.signoffs import sign_offs
from pmdocs.checks.steps import many_steps, poor_pictures, poor_titles, unseen_results, verbless_steps
from pmdocs.checks.tables import decision_tables, grids
from pmdocs.checks.traces import circles, dead_links, gaps, orphans, suspect_links

CHECKS: tuple[Check, ...] = (
    duplicate_ids,
    repeated_values,
    version_histories,
    silent_changes,
    placeholders,
    fillers,
    status_histories,
    due_dates,
    moved_due_dates,
    stale_documents,
    open_questions,
    leaks,
    broken_references,
    broken_text_references,
    gaps,
    orphans,
    dead_links,
    suspect_links,
    circles,
    grids,
    decision_tables,
    state_machines,
    sign_offs,
    missing_parts,
    hollow_outcomes,
    unexceptional,
    durations,
    unsampled,
    metrics,
    vague_words,
    forbidden_aliases,
    typography,
    verbless_steps,
    unseen_results,
    many_steps,
    poor_pictures,
    poor_titles,
    feedback_answers,
    open_feedback,
)

__all__ = [
    "CHECKS",
    "Check",
    "Frame",
    "Suppressed",
    "Suppression",
    "govern",
    "graded",
    "grouped",
    "suppressions_of",
    "wrong_shared",
]
