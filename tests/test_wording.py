"""Words and sentences: the lists in force, where a finding stands within a text, and laws that hold for any text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pmdocs.checks.missing import ASKED
from pmdocs.checks.prose import own_words, unquoted
from pmdocs.checks.typography import corrections
from pmdocs.checks.verbs import begins_with_verb, is_title_of_a_task
from pmdocs.checks.wording import Aliases, VagueWords, is_hollow, open_lists
from pmdocs.diagnostics import Language
from pmdocs.doctype.vocabulary import ASKED_BY_RULES, ROLES
from pmdocs.gather import shipped_templates
from pmdocs.lexicon import LANGUAGES, Lexicon, Vague, read_lexicon
from projects import document, place_of, site_of

SHIPPED = yaml.safe_load((shipped_templates() / "_lexicon" / "defaults.yaml").read_text("utf-8"))
LEXICON = read_lexicon(SHIPPED, {"tier": 2})
SENTENCES = yaml.safe_load((Path(__file__).parent / "wording.yaml").read_text("utf-8"))
PRD = "data/prd/PRD-TST-001.yaml"
RULES_OF_THEIR_OWN = {"escape", "open_list"}


def words_of(lexicon: Lexicon) -> dict[str, Vague]:
    """The words of a lexicon by how they are spelt."""
    return {each.word: each for each in lexicon.words}


# The shipped lists -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", LEXICON.words, ids=lambda entry: entry.word)
def test_a_shipped_word_is_found_and_its_exceptions_are_not(entry: Vague) -> None:
    """Each word is found by itself in its language, and each exception holds the word and hides it."""
    (language,) = entry.languages
    finder = VagueWords.of(LEXICON, language, ())
    assert [hit.entry for hit in finder.find(f"（{entry.word}）")] == [entry]
    for term in entry.except_terms:
        assert entry.word in term or term in entry.word, term
        assert [hit for hit in finder.find(f"（{term}）") if hit.entry is entry] == []


def test_the_shipped_lists_are_whole() -> None:
    """Every word has a category that is explained, no word stands twice, and lists hold no repetition."""
    categories = {row["id"] for row in SHIPPED["categories"]}
    assert {row["category"] for row in SHIPPED["words"]} == categories
    assert categories > RULES_OF_THEIR_OWN
    spelt = [row["word"] for row in SHIPPED["words"]]
    assert sorted(set(spelt)) == sorted(spelt)
    for row in SHIPPED["lists"]:
        for language in LANGUAGES:
            assert [word for word in row[language] if word != word.strip()] == []
    assert len(LEXICON.of("action_verbs", "zh")) >= 110
    assert len(read_lexicon(SHIPPED, None).words) < len(LEXICON.words)
    assert get_args(Language) == LANGUAGES


# Steps and titles as people write them ---------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in SENTENCES if "steps" in name or "titles" in name])
def test_what_people_write_is_understood(name: str) -> None:
    """Steps and titles of real manuals pass, known verb or not; descriptions and names of topics do not."""
    asked = begins_with_verb if "steps" in name else is_title_of_a_task
    language: Language = "zh" if name.endswith("zh") else "en"
    assert [text for text in SENTENCES[name] if asked(text, language, LEXICON) is name.startswith("no_")] == []


@pytest.mark.parametrize(("name", "expected"), [("clear_zh", 0), ("vague_zh", 1)])
def test_what_requirements_say_is_understood(name: str, expected: int) -> None:
    """Each vague sentence has its one finding, and each sentence that only looks like one has none."""
    finder = VagueWords.of(read_lexicon(SHIPPED, None), "zh", ())
    counted = {text: len([*finder.find(unquoted(text)), *open_lists(unquoted(text))]) for text in SENTENCES[name]}
    assert {text: count for text, count in counted.items() if count != expected} == {}


# What a team writes ----------------------------------------------------------------------------------------


def test_a_team_adds_changes_and_switches_off() -> None:
    """A new word takes its category's sentences; a shipped one keeps what is not said anew; one that is off is gone."""
    own = {
        "words": [
            {"word": "丝滑", "category": "speed"},
            {"word": "美观", "except_terms": ["美观度"], "suggestion": "写明对比度"},
            {"word": "便捷", "off": True},
            {"word": "and/or", "language": "en", "message": {"zh": "二选一", "en": "leaves a choice"}},
        ],
        "exempt": "尽快达",
        "lists": [{"list": "action_verbs", "zh": ["补拍"], "without": ["处理"]}, {"list": "house", "en": ["b", "ab"]}],
    }
    shipped, lexicon = words_of(read_lexicon(SHIPPED, None)), read_lexicon(SHIPPED, own)
    found = words_of(lexicon)
    assert found.keys() ^ shipped.keys() == {"丝滑", "便捷", "and/or"}
    assert (found["丝滑"].why, found["丝滑"].languages) == (shipped["较快"].why, ("zh", "en"))
    assert (found["美观"].category, found["美观"].except_terms) == ("opinion", ("美观度",))
    assert (found["美观"].why, found["美观"].suggestion.zh) == (shipped["美观"].why, "写明对比度")
    assert (found["and/or"].category, found["and/or"].why.en) == ("opinion", "leaves a choice")
    assert lexicon.exempt == ("尽快达",)
    verbs = lexicon.of("action_verbs", "zh")
    assert ("补拍" in verbs, "处理" in verbs, "点击" in verbs) == (True, False, True)
    assert (lexicon.of("house", "en"), lexicon.of("house", "zh"), lexicon.of("none", "zh")) == (("ab", "b"), (), ())


@pytest.mark.parametrize(
    "own", [None, "词", [], {"words": "尽快"}, {"words": ["尽快", {"tier": 1}, {"word": 3}]}, {"lists": {"a": 1}}]
)
def test_what_is_malformed_leaves_the_shipped_words(own: object) -> None:
    """Its validation says what is wrong with it; the shipped words hold meanwhile."""
    assert read_lexicon(SHIPPED, own) == read_lexicon(SHIPPED, None)


def test_a_mistake_in_the_words_of_a_team_is_told(tmp_path: Path) -> None:
    """The file is checked like any other, and a word that stands twice is told."""
    text = "words:\n  - {word: 丝滑, tier: 3}\n  - {word: 丝滑}\n  - {wrod: 顺滑}\n"
    found = [place_of(each) for each in site_of(tmp_path, {"data/lexicon.yaml": text}).findings]
    assert found == [
        ("D7-S04 out-of-range", "data/lexicon.yaml", 2, 22),
        ("D7-S05 duplicate-value", "data/lexicon.yaml", 3, 12),
        ("D7-S03 missing-field", "data/lexicon.yaml", 4, 5),
        ("D7-S02 misspelt-key", "data/lexicon.yaml", 4, 6),
    ]


# Places ----------------------------------------------------------------------------------------------------


def test_a_word_in_a_block_is_found_in_its_line(tmp_path: Path) -> None:
    """The finding stands at the word, on its own line of a text of many lines, after a word of the same spelling in quotes."""
    body = """\
    requirements:
      - id: REQ-TST-001
        title: 总额
        priority: P2
        status: proposed
        statement: |
          当买家点击“尽快”时，
          结算服务应尽快显示总额，尽快。
    """
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", body)})
    found = [place_of(each) for each in site.findings if each.code == "D7-L01"]
    assert found == [("D7-L01 vague-word", PRD, 8, 12), ("D7-L01 vague-word", PRD, 8, 19)]


def test_typography_stands_at_the_line(tmp_path: Path) -> None:
    """A line of a text is told with its cure, long lines cut to what is around the difference."""
    body = f"background: |\n  第一行没有问题。\n\n  {'这里写了很多字，' * 6}打开App就能看到。\n"
    site = site_of(tmp_path, {PRD: document("PRD-TST-001", body, status="in_review")})
    (found,) = [each for each in site.findings if each.code == "D7-L10"]
    assert place_of(found)[1:] == (PRD, 4, 3)
    assert found.hint("zh") == "改为：…写了很多字，打开 App 就能看到。"


# Laws ------------------------------------------------------------------------------------------------------

TEXTS = st.text(alphabet="尽快等平级、，。“”‘’ \n`AaBb01,.:/", max_size=60)


@given(TEXTS)
def test_blanking_keeps_every_place(text: str) -> None:
    """Prose without code and quotations has each of its characters where it was."""
    for said in (own_words(text, re.compile(r"A\d")), unquoted(text)):
        assert len(said) == len(text)
        assert all(here in (there, " ") for here, there in zip(said, text, strict=True))
        assert said.count("\n") == text.count("\n")


@given(TEXTS)
def test_findings_lie_in_the_text(text: str) -> None:
    """What is found stands in the text where it is said to stand."""
    finder = VagueWords.of(LEXICON, "zh", ["尽快等"])
    aliases = Aliases.of({"快等": "慢", "ab": "x"}, ["平等", "尽快等"])
    for hit in finder.find(text):
        assert text[hit.start : hit.end] == hit.text
        assert "尽快等" not in text[max(hit.start - 1, 0) : hit.end + 1]
    for start, words in open_lists(text):
        assert text[start:].startswith(words)
        assert words.endswith("等")
    for start, words, _ in aliases.find(text):
        assert text[start:].startswith(words)


@given(st.text(alphabet="中文字，。App12 %,.!“”", max_size=40))
def test_a_corrected_line_needs_no_correction(text: str) -> None:
    """What is proposed for a short line is right in the end: taking the cure is enough, twice at the most."""
    for each in corrections(text):
        once = [again.better for again in corrections(each.better)]
        assert [more for better in once for more in corrections(better)] == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("支付成功", "zh", True),
        ("页面显示**正常**。", "zh", True),
        ("It works as expected.", "en", True),
        ("订单变为“已支付”", "zh", False),
        ("登录不成功", "zh", False),
        ("The order becomes paid and shows successfully placed", "en", False),
        ("显示正确的价格", "zh", True),
        ("按钮可用", "zh", False),
        ("系统恢复正常", "zh", False),
        ("成功跳转到订单页", "zh", False),
        ("The import completes successfully", "en", True),
        ("The message “Saved” appears", "en", False),
        ("", "zh", False),
    ],
)
def test_what_is_hollow(text: str, language: Language, expected: bool) -> None:
    """An outcome is hollow when it says that something works, and nothing else."""
    assert is_hollow(text, language, LEXICON) is expected


def test_without_words_nothing_is_found() -> None:
    """A lexicon that was emptied finds nothing, and a step cannot begin with a verb of it."""
    empty = Lexicon()
    assert list(VagueWords.of(empty, "zh", ()).find("尽快")) == []
    assert not is_hollow("支付成功", "zh", empty)
    assert not begins_with_verb("点击。", "zh", empty)


def test_what_rules_ask_for_is_asked_once() -> None:
    """The roles that D7-S03 leaves to others are exactly those that others ask for."""
    assert set(ASKED) == ASKED_BY_RULES
    assert set(ROLES) >= ASKED_BY_RULES
    for rule, word in ASKED.values():
        assert rule.reason(word)
