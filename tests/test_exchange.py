"""A site replaced in one step: killed at any moment, and entered by two builds at once."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest

from fakes import FakeHost, built, plan
from pmdocs.publish import Work, exchange, publish
from pmdocs.publish.exchange import Workshop, exchanged, working_on
from sites import DRAFT, SMALL, digests, write

FILES = 12
KILLS = 60
FORK = multiprocessing.get_context("fork")
WAYS: dict[str, Callable[[Path, Path], bool]] = {
    "one call": exchanged,
    "two renames": lambda one, other: False,
}
"""How two folders change places: as the system can, and as it must where it cannot."""


def nobody() -> None:
    """What is told where nobody waits."""


def make(folder: Path, generation: int) -> None:
    """Write a tree of some files that all hold its number."""
    for number in range(FILES):
        path = folder / f"{number % 3}/{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(generation), "utf-8")


def generations(site: Path) -> list[str]:
    """The numbers that the files of a site hold, one for a whole site."""
    found = [path.read_text("utf-8") for path in site.rglob("*.txt")]
    return sorted(set(found)) if len(found) == FILES else [*found, "incomplete"]


def deliver(site: Path, generation: int) -> None:
    """Make a tree and put it in place."""
    with working_on(site, nobody) as workshop:
        make(workshop.new, generation)
        workshop.deliver()


def deliver_for_ever(site: Path, first: int, way: str) -> None:
    """Put one tree after the other in place until killed."""
    with patch.object(exchange, "exchanged", WAYS[way]):
        for generation in range(first, first + 100_000):
            deliver(site, generation)


@pytest.mark.parametrize("way", WAYS)
def test_killed_at_any_moment_a_site_is_whole(tmp_path: Path, way: str) -> None:
    """After each of sixty kills the old or the new site stands there whole, at the latest once the next build has begun."""
    site, chance = tmp_path / "site", random.Random(20260918)
    deliver(site, 0)
    missing = 0
    for kill in range(KILLS):
        worker = FORK.Process(target=deliver_for_ever, args=(site, 1000 * (kill + 1), way))
        worker.start()
        time.sleep(chance.uniform(0.002, 0.03))
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
        if site.exists():
            assert len(generations(site)) == 1, generations(site)
        else:
            assert way == "two renames"
            missing += 1
        with working_on(site, nobody):
            assert len(generations(site)) == 1, generations(site)
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert missing < KILLS


@pytest.mark.parametrize("step", range(8))
def test_each_step_of_two_renames_can_be_the_last(tmp_path: Path, step: int) -> None:
    """Whichever step a build dies before, the next one finds the old or the new site, and leaves it whole."""
    site = tmp_path / "site"
    deliver(site, 1)
    left = iter(range(step))

    def counted(work: Callable[..., object]) -> Callable[..., object]:
        def one(*given: object) -> object:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return work(*given)

        return one

    with working_on(site, nobody) as workshop:
        make(workshop.new, 2)
        with (
            patch.object(exchange, "exchanged", WAYS["two renames"]),
            patch.object(Path, "rename", counted(Path.rename)),
            patch.object(Path, "touch", counted(Path.touch)),
            patch.object(Path, "unlink", counted(Path.unlink)),
            patch.object(exchange, "_remove", counted(exchange._remove)),
            suppress(KeyboardInterrupt),
        ):
            workshop.deliver()
        workshop.recover()
        assert generations(site) == (["1"] if step == 0 else ["2"])
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_system_exchanges_in_one_call(tmp_path: Path) -> None:
    """On Linux two folders change places by one call; where one of them is missing nothing happens."""
    make(tmp_path / "one", 1)
    make(tmp_path / "other", 2)
    assert exchanged(tmp_path / "one", tmp_path / "other")
    assert (generations(tmp_path / "one"), generations(tmp_path / "other")) == (["2"], ["1"])
    assert not exchanged(tmp_path / "one", tmp_path / "nowhere")


def test_a_build_waits_for_the_one_before(tmp_path: Path) -> None:
    """Two builds of one site at once: the second one says that it waits, and both leave a whole site."""
    site = tmp_path / "site"
    told: list[str] = []
    inside, done = threading.Event(), threading.Event()

    def first() -> None:
        with working_on(site, nobody) as workshop:
            inside.set()
            done.wait(5)
            make(workshop.new, 1)
            workshop.deliver()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(5)

    def waiting() -> None:
        told.append("waits")
        done.set()

    with working_on(site, waiting) as workshop:
        assert generations(site) == ["1"]
        make(workshop.new, 2)
        workshop.deliver()
    thread.join()
    assert (told, generations(site)) == (["waits"], ["2"])
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def build_quietly(root: Path, way: str) -> None:
    """Build a project with a fake host again and again, each time from something new, until killed."""
    with patch.object(exchange, "exchanged", WAYS[way]):
        for number in range(100_000):
            (root / "docs/index.md").write_text(f"# 首页 {os.getpid()} {number}\n", "utf-8")
            publish(plan(root), FakeHost(), root / "site", Work(0, is_fresh=False, tell=lambda words: None))


@pytest.mark.parametrize("way", WAYS)
def test_a_whole_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path, way: str) -> None:
    """Killed while it plans, builds, keeps, lays out or delivers: the next build makes the site that a clean one makes."""
    snapshot = {
        f"data/_releases/1.0/{name}": text
        for name, text in (SMALL | {"data/prd/PRD-TRY-001.yaml": DRAFT.format(id="PRD-TRY-001", number=1)}).items()
    }
    releases = 'releases:\n  - {version: "1.0", date: 2026-01-05, state: released, path: data/_releases/1.0}\n'
    root = write(tmp_path / "project", SMALL | snapshot | {"data/releases.yaml": releases})
    clean = digests(built(root).site)
    chance = random.Random(4711)
    for _ in range(8):
        worker = FORK.Process(target=build_quietly, args=(root, way))
        worker.start()
        time.sleep(chance.uniform(0.05, 0.5))
        os.kill(worker.pid or 0, signal.SIGKILL)
        worker.join()
        if (root / "site").exists():
            assert digests(root / "site").keys() == clean.keys()
    (root / "docs/index.md").write_text(SMALL["docs/index.md"], "utf-8")
    assert digests(built(root).site) == clean
    assert not Workshop(root / "site").folder.exists()
