"""End to end: whole projects through the real MkDocs, and what is true of the folder that comes out."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sites import build, change, copy_sample, digests, html_files, parsed, run, small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the sample that may be changed."""
    return copy_sample(tmp_path / "项目 copy")


def test_the_sample_builds_strictly_in_both_languages(sample_site: Path) -> None:
    """The sample is built without a warning, Chinese at the root and English below it."""
    names = {path.relative_to(sample_site).as_posix() for path in html_files(sample_site)}
    chinese = {name for name in names if not name.startswith("en/")}
    assert {f"en/{name}" for name in chinese} == names - chinese
    assert {"index.html", "prd/PRD-CHK-001/index.html", "documents/index.html", "glossary/index.html"} <= chinese
    for name in chinese:
        assert '<html lang="zh"' in (sample_site / name).read_text("utf-8")
        assert '<html lang="en"' in (sample_site / "en" / name).read_text("utf-8")


def test_two_builds_are_equal_byte_for_byte(sample_site: Path, project: Path) -> None:
    """Another folder, another hash seed, another time zone and another day give the same site."""
    again = build(project, "--strict", PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert digests(again) == digests(sample_site)


def test_errors_leave_the_old_site_untouched(project: Path) -> None:
    """A build with errors names all of them, in documents and hand-written pages, and neither writes nor removes a file."""
    (project / "site").mkdir()
    (project / "site" / "old.html").write_text("old", "utf-8")
    change(project / "data/prd/PRD-CHK-001.yaml", "status: ", "status： ")
    change(project / "data/user_manual/MAN-BUY-002.yaml", "owner: ", "owner: nobody-")
    with (project / "docs/index.md").open("a", encoding="utf-8") as page:
        page.write("\n[哪里](nowhere.md) 与 REQ-CHK-999。\n")
    ran = run("mkdocs", "build", within=project)
    assert ran.returncode != 0
    assert digests(project / "site").keys() == {"old.html"}
    places = set(re.findall(r"(?m)^([\w./-]+):\d+:\d+: 错误 (D7-\w+)", ran.stdout))
    assert {
        ("data/prd/PRD-CHK-001.yaml", "D7-S01"),
        ("data/user_manual/MAN-BUY-002.yaml", "D7-T01"),
        ("docs/index.md", "D7-T01"),
    } <= places, ran.stdout
    assert "nowhere.md" in ran.stdout
    assert "REQ-CHK-999" in ran.stdout
    assert "Traceback" not in ran.stdout


def test_warnings_stop_a_build_only_where_the_project_says_so(tmp_path: Path) -> None:
    """An unknown key of a draft is a warning: a strict build passes with it, and `fail_on: warning` stops at it."""
    project = small_project(tmp_path)
    with (project / "data/prd/PRD-TRY-001.yaml").open("a", encoding="utf-8") as document:
        document.write("my_own_key: 一句话\n")
    ran = run("mkdocs", "build", "--strict", within=project)
    assert ran.returncode == 0, ran.stdout
    assert "警告 D7-S02 unknown-key" in ran.stdout
    before = digests(project / "site")
    change(project / "mkdocs.yml", "as_of:", "fail_on: warning, as_of:")
    ran = run("mkdocs", "build", within=project)
    assert ran.returncode != 0
    assert "警告 D7-S02 unknown-key" in ran.stdout
    assert digests(project / "site") == before


def test_properdocs_builds_the_same_pages(sample_site: Path, project: Path) -> None:
    """ProperDocs, the other host of the same plugins, builds the same pages."""
    site = build(project, "--strict", "-f", "mkdocs.yml", host="properdocs")
    assert [path.relative_to(site) for path in html_files(site)] == [
        path.relative_to(sample_site) for path in html_files(sample_site)
    ]
    page = "prd/PRD-CHK-001/index.html"
    assert parsed(site / page).ids == parsed(sample_site / page).ids


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_edit_link_opens_the_yaml(sample_site: Path, folder: str) -> None:
    """The edit button of a document leads to its YAML file in the repository, and that of a page of docs/ to the page."""
    assert edit_link(sample_site / folder / "prd/PRD-CHK-001/index.html").endswith(
        "/edit/main/data/prd/PRD-CHK-001.yaml"
    )
    home = "/edit/main/docs/index.en.md" if folder else "/edit/main/docs/index.md"
    assert edit_link(sample_site / folder / "index.html").endswith(home)


def edit_link(page: Path) -> str:
    """Where the edit button of a page leads, as a browser resolves it."""
    (link,) = {
        str(attributes["href"])
        for tag, attributes in parsed(page).tags
        if tag == "a" and attributes.get("rel") == "edit"
    }
    return posixpath.normpath(urlsplit(link).path)


def test_pages_do_not_grow_with_the_site(tmp_path: Path) -> None:
    """With four times as many documents of its product and type, a document's page is as long as before."""
    sizes = []
    for count in (20, 80):
        site = build(small_project(tmp_path / str(count), documents=count))
        sizes.append((site / "prd/PRD-TRY-010/index.html").stat().st_size)
    assert abs(sizes[1] - sizes[0]) < 0.02 * sizes[0], sizes


@pytest.mark.parametrize("folder", ["", "en/"])
def test_documents_stand_in_the_sitemap(sample_site: Path, folder: str) -> None:
    """The sitemap of each language names every document's page of that language."""
    text = (sample_site / folder / "sitemap.xml").read_text("utf-8")
    for kind in ("prd", "feature_spec", "user_manual"):
        for page in (sample_site / folder / kind).glob("*/index.html"):
            assert f"<loc>https://example.github.io/pmdocs/{folder}{kind}/{page.parent.name}/</loc>" in text


def test_a_site_may_speak_english_alone(project: Path) -> None:
    """With `languages: [en]` there is one site, in English, without a language selector."""
    change(project / "mkdocs.yml", "languages: [zh, en]", "languages: [en]")
    change(project / "mkdocs.yml", "language: zh", "language: en")
    site = build(project, "--strict")
    assert not (site / "en").exists()
    page = (site / "prd/PRD-CHK-001/index.html").read_text("utf-8")
    assert '<html lang="en"' in page
    assert "hreflang" not in page
    assert ">Requirements<" in page


def test_addresses_without_folders_hold_too(project: Path) -> None:
    """With `use_directory_urls: false` every page is a file of its own, and links lead there."""
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("use_directory_urls: false\n")
    site = build(project, "--strict")
    assert (site / "prd/PRD-CHK-001.html").is_file()
    assert (site / "en/prd/PRD-CHK-001.html").is_file()
    targets = {address for _, _, address in parsed(site / "documents/index.html").addresses}
    assert "../prd/PRD-CHK-001.html" in targets


def test_an_empty_folder_of_types_changes_nothing(tmp_path: Path) -> None:
    """A team's folder that holds no type of its own leaves the shipped types in force."""
    project = small_project(tmp_path)
    (project / "pm_templates").mkdir()
    ran = run("pmdocs", "check", within=project)
    assert (ran.returncode, ran.stdout) == (0, "没有发现问题。\n")


def test_a_picture_that_is_missing_or_outside_is_not_published(tmp_path: Path) -> None:
    """A draft without its picture builds without it; one that leads out of the project never gets into the site."""
    project = small_project(tmp_path / "project")
    (tmp_path / "secret.txt").write_text("geheim", "utf-8")
    draft = project / "data/prd/PRD-TRY-001.yaml"
    draft.write_text(draft.read_text("utf-8") + "attachments:\n  - {path: img/gone.png, alt: 没有的图}\n", "utf-8")
    assert run("mkdocs", "build", within=project).returncode == 0
    assert "没有的图" in parsed(project / "site/prd/PRD-TRY-001/index.html").text
    (draft.parent / "img").mkdir()
    (draft.parent / "img/gone.png").symlink_to(tmp_path / "secret.txt")
    ran = run("mkdocs", "build", within=project)
    assert ran.returncode == 1
    assert "path-outside" in ran.stdout
    assert not [each for each in (project / "site").rglob("*") if each.is_file() and b"geheim" in each.read_bytes()]
