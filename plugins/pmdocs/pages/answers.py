"""What a page says of its own accuracy: how to report that it is wrong, and what readers have said of this version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from pmdocs.addresses import target_uri
from pmdocs.diagnostics import Words
from pmdocs.doctype import read_words
from pmdocs.doctype.vocabulary import Choice
from pmdocs.document import Document
from pmdocs.feedback import CONFIRMED, DUPLICATE, INACCURATE, INVALID, VERDICTS, newest, open_about
from pmdocs.library import Library
from pmdocs.pages.scene import Scene
from pmdocs.reporting import filled


@dataclass(frozen=True, slots=True)
class Said:
    """How many readers gave one verdict of the version that is shown."""

    choice: Choice
    count: int


@dataclass(frozen=True, slots=True)
class Open:
    """An inaccuracy that is confirmed and not mended: where it is, and since when it is known."""

    place: str
    href: str | None
    day: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What readers have said of a document: the verdicts of this version, and what is known to be wrong."""

    version: str
    said: tuple[Said, ...]
    open: tuple[Open, ...]
    is_sample: bool


def feedback_of(scene: Scene, document: Document) -> Feedback | None:
    """Return what readers have said, for sites of the team alone: no details, and nobody's name. None where nobody has."""
    library, day = scene.library, scene.setting.as_of
    if is_public(library):
        return None
    version = str(document.values.get("version", ""))
    about = [each for each in library.feedback_about.get(document.id, ()) if each.received_at <= day]
    own = {"owner", str(document.values.get("owner"))}
    current = [
        each
        for each in newest(about)
        if each.doc_version == version
        and each.status_on(day) not in (INVALID, DUPLICATE)
        and own.isdisjoint((each.reporter, each.reporter_role))
    ]
    wrong = [
        each
        for each in open_about(document, about, day)
        if each.verdict == INACCURATE and each.status_on(day) == CONFIRMED
    ]
    if not current and not wrong:
        return None
    choices = _choices(library)
    said = tuple(
        Said(choices.get(name, Choice(name, Words(name, name))), count)
        for name in VERDICTS
        if (count := sum(each.verdict == name for each in current))
    )
    known = tuple(_open(scene, document, each.section_ref, each.received_at.isoformat()) for each in wrong)
    return Feedback(version, said, known, any(each.is_sample for each in about))


def is_public(library: Library) -> bool:
    """Whether this site shows documents to everybody, and nothing that is the team's own."""
    return library.audience is not None and library.audience <= {"public"}


def _choices(library: Library) -> Mapping[str, Choice]:
    lists = [kind.rows for kind in library.types.values() if kind.several and kind.rows]
    field = next((field for rows in lists if (field := rows.child("verdict"))), None)
    return field.choices if field else {}


def _open(scene: Scene, document: Document, place: str, day: str) -> Open:
    target = scene.library.find(place, product=document.product) or scene.library.find(f"{document.id}.{place}")
    if target is None or target.document is not document:
        return Open(place, None, day)
    return Open(target.address, scene.link(target_uri(target)), day)


def report_html(scene: Scene, title: str, document: Document | None = None) -> str:
    """Return the way to report that a page is wrong: a link to a form that is filled in, else a card to copy.

    `data-report` is the address (or the card) for a script to fill in the item at `{section}`.
    """
    report = scene.setting.report
    version = scene.say(read_words(document.values.get("version"))) if document else ""
    name = document.id if document else ""
    what = " ".join(filter(None, (name, version))) if document else title
    facts = {
        "doc_id": name,
        "doc_version": version,
        "title": scene.page_word("report_title", what=what),
        "page": title,
    }
    label = escape(scene.page_word("report_inaccuracy"))
    if report:
        address = filled(report.document if document else report.page, facts)
        href = escape(address.replace("{section}", "" if document else quote(scene.url, safe="")))
        data = f' data-report="{escape(address)}"' if document else ""
        return f'<p class="pm-report" data-search-exclude{data}><a href="{href}">{label}</a></p>'
    lines = _card(scene, title, document, version)
    lead = escape(scene.page_word("report_lead"))
    return (
        f'<details class="pm-fold pm-report" data-search-exclude><summary>{label}</summary>'
        f'<p class="pm-note-line">{lead}</p><pre class="pm-card">{lines}</pre></details>'
    )


def _card(scene: Scene, title: str, document: Document | None, version: str) -> str:
    name = f"{document.id} {title}" if document else title
    rows = [("report_page", name)]
    if document:
        rows.append(("report_version", version))
    lines = [f"{escape(scene.page_word(word))}{escape(value)}" for word, value in rows]
    lines.append(f"{escape(scene.page_word('report_place'))}<span data-place></span>")
    lines += [escape(scene.page_word(word)) for word in ("report_said", "report_true")]
    return "\n".join(lines)
