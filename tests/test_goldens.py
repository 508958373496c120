"""One page per shipped type, every kind of field in it, as it was looked at and found right."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Golden
from filled import Filler, page_of, shipped_types

GOLDENS = Path(__file__).parent / "goldens"
TYPES = shipped_types()


@pytest.mark.parametrize("name", TYPES)
def test_a_page_is_as_it_was(name: str, golden: Golden) -> None:
    """The page of a document that fills every field once is the one in the golden file."""
    said = Filler(
        TYPES[name], lambda field: {"zh": f"{field.label.zh}的内容", "en": f"Text of {field.label.en}"}, rows=1
    )
    golden(GOLDENS / f"{name}.html", page_of(said.document()).html + "\n")


def test_every_golden_file_has_a_type() -> None:
    """No golden file is left of a type that is gone."""
    assert {path.stem for path in GOLDENS.glob("*.html")} == set(TYPES)
