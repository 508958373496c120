"""Whether a step or a title says what to do: a verb in front, after at most a phrase of place or condition."""

from __future__ import annotations

import re

from pmdocs.checks.prose import bare
from pmdocs.diagnostics import Language
from pmdocs.lexicon import Lexicon

_OPTIONAL = re.compile(r"^[（(]?(?:可选|选做|optional)[）)]?\s*[：:，,]?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\d+[.、)]|[-*+•])\s*")
_CONDITION_ZH = re.compile(
    r"^(?:[^，。；\n]{1,40}(?:后|时|之前|前|以后|之后|期间|的话|情况下)|(?:如果|如需|如|若|假如|要|想|需要|为|为了|当|在|从|到|通过|用|使用|凭|按|根据|对|针对|除)[^，。；\n]{1,60})，\s*"
)
_DONE_ZH = re.compile(r"(?:成功|完成|失败|通过|结束)(?:后|时|之后|以后)，")
_ADVERB_ZH = re.compile(
    r"^(?:请|必要时|需要时|先|再|然后|接着|最后|首先|随后|也可以|也可|可以|可|直接|立即|重新|再次|同时|继续|依次|逐一|逐个|分别|仔细|一起|不要|切勿|请勿|勿|不得|别|就|即|并)\s*"
)
_PLACE_ZH = re.compile(
    r"^(?:在(?!线|售|途|职)|从(?!业)|到(?!货|账|期)|通过|用(?!户|途)|使用|凭(?!证)|按(?!钮|键)|根据|对(?!方|话|象)|将|把|给|向(?!导)|与|为(?!什么)|于|以(?!下|上|及)|由|跟|同(?!意|时))"
)
_NEAR = 40
"""Characters after a preposition within which the verb has to come."""
_CONDITION_EN = re.compile(
    r"^(?:if|when|whenever|after|before|once|to|in|on|at|under|from|for|with|using|as|where|while|until|next|below|above|by|within|during|without|unless|near|beside|inside|through|via|between)\b[^,.;\n]{0,90},\s*",
    re.IGNORECASE,
)
_ADVERB_EN = re.compile(
    r"^(?:please|then|now|next|first|finally|also|again|carefully|either|just|never|do not|don't|you (?:can|may))\b,?\s*",
    re.IGNORECASE,
)
_PLACE_EN = re.compile(r"^(?:in|on|at|under|from|for|with|using|to|by|within|next to|at the)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def begins_with_verb(text: str, language: Language, lexicon: Lexicon) -> bool:
    """Whether `text` tells its reader to do something; what is left after the phrases in front is none of our business."""
    said = _OPTIONAL.sub("", _NUMBER.sub("", bare(text)))
    return _in_chinese(said, lexicon) if language == "zh" else _in_english(said, lexicon)


def is_title_of_a_task(text: str, language: Language, lexicon: Lexicon) -> bool:
    """Whether a title says what to do, perhaps after “how to”, in English perhaps as “paying again”."""
    said = bare(text)
    for opener in lexicon.of("title_openers", language):
        said = re.sub(rf"^{re.escape(opener)}\s*", "", said, flags=re.IGNORECASE)
    if begins_with_verb(said, language, lexicon):
        return True
    first = _WORD.match(said)
    return (
        language == "en"
        and first is not None
        and bool(_stems(first[0].lower()) & set(lexicon.of("action_verbs", "en")))
    )


def _in_chinese(said: str, lexicon: Lexicon) -> bool:
    verbs = lexicon.of("action_verbs", "zh")
    if said.startswith(verbs) and not _DONE_ZH.search(said):
        return True
    said = _without(said, _CONDITION_ZH, _ADVERB_ZH)
    if said.startswith(verbs):
        return True
    place = _PLACE_ZH.match(said)
    return place is not None and any(
        verb in said[place.end() : place.end() + _NEAR].partition("，")[0] for verb in verbs
    )


def _in_english(said: str, lexicon: Lexicon) -> bool:
    verbs = set(lexicon.of("action_verbs", "en"))
    said = _without(said, _CONDITION_EN, _ADVERB_EN)
    words = [word.lower() for word in _WORD.findall(said)]
    if words and words[0] in verbs and re.match(r"[A-Za-z]", said):
        return True
    return _PLACE_EN.match(said) is not None and bool(verbs.intersection(words[1:14]))


def _without(said: str, *fronts: re.Pattern[str]) -> str:
    """Return `said` without the phrases in front, however many."""
    before = None
    while said != before:
        before = said
        for front in fronts:
            said = front.sub("", said)
    return said


def _stems(word: str) -> set[str]:
    if not word.endswith("ing"):
        return set()
    stem = word[:-3]
    return {stem, f"{stem}e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem}
