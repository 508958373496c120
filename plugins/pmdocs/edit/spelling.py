"""Values spelt as YAML, as a careful writer would: words plain, everything that could be misread in quotation marks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SENTENCE = re.compile(r"[\u4e00-\u9fff“《][^\x00-\x1f\x7f-\x9f:#\[\]{},&*!|>'\"%@`\u2028\u2029\ufeff\ud800-\udfff]*")
_MEANING = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""Words that mean something else than themselves to one YAML reader or another."""


def scalar(value: Any) -> str:
    """Return one value as it stands behind a colon or dash."""
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _WORD.fullmatch(value) or _DAY.fullmatch(value) or _SENTENCE.fullmatch(value)
    if plain and value == value.strip() and value.casefold() not in _MEANING:
        return value
    return json.dumps(value, ensure_ascii=False)


def flow(value: Any, *, quoted: bool = False) -> str:
    """Return a value on one line, collections in brackets; `quoted` as JSON."""
    if quoted:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def block(value: Any, column: int, *, dash: int = 2, step: int = 2) -> list[str]:
    """Return the lines of a mapping or list at a column.

    `dash` is how far the lists in it stand in from their keys, `step` how far the entry of a list from its dash.
    """
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in _pair(scalar(key), each, column, dash)]
    lines = []
    for each in value:
        if isinstance(each, Mapping) and each:
            first, *more = block(each, column + step, dash=dash)
            lines += [" " * column + "-" + first[column + 1 :], *more]
        else:
            lines.append(" " * column + "-" + " " * (step - 1) + flow(each))
    return lines


def _pair(key: str, value: Any, column: int, dash: int) -> list[str]:
    head = " " * column + f"{key}:"
    if isinstance(value, Mapping) and value:
        return [head, *block(value, column + 2, dash=dash)]
    if isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value):
        return [head, *block(value, column + dash, dash=dash)]
    return [f"{head} {flow(value)}"]
