"""What a team adds in its own `pm_templates/`: new types, fields and blocks, without a line of Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from sites import build, change, parsed, run, small_project

RUNBOOK = """\
type: runbook
extends: _document
label: {zh: 运维手册, en: Runbook}
short: {zh: 运维, en: Runbook}
help: {zh: 值班时照着做。, en: What to do on duty.}
id: {prefix: RUN}
sections:
  - {id: checks, label: {zh: 检查项, en: Checks}, fields: [checks]}
fields:
  checks:
    is: items
    item: duty_check
    label: {zh: 检查项, en: Checks}
    help: {zh: 逐项检查。, en: One by one.}
    id: {prefix: DUTY}
    titled_by: title
    fields:
      title: {is: text, label: {zh: 标题, en: Title}, help: {zh: 查什么。, en: What.}, required_from: draft}
      how: {is: markdown, label: {zh: 做法, en: How}, help: {zh: 怎么查。, en: How.}}
      follows:
        is: refs
        to: [duty_check]
        label: {zh: 之前先做, en: After}
        help: {zh: 先做哪一项。, en: What comes first.}
        inverse: {zh: 之后做, en: Before}
"""
DUTY = """\
id: RUN-OPS-001
title: 支付告警处理
product: try
version: "0.1.0"
status: draft
lang: zh-CN
owner: wang-fang
created_date: 2026-09-01
change_history:
  - {version: "0.1.0", date: 2026-09-01, author: wang-fang, summary: 起草}
checks:
  - {id: DUTY-OPS-001, title: 看支付成功率, how: 打开**监控**。}
  - {id: DUTY-OPS-002, title: 联系支付渠道, how: 先做 DUTY-OPS-001。, follows: [DUTY-OPS-001]}
"""
OWN_FIELDS = """\
type: prd
fields:
  background: {label: {zh: 我们的背景, en: Our background}, min_length: 5}
  budget: {is: text, label: {zh: 预算, en: Budget}, help: {zh: 多少钱。, en: How much.}}
"""
OWN_BLOCK = """\
{% extends "shipped/_document/page.html.j2" %}
{% block opening %}<p class="our-own">内部资料，请勿外传：{{ document.id }}</p>{% endblock %}
"""


def test_a_type_is_a_folder(tmp_path: Path) -> None:
    """A new folder gives pages, an index, linked ids and backlinks, and its documents are checked."""
    more = {"pm_templates/runbook/type.yaml": RUNBOOK, "data/runbook/RUN-OPS-001.yaml": DUTY}
    more["docs/duty.md"] = "# 值班\n\n先看 DUTY-OPS-001，见 [手册](runbook/RUN-OPS-001.md#DUTY-OPS-002)。\n"
    project = small_project(tmp_path, more=more)
    site = build(project, "--strict")
    page = parsed(site / "runbook/RUN-OPS-001/index.html")
    assert {"DUTY-OPS-001", "DUTY-OPS-002", "checks"} <= set(page.ids)
    assert "之后做" in page.text
    assert "运维手册" in parsed(site / "runbook/index.html").text
    assert "支付告警处理" in parsed(site / "documents/index.html").text
    links = [address for _, name, address in parsed(site / "duty/index.html").addresses if name == "href"]
    assert "../runbook/RUN-OPS-001/#DUTY-OPS-001" in links
    assert "../runbook/RUN-OPS-001/#DUTY-OPS-002" in links
    change(project / "data/runbook/RUN-OPS-001.yaml", "follows: [DUTY-OPS-001]", "follows: [DUTY-OPS-009]")
    ran = run("pmdocs", "check", within=project)
    assert ran.returncode == 0, "a draft's broken reference is a warning"
    assert "data/runbook/RUN-OPS-001.yaml:13:" in ran.stdout
    assert "D7-T01" in ran.stdout


@pytest.mark.parametrize("folder", ["prd", "_document"])
def test_a_team_overrides_one_block(tmp_path: Path, folder: str) -> None:
    """A template that extends the shipped one changes its block and keeps the rest."""
    project = small_project(tmp_path, more={f"pm_templates/{folder}/page.html.j2": OWN_BLOCK})
    text = parsed(build(project, "--strict") / "prd/PRD-TRY-001/index.html").text
    assert "内部资料，请勿外传：PRD-TRY-001" in text
    assert "第 1 份需求文档" in text
    assert "起草" in text


def test_a_team_overrides_a_field(tmp_path: Path) -> None:
    """A team's type.yaml of a shipped type changes the words of a field and adds one of its own; all others stay."""
    project = small_project(tmp_path, more={"pm_templates/prd/type.yaml": OWN_FIELDS})
    with (project / "data/prd/PRD-TRY-001.yaml").open("a", encoding="utf-8") as document:
        document.write("background: 一段背景，说明来龙去脉。\nbudget: 三万元\n")
    text = parsed(build(project, "--strict") / "prd/PRD-TRY-001/index.html").text
    for words in ("我们的背景", "一段背景，说明来龙去脉", "预算", "三万元", "起草"):
        assert words in text


@pytest.mark.parametrize(
    ("template", "line", "problem"),
    [
        (
            '{% extends "shipped/_document/page.html.j2" %}\n{% block opening %}\n{% if %}\n{% endblock %}\n',
            3,
            "Expected",
        ),
        (
            '{% extends "shipped/_document/page.html.j2" %}\n{% block opening %}\n\n{{ nothing.here }}{% endblock %}\n',
            4,
            "nothing",
        ),
        ('{% extends "shipped/_document/page.html.j2" %}\n{% block opening %}{{ 1 / 0 }}{% endblock %}\n', 2, "zero"),
        ('{% extends "shipped/prd/no.html.j2" %}\n', 1, "no.html.j2"),
        ('{% block opening %}{{ "".__class__.__mro__ }}{% endblock %}\n', 1, "unsafe"),
    ],
    ids=["syntax", "unknown name", "arithmetic", "unknown parent", "sandbox"],
)
def test_a_broken_template_is_a_finding(tmp_path: Path, template: str, line: int, problem: str) -> None:
    """A mistake in a team's template is told at its line, without a traceback, and leaves the old site alone."""
    project = small_project(tmp_path, more={"pm_templates/prd/page.html.j2": template, "site/old.html": "old"})
    ran = run("mkdocs", "build", within=project)
    assert ran.returncode != 0
    assert f"pm_templates/prd/page.html.j2:{line}:1: 错误 D7-S04 broken-template" in ran.stdout
    assert problem in ran.stdout
    assert "Traceback" not in ran.stdout
    assert [path.name for path in (project / "site").iterdir()] == ["old.html"]
