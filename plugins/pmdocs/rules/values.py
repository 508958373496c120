"""D7-S04: what a value looks like, alone and in tables and state machines."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Words

WRONG_VALUE = Rule(
    code="D7-S04",
    title=Words(zh="值不对", en="Wrong value"),
    what=Words(
        zh="值必须符合字段的种类：文字、日期、选项、数字、列表、表格，以及字段自己的长度和格式限制。",
        en="A value has to fit the kind of its field (text, date, choice, number, list, table) and the field's own limits.",
    ),
    why=Words(
        zh="写成 1.10 的版本号会变成数字 1.1；2026-02-30 这样的日期不存在；选项写错，筛选和统计就漏掉这份文档。",
        en="A version written 1.10 turns into the number 1.1, 2026-02-30 is no day, "
        "and a misspelt choice drops the document from filters and figures.",
    ),
    bad="version: 1.10\n",
    good='version: "1.10"\n',
    reach="always",
    firm=True,
    reasons=(
        Reason(
            "unquoted-value",
            Words(
                zh="“{field}”要写文字，这里的 {raw} 会被当成{kind}",
                en="“{field}” takes text, and {raw} is read as {kind}",
            ),
            Words(zh='加上引号："{raw}"', en='Put it in quotation marks: "{raw}"'),
        ),
        Reason(
            "text-expected",
            Words(zh="“{field}”要写一段文字，这里是{kind}", en="“{field}” takes text, and this is {kind}"),
            Words(zh="写成一行文字，或者用 | 另起一段", en="Write one line of text, or a block of text after |"),
        ),
        Reason(
            "list-expected",
            Words(zh="“{field}”要写列表，这里是{kind}", en="“{field}” takes a list, and this is {kind}"),
            Words(zh="每一项另起一行，以“- ”开头", en="Begin each entry on a line of its own with “- ”"),
        ),
        Reason(
            "map-expected",
            Words(
                zh="“{field}”要写成几个“键: 值”，这里是{kind}",
                en="“{field}” takes keys with values, and this is {kind}",
            ),
            Words(zh="可用的键：{known}", en="Keys there are: {known}"),
        ),
        Reason(
            "number-expected",
            Words(zh="“{field}”要写数字，这里是“{value}”", en="“{field}” takes a number, and this is “{value}”"),
            Words(zh="只写数字，不加引号和单位", en="Write the number alone, without quotation marks or unit"),
        ),
        Reason(
            "boolean-expected",
            Words(
                zh="“{field}”只能写 true 或 false，这里是“{value}”",
                en="“{field}” is true or false, and this is “{value}”",
            ),
            Words(zh="是写 true，否写 false", en="Write true for yes, false for no"),
        ),
        Reason(
            "unknown-choice",
            Words(zh="“{field}”没有“{value}”这个选项", en="“{field}” has no choice “{value}”"),
            Words(zh="可选：{choices}", en="Choices: {choices}"),
        ),
        Reason(
            "misspelt-choice",
            Words(zh="“{field}”没有“{value}”这个选项", en="“{field}” has no choice “{value}”"),
            Words(zh="是不是想写 {nearest}？可选：{choices}", en="Did you mean {nearest}? Choices: {choices}"),
        ),
        Reason(
            "no-such-date",
            Words(zh="“{field}”写的 {value} 不存在", en="“{field}” says {value}, and there is no such day"),
            Words(zh="核对年、月、日", en="Check year, month and day"),
        ),
        Reason(
            "date-form",
            Words(zh="“{field}”的日期写法不对：{value}", en="“{field}” is not written as a date: {value}"),
            Words(zh="写成 年-月-日，各补足位数，例如 {example}", en="Write year-month-day in full, such as {example}"),
        ),
        Reason(
            "wrong-form",
            Words(zh="“{field}”的写法不对：{value}", en="“{field}” is not in the right form: {value}"),
            Words(zh="应为{form}", en="It should be {form}"),
        ),
        Reason(
            "too-short",
            Words(
                zh="“{field}”太短：{length} 个字，至少 {limit} 个",
                en="“{field}” is too short: {length} characters, at least {limit}",
            ),
            Words(zh="补充内容：{help}", en="Say more: {help}"),
        ),
        Reason(
            "too-long",
            Words(
                zh="“{field}”太长：{length} 个字，最多 {limit} 个",
                en="“{field}” is too long: {length} characters, at most {limit}",
            ),
            Words(zh="删减，或把细节移到别的字段", en="Shorten it, or move details to another field"),
        ),
        Reason(
            "too-few",
            Words(
                zh="“{field}”至少要有 {limit} 项，这里有 {length} 项",
                en="“{field}” needs at least {limit} entries and has {length}",
            ),
            Words(zh="补足：{help}", en="Add more: {help}"),
        ),
        Reason(
            "too-many",
            Words(
                zh="“{field}”最多 {limit} 项，这里有 {length} 项",
                en="“{field}” takes at most {limit} entries and has {length}",
            ),
            Words(zh="合并或拆分", en="Merge or split them"),
        ),
        Reason(
            "out-of-range",
            Words(zh="“{field}”的值 {value} 超出范围（{limit}）", en="“{field}” is {value}, out of range ({limit})"),
            Words(zh="改成范围内的值", en="Choose a value within the range"),
        ),
        Reason(
            "derived-value",
            Words(zh="“{field}”由系统自动得出，不能手写", en="“{field}” is derived and cannot be typed"),
            Words(zh="删掉 {key}，页面会自动显示", en="Delete {key}; the page shows it by itself"),
        ),
        Reason(
            "wrong-type",
            Words(
                zh="doc_type 写的是“{value}”，但文件在“{folder}”文件夹里",
                en="doc_type says “{value}” but the file lies in the folder “{folder}”",
            ),
            Words(
                zh="删掉 doc_type，或把文件移到对应的文件夹",
                en="Delete doc_type, or move the file to the folder of its type",
            ),
        ),
        Reason(
            "not-a-document",
            Words(zh="文件的内容不是“键: 值”", en="The file does not hold keys with values"),
            Words(
                zh="第一行应为 id: …，冒号用半角并后跟空格",
                en="Begin with a line such as id: …, a colon and a blank between",
            ),
        ),
        Reason(
            "judged-by-owner",
            Words(
                zh="{person} 是 {id} 的负责人，不能判定别人的反馈不属实",
                en="{person} owns {id} and cannot call what others say about it not valid",
            ),
            Words(zh="请另一位同事复核，再写上他的编号", en="Let a colleague look at it, and give that person's id"),
        ),
        Reason(
            "missing-cell",
            Words(zh="表格缺一格：{row} × {column}", en="A cell of the table is missing: {row} × {column}"),
            Words(zh="补上这一格，可选：{choices}", en="Fill it in with one of: {choices}"),
        ),
        Reason(
            "unknown-row",
            Words(zh="表格里的“{value}”不是{what}", en="“{value}” in the table is not one of {what}"),
            Words(zh="可用：{known}", en="There are: {known}"),
        ),
        Reason(
            "missing-note",
            Words(
                zh="“{value}”必须写明条件：{row} × {column}",
                en="“{value}” needs its condition in words: {row} × {column}",
            ),
            Words(zh="写成 {{{value}: 在什么条件下}}", en="Write {{{value}: under which condition}}"),
        ),
        Reason(
            "missing-combination",
            Words(
                zh="决策表“{table}”没有规则覆盖：{case}", en="No rule of the decision table “{table}” covers: {case}"
            ),
            Words(
                zh="增加一行规则，或把不影响结果的条件写成 any",
                en="Add a rule, or write any for a condition that does not matter",
            ),
        ),
        Reason(
            "overlapping-rules",
            Words(
                zh="决策表“{table}”的规则 {first} 和规则 {second} 都适用于：{case}",
                en="Rules {first} and {second} of the decision table “{table}” both apply to: {case}",
            ),
            Words(zh="修改其中一条，使每种情况只有一条规则", en="Change one of them so that each case has one rule"),
        ),
        Reason(
            "initial-state",
            Words(
                zh="状态机“{table}”必须恰好有一个初始状态，现在有 {count} 个",
                en="The state machine “{table}” needs exactly one initial state and has {count}",
            ),
            Words(zh="给起点状态写 initial: true", en="Write initial: true at the state where it begins"),
        ),
        Reason(
            "unreachable-state",
            Words(zh="从初始状态到不了“{value}”", en="“{value}” cannot be reached from the initial state"),
            Words(zh="补一条通向它的转换，或删掉这个状态", en="Add a transition that leads there, or delete the state"),
        ),
        Reason(
            "no-exit",
            Words(zh="状态“{value}”没有出口，又不是终态", en="The state “{value}” has no exit and is not terminal"),
            Words(
                zh="补一条离开它的转换，或写 terminal: true",
                en="Add a transition that leaves it, or write terminal: true",
            ),
        ),
        Reason(
            "duplicate-transition",
            Words(
                zh="“{value}”在相同事件和条件下有两条转换",
                en="“{value}” has two transitions for the same event and guard",
            ),
            Words(zh="合并它们，或写明不同的条件", en="Merge them, or give them different guards"),
        ),
        Reason(
            "two-sources",
            Words(
                zh="版本 {value} 同时写了 ref 和 path，不知道以哪个为准",
                en="The version {value} has both ref and path, and only one of them can count",
            ),
            Words(
                zh="有标签就只留 ref，用快照文件夹就只留 path",
                en="Keep ref where there is a tag, path where there is a snapshot folder",
            ),
        ),
        Reason(
            "reserved-version",
            Words(
                zh="版本不能叫 {value}：站点自己要用这个名字",
                en="A version cannot be called {value}: the site needs that name",
            ),
            Words(zh="换一个版本号，例如 1.0", en="Choose another one, such as 1.0"),
        ),
        Reason(
            "incomplete-type",
            Words(zh="字段“{key}”没有写 {missing}", en="The field “{key}” lacks {missing}"),
            Words(zh="补上 {missing}", en="Add {missing}"),
        ),
        Reason(
            "shallow-history",
            Words(
                zh="要求按 git 核对日期，但这里只取了最近的提交，看不到版本最早是哪天发布的",
                en="Dates are to be checked against git, but only the newest commits were fetched: the first day of a version "
                "cannot be seen",
            ),
            Words(
                zh="运行 git fetch --unshallow；在 GitHub Actions 里给 checkout 写 fetch-depth: 0",
                en="Run git fetch --unshallow; in GitHub Actions give checkout fetch-depth: 0",
            ),
        ),
        Reason(
            "broken-template",
            Words(zh="模板有错：{problem}", en="The template is broken: {problem}"),
            Words(
                zh="改正这一行；不知道怎么改时，删掉这个文件就恢复为自带的模板",
                en="Mend this line; deleting the file brings the shipped template back",
            ),
        ),
    ),
)
