"""Reporting that a page is wrong: the issue form, the link that fills it in, the card, and what pages tell of feedback."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jsonschema_rs
import pytest
import yaml
from playwright.sync_api import Page, expect

from conftest import BuildOnce, NewPage, Serve
from pmdocs.intake import Intake, read_columns
from pmdocs.intake.mapping import plain
from pmdocs.reporting import FORM, report_address
from pmdocs.scaffold import Beginning, begin_project
from pmdocs.site import print_pages
from pmdocs.source import read_file
from projects import CONFIG, TODAY, document, make_project, read, site_of, words
from sites import ROOT, Parsed, html_files, parsed, search_texts, small_project

FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
TEXT = {"type": "string", "minLength": 1}
ATTRIBUTES: dict[str, tuple[set[str], set[str]]] = {
    "markdown": ({"value"}, {"value"}),
    "input": ({"label"}, {"label", "description", "placeholder", "value"}),
    "textarea": ({"label"}, {"label", "description", "placeholder", "value", "render"}),
    "dropdown": ({"label", "options"}, {"label", "description", "multiple", "options", "default"}),
}
"""By the documentation of issue forms: the attributes that a kind of element needs, and those it may have."""


def form_schema() -> dict[str, Any]:
    """Return what GitHub takes as an issue form, as far as forms use it here."""
    options = {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True}
    elements = [
        {
            "type": "object",
            "properties": {
                "type": {"const": kind},
                "id": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
                "attributes": {
                    "type": "object",
                    "properties": {name: options if name == "options" else TEXT for name in known},
                    "required": sorted(needed),
                    "additionalProperties": False,
                },
                "validations": {"properties": {"required": {"type": "boolean"}}, "additionalProperties": False},
            },
            "required": ["type", "attributes"],
            "additionalProperties": False,
        }
        for kind, (needed, known) in ATTRIBUTES.items()
    ]
    labels = {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True}
    body = {"type": "array", "minItems": 1, "items": {"oneOf": elements}}
    return {
        "type": "object",
        "properties": {"name": TEXT, "description": TEXT, "title": TEXT, "labels": labels, "body": body},
        "required": ["name", "description", "body"],
        "additionalProperties": False,
    }


@cache
def form() -> Any:
    """Return the form of this repository."""
    return yaml.safe_load((FORMS / "doc-feedback.yml").read_text("utf-8"))


def questions() -> dict[str, Any]:
    """Return the questions of the form by their ids."""
    return {each["id"]: each for each in form()["body"] if "id" in each}


def test_the_form_is_one_that_github_takes() -> None:
    """The form has the keys, kinds and attributes of the documentation; its ids and labels are unique."""
    assert [error.message for error in jsonschema_rs.Draft202012Validator(form_schema()).iter_errors(form())] == []
    asked = [each for each in form()["body"] if each["type"] != "markdown"]
    assert (
        len({each["id"] for each in asked}) == len({each["attributes"]["label"] for each in asked}) == len(asked) == 9
    )
    assert yaml.safe_load((FORMS / "config.yml").read_text("utf-8")) == {"blank_issues_enabled": True}


def test_the_schema_of_forms_bites() -> None:
    """An unknown kind, a missing label and options that repeat themselves are found."""
    validator = jsonschema_rs.Draft202012Validator(form_schema())
    changes: list[dict[str, Any]] = [{"type": "number"}, {"attributes": {}}, {"colour": "red"}]
    for change in changes:
        assert not validator.is_valid({**form(), "body": [{**form()["body"][1], **change}]})
    twice = {"label": "a", "options": ["b", "b"]}
    assert not validator.is_valid({**form(), "body": [{"type": "dropdown", "id": "x", "attributes": twice}]})


def test_a_new_project_has_the_form(tmp_path: Path) -> None:
    """`pmdocs init` writes the same form and its configuration."""
    begin_project(tmp_path, Beginning("潮选", "zh", "0"), TODAY)
    for path in FORMS.iterdir():
        assert (tmp_path / ".github" / "ISSUE_TEMPLATE" / path.name).read_bytes() == path.read_bytes()


def test_what_the_form_asks_is_taken_in(tmp_path: Path) -> None:
    """Every question of the form is a column of the mapping, and every option of it a value; the link fills in what it asks."""
    folder = ROOT / "pm_templates" / "_feedback" / "mappings"
    rows = Intake.of(site_of(tmp_path, {}).library).rows
    columns = read_columns(read_file(folder / "github.yaml", root=folder), "github", rows)
    for each in questions().values():
        field = columns.field_of(each["attributes"]["label"])
        assert field, each["id"]
        for option in each["attributes"].get("options", ()):
            assert plain(option) in columns.values[field]
            assert rows.child(field)
    asked = {name for name in parse_qs(FORM) if name not in ("template", "title")}
    assert asked <= set(questions())
    assert parse_qs(FORM)["template"] == ["doc-feedback.yml"]


@pytest.mark.parametrize(
    ("option", "repo_url", "host"),
    [
        ({}, None, None),
        ({}, "https://github.com/acme/docs", "https://github.com/acme/docs/issues/new?"),
        ({}, "https://github.com/acme/docs.git/", "https://github.com/acme/docs/issues/new?"),
        ({}, "https://gitee.com/acme/docs", None),
        ({}, "https://github.com/acme", None),
        ({"repository": "acme/help"}, "https://gitee.com/acme/docs", "https://github.com/acme/help/issues/new?"),
        ({"url": "https://forms.example.com/{doc_id}"}, "https://github.com/a/b", "https://forms.example.com/{doc_id}"),
    ],
)
def test_where_reports_go(option: dict[str, str], repo_url: str | None, host: str | None) -> None:
    """To the option's address or repository, else to the site's own repository on GitHub, else nowhere."""
    found = report_address(option, repo_url)
    assert (found is None) == (host is None)
    assert found is None or found.document.startswith(str(host))


REPOSITORY = CONFIG.replace("pmdocs:\n", "pmdocs:\n      feedback: {repository: acme/docs}\n")
FILES = {
    "data/prd/PRD-AA-001.yaml": document("PRD-AA-001", title='"退款 & <退货>"'),
    "docs/index.md": "# 首页\n\n见 PRD-AA-001。\n",
}


def printed(root: Path, language: str = "zh", **how: str) -> dict[str, Parsed]:
    """Return the generated pages of a project, taken apart."""
    site = site_of(root, FILES, **how)
    assert words(site) == []
    return {page.uri: Parsed(page.html) for page in print_pages(site, "zh" if language == "zh" else "en")}


def test_a_link_fills_in_the_form(tmp_path: Path) -> None:
    """The link of a document names it, its version and what the issue is about; scripts know where the item goes."""
    page = printed(tmp_path, config=REPOSITORY)["prd/PRD-AA-001.md"]
    (report,) = [each for tag, each in page.tags if "pm-report" in str(each.get("class"))]
    (href,) = [value for tag, _, value in page.addresses if tag == "a" and value.startswith("https://github.com/")]
    query = parse_qs(urlsplit(href).query)
    assert urlsplit(href)._replace(query="").geturl() == "https://github.com/acme/docs/issues/new"
    assert query == {
        "template": ["doc-feedback.yml"], "title": ["[文档反馈] PRD-AA-001 1.0"], "doc_id": ["PRD-AA-001"], "doc_version": ["1.0"],
    }  # fmt: skip
    assert str(report["data-report"]).endswith("&doc_version=1.0&section={section}")
    assert "报告不准确" in page.text


def test_other_pages_name_themselves(tmp_path: Path) -> None:
    """The link of a page that is no document says which page, in its language."""
    page = printed(tmp_path, "en", config=REPOSITORY)["glossary/index.md"]
    (href,) = [value for _, _, value in page.addresses if value.startswith("https://github.com/")]
    assert parse_qs(urlsplit(href).query) == {"title": ["[Documentation feedback] Glossary"], "body": ["glossary/"]}


def test_without_a_repository_there_is_a_card(tmp_path: Path) -> None:
    """The card holds the document, its version and what to fill in, as text that anybody can select; nothing is asked of a host."""
    page = printed(tmp_path)["prd/PRD-AA-001.md"]
    assert "文档：PRD-AA-001 退款 & <退货> 文档版本：1.0 位置： 文档怎么说： 实际是什么：" in page.text
    assert not any(value.startswith("http") for _, _, value in page.addresses)
    english = printed(tmp_path, "en")["glossary/index.md"]
    assert "Document: Glossary Place: What it says: What is true:" in english.text


@pytest.mark.parametrize(
    "value", ["{repository: https://github.com/a/b}", "{url: forms.example.com}", "{where: x}", "acme/docs"]
)
def test_a_wrong_option_is_told(value: str, tmp_path: Path) -> None:
    """What is neither a repository nor an address is a finding at its place."""
    site = site_of(tmp_path, FILES, config=CONFIG.replace("pmdocs:\n", f"pmdocs:\n      feedback: {value}\n"))
    assert len(words(site)) == 1
    assert site.findings[0].location.file == "mkdocs.yml"


ANSWERS = """\
feedback_id,received_at,reporter,reporter_role,doc_id,doc_version,verdict,section_ref,detail,triage_status,reason
F1,2026-09-01,CS-01,customer_service,PRD-AA-001,1.0,inaccurate,第二节,秘密的说明,confirmed,
F2,2026-09-02,CS-02,customer_service,PRD-AA-001,1.0,accurate,,,,
F3,2026-09-02,CS-03,customer_service,PRD-AA-001,1.0,accurate,,,,
F4,2026-09-02,lin-xiao,owner,PRD-AA-001,1.0,accurate,,,,
F5,2026-09-02,,end_user,PRD-AA-001,1.0,partly,,,duplicate,同 F1
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_of_the_team_tells_what_readers_say(language: str, tmp_path: Path) -> None:
    """Verdicts of this version are counted, without the owner's own and what was rejected; what is wrong is named, nobody is."""
    root = make_project(tmp_path, {**FILES, "data/feedback/a.csv": ANSWERS})
    site = read(root)
    pages = {page.uri: Parsed(page.html) for page in print_pages(site, "zh" if language == "zh" else "en")}
    page = pages["prd/PRD-AA-001.md"]
    assert (
        "反馈 准确 2、不准确 1 文档 1.0" if language == "zh" else "Feedback Accurate 2, Inaccurate 1 Document 1.0"
    ) in page.text
    known = (
        "已知不准确，正在改正 第二节 2026-09-01 收到"
        if language == "zh"
        else "to be mended 第二节 known since 2026-09-01"
    )
    assert known in page.text
    assert not any(secret in page.text for secret in ("CS-01", "CS-02", "秘密的说明", "周敏", "F1"))


def test_a_public_site_tells_nothing_of_feedback(tmp_path: Path) -> None:
    """A site for everybody has the way to report, and no place and no detail of what others reported.

    How many verdicts there were is told by the page of the rates alone.
    """
    config = CONFIG.replace("pmdocs:\n", "pmdocs:\n      publish: {confidentiality: [public]}\n")
    files = {
        "data/prd/PRD-AA-001.yaml": document("PRD-AA-001", confidentiality="public"),
        "data/feedback/a.csv": ANSWERS,
    }
    site = site_of(tmp_path, files, config=config)
    for page in print_pages(site, "zh"):
        text = Parsed(page.html).text
        assert not any(secret in text for secret in ("已知不准确", "第二节", "秘密的说明", "CS-01")), page.uri
        assert "准确 2" not in text or page.uri.startswith("quality/")
        assert "报告不准确" in text


# In a browser ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def on_github(build_once: BuildOnce, serve: Serve) -> str:
    """Where a small site with a repository is served."""

    def made(folder: Path) -> Path:
        project = small_project(folder)
        path = project / "mkdocs.yml"
        path.write_text(path.read_text("utf-8") + "repo_url: https://github.com/acme/docs\n", "utf-8")
        item = "goals:\n  - {id: G-1, statement: 少退货, type: business}\n"
        draft = project / "data/prd/PRD-TRY-001.yaml"
        draft.write_text(draft.read_text("utf-8") + item, "utf-8")
        return project

    return serve(build_once("on-github", made))


def test_every_page_of_the_sample_has_a_way_to_report(sample_site: Path) -> None:
    """Documents, indexes, rules and hand-written pages have it, and the search knows nothing of it."""
    without = [
        path for path in html_files(sample_site) if path.name != "404.html" and 'class="pm-' in path.read_text("utf-8")
    ]
    assert [
        path for path in without if not any("pm-report" in str(each.get("class")) for _, each in parsed(path).tags)
    ] == []
    assert "文档怎么说：" not in search_texts(sample_site)


@pytest.mark.parametrize(("language", "width"), [("", 1280), ("en/", 390)])
def test_an_item_gives_a_card(language: str, width: int, sample_site: Path, serve: Serve, new_page: NewPage) -> None:
    """By keyboard alone: from an item's id to its card, which names document, version and item, and back with Escape."""
    page = new_page(width=width, height=800)
    page.goto(f"{serve(sample_site)}{language}user_manual/MAN-BUY-002/")
    link = page.locator('a.pm-id[href="#TASK-BUY-205"]').first
    link.focus()
    words_of_button = "Report an inaccuracy" if language else "报告不准确"
    offer = page.locator(".pm-offers").get_by_role("button", name=words_of_button)
    expect(offer).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(offer).to_be_focused()
    box = offer.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Enter")
    card = page.locator("dialog.pm-slip pre")
    expect(card).to_contain_text("MAN-BUY-002")
    said = card.inner_text().split("\n")
    assert said[1:3] == (
        ["Version: 1.1.0", "Place: TASK-BUY-205"] if language else ["文档版本：1.1.0", "位置：TASK-BUY-205"]
    )
    assert said[-1].endswith("/user_manual/MAN-BUY-002/#TASK-BUY-205")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.pm-slip")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".pm-report").first).to_be_hidden()


def test_an_item_opens_the_form(on_github: str, page: Page) -> None:
    """Beside an item's permanent link stands the form with this item filled in; without a script the page's own link does."""
    page.goto(f"{on_github}prd/PRD-TRY-001/")
    page.locator('a.pm-id[href="#goal-G-1"], a.pm-id[href="#G-1"]').first.hover()
    offer = page.locator(".pm-offers a")
    expect(offer).to_be_visible()
    query = parse_qs(urlsplit(str(offer.get_attribute("href"))).query)
    assert (query["doc_id"], query["doc_version"], query["section"]) == (["PRD-TRY-001"], ["0.1.0"], ["G-1"])
    plain_link = str(page.locator(".pm-report a").get_attribute("href"))
    assert plain_link.endswith("&doc_id=PRD-TRY-001&doc_version=0.1.0&section=")
