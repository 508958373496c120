"""In which order the keys of a mapping stand, by the fields of its type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pmdocs.doctype import Field
from pmdocs.doctype.compile import LANGUAGES


@dataclass(frozen=True, slots=True)
class Order:
    """In which order the keys of a mapping stand, and what is known of their values."""

    names: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()

    @classmethod
    def of(cls, fields: Sequence[Field], first: str | None = None) -> Order:
        """Return the order of these fields, an item's id before them."""
        return cls((*((first,) if first else ()), *(each.name for each in fields)), tuple(fields))

    def rank(self, key: str) -> int:
        """Return the position of a key; unknown ones come last."""
        return self.names.index(key) if key in self.names else len(self.names)

    def inside(self, key: str) -> Order:
        """Return the order of the mappings that the value of `key` is or holds."""
        field = next((each for each in self.fields if each.name == key), None)
        if field is None or field.kind == "table":
            return Order()
        if field.fields:
            rule = field.id if field.id and field.id.style != "ordinal" else None
            return Order.of(field.fields, rule.field if rule else None)
        return Order(tuple(LANGUAGES)) if field.holds_text else Order()
