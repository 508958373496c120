"""`pmdocs init`: a small complete project."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from pmdocs import __version__
from pmdocs.cli.shared import language_option
from pmdocs.cli.spoken import Operand, SpokenCommand, SpokenOption, Told, fail
from pmdocs.diagnostics import Language, RefusedError, Words
from pmdocs.doctype import SHANGHAI
from pmdocs.edition import read_today
from pmdocs.editor import write_schemas, write_settings
from pmdocs.options import LANGUAGES
from pmdocs.scaffold import Beginning, Begun, begin_project

_ASK_LANGUAGE = "文档的语言 · Language of the documents"
_ASK_PRODUCT = Words("产品名称", "Name of the product")
_UNNAMED = Words("我们的产品", "Our product")


@click.command(
    "init",
    cls=SpokenCommand,
    help=Told(
        "新建一个项目：配置、共用文件、每种文档一份草稿、编辑器设置和发布用的工作流，马上就能生成网站。\n"
        "只问产品名称和语言；都写在选项里就不问。",
        "Begin a project: configuration, shared files, a draft of each type, the editor's settings and a workflow that "
        "publishes; it builds at once.\nAsks for the product's name and the language alone, and for nothing that options tell.",
    ),
)
@click.argument(
    "where",
    cls=Operand,
    metavar="[DIR]",
    required=False,
    type=click.Path(path_type=Path),
    told=Words("新项目的文件夹，默认是当前文件夹。", "The folder of the new project; left out, the current one."),
)
@click.option(
    "--project",
    "folder",
    cls=SpokenOption,
    metavar="DIR",
    type=click.Path(path_type=Path),
    told=Words("与 DIR 相同。", "The same as DIR."),
)
@click.option("--product", cls=SpokenOption, metavar="NAME", told=Words("产品名称。", "The product's name."))
@language_option(Words("文档和信息的语言。", "The language of the documents and of messages."))
def init(where: Path | None, folder: Path | None, product: str | None, language: Language | None) -> None:
    """Ask for what no option tells, write the project and say what comes next."""
    target = (where or folder or Path()).resolve()
    if target.is_file():
        fail(f"{target} 是文件，不是文件夹", f"{target} is a file, not a folder")
    asks = sys.stdin.isatty() and sys.stdout.isatty()
    if language is None:
        answer = click.prompt(_ASK_LANGUAGE, type=click.Choice(LANGUAGES), default="zh") if asks else "zh"
        language = answer
    if product is None:
        unnamed = _UNNAMED.in_language(language)
        product = click.prompt(_ASK_PRODUCT.in_language(language), default=unnamed) if asks else unnamed
    beginning = Beginning(" ".join(product.split()) or _UNNAMED.in_language(language), language, __version__)
    try:
        begun = begin_project(target, beginning, datetime.now(SHANGHAI).date())
    except RefusedError as refused:
        click.echo(refused.words.in_language(language), err=True)
        sys.exit(1)
    site = read_today(target)
    write_schemas(site, language)
    write_settings(site)
    click.echo(_told(target, begun).in_language(language))


def _told(target: Path, begun: Begun) -> Words:
    step = "" if target == Path.cwd() else f"cd {target}\n  "
    count, kept = len(begun.written), [path.relative_to(target).as_posix() for path in begun.kept]
    left = (
        Words(f"已有的没有改动：{'、'.join(kept)}。\n", f"Left as they are: {', '.join(kept)}.\n")
        if kept
        else Words("", "")
    )
    return Words(
        f"已在 {target} 写好 {count} 个文件。\n{left.zh}→ 接下来：\n  {step}mkdocs serve      边写边看\n"
        f"  pmdocs check      检查全部文档\n"
        f"  pmdocs new prd    新建一份需求文档",
        f"Wrote {count} files into {target}.\n{left.en}→ Next:\n  {step}mkdocs serve      see the site while you write\n"
        f"  pmdocs check      check all documents\n  pmdocs new prd    begin another document",
    )
