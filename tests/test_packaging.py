"""The wheel: what is in it, and that it works elsewhere, without a network and without this checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from pmdocs import __version__

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
OFFLINE = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")  # nothing answers there
PROJECT = {
    "mkdocs.yml": """\
site_name: 小项目
theme: {name: material, language: zh, font: false}
plugins: [search, pmdocs]
""",
    "docs/index.md": "# 首页\n\n见 PRD-TRY-001。\n",
    "data/people.yaml": """\
people:
  - {id: wang-fang, name: 王芳, team: 产品部, roles: [tech], active: true}
""",
    "data/products.yaml": """\
products:
  - {id: try, name: 试用产品}
""",
    "data/prd/PRD-TRY-001.yaml": """\
doc_type: prd
id: PRD-TRY-001
title: 试用需求文档
product: try
version: "0.1.0"
status: draft
lang: zh-CN
owner: wang-fang
created_date: 2026-09-01
change_history:
  - {version: "0.1.0", date: 2026-09-01, author: wang-fang, summary: 起草}
""",
}


@dataclass(frozen=True)
class Installed:
    """An environment that holds the built wheel, and this one's other packages."""

    folder: Path

    def run(self, *command: str, within: Path) -> subprocess.CompletedProcess[str]:
        """Runs one of the environment's commands in a folder, with nothing of this checkout in sight."""
        program = self.folder / SCRIPTS / command[0]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run(
            [str(program), *command[1:]],
            cwd=within,
            env=kept | OFFLINE | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with the packages that are there."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    _run(command)
    return next(folder.glob("pmdocs-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A new environment with the wheel; its dependencies are this environment's, seen through a path file."""
    folder = tmp_path_factory.mktemp("environment")
    _run([sys.executable, "-m", "venv", "--without-pip", str(folder)])
    python = folder / SCRIPTS / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(_run([str(python), "-c", ask]).strip())
    dependencies = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (packages / "dependencies.pth").write_text("\n".join(dependencies) + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    offline = ["--no-deps", "--no-index", "--ignore-installed", "--disable-pip-version-check"]
    _run([*pip, *offline, str(wheel)])
    return Installed(folder)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project of one draft."""
    for name, text in PROJECT.items():
        path = tmp_path / "小 项目" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "小 项目"


def test_the_wheel_holds_all_that_the_checkout_ships(wheel: Path) -> None:
    """The wheel holds every module, asset and shipped type, and the licences."""
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    shipped = {f"pmdocs/{name}" for name in _files(ROOT / "plugins" / "pmdocs")}
    shipped |= {f"pmdocs/pm_templates/{name}" for name in _files(ROOT / "pm_templates")}
    assert sorted(shipped - names) == []
    assert sorted(name for name in names - shipped if ".dist-info/" not in name) == []
    assert "pmdocs/pm_templates/prd/type.yaml" in shipped
    assert "pmdocs/assets/vendor/mermaid/mermaid.min.js" in shipped
    licences = {name.rpartition("/")[2] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "THIRD_PARTY_NOTICES.md"}


def test_the_command_works_in_another_folder(installed: Installed, tmp_path: Path) -> None:
    """The installed command knows its version wherever it is called."""
    ran = installed.run("pmdocs", "--version", within=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert __version__ in ran.stdout


def test_the_installed_package_is_not_this_checkout(installed: Installed, tmp_path: Path) -> None:
    """The environment imports pmdocs from the wheel, so that these tests prove something."""
    ran = installed.run("python", "-c", "import pmdocs; print(pmdocs.__file__)", within=tmp_path)
    assert Path(ran.stdout.strip()).is_relative_to(installed.folder)


def test_a_project_is_checked_and_built_strictly(installed: Installed, project: Path) -> None:
    """A project that holds nothing but its own data is checked and built with the shipped types."""
    checked = installed.run("pmdocs", "check", within=project)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    built = installed.run("python", "-m", "mkdocs", "build", "--strict", within=project)
    assert built.returncode == 0, built.stdout + built.stderr
    page = project / "site" / "prd" / "PRD-TRY-001" / "index.html"
    assert "试用需求文档" in page.read_text("utf-8")


@pytest.mark.parametrize("lock", ["build.lock", "site.lock", "test.lock"])
def test_lock_files_hold_checksums_and_no_host(lock: str) -> None:
    """Each locked package has checksums, and no lock file names an index."""
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    entries = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links", text)


def test_every_locked_package_of_the_site_stands_in_the_notices() -> None:
    """The notices name the licence and the purpose of each package that is installed beside pmdocs."""
    locked = set(re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements" / "site.lock").read_text("utf-8")))
    noted = set(re.findall(r"(?m)^\| ([a-z0-9-]+) \|", (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8")))
    assert locked - noted == set()


def test_declared_dependencies_are_locked() -> None:
    """What pyproject.toml asks for is in the lock files that `make` installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[<>=~! ]", requirement)[0].lower() for requirement in wanted}
    locked = set(re.findall(r"(?m)^([a-z0-9-]+)==", (ROOT / "requirements" / "test.lock").read_text("utf-8")))
    assert names - locked == set()


def _files(folder: Path) -> set[str]:
    present = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in present}


def _run(command: list[str]) -> str:
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
