"""Whatever is written into any field of any shipped type, the page is well-formed, loses nothing and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

import html5lib
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from filled import Filler, page_of, shipped_types
from pmdocs.document import Document
from sites import Parsed

TYPES = shipped_types()
ATTACKS = (
    "<script>alert(1)</script>",
    "</p></div></section><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" \'',
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}{# x #}",
    "]]><!--",
    "a | b | c",
    "<table><tr><td>",
    "&lt;b&gt; &amp;amp; &nbsp;",
    "第一行\n第二行\n\n- 第三行",
    "`代码` **粗** [链接](javascript:alert(1))",
    "\u202eآمن\u202c 😀👩‍👩‍👧",
    "长" * 300,
    "w" * 200,
    "REQ-GEN-001 与 GEN-0001",
    "结算 checkout CHECKOUT",
    "</script></style></title></textarea>",
    "<svg onload=alert(1)><a xlink:href='javascript:1'>",
    "$x$ \\(y\\) ~~z~~ ==m==",
    "# 标题\n===\n> 引文",
    "%22 &quot; ' \" < >",
)
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")
PIECES = st.one_of(
    st.sampled_from(ATTACKS), st.text(CHARACTERS, min_size=1, max_size=12), st.sampled_from("<>&'\"|`*_[]{}#\n")
)
TEXTS = st.lists(PIECES, min_size=1, max_size=3).map(" ".join)

CONTROLS = "".join(map(chr, range(33)))
"""What browsers leave out before an address; tabs and line ends they leave out anywhere in it."""
SILENT = frozenset({"doc_type", "id", "lang"})
"""Fields of the envelope that the page says in another way: the document's place, its id, its language."""
HIDDEN = re.compile(r"^(?:retired_ids|lint_ignore|status_history|reviewers\.digest)\b")
"""What a document tells pmdocs and not its readers."""


REPEATED = re.compile(r"\.conditions\.values$")
"""Values that rules name as they were typed, whatever the language of the page."""


def flat(text: str) -> str:
    """A text with its blanks made equal."""
    return " ".join(text.split())


def numbered(texts: list[str], *, both: bool = False) -> Iterator[Any]:
    """The texts over and over, each marked so that it is like no other."""
    for number, text in zip(count(1), cycle(texts), strict=False):
        said = f"甲{number}乙 {text} 丙{number}丁"
        yield {"zh": said, "en": f"en{number}ne {text}"} if both and number % 3 == 0 else said


def filled(name: str, texts: list[str]) -> tuple[Filler, Document]:
    """A document of a type with these texts in all its fields."""
    words = numbered(texts, both=True)
    filler = Filler(TYPES[name], lambda field: next(words))
    return filler, filler.document()


def in_language(value: Any, language: str) -> str:
    """What a value says in a language, where it says it in both."""
    return str(value.get(language, value)) if isinstance(value, dict) else str(value)


def parse(html: str) -> Any:
    """The tree of a page; any error of its HTML raises."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(html)


def tree_text(tree: Any) -> str:
    """Every text of a tree and every alternative text of a picture, blanks made equal."""
    pictures = [each.get("alt", "") for each in tree.iter("img")]
    return flat(" ".join(["".join(tree.itertext()), *pictures]))


def dangers(html: str) -> list[str]:
    """What in a page could run or load something: tags, handlers, addresses."""
    found = []
    for tag, attributes in Parsed(html).tags:
        if tag in {"script", "style", "iframe", "object", "embed", "base", "link", "meta", "form", "template"}:
            found += [tag] if not (tag == "form" and "data-filter" in attributes) else []
        for name, value in attributes.items():
            address = re.sub(r"[\t\r\n]", "", (value or "").lstrip(CONTROLS)).lower()
            if name.startswith("on") or name in {"style", "srcdoc", "formaction"}:
                found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "xlink:href"} and address.startswith(
                ("javascript", "data:", "vbscript")
            ):
                found.append(f"{tag} {name}={value}")
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", TYPES)
def test_no_field_is_lost(name: str, language: Any) -> None:
    """Every text that a document holds stands on its page: no template leaves a field out."""
    words = (f"字{number}符" for number in count(1))
    filler = Filler(TYPES[name], lambda field: next(words))
    text = tree_text(parse(page_of(filler.document(), language).html))
    written = [*filler.texts, *filler.rich]
    assert len(written) > 100
    missing = [path for path, said in written if said not in text and path not in SILENT and not HIDDEN.match(path)]
    assert sorted(set(missing)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", TYPES)
def test_known_attacks_stay_text(name: str, language: Any) -> None:
    """Every known attack in every field leaves the page well-formed and harmless, and is found again as text."""
    filler, document = filled(name, list(ATTACKS))
    html = page_of(document, language).html
    holds(html, filler, language)


@pytest.mark.parametrize("name", TYPES)
@given(texts=st.lists(TEXTS, min_size=3, max_size=12))
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[
        Phase.generate
    ],  # a page holds every text at once: the first failure says enough, smaller ones take minutes
    suppress_health_check=list(HealthCheck),
)
def test_any_text_stays_text(name: str, texts: list[str]) -> None:
    """Random texts in every field leave the page well-formed and harmless, and are found again unchanged."""
    filler, document = filled(name, texts)
    holds(page_of(document).html, filler, "zh")


def holds(html: str, filler: Filler, language: str) -> None:
    """The page is well-formed and harmless, and each text of a text field stands in it unchanged."""
    tree = parse(html)
    assert dangers(html) == []
    text = tree_text(tree)
    lost = [
        (path, said)
        for path, value in filler.texts
        if flat(said := in_language(value, "zh" if REPEATED.search(path) else language)) not in text
        and path not in SILENT
        and not HIDDEN.match(path)
    ]
    assert lost == []


@pytest.mark.parametrize("name", TYPES)
def test_a_page_of_empty_fields_has_no_empty_section(name: str) -> None:
    """A document that holds nothing but its head has no section, and its page is well-formed."""
    _, whole = filled(name, ["字"])
    values = {key: whole.values[key] for key in ("id", "title", "product", "version", "status", "owner")}
    html = page_of(Document(TYPES[name], whole.id, values, whole.source)).html
    parse(html)
    assert "<h2" not in html


@pytest.mark.parametrize("name", TYPES)
def test_reasons_stand_in_for_values(name: str) -> None:
    """Where a type lets a reason stand for a value, the page shows the reason."""
    _, whole = filled(name, ["字"])
    fields = [field for field in TYPES[name].fields if field.or_reason]
    reasons = {field.name: {"not_applicable": f"因为{field.name}"} for field in fields}
    document = Document(TYPES[name], whole.id, {**whole.values, **reasons}, whole.source)
    html = page_of(document).html
    parse(html)
    text = Parsed(html).text
    assert [field.name for field in fields if f"因为{field.name}" not in text] == []


@pytest.mark.parametrize("name", TYPES)
def test_a_field_alone_makes_a_page(name: str) -> None:
    """Every top-level field may be the only one: no template needs another beside it."""
    _, whole = filled(name, ["字"])
    for key in whole.values:
        values = {each: whole.values[each] for each in ("id", "title", key)}
        parse(page_of(Document(TYPES[name], whole.id, values, whole.source)).html)
