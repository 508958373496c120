"""What all commands share: their options, where the project is, and that long work shows that it goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pmdocs.cli.spoken import OneOf, Operand, SpokenOption, fail
from pmdocs.diagnostics import Language, Words
from pmdocs.edition import read_today
from pmdocs.options import LANGUAGES
from pmdocs.project import CONFIG_NAME, find_root, read_project
from pmdocs.site import Site

PATIENCE = 1.0
"""Seconds after which work shows that it goes on."""
Command = TypeVar("Command", bound=Callable[..., Any])


class Folder(click.Path):
    """A folder that is there."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; wrong use where no folder is there."""
        path = Path(value)
        if not path.is_dir():
            fail(f"没有文件夹 {value}", f"There is no folder {value}")
        return path


class Day(click.ParamType[date]):
    """A day, written 2026-09-18."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; wrong use for anything else."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            fail(f"{value} 不是日期，要写成 2026-09-18", f"{value} is no date; write it as 2026-09-18")


def for_projects(command: Command) -> Command:
    """Give a command the options that all commands have."""
    project = click.option(
        "--project",
        "folder",
        cls=SpokenOption,
        type=Folder(),
        metavar="DIR",
        told=Words(
            "项目文件夹；不写就从当前文件夹往上找 mkdocs.yml。",
            "The project's folder; left out, the nearest with a mkdocs.yml.",
        ),
    )
    return project(
        language_option(
            Words("信息的语言；不写就是站点的第一种语言。", "The language of messages; left out, the site's first.")
        )(command)
    )


def language_option(told: Words) -> Callable[[Command], Command]:
    """Return the option that chooses a language."""
    return click.option("--language", cls=SpokenOption, type=OneOf(LANGUAGES), metavar="zh|en", told=told)


def as_of_option(command: Command) -> Command:
    """Give a command the option that says by which day it judges."""
    told = Words("按哪一天判断，例如 2026-09-18。", "The day to judge by, such as 2026-09-18.")
    return click.option("--as-of", cls=SpokenOption, type=Day(), metavar="DATE", told=told)(command)


def format_option(forms: list[str], told: Words) -> Callable[[Command], Command]:
    """Return the option that chooses the form of the output, the first where none is named; a command takes it as `form`."""
    kind, shown = OneOf(forms), "|".join(forms)
    return click.option("--format", "form", cls=SpokenOption, type=kind, default=forms[0], metavar=shown, told=told)


def paths_argument(told: Words) -> Callable[[Command], Command]:
    """Return the argument that names files and folders of the project."""
    kind = click.Path(path_type=Path)
    return click.argument("paths", nargs=-1, cls=Operand, type=kind, metavar="[PATH]...", told=told)


def existing(path: Path) -> Path:
    """Return the whole path of a file or folder that a person named; wrong use where there is none."""
    whole = path.resolve()
    if not whole.exists():
        fail(f"没有文件 {path}", f"There is no file {path}")
    return whole


@dataclass(frozen=True)
class Desk:
    """Where a command works: the project's root, and the language in which it speaks."""

    root: Path
    language: Language

    def site(self, as_of: date | None = None) -> Site:
        """Read and check the project; shows that it goes on where that takes long."""
        with working(Words("正在读取和检查文档", "Reading and checking the documents"), self.language):
            return read_today(self.root, as_of)

    def say(self, zh: str, en: str) -> None:
        """Print a line in the language of messages."""
        click.echo(Words(zh, en).in_language(self.language))


def desk_at(folder: Path | None, language: Language | None) -> Desk:
    """Return the desk of the project at or above `folder` or the current folder; wrong use where there is none."""
    where = (folder or Path.cwd()).resolve()
    root = find_root(where)
    if root is None:
        fail(
            f"在 {where} 及其上级文件夹里都没有 {CONFIG_NAME}；用 --project 指定项目文件夹，或用 pmdocs init 新建一个项目",
            f"There is no {CONFIG_NAME} in {where} or above; name the project's folder with --project, "
            "or begin one with pmdocs init",
        )
    return Desk(root, language or read_project(root)[0].languages[0])


def language_here(folder: Path | None, language: Language | None) -> Language:
    """Return the language to speak in, also where there is no project."""
    root = find_root((folder or Path.cwd()).resolve())
    return language or (read_project(root)[0].languages[0] if root else "zh")


@contextmanager
def working(words: Words, language: Language, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Show in a terminal, from the second second on, that work goes on; yields what is called after each of `total` parts."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    columns = [SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()]
    counted = [BarColumn(), MofNCompleteColumn()] if total else []
    progress = Progress(*columns, *counted, console=Console(stderr=True), transient=True)
    task = progress.add_task(words.in_language(language), total=total)
    timer = threading.Timer(PATIENCE, progress.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: progress.advance(task)
    finally:
        timer.cancel()
        timer.join()
        if progress.live.is_started:
            progress.stop()
