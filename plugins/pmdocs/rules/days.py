"""D7-G06 to D7-G09: what is due, what is late, how due dates move, and what has gone stale."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

LATE = Rule(
    code="D7-G06",
    title=Words(zh="逾期未发布", en="Late"),
    what=Words(
        zh="文档在计划完成日期当天或之前发布。",
        en="A document is published on or before its due date.",
    ),
    why=Words(
        zh="按时完成率的目标是 95%：20 份里只能有 1 份逾期。逾期越早看见，越来得及补救。",
        en="The target of the on-time rate is 95%: of 20 documents one may be late. The sooner it is seen, the more can be done.",
    ),
    bad="status: in_review\ndue_date: 2026-09-11 # 今天是 2026-09-18\n",
    good="status: published\ndue_date: 2026-09-11\npublished_date: 2026-09-10\n",
    severities=(Severity.WARNING, Severity.WARNING, Severity.WARNING),
    by_day=True,
    reasons=(
        Reason(
            "late",
            Words(
                zh="应在 {last} 发布，已逾期 {days} 天，状态还是“{status}”",
                en="Due on {last}, {days} days ago, and still “{status}”",
            ),
            Words(
                zh="尽快走完评审再发布；确实不再推进就改成搁置或取消。现在改期也算逾期",
                en="See it through review and publish it; put it on hold or cancel it where it is not pursued. "
                "Moving the date now does not make it timely",
            ),
        ),
    ),
)

DUE_SOON = Rule(
    code="D7-G07",
    title=Words(zh="快到期还没写完", en="Due soon, not finished"),
    what=Words(
        zh="计划完成日期临近时（天数由 due_soon_days 设定），文档已经批准。",
        en="When the due date is near (due_soon_days says how near), the document has been approved.",
    ),
    why=Words(
        zh="评审要留出时间；改期也只有在到期之前提出、由别人批准才算数。",
        en="Reviews take time, and a due date can only be moved before it passes, with somebody else's approval.",
    ),
    bad="status: draft\ndue_date: 2026-09-21 # 今天是 2026-09-18\n",
    good="status: approved\ndue_date: 2026-09-21\n",
    severities=(Severity.HINT, Severity.HINT, None),
    by_day=True,
    reasons=(
        Reason(
            "due-soon",
            Words(
                zh="{last} 到期，还有 {days} 天，状态是“{status}”",
                en="Due on {last}, in {days} days, and “{status}”",
            ),
            Words(
                zh="现在就请评审人安排时间；来不及的话，到期之前申请改期",
                en="Ask the reviewers for their time now; where that is not enough, have the date moved before it passes",
            ),
        ),
    ),
)

MOVED_DUE_DATE = Rule(
    code="D7-G08",
    title=Words(zh="改期不合规", en="Due date moved against the rules"),
    what=Words(
        zh="改期在原日期当天或之前决定，由负责人以外的人批准，写明原因；每次改期留一条记录，首尾相接。",
        en="A due date is moved on or before the old one, with the approval of somebody other than the owner and a reason; "
        "each move is recorded, and the records join.",
    ),
    why=Words(
        zh="到期之后再改日期，逾期就看不见了，按时完成率也就没有意义。",
        en="Where a date is moved after it has passed, lateness disappears and the on-time rate means nothing.",
    ),
    bad="owner: lin-xiao\ndue_date: 2026-02-27\ndue_date_changes:\n"
    "  - from: 2026-02-20\n    to: 2026-02-27\n    date: 2026-02-23\n    approved_by: lin-xiao\n    reason: 没写完\n",
    good="owner: lin-xiao\ndue_date: 2026-02-27\ndue_date_changes:\n"
    "  - from: 2026-02-20\n    to: 2026-02-27\n    date: 2026-02-11\n    approved_by: han-li\n    reason: 原日期在春节假期内\n",
    severities=(Severity.ERROR, Severity.ERROR, Severity.ERROR),
    reasons=(
        Reason(
            "moved-late",
            Words(
                zh="{date} 才决定改期，原日期 {last} 已经过了",
                en="The date was moved on {date}, after the old one, {last}, had passed",
            ),
            Words(
                zh="核对日期；确实是到期之后才改的，就删掉这条记录，计划完成日期改回 {last}",
                en="Check the days; where it was moved too late, take this record out and make the due date {last} again",
            ),
        ),
        Reason(
            "own-approval",
            Words(
                zh="改期由负责人{owner}自己批准",
                en="The move was approved by the owner, {owner}",
            ),
            Words(
                zh="请另一个人批准，写上他的编号",
                en="Have somebody else approve it and write their id",
            ),
        ),
        Reason(
            "does-not-join",
            Words(
                zh="改期记录对不上：这里是 {there}，前后应是 {here}",
                en="The records of moves do not join: this says {there}, and {here} is expected",
            ),
            Words(
                zh="从基线日期到计划完成日期，每次改期写一条，后一条的 from 等于前一条的 to",
                en="From the baseline to the due date write one record for each move; each begins where the one before ended",
            ),
        ),
        Reason(
            "no-record",
            Words(
                zh="计划完成日期从 {before} 变成 {last}，没有改期记录",
                en="The due date went from {before} to {last} without a record",
            ),
            Words(
                zh="在 due_date_changes 里写明从哪天到哪天、谁批准、为什么；没有批准过就改回 {before}",
                en="Record in due_date_changes from which day to which, who approved it and why; where nobody did, make it {before} again",
            ),
        ),
    ),
)

STALE = Rule(
    code="D7-G09",
    title=Words(zh="该复核了", en="Stale"),
    what=Words(
        zh="已发布的文档在复核日期之前重新核对，写明适用的产品版本跟得上产品；复核日期不超过发布后的复核周期。",
        en="A published document is checked again by its review date, and keeps up with the releases of the product; "
        "the review date lies within the term for reviews.",
    ),
    why=Words(
        zh="产品改了、手册没改，读者照着旧步骤做，客服就要多接一个电话。",
        en="Where the product has changed and the manual has not, readers follow old steps and customer service gets the call.",
    ),
    bad='status: published\nproduct_version: "1.1" # 产品已经发布 1.2\nreview_by: 2026-08-01 # 今天是 2026-09-18\n',
    good='status: published\nproduct_version: ["1.1", "1.2"]\nreview_by: 2027-02-01\n',
    severities=(None, None, Severity.WARNING),
    reasons=(
        Reason(
            "review-overdue",
            Words(
                zh="应在 {day} 之前复核，已过 {days} 天",
                en="Was to be checked by {day}, {days} days ago",
            ),
            Words(
                zh="核对一遍：仍然准确就更新 review_by，有改动就出新版本",
                en="Check it: where it is still right, set a new review_by; where not, make a new version",
            ),
            by_day=True,
        ),
        Reason(
            "product-newer",
            Words(
                zh="产品已发布 {release}（{day}），文档只写到 {version}",
                en="Release {release} of the product came out on {day}, and this describes {version}",
            ),
            Words(
                zh="核对新版本：内容仍适用就把 {release} 加进 product_version，有变化就出新版本",
                en="Check it against the release: where it still holds, add {release} to product_version; where not, make a new version",
            ),
            by_day=True,
        ),
        Reason(
            "review-too-late",
            Words(
                zh="复核日期 {day} 在发布之后 {days} 天，超过 {limit} 天的复核周期",
                en="The review date {day} is {days} days after publication, beyond the term of {limit} days",
            ),
            Words(
                zh="把 review_by 改到 {last} 或更早；周期由 review_within_days 设定",
                en="Make review_by {last} or earlier; review_within_days sets the term",
            ),
        ),
    ),
)
