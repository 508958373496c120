"""Versions built in processes of their own: hosts keep state in a process, and one version must not see another's."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from pmdocs.diagnostics import Words
from pmdocs.publish.order import Build, Built, Failed, Order


def built(build: Build, orders: Mapping[Path, Order], jobs: int) -> Iterator[tuple[Path, Built | Failed]]:
    """Yield what became of each order as it is done, by the folder it was built into; `jobs` at once, 0 for this process."""
    if not jobs:
        yield from ((folder, build(order, folder)) for folder, order in orders.items())
        return
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(orders) or 1), mp_context=fresh, max_tasks_per_child=1) as pool:
        waiting = {pool.submit(build, order, folder): folder for folder, order in orders.items()}
        try:
            for done in as_completed(waiting):
                yield waiting[done], done.result()
        except BrokenProcessPool:
            yield next(iter(orders)), Failed(_KILLED)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_KILLED = Words(
    "构建的进程被系统终止了，多半是内存不够；用 --jobs 1 一次只构建一个版本",
    "The system ended a process that was building, most likely for want of memory; "
    "build one version at a time with --jobs 1",
)
