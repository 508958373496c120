"""`pmdocs diff`: what changed between two versions."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pmdocs.cli.shared import desk_at, for_projects, format_option, working
from pmdocs.cli.spoken import OneOf, Operand, SpokenCommand, SpokenOption, Told, fail
from pmdocs.diagnostics import Language, Words
from pmdocs.diff import changes
from pmdocs.diff.data import AUDIENCES, Audience, as_data, concerning
from pmdocs.diff.text import as_markdown, as_text
from pmdocs.past import PastError
from pmdocs.sides import library_named
from pmdocs.versions import NEXT

_SIDE = Words(
    "版本号、标签、分支或提交；next 或 . 是正在写的内容。",
    "A version, tag, branch or commit; next or . is what is being written.",
)


@click.command(
    "diff",
    cls=SpokenCommand,
    help=Told(
        "比较两个版本：哪些文档、条目和字段新增、删除、改编号、移动或改动，哪些链接增减；不比较排版。\n"
        "不写 NEW 就和正在写的内容比。"
        "退出码：0 正常，不论有没有改动；2 用法不对，例如没有这个版本。",
        "Compare two versions: which documents, items and fields were added, removed, renamed, moved or changed, and which links "
        "were gained or lost; layout does not count. Without NEW, compare with what is being written.\n"
        "Exit code: 0, whether anything changed or not; 2 for wrong use, such as a version that does not exist.",
    ),
)
@click.argument("old", cls=Operand, metavar="OLD", told=_SIDE)
@click.argument("new", cls=Operand, metavar="[NEW]", default=NEXT, required=False, told=_SIDE)
@format_option(
    ["text", "json", "markdown"],
    Words("输出格式：给人看、给程序、Markdown。", "The output: for people, for programs, or Markdown."),
)
@click.option(
    "--audience",
    cls=SpokenOption,
    type=OneOf(AUDIENCES),
    metavar="team|customer_service|user",
    told=Words("只列出与谁有关的改动：团队、客服或用户。", "Only what concerns the team, customer service or users."),
)
@for_projects
def diff(  # noqa: PLR0913  # the options of a command
    old: str,
    new: str,
    form: str,
    audience: Audience | None,
    folder: Path | None,
    language: Language | None,
) -> None:
    """Print the difference; wrong use for a side that leads nowhere."""
    desk = desk_at(folder, language)
    site = desk.site()
    try:
        with working(Words("正在比较", "Comparing"), desk.language):
            sides = [library_named(name, site.project, site.library) for name in (old, new)]
    except PastError as error:
        fail(error.words.zh, error.words.en)
    found = changes(sides[0], sides[1])
    found = concerning(found, audience) if audience else found
    if form == "json":
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    else:
        click.echo((as_markdown if form == "markdown" else as_text)(found, desk.language), nl=False)
