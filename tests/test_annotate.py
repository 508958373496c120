"""Words that lead somewhere: ids and terms become links, and the words themselves stay as they were."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdocs.markup import words
from pmdocs.pages.annotate import Annotator, Explained, Terms
from sites import Parsed

IDS = re.compile(r"REQ-[A-Z]+-\d{3}")
TERMS = Terms.of({"结算": "checkout", "结算单页": "one-page", "SKU": "sku", "A&B": "ab", "GT": "gt", "PIN": "pin"})
WITHHELD = "REQ-SEC-001"


def annotated(html: str) -> str:
    """HTML with its ids and terms annotated."""
    return Annotator(
        IDS,
        lambda name: Explained(None, "") if name == WITHHELD else Explained(f"../{name}/", f'题<b>"{name}'),
        TERMS,
        lambda name: Explained(f"../glossary/#{name}", f'{name}\n释义 <i> & "引"'),
    ).annotate(html)


def links(html: str) -> list[str]:
    """The addresses of the links of HTML."""
    return [address for _, name, address in Parsed(annotated(html)).addresses if name == "href"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>见 REQ-CHK-001。</p>", ["../REQ-CHK-001/"]),
        ("<p>结算单页与结算</p>", ["../glossary/#one-page", "../glossary/#checkout"]),
        ("<p>结算，再结算</p>", ["../glossary/#checkout"]),
        ("<h2>一</h2><p>结算</p><h2>二</h2><p>结算</p>", ["../glossary/#checkout"] * 2),
        ("<h2>结算 REQ-CHK-001</h2>", ["../REQ-CHK-001/"]),
        ("<a href='x'>结算 REQ-CHK-001</a>", ["x"]),
        ("<p><code>REQ-CHK-001 结算</code></p><pre>结算</pre>", []),
        ("<p>sku 与 SKU</p>", ["../glossary/#sku"]),
        ("<p>SKUs</p>", []),
        ("<p>A&amp;B</p>", ["../glossary/#ab"]),
        ("<p>a &gt; b</p>", []),
        ("<p>P\u0130N</p>", []),
        (f"<p>{WITHHELD}</p>", []),
        ("<p title='结算'>x</p><!-- 结算 --><script>结算</script>", []),
        ("<button>结算</button><select><option>结算</option></select><svg><text>结算</text></svg>", []),
    ],
)
def test_what_is_linked(html: str, expected: list[str]) -> None:
    """Ids are linked wherever they may be, terms once a section and longest first, neither in links, code or controls."""
    assert links(html) == expected


def test_previews_are_text() -> None:
    """What a preview says stays in its attribute, whatever it holds."""
    ((_, attributes),) = [each for each in Parsed(annotated("<p>SKU</p>")).tags if each[0] == "a"]
    assert attributes["title"] == 'sku\n释义 <i> & "引"'
    assert attributes["class"] == "pm-term"


PIECES = [
    "<p>",
    "</p>",
    "结算单页",
    "结算",
    "SKU",
    "REQ-CHK-001",
    WITHHELD,
    "A&amp;B",
    "&lt;",
    "<b>",
    "</b>",
    "<h2>",
    "</h2>",
    " ",
]


@given(
    st.lists(st.sampled_from([*PIECES, "<a href='x'>", "</a>", "<code>", "</code>", "<br>", "字"]), max_size=24).map(
        "".join
    )
)
@settings(deadline=None, derandomize=True, max_examples=300)
def test_the_words_stay_as_they_are(html: str) -> None:
    """Whatever is annotated, the page says the same as before."""
    assert words(annotated(html)) == words(html)
