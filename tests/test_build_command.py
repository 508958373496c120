"""`pmdocs build` as it is typed: what stops it, where it may write, and what it says of the size of a site."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from pmdocs.cli import main
from pmdocs.diagnostics import Diagnostic, Language, Location, Severity, Span
from pmdocs.publish import Report, Size
from pmdocs.rules import RULES
from pmdocs.rules.names import BROKEN_REFERENCE
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.versions import NEXT
from projects import site_of
from repositories import begin, commit, git
from sites import DRAFT, SMALL, digests, run, small_project

command = import_module("pmdocs.cli.build")
"""The module: the package has the command by its name."""
IGNORED = {".gitignore": "/site/\n/.cache/\n"}
FIRST = {"data/prd/PRD-TRY-001.yaml": DRAFT.format(id="PRD-TRY-001", number=1)}
RELEASES = "".join(
    f'  - {{version: "1.{number}", date: 2026-01-0{number + 1}, state: released, ref: v1.{number}}}\n'
    for number in range(4)
)
HOOK = "def on_config(config):\n    raise KeyError('gone')\n"


def test_versions_that_cannot_be_built_are_told_together(tmp_path: Path) -> None:
    """An old schema, a project without pmdocs and a broken hook: each is named with what to do, and the old site stays."""
    root = begin(
        tmp_path / "repo", SMALL | IGNORED | {"data/prd/PRD-TRY-001.yaml": DRAFT.format(id="PRD-TRY-001", number=1)}
    )
    git(root, "tag", "v1.0")
    commit(
        root,
        {"data/prd/PRD-TRY-001.yaml": DRAFT.format(id="PRD-TRY-001", number=1).replace("status: draft", "status: [x")},
    )
    git(root, "tag", "v1.1")
    commit(root, {"mkdocs.yml": "site_name: 旧站点\ntheme: {name: material, font: false}\n"})
    git(root, "tag", "v1.2")
    commit(root, {"mkdocs.yml": SMALL["mkdocs.yml"] + "hooks: [hook.py]\n", "hook.py": HOOK, **FIRST})
    git(root, "tag", "v1.3")
    commit(root, SMALL | FIRST)
    (root / "data/releases.yaml").write_text(f"releases:\n{RELEASES}", "utf-8")
    assert run("pmdocs", "build", "--only", "1.0", within=root).returncode == 0
    before = digests(root / "site")
    ran = run("pmdocs", "build", "--language", "zh", within=root)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stdout
    for said in (
        "版本 1.1 构建失败：它的文档有错误",
        r"data/prd/PRD-TRY-001\.yaml:\d+:\d+: 错误 D7-S01",
        "版本 1.2 构建失败：它的 mkdocs.yml 的 plugins 里没有 pmdocs",
        r"版本 1.3 构建失败：.*KeyError: 'gone' \(hook\.py:2\)",
        "给 1.3、1.2、1.1 写 skip: 原因",
        "没有构建；站点没有变动。",
    ):
        assert re.search(said, ran.stdout), ran.stdout
    assert "版本 1.0" not in ran.stdout
    assert digests(root / "site") == before


def test_errors_in_what_is_written_stop_the_build(tmp_path: Path) -> None:
    """The working tree is checked as for any build; released versions alone can still be built."""
    root = small_project(tmp_path)
    with (root / "data/prd/PRD-TRY-001.yaml").open("a", encoding="utf-8") as file:
        file.write("owner: nobody\n")
    ran = CliRunner().invoke(main, ["build", "--project", str(root), "--language", "en"])
    assert (ran.exit_code, (root / "site").exists()) == (1, False)
    assert "Mend these errors first; the site is as it was." in ran.output


def test_several_versions_follow_one_option(tmp_path: Path) -> None:
    """Each version after `--only` is one to build, up to the next option; what is none is named."""
    root = small_project(tmp_path)
    wrong = ["build", "--only", "next", "9.8", "--jobs", "1", "--project", str(root), "--language"]
    assert CliRunner().invoke(main, [*wrong, "zh"]).output.startswith("没有版本 9.8；")
    assert "There is no version 9.8" in CliRunner().invoke(main, [*wrong, "en"]).output
    stray = CliRunner().invoke(main, ["build", "--project", str(root), "9.8"])
    assert (stray.exit_code, "多余的参数：9.8" in stray.output) == (2, True)


@pytest.mark.parametrize("number", ["0", "many"])
def test_a_number_of_jobs_is_told_plainly(capsys: pytest.CaptureFixture[str], number: str) -> None:
    """What is no number, or none that works, is told in both languages and not in the words of a library."""
    with pytest.raises(SystemExit):
        main(["build", "--jobs", number])
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["--jobs 要写 1 或更大的整数", "--jobs takes a whole number, 1 or more"]


@pytest.mark.parametrize("place", [".", "..", "docs", "data/site", "pm_templates", "other"])
def test_nothing_but_a_site_is_replaced(tmp_path: Path, place: str) -> None:
    """Folders of the project, and folders that hold something else, are never written over."""
    root = small_project(tmp_path / "project", more={"other/notes.txt": "x"})
    before = digests(tmp_path)
    ran = CliRunner().invoke(
        main, ["build", "--project", str(root), "--site-dir", str(root / place), "--language", "zh"]
    )
    assert ran.exit_code == 2, ran.output
    assert "--site-dir" in ran.output
    assert digests(tmp_path) == before


@pytest.mark.parametrize(("language", "said"), [("zh", "现在已有 80%"), ("en", "this is 80% of it")])
def test_a_large_site_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: Language, said: str
) -> None:
    """From seven tenths of what GitHub Pages takes on, the report says so, with the cure; below, it does not."""
    desk = command.Desk(tmp_path, language)
    for size, expected in ((800_000_000, True), (600_000_000, False)):
        whole = Size("", 10, 20, size)
        command._report(
            desk, Report("1.0", (Size("1.0", 4, 9, 1_250_000), Size(NEXT, 6, 11, size)), whole, ()), tmp_path
        )
        told = capsys.readouterr().out
        assert (said in told) is expected
        assert "1.2 MB" in told


def test_what_leaves_a_hole_stops_a_release_and_nothing_else(tmp_path: Path) -> None:
    """Rules of form and broken references stop an old version; other rules, and snapshots that lie elsewhere, do not."""
    site = site_of(tmp_path, {})
    words = [
        (WRONG_VALUE, "wrong-form"),
        (BROKEN_REFERENCE, "unknown-id"),
        (BROKEN_REFERENCE, "missing-snapshot"),
        *((rule, rule.reasons[0].word) for rule in RULES if rule.code.startswith("D7-L")),
    ]
    here = Location("data/x.yaml", Span(1, 1, 1, 1))
    found = tuple(Diagnostic(rule, rule.reason(word), Severity.ERROR, here) for rule, word in words)
    assert len(found) > 4
    assert [each.reason.word for each in replace(site, findings=found).holes] == ["wrong-form", "unknown-id"]
