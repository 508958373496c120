"""`pmdocs review`: what is to be reviewed in a document, and what changed since it was approved."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from pmdocs.approval import as_text, found_document, found_role, past_in, review_of
from pmdocs.cli.shared import desk_at, for_projects
from pmdocs.cli.spoken import Operand, SpokenCommand, SpokenOption, Told
from pmdocs.diagnostics import Language, RefusedError, Words
from pmdocs.signoff import states_of


@click.command(
    "review",
    cls=SpokenCommand,
    help=Told(
        "一份文档要评审什么：第一次评审列出全部内容；会签过的，从 git 里找出会签时的内容，列出之后的每一处改动。\n"
        "例如：pmdocs review PRD-CHK-001；pmdocs review PRD-CHK-001 --role tech",
        "What is to be reviewed in a document: all of it the first time; where it was signed before, every change since, "
        "with what was signed taken from git.\n"
        "Such as: pmdocs review PRD-CHK-001; pmdocs review PRD-CHK-001 --role tech",
    ),
)
@click.argument("name", cls=Operand, metavar="ID", told=Words("文档编号。", "The document's id."))
@click.option(
    "--role",
    cls=SpokenOption,
    metavar="ROLE",
    told=Words("只看这个角色；不写就是全部角色。", "This role alone; left out, all roles."),
)
@for_projects
def review(name: str, role: str | None, folder: Path | None, language: Language | None) -> None:
    """Print what each role is to review."""
    desk = desk_at(folder, language)
    library = desk.site().library
    try:
        document = found_document(library, name)
        wanted = [found_role(library, role)] if role else []
    except RefusedError as refused:
        click.echo(refused.words.in_language(desk.language), err=True)
        sys.exit(1)
    roles = wanted or list(dict.fromkeys(each.role for each in states_of(document, library)))
    past = partial(past_in, desk.root, document)
    reviews = [review_of(document, library, each, past) for each in roles]
    click.echo(as_text(document, library, reviews, desk.language))
