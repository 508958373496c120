"""Hand-written pages: their languages and front matter, and whether what they link to is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmdocs.handwritten import language_of, read_pages
from pmdocs.site import Site
from projects import CONFIG, document, make_project, place_of, places, read, site_of

PRD = "data/prd/PRD-TST-001.yaml"
REQUIREMENT = """\
requirements:
  - id: REQ-TST-001
    title: 显示总额
    statement: 结算服务应显示总额。
    priority: P3
    status: proposed
    acceptance_criteria: [{id: AC-1, given: 购物车合计 88.00 元, when: 打开结算页, then: 页面显示 88.00 元}]
"""
FILES = {
    PRD: document("PRD-TST-001", REQUIREMENT),
    "docs/guide/index.md": "# 指南\n\n## 开始 {#start}\n",
    "docs/guide/more.md": "# 更多\n\n<a name='named'></a><p id='raw'>x</p>\n",
    "docs/img/a.svg": "<svg/>",
}
ATTRIBUTES = CONFIG + "markdown_extensions: [attr_list, footnotes]\n"


def page(tmp_path: Path, text: str, *, name: str = "docs/index.md", config: str = ATTRIBUTES) -> Site:
    """Return a project with a page of this text beside others."""
    return site_of(tmp_path, {**FILES, name: text}, config=config)


WRONG = {
    "page": ("[x](nowhere.md)", "D7-T01 missing-page", 5),
    "page in a folder": ("[x](guide/nowhere.md#start)", "D7-T01 missing-page", 5),
    "folder": ("[x](nowhere/)", "D7-T01 missing-page", 5),
    "unknown document": ("[x](prd/PRD-TST-009.md)", "D7-T01 missing-page", 5),
    "anchor": ("[x](guide/index.md#strat)", "D7-T01 missing-anchor", 5),
    "anchor here": ("[x](#nowhere)", "D7-T01 missing-anchor", 5),
    "anchor of a document": ("[x](prd/PRD-TST-001.md#REQ-TST-009)", "D7-T01 missing-anchor", 5),
    "file": ("[x](img/none.pdf)", "D7-T01 missing-file", 5),
    "picture": ("![x](img/none.svg)", "D7-T01 missing-file", 6),
    "picture with other capitals": ("![x](img/A.svg)", "D7-T01 missing-file", 6),
    "picture in HTML": ('<img src="img/none.svg">', "D7-T01 missing-file", 11),
    "outside": ("[x](../../secret.md)", "D7-T01 path-outside", 5),
    "misspelt id": ("见 REQ-TST-01 和 REQ-TST-002", "D7-T01 misspelt-id", 16),
    "unknown id": ("见 MAN-TST-001", "D7-T01 unknown-id", 3),
    "reference style": ("[x][y]\n\n[y]: nowhere.md", "D7-T01 missing-page", 6),
}


@pytest.mark.parametrize(("text", "word", "column"), WRONG.values(), ids=WRONG.keys())
def test_what_leads_nowhere_is_found_at_its_place(tmp_path: Path, text: str, word: str, column: int) -> None:
    """A finding stands where the address or id is written, also below front matter."""
    site = page(tmp_path, f"---\ntitle: 首页\n---\n# 首页\n\n{text}\n")
    (finding,) = site.findings
    found, file, line, start = place_of(finding)
    assert (found, file, start) == (word, "docs/index.md", column)
    assert line == 8 if text.startswith("[x][y]") else line == 6


FINE = [
    "[页](guide/index.md) [节](guide/index.md#start) [本页](#here) [名](guide/more.md#named) [原样](guide/more.md#raw)",
    "[文档](prd/PRD-TST-001.md) [条目](prd/PRD-TST-001.md#REQ-TST-001) [节](prd/PRD-TST-001.md#requirements)",
    "[术语](glossary/index.md) [文档](documents/index.md) [规则](reference/rules/D7-S01.md) [类型](prd/index.md)",
    "[产品](products/trendpick.md) ![图](img/a.svg) [文件](img/a.svg) ![图](../data/prd/img/b.svg)",
    "<https://example.com/nowhere.md> [外部](https://example.com/a.md#b) [信](mailto:a@example.com) [根](/anything/)",
    "REQ-TST-001、PRD-TST-001、ISO-9001、SHA-256、`REQ-NIX-001`、https://example.com/REQ-NIX-001",
    "```\nREQ-NIX-001 [x](nowhere.md)\n```",
    "    REQ-NIX-001",
    "<!-- REQ-NIX-001 [x](nowhere.md) -->",
    "[空]() 和脚注[^1]\n\n[^1]: 说明",
    "[查询](guide/index.md?x=1#start) [空格](<guide/index.md>)",
]


@pytest.mark.parametrize("text", FINE)
def test_what_is_there_is_silent(tmp_path: Path, text: str) -> None:
    """Pages, generated pages, anchors, pictures, foreign addresses, code and comments have no findings."""
    make_project(tmp_path, {"data/prd/img/b.svg": "<svg/>"})
    site = page(tmp_path, f"# 首页 {{#here}}\n\n{text}\n")
    outside = [place for place in places(site) if "path-outside" not in place[0]]
    assert outside == []


def test_a_missing_anchor_names_those_there_are(tmp_path: Path) -> None:
    """The nearest anchor is named, or all of them."""
    near, far = (page(tmp_path, f"[x](guide/index.md#{anchor})\n").findings[0] for anchor in ("strat", "elsewhere"))
    assert near.message("zh") == "页面 guide/index.md 里没有 #strat"
    assert near.hint("zh") == "可用的锚点：start"
    assert far.hint("en") == "Anchors there are: _1, start"


def test_the_english_of_a_page_has_anchors_of_its_own(tmp_path: Path) -> None:
    """`guide.en.md` is the English of `guide.md`: links from English pages mean its anchors."""
    files = {
        **FILES,
        "docs/guide/index.en.md": "# Guide\n\n## Begin {#begin}\n",
        "docs/index.md": "[x](guide/index.md#start) [y](guide/index.md#begin)\n",
        "docs/index.en.md": "[x](guide/index.md#start) [y](guide/index.md#begin)\n",
    }
    assert places(site_of(tmp_path, files, config=ATTRIBUTES)) == [
        ("D7-T01 missing-anchor", "docs/index.en.md", 1, 5),
        ("D7-T01 missing-anchor", "docs/index.md", 1, 31),
    ]


def test_a_page_that_this_site_withholds_is_told(tmp_path: Path) -> None:
    """A public site has no internal documents: a link to one is a finding, its bare id is not."""
    config = "plugins:\n  - pmdocs:\n      publish: {confidentiality: [public]}\n"
    site = page(tmp_path, "[x](prd/PRD-TST-001.md) REQ-TST-001\n", config=config)
    assert places(site) == [("D7-T01 withheld-page", "docs/index.md", 1, 5)]
    assert site.findings[0].message("zh") == "这个站点不发布 prd/PRD-TST-001.md"
    assert page(tmp_path, "[x](prd/PRD-TST-001.md) REQ-TST-001\n").findings == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("guide.md", ("guide.md", None)),
        ("a/guide.en.md", ("a/guide.md", "en")),
        ("guide.zh.md", ("guide.md", "zh")),
        ("guide.fr.md", ("guide.fr.md", None)),
        ("en.md", ("en.md", None)),
    ],
)
def test_a_suffix_tells_the_language(name: str, expected: tuple[str, str | None]) -> None:
    """Only the languages that pmdocs speaks are suffixes."""
    assert language_of(name) == expected


def test_pages_are_read_with_their_front_matter(tmp_path: Path) -> None:
    """Front matter is read where it can be; hidden pages and other files are no pages."""
    files = {
        "docs/a.md": "---\ntitle: 甲\n---\n# 标题\n",
        "docs/b.md": "---\ntitle: [\n---\n# 标题\n",
        "docs/c.md": "--- 不是开头\n",
        "docs/.hidden/d.md": "x",
        "docs/e.txt": "x",
    }
    site = site_of(tmp_path, files)
    assert [(each.uri, dict(each.meta)) for each in site.pages] == [
        ("a.md", {"title": "甲"}),
        ("b.md", {}),
        ("c.md", {}),
    ]
    assert "<h1" in site.pages[0].html
    assert "title" not in site.pages[0].html


def test_a_page_in_another_encoding_is_no_traceback(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are told as such, and read as far as they can be."""
    root = make_project(tmp_path, FILES)
    (root / "docs/index.md").write_bytes("# 首页 [x](nowhere.md)\n".encode("gb18030"))
    assert [place[0] for place in places(read(root))] == ["D7-S01 encoding-gb18030", "D7-T01 missing-page"]
    assert [each.uri for each in read_pages(read(root).project)[0]] == ["guide/index.md", "guide/more.md", "index.md"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\nconfidentiality: confidential\n---\n# 甲\n"),
        ("a.markdown", "---\nconfidentiality: confidential\n---\n# 甲\n"),
        ("a.md", "title: 甲\nconfidentiality: confidential\n\n# 甲\n"),
    ],
)
def test_a_confidential_page_is_for_nobody_else(tmp_path: Path, name: str, text: str) -> None:
    """However MkDocs would read its metadata, a page that names a confidentiality keeps it."""
    root = make_project(tmp_path, {f"docs/{name}": text})
    page = next(page for page in read(root).pages if page.file == f"docs/{name}")
    assert not page.is_for(frozenset({"public", "internal"}))


@pytest.mark.parametrize(
    ("text", "word", "line"),
    [
        ("---\ntitle: a: b\nconfidentiality: confidential\n---\n# 甲\n", "D7-S01 colon-in-value", 2),
        ("---\ntitle：甲\nowner: 林晓\n---\n# 甲\n", "D7-S01 fullwidth-colon", 2),
    ],
)
def test_front_matter_is_read_as_any_yaml(tmp_path: Path, text: str, word: str, line: int) -> None:
    """A mistake in front matter is told at its line of the page, and an impossible day is no traceback."""
    site = read(make_project(tmp_path, {"docs/a.md": text, "docs/b.md": "---\ndate: 2026-02-30\n---\n# 乙\n"}))
    assert [(place[0], place[1], place[2]) for place in places(site)] == [(word, "docs/a.md", line)]


def test_a_page_in_one_language_is_missing_in_the_others(tmp_path: Path) -> None:
    """A page shown in all languages may only link to what is there in all of them."""
    files = {"docs/index.md": "# 甲\n\n[乙](only.md)\n", "docs/only.en.md": "# B\n"}
    assert [place[0] for place in places(read(make_project(tmp_path, files)))] == ["D7-T01 missing-page"]


def test_a_page_does_not_hide_a_generated_one(tmp_path: Path) -> None:
    """A hand-written page at the address of a generated one is told: only one of them could be shown."""
    site = read(make_project(tmp_path, {"docs/index.md": "# 甲\n", "docs/glossary.md": "# 词\n"}))
    assert [place[:3] for place in places(site)] == [("D7-S05 duplicate-id", "docs/glossary.md", 1)]


def test_the_title_of_a_block_of_code_is_code(tmp_path: Path) -> None:
    """A file named after an id that nothing has, above a block of code, is no reference."""
    config = CONFIG + "markdown_extensions: [pymdownx.superfences, pymdownx.highlight]\n"
    text = '# 首页\n\n```yaml title="data/prd/PRD-TST-009.yaml"\nid: PRD-TST-009\n```\n'
    assert places(page(tmp_path, text, config=config)) == []
