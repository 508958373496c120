"""What is asked of a host, version by version, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pmdocs.diagnostics import Language, Words
from pmdocs.past import Past


@dataclass(frozen=True)
class Order:
    """One version to be built: of which project, as of which day, with what came before it, for which readers, and where to."""

    version: str
    past: Past | None
    """Where its documents are; None for the working tree at `root`."""
    root: Path
    config: str
    day: date
    before: Past | None
    audience: frozenset[str]
    site_url: str | None
    is_released: bool
    language: Language
    earlier: str
    """The name of the version before; empty where there is none."""
    key: str
    """What is equal where the same tree will come out."""


@dataclass(frozen=True)
class Built:
    """What a host says of a version that it built: what is in it, and what it warned of."""

    contents: Mapping[str, Any]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failed:
    """Why a version cannot be built, and what was found, as a report."""

    words: Words
    report: str = ""


Build = Callable[[Order, Path], Built | Failed]
"""Builds an order into a folder."""


class PublishError(Exception):
    """The site cannot be built: what is wrong, each with its cure, in both languages."""

    def __init__(self, *words: Words) -> None:
        super().__init__("\n".join(each.en for each in words))
        self.words = Words("\n".join(each.zh for each in words), "\n".join(each.en for each in words))
