"""pmdocs: product documents from structured YAML to a MkDocs-Material site."""

__version__ = "0.1.0"
