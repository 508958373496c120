"""Seals the approvals of the sample anew: their digests and links become those of what the documents say now; days stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pmdocs.document import Document
from pmdocs.edit import changed
from pmdocs.library import Library
from pmdocs.past import library_in
from pmdocs.signoff import APPROVING, SIGN_OFFS, digest_for, links_for, numbers_of, rows_of

ROOT = Path(__file__).resolve().parent.parent
KEPT = {"1.2": ("MAN-BUY-002",)}
"""Documents of a snapshot that keep the seals of an earlier release: what they link to has changed since, and that has to show."""


def projects(root: Path) -> Iterator[Path]:
    """Yield the folder of the sample and those of its snapshots."""
    yield root
    yield from sorted(path.parent for path in root.glob("data/_releases/*/mkdocs.yml"))


def sealed(document: Document, library: Library, data: bytes) -> bytes:
    """Return the file of a document with the digests of its approvals of this version as they have to be."""
    version = numbers_of(document.values.get("version"))[:2]
    for index, row in rows_of(document):
        if row.get("verdict") not in APPROVING or numbers_of(row.get("version"))[:2] != version:
            continue
        links = links_for(document, library, row["role"])
        wanted = {"digest": digest_for(document, row["role"])} | ({"links": links} if links or "links" in row else {})
        if any(row.get(name) != value for name, value in wanted.items()):
            data = changed(data, (SIGN_OFFS, index), wanted)
    return data


def sign(root: Path) -> list[str]:
    """Seal every approval of a project and its snapshots; return the files that were not."""
    touched = []
    for folder in projects(root):
        library = library_in(folder, folder.name)
        for document in library.documents:
            if document.id in KEPT.get(folder.name, ()):
                continue
            path = folder / document.source.file
            before = path.read_bytes()
            after = sealed(document, library, before)
            if after != before:
                path.write_bytes(after)
                touched.append(path.relative_to(root).as_posix())
    return touched


if __name__ == "__main__":
    for name in sign(ROOT):
        print(name)
