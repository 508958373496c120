"""New documents and new projects: what a writer starts from."""

from pmdocs.scaffold.document import NewDocument, RefusedError, Wish, new_document
from pmdocs.scaffold.project import Beginning, Begun, begin_project, slug_of

__all__ = ["Beginning", "Begun", "NewDocument", "RefusedError", "Wish", "begin_project", "new_document", "slug_of"]
