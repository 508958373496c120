"""Sign-offs on pages: how they stand on each document, and the queue of what waits for whom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pmdocs.addresses import REVIEW_URI
from pmdocs.diagnostics import Language
from pmdocs.pages import Page
from pmdocs.site import print_pages
from rulebook import Case, site_of
from sites import Parsed

Changes = dict[str, dict[str, Any]]
PENDING: Changes = {
    "SPEC-TST-001": {
        "status": "in_review",
        "version": "1.1",
        "reviewers[0].version": "1.1",
        "reviewers[1]": {"person": "zhou-min", "role": "customer_service", "verdict": "pending"},
        "status_history": [
            {"status": "draft", "date": "2026-08-30", "by": "lin-xiao"},
            {"status": "in_review", "date": "2026-09-08", "by": "lin-xiao"},
        ],
        "change_history[1]": {"version": "1.1", "date": "2026-09-07", "author": "lin-xiao", "summary": "改上限。"},
    },
    "MAN-TST-001": {"reviewers[1].digest": "1:000000000000"},
}


def pages(
    folder: Path, changes: Changes, language: Language = "zh", *, before: bool = False, config: str = ""
) -> dict[str, Page]:
    """The pages of the clean set with some changes, by address; `before` makes the set as it is the version before."""
    case = Case("D7-G03", "pages", (), change=changes, sign=False, before={} if before else None, config=config)
    return {page.uri: page for page in print_pages(site_of(case, folder), language)}


def sign_offs(page: Page) -> list[tuple[str, str]]:
    """State and words of each sign-off on a document's page."""
    (whole,) = re.findall(r'<ul class="pm-signoffs".*?</ul>', page.html, re.DOTALL)
    return [
        (state, Parsed(inner).text)
        for state, inner in re.findall(r'<li data-state="(\w+)">(.*?)</li>', whole, re.DOTALL)
    ]


def queue(page: Page) -> dict[str, list[str]]:
    """The rows of each table of the queue, by role and caption."""
    found: dict[str, list[str]] = {}
    for section in re.findall(r"<section.*?</section>", page.html, re.DOTALL):
        role = Parsed(re.findall(r"<h2.*?</h2>", section)[0]).text
        for table in re.findall(r"<table.*?</table>", section, re.DOTALL):
            caption = Parsed(re.findall(r"<caption.*?</caption>", table)[0]).text
            rows = re.findall(r"<tr>.*?</tr>", table.partition("<tbody>")[2], re.DOTALL)
            found[f"{role} {caption}"] = [Parsed(row).text for row in rows]
    return found


def test_the_queue_tells_what_waits_for_each_role(tmp_path: Path) -> None:
    """A pending document waits since it went into review, a stale one is to be looked at again; what is valid is folded away."""
    found = queue(pages(tmp_path, PENDING)[REVIEW_URI])
    assert found == {
        "技术 有效的会签 3 份": [
            "收藏商品 PRD-TST-001 已发布 1.1.0 有效 陈一舟 2026-08-18 31 天",
            "收藏夹 SPEC-TST-001 评审中 1.1 有效 陈一舟 2026-08-19 30 天",
            "收藏夹使用手册 MAN-TST-001 已发布 1.0.0 有效 陈一舟 2026-08-24 25 天",
        ],
        "客服 等待评审": ["收藏夹 SPEC-TST-001 评审中 1.1 待评审 周敏 2026-09-08 10 天"],
        "客服 要重新看的会签": [
            "收藏夹使用手册 MAN-TST-001 已发布 1.0.0 内容已改动 会签之后，这个角色评审的内容有改动 周敏 2026-08-25 24 天"
        ],
        "客服 有效的会签 1 份": ["收藏商品 PRD-TST-001 已发布 1.1.0 有效 周敏 2026-08-19 30 天"],
    }


def test_a_document_shows_how_its_sign_offs_stand(tmp_path: Path) -> None:
    """Each sign-off says whether it holds and, where not, why; one that waits says how long, in both languages."""
    spec, manual = "feature_spec/SPEC-TST-001.md", "user_manual/MAN-TST-001.md"
    found = pages(tmp_path / "zh", PENDING)
    assert sign_offs(found[spec]) == [
        ("fresh", "技术 已通过 陈一舟 1.1，2026-08-19"),
        ("pending", "客服 待评审 周敏 已等 10 天"),
    ]
    assert sign_offs(found[manual]) == [
        ("fresh", "技术 已通过 陈一舟 1.0.0，2026-08-24"),
        ("stale", "客服 内容已改动 周敏 1.0.0，2026-08-25 会签之后，这个角色评审的内容有改动"),
    ]
    assert sign_offs(pages(tmp_path / "en", PENDING, "en")[spec])[1] == (
        "pending",
        "Customer service pending 周敏 waiting for 10 days",
    )


def test_what_changed_since_is_named_where_the_version_before_was_signed(tmp_path: Path) -> None:
    """The items and fields that a role reviews and that differ from the release before stand on the page."""
    changes = {"SPEC-TST-001": {"exceptions[0].user_message": "换一句话", "ui": [{"page": "商品页", "copy": "收藏"}]}}
    found = pages(tmp_path, changes, before=True)["feature_spec/SPEC-TST-001.md"]
    assert sign_offs(found)[1] == ("stale", "客服 内容已改动 周敏 1.0，2026-08-20 会签之后改了：界面、TST-4001")


def test_missing_unsealed_and_earlier_sign_offs_are_told(tmp_path: Path) -> None:
    """A published document misses a role, an approval lacks its digest, and what a newer entry replaced is folded away."""
    old = {
        "person": "chen-yizhou",
        "role": "tech",
        "verdict": "approved_with_comments",
        "date": "2026-07-01",
        "version": "0.9",
    }
    bare = {"person": "he-chuan", "role": "qa", "verdict": "approved", "date": "2026-08-20", "version": "1.0"}
    found = pages(tmp_path, {"SPEC-TST-001": {"reviewers[1]": bare, "reviewers[2]": old}})[
        "feature_spec/SPEC-TST-001.md"
    ]
    assert sign_offs(found) == [
        ("fresh", "技术 已通过 陈一舟 1.0，2026-08-19"),
        ("unsealed", "测试 没有内容摘要 何川 1.0，2026-08-20 看不出评审的是不是现在的内容"),
        ("missing", "客服 缺少 还没有人会签"),
    ]
    assert "更早的会签 1 次 技术 陈一舟 有意见通过 0.9 2026-07-01" in Parsed(found.html).text
    draft = pages(tmp_path / "draft", {"SPEC-TST-001": {"status": "draft", "reviewers": None}})
    assert "pm-signoffs" not in draft["feature_spec/SPEC-TST-001.md"].html


def test_linked_content_of_another_audience_is_named_by_its_id_alone(tmp_path: Path) -> None:
    """A public site says that a link's target changed, without the title of what it withholds; its queue holds public documents."""
    config = "site_name: 好样板\nplugins:\n  - pmdocs: {languages: [zh], as_of: 2026-09-18, publish: {confidentiality: [public]}}\n"
    changes = {"PRD-TST-001": {"requirements[0].title": "机密名称"}}
    found = pages(tmp_path, changes, config=config)
    (shown,) = (words for _, words in sign_offs(found["user_manual/MAN-TST-001.md"]) if words.startswith("技术"))
    assert shown.endswith("引用的内容有改动：REQ-TST-001")
    words = Parsed(found[REVIEW_URI].html).text
    assert "REQ-TST-001" in words
    assert not any(each in words for each in ("机密名称", "PRD-TST-001", "SPEC-TST-001", "收藏商品"))


def test_an_empty_queue_says_so(tmp_path: Path) -> None:
    """Without a document in review there is a sentence, not an empty table."""
    nothing = {name: {"status": "draft"} for name in ("PRD-TST-001", "SPEC-TST-001", "MAN-TST-001")}
    words = Parsed(pages(tmp_path, nothing)[REVIEW_URI].html).text
    assert "还没有进入评审的文档。" in words
