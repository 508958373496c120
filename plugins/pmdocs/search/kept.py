"""The terms of pages, kept between builds: an unchanged page is not cut into terms again."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pmdocs.search.postings import PageTerms, page_terms
from pmdocs.search.record import Record

CODE = ("tokens.py", "postings.py")
"""The modules that decide what a page's terms are: when one changes, nothing that was kept counts."""


def terms_of_pages(records: Sequence[Record], file: Path | None = None) -> tuple[PageTerms, ...]:
    """Return the terms of each page, as kept in `file` where the page is the same, and keep them there.

    A file that is damaged, or that cannot be written, costs time and nothing else.
    """
    before = _read(file) if file else {}
    keys = [_key(record) for record in records]
    pages = tuple(
        PageTerms(*before[key]) if key in before else page_terms(record)
        for key, record in zip(keys, records, strict=True)
    )
    if file and set(before) != set(keys):
        _write(
            file,
            {key: (page.terms, page.codes, page.places, page.length) for key, page in zip(keys, pages, strict=True)},
        )
    return pages


def _key(record: Record) -> bytes:
    said = (record.title, record.sections, sorted(record.names.items()))
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass") + _code()).digest()


@cache
def _code() -> bytes:
    own = (Path(__file__).parent / name for name in CODE)
    version = f"{sys.version} {unicodedata.unidata_version}".encode()
    return hashlib.sha256(version + b"".join(path.read_bytes() for path in own)).digest()


def _read(file: Path) -> dict[bytes, Any]:
    """Return what a file keeps; nothing where its checksum is not that of its content."""
    try:
        data = file.read_bytes()
    except OSError:
        return {}
    if hashlib.sha256(data[32:]).digest() != data[:32]:
        return {}
    kept: dict[bytes, Any] = marshal.loads(data[32:])  # noqa: S302  # its checksum has been seen
    return kept


def _write(file: Path, kept: dict[bytes, Any]) -> None:
    data = marshal.dumps(kept)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        part.write_bytes(hashlib.sha256(data).digest() + data)
        part.replace(file)
    except OSError:
        return
