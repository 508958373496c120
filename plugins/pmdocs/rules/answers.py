"""D7-G10: what readers call wrong is looked into and mended."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

OPEN_FEEDBACK = Rule(
    code="D7-G10",
    title=Words(zh="反馈没有处理", en="Feedback left open"),
    what=Words(
        zh="对已发布文档的反馈，48 小时内分诊；确认不准确的，48 小时内改正。期限可以在 data/standards.yaml 里改。",
        en="Feedback on a published document is triaged within 48 hours, and what is confirmed as inaccurate is mended within 48. "
        "data/standards.yaml may set another term.",
    ),
    why=Words(
        zh="文档错一天，客服就照错的答复一天；没人分诊的反馈，还会一直拉低准确率。",
        en="As long as a document is wrong, customer service answers wrongly by it; "
        "and what nobody triages keeps the accuracy rate down.",
    ),
    bad="verdicts:\n"
    "  - {feedback_id: FB-0101, received_at: 2026-09-01, doc_id: MAN-BUY-001, verdict: inaccurate}  # 今天是 9 月 18 日\n",
    good="verdicts:\n"
    "  - {feedback_id: FB-0101, received_at: 2026-09-01, doc_id: MAN-BUY-001, verdict: inaccurate,\n"
    '     triage_status: confirmed, triaged_at: 2026-09-02, triaged_by: he-chuan, fixed_in_version: "1.0.2"}\n',
    severities=(None, None, Severity.WARNING),
    by_day=True,
    reasons=(
        Reason(
            "not-triaged",
            Words(
                zh="反馈 {id}（{place}）收到 {days} 天，还没有分诊",
                en="The feedback {id} ({place}) came in {days} days ago and is not triaged",
            ),
            Words(
                zh="核对后在那一条写上 triage_status、triaged_at 和 triaged_by",
                en="Look into it, then add triage_status, triaged_at and triaged_by there",
            ),
        ),
        Reason(
            "not-mended",
            Words(
                zh="反馈 {id}（{place}）已确认不准确，收到 {days} 天还没有改正",
                en="The feedback {id} ({place}) is confirmed, came in {days} days ago, and the document is still wrong",
            ),
            Words(
                zh="改正文档并发布新版本，再在那一条写上 fixed_in_version",
                en="Mend the document, publish a new version, and add fixed_in_version there",
            ),
        ),
    ),
)
