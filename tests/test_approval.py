"""`pmdocs approve` and `pmdocs review`: verdicts written byte by byte or refused, and what changed since, by item and field."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pmdocs.cli import main
from pmdocs.signoff import State, states_of
from rulebook import GOOD, read
from sites import change

SPEC = "data/feature_spec/SPEC-TST-001.yaml"
MANUAL = "data/user_manual/MAN-TST-001.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the clean set of documents."""
    return Path(shutil.copytree(GOOD, tmp_path / "project"))


def run(project: Path, line: str, *more: str) -> Result:
    """Runs a command in a project."""
    words = [*line.split(), *more, "--project", str(project)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


def approve(project: Path, line: str, *more: str) -> Result:
    """Runs `pmdocs approve` on a day."""
    return run(project, f"approve {line} --date 2026-09-18", *more)


def state(project: Path, name: str, role: str) -> list[State]:
    """How the sign-offs of a role in a document stand."""
    library = read(project).library
    found = library.document(name)
    assert found is not None
    return [each.state for each in states_of(found, library) if each.role == role]


def git(project: Path, *arguments: str) -> None:
    """Runs git in a project, as somebody who is nobody."""
    who = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.com",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.com",
    }
    subprocess.run(["git", *arguments], cwd=project, env=os.environ | who, check=True, capture_output=True)


def committed(project: Path) -> Path:
    """The project as the first commit of a repository."""
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "first")
    return project


def test_an_approval_adds_its_entry_and_touches_no_other_byte(project: Path) -> None:
    """A new reviewer's verdict is an entry behind the others; the rest of the file is as it was, Windows line ends too."""
    path = project / SPEC
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    result = approve(project, "SPEC-TST-001 --role qa --by he-chuan")
    assert result.exit_code == 0
    assert result.output.split("\n") == [
        f"已写入 {SPEC}：何川，测试，已通过，2026-09-18",
        "需要的会签都有效。",
        "",
    ]
    after = path.read_bytes()
    start = after.index(b"  - person: he-chuan")
    end = after.index(b"change_history:")
    assert after[:start] + after[end:] == before
    entry = after[start:end].decode().split("\r\n")
    assert entry[:5] == [
        "  - person: he-chuan",
        "    role: qa",
        "    verdict: approved",
        "    date: 2026-09-18",
        '    version: "1.0"',
    ]
    assert entry[5].startswith('    digest: "1:')
    assert entry[6] == "    links:"
    assert state(project, "SPEC-TST-001", "qa") == [State.FRESH]


def test_a_verdict_takes_the_place_of_one_that_waited(project: Path) -> None:
    """A pending entry is filled in where it stands, its comments kept; the day is that of `as_of` unless told."""
    change(project / "mkdocs.yml", "as_of: 2026-09-18", "as_of: 2026-09-10")
    path = project / MANUAL
    text = path.read_text("utf-8")
    row = next(line for line in text.split("\n") if "role: customer_service" in line)
    waiting = (
        "  - person: zhou-min  # 九月底前\n    role: customer_service\n    verdict: pending\n"
        "    comments:\n      - text: 请先改标题  # 上次说过\n        resolved: true"
    )
    path.write_text(text.replace(row, waiting), "utf-8")
    said = ("--comment", "请写明: 多少件算满")
    result = run(
        project, "approve MAN-TST-001 --role customer_service --by zhou-min --verdict approved_with_comments", *said
    )
    assert result.exit_code == 0, result.output
    new = path.read_text("utf-8")
    kept = waiting.replace("pending", "approved_with_comments")
    added = (
        '\n      - text: "请写明: 多少件算满"\n        resolved: false\n    date: 2026-09-10\n    version: "1.0.0"\n'
    )
    assert kept + added in new
    assert state(project, "MAN-TST-001", "customer_service") == [State.FRESH]


def test_what_was_said_of_another_version_stays(project: Path) -> None:
    """The sign-off of the version before is kept beside the new one, and so is the one this version was published with."""
    path = project / MANUAL
    change(path, 'version: "1.0.0"', 'version: "1.1.0"')
    change(
        path,
        "change_history:\n",
        'change_history:\n  - {version: "1.1.0", date: 2026-09-01, author: lin-xiao, summary: 第二版。}\n',
    )
    change(path, "published_date: 2026-08-26", "published_date: 2026-09-18")
    change(path, "due_date: 2026-08-26", "due_date: 2026-09-18")
    result = approve(project, "MAN-TST-001 --role tech --by chen-yizhou")
    assert result.output.split("\n")[1] == "还缺有效的会签：客服"
    assert path.read_text("utf-8").count("chen-yizhou") == 2
    assert state(project, "MAN-TST-001", "tech") == [State.FRESH]
    assert approve(project, "SPEC-TST-001 --role tech --by chen-yizhou").exit_code == 0
    assert (project / SPEC).read_text("utf-8").count("chen-yizhou") == 2
    assert (
        approve(
            project, "SPEC-TST-001 --role tech --by chen-yizhou --verdict rejected", "--comment", "看错了"
        ).exit_code
        == 0
    )
    assert (project / SPEC).read_text("utf-8").count("chen-yizhou") == 2
    assert state(project, "SPEC-TST-001", "tech") == [State.REJECTED]


REFUSED: dict[str, tuple[str, str]] = {
    "owner": (
        "SPEC-TST-001 --role business --by lin-xiao",
        "林晓是 SPEC-TST-001 的负责人，不能评审自己的文档；请另一位有“业务”角色的同事评审",
    ),
    "unknown person": (
        "SPEC-TST-001 --role tech --by chenyizhou",
        "people.yaml 里没有 chenyizhou；是不是想写 chen-yizhou？",
    ),
    "a person by name": ("SPEC-TST-001 --role qa --by 何川", "people.yaml 里没有 何川；是不是想写 he-chuan？"),
    "somebody else": ("SPEC-TST-001 --role tech --by zzz", "people.yaml 里没有 zzz；先在那里加上这个人"),
    "another role": (
        "SPEC-TST-001 --role tech --by zhou-min",
        "周敏没有“技术”角色；请有这个角色的同事评审，或者先在 people.yaml 里给 zhou-min 的 roles 加上 tech",
    ),
    "unknown role": ("SPEC-TST-001 --role tecch --by chen-yizhou", "没有评审角色 tecch。是不是想写 tech？"),
    "unknown document": (
        "SPEC-TST-002 --role tech --by chen-yizhou",
        "没有文档 SPEC-TST-002；是不是想写 SPEC-TST-001？",
    ),
    "no comment": (
        "SPEC-TST-001 --role tech --by chen-yizhou --verdict rejected",
        "请用 --comment 写明意见：没有意见，作者不知道要改什么",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_verdict_that_would_be_worth_nothing_is_refused(name: str, project: Path) -> None:
    """It says why and what helps, in the language asked for, and the file stays as it is."""
    line, words = REFUSED[name]
    before = (project / SPEC).read_bytes()
    result = approve(project, line)
    assert result.exit_code == 1
    assert result.output.startswith(words)
    english = approve(project, line, "--language", "en")
    assert english.exit_code == 1
    assert not set(english.output) & set("，。；的没请")
    assert (project / SPEC).read_bytes() == before


def test_an_author_and_somebody_who_has_left_are_refused(project: Path) -> None:
    """Authors do not review their own document; who has left cannot sign."""
    change(project / SPEC, "owner: lin-xiao", "owner: lin-xiao\nauthors: [chen-yizhou]")
    result = approve(project, "SPEC-TST-001 --role tech --by chen-yizhou")
    assert (result.exit_code, "作者" in result.output) == (1, True)
    change(project / "data/people.yaml", "roles: [qa]", "roles: [qa], active: false")
    result = approve(project, "SPEC-TST-001 --role qa --by he-chuan")
    assert result.output == "何川已经离职（people.yaml 里 active: false），不能会签；请另一位有“测试”角色的同事评审\n"


def test_a_document_with_errors_cannot_be_approved_but_rejected(project: Path) -> None:
    """Errors other than lacking and stale sign-offs are told and stand in the way of an approval, not of a rejection."""
    change(
        project / SPEC,
        "condition: 收藏夹已有 100 件商品\n    user_message",
        "conditionn: 收藏夹已有 100 件商品\n    user_message",
    )
    result = approve(project, "SPEC-TST-001 --role tech --by chen-yizhou")
    assert result.exit_code == 1
    assert result.output.startswith("SPEC-TST-001 有 2 个错误，改好以后才能会签\n")
    assert "D7-S02 misspelt-key" in result.output
    assert (
        approve(project, "SPEC-TST-001 --role tech --by chen-yizhou --verdict rejected", "--comment", "有错").exit_code
        == 0
    )
    assert approve(project, "MAN-TST-001 --role tech --by chen-yizhou").exit_code == 0


def test_a_document_without_reviewers_can_be_approved(project: Path) -> None:
    """That nobody has signed yet is what an approval cures."""
    path = project / MANUAL
    text = path.read_text("utf-8")
    start, end = text.index("reviewers:"), text.index("change_history:")
    path.write_text(text[:start] + text[end:], "utf-8")
    assert approve(project, "MAN-TST-001 --role tech --by chen-yizhou").exit_code == 0
    assert approve(project, "MAN-TST-001 --role customer_service --by zhou-min").exit_code == 0
    new = path.read_text("utf-8")
    assert new.index("review_by:") < new.index("reviewers:") < new.index("change_history:")
    assert state(project, "MAN-TST-001", "tech") == state(project, "MAN-TST-001", "customer_service") == [State.FRESH]


def test_a_review_tells_exactly_what_changed_since(project: Path) -> None:
    """After an approval a role sees its own changes, by item and field, from git; another role sees that there are none."""
    committed(project)
    path = project / SPEC
    change(path, "user_message: 收藏夹已满，请先取消一件收藏", "user_message: 收藏夹已满，请先取消两件收藏")
    change(path, "log_level: info", "log_level: error")
    git(project, "commit", "-qam", "second")
    change(path, "title: 收藏夹已满", "title: 收藏夹满了")
    result = run(project, "review SPEC-TST-001 --language zh")
    assert result.exit_code == 0
    assert result.output.split("\n") == [
        "SPEC-TST-001 收藏夹 1.0 (已发布)",
        "",
        "■ 技术",
        "  陈一舟：内容已改动，1.0，2026-08-19",
        "  2026-08-19 会签 1.0 之后的改动：",
        "    ~ TST-4001 收藏夹满了 (改动)",
        "        名称：收藏夹[-已满-]{+满了+}",
        "        日志级别：[-信息-]{+错误+}",
        "  → 看过以后运行 pmdocs approve SPEC-TST-001 --role tech --by chen-yizhou",
        "",
        "■ 客服",
        "  周敏：内容已改动，1.0，2026-08-20",
        "  2026-08-20 会签 1.0 之后的改动：",
        "    ~ TST-4001 收藏夹满了 (改动)",
        "        名称：收藏夹[-已满-]{+满了+}",
        "        用户看到的提示：收藏夹已满，请先取消[-一-]{+两+}件收藏",
        "  → 看过以后运行 pmdocs approve SPEC-TST-001 --role customer_service --by zhou-min",
        "",
    ]
    change(path, "title: 收藏夹满了", "title: 收藏夹已满")
    change(path, "log_level: error", "log_level: info")
    assert "评审过的内容没有改动。" in run(project, "review SPEC-TST-001 --role tech").output


def test_a_first_review_lists_what_the_role_reviews(project: Path) -> None:
    """Who has not approved yet sees the fields and items of the role, and which fields within where only some are its own."""
    lines = run(project, "review SPEC-TST-001 --role design").output.split("\n")
    assert lines[2] == "■ 设计"
    assert lines[3] == "  要评审的内容："
    assert "    异常处理" not in "".join(lines)
    lines = run(project, "review SPEC-TST-001 --role qa --language en").output.split("\n")
    assert "    Implements" in lines
    assert "    Business rules: BR-1" in lines
    assert any(line.startswith("    Exceptions (") and line.endswith(": TST-4001") for line in lines)
    assert lines[-2] == "  → Then run pmdocs approve SPEC-TST-001 --role qa --by PERSON"


@pytest.mark.parametrize("kept", ["no repository", "not committed", "no digest", "another version"])
def test_a_review_says_when_it_cannot_tell(project: Path, kept: str) -> None:
    """Outside git, without a digest, or where what was signed was never committed, everything is to be looked at."""
    path = project / SPEC
    if kept in ("not committed", "another version"):
        change(path, "log_level: info", "log_level: error")
        committed(project)
    change(path, "feature: 收藏夹", "feature: 收藏")
    if kept == "no digest":
        text = path.read_text("utf-8")
        row = next(line for line in text.split("\n") if "role: tech" in line)
        path.write_text(text.replace(row, row[: row.index(", digest")] + "}"), "utf-8")
    why = {"no repository": "项目不在 git 仓库里", "no digest": "会签没有内容摘要"}.get(
        kept, "git 历史里没有会签时的内容"
    )
    lines = run(project, "review SPEC-TST-001 --role tech").output.split("\n")
    assert lines[4].startswith(f"  看不出会签之后改了什么：{why}")
    assert "    业务规则：BR-1" in lines


def test_a_review_names_linked_content_that_changed(project: Path) -> None:
    """What a document links to may have changed under a sign-off that is fresh otherwise."""
    change(project / "data/prd/PRD-TST-001.yaml", "title: 查看收藏夹", "title: 翻看收藏夹")
    lines = run(project, "review SPEC-TST-001 --role tech").output.split("\n")
    assert "  会签之后，引用到的内容有改动：" in lines
    assert "    REQ-TST-002 翻看收藏夹" in lines
