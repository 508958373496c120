"""`pmdocs completion`: commands, options, types and codes completed by the shell."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from pmdocs.cli.shared import for_projects
from pmdocs.cli.spoken import OneOf, Operand, SpokenCommand, Told
from pmdocs.diagnostics import Language, Words

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_PMDOCS_COMPLETE"


@click.command(
    "completion",
    cls=SpokenCommand,
    help=Told(
        '输出命令行补全的脚本。bash：把下面一行写进 ~/.bashrc\n  eval "$(pmdocs completion bash)"\n'
        "zsh 写进 ~/.zshrc，bash 换成 zsh；fish：pmdocs completion fish > ~/.config/fish/completions/pmdocs.fish",
        'Print the script that lets a shell complete. bash: put this line into ~/.bashrc\n  eval "$(pmdocs completion bash)"\n'
        "zsh: the same with zsh into ~/.zshrc; fish: pmdocs completion fish > ~/.config/fish/completions/pmdocs.fish",
    ),
)
@click.argument(
    "shell", cls=Operand, type=OneOf(SHELLS), metavar="bash|zsh|fish", told=Words("哪种命令行。", "Which shell.")
)
@for_projects
@click.pass_context
def completion(ctx: click.Context, shell: str, folder: Path | None, language: Language | None) -> None:
    """Print the script of a shell."""
    made = get_completion_class(shell)
    assert made is not None, shell
    root = ctx.find_root()
    click.echo(made(root.command, {}, "pmdocs", VARIABLE).source())
