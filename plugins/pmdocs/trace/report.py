"""The chain as text for a terminal and as CSV: all of it, or what is before and after one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from pmdocs.diagnostics import Language, Words
from pmdocs.feedback import Verdict
from pmdocs.library import Target
from pmdocs.trace.chain import Trace
from pmdocs.trace.coverage import Coverage, Share, coverage_of, own_requirements
from pmdocs.trace.impact import Impact
from pmdocs.trace.matrix import Line, Matrix, State, remarks_of
from pmdocs.trace.orphans import orphans_of
from pmdocs.trace.path import Step, ahead, back, needed, needing
from pmdocs.trace.suspects import Suspect
from pmdocs.trace.table import as_csv, joined
from pmdocs.trace.ties import key_of, valued
from pmdocs.trace.words import COLUMNS, STATE_WORDS, VERDICT_WORDS, gap_words

SHARES: dict[str, Words] = {
    "founded": Words("有来源", "come from something"),
    "specified": Words("有规格", "specified"),
    "tested": Words("用测试验证的，有用例", "verified by test and with a test case"),
    "explained": Words("用户可感知的，手册写到", "met by users and in a manual"),
    "criteria": Words("验收标准有用例", "criteria with a test case"),
    "codes": Words("错误码有用例", "error codes with a test case"),
    "rows": Words("用户可见的错误码有故障排除", "error codes that users see, with troubleshooting"),
}
"""What each figure of a coverage counts."""
_INDENT = "  "


def shares_of(coverage: Coverage) -> dict[str, Share]:
    """Return the figures of a coverage by name, in the order in which they are shown."""
    return {name: getattr(coverage, name) for name in SHARES}


def as_text(trace: Trace, matrix: Matrix, language: Language) -> str:
    """Return figures, what is missing, what a change left behind, orphans and the matrix, product by product."""
    say = _Speaker(language)
    parts = [
        _product(trace, matrix, product.id, say(product.title), say)
        for product, _ in trace.library.products
        if any(line.requirement.document.product == product.id for line in matrix.lines)
    ]
    return "\n\n\n".join("\n\n".join(part) for part in parts) or say(
        Words("还没有需求。", "There are no requirements yet.")
    )


class _Speaker:
    """Says words in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, words: Words) -> str:
        return words.in_language(self.language)

    def name(self, target: Target) -> str:
        """Return the id and title of a target."""
        return f"{target.address} {self(target.title)}"

    def kind(self, target: Target) -> str:
        """Return what a target is."""
        return self(target.item.field.label if target.item else target.document.type.short)

    def ids(self, targets: Sequence[Target]) -> str:
        """Return ids in a line."""
        return joined(dict.fromkeys(each.address for each in targets), self.language)


def _product(trace: Trace, matrix: Matrix, product: str, title: str, say: _Speaker) -> Iterator[str]:
    lines = [line for line in matrix.lines if line.requirement.document.product == product]
    codes = [code for code in trace.items("error_code") if code.document.product == product]
    yield f"{title} ({product})\n" + "\n".join(_figures(trace, lines, codes, say))
    yield from _section(Words("缺口", "Gaps"), _gaps(lines, say), say)
    impacts = [each for each in matrix.impacts if each.requirement.document.product == product]
    yield from _section(Words("改动没跟上", "Behind a change"), [_impact(each, say) for each in impacts], say)
    suspects = [each for each in matrix.suspects if each.ties[0].document.product == product]
    yield from _section(
        Words("会签后改过", "Changed since it was reviewed"), [_suspect(each, say) for each in suspects], say
    )
    orphans = [each for each in orphans_of(trace) if each.document.product == product]
    told = [f"{say.name(each)}{say(Words('，', ', '))}{say.kind(each)}" for each in orphans]
    yield from _section(Words("没有上下游的内容", "Orphans"), told, say)
    yield "\n".join(_table(lines, say))


def _figures(trace: Trace, lines: Sequence[Line], codes: Sequence[Target], say: _Speaker) -> Iterator[str]:
    all_of_them = [line.requirement for line in lines]
    own = own_requirements(all_of_them)
    coverage = coverage_of(trace, own, codes)
    count = Words("需求 {own} 条，非功能需求 {more} 条", "{own} requirements, {more} requirements of quality")
    yield _INDENT + say(count).format(own=len(own), more=len(all_of_them) - len(own))
    for name, share in shares_of(coverage).items():
        if share.of:
            yield f"{_INDENT}{share.part}/{share.of} ({share.percent}%) {say(SHARES[name])}"
    states = [f"{say(STATE_WORDS[state])} {sum(line.state is state for line in lines)}" for state in State]
    yield _INDENT + say(Words("，", ", ")).join(states)


def _section(title: Words, rows: Sequence[str], say: _Speaker) -> Iterator[str]:
    if rows:
        yield "\n".join([say(title), *(_INDENT + row for row in rows)])


def _gaps(lines: Sequence[Line], say: _Speaker) -> list[str]:
    rows = []
    for line in lines:
        missing = [say(gap_words(gap.lack, gap.target.address)) for gap in line.gaps]
        if missing:
            rows.append(f"{say(STATE_WORDS[line.state])} {say.name(line.requirement)}: {joined(missing, say.language)}")
    return rows


def _impact(impact: Impact, say: _Speaker) -> str:
    told = Words("{id} 在 {version}（{day}）改过：{behind}", "{id} changed in {version} ({day}): {behind}")
    one = Words(
        "{ids}（{document} 上次写到它是 {version}，{day}）", "{ids} ({document} last took it up in {version}, {day})"
    )
    behind = [
        say(one).format(ids=say.ids(each.targets), document=each.whole.address, version=each.version, day=each.date)
        for each in impact.behind
    ]
    change = impact.change
    return say(told).format(
        id=say.name(impact.requirement), version=change.version, day=change.date, behind=joined(behind, say.language)
    )


def _suspect(suspect: Suspect, say: _Speaker) -> str:
    told = Words("{id}：{places} 要重新评审（{day} 会签）", "{id}: {places} to be reviewed again (signed off {day})")
    places = say.ids([tie.source for tie in suspect.ties])
    return say(told).format(id=say.name(suspect.target), places=places, day=suspect.date)


def _table(lines: Sequence[Line], say: _Speaker) -> Iterator[str]:
    names = ("id", "priority", "release", "state", "origins", "specifications", "tests", "manual", "title")
    rows = [[say(COLUMNS[name]) for name in names]]
    for line in lines:
        item = line.requirement.item
        assert item is not None
        counts = (line.origins, line.specifications, line.tests, line.manual)
        said = (line.requirement.address, valued(item, "priority") or "", valued(item, "release") or "")
        numbers = (str(len(each) or "–") for each in counts)
        rows.append([*map(str, said), say(STATE_WORDS[line.state]), *numbers, say(line.requirement.title)])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(names) - 1)]
    for row in rows:
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]])


def way_text(trace: Trace, matrix: Matrix, target: Target, language: Language) -> str:
    """Return what is before and after one thing as an indented text."""
    say = _Speaker(language)
    parts = ["\n".join(_head(trace, matrix, target, say))]
    for title, steps in ((Words("从哪里来", "Comes from"), back), (Words("到哪里去", "Leads to"), ahead)):
        rows = [_step(step, say) for step in steps(trace, target)]
        parts.append("\n".join([say(title), *(rows or [_INDENT + say(Words("没有", "nothing"))])]))
    about = {key_of(each): each for each in (target, *(step.target for step in ahead(trace, target)))}
    remarks = [_remark(each, about[key], say) for key, each in remarks_of(trace) if key in about]
    if remarks:
        parts.append("\n".join([say(COLUMNS["feedback"]), *remarks]))
    return "\n\n".join(parts)


def _head(trace: Trace, matrix: Matrix, target: Target, say: _Speaker) -> Iterator[str]:
    yield f"{say.name(target)} ({say.kind(target)})"
    line = next((line for line in matrix.lines if key_of(line.requirement) == key_of(target)), None)
    if line:
        yield f"{_INDENT}{say(COLUMNS['state'])}: {say(STATE_WORDS[line.state])}"
        yield from (_INDENT + say(gap_words(gap.lack, gap.target.address)) for gap in line.gaps)
    if line and line.impact:
        yield _INDENT + _impact(line.impact, say)
    for words, others in ((Words("依赖", "Depends on"), needed), (Words("被依赖", "Needed by"), needing)):
        if found := others(trace, target):
            yield f"{_INDENT}{say(words)}: {say.ids(found)}"


def _remark(verdict: Verdict, about: Target, say: _Speaker) -> str:
    said = say(VERDICT_WORDS.get(verdict.verdict, Words(verdict.verdict, verdict.verdict)))
    detail = f": {verdict.detail}" if verdict.detail else ""
    return f"{_INDENT}{verdict.feedback_id} {verdict.received_at} {about.address} {said}{detail}"


def _step(step: Step, say: _Speaker) -> str:
    again = say(Words("，见上", ", see above")) if step.told else ""
    return f"{_INDENT * (step.depth + 1)}{say.name(step.target)} ({say.kind(step.target)}{again})"


def way_csv(trace: Trace, target: Target, language: Language, *, end: str = "\r\n") -> str:
    """Return what is before and after one thing as CSV: direction, distance, id, kind, title and document."""
    say = _Speaker(language)
    columns = (
        ("方向", "Direction"),
        ("距离", "Distance"),
        ("编号", "Id"),
        ("类型", "Kind"),
        ("名称", "Name"),
        ("文档", "Document"),
    )
    rows = [[say(Words(*each)) for each in columns]]
    for direction, steps in ((Words("来源", "before"), back), (Words("去向", "after"), ahead)):
        for step in steps(trace, target):
            found = step.target
            own = (found.address, say.kind(found), say(found.title), found.document.id)
            rows.append([say(direction), str(step.depth + 1), *own])
    return as_csv(rows, end=end)
