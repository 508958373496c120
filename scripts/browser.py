"""Finds the Chromium and the Chinese font that the tests draw pages with.

Run as a script, it installs what is missing and prints the browser's path. It never skips: what cannot be had
ends with exit code 1 and words that say what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIABLE = "PMDOCS_CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PLAYWRIGHT_FOLDERS = (
    "~/.cache/ms-playwright",
    "~/Library/Caches/ms-playwright",
    "~/AppData/Local/ms-playwright",
)
PLAYWRIGHT_BROWSERS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
ARGUMENTS = (
    "--no-sandbox",  # continuous integration runs as root, where Chromium has no sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SYSTEMS_WITH_CHINESE_FONTS = ("darwin", "win32")

NO_CHROMIUM = """\
没有可用的 Chromium，浏览器测试无法运行。请安装 Chromium 或 Google Chrome
（Debian、Ubuntu：apt-get install chromium），或者把环境变量 PMDOCS_CHROMIUM
设为浏览器程序的路径，然后重新运行。
There is no working Chromium, so the browser tests cannot run. Install Chromium or Google Chrome
(Debian, Ubuntu: apt-get install chromium), or set PMDOCS_CHROMIUM to the path of a browser, and run again."""
NO_FONT = """\
没有中文字体，页面会显示方框。请安装一种中文字体
（Debian、Ubuntu：apt-get install fontconfig fonts-noto-cjk），然后重新运行。
There is no Chinese font: pages would show empty boxes. Install one
(Debian, Ubuntu: apt-get install fontconfig fonts-noto-cjk), and run again."""


def candidates(environment: Mapping[str, str]) -> Iterator[Path]:
    """Every browser that may be there, best first; a browser named in the environment is the only one."""
    named = environment.get(VARIABLE)
    if named:
        yield Path(named)
        return
    path = environment.get("PATH", os.defpath)
    yield from (Path(found) for command in COMMANDS if (found := shutil.which(command, path=path)))
    yield from (Path(application) for application in APPLICATIONS if Path(application).is_file())
    own = environment.get("PLAYWRIGHT_BROWSERS_PATH")
    for folder in (own,) if own else PLAYWRIGHT_FOLDERS:
        for pattern in PLAYWRIGHT_BROWSERS:
            yield from sorted(Path(folder).expanduser().glob(pattern), reverse=True)


def starts(browser: Path) -> bool:
    """Whether the browser draws a page without a window."""
    command = [str(browser), "--headless", *ARGUMENTS, "--dump-dom", "data:text/html,<p>ready</p>"]
    try:
        ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"<p>ready</p>" in ran.stdout


def find_chromium(environment: Mapping[str, str]) -> Path | None:
    """The first browser that starts."""
    return next((browser for browser in candidates(environment) if starts(browser)), None)


def has_chinese_font() -> bool:
    """Whether this system can draw Chinese."""
    if sys.platform in SYSTEMS_WITH_CHINESE_FONTS:
        return True
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def root_command() -> list[str] | None:
    """What to put before a command so that it runs as root; None if nothing can."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _runs(["sudo", "--non-interactive", "true"], {}):
        return ["sudo", "--non-interactive", "--preserve-env=DEBIAN_FRONTEND"]
    return None


def install_debian_packages(*packages: str) -> bool:
    """Installs Debian packages where root may; False if that is not possible."""
    prefix = root_command()
    if prefix is None or not shutil.which("apt-get"):
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    _runs([*prefix, "apt-get", "update"], quiet)  # an old list may still do
    return _runs([*prefix, "apt-get", "install", "-y", "--no-install-recommends", *packages], quiet)


def install_playwright_browser() -> bool:
    """Lets Playwright download its own Chromium."""
    return _runs([sys.executable, "-m", "playwright", "install", "chromium"], {})


def _runs(command: list[str], environment: Mapping[str, str]) -> bool:
    sys.stderr.write(f"$ {' '.join(command)}\n")
    ran = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env={**os.environ, **environment}, check=False
    )
    return ran.returncode == 0


def ensure_chromium(environment: Mapping[str, str]) -> Path:
    """A browser that starts, installed if need be; exits if there is none to be had."""
    found = find_chromium(environment)
    if not found and VARIABLE not in environment and install_debian_packages("chromium"):
        found = find_chromium(environment)
    if not found and VARIABLE not in environment and install_playwright_browser():
        found = find_chromium(environment)
    if not found:
        sys.exit(NO_CHROMIUM)
    return found


def ensure_chinese_font() -> None:
    """Sees to a Chinese font; exits if there is none to be had."""
    if has_chinese_font():
        return
    install_debian_packages("fontconfig", "fonts-noto-cjk")
    if not has_chinese_font():
        sys.exit(NO_FONT)


if __name__ == "__main__":
    ensure_chinese_font()
    print(ensure_chromium(os.environ))
