"""Sign-offs as pages show them: on each document how they stand, and on one page what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pmdocs.addresses import REVIEW_URI, document_uri
from pmdocs.checks.records import changes_of, day_of, moves_of
from pmdocs.checks.signoffs import changed_places
from pmdocs.doctype import Status
from pmdocs.doctype.vocabulary import GATES
from pmdocs.document import Document
from pmdocs.pages.entry import Entry
from pmdocs.pages.scene import Scene, Setting
from pmdocs.pages.values import Reference, Row
from pmdocs.pages.view import Viewer
from pmdocs.signoff import SIGN_OFFS, STATE_WORDS, SignOff, State, digest_for, role_words, states_of

IN_REVIEW = GATES.index("in_review")
TONES: Mapping[State, str] = {
    State.FRESH: "good",
    State.STALE: "warn",
    State.OLD_VERSION: "warn",
    State.UNSEALED: "warn",
    State.PENDING: "info",
    State.REJECTED: "bad",
    State.MISSING: "bad",
}


@dataclass(frozen=True, slots=True)
class SignOffView:
    """A sign-off on its document's page. `row` is its entry as written; `notes` say why it does not count, or since when."""

    state: str
    label: str
    tone: str
    role: str
    row: Row | None
    notes: tuple[str, ...] = ()
    suspects: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits for a role: since when, why, and who is asked."""

    id: str
    title: str
    href: str
    type: str
    status: Status | None
    version: str
    state: str
    label: str
    tone: str
    person: str
    since: str
    days: int | None
    notes: tuple[str, ...] = ()
    suspects: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleQueue:
    """What waits for one role, the longest first, what it should look at again, and what it has signed."""

    id: str
    label: str
    waiting: tuple[Waiting, ...] = ()
    stale: tuple[Waiting, ...] = ()
    suspect: tuple[Waiting, ...] = ()
    fresh: tuple[Waiting, ...] = ()


def sign_off_views(viewer: Viewer, row: Row) -> dict[str, object]:
    """Return the sign-offs of a document that count, and the entries that a newer one of the same person stands above."""
    library, document = viewer.scene.library, viewer.document
    states = states_of(document, library)
    rows = row[SIGN_OFFS]
    entries: Sequence[Row | None] = rows if isinstance(rows, list) else ()
    known = {each.index for each in states}
    shown = [each for each in states if each.index is not None or _is_awaited(viewer.scene, document)]
    return {
        "sign_offs": tuple(_view(viewer, each, entries) for each in shown),
        "earlier_sign_offs": tuple(each for index, each in enumerate(entries) if index not in known),
    }


def _is_awaited(scene: Scene, document: Document) -> bool:
    """Whether a document is so far that a missing sign-off is worth telling."""
    status = scene.library.standards.lifecycle.get(document.status)
    return status is not None and not status.set_aside and not status.retired and status.gate >= IN_REVIEW


def _view(viewer: Viewer, each: SignOff, entries: Sequence[Row | None]) -> SignOffView:
    scene = viewer.scene
    row = entries[each.index] if each.index is not None else None
    verdict = row["verdict"] if row else None
    label = (
        str(verdict) if verdict and each.state in (State.FRESH, State.REJECTED) else scene.say(STATE_WORDS[each.state])
    )
    is_quiet = each.state is State.MISSING and _gate(scene, viewer.document) == IN_REVIEW
    return SignOffView(
        state=each.state.value,
        label=label,
        tone="neutral" if is_quiet else TONES[each.state],
        role=scene.say(role_words(scene.library.standards, each.role)),
        row=row,
        notes=(*_notes(scene, viewer.document, each), *_waited(scene, viewer.document, each)),
        suspects=_suspects(viewer, each),
    )


def _waited(scene: Scene, document: Document, each: SignOff) -> Iterator[str]:
    """Yield how long a document in review has waited for a sign-off."""
    day = day_of(_since(document, each))
    is_asked = each.state in (State.PENDING, State.MISSING) and _gate(scene, document) == IN_REVIEW
    if is_asked and day and day < scene.setting.as_of:
        yield scene.page_word("review_waited", days=(scene.setting.as_of - day).days)


def _gate(scene: Scene, document: Document) -> int:
    status = scene.library.standards.lifecycle.get(document.status)
    return status.gate if status else 0


def _suspects(viewer: Viewer, each: SignOff) -> tuple[Reference, ...]:
    found = []
    for name in each.suspects:
        target = viewer.scene.library.find(name, product=viewer.document.product)
        found.append(viewer.reference(target) if target else Reference(name, "", None))
    return tuple(found)


def _notes(scene: Scene, document: Document, each: SignOff) -> Iterator[str]:
    """Yield why a sign-off does not count, in the words of its page."""
    if each.state is State.MISSING:
        yield scene.page_word("sign_off_missing")
    elif each.state is State.OLD_VERSION:
        yield scene.page_word("sign_off_old", version=str(document.values.get("version", "")))
    elif each.state is State.UNSEALED:
        yield scene.page_word("sign_off_unsealed")
    elif each.state is State.STALE:
        places = _places(scene, document, each)
        yield scene.page_word("sign_off_changed_at", places=places) if places else scene.page_word("sign_off_changed")


def _places(scene: Scene, document: Document, each: SignOff) -> str:
    """Return what changed since a sign-off, where the version before is what was signed."""
    before = scene.setting.previous.document(document.id) if scene.setting.previous else None
    if before is None or digest_for(before, each.role) != (each.entry or {}).get("digest"):
        return ""
    places = changed_places(before, document, each.role)
    return scene.page_word("and").join(each if isinstance(each, str) else scene.say(each) for each in places)


# ── The queue ──


def review_entries(setting: Setting) -> Iterator[Entry]:
    """Yield the page of what waits for review, role by role."""
    scene = Scene(setting, REVIEW_URI)
    queues = tuple(queues_of(scene))
    context = {"queues": queues, "today": setting.as_of.isoformat()}
    lead = scene.page_word("review_lead")
    yield Entry(REVIEW_URI, "_shared/review.html.j2", scene.page_word("review_queue"), context, lead)


def queues_of(scene: Scene) -> Iterator[RoleQueue]:
    """Yield the queue of each role that has to sign something or was asked, in the order of the roles."""
    found: dict[str, dict[str, list[Waiting]]] = {}
    for document in scene.library.published:
        if not _is_awaited(scene, document):
            continue
        states = states_of(document, scene.library)
        for role in dict.fromkeys(each.role for each in states):
            own = [each for each in states if each.role == role]
            for kind, each in _sorted_out(own):
                found.setdefault(role, {}).setdefault(kind, []).append(_waiting(scene, document, each))
    roles = scene.library.standards.choices.get("review_role", {})
    for role in sorted(found, key=lambda name: [*roles, name].index(name)):
        kinds = {kind: tuple(sorted(each, key=_age)) for kind, each in found[role].items()}
        yield RoleQueue(role, scene.say(role_words(scene.library.standards, role)), **kinds)


def _sorted_out(own: Sequence[SignOff]) -> Iterator[tuple[str, SignOff]]:
    """Yield what a role has to do with one document: a fresh approval ends the waiting of its colleagues."""
    fresh = [each for each in own if each.state is State.FRESH]
    rejected = [each for each in own if each.state is State.REJECTED]
    if fresh and not rejected:
        yield from (("suspect" if each.suspects else "fresh", each) for each in fresh)
        return
    for each in own:
        if each.state in (State.STALE, State.OLD_VERSION, State.UNSEALED):
            yield "stale", each
        elif each.state is not State.FRESH:
            yield "waiting", each


def _age(each: Waiting) -> tuple[str, str]:
    return each.since or "9999", each.id


def _waiting(scene: Scene, document: Document, each: SignOff) -> Waiting:
    library = scene.library
    person = library.entry("person", each.person)
    since = each.date if each.state in (State.FRESH, State.REJECTED) else _since(document, each)
    day = day_of(since)
    return Waiting(
        id=document.id,
        title=scene.say(document.title),
        href=scene.link(document_uri(document)),
        type=scene.say(document.type.short),
        status=library.standards.lifecycle.get(document.status),
        version=str(document.values.get("version", "")),
        state=each.state.value,
        label=scene.page_word("review_suspect") if each.suspects else scene.say(STATE_WORDS[each.state]),
        tone="warn" if each.suspects else TONES[each.state],
        person=scene.say(person.title) if person else each.person,
        since=since,
        days=(scene.setting.as_of - day).days if day else None,
        notes=tuple(_notes(scene, document, each)) if each.state is not State.MISSING else (),
        suspects=_suspects(Viewer(scene, document), each),
    )


def _since(document: Document, each: SignOff) -> str:
    """Return since when a document waits: the day of its newest status, but not before the sign-off that no longer holds."""
    days = [row.day.isoformat() for row in (*moves_of(document)[-1:], *changes_of(document)[-1:]) if row.day]
    return max([*days[:1], each.date], default="")
