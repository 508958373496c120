"""Work spread over the cores by forking, where the system can; the results are the same and in the same order."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

Result = TypeVar("Result")

LEAST = 64
"""Below this many pieces of work a second process costs more than it saves."""
_CHUNK = 8
_inherited: list[Callable[[int], Any]] = []
"""The work of the pool that is about to fork: its processes inherit it, since what it holds cannot be sent to them."""


def spread(
    work: Callable[[int], Result], count: int, *, least: int = LEAST, cores: int | None = None, at_once: int = _CHUNK
) -> Iterator[Result]:
    """Yield `work(0)` to `work(count - 1)` in order; what they return is sent between processes, so it must be picklable.

    A process takes `at_once` pieces at a time. An error of one piece of work is raised as it is. A process with threads is
    not forked, nor is one on macOS, where system libraries do not bear it; the work is then done here.
    """
    cores = cores or os.cpu_count() or 1
    if count < least or cores < 2 or not _can_fork():
        yield from map(work, range(count))
        return
    _inherited.append(work)
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            yield from pool.imap(_do, range(count), chunksize=at_once)
    finally:
        _inherited.pop()


def _do(index: int) -> Any:
    return _inherited[-1](index)


def _can_fork() -> bool:
    available = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return available and threading.active_count() == 1
