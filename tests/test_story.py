"""The sample's three released versions: what each held on its day, what changed from one to the next, and what no longer held."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pmdocs.diagnostics import Severity
from pmdocs.diff import changes
from pmdocs.layout import tidied
from pmdocs.site import Site, read_site
from projects import TODAY

ROOT = Path(__file__).resolve().parent.parent
RELEASES = ROOT / "data" / "_releases"
DAYS = {"1.0": date(2026, 4, 8), "1.1": date(2026, 8, 5), "1.2": date(2026, 8, 26)}
STORY = """\
PRD-PLT-001   1.0.0 1.1.0 1.1.0 1.1.0
PRD-REC-001   1.2.0 1.2.0 1.2.0 1.2.0
PRD-SHR-001   1.1.0 1.1.0 1.1.0 1.1.0
PRD-CHK-001   -     1.0.0 1.2.0 1.3.0
SPEC-REC-001  1.0.0 1.3.0 1.3.0 1.3.0
SPEC-REC-002  1.0.0 1.2.0 1.2.0 1.2.0
SPEC-SHR-001  1.0.0 1.2.0 1.2.0 1.2.0
SPEC-CHK-001  -     1.0.0 1.2.0 1.3.0
SPEC-CHK-002  -     1.0.0 1.1.0 1.2.0
SPEC-CHK-003  -     1.0.0 1.1.0 1.2.0
MAN-BUY-001   1.0.0 1.0.1 1.0.1 1.0.1
MAN-BUY-002   -     1.0.0 1.0.0 1.1.0
MAN-CSR-001   1.0.0 1.3.0 1.3.0 1.3.0
MAN-CSR-002   -     -     -     1.0.0
"""
"""Each document with its version in 1.0, 1.1 and 1.2 and in what is being written; a dash where there was none."""
TOLD: dict[str, set[tuple[str, str]]] = {
    "1.0": set(),
    "1.1": set(),
    "1.2": {("D7-G09", "MAN-BUY-002"), ("D7-T06", "MAN-BUY-002")},
}
"""What the checks find on the day of each release: only that the checkout manual fell behind in 1.2."""


@cache
def site(name: str) -> Site:
    """A release as of its day, or the sample as it is being written, read once."""
    return read_site(RELEASES / name, today=DAYS[name]) if name in DAYS else read_site(ROOT, today=TODAY)


@cache
def fates(old: str, new: str) -> dict[str, tuple[bool, bool]]:
    """The documents and items that changed between two versions, each with whether it was there before and is there now."""
    found = changes(site(old).library, site(new).library)
    parts = [part for document in found.documents for part in document.parts]
    return {
        each.id: (part.before is not None, part.after is not None)
        for part in parts
        if (each := part.after or part.before) is not None
    }


@pytest.mark.parametrize(("column", "name"), [(1, "1.0"), (2, "1.1"), (3, "1.2"), (4, "next")])
def test_each_version_holds_the_documents_of_its_day(column: int, name: str) -> None:
    """The documents of a version and their versions are those of the story; all were published by then."""
    rows = [line.split() for line in STORY.splitlines()]
    expected = {row[0]: row[column] for row in rows if row[column] != "-"}
    documents, day = site(name).library.documents, site(name).as_of.isoformat()
    assert {document.id: document.values["version"] for document in documents} == expected
    assert all(str(document.values["published_date"]) <= day for document in documents)
    assert all(str(row["date"]) <= day for each in documents for row in each.values["status_history"])


@pytest.mark.parametrize("name", DAYS)
def test_a_release_is_in_order_on_its_day(name: str) -> None:
    """No release has an error; `pmdocs fmt` would change nothing; only what the story tells is found."""
    findings = site(name).findings
    assert [each.message("zh") for each in findings if each.severity is Severity.ERROR] == []
    assert {(each.code, each.document) for each in findings} == TOLD[name]
    for document in site(name).library.documents:
        assert tidied(document.source.text, document.type.fields) == document.source.text


def test_the_choice_of_coupons_changed_with_the_second_release() -> None:
    """From 1.1 to 1.2 the requirement about coupons changed, and the rule by which the system chooses is new."""
    found = fates("1.1", "1.2")
    assert found["REQ-CHK-004"] == (True, True)
    assert found["SPEC-CHK-002.BR-6"] == (False, True)
    assert not any(name.startswith("MAN-") for name in found)
    assert not any("REC" in name or "SHR" in name or "PLT" in name for name in found)


def test_reserving_stock_is_new_since_the_last_release() -> None:
    """The requirement about stock, its error code and the manual for agents are new since 1.2, and nothing of them was there."""
    found = fates("1.2", "next")
    assert [found[name] for name in ("REQ-CHK-009", "CHK-4093", "MAN-CSR-002")] == [(False, True)] * 3
    texts = [document.source.text for name in DAYS for document in site(name).library.documents]
    assert not [text for text in texts for word in ("锁定库存", "库存锁", "REQ-CHK-009", "CHK-4093") if word in text]


def test_the_checkout_manual_fell_behind_in_the_second_release() -> None:
    """MAN-BUY-002 is the same file in 1.1 and 1.2: its sign-off links to what has changed since, and says so."""
    files = [RELEASES / name / "data" / "user_manual" / "MAN-BUY-002.yaml" for name in ("1.1", "1.2")]
    assert files[0].read_bytes() == files[1].read_bytes()
    suspect = [each.message("zh") for each in site("1.2").findings if each.code == "D7-T06"]
    assert [message for message in suspect if "REQ-CHK-004" in message]
    assert len(suspect) == 3
