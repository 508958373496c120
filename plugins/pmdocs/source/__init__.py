"""YAML text to plain values plus the place of each; traps and limits become findings of D7-S01."""

from pmdocs.source.place import Place, Source
from pmdocs.source.read import read_bytes, read_file, read_plain, read_text
from pmdocs.source.sheet import Sheet, guarded, read_cells, read_sheet

__all__ = [
    "Place",
    "Sheet",
    "Source",
    "guarded",
    "read_bytes",
    "read_cells",
    "read_file",
    "read_plain",
    "read_sheet",
    "read_text",
]
