"""Editors complete and check as pmdocs does: schemas, settings, and a real language server that reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest

from filled import Filler, shipped_types
from language_server import Editor, editing
from pmdocs.diagnostics import Language
from pmdocs.doctype import Field
from pmdocs.editor import SETTINGS, editor_schemas, settings_text, write_schemas, write_settings
from pmdocs.site import read_site
from projects import TODAY, document, make_project, read, site_of
from sites import copy_sample

PRD, SPEC = "data/prd/PRD-TST-009.yaml", "data/feature_spec/SPEC-TST-009.yaml"
REQUIREMENTS = """\
requirements:
  - {id: REQ-TST-001, title: 显示总额, statement: 系统应显示总额。, priority: P1, status: proposed}
  - {id: REQ-TST-002, title: 显示运费, statement: 系统应显示运费。, priority: P1, status: proposed}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one document, ready for an editor."""
    root = make_project(
        tmp_path_factory.mktemp("editor") / "项 目",
        {"data/prd/PRD-TST-001.yaml": document("PRD-TST-001", REQUIREMENTS)},
    )
    site = read(root)
    write_schemas(site, "zh")
    assert write_settings(site)
    return root


@pytest.fixture(scope="module")
def editor(project: Path) -> Iterator[Editor]:
    """The language server with that project open."""
    with editing(project) as opened:
        yield opened


def test_keys_are_completed_with_their_help(editor: Editor) -> None:
    """Those of the document, and those of a row; a text is begun on the same line."""
    keys = editor.complete(PRD, "id: PRD-TST-009\n|")
    assert {"title", "status", "owner", "background", "requirements"} <= keys.keys()
    assert "id" not in keys
    assert keys["title"]["insertText"] == "title: "
    assert "2–60 个字" in str(keys["title"]["documentation"])
    rows = editor.complete(PRD, "requirements:\n  - id: REQ-TST-009\n    |\n")
    assert {"statement", "priority", "acceptance_criteria"} <= rows.keys()
    assert "background" not in rows


def test_choices_are_completed_with_their_labels(editor: Editor) -> None:
    """The value is what YAML takes, the words beside it are the writer's."""
    offered = editor.complete(PRD, "id: PRD-TST-009\nstatus: |\n")
    assert {"draft", "in_review", "approved", "published"} <= offered.keys()
    assert "评审中" in str(offered["in_review"]["documentation"])


@pytest.mark.parametrize(
    ("path", "text", "name", "title"),
    [
        (PRD, "owner: |\n", "chen-yizhou", "陈一舟"),
        (PRD, "product: |\n", "seller", "商家后台"),
        (PRD, "product_version:\n  - |\n", '"1.3"', ""),
        (SPEC, "implements:\n  - |\n", "REQ-TST-002", "显示运费"),
        (SPEC, "references:\n  - title: 依据\n    doc: |\n", "PRD-TST-001", "测试文档"),
    ],
)
def test_ids_are_completed_with_their_titles(editor: Editor, path: str, text: str, name: str, title: str) -> None:
    """People, products, releases, requirements and documents: whatever a reference takes."""
    offered = editor.complete(path, f"id: {Path(path).stem}\n{text}")
    assert name in offered
    assert title in str(offered[name].get("documentation"))


def test_what_lies_under_the_pointer_explains_itself(editor: Editor) -> None:
    """A key shows its label, its help and an example; a choice its words; an id its own title and no other."""
    key = editor.hover(PRD, "requirements:\n  - id: REQ-TST-009\n    |priority: P0\n")
    assert "优先级" in key
    assert "例：P0" in key
    assert "`P0`: 必须有" in key
    reference = editor.hover(SPEC, "implements:\n  - |REQ-TST-002\n")
    assert "实现的需求" in reference
    assert "显示运费" in reference
    assert "REQ-TST-001" not in reference


MISTAKES = {
    "an unknown key": ("titel: x\n", 1),
    "a misspelt choice": ("confidentiality: pubilc\n", 1),
    "a number for a text": ("product_version: [1.10]\n", 1),
    "a text for a list": ("requirements: 无\n", 1),
    "an unknown person": ("authors: [lin-xiaoo]\n", 1),
    "an unknown requirement": (
        "change_history:\n  - {version: '1.0', date: 2026-09-01, author: nobody, summary: x}\n",
        2,
    ),
    "a day that is none": ("due_date: 2026-02-30\n", 1),
    "a date in another form": ("due_date: 2026/9/1\n", 1),
    "a version without a dot": (
        "reviewers:\n  - person: zhou-min\n    role: tech\n    verdict: pending\n    version: v2\n",
        5,
    ),
    "an unknown key in a row": ("requirements:\n  - id: REQ-TST-003\n    titel: x\n", 3),
    "an id in another form": ("requirements:\n  - id: REQ-3\n    title: x\n", 2),
    "a wrong priority": ("requirements:\n  - id: REQ-TST-003\n    priority: P9\n", 3),
    "a derived field": ("requirements:\n  - id: REQ-TST-003\n    spec_refs: [x]\n", 3),
    "a truth value for a text": ("background: true\n", 1),
    "a mapping for a text": ("background: {fr: x}\n", 1),
    "a text for a truth value": ("sample: 是\n", 1),
    "a summary that is too short": ("summary: 短\n", 1),
    "a key twice": ("tags: [a]\ntags: [b]\n", 2),
    "an open bracket": ("tags: [a\n", 1),
}


@pytest.mark.parametrize(("body", "line"), MISTAKES.values(), ids=MISTAKES.keys())
def test_the_editor_marks_the_line_that_check_finds(editor: Editor, tmp_path: Path, body: str, line: int) -> None:
    """The same mistake is told at the same line, while typing and by `pmdocs check`."""
    text = document("PRD-TST-009", body, **{key: None for key in ("change_history",) if key in body})
    root = make_project(tmp_path, {PRD: text, "data/prd/PRD-TST-001.yaml": document("PRD-TST-001", REQUIREMENTS)})
    found = {each.location.span.line for each in read(root).findings if each.location.file == PRD}
    marked = {each["range"]["start"]["line"] + 1 for each in editor.show(PRD, text)}
    near = {line, line + 1} if body.count("[") > body.count("]") else {line}
    assert found & near, found
    assert marked & near, marked


def test_gates_follow_the_status_as_it_is_typed(editor: Editor) -> None:
    """What a draft may lack is missed in a review."""
    assert editor.show(PRD, document("PRD-TST-009")) == []
    missed = [each["message"] for each in editor.show(PRD, document("PRD-TST-009", status="in_review"))]
    assert any("background" in message for message in missed)
    assert not any("release_plan" in message for message in missed)


def test_the_sample_has_no_marks(tmp_path: Path) -> None:
    """What `pmdocs check` finds right, the editor finds right: all documents and shared files of the sample."""
    root = copy_sample(tmp_path / "sample")
    site = read_site(root, today=TODAY)
    write_schemas(site, "zh")
    write_settings(site)
    files = sorted(path for pattern in ("*.yaml", "[!_]*/*.yaml") for path in (root / "data").glob(pattern))
    assert len(files) >= 18
    with editing(root) as opened:
        marked = {
            path.name: [
                each["message"] for each in opened.show(path.relative_to(root).as_posix(), path.read_text("utf-8"))
            ]
            for path in files
        }
    assert {name: messages for name, messages in marked.items() if messages} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(shipped_types()))
def test_a_document_with_every_field_keeps_the_editor_s_schema(name: str, language: Language, tmp_path: Path) -> None:
    """Whatever a type allows, its schema for editors allows, but for ids that are not there."""

    def say(each: Field) -> str:
        text = "文" * int(max(each.minimum or 1, 1))
        return {"version": "1.2.0"}.get(each.name, text)

    kind = shipped_types()[name]
    values = dict(Filler(kind, say).document().values)
    schema = editor_schemas(site_of(tmp_path, {}).library, language)[name]
    validator = jsonschema_rs.Draft7Validator(schema, validate_formats=True)
    wrong = {
        "/".join(str(step) for step in error.instance_path if isinstance(step, str))
        for error in validator.iter_errors(values)
        if error.kind.name not in ("pattern", "enum", "anyOf", "minLength", "maxLength")
    }
    assert wrong == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_are_in_the_writer_s_language(language: Language, tmp_path: Path) -> None:
    """English schemas hold no Chinese but that of the project's own titles."""
    schemas = editor_schemas(site_of(tmp_path, {"data/glossary.yaml": "terms: []\n"}).library, language)
    prd = schemas["prd"]
    assert prd["properties"]["title"]["title"] == {"zh": "标题", "en": "Title"}[language]
    assert ("\u6458\u8981" in json.dumps(prd, ensure_ascii=False)) is (language == "zh")


# Settings -----------------------------------------------------------------------------------------------------


def test_settings_of_the_team_are_kept(project: Path) -> None:
    """Other settings and other schemas stay; what a writer has changed is not set back."""
    old = {
        "editor.fontSize": 15,
        "yaml.format.enable": True,
        "yaml.schemas": {"ci.json": "ci/*.yaml", ".pmdocs/schema/gone.json": "x"},
    }
    new = settings_text(json.dumps(old), read(project))
    assert new is not None
    settings = json.loads(new)
    assert (settings["editor.fontSize"], settings["yaml.format.enable"]) == (15, True)
    assert settings["yaml.schemas"]["ci.json"] == "ci/*.yaml"
    assert settings["yaml.schemas"][".pmdocs/schema/prd.json"] == ["data/prd/**/*.yaml"]
    assert ".pmdocs/schema/gone.json" not in settings["yaml.schemas"]
    assert settings_text(new, read(project)) == new


def test_settings_with_comments_are_left_alone(tmp_path: Path) -> None:
    """A file that is no plain JSON is not touched, and the command says so."""
    root = make_project(tmp_path)
    path = root / SETTINGS
    path.parent.mkdir()
    path.write_text('{\n  // mine\n  "a": 1\n}\n', "utf-8")
    assert not write_settings(read(root))
    assert path.read_text("utf-8") == '{\n  // mine\n  "a": 1\n}\n'


def test_schemas_follow_ids_and_types(tmp_path: Path) -> None:
    """Only what changed is written; the schema of a type that went goes too."""
    root = make_project(
        tmp_path, {"pm_templates/note/type.yaml": "type: note\nlabel: {zh: 便条, en: Note}\nid: {prefix: NOTE}\n"}
    )
    assert "note.json" in {path.name for path in write_schemas(read(root), "zh")}
    assert write_schemas(read(root), "zh") == []
    make_project(root, {"data/prd/PRD-TST-001.yaml": document("PRD-TST-001", REQUIREMENTS)})
    (root / "pm_templates/note/type.yaml").unlink()
    changed = {path.name for path in write_schemas(read(root), "zh")}
    assert "feature_spec.json" in changed
    assert "REQ-TST-002" in (root / ".pmdocs/schema/feature_spec.json").read_text("utf-8")
    assert not (root / ".pmdocs/schema/note.json").exists()
