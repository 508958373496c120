"""`pmdocs summary`: what a change means for the documents, for those who review it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pmdocs.cli.shared import as_of_option, desk_at, for_projects
from pmdocs.cli.spoken import SpokenCommand, SpokenOption, Told, fail
from pmdocs.diagnostics import Language, Words
from pmdocs.past import PastError, library_at
from pmdocs.repository import Repository
from pmdocs.summary import Change, as_markdown_summary


@click.command(
    "summary",
    cls=SpokenCommand,
    help=Told(
        "用 Markdown 概括一次改动：检查结果、改了什么、哪些会签因此过期、两个比率。给拉取请求用。",
        "Sum up a change as Markdown: findings, what changed, which approvals no longer count, the two rates. "
        "For pull requests.",
    ),
)
@click.option(
    "--since",
    cls=SpokenOption,
    default="HEAD",
    metavar="REF",
    told=Words("和哪个标签、分支或提交比较。", "The tag, branch or commit to compare with."),
)
@as_of_option
@for_projects
def summarize(since: str, as_of: date | None, folder: Path | None, language: Language | None) -> None:
    """Print the summary of what changed since a commit; wrong use outside a repository."""
    desk = desk_at(folder, language)
    site = desk.site(as_of)
    repository = Repository.at(desk.root)
    if repository is None:
        fail(
            f"{desk.root} 不在 git 仓库里，没有可以比较的过去",
            f"{desk.root} is in no git repository, so there is no past to compare with",
        )
    try:
        before = library_at(repository, since, desk.root)
    except PastError as error:
        fail(error.words.zh, error.words.en)
    change = Change(site.findings, before, site.library, site.as_of, since)
    click.echo(as_markdown_summary(change, desk.language), nl=False)
