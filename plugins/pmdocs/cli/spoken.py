"""Commands that speak both languages: their help, and what click says of wrong use."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn, cast

import click
from rich.cells import cell_len

from pmdocs.diagnostics import Language, Words
from pmdocs.doctype import nearest
from pmdocs.options import LANGUAGES

_USAGE = Words("用法：", "Usage: ")
_OPTIONS = Words("选项", "Options")
_OPERANDS = Words("参数", "Arguments")
_COMMANDS = Words("命令", "Commands")
_HELP = Words("显示这份说明。", "Show this text.")
_VERSION = Words("显示版本。", "Show the version.")
_FOR_HELP = Words("用 {command} --help 查看说明。", "See {command} --help.")
_STOPPED = Words("已中止。", "Stopped.")


class Told(str):
    """Words in both languages that click may hold as one text."""

    words: Words

    def __new__(cls, zh: str, en: str) -> Told:
        """Make a text that shows both languages."""
        told = super().__new__(cls, f"{zh}\n{en}")
        told.words = Words(zh, en)
        return told


class Operand(click.Argument):
    """An argument with words that say what it is."""

    def __init__(self, declarations: Sequence[str], *, told: Words, **settings: Any) -> None:
        super().__init__(declarations, **settings)
        self.words = told


class SpokenOption(click.Option):
    """An option with words that say what it is for."""

    def __init__(self, declarations: Sequence[str], *, told: Words, **settings: Any) -> None:
        super().__init__(declarations, help=told.zh, **settings)
        self.words = told


class WrongUse(click.UsageError):
    """Wrong use, told in both languages until it is known which one is wanted."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")
        self.words = Words(zh, en)


class OneOf(click.Choice[str]):
    """A choice of words; a wrong one is told with the nearest right one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return `value` where it is one of the choices; WrongUse otherwise."""
        if value in self.choices:
            return str(value)
        close = nearest(str(value), self.choices)
        name = param.opts[0] if param else ""
        known = ", ".join(self.choices)
        raise WrongUse(
            f"{name} 没有 {value}；可以写 {known}" + (f"。是不是想写 {close}？" if close else ""),
            f"{name} knows no {value}; it takes {known}" + (f". Did you mean {close}?" if close else ""),
        )


class SpokenCommand(click.Command):
    """A command whose help is in both languages, or in that of `--language`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note the language that the arguments ask for, before `--help` or a mistake needs it."""
        ctx.meta.setdefault(_ASKED, language_asked(args))
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help."""
        spoken = cast(Sequence[Language], [ctx.meta[_ASKED]] if ctx.meta.get(_ASKED) else LANGUAGES)
        formatter.write("\n".join(_help_lines(self, ctx, spoken)) + "\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first line, for shells that complete."""
        return str(self.help or "").split("\n", 1)[0]


class SpokenGroup(SpokenCommand, click.Group):
    """A group of such commands; what click finds wrong is told in both languages."""

    command_class = SpokenCommand

    def main(self, *args: Any, standalone_mode: bool = True, **settings: Any) -> Any:
        """Run the command line; ends the process with the command's exit code, or 2 for wrong use."""
        if not standalone_mode:
            return self._run(*args, **settings)
        try:
            ended = self._run(*args, **settings)
        except click.ClickException as error:
            _tell(error)
            sys.exit(error.exit_code)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has seen enough
                sys.exit(1)
            click.echo("\n".join(_both(_world(error))), err=True)
            sys.exit(1)
        except click.Abort:
            click.echo(" ".join(_both(_STOPPED)), err=True)
            sys.exit(1)
        sys.exit(ended if isinstance(ended, int) else 0)

    def _run(self, *args: Any, **settings: Any) -> Any:
        run: Any = super().main
        return run(*args, standalone_mode=False, **settings)


_ASKED = "pmdocs.language"
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
"""click's sentence for what stands behind the last argument."""


def language_asked(args: Iterable[str]) -> Language | None:
    """Return the language that `--language` names among arguments, or None."""
    before = ""
    for each in args:
        value = each.partition("=")[2] if each.startswith("--language=") else each if before == "--language" else ""
        if value in LANGUAGES:
            return value
        before = each
    return None


def _help_lines(command: click.Command, ctx: click.Context, spoken: Sequence[Language]) -> Iterator[str]:
    def say(words: Words) -> str:
        return " · ".join(words.in_language(each).rstrip("：: ") for each in spoken)

    yield f"{say(_USAGE)}: {ctx.command_path} {' '.join(command.collect_usage_pieces(ctx))}"
    if isinstance(command.help, Told):
        for language in spoken:
            yield ""
            yield from (f"  {line}" for line in command.help.words.in_language(language).split("\n"))
    for title, rows in _sections(command, ctx):
        yield f"\n{say(title)}:"
        width = max(cell_len(name) for name, _ in rows) + 2
        for name, words in rows:
            first, *more = (words.in_language(language) for language in spoken)
            yield f"  {name}{' ' * (width - cell_len(name))}{first}"
            yield from (" " * (width + 2) + each for each in more)


def _sections(command: click.Command, ctx: click.Context) -> Iterator[tuple[Words, list[tuple[str, Words]]]]:
    operands = [(each.make_metavar(ctx), each.words) for each in command.params if isinstance(each, Operand)]
    if operands:
        yield _OPERANDS, operands
    options = [
        (record[0], option_words(each))
        for each in command.get_params(ctx)
        if (record := _record(each, ctx)) is not None
    ]
    yield _OPTIONS, options
    if isinstance(command, click.Group):
        yield _COMMANDS, [(name, _first_line(each)) for name, each in command.commands.items()]


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    return param.get_help_record(ctx) if isinstance(param, click.Option) else None


def option_words(option: click.Parameter) -> Words:
    """Return what an option is for, in both languages; click's own two are known by name."""
    if isinstance(option, SpokenOption):
        return option.words
    return _VERSION if "--version" in option.opts else _HELP


def _first_line(command: click.Command) -> Words:
    if not isinstance(command.help, Told):
        return Words("", "")
    return Words(command.help.words.zh.split("\n")[0], command.help.words.en.split("\n")[0])


def _world(error: OSError) -> Words:
    """Return what the system refused, and where."""
    where = error.filename or ""
    return Words(
        f"系统拒绝了对 {where} 的读写：{error.strerror}",
        f"The system refused to read or write {where}: {error.strerror}",
    )


def _tell(error: click.ClickException) -> None:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message)
        return
    asked = None
    lines = []
    if isinstance(error, click.UsageError) and error.ctx:
        asked = error.ctx.meta.get(_ASKED)
        command = error.ctx.command_path
        lines = _both(Words(_FOR_HELP.zh.format(command=command), _FOR_HELP.en.format(command=command)), asked)
    click.echo("\n".join([*_both(words_of(error), asked), *lines]), err=True)


def _both(words: Words, asked: Language | None = None) -> list[str]:
    return [words.in_language(asked)] if asked else [words.zh, words.en]


def words_of(error: click.ClickException) -> Words:
    """Return what is wrong, in both languages; click's own sentence where it says something unforeseen."""
    if isinstance(error, WrongUse):
        return error.words
    told = error.format_message()
    name = getattr(error, "option_name", None) or getattr(error, "command_name", None)
    close = nearest(str(name), getattr(error, "possibilities", None) or ()) if name else None
    hint = Words(f"；是不是想写 {close}？", f"; did you mean {close}?") if close else Words("", "")
    if isinstance(error, click.NoSuchOption):
        return Words(f"没有选项 {name}{hint.zh}", f"There is no option {name}{hint.en}")
    if getattr(error, "command_name", None):
        return Words(f"没有命令 {name}{hint.zh}", f"There is no command {name}{hint.en}")
    if isinstance(error, click.MissingParameter) and error.param:
        missing = error.param.opts[0] if isinstance(error.param, click.Option) else error.param.human_readable_name
        return Words(f"缺少 {missing}", f"{missing} is missing")
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Option) and _whole(error.param):
        return Words(
            f"{error.param.opts[0]} 要写 1 或更大的整数", f"{error.param.opts[0]} takes a whole number, 1 or more"
        )
    if extra := _EXTRA.match(told):
        return Words(f"多余的参数：{extra[1]}", f"Too many arguments: {extra[1]}")
    return Words(f"用法不对：{told}", told)


def _whole(option: click.Option) -> bool:
    return isinstance(option.type, click.IntRange) and option.type.min == 1


def fail(zh: str, en: str) -> NoReturn:
    """End the command with exit code 2 and these words."""
    raise WrongUse(zh, en)
