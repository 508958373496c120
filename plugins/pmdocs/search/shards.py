"""The terms of all pages as sorted shards, and the texts of the pages as chunks: the files that the browser loads singly."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, groupby
from operator import sub

from pmdocs.search.packing import Alphabet, columns, deflated, numbers, sorted_words
from pmdocs.search.postings import CODE_BITS, HEADING, NAME, PageTerms
from pmdocs.search.record import Name, Record

SHARD = 16_000
"""How many bytes a shard of terms may hold before it is packed; a single term may hold more."""
STRETCH = 400_000
"""How many postings of terms are packed by one process in one go."""
CHUNK = 8_000
"""How many bytes of text, in the site's alphabet, a chunk of pages may hold before it is packed; a page may hold more."""
_CODE_MASK = (1 << CODE_BITS) - 1
PAGE, SECTION, FIELD, LIST = "\x1d", "\x1e", "\x1f", "\x1c"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the index and what it begins with: a term, or the number of a page."""

    first: str | int
    data: bytes


def utf16(word: str) -> bytes:
    """Return what words are sorted by: browsers compare UTF-16 units."""
    return word.encode("utf-16-be", "surrogatepass")


def inverted(pages: Sequence[PageTerms]) -> dict[str, array[int]]:
    """Return the pages of each term, in order, each with its code in the lowest bits."""
    found: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
    for number, page in enumerate(pages):
        base = number << CODE_BITS
        for term, code in zip(page.terms, page.codes, strict=True):
            found[term].append(base | code)
    return found


def stretches(found: Mapping[str, array[int]]) -> list[list[str]]:
    """Return all terms, sorted, in stretches of about as much work; how many there are depends on the site alone."""
    ordered = sorted(found, key=utf16)
    reached = accumulate(len(found[term]) for term in ordered)
    return [
        [term for term, _ in stretch]
        for _, stretch in groupby(zip(ordered, reached, strict=True), key=lambda each: each[1] // STRETCH)
    ]


def term_shards(terms: Iterable[str], found: Mapping[str, array[int]], pages: Sequence[PageTerms]) -> Iterator[Part]:
    """Yield the shards of sorted terms: each term with its pages, its codes, and its places in headings and as an id."""
    words: list[str] = []
    counts: list[int] = []
    gathered: tuple[list[bytes], list[bytes], list[bytes]] = ([], [], [])
    size = 0
    for term in terms:
        parts = _columns_of(term, found[term], pages)
        length = sum(map(len, parts))
        if words and size + length > SHARD:
            yield _shard(words, counts, gathered)
            words, counts, gathered, size = [], [], ([], [], []), 0
        words.append(term)
        counts.append(len(found[term]))
        for column, part in zip(gathered, parts, strict=True):
            column.append(part)
        size += length + len(term) + 2
    if words:
        yield _shard(words, counts, gathered)


def _shard(words: Sequence[str], counts: Sequence[int], parts: Iterable[Sequence[bytes]]) -> Part:
    table = numbers([len(words)]) + numbers(counts) + sorted_words(words)
    return Part(words[0], columns(table, *map(b"".join, parts)))


def _columns_of(term: str, postings: array[int], pages: Sequence[PageTerms]) -> tuple[bytes, bytes, bytes]:
    """Return the steps from page to page, the codes, and the places."""
    numbered = [each >> CODE_BITS for each in postings]
    codes = bytes([each & _CODE_MASK for each in postings])
    steps = numbers([numbered[0], *map(sub, numbered[1:], numbered)])
    if max(codes) < HEADING:
        return steps, codes, b""
    places = (_places(term, pages[page], code) for page, code in zip(numbered, codes, strict=True) if code >= HEADING)
    return steps, codes, b"".join(places)


def _places(term: str, page: PageTerms, code: int) -> bytes:
    headings, named = page.places[term]
    found = [len(headings), *headings] if code & HEADING else []
    return numbers([*found, named] if code & NAME else found)


def text_chunks(texts: Sequence[str], alphabet: Alphabet) -> Iterator[Part]:
    """Yield the texts of the pages in chunks, each page whole."""
    between = alphabet.written(PAGE)
    held: list[bytes] = []
    first = size = 0
    for number, text in enumerate(texts):
        data = alphabet.written(text)
        if held and size + len(data) > CHUNK:
            yield Part(first, deflated(between.join(held), alphabet.sample))
            held, first, size = [], number, 0
        held.append(data)
        size += len(data)
    if held:
        yield Part(first, deflated(between.join(held), alphabet.sample))


def page_text(record: Record) -> str:
    """Return a page as one text: its address, title and name, then its sections; control characters part the fields."""
    own = [_name("", record.names[""])] if "" in record.names else []
    parts = [FIELD.join((record.url, record.title, *own))]
    for section in record.sections:
        anchors = (section.anchor, *section.points) if section.anchor else section.points
        names = [_name(anchor, record.names[anchor]) for anchor in anchors if anchor in record.names]
        parts.append(FIELD.join((section.anchor, section.title, section.text, *names)))
    return SECTION.join(parts)


def _name(anchor: str, name: Name) -> str:
    return LIST.join((anchor, name.id, name.kind, str(name.referred)))
