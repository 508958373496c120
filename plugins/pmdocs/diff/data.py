"""Differences as data: the same form for the command line and for the comparison that browsers make."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from pmdocs.diagnostics import Words
from pmdocs.diff.changes import Difference, DocumentChange, PartChange
from pmdocs.diff.lines import Line, lines_of
from pmdocs.diff.record import Link, Part, Record

Audience = Literal["team", "customer_service", "user"]
AUDIENCES: tuple[Audience, ...] = ("team", "customer_service", "user")
_SERVICE = "customer_service"
_EVERYBODY = "public"


def as_data(change: Difference) -> dict[str, Any]:
    """Return a difference as data that JSON can hold."""
    return {"documents": [document_data(each) for each in change.documents]}


def document_data(change: DocumentChange) -> dict[str, Any]:
    """Return what happened to a document and in it."""
    record = change.record
    was = change.before.id if change.before else record.id
    return {
        "id": record.id,
        "was": was if was != record.id else None,
        "kind": record.kind,
        "title": _both(record.title),
        "product": record.product,
        "sort": change.sort,
        "audiences": list(audiences_in(change)),
        "items": [_part(each, change) for each in change.parts],
    }


def audiences_in(change: DocumentChange) -> tuple[Audience, ...]:
    """Return whom the changes of a document concern."""
    found = {name for each in change.parts for name in audiences_of(each, change.record)}
    return tuple(name for name in AUDIENCES if name in found)


def audiences_of(change: PartChange, record: Record) -> tuple[Audience, ...]:
    """Return whom a change concerns: customer service and the team by what their roles review, users by what everybody reads.

    What nobody reviews, such as a date or a state, concerns the team.
    """
    part = change.part
    names = [each.name for each in change.fields] + [link.field for link in (*change.gained, *change.lost)]
    if not names:
        names = [*part.fields, *(link.field for link in part.links)]
    shapes = [record.shapes[key] for name in names if (key := part.label_key(name)) in record.shapes]
    roles = {role for shape in shapes for role in shape.reviewed_by}
    concerned = {
        "team": bool(roles - {_SERVICE}) or not roles,
        "customer_service": _SERVICE in roles,
        "user": bool(roles) and record.confidentiality == _EVERYBODY,
    }
    return tuple(name for name in AUDIENCES if concerned[name])


def top_of(change: PartChange, within: DocumentChange) -> Part:
    """Return the item of a document that a change stands in, or is one of itself; for the document itself, it."""
    record = within.after if change.after else within.before
    part = change.part
    while record and part.parent and (parent := record.part(part.parent)) and parent.parent:
        part = parent
    return part


def _part(change: PartChange, within: DocumentChange) -> dict[str, Any]:
    part, record, top = change.part, within.record, top_of(change, within)
    return {
        "id": part.id,
        "local": part.local,
        "was": change.before.local if change.before and change.is_renamed else None,
        "kind": part.kind,
        "title": _both(part.title),
        "parent": part.parent,
        "list": part.list,
        "top": {"id": top.id, "local": top.local, "title": _both(top.title), "list": top.list},
        "sorts": list(change.sorts),
        "moved_from": change.moved_from,
        "moved_to": change.moved_to,
        "moved_list": change.before.list
        if change.before and change.after and change.before.list != change.after.list
        else None,
        "reordered": change.is_reordered,
        "audiences": list(audiences_of(change, record)),
        "fields": [
            {
                "name": each.name,
                "before": each.before,
                "after": each.after,
                "lines": [_line(line) for line in lines_of(each, part.label_key(each.name), record.shapes)],
            }
            for each in change.fields
        ],
        "gained": [_link(link) for link in change.gained],
        "lost": [_link(link) for link in change.lost],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "steps": [{"kind": step.kind, "name": step.name} for step in line.steps],
        "key": line.key,
        "segments": [{"op": each.op, "text": each.text} for each in line.segments],
    }


def _link(link: Link) -> dict[str, str]:
    return {"field": link.field, "target": link.target}


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def concerning(change: Difference, audience: Audience) -> Difference:
    """Return what concerns an audience."""
    kept = []
    for each in change.documents:
        parts = tuple(part for part in each.parts if audience in audiences_of(part, each.record))
        if parts:
            kept.append(replace(each, parts=parts))
    return Difference(tuple(kept))
