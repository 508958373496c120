"""The configuration: what mkdocs.yml says to pmdocs, what is wrong with it, and what holds where it says nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmdocs.diagnostics import Diagnostic, Severity
from pmdocs.options import OPTIONS
from pmdocs.project import Project, find_root, read_project
from projects import place_of, site_of, words

HEAD = "site_name: x\nplugins:\n  - pmdocs:\n"


def read(root: Path, text: str) -> tuple[Project, list[Diagnostic]]:
    """Read a configuration."""
    (root / "mkdocs.yml").write_text(text, "utf-8")
    return read_project(root)


def config(tmp_path: Path, options: str) -> tuple[Project, list[tuple[str, str, int, int]]]:
    """Return the project with these options, and what is wrong with them."""
    text = HEAD + "".join(f"      {line}\n" for line in options.split("\n"))
    project, findings = read(tmp_path, text)
    return project, [place_of(finding) for finding in findings]


@pytest.mark.parametrize(
    "text", ["plugins: [pmdocs]", "plugins:\n  - pmdocs", "plugins: {pmdocs: }", HEAD, "", "- a", "5"]
)
def test_without_options_the_defaults_hold(tmp_path: Path, text: str) -> None:
    """Nothing has to be said."""
    project, findings = read(tmp_path, text)
    assert findings == []
    assert project == Project(
        root=tmp_path,
        documents=tmp_path / "data",
        templates=tmp_path / "pm_templates",
        docs=tmp_path / "docs",
        languages=("zh",),
        audience=frozenset({"public", "internal"}),
        as_of=None,
        fail_on=Severity.ERROR,
        markdown_extensions=project.markdown_extensions,
        markdown_configs=project.markdown_configs,
        translations={},
        use_directory_urls=True,
        site_name="x" if "site_name" in text else "",
    )
    assert {"toc", "tables", "fenced_code"} <= set(project.markdown_extensions)


def test_every_option_is_read(tmp_path: Path) -> None:
    """What is said holds."""
    project, findings = config(
        tmp_path,
        "data: 文档\ntemplates: types\nlanguages: [en, zh]\npublish: {confidentiality: [public]}\n"
        "as_of: 2026-09-18\nfail_on: warning\ntranslations: {en: {甲: a}}",
    )
    assert findings == []
    assert (project.documents, project.templates) == (tmp_path / "文档", tmp_path / "types")
    assert (list(project.languages), set(project.audience)) == (["en", "zh"], {"public"})
    assert (project.as_of, project.fail_on) == (date(2026, 9, 18), Severity.WARNING)
    assert project.translations == {"en": {"甲": "a"}}


WRONG = {
    "langauges: [zh]": ("D7-S02 misspelt-key", 4, 7),
    "colour: red": ("D7-S02 unknown-key", 4, 7),
    "languages: zh": ("D7-S04 list-expected", 4, 18),
    "languages: [zh, fr]": ("D7-S04 unknown-choice", 4, 23),
    "languages: [zh, zh]": ("D7-S04 wrong-form", 4, 18),
    "languages: []": ("D7-S04 wrong-form", 4, 18),
    "data: 5": ("D7-S04 text-expected", 4, 13),
    "publish: public": ("D7-S04 map-expected", 4, 16),
    "publish: {}": ("D7-S03 missing-field", 4, 7),
    "publish: {confidentiality: [public, interal]}": ("D7-S04 misspelt-choice", 4, 43),
    "publish: {confidentiality: [public], audience: all}": ("D7-S02 unknown-key", 4, 44),
    "as_of: 2026-02-30": ("D7-S04 no-such-date", 4, 14),
    "as_of: 2026-9-1": ("D7-S04 date-form", 4, 14),
    "as_of: yesterday": ("D7-S04 date-form", 4, 14),
    "fail_on: warnings": ("D7-S04 misspelt-choice", 4, 16),
    "fail_on: never": ("D7-S04 unknown-choice", 4, 16),
    "translations: [a]": ("D7-S04 map-expected", 4, 21),
    "translations: {en: a}": ("D7-S04 map-expected", 4, 26),
}


@pytest.mark.parametrize(("option", "expected"), WRONG.items(), ids=WRONG.keys())
def test_a_wrong_option_is_told_and_its_default_holds(
    tmp_path: Path, option: str, expected: tuple[str, int, int]
) -> None:
    """A wrong value is told at its place; the site is read as if it were not there."""
    project, findings = config(tmp_path, option)
    word, line, column = expected
    assert findings == [(word, "mkdocs.yml", line, column)]
    assert project == read(tmp_path, "site_name: x\nplugins: [pmdocs]\n")[0]


def test_a_misspelt_option_says_what_was_meant(tmp_path: Path) -> None:
    """The nearest option is named with what it is for."""
    _, findings = read(tmp_path, HEAD + "      langauges: [zh]\n")
    (option,) = [each for each in OPTIONS if each.name == "languages"]
    assert findings[0].message("zh") == "“langauges”不是pmdocs的字段"
    assert findings[0].hint("zh") == f"是不是想写 languages（{option.help.zh}）？"
    assert findings[0].hint("en") == f"Did you mean languages ({option.help.en})?"


@pytest.mark.parametrize("section", ["text", "[a]", "5", "true"])
def test_a_section_that_is_no_mapping_is_told(tmp_path: Path, section: str) -> None:
    """pmdocs' section holds options."""
    _, findings = read(tmp_path, f"plugins:\n  - pmdocs: {section}\n")
    assert [place_of(each) for each in findings] == [("D7-S04 map-expected", "mkdocs.yml", 2, 13)]


def test_mkdocs_own_tags_are_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`!ENV` takes the environment; `!!python/name:` leads into the site's own libraries and nowhere else."""
    monkeypatch.setenv("PMDOCS_TEST_DATA", "elsewhere")
    text = HEAD + (
        "      data: !ENV [PMDOCS_TEST_NONE, PMDOCS_TEST_DATA, data]\n"
        "markdown_extensions:\n"
        "  - pymdownx.emoji:\n"
        "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        "      emoji_generator: !!python/name:material.extensions.emoji.to_svg\n"
        "extra: {danger: !!python/name:os.system , nowhere: !!python/name:material.no.such.thing }\n"
    )
    project, findings = read(tmp_path, text)
    assert findings == []
    assert project.documents == tmp_path / "elsewhere"
    assert callable(project.markdown_configs["pymdownx.emoji"]["emoji_index"])


def test_a_tag_that_runs_code_is_refused(tmp_path: Path) -> None:
    """Reading a configuration runs nothing."""
    mark = tmp_path / "mark"
    _, findings = read(tmp_path, f"a: !!python/object/apply:os.mkdir ['{mark}']\n")
    assert [place_of(each)[0] for each in findings] == ["D7-S01 tag"]
    assert not mark.exists()


def test_a_configuration_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """A syntax error is told in the words of D7-S01; MkDocs' own tags beside it are not blamed."""
    text = HEAD + "      languages: [zh\nsite_url: !ENV [A, b]\nextra: !!python/name:material.x\n"
    site = site_of(tmp_path, {}, config=text)
    assert [place_of(each) for each in site.findings] == [("D7-S01 unclosed-bracket", "mkdocs.yml", 4, 18)]


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        ("admonition", []),
        ("admonitions", ["D7-T01 misspelt-name"]),
        ("no_such_extension", ["D7-T01 unknown-name"]),
        ("toc: {permalink: true}", []),
        ("toc: {no_such_setting: 1}", ["D7-S04 wrong-form"]),
    ],
)
def test_an_extension_that_cannot_be_used_is_told(tmp_path: Path, extension: str, expected: list[str]) -> None:
    """A Markdown extension that is not installed, or refuses its settings, is a finding and no traceback."""
    site = site_of(
        tmp_path, {"docs/index.md": "# 首页\n"}, config=f"plugins: [pmdocs]\nmarkdown_extensions:\n  - {extension}\n"
    )
    assert words(site) == expected


def test_the_root_is_the_nearest_folder_with_a_configuration(tmp_path: Path) -> None:
    """A command works from any folder of the project."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("", "utf-8")
    (tmp_path / "a" / "mkdocs.yml").mkdir()
    assert find_root(tmp_path / "a" / "b") == tmp_path
    assert find_root(tmp_path) == tmp_path


def test_a_byte_order_mark_and_wrong_bytes_are_no_traceback(tmp_path: Path) -> None:
    """The configuration is read as far as it can be."""
    (tmp_path / "mkdocs.yml").write_bytes(b"\xef\xbb\xbfplugins:\n  - pmdocs:\n      data: a\xff\n")
    project, _ = read_project(tmp_path)
    assert project.documents.name.startswith("a")


def test_a_file_is_named_relative_to_the_project(tmp_path: Path) -> None:
    """Findings name files with `/`, from the project's folder on."""
    project, _ = read(tmp_path, "")
    assert project.relative(tmp_path / "data" / "x.yaml") == "data/x.yaml"
    assert project.relative(Path("/elsewhere/x.yaml")) == "/elsewhere/x.yaml"


@pytest.mark.parametrize(
    ("validation", "ignored"),
    [
        ("{links: {not_found: ignore}}", {"missing-page", "missing-file"}),
        ("{links: {anchors: ignore, unrecognized_links: ignore}}", {"missing-anchor", "missing-page"}),
        ("{anchors: ignore}", {"missing-anchor"}),
        ("{links: {not_found: warn, anchors: info}}", set()),
        ("{links: yes}", set()),
        ("ignore", set()),
    ],
)
def test_what_mkdocs_is_told_to_ignore_is_ignored(tmp_path: Path, validation: str, ignored: set[str]) -> None:
    """Links that `validation` says to ignore are no findings; whatever else it says changes nothing."""
    project, _ = read(tmp_path, f"validation: {validation}\n")
    assert project.ignored == ignored


def test_an_ignored_link_is_no_finding(tmp_path: Path) -> None:
    """A hand-written page with a dead link passes where the configuration does not care, and fails where it does."""
    page = {"docs/index.md": "# 首页\n\n[没有](nowhere.md)\n"}
    ignoring = "site_name: x\nplugins: [pmdocs]\nvalidation: {links: {not_found: ignore}}\n"
    assert words(site_of(tmp_path / "strict", page, config="site_name: x\nplugins: [pmdocs]\n")) == [
        "D7-T01 missing-page"
    ]
    assert words(site_of(tmp_path / "lenient", page, config=ignoring)) == []
