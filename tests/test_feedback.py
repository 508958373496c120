"""Feedback files: YAML and CSV read into verdicts, and every mistake in them told at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmdocs.feedback import Verdict, newest, versions_of
from pmdocs.site import Site
from projects import document, make_project, place_of, places, read, site_of, words
from sites import ROOT

HEADER = "feedback_id,received_at,reporter,reporter_role,doc_id,doc_version,verdict,severity,detail\n"
GOOD = 'FB-1,2026-09-01,CS-01,customer_service,PRD-AA-001,1.0,partly,2,"第 1 步，多写了一个点"\n'
DOCUMENT = {"data/prd/PRD-AA-001.yaml": document("PRD-AA-001")}


def site_with(tmp_path: Path, text: str, name: str = "tickets.csv") -> Site:
    """Return a project with one document and one feedback file."""
    return site_of(tmp_path, {**DOCUMENT, f"data/feedback/{name}": text})


def test_the_sample_holds_its_answers() -> None:
    """The sample's 69 answers are read: 59 + 1 + 1 accurate ones among them, both inaccuracies of agents mended in 1.2.0."""
    library = read(ROOT).library
    assert len(library.feedback) == 69
    assert all(verdict.is_sample for verdict in library.feedback)
    counts = {
        name: sum(each.verdict == name for each in library.feedback) for name in ("accurate", "partly", "inaccurate")
    }
    assert counts == {"accurate": 60, "partly": 4, "inaccurate": 5}
    by_id = {verdict.feedback_id: verdict for verdict in library.feedback}
    for name in ("FB-0038", "FB-0047"):
        assert (by_id[name].triage_status, by_id[name].fixed_in_version) == ("confirmed", "1.2.0")
    assert (by_id["FB-0068"].triage_status, by_id["FB-0068"].triaged_by) == ("invalid", "he-chuan")
    assert by_id["FB-0068"].triaged_at == date(2026, 6, 9)
    left_out = {verdict.feedback_id for verdict in library.feedback} - {
        each.feedback_id for each in newest(library.feedback)
    }
    assert left_out == {"FB-0065", "FB-0066"}


def test_nothing_in_the_sample_waits() -> None:
    """On the sample's day no inaccuracy is open, and on 1 May 2026 one is, which 1.2.0 mends on 21 May."""
    library = read(ROOT).library
    by_id = {verdict.feedback_id: verdict for verdict in newest(library.feedback)}
    found = {each.id: versions_of(each) for each in library.documents}

    def open_on(day: date) -> list[str]:
        return [name for name, each in by_id.items() if each.is_open_on(day, found[each.doc_id])]

    assert open_on(date(2026, 9, 18)) == []
    assert open_on(date(2026, 5, 1)) == ["FB-0033", "FB-0038"]
    assert "FB-0038" not in open_on(date(2026, 5, 21))


def test_a_line_of_csv_is_a_verdict(tmp_path: Path) -> None:
    """A CSV file with a byte-order mark, blank lines, other separators and spreadsheet dates gives the same verdicts as YAML."""
    rows = "\ufeffsep=;\nfeedback_id;received_at;reporter_role;doc_id;doc_version;verdict;severity;detail\n\n"
    rows += 'FB-2;2026/9/1;end_user;PRD-AA-001;1.0;inaccurate;1;"他说：""不对""\n第二行"\n;;;;;;;\n'
    site = site_with(tmp_path, rows)
    assert words(site) == []
    (verdict,) = site.library.feedback
    assert (verdict.feedback_id, verdict.received_at, verdict.severity) == ("FB-2", date(2026, 9, 1), 1)
    assert verdict.detail == '他说："不对"\n第二行'
    assert (verdict.triage_status, verdict.channel, verdict.closed_at) == ("new", "", None)


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    """A row of CSV and the same row of YAML are equal verdicts."""
    from_csv = site_with(tmp_path / "csv", HEADER + GOOD).library.feedback
    text = """\
        verdicts:
          - {feedback_id: FB-1, received_at: 2026-09-01, reporter: CS-01, reporter_role: customer_service, doc_id: PRD-AA-001,
             doc_version: "1.0", verdict: partly, severity: 2, detail: 第 1 步，多写了一个点}
        """
    from_yaml = site_with(tmp_path / "yaml", text, "deep/er/2026.yaml").library.feedback
    assert from_csv == from_yaml != ()


def test_a_site_needs_no_feedback(tmp_path: Path) -> None:
    """A project without the folder has no feedback and no finding."""
    site = site_of(tmp_path, DOCUMENT)
    assert (words(site), site.library.feedback) == ([], ())


MISTAKES = {
    "no such day": (HEADER + GOOD.replace("2026-09-01", "2026/2/30"), ("D7-S04 no-such-date", 2, 6)),
    "no date": (HEADER + GOOD.replace("2026-09-01", "昨天"), ("D7-S04 date-form", 2, 6)),
    "unknown document": (HEADER + GOOD.replace("PRD-AA-001", "MAN-ZZ-009"), ("D7-T01 unknown-id", 2, 40)),
    "misspelt document": (HEADER + GOOD.replace("PRD-AA-001", "PRD-AA-01"), ("D7-T01 misspelt-id", 2, 40)),
    "unknown version": (HEADER + GOOD.replace(",1.0,", ",2.0,"), ("D7-T01 unknown-name", 2, 51)),
    "unknown verdict": (HEADER + GOOD.replace("partly", "perhaps"), ("D7-S04 unknown-choice", 2, 55)),
    "misspelt verdict": (HEADER + GOOD.replace("partly", "部分准确"), ("D7-S04 misspelt-choice", 2, 55)),
    "severity": (HEADER + GOOD.replace(",2,", ",5,"), ("D7-S04 out-of-range", 2, 62)),
    "no number": (HEADER + GOOD.replace(",2,", ",高,"), ("D7-S04 number-expected", 2, 62)),
    "lacking": (HEADER + GOOD.replace("customer_service", ""), ("D7-S03 missing-field", 2, 1)),
    "twice": (HEADER + GOOD + GOOD, ("D7-S05 duplicate-id", 3, 1)),
    "column": (
        HEADER.replace("detail", "detial") + GOOD + GOOD.replace("FB-1", "FB-2"),
        ("D7-S02 misspelt-key", 1, 84),
    ),
    "column twice": (
        HEADER.replace("detail", "severity") + GOOD.replace("，多写了一个点", ""),
        ("D7-S01 sheet-column", 1, 84),
    ),
    "too wide": (HEADER + GOOD.replace("，", '","'), ("D7-S01 sheet-width", 2, 72)),
    "quote": (HEADER + GOOD.replace('点"', "点"), ("D7-S01 sheet-quote", 2, 64)),
    "empty": ("", ("D7-S01 empty-file", 1, 1)),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistakes_are_told_at_their_cells(case: str, tmp_path: Path) -> None:
    """What is wrong with a cell is told at its line and column."""
    text, (word, line, column) = MISTAKES[case]
    found = places(site_with(tmp_path, text))
    assert (word, "data/feedback/tickets.csv", line, column) in found
    assert len(found) == 1


@pytest.mark.parametrize(("encoding", "word"), [("gb18030", "encoding-gb18030"), ("utf-16", "encoding-utf16")])
def test_other_encodings_are_told(encoding: str, word: str, tmp_path: Path) -> None:
    """A file in the encoding of an old spreadsheet is told, with the way to save it anew."""
    root = make_project(tmp_path, DOCUMENT)
    (root / "data/feedback").mkdir()
    (root / "data/feedback/old.csv").write_bytes((HEADER + GOOD).encode(encoding))
    assert words(read(root)) == [f"D7-S01 {word}"]


def test_everything_wrong_with_a_row_is_told_at_once(tmp_path: Path) -> None:
    """A bad date does not hide an unknown document beside it."""
    text = HEADER + GOOD.replace("2026-09-01", "昨天").replace("PRD-AA-001", "MAN-ZZ-009")
    site = site_with(tmp_path, text)
    assert words(site) == ["D7-S04 date-form", "D7-T01 unknown-id"]
    assert site.library.feedback == ()


TRIAGE = """\
verdicts:
  - feedback_id: FB-1
    received_at: 2026-09-01
    reporter_role: end_user
    doc_id: PRD-AA-001
    doc_version: "1.0"
    verdict: inaccurate
    triage_status: invalid
    triaged_at: 2026-09-02
    triaged_by: {person}
    reason: 产品缺陷
"""


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        ("zhou-min", []),
        ("lin-xiao", ["D7-S04 judged-by-owner"]),
        ("zhou-mni", ["D7-T01 misspelt-name"]),
        ("nobody", ["D7-T01 unknown-name"]),
    ],
)
def test_somebody_else_judges(person: str, wanted: list[str], tmp_path: Path) -> None:
    """Who calls an answer not valid is a person there is, and not the owner of the document."""
    assert words(site_with(tmp_path, TRIAGE.format(person=person), "a.yaml")) == wanted


def test_a_rejected_answer_says_why(tmp_path: Path) -> None:
    """An answer called not valid needs a reason, a day and a person."""
    text = "".join(line + "\n" for line in TRIAGE.split("\n")[:8])
    found = [place_of(each)[0] for each in site_with(tmp_path, text, "a.yaml").findings]
    assert found == ["D7-S03 missing-when"] * 3


def verdict(name: str, day: int, said: str = "inaccurate", **more: object) -> Verdict:
    """Return a verdict of CS-01 on PRD-AA-001 1.0, received on a day of September 2026."""
    values = {
        "channel": "", "reporter": "CS-01", "reporter_role": "customer_service", "doc_id": "PRD-AA-001", "doc_version": "1.0",
        "section_ref": "", "category": "", "severity": None, "detail": "", "ticket_ref": "", "triage_status": "new",
        "triaged_at": None, "triaged_by": "", "reason": "", "fixed_in_version": "", "closed_at": None,
    }  # fmt: skip
    return Verdict(feedback_id=name, received_at=date(2026, 9, day), verdict=said, **(values | more))  # type: ignore[arg-type]


def test_the_newest_word_of_a_person_counts() -> None:
    """Of two answers by one person on one version the later stands; other versions and nameless answers stay."""
    kept = newest([
        verdict("A", 3, "accurate"), verdict("B", 1), verdict("C", 1, doc_version="1.1"),
        verdict("D", 2, reporter=""), verdict("E", 2, reporter=""),
    ])  # fmt: skip
    assert [each.feedback_id for each in kept] == ["C", "D", "E", "A"]


def test_what_comes_later_has_not_happened() -> None:
    """Triage, closing and mending count from their day on; 48 hours are over when the third day after begins."""
    there: dict[str, date | None] = {"1.0": date(2026, 8, 1), "1.1": date(2026, 9, 10), "1.2": None}
    mended = verdict("A", 5, triage_status="confirmed", triaged_at=date(2026, 9, 7), fixed_in_version="1.1")
    assert [mended.is_open_on(date(2026, 9, day), there) for day in (4, 5, 9, 10)] == [False, True, True, False]
    assert [mended.status_on(date(2026, 9, day)) for day in (6, 7)] == ["new", "confirmed"]
    assert verdict("B", 5, fixed_in_version="1.2").is_open_on(date(2026, 9, 18), there)
    assert not verdict("C", 5, triage_status="invalid").is_open_on(date(2026, 9, 18), there)
    assert not verdict("D", 5, "accurate").is_open_on(date(2026, 9, 18), there)
    assert [verdict("E", 5).is_older_than(48, date(2026, 9, day)) for day in (7, 8)] == [False, True]
