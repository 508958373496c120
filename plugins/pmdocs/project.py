"""The configuration: pmdocs' section and the site's keys of mkdocs.yml, read without MkDocs."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import jsonschema_rs
import yaml
from yaml_env_tag import construct_env_tag

from pmdocs.diagnostics import Diagnostic, Fact, Language, Location, Rule, Severity, Words
from pmdocs.doctype import nearest, span_of
from pmdocs.rules.structure import UNKNOWN_KEY, WRONG_VALUE
from pmdocs.source import Source, read_text

CONFIG_NAME = "mkdocs.yml"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
CONFIDENTIALITIES = ("public", "internal", "confidential")
MKDOCS_EXTENSIONS = ("toc", "tables", "fenced_code")
"""The Markdown extensions that MkDocs loads before those of the configuration."""
TRUSTED_MODULES = ("material.", "pymdownx.", "mkdocs.", "markdown.")
"""Where a `!!python/name:` of mkdocs.yml may lead while pmdocs reads it; anything else is left to MkDocs."""


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
        "fail_on",
        {"enum": ["error", "warning"]},
        "error",
        Words("从哪一级发现起停止构建", "The severity from which on findings stop a build"),
    ),
)


@dataclass(frozen=True, slots=True)
class Project:
    """A project's root and configuration. Paths are absolute; `documents`, `templates` and `docs` need not exist."""

    root: Path
    documents: Path
    templates: Path
    docs: Path
    languages: tuple[Language, ...]
    audience: frozenset[str]
    as_of: date | None
    fail_on: Severity
    markdown_extensions: tuple[str, ...]
    markdown_configs: Mapping[str, Mapping[str, Any]]
    translations: Mapping[str, Mapping[str, str]]
    use_directory_urls: bool = True

    def relative(self, path: Path) -> str:
        """Return `path` as findings show it: relative to the project, with `/`."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that holds a mkdocs.yml, or None."""
    return next((folder for folder in (start, *start.parents) if (folder / CONFIG_NAME).is_file()), None)


def read_project(root: Path, *, text: str | None = None) -> tuple[Project, list[Diagnostic]]:
    """Return the project at `root` and what is wrong with its configuration; what cannot be read takes its default."""
    text = (root / CONFIG_NAME).read_text("utf-8-sig", errors="replace") if text is None else text
    try:
        config = yaml.load(text, Loader=_ConfigLoader)  # noqa: S506  # a SafeLoader that also knows MkDocs' two tags
        findings: list[Diagnostic] = []
    except yaml.YAMLError:
        config, findings = {}, list(read_text(text, file=CONFIG_NAME).findings)
    config = config if isinstance(config, dict) else {}
    options = _options(config)
    findings += _check_options(options, read_text(text, file=CONFIG_NAME), config)
    return _project(root, config, options), findings


def _options(config: Mapping[str, Any]) -> dict[str, Any]:
    plugins = config.get("plugins") or []
    entries = list(plugins.items()) if isinstance(plugins, dict) else []
    for each in plugins if isinstance(plugins, list) else ():
        entries += each.items() if isinstance(each, dict) else [(each, None)]
    return next((value for name, value in entries if name == "pmdocs" and isinstance(value, dict)), {})


def _option_path(config: Mapping[str, Any]) -> tuple[str | int, ...]:
    plugins = config.get("plugins")
    if isinstance(plugins, list):
        for index, each in enumerate(plugins):
            if isinstance(each, dict) and "pmdocs" in each:
                return ("plugins", index, "pmdocs")
    return ("plugins", "pmdocs")


def _check_options(options: Mapping[str, Any], source: Source, config: Mapping[str, Any]) -> list[Diagnostic]:
    known = {option.name: option for option in OPTIONS}
    base = _option_path(config)
    findings = []
    for name, value in options.items():
        if name not in known:
            close = nearest(str(name), known)
            facts: dict[str, Fact] = {"key": str(name), "parent": "pmdocs"}
            facts |= {"nearest": close, "label": known[close].help} if close else {"known": tuple(known)}
            word = "misspelt-key" if close else "unknown-key"
            findings.append(_finding(UNKNOWN_KEY, word, source, (*base, str(name)), facts))
            continue
        plain = value.isoformat() if isinstance(value, date) else value
        validator = jsonschema_rs.Draft202012Validator(dict(known[name].schema), validate_formats=True)
        for error in validator.iter_errors(plain):
            path = (*base, name, *error.instance_path)
            facts = {"field": f"pmdocs.{name}", "value": str(error.instance), "form": known[name].help}
            findings.append(_finding(WRONG_VALUE, "wrong-form", source, path, facts))
    return findings


def _finding(rule: Rule, word: str, source: Source, path: Sequence[str | int], facts: Mapping[str, Fact]) -> Diagnostic:
    return Diagnostic(
        rule, rule.reason(word), Severity.ERROR, Location(source.file, span_of(source, tuple(path))), facts
    )


def _project(root: Path, config: Mapping[str, Any], options: Mapping[str, Any]) -> Project:
    chosen = {option.name: _chosen(option, options.get(option.name)) for option in OPTIONS}
    day = chosen["as_of"]
    names, configs = _extensions(config.get("markdown_extensions"))
    return Project(
        root=root,
        documents=root / chosen["data"],
        templates=root / chosen["templates"],
        docs=root / str(config.get("docs_dir", "docs")),
        languages=tuple(chosen["languages"]),
        audience=frozenset(chosen["publish"]["confidentiality"]),
        as_of=date.fromisoformat(day) if day else None,
        fail_on=Severity(chosen["fail_on"]),
        markdown_extensions=names,
        markdown_configs=configs,
        translations=chosen["translations"],
        use_directory_urls=config.get("use_directory_urls") is not False,
    )


def _chosen(option: Option, value: Any) -> Any:
    plain = value.isoformat() if isinstance(value, date) else value
    validator = jsonschema_rs.Draft202012Validator(dict(option.schema), validate_formats=True)
    return plain if value is not None and validator.is_valid(plain) else option.default


def _extensions(value: Any) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    entries: list[tuple[str, Any]] = [(name, None) for name in MKDOCS_EXTENSIONS]
    if isinstance(value, dict):
        entries += value.items()
    for each in value if isinstance(value, list) else ():
        entries += each.items() if isinstance(each, dict) else [(each, None)]
    names = tuple(dict.fromkeys(str(name) for name, _ in entries))
    return names, {str(name): config for name, config in entries if isinstance(config, dict)}


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml as MkDocs does, but follows `!!python/name:` only into the libraries that a site is made of."""


def _named_object(_loader: yaml.SafeLoader, suffix: str, _node: yaml.Node) -> Any:
    module, _, name = suffix.rpartition(".")
    if not (module + ".").startswith(TRUSTED_MODULES):
        return None
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        return None


_ConfigLoader.add_constructor("!ENV", construct_env_tag)
_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/name:", cast(Any, _named_object))
