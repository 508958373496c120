"""Every command line and every YAML example of the guides and the READMEs works, and says what the guide shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from guides import Block, as_shown, examples_of, has_unread_fences, names_of, parts_over, rewrite
from pmdocs.cli import main
from pmdocs.diagnostics import Severity
from pmdocs.doctype.vocabulary import GATES
from pmdocs.report import as_text, printed
from pmdocs.scaffold import Beginning, begin_project
from pmdocs.site import Site
from projects import TODAY, read
from reference import commands_of
from sites import QUIET

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ROOT / "docs" / "guides"
PAGES = [
    *sorted(GUIDES.glob("*.md")),
    ROOT / "README.md",
    ROOT / "README.zh.md",
    *sorted((ROOT / "docs" / "reference").glob("*.md")),
]
WRITING = {
    "prd": GUIDES / "prd.md",
    "feature_spec": GUIDES / "feature-spec.md",
    "user_manual": GUIDES / "user-manual.md",
}
"""The guides that tell how a type of document is written well."""
REVIEWING = GUIDES / "reviewing.md"
PRODUCT = "潮选 TrendPick"
ANY_NAME = "…"
"""What stands in the name of a file for what differs: an id in the title of an example would have to exist in the sample."""
HOME = "~"
"""How a guide names the folder in which its reader began."""
INSTALLING = ("python3 -m venv", ". .venv/bin/activate", "pip install", ".venv/bin/pip install", "make ", "pre-commit ")
"""Lines that set up an environment: `make test` itself, the newcomer of test_newcomer.py and test_hooks.py run them."""
SERVING = ("mkdocs serve", ".venv/bin/mkdocs serve")
_ROW = re.compile(r"^\| `(?P<status>\w+)`[^|]*\|(?P<cells>.*)\|$", re.M)
_CODE = re.compile(r"`(\w+)`")
_EXIT_CODE = re.compile(r"#.*退出码 (\d)$")
"""How an example says that its command ends with another exit code than 0."""


class Reader:
    """Somebody who follows a guide in a folder of their own."""

    def __init__(self, home: Path, *, begun: bool) -> None:
        self.home, self.here = home, home
        if begun:
            self.here = home / "docs"
            begin_project(self.here, Beginning(PRODUCT, "zh", "0"), TODAY)

    def follow(self, block: Block) -> str:
        """Does what an example shows, and returns what its last command prints."""
        if block.language == "sh":
            return [self.type(line.strip()) for line in block.text.splitlines()][-1]
        if block.title:
            self.write(block)
        return ""

    def type(self, line: str) -> str:
        """Runs a line of a guide, and returns what it prints."""
        words = shlex.split(line, comments=True)
        if not words or line.startswith((*INSTALLING, *SERVING)):
            return ""
        if words[0] == "cd":
            self.here = self.here / words[1]
            assert self.here.is_dir(), line
            return ""
        ran = self.run(words)
        told = _EXIT_CODE.search(line)
        assert ran.returncode == (int(told[1]) if told else 0), f"{line}\n{ran.stdout}"
        return ran.stdout.replace(str(self.home.resolve()), HOME).rstrip("\n")

    def run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        """Runs a command: pmdocs and MkDocs from this environment, others as they are."""
        name = words[0].removeprefix(".venv/bin/")
        command = [sys.executable, "-m", name, *words[1:]] if name in ("pmdocs", "mkdocs") else words
        author = {
            f"GIT_{who}_{what}": "docs@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        return subprocess.run(
            command,
            cwd=self.here,
            env=os.environ | QUIET | author,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=180,
            check=False,
        )

    def write(self, block: Block) -> None:
        """Writes an example into its file: a whole file as it is, parts of a document over what the file has."""
        path = self.here / self.file(block.title)
        path.parent.mkdir(parents=True, exist_ok=True)
        is_part = block.title.startswith("data/") and path.is_file() and not block.text.startswith(("id:", "#"))
        text = parts_over(path.read_text("utf-8"), block.text) if is_part else f"{block.text}\n"
        path.write_text(text, "utf-8")

    def file(self, title: str) -> str:
        """The file that an example names; `PRD-….yaml` is the last one that begins and ends so."""
        if ANY_NAME not in title:
            return title
        return max(path.relative_to(self.here).as_posix() for path in self.here.glob(title.replace(ANY_NAME, "*")))

    def site(self) -> Site:
        """What pmdocs reads where the reader is."""
        return read(self.here)


def reader_of(page: Path, home: Path) -> Reader:
    """The reader of a page: with an empty folder where the page begins a project, else with one that `init` made."""
    begins = any("pmdocs init" in block.text for block, _ in examples_of(page) if block.language == "sh")
    return Reader(home, begun=not begins)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_guide_can_be_followed(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Its commands run in order, what it shows as right has no errors, and what it shows to be said is said."""
    reader = reader_of(page, tmp_path)
    said: list[tuple[Block, str]] = []
    for block, shown in examples_of(page):
        place, before = f"{page.name}:{block.line}", files_of(reader.here)
        heard = reader.follow(block)
        if block.title:
            site = reader.site()
            heard = told(site, reader.file(block.title)) if shown else ""
            assert shown or errors(site) == [], place
        if shown:
            assert heard, f"{place}: nothing is said"
            said.append((shown, as_shown(shown.text, heard)))
            if block.title:
                restore(reader.here, before)
    if request.config.getoption("--update"):
        rewrite(page, said)
    else:
        assert [(block.line, block.text) for block, _ in said] == [(block.line, text) for block, text in said]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_of_a_guide_are_read(page: Path) -> None:
    """Each of its fences is one that examples are read from; a YAML example names its file, and a right one is YAML."""
    assert not has_unread_fences(page)
    for block, shown in examples_of(page):
        if block.language == "yaml":
            assert block.title, f"{page.name}:{block.line}"
            assert shown or yaml.safe_load(block.text) is not None


@pytest.mark.parametrize("kind", WRITING)
def test_a_worked_example_is_ready_for_review(kind: str, tmp_path: Path) -> None:
    """The fields of a document that a guide shows lack nothing where the document is in review; other documents may."""
    reader = reader_of(WRITING[kind], tmp_path)
    right = [block for block, shown in examples_of(WRITING[kind]) if block.language == "yaml" and not shown]
    for block in right:
        reader.write(block)
    path = next((reader.here / "data" / kind).glob("*.yaml"))
    path.write_text(parts_over(path.read_text("utf-8"), "status: in_review"), "utf-8")
    name = path.relative_to(reader.here).as_posix()
    shown = {field for block in right if reader.file(block.title) == name for field in names_of(block.text)}
    site = reader.site()
    found = [each for each in site.findings if each.location.file == name and each.severity is not Severity.HINT]
    assert [each.message("zh") for each in found if field_at(path, each.location.span.line) in shown] == []


def field_at(path: Path, line: int) -> str:
    """The field at the top of a YAML file in which a line stands."""
    return names_of("\n".join(path.read_text("utf-8").split("\n")[:line]))[-1]


@pytest.mark.parametrize("kind", WRITING)
def test_what_each_status_asks_for_is_told(kind: str, tmp_path: Path) -> None:
    """The table of a guide names the fields that a status requires, no more and no less."""
    told_fields = {
        row["status"]: set(_CODE.findall(row["cells"])) for row in _ROW.finditer(WRITING[kind].read_text("utf-8"))
    }
    fields = Reader(tmp_path, begun=True).site().library.types[kind].fields
    required = {gate: {each.name for each in fields if each.gate == number} for number, gate in enumerate(GATES)}
    assert {gate: told_fields.get(gate) for gate in GATES} == required


def test_the_lifecycle_is_told(tmp_path: Path) -> None:
    """The table of the guide for reviewers has every status with its words and with those that may follow."""
    told_rows = {row["status"]: row["cells"].split("|") for row in _ROW.finditer(REVIEWING.read_text("utf-8"))}
    lifecycle = Reader(tmp_path, begun=True).site().library.standards.lifecycle
    following = {name: [lifecycle[each].label.zh for each in status.next] for name, status in lifecycle.items()}
    assert {name: told_rows[name][-1].strip().split("、") for name in lifecycle} == {
        name: words or ["无"] for name, words in following.items()
    }


def test_the_hooks_of_a_guide_exist() -> None:
    """What a guide puts into the configuration of pre-commit are hooks of this repository."""
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    shown = [block.text for page in PAGES for block, _ in examples_of(page) if block.title == ".pre-commit-config.yaml"]
    assert shown
    for text in shown:
        assert {hook["id"] for each in yaml.safe_load(text)["repos"] for hook in each["hooks"]} == hooks


def test_every_command_is_used_in_a_guide() -> None:
    """Whoever follows the guides meets every command."""
    typed = "\n".join(block.text for page in PAGES for block, _ in examples_of(page) if block.language == "sh")
    assert [name for name, _ in commands_of(main) if f"pmdocs {name}" not in typed] == []


def told(site: Site, file: str) -> str:
    """What `pmdocs check` says of a file, without the count."""
    found = [each for each in site.findings if each.location.file == file]
    return printed(as_text(found, "zh", site.line), colour=False).rpartition("\n\n")[0]


def errors(site: Site) -> list[str]:
    """The errors of a project, as they are told."""
    return [each.message("zh") for each in site.findings if each.severity is Severity.ERROR]


def files_of(folder: Path) -> Mapping[Path, bytes]:
    """The files of a project's data and types."""
    return {
        path: path.read_bytes()
        for top in ("data", "pm_templates")
        for path in (folder / top).rglob("*")
        if path.is_file()
    }


def restore(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Puts those files back, and no others."""
    for top in ("data", "pm_templates"):
        shutil.rmtree(folder / top, ignore_errors=True)
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
