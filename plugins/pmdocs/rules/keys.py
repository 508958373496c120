"""D7-S02 and D7-S03: which keys a file may have, and which it must."""

from __future__ import annotations

from pmdocs.diagnostics import WARN_IN_DRAFT, Reason, Rule, Words

UNKNOWN_KEY = Rule(
    code="D7-S02",
    title=Words(zh="不认识的键", en="Unknown key"),
    what=Words(
        zh="文件里的每个键都必须是这种文档声明过的字段。",
        en="Every key in a file has to be a field that its document type declares.",
    ),
    why=Words(
        zh="拼错的键不会出现在页面上，它下面的内容也一起消失，而且没有人会注意到。",
        en="A misspelt key does not appear on any page, and what stands below it is lost without anybody noticing.",
    ),
    bad="titel: 结算单页改造\n",
    good="title: 结算单页改造\n",
    severities=WARN_IN_DRAFT,
    reach="always",
    reasons=(
        Reason(
            "unknown-key",
            Words(zh="“{key}”不是{parent}的字段", en="“{key}” is not a field of {parent}"),
            Words(zh="可用的字段：{known}", en="Fields there are: {known}"),
        ),
        Reason(
            "misspelt-key",
            Words(zh="“{key}”不是{parent}的字段", en="“{key}” is not a field of {parent}"),
            Words(zh="是不是想写 {nearest}（{label}）？", en="Did you mean {nearest} ({label})?"),
        ),
        Reason(
            "unknown-language",
            Words(
                zh="“{field}”的译文里有不认识的键“{key}”",
                en="The translations of “{field}” have an unknown key “{key}”",
            ),
            Words(
                zh="一段文字直接写，或者写成 zh: … 和 en: … 两个键",
                en="Write plain text, or the two keys zh: … and en: …",
            ),
        ),
    ),
)

MISSING_FIELD = Rule(
    code="D7-S03",
    title=Words(zh="缺少必填字段", en="Required field missing"),
    what=Words(
        zh="每个字段声明了从哪个状态起必填：草稿可以先空着，评审、批准和发布时依次要补齐。",
        en="Each field says from which status on it is required: a draft may leave it empty, "
        "a document in review, approved or published may not.",
    ),
    why=Words(
        zh="评审人和读者会默认文档是完整的；缺了一项，就只能去问作者。",
        en="Reviewers and readers take a document to be complete; where something is missing they can only ask its author.",
    ),
    bad="status: in_review\nbackground:\n",
    good="status: in_review\nbackground: 六月的四周里，9,000 次结算只有 2,970 次完成。\n",
    reach="always",
    reasons=(
        Reason(
            "missing-field",
            Words(zh="{parent}缺少“{field}”（{key}）", en="{parent} lacks “{field}” ({key})"),
            Words(zh="补上 {key}：{help}", en="Add {key}: {help}"),
        ),
        Reason(
            "missing-for-status",
            Words(
                zh="状态为“{status}”的文档必须填写“{field}”（{key}）",
                en="A document with the status “{status}” has to fill in “{field}” ({key})",
            ),
            Words(zh="补上 {key}：{help}", en="Add {key}: {help}"),
        ),
        Reason(
            "missing-several",
            Words(
                zh="状态为“{status}”的文档还缺 {count} 项（{parent}）：{fields}",
                en="A document with the status “{status}” still lacks {count} fields ({parent}): {fields}",
            ),
            Words(
                zh="逐项补上，写什么见站点的“字段说明”；还没写完就把状态改回上一步",
                en="Fill them in, the site's page “Fields” says how; where it is not finished, take the status back a step",
            ),
        ),
        Reason(
            "missing-when",
            Words(
                zh="“{other}”为 {value} 时必须填写“{field}”（{key}）",
                en="“{field}” ({key}) is required where “{other}” is {value}",
            ),
            Words(zh="补上 {key}：{help}", en="Add {key}: {help}"),
        ),
    ),
)
