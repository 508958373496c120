"""The files of an index: equal for equal pages, named by their content, small pieces, nothing cut into terms twice."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from pathlib import Path
from unittest.mock import patch

import pytest

from pmdocs.search import index as making
from pmdocs.search import kept, shards
from pmdocs.search.index import Facet, Synonyms, build_index
from pmdocs.search.kept import terms_of_pages
from pmdocs.search.packing import Alphabet, numbers
from pmdocs.search.pinyin import readings, told
from pmdocs.search.postings import HEADING, NAME, TITLE, page_terms
from pmdocs.search.record import Name, Record, Section
from sites import build, copy_sample, digests, spelt, unpacked, write


def page(number: int, text: str = "支付失败后可以重试。") -> Record:
    """A page of two sections."""
    sections = (
        Section("", f"第 {number} 页", text),
        Section("REQ-A-001", "可重试", "REQ-A-001 15 分钟内", ("REQ-A-001.AC-1",)),
    )
    names = {"": Name(f"PRD-A-{number:03}", "prd"), "REQ-A-001": Name("REQ-A-001", "requirement", 2)}
    return Record(f"prd/{number}/", f"第 {number} 页", sections, {"type": ("prd",)}, names)


PAGES = [page(number) for number in range(40)]
FACETS = [Facet("type", "类型", {"prd": "需求文档", "page": "其他页面"})]
WORDS = [Synonyms(("重试", "retry"), ("再试",), "chong shi", "重试")]


def index(pages: list[Record]) -> dict[str, bytes]:
    """The index of some pages."""
    return build_index(pages, terms_of_pages(pages), FACETS, WORDS)


def test_a_posting_tells_where_a_term_stands() -> None:
    """A term knows whether it stands in the title, in which headings, and of which section it is the id, whole or its ending."""
    terms = page_terms(page(1))
    codes = dict(zip(terms.terms, terms.codes, strict=True))
    assert codes["重试"] & HEADING
    assert codes["第"] & TITLE
    assert codes["reqa001"] & NAME
    assert codes["a001"] & NAME
    assert terms.places["reqa001"][1] == 1
    assert not codes["支付"] & (TITLE | HEADING | NAME)


def test_equal_pages_give_equal_files() -> None:
    """Two indexes of the same pages are the same bytes, whatever the order in which they are hashed."""
    assert index(PAGES) == index(list(PAGES))


def test_stretches_hold_every_term_once_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """However short a stretch is, all of them together are the sorted terms."""
    found = shards.inverted(terms_of_pages(PAGES))
    whole = shards.stretches(found)
    monkeypatch.setattr(shards, "STRETCH", 50)
    several = shards.stretches(found)
    assert len(whole) == 1 < len(several)
    assert list(chain.from_iterable(several)) == whole[0] == sorted(found, key=shards.utf16)


def test_processes_make_the_same_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that is made by several processes is that of one."""
    monkeypatch.setattr(shards, "STRETCH", 50)
    here = index(PAGES)
    monkeypatch.setattr(making, "MANY", 2)
    assert index(PAGES) == here


def test_names_hold_the_digest_of_the_content() -> None:
    """Only the entry keeps its name when the content changes; what did not change keeps its name, too."""
    before, after = index(PAGES), index([*PAGES[:-1], page(39, "完全不同的内容。")])
    same = set(before) & set(after)
    assert "index.json" in same
    assert all(before[name] == after[name] for name in same - {"index.json"})
    assert any(name.startswith("terms/") for name in set(after) - set(before))


def test_an_unchanged_page_is_not_cut_into_terms_again(tmp_path: Path) -> None:
    """Of pages that were seen before only the changed one is cut into terms; the result is that of a clean build."""
    file = tmp_path / "terms"
    terms_of_pages(PAGES, file)
    changed = [*PAGES[:-1], page(39, "完全不同的内容。")]
    with patch.object(kept, "page_terms", wraps=page_terms) as cutting:
        found = terms_of_pages(changed, file)
    assert [call.args[0].url for call in cutting.call_args_list] == ["prd/39/"]
    assert found == terms_of_pages(changed)
    assert build_index(changed, found, FACETS, WORDS) == index(changed)


@pytest.mark.parametrize("harm", [b"", b"short", None])
def test_a_damaged_memory_is_built_anew(tmp_path: Path, harm: bytes | None) -> None:
    """What was kept and is no longer itself is not believed."""
    file = tmp_path / "terms"
    clean = terms_of_pages(PAGES, file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 255
    file.write_bytes(bytes(data) if harm is None else harm)
    assert terms_of_pages(PAGES, file) == clean


def test_a_memory_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Where nothing can be kept, nothing is, and the terms are the same."""
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert terms_of_pages(PAGES, tmp_path / "file" / "terms") == terms_of_pages(PAGES)


@pytest.mark.parametrize("values", [[], [0, 253], [254, 65535], [65536, 4_000_000_000], [1, 254, 70000, 2]])
def test_numbers_of_any_size_are_written(values: list[int]) -> None:
    """Numbers take one, three or five bytes, and lead back to themselves."""
    data, found, at = numbers(values), [], 0
    while at < len(data):
        size = {254: 2, 255: 4}.get(data[at], 0)
        found.append(int.from_bytes(data[at + 1 : at + 1 + size], "little") if size else data[at])
        at += 1 + size
    assert found == values


def test_texts_come_back_whole() -> None:
    """A text of more characters than two bytes can tell apart is written and read without a loss."""
    text = "".join(chr(each) for each in (*range(0x20, 0x7F), *range(0x3400, 0x9FFF), *range(0x20000, 0x20100)))
    alphabet = Alphabet.of(Counter(text), [])
    assert spelt(alphabet.written(text), alphabet.characters) == text


def test_readings_come_from_words_and_from_the_glossary() -> None:
    """A pair that is a word is read as the word; what the glossary says of a polyphone is known besides."""
    assert next(iter(readings("银行"))) == ("yin", "hang")
    assert told({"重量单": "zhong liang dan", "结算": "falsch"}) == {
        "重量": ("zhong", "liang"),
        "量单": ("liang", "dan"),
    }


def test_a_site_of_hand_written_pages_is_indexed(tmp_path: Path) -> None:
    """A project without data is found by the same search, and a page that asks for it is left out."""
    files = {
        "mkdocs.yml": "site_name: 手写\ntheme: {name: material, language: zh, font: false}\nplugins: [pmdocs]\n",
        "docs/index.md": "# 首页\n\n## 第一节\n\n线段树的每个节点。\n",
        "docs/hidden.md": "---\nsearch: {exclude: true}\n---\n# 隐藏\n\n不该找到的字句\n",
    }
    found = unpacked(build(write(tmp_path, files)) / "search")
    assert any("线段树的每个节点" in text for text in found.values())
    assert not any("不该找到的字句" in text for text in found.values())


def test_a_cached_build_equals_a_clean_one(sample_site: Path, tmp_path: Path) -> None:
    """The sample built twice in one folder, the second time from memory, equals the sample built once."""
    project = copy_sample(tmp_path / "again")
    build(project, "--strict")
    assert (project / ".cache" / "pmdocs" / "search").is_dir()
    assert digests(build(project, "--strict")) == digests(sample_site)


def test_no_stock_search_is_left(sample_site: Path) -> None:
    """With pmdocs' own search, Material's index, worker and lunr files are not in the site; each language has its engine."""
    names = [path.relative_to(sample_site).as_posix() for path in sample_site.rglob("*") if path.is_file()]
    assert not [name for name in names if "lunr" in name or "workers/" in name or "search_index" in name]
    assert {"search/engine.js", "search/index.json", "en/search/engine.js", "en/search/index.json"} <= set(names)


@pytest.mark.parametrize("plugins", ["[search, pmdocs]", "[pmdocs, search]", "{search: {}, pmdocs: {}}"])
def test_a_listed_search_plugin_rests(tmp_path: Path, plugins: str) -> None:
    """A search plugin that mkdocs.yml still lists builds nothing, wherever it stands."""
    files = {
        "mkdocs.yml": f"site_name: 两个\ntheme: {{name: material, language: zh, font: false}}\nplugins: {plugins}\n",
        "docs/index.md": "# 首页\n",
    }
    site = build(write(tmp_path, files))
    assert (site / "search" / "engine.js").is_file()
    assert not (site / "search" / "search_index.json").exists()


def test_the_stock_search_can_be_chosen(tmp_path: Path) -> None:
    """With `search: stock`, Material's plugin builds its index and nothing of pmdocs' own is in the site."""
    files = {
        "mkdocs.yml": "site_name: 自选\ntheme: {name: material, font: false}\nplugins: [search, pmdocs: {search: stock}]\n",
        "docs/index.md": "# 首页\n\n线段树\n",
    }
    site = build(write(tmp_path, files))
    assert json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    assert not (site / "search" / "engine.js").exists()
    assert 'name="search"' in (site / "index.html").read_text("utf-8")
    assert not list(site.rglob("box.*"))
