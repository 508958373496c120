"""Small projects for tests: people, products, releases and terms, whatever files a test gives, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import dedent
from unittest.mock import patch

from pmdocs import gather
from pmdocs.diagnostics import Diagnostic, Severity
from pmdocs.site import Site, read_site
from pmdocs.source import Source, read_file

TODAY = date(2026, 9, 18)
CONFIG = "site_name: 测试\nplugins:\n  - pmdocs:\n      languages: [zh, en]\n"
SHARED = {
    "data/people.yaml": """\
        people:
          - {id: lin-xiao, name: {zh: 林晓, en: Lin Xiao}, team: 产品}
          - {id: chen-yizhou, name: {zh: 陈一舟, en: Chen Yizhou}, roles: [tech]}
          - {id: zhou-min, name: {zh: 周敏, en: Zhou Min}, roles: [customer_service]}
        """,
    "data/products.yaml": """\
        products:
          - {id: trendpick, name: {zh: 潮选, en: TrendPick}}
          - {id: seller, name: {zh: 商家后台, en: Seller console}}
        """,
    "data/releases.yaml": """\
        releases:
          - {version: "1.2", date: 2026-08-26, state: released}
          - {version: "1.3", date: 2026-09-23, state: planned}
        """,
    "data/glossary.yaml": """\
        terms:
          - {term: checkout, zh: 结算, en: Checkout, definition: 买家确认地址、支付方式和金额并提交订单。}
        """,
}
HEAD = {
    "title": "测试文档",
    "product": "trendpick",
    "version": '"1.0"',
    "status": "draft",
    "lang": "zh-CN",
    "owner": "lin-xiao",
    "created_date": "2026-09-01",
    "change_history": '[{version: "1.0", date: 2026-09-01, author: lin-xiao, summary: 建立草稿}]',
}
"""What every document says, as written."""

Place = tuple[str, str, int, int]
"""A finding in short: code and reason, then file, line and column."""


def document(name: str, body: str = "", **head: str | None) -> str:
    """Return a document: its body first, so that the body's lines count from 1, then its head; None leaves a key out."""
    keys = {"id": name, **HEAD, **head}
    return dedent(body) + "".join(f"{key}: {value}\n" for key, value in keys.items() if value is not None)


def make_project(root: Path, files: Mapping[str, str] = {}, *, config: str = CONFIG) -> Path:
    """Write a project into `root`: the shared files unless `files` has its own, then `files`; return its root."""
    for name, text in {"mkdocs.yml": config, **SHARED, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8", newline="\n")
    return root


def read(root: Path) -> Site:
    """Read a project as pmdocs does; the shipped types are read from disk once for all tests."""
    with patch.object(gather, "read_file", read_quickly):
        return read_site(root, today=TODAY)


def site_of(root: Path, files: Mapping[str, str], *, config: str = CONFIG) -> Site:
    """Write and read a project."""
    return read(make_project(root, files, config=config))


def read_quickly(path: Path, *, root: Path) -> Source:
    return _shipped(path, root) if path.is_relative_to(gather.shipped_templates()) else read_file(path, root=root)


@cache
def _shipped(path: Path, root: Path) -> Source:
    return read_file(path, root=root)


def places(site: Site) -> list[Place]:
    """Return each finding of a project in short, in the order of the report, without the hints about what a draft lacks."""
    return [place_of(finding) for finding in site.findings if finding.severity is not Severity.HINT]


def place_of(finding: Diagnostic) -> Place:
    """Return a finding in short, and see that its sentences can be told."""
    for language in ("zh", "en"):
        assert finding.message(language), finding
        assert finding.hint(language), finding
    location = finding.location
    return f"{finding.code} {finding.reason.word}", location.file, location.span.line, location.span.column


def words(site: Site) -> list[str]:
    """Return code and reason of each finding that is no hint."""
    return [place[0] for place in places(site)]


# Marks -----------------------------------------------------------------------------------------------------

_MARK = re.compile(r"(?:  # |<!-- |\{# )(error|warning|hint): (D7-[A-Z]\d\d [a-z0-9-]+)")
"""A fixture marks the line that hurts: `  # error: D7-S04 too-long`, in a page `<!-- … -->`, in a template `{# … #}`."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A finding that a fixture announces."""

    file: str
    line: int
    severity: str
    finding: str


def marks(root: Path) -> list[Mark]:
    """Return every mark in the files of a project, sorted."""
    return sorted(
        Mark(path.relative_to(root).as_posix(), number, severity, finding)
        for path in root.rglob("*")
        if path.suffix in {".yaml", ".yml", ".md", ".j2"}
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        for severity, finding in _MARK.findall(line)
    )


def found_as_marks(site: Site) -> list[Mark]:
    """Return each finding but the hints as the mark that would announce it, sorted."""
    return sorted(
        Mark(file, line, finding.severity.value, word)
        for finding in site.findings
        if finding.severity is not Severity.HINT
        for word, file, line, _ in [place_of(finding)]
    )
