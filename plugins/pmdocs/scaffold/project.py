"""A new project: a small complete site with a document of each type, which builds at once."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Template

from pmdocs.diagnostics import Language, RefusedError
from pmdocs.gather import shipped_templates
from pmdocs.project import CONFIG_NAME
from pmdocs.scaffold.document import Wish, new_document
from pmdocs.scaffold.starter import escaped
from pmdocs.site import read_site
from pmdocs.writing import write_new

FOLDER = "_project"
"""Where the shipped templates keep the files of a new project: `shared` ones and those of each language."""
HIDDEN = "dot."
"""How the name of a file begins there that begins with a dot in the project."""
FIRST_RELEASE = timedelta(days=90)
"""After how long the first release is planned."""
_LONGEST_SLUG = 24
_LONGEST_AREA = 4


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a project begins with: the product's name, the language of its documents, and the version of pmdocs."""

    product: str
    language: Language
    version: str

    @property
    def slug(self) -> str:
        """The product's id."""
        return slug_of(self.product)

    @property
    def area(self) -> str:
        """The middle of the ids of its first documents."""
        letters = re.sub(r"[^A-Z0-9]", "", self.slug.upper())[:_LONGEST_AREA]
        return letters if len(letters) > 1 else "APP"


def slug_of(name: str) -> str:
    """Return an id made of the Latin letters and digits of a name; `product` where it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-") or "product"


@dataclass(frozen=True, slots=True)
class Begun:
    """What `begin_project` did: the files it wrote, and those that were there and are as they were."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def begin_project(folder: Path, beginning: Beginning, today: date) -> Begun:
    """Write a new project into `folder`; raises RefusedError where one is there, before the first file is written.

    A README, a .gitignore and the like that a new repository holds are left as they are.
    """
    there = [name for name in (CONFIG_NAME, "data") if os.path.lexists(folder / name)]
    if there:
        raise RefusedError(
            f"{folder} 里已经有 {'、'.join(there)}；请换一个文件夹",
            f"{folder} already holds {' and '.join(there)}; name another folder",
        )
    written, kept = [], []
    for name, text in _files(beginning, today):
        path = folder / name
        if os.path.lexists(path):
            kept.append(path)
            continue
        write_new(path, text)
        written.append(path)
    return Begun((*written, *_documents(folder, beginning, today)), tuple(kept))


def _files(beginning: Beginning, today: date) -> Iterator[tuple[str, str]]:
    """Yield each file of a new project but its documents: path and text."""
    facts = {
        "product": beginning.product,
        "quoted": escaped(beginning.product),
        "slug": beginning.slug,
        "area": beginning.area,
        "version": beginning.version,
        "later": (today + FIRST_RELEASE).isoformat(),
    }
    for layer in ("shared", beginning.language):
        root = shipped_templates() / FOLDER / layer
        for path in sorted(root.rglob("*")):
            if path.is_file():
                parts = [_shown(part) for part in path.relative_to(root).parts]
                yield "/".join(parts), _Marked(path.read_text("utf-8")).safe_substitute(facts)


class _Marked(Template):
    """A text with blanks such as `@{product}`, for `$` has a meaning in workflows."""

    delimiter = "@"


def _shown(part: str) -> str:
    return "." + part.removeprefix(HIDDEN) if part.startswith(HIDDEN) else part


def _documents(folder: Path, beginning: Beginning, today: date) -> Iterator[Path]:
    """Write a document of each type in the order of the types, so that each may refer to those before it."""
    site = read_site(folder, today=today)
    for kind in site.library.types.values():
        if kind.shared is None and kind.prefix:
            document = new_document(site, Wish(kind, beginning.area), beginning.language)
            document.write()
            yield document.path
            site = read_site(folder, today=today)
