"""The page of the rules that documents set aside: which, where, why, by whom, until when, and what each lets pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdocs.addresses import SUPPRESSIONS_URI, document_uri, rule_uri
from pmdocs.checks import Suppression, suppressions_of
from pmdocs.doctype import Field
from pmdocs.document import Document
from pmdocs.library import Target
from pmdocs.pages.entry import Entry
from pmdocs.pages.scene import Scene, Setting


@dataclass(frozen=True, slots=True)
class SuppressionRow:
    """A suppression as the page shows it; `found` are the findings that it lets pass, in words."""

    code: str
    title: str
    href: str
    place: str
    place_href: str
    reason: str
    lang: str | None
    by: str
    until: str
    state: str
    tone: str
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuppressionGroup:
    """The suppressions of one document."""

    id: str
    title: str
    lang: str | None
    href: str
    rows: tuple[SuppressionRow, ...]


def suppression_entries(setting: Setting) -> Iterator[Entry]:
    """Yield the page that lists every suppression in the documents this site shows."""
    scene = Scene(setting, SUPPRESSIONS_URI)
    context = {"groups": tuple(groups_of(scene)), "today": str(setting.as_of)}
    lead = scene.page_word("suppressions_lead")
    yield Entry(SUPPRESSIONS_URI, "_shared/suppressions.html.j2", scene.page_word("suppressions"), context, lead)


def groups_of(scene: Scene, code: str = "") -> Iterator[SuppressionGroup]:
    """Yield each document that sets a rule aside, or the rule `code`, with its suppressions."""
    for document in scene.library.published:
        rows = tuple(_row(scene, each) for each in suppressions_of(document) if code in ("", each.rule.code))
        if rows:
            title, lang = scene.translated(document.values.get("title", document.id), document.values.get("lang"))
            yield SuppressionGroup(document.id, title, lang, scene.link(document_uri(document)), rows)


def _row(scene: Scene, entry: Suppression) -> SuppressionRow:
    setting, document = scene.setting, entry.document
    aside = [
        each.finding
        for each in setting.suppressed
        if each.by.document.source.file == document.source.file and each.by.index == entry.index
    ]
    place, href = _place(scene, document, entry.path)
    reason, lang = scene.translated(entry.values.get("reason", ""), document.values.get("lang"))
    person = scene.library.entry("person", str(entry.values.get("by")))
    state, tone = _state(setting, entry, is_used=bool(aside))
    return SuppressionRow(
        code=entry.rule.code,
        title=scene.say(entry.rule.title),
        href=scene.link(rule_uri(entry.rule.code)),
        place=place,
        place_href=href,
        reason=reason,
        lang=lang,
        by=scene.say(person.title) if person else str(entry.values.get("by", "")),
        until=str(entry.until or ""),
        state=scene.page_word(state, count=len(aside)),
        tone=tone,
        found=tuple(each.message(setting.language) for each in aside),
    )


def _state(setting: Setting, entry: Suppression, *, is_used: bool) -> tuple[str, str]:
    if not entry.is_allowed:
        return "suppression_refused", "bad"
    if entry.has_ended(setting.as_of):
        return "suppression_expired", "bad"
    return ("suppression_holds", "info") if is_used else ("suppression_unused", "neutral")


def _place(scene: Scene, document: Document, name: str) -> tuple[str, str]:
    """Return the place of a suppression in words, and the address of the item where it is in one."""
    if not name:
        return scene.page_word("whole_document"), scene.link(document_uri(document))
    for item in document.items:
        known = (item.address, item.local, item.anchor)
        if name in known or any(name.startswith(f"{each}.") for each in known):
            head = next(each for each in known if name == each or name.startswith(f"{each}."))
            label = _label(scene, item.field.fields, name.removeprefix(head).lstrip("."))
            words = f"{head} {label or scene.say(item.title)}"
            return words, scene.href(Target(document, item))
    return _label(scene, document.type.fields, name) or name, ""


def _label(scene: Scene, fields: Sequence[Field], name: str) -> str:
    """Return the label of a field by its name, at whatever depth, or nothing."""
    wanted = name.rpartition(".")[2]
    for field in fields:
        if found := scene.say(field.label) if field.name == wanted else _label(scene, field.fields, wanted):
            return found
    return ""
