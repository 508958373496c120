"""The preview: it goes on where a build stops, and shows the findings until they are mended."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sites import QUIET, change, small_project

PATIENCE = 40.0
"""Seconds that a rebuild may take on a slow machine."""
DOCUMENT = "data/prd/PRD-TRY-001.yaml"

pytestmark = pytest.mark.xdist_group("serve")


@dataclass(frozen=True)
class Preview:
    """A running `mkdocs serve`."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str = "") -> str:
        """The page at an address, whatever its status; empty while nothing answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as error:
            return error.read().decode("utf-8")
        except OSError:
            return ""

    def wait(self, path: str, wanted: Callable[[str], bool]) -> str:
        """The page at an address as soon as it is as wanted; fails where that takes too long or the server ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text("utf-8")
            if wanted(page := self.get(path)):
                return page
            time.sleep(0.1)
        log = self.log.read_text("utf-8")[:3000]
        pytest.fail(f"{path or '/'} does not become what was wanted\n{log}")


@contextmanager
def serving(project: Path) -> Iterator[Preview]:
    """Runs a preview of a project on a free port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    log = project / "serve.log"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        environment = os.environ | QUIET | {"PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, cwd=project, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield Preview(f"http://127.0.0.1:{port}/", process, log)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def shows_document(page: str) -> bool:
    """Whether a page is that of the document."""
    return "第 1 份需求文档" in page and "pm-doc" in page


def shows_findings(page: str) -> bool:
    """Whether a page shows the finding of a broken document: where it is, its code, and how it is mended."""
    return f"{DOCUMENT}:5:7" in page and "D7-S01 fullwidth-colon" in page and 'class="cure"' in page


def break_document(project: Path) -> None:
    """Writes a full-width colon after a key."""
    change(project / DOCUMENT, "status: draft", "status：draft")


def mend_document(project: Path) -> None:
    """Writes the plain colon again."""
    change(project / DOCUMENT, "status：draft", "status: draft")


def test_a_preview_shows_findings_and_the_site_returns(tmp_path: Path, page: Page) -> None:
    """An open page turns into the findings when its file breaks, at every address, and back into itself when it is right."""
    project = small_project(tmp_path)
    with serving(project) as preview:
        preview.wait("prd/PRD-TRY-001/", shows_document)
        page.goto(preview.address + "prd/PRD-TRY-001/")
        expect(page.locator("h1")).to_contain_text("第 1 份需求文档")
        break_document(project)
        for path in ("", "prd/PRD-TRY-001/", "glossary/", "no/such/page/"):
            preview.wait(path, shows_findings)
        expect(page.locator("article")).to_contain_text(f"{DOCUMENT}:5:7", timeout=PATIENCE * 1000)
        expect(page.locator("mark")).to_contain_text("：")
        mend_document(project)
        expect(page.locator("h1")).to_contain_text("第 1 份需求文档", timeout=PATIENCE * 1000)
        preview.wait("", lambda html: "首页" in html and "D7-S01" not in html)


def test_a_preview_starts_where_the_first_build_has_errors(tmp_path: Path) -> None:
    """With errors from the beginning the preview shows them, and the site comes once they are mended."""
    project = small_project(tmp_path)
    break_document(project)
    with serving(project) as preview:
        shown = preview.wait("prd/PRD-TRY-001/", shows_findings)
        assert not re.search(r"Traceback|wght@|https?://(?!127)", shown)
        mend_document(project)
        preview.wait("prd/PRD-TRY-001/", shows_document)
        log = preview.log.read_text("utf-8")
    assert "D7-S01 fullwidth-colon" in log
    assert "Traceback" not in log


def test_a_preview_follows_pages_and_configuration(tmp_path: Path) -> None:
    """What is changed in docs/ and added to the data is shown without a restart."""
    project = small_project(tmp_path)
    with serving(project) as preview:
        preview.wait("prd/PRD-TRY-001/", shows_document)
        second = (project / DOCUMENT).read_text("utf-8").replace("001", "002").replace("第 1 份", "第 2 份")
        (project / "data/prd/PRD-TRY-002.yaml").write_text(second, "utf-8")
        preview.wait("prd/PRD-TRY-002/", lambda html: "第 2 份需求文档" in html)
        with (project / "docs/index.md").open("a", encoding="utf-8") as home:
            home.write("\n另见 PRD-TRY-002。\n")
        preview.wait("", lambda html: 'href="prd/PRD-TRY-002/"' in html)
