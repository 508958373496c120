"""D7-G01 to G04: documents are signed off by those who answer for them, for what they say now, by somebody else than their writers."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

_ASK = Words(
    zh="请有“{role}”角色的同事评审，再运行 pmdocs approve {id} --role {role_id} --by 编号",
    en="Ask somebody with the role “{role}” to review it, then run pmdocs approve {id} --role {role_id} --by PERSON",
)
_ANSWER = Words(
    zh="请{person}评审，再运行 pmdocs approve {id} --role {role_id} --by {person_id}",
    en="Ask {person} to review it, then run pmdocs approve {id} --role {role_id} --by {person_id}",
)
_AGAIN = Words(
    zh="请{person}用 pmdocs review {id} --role {role_id} 看改动，再用 pmdocs approve {id} --role {role_id} --by {person_id} 会签",
    en="{person} sees the changes with pmdocs review {id} --role {role_id}, and approves them with "
    "pmdocs approve {id} --role {role_id} --by {person_id}",
)
_LACKING = (
    Reason(
        "missing",
        Words(
            zh="状态是“{status}”，但没有“{role}”的会签",
            en="The status is “{status}”, but nobody has signed it off as “{role}”",
        ),
        _ASK,
    ),
    Reason(
        "pending",
        Words(
            zh="状态是“{status}”，但{person}还没有给出“{role}”的结论",
            en="The status is “{status}”, but {person} has not given a verdict as “{role}” yet",
        ),
        _ANSWER,
    ),
    Reason(
        "rejected",
        Words(
            zh="状态是“{status}”，但{person}的“{role}”评审没有通过",
            en="The status is “{status}”, but {person} rejected it as “{role}”",
        ),
        Words(
            zh="按意见改好，把状态退回评审，再请{person}评审",
            en="Mend what was rejected, put it back into review, and ask {person} again",
        ),
    ),
)
_ONLY_WHEN_APPROVED = (None, None, Severity.ERROR)

NO_TECHNICAL_SIGN_OFF = Rule(
    code="D7-G01",
    title=Words(zh="缺少技术会签", en="No technical sign-off"),
    what=Words(
        zh="批准和发布的文档要有技术角色的会签；团队在 standards.yaml 的 sign_off 里另外要求的角色也一样。",
        en="An approved or published document has been signed off by the technical role, "
        "and by whatever further roles the team names under sign_off in standards.yaml.",
    ),
    why=Words(
        zh="没有技术同事确认，规则、接口和数值可能和实现不一致，照着做的人会出错。",
        en="Without a word of those who build it, rules, interfaces and figures may differ from what is built.",
    ),
    bad="status: published\nreviewers:\n  - {person: zhou-min, role: customer_service, verdict: approved}\n",
    good="status: published\nreviewers:\n  - {person: chen-yizhou, role: tech, verdict: approved}\n"
    "  - {person: zhou-min, role: customer_service, verdict: approved}\n",
    severities=_ONLY_WHEN_APPROVED,
    reasons=_LACKING,
)

NO_SERVICE_SIGN_OFF = Rule(
    code="D7-G02",
    title=Words(zh="缺少客服会签", en="No customer-service sign-off"),
    what=Words(
        zh="批准和发布的文档要有客服角色的会签；standards.yaml 的 sign_off 可以按文档类型改变要求。",
        en="An approved or published document has been signed off by customer service; "
        "sign_off in standards.yaml can ask for something else for a type.",
    ),
    why=Words(
        zh="客服最清楚用户会问什么、哪里看不懂；没有客服确认，问题会变成工单。",
        en="Customer service knows what users ask and misread; what it has not seen comes back as tickets.",
    ),
    bad="status: published\nreviewers:\n  - {person: chen-yizhou, role: tech, verdict: approved}\n",
    good="status: published\nreviewers:\n  - {person: chen-yizhou, role: tech, verdict: approved}\n"
    "  - {person: zhou-min, role: customer_service, verdict: approved}\n",
    severities=_ONLY_WHEN_APPROVED,
    reasons=_LACKING,
)

STALE_SIGN_OFF = Rule(
    code="D7-G03",
    title=Words(zh="会签已失效", en="Stale sign-off"),
    what=Words(
        zh="会签只对当时的主次版本和当时的内容有效：文档升级，或者这个角色评审的字段改动之后，要重新会签。"
        "改排版，或者改这个角色不评审的字段，不影响会签。",
        en="A sign-off holds for the MAJOR.MINOR and the content that were reviewed. A new version, or a change of a field that this "
        "role reviews, asks for a new one; another layout, or a field the role does not review, does not.",
    ),
    why=Words(
        zh="会签之后改了内容，会签还照样算数，等于没有人看过现在的文字。",
        en="If a sign-off still counted after the text changed, nobody would have seen what the text says now.",
    ),
    bad='version: "1.2.0"\nreviewers:\n  - {person: chen-yizhou, role: tech, verdict: approved, version: "1.1.0"}\n',
    good='version: "1.2.0"\nreviewers:\n  - {person: chen-yizhou, role: tech, verdict: approved, version: "1.2.0", '
    'digest: "1:3f9a0c2b7d41"}\n',
    severities=(None, Severity.WARNING, Severity.ERROR),
    reasons=(
        Reason(
            "old-version",
            Words(
                zh="{person}的“{role}”会签针对 {reviewed}，文档已经是 {version}",
                en="{person} signed off {reviewed} as “{role}”, and the document is {version} by now",
            ),
            _AGAIN,
        ),
        Reason(
            "changed",
            Words(
                zh="{person}的“{role}”会签之后，这个角色评审的内容改动过",
                en="What “{role}” reviews has changed since {person} signed it off",
            ),
            _AGAIN,
        ),
        Reason(
            "changed-there",
            Words(
                zh="{person}的“{role}”会签之后，这个角色评审的内容改动过：{places}",
                en="What “{role}” reviews has changed since {person} signed it off: {places}",
            ),
            _AGAIN,
        ),
        Reason(
            "unsealed",
            Words(
                zh="{person}的“{role}”会签没有内容摘要，看不出评审的是不是现在的内容",
                en="The sign-off of {person} as “{role}” has no digest, so it cannot be shown to be of what the document says now",
            ),
            Words(
                zh="请{person}核对后运行 pmdocs approve {id} --role {role_id} --by {person_id}，摘要会一起写入",
                en="{person} checks it and runs pmdocs approve {id} --role {role_id} --by {person_id}, which writes the digest",
            ),
        ),
    ),
)

UNFIT_REVIEWER = Rule(
    code="D7-G04",
    title=Words(zh="评审人不合适", en="Unfit reviewer"),
    what=Words(
        zh="评审人不能是负责人或作者，要在职，并且在 people.yaml 里有这个角色。",
        en="A reviewer is neither owner nor author, is active, and has the role in people.yaml.",
    ),
    why=Words(
        zh="自己评审自己的文档看不出问题；已经离职的人不会给出结论；没有这个角色的人不能替这个团队确认。",
        en="Nobody sees their own mistakes, who has left will not answer, and who lacks a role cannot speak for that team.",
    ),
    bad="owner: lin-xiao\nreviewers:\n  - {person: lin-xiao, role: tech, verdict: approved}\n",
    good="owner: lin-xiao\nreviewers:\n  - {person: chen-yizhou, role: tech, verdict: approved}\n",
    severities=(Severity.WARNING, Severity.ERROR, Severity.ERROR),
    reasons=(
        Reason(
            "own-document",
            Words(
                zh="{person}是这份文档的{part}，不能自己评审",
                en="{person} is this document's {part} and cannot review it",
            ),
            Words(zh="换一位评审人", en="Choose another reviewer"),
        ),
        Reason(
            "inactive",
            Words(
                zh="{person}已经离职（active: false），不会给出结论",
                en="{person} has left (active: false) and will not answer",
            ),
            Words(zh="换一位有“{role}”角色的评审人", en="Choose another reviewer with the role “{role}”"),
        ),
        Reason(
            "has-left",
            Words(
                zh="{person}会签之后离职了（active: false）",
                en="{person} has left since (active: false)",
            ),
            Words(
                zh="这次会签仍然有效；下次评审请换一位有“{role}”角色的评审人",
                en="The sign-off still holds; the next time choose another reviewer with the role “{role}”",
            ),
        ),
        Reason(
            "other-role",
            Words(
                zh="{person}在 people.yaml 里没有“{role}”角色",
                en="{person} does not have the role “{role}” in people.yaml",
            ),
            Words(
                zh="换一位评审人；角色没登记全时，在 people.yaml 里给 {person_id} 的 roles 加上 {role_id}",
                en="Choose another reviewer, or add {role_id} to the roles of {person_id} in people.yaml if it is lacking there",
            ),
        ),
    ),
)
