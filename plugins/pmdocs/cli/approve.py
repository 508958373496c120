"""`pmdocs approve`: a verdict on a document, written into its file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from pmdocs.approval import VERDICTS, Wish, approve, found_document, found_role
from pmdocs.cli.shared import Day, Desk, desk_at, for_projects
from pmdocs.cli.spoken import OneOf, Operand, SpokenCommand, SpokenOption, Told
from pmdocs.diagnostics import Language, RefusedError, Words
from pmdocs.report import as_text, printed
from pmdocs.signoff import role_words
from pmdocs.site import Site
from pmdocs.writing import replace_file


@click.command(
    "approve",
    cls=SpokenCommand,
    help=Told(
        "会签一份文档：把结论、日期、版本和内容摘要写进它的文件，别的一个字节也不动。\n"
        "例如：pmdocs approve PRD-CHK-001 --role tech --by chen-yizhou\n"
        "退出码：0 已写入，1 不能会签（说明原因），2 用法不对。",
        "Sign a document off: the verdict, the day, the version and a digest go into its file, and no other byte changes.\n"
        "Such as: pmdocs approve PRD-CHK-001 --role tech --by chen-yizhou\n"
        "Exit code: 0 when it is written, 1 when it may not be (and why), 2 for wrong use.",
    ),
)
@click.argument("name", cls=Operand, metavar="ID", told=Words("文档编号。", "The document's id."))
@click.option(
    "--role",
    cls=SpokenOption,
    required=True,
    metavar="ROLE",
    told=Words(
        "以哪个角色评审，例如 tech、customer_service。", "The role to review in, such as tech or customer_service."
    ),
)
@click.option(
    "--by",
    "person",
    cls=SpokenOption,
    required=True,
    metavar="PERSON",
    told=Words("评审人在 people.yaml 里的编号。", "The reviewer's id in people.yaml."),
)
@click.option(
    "--verdict",
    cls=SpokenOption,
    type=OneOf(VERDICTS),
    default="approved",
    metavar="VERDICT",
    told=Words(
        "结论：approved 通过（不写就是它），approved_with_comments 有意见通过，rejected 不通过。",
        "The verdict: approved (the default), approved_with_comments or rejected.",
    ),
)
@click.option(
    "--comment",
    cls=SpokenOption,
    metavar="TEXT",
    told=Words("意见；有意见通过和不通过时必须写。", "A comment; needed with approved_with_comments and rejected."),
)
@click.option(
    "--date",
    "day",
    cls=SpokenOption,
    type=Day(),
    metavar="DATE",
    told=Words(
        "会签日期，例如 2026-09-18；不写就是今天，或 mkdocs.yml 里 as_of 的那天。",
        "The day, such as 2026-09-18; left out, today, or the day of as_of in mkdocs.yml.",
    ),
)
@for_projects
def approve_document(  # noqa: PLR0913  # one parameter an option
    name: str,
    role: str,
    person: str,
    verdict: str,
    comment: str | None,
    day: date | None,
    folder: Path | None,
    language: Language | None,
) -> None:
    """Write a verdict, and say what is still lacking."""
    desk = desk_at(folder, language)
    site = desk.site()
    try:
        wish = Wish(name, found_role(site.library, role), person, verdict, day or site.as_of, comment)
        path = desk.root / found_document(site.library, name).source.file
        approval = approve(site.library, site.findings, wish, path.read_bytes())
    except RefusedError as refused:
        _tell(desk, site, refused)
        sys.exit(1)
    replace_file(path, approval.data)
    _report(desk, site, wish, approval.document.source.file, approval.lacking)


def _report(desk: Desk, site: Site, wish: Wish, file: str, lacking: tuple[str, ...]) -> None:
    library = site.library
    entry, role = library.entry("person", wish.person), role_words(library.standards, wish.role)
    person = entry.title if entry else Words(wish.person, wish.person)
    choice = library.standards.choices["verdict"].get(wish.verdict)
    verdict = choice.label if choice else Words(wish.verdict, wish.verdict)
    desk.say(
        f"已写入 {file}：{person.zh}，{role.zh}，{verdict.zh}，{wish.day}",
        f"Written into {file}: {person.en}, {role.en}, {verdict.en}, {wish.day}",
    )
    words = [role_words(library.standards, each) for each in lacking]
    if words:
        desk.say(
            f"还缺有效的会签：{'、'.join(each.zh for each in words)}",
            f"Still without a valid sign-off: {', '.join(each.en for each in words)}",
        )
    else:
        desk.say("需要的会签都有效。", "All required sign-offs are valid.")


def _tell(desk: Desk, site: Site, refused: RefusedError) -> None:
    click.echo(refused.words.in_language(desk.language), err=True)
    if refused.findings:
        told = as_text(refused.findings, desk.language, site.line)
        click.echo(printed(told, colour=sys.stderr.isatty()), err=True)
