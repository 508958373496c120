"""Sign-offs: which roles have to approve, and whether an approval still speaks of what the document says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pmdocs.document import Document
from pmdocs.library import Library
from pmdocs.past import library_in
from pmdocs.signoff import State, digest_for, links_for, required_roles, state_of_role, states_of
from projects import document, site_of
from sign_sample import KEPT, projects, sealed, sign
from sites import ROOT, change, copy_sample

PRD = """\
requirements:
  - id: REQ-TST-001
    title: 显示总额
    statement: 结算服务应显示总额。
    priority: P0
    status: proposed
"""
SPEC = """\
feature: 支付
implements: [REQ-TST-001]
exceptions:
  - {code: TST-4021, title: 被拒, condition: 支付被拒, user_message: 换一种方式, log_level: warn}
"""


def library_of(folder: Path, reviewers: str = "", *, spec: str = SPEC, more: dict[str, str] | None = None) -> Library:
    """A small project: requirements, and a specification with these reviewers."""
    files = {
        "data/prd/PRD-TST-001.yaml": document("PRD-TST-001", PRD),
        "data/feature_spec/SPEC-TST-001.yaml": document("SPEC-TST-001", spec, version='"1.2.0"') + reviewers,
    }
    return site_of(folder, files | (more or {})).library


def spec_of(library: Library) -> Document:
    """The specification."""
    target = library.find("SPEC-TST-001")
    assert target is not None
    return target.document


def states(library: Library) -> list[tuple[str, str, str]]:
    """Role, person and state of each sign-off of the specification."""
    return [(each.role, each.person, each.state.value) for each in states_of(spec_of(library), library)]


def entry(library: Library, role: str, person: str, **more: str) -> str:
    """A sealed approval of the specification as it is."""
    links = "".join(f', {name}: "{digest}"' for name, digest in links_for(spec_of(library), library, role).items())
    facts = {"verdict": "approved", "date": "2026-09-02", "version": '"1.2.0"'}
    facts |= {"digest": f'"{digest_for(spec_of(library), role)}"', "links": f"{{{links.removeprefix(', ')}}}"} | more
    return f"  - {{role: {role}, person: {person}, {', '.join(f'{key}: {value}' for key, value in facts.items() if value)}}}\n"


def test_without_an_entry_the_required_roles_are_missing(tmp_path: Path) -> None:
    """Technical and customer service have to sign every document whose content they review."""
    assert states(library_of(tmp_path)) == [("tech", "", "missing"), ("customer_service", "", "missing")]


def test_a_sealed_approval_is_fresh(tmp_path: Path) -> None:
    """An approval of this version whose digest agrees counts; what nobody reviews may change under it."""
    plain = library_of(tmp_path / "plain")
    signed = "reviewers:\n" + entry(plain, "tech", "chen-yizhou") + entry(plain, "customer_service", "zhou-min")
    assert states(library_of(tmp_path / "signed", signed)) == [
        ("tech", "chen-yizhou", "fresh"),
        ("customer_service", "zhou-min", "fresh"),
    ]
    later = library_of(tmp_path / "later", signed + "due_date: 2026-10-01\n")
    assert {state for _, _, state in states(later)} == {"fresh"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("换一种方式", "换一张卡", {"tech": "fresh", "customer_service": "stale"}),
        ("log_level: warn", "log_level: error", {"tech": "stale", "customer_service": "fresh"}),
        ("feature: 支付", "feature: 付款", {"tech": "stale", "customer_service": "stale"}),
        ("TST-4021, title: 被拒", "TST-4021,   title: '被拒'", {"tech": "fresh", "customer_service": "fresh"}),
    ],
)
def test_a_change_makes_the_approvals_of_its_reviewers_stale(
    tmp_path: Path, old: str, new: str, expected: dict[str, str]
) -> None:
    """Customer service reviews messages, technical the log level, both the name; nobody the look of the YAML."""
    plain = library_of(tmp_path / "plain")
    signed = "reviewers:\n" + entry(plain, "tech", "chen-yizhou") + entry(plain, "customer_service", "zhou-min")
    changed = library_of(tmp_path / "changed", signed, spec=SPEC.replace(old, new))
    assert {role: state for role, _, state in states(changed)} == expected


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"verdict": "approved_with_comments"}, "fresh"),
        ({"version": '"1.2.7"'}, "fresh"),
        ({"version": '"1.3"'}, "fresh"),
        ({"version": '"1.1.0"'}, "old_version"),
        ({"version": '"0.9"'}, "old_version"),
        ({"digest": ""}, "unsealed"),
        ({"digest": '"1:000000000000"'}, "stale"),
        ({"verdict": "rejected"}, "rejected"),
        ({"verdict": "rejected", "version": '"1.1.0"'}, "pending"),
        ({"verdict": "pending", "version": "", "date": "", "digest": ""}, "pending"),
    ],
)
def test_how_an_entry_stands(tmp_path: Path, more: dict[str, str], state: str) -> None:
    """A verdict counts for its MAJOR.MINOR; an approval without a digest cannot be shown to be fresh."""
    plain = library_of(tmp_path / "plain")
    signed = library_of(tmp_path / "signed", "reviewers:\n" + entry(plain, "tech", "chen-yizhou", **more))
    assert states(signed)[0] == ("tech", "chen-yizhou", state)


def test_the_newest_entry_of_a_person_counts(tmp_path: Path) -> None:
    """Of one person in one role the newest version and day counts, wherever it stands; a pending one is newer than any."""
    plain = library_of(tmp_path / "plain")
    new = entry(plain, "tech", "chen-yizhou")
    old = entry(plain, "tech", "chen-yizhou", version='"1.1.0"', date="2026-09-05")
    pending = "  - {role: tech, person: chen-yizhou, verdict: pending}\n"
    other = entry(plain, "tech", "han-li", version='"1.1.0"')
    for number, (rows, expected) in enumerate(
        [
            ((old, new), ["fresh"]),
            ((new, old), ["fresh"]),
            ((new, pending), ["pending"]),
            ((pending, new), ["pending"]),
            ((new, other), ["fresh", "old_version"]),
        ]
    ):
        library = library_of(tmp_path / str(number), "reviewers:\n" + "".join(rows))
        assert [state for role, _, state in states(library) if role == "tech"] == expected


def test_a_role_stands_as_its_best_approval_or_its_rejection(tmp_path: Path) -> None:
    """One fresh approval speaks for a role, but no approval outweighs a rejection of the same version."""
    plain = library_of(tmp_path / "plain")
    fresh = entry(plain, "tech", "chen-yizhou")
    stale = entry(plain, "tech", "he-chuan", digest='"1:000000000000"')
    rejected = entry(plain, "tech", "he-chuan", verdict="rejected")
    two = library_of(tmp_path / "two", "reviewers:\n" + stale + fresh)
    assert state_of_role("tech", states_of(spec_of(two), two)) is State.FRESH
    against = library_of(tmp_path / "against", "reviewers:\n" + fresh + rejected)
    assert state_of_role("tech", states_of(spec_of(against), against)) is State.REJECTED
    assert state_of_role("legal", states_of(spec_of(against), against)) is State.MISSING


def test_a_link_is_suspect_when_its_target_changed(tmp_path: Path) -> None:
    """An approval notes the digests of what its fields link to in other documents; what changed or is gone is suspect."""
    plain = library_of(tmp_path / "plain")
    assert list(links_for(spec_of(plain), plain, "tech")) == ["REQ-TST-001"]
    assert links_for(spec_of(plain), plain, "customer_service") == {}
    signed = "reviewers:\n" + entry(plain, "tech", "chen-yizhou")
    same = library_of(tmp_path / "same", signed)
    assert states_of(spec_of(same), same)[0].suspects == ()
    for name, text in {
        "changed": PRD.replace("显示总额。", "显示含运费的总额。"),
        "gone": PRD.replace("REQ-TST-001", "REQ-TST-002"),
    }.items():
        more = {"data/prd/PRD-TST-001.yaml": document("PRD-TST-001", text)}
        library = library_of(tmp_path / name, signed, more=more)
        (found, *_) = states_of(spec_of(library), library)
        assert (found.state, found.suspects) == (State.FRESH, ("REQ-TST-001",))
    status = {"data/prd/PRD-TST-001.yaml": document("PRD-TST-001", PRD.replace("proposed", "implemented"))}
    library = library_of(tmp_path / "status", signed, more=status)
    assert states_of(spec_of(library), library)[0].suspects == ()


def test_a_part_of_a_linked_item_is_in_its_digest(tmp_path: Path) -> None:
    """A criterion is noted by its requirement where that is linked to as well; an item never by its document."""
    prd = (
        PRD
        + "    acceptance_criteria: [{id: AC-1, given: a, when: b, then: c}, {id: AC-2, given: a, when: b, then: d}]\n"
    )
    more = {"data/prd/PRD-TST-001.yaml": document("PRD-TST-001", prd)}
    cases = "test_cases:\n  - {id: TC-TST-001, title: t, criterion: [REQ-TST-001.AC-1, REQ-TST-001.AC-2]}\n"
    referring = "references: [{title: 需求, doc: PRD-TST-001}]\n"
    for number, (text, expected) in enumerate(
        [
            (SPEC + cases + referring, ["PRD-TST-001", "REQ-TST-001"]),
            (
                SPEC.replace("implements: [REQ-TST-001]\n", "") + cases,
                ["REQ-TST-001.AC-1", "REQ-TST-001.AC-2"],
            ),
        ]
    ):
        library = library_of(tmp_path / str(number), spec=text, more=more)
        assert list(links_for(spec_of(library), library, "tech")) == expected


def test_the_standards_say_who_has_to_sign(tmp_path: Path) -> None:
    """A team names the roles for a type; other types keep the shipped two, as far as they review anything."""
    standards = "sign_off: [{type: feature_spec, roles: [tech, qa, legal]}, {type: prd, roles: []}]\n"
    own = {
        "pm_templates/spec_of_ours/type.yaml": "type: spec_of_ours\nextends: feature_spec\nlabel: {zh: 规格, en: Spec}\n",
        "pm_templates/note/type.yaml": "type: note\nlabel: {zh: 便条, en: Note}\nreviewed_by: [tech]\n",
        "pm_templates/slip/type.yaml": "type: slip\nlabel: {zh: 纸条, en: Slip}\n",
    }
    library = library_of(tmp_path, more=own | {"data/standards.yaml": standards})
    found = {name: required_roles(library.types[name], library.standards) for name in library.types}
    assert found["feature_spec"] == ("tech", "qa", "legal")
    assert found["spec_of_ours"] == ("tech", "qa", "legal")
    assert found["prd"] == ()
    assert found["user_manual"] == ("tech", "customer_service")
    assert found["note"] == ("tech",)
    assert found["slip"] == ()


def test_a_role_that_need_not_sign_still_has_a_state(tmp_path: Path) -> None:
    """A further reviewer's approval goes stale too; it is only not required."""
    plain = library_of(tmp_path / "plain")
    signed = library_of(tmp_path / "signed", "reviewers:\n" + entry(plain, "qa", "he-chuan"))
    (qa, *_) = states_of(spec_of(signed), signed)
    assert (qa.role, qa.state, qa.required) == ("qa", State.FRESH, False)
    assert replace(qa, entry=None).person == ""


def test_the_sample_is_freshly_signed() -> None:
    """Every approval of the sample and its snapshots is of what the document says now; signing again changes nothing.

    One manual of a snapshot keeps its seals on purpose: what it links to has changed, its own words have not.
    """
    for folder in projects(ROOT):
        library = library_in(folder, folder.name)
        for found in library.documents:
            data = (folder / found.source.file).read_bytes()
            kept = found.id in KEPT.get(folder.name, ())
            assert (sealed(found, library, data) == data) is not kept, f"run scripts/sign_sample.py: {found.id}"
            wrong = [each for each in states_of(found, library) if each.required and each.state is not State.FRESH]
            assert wrong == [], found.id


def test_signing_the_sample_keeps_the_days(tmp_path: Path) -> None:
    """What was changed is sealed anew: its digests and nothing else; a second time there is nothing to do."""
    root = copy_sample(tmp_path / "sample")
    path = root / "data" / "prd" / "PRD-CHK-001.yaml"
    before = path.read_text("utf-8")
    change(path, "结算单页改造", "结算单页的改造")
    edited = path.read_text("utf-8")
    assert "data/prd/PRD-CHK-001.yaml" in sign(root)
    after = path.read_text("utf-8")
    assert sign(root) == []
    changed_lines = [(old, new) for old, new in zip(edited.split("\n"), after.split("\n"), strict=True) if old != new]
    assert changed_lines
    assert all("digest:" in old and "digest:" in new for old, new in changed_lines)
    change(path, "结算单页的改造", "结算单页改造")
    sign(root)
    assert path.read_text("utf-8") == before
