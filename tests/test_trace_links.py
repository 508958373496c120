"""Drop each link: exactly the findings that its kind promises come, counted from the YAML and never from the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pmdocs.checks import Frame
from pmdocs.checks.traces import gaps, orphans
from pmdocs.document import normalize
from pmdocs.library import Library
from pmdocs.markdown import Renderer
from pmdocs.report import dotted
from rulebook import GOOD, Case, put, read, told
from sites import ROOT

DAY = date(2026, 9, 18)
RECORDS = ("reviewers", "change_history", "status_history")
MISSING = "error D7-S03 missing-for-status@"
UNTESTED = "warning D7-T07 criterion-untested@PRD-TST-001:"

PROMISED: dict[str, tuple[str, ...]] = {
    "PRD-TST-001:metrics[0].goal": (f"{MISSING}PRD-TST-001:metrics[0].goal",),
    "PRD-TST-001:user_stories[0].persona": (
        f"{MISSING}PRD-TST-001:user_stories[0].persona",
        "warning D7-T04 orphan-item@PRD-TST-001:personas[0]",
    ),
    "SPEC-TST-001:implements[0]": ("error D7-T02 no-specification@PRD-TST-001:requirements[0]",),
    "SPEC-TST-001:main_flow[0].actor": (f"{MISSING}SPEC-TST-001:main_flow[0].actor",),
    "SPEC-TST-001:test_cases[0].requirement": (f"{MISSING}SPEC-TST-001:test_cases[0].requirement",),
    "SPEC-TST-001:test_cases[0].criterion[0]": (f"{UNTESTED}requirements[0].acceptance_criteria[0]",),
    "SPEC-TST-001:test_cases[1].requirement": (f"{MISSING}SPEC-TST-001:test_cases[1].requirement",),
    "SPEC-TST-001:test_cases[1].criterion[0]": (f"{UNTESTED}requirements[0].acceptance_criteria[1]",),
    "SPEC-TST-001:test_cases[1].errors[0]": ("warning D7-T07 code-untested@SPEC-TST-001:exceptions[0]",),
    "SPEC-TST-001:test_cases[2].requirement": (f"{MISSING}SPEC-TST-001:test_cases[2].requirement",),
    "SPEC-TST-001:test_cases[2].criterion[0]": (f"{UNTESTED}requirements[1].acceptance_criteria[0]",),
    "SPEC-TST-001:test_cases[3].requirement": (f"{MISSING}SPEC-TST-001:test_cases[3].requirement",),
    "SPEC-TST-001:test_cases[3].criterion[0]": (f"{UNTESTED}nfrs[0].acceptance_criteria[0]",),
    "MAN-TST-001:tasks[0].covers[0]": (f"{MISSING}MAN-TST-001:tasks[0].covers",),
    "MAN-TST-001:tasks[1].covers[0]": (f"{MISSING}MAN-TST-001:tasks[1].covers",),
    "MAN-TST-001:troubleshooting[0].error_code": ("error D7-T08 code-unexplained@SPEC-TST-001:exceptions[0]",),
}
"""What is found when a link of the clean set is gone; where nothing stands, nothing is: something else still holds."""


def good_links() -> list[str]:
    """Every link of the clean set that leads to a document or item, by document and place."""
    library = read(GOOD).library
    return [
        f"{document.id}:{dotted(link.path)}"
        for document in library.documents
        for link in document.links
        if link.path[0] not in RECORDS and library.resolve(link, document)
    ]


@pytest.mark.parametrize("link", good_links())
def test_a_link_of_the_clean_set_is_missed(link: str, tmp_path: Path) -> None:
    """Of what is required and of the chain, exactly what the table promises is found."""
    name, _, place = link.partition(":")
    place = place.removesuffix("[0]") if place.endswith("metric[0]") else place  # written as a single value
    found, _ = told(Case("", link, (), {name: {place: None}}), tmp_path)
    assert [each for each in found if " D7-T" in each or " D7-S03" in each] == sorted(PROMISED.get(link, ()))


def test_the_table_names_links_that_are_there() -> None:
    """No promise is left of a link that the clean set has not."""
    assert set(PROMISED) <= set(good_links())


# The sample, too large for a table: its defects are counted from the YAML, as the standards put them ---------------------

KINDS = ("implements", "covers", "criterion", "errors", "error_code")
"""The fields of the sample whose links the rules about gaps and orphans miss."""
Plain = Mapping[str, Mapping[str, Any]]


def defects(plain: Plain) -> set[str]:
    """The gaps and orphans of plain documents, each as rule and id, by counting who names whom."""
    requirements = [row for each in plain.values() for name in ("requirements", "nfrs") for row in each.get(name, ())]
    cases = [row for each in plain.values() for row in each.get("test_cases", ())]
    codes = [row for each in plain.values() for row in each.get("exceptions", ())]
    names = {field: {target for each in plain.values() for target in named(each, field)} for field in KINDS}
    tested = set(named(cases, "criterion"))
    musts = [row for row in requirements if row["priority"] == "P0"]
    return {
        *(f"D7-T02 {row['id']}" for row in musts if row["id"] not in names["implements"]),
        *(f"D7-T03 {row['id']}" for row in musts if for_users(row) and row["id"] not in names["covers"]),
        *(f"D7-T04 {name}" for name, each in plain.items() if name.startswith("SPEC") and not each.get("implements")),
        *(f"D7-T04 {name}.{row['id']}" for name, each in plain.items() for row in unused_personas(each)),
        *(
            f"D7-T07 {row['id']}.{criterion['id']}"
            for row in requirements
            if row["id"] in names["implements"] and row["verification_method"] == "test"
            for criterion in row["acceptance_criteria"]
            if f"{row['id']}.{criterion['id']}" not in tested
        ),
        *(f"D7-T07 {row['code']}" for row in codes if row["code"] not in set(named(cases, "errors"))),
        *(f"D7-T08 {row['code']}" for row in codes if row["user_visible"] and row["code"] not in names["error_code"]),
    }


def for_users(row: Mapping[str, Any]) -> bool:
    """Whether users meet a requirement."""
    return bool(row.get("user_facing", row["type"] == "functional"))


def unused_personas(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The personas that no story, scenario or source of their document names."""
    used = {*named(document, "persona"), *named(document, "source")}
    return [row for row in document.get("personas", ()) if row["id"] not in used]


def named(value: Any, field: str) -> Iterator[str]:
    """What is named in fields of this name, at any depth."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == field and isinstance(each, str | list):
                yield from [each] if isinstance(each, str) else each
            else:
                yield from named(each, field)
    elif isinstance(value, list):
        for each in value:
            yield from named(each, field)


@cache
def sample() -> Library:
    """The sample as a library."""
    return read(ROOT, as_of=DAY).library


Place = tuple[str, str]
"""A link: the document, and the dotted place in it."""


def links_of(field: str) -> dict[str, list[Place]]:
    """The links of the sample in fields of this name, by what they lead to."""
    found: dict[str, list[Place]] = {}
    for document in sample().documents:
        for link in document.links:
            if link.field.name == field and link.path[0] not in RECORDS:
                found.setdefault(link.target, []).append((document.id, dotted(link.path)))
    return found


def without(dropped: list[Place]) -> tuple[Plain, set[str]]:
    """The sample without these links, as plain values, and the gaps and orphans that the checks find in it."""
    library = sample()
    changed: dict[str, Any] = {}
    for name, place in reversed(dropped):
        document = next(each for each in library.documents if each.id == name)
        put(changed.setdefault(name, deepcopy(dict(document.values))), place, None)
    documents = tuple(
        replace(each, values=normalize(each.type.fields, changed[each.id])) if each.id in changed else each
        for each in library.documents
    )
    frame = Frame(replace(library, documents=documents), None, DAY, bool, lambda _: None, bool, len, Renderer((), {}))
    found = {f"{each.code} {each.item or each.document}" for check in (gaps, orphans) for each in check(frame)}
    return {each.id: each.values for each in documents}, found


def test_the_sample_has_no_gaps_and_orphans() -> None:
    """Neither counting nor checking finds any."""
    plain, found = without([])
    assert defects(plain) == found == set()


@pytest.mark.parametrize("field", KINDS)
def test_each_link_of_the_sample_is_missed(field: str) -> None:
    """All links of this kind to one thing together, and every fourth alone: what is found is what the counting finds."""
    links = links_of(field)
    everything = [[each] for places in links.values() for each in places]
    assert len(everything) >= 15, "the sample has enough of each kind to mean something"
    missed = 0
    for dropped in [*everything[::4], *links.values()]:
        plain, found = without(dropped)
        assert found == defects(plain), dropped
        missed += bool(found)
    assert missed > 0, "at least one link of this kind is needed"
