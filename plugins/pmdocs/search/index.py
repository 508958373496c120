"""Records → the files of a search index: a small entry, a map, shards of terms, chunks of texts and side indexes."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pmdocs.search.packing import Alphabet, checked, deflated, digest
from pmdocs.search.pinyin import pinyin_shards
from pmdocs.search.postings import PageTerms
from pmdocs.search.record import Record
from pmdocs.search.shards import PAGE, Part, inverted, page_text, term_shards, text_chunks
from pmdocs.search.spelling import spelling_shards

FORMAT = 1
ENTRY = "index.json"
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
    written = [page_text(record) for record in records]
    alphabet = _alphabet(written)
    files: dict[str, bytes] = {}
    shards = _named(files, "terms", term_shards(found, pages))
    texts = _named(files, "texts", text_chunks(written, alphabet))
    entry: dict[str, object] = {"format": FORMAT, "pages": len(records)}
    entry["map"] = _file(
        files,
        "map",
        _json(
            {
                "terms": shards,
                "texts": texts,
                "lengths": [round(4 * math.log2(page.length + 1)) for page in pages],
                "facets": [_column(facet, records) for facet in facets],
            }
        ),
    )
    sample = len(alphabet.characters.encode()).to_bytes(4, "little") + alphabet.characters.encode() + alphabet.sample
    entry["alphabet"] = _file(files, "alphabet", deflated(sample))
    counts = {term: len(postings) for term, postings in found.items()}
    read, syllables = pinyin_shards(counts, {each.spoken: each.pinyin for each in synonyms if each.spoken})
    entry["pinyin"] = _file(
        files,
        "pinyin",
        _json({"syllables": list(syllables), "characters": list(syllables.values()), **_named(files, "pinyin", read)}),
    )
    entry["spelling"] = _file(files, "spelling", _json(_named(files, "spelling", spelling_shards(counts))))
    entry["words"] = _file(files, "words", _json([[each.preferred, each.avoided] for each in synonyms]))
    files[ENTRY] = json.dumps(entry, separators=(",", ":")).encode()
    return files


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
