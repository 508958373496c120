"""The browser's half of comparing says to the letter what Python says: of words, and of whole versions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from engine import Talk
from pmdocs.diff import Record, difference, shapes_of, word_difference
from pmdocs.diff.data import as_data
from pmdocs.items import as_json, shapes_data
from sites import ROOT
from test_diff import PRD, SPEC, TEXTS, WORDS, changed, records, types, versions

SCRIPT = ROOT / "plugins" / "pmdocs" / "assets" / "compare" / "diff.js"


@pytest.fixture(scope="module")
def browser() -> Iterator[Talk]:
    """The browser's half, running."""
    comparer = Talk(ROOT / "tests" / "compare" / "ask.mjs", SCRIPT)
    yield comparer
    comparer.close()


@cache
def words() -> dict[str, Any]:
    """The words of the shipped types, as a version publishes them."""
    return {"fields": {kind.name: list(shapes_data(shapes_of(kind))) for kind in types().values() if kind.prefix}}


def published(version: dict[str, Record]) -> dict[str, Any]:
    """A version as its files hold it."""
    return {"documents": [as_json(record) for record in version.values()], "words": words()}


def segments(before: str, after: str) -> list[dict[str, str]]:
    """What Python says of two texts."""
    return [{"op": each.op, "text": each.text} for each in word_difference(before, after)]


@pytest.mark.parametrize(("before", "after"), [(before, after) for before, after, _ in WORDS])
def test_words_are_compared_alike(browser: Talk, before: str, after: str) -> None:
    """The texts by which differences of words are specified give the same segments in both halves."""
    assert browser.ask(before=before, after=after) == segments(before, after)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TEXTS, TEXTS)
def test_any_words_are_compared_alike(browser: Talk, before: str, after: str) -> None:
    """So do texts put together at random."""
    assert browser.ask(before=before, after=after) == segments(before, after)


def compare(browser: Talk, old: dict[str, Record], new: dict[str, Record]) -> None:
    """Asserts that both halves say the same of two versions."""
    assert browser.ask(old=published(old), new=published(new)) == as_data(difference(old, new))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(versions())
def test_versions_are_compared_alike(browser: Talk, pair: tuple[dict[str, Record], dict[str, Record]]) -> None:
    """Versions changed at random give the same difference in both halves: what was renamed or moved, each line, each audience."""
    compare(browser, *pair)


def test_a_known_difference_is_told_alike(browser: Talk) -> None:
    """A difference with everything in it (renamed, moved, removed, both languages, rows, links) is the same in both."""
    start = PRD.index("  - id: REQ-TST-002")
    other = changed(PRD.split("goals:")[0], ("PRD-TST-001", "PRD-TST-002"), ("结算单页改造", "支付重试"))
    old = records(PRD, other, SPEC)
    renamed = changed(PRD[:start], ("id: REQ-TST-001", "id: REQ-TST-007"), ("amount payable with shipping", "total"))
    spec = changed(
        SPEC, ("SPEC-TST-001", "SPEC-TST-003"), ("[REQ-TST-002]", "[REQ-TST-007]"), ("打开收银台", "打开收银页")
    )
    new = records(renamed, f"{other}confidentiality: public\nrequirements:\n{PRD[start:]}", spec)
    told = browser.ask(old=published(old), new=published(new))
    assert [(each["id"], each["was"], each["sort"]) for each in told["documents"]] == [
        ("PRD-TST-001", None, "changed"),
        ("PRD-TST-002", None, "changed"),
        ("SPEC-TST-003", "SPEC-TST-001", "renamed"),
    ]
    compare(browser, old, new)
