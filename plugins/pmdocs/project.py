"""The configuration: pmdocs' section and the site's keys of mkdocs.yml, read without MkDocs."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, cast

import markdown
import yaml
from yaml_env_tag import construct_env_tag

from pmdocs.diagnostics import Diagnostic, Fact, Language, Location, Severity, Words
from pmdocs.doctype import nearest, span_of
from pmdocs.options import OPTIONS, check_options, chosen
from pmdocs.reporting import ReportAddress, report_address
from pmdocs.rules.names import BROKEN_REFERENCE
from pmdocs.rules.values import WRONG_VALUE
from pmdocs.source import Source, read_plain, read_text

CONFIG_NAME = "mkdocs.yml"
MKDOCS_EXTENSIONS = ("toc", "tables", "fenced_code")
"""The Markdown extensions that MkDocs loads before those of the configuration."""
LINK_REASONS = {
    "not_found": ("missing-page", "missing-file"),
    "unrecognized_links": ("missing-page",),
    "anchors": ("missing-anchor",),
}
"""What MkDocs' settings of `validation` mean in reasons of findings."""
TRUSTED_MODULES = ("material.", "pymdownx.", "mkdocs.", "markdown.")
"""Where a `!!python/name:` of mkdocs.yml may lead while pmdocs reads it; anything else is left to MkDocs."""


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
    nav: tuple[tuple[Location, str], ...] = ()
    """The pages that the navigation of mkdocs.yml names, and where it does."""
    use_directory_urls: bool = True
    own_search: bool = True
    """Whether pmdocs' own search is built, and not that of a plugin."""
    site_dir: str = "site"
    """Where the built site goes, relative to the root."""
    site_name: str = ""
    site_url: str | None = None
    """Where the site will be, with all its versions."""
    among_versions: bool = False
    """Whether the site is one of several versions: `extra.version` of mkdocs.yml says so."""
    version_tags: str | None = None
    """Which tags are versions: a pattern with `{version}` in it."""
    report: ReportAddress | None = None
    """Where a reader reports that a page is wrong, where the configuration says so."""
    ignored: frozenset[str] = frozenset()
    """The reasons of findings about links of hand-written pages that `validation` of mkdocs.yml says to ignore."""

    def relative(self, path: Path) -> str:
        """Return `path` as findings show it: relative to the project, with `/`."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that holds a mkdocs.yml, or None."""
    return next((folder for folder in (start, *start.parents) if (folder / CONFIG_NAME).is_file()), None)


def read_project(root: Path, *, name: str = CONFIG_NAME, text: str | None = None) -> tuple[Project, list[Diagnostic]]:
    """Return the project at `root` and what is wrong with its configuration; what cannot be read takes its default."""
    findings: list[Diagnostic] = []
    if text is None:
        text, unreadable = read_plain(root / name, root=root)
        findings += unreadable
    try:
        config = yaml.load(text, Loader=_ConfigLoader)  # noqa: S506  # a SafeLoader that also knows MkDocs' own tags
    except (yaml.YAMLError, ValueError, KeyError):
        found = read_text(text, file=name).findings
        config = {}
        findings += [each for each in found if not str(each.facts.get("text")).startswith(_TAGS)]
    config = _inherited(root / name, config if isinstance(config, dict) else {})
    options, base = _options(config)
    source = read_text(text, file=name)
    findings += check_options(options, source, base)
    extensions = _extensions(config.get("markdown_extensions"))
    unusable = dict(_unusable_extensions(extensions, source))
    findings += unusable.values()
    usable = {name: settings for name, settings in extensions.items() if name not in unusable}
    nav = ((Location(name, span_of(source, path)), page) for path, page in _nav_pages(config.get("nav"), ("nav",)))
    return _project(root, config, options if isinstance(options, dict) else {}, usable, nav), findings


def read_config(root: Path, *, name: str = CONFIG_NAME) -> dict[str, Any]:
    """Return all keys of mkdocs.yml over those it inherits, as MkDocs reads them; empty where it cannot be read."""
    text, _ = read_plain(root / name, root=root)
    try:
        config = yaml.load(text, Loader=_ConfigLoader)  # noqa: S506  # as above
    except (yaml.YAMLError, ValueError, KeyError):
        config = {}
    return _inherited(root / name, config if isinstance(config, dict) else {})


def _ignored(validation: Any) -> Iterator[str]:
    """Yield the reasons that MkDocs' own settings ignore: they stand below `validation` or below its `links`."""
    settings = validation if isinstance(validation, dict) else {}
    links = settings.get("links")
    settings = settings | (links if isinstance(links, dict) else {})
    for name, reasons in LINK_REASONS.items():
        if settings.get(name) == "ignore":
            yield from reasons


def _nav_pages(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the Markdown pages of a part of the navigation with their paths in mkdocs.yml."""
    if isinstance(value, str) and value.endswith(".md"):
        yield path, value
    for key, each in value.items() if isinstance(value, dict) else ():
        yield from _nav_pages(each, (*path, str(key)))
    for index, each in enumerate(value if isinstance(value, list) else ()):
        yield from _nav_pages(each, (*path, index))


def _inherited(path: Path, config: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration over the one that its `INHERIT` names, as MkDocs merges them; unreadable ones count as empty."""
    parent = path.parent / str(config.get("INHERIT", ""))
    if "INHERIT" not in config or parent == path or not parent.is_file():
        return config
    try:
        below = yaml.load(parent.read_text("utf-8-sig", errors="replace"), Loader=_ConfigLoader)  # noqa: S506  # as above
    except (yaml.YAMLError, ValueError, KeyError, OSError):
        below = {}
    own = {key: value for key, value in config.items() if key != "INHERIT"}
    return _over(_inherited(parent, below if isinstance(below, dict) else {}), own)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = {
        key: _over(below[key], above[key])
        for key in below
        if isinstance(below[key], dict) and isinstance(above.get(key), dict)
    }
    return {**below, **above, **both}


def _options(config: Mapping[str, Any]) -> tuple[object, tuple[str | int, ...]]:
    """Return pmdocs' section and the path at which it stands."""
    plugins = config.get("plugins")
    if isinstance(plugins, list):
        for index, each in enumerate(plugins):
            if isinstance(each, dict) and "pmdocs" in each:
                return _plain(each["pmdocs"]), ("plugins", index, "pmdocs")
    section = plugins.get("pmdocs") if isinstance(plugins, dict) else None
    return _plain(section), ("plugins", "pmdocs")


def _plain(value: Any) -> Any:
    """Return a value of mkdocs.yml as JSON could hold it: keys are text, and what is neither list nor mapping is a scalar."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _project(
    root: Path,
    config: Mapping[str, Any],
    options: Mapping[str, Any],
    extensions: Mapping[str, Any],
    nav: Iterator[tuple[Location, str]],
) -> Project:
    given = {option.name: chosen(option, options.get(option.name)) for option in OPTIONS}
    day = given["as_of"]
    return Project(
        root=root,
        documents=root / given["data"],
        templates=root / given["templates"],
        docs=root / str(config.get("docs_dir", "docs")),
        languages=tuple(given["languages"]),
        audience=frozenset(given["publish"]["confidentiality"]),
        as_of=date.fromisoformat(day) if day else None,
        fail_on=Severity(given["fail_on"]),
        markdown_extensions=tuple(extensions),
        markdown_configs={name: settings for name, settings in extensions.items() if settings},
        translations=given["translations"],
        nav=tuple(nav),
        use_directory_urls=config.get("use_directory_urls") is not False,
        own_search=given["search"] == "pmdocs",
        site_dir=str(config.get("site_dir") or "site"),
        site_name=str(config.get("site_name") or ""),
        site_url=str(config["site_url"]) if config.get("site_url") else None,
        among_versions=bool(isinstance(extra := config.get("extra"), dict) and extra.get("version")),
        version_tags=given["version_tags"],
        report=report_address(given["feedback"], config.get("repo_url")),
        ignored=frozenset(_ignored(config.get("validation"))),
    )


def _extensions(value: Any) -> dict[str, dict[str, Any]]:
    """Return the Markdown extensions with their settings."""
    entries: list[tuple[Any, Any]] = [(name, None) for name in MKDOCS_EXTENSIONS]
    if isinstance(value, dict):
        entries += value.items()
    for each in value if isinstance(value, list) else ():
        entries += each.items() if isinstance(each, dict) else [(each, None)]
    found: dict[str, dict[str, Any]] = {}
    for name, settings in entries:
        found.setdefault(str(name), {}).update(settings if isinstance(settings, dict) else {})
    return found


def _unusable_extensions(
    extensions: Mapping[str, Mapping[str, Any]], source: Source
) -> Iterator[tuple[str, Diagnostic]]:
    for name, settings in extensions.items():
        place = Location(source.file, span_of(source, _extension_path(source.value, name), at_key=True))
        facts: dict[str, Fact] = {"field": "markdown_extensions", "value": name}
        try:
            markdown.Markdown(extensions=[name], extension_configs={name: dict(settings)})
        except ImportError:
            known = [each.name for each in entry_points(group="markdown.extensions") if "." not in each.name]
            close = nearest(name, known)
            facts |= {"nearest": close} if close else {"known": tuple(sorted(known))}
            word = "misspelt-name" if close else "unknown-name"
            yield name, Diagnostic(BROKEN_REFERENCE, BROKEN_REFERENCE.reason(word), Severity.ERROR, place, facts)
        except Exception as error:  # noqa: BLE001  # an extension may raise anything for settings it does not know
            facts |= {"value": f"{name}: {error}", "form": Words("这个扩展接受的设置", "what the extension takes")}
            reason = WRONG_VALUE.reason("wrong-form")
            yield name, Diagnostic(WRONG_VALUE, reason, Severity.ERROR, place, facts)


def _extension_path(config: Any, name: str) -> tuple[str | int, ...]:
    value = config.get("markdown_extensions") if isinstance(config, dict) else None
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if each == name:
            return ("markdown_extensions", index)
        if isinstance(each, dict) and name in each:
            return ("markdown_extensions", index, name)
    return ("markdown_extensions", name)


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


_TAGS = ("!ENV", "!relative", "!!python/name:")
_ConfigLoader.add_constructor("!ENV", construct_env_tag)
_ConfigLoader.add_constructor("!relative", lambda loader, node: ".")
_ConfigLoader.add_constructor("tag:yaml.org,2002:timestamp", cast(Any, yaml.SafeLoader.construct_yaml_str))
_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/name:", cast(Any, _named_object))
