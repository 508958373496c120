"""Git repositories that tests make: commits, tags and clones, with dates that a test chooses."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sites import write

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def git(folder: Path, *arguments: str, when: datetime = _FIRST) -> str:
    """What git says, run in a folder with a person, a date and a configuration of no machine."""
    stamp = when.isoformat()
    mine = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "林晓",
        "GIT_AUTHOR_EMAIL": "lin@example.com",
        "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_NAME": "林晓",
        "GIT_COMMITTER_EMAIL": "lin@example.com",
        "GIT_COMMITTER_DATE": stamp,
    }
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ran = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        env=plain | mine,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def begin(folder: Path, files: Mapping[str, str] = {}) -> Path:
    """A repository with these files in its first commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet")
    if files:
        commit(folder, files, "first")
    return folder


def commit(folder: Path, files: Mapping[str, str | None], message: str = "change", *, day: int = 0) -> str:
    """The hash of a commit of these files, made so many days after the first of January; None removes a file."""
    write(folder, {name: text for name, text in files.items() if text is not None})
    for name in (name for name, text in files.items() if text is None):
        (folder / name).unlink()
    when = _FIRST + timedelta(days=day)
    git(folder, "add", "--all", when=when)
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message, when=when)
    return git(folder, "rev-parse", "HEAD")
