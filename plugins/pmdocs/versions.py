"""Which versions of the documents there are: those that releases.yaml names, and tags that match the configured pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmdocs.diagnostics import Language, Words
from pmdocs.library import Library

NEXT = "next"
"""The name of the working tree as a version."""
LATEST = "latest"
"""The name that leads to the default version."""
NEXT_TITLE = Words("开发中", "Unreleased")
RELEASED = "released"
PLACEHOLDER = "{version}"
"""What stands for the version in the pattern of tags, such as `v{version}`."""
RESERVED = frozenset({NEXT, LATEST, "id", "history", "assets", "items"})
"""Names that the root of the site needs for itself."""
_NUMBERS = re.compile(r"\d+")
_IN_TAG = r"(?P<version>[0-9]+(?:\.[0-9]+)*)"


@dataclass(frozen=True, slots=True)
class Version:
    """A version: its name, title, day and state, and where its documents are: a `ref` of the repository or the folder `path`.

    `skip` says why it is not built any more.
    """

    name: str
    title: Words
    day: date | None = None
    state: str = RELEASED
    ref: str | None = None
    path: str | None = None
    skip: str | None = None

    @property
    def is_built(self) -> bool:
        """Whether it has a place in the site: released, not skipped, and its documents known."""
        return self.state == RELEASED and self.skip is None and (self.ref or self.path) is not None

    def shown(self, language: Language) -> str:
        """Return what readers call it: its name, or words for what is being written."""
        return NEXT_TITLE.in_language(language) if self.name == NEXT else self.name

    @property
    def is_lost(self) -> bool:
        """Whether it was released, but nobody says where its documents are."""
        return self.state == RELEASED and self.skip is None and self.ref is None and self.path is None


def versions_of(library: Library, tagged: Mapping[str, tuple[str, date]] = {}) -> tuple[Version, ...]:
    """Return every version, newest first. `tagged` are the versions that tags name, each with its tag and day.

    What releases.yaml says goes before what a tag says; a tag gives a release that names no source its ref.
    """
    listed = {entry.id: _listed(entry.id, entry.title, entry.values) for entry in library.shared.get("releases", ())}
    found = dict(listed)
    for name, (tag, day) in tagged.items():
        if name not in listed:
            found[name] = Version(name, Words(name, name), day, ref=tag)
        elif listed[name].is_lost:
            old = listed[name]
            found[name] = Version(name, old.title, old.day or day, old.state, ref=tag)
    return newest_first(found.values())


def newest_first(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Return versions by their numbers, newest first; where a name is no number, by their days."""
    all_of_them = list(versions)
    numbered = all(_NUMBERS.match(each.name.removeprefix("v")) for each in all_of_them)

    def key(version: Version) -> tuple[Any, ...]:
        day = version.day or date.min
        return (_number(version.name), day) if numbered else (day, _number(version.name))

    return tuple(sorted(all_of_them, key=key, reverse=True))


def default_of(versions: Sequence[Version]) -> Version | None:
    """Return the version that readers see first: the newest that is built."""
    return next((version for version in versions if version.is_built), None)


def before(name: str, versions: Sequence[Version]) -> Version | None:
    """Return the newest version with documents that is older than `name`; of the working tree, the newest of all."""
    built = [version for version in versions if version.is_built]
    names = [version.name for version in versions]
    if name not in names:
        return built[0] if built else None
    older = set(names[names.index(name) + 1 :])
    return next((version for version in built if version.name in older), None)


def tags_matching(tags: Iterable[str], pattern: str) -> dict[str, str]:
    """Return the tags that `pattern` matches by the version each names: `v{version}` makes `v1.2` the tag of 1.2."""
    form = re.compile(re.escape(pattern).replace(re.escape(PLACEHOLDER), _IN_TAG, 1))
    return {match["version"]: tag for tag in tags if (match := form.fullmatch(tag))}


def _listed(name: str, title: Words, values: Mapping[str, Any]) -> Version:
    return Version(
        name,
        title,
        day=_day(values.get("date")),
        state=str(values.get("state", "")),
        ref=_text(values.get("ref")),
        path=_text(values.get("path")),
        skip=_text(values.get("skip")),
    )


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "", False) else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _number(name: str) -> tuple[Any, ...]:
    """Return a key that sorts 1.9 before 1.10, and 1.2-beta before 1.2."""
    numbers = _NUMBERS.match(name.removeprefix("v"))
    whole = re.match(r"\d+(?:\.\d+)*", name.removeprefix("v"))
    rest = name.removeprefix("v")[whole.end() :] if whole else name
    return (
        tuple(map(int, whole[0].split("."))) if numbers and whole else (),
        not rest,
        tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", rest)),
    )
