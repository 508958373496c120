"""The preview: it goes on where a build stops, and shows the findings until they are mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pmdocs.editor import write_schemas
from pmdocs.site import read_site
from previews import PATIENCE, serving
from projects import TODAY
from sites import change, small_project

DOCUMENT = "data/prd/PRD-TRY-001.yaml"

pytestmark = pytest.mark.xdist_group("serve")


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


def test_a_preview_keeps_the_ids_of_the_editor_fresh(tmp_path: Path) -> None:
    """An id that comes is offered, one that goes is not, and a file that cannot be read takes none away."""
    project = small_project(tmp_path)
    write_schemas(read_site(project, today=TODAY), "zh")
    schema = project / ".pmdocs" / "schema" / "prd.json"
    second = project / "data" / "prd" / "PRD-TRY-002.yaml"
    text = (project / DOCUMENT).read_text("utf-8").replace("001", "002").replace("第 1 份", "第 2 份")
    with serving(project) as preview:
        preview.wait("prd/PRD-TRY-001/", shows_document)
        assert "PRD-TRY-002" not in schema.read_text("utf-8")
        second.write_text(text, "utf-8")
        preview.wait("prd/PRD-TRY-002/", lambda html: "第 2 份需求文档" in html)
        assert "第 2 份需求文档" in schema.read_text("utf-8")
        break_document(project)
        preview.wait("", shows_findings)
        assert "第 2 份需求文档" in schema.read_text("utf-8")
        mend_document(project)
        second.unlink()
        preview.wait("prd/PRD-TRY-001/", shows_document)
        preview.wait("documents/", lambda html: "pm-doc" in html and "PRD-TRY-002" not in html)
        assert "PRD-TRY-002" not in schema.read_text("utf-8")


def test_a_preview_makes_no_schemas_where_nobody_asked(tmp_path: Path) -> None:
    """A project without `.pmdocs` gets none."""
    project = small_project(tmp_path)
    with serving(project) as preview:
        preview.wait("prd/PRD-TRY-001/", shows_document)
    assert not (project / ".pmdocs").exists()
