"""`pmdocs check`: everything that is wrong, in one run."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from pmdocs.checks import Suppressed
from pmdocs.cli.shared import as_of_option, desk_at, existing, for_projects, format_option, paths_argument
from pmdocs.cli.spoken import SpokenCommand, Told
from pmdocs.diagnostics import Diagnostic, Language, Words
from pmdocs.report import as_github, as_json, as_text, printed, suppressed_line
from pmdocs.site import Site


@click.command(
    "check",
    cls=SpokenCommand,
    help=Told(
        "检查全部文档；给出 PATH 时只报告这些文件和文件夹里的问题。\n退出码：0 没有错误，1 有错误，2 用法不对。",
        "Check all documents; with PATH report only what is wrong in those files and folders.\n"
        "Exit code: 0 without errors, 1 with errors, 2 for wrong use.",
    ),
)
@paths_argument(Words("文件或文件夹，可以写多个。", "Files or folders, as many as you like."))
@format_option(
    ["text", "json", "github"],
    Words("输出格式：给人看、给程序、GitHub 标注。", "The output: for people, for programs, or GitHub annotations."),
)
@as_of_option
@for_projects
def check(
    paths: tuple[Path, ...], form: str, as_of: date | None, folder: Path | None, language: Language | None
) -> None:
    """Print the findings; exits with 1 where one of them stops a build."""
    desk = desk_at(folder, language)
    site = desk.site(as_of)
    findings = within(paths, site)
    aside = within_suppressed(paths, site)
    if form == "json":
        click.echo(as_json(findings, desk.language, aside))
    elif form == "github":
        click.echo(as_github(findings, desk.language))
    else:
        click.echo(printed(as_text(findings, desk.language, site.line), colour=sys.stdout.isatty()))
        if aside:
            click.echo(suppressed_line(len(aside), desk.language))
    stopping = set(map(id, site.errors))
    sys.exit(1 if any(id(finding) in stopping for finding in findings) else 0)


def within_suppressed(paths: tuple[Path, ...], site: Site) -> list[Suppressed]:
    """Return the suppressed findings in the files and folders named, all of them where none is."""
    wanted, root = [existing(path) for path in paths], site.project.root.resolve()
    return [
        each
        for each in site.suppressed
        if not wanted or any((root / each.finding.location.file).is_relative_to(path) for path in wanted)
    ]


def within(paths: tuple[Path, ...], site: Site) -> list[Diagnostic]:
    """Return the findings in the files and folders named, all of them where none is; wrong use for what is not there."""
    wanted = [existing(path) for path in paths]
    if not wanted:
        return list(site.findings)
    root = site.project.root.resolve()
    return [each for each in site.findings if any((root / each.location.file).is_relative_to(path) for path in wanted)]
