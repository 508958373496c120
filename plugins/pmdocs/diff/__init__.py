"""What changed between two versions of documents, by what a reader means: documents, items, fields, words and links."""

from __future__ import annotations

from pmdocs.diff.changes import (
    Difference,
    DocumentChange,
    FieldChange,
    PartChange,
    apply,
    changes,
    difference,
    document_changes,
    snapshot_of,
)
from pmdocs.diff.record import Link, Part, Record, Shape, record_of, shapes_of
from pmdocs.diff.words import Segment, word_difference

__all__ = [
    "Difference",
    "DocumentChange",
    "FieldChange",
    "Link",
    "Part",
    "PartChange",
    "Record",
    "Segment",
    "Shape",
    "apply",
    "changes",
    "difference",
    "document_changes",
    "record_of",
    "shapes_of",
    "snapshot_of",
    "word_difference",
]
