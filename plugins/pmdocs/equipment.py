"""The scripts and style sheets of pages: which a site needs, which a single page does, and where they lie."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from pmdocs.project import Project

FOLDER = Path(__file__).parent / "assets"
ASSETS = "assets/pmdocs"
MERMAID = "vendor/mermaid/mermaid.min.js"
BANNER = "versions/banner.js"
HISTORY = "versions/history.js"
SEARCH_BOX = ("search/box.css", "search/box.js")
COMPARING = ("compare/diff.js", "compare/page.js")
_DRAWN = re.compile(r'class="mermaid"')
_COMPARED = re.compile(r"<div [^>]*data-compare\b")
_REMEMBERED = re.compile(r"<div [^>]*data-history\b")


def everywhere(project: Project) -> tuple[str, ...]:
    """Return the style sheets and scripts that every page of a project loads."""
    search = SEARCH_BOX if project.own_search else ()
    return ("pmdocs.css", "pmdocs.js", *search, *((BANNER,) if project.among_versions else ()))


def here_and_there(project: Project) -> tuple[str, ...]:
    """Return the scripts that some pages of a project load, but for the one that draws."""
    return (*COMPARING, *((HISTORY,) if project.among_versions else ()))


def needed_by(html: str, project: Project) -> tuple[str, ...]:
    """Return the scripts that a page loads beside those of every page: it draws, compares, or tells its history."""
    draws = (MERMAID,) if draws_something(html) else ()
    compares = COMPARING if _COMPARED.search(html) else ()
    remembers = (HISTORY,) if project.among_versions and _REMEMBERED.search(html) else ()
    return (*draws, *compares, *remembers)


def draws_something(html: str) -> bool:
    """Whether a page has a diagram."""
    return _DRAWN.search(html) is not None


def content_of_asset(name: str) -> bytes:
    """Return what a script or style sheet holds."""
    return (FOLDER / name).read_bytes()


@cache
def asset_path(name: str) -> str:
    """Return where an asset lies in the site: its name holds its content's hash, so that browsers may keep it."""
    stem, _, suffix = name.rpartition(".")
    mark = hashlib.sha256(content_of_asset(name)).hexdigest()[:8]
    return f"{ASSETS}/{stem.removeprefix('vendor/')}.{mark}.{suffix}"
