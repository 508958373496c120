"""What can be configured, called or broken is documented."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from pmdocs.cli import main
from pmdocs.diagnostics import Language, Rule, Words
from pmdocs.doctype.vocabulary import KINDS
from pmdocs.options import OPTIONS, Option
from pmdocs.rules import RULES
from reference import FOLDER, commands_of, page
from reference import PAGES as PAGES_OF_COMMANDS

ROOT = Path(__file__).resolve().parent.parent
TYPES = ROOT / "pm_templates"
COMMANDS = dict(commands_of(main))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = "\n".join(page.read_text("utf-8") for page in PAGES)
OWN_TYPES = sorted(path.parent.name for path in TYPES.glob("[a-z]*/type.yaml"))


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_option_is_documented(option: Option) -> None:
    """Each key of pmdocs' section in mkdocs.yml stands in the documentation, as code."""
    assert f"`{option.name}`" in WRITTEN or f"{option.name}:" in WRITTEN


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented(command: str) -> None:
    """Each command stands in the documentation as it is typed, and so do its own options."""
    assert f"pmdocs {command}" in WRITTEN
    named = [name for each in COMMANDS[command].params for name in each.opts if name.startswith("--")]
    assert [name for name in named if name not in WRITTEN] == []


@pytest.mark.parametrize("language", PAGES_OF_COMMANDS)
def test_the_reference_of_the_commands_is_what_the_commands_say(language: Language) -> None:
    """`make reference` would change nothing."""
    assert (FOLDER / PAGES_OF_COMMANDS[language]).read_text("utf-8") == page(language)


@pytest.mark.parametrize("target", ["site", "test", "serve"])
def test_the_commands_of_the_readme_exist(target: str) -> None:
    """What the README tells to type is a target of the Makefile."""
    assert f"make {target}" in (ROOT / "README.md").read_text("utf-8")
    assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_documented(kind: str) -> None:
    """Whoever writes a type finds every kind of field described."""
    assert f"`{kind}`" in WRITTEN


@pytest.mark.parametrize("name", OWN_TYPES)
def test_every_type_is_documented(name: str) -> None:
    """Each shipped type is named in the documentation."""
    assert name in WRITTEN


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_its_manual_in_both_languages(rule: Rule) -> None:
    """Each rule says what it asks and why, and each of its reasons what is wrong and how it is mended, from the same facts."""
    assert rule.bad.strip()
    assert rule.good.strip()
    assert rule.bad != rule.good
    told = [
        rule.title,
        rule.what,
        rule.why,
        *(each for reason in rule.reasons for each in (reason.message, reason.hint)),
    ]
    assert [words for words in told if not words.zh.strip() or not words.en.strip()] == []
    assert [words for words in told if blanks(words.zh) != blanks(words.en)] == []
    assert [words for words in told if not is_chinese(words)] == []


def blanks(text: str) -> set[str]:
    """The names of the facts that a sentence asks for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def is_chinese(words: Words) -> bool:
    """Whether the Chinese sentence holds Chinese and the English one does not outside what it quotes."""
    return any("\u4e00" <= character <= "\u9fff" for character in words.zh) and words.zh != words.en
