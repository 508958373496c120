"""A verdict on a document, written into its file: refused where it would be worth nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pmdocs.diagnostics import Diagnostic, RefusedError, Severity, Words
from pmdocs.doctype import nearest
from pmdocs.document import Document
from pmdocs.edit import EditError, appended, changed
from pmdocs.library import Library
from pmdocs.rules.history import STATUS_HISTORY
from pmdocs.rules.keys import MISSING_FIELD
from pmdocs.rules.signoffs import NO_SERVICE_SIGN_OFF, NO_TECHNICAL_SIGN_OFF, STALE_SIGN_OFF
from pmdocs.signoff import (
    ANSWERING,
    APPROVING,
    INACTIVE,
    OTHER_ROLE,
    OWNER,
    PENDING,
    REJECTING,
    SIGN_OFFS,
    State,
    digest_for,
    latest_rows,
    links_for,
    role_words,
    state_of_role,
    states_of,
    unfitness,
)

VERDICTS = tuple(sorted(ANSWERING))
_CURED = frozenset(rule.code for rule in (NO_TECHNICAL_SIGN_OFF, NO_SERVICE_SIGN_OFF, STALE_SIGN_OFF))
"""Rules that signing off is the cure of."""

LATE = "before-sign-off"
"""Why D7-G05 finds a document that was published before it was signed off."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reviewer says: of which document, in which role, who, what, and on which day."""

    document: str
    role: str
    person: str
    verdict: str
    day: date
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """A verdict as it is written: the document, its file's bytes with the entry, and which roles still have to sign."""

    document: Document
    data: bytes
    lacking: tuple[str, ...]
    is_new: bool
    """Whether it is an entry of its own; otherwise it took the place of one that waited, or was of the same version."""


def approve(library: Library, findings: Sequence[Diagnostic], wish: Wish, data: bytes) -> Approval:
    """Return a verdict as it is to be written into the file with these bytes. Raises RefusedError."""
    document = found_document(library, wish.document)
    _fit(library, document, wish)
    if wish.verdict in APPROVING:
        _sound(document, findings)
    index, row = _earlier(document, wish)
    _explained(wish, row)
    entry = _entry(library, document, wish, row)
    try:
        new = _written(document, data, entry, index)
    except EditError as error:
        raise RefusedError(error.words.zh, error.words.en) from error
    return Approval(document, new, _lacking(document, library, wish), is_new=index is None)


def _written(document: Document, data: bytes, entry: dict[str, Any], index: int | None) -> bytes:
    """Return the file with an entry of its own, or with what is new in the place of another; comments are added to those there."""
    if index is None:
        names = [field.name for field in document.type.fields]
        before = names[: names.index(SIGN_OFFS)] if SIGN_OFFS in names else names
        return appended(data, (SIGN_OFFS,), entry, after=before)
    row: Mapping[str, Any] = document.values[SIGN_OFFS][index]
    comments = entry.pop("comments", [])
    data = changed(data, (SIGN_OFFS, index), {key: value for key, value in entry.items() if row.get(key) != value})
    for comment in comments:
        data = appended(data, (SIGN_OFFS, index, "comments"), comment)
    return data


def found_document(library: Library, name: str) -> Document:
    """Return the document with an id, in any capitals; raises RefusedError where there is none."""
    document = library.document(name) or library.document(name.upper())
    if document is not None:
        return document
    if library.may_be_unread(name):
        raise RefusedError(
            f"{name} 的文件有错误，读不出来；先运行 pmdocs check",
            f"The file of {name} has mistakes and cannot be read; run pmdocs check first",
        )
    close = nearest(name, [each.id for each in library.documents])
    raise RefusedError(
        f"没有文档 {name}" + (f"；是不是想写 {close}？" if close else ""),
        f"There is no document {name}" + (f"; did you mean {close}?" if close else ""),
    )


def found_role(library: Library, name: str) -> str:
    """Return the review role with an id or name; raises RefusedError where there is none."""
    roles = library.standards.choices.get("review_role", {})
    if name in roles:
        return name
    labels = {key: (choice.label.zh, choice.label.en) for key, choice in roles.items()}
    close = nearest(name, roles, labels)
    known = "、".join(f"{key}（{choice.label.zh}）" for key, choice in roles.items())
    raise RefusedError(
        f"没有评审角色 {name}。" + (f"是不是想写 {close}？" if close else "") + f"现有：{known}",
        f"There is no review role {name}. "
        + (f"Did you mean {close}? " if close else "")
        + f"There are: {', '.join(roles)}",
    )


def _fit(library: Library, document: Document, wish: Wish) -> None:
    """Refuse somebody who may not give this verdict."""
    person = library.entry("person", wish.person)
    if person is None:
        people = {
            name: (each.title.zh, each.title.en) for (kind, name), each in library.entries.items() if kind == "person"
        }
        close = nearest(wish.person, people, people)
        raise RefusedError(
            f"people.yaml 里没有 {wish.person}" + (f"；是不是想写 {close}？" if close else "；先在那里加上这个人"),
            f"There is no {wish.person} in people.yaml"
            + (f"; did you mean {close}?" if close else "; add the person there first"),
        )
    role, zh, en = role_words(library.standards, wish.role), person.title.zh, person.title.en
    unfit = unfitness(document, library, wish.role, wish.person)
    if unfit == INACTIVE:
        raise RefusedError(
            f"{zh}已经离职（people.yaml 里 active: false），不能会签；请另一位有“{role.zh}”角色的同事评审",
            f"{en} has left (active: false in people.yaml) and cannot sign off; ask somebody else with the role “{role.en}”",
        )
    if unfit == OTHER_ROLE:
        raise RefusedError(
            f"{zh}没有“{role.zh}”角色；请有这个角色的同事评审，"
            f"或者先在 people.yaml 里给 {wish.person} 的 roles 加上 {wish.role}",
            f"{en} does not have the role “{role.en}”; ask somebody who has, "
            f"or add {wish.role} to the roles of {wish.person} in people.yaml first",
        )
    if unfit is not None:
        part = Words("负责人", "owner") if unfit == OWNER else Words("作者", "author")
        raise RefusedError(
            f"{zh}是 {document.id} 的{part.zh}，不能评审自己的文档；请另一位有“{role.zh}”角色的同事评审",
            f"{en} is the {part.en} of {document.id} and cannot review it; ask somebody else with the role “{role.en}”",
        )


def _sound(document: Document, findings: Sequence[Diagnostic]) -> None:
    """Refuse to approve a document with errors other than those that signing off is the cure of."""
    own = [
        each
        for each in findings
        if each.severity is Severity.ERROR
        and (each.document == document.id or each.location.file == document.source.file)
        and not _is_about_signing(each)
    ]
    if own:
        raise RefusedError(
            f"{document.id} 有 {len(own)} 个错误，改好以后才能会签",
            f"{document.id} has errors ({len(own)}); it can be signed off once they are mended",
            own,
        )


def _is_about_signing(finding: Diagnostic) -> bool:
    """Whether a finding is only that sign-offs are lacking, no longer hold, or came late: one role must not wait for the other."""
    if finding.rule is MISSING_FIELD:
        return finding.path[:1] == (SIGN_OFFS,)
    return finding.code in _CURED or (finding.rule is STATUS_HISTORY and finding.reason.word == LATE)


def _explained(wish: Wish, row: Mapping[str, Any]) -> None:
    """Refuse a rejection, or an approval with comments, that has no comment."""
    if wish.comment or row.get("comments") or wish.verdict not in (REJECTING, "approved_with_comments"):
        return
    raise RefusedError(
        "请用 --comment 写明意见：没有意见，作者不知道要改什么",
        "Say what is to be changed with --comment: without it the author cannot know",
    )


def _earlier(document: Document, wish: Wish) -> tuple[int | None, Mapping[str, Any]]:
    """Return the entry whose place a verdict takes: this person's newest, where it waits or is of the same version.

    What was said of another version stays, for it tells how the document came about; so does the approval with which
    this version was published.
    """
    for index, row in latest_rows(document):
        if row.get("role") == wish.role and row.get("person") == wish.person:
            same = str(row.get("version", "")) == str(document.values.get("version", ""))
            published = str(document.values.get("published_date", ""))
            is_record = row.get("verdict") in APPROVING and str(row.get("date", "")) <= published < wish.day.isoformat()
            if row.get("verdict") == PENDING or (same and not is_record):
                return index, row
    return None, {}


def _entry(library: Library, document: Document, wish: Wish, row: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "person": wish.person,
        "role": wish.role,
        "verdict": wish.verdict,
        "date": wish.day.isoformat(),
        "version": str(document.values.get("version", "")),
    }
    if wish.comment:
        entry["comments"] = [{"text": wish.comment, "resolved": False}]
    entry["digest"] = digest_for(document, wish.role)
    links = links_for(document, library, wish.role)
    if links or row.get("links"):
        entry["links"] = links
    return entry


def _lacking(document: Document, library: Library, wish: Wish) -> tuple[str, ...]:
    """Return the required roles that have not freshly signed, this verdict counted in."""
    states = states_of(document, library)
    required = dict.fromkeys(each.role for each in states if each.required)
    done = {wish.role} if wish.verdict in APPROVING else set()
    return tuple(role for role in required if role not in done and state_of_role(role, states) is not State.FRESH)
