"""Sites that tests share: copies of the sample, real builds of them, and built pages taken apart."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ("data", "docs", "mkdocs.yml")
QUIET = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "button", "caption", "dd", "details", "div", "dl", "dt"}
    | {"figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "label", "li"}
    | {"main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "th", "thead"}
    | {"tr", "ul"}
)
"""Elements that part the words before them from the words after them."""


def copy_sample(folder: Path) -> Path:
    """The sample's own files, copied without the shipped types: they come from the package."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SAMPLE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder


def run(*module: str, within: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `python -m …` in a folder, bounded in time, its output in one stream."""
    return subprocess.run(
        [sys.executable, "-m", *module],
        cwd=within,
        env=os.environ | QUIET | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


def build(project: Path, *options: str, host: str = "mkdocs", **environment: str) -> Path:
    """The site folder of a project that builds."""
    ran = run(host, "build", *options, within=project, **environment)
    assert ran.returncode == 0, ran.stdout
    assert "Traceback" not in ran.stdout
    return project / "site"


def change(path: Path, old: str, new: str) -> None:
    """Replaces the first occurrence of a text in a file, which must be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def write(folder: Path, files: dict[str, str]) -> Path:
    """Writes texts into files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def digests(site: Path) -> dict[str, str]:
    """The checksum of every file of a site, by its path."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def html_files(site: Path) -> list[Path]:
    """Every page of a site, by path."""
    return sorted(site.rglob("*.html"))


def address_of(page: Path, site: Path) -> str:
    """The address of a page's file, relative to the site."""
    return page.relative_to(site).as_posix().removesuffix("index.html")


class Parsed(HTMLParser):
    """A page taken apart: its ids, its addresses, its scripts, its attributes and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[tuple[str, str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._words: list[str] = []
        self._raw: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a tag."""
        found = dict(attrs)
        self.tags.append((tag, found))
        if identity := found.get("id"):
            self.ids.append(identity)
        self.addresses += [(tag, name, value or "") for name, value in attrs if name in ("href", "src")]
        self._raw = tag if tag in ("script", "style") else None
        if tag in BLOCKS:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Notes the end of a block."""
        self._raw = None
        if tag in BLOCKS:
            self._words.append("\n")

    def handle_data(self, data: str) -> None:
        """Notes words, scripts and styles aside."""
        if self._raw is None:
            self._words.append(data)

    @cached_property
    def text(self) -> str:
        """The words of the page, blanks made equal."""
        return " ".join("".join(self._words).split())

    def scripts(self) -> list[dict[str, str | None]]:
        """The attributes of each script."""
        return [attributes for tag, attributes in self.tags if tag == "script"]


def parsed(page: Path) -> Parsed:
    """A page's file, taken apart."""
    return Parsed(page.read_text("utf-8"))


def is_foreign(address: str) -> bool:
    """Whether an address leaves the site."""
    return bool(urlsplit(address).scheme or urlsplit(address).netloc)


def broken_addresses(site: Path) -> Iterator[str]:
    """Every address on a page of a site that leads to no file or no anchor of the site."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {path.relative_to(site).as_posix(): parsed(path) for path in html_files(site)}
    for name, page in pages.items():
        for tag, attribute, address in page.addresses:
            if is_foreign(address) or name.endswith("404.html"):
                continue
            target, anchor = _target(name, address)
            if target not in files:
                yield f"{name}: <{tag} {attribute}={address!r}>: no file {target}"
            elif anchor and target in pages and anchor not in pages[target].ids:
                yield f"{name}: <{tag} {attribute}={address!r}>: no anchor"


def _target(page: str, address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    if not parts.path:
        return page, unquote(parts.fragment)
    path = os.path.normpath(os.path.join(os.path.dirname(page), unquote(parts.path)))  # noqa: PTH118, PTH120 -- addresses, not files
    if parts.path.endswith(("/", "/..", "/.")) or parts.path in (".", ".."):
        path = os.path.normpath(os.path.join(path, "index.html"))  # noqa: PTH118
    return path, unquote(parts.fragment)


def search_texts(site: Path) -> str:
    """Everything that the search indexes of a site hold: pmdocs' own, unpacked, and the stock one."""
    stock = [json.loads(path.read_text("utf-8")) for path in site.rglob("search_index.json")]
    found = [json.dumps(each, ensure_ascii=False) for each in stock]
    for entry in sorted(site.rglob("search/index.json")):
        found += unpacked(entry.parent).values()
    return "\n".join(found)


def unpacked(index: Path) -> dict[str, str]:
    """The files of an own index as text, by path: what browsers unpack, done here by the letter of the format."""
    entry = json.loads((index / "index.json").read_text("utf-8"))
    alphabet = zlib.decompress((index / entry["alphabet"]).read_bytes()[4:], -15)
    size = 4 + int.from_bytes(alphabet[:4], "little")
    letters, sample = alphabet[4:size].decode(), alphabet[size:]
    found = {
        name: zlib.decompress((index / entry[name]).read_bytes()[4:], -15).decode()
        for name in ("map", "words", "pinyin")
    }
    found["sample"] = spelt(sample, letters)
    for path in index.glob("texts/*.bin"):
        packed = zlib.decompressobj(-15, zdict=sample) if sample else zlib.decompressobj(-15)
        found[path.name] = spelt(packed.decompress(path.read_bytes()[4:]), letters)
    return found


def spelt(data: bytes, letters: str) -> str:
    """A text written in the alphabet of an index."""
    found, at = [], 0
    while at < len(data):
        if data[at] < 176:
            found.append(letters[data[at]])
            at += 1
        elif data[at] < 255:
            found.append(letters[176 + (data[at] - 176) * 256 + data[at + 1]] if at + 1 < len(data) else "")
            at += 2
        else:
            found.append(chr(int.from_bytes(data[at + 1 : at + 4], "little")))
            at += 4
    return "".join(found)


SMALL = {
    "mkdocs.yml": """\
site_name: 小站点
site_url: https://docs.example.com/
edit_uri: https://git.example.com/edit/main/docs/
theme: {name: material, language: zh, font: false, features: [content.action.edit]}
plugins:
  - pmdocs: {languages: [zh], as_of: 2026-09-18}
""",
    "docs/index.md": "# 首页\n\n从[全部文档](documents/index.md)开始。\n",
    "data/people.yaml": """\
people:
  - {id: wang-fang, name: 王芳, team: 产品部, roles: [business], active: true}
""",
    "data/products.yaml": """\
products:
  - {id: try, name: 试用产品}
""",
}
DRAFT = """\
id: {id}
title: 第 {number} 份需求文档
product: try
version: "0.1.0"
status: draft
lang: zh-CN
owner: wang-fang
created_date: 2026-09-01
change_history:
  - {{version: "0.1.0", date: 2026-09-01, author: wang-fang, summary: 起草}}
"""


def small_project(folder: Path, *, documents: int = 1, more: dict[str, str] | None = None) -> Path:
    """A project of a few drafts of a shipped type, one product and one language."""
    drafts = {
        f"data/prd/PRD-TRY-{number:03}.yaml": DRAFT.format(id=f"PRD-TRY-{number:03}", number=number)
        for number in range(1, documents + 1)
    }
    return write(folder, SMALL | drafts | (more or {}))
