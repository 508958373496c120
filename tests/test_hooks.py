"""The hooks for pre-commit, run by the real pre-commit on a real repository, without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from pmdocs.scaffold import Beginning, begin_project
from projects import TODAY
from sites import change

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    "plugins",
    "pm_templates",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "THIRD_PARTY_NOTICES.md",
)
HOOKS = ".pre-commit-hooks.yaml"
OFFLINE = {
    "PIP_NO_INDEX": "1",  # whatever a hook needs is seen through PYTHONPATH, and nothing is downloaded
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip's own spelling of "no isolation"
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
}


@dataclass(frozen=True)
class Repository:
    """A team's repository with the hooks installed."""

    root: Path
    environment: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a command in the repository, its output in one stream."""
        return subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=240,
            check=False,
        )

    def commit(self, *, works: bool) -> str:
        """Tries to commit everything; returns what was said."""
        assert self.run("git", "add", "--all").returncode == 0
        ran = self.run("git", "commit", "--message", "Change a document")
        assert (ran.returncode == 0) is works, ran.stdout
        return ran.stdout


def environment_in(folder: Path) -> dict[str, str]:
    """Variables for git and pre-commit that keep to a folder and away from the network."""
    author = {f"GIT_{who}_{what}": "docs@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    own = {
        "HOME": str(folder),
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "GIT_CONFIG_NOSYSTEM": "1",
        "NO_MKDOCS_2_WARNING": "1",
    }
    return os.environ | author | own | OFFLINE


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A new project in a repository of its own, with both hooks, taken from a repository that holds pmdocs."""
    folder = tmp_path_factory.mktemp("hooks")
    environment = environment_in(folder)
    source = Repository(folder / "pmdocs", environment)
    source.root.mkdir()
    for name in (*SOURCES, HOOKS):
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source.root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source.root / name)
    team = Repository(folder / "docs", environment)
    begin_project(team.root, Beginning("潮选 TrendPick", "zh", "0"), TODAY)
    for each in (source, team):
        assert each.run("git", "init", "--quiet").returncode == 0
    source.commit(works=True)
    revision = source.run("git", "rev-parse", "HEAD").stdout.strip()
    hooks = [{"id": hook["id"]} for hook in yaml.safe_load((ROOT / HOOKS).read_text("utf-8"))]
    config = {"repos": [{"repo": str(source.root), "rev": revision, "hooks": hooks}]}
    (team.root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    installed = team.run("pre-commit", "install", "--install-hooks")
    assert installed.returncode == 0, installed.stdout
    return team


def test_a_sound_commit_passes(repository: Repository) -> None:
    """The project that `pmdocs init` makes can be committed at once."""
    said = repository.commit(works=True)
    assert "pmdocs check" in said
    assert "Failed" not in said


def test_a_commit_with_an_error_is_stopped_with_its_cure(repository: Repository) -> None:
    """The finding is shown at its line; once it is mended the commit goes through."""
    path = next((repository.root / "data" / "prd").glob("*.yaml"))
    change(path, "status: draft", "status: drfat")
    said = repository.commit(works=False)
    assert f"{path.relative_to(repository.root).as_posix()}:" in said
    assert "D7-S04" in said
    assert "draft（草稿）" in said or "是不是想写 draft" in said
    change(path, "status: drfat", "status: draft")
    change(path, "建立草稿。", "建立草稿，补充背景。")
    repository.commit(works=True)


def test_an_untidy_file_is_put_in_order_and_shown_again(repository: Repository) -> None:
    """The first try puts it in order and stops, so that the writer sees it; the second one passes."""
    path = next((repository.root / "data" / "user_manual").glob("*.yaml"))
    text = path.read_text("utf-8")
    change(path, "status: draft\n", "status:    draft\n")
    said = repository.commit(works=False)
    assert "已整理" in said
    assert path.read_text("utf-8") == text
    change(path, "建立草稿。", "建立草稿，换了读者。")
    repository.commit(works=True)
