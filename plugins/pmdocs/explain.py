"""A rule's manual as plain text."""

from __future__ import annotations

from pmdocs.diagnostics import Language, Rule, Words

_HEADS = {
    "what": Words("要求", "What it asks"),
    "why": Words("为什么", "Why"),
    "bad": Words("错误的写法", "Not like this"),
    "good": Words("正确的写法", "Like this"),
    "reasons": Words("会遇到的情况", "What it may say"),
}


def explain(rule: Rule, language: Language) -> str:
    """Return what `rule` asks, why, an example of each kind, and all its reasons with their cures."""
    said = {name: words.in_language(language) for name, words in _HEADS.items()}
    parts = [
        f"{rule.code}  {rule.title.in_language(language)}",
        f"{said['what']}\n  {rule.what.in_language(language)}",
        f"{said['why']}\n  {rule.why.in_language(language)}",
        f"{said['bad']}\n{_indented(rule.bad)}",
        f"{said['good']}\n{_indented(rule.good)}",
        said["reasons"],
    ]
    cases = []
    for reason in rule.reasons:
        cases.append(f"  {rule.code} {reason.word}\n    {reason.message.in_language(language)}")
        if hint := reason.hint.in_language(language):
            cases.append(f"    → {hint}")
    return "\n\n".join(parts) + "\n" + "\n".join(cases)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.rstrip("\n").split("\n"))
