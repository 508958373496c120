"""Feedback from other systems: every encoding and form, rows refused and rows taken in, once and not twice."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdocs import gather
from pmdocs.cli import main
from pmdocs.intake import Handed, Intake, Outcome, read_columns
from pmdocs.source import guarded, read_cells, read_file
from projects import document, make_project, read, read_quickly, words

DOCUMENTS = {
    "data/prd/PRD-AA-001.yaml": document(
        "PRD-AA-001",
        "requirements:\n  - {id: REQ-AA-001, title: 收藏商品, type: functional, priority: P1, status: accepted,\n"
        "     statement: 系统应保存收藏。}\n",
        version='"1.2.0"',
        change_history='[{version: "1.2.0", date: 2026-09-01, author: lin-xiao, summary: 二}, '
        '{version: "1.0.0", date: 2026-08-01, author: lin-xiao, summary: 一}]',
    )
}
HEAD = (
    "工单编号",
    "创建时间",
    "坐席工号",
    "客户姓名",
    "关联文档",
    "文档版本",
    "是否准确",
    "问题分类",
    "优先级",
    "问题描述",
    "条目",
)
ROWS = (
    (
        "T-1",
        "2026/8/5",
        "CS-01",
        "王小明",
        "PRD-AA-001",
        "1.0.0",
        "否",
        "步骤错误",
        "高",
        "客户：王小明，电话 13800138000",
        "REQ-AA-001",
    ),
    ("T-2", "2026-08-05 9:03", "CS-02", "", "PRD-AA-001 收藏", "V1.0", "准确", "", "", "", ""),
    ("T-3", "2026年8月6日", "周敏", "", "PRD-AA-001", "1.2", "部分", "看不懂", "2", "=1+1，“引号”，\n第二行\t制表", ""),
)
TAKEN: list[dict[str, object]] = [
    {
        "feedback_id": "T-1", "received_at": "2026-08-05", "channel": "csv",
        "reporter": "CS-01", "reporter_role": "customer_service",
        "doc_id": "PRD-AA-001", "doc_version": "1.0.0", "section_ref": "REQ-AA-001", "verdict": "inaccurate",
        "category": "wrong_step", "severity": 1, "detail": "客户：【姓名】，电话 【手机号】",
    },
    {
        "feedback_id": "T-2", "received_at": "2026-08-05", "channel": "csv",
        "reporter": "CS-02", "reporter_role": "customer_service",
        "doc_id": "PRD-AA-001", "doc_version": "1.0.0", "verdict": "accurate",
    },
    {
        "feedback_id": "T-3", "received_at": "2026-08-06", "channel": "csv",
        "reporter": "zhou-min", "reporter_role": "customer_service",
        "doc_id": "PRD-AA-001", "doc_version": "1.2.0", "verdict": "partly", "category": "unclear", "severity": 2,
        "detail": "=1+1，“引号”，\n第二行\t制表",
    },
]  # fmt: skip
SHIPPED = gather.shipped_templates() / "_feedback" / "mappings"
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


def table(
    rows: Sequence[Sequence[str]], *, head: Sequence[str] = HEAD, separator: str = ",", ends: str = "\r\n"
) -> str:
    """Return rows as a spreadsheet writes them."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=ends).writerows([head, *rows])
    return text.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one document in two versions, and no feedback."""
    return make_project(tmp_path / "project", DOCUMENTS)


def take(project: Path, file: Path | str, *options: str) -> Result:
    """Run `pmdocs feedback import`."""
    with patch.object(gather, "read_file", read_quickly):
        arguments = ["feedback", "import", str(file), "--project", str(project), *options]
        return CliRunner().invoke(main, arguments, catch_exceptions=False)


def taken(
    intake: Intake, data: bytes, name: str = "tickets", target: str = "data/feedback/t.csv"
) -> tuple[Handed, Outcome]:
    """Take bytes in, by a shipped mapping."""
    columns = read_columns(read_file(SHIPPED / f"{name}.yaml", root=SHIPPED), name, intake.rows)
    return intake.take(data, "export.csv", columns, target)


def given_file(folder: Path, text: str, encoding: str = "utf-8", name: str = "export.csv") -> Path:
    """Write a file as another system hands it over."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def held(project: Path) -> list[Mapping[str, object]]:
    """Return the rows of feedback of a project that has nothing wrong, as read."""
    site = read(project)
    assert [each for each in words(site) if not each.startswith("D7-G10")] == []
    return [dict(answer.values) for answer in site.library.answers]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_form_of_a_spreadsheet_is_read(encoding: str, separator: str, law: tuple[Path, Intake]) -> None:
    """Encodings, separators and forms of dates of Chinese spreadsheets give the same rows."""
    handed, outcome = taken(law[1], table(ROWS, separator=separator).encode(encoding))
    assert [dict(each.values) for each in outcome.added] == TAKEN
    assert (handed.ignored, outcome.covered, outcome.refused) == (("客户姓名",), 2, [])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_file_is_taken_in_once(encoding: str, project: Path, tmp_path: Path) -> None:
    """The rows are written with what tells spreadsheets the encoding, formulas as text; a second time changes nothing."""
    file = given_file(tmp_path, table(ROWS), encoding)
    first = take(project, file)
    assert first.exit_code == 0, first.output
    assert first.output == (
        "没有用到的列：客户姓名\n遮盖了 2 处顾客信息\n"
        "导入 3 条，补全 0 条，已有 0 条，不同 0 条，拒绝 0 条 → data/feedback/tickets.csv\n"
    )
    assert held(project) == TAKEN
    written = (project / "data/feedback/tickets.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbffeedback_id,received_at,")
    assert b"\"'=1+1" in written
    again = take(project, file)
    assert "导入 0 条，补全 0 条，已有 3 条，不同 0 条，拒绝 0 条" in again.output
    assert (again.exit_code, (project / "data/feedback/tickets.csv").read_bytes()) == (0, written)


def test_yaml_takes_rows_in_as_well(project: Path, tmp_path: Path) -> None:
    """Rows are added behind those of a YAML file, whose text stays as it is; another file knows them already."""
    old = "# 手写的\nverdicts:\n  - {feedback_id: OLD-1, received_at: 2026-08-01, reporter_role: other, doc_id: PRD-AA-001, "
    old += 'doc_version: "1.0.0", verdict: accurate}\n'
    make_project(project, {**DOCUMENTS, "data/feedback/mine.yaml": old})
    file = given_file(tmp_path, table(ROWS))
    assert take(project, file, "--into", "data/feedback/mine.yaml").exit_code == 0
    assert (project / "data/feedback/mine.yaml").read_text("utf-8").startswith(old)
    assert held(project)[1:] == TAKEN
    assert "已有 3 条" in take(project, file).output
    assert not (project / "data/feedback/tickets.csv").exists()


def test_a_trial_writes_nothing(project: Path, tmp_path: Path) -> None:
    """`--dry-run` tells the same and writes no file."""
    result = take(project, given_file(tmp_path, table(ROWS)), "--dry-run")
    assert (result.exit_code, "导入 3 条" in result.output) == (0, True)
    assert not (project / "data" / "feedback").exists()


REFUSED = {
    "unknown document": ({4: "MAN-ZZ-001"}, ":2:24：MAN-ZZ-001 不存在"),
    "unknown version": ({5: "7.0"}, ":2:35：“文档版本”里的“7.0”不存在"),
    "no document": ({4: ""}, "缺少“文档”（doc_id）"),
    "no such day": ({1: "2026/2/30"}, ":2:5：“收到日期”写的 2026/2/30 不存在"),
    "no day": ({1: "上周"}, ":2:5：“收到日期”的日期写法不对：上周"),
    "unknown verdict": ({6: "大概"}, "“判断”没有“大概”这个选项"),
    "unknown category": ({7: "奇怪"}, "“问题类型”没有“奇怪”这个选项"),
    "severity": ({8: "9"}, "“严重程度”"),
    "no id": ({0: ""}, "缺少“编号”（feedback_id）"),
    "an id that is none": ({0: "=CMD()"}, "“编号”"),
    "too long": ({9: "长" * 1001}, "“说明”"),
}


def row_refused(case: str, name: str = "T-9") -> tuple[str, ...]:
    """Return the first row with the mistake of a case."""
    changes, _ = REFUSED[case]
    return tuple(changes.get(index, cell) for index, cell in enumerate((name, *ROWS[0][1:])))


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_row_is_refused(case: str, law: tuple[Path, Intake]) -> None:
    """A row with something wrong is told at its line, with the reason in both languages; the row after it goes in."""
    _, outcome = taken(law[1], table([row_refused(case), ROWS[1]]).encode())
    assert (outcome.refused_rows, [each.id for each in outcome.added]) == (1, ["T-2"])
    told = [f":{each.location.span.line}:{each.location.span.column}：{each.message('zh')}" for each in outcome.refused]
    assert any(REFUSED[case][1] in each for each in told), told
    assert {each.location.span.line for each in outcome.refused} == {2}
    assert all(each.message("en") for each in outcome.refused)


def test_bad_rows_do_not_keep_good_ones_out(project: Path, tmp_path: Path) -> None:
    """Every kind of mistake in one file: each is told, the good rows go in, and the command ends with 1."""
    bad = [row_refused(case, f"T-{number}") for number, case in enumerate(REFUSED, 100)]
    file = given_file(tmp_path, table([*bad, *ROWS]))
    result = take(project, file)
    assert (
        result.exit_code,
        f"导入 3 条，补全 0 条，已有 0 条，不同 0 条，拒绝 {len(REFUSED)} 条" in result.output,
    ) == (1, True)
    assert "export.csv:2:26：MAN-ZZ-001 不存在 → " in result.output
    assert held(project) == TAKEN
    english = take(project, file, "--language", "en")
    assert f"3 there already, 0 differ, {len(REFUSED)} refused" in english.output
    assert "export.csv:2:26: MAN-ZZ-001 does not exist" in english.output


def test_a_broken_quotation_refuses_its_row_alone(project: Path, tmp_path: Path) -> None:
    """A quotation mark that nothing closes costs its own row, and no other."""
    text = (
        table(ROWS[1:])
        + 'T-4,2026-08-07,CS-03,,PRD-AA-001,1.0.0,准确,,,"没写完,\r\nT-5,2026-08-07,CS-04,,PRD-AA-001,1.0.0,准确,,,,\r\n'
    )
    result = take(project, given_file(tmp_path, text))
    assert (result.exit_code, "export.csv:5:45：这一格的引号没有成对" in result.output) == (1, True)
    assert [row["feedback_id"] for row in held(project)] == ["T-2", "T-3", "T-5"]


def test_the_same_id_counts_once(project: Path, tmp_path: Path) -> None:
    """The same row twice is one; a second row that says something else under the id of another is refused."""
    forged = ("T-1", *ROWS[1][1:])
    result = take(project, given_file(tmp_path, table([ROWS[0], ROWS[0], forged])))
    assert (result.exit_code, "export.csv:4:1：编号 T-1 已经用在 export.csv:2" in result.output) == (1, True)
    assert held(project) == TAKEN[:1]


def test_what_is_here_is_never_overwritten(project: Path, tmp_path: Path) -> None:
    """A row that says something else later is told and left; an empty field is filled, in the file of the import alone."""
    take(project, given_file(tmp_path, table(ROWS)))
    head = [*HEAD, "分诊结果", "关闭时间"]
    changed = [(*ROWS[0], "确认", "2026/8/20"), (*ROWS[1][:6], "否", *ROWS[1][7:], "", ""), (*ROWS[2], "", "")]
    result = take(project, given_file(tmp_path, table(changed, head=head)))
    assert (result.exit_code, "T-2 与 data/feedback/tickets.csv:3 不同，没有改动：verdict\n" in result.output) == (
        0,
        True,
    )
    assert "导入 0 条，补全 1 条，已有 1 条，不同 1 条，拒绝 0 条" in result.output
    assert held(project) == [{**TAKEN[0], "triage_status": "confirmed", "closed_at": "2026-08-20"}, *TAKEN[1:]]
    elsewhere = take(
        project, given_file(tmp_path, table([(*ROWS[2], "确认", "")], head=head)), "--into", "data/feedback/b.csv"
    )
    assert "T-3 与 data/feedback/tickets.csv:4 不同，没有改动：triage_status\n" in elsewhere.output


def test_a_triage_without_its_reasons_waits(project: Path, tmp_path: Path) -> None:
    """`Invalid` without reason, day and person is taken in as not triaged; with them it stands."""
    head = [*HEAD, "分诊结果", "理由", "分诊日期", "分诊人"]
    rows = [(*ROWS[0], "误报", "", "", ""), (*ROWS[2], "误报", "产品缺陷", "2026/8/7", "陈一舟")]
    result = take(project, given_file(tmp_path, table(rows, head=head)))
    assert (result.exit_code, "T-1 的分诊缺少理由、日期或分诊人，按待分诊导入" in result.output) == (0, True)
    first, second = held(project)
    assert "triage_status" not in first
    assert (second["triage_status"], second["triaged_by"], second["triaged_at"]) == (
        "invalid",
        "chen-yizhou",
        "2026-08-07",
    )


def test_a_customer_is_no_reporter(project: Path, tmp_path: Path) -> None:
    """Who reports as a customer is not named."""
    row = (*ROWS[1][:2], "王小明", *ROWS[1][3:], "顾客")
    take(project, given_file(tmp_path, table([row], head=[*HEAD, "角色"])))
    (only,) = held(project)
    assert (only["reporter_role"], "reporter" in only) == ("end_user", False)


def test_a_team_has_its_own_mapping(project: Path, tmp_path: Path) -> None:
    """Columns, values and what is not said come from the team's file, by its name or as a file."""
    own = "columns: {doc_id: [Doc], doc_version: [Rev], verdict: [OK?], received_at: [Day], feedback_id: [No]}\n"
    own += "values: {verdict: {accurate: [y], inaccurate: [n]}}\ndefaults: {reporter_role: other, channel: form}\nprefix: X-\n"
    make_project(project, {**DOCUMENTS, "data/_mappings/ours.yaml": own})
    file = given_file(tmp_path, "No,Day,Doc,Rev,OK?\n7,2026-08-05,PRD-AA-001,1.0.0,Y\n")
    assert take(project, file, "--mapping", "ours").exit_code == 0
    wanted = {
        "feedback_id": "X-7", "received_at": "2026-08-05", "channel": "form", "reporter_role": "other", "doc_id": "PRD-AA-001",
        "doc_version": "1.0.0", "verdict": "accurate",
    }  # fmt: skip
    assert held(project) == [wanted]
    assert (project / "data/feedback/ours.csv").is_file()
    assert "已有 1 条" in take(project, file, "--mapping", str(project / "data/_mappings/ours.yaml")).output


UNFIT = {
    "no table": ("随便写的一段话\n", "export.csv", "第一行要有列名，至少有“文档编号”和“准确性”"),
    "empty": ("", "export.csv", "现在是：空的"),
    "json": ('{"a": 1}', "issues.json", "不是 gh issue list --json 写出的列表"),
    "broken json": ('[{"number": 1', "issues.json", "不是 gh issue list --json 写出的列表"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_holds_no_feedback_is_wrong_use(case: str, project: Path, tmp_path: Path) -> None:
    """A file that is no table and no list of issues ends with 2, the cure, and nothing written."""
    text, name, said = UNFIT[case]
    result = take(project, given_file(tmp_path, text, name=name))
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert not (project / "data" / "feedback").exists()


def test_wrong_use_is_told(project: Path, tmp_path: Path) -> None:
    """An unknown mapping, a target elsewhere, a missing file, unreadable bytes and a broken target end with 2."""
    file = given_file(tmp_path, table(ROWS))
    assert "没有对应 nobody；现有：" in take(project, file, "--mapping", "nobody").output
    for target in ("data/prd/x.csv", "../x.csv", "data/feedback/x.txt", "data/feedback/_x/y.csv"):
        assert "--into 要写 data/feedback/ 里的" in take(project, file, "--into", target).output
    assert "没有文件" in take(project, tmp_path / "none.csv").output
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xff\x81")
    assert "不是 UTF-8 也不是 GB18030" in take(project, tmp_path / "bytes.csv").output
    (project / "data/feedback").mkdir()
    (project / "data/feedback/tickets.csv").write_text("feedback_id,verdict\nA,so\n", "utf-8")
    result = take(project, file)
    assert (result.exit_code, "先改好这个文件再导入" in result.output) == (2, True)
    wrong = given_file(tmp_path, "columns: {doc_idd: [x]}\n", name="own.yaml")
    assert "不是反馈的字段；是不是想写 doc_id？" in take(project, file, "--mapping", str(wrong)).output


# Issues ------------------------------------------------------------------------------------------------------


def body(**answers: str) -> str:
    """Return the Markdown that GitHub makes of a filled form."""
    given_answers = {
        "文档编号 / Document ID": "PRD-AA-001", "文档版本 / Document version": "1.0.0", "位置 / Section or step": "REQ-AA-001",
        "您的身份 / Your role": "客服 customer service", "准确性 / Accuracy": "不准确 inaccurate",
        "问题类型 / Kind of problem": "数值错误 wrong value",
        "严重程度 / Severity": "_No response_", "说明 / Detail": "应为 20 次，\n顾客电话 13800138000",
        "工单号 / Ticket": "_No response_",
    } | answers  # fmt: skip
    return "\r\n\r\n".join(f"### {heading}\r\n\r\n{answer}" for heading, answer in given_answers.items())


def issue(number: int, text: str, **more: object) -> dict[str, object]:
    """Return an issue as gh tells it."""
    told = {"number": number, "body": text, "labels": [{"name": "doc-feedback"}], "author": {"login": "anna"}}
    return {**told, "createdAt": "2026-08-05T16:30:00Z", "closedAt": None, **more}


def test_issues_made_with_the_form_are_taken_in(project: Path, tmp_path: Path) -> None:
    """Answers are read by their headings, the number is the id, labels triage, and other issues are passed over."""
    forged = body(**{"说明 / Detail": "### 文档编号 / Document ID\n\nMAN-ZZ-001\n\n### 别的标题\n完"})
    issues = [
        issue(12, body(), labels=[{"name": "doc-feedback"}, {"name": "属实"}], closedAt="2026-08-09T01:00:00Z"),
        issue(13, "普通的问题单，没有表单"),
        issue(14, forged),
        issue(
            15,
            body(**{"准确性 / Accuracy": "准确 accurate", "您的身份 / Your role": "_No response_"}),
            labels=[{"name": "wontfix"}],
        ),
        issue(16, body(**{"文档版本 / Document version": "3.0"})),
    ]
    file = given_file(tmp_path, json.dumps(issues, ensure_ascii=False, indent=1), name="issues.json")
    result = take(project, file)
    assert result.exit_code == 1
    assert "跳过 1 个不是用反馈表单提的问题单" in result.output
    assert "“文档版本”里的“3.0”不存在" in result.output
    assert "GH-15 的分诊缺少理由、日期或分诊人" in result.output
    first, second, third = held(project)
    assert first == {
        "feedback_id": "GH-12", "received_at": "2026-08-06", "channel": "issue",
        "reporter": "anna", "reporter_role": "customer_service",
        "doc_id": "PRD-AA-001", "doc_version": "1.0.0", "section_ref": "REQ-AA-001", "verdict": "inaccurate",
        "category": "wrong_value",
        "detail": "应为 20 次，\n顾客电话 【手机号】", "triage_status": "confirmed", "closed_at": "2026-08-09",
    }  # fmt: skip
    assert (second["doc_id"], second["detail"]) == (
        "PRD-AA-001",
        "### 文档编号 / Document ID\n\nMAN-ZZ-001\n\n### 别的标题\n完",
    )
    assert (third["feedback_id"], third["verdict"], third["reporter_role"]) == ("GH-15", "accurate", "other")
    assert "已有 3 条" in take(project, file).output


# Laws --------------------------------------------------------------------------------------------------------

CELL = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp", "Cf")), max_size=20
)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_cells_come_back(rows: list[list[str]], separator: str) -> None:
    """What is written as CSV, guarded against formulas, is read as it was, but for blanks around bare cells."""
    text = table([[guarded(cell) for cell in row] for row in rows], head=("一", "二"), separator=separator, ends="\n")
    back = [[cell.text for cell in row] for row in read_cells(text, "t.csv").rows[1:]]
    assert [[cell.strip(" ") for cell in row] for row in back] == [
        [cell.strip(" ") for cell in row] for row in rows if any(cell.strip(" ") for cell in row)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    details=st.lists(CELL, min_size=1, max_size=4),
    encoding=st.sampled_from(ENCODINGS),
    suffix=st.sampled_from([".csv", ".yaml"]),
)
def test_what_goes_in_is_what_is_read(details: list[str], encoding: str, suffix: str, law: tuple[Path, Intake]) -> None:
    """Any words in any encoding are in the library as they came, covered and trimmed, whichever file they are written to."""
    root, intake = law
    rows = [(f"T-{number}", *ROWS[1][1:9], text, "") for number, text in enumerate(details)]
    target = f"data/feedback/law{suffix}"
    handed, outcome = taken(intake, table(rows).encode(encoding), target=target)
    assert (len(handed.rows), outcome.refused) == (len(rows), [])
    path = root / target
    for old in path.parent.glob("law.*"):
        old.unlink()
    path.write_text(intake.written(None, target, outcome), "utf-8")
    site = read(root)
    assert [dict(answer.values) for answer in site.library.answers] == [dict(each.values) for each in outcome.added]


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Intake]:
    """Return a project for laws, and what its feedback is taken into."""
    root = make_project(tmp_path_factory.mktemp("law"), DOCUMENTS)
    (root / "data/feedback").mkdir()
    return root, Intake.of(read(root).library)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_mappings_name_what_there_is(path: Path, law: tuple[Path, Intake]) -> None:
    """Every shipped mapping reads, and its values are choices of their fields."""
    columns = read_columns(read_file(path, root=SHIPPED), path.stem, law[1].rows)
    for name, values in columns.values.items():
        field = law[1].rows.child(name)
        if field and field.choices:
            assert set(values.values()) <= set(field.choices)
    assert {"doc_id", "verdict", "received_at", "feedback_id"} <= {
        name for name, each in columns.columns.items() if len(each) > (1 if name == "feedback_id" else 3)
    }
    headers = [
        header for name, each in columns.columns.items() for header in each[: -1 if name == "feedback_id" else -3]
    ]
    assert len(headers) == len(set(headers))
