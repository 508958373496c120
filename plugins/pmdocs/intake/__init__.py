"""Feedback from other systems: their rows, in the words of the feedback files, merged with what is there."""

from pmdocs.intake.mapping import Columns, MappingError, read_columns
from pmdocs.intake.masking import masked
from pmdocs.intake.merge import Outcome
from pmdocs.intake.rows import Handed, IntakeError
from pmdocs.intake.take import ISSUES, SHEET, Intake

__all__ = [
    "ISSUES",
    "SHEET",
    "Columns",
    "Handed",
    "Intake",
    "IntakeError",
    "MappingError",
    "Outcome",
    "masked",
    "read_columns",
]
