"""`pmdocs build`: every version of the documents, in one tree."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from pmdocs.cli.shared import Desk, desk_at, for_projects
from pmdocs.cli.spoken import SpokenCommand, SpokenOption, Told, fail
from pmdocs.diagnostics import Language, Words
from pmdocs.doctor.built import LARGE_SITE, LARGEST_SITE
from pmdocs.plugin.versions import build_version
from pmdocs.project import CONFIG_NAME
from pmdocs.publish import PublishError, Report, Wanted, Work, plan_of, publish
from pmdocs.report import as_text, printed
from pmdocs.repository import Repository, RepositoryError
from pmdocs.site import Site


class _Build(SpokenCommand):
    """The command that takes several versions after one `--only`, as people write them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give every version after the first an `--only` of its own."""
        spread: list[str] = []
        for each in args:
            follows = len(spread) > 1 and spread[-2] == "--only" and not each.startswith("-")
            spread += ["--only", each] if follows else [each]
        return super().parse_args(ctx, spread)


@click.command(
    "build",
    cls=_Build,
    help=Told(
        "构建全部版本：releases.yaml 里每个已发布的版本，加上正在写的内容（next），并排放进站点文件夹。\n"
        "有一个版本构建不了就全部停下，原来的站点保持不变。没有变化的版本用已有的结果。",
        "Build all versions: each released one of releases.yaml, and what is being written (next), side by side in the site's "
        "folder.\nWhere one cannot be built all stops, and the old site stays. What has not changed is taken from what is kept.",
    ),
)
@click.option(
    "--site-dir",
    cls=SpokenOption,
    metavar="DIR",
    type=click.Path(path_type=Path),
    told=Words(
        "站点放在哪里；不写就是 mkdocs.yml 的 site_dir，通常是 site。",
        "Where the site goes; left out, site_dir of mkdocs.yml, usually site.",
    ),
)
@click.option(
    "--only",
    cls=SpokenOption,
    metavar="VERSION",
    multiple=True,
    told=Words(
        "只构建这个版本，可以接着写几个；next 是正在写的内容。",
        "Build this version alone, or several in a row; next is what is being written.",
    ),
)
@click.option(
    "--no-cache",
    cls=SpokenOption,
    is_flag=True,
    told=Words("不用已有的结果，全部重新构建。", "Build everything anew."),
)
@click.option(
    "--jobs",
    cls=SpokenOption,
    metavar="N",
    type=click.IntRange(min=1),
    told=Words(
        "同时构建几个版本；不写就是处理器的个数。", "How many versions at once; left out, one for each processor."
    ),
)
@click.option(
    "--site-url",
    cls=SpokenOption,
    metavar="URL",
    told=Words(
        "站点发布后的网址；不写就是 mkdocs.yml 里的 site_url。",
        "The address at which the site will lie; left out, site_url of mkdocs.yml.",
    ),
)
@for_projects
def build(  # noqa: PLR0913  # the options of a command
    site_dir: Path | None,
    only: tuple[str, ...],
    no_cache: bool,
    jobs: int | None,
    site_url: str | None,
    folder: Path | None,
    language: Language | None,
) -> None:
    """Build, report sizes, and warn where the site outgrows its host."""
    desk = desk_at(folder, language)
    site = desk.site()
    place = (site_dir or desk.root / site.project.site_dir).absolute()
    if site_url:
        site = replace(site, project=replace(site.project, site_url=site_url))
    _refuse(place, site)
    if (not only or "next" in only) and site.errors:
        click.echo(printed(as_text(site.errors, desk.language, site.line), colour=sys.stdout.isatty()))
        desk.say("先改好这些错误再构建；站点没有变动。", "Mend these errors first; the site is as it was.")
        sys.exit(1)
    try:
        plan = plan_of(
            site, Repository.at(desk.root), Wanted(tuple(dict.fromkeys(only)), place, desk.language, CONFIG_NAME)
        )
        for notice in plan.notices:
            _tell(desk, notice)
        work = Work(jobs or os.cpu_count() or 1, no_cache, lambda words: _tell(desk, words))
        _report(desk, publish(plan, build_version, place, work), place)
    except (PublishError, RepositoryError) as error:
        click.echo(error.words.in_language(desk.language), err=True)
        desk.say("没有构建；站点没有变动。", "Nothing was built; the site is as it was.")
        sys.exit(1)


def _refuse(place: Path, site: Site) -> None:
    """Refuse a folder that holds something else: what stands there is replaced as a whole."""
    project, whole = site.project, place.resolve()
    own = (project.root, project.documents, project.docs, project.templates)
    inside = [each for each in own[1:] if whole.is_relative_to(each.resolve())]
    if inside or any(each.resolve().is_relative_to(whole) for each in own):
        fail(
            f"{place} 是项目自己的文件夹，站点会把它整个换掉；请用 --site-dir 指定另一个",
            f"{place} is a folder of the project itself, and the site would replace it; name another one with --site-dir",
        )
    if whole.exists() and (not whole.is_dir() or (any(whole.iterdir()) and not (whole / "index.html").is_file())):
        fail(
            f"{place} 里已有别的东西（没有 index.html，不是站点），站点会把它整个换掉；请用 --site-dir 指定另一个",
            f"{place} holds something else (no index.html, so no site), and the site would replace it; "
            "name another folder with --site-dir",
        )


def _tell(desk: Desk, words: Words) -> None:
    click.echo(words.in_language(desk.language), err=True)


def _report(desk: Desk, report: Report, place: Path) -> None:
    for name, told in report.warnings:
        _tell(desk, Words(f"{name}：MkDocs 提醒：{told}", f"{name}: MkDocs warns: {told}"))
    width = max(len(each.version) for each in report.sizes)
    for each in report.sizes:
        mark = Words("  ← 默认", "  ← default") if each.version == report.default else Words("", "")
        desk.say(
            f"{each.version:<{width}}  {each.pages:>5} 页  {_megabytes(each.size):>8}{mark.zh}",
            f"{each.version:<{width}}  {each.pages:>5} pages  {_megabytes(each.size):>8}{mark.en}",
        )
    whole = report.whole
    desk.say(
        f"站点在 {place}：{whole.files} 个文件，{_megabytes(whole.size)}",
        f"The site is in {place}: {whole.files} files, {_megabytes(whole.size)}",
    )
    if whole.size > LARGE_SITE:
        part = round(100 * whole.size / LARGEST_SITE)
        desk.say(
            f"提醒：GitHub Pages 的站点最多 1 GB，现在已有 {part}%；在 releases.yaml 里给最旧的版本写 skip: 原因，或把大图压缩",
            f"Note: GitHub Pages takes sites up to 1 GB, and this is {part}% of it; give the oldest versions skip: reason in "
            "releases.yaml, or make large pictures smaller",
        )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
