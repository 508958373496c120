"""The sample as a reader who knows the trade would check it: dates, commitments, sign-offs, coverage, both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pmdocs.document import Document
from pmdocs.layout import tidied
from pmdocs.site import Site, read_site
from projects import TODAY

ROOT = Path(__file__).resolve().parent.parent
COMMITMENTS = """\
PRD-PLT-001 1.0.0 2026-01-30 2026-01-30 2026-01-29
PRD-REC-001 1.2.0 2026-02-13 2026-02-13 2026-02-12
PRD-SHR-001 1.1.0 2026-02-20 2026-02-27 2026-02-24
SPEC-REC-001 1.0.0 2026-03-06 2026-03-06 2026-03-05
SPEC-REC-002 1.0.0 2026-03-06 2026-03-06 2026-03-06
SPEC-SHR-001 1.0.0 2026-03-13 2026-03-13 2026-03-12
MAN-BUY-001 1.0.0 2026-03-20 2026-03-20 2026-03-18
MAN-CSR-001 1.0.0 2026-03-20 2026-03-20 2026-03-19
PRD-PLT-001 1.1.0 2026-04-17 2026-04-17 2026-04-16
MAN-BUY-001 1.0.1 2026-04-24 2026-04-24 2026-04-23
MAN-CSR-001 1.1.0 2026-04-24 2026-04-24 2026-04-24
SPEC-REC-001 1.1.0 2026-05-08 2026-05-08 2026-05-07
SPEC-REC-002 1.1.0 2026-05-08 2026-05-08 2026-05-08
SPEC-SHR-001 1.1.0 2026-05-15 2026-05-15 2026-05-20
MAN-CSR-001 1.2.0 2026-05-22 2026-05-22 2026-05-21
SPEC-REC-001 1.2.0 2026-05-29 2026-05-29 2026-05-28
SPEC-SHR-001 1.2.0 2026-06-05 2026-06-05 2026-06-04
SPEC-REC-002 1.2.0 2026-06-12 2026-06-12 2026-06-11
MAN-CSR-001 1.3.0 2026-06-18 2026-06-18 2026-06-17
SPEC-REC-001 1.3.0 2026-06-26 2026-06-26 2026-06-25
PRD-CHK-001 1.0.0 2026-07-17 2026-07-17 2026-07-16
PRD-CHK-001 1.2.0 2026-08-14 2026-08-14 2026-08-13
PRD-CHK-001 1.3.0 2026-09-11 2026-09-11 2026-09-10
"""
"""Document, version, baseline due date, due date and day of publication of every commitment of the story."""
VERSIONS = {
    "MAN-BUY-001": "1.0.1", "MAN-BUY-002": "1.1.0", "MAN-CSR-001": "1.3.0", "MAN-CSR-002": "1.0.0",
    "PRD-CHK-001": "1.3.0", "PRD-PLT-001": "1.1.0", "PRD-REC-001": "1.2.0", "PRD-SHR-001": "1.1.0",
    "SPEC-CHK-001": "1.3.0", "SPEC-CHK-002": "1.2.0", "SPEC-CHK-003": "1.2.0", "SPEC-REC-001": "1.3.0",
    "SPEC-REC-002": "1.2.0", "SPEC-SHR-001": "1.2.0",
}  # fmt: skip
CODES = {
    "MAN-BUY-001": {"REC-4001", "REC-5001", "SHR-4041", "SHR-4091", "SHR-4291"},
    "MAN-BUY-002": {f"CHK-{number}" for number in (4001, 4002, 4021, 4091, 4092, 4093, 4291, 5041)},
}
CODES |= {"MAN-CSR-001": CODES["MAN-BUY-001"], "MAN-CSR-002": CODES["MAN-BUY-002"]}
PRIORITIES = {
    "REC": ["P0", "P0", "P0", "P1", "P1", "P2"],
    "SHR": ["P0", "P0", "P1", "P1", "P0", "P2"],
    "CHK": ["P0"] * 6 + ["P1"] * 3 + ["P2"],
}
HAN = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"“[^”]*”|[*][*][^*]*[*][*]|[(（][^)）]*[)）]")


@cache
def sample() -> Site:
    """The sample, read once."""
    return read_site(ROOT, today=TODAY)


@cache
def documents() -> dict[str, Document]:
    """Its documents by id."""
    return {document.id: document for document in sample().library.documents}


def values(name: str) -> Any:
    """What a document holds."""
    return documents()[name].values


def test_the_sample_is_whole_and_nothing_is_wrong_with_it() -> None:
    """Fourteen documents, at their versions, published, marked as sample data, and without a finding."""
    assert {name: document.values["version"] for name, document in documents().items()} == VERSIONS
    assert {document.status for document in documents().values()} == {"published"}
    assert all(document.is_sample for document in documents().values())
    assert [finding.message("zh") for finding in sample().findings] == []


@pytest.mark.parametrize("name", VERSIONS)
def test_each_document_is_in_order(name: str) -> None:
    """`pmdocs fmt` would change nothing."""
    document = documents()[name]
    assert tidied(document.source.text, document.type.fields) == document.source.text


def test_the_commitments_are_those_of_the_story() -> None:
    """Each version with a due date, with its baseline and its publication; one was cancelled; the newest row is the envelope."""
    expected = [line.split() for line in COMMITMENTS.splitlines()]
    told = {row[0] for row in expected}
    found = [
        [name, row["version"], row["original_due_date"], row["due_date"], row["published_date"]]
        for name in told
        for row in values(name)["change_history"]
        if "due_date" in row and "cancelled_date" not in row
    ]
    assert sorted(found) == sorted(expected)
    assert len(expected) == 23
    cancelled = [
        (name, row["version"], row["due_date"], row["cancelled_date"])
        for name in documents()
        for row in values(name)["change_history"]
        if "cancelled_date" in row
    ]
    assert cancelled == [("MAN-BUY-001", "1.1.0", "2026-06-12", "2026-06-08")]


@pytest.mark.parametrize("name", VERSIONS)
def test_the_envelope_repeats_the_row_of_its_version(name: str) -> None:
    """Due date, baseline and publication of the current version stand in both places alike."""
    whole = values(name)
    (row,) = [row for row in whole["change_history"] if row["version"] == whole["version"]]
    for key in ("due_date", "published_date"):
        assert row[key] == whole[key], key
    assert row.get("original_due_date", row["due_date"]) == whole.get("original_due_date", whole["due_date"])
    assert row["date"] <= row["published_date"]


def test_the_due_date_that_was_moved_was_moved_rightly() -> None:
    """Before it passed, by somebody else than the owner, with a reason."""
    (change,) = values("PRD-SHR-001")["due_date_changes"]
    assert (change["from"], change["to"], change["date"], change["approved_by"]) == (
        "2026-02-20", "2026-02-27", "2026-02-11", "han-li",
    )  # fmt: skip
    assert "春节" in change["reason"]
    assert [name for name in documents() if "due_date_changes" in values(name)] == ["PRD-SHR-001"]


@pytest.mark.parametrize("name", VERSIONS)
def test_each_document_is_signed_off_before_it_is_published(name: str) -> None:
    """By the technical team and customer service, of this version, not by its owner."""
    whole = values(name)
    signed = [row for row in whole["reviewers"] if row["verdict"].startswith("approved")]
    assert {"tech", "customer_service"} <= {row["role"] for row in signed}
    for row in whole["reviewers"]:
        assert row["version"] == whole["version"]
        assert row["date"] <= whole["published_date"]
        assert row["person"] != whole["owner"]
        assert all(comment["resolved"] for comment in row.get("comments", ()))


@pytest.mark.parametrize("name", VERSIONS)
def test_people_work_on_working_days(name: str) -> None:
    """No status changed and nobody signed on a weekend or over the Spring Festival; statuses follow one another."""
    whole = values(name)
    days = [row["date"] for row in whole["status_history"]] + [row["date"] for row in whole["reviewers"]]
    assert [day for day in days if date.fromisoformat(day).weekday() > 4 or "2026-02-15" <= day <= "2026-02-23"] == []
    steps = [row["date"] for row in whole["status_history"]]
    assert steps == sorted(steps)
    published = [row["date"] for row in whole["status_history"] if row["status"] == "published"]
    rows = [row["published_date"] for row in whole["change_history"] if "published_date" in row]
    assert published == sorted(rows)
    assert whole["created_date"] <= steps[0]
    assert str(TODAY) < whole["review_by"] <= str(date.fromisoformat(whole["published_date"]).replace(year=2027))


@pytest.mark.parametrize("area", PRIORITIES)
def test_priorities_are_those_of_the_story(area: str) -> None:
    """And every P0 has a criterion for what goes wrong: its last one is no repetition of the first."""
    rows = values(f"PRD-{area}-001")["requirements"]
    assert [row["id"] for row in rows] == [f"REQ-{area}-{number:03}" for number in range(1, len(rows) + 1)]
    assert [row["priority"] for row in rows] == PRIORITIES[area]
    assert all(len(row["acceptance_criteria"]) >= 2 for row in rows)


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every test case with the specification it stands in."""
    for name in documents():
        for row in values(name).get("test_cases", ()):
            yield name, row


def test_there_are_as_many_cases_fields_and_rules_as_the_story_says() -> None:
    """44 cases for the checkout and 31 for recommendation and sharing, with 21 fields and 9 business rules."""
    assert len([row for name, row in cases() if "-CHK-" in name]) == 44
    first = ("SPEC-REC-001", "SPEC-REC-002", "SPEC-SHR-001")
    assert len([row for name, row in cases() if name in first]) == 31
    assert sum(len(values(name)["inputs"]) + len(values(name)["outputs"]) for name in first) == 21
    assert sum(len(values(name)["business_rules"]) for name in first) == 9
    assert len(values("SPEC-CHK-002")["decision_tables"][0]["rows"]) == 12


def test_every_criterion_and_every_error_code_has_a_case() -> None:
    """Of each requirement that a specification implements; no two cases have one number."""
    implemented = {name for each in documents() for name in values(each).get("implements", ())}
    wanted = {
        f"{row['id']}.{criterion['id']}"
        for name in documents()
        for row in values(name).get("requirements", ())
        for criterion in row["acceptance_criteria"]
        if row["id"] in implemented
    }
    assert len(implemented) == 23
    assert wanted - {name for _, row in cases() for name in row.get("criterion", ())} == set()
    codes = {row["code"] for name in documents() for row in values(name).get("exceptions", ())}
    assert codes == CODES["MAN-BUY-001"] | CODES["MAN-BUY-002"]
    assert codes - {name for _, row in cases() for name in row.get("errors", ())} == set()
    numbers = [row["id"] for _, row in cases()]
    assert len(numbers) == len(set(numbers)) == 75


@pytest.mark.parametrize("name", CODES)
def test_the_manuals_explain_every_code(name: str) -> None:
    """One row for each code of what they are about, for buyers and for agents."""
    rows = [row["error_code"] for row in values(name)["troubleshooting"] if "error_code" in row]
    assert sorted(set(rows)) == sorted(CODES[name])
    assert len(rows) == len(set(rows))


def test_every_p0_that_users_meet_is_in_a_manual() -> None:
    """As a task, a question or a row of troubleshooting."""
    covered = {
        target
        for name in documents()
        for link in documents()[name].links
        if documents()[name].type.name == "user_manual" and link.field.name == "covers"
        for target in [link.target]
    }
    wanted = {
        row["id"]
        for name in documents()
        for row in values(name).get("requirements", ())
        if row["priority"] == "P0" and row.get("user_facing", row["type"] == "functional")
    }
    assert wanted - covered == set()
    assert len(wanted) >= 11


@pytest.mark.parametrize("name", ["MAN-BUY-001", "MAN-BUY-002"])
def test_the_buyers_manuals_are_in_both_languages(name: str) -> None:
    """Every text with Chinese in it has its English, and the English holds no Chinese but within what it quotes."""
    texts = [
        value
        for visit in documents()[name].visits
        if visit.field.holds_text
        for value in (visit.value if isinstance(visit.value, list) else [visit.value])
    ]
    assert [value for value in texts if isinstance(value, str) and HAN.search(value)] == []
    english = [value["en"] for value in texts if isinstance(value, dict) and "en" in value]
    assert len(english) > 200
    assert [text for text in english if HAN.search(QUOTED.sub("", text))] == []


def test_terms_are_called_by_one_name() -> None:
    """No document uses a word that the glossary forbids."""
    terms = sample().library.shared["glossary"]
    forbidden = [word for entry in terms for word in entry.values.get("forbidden_aliases", ())]
    assert len(terms) >= 30
    used = [(word, name) for name, each in documents().items() for word in forbidden if word in each.source.text]
    assert used == []
    assert {"产品经理", "用户体验", "市场竞争分析", "数据分析"} <= {entry.values["zh"] for entry in terms}


def test_every_picture_is_used() -> None:
    """No picture of the sample lies there for nothing."""
    used = {
        visit.value for document in documents().values() for visit in document.visits if visit.field.kind == "image"
    }
    there = {f"img/{path.name}" for path in (ROOT / "data" / "user_manual" / "img").iterdir()}
    assert there == used
