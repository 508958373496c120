"""What reviewers do: see what is to be reviewed and what changed since, and sign it off."""

from pmdocs.approval.approve import VERDICTS, Approval, Wish, approve, found_document, found_role
from pmdocs.approval.report import as_text
from pmdocs.approval.review import Past, Review, past_in, review_of

__all__ = [
    "VERDICTS",
    "Approval",
    "Past",
    "Review",
    "Wish",
    "approve",
    "as_text",
    "found_document",
    "found_role",
    "past_in",
    "review_of",
]
