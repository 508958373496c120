"""The same project published by mike: one version after the other into a branch, with the selector and the banner."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from conftest import Serve
from pmdocs.repository import Repository
from repositories import begin, commit, git
from sites import DRAFT, QUIET, SMALL

PROJECT = SMALL | {
    "mkdocs.yml": SMALL["mkdocs.yml"] + "extra: {version: {provider: mike}}\n",
    ".gitignore": "/site/\n/.cache/\n",
    "data/prd/PRD-TRY-001.yaml": DRAFT.format(id="PRD-TRY-001", number=1),
}
MIKE = "from mike.driver import main; raise SystemExit(main())"


def deploy(root: Path, *names: str) -> None:
    """Publish what is there as a version, with its aliases; mike starts MkDocs as it finds it on the path."""
    ran = subprocess.run(
        [sys.executable, "-c", MIKE, "deploy", "--update-aliases", "--alias-type", "redirect", *names],
        cwd=root,
        env=os.environ | QUIET | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_mike_deploys_the_project(tmp_path: Path, serve: Serve, page: Page) -> None:
    """Two versions deployed by mike: its list names both, the selector leads from one to the other, the old one says so."""
    root = begin(tmp_path / "repo", PROJECT)
    git(root, "config", "user.name", "林晓")
    git(root, "config", "user.email", "lin@example.com")
    deploy(root, "1.0", "latest")
    commit(root, {"data/prd/PRD-TRY-002.yaml": DRAFT.format(id="PRD-TRY-002", number=2)})
    deploy(root, "1.1", "latest")
    repository = Repository.at(root)
    assert repository
    repository.export("gh-pages", tmp_path / "site")
    assert json.loads((tmp_path / "site/versions.json").read_text("utf-8")) == [
        {"version": "1.1", "title": "1.1", "aliases": ["latest"]},
        {"version": "1.0", "title": "1.0", "aliases": []},
    ]
    address = serve(tmp_path / "site")
    page.goto(f"{address}1.0/prd/PRD-TRY-001/")
    expect(page.locator(".pm-version-note")).to_contain_text("这里是 1.0 版，最新的是 1.1 版。")
    page.locator(".md-version__current").focus()
    page.locator(".md-version__link").first.click()
    page.wait_for_url(f"{address}1.1/prd/PRD-TRY-001/")
    expect(page.locator(".pm-version-note")).to_have_count(0)
