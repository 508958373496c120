"""Which versions there are: what releases.yaml says, what tags say, and the order of the two together."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pmdocs.diagnostics import Words
from pmdocs.versions import Version, before, default_of, newest_first, tags_matching, versions_of
from projects import places, site_of

RELEASES = """\
releases:
  - {version: "1.9", date: 2026-01-05, state: released, path: data/_releases/1.9}
  - {version: "1.10", title: 十, date: 2026-02-05, state: released, ref: v1.10}
  - {version: "1.8", date: 2025-12-05, state: retired, ref: v1.8}
  - {version: "1.7", date: 2025-11-05, state: released, ref: v1.7, skip: 没有人用了}
  - {version: "1.11", date: 2026-03-05, state: released}
  - {version: "2.0", date: 2026-09-05, state: planned}
"""
SNAPSHOT = {"data/_releases/1.9/mkdocs.yml": "site_name: x\n"}


def version(name: str, day: str = "2026-01-01", **more: str) -> Version:
    """A released version with a tag."""
    return Version(name, Words(name, name), date.fromisoformat(day), **{"ref": f"v{name}", **more})


def names(versions: tuple[Version, ...]) -> list[str]:
    """The names of versions in their order."""
    return [each.name for each in versions]


def test_versions_come_from_the_list_of_releases(tmp_path: Path) -> None:
    """Newest first by number; only what is released, has a source and is not skipped is built."""
    library = site_of(tmp_path, {"data/releases.yaml": RELEASES, **SNAPSHOT}).library
    found = versions_of(library)
    assert names(found) == ["2.0", "1.11", "1.10", "1.9", "1.8", "1.7"]
    assert [each.name for each in found if each.is_built] == ["1.10", "1.9"]
    assert [each.name for each in found if each.is_lost] == ["1.11"]
    assert found[2] == Version("1.10", Words("十", "十"), date(2026, 2, 5), "released", ref="v1.10")
    assert found[5].skip == "没有人用了"
    assert default_of(found) == found[2]


def test_tags_are_versions_where_a_pattern_says_so(tmp_path: Path) -> None:
    """A tag adds a version, gives a release without a source its ref, and changes nothing that releases.yaml says."""
    library = site_of(tmp_path, {"data/releases.yaml": RELEASES, **SNAPSHOT}).library
    tagged = {name: (f"release/{name}", date(2026, 5, 1)) for name in ("1.9", "1.11", "3.0")}
    found = {each.name: each for each in versions_of(library, tagged)}
    assert found["3.0"] == Version("3.0", Words("3.0", "3.0"), date(2026, 5, 1), "released", ref="release/3.0")
    assert (found["1.11"].ref, found["1.11"].day) == ("release/1.11", date(2026, 3, 5))
    assert (found["1.9"].ref, found["1.9"].path) == (None, "data/_releases/1.9")
    assert next(iter(found)) == "3.0"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("v{version}", {"1.2": "v1.2", "2": "v2"}),
        ("docs-{version}", {"1.0": "docs-1.0"}),
        ("{version}", {"3.1": "3.1"}),
        ("x{version}", {}),
    ],
)
def test_a_pattern_takes_numbers_alone(pattern: str, expected: dict[str, str]) -> None:
    """What stands for the version is numbers with dots; tags of candidates and other things are none."""
    assert tags_matching(["v1.2", "v2", "v1.3-rc1", "docs-1.0", "3.1", "vx", "v"], pattern) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["1.9", "1.10", "1.2"], ["1.10", "1.9", "1.2"]),
        (["1.0", "1.0.1", "1.0-rc2", "1.0-rc10"], ["1.0.1", "1.0", "1.0-rc10", "1.0-rc2"]),
        (["v2", "v10"], ["v10", "v2"]),
        (["2025", "2026.1"], ["2026.1", "2025"]),
    ],
)
def test_numbers_decide_the_order(given: list[str], expected: list[str]) -> None:
    """1.10 comes after 1.9, and a candidate before its version."""
    assert names(newest_first(version(each) for each in given)) == expected


def test_days_decide_where_names_are_no_numbers() -> None:
    """Names such as seasons are sorted by their days."""
    found = newest_first(
        [version("spring", "2026-03-01"), version("autumn", "2025-10-01"), version("1.0", "2026-05-01")]
    )
    assert names(found) == ["1.0", "spring", "autumn"]


def test_the_version_before_is_the_next_older_one_that_is_built() -> None:
    """A late fix of an old line comes after that line, and the working tree after the newest of all."""
    versions = newest_first(
        [version("2.0", "2026-05-01"), version("1.0.1", "2026-06-01"), version("1.0"), version("1.1", state="retired")]
    )
    found = {
        name: (earlier.name if (earlier := before(name, versions)) else None)
        for name in ("2.0", "1.0.1", "1.0", "next")
    }
    assert found == {"2.0": "1.0.1", "1.0.1": "1.0", "1.0": None, "next": "2.0"}
    assert before("next", ()) is None


WRONG = """\
releases:
  - {version: "1.0", date: 2026-01-05, state: released, path: data/_releases/1.0, ref: v1.0}
  - {version: "1.1", date: 2026-01-05, state: released, path: ../elsewhere}
  - {version: "1.2", date: 2026-01-05, state: released, path: data/_releases/gone}
  - {version: "1.2", date: 2026-01-05, state: released, ref: v1.2}
  - {version: next, date: 2026-01-05, state: planned}
  - {version: "1.3", date: 2026-01-05, state: released, ref: v1.3, skip: true}
"""


def test_what_contradicts_itself_is_found_at_its_place(tmp_path: Path) -> None:
    """Two sources, a folder that is outside or holds no project, a version twice, a reserved name, a skip without a reason."""
    site = site_of(tmp_path, {"data/releases.yaml": WRONG})
    assert places(site) == [
        ("D7-S04 two-sources", "data/releases.yaml", 2, 63),
        ("D7-T01 path-outside", "data/releases.yaml", 3, 63),
        ("D7-T01 missing-snapshot", "data/releases.yaml", 4, 63),
        ("D7-S05 duplicate-value", "data/releases.yaml", 5, 15),
        ("D7-S04 reserved-version", "data/releases.yaml", 6, 15),
        ("D7-S04 unquoted-value", "data/releases.yaml", 7, 74),
    ]
