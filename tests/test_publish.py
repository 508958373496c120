"""All versions in one tree: found in real repositories, built by a host that takes no time, kept, and put in place whole."""

from __future__ import annotations

import json
import os
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from fakes import FakeHost, built, forget, plan
from pmdocs.publish import PublishError
from pmdocs.publish.kept import Store
from repositories import begin, commit, git
from sites import DRAFT, SMALL, broken_addresses, digests, write


def draft(number: int) -> dict[str, str]:
    """A document of the small project, by its path."""
    name = f"PRD-TRY-{number:03}"
    return {f"data/prd/{name}.yaml": DRAFT.format(id=name, number=number)}


def releases(*rows: str) -> dict[str, str]:
    """A list of releases, by its path."""
    return {"data/releases.yaml": "releases:\n" + "".join(f"  - {{{row}}}\n" for row in rows)}


ONE = 'version: "1.0", date: 2026-01-05, state: released, '
TWO = 'version: "1.1", date: 2026-02-05, state: released, '
THREE = 'version: "1.2", date: 2026-03-05, state: released, '


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three releases by a tag, a branch and a commit: one document, two, then the first one renamed."""
    root = begin(tmp_path / "项目", SMALL | draft(1) | {".gitignore": "/site/\n/.cache/\n"})
    git(root, "tag", "v1.0")
    commit(root, draft(2))
    git(root, "branch", "one-point-one")
    third = commit(root, {"data/prd/PRD-TRY-001.yaml": None, **draft(3)})
    commit(root, releases(f"{ONE}ref: v1.0", f"{TWO}ref: one-point-one", f"{THREE}ref: {third[:12]}"))
    return root


def pages(site: Path, version: str) -> list[str]:
    """The ids of the documents that a version shows."""
    return sorted(path.name for path in (site / version / "prd").iterdir())


def heading(site: Path, page: str) -> str:
    """What stands in the heading of a page."""
    found = re.search("<h1>(.*)</h1>", (site / page / "index.html").read_text("utf-8"))
    assert found
    return found[1]


def test_every_version_is_built_from_its_own_files(root: Path) -> None:
    """A tag, a branch and a commit each give their own documents, as of their own days, beside the version before."""
    site = built(root).site
    assert {name: pages(site, name) for name in ("1.0", "1.1", "1.2", "next")} == {
        "1.0": ["PRD-TRY-001"],
        "1.1": ["PRD-TRY-001", "PRD-TRY-002"],
        "1.2": ["PRD-TRY-002", "PRD-TRY-003"],
        "next": ["PRD-TRY-002", "PRD-TRY-003"],
    }
    assert [heading(site, name) for name in ("1.0", "1.1", "next")] == [
        "1.0 2026-01-05 after ",
        "1.1 2026-02-05 after PRD-TRY-001",
        "next 2026-09-18 after PRD-TRY-002,PRD-TRY-003",
    ]


def test_the_selector_finds_all_versions(root: Path) -> None:
    """The list of versions is what Material and mike read: newest first, the default one called latest."""
    found = json.loads((built(root).site / "versions.json").read_text("utf-8"))
    assert [(each["version"], each["title"], each["aliases"]) for each in found] == [
        ("next", "开发中", []),
        ("1.2", "1.2", ["latest"]),
        ("1.1", "1.1", []),
        ("1.0", "1.0", []),
    ]
    assert [each["properties"]["state"] for each in found] == ["next", "released", "released", "released"]


def test_search_engines_are_led_to_the_newest_release_of_a_page(root: Path) -> None:
    """The canonical address of a page lies in the newest released version that has it; only its own page has none else."""
    site = built(root).site
    canonical = {
        f"{version}/{name}": re.findall(
            'canonical" href="(.*?)"', (site / version / name / "index.html").read_text("utf-8")
        )
        for version in ("1.0", "1.2", "next")
        for name in ("", "prd/PRD-TRY-001", "prd/PRD-TRY-002")
        if (site / version / name / "index.html").is_file()
    }
    base = "https://docs.example.com/"
    assert canonical == {
        "1.0/": [f"{base}1.2/"],
        "1.0/prd/PRD-TRY-001": [f"{base}1.1/prd/PRD-TRY-001/"],
        "1.2/": [f"{base}1.2/"],
        "1.2/prd/PRD-TRY-002": [f"{base}1.2/prd/PRD-TRY-002/"],
        "next/": [f"{base}1.2/"],
        "next/prd/PRD-TRY-002": [f"{base}1.2/prd/PRD-TRY-002/"],
    }


def test_latest_leads_on_without_a_link_of_the_system(root: Path) -> None:
    """`latest/` and the root lead to the default version by pages that also work without scripts; nothing is a symbolic link."""
    site = built(root).site
    assert [path for path in site.rglob("*") if path.is_symlink()] == []
    for page, target in (
        ("", "1.2/"),
        ("latest", "../1.2/"),
        ("latest/prd/PRD-TRY-002", "../../../1.2/prd/PRD-TRY-002/"),
    ):
        html = (site / page / "index.html").read_text("utf-8")
        assert f'content="0; url={target}"' in html
        assert f'<a href="{target}">' in html
        assert ((site / page / target).resolve() / "index.html").is_file()
    assert not (site / "latest/prd/PRD-TRY-001").exists()


def test_what_has_not_changed_is_not_built_again(root: Path) -> None:
    """A second build builds nothing and is equal byte for byte; so is one from nothing, in another folder."""
    first = built(root)
    assert first.built == ["next", "1.2", "1.1", "1.0"]
    before = digests(first.site)
    again = built(root)
    assert again.built == []
    assert digests(again.site) == before
    forget(root)
    assert built(root).built == ["next", "1.2", "1.1", "1.0"]
    assert digests(root / "site") == before


def test_only_what_depends_on_a_change_is_built_again(root: Path) -> None:
    """An edit touches the working tree alone; a tag that was moved touches its version and the one after it."""
    built(root)
    with (root / "data/prd/PRD-TRY-002.yaml").open("a", encoding="utf-8") as file:
        file.write("summary: 一句话\n")
    assert built(root).built == ["next"]
    git(root, "tag", "--force", "v1.0", "one-point-one")
    assert built(root).built == ["1.1", "1.0"]
    assert pages(root / "site", "1.0") == ["PRD-TRY-001", "PRD-TRY-002"]


def test_everything_is_built_anew_where_that_is_asked(root: Path) -> None:
    """Without the cache every version is built again, and comes out the same."""
    before = digests(built(root).site)
    again = built(root, is_fresh=True)
    assert again.built == ["next", "1.2", "1.1", "1.0"]
    assert digests(again.site) == before


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "more", "facts"])
def test_a_damaged_tree_is_built_again(root: Path, damage: str) -> None:
    """Whatever happened to a kept tree, the site comes out as from nothing."""
    before = digests(built(root).site)
    kept = next(path for path in sorted((root / ".cache/pmdocs/versions").iterdir()) if path.is_dir())
    file = kept / ("facts.json" if damage == "facts" else "site/index.html")
    if damage == "gone":
        file.unlink()
    elif damage == "more":
        (kept / "site/more.html").write_text("x", "utf-8")
    else:
        file.write_bytes(file.read_bytes()[:-1] + (b"" if damage == "cut" else b"?"))
    assert len(built(root).built) == 1
    assert digests(root / "site") == before


def test_kept_trees_do_not_pile_up(tmp_path: Path) -> None:
    """After many builds only those that were used, and a few that were used last, are left; nothing half built is."""
    store = Store(tmp_path)
    for number in range(20):
        store.keep(f"k{number:02}", store.room(f"k{number:02}"), {}, ())
        os.utime(tmp_path / f"k{number:02}", (number, number))
    store.room("half")
    store.clear(frozenset({"k00"}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["k00", *(f"k{number}" for number in range(12, 20))]


def test_a_version_that_fails_leaves_the_old_site(root: Path) -> None:
    """Every failure is told with its cure, and the site stays byte for byte what it was."""
    before = digests(built(root).site)
    with pytest.raises(PublishError) as raised:
        built(root, host=FakeHost(broken=frozenset({"1.0", "1.1"})), is_fresh=True)
    for said in (raised.value.words.zh, raised.value.words.en):
        assert {"1.0", "1.1", "--only", "skip:", "data/x.yaml:1:1"} <= set(
            re.findall(r"1\.\d\b|--only|skip:|data/\S+:\d:\d", said)
        )
    assert digests(root / "site") == before
    assert not (root / ".site.pmdocs").exists()


def test_only_the_versions_named_are_built(root: Path) -> None:
    """`--only` builds those alone, and `skip` leaves one out; a name that nobody has, or that is skipped, is refused."""
    assert built(root, "1.0", "next").built == ["next", "1.0"]
    assert sorted(path.name for path in (root / "site").iterdir() if path.is_dir() and path.name[0].isdigit()) == [
        "1.0"
    ]
    (root / "data/releases.yaml").write_text(
        f"releases:\n  - {{{ONE}ref: v1.0, skip: 停止支持}}\n  - {{{TWO}ref: one-point-one}}\n", "utf-8"
    )
    assert built(root).built == ["next", "1.1"]
    for name, said in (("1.0", "停止支持"), ("9.9", "没有版本 9.9")):
        with pytest.raises(PublishError) as raised:
            plan(root, name)
        assert said in raised.value.words.zh


def test_everything_that_is_missing_is_told_at_once(root: Path) -> None:
    """Two refs that are gone are both named, before anything is built; `--only` builds the rest."""
    git(root, "tag", "--delete", "v1.0")
    git(root, "branch", "--delete", "--force", "one-point-one")
    with pytest.raises(PublishError) as raised:
        plan(root)
    assert "“v1.0”" in raised.value.words.zh
    assert "“one-point-one”" in raised.value.words.zh
    assert "skip:" in raised.value.words.en
    assert built(root, "1.2").built == ["1.2"]


def test_a_shallow_clone_is_told_how_to_get_the_rest(root: Path, tmp_path: Path) -> None:
    """In a shallow clone the missing versions are explained by that; from a whole clone all are built."""
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "shallow")
    with pytest.raises(PublishError) as raised:
        plan(tmp_path / "shallow")
    assert "fetch-depth: 0" in raised.value.words.zh
    git(tmp_path, "clone", "--quiet", root.as_uri(), "whole")
    assert digests(built(tmp_path / "whole").site) == digests(built(root).site)


def test_outside_a_repository_snapshots_are_built(tmp_path: Path) -> None:
    """Without git a tag is told to be out of reach, and snapshots and what is being written are built all the same."""
    snapshot = {f"data/_releases/1.0/{name}": text for name, text in (SMALL | draft(1)).items()}
    root = write(
        tmp_path / "archive",
        SMALL | draft(2) | snapshot | releases(f"{ONE}path: data/_releases/1.0", f"{TWO}ref: v1.1", THREE[:-2]),
    )
    ran = built(root)
    assert ran.built == ["next", "1.0"]
    assert (pages(ran.site, "1.0"), pages(ran.site, "next")) == (["PRD-TRY-001"], ["PRD-TRY-002"])
    notices = [each.zh for each in plan(root).notices]
    assert ["1.2" in notices[0], "git" in notices[1], "v1.1" in notices[1]] == [True] * 3
    with pytest.raises(PublishError):
        plan(root, "1.1")


def test_a_project_without_releases_shows_what_is_being_written(tmp_path: Path) -> None:
    """With nothing released the working tree is the default version."""
    root = write(tmp_path / "new", SMALL | draft(1))
    site = built(root).site
    assert 'content="0; url=next/"' in (site / "index.html").read_text("utf-8")
    assert json.loads((site / "versions.json").read_text("utf-8"))[0]["aliases"] == ["latest"]


def test_tags_make_versions_where_the_project_says_so(root: Path) -> None:
    """With a pattern every matching tag is a version, as of the day of its commit."""
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(config.replace("pmdocs: {", "pmdocs: {version_tags: 'docs/{version}', "), "utf-8")
    git(root, "tag", "docs/0.9", "v1.0")
    git(root, "tag", "other/0.8", "v1.0")
    ran = built(root)
    assert ran.built == ["next", "1.2", "1.1", "1.0", "0.9"]
    assert heading(ran.site, "0.9") == "0.9 2026-01-01 after "


def test_an_old_version_never_shows_more_than_the_site_may(root: Path) -> None:
    """A document that was internal when the site was internal is not in the old version of a public site."""
    config = (root / "mkdocs.yml").read_text("utf-8")
    public = "pmdocs: {publish: {confidentiality: [public]}, "
    (root / "mkdocs.yml").write_text(config.replace("pmdocs: {", public), "utf-8")
    ran = built(root)
    assert not any((ran.site / name / "prd").exists() for name in ("1.0", "1.1", "1.2", "next"))
    everything = b"".join(path.read_bytes() for path in ran.site.rglob("*") if path.is_file())
    assert "需求文档".encode() not in everything


def test_the_environment_that_a_configuration_names_counts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where mkdocs.yml reads a variable, another value of it builds anew; one that it does not read changes nothing."""
    built(root)
    monkeypatch.setenv("SITE_NAME", "甲")
    assert built(root).built == []
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(config.replace("site_name: 小站点", "site_name: !ENV SITE_NAME"), "utf-8")
    assert built(root, "next").built == ["next"]
    monkeypatch.setenv("SITE_NAME", "乙")
    assert built(root, "next").built == ["next"]


def test_languages_have_a_list_of_their_own(root: Path) -> None:
    """A page of a further language finds the list one folder below, with names that lead into the same language."""
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(config.replace("languages: [zh]", "languages: [zh, en]"), "utf-8")
    commit(root, {})
    git(root, "branch", "both")
    commit(root, releases(f"{ONE}ref: v1.0", f"{TWO}ref: both"))
    site = built(root).site
    assert not (site / "1.0/versions.json").exists()
    rows = json.loads((site / "1.1/versions.json").read_text("utf-8"))
    assert [(each["version"], each["title"], each["aliases"]) for each in rows] == [
        ("../next/en", "Unreleased", []),
        ("../1.1/en", "1.1", ["latest", "en"]),
        ("../1.0", "1.0", []),
    ]


TEN = {
    "1.1": "1",
    "1.2": "1 2",
    "1.3": "1 2 3",
    "1.4": "1 2 3 4",
    "1.5": "1 2 3 4 5",
    "1.6": "1 3 4 5 6",
    "1.7": "1 3 4 5 6 7",
    "1.8": "1 3 4 5 6 7 8",
    "1.9": "1 3 4 5 6 7 8 9",
    "1.10": "1 3 4 5 6 7 8 9 10",
}
"""The documents of ten versions: one more in each, the second taken out in the sixth."""


def grow(root: Path) -> None:
    """Make ten versions, each with one more document, by tags, a branch, a commit and a snapshot.

    In the fourth the first document moves into a folder, in the sixth the second one is taken out, in the eighth the third gets
    another title.
    """
    rows = []
    for number in range(1, 11):
        files: dict[str, str | None] = dict(draft(number))
        if number == 4:
            files |= {
                "data/prd/PRD-TRY-001.yaml": None,
                "data/prd/old/PRD-TRY-001.yaml": draft(1)["data/prd/PRD-TRY-001.yaml"],
            }
        if number == 6:
            files["data/prd/PRD-TRY-002.yaml"] = None
        if number == 8:
            files["data/prd/PRD-TRY-003.yaml"] = draft(3)["data/prd/PRD-TRY-003.yaml"].replace("第 3 份", "改名的")
        source = f"ref: v1.{number}"
        made = commit(root, files, f"1.{number}", day=number)
        if number == 5:
            git(root, "branch", "five")
            source = "ref: five"
        elif number == 6:
            source = f"ref: {made}"
        elif number == 7:
            source = "path: data/_releases/1.7"
            for name in ("data/prd", "data/people.yaml", "data/products.yaml", "docs", "mkdocs.yml"):
                path, target = root / name, root / "data/_releases/1.7" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                (shutil.copytree if path.is_dir() else shutil.copy)(path, target)
        else:
            git(root, "tag", f"v1.{number}")
        rows.append(f'version: "1.{number}", date: 2026-01-{number + 1:02}, state: released, {source}')
    commit(root, releases(*rows))


def test_ten_versions_of_a_growing_project(tmp_path: Path) -> None:
    """Each of ten versions shows its documents and knows those of the one before; what moved, went and was renamed is told."""
    root = begin(tmp_path / "ten", SMALL | {".gitignore": "/site/\n/.cache/\n"})
    grow(root)
    site = built(root).site
    shown = {name: " ".join(str(int(each[-3:])) for each in pages(site, name)) for name in TEN}
    assert shown == TEN
    names = list(TEN)
    for earlier, name in pairwise(names):
        before = ",".join(f"PRD-TRY-{int(each):03}" for each in TEN[earlier].split())
        day = f"2026-01-{int(name.split('.')[1]) + 1:02}"
        assert heading(site, name) == f"{name} {day} after {before}"
    found = json.loads((site / "versions.json").read_text("utf-8"))
    assert [each["version"] for each in found] == ["next", *reversed(names)]
    histories = {
        number: json.loads((site / f"history/PRD-TRY-{number:03}.json").read_text("utf-8")) for number in (1, 2, 3, 10)
    }
    assert {number: each["removed_in"] for number, each in histories.items()} == {1: None, 2: "1.6", 3: None, 10: None}
    assert [each["version"] for each in histories[2]["versions"]] == ["1.5", "1.4", "1.3", "1.2"]
    changed = [(each["version"], each["change"]) for each in histories[3]["versions"] if "change" in each]
    assert changed == [("1.8", "changed"), ("1.3", "new")]
    assert [each.get("change") for each in histories[1]["versions"]] == [None] * 11
    canonical = (site / "1.3/prd/PRD-TRY-002/index.html").read_text("utf-8")
    assert "https://docs.example.com/1.5/prd/PRD-TRY-002/" in canonical
    assert list(broken_addresses(site)) == []
