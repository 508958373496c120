"""The only caller of git: trees, dates and texts of the past, returned as values."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath

from pmdocs.diagnostics import Words

_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
"""What git is told of the environment: hooks set names of its own that would lead it to another repository."""
_OWN = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SETTINGS = ("safe.directory=*", "core.quotePath=false", "log.showSignature=false", "core.fsmonitor=false")
"""Whose folder it is does not matter: nothing that its configuration names is ever run."""
_FORM = "%H%x00%cI%x00%an%x00%aI"
_LINK = "120000"
_MODULE = "160000"
_BATCH = 512
"""How many files are held in memory at once while a tree is written."""


class RepositoryError(Exception):
    """Git could not answer: what it was asked, and the cure, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its whole hash, when it came into the history, by whom it was written and when."""

    hash: str
    when: datetime
    author: str
    written: datetime


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a tree: its path from the repository's root, the hash of its content, and its mode."""

    path: str
    hash: str
    mode: str


@dataclass(frozen=True)
class Repository:
    """A git repository by the folder of its working tree. Paths are relative to `root`, with `/`."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> Repository | None:
        """Return the repository that `folder` lies in; None outside one, or where there is no git."""
        if shutil.which("git") is None:
            return None
        ran = _run(folder, "rev-parse", "--show-toplevel")
        found = os.fsdecode(ran.stdout).removesuffix("\n")
        return cls(Path(found).resolve()) if ran.returncode == 0 and found else None

    @cached_property
    def is_shallow(self) -> bool:
        """Whether only the newest commits were fetched, so that older ones are missing."""
        return self._said("rev-parse", "--is-shallow-repository") == "true"

    def inside(self, folder: Path) -> str:
        """Return the path of a folder in the repository; empty for its root."""
        path = folder.resolve().relative_to(self.root).as_posix()
        return "" if path == "." else path

    def resolve(self, ref: str) -> str | None:
        """Return the whole hash of the commit that a tag, branch or commit names, or None; a tag goes before a branch.

        A branch that was only fetched is found by its plain name, for that is all a build server has.
        """
        if not ref or ref.startswith("-") or "\0" in ref:
            return None
        for name in (ref, f"refs/remotes/origin/{ref}"):
            ran = _run(self.root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            if ran.returncode == 0:
                return os.fsdecode(ran.stdout).strip()
        return None

    def tags(self) -> tuple[str, ...]:
        """Return the names of all tags, by name."""
        return tuple(self._said("for-each-ref", "--format=%(refname:strip=2)", "refs/tags").splitlines())

    def commit(self, ref: str) -> Commit:
        """Return the commit that `ref` names; raises RepositoryError where there is none."""
        found = self.resolve(ref)
        if found is None:
            raise RepositoryError(self.missing(ref))
        return _commit(self._said("show", "--no-patch", "--no-notes", f"--format={_FORM}", found))

    def missing(self, ref: str) -> Words:
        """Say that `ref` names nothing here, and what helps."""
        zh, en = f"仓库里没有“{ref}”这个标签、分支或提交", f"The repository has no tag, branch or commit “{ref}”"
        if self.is_shallow:
            return Words(
                f"{zh}：这里只取了最近的提交。先运行 git fetch --unshallow --tags；"
                "在 GitHub Actions 里给 checkout 写 fetch-depth: 0",
                f"{en}: only the newest commits were fetched. Run git fetch --unshallow --tags first; "
                "in GitHub Actions give checkout fetch-depth: 0",
            )
        return Words(
            f"{zh}；先运行 git fetch --tags，再核对名字", f"{en}; run git fetch --tags first, then check the name"
        )

    def log(self, path: str = "", *, ref: str = "HEAD") -> Iterator[Commit]:
        """Yield the commits that changed a file or folder, newest first; all commits without a path.

        Nothing is yielded in a repository without commits. In a shallow one the oldest commit there is seems to add every file.
        """
        if (start := self.resolve(ref)) is None:
            return
        told = self._said("log", "-z", f"--format={_FORM}", start, "--", *([f":(top,literal){path}"] if path else []))
        words = iter(told.rstrip("\0").split("\0") if told else ())
        while first := list(islice(words, 4)):
            yield _commit("\0".join(first))

    def first(self) -> Commit:
        """Return the oldest commit; raises RepositoryError in a repository without one."""
        roots = self._said("rev-list", "--max-parents=0", "HEAD").split()
        return min((self.commit(each) for each in roots), key=lambda commit: commit.when)

    def tree(self, commit: str, under: str = "") -> str | None:
        """Return the hash of a folder's tree at a commit: equal hashes mean equal content; None where there is no such folder."""
        ran = _run(self.root, "rev-parse", "--verify", "--quiet", f"{commit}:{under}")
        return os.fsdecode(ran.stdout).strip() if ran.returncode == 0 else None

    def files(self, commit: str, under: str = "") -> tuple[Blob, ...]:
        """Return the files of a commit's tree below a folder, by path, symbolic links too; submodules are left out."""
        where = ["--", under] if under else []
        told = self._said("ls-tree", "-r", "-z", "--full-tree", commit, *where)
        found = []
        for record in filter(None, told.split("\0")):
            head, _, path = record.partition("\t")
            mode, _, name = head.split(" ")
            if mode != _MODULE and (not under or path.startswith(f"{under}/")):
                found.append(Blob(path, name, mode))
        return tuple(found)

    def read(self, commit: str, path: str) -> bytes | None:
        """Return a file as it was at a commit, untouched by filters, or None where there was none."""
        ran = _run(self.root, "cat-file", "blob", f"{commit}:{path}")
        return ran.stdout if ran.returncode == 0 else None

    def contents(self, hashes: Iterable[str]) -> Iterator[bytes]:
        """Yield the content of each blob, a good number of them by one call."""
        waiting = iter(hashes)
        while batch := list(islice(waiting, _BATCH)):
            ran = _run(self.root, "cat-file", "--batch", given="".join(f"{each}\n" for each in batch).encode())
            rest, at = ran.stdout, 0
            for name in batch:
                end = rest.find(b"\n", at)
                head = rest[at:end].split(b" ")
                if ran.returncode or len(head) != 3:
                    raise RepositoryError(_damaged(name))
                size = int(head[2])
                yield rest[end + 1 : end + 1 + size]
                at = end + 2 + size

    def export(self, commit: str, folder: Path, under: str = "") -> None:
        """Write the files of a commit, or of its folder `under`, into `folder`: as they were kept, by no filter changed.

        A symbolic link is written as one where it stays within; one that leads out is left out.
        """
        blobs = self.files(commit, under)
        skipped = len(under) + 1 if under else 0
        for blob, content in zip(blobs, self.contents(blob.hash for blob in blobs), strict=True):
            path = folder / blob.path[skipped:]
            path.parent.mkdir(parents=True, exist_ok=True)
            if blob.mode == _LINK:
                if _stays(PurePosixPath(blob.path[skipped:]), os.fsdecode(content)):
                    path.symlink_to(os.fsdecode(content))
            else:
                path.write_bytes(content)

    def _said(self, *arguments: str) -> str:
        ran = _run(self.root, *arguments)
        if ran.returncode:
            raise RepositoryError(_refused(arguments[0], os.fsdecode(ran.stderr).strip()))
        return os.fsdecode(ran.stdout).removesuffix("\n")


def _run(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    return subprocess.run(  # noqa: S603  # no shell, and no argument of git's own making
        [shutil.which("git") or "git", "--no-pager", *settings, *arguments],
        cwd=folder,
        env={name: os.environ[name] for name in _KEPT if name in os.environ} | _OWN,
        input=given,
        stdin=None if given is not None else subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _commit(told: str) -> Commit:
    name, when, author, written = told.split("\0")
    return Commit(name, datetime.fromisoformat(when), author, datetime.fromisoformat(written))


def _stays(path: PurePosixPath, target: str) -> bool:
    """Whether a link at `path` leads to somewhere below the top."""
    if target.startswith("/") or "\0" in target or not target:
        return False
    depth = len(path.parts) - 1
    for part in target.split("/"):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return False
    return True


def _refused(command: str, told: str) -> Words:
    return Words(f"git {command} 没有成功：{told}", f"git {command} failed: {told}")


def _damaged(name: str) -> Words:
    return Words(
        f"仓库里缺少内容 {name[:12]}；运行 git fsck 检查，或重新克隆",
        f"The repository lacks the content {name[:12]}; run git fsck, or clone it anew",
    )
