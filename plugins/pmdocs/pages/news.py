"""What a page says of its own items: which are new in this version, and which changed."""

from __future__ import annotations

from pmdocs.addresses import CHANGES_URI
from pmdocs.diff import DocumentChange
from pmdocs.diff.data import top_of
from pmdocs.pages.scene import Scene
from pmdocs.pages.values import News

TONES = {"added": "good", "removed": "bad", "renamed": "info", "moved": "info", "changed": "new"}


def news_of(scene: Scene, document: str, address: str) -> News | None:
    """Return what happened to a document or item; None where nothing did, or where there is no version before.

    Where a whole document is new, that is said once, of the document.
    """
    change = scene.setting.changed.get(document)
    if change is None:
        return None
    if address == document:
        whole = change.sort == "added"
        items = {top_of(each, change).id for each in change.parts}
        label = scene.page_word("news_document") if whole else scene.page_word("news_count", count=len(items))
        return News(label, TONES[change.sort], scene.link(f"{CHANGES_URI}#{document}"))
    return None if change.sort == "added" else _item(scene, change, address)


def _item(scene: Scene, change: DocumentChange, address: str) -> News | None:
    for each in change.parts:
        if each.after and each.after.id == address:
            told = top_of(each, change).id
            sort = each.sorts[0]
            return News(scene.page_word(f"news_{sort}"), TONES[sort], scene.link(f"{CHANGES_URI}#{told}"))
    return None
