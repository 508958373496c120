"""Mutations: whatever changes in a document of a shipped type, exactly the approvals of the roles that review it go stale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from filled import Filler, empty_site, shipped_types
from pmdocs.document import Document, normalize
from pmdocs.layout import tidied
from pmdocs.signoff import digest_for
from pmdocs.source import read_bytes
from sites import ROOT

TYPES = ("prd", "feature_spec", "user_manual")
ROLES = ("tech", "customer_service", "design", "qa", "legal", "ops", "business")
SAMPLE = ("prd/PRD-CHK-001", "feature_spec/SPEC-CHK-003", "user_manual/MAN-BUY-002")


@cache
def declared(name: str) -> dict[tuple[str, ...], frozenset[str]]:
    """Who reviews each field of a type, by the names that lead to it: read from type.yaml alone, by the rule its guide states."""
    folders = [ROOT / "pm_templates" / each for each in (name, "_document")]
    own, envelope = (yaml.safe_load((folder / "type.yaml").read_text("utf-8")) for folder in folders)
    found: dict[tuple[str, ...], frozenset[str]] = {}

    def walk(fields: Mapping[str, Any], path: tuple[str, ...], around: list[str]) -> None:
        for key, spec in fields.items():
            to = [spec["to"]] if isinstance(spec.get("to"), str) else spec.get("to")
            is_day_or_person = spec["is"] == "date" or to == ["person"]
            roles = spec.get("reviewed_by", [] if is_day_or_person else around)
            found[*path, key] = frozenset(roles)
            walk(spec.get("fields", {}), (*path, key), roles)

    walk(envelope["fields"] | own["fields"], (), own["reviewed_by"])
    return found


@cache
def filled(name: str) -> Document:
    """A document in which every field says something."""
    counted = iter(range(100_000))
    return Filler(shipped_types()[name], lambda field: f"{field.label.zh}第 {next(counted)} 处").document()


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every single value, of the first two rows of each list."""
    if isinstance(value, dict) and not set(value) <= {"zh", "en"}:
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, each in enumerate(value):
            yield from leaves(each, (*path, index))
    else:
        yield path


def names(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """A path without the places in lists."""
    return tuple(part for part in path if isinstance(part, str))


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return [*value, value[0]]
    return {**value, "zh": "改过"} if isinstance(value, dict) else f"{value} 改过"


def changed(document: Document, path: tuple[str | int, ...], change: Any) -> Document:
    """The document with the value at a path changed; taken out where the change is None."""
    values: Any = deepcopy(dict(document.values))
    around = values
    for part in path[:-1]:
        around = around[part]
    if change is None:
        del around[path[-1]]
    else:
        around[path[-1]] = change(around[path[-1]])
    return replace(document, values=normalize(document.type.fields, values))


def stale(before: Document, after: Document) -> set[str]:
    """The roles whose approval of `before` is none of `after`."""
    return {role for role in ROLES if digest_for(before, role) != digest_for(after, role)}


@pytest.mark.parametrize("name", TYPES)
def test_a_change_makes_the_approvals_of_its_reviewers_stale_and_no_others(name: str) -> None:
    """For each field of a type, at any depth: another value there is news to exactly the roles that its type names."""
    document, roles = filled(name), declared(name)
    seen: dict[tuple[str, ...], tuple[str | int, ...]] = {}
    for path in leaves(document.values):
        seen.setdefault(names(path), path)
    known = {key: path for key, path in seen.items() if key in roles}
    assert len(known) > 80
    wrong = {
        key: (found, set(roles[key]))
        for key, path in known.items()
        if (found := stale(document, changed(document, path, other))) != roles[key]
    }
    assert wrong == {}


@pytest.mark.parametrize("name", TYPES)
def test_what_is_taken_out_is_news_to_all_who_reviewed_anything_in_it(name: str) -> None:
    """A field of the document taken out whole makes stale whoever reviews it or a field within."""
    document, roles = filled(name), declared(name)
    for key in document.values:
        if (key,) in roles:
            within = frozenset().union(
                *(found for path, found in roles.items() if path[0] == key and path in _filled(name))
            )
            assert stale(document, changed(document, (key,), None)) == within, key


@cache
def _filled(name: str) -> frozenset[tuple[str, ...]]:
    """The fields that hold a value of their own in the filled document."""
    return frozenset(names(path) for path in leaves(filled(name).values))


@pytest.mark.parametrize("name", TYPES)
def test_the_id_of_an_item_is_news_to_all_who_review_the_item(name: str) -> None:
    """An item under another id is another item to each role that reviews anything of it; the order of items counts, too."""
    document, roles = filled(name), declared(name)
    for field in document.type.fields:
        if field.kind != "items" or field.id is None or field.id.style == "ordinal":
            continue
        within = frozenset().union(*(found for path, found in roles.items() if path[0] == field.name))
        path = (field.name, 0, field.id.field)
        assert stale(document, changed(document, path, lambda value: f"{value}9")) == within, field.name
        assert stale(document, changed(document, (field.name,), lambda rows: rows[::-1])) == within, field.name


def test_days_people_status_and_history_are_reviewed_by_nobody() -> None:
    """No date, no person, no status and nothing of the history makes an approval stale."""
    for name in TYPES:
        for key, roles in declared(name).items():
            if key[0] in ("status", "status_history", "change_history", "owner", "authors", "reviewers", "version"):
                assert roles == frozenset(), key
            if key[-1] in ("date", "due", "due_date", "owner", "status"):
                assert roles == frozenset(), key


class Quoted(yaml.SafeDumper):
    """Writes every text in quotation marks."""


def quoted(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    """A text in double quotation marks."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


Quoted.add_representer(str, quoted)


def requoted(text: str) -> str:
    """The same values as another writer would spell them: sorted keys, other quotes, no comments."""
    value = read_bytes(text.encode(), file="").value
    return str(yaml.dump(value, Dumper=Quoted, allow_unicode=True, sort_keys=True))


def commented(text: str) -> str:
    """A comment above every key of the document."""
    return re.sub(r"^(?=[a-z_]+:)", "# 说明\n", text, flags=re.MULTILINE)


def with_crlf(text: str) -> str:
    """Lines that end as on Windows."""
    return text.replace("\n", "\r\n")


FORMATS = {
    "sorted and quoted": requoted,
    "comments": commented,
    "CRLF": with_crlf,
}


@pytest.mark.parametrize("how", [*FORMATS, "pmdocs fmt"])
@pytest.mark.parametrize("name", SAMPLE)
def test_another_layout_makes_no_approval_stale(name: str, how: str) -> None:
    """Whatever is done to the look of a document of the sample, every approval of it stays as it was."""
    kind = empty_site().library.types[name.partition("/")[0]]
    text = Path(ROOT / "data" / f"{name}.yaml").read_text("utf-8")
    again = tidied(requoted(text), kind.fields) if how == "pmdocs fmt" else FORMATS[how](text)
    assert again != text
    first, second = (read_bytes(each.encode(), file="") for each in (text, again))
    assert isinstance(first.value, dict)
    assert isinstance(second.value, dict)
    one, two = (Document(kind, "X", normalize(kind.fields, each.value), each) for each in (first, second))  # type: ignore[arg-type]  # as asserted
    assert stale(one, two) == set()
