"""What of a text is its writer's own prose: without code, addresses and ids, and where it matters without quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmdocs.checks.texts import texts_of
from pmdocs.diagnostics import Language
from pmdocs.document import Document, Path
from pmdocs.markdown import prose_of

_QUOTED = re.compile(r"“[^”\n]*”|「[^」\n]*」|『[^』\n]*』|‘[^’\n]*’|\"[^\"\n]*\"")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_MARKUP = re.compile(r"\*\*|__|\*|~~")


def spoken_texts(value: object, path: Path, document: Document) -> Iterator[tuple[Path, str, Language]]:
    """Yield every text of a value with its path and language: that of its key, else the document's."""
    for place, text in texts_of(value, path):
        yield place, text, language_of(place, document)


def language_of(path: Path, document: Document) -> Language:
    """Return the language of the text at `path`: a translation's key says it, else the document does."""
    if path[-1] in ("zh", "en"):
        return "zh" if path[-1] == "zh" else "en"
    return "en" if str(document.values.get("lang", "")).startswith("en") else "zh"


def own_words(text: str, ids: re.Pattern[str]) -> str:
    """Return `text` with code, addresses and ids blanked out, character for character."""
    return ids.sub(_blank, prose_of(text))


def unquoted(text: str) -> str:
    """Return `text` with its quotations blanked out, character for character: they are somebody else's words."""
    return _QUOTED.sub(_blank, text)


def bare(text: str) -> str:
    """Return `text` without the signs of emphasis and without blanks at its ends."""
    return _MARKUP.sub("", text).strip()


def han_count(text: str) -> int:
    """Return how many Chinese characters `text` has."""
    return len(_HAN.findall(text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
