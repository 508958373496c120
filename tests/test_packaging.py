"""The wheel: what is in it, and that it works elsewhere, without a network and without this checkout."""

from __future__ import annotations

import os
import re
import tomllib
import zipfile
from pathlib import Path

import pytest

from pmdocs import __version__
from wheels import Installed

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
OFFLINE = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")  # nothing answers there
PROJECT = {
    "mkdocs.yml": """\
site_name: 小项目
theme: {name: material, language: zh, font: false}
plugins: [pmdocs]
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
