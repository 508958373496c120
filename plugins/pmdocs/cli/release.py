"""`pmdocs release`: one more version of the documents."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from pmdocs.cli.shared import Day, Desk, desk_at, for_projects, working
from pmdocs.cli.spoken import Operand, SpokenCommand, SpokenOption, Told, fail
from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import SHANGHAI
from pmdocs.release import Release, ReleaseError, Wish, add_release
from pmdocs.report import as_text, printed


@click.command(
    "release",
    cls=SpokenCommand,
    help=Told(
        "发布一个版本：先检查，没有错误才写进 releases.yaml，再说接下来做什么。\n"
        "在 git 仓库里记下要打的标签；用 --snapshot，或不在仓库里，就把现在的文档复制成快照。",
        "Release a version: where the check finds no errors, it is added to releases.yaml, and what comes next is told.\n"
        "In a git repository a tag to be made is noted; with --snapshot, or outside one, the documents are copied as they are.",
    ),
)
@click.argument(
    "version", cls=Operand, metavar="VERSION", told=Words("版本号，例如 1.3。", "The version, such as 1.3.")
)
@click.option("--title", cls=SpokenOption, metavar="TEXT", told=Words("版本的名称。", "What it is called."))
@click.option(
    "--date",
    "day",
    cls=SpokenOption,
    type=Day(),
    metavar="DATE",
    told=Words("发布日期；不写就是今天。", "The day of its release; left out, today."),
)
@click.option(
    "--ref",
    cls=SpokenOption,
    metavar="REF",
    told=Words(
        "文档在哪个标签、分支或提交；不写就是标签 v版本号。",
        "The tag, branch or commit of its documents; left out, the tag vVERSION.",
    ),
)
@click.option(
    "--snapshot",
    cls=SpokenOption,
    is_flag=True,
    told=Words(
        "不用标签，把现在的文档复制到 data/_releases/版本号。",
        "No tag: copy the documents into data/_releases/VERSION.",
    ),
)
@for_projects
def release(  # noqa: PLR0913  # the options of a command
    version: str,
    title: str | None,
    day: date | None,
    ref: str | None,
    snapshot: bool,
    folder: Path | None,
    language: Language | None,
) -> None:
    """Add the release and say what comes next; exits with 1 where something stands in the way."""
    if ref and snapshot:
        fail("--ref 和 --snapshot 只能选一个", "Choose one of --ref and --snapshot")
    desk = desk_at(folder, language)
    today = datetime.now(SHANGHAI).date()
    try:
        with working(Words("正在检查", "Checking"), desk.language):
            added = add_release(desk.root, Wish(version, title, day, ref, snapshot), today)
    except ReleaseError as error:
        if error.site and error.findings:
            told = as_text(error.findings, desk.language, error.site.line)
            click.echo(printed(told, colour=sys.stdout.isatty()))
        click.echo(error.words.in_language(desk.language), err=True)
        sys.exit(1)
    _tell(desk, version, added)


def _tell(desk: Desk, version: str, added: Release) -> None:
    listed = added.list.relative_to(desk.root).as_posix()
    commit = Words(f'git commit -m "发布 {version}"', f'git commit -m "Release {version}"').in_language(desk.language)
    if added.folder:
        folder = added.folder.relative_to(desk.root).as_posix()
        desk.say(
            f"版本 {version} 已写进 {listed}，文档已复制到 {folder}/。",
            f"Version {version} is in {listed}, and its documents are copied to {folder}/.",
        )
        steps = [f"git add {listed} {folder}", commit, "git push"]
    else:
        desk.say(
            f"版本 {version} 已写进 {listed}（ref: {added.ref}）。",
            f"Version {version} is in {listed} (ref: {added.ref}).",
        )
        tag = [] if added.is_tagged else [f"git tag {added.ref}"]
        steps = [
            f"git add {listed}",
            commit,
            *tag,
            " ".join(["git push --atomic origin HEAD", *(str(added.ref) for _ in tag)]),
        ]
    desk.say("→ 接下来：", "→ Next:")
    for step in steps:
        click.echo(f"  {step}")
