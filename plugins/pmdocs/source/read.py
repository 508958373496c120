"""Files, bytes and text to sources: every defect becomes a finding in one run, and nothing is raised."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from pmdocs.diagnostics import Diagnostic, Fact, Span, Words, sort_key
from pmdocs.source.compose import MOST_FINDINGS, Composed, compose
from pmdocs.source.decode import LARGEST, LARGEST_MEGABYTES, clean, decode, unify
from pmdocs.source.found import START, find, in_quotes
from pmdocs.source.mend import Mending
from pmdocs.source.place import Source
from pmdocs.source.suspects import judge, judge_root

_DIRECTIVE = re.compile(r"^%.*", re.MULTILINE)
_YAML_1_2 = re.compile(r"%YAML[ ]+1\.2[ \t]*(?:#.*)?")
_CAUSES: dict[type[Exception], Words] = {
    FileNotFoundError: Words(zh="文件不存在", en="there is no such file"),
    PermissionError: Words(zh="没有读取权限", en="you may not read it"),
}
_NO_FILE = Words(zh="它不是普通文件", en="it is no ordinary file")
_NO_ACCESS = Words(zh="系统报告读取失败", en="the system could not read it")


def read_file(path: Path, *, root: Path) -> Source:
    """Read the YAML file at `path`, which must lie in the project at `root` and lead to a file in it."""
    file, data = bytes_of(path, root)
    return read_bytes(data, file=file) if isinstance(data, bytes) else Source(file, "", None, None, (data,))


def read_plain(path: Path, *, root: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """Read a file of text that is no YAML, a page or a template, with the same care; the text is empty where none is had."""
    file, data = bytes_of(path, root)
    if not isinstance(data, bytes):
        return "", (data,)
    decoded = decode(data, file)
    return decoded.text, decoded.findings


def bytes_of(path: Path, root: Path) -> tuple[str, bytes | Diagnostic]:
    """Return the path in the project and the bytes there, or the finding that says why they are not to be had."""
    file = path.as_posix()
    try:
        inside = os.path.relpath(path, root)
        file = Path(inside).as_posix()
        if inside.split(os.sep, 1)[0] == os.pardir:
            return file, find(file, "path-outside", START, text=file)
        if not path.resolve(strict=True).is_relative_to(root.resolve()):
            return file, find(file, "symlink-outside", START)
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            return file, find(file, "unreadable", START, cause=_NO_FILE)
        if state.st_size > LARGEST:
            return file, find(file, "too-large", START, limit=LARGEST_MEGABYTES)
        with path.open("rb") as stream:
            return file, stream.read(LARGEST + 1)
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        return file, find(file, "unreadable", START, cause=_CAUSES.get(type(error), _NO_ACCESS))


def read_bytes(data: bytes, *, file: str) -> Source:
    """Read YAML from bytes; `file` names them in findings."""
    if len(data) > LARGEST:
        return _refused(file, "too-large", limit=LARGEST_MEGABYTES)
    decoded = decode(data, file)
    if decoded.wrong:
        return Source(file, decoded.text, None, None, decoded.findings)
    source = read_text(decoded.text, file=file)
    if not decoded.findings:
        return source
    return Source(file, source.text, None, None, _sorted((*decoded.findings, *source.findings)))


def read_text(text: str, *, file: str) -> Source:
    """Read YAML from text; `file` names it in findings."""
    if len(text) > LARGEST:
        return _refused(file, "too-large", limit=LARGEST_MEGABYTES)
    text = unify(text)
    cleaned, found = clean(text, file)
    if "%" in cleaned:
        cleaned, directives = _without_directives(cleaned, file)
        found += directives
    composed = compose(cleaned, file)
    if composed.failure is not None:
        mending = Mending(cleaned, file, composed)
        mending.run()
        found += mending.found.values()
        found += _suspected(mending.composed, mending.lines, file, skipped=mending.mended)
        return Source(file, text, None, None, _sorted(found), mending.rest())
    found += composed.findings
    if composed.suspects:
        found += _suspected(composed, cleaned.split("\n"), file, skipped=frozenset())
    root = composed.root
    if root is None or root.value is None:
        if not found:
            found.append(find(file, "empty-file", START))
        return Source(file, text, None, None, _sorted(found))
    if isinstance(root.value, str) and root.place.plain:
        found += judge_root(root.place.span, cleaned.split("\n"), file)
    return Source(file, text, root.value, root.place, _sorted(found) if found else ())


def _suspected(
    composed: Composed, lines: Sequence[str], file: str, *, skipped: Collection[int]
) -> Iterable[Diagnostic]:
    for finding in judge(composed.suspects[:MOST_FINDINGS], composed.keys, lines, file):
        if finding.location.span.line not in skipped:
            yield finding


def _without_directives(text: str, file: str) -> tuple[str, list[Diagnostic]]:
    """Return `text` without directives; any but `%YAML 1.2` is a finding, for it is more likely text."""
    found: list[Diagnostic] = []
    last, line = 0, 1
    for match in _DIRECTIVE.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        directive = match.group().rstrip()
        if _YAML_1_2.fullmatch(directive) is None and len(found) < MOST_FINDINGS:
            span = Span(line, 1, line, 2)
            found.append(find(file, "special-start", span, text=directive, character="%", quoted=in_quotes(directive)))
    return _DIRECTIVE.sub("", text), found


def _refused(file: str, word: str, **facts: Fact) -> Source:
    return Source(file, "", None, None, (find(file, word, START, **facts),))


def _sorted(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(findings, key=sort_key))[:MOST_FINDINGS]
