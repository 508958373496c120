"""A folder that others read, replaced by a new one in one step: nobody ever finds half of it, nor two builds at once."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HERE = -100
"""What Linux calls the current folder where it wants an open one."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""


@dataclass(frozen=True)
class Workshop:
    """Where the next tree of a site is made: a folder beside it, there only while a build runs or after one was killed."""

    site: Path

    @property
    def folder(self) -> Path:
        """The folder of the workshop."""
        return self.site.parent / f".{self.site.name}.pmdocs"

    @property
    def new(self) -> Path:
        """The tree that is being made."""
        return self.folder / "new"

    @property
    def old(self) -> Path:
        """The tree that was there before, on its way out."""
        return self.folder / "old"

    @property
    def journal(self) -> Path:
        """What says that two renames have begun and the new tree is whole."""
        return self.folder / "journal"

    def deliver(self) -> None:
        """Put the new tree where the site is; the old one is gone afterwards."""
        if not self.site.exists():
            self.new.rename(self.site)
        elif exchanged(self.new, self.site):
            _remove(self.new)
        else:
            self.journal.touch()
            self._rename()

    def recover(self) -> None:
        """Finish what a killed build had begun to deliver, and clear away what it had begun to make."""
        if self.journal.exists():
            self._rename()
        _remove(self.new)
        _remove(self.old)

    def _rename(self) -> None:
        """Do the rest of the two renames; each step can be the last before a kill."""
        if self.new.exists():
            if self.site.exists():
                _remove(self.old)
                self.site.rename(self.old)
            self.new.rename(self.site)
        self.journal.unlink()
        _remove(self.old)


@contextmanager
def working_on(site: Path, waiting: Callable[[], None]) -> Iterator[Workshop]:
    """Yield the workshop of `site` to one process at a time; calls `waiting` once where another one is in it.

    Whatever a killed build left is put right first.
    """
    workshop = Workshop(site.resolve())
    lock = _locked(workshop.folder, waiting)
    try:
        workshop.recover()
        yield workshop
    finally:
        _remove(workshop.new)
        _leave(workshop.folder, lock)


@contextmanager
def alone_in(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Let one process at a time work in a folder; calls `waiting` once where another one does."""
    with _locked(folder, waiting):
        yield


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system has no such call."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(system.renamex_np(first, second, _EXCHANGE) == 0)
        return bool(system.renameat2(_HERE, first, _HERE, second, _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        return False


def _locked(folder: Path, waiting: Callable[[], None]) -> IO[str]:
    """Return the open lock of a workshop, held; waits until it is free."""
    told = False
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock = (folder / "lock").open("a")
        except FileNotFoundError:
            continue  # the one before has just taken its workshop down
        if not _hold(lock, now=True):
            if not told:
                waiting()
            told = True
            _hold(lock, now=False)
        if _is_there(lock, folder / "lock"):
            return lock
        lock.close()


def _hold(lock: IO[str], *, now: bool) -> bool:
    """Take a lock; False where it is held and must be had now."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK if now else msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | (fcntl.LOCK_NB if now else 0))
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is_there(lock: IO[str], path: Path) -> bool:
    """Whether an open lock is still the file at its place: its workshop may have been taken down meanwhile."""
    try:
        return os.path.samestat(os.fstat(lock.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _leave(folder: Path, lock: IO[str]) -> None:
    """Take the workshop down, lock last, unless another build already waits at its door."""
    try:
        (folder / "lock").unlink(missing_ok=True)
        folder.rmdir()
    except OSError:
        pass
    finally:
        lock.close()


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
