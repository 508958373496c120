"""Checks over whole projects: ids, references, tables and state machines; every marked line of the fixtures has its finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import (
    CONFIG,
    SHARED,
    document,
    found_as_marks,
    make_project,
    marks,
    place_of,
    places,
    read,
    site_of,
    words,
)

PROJECTS = Path(__file__).parent / "fixtures" / "projects"
PRD, SPEC = "data/prd/PRD-TST-001.yaml", "data/feature_spec/SPEC-TST-001.yaml"


@pytest.mark.parametrize("name", sorted(path.name for path in PROJECTS.iterdir()))
def test_every_marked_line_has_its_finding_and_no_other_line_has_one(name: str) -> None:
    """All defects of all files are found in one run, each once and as grave as marked, and nothing else is."""
    assert found_as_marks(read(PROJECTS / name)) == marks(PROJECTS / name)


def test_findings_are_sorted_and_the_same_each_time() -> None:
    """Two runs give the same findings in the same order: by file, line and column."""
    first, second = (read(PROJECTS / "documents").findings for _ in range(2))
    assert [(each.location, each.code, each.message("zh")) for each in first] == [
        (each.location, each.code, each.message("zh")) for each in second
    ]
    assert [each.location for each in first] == sorted(each.location for each in first)


def test_two_defects_in_two_files_are_found_in_one_run(tmp_path: Path) -> None:
    """A defect in one file does not hide one in another, even where the first cannot be read."""
    site = site_of(
        tmp_path,
        {
            PRD: document("PRD-TST-001", "titel: x\nsummary: a: b\n"),
            "data/prd/PRD-TST-002.yaml": document("PRD-TST-002", version="1.10"),
            "data/people.yaml": "people: 林晓\n",
        },
    )
    assert places(site) == [
        ("D7-S04 list-expected", "data/people.yaml", 1, 9),
        ("D7-S02 misspelt-key", PRD, 1, 1),
        ("D7-S01 colon-in-value", PRD, 2, 11),
        ("D7-S04 unquoted-value", "data/prd/PRD-TST-002.yaml", 4, 10),
    ]


def test_a_file_that_cannot_be_read_has_no_follow_up_findings(tmp_path: Path) -> None:
    """What a broken file may define is not called missing elsewhere; what no file mentions is."""
    site = site_of(
        tmp_path,
        {
            PRD: "id: PRD-TST-001\ntitle: a: b\nrequirements:\n  - id: REQ-TST-001\n    id: REQ-TST-002\n",
            SPEC: document(
                "SPEC-TST-001",
                """\
                feature: 支付
                implements: [REQ-TST-001, REQ-TST-001.AC-1, REQ-TST-009]
                preconditions: [见 REQ-TST-002 和 PRD-TST-001]
                """,
            ),
            "data/releases.yaml": "releases\n",
            "docs/index.md": "REQ-TST-001 和 [需求](prd/PRD-TST-001.md)\n",
        },
    )
    assert [word for word, file, _, _ in places(site) if file == SPEC] == ["D7-T01 unknown-id"]
    assert [place for place in places(site) if place[1] == "docs/index.md"] == []


@pytest.mark.parametrize("name", ["people", "products", "releases", "glossary"])
def test_a_shared_file_that_cannot_be_read_has_no_follow_up_findings(tmp_path: Path, name: str) -> None:
    """Where the list of people cannot be read, no owner is called unknown; likewise for the other lists."""
    broken = SHARED[f"data/{name}.yaml"].rstrip() + "\n        x: a: b\n"
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", 'product_version: "1.2"\n'), f"data/{name}.yaml": broken})
    assert words(site) == ["D7-S01 colon-in-value"]


# References ------------------------------------------------------------------------------------------------

REQUIREMENTS = """\
goals:
  - {id: G-1, statement: 更多的人完成结算}
requirements:
  - id: REQ-TST-001
    title: 显示总额
    statement: 结算服务应显示含运费的总额。
    priority: P0
    status: proposed
    acceptance_criteria:
      - {id: AC-1, given: 有商品, when: 打开结算页, then: 看到总额}
"""
SENTENCES = {
    "misspelt id": (
        "evidence: [{id: EVD-TST-001, statement: 甲, link: PRD-TST-01}]",
        "PRD-TST-01 不存在",
        "是不是想写 PRD-TST-001（测试文档）？",
        "PRD-TST-01 does not exist",
        "Did you mean PRD-TST-001 (测试文档)?",
    ),
    "misspelt requirement": (
        "user_stories: [{id: STORY-TST-001, requirements: REQ-TST-01}]",
        "REQ-TST-01 不存在",
        "是不是想写 REQ-TST-001（显示总额）？",
        "REQ-TST-01 does not exist",
        "Did you mean REQ-TST-001 (显示总额)?",
    ),
    "wrong kind": (
        "metrics: [{id: M-1, name: 完成率, goal: REQ-TST-001}]",
        "“对应目标”要引用目标，REQ-TST-001 是需求",
        "换成目标的编号",
        "“Goal” refers to Goals, and REQ-TST-001 is Requirements",
        "Choose the id of Goals",
    ),
    "unknown local id": (
        "metrics: [{id: M-1, name: 完成率, goal: 完成}]",
        "“对应目标”里的“完成”不存在",
        "可用：G-1",
        "“完成” in “Goal” does not exist",
        "There are: G-1",
    ),
    "unknown person": (
        "authors: nobody",
        "“作者”里的“nobody”不存在",
        "可用：lin-xiao、chen-yizhou、zhou-min",
        "“nobody” in “Authors” does not exist",
        "There are: lin-xiao, chen-yizhou, zhou-min",
    ),
    "name of a person": (
        "authors: 陈一舟",
        "“作者”里的“陈一舟”不存在",
        "是不是想写 chen-yizhou？",
        "“陈一舟” in “Authors” does not exist",
        "Did you mean chen-yizhou?",
    ),
    "unknown release": (
        'product_version: "next"',
        "“适用产品版本”里的“next”不存在",
        "可用：1.2、1.3",
        "“next” in “Product version” does not exist",
        "There are: 1.2, 1.3",
    ),
}


@pytest.mark.parametrize(("body", "zh", "cure_zh", "en", "cure_en"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_broken_reference_says_what_was_meant(
    tmp_path: Path, body: str, zh: str, cure_zh: str, en: str, cure_en: str
) -> None:
    """A typo is told with the title of what it was probably meant to be, a foreign word with the list of known ones."""
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", f"{REQUIREMENTS}{body}\n")})
    (finding,) = [each for each in site.findings if each.code == "D7-T01"]
    assert place_of(finding)[2] == 11
    assert (finding.message("zh"), finding.hint("zh")) == (zh, cure_zh)
    assert (finding.message("en"), finding.hint("en")) == (en, cure_en)


LONG = "，后面的话只是为了凑够背景这一栏至少要写的五十个字，没有别的意思，读到这里就可以不再往下读了，因为已经足够。"
FINE = {
    "local id": "metrics: [{id: M-1, name: 完成率, goal: G-1}]",
    "full address": "metrics: [{id: M-1, name: 完成率, goal: PRD-TST-001.G-1}]",
    "address for a document": "evidence: [{id: EVD-TST-001, statement: 甲, link: https://example.com/a}]",
    "version without a release": 'product_version: ["1.2", "9.9.9"]',
    "standards": f"background: 按 ISO-9001、SHA-256、RFC-2119、UTF-8、GB-18030 和 COVID-19{LONG}",
    "code spans": f"background: 键 `REQ-NIX-001` 和 ``PRD-`NIX`-001``{LONG}",
    "foreign pages": f"background: 见 <https://example.com/REQ-NIX-001> 与 [外部](https://example.com/PRD-NIX-001.md){LONG}",
    "bare address": "evidence: [{id: EVD-TST-001, statement: 见 https://example.com/REQ-NIX-001。}]",
    "part of a longer word": f"background: XREQ-NIX-001、REQ-NIX-001a、MYREQ-NIX-001、REQ-NIX-01 和 REQ-nix-001{LONG}",
    "ids as links": f"background: 见 [总额](REQ-TST-001)、REQ-TST-001.AC-1、PRD-TST-001 与 PRD-TST-001.G-1{LONG}",
    "retired id": "retired_ids: [REQ-OLD-001]\nevidence: [{id: EVD-TST-001, statement: REQ-OLD-001 已经退役}]",
}


@pytest.mark.parametrize("body", FINE.values(), ids=FINE.keys())
def test_what_only_looks_like_a_broken_reference_is_silent(tmp_path: Path, body: str) -> None:
    """Only words with a declared prefix are ids in running text, and every way to write a known id is understood."""
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", f"{REQUIREMENTS}{body}\n")})
    assert words(site) == []


def test_a_reference_in_a_block_text_is_found_in_its_line(tmp_path: Path) -> None:
    """The finding stands at the id, link or picture within the block, not at its beginning."""
    body = """\
background: |
  第一行没有引用，只有一些字。

  第三行引用了 REQ-NIX-001。
  第四行有[坏链接](nowhere.md)。
  第五行有![坏图片](nowhere.png)。
"""
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", body)})
    assert places(site) == [
        ("D7-T01 unknown-id", PRD, 4, 10),
        ("D7-T01 missing-page", PRD, 5, 13),
        ("D7-T01 missing-file", PRD, 6, 14),
    ]


def test_a_finding_knows_its_document_and_item(tmp_path: Path) -> None:
    """A finding inside an item is told with the item's address, innermost first."""
    body = REQUIREMENTS.replace("then: 看到总额", "then: 见 REQ-NIX-001")
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", body)})
    (finding,) = [each for each in site.findings if each.code == "D7-T01"]
    assert (finding.document, finding.item) == ("PRD-TST-001", "REQ-TST-001.AC-1")


def spec(name: str, body: str, **head: str) -> str:
    return document(name, body + "feature: 支付\nimplements: REQ-TST-001\n", **head)


def test_two_products_may_share_an_error_code(tmp_path: Path) -> None:
    """An error code is unique in its product; a reference means the one of its own product."""
    code = "exceptions: [{code: CHK-4021, title: 被拒, condition: 支付被拒, user_message: 换一种}]\n"
    case = "test_cases: [{id: TC-TST-00%d, title: 拒付, errors: CHK-4021}]\n"
    site = site_of(
        tmp_path,
        {
            PRD: document("PRD-TST-001", REQUIREMENTS),
            SPEC: spec("SPEC-TST-001", code + case % 1),
            "data/feature_spec/SPEC-TST-002.yaml": spec("SPEC-TST-002", code + case % 2, product="seller"),
        },
    )
    assert [word for word in words(site) if not word.startswith("D7-S03")] == []
    for product in ("trendpick", "seller"):
        target = site.library.find("CHK-4021", product=product)
        assert target is not None
        assert target.document.product == product


def test_pictures_lie_inside_the_project(tmp_path: Path) -> None:
    """A picture is found beside its file, with the same capitals; outside the project, through a link too, it is not."""
    (tmp_path / "secret.svg").write_text("<svg/>", "utf-8")
    root = tmp_path / "project"
    paths = [
        "img/a.svg",
        "../prd/img/a.svg",
        "img/A.svg",
        "img/none.svg",
        "img",
        "../../../secret.svg",
        str(tmp_path / "secret.svg"),
        "https://example.com/a.svg",
        "data:image/png;base64,x",
        "img/link.svg",
        "folder/secret.svg",
    ]
    body = "attachments:\n" + "".join(f"  - {{path: '{path}', alt: 图}}\n" for path in paths)
    make_project(root, {"data/prd/img/a.svg": "<svg/>", PRD: document("PRD-TST-001", body)})
    (root / "data/prd/img/link.svg").symlink_to(tmp_path / "secret.svg")
    (root / "data/prd/folder").symlink_to(tmp_path)
    found = {line - 2: word for word, file, line, _ in places(read(root)) if file == PRD}
    assert found == {
        **dict.fromkeys((2, 3, 4), "D7-T01 missing-file"),
        **dict.fromkeys((5, 6, 7, 8, 9, 10), "D7-T01 path-outside"),
    }


# Ids -------------------------------------------------------------------------------------------------------


def test_a_duplicate_id_names_the_other_place_and_a_free_id(tmp_path: Path) -> None:
    """The second use of an id is told with the first, and with the next id that nothing has or had."""
    row = "{id: REQ-TST-00%d, title: 总额, statement: 结算服务应显示总额。, priority: P0, status: proposed}"
    body = "requirements:\n" + "".join(f"  - {row % number}\n" for number in (1, 2, 1))
    body += "retired_ids: [REQ-TST-003]\n"
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", body)})
    (finding,) = [each for each in site.findings if each.code == "D7-S05"]
    assert place_of(finding) == ("D7-S05 duplicate-id", PRD, 4, 10)
    assert finding.message("zh") == f"编号 REQ-TST-001 已经用在 {PRD}:2"
    assert finding.hint("zh") == "换一个没用过的编号，例如 REQ-TST-004"
    assert finding.hint("en") == "Choose an unused id, such as REQ-TST-004"


@pytest.mark.parametrize(
    ("event", "free"), [("begin_checkout", "begin_checkout_2"), ("oauth2", "oauth3"), ("step09", "step10")]
)
def test_a_name_that_stands_twice_gets_a_free_one(tmp_path: Path, event: str, free: str) -> None:
    """Items with plain names are counted on, too."""
    row = f"  - {{event: {event}, trigger: 打开结算页}}\n"
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", "tracking_events:\n" + 2 * row)})
    (finding,) = [each for each in site.findings if each.code == "D7-S05"]
    assert finding.hint("zh") == f"换一个没用过的编号，例如 {free}"


def test_local_ids_are_unique_in_their_parent_only(tmp_path: Path) -> None:
    """Two requirements may both have a criterion AC-1."""
    body = REQUIREMENTS + REQUIREMENTS.split("requirements:\n")[1].replace("REQ-TST-001", "REQ-TST-002")
    assert words(site_of(tmp_path, {PRD: document("PRD-TST-001", body)})) == []


# Tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('[{when: {paid: "yes"}, then: stop}, {when: {paid: "no"}, then: go}]', []),
        ("[{when: {paid: any}, then: stop}]", []),
        ("[{then: stop}]", ["D7-S03 missing-field"]),
        ('[{when: {paid: "yes"}, then: stop}]', ["D7-S04 missing-combination"]),
        ('[{when: {paid: "no"}, then: go}, {when: {paid: any}, then: go}]', ["D7-S04 overlapping-rules"]),
        ('[{when: {paid: "yess"}, then: stop}, {when: {paid: any}, then: go}]', ["D7-S04 unknown-row"]),
        ('[{when: {piad: "yes"}, then: stop}]', ["D7-T01 misspelt-name"]),
        ('[{when: {colour: "red"}, then: stop}]', ["D7-T01 unknown-name"]),
    ],
)
def test_a_decision_table_has_one_rule_for_each_case(tmp_path: Path, rows: str, expected: list[str]) -> None:
    """A case without a rule, a case with two, and what is no condition or value are found."""
    body = f"""\
decision_tables:
  - id: DT-1
    title: 能否取消
    conditions: [{{id: paid, label: 已支付, values: ["yes", "no"]}}]
    outcomes: [{{id: go, label: 允许}}, {{id: stop, label: 不允许}}]
    rows: {rows}
"""
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", REQUIREMENTS), SPEC: spec("SPEC-TST-001", body)})
    assert words(site) == expected


def test_the_values_of_a_decision_table_may_be_in_two_languages(tmp_path: Path) -> None:
    """A rule names a value as it is written in either language."""
    body = """\
decision_tables:
  - id: DT-1
    title: 能否取消
    conditions: [{id: paid, label: 已支付, values: [{zh: 是, en: "yes"}, {zh: 否, en: "no"}]}]
    outcomes: [{id: go, label: 允许}, {id: stop, label: 不允许}]
    rows: [{when: {paid: 是}, then: stop}, {when: {paid: "no"}, then: go}]
"""
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", REQUIREMENTS), SPEC: spec("SPEC-TST-001", body)})
    assert words(site) == []


def test_a_huge_decision_table_is_not_held_against_every_case(tmp_path: Path) -> None:
    """Beyond some thousand cases nobody could read the table either; checking stays quick."""
    conditions = ", ".join(f'{{id: c{number}, label: 条件, values: ["yes", "no"]}}' for number in range(40))
    body = (
        f"decision_tables: [{{id: DT-1, title: 大表, conditions: [{conditions}], outcomes: [{{id: go, label: 走}}],"
        ' rows: [{when: {c0: "yes"}, then: go}]}]\n'
    )
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", REQUIREMENTS), SPEC: spec("SPEC-TST-001", body)})
    assert words(site) == []


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ("[{from: new, event: 付, to: paid}]", []),
        ("[{from: new, event: 付, to: piad}]", ["D7-T01 misspelt-id"]),
        ("[{from: paid, event: 退, to: new}]", ["D7-S04 no-exit", "D7-S04 unreachable-state"]),
        ("[{from: new, event: 付, to: paid}, {from: new, event: 付, to: new}]", ["D7-S04 duplicate-transition"]),
        ("[{from: new, event: 付, to: paid}, {from: new, event: 付, guard: 无货, to: new}]", []),
        ("[{from: [new], event: 付, to: paid}]", ["D7-S04 text-expected"]),
    ],
)  # fmt: skip
def test_a_state_machine_is_complete(tmp_path: Path, moves: str, expected: list[str]) -> None:
    """Every state can be reached and left, and each event has one way."""
    body = f"""\
state_machine:
  entity: 订单
  states: [{{id: new, label: 新建, initial: true}}, {{id: paid, label: 已支付, terminal: true}}]
  transitions: {moves}
"""
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", REQUIREMENTS), SPEC: spec("SPEC-TST-001", body)})
    assert words(site) == expected


def test_text_behind_a_number_sign_is_lost_wherever_it_stands(tmp_path: Path) -> None:
    """`#1` right after a colon is text that YAML drops; a comment beside an empty field is a comment."""
    body = "why_now: #1 购物车\nstrategic_fit: # 之后再写\nbackground: 前半句 # 后半句\n"
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", body)})
    assert [place for place in places(site) if place[0].startswith("D7-S01")] == [
        ("D7-S01 lost-comment", PRD, 1, 10),
        ("D7-S01 lost-comment", PRD, 3, 17),
    ]


def test_full_width_quotes_quote_nothing(tmp_path: Path) -> None:
    """A version, choice or date in Chinese quotation marks is told so, with the value in right ones."""
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", version="“1.0”")})
    (found,) = site.findings
    assert place_of(found) == ("D7-S01 fullwidth-quote", PRD, 4, 10)
    assert '"1.0"' in found.hint("zh")


def test_the_navigation_names_pages_there_are(tmp_path: Path) -> None:
    """A page that only the navigation of mkdocs.yml knows is told at its line."""
    config = CONFIG + "nav:\n  - index.md\n  - 需求:\n      - prd/2026/PRD-TST-001.md\n      - prd/PRD-TST-001.md\n"
    files = {PRD: document("PRD-TST-001"), "docs/index.md": "# 首页\n"}
    assert places(site_of(tmp_path, files, config=config)) == [("D7-T01 missing-page", "mkdocs.yml", 8, 9)]


def test_a_type_has_its_folder_s_name_and_a_prefix_of_its_own(tmp_path: Path) -> None:
    """A type named otherwise than its folder, or with another's prefix, is told at its lines, not at the documents."""
    text = "type: decison\nlabel: {zh: 决策, en: Decision}\nid: {prefix: PRD}\nfields: {}\n"
    site = site_of(tmp_path, {"pm_templates/decision/type.yaml": text})
    assert places(site) == [
        ("D7-S04 wrong-form", "pm_templates/decision/type.yaml", 1, 7),
        ("D7-S05 duplicate-id", "pm_templates/decision/type.yaml", 3, 14),
    ]
