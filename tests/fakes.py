"""A host that builds versions in no time: each is a few pages that tell which files it was given."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from unittest.mock import patch

from pmdocs import gather
from pmdocs.diagnostics import Words
from pmdocs.publish import Built, Failed, Order, Plan, Wanted, Work, contents_of, plan_of, publish, read_ordered
from pmdocs.repository import Repository
from pmdocs.site import read_site
from projects import read_quickly

TODAY = date(2026, 9, 18)
PAGE = '<!doctype html><head><link rel="canonical" href="https://x.example/old/"></head><h1>{}</h1>\n'


@dataclass
class FakeHost:
    """Builds versions of a real project; remembers which, and fails for those named in `broken`."""

    built: list[str] = field(default_factory=list)
    broken: frozenset[str] = frozenset()

    def __call__(self, order: Order, target: Path) -> Built | Failed:
        """Write a page for the home, one for each document and one picture."""
        self.built.append(order.version)
        if order.version in self.broken:
            return Failed(Words("坏了", "it is broken"), "data/x.yaml:1:1: …")
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if order.past:
                order.past.write(folder)
            site = read_ordered(order, folder if order.past else order.root)
        earlier = [each.id for each in site.previous.documents] if site.previous else []
        page(target / "index.html", f"{order.version} {order.day} after {','.join(earlier)}")
        page(target / "404.html", "none")
        for document in site.library.published:
            page(target / document.type.name / document.id / "index.html", document.title.zh)
        (target / "picture.png").write_bytes(b"\x89PNG")
        return Built(contents_of(site), (f"{order.version} has a warning",) if order.version == "1.0" else ())


def page(path: Path, title: str) -> None:
    """Write a page with a heading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(title), "utf-8")


def plan(root: Path, *only: str) -> Plan:
    """The plan for a project as it lies on disk."""
    with patch.object(gather, "read_file", read_quickly):
        site = read_site(root, today=TODAY)
    return plan_of(site, Repository.at(root), Wanted(only, root / "site", "zh", "mkdocs.yml"))


@dataclass
class Ran:
    """A site that was built, the versions that the host had to build for it, and what was told meanwhile."""

    site: Path
    built: list[str]
    told: list[str]


def built(
    root: Path, *only: str, host: Callable[[Order, Path], Built | Failed] | None = None, is_fresh: bool = False
) -> Ran:
    """Build the versions of a project with a fake host, in this process."""
    fake = host or FakeHost()
    told: list[str] = []
    with patch.object(gather, "read_file", read_quickly):
        publish(plan(root, *only), fake, root / "site", Work(0, is_fresh, lambda words: told.append(words.zh)))
    return Ran(root / "site", fake.built if isinstance(fake, FakeHost) else [], told)


def forget(root: Path) -> None:
    """Remove what is kept between builds."""
    shutil.rmtree(root / ".cache")
