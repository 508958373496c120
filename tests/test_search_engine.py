"""The engine over the sample: typed queries with typed expectations, every word findable, exact counts, bad input, lost files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine import Node
from pmdocs.site import read_site
from projects import TODAY
from sites import ROOT, Parsed, html_files, parsed, unpacked

QUERIES = yaml.safe_load((Path(__file__).parent / "search" / "queries.yaml").read_text("utf-8"))
HAN = "\u4e00-\u9fff"
BAD = [
    "", " ", "。", ".", "-", "：", "type:", "type:nothing", "*", "^", "(.*)+[", "\\", "{{7*7}}", "' OR 1=1 --", "\x00",
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "javascript:alert(1)", "🎉", "👩‍👩‍👧", "قاعدة البيانات",
    "שלום עולם", "\u202e反转", "a" * 10_000, "支付" * 5_000, "-" * 10_000, "支 付 " * 3_000, "REQ-" * 2_500, "x y " * 2_500,
    "데이터베이스", "データベース", "ไทย", "\ud83d", "é́́́", "０" * 300, "%E4%BC%98", "null", "undefined", "__proto__", "constructor",
]  # fmt: skip


def typed(language: str) -> Iterator[Any]:
    """Each typed query of a language as a test's parameter."""
    for kind, queries in QUERIES[language].items():
        for each in queries:
            yield pytest.param(each, id=f"{kind} {each['q']}")


@pytest.fixture(scope="module")
def chinese(sample_site: Path, node: Node) -> Node:
    """The engine over the Chinese index of the sample."""
    node.open(sample_site)
    return node


@pytest.fixture(scope="module")
def english(sample_site: Path) -> Iterator[Node]:
    """The engine over the English one."""
    running = Node()
    running.open(sample_site / "en")
    yield running
    running.close()


def check(engine: Node, expected: dict[str, Any]) -> None:
    """Finds that one of the right pages stands high enough, and leads to the right place in it."""
    answer = engine.search(expected["q"], limit=10)
    pages = [(result["url"].rstrip("/").rpartition("/")[2] or ".") for result in answer["results"]]
    first = next((place for place, page in enumerate(pages) if page in expected["page"]), None)
    assert first is not None, pages
    assert first < expected.get("within", 1), pages
    if "at" in expected:
        assert answer["results"][first]["anchor"] == expected["at"]


@pytest.mark.parametrize("expected", [*typed("zh")])
def test_a_typed_query_finds_its_page(chinese: Node, expected: dict[str, Any]) -> None:
    """What a Chinese reader types leads to the page, and the place in it, that answers."""
    check(chinese, expected)


@pytest.mark.parametrize("expected", [*typed("en")])
def test_a_typed_english_query_finds_its_page(english: Node, expected: dict[str, Any]) -> None:
    """What an English reader types leads to the page, and the place in it, that answers."""
    check(english, expected)


def test_there_are_enough_typed_queries() -> None:
    """At least 120 queries were typed, of all kinds."""
    kinds = {kind for queries in QUERIES.values() for kind in queries}
    assert sum(len(each) for queries in QUERIES.values() for each in queries.values()) >= 120
    assert {"words", "mixed", "ids", "pinyin", "synonyms", "slips"} <= kinds


def test_every_id_is_found_in_five_spellings(chinese: Node) -> None:
    """Each id with two hyphens leads to the page that defines it, typed whole, small, glued and apart; its ending finds it, too."""
    library = read_site(ROOT, today=TODAY).library
    wrong = []
    endings: dict[str, set[str]] = {}
    homes = {item.address: document.id for document in library.published for item in document.items}
    homes |= {document.id: document.id for document in library.published}
    ids = [name for name in homes if re.fullmatch(r"[A-Z]+-[A-Z0-9]+-\d+", name)]
    for name in ids:
        endings.setdefault(name.partition("-")[2], set()).add(homes[name])
    assert len(ids) > 200
    for name in ids:
        ending = name.partition("-")[2]
        for spelling in (name, name.lower(), name.replace("-", ""), name.replace("-", " "), ending):
            right = endings[ending] if spelling == ending else {homes[name]}
            results = chinese.search(spelling, limit=1)["results"]
            if not results or results[0]["url"].rstrip("/").rpartition("/")[2] not in right:
                wrong.append((spelling, results[:1]))
            elif spelling != ending and name != homes[name] and results[0]["anchor"] != name:
                wrong.append((spelling, results[0]["anchor"]))
    assert wrong == []


def test_every_word_of_every_page_finds_it(chinese: Node, sample_site: Path) -> None:
    """Without a limit, every pair of neighbouring Han characters that a page shows finds that page."""
    missed = []
    pairs: dict[str, set[str]] = {}
    for path in html_files(sample_site):
        url = path.relative_to(sample_site).as_posix().removesuffix("index.html")
        if url.startswith("en/") or url == "404.html":
            continue
        text = content(path)
        for run in re.findall(f"[{HAN}]{{2,}}", text):
            for at in range(len(run) - 1):
                pairs.setdefault(run[at : at + 2], set()).add(url)
    assert len(pairs) > 3000
    for pair in sorted(pairs):
        found = {result["url"] for result in chinese.search(pair)["results"]}
        if missing := pairs[pair] - found:
            missed.append((pair, missing))
    assert missed == [], missed


def content(path: Path) -> str:
    """The words of a page's own content as a browser shows them, but for what a page keeps from search: blocks part words."""
    html = path.read_text("utf-8")
    html = html[html.index('<article class="md-content__inner') : html.rindex("</article>")]
    html = re.sub(r'<a [^>]*class="md-content__button[^>]*>.*?</a>', "", html, flags=re.DOTALL)
    html = re.sub(r"<(p|details) [^>]*data-search-exclude.*?</\1>", "", html, flags=re.DOTALL)
    return "" if "data-search-exclude" in html else Parsed(html).text


def test_totals_and_facets_are_exact(chinese: Node) -> None:
    """The total is the number of pages without a limit, and the count of each value is the total with that filter."""
    for query in ("支付", "优惠券", "REQ-CHK-005", "推荐 关闭", ""):
        whole = chinese.search(query)
        assert whole["total"] == len(whole["results"]) == len({result["url"] for result in whole["results"]})
        assert chinese.search(query, limit=3)["total"] == whole["total"]
        for facet, counts in whole["facets"].items():
            for value, count in counts.items():
                assert chinese.search(query, filters={facet: value}, limit=1)["total"] == count, (query, facet, value)
                assert chinese.search(f'{query} {facet}:"{value}"', limit=1)["total"] == count, (query, facet, value)


def test_the_facets_are_those_of_documents(chinese: Node, sample_site: Path) -> None:
    """Results can be narrowed by type, status, product and audience, with labels in the language of the site."""
    opened = chinese.open(sample_site)
    assert {facet["name"] for facet in opened["facets"]} == {"type", "status", "product", "audience"}
    labels = {facet["name"]: dict(facet["values"]) for facet in opened["facets"]}
    assert labels["type"]["prd"] == "需求文档"
    assert "一线客服" in labels["audience"].values()
    several = chinese.search("支付", filters={"type": ["prd", "user_manual"]})
    assert several["total"] == sum(several["facets"]["type"][each] for each in ("prd", "user_manual"))


def test_a_result_leads_to_its_section(chinese: Node, sample_site: Path) -> None:
    """Each result holds all that a list of results needs, leads to a file and an anchor of the site, and is plain text."""
    shown: set[str] = set()
    for result in chinese.search("优惠券", limit=20)["results"]:
        assert set(result) >= {"url", "anchor", "title", "section", "id", "kind", "excerpt", "score", "more"}
        page = parsed(sample_site / result["url"] / "index.html")
        for part in (result, *result["more"]):
            assert not part["anchor"] or part["anchor"] in page.ids
            assert "<" not in part["excerpt"]
            assert all(part["excerpt"][start:end] for start, end in part["marks"])
        assert result["marks"] or result["sectionMarks"] or result["titleMarks"]
        shown.update(result["excerpt"][start:end] for start, end in result["marks"])
    assert "优惠券" in shown


def test_a_miss_offers_what_nearly_matched(chinese: Node) -> None:
    """What no page holds finds nothing, and where some of it is known, the pages that come closest are told apart."""
    nothing = chinese.search("量子纠缠态")
    assert (nothing["total"], nothing["results"]) == (0, [])
    some = chinese.search("优惠券量子纠缠态与黑洞熵")
    assert some["total"] == 0 or some["missing"]
    assert chinese.search("优惠券 量子")["missing"] == ["量子"]


@pytest.mark.parametrize("query", BAD, ids=range(len(BAD)))
def test_bad_input_does_no_harm(chinese: Node, query: str) -> None:
    """Whatever is typed, the engine answers, soon, and with text."""
    answer = chinese.search(query, limit=5)
    assert answer["milliseconds"] < 3000
    assert answer["total"] >= len(answer["results"])


@pytest.mark.parametrize("fault", ["lose", "damage"])
@pytest.mark.parametrize("which", ["terms/", "texts/0", "words", "pinyin", "alphabet"])
def test_a_lost_file_leaves_the_rest(sample_site: Path, fault: str, which: str) -> None:
    """A file that is missing or not what it was is told; the engine answers from the rest."""
    engine = Node()
    engine.open(sample_site, **{fault: which})
    lost = []
    for query in ("支付失败", "youhuiquan", "coupon REQ-CHK-005"):
        lost += engine.search(query, limit=5)["lost"]
    engine.close()
    assert [path for path in lost if re.search(which, path)]
    assert all(re.search(which, path) or which == "alphabet" for path in lost)


def test_a_query_reads_little(chinese: Node, sample_site: Path) -> None:
    """A query reads the shards of its words and the texts of its results, nothing twice and not the whole index."""
    engine = Node()
    engine.open(sample_site)
    first = engine.search("支付渠道", limit=3)
    again = engine.search("支付渠道", limit=3)
    engine.close()
    files = list((sample_site / "search").rglob("*.bin"))
    assert len(first["read"]) == len(set(first["read"])) < len(files) / 2
    assert again["read"] == []
    assert again["results"] == first["results"]


def test_the_index_holds_what_pages_say(sample_site: Path) -> None:
    """The texts of an index, read by another hand, are the words of the pages."""
    texts = "\n".join(unpacked(sample_site / "search").values())
    for words in ("当买家打开结算页时，结算服务应以折叠形式显示发票区域", "银行拒绝了本次支付"):
        assert words in texts
