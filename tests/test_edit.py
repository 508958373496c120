"""Edits of YAML: what is asked for is there, and every other byte is as it was."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pmdocs.edit import EditError, appended, changed
from pmdocs.source import read_bytes

ENTRY = {"person": "chen-yizhou", "role": "tech", "version": "1.3.0", "links": {"REQ-A-001": "1:0123456789ab"}}
BLOCK = """\
  - person: chen-yizhou
    role: tech
    version: "1.3.0"
    links:
      REQ-A-001: "1:0123456789ab"
"""
FLOW = '{person: chen-yizhou, role: tech, version: "1.3.0", links: {REQ-A-001: "1:0123456789ab"}}'
BEFORE = ("id", "status", "owner")

APPENDED: dict[str, tuple[str, str]] = {
    "a list of blocks": (
        "id: X\nreviewers:\n  - person: a  # 第一位\n    role: qa\n# 之后\nlast: 1\n",
        "id: X\nreviewers:\n  - person: a  # 第一位\n    role: qa\n" + BLOCK + "# 之后\nlast: 1\n",
    ),
    "a comment that belongs to the last entry": (
        "reviewers:\n  - person: a\n    # 还要再看一次\n\n# 别的\nlast: 1\n",
        "reviewers:\n  - person: a\n    # 还要再看一次\n" + BLOCK + "\n# 别的\nlast: 1\n",
    ),
    "dashes under the key": (
        "reviewers:\n- person: a\nlast: 1\n",
        "reviewers:\n- person: a\n" + BLOCK.replace("\n  ", "\n")[2:] + "last: 1\n",
    ),
    "wide dashes": (
        "reviewers:\n    -   person: a\n        role: qa\n",
        "reviewers:\n    -   person: a\n        role: qa\n"
        '    -   person: chen-yizhou\n        role: tech\n        version: "1.3.0"\n'
        '        links:\n          REQ-A-001: "1:0123456789ab"\n',
    ),
    "no newline at the end": ("reviewers:\n  - person: a", "reviewers:\n  - person: a\n" + BLOCK.rstrip("\n")),
    "an end mark": ("---\nreviewers:\n  - person: a\n...\n", "---\nreviewers:\n  - person: a\n" + BLOCK + "...\n"),
    "a block of text that keeps its end": (
        "reviewers:\n  - note: |+\n      a\n\n\nlast: 1\n",
        "reviewers:\n  - note: |+\n      a\n\n\n" + BLOCK + "last: 1\n",
    ),
    "an empty list": ("id: X\nreviewers: []  # 还没有\n", f"id: X\nreviewers: [{FLOW}]  # 还没有\n"),
    "a list in brackets": ("reviewers: [{person: a}]\n", f"reviewers: [{{person: a}}, {FLOW}]\n"),
    "a list in brackets on many lines": (
        "reviewers: [\n  {person: a},  # 第一位\n]\n",
        f"reviewers: [\n  {{person: a}}, {FLOW},  # 第一位\n]\n",
    ),
    "entries in braces": (
        "reviewers:\n  - {person: a, role: qa}\nlast: 1\n",
        "reviewers:\n  - {person: a, role: qa}\n" + BLOCK + "last: 1\n",
    ),
    "a key without a value": (
        "id: X\nreviewers:  # 待定\nlast: 1\n",
        "id: X\nreviewers:  # 待定\n" + BLOCK + "last: 1\n",
    ),
    "null": ("reviewers: ~  # 无\n", f"reviewers: [{FLOW}]  # 无\n"),
    "no key": (
        "id: X\nstatus: draft\n\n# 内容\nbody: b\nowner: o\n",
        "id: X\nstatus: draft\n\n# 内容\nbody: b\nowner: o\nreviewers:\n" + BLOCK,
    ),
    "no key before others": (
        "id: X\nstatus: draft\n\n# 内容\nbody: b\n",
        "id: X\nstatus: draft\nreviewers:\n" + BLOCK + "\n# 内容\nbody: b\n",
    ),
    "no key, and lists under their keys": (
        "tags:\n- a\nbody: b\n",
        "tags:\n- a\nbody: b\nreviewers:\n" + BLOCK.replace("\n  ", "\n")[2:],
    ),
    "no key that it stands behind": ("body: b\n# 结尾\n", "body: b\n# 结尾\nreviewers:\n" + BLOCK),
    "JSON": (
        '{"id": "X", "reviewers": []}\n',
        '{"id": "X", "reviewers": [{"person": "chen-yizhou", "role": "tech", "version": "1.3.0", '
        '"links": {"REQ-A-001": "1:0123456789ab"}}]}\n',
    ),
    "braces without the key": ("{id: X}\n", f"{{id: X, reviewers: [{FLOW}]}}\n"),
}


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("ended", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", APPENDED)
def test_an_entry_is_appended(name: str, ended: str, mark: str) -> None:
    """An entry stands behind the others in their style; what stood there stands there still, byte for byte."""
    before, after = ((mark + text.replace("\n", ended)).encode() for text in APPENDED[name])
    assert appended(before, ("reviewers",), ENTRY, after=BEFORE) == after
    assert read_bytes(after, file="").findings == ()


CHANGED: dict[str, tuple[str, dict[str, Any], str]] = {
    "scalars in their place": (
        "reviewers:\n  - person: a  # 谁\n    verdict: pending  # 还没看\n    role: qa\nlast: 1\n",
        {"verdict": "approved", "date": "2026-09-18"},
        "reviewers:\n  - person: a  # 谁\n    verdict: approved  # 还没看\n    role: qa\n    date: 2026-09-18\nlast: 1\n",
    ),
    "an entry in braces": (
        "reviewers:\n  - {person: a, verdict: pending}  # 还没看\n",
        {"verdict": "approved", "version": "1.10"},
        'reviewers:\n  - {person: a, verdict: approved, version: "1.10"}  # 还没看\n',
    ),
    "a mapping in its place": (
        "reviewers:\n  - links:\n      A-1: x\n      B-1: y\n    role: qa\n",
        {"links": {"C-1": "z"}},
        "reviewers:\n  - links:\n      C-1: z\n    role: qa\n",
    ),
    "an empty value": (
        "reviewers:\n  - date:\n    role: qa\n",
        {"date": "2026-09-18"},
        "reviewers:\n  - date: 2026-09-18\n    role: qa\n",
    ),
    "a mapping that becomes empty": (
        "reviewers:\n  - links:\n      A-1: x\n",
        {"links": {}},
        "reviewers:\n  - links:\n      {}\n",
    ),
    "a block of text": (
        "reviewers:\n  - note: |\n      a\n      b\n    role: qa\n",
        {"note": "c"},
        "reviewers:\n  - note: c\n    role: qa\n",
    ),
    "a list within": (
        "reviewers:\n  - person: a\n",
        {"comments": [{"text": "请写明。", "resolved": False}]},
        "reviewers:\n  - person: a\n    comments:\n      - text: 请写明。\n        resolved: false\n",
    ),
    "without a newline at the end": (
        "reviewers:\n  - person: a",
        {"role": "qa"},
        "reviewers:\n  - person: a\n    role: qa",
    ),
}


@pytest.mark.parametrize("ended", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", CHANGED)
def test_values_are_changed_in_their_place(name: str, ended: str) -> None:
    """Values of an entry change where they stand, new ones stand behind them; comments stay."""
    before, values, after = CHANGED[name]
    data = before.replace("\n", ended).encode()
    assert changed(data, ("reviewers", 0), values) == after.replace("\n", ended).encode()


@pytest.mark.parametrize(
    "text",
    [
        "defaults: &all [{person: a}]\nreviewers: *all\n",
        "reviewers: {person: a}\n",
        "reviewers: soon\n",
        "a: [\n",
        "- a\n",
        "",
    ],
    ids=["anchor", "mapping", "text", "broken", "list", "empty"],
)
def test_what_would_touch_something_else_is_refused(text: str) -> None:
    """A list that stands elsewhere too, what is no list, and what cannot be read are left alone, with words that say so."""
    with pytest.raises(EditError) as refused:
        appended(text.encode(), ("reviewers",), ENTRY)
    assert refused.value.words.zh
    assert refused.value.words.en
    with pytest.raises(EditError):
        changed(text.encode(), ("reviewers", 0), {"role": "qa"})


@pytest.mark.parametrize(
    "said",
    [
        "说得清楚。",
        "是 # 不是",
        "a: b",
        "- x",
        "yes",
        "~",
        "1.10",
        "2026-09-18",
        "“引号”",
        "两行\n文字",
        " 空格 ",
        "",
        "{x}",
        "100%",
    ],
)
def test_any_words_are_spelt_so_that_they_are_read_again(said: str) -> None:
    """Words that YAML could take for something else are put in quotation marks; an old reader agrees, too."""
    data = appended(b"reviewers: []\n", ("reviewers",), {"text": said})
    assert read_bytes(data, file="").value == {"reviewers": [{"text": said}]}
    data = appended(b"reviewers:\n", ("reviewers",), {"text": said})
    assert read_bytes(data, file="").value == {"reviewers": [{"text": said}]}
    if said != "2026-09-18":
        assert yaml.safe_load(data) == {"reviewers": [{"text": said}]}


def alike(first: bytes, second: bytes) -> int:
    """How many bytes two files have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=12)
VALUE = st.recursive(
    TEXT | st.integers(-9, 9) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["person", "note", "links"]), VALUE, min_size=1, max_size=3), max_size=3
)
DOCUMENT = st.fixed_dictionaries(
    {"id": TEXT}, optional={"status": VALUE, "body": VALUE, "reviewers": ROWS, "tail": VALUE}
)


@given(
    value=DOCUMENT,
    flow=st.sampled_from([True, False, None]),
    indent=st.sampled_from([2, 4]),
    ended=st.sampled_from(["\n", "\r\n"]),
    comment=st.sampled_from(["", "# 结尾\n", "\n\n  # 缩进的注释\n"]),
    final=st.booleans(),
    data=st.data(),
)
def test_all_but_the_entry_is_as_it_was(
    value: dict[str, Any], flow: bool | None, indent: int, ended: str, comment: str, final: bool, data: st.DataObject
) -> None:
    """Whatever the document and its style, an append adds one stretch, a change alters one entry, and the rest is the same."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, indent=indent, sort_keys=False) + comment
    before = (text if final else text.rstrip("\n")).replace("\n", ended).encode()
    if (source := read_bytes(before, file="")).value != value or source.findings:
        return
    after = appended(before, ("reviewers",), ENTRY, after=BEFORE)
    rows = value.get("reviewers", [])
    assert read_bytes(after, file="").value == {**value, "reviewers": [*rows, ENTRY]}
    assert alike(before, after) + alike(before[::-1], after[::-1]) >= len(before)
    if rows:
        place = data.draw(st.integers(0, len(rows) - 1))
        again = changed(before, ("reviewers", place), {"person": "b", "date": "2026-09-18"})
        expected = [row | {"person": "b", "date": "2026-09-18"} if at == place else row for at, row in enumerate(rows)]
        assert read_bytes(again, file="").value == {**value, "reviewers": expected}
        assert source.place is not None
        span, old, new = source.place.at(("reviewers", place)).span, before.split(b"\n"), again.split(b"\n")
        assert new[: span.line - 1] == old[: span.line - 1]
        rest = iter(line.rstrip(b"\r") for line in new[span.line - 1 :])
        assert all(line.rstrip(b"\r") in rest for line in old[span.end_line :])
