"""How findings name a field, its form, its help and its value."""

from __future__ import annotations

from typing import Any

from pmdocs.diagnostics import Fact, Language, Words
from pmdocs.doctype.paths import Path
from pmdocs.doctype.vocabulary import Choice, Field


def label_of(field: Field | None, path: Path) -> Fact:
    """Return what a reader calls the value at `path`."""
    keys = [str(part) for part in path if not isinstance(part, int)]
    if field is None:
        return keys[-1] if keys else Words("文件", "file")
    if field.id and keys and keys[-1] == field.id.field:
        return Words("编号", "id")
    return field.label


def form_of(field: Field | None, path: Path) -> Fact:
    """Return what the value at `path` should look like."""
    last = next((part for part in reversed(path) if isinstance(part, str)), "")
    if field and field.id and last == field.id.field and last != field.name:
        return _id_form(field)
    if field and field.pattern_label:
        return field.pattern_label
    if field and (field.kind == "url" or field.of == "url"):
        return Words("https:// 开头的网址", "an address that begins with https://")
    return (
        Words(f"符合 {field.pattern}", f"text that matches {field.pattern}")
        if field and field.pattern
        else Words("别的写法", "different")
    )


def _id_form(field: Field) -> Words:
    rule = field.id
    assert rule is not None
    if rule.style == "prefix":
        return Words(
            f"{rule.text}-领域-序号，例如 {rule.text}-CHK-001",
            f"{rule.text}-AREA-NUMBER, such as {rule.text}-CHK-001",
        )
    if rule.style == "local":
        return Words(f"{rule.text}-序号，例如 {rule.text}-1", f"{rule.text}-NUMBER, such as {rule.text}-1")
    if rule.style == "code":
        return Words("大写字母-四位数字，例如 CHK-4021", "capitals and four digits, such as CHK-4021")
    return Words("小写字母、数字和连接符", "lower-case letters, digits and joiners")


def help_of(field: Field | None) -> Words:
    """Return what a writer is told about a field: its help, else its label."""
    if field is None:
        return Words("", "")
    return field.help if field.help.zh else field.label


def noted_form(field: Field | None) -> Words:
    """Return which choices of a table may carry a condition."""
    choices = "、".join(field.note_for) if field else ""
    return Words(f"可以写明条件的选项：{choices}", f"a choice that takes a condition: {choices}")


def choice_words(choice: Choice) -> Words:
    """Return a choice as typed, with its label where that says more."""
    name, label = choice.value, choice.label
    return Words(
        f"{name}（{label.zh}）" if label.zh != name else name,
        f"{name} ({label.en})" if label.en != name else name,
    )


def shown(value: object) -> str:
    """Return a value as a finding shows it, cut where it is long."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def localized(example: Any, language: Language) -> Any:
    """Return an example in one language, whatever it is made of."""
    if isinstance(example, dict) and example and set(example) <= {"zh", "en"}:
        return example.get(language) or next(iter(example.values()))
    if isinstance(example, dict):
        return {key: localized(value, language) for key, value in example.items()}
    return [localized(value, language) for value in example] if isinstance(example, list) else example
