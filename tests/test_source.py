"""The YAML reader: values, places, and a finding of its own for every trap."""

from __future__ import annotations

import json
import math
import os
import re
import string
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdocs.diagnostics import Span
from pmdocs.rules.reading import YAML_READS
from pmdocs.source import Place, Source, read_bytes, read_file, read_text
from pmdocs.source.compose import DEEPEST
from pmdocs.source.resolve import resolve

FIXTURES = Path(__file__).parent / "fixtures" / "source"
MARK = re.compile(r"  # error: D7-S01 (\S+)")
Found = list[tuple[str, tuple[int, int, int, int]]]


def read(text: str) -> Source:
    return read_text(text, file="a.yaml")


def found(source: Source) -> Found:
    """Return reason and span of each finding, and see that its sentences can be told."""
    told: Found = []
    for finding in source.findings:
        assert finding.rule is YAML_READS
        for language in ("zh", "en"):
            assert finding.message(language), finding
            assert finding.hint(language), finding
        span = finding.location.span
        told.append((finding.reason.word, (span.line, span.column, span.end_line, span.end_column)))
    return told


def words(source: Source) -> list[str]:
    return [word for word, _ in found(source)]


def leaves(value: object, place: Place) -> Iterator[tuple[object, Place]]:
    """Yield each scalar with its place, and see that the two trees are parallel."""
    if isinstance(value, dict):
        assert isinstance(place.children, dict)
        assert value.keys() == place.children.keys()
        for key in value:
            yield from leaves(value[key], place.children[key])
    elif isinstance(value, list):
        assert isinstance(place.children, list)
        for item, child in zip(value, place.children, strict=True):
            yield from leaves(item, child)
    else:
        yield value, place


def text_at(text: str, span: Span) -> str:
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


# Traps -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_marked_line_has_its_finding_and_no_other_line_has_one(path: Path) -> None:
    """All defects of a file are found in one run, each once, and nothing else is."""
    source = read_file(path, root=FIXTURES)
    marked = [
        (number, match[1])
        for number, line in enumerate(source.text.split("\n"), start=1)
        for match in MARK.finditer(line)
    ]
    assert [(span[0], word) for word, span in found(source)] == marked


TRAPS: dict[str, tuple[str, Found]] = {
    "duplicate key": ("a: 1\nb: 2\na: 3", [("duplicate-key", (3, 1, 3, 2))]),
    "duplicate key in braces": ("x: {a: 1, 'a': 2}", [("duplicate-key", (1, 11, 1, 14))]),
    "full-width colon, whole file": (
        "标题：需求\n内容：结算",
        [("fullwidth-colon", (1, 3, 1, 4)), ("fullwidth-colon", (2, 3, 2, 4))],
    ),
    "full-width colon, first line": ("标题：需求\nid: 1", [("fullwidth-colon", (1, 3, 1, 4))]),
    "full-width colon, last line": ("id: 1\n标题：需求", [("fullwidth-colon", (2, 3, 2, 4))]),
    "full-width colon before a list": ("goals：\n  - id: G-1", [("fullwidth-colon", (1, 6, 1, 7))]),
    "full-width colon in a list": ("l:\n  - id：X\n    t: y", [("fullwidth-colon", (2, 7, 2, 8))]),
    "full-width colon in a lone item": ("l:\n  - id：X", [("fullwidth-colon", (2, 7, 2, 8))]),
    "full-width quotes around a key": ("“标题”: 需求", [("fullwidth-quote", (1, 1, 1, 5))]),
    "full-width quotes around a value": ("a: “b: c”", [("fullwidth-quote", (1, 4, 1, 5))]),
    "full-width space as indentation": ("a:\n　　b: 1", [("fullwidth-space", (2, 1, 2, 3))]),
    "no-break space as indentation": ("a:\n\u00a0b: 1", [("fullwidth-space", (2, 1, 2, 2))]),
    "full-width space after a colon": ("a:　b\nc: d", [("fullwidth-space", (1, 3, 1, 4))]),
    "missing space": ("title:标题\nb: 1", [("missing-space", (1, 6, 1, 7))]),
    "missing space after a dash": (
        "a:\n  -b\n  -c",
        [("missing-space", (2, 3, 2, 4)), ("missing-space", (3, 3, 3, 4))],
    ),
    "missing colon": ("a: 1\nb 2\nc: 3", [("missing-colon", (2, 1, 2, 4))]),
    "tab": ("a:\n\tb: 1", [("tab-indentation", (2, 1, 2, 2))]),
    "tab behind a blank": ("a:\n  \tb: 1", [("tab-indentation", (2, 3, 2, 4))]),
    "tab in a block text": ("a: |\n\tb", [("tab-indentation", (2, 1, 2, 2))]),
    "directive": ("%YAML 1.1\n---\na: 1", [("special-start", (1, 1, 1, 2))]),
    "percent at the start of a line": ("%a: 1\nb: 2", [("special-start", (1, 1, 1, 2))]),
    "special character before a key": ("a: 1\n@b: 2\nc: 3", [("special-start", (2, 1, 2, 2))]),
    "braces of a placeholder": ("a: {{名称}}", [("special-start", (1, 4, 1, 5))]),
    "colon in a value": ("a: b: c", [("colon-in-value", (1, 5, 1, 6))]),
    "colon in a continued value": ("a: 我们\n  结果: 好", [("colon-in-value", (2, 5, 2, 6))]),
    "quote open to the end": ('a: "b\nc: d', [("unclosed-quote", (1, 4, 1, 5))]),
    "quote closed lines below": ('a: "b\nc: "d"\ne: 1', [("unclosed-quote", (1, 4, 1, 5))]),
    "single quote open": ("a: 1\nb: 'c\n", [("unclosed-quote", (2, 4, 2, 5))]),
    "escape": ('a: "C:\\path"', [("bad-escape", (1, 7, 1, 9))]),
    "apostrophe": ("a: 'it's'", [("text-after-quote", (1, 8, 1, 10))]),
    "bracket open": ("a: [b, c\nd: e", [("unclosed-bracket", (1, 4, 1, 5))]),
    "bracket open to the end": ("a: [b, c", [("unclosed-bracket", (1, 4, 1, 5))]),
    "inner bracket open": ("a: [b, [c\nd: e", [("unclosed-bracket", (1, 8, 1, 9))]),
    "no comma between entries": ("a: {b: 1 c: 2}", [("missing-comma", (1, 11, 1, 12))]),
    "full-width comma between entries": ("a: {b: 1，c: 2}", [("fullwidth-comma", (1, 9, 1, 10))]),
    "comma that cuts a text": ("a: {b: 共 2,000 人, c: 1}", [("comma-in-text", (1, 12, 1, 17))]),
    "special character between brackets": ("a: [b, @c]", [("special-start", (1, 8, 1, 9))]),
    "brace open": ("a: {b: c\nd: e", [("unclosed-bracket", (1, 4, 1, 5))]),
    "wrong bracket": ("a: [b}", [("unclosed-bracket", (1, 4, 1, 5))]),
    "too deep": ("a:\n  b: 1\n   c: 2", [("bad-indentation", (3, 4, 3, 5))]),
    "not deep enough": ("a:\n  b: 1\n c: 2", [("bad-indentation", (3, 2, 3, 3))]),
    "lost text before a further line": ("a: 一 # 二\n  三", [("lost-comment", (1, 6, 1, 9))]),
    "two documents": ("a: 1\n---\nb: 2", [("several-documents", (2, 1, 2, 4))]),
    "empty second document": ("---\na: 1\n---\n", [("several-documents", (3, 1, 3, 4))]),
    "tag of Python": ("a: !!python/object:os.system {}", [("tag", (1, 4, 1, 29))]),
    "tag behind an anchor": ("a: &x !foo b", [("tag", (1, 7, 1, 11))]),
    "undefined alias": ("a: *b", [("undefined-alias", (1, 4, 1, 6))]),
    "cycle": ("a: &a [*a]", [("alias-bound", (1, 8, 1, 10))]),
    "merge of a text": ("a: {<<: b}", [("merge-value", (1, 9, 1, 10))]),
    "number as key": ("1.2: a", [("non-text-key", (1, 1, 1, 4))]),
    "truth value as key": ("a: {true: b}", [("non-text-key", (1, 5, 1, 9))]),
    "nothing as key": ("a: 1\n: b", [("non-text-key", (2, 1, 2, 2))]),
    "list as key": ("? [a]\n: b", [("non-text-key", (1, 3, 1, 6))]),
    "control character": ("a: b\n\x07c", [("control-character", (2, 1, 2, 2))]),
    "byte-order mark inside": ("a: b\ufeff", [("control-character", (1, 5, 1, 6))]),
    "lone surrogate": ("a: \ud800", [("control-character", (1, 4, 1, 5))]),
    "line separator": (
        "a: x\u2028b: y",
        [("line-separator", (1, 5, 1, 6)), ("colon-in-value", (1, 7, 1, 8))],
    ),
    "line separator in quotes": ('a: "x\u2029"', [("line-separator", (1, 6, 1, 7))]),
    "next line": ("a: x\u0085", [("line-separator", (1, 5, 1, 6))]),
    "empty": ("", [("empty-file", (1, 1, 1, 1))]),
    "only comments": ("# nothing\n\n", [("empty-file", (1, 1, 1, 1))]),
    "only a divider": ("---\n", [("empty-file", (1, 1, 1, 1))]),
    "emoji and Chinese before the place": ("😀中: @b", [("special-start", (1, 5, 1, 6))]),
}


@pytest.mark.parametrize(("text", "expected"), TRAPS.values(), ids=TRAPS.keys())
def test_each_trap_has_its_place(text: str, expected: Found) -> None:
    """A trap is met with its own word at its exact line and column."""
    assert found(read(text)) == expected


@pytest.mark.parametrize("start", [*"`@%*&!|>{}[],", "? ", "- "])
def test_a_special_character_is_named_and_its_cure_shown(start: str) -> None:
    """The message names the character, the hint shows the whole value in quotation marks."""
    source = read(f"a: 1\nb: {start}，说明\n" if start != "&" else "a: 1\nb: & 说明\n")
    assert found(source) == [("special-start", (2, 4, 2, 5))] or words(source) == ["unclosed-bracket"]
    finding = source.findings[0]
    assert start[0] in finding.message("zh")
    if words(source) == ["special-start"]:
        assert f'"{finding.facts["text"]}"' in finding.hint("zh")


def test_the_cure_of_a_full_width_colon_is_the_line_as_meant() -> None:
    """The hint repeats the writer's own line, cured."""
    (finding,) = read("title：结算单页\nid: 1").findings
    assert "title: 结算单页" in finding.hint("zh")
    assert "title" in finding.message("en")


def test_a_text_cut_by_a_comma_is_shown_whole_in_its_cure() -> None:
    """`共 2,000 人` between braces is the value `共 2` and a key `000 人`; a key with a colon and nothing behind it is no trap."""
    (finding,) = read_text("a: {b: 共 2,000 人, c: 1}", file="x.yaml").findings
    assert finding.facts["quoted"] == '"共 2,000 人"'
    assert not read_text("a: {b: 共 2 人, c: , d: 1}", file="x.yaml").findings


def test_a_duplicate_names_the_line_of_the_first_and_the_first_stays() -> None:
    """Of two equal keys the first one's value is kept, and the finding stands at the second."""
    source = read("a: 1\nb: 2\na: 3")
    assert source.value == {"a": 1, "b": 2}
    assert "第 1 行" in source.findings[0].message("zh")


def test_defects_in_different_parts_are_all_found() -> None:
    """After a syntax error the rest of the file is still read."""
    text = 'a: "b\nc: [d\ne:\n\tf: 1\ng: @h\ni: 1\ni: 2\nj: k: l\n'
    assert words(read(text)) == [
        "unclosed-quote",
        "unclosed-bracket",
        "tab-indentation",
        "special-start",
        "duplicate-key",
        "colon-in-value",
    ]


# Values ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *((word, word) for word in ("yes", "no", "on", "off", "Yes", "y", "nULL", "tRUE")),
        *((word, word) for word in ("12:30", "2026-01-05", "2026-02-30", "1_000", "1.2.3", "0b1", "-", ".", "+")),
        ("0123", 123),
        ("-7", -7),
        ("+7", 7),
        ("0o17", 15),
        ("0xFF", 255),
        ("1.10", 1.1),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-.inf", -math.inf),
        ("+.INF", math.inf),
        ("1e999", math.inf),
        ("9" * 5000, "9" * 5000),
        ("0x" + "f" * 5000, "0x" + "f" * 5000),
        ("١٢", "١٢"),
    ],
)
def test_plain_scalars_follow_the_core_schema(text: str, value: object) -> None:
    """A plain scalar is what YAML 1.2 makes of it, and no row of digits raises."""
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


def test_not_a_number_is_read() -> None:
    """`.nan` is a float that equals nothing."""
    assert math.isnan(cast("float", resolve(".nan")))


def test_quoted_scalars_and_tagged_scalars_stay_text() -> None:
    """Quotation marks keep a number a text."""
    assert read("a: '1.10'\nb: \"true\"\nc: 'null'").value == {"a": "1.10", "b": "true", "c": "null"}


def test_byte_order_mark_and_foreign_line_ends_are_fine() -> None:
    """BOM, CRLF and CR leave no trace in text, value or places."""
    source = read_bytes(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\rc: z", file="a.yaml")
    assert found(source) == []
    assert source.text == "a: 1\nb: |\n  x\n  y\nc: z"
    assert source.value == {"a": 1, "b": "x\ny\n", "c": "z"}


def test_aliases_and_merge_keys_work_within_bounds() -> None:
    """Explicit keys win over merged ones, and the mapping named first over the next."""
    source = read("a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  y: 3\nd: *a\n")
    assert found(source) == []
    assert source.value == {
        "a": {"x": 1, "y": 1},
        "b": {"x": 2, "z": 2},
        "c": {"y": 3, "x": 1, "z": 2},
        "d": {"x": 1, "y": 1},
    }
    assert source.place is not None
    assert source.place.at(["d"]).span == Span(6, 4, 6, 6)
    assert source.place.at(["c", "z"]).span == Span(2, 17, 2, 18)


def test_too_many_aliases_are_told_once() -> None:
    """The 101st alias is a finding, the following ones are not."""
    source = read("a: &a x\nb:\n" + "  - *a\n" * 150)
    assert found(source) == [("alias-bound", (103, 5, 103, 7))]


def test_an_alias_bomb_is_refused() -> None:
    """Values that expand beyond the bound are refused before they are built."""
    rows = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
    assert words(read("a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "\n".join(rows))) == ["alias-bound"]


def test_a_merge_bomb_is_refused() -> None:
    """Merge keys that bring in too many entries are refused."""
    wide = ", ".join(f"k{i}: 1" for i in range(1000))
    rows = "\n".join(f"b{i}: {{<<: *a}}" for i in range(20))
    assert words(read(f"a: &a {{{wide}}}\n{rows}"))[:1] == ["merge-bound"]


def test_nesting_is_bounded() -> None:
    """Forty levels are read, forty-one are a finding at the opening bracket."""
    assert found(read("[" * DEEPEST + "]" * DEEPEST)) == []
    assert found(read("[" * 41 + "]" * 41)) == [("nesting-depth", (1, 41, 1, 42))]


# Places ----------------------------------------------------------------------------------------------------


def test_places_know_keys_values_and_spellings() -> None:
    """Each value has its span, its key's span, and its original spelling."""
    source = read("名称: 结算\nrows:\n  - version: 1.10\n    quoted: '1.10'\n")
    assert source.place is not None
    place = source.place.at(["rows", 0, "version"])
    assert (place.span, place.key) == (Span(3, 14, 3, 18), Span(3, 5, 3, 12))
    assert (place.plain, place.raw) == (True, "1.10")
    assert not source.place.at(["rows", 0, "quoted"]).plain
    assert source.place.at(["名称"]).span == Span(1, 5, 1, 7)
    assert source.place.at(["rows"]).span == Span(3, 3, 4, 19)
    assert source.place.at(["rows", 5, "x"]) is source.place.at(["rows"])
    assert source.place.key_at(["rows", 0]) == Span(3, 5, 4, 19)
    assert source.place.key_at(["rows", 0, "version"]) == Span(3, 5, 3, 12)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a: 优先级 P0 # 备注", "# 备注"),
        ("a: #1 需求", "#1 需求"),
        ("a: 一\n  二 # 三", "# 三"),
        ("a: 一  # 备注", None),
        ("a: 一#二", None),
        ("a: '一' # 备注", None),
    ],
)
def test_text_lost_to_a_comment_is_seen(text: str, lost: str | None) -> None:
    """One blank and `#` behind a plain scalar is lost text; two blanks are a deliberate comment."""
    source = read(text)
    assert source.place is not None
    comment = source.place.at(["a"]).comment
    assert (comment and text_at(source.text, comment)) == lost


@pytest.mark.parametrize("head", ["|", "|-", "|+", "|2", "|  # 说明"])
def test_lines_of_a_literal_block_have_places(head: str) -> None:
    """Line n of a literal block's text stands exactly where `line_of` says."""
    source = read(f"a:\n  b: {head}\n    第一行\n\n      缩进\n    末行\n\n# 注\nc: 1\n")
    assert found(source) == []
    assert source.place is not None
    assert isinstance(source.value, dict)
    place, value = source.place.at(["a", "b"]), source.value["a"]["b"]
    assert place.block
    for number, line in enumerate(value.rstrip("\n").split("\n")):
        assert text_at(source.text, place.line_of(number)) == line
    assert place.line_of(99) == place.span
    assert place.span.end_line == 6


def test_other_scalars_have_one_place() -> None:
    """A folded or quoted text gives the span of the whole value for each of its lines."""
    source = read("a: >\n  一\n  二\nb: '三\n\n  四'\n")
    assert source.place is not None
    for key in ("a", "b"):
        place = source.place.at([key])
        assert place.line_of(1) == place.span


def test_the_place_of_an_anchored_scalar_is_the_scalar() -> None:
    """An anchor is no part of the value's spelling."""
    source = read("a: &x\n  1.10\nb: &y 2\n")
    assert source.place is not None
    assert source.place.at(["a"]).span == Span(2, 3, 2, 7)
    assert source.place.at(["b"]).raw == "2"


# Files and encodings ---------------------------------------------------------------------------------------


CHINESE = "id: PRD-CHK-001\ntitle: 结算单页改造\nsummary: 把两页合成一页\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (CHINESE.encode("gb18030"), ("encoding-gb18030", (2, 8, 2, 9))),
        (CHINESE.encode("utf-16"), ("encoding-utf16", (1, 1, 1, 1))),
        (CHINESE.encode("utf-16-le"), ("encoding-utf16", (1, 1, 1, 1))),
        (CHINESE.encode("utf-16-be"), ("encoding-utf16", (1, 1, 1, 1))),
        ("id: 1\ntitle: café\n".encode("latin-1"), ("encoding", (2, 11, 2, 12))),
        (CHINESE.encode()[:-2], ("encoding", (3, 16, 3, 17))),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", ("encoding", (1, 1, 1, 2))),
    ],
)
def test_a_wrong_encoding_is_named(data: bytes, expected: tuple[str, tuple[int, int, int, int]]) -> None:
    """GB18030 and UTF-16 are named as such, other bytes at the first that is no UTF-8."""
    source = read_bytes(data, file="a.yaml")
    assert found(source) == [expected]
    assert source.value is None


def test_traps_are_found_behind_a_wrong_encoding_too() -> None:
    """A file in GB18030 is read on as what it is, so that one run tells everything."""
    source = read_bytes("标题：需求单\n内容: @某人\n".encode("gb18030"), file="a.yaml")
    assert sorted(words(source)) == ["encoding-gb18030", "fullwidth-colon", "special-start"]
    assert source.value is None


def test_files_are_named_relative_to_the_root(tmp_path: Path) -> None:
    """A finding's file is relative to the project and written with `/`."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    source = read_file(tmp_path / "data" / "a.yaml", root=tmp_path)
    assert source.file == source.findings[0].location.file == "data/a.yaml"


def test_files_that_cannot_be_read_are_findings(tmp_path: Path) -> None:
    """Missing files, folders, pipes, foreign links, circles, strange names and large files raise nothing."""
    root = tmp_path / "project"
    root.mkdir()
    outside = tmp_path / "outside.yaml"
    outside.write_text("a: 1\n", encoding="utf-8")
    (root / "link.yaml").symlink_to(outside)
    (root / "inside.yaml").symlink_to(root / "real.yaml")
    (root / "real.yaml").write_text("a: 1\n", encoding="utf-8")
    (root / "circle.yaml").symlink_to(root / "circle.yaml")
    (root / "large.yaml").write_bytes(b"#" * (5 * 1024 * 1024 + 1))
    os.mkfifo(root / "pipe.yaml")
    expected = {
        "link.yaml": ["symlink-outside"],
        "inside.yaml": [],
        "missing.yaml": ["unreadable"],
        "circle.yaml": ["unreadable"],
        "pipe.yaml": ["unreadable"],
        ".": ["unreadable"],
        "large.yaml": ["too-large"],
        "../outside.yaml": ["path-outside"],
        "nul\0.yaml": ["unreadable"],
    }
    assert {name: words(read_file(root / name, root=root)) for name in expected} == expected


def test_a_large_text_is_refused_unread() -> None:
    """Bytes and texts over the bound are refused as files are."""
    assert words(read_bytes(b"#" * 5_300_000, file="a.yaml")) == ["too-large"]
    assert words(read("#" * 5_300_000)) == ["too-large"]


# Whatever comes --------------------------------------------------------------------------------------------


BOMBS = {
    "brackets": "[" * 5_000_000,
    "dashes": "- " * 100_000,
    "braces": "{a: " * 100_000,
    "question marks": "? " * 100_000,
    "directives": "%TAG !a! x\n" * 100_000,
    "tabs": "a:\n" + "\tb: 1\n" * 100_000,
    "colons": "a: b: c\n" * 100_000,
    "full-width colons": "a: 1\n" + "b：1\n" * 100_000,
    "quotes": 'a: "b\n' * 100_000,
    "blanks": "a:" + " " * 1_000_000 + ": b",
    "digits": "a: " + "9" * 1_000_000,
    "tags in a line": "[" + "!a x, " * 50_000 + "]",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_hostile_texts_take_bounded_time(text: str) -> None:
    """No text crashes the interpreter or holds the reader up."""
    start = time.process_time()
    source = read(text)
    assert time.process_time() - start < 20
    assert source.findings or source.value is not None


def sound(source: Source) -> None:
    """A source has a value or a finding, parallel trees, and spans within its text."""
    assert source.findings or source.value is not None
    found(source)
    assert (source.place is None) == (source.value is None)
    if source.place is not None:
        for _, place in leaves(source.value, source.place):
            if place.plain:
                assert text_at(source.text, place.span) == place.raw


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    """Any bytes give a source."""
    source = read_bytes(data, file="a.yaml")
    assert source.findings or source.value is not None
    found(source)


SYNTAX = st.sampled_from(" \n\t:：-[]{}#&*!|>'\"%@`?,，“”　\u00a0\u2028\\abc结算01.~<")
YAMLISH = st.text(st.one_of(SYNTAX, st.characters()), max_size=200)


@given(YAMLISH)
@settings(max_examples=400)
def test_no_text_raises(text: str) -> None:
    """Any text gives a source."""
    source = read(text)
    assert source.findings or source.value is not None
    found(source)


CLEAN = (FIXTURES / "clean.yaml").read_text(encoding="utf-8")


@given(st.integers(0, len(CLEAN)), st.integers(0, 12), YAMLISH.map(lambda text: text[:8]))
@settings(max_examples=200, deadline=None)
def test_no_change_of_a_good_document_raises(start: int, length: int, insertion: str) -> None:
    """A good document with any stretch of it replaced gives a source."""
    source = read(CLEAN[:start] + insertion + CLEAN[start + length :])
    assert source.findings or source.value is not None
    found(source)


def plain_text(text: str) -> bool:
    """Whether YAML 1.1, in which the test writes, and 1.2 agree on a text, and nobody takes it for a key."""
    number = re.fullmatch(r"0o[0-7]+|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?", text)
    return number is None and re.match(r"[\w\-]+ *[:：]|-", text) is None


CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u0085\u2028\u2029\ufeff\ufffe\uffff")
TEXTS = st.text(CHARACTERS, max_size=30).filter(plain_text).filter(lambda text: len(text.encode()) < 60)
KEYS = st.text(string.ascii_lowercase + "_结算", min_size=1, max_size=8).filter(plain_text)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), FLOATS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, DATA, min_size=1, max_size=4)


@given(DOCUMENTS)
@settings(deadline=None)
def test_what_yaml_writes_is_read_back(data: dict[str, object]) -> None:
    """Plain data written by another YAML library is read back equal, each value at its place."""
    source = read(yaml.safe_dump(data, allow_unicode=True, width=1000))
    assert found(source) == []
    assert source.value == data
    sound(source)


@given(DOCUMENTS)
@settings(deadline=None)
def test_what_json_writes_is_read_back(data: dict[str, object]) -> None:
    """JSON is YAML: it is read back equal."""
    source = read(json.dumps(data, ensure_ascii=False))
    assert found(source) == []
    assert source.value == data


# The rule --------------------------------------------------------------------------------------------------


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_reasons_are_told_apart_and_bilingual() -> None:
    """Words are unique, and both languages of a reason ask for the same facts."""
    names = [reason.word for reason in YAML_READS.reasons]
    assert len(names) == len(set(names))
    for reason in YAML_READS.reasons:
        for told in (reason.message, reason.hint):
            fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (told.zh, told.en)]
            assert fields[0] == fields[1], reason.word


def test_the_example_breaks_and_its_cure_keeps_the_rule() -> None:
    """The bad example of the manual has findings, the good one none."""
    assert words(read(YAML_READS.bad)) == ["fullwidth-colon", "colon-in-value"]
    assert found(read(YAML_READS.good)) == []


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_an_empty_file_is_only_empty(data: bytes) -> None:
    """A file without a byte has no encoding to be wrong about."""
    assert [finding.reason.word for finding in read_bytes(data, file="a.yaml").findings] == ["empty-file"]
