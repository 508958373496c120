"""D7-G11 and D7-G12: questions are answered before approval, and public documents lead to public ones."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

OPEN_QUESTION = Rule(
    code="D7-G11",
    title=Words(zh="待解决的问题没有着落", en="Open question without an end"),
    what=Words(
        zh="待解决的问题有负责人，在期限之前得到答案；文档批准时不留没有答案的问题。",
        en="An open question has an owner and is answered by its day; at approval none is left open.",
    ),
    why=Words(
        zh="没有答案的问题到了开发手里就变成猜测，返工比提问贵得多。",
        en="A question left open becomes a guess in development, and doing work again costs more than asking.",
    ),
    bad="status: approved\nopen_questions:\n  - {id: Q-1, question: 能叠加几张券？, status: open}\n",
    good="status: approved\nopen_questions:\n"
    "  - {id: Q-1, question: 能叠加几张券？, owner: chen-yizhou, due: 2026-08-07, answer: 两张。, status: answered}\n",
    severities=(Severity.HINT, Severity.WARNING, Severity.ERROR),
    reasons=(
        Reason(
            "open-at-approval",
            Words(
                zh="文档已是“{status}”，问题“{question}”还没有答案",
                en="The document is “{status}”, and the question “{question}” has no answer yet",
            ),
            Words(
                zh="写上答案；不再需要就写明，状态改成相应的选项；否则退回评审",
                en="Write the answer; where none is needed any more, say so and change its state; otherwise send the document back to review",
            ),
        ),
        Reason(
            "overdue",
            Words(
                zh="问题“{question}”应在 {day} 之前回答，已过 {days} 天",
                en="The question “{question}” was to be answered by {day}, {days} days ago",
            ),
            Words(zh="请{owner}回答，或约定新的日期", en="Ask {owner} for the answer, or agree on another day"),
            by_day=True,
        ),
        Reason(
            "unowned",
            Words(zh="问题“{question}”没有负责人", en="The question “{question}” has no owner"),
            Words(zh="写上谁来回答、什么时候之前", en="Say who answers it, and by when"),
        ),
    ),
)

LEAK = Rule(
    code="D7-G12",
    title=Words(zh="公开文档引出非公开内容", en="Public document leads to content that is not"),
    what=Words(
        zh="公开文档的正文不链接、也不提到非公开的文档、条目和页面；类型化的引用（如 covers）不算，它们只显示编号。",
        en="The text of a public document neither links to nor names documents, items or pages that are not public; "
        "typed references such as covers do not count, they show the bare id.",
    ),
    why=Words(
        zh="读者点开是打不开的链接，还能从编号和文字猜出没有公开的计划。",
        en="Readers meet a link that does not open, and can guess from it at plans that are not public.",
    ),
    bad="confidentiality: public\noverview: 规则见 [需求](PRD-CHK-001)。 # 这份需求是内部的\n",
    good="confidentiality: public\noverview: 提交订单之前可以看到含运费的总额。\n",
    severities=(Severity.ERROR, Severity.ERROR, Severity.ERROR),
    reach="always",
    reasons=(
        Reason(
            "leads-inside",
            Words(
                zh="公开文档的“{field}”引出了{how}的 {value}",
                en="“{field}” of this public document leads to {value}, which is {how}",
            ),
            Words(
                zh="删掉这个链接或编号，把读者需要的内容写在这里",
                en="Take the link or id out, and write here what readers need to know",
            ),
        ),
        Reason(
            "page-inside",
            Words(
                zh="公开文档的“{field}”链接到不公开的页面 {value}",
                en="“{field}” of this public document links to the page {value}, which is not public",
            ),
            Words(zh="删掉这个链接，或把页面改成公开", en="Take the link out, or make the page public"),
        ),
    ),
)
