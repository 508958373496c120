"""`pmdocs trace`: from evidence to manual, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from pmdocs.cli.shared import as_of_option, desk_at, for_projects, format_option
from pmdocs.cli.spoken import Operand, SpokenCommand, Told, fail
from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import nearest
from pmdocs.library import Library, Target
from pmdocs.trace import MARK, Trace, as_text, matrix_csv, matrix_of, way_csv, way_text


@click.command(
    "trace",
    cls=SpokenCommand,
    help=Told(
        "需求从哪里来、由哪些规格、测试和手册接住。不写 ID 时列出各产品的覆盖、缺口和全部需求；写了 ID 时列出它的来源和去向。\n"
        "退出码：0 正常，有缺口也是 0；2 用法不对，例如编号不存在。",
        "Where requirements come from, and which specifications, tests and manuals take them up. Without ID the figures, "
        "gaps and requirements of each product; with ID what it comes from and leads to.\n"
        "Exit code: 0, also where there are gaps; 2 for wrong use, such as an id that does not exist.",
    ),
)
@click.argument(
    "name",
    required=False,
    cls=Operand,
    metavar="[ID]",
    told=Words(
        "文档或条目的编号，例如 REQ-CHK-005、CHK-4021、PRD-CHK-001。",
        "The id of a document or item, such as REQ-CHK-005, CHK-4021 or PRD-CHK-001.",
    ),
)
@format_option(
    ["text", "csv"], Words("输出格式：给人看，或给表格软件。", "The output: for people, or for spreadsheets.")
)
@as_of_option
@for_projects
def trace(name: str | None, form: str, as_of: date | None, folder: Path | None, language: Language | None) -> None:
    """Print the matrix, or the way of one thing."""
    desk = desk_at(folder, language)
    site = desk.site(as_of)
    chain = Trace(replace(site.library, audience=None), site.as_of)  # the writer's own desk: nothing is withheld
    speech = desk.language
    if name is None:
        matrix = matrix_of(chain)
        told = as_text(chain, matrix, speech) if form == "text" else matrix_csv(matrix.lines, speech, end="\n")
    else:
        target = _found(chain.library, name)
        told = (
            way_text(chain, matrix_of(chain), target, speech)
            if form == "text"
            else way_csv(chain, target, speech, end="\n")
        )
    click.echo(_marked(told) if form == "csv" else told, nl=form == "text")


def _found(library: Library, name: str) -> Target:
    """Return what a name on the command line stands for; wrong use where it stands for nothing."""
    target = library.find(name) or library.find(name.upper())
    if target is None:
        close = nearest(name, [*_ids(library)])
        fail(
            f"没有编号 {name}" + (f"；是不是想写 {close}？" if close else "；用 pmdocs trace 列出全部需求"),
            f"There is no id {name}"
            + (f"; did you mean {close}?" if close else "; pmdocs trace lists all requirements"),
        )
    return target


def _ids(library: Library) -> Iterable[str]:
    for document in library.documents:
        yield document.id
        yield from (item.address for item in document.items)


def _marked(told: str) -> str:
    """Return CSV with the mark that lets spreadsheets read a file as UTF-8; a terminal needs none."""
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")
    return MARK + told if is_utf8 and not sys.stdout.isatty() else told
