"""Pages as search sees them: sections with their anchors, words as a reader reads them, nothing that is left out."""

from __future__ import annotations

import pytest

from pmdocs.search.record import Section, plain, sections_of


def cut(html: str) -> list[tuple[str, str, str]]:
    """Anchor, title and words of each section."""
    return [(each.anchor, each.title, each.text) for each in sections_of(html, "页名")]


def test_headings_with_ids_begin_sections() -> None:
    """A heading with an id begins a section, the first one belongs to the page; a heading without one is words."""
    html = '<h1 id="top">页名</h1><p>开头</p><h2 id="a">甲</h2><p>一</p><h3>小标题</h3><p>二</p><h2 id="b">乙</h2>'
    assert cut(html) == [("", "页名", "开头"), ("a", "甲", "一 小标题 二"), ("b", "乙", "")]


def test_an_item_begins_with_its_article() -> None:
    """What stands before the heading of an item, its id and badges, belongs to the item."""
    html = (
        '<h2 id="r">需求</h2><article class="pm-item" aria-labelledby="REQ-A-001"><header><a href="#REQ-A-001">REQ-A-001</a>'
        '<h3 id="REQ-A-001">可重试</h3></header><p>正文</p></article>'
    )
    assert cut(html) == [("", "页名", ""), ("r", "需求", ""), ("REQ-A-001", "可重试", "REQ-A-001 正文")]


def test_rows_and_folds_are_sections_that_end() -> None:
    """A row or a fold with an id is a section named by its first words; what follows belongs to the one around it."""
    html = (
        '<h2 id="t">表</h2><table><tr id="x"><th>购物车</th><td>放商品的地方</td></tr></table><p>之后</p>'
        '<details id="q"><summary>问题<small>旁注</small></summary><p>回答</p></details><p>结尾</p>'
    )
    assert cut(html) == [
        ("", "页名", ""),
        ("t", "表", "之后 结尾"),
        ("x", "购物车", "购物车 放商品的地方"),
        ("q", "问题", "问题 旁注 回答"),
    ]


def test_points_are_known_within_their_section() -> None:
    """An entry of a list that has an id is no section of its own, but its section knows it."""
    html = '<h2 id="a">甲</h2><ol><li id="a.1">一</li><li id="a.2">二</li></ol>'
    assert sections_of(html, "页名")[1] == Section("a", "甲", "一 二", ("a.1", "a.2"))


def test_what_search_is_told_to_leave_out_is_left_out() -> None:
    """`data-search-exclude`, scripts, styles, comments and signs of permanent links hold no words."""
    html = (
        '<h2 id="a">甲<a class="headerlink" href="#a">¶</a></h2><div data-search-exclude><div>秘密</div>也是</div>留下'
        "<script>var 脚本</script><style>样式</style><!-- 注释 -->"
    )
    assert cut(html) == [("", "页名", ""), ("a", "甲", "留下")]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>结算</b>页", "结算页"),
        ("<td>一</td><td>二</td>", "一 二"),
        ("甲<br>乙", "甲 乙"),
        ("&lt;script&gt; &amp;&nbsp;空", "<script> & 空"),
        ('<a title="a > b" href="#">链接</a>后', "链接后"),
        ("第一行\n  第二行", "第一行 第二行"),
    ],
)
def test_words_are_joined_as_a_reader_sees_them(html: str, words: str) -> None:
    """Inline marks part no words, blocks do; entities are characters."""
    assert plain(html) == words


def test_a_title_of_its_own_is_found_beside_the_page_s() -> None:
    """A first heading that says something else than the title of the page is words of the page."""
    assert cut("<h1>产品文档</h1><p>开头</p>") == [("", "页名", "产品文档 开头")]
