"""Pages that are no document's may bring data to download."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmdocs.edition import editions_of, read_today
from pmdocs.pages import render
from pmdocs.pages.entry import Entry
from pmdocs.pages.scene import Setting
from sites import small_project


def table(setting: Setting) -> Iterator[Entry]:
    """A page with a table beside it, in its language."""
    yield Entry(
        "table.md", "_shared/types.html.j2", "表", {"types": ()}, files={"table.csv": setting.language.encode()}
    )


def test_data_lies_beside_its_page_in_each_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an entry gives as files is a file of the site in the language of the entry."""
    monkeypatch.setattr(render, "STANDING", (table,))
    project = small_project(tmp_path)
    (project / "mkdocs.yml").write_text(
        (project / "mkdocs.yml").read_text("utf-8").replace("[zh]", "[zh, en]"), "utf-8"
    )
    editions, broken = editions_of(read_today(project))
    assert broken == ()
    assert [edition.files.get("table.csv") for edition in editions] == [b"zh", b"en"]
