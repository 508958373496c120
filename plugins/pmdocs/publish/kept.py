"""Built versions, kept by what they were made of; a kept tree that is not as it was written is none."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from pmdocs.gather import shipped_templates

FOLDER = ".cache/pmdocs/versions"
SPARE = 8
"""How many trees are kept beside those of the last build."""
_TREE, _FACTS = "site", "facts.json"
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Kept:
    """A built version: its tree, the checksum of each file by path, what is in it, and what its host warned of."""

    tree: Path
    sums: Mapping[str, str]
    contents: Mapping[str, Any]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Store:
    """The built versions of a project."""

    folder: Path

    def find(self, key: str) -> Kept | None:
        """Return the version that was kept under `key`, each of its files seen to be as it was; None else."""
        place = self.folder / key
        try:
            told, _, mark = (place / _FACTS).read_text("utf-8").rpartition("\n")
            if hashlib.sha256(told.encode()).hexdigest() != mark:
                return None
            facts = json.loads(told)
            kept = Kept(place / _TREE, facts["sums"], facts["contents"], tuple(facts["warnings"]))
            if sums_of(kept.tree) != kept.sums:
                return None
            os.utime(place)
        except (OSError, ValueError):
            return None
        return kept

    def room(self, key: str) -> Path:
        """Return a new folder in which a version may be built; what a killed build still writes goes into another one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f"{key}.", suffix=".part", dir=self.folder))
        (part / _TREE).mkdir()
        return part / _TREE

    def keep(self, key: str, tree: Path, contents: Mapping[str, Any], warnings: tuple[str, ...]) -> Kept:
        """Keep what was built in a room under `key`."""
        part, place = tree.parent, self.folder / key
        sums = sums_of(tree)
        told = json.dumps({"sums": sums, "contents": contents, "warnings": warnings}, ensure_ascii=False)
        mark = hashlib.sha256(told.encode()).hexdigest()
        (part / _FACTS).write_text(f"{told}\n{mark}", "utf-8")
        if place.exists():
            shutil.rmtree(place)
        part.rename(place)
        return Kept(place / _TREE, sums, contents, warnings)

    def clear(self, used: frozenset[str]) -> None:
        """Remove what was left half built, and what has not been used for the longest time."""
        places = [path for path in self.folder.iterdir() if path.is_dir()] if self.folder.is_dir() else []
        others = [path for path in places if path.name not in used and not path.name.endswith(".part")]
        others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in [*others[SPARE:], *(path for path in places if path.name.endswith(".part"))]:
            shutil.rmtree(path, ignore_errors=True)


def sums_of(tree: Path) -> dict[str, str]:
    """Return the checksum of every file of a tree by its path, in order."""
    paths = sorted(path for path in tree.rglob("*") if path.is_file())
    return {path.relative_to(tree).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def key_of(*facts: object) -> str:
    """Return the key of a version made of `facts` with the tools that are installed."""
    return hashlib.sha256(repr((facts, _tools())).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def environment_of(config: str) -> tuple[tuple[str, str], ...]:
    """Return what of the environment can change a site: variables that its configuration names, and the stamp of files."""
    named = set(_WORD.findall(config)) if "!ENV" in config else set()
    return tuple(sorted((name, os.environ[name]) for name in {*named, "SOURCE_DATE_EPOCH"} if name in os.environ))


@cache
def _tools() -> str:
    """Return a digest of pmdocs' own code and types, and of every package installed beside it."""
    whole = hashlib.sha256(sys.version.encode())
    for top in (Path(__file__).parents[1], shipped_templates()):
        for path in sorted(path for path in top.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            name = path.relative_to(top).as_posix()
            whole.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(path.read_bytes()).digest())
    installed = sorted({f"{each.name} {each.version}" for each in distributions()})
    whole.update("\n".join(installed).encode())
    return whole.hexdigest()
