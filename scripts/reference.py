"""Writes the reference of the commands from the commands themselves: docs/reference/commands.md and its English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pmdocs.cli import main as pmdocs
from pmdocs.cli.spoken import Operand, Told, option_words
from pmdocs.diagnostics import Language, Words

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
PAGES: dict[Language, str] = {"zh": "commands.md", "en": "commands.en.md"}
TITLE = Words("命令", "Commands")
LEAD = Words(
    "每个命令都有 `--help`，中英文都有；`--language zh` 或 `--language en` 只显示一种。不在终端里运行时输出没有颜色和进度。",
    "Every command has `--help` in both languages; `--language zh` or `--language en` shows one alone. Outside a terminal "
    "the output has neither colours nor progress.",
)
MADE = "<!-- {} -->"
MADE_BY = Words("由 make reference 生成，不要手改。", "Made by make reference; do not edit.")
PART = Words("写法", "What to type")
USE = Words("作用", "What it does")


def page(language: Language) -> str:
    """Return the whole page in one language."""
    say = MADE_BY.in_language(language)
    lines = [f"# {TITLE.in_language(language)}", "", MADE.format(say), "", LEAD.in_language(language), ""]
    for name, command in commands_of(pmdocs):
        lines += [*_section(name, command, language), ""]
    return "\n".join(lines).rstrip() + "\n"


def commands_of(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something with its name, those of groups within too."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _section(name: str, command: click.Command, language: Language) -> Iterator[str]:
    ctx = click.Context(command, info_name=f"pmdocs {name}")
    yield f"## pmdocs {name}"
    yield ""
    yield "```text"
    yield f"pmdocs {name} {' '.join(command.collect_usage_pieces(ctx))}"
    yield "```"
    yield ""
    assert isinstance(command.help, Told), name
    yield "<br>\n".join(command.help.words.in_language(language).split("\n"))
    yield ""
    yield f"| {PART.in_language(language)} | {USE.in_language(language)} |"
    yield "|---|---|"
    for part, words in _parts(command, ctx, "、" if language == "zh" else ", "):
        yield f"| {part} | {words.in_language(language)} |"


def _parts(command: click.Command, ctx: click.Context, joint: str) -> Iterator[tuple[str, Words]]:
    for each in command.params:
        if isinstance(each, Operand):
            yield joint.join(f"`{value}`" for value in each.make_metavar(ctx).split("|")), each.words
    for each in command.params:
        if isinstance(each, click.Option):
            values = [""] if each.is_flag else [f" {value}" for value in each.make_metavar(ctx).split("|")]
            yield joint.join(f"`{each.opts[0]}{value}`" for value in values), option_words(each)


def main() -> None:
    """Write both pages."""
    for language, name in PAGES.items():
        (FOLDER / name).write_text(page(language), "utf-8")


if __name__ == "__main__":
    main()
