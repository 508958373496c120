"""`pmdocs feedback import`: verdicts from a ticket system, a survey or GitHub issues."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pmdocs.cli.shared import Desk, desk_at, for_projects
from pmdocs.cli.spoken import Operand, SpokenCommand, SpokenGroup, SpokenOption, Told, fail
from pmdocs.diagnostics import Diagnostic, Language, Words
from pmdocs.gather import template_folders
from pmdocs.intake import ISSUES, SHEET, Columns, Handed, Intake, IntakeError, MappingError, Outcome, read_columns
from pmdocs.project import Project
from pmdocs.site import Site
from pmdocs.source import read_file
from pmdocs.writing import replace_file

SHIPPED = Path("_feedback") / "mappings"
OWN = "_mappings"
LARGEST_MEGABYTES = 20


@click.group(
    "feedback",
    cls=SpokenGroup,
    help=Told(
        "文档反馈：从别的系统导入客服和读者的判断。",
        "Feedback: what customer service and readers say, from other systems.",
    ),
)
def feedback() -> None:
    """Gather the commands about feedback."""


@feedback.command(
    "import",
    cls=SpokenCommand,
    help=Told(
        "导入反馈：工单系统或问卷导出的 CSV（UTF-8、GB18030 都可以），或者 gh issue list --json 的 JSON。\n"
        "顾客的电话、单号、邮箱、证件号和姓名会遮盖；已经有的编号不重复导入，也不覆盖，只补上空着的字段。\n"
        "有问题的行不导入，说明行号和原因，其余的照常导入。\n"
        "退出码：0 全部导入或早已导入，1 有的行没有导入，2 文件读不懂，什么也没有写。",
        "Take in feedback: the CSV of a ticket system or survey (UTF-8 or GB18030), or the JSON of gh issue list --json.\n"
        "Telephone and order numbers, mail, identity cards and names of customers are covered; an id that is here is neither\n"
        "taken in twice nor overwritten, only its empty fields are filled.\n"
        "A row with something wrong is refused, with its line and the reason, and the others go in.\n"
        "Exit code: 0 when all are in, 1 when rows were refused, 2 when the file cannot be read and nothing was written.",
    ),
)
@click.argument(
    "file",
    cls=Operand,
    type=click.Path(path_type=Path),
    metavar="FILE",
    told=Words("CSV 或 JSON 文件。", "The CSV or JSON file."),
)
@click.option(
    "--mapping",
    cls=SpokenOption,
    metavar="NAME|FILE",
    told=Words(
        "列名和字段的对应：tickets、survey、zendesk、github，团队在数据文件夹 _mappings/ 里写的，或者一个文件；"
        "不写时 CSV 用 tickets，JSON 用 github。",
        "Which column is which field: tickets, survey, zendesk, github, one of the team's in _mappings/ of the data, or a "
        "file; left out, tickets for CSV and github for JSON.",
    ),
)
@click.option(
    "--into",
    cls=SpokenOption,
    metavar="FILE",
    told=Words(
        "写进哪个反馈文件（.csv 或 .yaml）；不写就是 feedback/ 里以对应的名字命名的 CSV。",
        "The file of feedback to add to (.csv or .yaml); left out, a CSV in feedback/ named after the mapping.",
    ),
)
@click.option(
    "--dry-run", is_flag=True, cls=SpokenOption, told=Words("只说会怎样，什么也不写。", "Only tell; write nothing.")
)
@for_projects
def take(  # noqa: PLR0913  # one parameter an option
    file: Path, mapping: str | None, into: str | None, dry_run: bool, folder: Path | None, language: Language | None
) -> None:
    """Take a file in and tell what became of its rows; exits with 1 where rows were refused."""
    desk = desk_at(folder, language)
    data = _bytes_of(file)
    site = desk.site()
    try:
        intake = Intake.of(site.library)
        columns = read_columns_named(
            site.project, mapping or ("github" if file.suffix == ISSUES else "tickets"), intake
        )
        target = _target(site, into, columns)
        path = site.project.root / target
        _see_readable(site, target)
        handed, outcome = intake.take(data, file.name, columns, target)
        if outcome.added or outcome.filled:
            old = path.read_text("utf-8-sig") if path.is_file() else None
            text = intake.written(old, target, outcome)
            if not dry_run:
                replace_file(path, text.encode())
    except (IntakeError, MappingError) as refused:
        fail(refused.words.zh, refused.words.en)
    _tell(desk, handed, outcome, target)
    if dry_run:
        desk.say("这是试运行，什么也没有写。", "This was a trial; nothing was written.")
    sys.exit(1 if outcome.refused_rows or outcome.refused else 0)


def _bytes_of(file: Path) -> bytes:
    if not file.is_file():
        fail(f"没有文件 {file}", f"There is no file {file}")
    if file.stat().st_size > LARGEST_MEGABYTES * 1024 * 1024:
        fail(
            f"{file} 超过 {LARGEST_MEGABYTES} MB；按月份分开导出",
            f"{file} is larger than {LARGEST_MEGABYTES} MB; export it in parts",
        )
    return file.read_bytes()


def read_columns_named(project: Project, name: str, intake: Intake) -> Columns:
    """Return a mapping by its name, the team's before the shipped ones, or by its file."""
    folders = [
        project.documents / OWN,
        *(each / SHIPPED for each in template_folders(project)),
    ]
    known = {path.stem: path for each in reversed(folders) for path in sorted(each.glob("*.y*ml"))}
    path = known.get(name) or (Path(name) if Path(name).suffix in (".yaml", ".yml") else None)
    if path is None or not path.is_file():
        there = "、".join(known)
        fail(f"没有对应 {name}；现有：{there}", f"There is no mapping {name}; there are: {', '.join(known)}")
    return read_columns(read_file(path.resolve(), root=path.resolve().parent), path.stem, intake.rows)


def _target(site: Site, into: str | None, columns: Columns) -> str:
    """Return the file that new rows go to, relative to the project; wrong use outside the folder of feedback."""
    folder = site.project.documents / "feedback"
    if into is None:
        return site.project.relative(folder / f"{columns.name}{SHEET}")
    path = (site.project.root / into).resolve()
    parts = path.relative_to(folder.resolve()).parts if path.is_relative_to(folder.resolve()) else ()
    if path.suffix not in (SHEET, ".yaml", ".yml") or not parts or any(part.startswith(("_", ".")) for part in parts):
        inside = site.project.relative(folder)
        fail(
            f"--into 要写 {inside}/ 里的 .csv 或 .yaml 文件，例如 {inside}/2026.csv",
            f"--into takes a .csv or .yaml file in {inside}/, such as {inside}/2026.csv",
        )
    return path.relative_to(site.project.root.resolve()).as_posix()


def _see_readable(site: Site, target: str) -> None:
    """Wrong use where the file that would be added to has errors: what cannot be read would be lost."""
    wrong = [each for each in site.errors if each.location.file == target]
    if wrong:
        place = wrong[0].location
        where = f"{place.file}:{place.span.line}:{place.span.column}"
        fail(
            f"{where}：{wrong[0].message('zh')}；先改好这个文件再导入",
            f"{where}: {wrong[0].message('en')}; mend this file first",
        )


def _tell(desk: Desk, handed: Handed, outcome: Outcome, target: str) -> None:
    for found in sorted(outcome.refused, key=lambda each: each.location):
        click.echo(_line(found, desk.language))
    for each in outcome.differing:
        names = "、" if desk.language == "zh" else ", "
        desk.say(
            f"{each.id} 与 {each.place} 不同，没有改动：{names.join(each.fields)}",
            f"{each.id} differs from {each.place}, which stays as it is: {names.join(each.fields)}",
        )
    for name in outcome.untriaged:
        desk.say(
            f"{name} 的分诊缺少理由、日期或分诊人，按待分诊导入",
            f"{name} lacks the reason, day or person of its triage and is taken in without it",
        )
    if handed.ignored:
        names = "、".join(handed.ignored)
        desk.say(f"没有用到的列：{names}", f"Columns without a meaning here: {', '.join(handed.ignored)}")
    if handed.foreign:
        desk.say(
            f"跳过 {handed.foreign} 个不是用反馈表单提的问题单",
            f"Passed over {handed.foreign} issues that were not made with the form",
        )
    if outcome.covered:
        desk.say(f"遮盖了 {outcome.covered} 处顾客信息", f"Covered {outcome.covered} places with customers' data")
    desk.say(
        f"导入 {len(outcome.added)} 条，补全 {len(outcome.filled)} 条，已有 {outcome.same} 条，不同 {len(outcome.differing)} 条，"
        f"拒绝 {outcome.refused_rows} 条 → {target}",
        f"{len(outcome.added)} taken in, {len(outcome.filled)} filled up, {outcome.same} there already, "
        f"{len(outcome.differing)} differ, {outcome.refused_rows} refused → {target}",
    )


def _line(found: Diagnostic, language: Language) -> str:
    place, span = found.location.file, found.location.span
    colon = "：" if language == "zh" else ": "
    hint = found.hint(language)
    return f"{place}:{span.line}:{span.column}{colon}{found.message(language)}" + (f" → {hint}" if hint else "")
