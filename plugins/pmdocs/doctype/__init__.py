"""A type folder: its fields, compiled to JSON Schema, and values held against it."""

from pmdocs.doctype.cells import SHANGHAI, cell_value, day_of
from pmdocs.doctype.compile import compile_type
from pmdocs.doctype.load import TypeFile, build_types, merge_layers
from pmdocs.doctype.nearest import nearest
from pmdocs.doctype.paths import lost_comments, span_of
from pmdocs.doctype.standards import RuleSetting, Standards, Status, read_standards, read_words
from pmdocs.doctype.validate import KIND_WORDS, Checker, severity_at
from pmdocs.doctype.vocabulary import Choice, DocumentType, Field, IdRule, Section
from pmdocs.doctype.wording import localized

__all__ = [
    "KIND_WORDS",
    "SHANGHAI",
    "Checker",
    "Choice",
    "DocumentType",
    "Field",
    "IdRule",
    "RuleSetting",
    "Section",
    "Standards",
    "Status",
    "TypeFile",
    "build_types",
    "cell_value",
    "compile_type",
    "day_of",
    "localized",
    "lost_comments",
    "merge_layers",
    "nearest",
    "read_standards",
    "read_words",
    "severity_at",
    "span_of",
]
