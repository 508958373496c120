"""The canonical form of what a document says: re-formatting changes nothing, content and order do."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdocs.canonical import canonical, content_of, digest, target_digest
from pmdocs.document import Document
from projects import document, make_project, site_of

TYPE = """\
type: leaflet
label: {zh: 单页, en: Leaflet}
id: {prefix: LEAF}
reviewed_by: [tech]
fields:
  body: {is: markdown, label: {zh: 正文, en: Body}, help: {zh: 正文。, en: The body.}}
  note: {is: text, label: {zh: 备注, en: Note}, help: {zh: 备注。, en: A note.}, reviewed_by: []}
  rows:
    is: items
    item: leaf
    id: {local: L}
    titled_by: name
    label: {zh: 行, en: Rows}
    help: {zh: 若干行。, en: Some rows.}
    fields:
      name: {is: text, label: {zh: 名称, en: Name}, help: {zh: 名称。, en: The name.}}
      said: {is: text, label: {zh: 文案, en: Copy}, help: {zh: 文案。, en: The copy.}, reviewed_by: [customer_service]}
      kept: {is: text, label: {zh: 内部, en: Kept}, help: {zh: 内部。, en: Kept.}, reviewed_by: []}
  size: {is: number, label: {zh: 大小, en: Size}, help: {zh: 大小。, en: The size.}}
  signs: {is: list, label: {zh: 标识, en: Signs}, help: {zh: 标识。, en: Signs.}, reviewed_by: [legal]}
"""
BODY = """\
body: 第一段。
note: 随手记
rows:
  - {id: L-1, name: 甲, said: 你好, kept: 私下}
  - {id: L-2, name: 乙}
size: 3
signs: [圆, 方]
"""


def leaflet(folder: Path, body: str = BODY) -> Document:
    """A document of a small type with a field for each way of being reviewed."""
    head = document("LEAF-TST-001")
    files = {"pm_templates/leaflet/type.yaml": TYPE, "data/leaflet/LEAF-TST-001.yaml": head + dedent(body)}
    site = site_of(make_project(folder, files), {})
    (found,) = site.library.documents
    return found


def own(found: Document, role: str | None) -> dict[str, object]:
    """What a role reviews of the type's own fields: those of every document are left out."""
    content = content_of(found, role)
    return {name: content[name] for name in ("body", "note", "rows", "size", "signs") if name in content}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None, "二"]}, '{"a":[true,null,"二"],"b":1}'),
        (1.0, "1"),
        (0.5, "0.5"),
        (1e3, "1000"),
        (-0.0, "0"),
        (float("inf"), '"inf"'),
        (float("nan"), '"nan"'),
        ("末尾\n\n", '"末尾"'),
        ("首\n尾", '"首\\n尾"'),
        ((1, 2), "[1,2]"),
    ],
)
def test_equal_values_have_one_form(value: object, text: str) -> None:
    """Keys are sorted, whole numbers are whole, the end of a block of text does not count, and the order of lists does."""
    assert canonical(value) == text


def test_a_digest_is_short_and_says_how_it_was_made() -> None:
    """A digest is `1:` and the first twelve hex digits of the sha256 of the canonical form."""
    # printf '{"a":1}' | sha256sum
    assert digest({"a": 1.0}) == "1:015abd7f5cc5"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_the_form_of_the_form_is_the_form(value: object) -> None:
    """Reading a canonical form and writing it again changes nothing."""
    once = canonical(value)
    assert canonical(json.loads(once)) == once


@given(st.dictionaries(st.text(), JSON, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_keys_never_counts(value: dict[str, object], random: object) -> None:
    """Two mappings with the same entries have one digest."""
    keys = list(value)
    random.shuffle(keys)  # type: ignore[attr-defined]  # hypothesis' generator of chance
    assert digest({key: value[key] for key in keys}) == digest(value)


def test_each_role_has_its_own_part(tmp_path: Path) -> None:
    """A role's content is the fields it reviews; a nested field can have reviewers of its own, and keeps its row's id."""
    found = leaflet(tmp_path)
    assert own(found, "tech") == {
        "body": "第一段。",
        "rows": [{"id": "L-1", "name": "甲"}, {"id": "L-2", "name": "乙"}],
        "size": 3,
    }
    assert own(found, "customer_service") == {"rows": [{"id": "L-1", "said": "你好"}]}
    assert own(found, "legal") == {"signs": ["圆", "方"]}
    assert own(found, "qa") == {}
    assert own(found, None) == {
        "body": "第一段。",
        "rows": [{"id": "L-1", "name": "甲", "said": "你好"}, {"id": "L-2", "name": "乙"}],
        "size": 3,
        "signs": ["圆", "方"],
    }


@pytest.mark.parametrize(
    "body",
    [
        "size: 3.0\nsigns: ['圆', \"方\"]  # 注\nrows:\n- name: 甲\n  id: L-1\n  kept: 别的\n  said: 你好\n- {name: 乙, id: L-2}\n"
        "body: |\n  第一段。\nnote: 改了\n",
        BODY.replace("\n", "\r\n"),
        BODY + "attachments: []\nterms:\n",
    ],
)
def test_reformatting_changes_no_digest(tmp_path: Path, body: str) -> None:
    """Order of keys, quotes, blocks, comments, line ends and empty fields change no digest; nor does what nobody reviews."""
    first, second = leaflet(tmp_path / "one"), leaflet(tmp_path / "two", body)
    for role in ("tech", "customer_service", "legal", None):
        assert digest(content_of(first, role)) == digest(content_of(second, role))


@pytest.mark.parametrize(
    ("old", "new", "roles"),
    [
        ("第一段。", "第一段！", {"tech"}),
        ("size: 3", "size: 4", {"tech"}),
        ("你好", "您好", {"customer_service"}),
        ("[圆, 方]", "[方, 圆]", {"legal"}),
        ("id: L-1", "id: L-3", {"tech", "customer_service"}),
        ("私下", "公开", set()),
    ],
)
def test_content_changes_the_digests_of_its_reviewers(tmp_path: Path, old: str, new: str, roles: set[str]) -> None:
    """What is said, and in which order, changes the digests of exactly the roles that review it."""
    first, second = leaflet(tmp_path / "one"), leaflet(tmp_path / "two", BODY.replace(old, new))
    changed = {
        role
        for role in ("tech", "customer_service", "legal", "qa")
        if digest(content_of(first, role)) != digest(content_of(second, role))
    }
    assert changed == roles


def test_what_a_link_leads_to_has_a_digest(tmp_path: Path) -> None:
    """The digest of an item is of its own fields, that of a document of all that is reviewed."""
    site = site_of(
        make_project(
            tmp_path,
            {
                "pm_templates/leaflet/type.yaml": TYPE,
                "data/leaflet/LEAF-TST-001.yaml": document("LEAF-TST-001") + BODY,
            },
        ),
        {},
    )
    item, whole = site.library.find("LEAF-TST-001.L-1"), site.library.find("LEAF-TST-001")
    assert item is not None
    assert whole is not None
    assert target_digest(item) == digest({"id": "L-1", "name": "甲", "said": "你好"})
    assert target_digest(whole) == digest(content_of(whole.document))


def test_dates_and_people_are_no_content(tmp_path: Path) -> None:
    """A field that is a day or a person is reviewed by nobody, unless it says so itself."""
    more = """\
  seen: {is: date, label: {zh: 日期, en: Day}, help: {zh: 日期。, en: A day.}}
  by: {is: ref, to: [person], label: {zh: 人, en: Person}, help: {zh: 人。, en: A person.}}
  ends: {is: date, label: {zh: 到期, en: Ends}, help: {zh: 到期。, en: It ends.}, reviewed_by: [legal]}
"""
    head = document("LEAF-TST-001") + "seen: 2026-09-01\nby: lin-xiao\nends: 2026-09-30\n"
    files = {"pm_templates/leaflet/type.yaml": TYPE + more, "data/leaflet/LEAF-TST-001.yaml": head}
    (found,) = site_of(tmp_path, files).library.documents
    assert [field.reviewed_by for field in found.type.fields if field.name in ("seen", "by", "ends")] == [
        (),
        (),
        ("legal",),
    ]
