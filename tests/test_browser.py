"""Finding a browser: the named one or none, only one that starts, and plain words where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import browser

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a `chromium` that ends at once, as the empty package of some systems does."""
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    program.chmod(0o755)
    return tmp_path


def test_a_named_browser_is_the_only_candidate() -> None:
    """The browser named in the environment is taken, and no other is looked for."""
    assert list(browser.candidates({browser.VARIABLE: "/named", "PATH": os.defpath})) == [Path("/named")]


def test_playwright_s_own_browser_is_found(tmp_path: Path) -> None:
    """A browser that Playwright downloaded is a candidate, the newest first."""
    programs = [tmp_path / f"chromium-{build}" / "chrome-linux64" / "chrome" for build in (1200, 1100)]
    for program in programs:
        program.parent.mkdir(parents=True)
        program.touch()
    environment = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    found = [path for path in browser.candidates(environment) if path.is_relative_to(tmp_path)]
    assert found == programs


def test_a_browser_that_does_not_start_is_passed_over(broken: Path) -> None:
    """A program that bears the right name but draws nothing is not taken."""
    environment = {"PATH": str(broken), "PLAYWRIGHT_BROWSERS_PATH": str(broken)}
    assert broken / "chromium" in browser.candidates(environment)
    assert not browser.starts(broken / "chromium")


def test_no_browser_is_a_failure_in_both_languages(broken: Path) -> None:
    """A named browser that does not start ends the script with exit code 1 and what to install."""
    environment = os.environ | {browser.VARIABLE: str(broken / "chromium"), "PYTHONUTF8": "1"}
    command = [sys.executable, str(ROOT / "scripts" / "browser.py")]
    ran = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "请安装 Chromium" in ran.stderr
    assert "Install Chromium" in ran.stderr


def test_chinese_can_be_drawn() -> None:
    """The machine that runs the tests has a Chinese font."""
    assert browser.has_chinese_font()
