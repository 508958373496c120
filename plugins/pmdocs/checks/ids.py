"""D7-S05: an id stands for one thing, for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmdocs.checks.frame import Frame, find
from pmdocs.diagnostics import Diagnostic
from pmdocs.document import Document, Path
from pmdocs.rules.structure import DUPLICATE_ID

_NUMBER = re.compile(r"\d+$")


def duplicate_ids(frame: Frame) -> Iterator[Diagnostic]:
    """Yield each second use of an id (error codes: in one product), and each use of a retired one."""
    first: dict[tuple[str, str], tuple[Document, Path]] = {}
    retired = {
        str(name): document.id
        for document in frame.library.documents
        for name in document.values.get("retired_ids", ())
    }
    for document, scope, address, shown, path in _uses(frame):
        if address in retired:
            facts = {"id": shown, "free": _free(address, frame), "other": retired[address]}
            yield from find(frame, DUPLICATE_ID, "retired-id", document, path, facts)
        elif (scope, address) in first:
            other, there = first[scope, address]
            place = other.location(there)
            facts = {"id": shown, "free": _free(address, frame), "other": f"{place.file}:{place.span.line}"}
            yield from find(frame, DUPLICATE_ID, "duplicate-id", document, path, facts)
        else:
            first[scope, address] = (document, path)


def _uses(frame: Frame) -> Iterator[tuple[Document, str, str, str, Path]]:
    for document in frame.library.documents:
        yield document, "", document.id, document.id, ("id",)
        for item in document.items:
            rule = item.field.id
            if rule and rule.style != "ordinal":
                scope = document.product if rule.style == "code" else ""
                yield document, scope, item.address, item.local, (*item.path, rule.field)


def _free(address: str, frame: Frame) -> str:
    """Return the next id after `address` that nothing has."""
    number = _NUMBER.search(address)
    if number is None:
        return address.rpartition("-")[2] + "_2"
    head, digits = address[: number.start()], number.group()
    following = int(digits) + 1
    while frame.library.targets(f"{head}{following:0{len(digits)}}"):
        following += 1
    return f"{head.rpartition('.')[2]}{following:0{len(digits)}}"
