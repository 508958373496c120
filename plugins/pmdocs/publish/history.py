"""What became of each document and item from version to version, as the contents of built versions tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pmdocs.publish.kept import Kept
from pmdocs.versions import Version


@dataclass(frozen=True)
class Stand:
    """A document or item in one version: where it is there, and whether it is new or changed since the version before."""

    version: Version
    url: str
    title: Mapping[str, str]
    edition: str
    """The version that the document itself bears."""
    digest: str
    change: str
    """`new`, `changed`, or nothing."""


@dataclass(frozen=True)
class History:
    """A document or item by its id: how it stands in each version that has it, newest first, and where it was taken out."""

    id: str
    label: Mapping[str, str]
    stands: tuple[Stand, ...]
    removed: Version | None
    """The first version without it after the last one that had it."""
    items: tuple[History, ...] = ()
    anchor: str = ""

    @property
    def title(self) -> Mapping[str, str]:
        """What it is called in the newest version that has it."""
        return self.stands[0].title

    def data(self) -> dict[str, Any]:
        """Return the history as its file holds it."""
        own = {
            "id": self.id,
            "label": dict(self.label),
            "title": dict(self.title),
            "removed_in": self.removed.name if self.removed else None,
            "versions": [_row(stand) for stand in self.stands],
        }
        return own | ({"anchor": self.anchor} if self.anchor else {"items": [each.data() for each in self.items]})


def histories(versions: Sequence[Version], trees: Mapping[str, Kept]) -> tuple[History, ...]:
    """Return the history of each document, by id; `versions` are newest first."""
    found: dict[str, list[tuple[Version, Mapping[str, Any]]]] = {}
    for version in versions:
        for document in trees[version.name].contents["documents"]:
            found.setdefault(document["id"], []).append((version, document))
    return tuple(_document(name, rows, versions) for name, rows in sorted(found.items()))


def _document(name: str, rows: Sequence[tuple[Version, Mapping[str, Any]]], versions: Sequence[Version]) -> History:
    stands = [
        (version, f"{version.name}/{row['url']}", row["title"], row["version"], row["digest"]) for version, row in rows
    ]
    items: dict[str, list[tuple[Version, Mapping[str, Any], Mapping[str, Any]]]] = {}
    for version, row in rows:
        for item in row["items"]:
            items.setdefault(item["id"], []).append((version, row, item))
    return History(
        name,
        rows[0][1]["label"],
        tuple(_stands(stands, versions)),
        _removed(rows[0][0], versions),
        tuple(_item(each, found, versions) for each, found in items.items()),
    )


def _item(
    name: str, rows: Sequence[tuple[Version, Mapping[str, Any], Mapping[str, Any]]], versions: Sequence[Version]
) -> History:
    stands = [
        (version, f"{version.name}/{row['url']}#{item['anchor']}", item["title"], "", item["digest"])
        for version, row, item in rows
    ]
    _, _, newest = rows[0]
    return History(
        name,
        newest["label"],
        tuple(_stands(stands, versions)),
        _removed(rows[0][0], versions),
        anchor=newest["anchor"],
    )


def _stands(
    rows: Sequence[tuple[Version, str, Mapping[str, str], str, str]], versions: Sequence[Version]
) -> Iterator[Stand]:
    digests = {version.name: digest for version, _, _, _, digest in rows}
    names = [version.name for version in versions]
    for version, url, title, edition, digest in rows:
        place = names.index(version.name) + 1
        older = names[place] if place < len(names) else None
        change = (
            "" if older is None else "new" if older not in digests else "changed" if digests[older] != digest else ""
        )
        yield Stand(version, url, title, edition, digest, change)


def _removed(last: Version, versions: Sequence[Version]) -> Version | None:
    place = versions.index(last)
    return versions[place - 1] if place else None


def _row(stand: Stand) -> dict[str, Any]:
    row = {"version": stand.version.name, "url": stand.url, "digest": stand.digest}
    return (
        row | ({"change": stand.change} if stand.change else {}) | ({"edition": stand.edition} if stand.edition else {})
    )
