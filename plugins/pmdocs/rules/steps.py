"""D7-M01, M03, M04, M07 and M08: steps that can be followed, pictures everybody can read, titles that say what to do."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

_H, _W, _E = Severity.HINT, Severity.WARNING, Severity.ERROR

NO_VERB = Rule(
    code="D7-M01",
    title=Words(zh="步骤不以动词开头", en="Step without a verb"),
    what=Words(
        zh="每个步骤以动词开头，前面可以有一个说明地点或条件的短语。以“用户”“系统”开头、或者说出现什么的句子会被指出；词表不认识的词不算错。词表在 data/lexicon.yaml 里增改。",
        en="A step begins with a verb, after one phrase of place or condition at most. Sentences that begin with “the user” or “the system”, or tell what appears, are reported; words that no list knows are not. Lists are changed in data/lexicon.yaml.",
    ),
    why=Words(
        zh="读者照着做，要先看到做什么；“用户选择支付方式”读起来像说明，不像指令。",
        en="A reader who follows along needs the action first; “the user selects …” reads like a description.",
    ),
    bad="action: 用户选择支付方式。\n",
    good="action: 在结算页选择支付方式。\n",
    severities=(_H, _W, _W),
    reasons=(
        Reason(
            "no-verb",
            Words(zh="步骤没有以动词开头：{text}", en="The step does not begin with a verb: {text}"),
            Words(
                zh="以“点击”“选择”这样的动词开头，例如 在结算页选择支付方式；缺的动词可以加进 data/lexicon.yaml",
                en="Begin with a verb such as “tap” or “choose”; a verb that is missing can be added to data/lexicon.yaml",
            ),
        ),
    ),
)

NO_RESULT = Rule(
    code="D7-M03",
    title=Words(zh="没有写预期结果", en="No expected result"),
    what=Words(
        zh="每个任务写明完成后的结果，第一步和最后一步写明做完会看到什么。",
        en="A task says what is true when it is done, and its first and last step say what the reader will see.",
    ),
    why=Words(
        zh="读者要能判断自己做对了没有，起点和终点尤其如此。",
        en="Readers have to know whether they did it right, above all at the beginning and the end.",
    ),
    bad="- action: 点击**重新支付**。\n",
    good="- action: 点击**重新支付**。\n  expected: 出现支付方式列表，地址和优惠券不变。\n",
    severities=(_H, _W, _E),
    reasons=(
        Reason(
            "no-result",
            Words(zh="{parent} 没有写“{field}”", en="{parent} lacks “{field}”"),
            Words(zh="补上：{help}", en="Add it: {help}"),
        ),
        Reason(
            "first-step",
            Words(zh="{parent} 的第一步没有写“{field}”", en="The first step of {parent} lacks “{field}”"),
            Words(zh="写出做完这一步会看到什么", en="Say what the reader sees after this step"),
        ),
        Reason(
            "last-step",
            Words(zh="{parent} 的最后一步没有写“{field}”", en="The last step of {parent} lacks “{field}”"),
            Words(zh="写出做完这一步会看到什么", en="Say what the reader sees after this step"),
        ),
    ),
)

MANY_STEPS = Rule(
    code="D7-M04",
    title=Words(zh="步骤太多", en="Too many steps"),
    what=Words(
        zh="一个任务最好不超过 7 步，不得超过 10 步；界限在 data/standards.yaml 里调整。",
        en="A task has 7 steps at best and 10 at most; data/standards.yaml changes the limits.",
    ),
    why=Words(
        zh="步骤一长，读者中途就会走丢；拆成两个任务也更容易搜到。",
        en="Readers lose their way in long procedures, and two short tasks are easier to find.",
    ),
    bad="steps: [… 12 步 …]\n",
    good="steps: [… 5 步 …]\nrelated: [TASK-BUY-206]\n",
    severities=(_H, _W, _E),
    reasons=(
        Reason(
            "many-steps",
            Words(zh="{parent} 有 {count} 步，多于 {limit} 步", en="{parent} has {count} steps, more than {limit}"),
            Words(
                zh="合并只是路径的步骤，或拆成两个任务",
                en="Join steps that only lead somewhere, or make two tasks of it",
            ),
        ),
        Reason(
            "too-many-steps",
            Words(
                zh="{parent} 有 {count} 步，超过上限 {limit} 步",
                en="{parent} has {count} steps, above the limit of {limit}",
            ),
            Words(zh="拆成两个任务，用“相关任务”连起来", en="Make two tasks of it and link them as related"),
        ),
    ),
)

POOR_PICTURE = Rule(
    code="D7-M07",
    title=Words(zh="图片不合要求", en="Poor picture"),
    what=Words(
        zh="每张图片有替代文字，文件不太大；字段里的图片和正文里的 Markdown 图片都查。上限在 data/standards.yaml 里调整。",
        en="Every picture has an alternative text and a file that is not too large, in fields and in Markdown. data/standards.yaml changes the limit.",
    ),
    why=Words(
        zh="看不到图片的人靠替代文字读懂；大图让手机上的页面迟迟打不开。",
        en="Whoever does not see the picture reads its text, and large files keep pages from opening on phones.",
    ),
    bad="screenshot: {path: img/repay.png}\n",
    good="screenshot: {path: img/repay.png, alt: 订单页底部的“重新支付”按钮}\n",
    severities=(_H, _W, _E),
    reasons=(
        Reason(
            "no-alt",
            Words(zh="图片 {value} 没有替代文字", en="The picture {value} has no alternative text"),
            Words(
                zh="写明图上有什么，例如 订单页底部的“重新支付”按钮",
                en="Say what it shows, such as: the “Pay again” button at the bottom of the order",
            ),
        ),
        Reason(
            "too-large",
            Words(
                zh="图片 {value} 有 {size} KB，超过 {limit} KB",
                en="The picture {value} has {size} KB, more than {limit} KB",
            ),
            Words(
                zh="裁掉无关的部分，或压缩后再用",
                en="Crop what does not matter, or compress it",
            ),
        ),
    ),
)

POOR_TITLE = Rule(
    code="D7-M08",
    title=Words(zh="任务标题不合要求", en="Poor task title"),
    what=Words(
        zh="任务标题是“动词 + 对象”，不超过 15 个汉字，末尾没有标点，在一本手册里不重复。",
        en="A task's title is a verb with its object, has no punctuation at its end and occurs once in the manual; in Chinese it has 15 characters at most.",
    ),
    why=Words(
        zh="读者在目录和搜索结果里靠标题找到要做的事。",
        en="In contents and search results the title is what readers find a task by.",
    ),
    bad="title: 支付失败的情况。\n",
    good="title: 重试失败的支付\n",
    severities=(_H, _W, _W),
    reasons=(
        Reason(
            "title-verb",
            Words(zh="任务标题没有以动词开头：{text}", en="The task's title does not begin with a verb: {text}"),
            Words(
                zh="写成“动词 + 对象”，例如 重试失败的支付；不是操作的内容另选类型",
                en="Write a verb and its object, such as: Pay again after a failure; what is no procedure has another kind",
            ),
        ),
        Reason(
            "title-length",
            Words(
                zh="任务标题有 {length} 个汉字，超过 {limit} 个",
                en="The task's title has {length} Chinese characters, more than {limit}",
            ),
            Words(zh="只留动词和对象，条件写进前提", en="Keep verb and object; conditions belong to the prerequisites"),
        ),
        Reason(
            "title-punctuation",
            Words(zh="任务标题末尾有标点“{mark}”", en="The task's title ends with “{mark}”"),
            Words(zh="去掉末尾的标点", en="Leave it out"),
        ),
        Reason(
            "title-twice",
            Words(zh="任务标题“{text}”与 {other} 相同", en="The task's title “{text}” is that of {other}, too"),
            Words(zh="写出两个任务的差别，或合并成一个", en="Say how the two differ, or make one of them"),
        ),
    ),
)
