"""What lies above all versions: the way to the default one, permanent addresses, what stands where there is no page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pmdocs.addresses import relative_url
from pmdocs.gather import shipped_templates
from pmdocs.pages import environment, fill
from pmdocs.publish.assemble import redirects, write_json, write_selectors
from pmdocs.publish.history import History, histories
from pmdocs.publish.kept import Kept
from pmdocs.publish.plan import Plan
from pmdocs.versions import LATEST, NEXT

_ASSETS = Path(__file__).parents[1] / "assets" / "root"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class Root:
    """The root of a site in the making: its folder, its versions, and which of them readers see first."""

    plan: Plan
    trees: Mapping[str, Kept]
    default: str
    folder: Path

    @cached_property
    def _jinja(self) -> Any:
        return environment([shipped_templates()])

    @property
    def base(self) -> str:
        """The path of the root on its host; that of the host itself where the address is unknown."""
        path = urlsplit(self.plan.site.project.site_url or "").path
        return f"{path.rstrip('/')}/"

    def page(self, name: str, template: str, facts: Mapping[str, Any], *, up: str | None = None) -> None:
        """Write a page; `up` leads to the root, by default relative to the page."""
        project = self.plan.site.project
        shared = {
            "languages": project.languages,
            "site_name": project.site_name,
            "default": self.default,
            "up": "../" * name.count("/") if up is None else up,
            "style": self._assets["root.css"],
            "script": self._assets["missing.js"],
        }
        text = fill(self._jinja, [f"_shared/root/{template}.html.j2"], shared | dict(facts))
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")

    @cached_property
    def _assets(self) -> Mapping[str, str]:
        """The address of each file that the pages load: its name holds its content's hash."""
        found = {}
        for path in sorted(_ASSETS.iterdir()):
            mark = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
            found[path.name] = f"assets/{path.stem}.{mark}{path.suffix}"
            (self.folder / "assets").mkdir(exist_ok=True)
            (self.folder / found[path.name]).write_bytes(path.read_bytes())
        return found


def write_root(plan: Plan, trees: Mapping[str, Kept], default: str, folder: Path) -> None:
    """Write everything that belongs to no single version into `folder`."""
    root = Root(plan, trees, default, folder)
    write_selectors(plan.versions, default, trees, folder)
    _redirects(root)
    _addresses(root, histories(plan.versions, trees))
    versions = {"versions": plan.versions}
    root.page("404.html", "404", versions, up=root.base)
    if plan.site.project.site_url:
        _for_search_engines(root, plan.site.project.site_url.rstrip("/") + "/")


def _redirects(root: Root) -> None:
    root.page("index.html", "redirect", {"address": f"{root.default}/"})
    for path in redirects(root.trees[root.default]):
        page = f"{LATEST}/{path}"
        address = relative_url(f"{root.default}/{path.removesuffix('index.html')}", page)
        root.page(page, "redirect", {"address": address})


def _addresses(root: Root, found: Sequence[History]) -> None:
    """Write what became of each document, for people and for scripts."""
    owners: dict[str, str] = {}
    for history in found:
        write_json(root.folder / "history" / f"{history.id}.json", history.data())
        root.page(f"id/{history.id}/index.html", "document", {"history": history})
        for item in history.items:
            if "." not in item.id:
                owners.setdefault(item.id, history.id)
    write_json(root.folder / "id" / "items.json", owners)
    root.page("id/index.html", "documents", {"histories": found})


def _for_search_engines(root: Root, address: str) -> None:
    """Write the list of the released versions' pages, and that what is being written is not to be found."""
    maps = []
    for name, kept in root.trees.items():
        if name != NEXT or root.default == NEXT:
            maps += [f"{address}{name}/{path}" for path in kept.sums if path.rpartition("/")[2] == "sitemap.xml"]
    rows = "".join(f"<sitemap><loc>{escape(each)}</loc></sitemap>\n" for each in maps)
    whole = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_SITEMAPS}">\n{rows}</sitemapindex>\n'
    (root.folder / "sitemap.xml").write_text(whole, "utf-8", newline="\n")
    hidden = "" if root.default == NEXT or NEXT not in root.trees else f"Disallow: {root.base}{NEXT}/\n"
    robots = f"User-agent: *\n{hidden or 'Allow: /'}\n".replace("\n\n", "\n") + f"\nSitemap: {address}sitemap.xml\n"
    (root.folder / "robots.txt").write_text(robots, "utf-8", newline="\n")
