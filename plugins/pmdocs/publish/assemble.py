"""The versions laid side by side: their trees with canonical links filled in, and what Material's selector reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from pmdocs.diagnostics import Language
from pmdocs.items import FOLDER, MANIFEST
from pmdocs.publish.kept import Kept
from pmdocs.versions import LATEST, NEXT, Version

_CANONICAL = re.compile(rb'<link rel="canonical" href="[^"]*"')
SELECTOR = "versions.json"
SHARED = f"{FOLDER}/"
"""The files that versions share: each bears the digest of its content in its name."""


def lay(trees: Mapping[str, Kept], folder: Path, base: str | None) -> None:
    """Write the tree of each version into `folder`, newest first; `base` is the address of the whole site.

    The canonical address of a page is its address in the newest released version that has it: search engines show that one.
    Files named by their content are stored once, above all versions.
    """
    ranked = [*(name for name in trees if name != NEXT), *(name for name in trees if name == NEXT)]
    home: dict[str, str] = {}
    for name in ranked:
        for path in trees[name].sums:
            home.setdefault(path, name)
    for name, kept in trees.items():
        for path in kept.sums:
            target = folder / path if path.startswith(SHARED) else folder / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            content = (kept.tree / path).read_bytes()
            if path == MANIFEST:
                content = content.replace(f'"{SHARED}'.encode(), f'"../{SHARED}'.encode())
            if base and path.endswith(".html"):
                address = f"{base}{home[path]}/{path.removesuffix('index.html')}"
                link = f'<link rel="canonical" href="{escape(address)}"'.encode()
                content = _CANONICAL.sub(link.replace(b"\\", rb"\\"), content, count=1)
            target.write_bytes(content)


def selector(versions: Sequence[Version], default: str, language: Language) -> list[dict[str, Any]]:
    """Return what Material's selector and mike read: versions newest first, the default one also called latest."""
    return [
        {
            "version": version.name,
            "title": version.shown(language),
            "aliases": [LATEST] if version.name == default else [],
            "properties": {
                "state": version.state,
                "date": version.day.isoformat() if version.day else None,
                "name": {"zh": version.title.zh, "en": version.title.en},
            },
        }
        for version in versions
    ]


def write_selectors(versions: Sequence[Version], default: str, trees: Mapping[str, Kept], folder: Path) -> None:
    """Write the list of versions at the root, and below each version of several languages once more.

    A page of a further language looks for it one folder further down. There a version's name leads up and into the same language
    where the version has it, and the language itself is an alias of the version that it lies in.
    """
    first: Language = next(iter(trees.values())).contents["languages"][0]
    write_json(folder / SELECTOR, selector(versions, default, first))
    for name, kept in trees.items():
        for language in kept.contents["languages"][1:]:
            rows = selector(versions, default, language)
            for row in rows:
                other = row["version"]
                spoken = language in trees[other].contents["languages"]
                row["aliases"] += [language] if other == name else []
                row["version"] = f"../{other}/{language}" if spoken else f"../{other}"
            write_json(folder / name / SELECTOR, rows)


def redirects(kept: Kept) -> Iterable[str]:
    """Yield the pages of a version that `latest/` leads to."""
    return (path for path in kept.sums if path.endswith(".html") and not path.endswith("404.html"))


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON that is the same for equal values."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
