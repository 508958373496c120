"""Troubles of a built site: what GitHub Pages does not take, and what pages ask other hosts for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pmdocs.diagnostics import Severity, Words
from pmdocs.doctor.trouble import Patient, Trouble, foreign, listed, walked
from pmdocs.markup import Tag, tokens

MEGABYTE = 1_000_000
LARGEST_SITE = 1_000 * MEGABYTE
"""What GitHub Pages takes of a site at most, in bytes."""
LARGE_SITE = 700 * MEGABYTE
"""From how many bytes on it is time to do something about it."""
LARGEST_FILE = 100 * MEGABYTE
"""What GitHub takes of a file at most, in bytes."""
_LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
    "embed": "src",
    "track": "src",
    "object": "data",
    "input": "src",
}
"""The elements that load something as soon as a page is shown, by the attribute that says what."""
_LINKED = frozenset(
    {"stylesheet", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "icon", "manifest"}
)
"""The kinds of `link` that load something or open a connection."""
_IN_STYLE = re.compile(r"""url\(\s*["']?((?:https?:)?//[^"')\s]+)|@import\s+["']((?:https?:)?//[^"']+)""")


def built_site(patient: Patient) -> Iterator[Trouble]:
    """Yield what is wrong with the site as it was built."""
    if patient.site is None:
        return
    files = sorted(walked(patient.site))
    links = [path for path in files if path.is_symlink()]
    sizes = {path: path.stat().st_size for path in files if path.is_file() and not path.is_symlink()}
    if links:
        names = [path.relative_to(patient.site).as_posix() for path in links]
        yield Trouble(
            "symlink",
            Severity.ERROR,
            Words(
                f"站点里有符号链接：{listed(names, 'zh')}。GitHub Pages 不接受",
                f"The site holds symbolic links: {listed(names, 'en')}. GitHub Pages does not take them",
            ),
            Words("重新运行 pmdocs build，它不写符号链接", "Run pmdocs build again, which writes none"),
        )
    yield from _size(patient.site, sizes)
    yield from _requests(patient.site, sizes)


def _size(site: Path, sizes: Mapping[Path, int]) -> Iterator[Trouble]:
    total = sum(sizes.values())
    if total > LARGE_SITE:
        megabytes = total // MEGABYTE
        yield Trouble(
            "size",
            Severity.ERROR if total > LARGEST_SITE else Severity.WARNING,
            Words(
                f"站点有 {megabytes} MB，GitHub Pages 最多 1000 MB",
                f"The site has {megabytes} MB; GitHub Pages takes 1000 MB",
            ),
            Words("给旧版本写 skip，或者缩小图片", "Give old versions a skip, or make pictures smaller"),
        )
    large = [path.relative_to(site).as_posix() for path, size in sizes.items() if size > LARGEST_FILE]
    if large:
        yield Trouble(
            "large-file",
            Severity.ERROR,
            Words(
                zh=f"超过 100 MB 的文件：{listed(large, 'zh')}",
                en=f"Files of more than 100 MB: {listed(large, 'en')}",
            ),
            Words("放到别处，文档里只留链接", "Put them elsewhere and link to them"),
        )


def _requests(site: Path, sizes: Mapping[Path, int]) -> Iterator[Trouble]:
    """Yield what pages load from other hosts, each host once, with a page that does."""
    hosts: dict[str, str] = {}
    for path in sizes:
        if path.suffix in (".html", ".css"):
            text = path.read_text("utf-8", errors="replace")
            for address in foreign_requests(text) if path.suffix == ".html" else _in_style(text):
                hosts.setdefault(urlsplit(address).netloc, path.relative_to(site).as_posix())
    for host, page in sorted(hosts.items()):
        yield foreign(
            Words(
                f"页面向别的主机请求内容：{host}（例如 {page}）",
                f"Pages ask another host for content: {host} (such as {page})",
            ),
            Words("把文件放进项目，改用自己的路径", "Put the file into the project and use its path there"),
        )


def foreign_requests(html: str) -> Iterator[str]:
    """Yield the addresses on other hosts that a browser asks as soon as it shows a page."""
    for token in tokens(html):
        if not isinstance(token, Tag) or token.closes:
            continue
        attributes = token.attributes
        wanted = attributes.get(_LOADING.get(token.name, ""), "")
        if token.name == "link" and _LINKED & set(attributes.get("rel", "").lower().split()):
            wanted = attributes.get("href", "")
        if urlsplit(wanted).netloc:
            yield wanted
        yield from _in_style(attributes.get("style", "") if token.name else token.text)


def _in_style(text: str) -> Iterator[str]:
    return (first or second for first, second in _IN_STYLE.findall(text))
