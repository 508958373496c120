"""Tokens: the written examples, and both implementations against each other on whatever text there is."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Node
from pmdocs.search.tokens import LONGEST, stem, terms

VECTORS = json.loads((Path(__file__).parent / "search" / "vectors.json").read_text("utf-8"))
LATIN = st.text("abcXYZeinsgdz0189_.-/:+# 、", max_size=40)
MIXED = st.text("订单号锁aB1-_.:/ 　，ｆ１㍿ﬁßΣςİÅ", max_size=40)
ANYTHING = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=60)
WORDS = st.sampled_from(
    ["caching", "classes", "REQ-CHK-012", "checkoutPage", "HTTPServer", "支付失败", "C++", "a/b:c", "", "x" * 50]
)
TEXTS = st.lists(LATIN | MIXED | ANYTHING | WORDS, max_size=5).map("".join)


@pytest.mark.parametrize("text", VECTORS, ids=range(len(VECTORS)))
def test_the_written_examples_hold(text: str, node: Node) -> None:
    """Each example has the terms that are written beside it, built and asked."""
    assert terms(text) == VECTORS[text]
    assert node.ask(terms=text) == VECTORS[text]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_both_implementations_agree(node: Node, text: str) -> None:
    """Builder and browser find the same terms in the same order in any text."""
    assert node.ask(terms=text) == terms(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_terms_are_bounded_and_lower_case(text: str) -> None:
    """A term is not empty, has at most forty code points and is in lower case."""
    for term in terms(text):
        assert 0 < len(term) <= LONGEST
        assert term == term.lower().replace("ς", "σ") or unicodedata.normalize("NFKC", term) != term


@given(st.text("订单号支付失败", min_size=2, max_size=20))
def test_every_pair_of_characters_is_a_term(text: str) -> None:
    """Any two neighbours in a run of Han are a term, and so is its last character."""
    assert terms(text) == [*(text[at : at + 2] for at in range(len(text) - 1)), text[-1]]


@given(st.text("abcdefgilnorstz", min_size=1, max_size=12))
def test_a_stem_is_short_and_settled(word: str) -> None:
    """A stem is a beginning of its word, but for a plural in -ies, and long enough to mean something."""
    found = stem(word)
    assert len(found) >= min(3, len(word))
    assert word.startswith(found) or found == word[:-3] + "y"
