"""`pmdocs fmt`: the files of the data folder in order."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import click

from pmdocs.cli.shared import Desk, desk_at, existing, for_projects, paths_argument, working
from pmdocs.cli.spoken import SpokenCommand, SpokenOption, Told
from pmdocs.diagnostics import Diagnostic, Language, Words
from pmdocs.doctype import DocumentType, build_types
from pmdocs.gather import read_data, read_types
from pmdocs.layout import UntidyError, tidied
from pmdocs.project import read_project
from pmdocs.source import Source
from pmdocs.writing import replace_file

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class State(Enum):
    """What became of a file."""

    TIDY = Words("", "")
    CHANGED = Words("已整理", "tidied")
    UNTIDY = Words("需要整理", "not in order")
    UNREADABLE = Words(
        "读不出来，没有改动；先运行 pmdocs check", "cannot be read and was left alone; run pmdocs check first"
    )
    LEFT = Words("含有锚点、标签或特殊写法，没有改动", "holds anchors, tags or the like and was left alone")


@dataclass(frozen=True)
class File:
    """A file of the data folder: its path in the project, and its bytes in order where that can be had."""

    source: Source
    kind: DocumentType
    path: Path

    def examine(self) -> tuple[State, bytes]:
        """Return the state that the file is in, and its bytes as they should be."""
        data = self.path.read_bytes()
        if self.source.findings or self.source.value is None:
            return State.UNREADABLE, data
        try:
            text = tidied(self.source.text, self.kind.fields)
        except UntidyError:
            return State.LEFT, data
        right = text.replace("\n", "\r\n") if data.count(b"\r\n") * 2 > data.count(b"\n") else text
        new = (BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b"") + right.encode()
        return (State.TIDY if new == data else State.UNTIDY), new


@click.command(
    "fmt",
    cls=SpokenCommand,
    help=Told(
        "整理 YAML 文件：字段按类型的顺序，缩进和空格一致；内容和注释不变。\n"
        "退出码：0 都整理好了，1 有文件需要整理（--check）或读不出来。",
        "Put YAML files in order: fields as the type has them, even indentation and blanks; values and comments stay.\n"
        "Exit code: 0 when all are in order, 1 with files that are not (--check) or cannot be read.",
    ),
)
@paths_argument(Words("文件或文件夹；不写就是全部数据。", "Files or folders; left out, all data."))
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    cls=SpokenOption,
    told=Words("只说哪些文件需要整理，不改动。", "Only tell which files are not in order."),
)
@for_projects
def fmt(paths: tuple[Path, ...], only_check: bool, folder: Path | None, language: Language | None) -> None:
    """Put the files in order, or only tell which are not; exits with 1 where one is not or cannot be read."""
    desk = desk_at(folder, language)
    files = list(_files(desk.root, [existing(path) for path in paths]))
    states = []
    with working(Words("正在整理文件", "Putting files in order"), desk.language, len(files)) as advance:
        for file in files:
            states.append((file, _treated(file, only_check)))
            advance()
    for file, state in states:
        if state is not State.TIDY:
            click.echo(f"{file.source.file}: {state.value.in_language(desk.language)}")
    _summarize(desk, [state for _, state in states])
    sys.exit(1 if any(state in (State.UNTIDY, State.UNREADABLE) for _, state in states) else 0)


def _files(root: Path, wanted: list[Path]) -> Iterator[File]:
    """Yield the files of the data folder that lie in the paths wanted, or all of them."""
    project, _ = read_project(root)
    findings: list[Diagnostic] = []
    types, standards = read_types(project, findings)
    for kind, source in read_data(project, build_types(types, standards), findings):
        path = root / source.file
        if (
            path.is_file()
            and path.suffix in (".yaml", ".yml")
            and (not wanted or any(path.resolve().is_relative_to(each) for each in wanted))
        ):
            yield File(source, kind, path)


def _treated(file: File, only_check: bool) -> State:
    state, data = file.examine()
    if state is not State.UNTIDY or only_check:
        return state
    replace_file(file.path, data)
    return State.CHANGED


def _summarize(desk: Desk, states: list[State]) -> None:
    changed, untidy = states.count(State.CHANGED), states.count(State.UNTIDY)
    if untidy:
        desk.say(
            f"{len(states)} 个文件中有 {untidy} 个需要整理；运行 pmdocs fmt",
            f"{untidy} of {len(states)} files are not in order; run pmdocs fmt",
        )
    elif changed:
        desk.say(f"整理了 {changed} 个文件，共 {len(states)} 个", f"Put {changed} of {len(states)} files in order")
    else:
        desk.say(f"{len(states)} 个文件都不需要整理", f"Nothing to do in {len(states)} files")
