"""D7-R01, R02, R03, R09, R11 and R12: requirements that can be verified, traced to a source, and measured."""

from __future__ import annotations

from pmdocs.diagnostics import Reason, Rule, Severity, Words

_H, _W, _E = Severity.HINT, Severity.WARNING, Severity.ERROR

NO_CRITERION = Rule(
    code="D7-R01",
    title=Words(zh="没有验收标准", en="No acceptance criterion"),
    what=Words(
        zh="每条需求至少有一条验收标准。",
        en="Every requirement has at least one acceptance criterion.",
    ),
    why=Words(
        zh="没有标准就没有人能说需求做完了没有。",
        en="Without one nobody can say whether the requirement is met.",
    ),
    bad="- id: REQ-CHK-008\n  statement: 当买家再次进入结算页时，结算服务应选中上一次的支付方式。\n",
    good="- id: REQ-CHK-008\n  statement: 当买家再次进入结算页时，结算服务应选中上一次的支付方式。\n  acceptance_criteria:\n    - {id: AC-1, given: 上一笔订单用银行卡支付成功, when: 买家打开结算页, then: 选中同一张银行卡}\n",
    severities=(_H, _W, _E),
    reasons=(
        Reason(
            "no-criterion",
            Words(zh="{parent} 没有“{field}”", en="{parent} has no “{field}”"),
            Words(zh="至少写一条：{help}", en="Add at least one: {help}"),
        ),
    ),
)

UNCLEAR_CRITERION = Rule(
    code="D7-R02",
    title=Words(zh="验收标准说不清", en="Unclear criterion"),
    what=Words(
        zh="验收标准写全“假设、当、则”，“则”写能看到或量出的结果，不只是“正常”“正确”“成功”。",
        en="A criterion has given, when and then, and its “then” is something to see or measure, not only “works” or “correctly”.",
    ),
    why=Words(
        zh="“显示正常”测试没法判断，换一个人测结果就不同。",
        en="“It works” cannot be judged: another tester will come to another result.",
    ),
    bad="then: 支付成功\n",
    good="then: 订单变为“已支付”，页面显示 10 位的订单编号\n",
    severities=(_H, _W, _E),
    reasons=(
        Reason(
            "missing-part",
            Words(zh="{parent} 没有写“{field}”", en="{parent} lacks “{field}”"),
            Words(zh="补上：{help}", en="Add it: {help}"),
        ),
        Reason(
            "nothing-to-see",
            Words(
                zh="“{text}”没有说能看到或量出什么",
                en="“{text}” does not say what can be seen or measured",
            ),
            Words(
                zh="写页面上出现的文字、状态的变化或一个数值，例如 订单变为“已支付”",
                en="Name the text that appears, the change of state or a number, such as: the order becomes “Paid”",
            ),
        ),
    ),
)

NO_EXCEPTION = Rule(
    code="D7-R03",
    title=Words(zh="最高优先级的需求缺异常标准", en="No criterion for exceptions"),
    what=Words(
        zh="最高优先级的需求至少有一条验收标准检验出错、拒绝或超限时的行为。字面上看不出来的，在那条标准里写 negative: true。",
        en="A requirement of the highest priority has at least one criterion for an error, a refusal or a limit. Where its words do not show it, the criterion says negative: true.",
    ),
    why=Words(
        zh="客服收到的问题多半出在异常情形，没有标准就没有人设计和测试。",
        en="Most calls to customer service are about exceptions, and without a criterion nobody designs or tests them.",
    ),
    bad="acceptance_criteria:\n  - {id: AC-1, given: 购物车里有 3 件商品, when: 买家点击“提交订单”, then: 页面显示订单编号}\n",
    good="acceptance_criteria:\n  - {id: AC-1, given: 购物车里有 3 件商品, when: 买家点击“提交订单”, then: 页面显示订单编号}\n  - {id: AC-2, given: 其中 1 件库存不足, when: 买家点击“提交订单”, then: 订单不生成，显示 CHK-4091 的提示}\n",
    severities=(None, _W, _W),
    reasons=(
        Reason(
            "no-exception",
            Words(
                zh="{parent} 的优先级是 {priority}，却没有一条验收标准检验出错、拒绝或超限的情形",
                en="{parent} has priority {priority}, but no criterion for an error, a refusal or a limit",
            ),
            Words(
                zh="加一条异常情形的标准；已有的字面上看不出来，就在那条里写 {key}: true",
                en="Add one; where an existing one does not look like it, write {key}: true in it",
            ),
        ),
    ),
)

NOT_MEASURED = Rule(
    code="D7-R09",
    title=Words(zh="没有量化", en="Not measured"),
    what=Words(
        zh="非功能需求和性能指标写明量什么、界限、单位和成立的条件；量的是耗时就写明分位。",
        en="Non-functional requirements and performance figures give quantity, limit, unit and condition; durations of a response give a percentile.",
    ),
    why=Words(
        zh="“响应要快”没法测；没有条件和分位的数字，换个网络、换种统计就是另一个结果。",
        en="“Fast” cannot be tested, and a number without condition and percentile changes with the network and the statistics.",
    ),
    bad="statement: 首页响应要快。\n",
    good="statement: 当用户打开店铺页时，客户端应在 2 秒内显示前 10 件商品。\nfit_metric: {quantity: 首屏显示时间, operator: at_most, value: 2, unit: s, percentile: P95, condition: 4G 网络，中端机型，按天统计}\n",
    severities=(_W, _E, _E),
    reasons=(
        Reason(
            "no-measure",
            Words(zh="{parent} 没有写“{field}”", en="{parent} lacks “{field}”"),
            Words(zh="补上数字、单位和条件：{help}", en="Add number, unit and condition: {help}"),
        ),
        Reason(
            "missing-part",
            Words(zh="{parent} 没有写“{field}”", en="{parent} lacks “{field}”"),
            Words(zh="补上：{help}", en="Add it: {help}"),
        ),
        Reason(
            "no-percentile",
            Words(
                zh="“{name}”量的是耗时，没有写分位",
                en="“{name}” is a duration and has no percentile",
            ),
            Words(
                zh="写明按哪个分位计算，例如 {key}: {example}",
                en="Say at which percentile it is judged, such as {key}: {example}",
            ),
        ),
    ),
)

NO_SOURCE = Rule(
    code="D7-R11",
    title=Words(zh="没有依据", en="No source"),
    what=Words(
        zh="P0 和 P1 的需求写明来源；依据里有百分比的，写明样本量或时间段。",
        en="Requirements of priority P0 and P1 name their source; evidence with a percentage gives its sample size or period.",
    ),
    why=Words(
        zh="没有来源的需求没法取舍；没有样本量的百分比没法判断可信不可信。",
        en="Without a source nobody can weigh a requirement, and without a sample size nobody can trust a percentage.",
    ),
    bad="- {id: EVD-CHK-009, kind: survey, statement: 71% 的受访者认为推荐与自己无关。}\n",
    good="- {id: EVD-CHK-009, kind: survey, statement: 71% 的受访者认为推荐与自己无关。, sample_size: 300, period: 2026-03-02 至 2026-03-15}\n",
    severities=(_H, _W, _E),
    reasons=(
        Reason(
            "no-source",
            Words(zh="{parent} 没有写“{field}”", en="{parent} names no “{field}”"),
            Words(zh="补上：{help}", en="Add it: {help}"),
        ),
        Reason(
            "no-sample",
            Words(
                zh="{parent} 里有百分比“{value}”，却没有样本量，也没有时间段",
                en="{parent} gives the percentage “{value}” without sample size or period",
            ),
            Words(
                zh="写明“{sample}”（{sample_key}）或“{time}”（{time_key}）",
                en="Give “{sample}” ({sample_key}) or “{time}” ({time_key})",
            ),
        ),
    ),
)

WEAK_METRIC = Rule(
    code="D7-R12",
    title=Words(zh="指标不完整", en="Incomplete metric"),
    what=Words(
        zh="每个指标写明基线、目标、衡量窗口和数据来源，目标与方向一致；至少有一个主要指标。",
        en="Every metric has a baseline, a target, a window and a data source, and its target lies in its direction; at least one metric is primary.",
    ),
    why=Words(
        zh="缺一样，上线之后就说不清做成了没有。",
        en="With any of them missing nobody can say after the launch whether it worked.",
    ),
    bad="- {id: M-1, name: 结算完成率, kind: primary, target: 42.0, unit: '%'}\n",
    good="- {id: M-1, name: 结算完成率, kind: primary, baseline: 33.0, target: 42.0, unit: '%', direction: increase, window: 全量发布后 60 天内，连续 28 天, source: GA4 漏斗报表}\n",
    severities=(_H, _W, _E),
    reasons=(
        Reason(
            "missing-part",
            Words(zh="指标 {parent} 没有写“{field}”", en="The metric {parent} lacks “{field}”"),
            Words(zh="补上：{help}", en="Add it: {help}"),
        ),
        Reason(
            "no-primary",
            Words(zh="“{field}”里没有一个是“{kind}”", en="None of the “{field}” is “{kind}”"),
            Words(
                zh="给决定成败的那个指标写 {key}: {value}",
                en="Write {key}: {value} for the one that decides success",
            ),
        ),
        Reason(
            "wrong-way",
            Words(
                zh="指标 {parent} 的方向是“{way}”，目标 {wanted} 却没有从基线 {start} 往那边走",
                en="The metric {parent} should “{way}”, but its target {wanted} does not lie that way from the baseline {start}",
            ),
            Words(zh="核对基线、目标和方向", en="Check baseline, target and direction"),
        ),
    ),
)
