"""Previews that tests watch: `mkdocs serve` on a free port, asked until it answers as it should."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from sites import QUIET

PATIENCE = 40.0
"""Seconds that a rebuild may take on a slow machine."""


@dataclass(frozen=True)
class Preview:
    """A running `mkdocs serve`."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str = "") -> str:
        """The page at an address, whatever its status; empty while nothing answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as error:
            return error.read().decode("utf-8")
        except OSError:
            return ""

    def wait(self, path: str, wanted: Callable[[str], bool]) -> str:
        """The page at an address as soon as it is as wanted; fails where that takes too long or the server ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text("utf-8")
            if wanted(page := self.get(path)):
                return page
            time.sleep(0.1)
        log = self.log.read_text("utf-8")[:3000]
        pytest.fail(f"{path or '/'} does not become what was wanted\n{log}")


@contextmanager
def serving(project: Path, *, python: str = sys.executable) -> Iterator[Preview]:
    """Runs a preview of a project on a free port, with the MkDocs of a Python."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    log = project / "serve.log"
    command = [python, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        environment = os.environ | QUIET | {"PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, cwd=project, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield Preview(f"http://127.0.0.1:{port}/", process, log)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)
