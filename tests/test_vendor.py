"""The browser files of others: unchanged, named in the notices, and silent towards other hosts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

import vendor
from conftest import Serve

PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>t</title>
<pre class="mermaid">stateDiagram-v2
  待支付 --> 支付中: 发起支付
  支付中 --> 已支付: 支付成功</pre>
<script src="mermaid.min.js"></script>
<script>mermaid.initialize({startOnLoad: false, securityLevel: "strict"}); mermaid.run()</script>"""
PACKAGE_NAMES = [package.name for package in vendor.PACKAGES]


def test_vendored_files_are_as_they_were_fetched() -> None:
    """Every file has the checksum of its manifest, and no file is without one."""
    assert vendor.check() == []


@pytest.mark.parametrize("name", PACKAGE_NAMES)
def test_each_package_stands_in_the_notices(name: str) -> None:
    """The notices name each vendored package with its version and licence, and its licence lies beside it."""
    manifest = json.loads((vendor.VENDOR / name / vendor.MANIFEST).read_text("utf-8"))
    assert f"| {name} | {manifest['version']} | {manifest['licence']} |" in vendor.NOTICES.read_text("utf-8")
    assert "LICENSE" in manifest["files"]


def test_changed_missing_and_added_files_are_found(tmp_path: Path) -> None:
    """A changed, a missing and an added file are each named."""
    folder = tmp_path / "mermaid"
    shutil.copytree(vendor.VENDOR / "mermaid", folder)
    (folder / "mermaid.min.js").write_text("changed", "utf-8")
    (folder / "LICENSE").unlink()
    (folder / "more.js").write_text("", "utf-8")
    assert vendor.problems(folder) == [
        "mermaid/LICENSE: missing",
        "mermaid/more.js: not in vendor.json",
        "mermaid/mermaid.min.js: changed since it was fetched",
    ]


def test_mermaid_draws_without_a_foreign_host(tmp_path: Path, serve: Serve, page: Page) -> None:
    """Mermaid draws a state machine with Chinese labels and asks no other host for anything."""
    shutil.copy(vendor.VENDOR / "mermaid" / "mermaid.min.js", tmp_path)
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    address = serve(tmp_path)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(address)
    drawing = page.locator("pre.mermaid svg")
    drawing.wait_for()
    assert "待支付" in (drawing.text_content() or "")
    assert [url for url in requested if not url.startswith((address, "data:", "blob:"))] == []
