"""D7-S04 and D7-T01 for the list of releases: each says in one way where its documents are, and they are there."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from pmdocs.diagnostics import Diagnostic, Fact, Location, Rule, Severity
from pmdocs.doctype import span_of
from pmdocs.project import CONFIG_NAME
from pmdocs.rules.names import BROKEN_REFERENCE
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source
from pmdocs.versions import RESERVED


def wrong_releases(source: Source, has_file: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """Yield what contradicts itself in releases.yaml; `has_file` tells whether a path of the project is a file."""
    rows = source.value.get("releases") if isinstance(source.value, dict) else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        if not isinstance(row, dict):
            continue
        name, path = row.get("version"), row.get("path")
        facts: dict[str, Fact] = {"version": str(name), "value": str(name)}
        if isinstance(name, str) and name in RESERVED:
            yield _wrong(source, (index, "version"), WRONG_VALUE, "reserved-version", facts)
        if path and row.get("ref"):
            yield _wrong(source, (index, "path"), WRONG_VALUE, "two-sources", facts)
        elif isinstance(path, str) and path:
            folder = posixpath.normpath(path)
            facts["value"] = path
            if folder.startswith(("../", "/")) or folder in (".", ".."):
                yield _wrong(source, (index, "path"), BROKEN_REFERENCE, "path-outside", facts)
            elif not has_file(f"{folder}/{CONFIG_NAME}"):
                yield _wrong(source, (index, "path"), BROKEN_REFERENCE, "missing-snapshot", facts)


def _wrong(source: Source, path: tuple[int, str], rule: Rule, word: str, facts: dict[str, Fact]) -> Diagnostic:
    place = Location(source.file, span_of(source, ("releases", *path)))
    return Diagnostic(rule, rule.reason(word), Severity.ERROR, place, facts)
