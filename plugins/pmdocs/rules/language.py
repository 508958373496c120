"""D7-L01, L02, L03, L07 and L10: words that say too little, the terms of the glossary, and Chinese typography."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

_H, _W, _E = Severity.HINT, Severity.WARNING, Severity.ERROR

VAGUE_WORD = Rule(
    code="D7-L01",
    title=Words(zh="含糊的词", en="Vague word"),
    what=Words(
        zh="需求描述、验收标准的“则”、非功能需求和操作步骤里不用含糊的词。背景、画像、用户故事和引号里的界面文字不查；词表在 data/lexicon.yaml 里增改，领域里的固定说法在术语表写 allow_vague: true。",
        en="Requirements, the “then” of criteria, non-functional requirements and steps hold no vague words. Background, personas, stories and quoted texts are not searched; words are added and changed in data/lexicon.yaml, and a term of the trade is exempt with allow_vague: true in the glossary.",
    ),
    why=Words(
        zh="“友好”“尽快”每个人理解不同，开发不知道做到什么程度，测试不知道怎么判断。",
        en="“Friendly” and “soon” mean something else to everyone: nobody knows when the work is done, or how to test it.",
    ),
    bad="statement: 当买家提交订单时，结算服务应尽快显示结果。\n",
    good="statement: 当买家提交订单时，结算服务应在 2 秒内显示结果。\n",
    severities=(_H, _W, _W),
    reasons=(
        Reason(
            "vague-word",
            Words(zh="“{word}”含糊：{why}", en="“{word}” is vague: it {why}"),
            Words(zh="改法：{suggestion}", en="Instead: {suggestion}"),
        ),
    ),
)

ESCAPE_CLAUSE = Rule(
    code="D7-L02",
    title=Words(zh="留退路的说法", en="Escape clause"),
    what=Words(
        zh="需求描述、验收标准的“则”和非功能需求里不写“视情况”“必要时”这类可做可不做的说法。",
        en="Requirements, the “then” of criteria and non-functional requirements hold no “if possible” or “as appropriate”.",
    ),
    why=Words(
        zh="做与不做都算满足，需求等于没有提。",
        en="Doing it and leaving it both comply, so nothing is required.",
    ),
    bad="statement: 如果支付渠道返回失败，则结算服务应视情况允许用户重试。\n",
    good="statement: 如果支付渠道返回失败，则结算服务应在 15 分钟内允许用户重试。\n",
    severities=(_H, _W, _W),
    reasons=(
        Reason(
            "escape-clause",
            Words(zh="写“{word}”{why}", en="To write “{word}” {why}"),
            Words(zh="改法：{suggestion}", en="Instead: {suggestion}"),
        ),
    ),
)

OPEN_LIST = Rule(
    code="D7-L03",
    title=Words(zh="没有列完的列举", en="Open-ended list"),
    what=Words(
        zh="需求描述、验收标准的“则”和非功能需求里的列举要列全：不以“等”“之类”收尾，除非写明共几种。",
        en="Lists in requirements, the “then” of criteria and non-functional requirements are complete: no “etc.”, no “including but not limited to”.",
    ),
    why=Words(
        zh="“CSV、Excel 等格式”做完两种算不算完成，开发和测试会各有答案。",
        en="Are “CSV, Excel, etc.” done with those two? Developer and tester will answer differently.",
    ),
    bad="statement: 当运营点击“导出”时，后台应支持导出 CSV、Excel 等格式。\n",
    good="statement: 当运营点击“导出”时，后台应支持导出 CSV 和 Excel 两种格式。\n",
    severities=(_H, _W, _W),
    reasons=(
        Reason(
            "open-list",
            Words(zh="列举没有列完：“{word}”", en="The list is left open: “{word}”"),
            Words(zh="改法：{suggestion}", en="Instead: {suggestion}"),
        ),
    ),
)

FORBIDDEN_ALIAS = Rule(
    code="D7-L07",
    title=Words(zh="禁用说法", en="Forbidden alias"),
    what=Words(
        zh="术语表里列为禁用的说法，文档正文里一律换成术语；代码、编号、网址和术语表自己的条目不查。",
        en="Words that the glossary forbids are replaced by its term in every text; code, ids, addresses and glossary entries themselves are not searched.",
    ),
    why=Words(
        zh="同一个东西两种叫法，读者会当成两个东西，搜索也会漏。",
        en="Two words for one thing look like two things, and a search finds only half.",
    ),
    bad="action: 打开购物篮。\n",
    good="action: 打开购物车。\n",
    severities=(_W, _W, _E),
    reasons=(
        Reason(
            "forbidden-alias",
            Words(zh="“{word}”是术语表禁用的说法", en="“{word}” is a word that the glossary forbids"),
            Words(zh="改为“{term}”", en="Write “{term}”"),
        ),
    ),
)

TYPOGRAPHY = Rule(
    code="D7-L10",
    title=Words(zh="中文排版", en="Chinese typography"),
    what=Words(
        zh="中文里用全角标点，中文与英文、数字之间空一格。代码、编号和网址不查。",
        en="Chinese text has full-width punctuation and a blank between Chinese and Latin letters or digits. Code, ids and addresses are not searched.",
    ),
    why=Words(
        zh="混用半角标点和缺空格让文字挤在一起，读起来费劲，改动对比时也添乱。",
        en="Half-width marks and missing blanks make text harder to read, and comparisons noisier.",
    ),
    bad="goal: 打开App后,在15分钟内支付\n",
    good="goal: 打开 App 后，在 15 分钟内支付\n",
    severities=(None, _H, _H),
    reasons=(
        Reason(
            "typography",
            Words(
                zh="标点或空格不合中文排版：{written}", en="Punctuation or blanks are not set as in Chinese: {written}"
            ),
            Words(zh="改为：{better}", en="Write: {better}"),
        ),
    ),
)
