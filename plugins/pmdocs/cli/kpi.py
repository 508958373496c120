"""`pmdocs kpi`: the on-time rate and the accuracy rate."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from pmdocs.cli.shared import Desk, as_of_option, desk_at, for_projects, format_option
from pmdocs.cli.spoken import OneOf, SpokenCommand, SpokenOption, Told, fail
from pmdocs.diagnostics import Language, Words
from pmdocs.kpi import PARTS, Period, Tally, period_of
from pmdocs.kpi.report import as_text, rates_of
from pmdocs.proof import ProofError, proof_of
from pmdocs.repository import RepositoryError
from pmdocs.site import Site


@click.command(
    "kpi",
    cls=SpokenCommand,
    help=Told(
        "计算按时完成率和客服反馈的准确率：分子、分母、目标、是否达标，以及每份文档为什么计入或不计入。\n"
        "退出码：0 正常；用了 --gate 时，有比率低于目标为 1；2 用法不对。",
        "Count the on-time rate and the accuracy rate: numerator, denominator, target, whether it is met, and for each "
        "document why it counts or not.\nExit code: 0; with --gate 1 where a rate is below its target; 2 for wrong use.",
    ),
)
@click.option(
    "--period",
    "names",
    cls=SpokenOption,
    multiple=True,
    metavar="PERIOD",
    told=Words(
        "周期：2026、2026-H1、2026-Q2、2026-05 或 rolling-90d，可以写多个；不写就是当年。",
        "2026, 2026-H1, 2026-Q2, 2026-05 or rolling-90d, as many as you like; left out, the year of the day.",
    ),
)
@click.option(
    "--by",
    cls=SpokenOption,
    type=OneOf(PARTS),
    metavar="product|owner|type",
    told=Words("按产品、负责人或文档类型分开计算。", "Count for each product, owner or document type apart."),
)
@click.option(
    "--gate",
    cls=SpokenOption,
    is_flag=True,
    told=Words("有比率低于目标时以 1 退出。", "Exit with 1 where a rate is below its target."),
)
@format_option(["text", "json"], Words("输出格式：给人看或给程序。", "The output: for people or for programs."))
@as_of_option
@for_projects
def kpi(  # noqa: PLR0913  # a command is its options
    names: tuple[str, ...],
    by: str | None,
    gate: bool,
    form: str,
    as_of: date | None,
    folder: Path | None,
    language: Language | None,
) -> None:
    """Print the two rates; with `gate` exits with 1 where one is below its target."""
    desk = desk_at(folder, language)
    site = desk.site(as_of)
    periods = _periods(names, site.as_of)
    tally = _tally(site)
    asked = [(period, part) for period in periods for part in (tally.parts(by) if by else (None,))]
    figures = [rate.figure for rate in rates_of(tally, asked)]
    if form == "json":
        click.echo(json.dumps([each.as_json() for each in figures], ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(tally, asked, desk.language))
    _doubt(desk, site)
    sys.exit(1 if gate and any(each.state == "fail" for each in figures) else 0)


def _periods(names: tuple[str, ...], as_of: date) -> list[Period]:
    """Return the periods that were asked for; wrong use for what is none."""
    found = {name: period_of(name, as_of) for name in names or (str(as_of.year),)}
    for name, period in found.items():
        if period is None:
            fail(
                f"{name} 不是周期；可以写 2026、2026-H1、2026-Q2、2026-05 或 rolling-90d",
                f"{name} is no period; write 2026, 2026-H1, 2026-Q2, 2026-05 or rolling-90d",
            )
    return [period for period in found.values() if period]


def _tally(site: Site) -> Tally:
    """Return what the project's figures are counted from: all its documents, whoever may read the site."""
    library = site.library
    proof = None
    if library.standards.rates.trust == "git":
        try:
            proof = proof_of(site.project.documents, library.standards)
        except (ProofError, RepositoryError) as error:
            fail(error.words.zh, error.words.en)
    return Tally(library.documents, library.feedback, library.standards, site.as_of, proof)


def _doubt(desk: Desk, site: Site) -> None:
    """Say that documents have errors, so that figures may be wrong."""
    if site.errors:
        words = Words(
            f"文档里有 {len(site.errors)} 个错误，数字可能不准；先运行 pmdocs check",
            f"The documents have {len(site.errors)} errors, so the figures may be wrong; run pmdocs check first",
        )
        click.echo(words.in_language(desk.language), err=True)
