"""`pmdocs new`: a new document of a type."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from pmdocs.cli.shared import Desk, desk_at, for_projects
from pmdocs.cli.spoken import Operand, SpokenCommand, SpokenOption, Told, fail
from pmdocs.diagnostics import Language, RefusedError, Words
from pmdocs.doctype import DocumentType, nearest
from pmdocs.edition import read_today
from pmdocs.project import find_root
from pmdocs.report import as_text, printed
from pmdocs.scaffold import Wish, new_document
from pmdocs.site import Site


def _types(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    root = find_root(Path.cwd())
    kinds = writable_types(read_today(root)) if root else {}
    return [CompletionItem(name, help=kind.label.zh) for name, kind in kinds.items() if name.startswith(incomplete)]


@click.command(
    "new",
    cls=SpokenCommand,
    help=Told(
        "新建一份文档：取下一个空闲的编号，写好带说明的草稿；不会覆盖已有的文件。\n"
        "例如：pmdocs new prd；pmdocs new prd CHK；pmdocs new user_manual BUY --title 退货与退款",
        "Begin a document: the next free id, and a draft with comments that explain it; no file is overwritten.\n"
        'Such as: pmdocs new prd; pmdocs new prd CHK; pmdocs new user_manual BUY --title "Returns"',
    ),
)
@click.argument(
    "kind",
    cls=Operand,
    metavar="TYPE",
    shell_complete=_types,
    told=Words("文档类型，例如 prd、feature_spec、user_manual。", "The type, such as prd, feature_spec, user_manual."),
)
@click.argument(
    "name",
    cls=Operand,
    metavar="[ID]",
    required=False,
    told=Words(
        "编号，或者编号中间的领域；不写就用这类文档最常用的领域。",
        "The id, or the area within it; left out, the area that most documents of the type have.",
    ),
)
@click.option("--title", cls=SpokenOption, metavar="TEXT", told=Words("标题。", "The title."))
@click.option(
    "--product",
    cls=SpokenOption,
    metavar="ID",
    told=Words("所属产品的编号；不写就是文档最多的产品。", "The product's id; left out, the one with most documents."),
)
@click.option(
    "--owner",
    cls=SpokenOption,
    metavar="ID",
    told=Words(
        "负责人的编号；不写就是这个产品最常见的负责人。", "The owner's id; left out, who owns most of the product's."
    ),
)
@for_projects
def new(  # noqa: PLR0913  # one parameter an option
    kind: str,
    name: str | None,
    title: str | None,
    product: str | None,
    owner: str | None,
    folder: Path | None,
    language: Language | None,
) -> None:
    """Write a new document and say where it lies."""
    desk = desk_at(folder, language)
    site = desk.site()
    wish = Wish(_type_named(site, kind), name, title, product, owner)
    try:
        document = new_document(site, wish, desk.language)
        document.write()
    except RefusedError as refused:
        _tell(desk, refused)
        sys.exit(1)
    path = site.project.relative(document.path)
    label = wish.kind.label.in_language(desk.language)
    desk.say(f"已新建{label} {path}", f"Began the {label[:1].lower() + label[1:]} {path}")
    desk.say("→ 打开它，按注释填写；然后运行 pmdocs check", "→ Open it and follow its comments; then run pmdocs check")


def writable_types(site: Site) -> dict[str, DocumentType]:
    """Return the types of documents that a writer may begin, by name."""
    return {name: kind for name, kind in site.library.types.items() if kind.shared is None}


def _type_named(site: Site, name: str) -> DocumentType:
    kinds = writable_types(site)
    if name not in kinds:
        _no_such_type(name, kinds)
    return kinds[name]


def _no_such_type(name: str, kinds: dict[str, DocumentType]) -> NoReturn:
    labels = {
        each: (kind.label.zh, kind.label.en, kind.short.zh, kind.short.en, str(kind.prefix))
        for each, kind in kinds.items()
    }
    close = nearest(name, kinds, labels)
    known = "、".join(f"{each}（{kind.label.zh}）" for each, kind in kinds.items())
    fail(
        f"没有类型 {name}。" + (f"是不是想写 {close}？" if close else "") + f"现有：{known}",
        f"There is no type {name}. " + (f"Did you mean {close}? " if close else "") + f"There are: {', '.join(kinds)}",
    )


def _tell(desk: Desk, refused: RefusedError) -> None:
    click.echo(refused.words.in_language(desk.language), err=True)
    if refused.findings:
        told = as_text(refused.findings, desk.language, lambda file, line: None)
        click.echo(printed(told, colour=sys.stderr.isatty()), err=True)
