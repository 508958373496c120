"""Differences: documents, items, fields, words and links, told by what a reader means; and the laws they keep."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from filled import shipped_types
from pmdocs.diff import (
    Difference,
    DocumentChange,
    Record,
    apply,
    difference,
    document_changes,
    record_of,
    word_difference,
)
from pmdocs.diff.prose import plain
from pmdocs.diff.text import as_markdown, as_text, document_text
from pmdocs.document import Document, normalize
from pmdocs.source import Source

PRD = """\
id: PRD-TST-001
title: 结算单页改造
product: trendpick
version: "1.0"
status: draft
lang: zh-CN
owner: lin-xiao
created_date: 2026-09-01
summary: 把五个结算页面合并为一页，让买家在提交订单前看到含运费的应付总额。
tags: [结算, 支付]
goals:
  - {id: G-1, statement: 进入结算的买家有更大的比例完成支付}
metrics:
  - {id: M-1, goal: G-1, name: 结算完成率}
scope:
  in:
    - {statement: 单页结算, requirements: [REQ-TST-001]}
requirements:
  - id: REQ-TST-001
    title: {zh: 显示总额, en: Show the total}
    statement:
      zh: 结算服务应在提交订单前显示含运费的应付总额。
      en: Checkout shall show the amount payable with shipping before the order.
    priority: P1
    acceptance_criteria:
      - {id: AC-1, given: 购物车有两件商品, when: 打开结算页, then: [显示应付总额 260.00 元]}
      - {id: AC-2, given: 地址在偏远地区, when: 选择地址, then: [运费在 2 秒内更新]}
  - id: REQ-TST-002
    title: 支付失败可以重试
    statement: 支付失败后，支付服务应保留地址、优惠券和备注，让买家在 15 分钟内再付一次。
    priority: P0
    depends_on: [REQ-TST-001]
"""
SPEC = """\
id: SPEC-TST-001
title: 支付
product: trendpick
version: "1.0"
status: draft
lang: zh-CN
owner: lin-xiao
created_date: 2026-09-01
feature: 支付
implements: [REQ-TST-002]
main_flow:
  - {actor: buyer, action: 提交订单, system_response: 显示支付方式}
  - {actor: buyer, action: 选择支付方式, system_response: 打开收银台}
  - {actor: buyer, action: 确认付款, system_response: 显示支付结果}
"""


@cache
def types() -> Mapping[str, Any]:
    """The shipped types."""
    return shipped_types()


def document(text: str | Mapping[str, Any]) -> Document:
    """A document as it is read from a file; its type is the one whose prefix its id has."""
    values = yaml.load(text, yaml.BaseLoader) if isinstance(text, str) else text
    kind = next(kind for kind in types().values() if kind.prefix and str(values["id"]).startswith(f"{kind.prefix}-"))
    return Document(kind, str(values["id"]), normalize(kind.fields, values), Source("data/x.yaml", "", {}, None, ()))


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A text with each first occurrence replaced, which must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def compared(*changes: tuple[str, str], text: str = PRD) -> DocumentChange:
    """What such changes of a document are told as."""
    return document_changes(document(text), document(changed(text, *changes)))


def told(change: DocumentChange, language: str = "zh") -> list[str]:
    """The lines that tell it, without the first, which names the document."""
    return list(document_text(change, "en" if language == "en" else "zh"))[1:]


def marked(before: str, after: str) -> str:
    """A difference of words with what went in [ ] and what came in { }."""
    marks = {"equal": "{}", "removed": "[{}]", "added": "{{{}}}"}
    return "".join(marks[each.op].format(each.text) for each in word_difference(before, after))


WORDS = [
    ("", "", ""),
    ("同样的话。", "同样的话。", "同样的话。"),
    ("页面在 5 秒内显示", "页面在 2 秒内显示", "页面在 [5]{2} 秒内显示"),
    ("选择优惠券", "选择最优优惠券", "选择{最优}优惠券"),
    ("出现支付方式列表。", "出现支付方式列表，地址和优惠券不变。", "出现支付方式列表{，地址和优惠券不变}。"),
    ("显示“优惠 26.00 元”", "显示“已省 26.00 元”", "显示“[优惠]{已省} 26.00 元”"),
    ("第一句。第二句。", "第一句。新的一句。第二句。", "第一句。{新的一句。}第二句。"),
    ("Show the total.", "Show the whole total.", "Show the {whole }total."),
    ("Pay within 15 minutes.", "Pay within 30 minutes.", "Pay within [15]{30} minutes."),
    ("See REQ-CHK-004 first", "See REQ-CHK-009 first", "See [REQ-CHK-004]{REQ-CHK-009} first"),
    ("a long word here", "a completely different thing", "a [long word here]{completely different thing}"),
    ("价格 9,000 元", "价格 9,500 元", "价格 [9,000]{9,500} 元"),
]


@pytest.mark.parametrize(("before", "after", "expected"), WORDS)
def test_words_are_compared_as_they_are_read(before: str, after: str, expected: str) -> None:
    """English is compared by words, Chinese by characters, numbers and ids as wholes; edits stand at borders."""
    assert marked(before, after) == expected


TEXTS = st.lists(
    st.sampled_from([*"订单支付失败重试，。 \n", "the ", "order ", "pay", "15", "REQ-1", ". ", "“", "）"]), max_size=24
).map("".join)


@given(TEXTS, TEXTS)
def test_segments_hold_both_texts(before: str, after: str) -> None:
    """What stayed and went is the text before, what stayed and came is the text after, to the last character."""
    found = word_difference(before, after)
    assert "".join(each.text for each in found if each.op != "added") == before
    assert "".join(each.text for each in found if each.op != "removed") == after
    assert all(each.text for each in found)


def test_a_document_does_not_differ_from_itself() -> None:
    """Comparing a document with itself finds nothing."""
    assert not document_changes(document(PRD), document(PRD))


def test_the_writers_lines_are_no_change() -> None:
    """Wrapping a paragraph elsewhere, blanks at ends of lines, quotation marks and comments are no change."""
    one = "id: PRD-TST-001\nbackground: |\n  买家要翻五页，\n  直到最后才知道总额。   \n\n  Total is\n  late.\n"
    other = 'id: "PRD-TST-001" # 编号\nbackground: "买家要翻五页，直到最后才知道总额。\\n\\nTotal is late."\n'
    assert not document_changes(document(one), document(other))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一行\n两行", "一行两行"),
        ("one\ntwo", "one two"),
        ("* 一\n* 二", "* 一\n* 二"),
        ("| a | b |\n|---|---|", "| a | b |\n|---|---|"),
        ("```\na  b\nc\n```\n后面", "```\na  b\nc\n```\n后面"),
        ("一\n\n\n\n二  三 ", "一\n\n二 三"),
    ],
)
def test_texts_lose_only_what_nobody_sees(text: str, expected: str) -> None:
    """Wrapped lines are joined; entries of lists, tables and code keep theirs."""
    assert plain(text) == expected


def test_fields_are_told_with_their_labels() -> None:
    """A changed field is told by its label, in either language, choices by theirs; an item by its id and title."""
    change = compared(("应付总额。\ntags", "应付总额和优惠。\ntags"), ("priority: P1", "priority: P0"))
    assert told(change) == [
        "  摘要：把五个结算页面合并为一页，让买家在提交订单前看到含运费的应付总额{+和优惠+}。",
        "  ~ REQ-TST-001 显示总额 (改动)",
        "      优先级：" + choices("P1", "P0", "zh"),
    ]
    assert told(change, "en")[-1] == "      Priority: " + choices("P1", "P0", "en")


def choices(before: str, after: str, language: str) -> str:
    """Two priorities as a change of one into the other."""
    field = types()["prd"].field("requirements").child("priority")
    labels = [
        field.choices[each].label.in_language(language) if each in field.choices else each for each in (before, after)
    ]
    return f"[-{labels[0]}-]{{+{labels[1]}+}}"


def test_each_language_is_compared_by_itself() -> None:
    """A text in two languages is told for the language that changed."""
    change = compared(("amount payable with shipping", "amount payable"))
    assert told(change) == [
        "  ~ REQ-TST-001 显示总额 (改动)",
        "      需求描述 英文：Checkout shall show the amount payable [-with shipping -]before the order.",
    ]


def test_a_translation_that_is_added_is_an_addition() -> None:
    """A text that gets a second language keeps its first."""
    change = compared(("title: 支付失败可以重试", "title: {zh: 支付失败可以重试, en: Retry payment}"))
    assert told(change) == ["  ~ REQ-TST-002 支付失败可以重试 (改动)", "      名称 英文：{+Retry payment+}"]


def test_items_come_and_go() -> None:
    """A new item is told once, with what it says; its own parts come with it unsaid. So is one that is gone."""
    new = (
        "requirements:\n  - {id: REQ-TST-003, title: 锁定库存, statement: 库存服务应锁定商品。, "
        "acceptance_criteria: [{id: AC-1, given: 待支付}]}\n"
    )
    change = compared(("requirements:\n  - id: REQ-TST-001", f"{new}  - id: REQ-TST-001"))
    assert told(change) == ["  + REQ-TST-003 锁定库存 (新增)", "      需求描述：{+库存服务应锁定商品。+}"]
    back = document_changes(document(changed(PRD, ("requirements:\n", new))), document(PRD))
    assert told(back) == ["  - REQ-TST-003 锁定库存 (删除)", "      需求描述：[-库存服务应锁定商品。-]"]


def test_an_item_with_another_id_and_the_same_content_is_renamed() -> None:
    """A rename is seen by what the item says, and its criteria go with it; a reference to it changes as a link does."""
    change = compared(
        ("REQ-TST-001]}", "REQ-TST-007]}"),
        ("id: REQ-TST-001", "id: REQ-TST-007"),
        ("depends_on: [REQ-TST-001]", "depends_on: [REQ-TST-007]"),
    )
    assert told(change) == [
        "  范围 · 范围内 第 1 条 对应需求：[-REQ-TST-001-] {+REQ-TST-007+}",
        "  → REQ-TST-007 显示总额 (改编号、原编号 REQ-TST-001)",
        "  ~ REQ-TST-002 支付失败可以重试 (改动)",
        "      依赖：[-REQ-TST-001-] {+REQ-TST-007+}",
    ]


def test_two_items_that_say_different_things_are_not_one_renamed() -> None:
    """An item that is gone and one that is new stay two where they do not say the same."""
    change = compared(
        ("- id: REQ-TST-002\n    title: 支付失败可以重试", "- id: REQ-TST-009\n    title: 锁定库存"),
        ("支付失败后，支付服务应保留地址、优惠券和备注，", "在订单处于“待支付”期间，"),
        ("让买家在 15 分钟内再付一次", "库存服务应为买家锁定商品 15 分钟"),
    )
    assert [each.sorts for each in change.parts] == [("added",), ("removed",)]


def test_an_item_moves_to_another_document() -> None:
    """An item keeps its id where it goes: it is told where it is now and where it was, and its criteria go with it unsaid."""
    start = PRD.index("  - id: REQ-TST-002")
    other = changed(
        PRD.split("goals:")[0],
        ("PRD-TST-001", "PRD-TST-002"),
        ("结算单页改造", "支付重试"),
        ("把五个结算页面合并为一页，让买家在提交订单前看到含运费的应付总额。", "失败以后可以再付。"),
    )
    old = records(PRD, other)
    new = records(PRD[:start], f"{other}requirements:\n{PRD[start:]}")
    found = difference(old, new)
    assert [(each.record.id, [part.sorts for part in each.parts]) for each in found.documents] == [
        ("PRD-TST-001", [("moved",)]),
        ("PRD-TST-002", [("moved",)]),
    ]
    text = as_text(found, "zh")
    assert "→ REQ-TST-002 支付失败可以重试 (移动、移到了 PRD-TST-002)" in text
    assert "→ REQ-TST-002 支付失败可以重试 (移动、从 PRD-TST-001 移来)" in text
    assert apply(found, old) == new


def test_items_in_another_order_are_moved_within_their_list() -> None:
    """The fewest items are told that explain the new order."""
    moved = document_changes(document(PRD), document(swapped()))
    assert [(each.part.id, each.sorts) for each in moved.parts] == [("REQ-TST-001", ("moved",))]
    assert told(moved) == ["  → REQ-TST-001 显示总额 (移动、次序有变)"]


def swapped() -> str:
    """The document with its two requirements the other way round."""
    first, second = PRD.index("  - id: REQ-TST-001"), PRD.index("  - id: REQ-TST-002")
    return PRD[:first] + PRD[second:] + PRD[first:second]


def test_steps_are_compared_by_what_they_say() -> None:
    """A step put between others is one new step: those after it, which now have other numbers, did not change."""
    new = "  - {actor: buyer, action: 选择优惠券, system_response: 更新总额}\n  - {actor: buyer, action: 选择支付方式"
    change = compared(("  - {actor: buyer, action: 选择支付方式", new), text=SPEC)
    assert told(change) == [
        f"  主流程 新增第 2 条 {label('actor')}：{{+buyer+}}",
        f"  主流程 新增第 2 条 {label('action')}：{{+选择优惠券+}}",
        f"  主流程 新增第 2 条 {label('system_response')}：{{+更新总额+}}",
    ]
    change = compared(("打开收银台", "打开新的收银台"), text=SPEC)
    assert told(change) == [f"  主流程 第 2 条 {label('system_response')}：打开{{+新的+}}收银台"]


def label(name: str) -> str:
    """What a field of a step is called."""
    return str(types()["feature_spec"].field("main_flow").child(name).label.zh)


def test_links_are_gained_and_lost() -> None:
    """A reference that is new or gone is a link gained or lost, told by its field; the order of references is none."""
    change = compared(("implements: [REQ-TST-002]", "implements: [REQ-TST-001, REQ-TST-003]"), text=SPEC)
    (part,) = change.parts
    assert [link.target for link in part.gained] == ["REQ-TST-001", "REQ-TST-003"]
    assert [link.target for link in part.lost] == ["REQ-TST-002"]
    name = types()["feature_spec"].field("implements").label.zh
    assert told(change) == [f"  {name}：[-REQ-TST-002-] {{+REQ-TST-001+}} {{+REQ-TST-003+}}"]
    assert not compared(("[REQ-TST-002]", "REQ-TST-002"), text=SPEC)


def records(*texts: str | Mapping[str, Any]) -> dict[str, Record]:
    """Documents as a version holds them."""
    found = {(made := record_of(document(text))).id: made for text in texts}
    return dict(sorted(found.items()))


def test_documents_come_go_and_are_renamed() -> None:
    """A document with another id and nearly the same content is renamed; one without a likeness is new, or gone."""
    renamed = changed(PRD, ("id: PRD-TST-001", "id: PRD-TST-005"))
    found = difference(records(PRD), records(renamed, SPEC))
    assert [(each.record.id, each.sort) for each in found.documents] == [
        ("PRD-TST-005", "renamed"),
        ("SPEC-TST-001", "added"),
    ]
    assert [each.sorts for each in found.documents[0].parts] == [("renamed",)]
    gone = difference(records(PRD, SPEC), records(PRD))
    assert [(each.record.id, each.sort) for each in gone.documents] == [("SPEC-TST-001", "removed")]


def test_drafts_that_say_nothing_yet_are_not_taken_for_each_other() -> None:
    """What is the same in every fresh draft (product, people, days, states) does not make two drafts one."""
    draft = PRD.split("summary:")[0]
    other = changed(draft, ("PRD-TST-001", "PRD-TST-002"), ("结算单页改造", "推荐列表改版"))
    assert [each.sort for each in difference(records(draft), records(other)).documents] == ["removed", "added"]


def test_markdown_tells_the_same() -> None:
    """As Markdown, a document is a heading, and what went and came is struck out and bold."""
    found = difference(records(PRD), records(changed(PRD, ("15 分钟", "30 分钟"))))
    assert as_markdown(found, "zh") == (
        "### PRD-TST-001 结算单页改造 (改动)\n\n"
        "* **REQ-TST-002** 支付失败可以重试 (改动)\n"
        "    * 需求描述：支付失败后，支付服务应保留地址、优惠券和备注，让买家在 ~~15~~**30** 分钟内再付一次。\n"
    )
    assert as_text(Difference(), "en") == "Nothing changed\n"


@st.composite
def versions(draw: st.DrawFn) -> tuple[dict[str, Record], dict[str, Record]]:
    """Two versions of the same few documents, each changed at random."""
    return tuple(records(*_mutated(draw)) for _ in range(2))  # type: ignore[return-value]  # two of them


def _mutated(draw: st.DrawFn) -> list[dict[str, Any]]:
    documents = [yaml.load(text, yaml.BaseLoader) for text in (PRD, SPEC, changed(PRD, ("PRD-TST-001", "PRD-TST-004")))]
    documents[2]["requirements"] = []
    for values in documents:
        _mutate(draw, values)
    rows = documents[0]["requirements"]
    if rows and draw(st.booleans()):
        documents[2]["requirements"] = [rows.pop(draw(st.integers(0, len(rows) - 1)))]
    if draw(st.integers(0, 4)) == 0:
        documents[1]["id"] = "SPEC-TST-009"
    keep = draw(st.lists(st.integers(0, 2), unique=True))
    return [documents[place] for place in keep]


def _mutate(draw: st.DrawFn, value: Any) -> None:
    """Change, remove, copy and reorder a few things below a value; ids stay ids."""
    for key in list(value) if isinstance(value, dict) else range(len(value) - 1, -1, -1):
        deed = draw(st.integers(0, 11))
        if key in ("id", "lang"):
            if key == "id" and deed == 0 and str(value["id"]).startswith(("REQ", "AC", "G")):
                value["id"] = f"{str(value['id'])[:-1]}{draw(st.integers(3, 5))}"
        elif isinstance(value[key], dict | list):
            if deed == 1 and isinstance(value[key], list):
                value[key].reverse()
            elif deed == 2:
                value[key] = copy.deepcopy(value[key])[:1] if isinstance(value[key], list) else value[key]
            _mutate(draw, value[key])
        elif deed == 3:
            value[key] = draw(TEXTS)
        elif deed == 4 and isinstance(value, dict):
            del value[key]


@settings(max_examples=50, deadline=None)
@given(versions())
def test_a_difference_leads_from_one_version_to_the_other(pair: tuple[dict[str, Record], dict[str, Record]]) -> None:
    """Nothing differs from itself; a difference applied to the version before gives the version after; both tell it."""
    old, new = pair
    assert not difference(old, old)
    found = difference(old, new)
    assert apply(found, old) == new
    assert bool(found) == (old != new)
    assert as_text(found, "zh").strip()
    assert as_markdown(found, "en").strip()


def test_a_step_in_between_changes_no_other_step() -> None:
    """The numbers that steps are written with are their places: whoever reads that a step came needs no more of them."""
    text = changed(SPEC, ("{actor: buyer, action: 提交", "{n: 1, actor: buyer, action: 提交"))
    text = changed(text, ("{actor: buyer, action: 选择", "{n: 2, actor: buyer, action: 选择"))
    text = changed(text, ("{actor: buyer, action: 确认", "{n: 3, actor: buyer, action: 确认"))
    new = changed(text, ("{n: 3", "{n: 4"), ("{n: 2", "{n: 3"))
    new = changed(
        new, ("  - {n: 3", "  - {n: 2, actor: buyer, action: 填写备注, system_response: 保存备注}\n  - {n: 3")
    )
    assert told(document_changes(document(text), document(new))) == [
        "  主流程 新增第 2 条 谁：{+buyer+}",
        "  主流程 新增第 2 条 动作：{+填写备注+}",
        "  主流程 新增第 2 条 系统响应：{+保存备注+}",
    ]
