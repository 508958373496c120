"""D7-S06, D7-S07 and D7-G05: versions, their history and the statuses of a document agree."""

from __future__ import annotations

from pmdocs.diagnostics import WARN_IN_DRAFT, Reason, Rule, Severity, Words

VERSION_HISTORY = Rule(
    code="D7-S06",
    title=Words(zh="版本与变更记录不一致", en="Version and history disagree"),
    what=Words(
        zh="文档版本与最新一条变更记录相同；变更记录和状态记录按日期排列，版本号随之增大，当前版本的日期与文档的一致。取消的版本不算。",
        en="A document's version is that of the newest entry of its change history; histories run along their dates, versions rise "
        "with them, and the entry of the present version has the document's dates. Cancelled versions do not count.",
    ),
    why=Words(
        zh="读者靠变更记录判断改了什么，按时完成率按每个版本的日期计算；记录缺一条或顺序乱了，两样都不准。",
        en="Readers tell from the history what has changed, and the on-time rate is computed from the dates of each version; "
        "with an entry missing or out of order neither is right.",
    ),
    bad='version: "1.2.0"\nchange_history:\n  - {version: "1.1.0", date: 2026-08-05, author: lin-xiao, summary: 手动选券}\n',
    good='version: "1.2.0"\nchange_history:\n'
    '  - {version: "1.2.0", date: 2026-08-26, author: lin-xiao, summary: 自动选券}\n'
    '  - {version: "1.1.0", date: 2026-08-05, author: lin-xiao, summary: 手动选券}\n',
    severities=WARN_IN_DRAFT,
    reach="always",
    reasons=(
        Reason(
            "version-differs",
            Words(
                zh="文档版本是 {version}，最新一条变更记录是 {newest}",
                en="The document's version is {version}, and the newest entry of its history is {newest}",
            ),
            Words(
                zh="给 {version} 补一条变更记录，或把文档版本改成 {newest}",
                en="Add an entry for {version}, or make the version {newest}",
            ),
        ),
        Reason(
            "out-of-order",
            Words(
                zh="“{field}”没有按日期排列：{day} 排在 {before} 的{side}面",
                en="“{field}” is not in the order of its dates: {day} stands {side} {before}",
            ),
            Words(
                zh="核对这个日期，或把这一条挪到该在的位置", en="Check this date, or move the entry to where it belongs"
            ),
        ),
        Reason(
            "version-falls",
            Words(
                zh="{day} 的版本 {version} 不比前一条的 {before} 大",
                en="The version {version} of {day} is not higher than {before}, the one before it",
            ),
            Words(
                zh="版本号只增不减：核对两条的版本和日期",
                en="Versions only rise: check the version and the date of both entries",
            ),
        ),
        Reason(
            "date-differs",
            Words(
                zh="版本 {version} 的“{field}”在变更记录里是 {day}，在文档里是 {other}",
                en="“{field}” of version {version} is {day} in the history and {other} in the document",
            ),
            Words(zh="两处写成同一天", en="Write the same day in both places"),
        ),
    ),
)

SILENT_CHANGE = Rule(
    code="D7-S07",
    title=Words(zh="已发布的内容改了，版本没变", en="Published content changed, version did not"),
    what=Words(
        zh="上一次发布站点以来，已发布文档的内容有改动，版本号也要增大；日期、评审记录这类管理信息不算内容。",
        en="Where the content of a published document has changed since the last release of the site, its version is higher; "
        "dates, reviews and the like are not content.",
    ),
    why=Words(
        zh="同一个版本号只能对应一份内容，否则会签、反馈和链接都不知道说的是哪一份。",
        en="One version stands for one content; otherwise sign-offs, feedback and links do not say which one they mean.",
    ),
    bad='version: "1.2.0" # 内容改了，版本还是上次发布的 1.2.0\n',
    good='version: "1.2.1"\n',
    severities=(None, None, Severity.ERROR),
    reach="kept",
    reasons=(
        Reason(
            "changed",
            Words(
                zh="版本 {version} 已经发布过，内容又有改动：{fields}",
                en="Version {version} has been published, and its content has changed since: {fields}",
            ),
            Words(
                zh="把版本改成 {next} 或更高，补一条变更记录，再请评审人会签",
                en="Make the version {next} or higher, add an entry to the history, and have it signed off again",
            ),
        ),
        Reason(
            "went-back",
            Words(
                zh="版本 {version} 比上次发布的 {before} 还低",
                en="Version {version} is lower than {before}, which has been published",
            ),
            Words(zh="把版本改成 {next} 或更高", en="Make the version {next} or higher"),
        ),
    ),
)

STATUS_HISTORY = Rule(
    code="D7-G05",
    title=Words(zh="状态变化不合规", en="Illegal change of status"),
    what=Words(
        zh="状态按生命周期允许的顺序变化；发布日期不早于会签，也不在将来；发布后退回修改，要用更高的版本。",
        en="A status changes as the lifecycle allows; a document is published on or after the day of its sign-offs, not in the future; "
        "once published, it goes back to work under a higher version only.",
    ),
    why=Words(
        zh="两个比率都按这些日期和状态计算；跳过评审或倒填日期，算出来的数就不可信。",
        en="Both rates are computed from these dates and statuses; with reviews skipped or days back-dated they mean nothing.",
    ),
    bad="status_history:\n  - {status: draft, date: 2026-08-01}\n  - {status: published, date: 2026-08-02}\n",
    good="status_history:\n"
    "  - {status: draft, date: 2026-08-01}\n"
    "  - {status: in_review, date: 2026-08-05}\n"
    "  - {status: approved, date: 2026-08-11}\n"
    "  - {status: published, date: 2026-08-13}\n",
    severities=(Severity.ERROR, Severity.ERROR, Severity.ERROR),
    reasons=(
        Reason(
            "illegal-transition",
            Words(
                zh="状态不能从“{before}”直接变成“{status}”",
                en="A status does not go from “{before}” to “{status}”",
            ),
            Words(
                zh="“{before}”之后可以是：{next}；漏记的一步补进状态记录",
                en="After “{before}” there may be: {next}; add the step that is missing",
            ),
        ),
        Reason(
            "before-sign-off",
            Words(
                zh="发布日期 {day} 早于{role}的会签日期 {signed}",
                en="It was published on {day}, before the sign-off of {signed} ({role})",
            ),
            Words(zh="核对两个日期；先会签，再发布", en="Check both dates; sign-off comes before publication"),
        ),
        Reason(
            "in-future",
            Words(
                zh="发布日期 {day} 还没到（今天按 {today} 算）",
                en="The day of publication, {day}, is still to come (today counts as {today})",
            ),
            Words(
                zh="还没发布就不写发布日期；计划的日期写在 due_date",
                en="Leave it out until it is published; the planned day is due_date",
            ),
            by_day=True,
        ),
        Reason(
            "same-version",
            Words(
                zh="版本 {version} 已在 {day} 发布，退回“{status}”后还是这个版本",
                en="Version {version} was published on {day} and is back in “{status}” under the same version",
            ),
            Words(
                zh="把版本改成 {next} 或更高，补一条变更记录",
                en="Make the version {next} or higher and add an entry to the history",
            ),
        ),
    ),
)
