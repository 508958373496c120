"""What mkdocs.yml may say in pmdocs' section, and what is wrong with what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from pmdocs.diagnostics import Diagnostic, Fact, Facts, Language, Location, Rule, Severity, Words
from pmdocs.doctype import KIND_WORDS, nearest, span_of
from pmdocs.rules.keys import MISSING_FIELD, UNKNOWN_KEY
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source

LANGUAGES: tuple[Language, ...] = ("zh", "en")
CONFIDENTIALITIES = ("public", "internal", "confidential")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One key of pmdocs' section: its JSON Schema, its default, and what it is for."""

    name: str
    schema: Mapping[str, Any]
    default: Any
    help: Words


_DAY = {"type": ["string", "null"], "format": "date"}

OPTIONS: tuple[Option, ...] = (
    Option(
        "data",
        {"type": "string"},
        "data",
        Words("文档和共用文件所在的文件夹", "The folder of the documents and shared files"),
    ),
    Option(
        "templates",
        {"type": "string"},
        "pm_templates",
        Words("团队自己的文档类型和模板所在的文件夹", "The folder of the team's own types and templates"),
    ),
    Option(
        "languages",
        {"type": "array", "items": {"enum": list(LANGUAGES)}, "minItems": 1, "uniqueItems": True},
        ["zh"],
        Words(
            "站点的语言；第一种在根目录，其余各在自己的子目录",
            "The languages of the site; the first at its root, each further one in a folder of its own",
        ),
    ),
    Option(
        "publish",
        {
            "type": "object",
            "properties": {
                "confidentiality": {
                    "type": "array",
                    "items": {"enum": list(CONFIDENTIALITIES)},
                    "minItems": 1,
                }
            },
            "required": ["confidentiality"],
            "additionalProperties": False,
        },
        {"confidentiality": list(CONFIDENTIALITIES[:2])},
        Words(
            "这个站点给谁看：只发布所列密级的文档",
            "Who may read this site: only documents of these confidentialities are in it",
        ),
    ),
    Option(
        "translations",
        {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        {},
        Words(
            "mkdocs.yml 里站点名和导航标题的译文：{en: {原文: 译文}}",
            "The site's name and the headings of mkdocs.yml in further languages: {en: {original: translation}}",
        ),
    ),
    Option(
        "as_of",
        _DAY,
        None,
        Words("判断逾期和过期的日期；不写就是今天", "The day by which lateness is judged; left out, today"),
    ),
    Option(
        "version_tags",
        {"type": ["string", "null"], "pattern": r"^[^{}]*\{version\}[^{}]*$"},
        None,
        Words(
            "哪些 git 标签算文档的版本，例如 v{version}：标签 v1.2 就是版本 1.2；不写就只看 releases.yaml",
            "Which git tags are versions of the documents, such as v{version}: the tag v1.2 is the version 1.2; "
            "left out, only what releases.yaml lists",
        ),
    ),
    Option(
        "search",
        {"enum": ["pmdocs", "stock"]},
        "pmdocs",
        Words(
            "搜索：pmdocs 是自带的；stock 是 plugins 里所列 search 插件的",
            "The search: pmdocs is its own, stock is that of the plugin `search`, which plugins then has to list",
        ),
    ),
    Option(
        "feedback",
        {
            "type": "object",
            "properties": {
                "repository": {"type": "string", "pattern": r"^[\w.-]+/[\w.-]+$"},
                "url": {"type": "string", "pattern": r"^https?://\S+$"},
            },
            "additionalProperties": False,
        },
        {},
        Words(
            "“报告不准确”打开哪里：GitHub 仓库（repository: 组织/仓库）的表单，或者一个网址（url）；"
            "不写就用 repo_url 的 GitHub 仓库，没有就给出可以复制的卡片",
            "What “Report an inaccuracy” opens: the form of a GitHub repository (repository: owner/name), or an address (url); "
            "left out, the repository of repo_url on GitHub, else a card to copy",
        ),
    ),
    Option(
        "fail_on",
        {"enum": ["error", "warning"]},
        "error",
        Words("从哪一级发现起停止构建", "The severity from which on findings stop a build"),
    ),
)


def chosen(option: Option, value: Any) -> Any:
    """Return `value` where the option takes it, else the option's default."""
    return value if value is not None and _validator(option).is_valid(value) else option.default


def check_options(options: object, source: Source, base: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with pmdocs' section, which stands at the path `base` of `source`."""
    if options is None:
        return
    known = {option.name: option for option in OPTIONS}
    if not isinstance(options, dict):
        facts: dict[str, Fact] = {"field": "pmdocs", "kind": _kind(options), "known": tuple(known)}
        yield _finding(WRONG_VALUE, "map-expected", source, base, facts)
        return
    for name, value in options.items():
        if name not in known:
            close = nearest(str(name), known)
            facts = {"key": str(name), "parent": "pmdocs"}
            facts |= {"nearest": close, "label": known[close].help} if close else {"known": tuple(known)}
            word = "misspelt-key" if close else "unknown-key"
            yield _finding(UNKNOWN_KEY, word, source, (*base, str(name)), facts, at_key=True)
        elif value is not None:
            for error in _errors(known[name], value):
                yield _wrong(known[name], error, source, base)


def _wrong(option: Option, error: Any, source: Source, base: Path) -> Diagnostic:
    path, kind, value = (*base, option.name, *error.instance_path), error.kind.name, error.instance
    label = f"pmdocs.{option.name}"
    facts: dict[str, Fact] = {"field": label, "value": str(value), "kind": _kind(value), "parent": label}
    if kind == "additionalProperties":
        key = error.kind.unexpected[0]
        facts |= {"key": key, "known": tuple(option.schema.get("properties", ()))}
        return _finding(UNKNOWN_KEY, "unknown-key", source, (*path, key), facts, at_key=True)
    if kind == "required":
        facts |= {"field": error.kind.property, "key": error.kind.property, "help": option.help}
        return _finding(MISSING_FIELD, "missing-field", source, path, facts, at_key=True)
    if kind == "enum":
        choices = tuple(error.kind.options)
        close = nearest(str(value), choices)
        facts |= {"choices": choices, **({"nearest": close} if close else {})}
        return _finding(WRONG_VALUE, "misspelt-choice" if close else "unknown-choice", source, path, facts)
    if kind == "type":
        word = next((word for wanted, word in _EXPECTED if wanted in error.kind.types), "text-expected")
        facts["known"] = tuple(option.schema.get("properties", ()))
        return _finding(WRONG_VALUE, word, source, path, facts)
    if kind == "format":
        facts["example"] = "2026-09-18"
        return _finding(WRONG_VALUE, "no-such-date" if _ISO_DAY.fullmatch(value) else "date-form", source, path, facts)
    if kind == "pattern" and option.name == "feedback":
        facts["form"] = Words(
            "组织/仓库，或 https:// 开头的网址", "owner/name, or an address that begins with https://"
        )
        return _finding(WRONG_VALUE, "wrong-form", source, path, facts)
    facts["form"] = Words("至少一项、互不重复的列表", "a list of at least one entry, none of them twice")
    return _finding(WRONG_VALUE, "wrong-form", source, path, facts)


_EXPECTED = (("array", "list-expected"), ("object", "map-expected"))


def _validator(option: Option) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(dict(option.schema), validate_formats=True)


def _errors(option: Option, value: Any) -> Iterator[Any]:
    """Yield the validator's errors; their kinds have facts of their own, which its types do not tell."""
    yield from _validator(option).iter_errors(value)


def _kind(value: object) -> Words:
    return KIND_WORDS.get(type(value), Words("别的", "something else"))


def _finding(  # noqa: PLR0913  # a finding is these facts
    rule: Rule, word: str, source: Source, path: Path, facts: Facts, *, at_key: bool = False
) -> Diagnostic:
    place = Location(source.file, span_of(source, path, at_key=at_key))
    return Diagnostic(rule, rule.reason(word), Severity.ERROR, place, facts)
