"""D7-G13: rules set aside on purpose leave a trace, and end."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

SUPPRESSION = Rule(
    code="D7-G13",
    title=Words(zh="规则豁免不成立", en="Suppression without effect"),
    what=Words(
        zh="规则豁免要写清哪条规则、什么位置、为什么、谁同意、到哪天；过期的、不再需要的和不允许的都要清理。",
        en="A suppression says which rule it sets aside, where, why, by whom and until when; "
        "one that has expired, is no longer needed or is not allowed is taken out.",
    ),
    why=Words(
        zh="豁免一旦没人看，就等于悄悄关掉了规则：到期要重新判断，用不上了要删掉。",
        en="A suppression that nobody looks at switches a rule off in silence: it is judged again when it ends, "
        "and removed when nothing needs it.",
    ),
    bad="lint_ignore:\n"
    "  - rule: D7-L01\n    path: REQ-CHK-004\n    reason: 产品里弹层的名称\n    by: zhou-min\n    until: 2026-06-30 # 早已过期\n",
    good="lint_ignore:\n"
    "  - rule: D7-L01\n    path: REQ-CHK-004\n    reason: 产品里弹层的名称\n    by: zhou-min\n    until: 2026-12-31\n",
    severities=(Severity.WARNING, Severity.WARNING, Severity.WARNING),
    reach="kept",
    reasons=(
        Reason(
            "expired",
            Words(
                zh="对 {rule} 的豁免已在 {until} 到期，不再起作用",
                en="The suppression of {rule} ended on {until} and has no effect any more",
            ),
            Words(
                zh="改好文档后删掉这一条；仍有必要就请{by}重新判断，再写新的有效期",
                en="Mend the document and take this out; where it is still needed, {by} judges again and a new day is written",
            ),
            by_day=True,
        ),
        Reason(
            "unused",
            Words(
                zh="对 {rule} 的豁免没有用上：这里没有它要放过的问题",
                en="The suppression of {rule} is not needed: nothing here goes against the rule",
            ),
            Words(zh="删掉这一条", en="Take it out"),
        ),
        Reason(
            "not-allowed",
            Words(
                zh="{rule}（{title}）不能豁免，这一条不起作用",
                en="{rule} ({title}) cannot be set aside; this has no effect",
            ),
            Words(
                zh="把文档改好，再删掉这一条：违反这条规则的文档读不准，也发布不了",
                en="Mend the document and take this out: without this rule it cannot be read reliably",
            ),
        ),
        Reason(
            "unknown-place",
            Words(
                zh="豁免的位置“{value}”不是这份文档里的条目或字段",
                en="“{value}” is neither an item nor a field of this document",
            ),
            Words(
                zh="写条目编号、字段名，或“条目编号.字段名”；对全文豁免就不写 path",
                en="Write an item's id, a field, or an id and a field with a full stop between; "
                "leave path out for the whole document",
            ),
        ),
        Reason(
            "fixed-rule",
            Words(
                zh="{rule}（{title}）不能关闭，也不能改成别的级别",
                en="{rule} ({title}) can be neither switched off nor made less grave",
            ),
            Words(zh="删掉这一条设置", en="Take this setting out"),
        ),
    ),
)
