"""Records → the files of a search index: a small entry, a map, shards of terms, chunks of texts and side indexes."""

from __future__ import annotations

import json
import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from pmdocs.pages.cores import spread
from pmdocs.search.packing import Alphabet, checked, deflated, digest
from pmdocs.search.pinyin import pinyin_shards
from pmdocs.search.postings import PageTerms
from pmdocs.search.record import Record
from pmdocs.search.shards import PAGE, Part, inverted, page_text, stretches, term_shards, text_chunks
from pmdocs.search.spelling import spelling_shards

FORMAT = 1
ENTRY = "index.json"
MANY = 4
"""From how many pieces of work on it is spread over the cores: an index of some hundred thousand postings."""
ENOUGH = 2_000
"""From how many pages the alphabet is made."""
_LINE = re.compile(r"[^。！？；.!?;\x1c-\x1f]{4,}[。！？；.!?;]?")


@dataclass(frozen=True, slots=True)
class Facet:
    """Something to narrow results by: its name, its label, and the label of each value."""

    name: str
    label: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Words that mean the same: those to use, the best first, those to avoid, and how one of them is spoken in pinyin."""

    preferred: tuple[str, ...]
    avoided: tuple[str, ...] = ()
    pinyin: str = ""
    spoken: str = ""


def build_index(
    records: Sequence[Record],
    pages: Sequence[PageTerms],
    facets: Sequence[Facet] = (),
    synonyms: Sequence[Synonyms] = (),
) -> dict[str, bytes]:
    """Return the files of an index by their path in its folder; `pages` are the terms of `records`, in the same order."""
    found = inverted(pages)
    counts = {term: len(postings) for term, postings in found.items()}
    work: list[Callable[[], Any]] = [
        partial(_texts, records),
        partial(pinyin_shards, counts, {each.spoken: each.pinyin for each in synonyms if each.spoken}),
        *(partial(_terms, stretch, found, pages) for stretch in stretches(found)),
    ]
    (sample, chunks), (read, syllables), *shards = spread(lambda at: work[at](), len(work), least=MANY, at_once=1)
    files: dict[str, bytes] = {}
    entry: dict[str, object] = {"format": FORMAT, "pages": len(records)}
    entry["map"] = _file(
        files,
        "map",
        _json(
            {
                "terms": _named(files, "terms", chain.from_iterable(shards)),
                "texts": _named(files, "texts", chunks),
                "lengths": [round(4 * math.log2(page.length + 1)) for page in pages],
                "facets": [_column(facet, records) for facet in facets],
            }
        ),
    )
    entry["alphabet"] = _file(files, "alphabet", deflated(sample))
    entry["pinyin"] = _file(
        files,
        "pinyin",
        _json({"syllables": list(syllables), "characters": list(syllables.values()), **_named(files, "pinyin", read)}),
    )
    entry["spelling"] = _file(files, "spelling", _json(_named(files, "spelling", spelling_shards(counts))))
    entry["words"] = _file(files, "words", _json([[each.preferred, each.avoided] for each in synonyms]))
    files[ENTRY] = json.dumps(entry, separators=(",", ":")).encode()
    return files


def _texts(records: Sequence[Record]) -> tuple[bytes, list[Part]]:
    """Return the alphabet of the texts of all pages as it is written, and the texts in it."""
    written = [page_text(record) for record in records]
    alphabet = _alphabet(written)
    characters = alphabet.characters.encode()
    return len(characters).to_bytes(4, "little") + characters + alphabet.sample, list(text_chunks(written, alphabet))


def _terms(terms: Sequence[str], found: Mapping[str, array[int]], pages: Sequence[PageTerms]) -> list[Part]:
    return list(term_shards(terms, found, pages))


def _alphabet(texts: Sequence[str]) -> Alphabet:
    """Return the alphabet of some texts; of very many, what is frequent is told from some."""
    characters = Counter(dict.fromkeys(sorted({PAGE}.union(*texts)), 1))
    lines: set[str] = set()
    for text in texts[:: 1 + len(texts) // ENOUGH]:
        characters.update(text)
        lines.update(_LINE.findall(text))
    return Alphabet.of(characters, lines)


def _column(facet: Facet, records: Sequence[Record]) -> dict[str, object]:
    """Return a facet with what each page says: the number of its value from 1 on, 0 for none, a list for several."""
    numbered = {value: index for index, value in enumerate(facet.values, 1)}
    column: list[object] = []
    for record in records:
        said = [numbered[value] for value in record.facets.get(facet.name, ()) if value in numbered]
        column.append(said[0] if len(said) == 1 else said or 0)
    return {"name": facet.name, "label": facet.label, "values": list(facet.values.items()), "of": column}


def _named(files: dict[str, bytes], folder: str, parts: Iterable[Part]) -> dict[str, object]:
    firsts: list[str | int] = []
    names: list[str] = []
    for number, part in enumerate(parts):
        firsts.append(part.first)
        names.append(digest(part.data))
        files[f"{folder}/{number}.{names[-1]}.bin"] = checked(part.data)
    return {"first": firsts, "names": "".join(names)}


def _file(files: dict[str, bytes], name: str, data: bytes) -> str:
    path = f"{name}.{digest(data)}.bin"
    files[path] = checked(data)
    return path


def _json(value: object) -> bytes:
    return deflated(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
