"""The writer's commands as they are typed: init, new, fmt, schema and completion, in both languages."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result

from pmdocs import gather
from pmdocs.cli import main
from pmdocs.cli.shared import PATIENCE
from projects import CONFIG, document, make_project, read_quickly

PRD = "data/prd/PRD-TST-001.yaml"
UNTIDY = "title: 测试\nid: PRD-TST-001\n"
TIDY = "id: PRD-TST-001\ntitle: 测试\n"


def run(*arguments: str | Path) -> Result:
    """Run a command; what is not an exit is a traceback, and raised here."""
    with patch.object(gather, "read_file", read_quickly):
        return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


# fmt ----------------------------------------------------------------------------------------------------------


def test_fmt_puts_files_in_order_and_says_which(tmp_path: Path) -> None:
    """`--check` only tells, with exit code 1; a second time there is nothing to do."""
    root = make_project(tmp_path, {PRD: UNTIDY})
    told = run("fmt", "--project", root, "--check")
    assert (told.exit_code, told.output) == (
        1,
        f"{PRD}: 需要整理\n5 个文件中有 1 个需要整理；运行 pmdocs fmt\n",
    )
    assert (root / PRD).read_text("utf-8") == UNTIDY
    done = run("fmt", "--project", root, "--language", "en")
    assert (done.exit_code, done.output) == (0, f"{PRD}: tidied\nPut 1 of 5 files in order\n")
    assert (root / PRD).read_text("utf-8") == TIDY
    assert run("fmt", "--project", root).output == "5 个文件都不需要整理\n"


def test_fmt_treats_only_the_paths_named(tmp_path: Path) -> None:
    """Other files stay as they are, even untidy ones."""
    other = PRD.replace("001", "002")
    root = make_project(tmp_path, {PRD: UNTIDY, other: UNTIDY})
    assert run("fmt", "--project", root, root / other).exit_code == 0
    assert ((root / PRD).read_text("utf-8"), (root / other).read_text("utf-8")) == (UNTIDY, TIDY)
    assert run("fmt", "--project", root, root / "nowhere.yaml").exit_code == 2


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_fmt_keeps_line_ends_and_the_byte_order_mark(tmp_path: Path, mark: bytes, end: bytes) -> None:
    """A file from Windows stays one: only its order changes."""
    root = make_project(tmp_path)
    path = root / PRD
    path.parent.mkdir(parents=True)
    path.write_bytes(mark + UNTIDY.encode().replace(b"\n", end))
    assert run("fmt", "--project", root).exit_code == 0
    assert path.read_bytes() == mark + TIDY.encode().replace(b"\n", end)
    assert run("fmt", "--project", root, "--check").exit_code == 0


def test_fmt_leaves_alone_what_it_cannot_read_and_treats_the_others(tmp_path: Path) -> None:
    """A file with an error is named, with exit code 1; one with anchors is named, too; nothing of theirs changes."""
    broken, anchored, sound = (f"data/prd/PRD-TST-00{number}.yaml" for number in (1, 2, 3))
    texts = {broken: "title: [\nid: x\n", anchored: "title: &a 测试\nid: PRD-TST-002\nsummary: *a\n", sound: UNTIDY}
    root = make_project(tmp_path, texts)
    told = run("fmt", "--project", root)
    assert told.exit_code == 1
    assert f"{broken}: 读不出来" in told.output
    assert f"{anchored}: 含有锚点" in told.output
    assert (root / broken).read_text("utf-8") == texts[broken]
    assert (root / anchored).read_text("utf-8") == texts[anchored]
    assert (root / sound).read_text("utf-8") == TIDY
    assert not list(root.rglob("*.new"))


# new ----------------------------------------------------------------------------------------------------------


def test_new_writes_a_document_and_says_what_comes_next(tmp_path: Path) -> None:
    """The path, then the next step, in the language of messages."""
    root = make_project(tmp_path, {PRD: document("PRD-TST-001")})
    told = run("new", "prd", "--project", root, "--title", "退货")
    assert (told.exit_code, told.output.split("\n")[0]) == (0, "已新建产品需求文档 data/prd/PRD-TST-002.yaml")
    assert '"退货"' in (root / "data/prd/PRD-TST-002.yaml").read_text("utf-8")
    english = run(
        "new", "prd", "PAY", "--project", root, "--language", "en", "--product", "seller", "--owner", "zhou-min"
    )
    assert "data/prd/PRD-PAY-001.yaml" in english.output
    text = (root / "data/prd/PRD-PAY-001.yaml").read_text("utf-8")
    assert 'product: "seller"' in text
    assert 'owner: "zhou-min"' in text
    assert "lang: en" in text


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("prds",), 2, "是不是想写 prd？"),
        (("需求文档",), 2, "是不是想写 prd？"),
        (("zzz",), 2, "现有："),
        (("prd", "PRD-TST-001"), 1, "已经有了"),
        (("prd", "--product", "nowhere"), 1, "trendpick"),
        (("prd", "--title", "句号。"), 1, "D7-S04"),
        ((), 2, "缺少 TYPE"),
    ],
)
def test_new_refuses_with_the_cure(tmp_path: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    """Nothing is written."""
    root = make_project(tmp_path, {PRD: document("PRD-TST-001")})
    before = sorted(root.rglob("*"))
    result = run("new", *arguments, "--project", root)
    assert result.exit_code == code
    assert told in result.output
    assert sorted(root.rglob("*")) == before


# init ---------------------------------------------------------------------------------------------------------


def test_init_asks_nothing_where_nobody_can_answer(tmp_path: Path) -> None:
    """Without a terminal the defaults are taken; the editor's files are there at once."""
    told = run("init", tmp_path / "docs")
    assert told.exit_code == 0
    assert (tmp_path / "docs" / ".vscode" / "settings.json").is_file()
    assert (tmp_path / "docs" / ".pmdocs" / "schema" / "prd.json").is_file()
    assert "我们的产品" in (tmp_path / "docs" / "data" / "products.yaml").read_text("utf-8")
    again = run("init", "--project", tmp_path / "docs")
    assert (again.exit_code, "mkdocs.yml、data" in again.output) == (1, True)


def test_what_the_system_refuses_is_no_traceback(tmp_path: Path) -> None:
    """A file where a folder is needed is named, in both languages, with exit code 1."""
    (tmp_path / "notes").write_text("x", "utf-8")
    told = run("init", tmp_path / "notes" / "docs")
    assert told.exit_code == 1
    assert "notes" in told.output
    assert "系统拒绝" in told.output
    root = make_project(tmp_path / "project")
    (root / "data" / "prd").write_text("x", "utf-8")
    assert run("new", "prd", "--project", root).exit_code == 1


class Terminal:
    """A process in a pseudo-terminal: what it shows, and what is typed into it."""

    def __init__(self, *command: str, within: Path) -> None:
        self.master, slave = pty.openpty()
        environment = {**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", "COLUMNS": "100"}
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=within,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            close_fds=True,
        )
        os.close(slave)
        self.shown = ""

    def until(self, text: str) -> None:
        """Reads until a text is shown."""
        end = time.monotonic() + 60
        while text not in self.shown and time.monotonic() < end:
            self.read()
        assert text in self.shown

    def read(self) -> bool:
        """Reads what is there; whether there may be more."""
        try:
            data = os.read(self.master, 4096)
        except OSError:  # how a pseudo-terminal tells its end
            return False
        self.shown += data.decode("utf-8", errors="replace")
        return bool(data)

    def type(self, line: str) -> None:
        """Types a line."""
        os.write(self.master, f"{line}\n".encode())

    def end(self) -> int:
        """Reads to the end and returns the exit code."""
        while self.read():
            pass
        os.close(self.master)
        return self.process.wait(timeout=60)


def test_init_asks_for_language_and_product_alone(tmp_path: Path) -> None:
    """Two questions in a terminal, none where options answer them."""
    asked = Terminal("-m", "pmdocs", "init", "docs", within=tmp_path)
    asked.until("Language of the documents")
    asked.type("en")
    asked.until("Name of the product")
    asked.type("TrendPick")
    assert asked.end() == 0
    assert 'name: "TrendPick"' in (tmp_path / "docs" / "data" / "products.yaml").read_text("utf-8")
    assert asked.shown.count("]: ") + asked.shown.count("): ") <= 3
    told = Terminal("-m", "pmdocs", "init", "more", "--product", "潮选", "--language", "zh", within=tmp_path)
    assert told.end() == 0
    assert "Language of the documents" not in told.shown


@pytest.mark.parametrize(("seconds", "shows"), [(0.0, False), (PATIENCE * 2, True)])
def test_work_that_takes_long_shows_that_it_goes_on(tmp_path: Path, seconds: float, shows: bool) -> None:
    """In a terminal, from the second second on; quick work shows nothing, and neither does a pipe."""
    code = (
        "import time\nfrom pmdocs.cli.shared import working\nfrom pmdocs.diagnostics import Words\n"
        f"with working(Words('正在读取', 'Reading'), 'zh'):\n    time.sleep({seconds})\nprint('done')\n"
    )
    terminal = Terminal("-c", code, within=tmp_path)
    assert terminal.end() == 0
    assert ("正在读取" in terminal.shown) is shows
    piped = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert (piped.stdout, piped.stderr) == ("done\n", "")


# schema and completion ----------------------------------------------------------------------------------------


def test_schema_says_what_it_did(tmp_path: Path) -> None:
    """How many files changed, and where the settings could not be read."""
    root = make_project(tmp_path)
    assert "更新了 11 个文件" in run("schema", "--project", root).output
    assert "更新了 0 个文件" in run("schema", "--project", root).output
    (root / ".vscode" / "settings.json").write_text("{ // mine\n}", "utf-8")
    assert "没有改动" in run("schema", "--project", root).output


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_the_shell(shell: str) -> None:
    """What is printed names the variable that asks pmdocs."""
    told = run("completion", shell)
    assert told.exit_code == 0
    assert f"_PMDOCS_COMPLETE={shell}_complete" in told.output
    assert run("completion", "powershel").exit_code == 2


def test_bash_completes_commands_types_and_codes(tmp_path: Path) -> None:
    """The real shell reads the script and asks the real command."""
    root = make_project(tmp_path, config=CONFIG)
    script = """
        ask() { env COMP_WORDS="$1" COMP_CWORD="$2" _PMDOCS_COMPLETE=bash_complete pmdocs; }
        eval "$(pmdocs completion bash)"
        complete -p pmdocs
        ask "pmdocs che" 1; ask "pmdocs new f" 2; ask "pmdocs explain d7-s0" 2; ask "pmdocs check --fo" 2
    """
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = subprocess.run(
        ["bash", "-c", script],
        cwd=root,
        env=os.environ | {"PATH": programs},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "complete -o nosort -F _pmdocs_completion pmdocs" in ran.stdout
    words = [line.partition(",")[2] for line in ran.stdout.splitlines() if line.startswith("plain,")]
    assert {"check", "feature_spec", "D7-S01", "D7-S04", "--format"} <= set(words)
    assert "prd" not in words
