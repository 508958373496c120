"""The dated records of a document, read: its days, and the rows of its histories with their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmdocs.document import Document, Path
from pmdocs.signoff import numbers_of

CHANGES = "change_history"
STATUSES = "status_history"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list of records: what it says, its day, and where it stands."""

    values: Mapping[str, Any]
    day: date | None
    path: Path

    @property
    def version(self) -> tuple[int, ...]:
        """The version it names, as numbers that compare; nothing where it names none."""
        return numbers_of(self.values.get("version"))


def day_of(value: object) -> date | None:
    """Return a date as typed, or None for what is none; its finding says why."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def rows_of(values: Mapping[str, Any], name: str, path: Path = ()) -> Iterator[Row]:
    """Yield the rows of the list `name` in `values`, which stand at `path`, as they are listed."""
    rows = values.get(name)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield Row(row, day_of(row.get("date")), (*path, name, index))


def oldest_first(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of a history from the oldest to the newest: writers put either end first."""
    days = [row.day for row in rows if row.day]
    descends = len(days) > 1 and (days[0] > days[-1] or (days[0] == days[-1] and rows[0].version > rows[-1].version))
    return tuple(reversed(rows)) if descends else tuple(rows)


def changes_of(document: Document) -> tuple[Row, ...]:
    """Return the versions that a document had and has, oldest first, without those that were cancelled."""
    return oldest_first([row for row in rows_of(document.values, CHANGES) if "cancelled_date" not in row.values])


def moves_of(document: Document) -> tuple[Row, ...]:
    """Return the changes of a document's status, oldest first."""
    return oldest_first(list(rows_of(document.values, STATUSES)))
