"""Rich text: Markdown as the site writes it, and nothing in it that could run, load or break out."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filled import EXTENSIONS
from pmdocs.markdown import Renderer, is_foreign, prose_of, sanitize
from sites import Parsed
from test_properties import ATTACKS, dangers

RENDERER = Renderer(EXTENSIONS, {})

HARMFUL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<iframe src='https://example.com'></iframe>",
    "<object data='x'></object><embed src='x'>",
    "<meta http-equiv='refresh' content='0;url=https://example.com'>",
    "<base href='https://example.com/'>",
    "<style>body{display:none}</style><p style='position:fixed'>x</p>",
    "<form action='https://example.com'><input type=submit formaction='javascript:1'></form>",
    "[字](javascript:alert(1))",
    "[字](JaVaScRiPt:alert(1))",
    "[字](&#106;avascript:alert(1))",
    "[字](java\tscript:alert(1))",
    "[字](data:text/html;base64,PHNjcmlwdD4=)",
    "[字](vbscript:msgbox)",
    "<javascript:alert(1)>",
    "![图](data:image/svg+xml;base64,PHN2Zz4=)",
    "![图](https://example.com/pixel.png)",
    "![图](//example.com/pixel.png)",
    "字{: onclick=alert(1) style='position:fixed' }",
    "## 标题 {: #site-id onmouseover=alert(1) }",
    "[字](x){: onclick=alert(1) target=_blank }",
    "<a href='x' onclick='alert(1)' xlink:href='javascript:1'>字</a>",
    "<details ontoggle=alert(1) open><summary>字</summary></details>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<svg><a><path d='M0' onclick=1></path></a><use href='https://example.com/x.svg#y'></use></svg>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<p class='md-header pm-doc' id='REQ-CHK-001'>字</p>",
)


@pytest.mark.parametrize("text", [*HARMFUL, *ATTACKS])
def test_attacks_are_harmless(text: str) -> None:
    """No known attack leaves a script, a handler, a style, a foreign picture or an address that runs."""
    html = RENDERER.render(text).html
    assert dangers(html) == []
    assert not [src for tag, name, src in Parsed(html).addresses if name == "src" and is_foreign(src)]
    assert not re.search(r"https://example\.com/?[\"'][^>]*(?:src|action|content)", html)
    html5lib.HTMLParser(strict=True).parseFragment(f"<div>{html}</div>")


@pytest.mark.parametrize("text", HARMFUL)
def test_a_field_cannot_dress_as_the_page(text: str) -> None:
    """No field may take an id of the page or the classes of the theme."""
    page = Parsed(RENDERER.render(text).html)
    assert [name for name in page.ids if not name.startswith("__")] == []
    classes = " ".join(attributes.get("class") or "" for _, attributes in page.tags)
    assert not re.search(r"\b(?:md|pm)-", classes)


@given(st.lists(st.sampled_from([*HARMFUL, *ATTACKS, "<p>", "</div>", "`", "\n\n", "字"]), max_size=6).map(" ".join))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_sanitizing_twice_is_sanitizing_once(text: str) -> None:
    """What is clean stays as it is, headings apart: they sink below the page's own."""
    once = re.sub(r"(</?)h[1-6]\b", r"\1h6", sanitize(text))
    assert sanitize(once) == once
    assert dangers(once) == []


@pytest.mark.parametrize(
    "text",
    ["买家在结算页提交订单。", "两行\n文字", "一段，带标点；没有记号！", "A plain sentence of words", "第 3 条"],
)
def test_plain_words_take_a_short_way_to_the_same_end(text: str) -> None:
    """The short way for plain words gives what Markdown would give."""
    RENDERER._markdown.reset()
    assert RENDERER.render(text).html == sanitize(RENDERER._markdown.convert(text))


@given(
    st.text(st.sampled_from("结算 aA1,，。.-*#>`_:=|+~\n\t()"), min_size=1, max_size=14).filter(
        lambda text: text.strip()
    )
)
@settings(deadline=None, derandomize=True, max_examples=400)
def test_the_short_way_never_differs(text: str) -> None:
    """Whatever takes the short way, Markdown would have given the same."""
    RENDERER._markdown.reset()
    long_way = sanitize(RENDERER._markdown.convert(text))
    assert Parsed(RENDERER.render(text).html).text == Parsed(long_way).text
    assert [tag for tag, _ in Parsed(RENDERER.render(text).html).tags] == [tag for tag, _ in Parsed(long_way).tags]


def test_what_writers_need_is_kept() -> None:
    """Tables, code, admonitions, details, links and pictures of the project come through."""
    text = (
        '| 列 | 值 |\n|---|---|\n| a | `b|c` |\n\n!!! note "提示"\n    内容\n\n??? tip "更多"\n    折叠\n\n'
        "```python\nprint(1)\n```\n\n[链接](PRD-CHK-001.md#REQ-CHK-001) ![图](img/a.svg) <kbd>Ctrl</kbd>\n\n1. 一\n2. 二\n"
    )
    rendered = RENDERER.render(text)
    tags = {tag for tag, _ in Parsed(rendered.html).tags}
    assert {"table", "th", "code", "div", "details", "summary", "pre", "a", "img", "kbd", "ol", "li"} <= tags
    assert 'class="admonition note"' in rendered.html
    assert rendered.links == ("PRD-CHK-001.md#REQ-CHK-001",)
    assert rendered.images == ("img/a.svg",)


def test_headings_sink_below_those_of_the_page() -> None:
    """A heading within a field stands below the page's three levels."""
    assert [tag for tag, _ in Parsed(RENDERER.render("# 一\n\n## 二\n\n#### 四").html).tags] == ["h4", "h5", "h6"]


def test_rendering_does_not_remember_the_text_before() -> None:
    """Footnotes, references and counters of one field do not reach the next; the same text gives the same HTML."""
    RENDERER.render("[名]: https://example.com/x\n\n见[名]。")
    assert Parsed(RENDERER.render("只见[名]。").html).addresses == []
    assert RENDERER.render("**同** 一").html == Renderer(EXTENSIONS, {}).render("**同** 一").html


def test_code_and_addresses_are_no_prose() -> None:
    """Code and link addresses are blanked out, and every other character keeps its place."""
    text = "见 `REQ-1` 与 [字](REQ-2)\n```\nREQ-3\n```\nREQ-4"
    prose = prose_of(text)
    assert len(prose) == len(text)
    assert [index for index, (one, other) in enumerate(zip(text, prose, strict=True)) if other == "\n" != one] == []
    assert re.findall(r"REQ-\d", prose) == ["REQ-4"]


def test_footnotes_of_two_fields_do_not_meet() -> None:
    """A footnote's links lead to its own note, on a page that holds many fields."""
    renderer = Renderer(("footnotes",), {})
    pages = [renderer.render(f"字{word}[^1]。\n\n[^1]: 注{word}。\n") for word in ("甲", "乙")]
    for page in pages:
        parsed = Parsed(page.html)
        assert {address.removeprefix("#") for _, name, address in parsed.addresses if name == "href"} == set(parsed.ids)
    assert not set(Parsed(pages[0].html).ids) & set(Parsed(pages[1].html).ids)
