"""What a change leaves behind: documents that follow from a requirement and were not revised since it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pmdocs.document import Document
from pmdocs.library import Library, Target
from pmdocs.trace.chain import Trace, once, whole


@dataclass(frozen=True, slots=True)
class Change:
    """A version of a document that changed a requirement."""

    version: str
    date: str


@dataclass(frozen=True, slots=True)
class Behind:
    """A document that still describes a requirement as it was, and those of its items that are about it.

    `version` and `date` are those of the last row of its history that took the requirement up, `releases` what it says it is for.
    """

    whole: Target
    items: tuple[Target, ...]
    version: str
    date: str
    releases: tuple[str, ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """What has to be looked at: the items, or the document where none of them is named."""
        return self.items or (self.whole,)


@dataclass(frozen=True, slots=True)
class Impact:
    """A requirement that changed, and what did not follow."""

    requirement: Target
    change: Change
    behind: tuple[Behind, ...]


def impacts_of(trace: Trace) -> Iterator[Impact]:
    """Yield each requirement whose last change has not reached everything that follows from it.

    A requirement's last change is the newest row of its document's history that names it. What follows from it are the
    specifications that implement it and the items of manuals that cover it. Such a document has followed if its own history
    has a row of the same day or later that names the requirement, or that names none and so speaks of the whole, or that is
    its first, since a document is written for what holds on that day. It is behind, too, if all product versions that it
    names came before the release that the requirement aims at: it still says the old one.
    """
    for requirement in trace.requirements:
        change = last_change(requirement)
        if change is None:
            continue
        behind = [
            _behind(follower, requirement, items)
            for follower, items in _followers(trace, requirement)
            if not has_followed(trace.library, follower.document, requirement, change)
        ]
        if behind:
            yield Impact(requirement, change, tuple(behind))


def last_change(requirement: Target) -> Change | None:
    """Return the newest row of its document's history that names a requirement."""
    rows = [row for row in _history(requirement.document) if requirement.address in (row.get("requirements") or ())]
    newest = max(rows, key=_when, default=None)
    return Change(str(newest.get("version")), str(newest.get("date"))) if newest else None


def has_followed(library: Library, document: Document, requirement: Target, change: Change) -> bool:
    """Whether a document was revised for a change of a requirement, and is for a product version that has it."""
    revised = any(str(row.get("date")) >= change.date for row in _rows_about(document, requirement))
    return revised and not _is_for_older(library, document, requirement)


def _is_for_older(library: Library, document: Document, requirement: Target) -> bool:
    """Whether all product versions that a document names came out before the release that a requirement aims at."""
    named = {key[1]: str(entry.values.get("date", "")) for key, entry in library.entries.items() if key[0] == "release"}
    links = [link for link in requirement.document.links if link.source == requirement.address]
    aim = next((link.target for link in links if link.field.role == "release"), None)
    own = releases_of(document)
    if aim not in named or not own or any(each not in named for each in own):
        return False
    return max(named[each] for each in own) < named[aim]


def releases_of(document: Document) -> tuple[str, ...]:
    """Return the product versions that a document says it is for."""
    said = document.values.get("product_version")
    return tuple(map(str, said)) if isinstance(said, list) else ()


def _followers(trace: Trace, requirement: Target) -> list[tuple[Target, tuple[Target, ...]]]:
    """Return each other document that follows from a requirement, with those of its items that do."""
    found: dict[str, tuple[Target, list[Target]]] = {}
    for each in (*trace.specifications(requirement), *trace.manual(requirement)):
        _, items = found.setdefault(each.document.id, (whole(each), []))
        if each.item:
            items.append(each)
    return [
        (document, once(items)) for document, items in found.values() if document.document is not requirement.document
    ]


def _behind(follower: Target, requirement: Target, items: tuple[Target, ...]) -> Behind:
    row: Mapping[str, Any] = max(_rows_about(follower.document, requirement), key=_when, default={})
    version, day = str(row.get("version", "")), str(row.get("date", ""))
    return Behind(follower, items, version, day, releases_of(follower.document))


def _rows_about(document: Document, requirement: Target) -> list[Mapping[str, Any]]:
    """Return the rows of a history that took a requirement up: those that name it, or none at all, and the first."""
    history = sorted(_history(document), key=_when)
    return [
        row
        for place, row in enumerate(history)
        if place == 0 or not row.get("requirements") or requirement.address in row["requirements"]
    ]


def _history(document: Document) -> list[Mapping[str, Any]]:
    rows = next((document.values.get(field.name) for field in document.type.fields if field.role == "history"), None)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _when(row: Mapping[str, Any]) -> tuple[str, tuple[int, ...]]:
    numbers = (int(part) for part in str(row.get("version")).split(".") if part.isdigit())
    return str(row.get("date")), tuple(numbers)
