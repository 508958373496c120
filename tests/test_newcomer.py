"""A newcomer's first hour: the wheel into an empty folder, a project, documents, mistakes, the site and the preview."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pmdocs.gather import shipped_templates
from previews import PATIENCE, serving
from sites import change
from wheels import SCRIPTS, Installed

pytestmark = pytest.mark.xdist_group("serve")
TYPES = sorted(path.parent.name for path in shipped_templates().glob("[a-z]*/type.yaml"))


@pytest.mark.parametrize(
    ("language", "fresh", "all_documents", "sound"),
    [
        ("zh", "退货与退款", "全部文档", "没有发现问题。"),
        ("en", "Returns and refunds", "All documents", "No findings."),
    ],
)
def test_a_newcomer_gets_from_nothing_to_a_site(  # the story is told once for each language
    installed: Installed, tmp_path: Path, page: Page, language: str, fresh: str, all_documents: str, sound: str
) -> None:
    """`init`, `new` for each type, a mistake and its cure, `fmt`, `schema`, a strict build, and a preview in a browser."""

    def run(*command: str, code: int = 0, within: Path) -> str:
        ran = installed.run(*command, within=within)
        assert ran.returncode == code, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stdout + ran.stderr
        return ran.stdout

    asked = ("--product", "潮选 TrendPick", "--language", language)
    assert "mkdocs serve" in run("pmdocs", "init", "文档 docs", *asked, within=tmp_path)
    project = tmp_path / "文档 docs"
    assert run("pmdocs", "check", within=project).strip() == sound
    assert (project / ".pmdocs" / "schema" / "prd.json").is_file()

    written = []
    for name in TYPES:
        told = run("pmdocs", "new", name, "--title", fresh, within=project)
        written.append(re.search(r"data/\S+\.yaml", told))
    paths = [project / match.group() for match in written if match]
    assert [path.parent.name for path in paths] == TYPES
    assert all(fresh in path.read_text("utf-8") for path in paths)
    assert run("pmdocs", "check", within=project).strip() == sound
    assert run("pmdocs", "fmt", "--check", within=project)

    path = paths[0]
    change(path, "status: draft", "status：draft")
    told = run("pmdocs", "check", code=1, within=project)
    assert f"{path.relative_to(project).as_posix()}:" in told
    assert "D7-S01" in told
    assert "status: draft" in told
    run("python", "-m", "mkdocs", "build", "--strict", code=1, within=project)
    assert not (project / "site").exists()
    change(path, "status：draft", "status: draft")
    run("python", "-m", "mkdocs", "build", "--strict", within=project)
    assert len(list((project / "site").rglob("*-002/index.html"))) == len(TYPES)

    problems: list[str] = []
    page.on(
        "response", lambda answer: problems.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
    )
    with serving(project, python=str(installed.folder / SCRIPTS / "python")) as preview:
        preview.wait("", lambda html: "潮选 TrendPick" in html)
        page.goto(preview.address)
        page.get_by_role("article").get_by_role("link", name=all_documents).click()
        expect(page.locator("h1")).to_contain_text(all_documents)
        page.get_by_role("article").get_by_role("link", name=path.stem).click()
        expect(page.locator("h1")).to_contain_text(fresh)
        change(path, fresh, f"{fresh} 2.0")
        expect(page.locator("h1")).to_contain_text("2.0", timeout=PATIENCE * 1000)
        assert problems == []  # while something is wrong, every address answers with the findings
        change(path, "status: draft", "status: drfat")
        expect(page.locator("body")).to_contain_text("D7-S04", timeout=PATIENCE * 1000)
        change(path, "status: drfat", "status: draft")
        expect(page.locator("h1")).to_contain_text("2.0", timeout=PATIENCE * 1000)
