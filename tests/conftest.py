"""Fixtures that many tests share: a browser, pages in it, folders served to it, and golden files."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browser import ARGUMENTS, NO_CHROMIUM, find_chromium
from engine import Node
from sites import build, copy_sample
from wheels import Installed, build_wheel, install_wheel

Golden = Callable[[Path, str], None]
Serve = Callable[[Path], str]
BuildOnce = Callable[[str, Callable[[Path], Path]], Path]
MakeOnce = Callable[[str, Callable[[Path], object]], Path]


class NewPage(Protocol):
    """Opens an empty page in a context of its own."""

    def __call__(self, *, width: int = 1280, height: int = 800, locale: str = "zh-CN") -> Page: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--update`."""
    parser.addoption("--update", action="store_true", help="rewrite golden files, compare with none")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium; its absence is a failure, never a skip."""
    executable = find_chromium(os.environ)
    if executable is None:
        pytest.fail(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """Opens pages, each without cookies, cache or storage of another; they are closed after the test."""
    with ExitStack() as opened:

        def open_page(*, width: int = 1280, height: int = 800, locale: str = "zh-CN") -> Page:
            context = chromium.new_context(viewport={"width": width, "height": height}, locale=locale)
            opened.callback(context.close)
            return context.new_page()

        yield open_page


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One empty page, for tests that need no second."""
    return new_page()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line per request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name of the inherited parameter
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, served on this machine on a free port; it ends with a slash."""
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serves folders until the tests end, each once."""
    with ExitStack() as running:
        addresses: dict[Path, str] = {}

        def address_of(folder: Path) -> str:
            if folder not in addresses:
                addresses[folder] = running.enter_context(served(folder))
            return addresses[folder]

        yield address_of


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> MakeOnce:
    """Makes a folder once for all workers of a run; tests read it, and change nothing in it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def make_shared(name: str, make: Callable[[Path], object]) -> Path:
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / name).exists():
                make(shared / name)
        return shared / name

    return make_shared


@pytest.fixture(scope="session")
def build_once(make_once: MakeOnce) -> BuildOnce:
    """Builds a project strictly, once for all workers of a run; tests read the site, and change nothing in it."""

    def build_shared(name: str, make: Callable[[Path], Path]) -> Path:
        project = make_once(name, lambda folder: build(make(folder), "--strict"))
        assert (project / "site").is_dir(), "this project does not build; another test shows why"
        return project / "site"

    return build_shared


@pytest.fixture(scope="session")
def sample_site(build_once: BuildOnce) -> Path:
    """The sample as `make site` builds it."""
    return build_once("sample", copy_sample)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    """A running Node with the browser's half of search."""
    running = Node()
    yield running
    running.close()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A new environment with the wheel."""
    return install_wheel(wheel, tmp_path_factory.mktemp("environment"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a golden file, or rewrites the file under `--update`."""

    def compare(path: Path, actual: str) -> None:
        if request.config.getoption("--update"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, "utf-8", newline="\n")
        assert path.is_file(), f"no golden file {path}: run pytest --update"
        assert actual == path.read_text("utf-8")

    return compare
