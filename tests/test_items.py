"""What a version publishes for machines: a manifest and each document, by the schemas that document them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from pmdocs.diff import apply, difference, record_of, snapshot_of
from pmdocs.items import as_json, item_files
from pmdocs.library import Library
from projects import document, read, site_of
from sites import ROOT

SCHEMAS = ROOT / "plugins" / "pmdocs" / "assets" / "schemas"
FILES = {
    "data/prd/PRD-TST-001.yaml": document(
        "PRD-TST-001",
        """\
        confidentiality: internal
        # 说明
        goals: [{id: G-1, statement: 更多的人完成结算}]
        metrics: [{id: M-1, name: 完成率, goal: G-1}]
        requirements:
          - id: REQ-TST-001
            title: {zh: 显示总额, en: Show the total}
            statement: |
              结算服务
              应显示总额。
            priority: P0
            status: proposed
            acceptance_criteria:
              - {id: AC-1, given: 有商品, when: 打开结算页, then: 看到总额}
        lint_ignore: [{rule: D7-L01, reason: 内部原因, by: lin-xiao, until: 2026-12-31}]
        """,
    ),
    "data/user_manual/MAN-TST-001.yaml": document(
        "MAN-TST-001",
        """\
        confidentiality: public
        tasks:
          - id: TASK-TST-001
            title: 付款
            covers: [REQ-TST-001]
            steps: [{action: 点“付款”}, {action: 选择支付方式}]
        """,
        title="付款手册",
    ),
}
PUBLIC = (
    "site_name: 测试\nplugins:\n  - pmdocs:\n      languages: [zh, en]\n      publish: {confidentiality: [public]}\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A requirements document and a manual."""
    return site_of(tmp_path_factory.mktemp("items"), FILES).library


def loaded(files: dict[str, bytes]) -> dict[str, Any]:
    """The JSON of each file."""
    return {name: json.loads(content) for name, content in files.items()}


def schema_of(name: str) -> str:
    """The schema that documents a file."""
    if name == "items.json":
        return "manifest"
    return "words" if name.startswith("items/words.") else "document"


def test_files_are_as_their_schemas_say(library: Library) -> None:
    """Each file is valid by its schema; the schemas lie beside them, and are themselves valid."""
    files = item_files(library)
    for name, value in loaded(files).items():
        if name.endswith(".schema.json"):
            jsonschema_rs.meta.validate(value)
        else:
            jsonschema_rs.validate(json.loads((SCHEMAS / f"{schema_of(name)}.schema.json").read_text("utf-8")), value)
    assert {name for name in files if name.endswith(".schema.json")} == {
        f"items/{path.name}" for path in SCHEMAS.iterdir()
    }


def test_the_manifest_leads_to_every_document(library: Library) -> None:
    """The manifest names each document with its page and its file; the file's name holds the digest of what is in it."""
    files = item_files(library)
    manifest = json.loads(files["items.json"])
    assert [(row["id"], row["kind"], row["title"]["zh"], row["url"]) for row in manifest["documents"]] == [
        ("MAN-TST-001", "user_manual", "付款手册", "user_manual/MAN-TST-001/"),
        ("PRD-TST-001", "prd", "测试文档", "prd/PRD-TST-001/"),
    ]
    for row in manifest["documents"]:
        assert row["file"] == f"items/{row['id']}.{row['digest'].replace(':', '-')}.json"
        assert re.fullmatch(r"1:[0-9a-f]{12}", row["digest"])
        assert row["file"] in files
    assert manifest["words"] in files


def test_a_document_is_there_with_all_it_says(library: Library) -> None:
    """Each item has its fields, links and place; what is for pmdocs alone is left out."""
    files = loaded(item_files(library))
    prd = next(value for name, value in files.items() if name.startswith("items/PRD-TST-001."))
    assert prd["file"] == "data/prd/PRD-TST-001.yaml"
    items = {item["id"]: item for item in prd["items"]}
    assert list(items) == [
        "PRD-TST-001",
        "PRD-TST-001.G-1",
        "PRD-TST-001.M-1",
        "REQ-TST-001",
        "REQ-TST-001.AC-1",
    ]
    requirement = items["REQ-TST-001"]
    assert requirement["line"] == 6
    assert requirement["title"] == {"en": "Show the total", "zh": "显示总额"}
    assert requirement["fields"]["statement"]["value"] == "结算服务应显示总额。"
    assert items["PRD-TST-001.M-1"]["links"] == [{"field": "goal", "target": "G-1"}]
    assert "lint_ignore" not in items["PRD-TST-001"]["fields"]
    assert "内部原因" not in json.dumps(prd, ensure_ascii=False)
    manual = next(value for name, value in files.items() if name.startswith("items/MAN-TST-001."))
    task = manual["items"][1]
    assert task["links"] == [{"field": "covers", "target": "REQ-TST-001"}]
    assert [row["action"] for row in task["fields"]["steps"]["value"]] == ["点“付款”", "选择支付方式"]


def test_a_public_site_publishes_nothing_internal(tmp_path: Path) -> None:
    """What the readers of a site may not see is in none of its files; a reference to it is its bare id."""
    files = item_files(site_of(tmp_path, FILES, config=PUBLIC).library)
    text = b"".join(files.values()).decode()
    assert [row["id"] for row in json.loads(files["items.json"])["documents"]] == ["MAN-TST-001"]
    assert "更多的人完成结算" not in text
    assert "显示总额" not in text
    assert "PRD-TST-001" not in text
    assert "REQ-TST-001" in text


def test_what_did_not_change_keeps_its_file(library: Library, tmp_path: Path) -> None:
    """A change in one document gives one other file; a comment changes no digest of a field."""
    text = FILES["data/prd/PRD-TST-001.yaml"].replace("# 说明\n", "# 另一个说明\n# 又一行\n")
    other = item_files(site_of(tmp_path, FILES | {"data/prd/PRD-TST-001.yaml": text}).library)
    same = item_files(library).keys() & other.keys()
    assert {name.partition(".")[0] for name in same} == {
        "items", "items/MAN-TST-001", "items/words", "items/manifest", "items/document",
    }  # fmt: skip
    fields = [
        item["fields"]
        for files in (item_files(library), other)
        for name, value in loaded(files).items()
        if name.startswith("items/PRD-TST-001.")
        for item in value["items"]
    ]
    assert fields[: len(fields) // 2] == fields[len(fields) // 2 :]


def test_two_libraries_differ_as_their_documents_do(library: Library, tmp_path: Path) -> None:
    """The sample differs from itself in nothing, from a version without it in everything, and can be reached from there."""
    sample = snapshot_of(read(ROOT).library)
    assert not difference(sample, sample)
    found = difference({}, sample)
    assert len(found.documents) == len(sample)
    assert apply(found, {}) == sample
    assert as_json(record_of(library.documents[0]))["id"] == "MAN-TST-001"
