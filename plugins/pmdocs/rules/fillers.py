"""D7-S08 and D7-S09: nothing is left open, and nothing is filled in for the sake of it."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

PLACEHOLDER = Rule(
    code="D7-S08",
    title=Words(zh="占位词还没有换掉", en="Placeholder left"),
    what=Words(
        zh="正文里没有“待定”“待补充”、TBD 这类占位词；代码、引号里的界面文字、术语表里的词和待解决问题不算。",
        en="No text holds a placeholder such as TBD or 待定; code, words in quotation marks, glossary terms and open questions do not count.",
    ),
    why=Words(
        zh="占位词后面没有人会自动补上：开发照着猜，测试没法写用例，读者不知道该信什么。",
        en="Nobody fills it in by itself: developers guess, testers cannot write a case, and readers do not know what to believe.",
    ),
    bad="statement: 当支付失败时，结算服务应在待定时间内允许重试。\n",
    good="statement: 当支付失败时，结算服务应在 15 分钟内允许重试。\n",
    severities=(Severity.HINT, Severity.WARNING, Severity.ERROR),
    reach="always",
    reasons=(
        Reason(
            "placeholder",
            Words(zh="“{field}”里还有占位词“{word}”", en="“{field}” still holds the placeholder “{word}”"),
            Words(
                zh="换成确定的内容；还没有结论就写进待解决问题，写明负责人和期限",
                en="Put in what holds; where it is not decided yet, make it an open question with an owner and a day",
            ),
        ),
    ),
)

FILLER = Rule(
    code="D7-S09",
    title=Words(zh="空章节或凑数的内容", en="Empty section or filler"),
    what=Words(
        zh="章节要么有内容，要么不写；必填的内容不用“无”、“-”、N/A 凑数，确实不适用就写明理由。",
        en="A section has content or is left out; what is required is not filled with 无, - or N/A: "
        "where it does not apply, the reason is given.",
    ),
    why=Words(
        zh="读者分不清“确实没有”和“还没想过”；写明理由，评审人才能判断。",
        en="Readers cannot tell “there is none” from “nobody has thought about it”; a reason can be judged.",
    ),
    bad="nfrs: []\nrationale: 无\n",
    good="nfrs: {not_applicable: 本文档只调整文案，不改变系统行为}\nrationale: 74 条工单说不清失败的原因。\n",
    severities=(Severity.HINT, Severity.WARNING, Severity.ERROR),
    reach="always",
    reasons=(
        Reason(
            "filler",
            Words(zh="“{field}”只写了“{text}”，等于没写", en="“{field}” says just “{text}”, which says nothing"),
            Words(
                zh="写出内容：{help} 可以不写的就删掉，可以说明理由的写 not_applicable",
                en="Say what there is: {help} Leave out what may be left out; give a reason (not_applicable) where one may be given",
            ),
        ),
        Reason(
            "empty-reason",
            Words(
                zh="“{field}”写了不适用，理由却只有“{text}”",
                en="“{field}” is said not to apply, for the reason “{text}”, which is none",
            ),
            Words(zh="写一句能让评审人判断的理由", en="Give a reason that a reviewer can judge"),
        ),
        Reason(
            "empty-section",
            Words(zh="“{field}”（{key}）是空的", en="“{field}” ({key}) is empty"),
            Words(zh="写上内容，或删掉这个键：{help}", en="Fill it in or take the key out: {help}"),
        ),
        Reason(
            "empty-heading",
            Words(
                zh="“{field}”里的标题“{text}”下面没有内容", en="Nothing stands below the heading “{text}” in “{field}”"
            ),
            Words(zh="补上内容，或删掉这个标题", en="Write what belongs there, or take the heading out"),
        ),
    ),
)
