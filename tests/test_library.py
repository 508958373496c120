"""The library: documents and items found by address, references resolved and turned round, ids seen in running text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pmdocs.library import Library
from projects import SHARED, document, site_of

FILES = {
    "data/prd/PRD-TST-001.yaml": document(
        "PRD-TST-001",
        """\
        confidentiality: internal
        goals: [{id: G-1, statement: 更多的人完成结算}]
        metrics: [{id: M-1, name: 完成率, goal: G-1}]
        tracking_events: [{event: begin_checkout, trigger: 打开结算页}]
        requirements:
          - id: REQ-TST-001
            title: {zh: 显示总额, en: Show the total}
            statement: 结算服务应显示总额。
            priority: P0
            status: proposed
            source: REQ-TST-001.AC-1
            acceptance_criteria:
              - {id: AC-1, given: 有商品, when: 打开结算页, then: 看到总额}
              - {given: 没有编号, when: 打开结算页, then: 看到总额}
        """,
    ),
    "data/prd/PRD-TST-002.yaml": document(
        "PRD-TST-002",
        "goals: [{id: G-1, statement: 另一个目标}]\nmetrics: [{id: M-1, name: 求助率, goal: G-1}]\n",
    ),
    "data/feature_spec/SPEC-TST-001.yaml": document(
        "SPEC-TST-001",
        """\
        feature: 支付
        confidentiality: public
        implements: REQ-TST-001
        tracking_refs: begin_checkout
        actors: [{id: buyer, name: 买家}]
        exceptions: [{code: CHK-4021, title: 被拒, condition: 支付被拒, user_message: 换一种}]
        main_flow: [{actor: buyer, action: 提交}, {actor: buyer, action: 付款}]
        """,
    ),
    "data/feature_spec/SPEC-TST-002.yaml": document(
        "SPEC-TST-002",
        """\
        feature: 支付
        implements: REQ-TST-001
        exceptions: [{code: CHK-4021, title: 商家被拒, condition: 支付被拒, user_message: 换一种}]
        """,
        product="seller",
    ),
}


def library_of(files: Mapping[str, str], config: str = "plugins: [pmdocs]\n") -> Library:
    """Return the library of a project."""
    with TemporaryDirectory() as folder:
        return site_of(Path(folder), files, config=config).library


@cache
def library() -> Library:
    return library_of(FILES)


@pytest.mark.parametrize(
    ("address", "kind", "title", "anchor"),
    [
        ("PRD-TST-001", "prd", "测试文档", None),
        ("PRD-TST-001.G-1", "goal", "更多的人完成结算", "G-1"),
        ("PRD-TST-002.G-1", "goal", "另一个目标", "G-1"),
        ("REQ-TST-001", "requirement", "显示总额", "REQ-TST-001"),
        ("REQ-TST-001.AC-1", "criterion", "AC-1", "REQ-TST-001.AC-1"),
        ("PRD-TST-001.event-begin_checkout", "event", "begin_checkout", "event-begin_checkout"),
        ("SPEC-TST-001.actor-buyer", "actor", "买家", "actor-buyer"),
        ("SPEC-TST-001.step-2", "flow_step", "付款", "step-2"),
        ("CHK-4021", "error_code", "被拒", "CHK-4021"),
    ],
)
def test_everything_has_an_address(address: str, kind: str, title: str, anchor: str | None) -> None:
    """Documents and items are found by their addresses: global ids, local ids, names, codes and numbers of steps."""
    target = library().find(address, product="trendpick")
    assert target is not None
    assert (target.address, target.kind) == (address, kind)
    assert target.title.zh == title or kind in ("criterion", "event")
    assert (target.item.anchor if target.item else None) == anchor


def test_what_has_no_id_has_no_address() -> None:
    """A row without its id is no item; an address that nothing has names nothing."""
    assert [item.local for item in library().documents[0].items if item.kind == "criterion"] == ["AC-1"]
    assert library().find("REQ-TST-001.AC-2") is None
    assert library().find("G-1") is None


def resolved(name: str, field: str) -> list[str | None]:
    """Return what the references of a field of a document resolve to."""
    (found,) = [each for each in library().documents if each.id == name]
    targets = [library().resolve(link, found) for link in found.links if link.field.name == field]
    return [target.address if target else None for target in targets]


def test_local_ids_mean_the_nearest() -> None:
    """G-1 in each document is its own goal; names are found in their document, and events in their product's."""
    assert resolved("PRD-TST-001", "goal") == ["PRD-TST-001.G-1"]
    assert resolved("PRD-TST-002", "goal") == ["PRD-TST-002.G-1"]
    assert resolved("PRD-TST-001", "source") == ["REQ-TST-001.AC-1"]
    assert resolved("SPEC-TST-001", "actor") == ["SPEC-TST-001.actor-buyer"] * 2
    assert resolved("SPEC-TST-001", "tracking_refs") == ["PRD-TST-001.event-begin_checkout"]


def test_an_error_code_is_looked_up_in_its_product() -> None:
    """Two products may share a code; without a product the first is taken."""
    titles = [library().find("CHK-4021", product=name) for name in ("trendpick", "seller", "")]
    assert [target.title.zh for target in titles if target] == ["被拒", "商家被拒", "被拒"]
    assert len(library().targets("CHK-4021")) == 2


def test_references_are_turned_round() -> None:
    """A requirement knows what specifies it, a goal what measures it, where the field has words for the way back."""
    found = {
        address: [(link.source.address, link.field.inverse.zh) for link in links if link.field.inverse]
        for address, links in library().backlinks.items()
    }
    assert found["REQ-TST-001"] == [("SPEC-TST-001", "规格"), ("SPEC-TST-002", "规格")]
    assert found["PRD-TST-002.G-1"] == [("PRD-TST-002.M-1", "衡量指标")]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("见REQ-TST-001。", ["REQ-TST-001"]),
        ("REQ-TST-001、REQ-TST-002/REQ-TST-0003", ["REQ-TST-001", "REQ-TST-002", "REQ-TST-0003"]),
        ("REQ-TST-001.AC-1.", ["REQ-TST-001.AC-1"]),
        ("PRD-TST-001.event-begin_checkout，", ["PRD-TST-001.event-begin_checkout"]),
        ("（CHK-4021）和 CHK-4022", ["CHK-4021"]),
        ("SPEC-TST-001.step-2 之后", ["SPEC-TST-001.step-2"]),
        ("ISO-9001 SHA-256 RFC-2119 UTF-8 G-1 AC-1", []),
        ("XREQ-TST-001 REQ-TST-001a REQ-TST-001-2 REQ-TST-01 REQ-T-001 req-tst-001", []),
    ],
)
def test_ids_are_seen_in_running_text(text: str, ids: list[str]) -> None:
    """Words with a declared prefix and known error codes are ids, also beside Chinese; parts of longer words are not."""
    assert [match.group() for match in library().id_pattern.finditer(text)] == ids


def test_an_audience_sees_its_own_documents_only() -> None:
    """What a site's readers may not see is known, withheld, listed nowhere and links nowhere."""
    config = "plugins:\n  - pmdocs:\n      publish: {confidentiality: [public]}\n"
    public = library_of(FILES, config)
    assert [each.id for each in public.published] == ["SPEC-TST-001"]
    assert [kind.name for kind in public.document_types] == ["feature_spec"]
    assert [(product.id, len(documents)) for product, documents in public.products] == [("trendpick", 1)]
    hidden, shown = public.find("REQ-TST-001"), public.find("SPEC-TST-001")
    assert hidden is not None
    assert shown is not None
    assert (hidden.withheld, shown.withheld) == (True, False)
    assert [link.source.address for link in public.backlinks["REQ-TST-001"]] == ["SPEC-TST-001"]


def test_a_document_that_does_not_say_who_may_read_it_is_internal() -> None:
    """Nothing becomes public by an omission."""
    assert {each.id: each.confidentiality for each in library().documents}["PRD-TST-002"] == "internal"


def test_shared_rows_are_entries() -> None:
    """People, products, releases and terms are found by kind and id, with their titles."""
    person, release = library().entry("person", "lin-xiao"), library().entry("release", "1.3")
    assert person is not None
    assert (person.title.zh, person.title.en) == ("林晓", "Lin Xiao")
    assert release is not None
    assert library().entry("person", "1.3") is None
    term = library().entry("term", "checkout")
    assert term is not None
    assert term.title.zh == "结算"


def test_documents_are_in_the_order_of_their_ids() -> None:
    """The order of files on a disk does not matter."""
    assert [each.id for each in library().documents] == ["PRD-TST-001", "PRD-TST-002", "SPEC-TST-001", "SPEC-TST-002"]


def test_documents_may_lie_in_folders_of_their_type() -> None:
    """Folders below a type's, `.yml`, hidden files and folders that begin with an underscore."""
    found = library_of(
        {
            "data/prd/checkout/PRD-TST-001.yml": document("PRD-TST-001"),
            "data/prd/_drafts/PRD-TST-002.yaml": document("PRD-TST-002"),
            "data/prd/.hidden.yaml": document("PRD-TST-003"),
            "data/prd/notes.txt": "x",
            "data/feedback/anything.yaml": "x: 1",
            **SHARED,
        }
    )
    assert [each.id for each in found.documents] == ["PRD-TST-001"]
