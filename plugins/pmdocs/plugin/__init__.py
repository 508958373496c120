"""MkDocs events, each one call into the pipeline; the only importer of MkDocs."""

from pmdocs.plugin.events import PmdocsPlugin

__all__ = ["PmdocsPlugin"]
