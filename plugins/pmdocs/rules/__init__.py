"""The catalogue of rules: every code with its manual and its reasons, in both languages on adjacent lines."""

from __future__ import annotations

from pmdocs.diagnostics import Rule
from pmdocs.rules.answers import OPEN_FEEDBACK
from pmdocs.rules.content import LEAK, OPEN_QUESTION
from pmdocs.rules.days import DUE_SOON, LATE, MOVED_DUE_DATE, STALE
from pmdocs.rules.fillers import FILLER, PLACEHOLDER
from pmdocs.rules.history import SILENT_CHANGE, STATUS_HISTORY, VERSION_HISTORY
from pmdocs.rules.keys import MISSING_FIELD, UNKNOWN_KEY
from pmdocs.rules.language import ESCAPE_CLAUSE, FORBIDDEN_ALIAS, OPEN_LIST, TYPOGRAPHY, VAGUE_WORD
from pmdocs.rules.names import BROKEN_REFERENCE, DUPLICATE_ID
from pmdocs.rules.reading import YAML_READS
from pmdocs.rules.requirements import (
    NO_CRITERION,
    NO_EXCEPTION,
    NO_SOURCE,
    NOT_MEASURED,
    UNCLEAR_CRITERION,
    WEAK_METRIC,
)
from pmdocs.rules.signoffs import NO_SERVICE_SIGN_OFF, NO_TECHNICAL_SIGN_OFF, STALE_SIGN_OFF, UNFIT_REVIEWER
from pmdocs.rules.steps import MANY_STEPS, NO_RESULT, NO_VERB, POOR_PICTURE, POOR_TITLE
from pmdocs.rules.suppressions import SUPPRESSION
from pmdocs.rules.traces import TRACES
from pmdocs.rules.values import WRONG_VALUE

_ALL: tuple[Rule, ...] = (
    YAML_READS,
    UNKNOWN_KEY,
    MISSING_FIELD,
    WRONG_VALUE,
    DUPLICATE_ID,
    NO_TECHNICAL_SIGN_OFF,
    NO_SERVICE_SIGN_OFF,
    STALE_SIGN_OFF,
    UNFIT_REVIEWER,
    OPEN_FEEDBACK,
    VERSION_HISTORY,
    SILENT_CHANGE,
    PLACEHOLDER,
    FILLER,
    STATUS_HISTORY,
    LATE,
    DUE_SOON,
    MOVED_DUE_DATE,
    STALE,
    OPEN_QUESTION,
    LEAK,
    SUPPRESSION,
    NO_CRITERION,
    UNCLEAR_CRITERION,
    NO_EXCEPTION,
    NOT_MEASURED,
    NO_SOURCE,
    WEAK_METRIC,
    BROKEN_REFERENCE,
    *TRACES,
    VAGUE_WORD,
    ESCAPE_CLAUSE,
    OPEN_LIST,
    FORBIDDEN_ALIAS,
    TYPOGRAPHY,
    NO_VERB,
    NO_RESULT,
    MANY_STEPS,
    POOR_PICTURE,
    POOR_TITLE,
)
FAMILIES = "SGRTLM"
"""Structure, governance, requirements, traceability, language, manuals: the order in which rules are told."""
RULES = tuple(sorted(_ALL, key=lambda rule: (FAMILIES.index(rule.code[3]), rule.code)))
BY_CODE = {rule.code: rule for rule in RULES}
