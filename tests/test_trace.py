"""The chain as values: figures, impact, circles, priorities and what is withheld, counted by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdocs.trace import (
    Share,
    Trace,
    coverage_of,
    impacts_of,
    is_must,
    matrix_of,
    own_requirements,
    trace_of,
)
from pmdocs.trace.circles import circles_in
from pmdocs.trace.ties import Key
from projects import document, site_of
from rulebook import TODAY, Case
from rulebook import site_of as changed_site

Changes = Mapping[str, Mapping[str, Any]]


def trace_after(folder: Path, changes: Changes | None = None, **more: Any) -> Trace:
    """The chain of the clean set of documents with changes."""
    return trace_of(changed_site(Case("D7-T02", "a chain", (), changes or {}, **more), folder).library, TODAY)


def test_figures_are_counted(tmp_path: Path) -> None:
    """Three requirements, one of them without a specification; one of four criteria has no case; users meet two."""
    criterion = {"id": "AC-2", "given": "收藏夹为空", "when": "买家打开收藏夹", "then": "页面显示“还没有收藏”"}
    trace = trace_after(
        tmp_path,
        {
            "SPEC-TST-001": {"implements": ["REQ-TST-001", "REQ-TST-002"]},
            "PRD-TST-001": {"requirements[1].acceptance_criteria[1]": criterion},
            "MAN-TST-001": {"tasks[1].covers": {"not_applicable": "只讲入口"}},
        },
    )
    found = coverage_of(trace, trace.requirements, trace.items("error_code"))
    assert (found.requirements, found.musts) == (3, 1)
    assert found.founded == Share(3, 3)
    assert found.specified == Share(2, 3)
    assert found.tested == Share(3, 3)
    assert found.criteria == Share(4, 5)
    assert found.explained == Share(1, 2)
    assert found.codes == Share(1, 1)
    assert found.rows == Share(1, 1)
    assert [each.address for each in own_requirements(trace.requirements)] == ["REQ-TST-001", "REQ-TST-002"]


def test_a_share_of_nothing_has_no_percentage() -> None:
    """It is told as nothing, not as all or none."""
    assert Share(0, 0).percent is None
    assert Share(1, 3).percent == 33.3


IMPACTS: dict[str, tuple[Changes, list[tuple[str, str, str]]]] = {
    "nothing changed since": ({}, []),
    "changed after both": (
        {"PRD-TST-001": {"change_history[0].date": "2026-08-25"}},
        [("REQ-TST-001", "SPEC-TST-001", "1.0"), ("REQ-TST-001", "MAN-TST-001", "1.0.0")],
    ),
    "changed on the day of the specification": (
        {"PRD-TST-001": {"change_history[0].date": "2026-08-18"}},
        [],
    ),
    "the manual followed": (
        {
            "PRD-TST-001": {"change_history[0].date": "2026-08-25"},
            "MAN-TST-001": {
                "change_history[1]": {
                    "version": "1.0.1",
                    "date": "2026-08-26",
                    "author": "lin-xiao",
                    "summary": "写明收藏夹已满。",
                    "requirements": ["REQ-TST-001"],
                }
            },
        },
        [("REQ-TST-001", "SPEC-TST-001", "1.0")],
    ),
    "the manual was revised for something else": (
        {
            "PRD-TST-001": {"change_history[0].date": "2026-08-25"},
            "MAN-TST-001": {
                "change_history[1]": {
                    "version": "1.0.1",
                    "date": "2026-08-26",
                    "author": "lin-xiao",
                    "summary": "改写查看收藏夹。",
                    "requirements": ["REQ-TST-002"],
                }
            },
        },
        [("REQ-TST-001", "SPEC-TST-001", "1.0"), ("REQ-TST-001", "MAN-TST-001", "1.0.0")],
    ),
    "a revision that names nothing is of the whole": (
        {
            "PRD-TST-001": {"change_history[0].date": "2026-08-25"},
            "SPEC-TST-001": {
                "change_history[1]": {
                    "version": "1.1",
                    "date": "2026-08-26",
                    "author": "lin-xiao",
                    "summary": "通读一遍。",
                }
            },
        },
        [("REQ-TST-001", "MAN-TST-001", "1.0.0")],
    ),
    "the manual is for the release before": (
        {"MAN-TST-001": {"product_version": ["1.1"]}},
        [("REQ-TST-001", "MAN-TST-001", "1.0.0")],
    ),
    "the manual is for both releases": ({"MAN-TST-001": {"product_version": ["1.1", "1.2"]}}, []),
}


@pytest.mark.parametrize("case", IMPACTS)
def test_what_a_change_leaves_behind(case: str, tmp_path: Path) -> None:
    """Each document that has not followed, with the version in which it last took the requirement up."""
    changes, expected = IMPACTS[case]
    found = [
        (impact.requirement.address, behind.whole.address, behind.version)
        for impact in impacts_of(trace_after(tmp_path, changes))
        for behind in impact.behind
    ]
    assert found == expected


def test_the_first_priority_is_the_one_a_team_lists_first(tmp_path: Path) -> None:
    """Where a team ranks in words, the first word takes the place of P0."""
    options = [
        {"id": "must", "label": {"zh": "必须", "en": "Must"}},
        {"id": "could", "label": {"zh": "可以", "en": "Could"}},
    ]
    changes = {
        "PRD-TST-001": {
            "requirements[0].priority": "could",
            "requirements[1].priority": "must",
            "nfrs[0].priority": "could",
        }
    }
    trace = trace_after(tmp_path, changes, settings={"choices": [{"id": "priority", "options": options}]})
    assert [each.address for each in trace.requirements if is_must(each)] == ["REQ-TST-002"]


def test_an_error_code_of_two_products_is_two_things(tmp_path: Path) -> None:
    """A row of one product's manual explains its own product's code alone."""
    code = (
        "feature: 支付\nexceptions:\n  - {{code: CHK-4001, title: 拒付, requirements: [REQ-{area}-001]}}\n"
        "implements: [REQ-{area}-001]\n"
    )
    row = "troubleshooting:\n  - {{id: TS-1, symptom: 拒付, error_code: CHK-4001}}\n"
    needs = "requirements:\n  - {{id: REQ-{area}-001, title: 支付, statement: 系统应支付。, priority: P1, status: proposed}}\n"
    files = {}
    for area, product in (("AAA", "trendpick"), ("BBB", "seller")):
        for folder, prefix, body in (("prd", "PRD", needs), ("feature_spec", "SPEC", code)):
            name = f"{prefix}-{area}-001"
            files[f"data/{folder}/{name}.yaml"] = document(name, body.format(area=area), product=product)
    files["data/user_manual/MAN-AAA-001.yaml"] = document("MAN-AAA-001", row.format(), product="trendpick")
    trace = trace_of(site_of(tmp_path, files).library, TODAY)
    rows = {code.document.id: [each.address for each in trace.rows(code)] for code in trace.items("error_code")}
    assert rows == {"SPEC-AAA-001": ["MAN-AAA-001.TS-1"], "SPEC-BBB-001": []}


def test_a_matrix_has_the_worst_first(tmp_path: Path) -> None:
    """A released gap stands before what is to be checked, that before what is whole; ties are broken by priority."""
    trace = trace_after(
        tmp_path,
        {
            "SPEC-TST-001": {"test_cases[3].criterion": None, "test_cases[2].result": "failed"},
        },
    )
    states = [(line.requirement.address, line.state.value) for line in matrix_of(trace).lines]
    assert states == [("REQ-TST-003", "gap"), ("REQ-TST-002", "check"), ("REQ-TST-001", "whole")]


NODES = st.integers(0, 6)


@given(st.sets(st.tuples(NODES, NODES), max_size=14))
def test_circles_are_found_where_there_are_any(edges: set[tuple[int, int]]) -> None:
    """Each circle told is one, each member of a circle is told or hangs together with one that is, and nothing else is told."""
    ahead: dict[Key, list[Key]] = {}
    for source, target in sorted(edges):
        ahead.setdefault(("", str(source)), []).append(("", str(target)))
    told = list(circles_in(ahead))
    reach = closure(edges)
    for way in told:
        assert way[0] == way[-1]
        assert all(after in ahead[before] for before, after in pairwise(way))
        assert len(set(way)) == len(way) - 1
    looping = {node for node in range(7) if (node, node) in reach}
    first = {min(other for other in looping if (node, other) in reach and (other, node) in reach) for node in looping}
    assert {int(way[0][1]) for way in told} == first


def closure(edges: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Every pair of which the second is reached from the first."""
    reach = set(edges)
    for middle in range(7):
        reach |= {(a, b) for a, x in reach if x == middle for y, b in reach if y == middle}
    return reach


def test_a_release_is_out_when_it_says_so_and_its_day_has_come(tmp_path: Path) -> None:
    """The same library on two days: what is released on the 26th is not on the 25th."""
    library = trace_after(tmp_path).library
    for day, out in ((date(2026, 8, 25), False), (date(2026, 8, 26), True)):
        trace = Trace(library, day)
        assert [trace.is_released(each) for each in trace.requirements] == [out] * 3
