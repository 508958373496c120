"""Work spread over the cores comes back whole, in order, and with its errors."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from pmdocs.pages import BrokenTemplateError
from pmdocs.pages.cores import spread


def test_the_order_is_kept() -> None:
    """Results come in the order of the work, whoever did it."""
    assert list(spread(lambda index: index * index, 100, least=2, cores=2)) == [index * index for index in range(100)]


FRESH = """
import os
from pmdocs.pages.cores import spread
held = object()
found = set(spread(lambda _: (os.getpid(), id(held)), 64, least=2, cores=2))
print(os.getpid() in {process for process, _ in found}, {address for _, address in found} == {id(held)})
"""
"""Asks in a process of its own: in this one the threads of other tests may run, and then nothing is forked."""


def test_other_processes_work() -> None:
    """The work is done by forked processes, which inherit what it holds."""
    ran = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout.split() == ["False", "True"]


def test_little_work_stays_here() -> None:
    """Below the threshold nothing is forked."""
    assert set(spread(lambda _: os.getpid(), 5)) == {os.getpid()}


def test_a_process_with_threads_is_not_forked() -> None:
    """While other threads run, the work is done where it was asked for."""
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert set(spread(lambda _: os.getpid(), 100)) == {os.getpid()}
    finally:
        ended.set()
        thread.join()


def test_an_error_arrives_as_it_is() -> None:
    """A broken template in another process is told with its file and line."""

    def fail(index: int) -> int:
        if index == 50:
            raise BrokenTemplateError("page.html.j2", 3, "no such filter")
        return index

    with pytest.raises(BrokenTemplateError) as told:
        list(spread(fail, 100, least=2, cores=2))
    assert (told.value.file, told.value.line, told.value.problem) == ("page.html.j2", 3, "no such filter")
