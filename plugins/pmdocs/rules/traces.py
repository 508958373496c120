"""D7-T02 to T09: every requirement leads on to a specification, tests and a manual, and nothing stands alone."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

FROM_REVIEW = (None, Severity.HINT, Severity.ERROR)
WARNS = (Severity.WARNING, Severity.WARNING, Severity.WARNING)

NO_SPECIFICATION = Rule(
    code="D7-T02",
    title=Words(zh="最高优先级的需求没有规格", en="Top requirement without a specification"),
    what=Words(
        zh="最高优先级（自带选项里是 P0）的需求，至少有一份功能说明书实现它。目标版本发布之前只是提示。",
        en="Each requirement of the first priority (P0, as shipped) is implemented by a specification. Until its release is "
        "out this is a hint.",
    ),
    why=Words(
        zh="没有规格的需求，开发和测试只能各自理解，做出来才发现不一样。",
        en="Without a specification developers and testers each go by their own reading, and notice only when it is built.",
    ),
    bad="requirements:\n  - id: REQ-CHK-005\n    priority: P0\n# 没有一份功能说明书的 implements 写了 REQ-CHK-005\n",
    good="implements: [REQ-CHK-005]\n",
    severities=FROM_REVIEW,
    reasons=(
        Reason(
            "no-specification",
            Words(
                zh="{id}（{title}）优先级最高，还没有功能说明书实现它",
                en="{id} ({title}) has the first priority and no specification implements it",
            ),
            Words(
                zh="在功能说明书的“implements”里写上 {id}",
                en="Name {id} under “implements” of a specification",
            ),
        ),
    ),
)

NO_MANUAL = Rule(
    code="D7-T03",
    title=Words(zh="最高优先级的需求没有写进手册", en="Top requirement without a place in a manual"),
    what=Words(
        zh="用户能感知的最高优先级需求，至少有一个操作任务、一条常见问题或一行故障排除说明它。功能类需求默认用户可感知；"
        "用户看不见的，写 user_facing: false。目标版本发布之前只是提示。",
        en="Each requirement of the first priority that users meet is covered by a task, a question or a row of "
        "troubleshooting. A functional one is taken to be met by users; where it is not, write user_facing: false. Until its "
        "release is out this is a hint.",
    ),
    why=Words(
        zh="产品有、手册没有的功能，用户只能去问客服。",
        en="What the product does and no manual tells ends up as a question to customer service.",
    ),
    bad="tasks:\n  - id: TASK-BUY-205\n    covers: []\n",
    good="tasks:\n  - id: TASK-BUY-205\n    covers: [REQ-CHK-005]\n",
    severities=FROM_REVIEW,
    reasons=(
        Reason(
            "no-manual",
            Words(
                zh="{id}（{title}）优先级最高、用户能感知，手册里还没有说明它",
                en="{id} ({title}) has the first priority and users meet it, and no manual covers it",
            ),
            Words(
                zh="在说明它的任务、常见问题或故障排除里写 covers: [{id}]；用户看不见的需求写 user_facing: false",
                en="Write covers: [{id}] in the task, question or row that explains it; or user_facing: false, if users never see it",
            ),
        ),
    ),
)

ORPHAN = Rule(
    code="D7-T04",
    title=Words(zh="没有上下游的内容", en="Orphan"),
    what=Words(
        zh="功能说明书至少实现一条需求；每个用户画像、指标、埋点事件和测试用例都有人用到。",
        en="A specification implements a requirement, and personas, metrics, events and test cases are used by something.",
    ),
    why=Words(
        zh="没有来由的内容说不清为什么要做，也没有人会记得维护它。",
        en="What belongs to nothing cannot say why it is there, and nobody remembers to maintain it.",
    ),
    bad="personas:\n  - {id: P-3, name: 海外买家}\n# 没有用户故事或需求引用 P-3\n",
    good="user_stories:\n  - {id: STORY-CHK-008, persona: P-3}\n",
    severities=WARNS,
    reasons=(
        Reason(
            "orphan-document",
            Words(zh="{id} 没有实现任何需求", en="{id} implements no requirement"),
            Words(
                zh="在“{field}”里写上它实现的需求",
                en="Name the requirements it implements under “{field}”",
            ),
        ),
        Reason(
            "orphan-item",
            Words(zh="“{kind}”里的 {id} 没有被用到", en="{id} under “{kind}” is used by nothing"),
            Words(
                zh="在用到它的地方引用它；确实没有用就删掉",
                en="Refer to it where it is used, or delete it if it is not",
            ),
        ),
        Reason(
            "orphan-test",
            Words(
                zh="{id} 没有写明验证哪条需求、验收标准或错误码",
                en="{id} does not say which requirement, criterion or error code it verifies",
            ),
            Words(
                zh="写上它验证的需求、验收标准或错误码",
                en="Name the requirement, the criteria or the error codes it verifies",
            ),
        ),
        Reason(
            "orphan-metric",
            Words(
                zh="{id} 没有对应的目标，也没有埋点事件给它提供数据",
                en="{id} measures no goal and no event feeds it",
            ),
            Words(zh="写上它衡量的目标；不再看的指标就删掉", en="Name the goal it measures, or delete it"),
        ),
        Reason(
            "orphan-event",
            Words(
                zh="{id} 没有对应的指标，也没有规格上报它", en="{id} feeds no metric and no specification reports it"
            ),
            Words(
                zh="写上它服务的指标，或在功能说明书的关联埋点里引用它；不再需要就删掉",
                en="Name the metrics it feeds, or let a specification report it, or delete it",
            ),
        ),
    ),
)

GIVEN_UP = Rule(
    code="D7-T05",
    title=Words(zh="引用了已放弃的内容", en="Link to something given up"),
    what=Words(
        zh="不引用已放弃的需求，也不引用已弃用、已归档的文档和其中的条目。变更记录和会签里的不算。",
        en="Nothing refers to a dropped requirement, or to a deprecated or archived document or an item of one. Change histories "
        "and sign-offs may.",
    ),
    why=Words(
        zh="读者会照着已经作废的内容去做。",
        en="Readers would go by what no longer holds.",
    ),
    bad="implements: [REQ-CHK-011]   # 状态是 dropped\n",
    good="implements: [REQ-CHK-005]\n",
    severities=(Severity.WARNING, Severity.ERROR, Severity.ERROR),
    reasons=(
        Reason(
            "dropped",
            Words(
                zh="{id}（{title}）已经放弃，这里还在引用", en="{id} ({title}) is dropped and still referred to here"
            ),
            Words(zh="删掉这处引用，或改成代替它的编号", en="Remove the reference, or name what replaces it"),
        ),
        Reason(
            "retired",
            Words(
                zh="{id} 所在的 {document} 已经是“{status}”，这里还在引用",
                en="{id} stands in {document}, which is “{status}”, and is still referred to here",
            ),
            Words(zh="删掉这处引用，或改成代替它的编号", en="Remove the reference, or name what replaces it"),
        ),
    ),
)

SUSPECT = Rule(
    code="D7-T06",
    title=Words(zh="引用的内容在评审之后改过", en="Suspect link"),
    what=Words(
        zh="会签时记下了所引用内容的摘要；之后引用的内容变了，要重新看过并会签。",
        en="A sign-off records the digest of what the document refers to; when that changes, the link is looked at and signed again.",
    ),
    why=Words(
        zh="需求改了、规格和手册没跟上，是文档不准确最常见的原因。",
        en="A requirement that changed without its specification and manual is the commonest way for documents to be wrong.",
    ),
    bad="reviewers:\n  - role: tech\n    links: {REQ-CHK-004: '1:8c51e07fd2a3'}   # REQ-CHK-004 后来改过\n",
    good="reviewers:\n  - role: tech\n    links: {REQ-CHK-004: '1:0b7719d3c5ee'}\n",
    severities=(None, Severity.WARNING, Severity.WARNING),
    reasons=(
        Reason(
            "target-changed",
            Words(
                zh="{id}（{title}）在{role}会签（{date}）之后改过，{places} 引用了它",
                en="{id} ({title}) has changed since the sign-off by {role} ({date}); {places} refer to it",
            ),
            Words(
                zh="对照 {id} 的改动核对这些地方，改好后重新会签：pmdocs approve {document} --role {role_id} --by 编号",
                en="Compare with what changed in {id}, mend what is wrong, and sign again: "
                "pmdocs approve {document} --role {role_id} --by PERSON",
            ),
        ),
    ),
)

NO_TEST = Rule(
    code="D7-T07",
    title=Words(zh="没有测试用例", en="Nothing tests it"),
    what=Words(
        zh="有规格、用测试来验证的需求，每条验收标准至少有一个测试用例；每个错误码也是。目标版本发布之前只是提示。",
        en="Each criterion of a requirement that is specified and verified by test has a test case, and so has each error code. "
        "Until the release is out this is a hint.",
    ),
    why=Words(
        zh="没有用例的验收标准，谁也不知道它有没有做到。",
        en="Whether a criterion without a test case is met, nobody knows.",
    ),
    bad="test_cases:\n  - id: TC-CHK-031\n    requirement: REQ-CHK-005\n",
    good="test_cases:\n  - id: TC-CHK-031\n    requirement: REQ-CHK-005\n    criterion: [REQ-CHK-005.AC-1]\n",
    severities=(None, Severity.HINT, Severity.WARNING),
    reasons=(
        Reason(
            "criterion-untested",
            Words(zh="验收标准 {id} 没有测试用例", en="No test case verifies the criterion {id}"),
            Words(
                zh="在验证它的用例里写 criterion: [{id}]；不用测试验证的需求，改“验证方法”",
                en="Write criterion: [{id}] in the case that verifies it; or change how the requirement is verified, if not by test",
            ),
        ),
        Reason(
            "code-untested",
            Words(zh="错误码 {id} 没有测试用例", en="No test case provokes the error code {id}"),
            Words(zh="在触发它的用例里写 errors: [{id}]", en="Write errors: [{id}] in the case that provokes it"),
        ),
    ),
)

NO_TROUBLESHOOTING = Rule(
    code="D7-T08",
    title=Words(zh="错误码没有写进故障排除", en="Error code without troubleshooting"),
    what=Words(
        zh="用户能看到的每个错误码，手册的故障排除里都有一行；不让用户看到的写 user_visible: false。目标版本发布之前只是提示。"
        "手册里写了不存在的错误码，由 D7-T01 报告。",
        en="Each error code that users see has a row under troubleshooting in a manual; what they never see says "
        "user_visible: false. Until the release is out this is a hint. A row for a code that does not exist is told by D7-T01.",
    ),
    why=Words(
        zh="用户和客服拿着错误码来查，查不到就只能转给技术。",
        en="Users and agents look the code up; where it is missing, the question goes to engineering.",
    ),
    bad="exceptions:\n  - {code: CHK-4021, user_visible: true}\n# 没有一行故障排除写 CHK-4021\n",
    good="troubleshooting:\n  - {id: TS-3, error_code: CHK-4021}\n",
    severities=FROM_REVIEW,
    reasons=(
        Reason(
            "code-unexplained",
            Words(
                zh="用户能看到错误码 {id}（{title}），手册的故障排除里没有它",
                en="Users see the error code {id} ({title}), and no manual has a row of troubleshooting for it",
            ),
            Words(
                zh="在手册的“troubleshooting”里加一行 error_code: {id}",
                en="Add a row with error_code: {id} under “troubleshooting” of a manual",
            ),
        ),
    ),
)

CIRCLE = Rule(
    code="D7-T09",
    title=Words(zh="循环依赖", en="Circle of dependence"),
    what=Words(
        zh="需求的“依赖”和文档的“翻译自”不绕成一圈。",
        en="No requirement depends on itself through others, and no document is a translation of its own translation.",
    ),
    why=Words(
        zh="互相等待的需求排不出先后，也说不清以谁为准。",
        en="Things that wait for each other have no order, and none of them is the one that counts.",
    ),
    bad="requirements:\n  - {id: REQ-CHK-001, depends_on: [REQ-CHK-002]}\n  - {id: REQ-CHK-002, depends_on: [REQ-CHK-001]}\n",
    good="requirements:\n  - {id: REQ-CHK-001}\n  - {id: REQ-CHK-002, depends_on: [REQ-CHK-001]}\n",
    reasons=(
        Reason(
            "circle",
            Words(zh="循环依赖：{way}", en="Circle of dependence: {way}"),
            Words(zh="去掉其中一处依赖", en="Take one of these dependences away"),
        ),
    ),
)

TRACES = (
    NO_SPECIFICATION,
    NO_MANUAL,
    ORPHAN,
    GIVEN_UP,
    SUSPECT,
    NO_TEST,
    NO_TROUBLESHOOTING,
    CIRCLE,
)
