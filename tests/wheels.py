"""The wheel of this checkout, and environments in which it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
OFFLINE = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")  # nothing answers there


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


def build_wheel(folder: Path) -> Path:
    """The wheel of this checkout, built with the packages that are there."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    _run(command)
    return next(folder.glob("pmdocs-*.whl"))


def install_wheel(wheel: Path, folder: Path) -> Installed:
    """A new environment with the wheel; its dependencies are this environment's, seen through a path file."""
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


def _run(command: list[str]) -> str:
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
