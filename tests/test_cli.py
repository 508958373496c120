"""The command line: what it prints, in which form and language, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from pmdocs import __version__, gather
from pmdocs.cli import main
from pmdocs.diagnostics import Rule
from pmdocs.rules import RULES
from projects import CONFIG, document, make_project, read_quickly
from reference import commands_of

PRD, OTHER = "data/prd/PRD-TST-001.yaml", "data/prd/PRD-TST-002.yaml"


def run(*arguments: str | Path) -> Result:
    """Run a command; what is not an exit is a traceback, and raised here."""
    with patch.object(gather, "read_file", read_quickly):
        return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A project with an error in one document and a warning in another."""
    files = {PRD: document("PRD-TST-001", version="1.10"), OTHER: document("PRD-TST-002", "titel: x\n")}
    return make_project(tmp_path, files)


@pytest.fixture
def right(tmp_path: Path) -> Path:
    """A project with nothing wrong."""
    return make_project(tmp_path, {PRD: document("PRD-TST-001")})


def test_a_project_without_errors_exits_with_0(right: Path) -> None:
    """Nothing found is said in one line."""
    result = run("check", "--project", right)
    assert (result.exit_code, result.output) == (0, "没有发现问题。\n")


def test_a_project_with_errors_exits_with_1(wrong: Path) -> None:
    """Findings are told in the site's first language, with their lines, without colours where nobody watches."""
    result = run("check", "--project", wrong)
    assert result.exit_code == 1
    assert result.output == (
        f"{PRD}:4:10: 错误 D7-S04 unquoted-value\n"
        "  “文档版本”要写文字，这里的 1.10 会被当成数字\n"
        "  4 | version: 1.10\n"
        "    |          ^^^^\n"
        '  → 加上引号："1.10"\n'
        "\n"
        f"{OTHER}:1:1: 警告 D7-S02 misspelt-key\n"
        "  “titel”不是产品需求文档的字段\n"
        "  1 | titel: x\n"
        "    | ^^^^^\n"
        "  → 是不是想写 title（标题）？\n"
        "\n"
        "共 1 个错误，1 个警告。\n"
    )


def test_the_language_can_be_chosen(wrong: Path) -> None:
    """`--language en` tells everything in English; a site whose first language is English needs no option."""
    english = run("check", "--project", wrong, "--language", "en").output
    assert "“Document version” takes text, and 1.10 is read as a number" in english
    assert english.endswith("1 error, 1 warning.\n")
    (wrong / "mkdocs.yml").write_text(CONFIG.replace("[zh, en]", "[en, zh]"), "utf-8")
    assert run("check", "--project", wrong).output == english


def test_only_findings_in_the_paths_named_are_reported(wrong: Path) -> None:
    """The whole project is read, but only what lies in the files and folders named is told and counts."""
    for paths, code, count in [
        ((wrong / PRD,), 1, 1),
        ((wrong / OTHER,), 0, 1),
        ((wrong / "data" / "prd",), 1, 2),
        ((wrong / OTHER, wrong / PRD), 1, 2),
        ((wrong / "data" / "people.yaml",), 0, 0),
    ]:
        result = run("check", "--project", wrong, "--format", "json", *paths)
        assert (result.exit_code, len(json.loads(result.output))) == (code, count)


def test_paths_and_the_project_are_found_from_the_current_folder(wrong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder inside the project everything works with relative paths."""
    monkeypatch.chdir(wrong / "data" / "prd")
    result = run("check", "PRD-TST-002.yaml", "--format", "json")
    assert result.exit_code == 0
    assert [each["file"] for each in json.loads(result.output)] == [OTHER]


def test_json_and_github(wrong: Path) -> None:
    """The machine forms hold nothing but findings."""
    findings = json.loads(run("check", "--project", wrong, "--format", "json").output)
    assert [(each["code"], each["reason"], each["severity"], each["file"], each["line"]) for each in findings] == [
        ("D7-S04", "unquoted-value", "error", PRD, 4),
        ("D7-S02", "misspelt-key", "warning", OTHER, 1),
    ]
    github = run("check", "--project", wrong, "--format", "github").output.splitlines()
    assert [line.split(",")[0] for line in github] == [f"::error file={PRD}", f"::warning file={OTHER}"]


def test_warnings_stop_where_the_project_says_so(wrong: Path) -> None:
    """With `fail_on: warning` a warning is enough for exit code 1."""
    (wrong / "mkdocs.yml").write_text(CONFIG + "      fail_on: warning\n", "utf-8")
    assert run("check", "--project", wrong, wrong / OTHER).exit_code == 1


def test_the_day_can_be_chosen(right: Path) -> None:
    """A day that there is is taken, another is wrong use."""
    assert run("check", "--project", right, "--as-of", "2026-09-18").exit_code == 0
    assert run("check", "--project", right, "--as-of", "2026-02-30").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("check", "--project", "nowhere"), "nowhere"),
        (("check", "--project", "empty"), "mkdocs.yml"),
        (("check", "--project", "project", "nowhere.yaml"), "nowhere.yaml"),
        (("check", "--project", "project", "--format", "xml"), "xml"),
        (("check", "--project", "project", "--language", "fr"), "fr"),
        (("check", "--project", "project", "--as-of", "tomorrow"), "tomorrow"),
        (("explain",), "CODE"),
        (("explain", "D7-X99"), "D7-S01、D7-S02"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_use_exits_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    """Wrong use says what was wrong."""
    (tmp_path / "empty").mkdir()
    make_project(tmp_path / "project")
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_explain_tells_a_rule(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code is explained in Chinese, in English on demand, written in capitals or not."""
    monkeypatch.chdir(tmp_path)
    chinese = run("explain", rule.code)
    assert (chinese.exit_code, chinese.output.split("\n")[0]) == (0, f"{rule.code}  {rule.title.zh}")
    english = run("explain", rule.code.lower(), "--language", "en")
    assert (english.exit_code, english.output.split("\n")[0]) == (0, f"{rule.code}  {rule.title.en}")


def test_the_version_is_told() -> None:
    """`--version` names the program and its version."""
    assert run("--version").output == f"pmdocs, version {__version__}\n"


def test_every_command_and_option_has_help() -> None:
    """`--help` says in both languages what each command and option is for."""
    for name, command in [("", main), *commands_of(main)]:
        assert command.help, name
        for parameter in command.params:
            if parameter.name not in ("help", "version"):
                words = getattr(parameter, "words", None)
                assert words, f"{name} {parameter.name}"
                assert words.zh != words.en
        if name:
            assert {"--project", "--language"} <= {each for parameter in command.params for each in parameter.opts}
            both, english = (run(*name.split(), *asked, "--help").output for asked in ((), ("--language", "en")))
            assert "用法 · Usage: " in both
            assert english.startswith("Usage: ")
            assert not any("\u4e00" <= character <= "\u9fff" for character in english)
    assert run("-h").exit_code == 0


EDITS = {
    "a tab": ("title:", "\ttitle:"),
    "a colon": ("title: ", "title："),
    "an open quotation": ('version: "1.0"', 'version: "1.0'),
    "an open bracket": ("summary: 建立草稿}]", "summary: 建立草稿"),
    "a list for text": ("title: 测试文档", "title: [a, {b: c}]"),
    "a map for a list": ("change_history: [", "change_history: {a: ["),
    "a number for an id": ("id: PRD-TST-001", "id: 7"),
    "a list for an id": ("id: PRD-TST-001", "id: [PRD, {TST: 1}]"),
    "nothing at all": ("status: draft", "status:"),
    "a list for a status": ("status: draft", "status: [draft]"),
    "a map for an owner": ("owner: lin-xiao", "owner: {id: lin-xiao}"),
    "a tag": ("title: ", "title: !!python/object/apply:os.system "),
    "an alias of itself": ("title: 测试文档", "title: &a [*a]"),
    "a directive": ("id:", "%YAML 9\n---\nid:"),
    "rows of the wrong kind": ("id:", "requirements: [1, [2], {id: [3]}, {id: {a: 4}}]\nid:"),
    "an unhashable key": ("id:", "? [a, b]\n: c\nid:"),
}


@pytest.mark.parametrize(("old", "new"), EDITS.values(), ids=EDITS.keys())
def test_a_wrong_edit_is_a_finding_and_never_a_traceback(tmp_path: Path, old: str, new: str) -> None:
    """Whatever a writer does to a document, check tells it and exits with 1."""
    text = document("PRD-TST-001")
    assert old in text
    root = make_project(tmp_path, {PRD: text.replace(old, new, 1)})
    result = run("check", "--project", root, "--format", "json")
    assert result.exit_code == 1
    assert {each["file"] for each in json.loads(result.output)} == {PRD}


def test_a_process_prints_utf_8_without_colours_into_a_pipe(wrong: Path) -> None:
    """The installed command works as one process, whatever the terminal is said to be, from any folder."""
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pmdocs", "check", "--project", str(wrong)]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=wrong.parent, check=False)
    assert done.returncode == 1
    assert done.stderr == b""
    assert done.stdout.decode("utf-8").endswith("共 1 个错误，1 个警告。\n")
    assert b"\x1b" not in done.stdout


def test_an_output_that_knows_no_chinese_is_no_traceback(wrong: Path) -> None:
    """Where the output cannot hold a character, a substitute is printed."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "pmdocs", "check", "--project", str(wrong), "--language", "en"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"1 error, 1 warning." in done.stdout
