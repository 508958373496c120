"""A review as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pmdocs.approval.review import Part, Review
from pmdocs.diagnostics import Language, Words
from pmdocs.diff.text import document_text
from pmdocs.document import Document
from pmdocs.library import Library
from pmdocs.signoff import STATE_WORDS, SignOff, State, digest_for, role_words, state_of_role

MOST_ITEMS = 12
"""How many ids of a list are told before the rest is counted."""


def as_text(document: Document, library: Library, reviews: list[Review], language: Language) -> str:
    """Return reviews of one document as text: for each role how it stands, what is to be reviewed, and what to run then."""
    lines = [_head(document, library, language)]
    for review in reviews:
        lines += ["", *_Teller(document, library, language).review(review)]
    return "\n".join(lines)


def _head(document: Document, library: Library, language: Language) -> str:
    status = library.standards.lifecycle.get(document.status)
    told = status.label.in_language(language) if status else document.status
    return f"{document.id} {document.title.in_language(language)} {document.values.get('version', '')} ({told})"


class _Teller:
    """Tells the reviews of one document in one language."""

    def __init__(self, document: Document, library: Library, language: Language) -> None:
        self.document, self.library, self.language = document, library, language

    def say(self, zh: str, en: str) -> str:
        """Return words in the language."""
        return zh if self.language == "zh" else en

    def told(self, words: Words) -> str:
        """Return words in the language."""
        return words.in_language(self.language)

    def review(self, review: Review) -> Iterator[str]:
        """Yield the lines of one role."""
        yield f"■ {self.told(role_words(self.library.standards, review.role))}"
        for each in review.sign_offs:
            yield f"  {self._standing(each)}"
        state = state_of_role(review.role, review.sign_offs)
        if state is State.FRESH:
            yield "  " + self.say("评审过的内容没有改动。", "Nothing that was reviewed has changed.")
        elif review.change is not None and review.since is not None:
            yield from self._changes(review)
        else:
            yield from self._all(review)
        if review.suspects:
            yield "  " + self.say("会签之后，引用到的内容有改动：", "Since then, what it links to has changed:")
            yield from (f"    {self._named(name)}" for name in review.suspects)
        if state is not State.FRESH:
            yield "  → " + self._next(review)

    def _standing(self, each: SignOff) -> str:
        state = self.told(STATE_WORDS[each.state])
        if not each.person:
            return self.say(f"还没有人会签（{state}）", f"Nobody has signed ({state})")
        person = self.library.entry("person", each.person)
        name = self.told(person.title) if person else each.person
        facts = [each.version, each.date]
        return self.say("：", ": ").join([name, self.say("，", ", ").join([state, *filter(None, facts)])])

    def _changes(self, review: Review) -> Iterator[str]:
        assert review.change is not None
        assert review.since is not None
        if not review.change:
            is_same = digest_for(self.document, review.role) == (review.since.entry or {}).get("digest")
            yield "  " + (
                self.say(
                    "这个角色评审的内容没有改动，只是文档换了版本。",
                    "Nothing it reviews has changed, only the version.",
                )
                if is_same
                else self.say("只有换行和空格不同。", "Only line breaks and blanks differ.")
            )
            return
        since = self.say(
            f"{review.since.date} 会签 {review.since.version} 之后的改动：",
            f"Changed since {review.since.version} was signed on {review.since.date}:",
        )
        yield f"  {since}"
        yield from (f"  {line}" for line in list(document_text(review.change, self.language))[1:])

    def _all(self, review: Review) -> Iterator[str]:
        if review.unknown:
            why = self.told(review.unknown)
            zh = f"看不出会签之后改了什么：{why}。请把下面的都看一遍："
            yield "  " + self.say(zh, f"What changed since cannot be told: {why}. Please look at all of this:")
        else:
            yield "  " + self.say("要评审的内容：", "To be reviewed:")
        if not review.parts:
            yield "    " + self.say("（没有这个角色评审的字段）", "(no field for this role)")
        yield from (f"    {self._part(part)}" for part in review.parts)

    def _part(self, part: Part) -> str:
        joint = self.say("、", ", ")
        only = joint.join(self.told(label) for label in part.only)
        items = joint.join(part.items[:MOST_ITEMS])
        more = len(part.items) - MOST_ITEMS
        if more > 0:
            items += self.say(f" 等 {len(part.items)} 条", f" and {more} more")
        label = self.told(part.label) + (self.say(f"（{only}）", f" ({only})") if only else "")
        return label + (self.say("：", ": ") + items if items else "")

    def _named(self, name: str) -> str:
        target = self.library.find(name, product=self.document.product)
        return f"{name} {self.told(target.title) if target else self.say('（已不存在）', '(gone)')}"

    def _next(self, review: Review) -> str:
        person = next((each.person for each in review.sign_offs if each.person), self.say("评审人编号", "PERSON"))
        command = f"pmdocs approve {self.document.id} --role {review.role} --by {person}"
        return self.say(f"看过以后运行 {command}", f"Then run {command}")
