"""Records of a document, by the roles of their fields: the rows of its lists, and its maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmdocs.diagnostics import Words
from pmdocs.doctype import Field
from pmdocs.document import Document, Path


@dataclass(frozen=True, slots=True)
class Record:
    """Some values with their fields: a row of a list or a map; `field` is the one that holds it."""

    field: Field
    values: Mapping[str, Any]
    path: Path

    def child(self, role: str) -> Field | None:
        """Return its field with a role, or None."""
        return next((each for each in self.field.fields if each.role == role), None)

    def value(self, role: str) -> Any:
        """Return what its field with a role holds, or None."""
        field = self.child(role)
        return self.values.get(field.name) if field else None

    def lacks(self, field: Field) -> bool:
        """Whether a field that somebody has to fill in here, sooner or later, is empty."""
        if field.name in self.values or field.gate is None or field.derived:
            return False
        other, wanted = field.required_when or ("", ())
        return not other or str(self.values.get(other)) in wanted

    @property
    def name(self) -> str | Words:
        """How a message calls it: its id, its owner's id, or the words of its list."""
        name = self.values.get(self.field.id.field) if self.field.id else None
        return str(name) if name else self.field.label


def records(document: Document, role: str | None = None) -> Iterator[Record]:
    """Yield every record of a document, or those of the lists and maps with a role."""
    for visit in document.visits:
        field = visit.field
        if not field.fields or role not in (None, field.role):
            continue
        if field.kind == "map" and isinstance(visit.value, dict):
            yield Record(field, visit.value, visit.path)
        for index, row in enumerate(visit.value if isinstance(visit.value, list) else ()):
            if isinstance(row, dict):
                yield Record(field, row, (*visit.path, index))
