"""Whether a step or a title says what to do; words that no list knows have the benefit of the doubt."""

from __future__ import annotations

import re

from pmdocs.checks.prose import bare
from pmdocs.diagnostics import Language
from pmdocs.lexicon import Lexicon

_OPTIONAL = re.compile(r"^[（(]?(?:可选|选做|optional)[）)]?\s*[：:，,]?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\d+[.、)]|[-*+•])\s*")
_CONDITION_ZH = re.compile(
    r"^(?:[^，。；\n]{1,40}(?:后|时|之前|前|以后|之后|期间|的话|情况下)"
    r"|(?:如果|如需|如|若|假如|要|想|需要|为|为了|当|在|从|到|通过|用|使用|凭|按|根据|对|针对|除)[^，。；\n]{1,60})，\s*"
)
_DONE_ZH = re.compile(r"(?:成功|完成|失败|通过|结束)(?:后|时|之后|以后)，")
_ADVERB_ZH = re.compile(
    r"^(?:请|必要时|需要时|先|再|然后|接着|最后|首先|随后|也可以|也可|可以|可|直接|立即|重新|再次|同时|继续|依次|逐[一个项条次]|分别|仔细|耐心|妥善|小心|轻轻"
    r"|一起|一次|最多|至多|至少|首次|二次|鼠标|左键|右键|双指|单指|长时间|不要|切勿|请勿|勿|不得|别|就|即|并|稍)\s*"
)
_PLACE_ZH = re.compile(
    r"^(?:在(?!线|售|途|职)|从(?!业)|到(?!货|账|期)|通过|用(?!户|途)|使用|凭(?!证)|按(?!钮|键)|根据|对(?!方|话|象)|将|把|给|向(?!导)|与|为(?!什么)|于|以(?!下|上|及)"
    r"|由|跟|同(?!意|时))"
)
_SPOT_ZH = re.compile(r"^[^，。；在\n]{1,16}(?:中|里|内|上|处|侧|部|角|页|栏)(?:的)?\s*")
_NEAR = 40
"""Characters after a preposition within which the verb has to come."""
_EARLY = 18
"""Characters at the beginning within which a description tells what appears."""
_CONDITION_EN = re.compile(
    r"^(?:if|when|whenever|after|before|once|to|in|on|at|under|from|for|with|using|as|where|while|until|next|below|above|by|within"
    r"|during|without|unless|near|beside|inside|through|via|between)\b[^,.;\n]{0,90},\s*",
    re.IGNORECASE,
)
_ADVERB_EN = re.compile(
    r"^(?:please|then|now|next|first|also|again|either|just|never|do not|don't|you (?:can|may)|[a-z]+ly)\b,?\s*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_NOUN_EN = re.compile(r"(?:tion|sion|ment|ance|ence)s?$", re.IGNORECASE)


def begins_with_verb(text: str, language: Language, lexicon: Lexicon) -> bool:
    """Whether `text` may tell its reader to do something: whether it does not describe."""
    said = _OPTIONAL.sub("", _NUMBER.sub("", bare(text)))
    if not lexicon.of("action_verbs", language):
        return False
    return _in_chinese(said, lexicon) if language == "zh" else _in_english(said, lexicon)


def is_title_of_a_task(text: str, language: Language, lexicon: Lexicon) -> bool:
    """Whether a title may say what to do, perhaps after “how to”: whether it neither describes nor ends as names of topics do."""
    said = bare(text)
    for opener in lexicon.of("title_openers", language):
        said = re.sub(rf"^{re.escape(opener)}\s*", "", said, flags=re.IGNORECASE)
    verbs = lexicon.of("action_verbs", language)
    if language == "zh":
        plain = _without(said, _ADVERB_ZH)
        if plain.startswith(verbs) or _verb_after_place(plain, lexicon):
            return True
        return begins_with_verb(said, "zh", lexicon) and not said.endswith((*lexicon.of("topic_nouns", "zh"), *verbs))
    words = [word.lower() for word in _WORD.findall(said)]
    if not words or words[0] in verbs or _stems(words[0]) & set(verbs):
        return True
    named = words[-1] in lexicon.of("topic_nouns", "en") or _NOUN_EN.search(words[-1]) is not None
    return begins_with_verb(said, "en", lexicon) and not named


def _in_chinese(said: str, lexicon: Lexicon) -> bool:
    verbs = lexicon.of("action_verbs", "zh")
    if said.startswith(verbs) and not _DONE_ZH.search(said):
        return True
    said = _without(said, _CONDITION_ZH, _ADVERB_ZH)
    if said.startswith(verbs) or _verb_after_place(said, lexicon):
        return True
    describes = said.startswith(lexicon.of("description_openers", "zh"))
    return not describes and not any(verb in said[:_EARLY] for verb in lexicon.of("state_verbs", "zh"))


def _verb_after_place(said: str, lexicon: Lexicon) -> bool:
    """Whether a verb follows a phrase of place, means or object: 在购物车点击, 弹窗中点击, 将结果告诉顾客."""
    verbs = lexicon.of("action_verbs", "zh")
    spot = _SPOT_ZH.match(said)
    if spot and said[spot.end() :].startswith(verbs):
        return True
    place = _PLACE_ZH.match(said)
    return place is not None and any(
        verb in said[place.end() : place.end() + _NEAR].partition("，")[0] for verb in verbs
    )


def _in_english(said: str, lexicon: Lexicon) -> bool:
    words = [word.lower() for word in _WORD.findall(_without(said, _CONDITION_EN, _ADVERB_EN))]
    return not words or words[0] not in lexicon.of("description_openers", "en")


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
