"""What the chain says to people: states, gaps and columns, in both languages on one line."""

from __future__ import annotations

from pmdocs.diagnostics import Words
from pmdocs.feedback import ACCURATE, INACCURATE, PARTLY
from pmdocs.trace.gaps import Lack
from pmdocs.trace.matrix import State

STATE_WORDS: dict[State, Words] = {
    State.GAP: Words("缺口", "Gap"),
    State.CHECK: Words("待核对", "To check"),
    State.PLANNED: Words("待补", "To do"),
    State.PARTLY: Words("部分", "Partly"),
    State.WHOLE: Words("完整", "Whole"),
}
STATE_HELP: dict[State, Words] = {
    State.GAP: Words("已经发布，规定要有的却没有", "It is released, and something that must be there is not"),
    State.CHECK: Words("会签之后改过，或有测试用例没通过", "It changed since it was reviewed, or a test case fails"),
    State.PLANNED: Words("版本还没发布，有内容要补", "It is not released yet, and something has to be added"),
    State.PARTLY: Words("没有写全，规则也不要求写全", "Some steps are missing, and no rule asks for them"),
    State.WHOLE: Words("来源、规格、测试和手册都有", "Source, specification, tests and manual are all there"),
}
STATE_TONES: dict[State, str] = {
    State.GAP: "bad",
    State.CHECK: "warn",
    State.PLANNED: "info",
    State.PARTLY: "neutral",
    State.WHOLE: "good",
}
LACK_WORDS: dict[Lack, Words] = {
    Lack.SPECIFICATION: Words("没有规格", "no specification"),
    Lack.MANUAL: Words("手册没写", "not in a manual"),
    Lack.CRITERION_TEST: Words("{id} 没有用例", "{id} has no test case"),
    Lack.CODE_TEST: Words("{id} 没有用例", "{id} has no test case"),
    Lack.CODE_ROW: Words("{id} 没有故障排除", "{id} has no troubleshooting"),
}
COLUMNS: dict[str, Words] = {
    "product": Words("产品", "Product"),
    "document": Words("文档", "Document"),
    "id": Words("需求", "Requirement"),
    "title": Words("名称", "Name"),
    "priority": Words("优先级", "Priority"),
    "release": Words("目标版本", "Release"),
    "state": Words("情况", "State"),
    "origins": Words("来源", "Comes from"),
    "specifications": Words("规格", "Specification"),
    "codes": Words("错误码", "Error codes"),
    "tests": Words("测试用例", "Test cases"),
    "failing": Words("没通过的用例", "Failing cases"),
    "manual": Words("手册", "Manual"),
    "feedback": Words("反馈", "Feedback"),
    "gaps": Words("缺什么", "What is missing"),
    "behind": Words("改动后没跟上的", "Behind the last change"),
    "suspects": Words("要重新评审的", "To be reviewed again"),
}
VERDICT_WORDS: dict[str, Words] = {
    ACCURATE: Words("准确", "accurate"),
    PARTLY: Words("部分准确", "partly accurate"),
    INACCURATE: Words("不准确", "inaccurate"),
}
ELSEWHERE = Words("另有 {count} 处不在本站发布", "{count} more not published here")
"""What stands for documents that this site's readers may not see."""


def gap_words(lack: Lack, address: str) -> Words:
    """Return what is missing, in words."""
    words = LACK_WORDS[lack]
    return Words(words.zh.format(id=address), words.en.format(id=address))
