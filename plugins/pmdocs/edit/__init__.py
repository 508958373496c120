"""Edits of a YAML file that touch no byte but those of the entry: every comment, line end and indentation stays."""

from pmdocs.edit.page import EditError, appended, changed

__all__ = ["EditError", "appended", "changed"]
