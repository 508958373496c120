"""A page that is no document's, before it is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pmdocs.pages.scene import Setting


@dataclass(frozen=True, slots=True)
class Entry:
    """A generated page before it is printed: its address, its template, and what the template shows."""

    uri: str
    template: str
    title: str
    context: Mapping[str, Any]
    description: str = ""
    listed: bool = True
    hide: tuple[str, ...] = ("navigation", "toc")
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Data that lies beside pages, such as tables to download: content by path in the site, below the root of a language."""


Entries = Callable[[Setting], Iterator[Entry]]
"""Makes the entries of one part of the site from what its pages share."""
