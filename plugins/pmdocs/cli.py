"""The commands, each a few lines; the only module that knows click."""

from __future__ import annotations

import io
import sys
from datetime import datetime
from pathlib import Path

import click

from pmdocs import __version__
from pmdocs.diagnostics import Diagnostic, Language, Words
from pmdocs.edition import read_today
from pmdocs.explain import explain
from pmdocs.options import LANGUAGES
from pmdocs.project import CONFIG_NAME, find_root, read_project
from pmdocs.report import as_github, as_json, as_text, printed
from pmdocs.rules import BY_CODE
from pmdocs.site import Site

_language = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=None,
    help="信息的语言。Language of messages. [zh, en]",
)
_project = click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=None,
    help="项目文件夹，默认是当前文件夹。The project's folder; default: the current one.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pmdocs")
def main() -> None:
    """产品文档：检查、说明。Product documents: check and explain."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Chinese Windows pipe knows no emoji


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_project
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="输出格式。Output: text for people, json for machines, github for annotations.",
)
@_language
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="按哪一天判断，例如 2026-09-18。The day to judge by, such as 2026-09-18.",
)
def check(
    paths: tuple[Path, ...], folder: Path | None, form: str, language: Language | None, as_of: datetime | None
) -> None:
    """检查全部文档；给出 PATH 时只报告这些文件和文件夹里的问题。

    Check all documents; with PATH report only what is wrong in those files and folders.
    Exit status: 0 without errors, 1 with errors, 2 for wrong use.
    """
    root = _root(folder)
    site = read_today(root, as_of.date() if as_of else None)
    findings = _within(paths, site)
    spoken = language or site.project.languages[0]
    if form == "json":
        click.echo(as_json(findings, spoken))
    elif form == "github":
        click.echo(as_github(findings, spoken))
    else:
        click.echo(printed(as_text(findings, spoken, site.line), colour=sys.stdout.isatty()))
    stopping = set(map(id, site.errors))
    sys.exit(1 if any(id(finding) in stopping for finding in findings) else 0)


@main.command("explain")
@click.argument("code")
@_language
def explain_code(code: str, language: Language | None) -> None:
    """说明一条规则：要求什么，为什么，怎么改。Explain a rule: what it asks, why, and how to keep it."""
    rule = BY_CODE.get(code.upper())
    if rule is None:
        known = "、".join(BY_CODE)
        raise click.UsageError(_both(f"没有规则 {code}；现有：{known}", f"There is no rule {code}; there are: {known}"))
    spoken = language or _language_here()
    click.echo(explain(rule, spoken))


def _root(folder: Path | None) -> Path:
    root = find_root((folder or Path.cwd()).resolve())
    if root is None:
        where = folder or Path.cwd()
        raise click.UsageError(
            _both(
                f"在 {where} 及其上级文件夹里都没有 {CONFIG_NAME}；用 --project 指定项目文件夹",
                f"There is no {CONFIG_NAME} in {where} or above; name the project's folder with --project",
            )
        )
    return root


def _within(paths: tuple[Path, ...], site: Site) -> list[Diagnostic]:
    wanted = []
    for path in paths:
        whole = path.resolve()
        if not whole.exists():
            raise click.UsageError(_both(f"没有文件 {path}", f"There is no file {path}"))
        wanted.append(whole)
    if not wanted:
        return list(site.findings)
    root = site.project.root.resolve()
    return [each for each in site.findings if any((root / each.location.file).is_relative_to(path) for path in wanted)]


def _language_here() -> Language:
    root = find_root(Path.cwd())
    return read_project(root)[0].languages[0] if root else "zh"


def _both(zh: str, en: str) -> str:
    words = Words(zh, en)
    return f"{words.zh}\n{words.en}"
