"""What lies above all versions: the way to the default one, the list that selectors read, `latest/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pmdocs.addresses import relative_url
from pmdocs.gather import shipped_templates
from pmdocs.pages import environment, fill
from pmdocs.publish.assemble import redirects, write_selectors
from pmdocs.publish.kept import Kept
from pmdocs.publish.plan import Plan
from pmdocs.versions import LATEST


def write_root(plan: Plan, trees: Mapping[str, Kept], default: str, folder: Path) -> None:
    """Write everything that belongs to no single version into `folder`."""
    write_selectors(plan.versions, default, trees, folder)
    jinja = environment([shipped_templates()])
    languages = plan.site.project.languages

    def redirect(path: Path, address: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        page = fill(jinja, ["_shared/redirect.html.j2"], {"address": address, "language": languages[0]})
        path.write_text(page, "utf-8", newline="\n")

    redirect(folder / "index.html", f"{default}/")
    for path in redirects(trees[default]):
        page = f"{LATEST}/{path}"
        redirect(folder / page, relative_url(f"{default}/{path.removesuffix('index.html')}", page))
