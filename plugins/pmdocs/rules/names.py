"""D7-S05 and D7-T01: an id stands for one thing, and what is referred to exists."""

from __future__ import annotations

from pmdocs.diagnostics import WARN_IN_DRAFT, Reason, Rule, Words

DUPLICATE_ID = Rule(
    code="D7-S05",
    title=Words(zh="编号重复", en="Duplicate id"),
    what=Words(
        zh="编号在全站唯一，退役的编号不再使用；验收标准、风险等局部编号在所属文档或需求内唯一。",
        en="An id is unique in the site and never used again after it is retired; local ids are unique in their parent.",
    ),
    why=Words(
        zh="两个东西用同一个编号，链接、追溯和会签都会指错。",
        en="Where two things share an id, links, traceability and sign-offs point at the wrong one.",
    ),
    bad="requirements:\n  - id: REQ-CHK-001\n  - id: REQ-CHK-001\n",
    good="requirements:\n  - id: REQ-CHK-001\n  - id: REQ-CHK-002\n",
    reach="always",
    firm=True,
    reasons=(
        Reason(
            "duplicate-id",
            Words(zh="编号 {id} 已经用在 {other}", en="The id {id} is already used at {other}"),
            Words(zh="换一个没用过的编号，例如 {free}", en="Choose an unused id, such as {free}"),
        ),
        Reason(
            "duplicate-value",
            Words(
                zh="“{field}”里的“{value}”重复，已经写在第 {line} 行",
                en="“{value}” stands twice in “{field}”, first in line {line}",
            ),
            Words(zh="合并两处，或换一个不同的“{key}”", en="Merge the two, or give one a different “{key}”"),
        ),
        Reason(
            "retired-id",
            Words(
                zh="编号 {id} 已经退役（{other}），不能再用", en="The id {id} is retired ({other}) and not used again"
            ),
            Words(zh="换一个没用过的编号，例如 {free}", en="Choose an unused id, such as {free}"),
        ),
    ),
)

BROKEN_REFERENCE = Rule(
    code="D7-T01",
    title=Words(zh="引用失效", en="Broken reference"),
    what=Words(
        zh="引用的编号、人员、版本、术语、页面、锚点和图片都必须存在。",
        en="Every id, person, release, term, page, anchor and picture referred to has to exist.",
    ),
    why=Words(
        zh="读者点开是死链，追溯也断在这里。",
        en="The reader meets a dead link, and the trace ends there.",
    ),
    bad="implements: [REQ-CHK-099]\n",
    good="implements: [REQ-CHK-005]\n",
    severities=WARN_IN_DRAFT,
    reach="kept",
    reasons=(
        Reason(
            "unknown-id",
            Words(zh="{value} 不存在", en="{value} does not exist"),
            Words(
                zh="核对编号；被引用的文档还没写时，先用文字代替",
                en="Check the id; where the document is not written yet, use words",
            ),
        ),
        Reason(
            "misspelt-id",
            Words(zh="{value} 不存在", en="{value} does not exist"),
            Words(zh="是不是想写 {nearest}（{title}）？", en="Did you mean {nearest} ({title})?"),
        ),
        Reason(
            "wrong-kind",
            Words(
                zh="“{field}”要引用{wanted}，{value} 是{kind}", en="“{field}” refers to {wanted}, and {value} is {kind}"
            ),
            Words(zh="换成{wanted}的编号", en="Choose the id of {wanted}"),
        ),
        Reason(
            "unknown-name",
            Words(zh="“{field}”里的“{value}”不存在", en="“{value}” in “{field}” does not exist"),
            Words(zh="可用：{known}", en="There are: {known}"),
        ),
        Reason(
            "misspelt-name",
            Words(zh="“{field}”里的“{value}”不存在", en="“{value}” in “{field}” does not exist"),
            Words(zh="是不是想写 {nearest}？", en="Did you mean {nearest}?"),
        ),
        Reason(
            "missing-file",
            Words(zh="找不到文件 {value}", en="There is no file {value}"),
            Words(
                zh="路径从这个文件所在的文件夹算起；核对文件名和大小写",
                en="Paths start at this file's folder; check the name and its capitals",
            ),
        ),
        Reason(
            "missing-snapshot",
            Words(
                zh="版本 {version} 的快照文件夹 {value} 里没有 mkdocs.yml",
                en="The snapshot folder {value} of version {version} holds no mkdocs.yml",
            ),
            Words(
                zh="路径从项目文件夹算起；文件夹丢了就从备份或 git 里找回，找不回就给这个版本写 skip: 原因",
                en="The path starts at the project's folder; restore a lost folder, or give the version skip: reason",
            ),
        ),
        Reason(
            "path-outside",
            Words(zh="{value} 指向项目之外", en="{value} leaves the project"),
            Words(
                zh="把文件放进项目文件夹，再写相对路径", en="Put the file into the project and give its relative path"
            ),
            firm=True,
        ),
        Reason(
            "missing-page",
            Words(zh="找不到页面 {value}", en="There is no page {value}"),
            Words(
                zh="核对路径；文档和条目直接写编号即可，例如 REQ-CHK-005",
                en="Check the path; documents and items are linked by writing their id",
            ),
        ),
        Reason(
            "missing-anchor",
            Words(zh="页面 {page} 里没有 #{value}", en="The page {page} has no #{value}"),
            Words(zh="可用的锚点：{known}", en="Anchors there are: {known}"),
        ),
        Reason(
            "withheld-page",
            Words(zh="这个站点不发布 {value}", en="This site does not publish {value}"),
            Words(
                zh="改为只写编号，不发布的文档只显示编号",
                en="Write the bare id: what is not published shows as its id only",
            ),
            firm=True,
        ),
    ),
)
