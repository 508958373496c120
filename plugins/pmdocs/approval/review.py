"""What a role is to review in a document: all of it the first time, and after an approval exactly what changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pmdocs.canonical import is_reviewed
from pmdocs.diagnostics import Words
from pmdocs.diff import DocumentChange, document_changes
from pmdocs.doctype import Field
from pmdocs.document import Document, normalize
from pmdocs.library import Library
from pmdocs.repository import Repository, RepositoryError
from pmdocs.signoff import SignOff, as_reviewed, digest_for, state_of_role, states_of
from pmdocs.source import read_bytes

Past = Callable[[], Iterator[Document] | None]
"""Gives the versions of a document that are known, newest first; None where there is no history to ask."""
NO_HISTORY = Words("项目不在 git 仓库里", "the project is in no git repository")
NO_DIGEST = Words("会签没有内容摘要", "the sign-off has no digest")
NOT_THERE = Words(
    "git 历史里没有会签时的内容（可能没有提交，或者只取了最近的提交）",
    "what was signed is not in the git history (never committed, perhaps, or only the newest commits were fetched)",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A field that a role reviews: its words, the ids of its items, and the fields within where it reviews only some."""

    label: Words
    items: tuple[str, ...] = ()
    only: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What one role is to do: how it stands, what changed since it approved, or why that is not known."""

    role: str
    sign_offs: tuple[SignOff, ...]
    parts: tuple[Part, ...]
    since: SignOff | None = None
    """The approval that it is compared with."""
    change: DocumentChange | None = None
    """What changed since; None where that is not known."""
    unknown: Words | None = None

    @property
    def suspects(self) -> tuple[str, ...]:
        """The ids of linked content that has changed since somebody approved."""
        return tuple(dict.fromkeys(name for each in self.sign_offs for name in each.suspects))


def review_of(document: Document, library: Library, role: str, past: Past) -> Review:
    """Return what `role` is to review of a document."""
    own = tuple(each for each in states_of(document, library) if each.role == role)
    review = Review(role, own, tuple(_parts(document, role)))
    approvals = [each for each in own if each.state.is_approval]
    if not approvals:
        return review
    state = state_of_role(role, own)
    since = max(
        (each for each in approvals if each.state is state or not state.is_approval), key=lambda each: each.date
    )
    signed = (since.entry or {}).get("digest")
    if signed is None:
        return Review(role, own, review.parts, since, unknown=NO_DIGEST)
    if signed == digest_for(document, role):
        return Review(role, own, review.parts, since, document_changes(document, document))
    versions = past()
    before = next((each for each in versions or () if digest_for(each, role) == signed), None)
    if before is None:
        return Review(role, own, review.parts, since, unknown=NO_HISTORY if versions is None else NOT_THERE)
    change = document_changes(as_reviewed(before, role), as_reviewed(document, role))
    return Review(role, own, review.parts, since, change)


def past_in(root: Path, document: Document) -> Iterator[Document] | None:
    """Return the versions of a document's file in git, newest first, read with today's type; None outside a repository."""
    repository = Repository.at(root)
    if repository is None:
        return None
    return _versions(repository, f"{repository.inside(root)}/{document.source.file}".lstrip("/"), document)


def _versions(repository: Repository, path: str, document: Document) -> Iterator[Document]:
    kind = document.type
    try:
        for commit in repository.log(path):
            data = repository.read(commit.hash, path)
            source = read_bytes(data, file=path) if data is not None else None
            if source and isinstance(source.value, dict):
                yield Document(kind, document.id, normalize(kind.fields, source.value), source)
    except RepositoryError:
        return


def _parts(document: Document, role: str) -> Iterator[Part]:
    items: dict[str, list[str]] = {}
    for each in as_reviewed(document, role).items:
        if each.parent == document.id:
            items.setdefault(str(each.path[0]), []).append(each.local)
    for field in document.type.fields:
        if field.name in document.values and is_reviewed(field, role):
            yield Part(field.label, tuple(items.get(field.name, ())), tuple(_only(field, role)))


def _only(field: Field, role: str) -> Iterator[Words]:
    """Yield the fields within that a role reviews, where there are others that somebody else reviews alone."""
    inner = [each for each in field.fields if is_reviewed(each, None)]
    own = [each for each in inner if is_reviewed(each, role)]
    yield from (each.label for each in own if len(own) < len(inner))
