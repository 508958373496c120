"""D7-S05: an id stands for one thing, for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmdocs.checks.frame import Frame, find
from pmdocs.diagnostics import Diagnostic, Facts
from pmdocs.doctype import read_words
from pmdocs.document import Document, Path, Visit
from pmdocs.rules.names import DUPLICATE_ID

_NUMBER = re.compile(r"\d+$")


def duplicate_ids(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each second use of an id (error codes: in one product), and each use of a retired one."""
    first: dict[tuple[str, str], tuple[Document, Path]] = {}
    retired = frame.library.retired
    for document, scope, address, shown, path in _uses(frame):
        if address in retired:
            facts = {"id": shown, "free": _free(address, shown, frame), "other": retired[address]}
            yield from find(frame, DUPLICATE_ID, "retired-id", document, path, facts)
        elif (scope, address) in first:
            other, there = first[scope, address]
            place = other.location(there)
            facts = {
                "id": shown,
                "free": _free(address, shown, frame),
                "other": f"{place.file}:{place.span.line}",
            }
            yield from find(frame, DUPLICATE_ID, "duplicate-id", document, path, facts)
        else:
            first[scope, address] = (document, path)


def repeated_values(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each row of a list whose value of the list's `unique` field an earlier row has."""
    for document in frame.library.documents:
        for visit in document.visits:
            if visit.field.unique and isinstance(visit.value, list):
                yield from _repeated(frame, document, visit, visit.field.unique)


def _repeated(frame: Frame, document: Document, visit: Visit, key: str) -> Iterator[Diagnostic]:
    column = visit.field.child(key)
    first: dict[str, Path] = {}
    for index, row in enumerate(visit.value):
        if not isinstance(row, dict) or key not in row:
            continue
        value, path = str(row[key]), (*visit.path, index, key)
        if value in first:
            facts: Facts = {
                "field": visit.field.label,
                "key": column.label if column else key,
                "value": read_words(row[key], value),
                "line": document.location(first[value]).span.line,
            }
            yield from find(frame, DUPLICATE_ID, "duplicate-value", document, path, facts)
        first.setdefault(value, path)


def _uses(frame: Frame) -> Iterator[tuple[Document, str, str, str, Path]]:
    for document in frame.library.documents:
        yield document, "", document.id, document.id, ("id",)
        for item in document.items:
            rule = item.field.id
            if rule and rule.style != "ordinal":
                scope = document.product if rule.style == "code" else ""
                yield document, scope, item.address, item.local, (*item.path, rule.field)


def _free(address: str, shown: str, frame: Frame) -> str:
    """Return the next id after `shown` that nothing has or had; `address` is its whole address."""
    number = _NUMBER.search(shown)
    above = address.removesuffix(shown)
    head, digits = (shown[: number.start()], number.group()) if number else (f"{shown}_", "1")
    following = int(digits) + 1
    while frame.library.targets(name := f"{above}{head}{following:0{len(digits)}}") or name in frame.library.retired:
        following += 1
    return f"{head}{following:0{len(digits)}}"
