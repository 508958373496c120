"""What a trouble is, and what is known of the project that may have it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmdocs.diagnostics import Language, Severity, Words

SHOWN = 3
"""How many examples of a trouble are named."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that breaks a site or its publication: how grave, what it is, and what cures it."""

    word: str
    severity: Severity
    message: Words
    cure: Words


@dataclass(frozen=True, slots=True)
class Repositories:
    """What the repository says: whether old commits are missing, tags that name a version nobody lists, refs that name nothing."""

    is_shallow: bool = False
    unlisted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Patient:
    """A project to examine: its configuration, the folders that are published, its repository, and the built site.

    `repository` is None outside git, `needs_git` the versions that can only be built with it; `lost` are the released versions
    of which nobody says where their documents are, `gone` the snapshot folders that are not there; `site` is None where nothing
    was built.
    """

    config: Mapping[str, Any]
    root: Path
    docs: Path
    repository: Repositories | None
    needs_git: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    site: Path | None = None


def foreign(message: Words, cure: Words) -> Trouble:
    """Return the trouble that pages ask another host for something."""
    return Trouble("foreign", Severity.WARNING, message, cure)


def walked(folder: Path) -> Iterator[Path]:
    """Yield every file and every symbolic link below a folder; no link is followed."""
    for here, folders, names in os.walk(folder):
        for name in (*names, *(each for each in folders if (Path(here) / each).is_symlink())):
            yield Path(here) / name


def listed(names: Sequence[str], language: Language) -> str:
    """Return the first few names, and how many more there are."""
    joint, more = ("、", f"等 {len(names)} 个") if language == "zh" else (", ", f" and {len(names) - SHOWN} more")
    return joint.join(names[:SHOWN]) + (more if len(names) > SHOWN else "")
