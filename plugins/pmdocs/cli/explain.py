"""`pmdocs explain`: the manual of a rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from pmdocs.cli.shared import for_projects, language_here
from pmdocs.cli.spoken import Operand, SpokenCommand, Told, fail
from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import nearest
from pmdocs.explain import explain
from pmdocs.rules import BY_CODE


def _codes(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[Any]:
    return [
        CompletionItem(code, help=rule.title.zh)
        for code, rule in BY_CODE.items()
        if code.startswith(incomplete.upper())
    ]


@click.command(
    "explain",
    cls=SpokenCommand,
    help=Told("说明一条规则：要求什么，为什么，怎么改。", "Explain a rule: what it asks, why, and how to keep it."),
)
@click.argument(
    "code",
    cls=Operand,
    shell_complete=_codes,
    told=Words("规则的代码，例如 D7-S04。", "The rule's code, such as D7-S04."),
)
@for_projects
def explain_code(code: str, folder: Path | None, language: Language | None) -> None:
    """Print the manual of a rule."""
    rule = BY_CODE.get(code.upper())
    if rule is None:
        close = nearest(code.upper(), BY_CODE)
        known = "、".join(BY_CODE)
        fail(
            f"没有规则 {code}" + (f"；是不是想写 {close}？" if close else "") + f"；现有：{known}",
            f"There is no rule {code}" + (f"; did you mean {close}?" if close else "") + f"; there are: {known}",
        )
    click.echo(explain(rule, language_here(folder, language)))
