"""A site for one audience holds nothing that was written for another."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import BuildOnce
from sites import ROOT, build, change, copy_sample, html_files, parsed, run, search_texts

SENTENCE = re.compile(r"[。！？；\n]|(?<=[.!?]) ")
SHORTEST = 8
SHARED = ("_glossary", "_lexicon", "_people", "_products", "_releases", "_standards", "_shared")


def texts_of(value: Any) -> Iterator[str]:
    """Every text of a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


def sentences_of(value: Any) -> set[str]:
    """The sentences of a value's texts that are long enough to be nobody else's, blanks made equal."""
    parts = (part for text in texts_of(value) for part in SENTENCE.split(text))
    return {flat for part in parts if len(flat := " ".join(part.split())) >= SHORTEST}


def documents() -> dict[str, dict[str, Any]]:
    """The values of every document of the sample, by id."""
    paths = sorted(path for path in (ROOT / "data").glob("[!_]*/*.yaml") if path.parent.name != "feedback")
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in paths}


INTERNAL = {name: values for name, values in documents().items() if values["confidentiality"] != "public"}
PUBLIC = {name: values for name, values in documents().items() if values["confidentiality"] == "public"}
EARLIER = [
    values
    for path in sorted((ROOT / "data" / "_releases").glob("*/data/[!_]*/*.yaml"))
    if path.parent.name != "feedback"
    and (values := yaml.safe_load(path.read_text("utf-8")))["confidentiality"] == "public"
]
"""The public documents of earlier releases: what changed since is told."""


def for_the_public(project: Path) -> Path:
    """A copy of the sample that is published for everybody."""
    copy_sample(project)
    change(project / "mkdocs.yml", "confidentiality: [public, internal]", "confidentiality: [public]")
    return project


@pytest.fixture(scope="session")
def public_site(build_once: BuildOnce) -> Path:
    """The sample, built strictly for the public alone."""
    return build_once("public", for_the_public)


def everything(site: Path) -> str:
    """Every text that a site holds: as it stands in its files, and as a reader sees it."""
    texts = [search_texts(site)]
    for path in sorted(site.rglob("*")):
        if path.suffix in {".html", ".json", ".xml", ".txt"} or path.match("assets/pmdocs/*.js"):
            text = path.read_text("utf-8")
            texts += [text, html.unescape(text)]
            texts += [parsed(path).text] if path.suffix == ".html" else []
    return " ".join("\n".join(texts).split())


def allowed() -> str:
    """What the public may read anyway: public documents, shared files, hand-written pages and the words of types."""
    shared = [path.read_text("utf-8") for path in sorted((ROOT / "data").glob("*.yaml"))]
    pages = [path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))]
    types = [path.read_text("utf-8") for path in sorted((ROOT / "pm_templates").glob("*/*.yaml"))]
    own = [text for values in (*PUBLIC.values(), *EARLIER) for text in texts_of(values)]
    return " ".join("\n".join([*shared, *pages, *types, *own]).split())


def test_the_sample_has_something_to_withhold() -> None:
    """The sample holds internal documents and public ones, so that these tests prove something."""
    assert len(INTERNAL) >= 3
    assert PUBLIC
    assert sum(len(sentences_of(values)) for values in INTERNAL.values()) > 500


def test_an_internal_site_shows_what_a_public_one_withholds(sample_site: Path) -> None:
    """Most sentences of internal documents are found on the internal site: the search below would find them."""
    text = everything(sample_site)
    sentences = {sentence for values in INTERNAL.values() for sentence in sentences_of(values)}
    assert sum(sentence in text for sentence in sentences) > 0.6 * len(sentences)


def test_no_text_of_internal_documents_is_published(public_site: Path) -> None:
    """No sentence and no title of an internal document occurs in any file of the public site."""
    text, known = everything(public_site), allowed()
    secret = {sentence for values in INTERNAL.values() for sentence in sentences_of(values) if sentence not in known}
    titles = {title for values in INTERNAL.values() for title in texts_of(values["title"]) if title not in known}
    assert len(secret) > 500
    assert sorted(sentence for sentence in secret | titles if sentence in text) == []


def test_nothing_that_customer_service_said_is_published(public_site: Path) -> None:
    """No id and no words of the feedback occur in any file of the public site."""
    text = everything(public_site)
    files = (ROOT / "data" / "feedback").glob("*.yaml")
    rows = [row for path in files for row in yaml.safe_load(path.read_text("utf-8"))["verdicts"]]
    said = {row[name] for row in rows for name in ("feedback_id", "detail", "reason") if name in row}
    assert len(said) > 70
    assert sorted(each for each in said if each in text) == []


def test_internal_documents_have_no_page_and_no_picture(public_site: Path) -> None:
    """No file of the public site bears an internal document's id, or is a picture that only such a document shows."""
    files = [path.relative_to(public_site).as_posix() for path in public_site.rglob("*")]
    assert [file for file in files if any(name in file for name in INTERNAL)] == []
    shown = {Path(text).name for values in PUBLIC.values() for text in texts_of(values) if text.endswith(".svg")}
    there = {path.name for path in (public_site / "assets/pictures").rglob("*.svg")}
    assert there == shown
    assert there < {path.name for path in (ROOT / "data").rglob("*.svg")}


@pytest.mark.parametrize("folder", ["", "en"])
def test_a_reference_to_a_withheld_document_is_its_bare_id(public_site: Path, folder: str) -> None:
    """Where a public document refers to an internal one, its id stands without a link and without a title."""
    pages = [public_site / folder / "user_manual" / name / "index.html" for name in PUBLIC]
    words = " ".join(parsed(page).text for page in pages)
    assert re.search(r"\b(?:REQ|SPEC|PRD)-CHK-\d{3}\b", words)
    for page in html_files(public_site):
        leading = [
            address for _, _, address in parsed(page).addresses if re.search(r"(?:REQ|SPEC|PRD)-[A-Z]+-\d", address)
        ]
        assert leading == []


def test_a_page_that_leads_to_a_withheld_document_is_found(tmp_path: Path) -> None:
    """A hand-written page of the public site that links an internal document stops the build, at its line."""
    project = for_the_public(tmp_path)
    page = project / "docs/leak.md"
    page.write_text("# 标题\n\n见[需求](prd/PRD-CHK-001.md)。\n", "utf-8")
    ran = run("pmdocs", "check", within=project)
    assert ran.returncode == 1
    assert "docs/leak.md:3:7: 错误 D7-T01 withheld-page" in ran.stdout


def test_a_page_says_itself_who_may_read_it(tmp_path: Path) -> None:
    """A hand-written page with `confidentiality: internal` in its head is absent from the public site."""
    project = for_the_public(tmp_path)
    page = project / "docs/plan.md"
    page.write_text("---\nconfidentiality: internal\n---\n# 下季度计划\n\n只给内部看的一段话。\n", "utf-8")
    site = build(project)
    assert not (site / "plan/index.html").exists()
    assert "只给内部看的一段话" not in everything(site)
