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

from pmdocs.pages.cores import spread
from pmdocs.search.postings import PageTerms, page_terms
from pmdocs.search.record import Record

CODE = ("tokens.py", "postings.py", "kept.py")
"""The modules that decide what a page's terms are, and how they are kept: when one changes, nothing that was kept counts."""


Packed = tuple[str, bytes, dict[str, tuple[tuple[int, ...], int]], int]
"""A page's terms as they are sent and kept: in one text, a term a line, for millions of small texts cost more than one."""
AT_ONCE = 64
"""How many pages a process cuts into terms in one go."""


def terms_of_pages(records: Sequence[Record], file: Path | None = None) -> tuple[PageTerms, ...]:
    """Return the terms of each page, as kept in `file` where the page is the same, and keep them there.

    A file that is damaged, or that cannot be written, costs time and nothing else. Many new pages are cut on all cores.
    """
    before = _read(file) if file else {}
    keys = [_key(record) for record in records]
    new = {key: record for key, record in zip(keys, records, strict=True) if key not in before}
    unseen = tuple(new.values())
    cut = spread(lambda at: _packed(page_terms(unseen[at])), len(unseen), at_once=AT_ONCE)
    known = before | dict(zip(new, cut, strict=True))
    if file and set(before) != set(keys):
        _write(file, {key: known[key] for key in keys})
    return tuple(_unpacked(known[key]) for key in keys)


def _packed(page: PageTerms) -> Packed:
    return "\n".join(page.terms), page.codes, page.places, page.length


def _unpacked(packed: Packed) -> PageTerms:
    terms, codes, places, length = packed
    return PageTerms(tuple(terms.split("\n")) if terms else (), codes, places, length)


def _key(record: Record) -> bytes:
    said = (record.title, record.sections, sorted(record.names.items()))
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass") + _code()).digest()


@cache
def _code() -> bytes:
    own = (Path(__file__).parent / name for name in CODE)
    version = f"{sys.version} {unicodedata.unidata_version}".encode()
    return hashlib.sha256(version + b"".join(path.read_bytes() for path in own)).digest()


def _read(file: Path) -> dict[bytes, Packed]:
    """Return what a file keeps; nothing where its checksum is not that of its content."""
    try:
        data = file.read_bytes()
    except OSError:
        return {}
    if hashlib.sha256(data[32:]).digest() != data[:32]:
        return {}
    kept: dict[bytes, Packed] = marshal.loads(data[32:])  # noqa: S302  # its checksum has been seen
    return kept


def _write(file: Path, kept: dict[bytes, Packed]) -> None:
    data = marshal.dumps(kept)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        part.write_bytes(hashlib.sha256(data).digest() + data)
        part.replace(file)
    except OSError:
        return
