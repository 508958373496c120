"""New documents and new projects: what a writer starts from."""

from pmdocs.scaffold.document import NewDocument, Wish, new_document
from pmdocs.scaffold.project import Beginning, Begun, begin_project, slug_of

__all__ = ["Beginning", "Begun", "NewDocument", "Wish", "begin_project", "new_document", "slug_of"]
