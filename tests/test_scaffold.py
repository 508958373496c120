"""New documents and projects: ids, starters in both languages, and that nothing is overwritten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filled import empty_site, shipped_types
from pmdocs.diagnostics import Language, RefusedError, Severity
from pmdocs.layout import comments, tidied
from pmdocs.scaffold import Beginning, Wish, begin_project, new_document, slug_of
from pmdocs.scaffold.document import next_id, usual_area
from pmdocs.scaffold.starter import starter_text
from pmdocs.site import Site, read_site
from pmdocs.source import read_text
from projects import TODAY, document, make_project, read, site_of

ROOT = Path(__file__).resolve().parent.parent
TYPES = sorted(shipped_types())
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def wish(site: Site, kind: str, name: str | None = None, **more: str) -> Wish:
    """What a writer asks for."""
    return Wish(site.library.types[kind], name, **more)


def errors(site: Site) -> list[str]:
    """The errors of a project, in words."""
    return [finding.message("zh") for finding in site.findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TYPES)
def test_a_new_document_of_each_type_has_no_errors(name: str, language: Language, tmp_path: Path) -> None:
    """Three in a row: each is a draft without errors, in order, with comments in the language asked for."""
    root = make_project(tmp_path)
    for number in (1, 2, 3):
        site = read(root)
        made = new_document(site, wish(site, name, "CHK"), language)
        assert made.id == f"{site.library.types[name].prefix}-CHK-00{number}"
        made.write()
        assert errors(read(root)) == []
        assert tidied(made.text, site.library.types[name].fields) == made.text
        said = "".join(comments(made.text))
        assert any("\u4e00" <= character <= "\u9fff" for character in said) is (language == "zh")
        assert "{{" not in made.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TYPES)
def test_a_starter_made_from_the_fields_is_a_sound_draft(name: str, language: Language, tmp_path: Path) -> None:
    """A type without a starter of its own gets one: each required field with its help above it."""
    root = make_project(tmp_path, {f"pm_templates/{name}/type.yaml": f"type: {name}\n"})
    site = read(root)
    kind = site.library.types[name]
    text = starter_text(kind, site.library.standards, language)
    (root / "pm_templates" / name / f"starter.{language}.yaml").write_text(text, "utf-8")
    new_document(site, wish(site, name), language).write()
    assert errors(read(root)) == []
    for field in kind.fields:
        if field.gate == 0:
            assert f"# {field.help.in_language(language)}\n{field.name}:" in text
    assert all(f"{field.label.in_language(language)} {field.name}" in text for field in kind.fields if field.gate)


def test_a_team_s_own_type_needs_no_starter(tmp_path: Path) -> None:
    """With a type.yaml alone, `new` makes a draft of it without errors."""
    own = """\
        type: decision
        label: {zh: 决策记录, en: Decision record}
        id: {prefix: DEC}
        fields:
          outcome: {is: text, label: {zh: 结论, en: Outcome}, help: {zh: 决定了什么。, en: What was decided.}, required_from: draft}
          options:
            is: items
            item: option
            id: {local: O}
            label: {zh: 方案, en: Options}
            required_from: draft
            fields:
              title: {is: text, label: {zh: 名称, en: Title}, required_from: draft}
              effort: {is: choice, of: level, label: {zh: 工作量, en: Effort}, required_from: draft}
        """
    root = make_project(tmp_path, {"pm_templates/decision/type.yaml": own})
    site = read(root)
    made = new_document(site, wish(site, "decision"), "zh")
    assert (made.id, made.path.relative_to(root).as_posix()) == ("DEC-NEW-001", "data/decision/DEC-NEW-001.yaml")
    made.write()
    assert errors(read(root)) == []


TITLES = st.one_of(
    st.text(max_size=70),
    st.sampled_from(['引号"里', "反斜线\\n", "换\n行", "{{id}}", "# 井号", "a: b", "末尾。", "“中文”", "x" * 61]),
)


@settings(max_examples=60, deadline=None)
@given(TITLES)
def test_whatever_the_title_the_document_is_sound_or_refused_with_the_reason(title: str) -> None:
    """A title is written as it was given, or the document is refused and says what is wrong with the title."""
    site = empty_site()
    refused, made = None, None
    try:
        made = new_document(site, wish(site, TYPES[0], title=title), "zh")
    except RefusedError as error:
        refused = error
    value = read_text(made.text, file="x.yaml").value if made else None
    told = [finding.message("zh") for finding in refused.findings] if refused else []
    assert told or (isinstance(value, dict) and (value["title"] == title or not title))


def test_ids_go_on_behind_the_highest_that_is_or_was_in_use(tmp_path: Path) -> None:
    """Gaps are not filled, retired ids and those of unreadable files stay taken, items count as documents do."""
    site = site_of(
        tmp_path,
        {
            "data/prd/PRD-CHK-001.yaml": document("PRD-CHK-001", "retired_ids: [PRD-CHK-007, REQ-CHK-004]\n"),
            "data/prd/PRD-CHK-003.yaml": document("PRD-CHK-003", "requirements: [{id: REQ-CHK-002}]\n"),
            "data/prd/PRD-PAY-120.yaml": document("PRD-PAY-120"),
            "data/prd/PRD-BAD-004.yaml": "id: PRD-BAD-004\ntitle: [\n",
        },
    )
    expected = {
        ("PRD", "CHK"): "PRD-CHK-008",
        ("REQ", "CHK"): "REQ-CHK-005",
        ("PRD", "PAY"): "PRD-PAY-121",
        ("PRD", "BAD"): "PRD-BAD-005",
        ("PRD", "NEW"): "PRD-NEW-001",
    }
    assert {key: next_id(site.library, *key) for key in expected} == expected
    assert usual_area(site.library, site.library.types["prd"]) == "CHK"
    assert usual_area(site.library, site.library.types["feature_spec"]) == "CHK"


@pytest.mark.parametrize(
    ("kind", "name", "more", "told"),
    [
        ("prd", "PRD-TST-001", {}, "data/prd/PRD-TST-001.yaml"),
        ("prd", "prd-tst-001", {}, "data/prd/PRD-TST-001.yaml"),
        ("prd", "PRD-OLD-001", {}, "PRD-TST-001"),
        ("prd", "SPEC-TST-002", {}, "PRD-CHK-001"),
        ("prd", "x", {}, "PRD-CHK-001"),
        ("prd", None, {"product": "trendpik"}, "trendpick"),
        ("prd", None, {"product": "zzz"}, "trendpick, seller"),
        ("prd", None, {"owner": "周敏敏"}, "zhou-min"),
        ("prd", None, {"title": "末尾有句号。"}, "没有写入"),
    ],
)
def test_what_cannot_be_is_refused_with_the_cure(
    tmp_path: Path, kind: str, name: str | None, more: dict[str, str], told: str
) -> None:
    """Ids that are taken, retired or misspelt, unknown products and people: nothing is written."""
    taken = document("PRD-TST-001", "retired_ids: [PRD-OLD-001]\n")
    site = site_of(tmp_path, {"data/prd/PRD-TST-001.yaml": taken})
    with pytest.raises(RefusedError) as refused:
        new_document(site, wish(site, kind, name, **more), "zh")
    assert told in refused.value.words.zh
    assert refused.value.words.en


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    """A file of that name is left alone, whatever is in it."""
    root = make_project(tmp_path, {"data/prd/PRD-CHK-001.yaml": "我的笔记\n"})
    site = read(root)
    with pytest.raises(RefusedError, match="already there"):
        new_document(site, wish(site, "prd", "PRD-CHK-001"), "zh")
    made = new_document(site, wish(site, "prd", "PRD-CHK-002"), "zh")
    made.write()
    with pytest.raises(FileExistsError):
        made.write()
    assert (root / "data/prd/PRD-CHK-001.yaml").read_text("utf-8") == "我的笔记\n"


def test_what_a_new_document_refers_to_is_there_and_still_free(tmp_path: Path) -> None:
    """A specification implements the first requirement of its area that no other one implements."""
    rows = "requirements:\n" + "".join(
        f"  - {{id: REQ-{area}-001, title: 需求, statement: 系统应可用。, priority: P1, status: proposed}}\n"
        for area in ("AAA", "CHK", "PAY")
    )
    root = make_project(tmp_path, {"data/prd/PRD-CHK-001.yaml": document("PRD-CHK-001", rows)})
    chosen = []
    for _ in range(3):
        site = read(root)
        made = new_document(site, wish(site, "feature_spec", "CHK"), "zh")
        made.write()
        value = read_text(made.text, file="x.yaml").value
        assert isinstance(value, dict)
        chosen += value["implements"]
    assert chosen == ["REQ-CHK-001", "REQ-AAA-001", "REQ-PAY-001"]


# Projects -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("product", ["潮选", "TrendPick 潮选", 'Quote " and \\ slash', "a: b # c", "产品 <b>&amp;"])
def test_a_new_project_has_a_document_of_each_type_and_no_findings(
    language: Language, product: str, tmp_path: Path
) -> None:
    """Whatever the product is called: it stands in products.yaml as it was given, and nothing is found wrong."""
    begun = begin_project(tmp_path / "new", Beginning(product, language, "1.0"), TODAY)
    site = read_site(tmp_path / "new", today=TODAY)
    assert [finding.message("zh") for finding in site.findings] == []
    assert [document.type.name for document in site.library.documents] == ["user_manual", "prd", "feature_spec"]
    assert site.project.languages == (language,)
    assert site.library.shared["products"][0].title.zh == product
    assert begun.kept == ()
    written = {path.relative_to(tmp_path / "new").as_posix() for path in begun.written}
    assert {"mkdocs.yml", "README.md", ".gitignore", ".github/workflows/docs.yml", "data/people.yaml"} <= written
    assert not [path for path in begun.written if "@{" in path.read_text("utf-8")]
    assert [name for name in written if name.startswith("dot")] == []


def test_a_project_that_is_there_is_left_alone(tmp_path: Path) -> None:
    """Where a mkdocs.yml or data is, nothing is written; a README of a new repository stays as it is."""
    (tmp_path / "README.md").write_text("我的仓库\n", "utf-8")
    begun = begin_project(tmp_path, Beginning("潮选", "zh", "1.0"), TODAY)
    assert begun.kept == (tmp_path / "README.md",)
    assert (tmp_path / "README.md").read_text("utf-8") == "我的仓库\n"
    before = sorted(path.as_posix() for path in tmp_path.rglob("*"))
    with pytest.raises(RefusedError, match="already holds"):
        begin_project(tmp_path, Beginning("别的", "zh", "1.0"), date(2026, 1, 1))
    assert sorted(path.as_posix() for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "slug", "area"),
    [
        ("TrendPick", "trendpick", "TREN"),
        ("潮选", "product", "PROD"),
        ("Café 24", "cafe-24", "CAFE"),
        ("A", "a", "APP"),
        ("--", "product", "PROD"),
    ],
)
def test_ids_of_a_product_come_from_its_name(name: str, slug: str, area: str) -> None:
    """Latin letters and digits make the id; without any it is `product`."""
    assert (slug_of(name), Beginning(name, "zh", "1").area) == (slug, area)
