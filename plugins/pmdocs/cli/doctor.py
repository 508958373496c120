"""`pmdocs doctor`: what breaks sites in practice, each trouble with its cure."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pmdocs.cli.shared import desk_at, for_projects, format_option
from pmdocs.cli.spoken import SpokenCommand, SpokenOption, Told
from pmdocs.diagnostics import Language, Severity, Words
from pmdocs.doctor import Trouble, examine, patient_of
from pmdocs.report import SEVERITY_WORDS
from pmdocs.repository import Repository


@click.command(
    "doctor",
    cls=SpokenCommand,
    help=Told(
        "检查文档本身之外会让站点出问题的东西：网址没有写、只取了最近的提交、符号链接、体积、向别的主机请求内容等。\n"
        "退出码：0 没有错误，1 有错误。",
        "Look for what breaks sites although the documents are right: no address, a shallow clone, symbolic links, size, "
        "requests to other hosts.\nExit code: 0 without errors, 1 with errors.",
    ),
)
@click.option(
    "--site-dir",
    cls=SpokenOption,
    metavar="DIR",
    type=click.Path(path_type=Path),
    told=Words(
        "构建好的站点在哪里；不写就是项目里的 site。", "Where the built site lies; left out, site in the project."
    ),
)
@format_option(["text", "json"], Words("输出格式：给人看或给程序。", "The output: for people or for programs."))
@for_projects
def doctor(site_dir: Path | None, form: str, folder: Path | None, language: Language | None) -> None:
    """Print every trouble; exits with 1 where one of them is an error."""
    desk = desk_at(folder, language)
    troubles = examine(patient_of(desk.site(), Repository.at(desk.root), site_dir or desk.root / "site"))
    click.echo(_as_json(troubles, desk.language) if form == "json" else _as_text(troubles, desk.language))
    sys.exit(1 if any(each.severity is Severity.ERROR for each in troubles) else 0)


def _as_text(troubles: Sequence[Trouble], language: Language) -> str:
    """Return each trouble in a line, with the cure below it."""
    if not troubles:
        return Words("没有发现问题。", "No trouble found.").in_language(language)
    return "\n".join(
        f"{SEVERITY_WORDS[each.severity].in_language(language)} {each.word}: {each.message.in_language(language)}\n"
        f"  → {each.cure.in_language(language)}"
        for each in troubles
    )


def _as_json(troubles: Sequence[Trouble], language: Language) -> str:
    rows = [
        {
            "name": each.word,
            "severity": each.severity,
            "message": each.message.in_language(language),
            "cure": each.cure.in_language(language),
        }
        for each in troubles
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
