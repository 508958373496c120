"""A project that grew over three releases, in two languages, built whole by the real host; and served as GitHub Pages does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path

from conftest import QuietHandler
from repositories import begin, commit, git
from sites import DRAFT, SMALL, run

IGNORED = {".gitignore": "/site/\n/.cache/\n"}
CONFIG = """\
site_name: 小站点
site_url: https://docs.example.com/pages/
edit_uri: https://git.example.com/edit/main/docs/
theme: {name: material, language: zh, font: false, features: [content.action.edit]}
plugins:
  - pmdocs:
      languages: [zh, en]
      as_of: 2026-09-18
      translations: {en: {小站点: Small site}}
"""


def document(number: int, *requirements: str, title: str = "") -> dict[str, str]:
    """A draft with requirements, by its path; each is an id and its title."""
    name = f"PRD-TRY-{number:03}"
    text = DRAFT.format(id=name, number=number)
    if title:
        text = text.replace(f"title: 第 {number} 份需求文档", f"title: {title}")
    rows = "".join(
        f"  - {{id: {each}, title: {called}, statement: 系统应当工作。, priority: P1, status: accepted}}\n"
        for each, called in (requirement.split(" ") for requirement in requirements)
    )
    return {f"data/prd/{name}.yaml": text + (f"requirements:\n{rows}" if rows else "")}


def releases(count: int) -> dict[str, str]:
    """The list of the first releases, by its path."""
    rows = "".join(
        f'  - {{version: "1.{number}", title: {{zh: 第 {number} 版, en: Release {number}}}, '
        f"date: 2026-0{number + 1}-05, state: released, ref: v1.{number}}}\n"
        for number in range(count)
    )
    return {"data/releases.yaml": f"releases:\n{rows}"}


def grow(folder: Path) -> Path:
    """The repository: an item is dropped in 1.1, a document and a page in 1.2, a document is being written."""
    first = SMALL | IGNORED | {"mkdocs.yml": CONFIG}
    first |= document(1, "REQ-TRY-001 登录", "REQ-TRY-002 导出") | document(2, "REQ-TRY-011 打印")
    first["data/prd/PRD-TRY-002.yaml"] += "goals:\n  - {id: G-1, statement: 少用纸}\n"
    root = begin(folder, first | {"docs/guide.md": "# 指南\n\n见 PRD-TRY-001。\n"})
    git(root, "tag", "v1.0")
    commit(root, document(1, "REQ-TRY-001 登录", title="登录与会话") | releases(1), day=40)
    git(root, "tag", "v1.1")
    commit(root, {"data/prd/PRD-TRY-002.yaml": None, "docs/guide.md": None, **releases(2)}, day=70)
    git(root, "tag", "v1.2")
    commit(root, document(3, "REQ-TRY-021 搜索") | releases(3), day=90)
    return root


def build_all(root: Path, *options: str) -> str:
    """What `pmdocs build` says of a project that it builds."""
    ran = run("pmdocs", "build", *options, within=root)
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


class PagesHandler(QuietHandler):
    """Answers as GitHub Pages: the site lies below a path, and the root's 404.html stands where nothing is."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the page for what is missing, with its status."""
        path = Path(self.directory) / "pages" / "404.html"
        if code != HTTPStatus.NOT_FOUND or not path.is_file():
            super().send_error(code, message, explain)
            return
        content = path.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


@contextmanager
def published(site: Path, folder: Path) -> Iterator[str]:
    """The address of a site below `/pages/`, as GitHub Pages serves it; `folder` is empty."""
    (folder / "pages").symlink_to(site)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(PagesHandler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/pages/"
        server.shutdown()
        thread.join()
