"""HTML as a stream of tags and texts: nothing is lost on the way, and only addresses change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdocs.markup import Tag, addresses, anchors, headings, quoted, rewrite, tokens, with_chinese_lines, words
from sites import Parsed

TAGS = (
    "<p>",
    "</p>",
    "<a href='x.md'>",
    '<a class="c" href="a&amp;b">',
    "</a>",
    "<img src=\"p.png\" alt='>'>",
    "<br/>",
)
REST = (
    "<!-- <p> -->",
    "<script>if (a < b) '</p>'</script>",
    "&lt;",
    "&",
    "<",
    ">",
    '"',
    "\n",
    "a < b",
    "<h2 id=x>",
    "字",
)
PIECES = st.sampled_from([*TAGS, *REST])
HTML = st.lists(PIECES, max_size=20).map("".join)


@given(HTML)
@settings(deadline=None, derandomize=True)
def test_tokens_joined_are_the_text(html: str) -> None:
    """Whatever is taken apart is whole again when it is put together."""
    assert "".join(token.text if isinstance(token, Tag) else token for token in tokens(html)) == html


@given(HTML)
@settings(deadline=None, derandomize=True)
def test_a_change_that_changes_nothing_keeps_the_words(html: str) -> None:
    """Writing every address as it was leaves words and addresses alone."""
    again = rewrite(html, lambda attribute, address: address)
    assert words(again) == words(html)
    assert list(addresses(again)) == list(addresses(html))


def test_addresses_are_rewritten_unescaped_and_escaped_again() -> None:
    """A change sees the address itself, and what it returns cannot leave the attribute."""
    seen: list[tuple[str, str]] = []

    def change(attribute: str, address: str) -> str:
        seen.append((attribute, address))
        return f'{address}"<&>'

    html = rewrite("<a title='t' href='a?b&amp;c'>字</a><img src=\"p\">", change)
    assert seen == [("href", "a?b&c"), ("src", "p")]
    assert Parsed(html).addresses == [("a", "href", 'a?b&c"<&>'), ("img", "src", 'p"<&>')]


def test_a_link_that_leads_nowhere_leaves_its_words() -> None:
    """Where the change returns None, the link is gone with its closing tag, and what it said stays."""
    html = rewrite(
        '<p><a href="gone"><b>字</b></a> <a href="kept">词</a></p>', lambda _, at: None if at == "gone" else at
    )
    assert html == '<p><b>字</b> <a href="kept">词</a></p>'


def test_scripts_and_comments_are_no_words() -> None:
    """What stands in comments, scripts and styles is neither text nor tag."""
    html = "<p>一</p><script>var a = '<p>二</p>';</script><style>p > a {}</style><!-- <a href='x'>三</a> -->"
    assert words(html) == "一"
    assert list(addresses(html)) == []


def test_anchors_are_ids_and_names_of_links() -> None:
    """Fragments lead to ids and to named anchors, not to named inputs."""
    assert anchors('<h2 id="a">x</h2><a name="b"></a><input name="c"><p data-id="d">') == {"a", "b"}


def test_headings_have_words_and_an_anchor() -> None:
    """A heading with an id is told with its level and its words; one without leads nowhere."""
    html = '<h1 id="top">页<a>¶</a></h1><section id="s"><h2 id="s-1">A &amp; <b>B</b></h2><h3>无</h3></section>'
    assert [(each.level, each.text, each.anchor) for each in headings(html)] == [(1, "页", "top"), (2, "A & B", "s-1")]


@given(st.text(max_size=30))
@settings(derandomize=True)
def test_quoted_text_stays_in_its_attribute(text: str) -> None:
    """Any text, quoted, is read back from a double-quoted attribute."""
    clean = text.replace("\0", "").replace("\r", "")
    assert Parsed(f'<p title="{quoted(clean)}">').tags == [("p", {"title": clean})]


@pytest.mark.parametrize(
    ("html", "joined"),
    [
        ("<p>第一行，\n第二行</p>", "<p>第一行，第二行</p>"),
        ("<p>没有\n增长。\n“引号”</p>", "<p>没有增长。“引号”</p>"),
        ("<p>共 14\n个字段</p>", "<p>共 14\n个字段</p>"),
        ("<p>first\nsecond</p>", "<p>first\nsecond</p>"),
        ("<pre><code>甲\n乙</code></pre>\n<p>丙\n丁</p>", "<pre><code>甲\n乙</code></pre>\n<p>丙丁</p>"),
    ],
)
def test_chinese_lines_are_joined(html: str, joined: str) -> None:
    """A line break between two Chinese characters leaves no blank; code and other scripts keep theirs."""
    assert with_chinese_lines(html) == joined
