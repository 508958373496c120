"""`pmdocs schema`: what an editor needs to complete and check the files."""

from __future__ import annotations

from pathlib import Path

import click

from pmdocs.cli.shared import desk_at, for_projects
from pmdocs.cli.spoken import SpokenCommand, Told
from pmdocs.diagnostics import Language
from pmdocs.editor import SCHEMA_FOLDER, SETTINGS, write_schemas, write_settings


@click.command(
    "schema",
    cls=SpokenCommand,
    help=Told(
        "为编辑器写好字段、选项和编号的补全与检查（.pmdocs/schema/），并在 .vscode/settings.json 里接上。\n"
        "mkdocs serve 运行时会随着编号的增减自动更新。",
        "Write what an editor needs to complete and check fields, choices and ids (.pmdocs/schema/), and tie it to the "
        "folders in .vscode/settings.json.\nWhile mkdocs serve runs, it follows as ids come and go.",
    ),
)
@for_projects
def schema(folder: Path | None, language: Language | None) -> None:
    """Write schemas and settings, and say what changed."""
    desk = desk_at(folder, language)
    site = desk.site()
    changed = write_schemas(site, desk.language)
    desk.say(
        f"{SCHEMA_FOLDER}/ 已是最新，更新了 {len(changed)} 个文件",
        f"{SCHEMA_FOLDER}/ is up to date; {len(changed)} files changed",
    )
    if write_settings(site):
        desk.say(f"{SETTINGS} 已接上这些文件", f"{SETTINGS} ties them to the folders")
    else:
        desk.say(
            f"{SETTINGS} 里有注释或写法不对，没有改动；请把它改成不带注释的 JSON 后再运行一次",
            f"{SETTINGS} holds comments or is no JSON, and was left alone; write it as plain JSON and run this again",
        )
