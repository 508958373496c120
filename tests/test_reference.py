"""The reference of fields is whole: every field of every type, in both languages, with all that a writer asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import pytest

from filled import DAY, empty_site, renderer, templates
from pmdocs.diagnostics import Language
from pmdocs.doctype import DocumentType, Field, localized
from pmdocs.pages import Page, Press, Setting, terms_of
from sites import Parsed

TYPES = sorted(empty_site().library.types)
LANGUAGES: tuple[Language, ...] = ("zh", "en")
ALWAYS = {"zh": "必填", "en": "always"}
FROM = {
    "zh": {1: "“评审中”起", 2: "“已批准”起", 3: "“已发布”起"},
    "en": {1: "from “In review”", 2: "from “Approved”", 3: "from “Published”"},
}


@cache
def pages(language: Language) -> dict[str, Page]:
    """The generated pages of a project without documents, by source path."""
    library = empty_site().library
    setting = Setting(library, renderer(), language, terms_of(library, language), DAY)
    return {page.uri: page for page in Press(templates(), setting).pages()}


def page_of(kind: DocumentType, language: Language) -> Page:
    """The page of a type's fields."""
    return pages(language)[f"reference/fields/{kind.shared or kind.name}.md"]


def fields_of(fields: Sequence[Field], path: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its path, those below it too."""
    for each in fields:
        yield path + each.name, each
        yield from fields_of(each.fields, f"{path}{each.name}.")


def rows_of(page: Page) -> dict[str, str]:
    """The words of each row, by the path of its field."""
    rows = {}
    for part in page.html.split('<tr id="')[1:]:
        name, _, rest = part.partition('"')
        rows[name] = Parsed("<table><tr " + rest.partition("</tr>")[0]).text
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TYPES)
def test_every_field_has_a_row_with_all_there_is_to_know(name: str, language: Language) -> None:
    """Key, label, help, when it is required, its choices, and an example where a value is typed."""
    kind = empty_site().library.types[name]
    rows = rows_of(page_of(kind, language))
    wanted = dict(fields_of(kind.fields))
    assert set(rows) == set(wanted)
    for path, each in wanted.items():
        row = rows[path]
        assert each.name in row
        assert each.label.in_language(language) in row
        assert " ".join(each.help.in_language(language).split()) in row, path
        if each.gate is not None and not each.derived and each.required_when is None:
            assert (ALWAYS[language] if each.gate == 0 else FROM[language][each.gate]) in row, path
        for choice in each.choices.values():
            assert choice.value in row
            assert choice.label.in_language(language) in row
        example = localized(each.example, language)
        if isinstance(example, str):
            assert " ".join(example.split()) in row, path
        elif not each.fields and not each.derived:
            assert example is not None, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_leads_to_every_type(language: Language) -> None:
    """Document types and shared files, each with its label."""
    page = pages(language)["reference/fields/index.md"]
    parsed = Parsed(page.html)
    for kind in empty_site().library.types.values():
        assert kind.label.in_language(language) in parsed.text
        assert f"../../reference/fields/{kind.shared or kind.name}/" in {address for _, _, address in parsed.addresses}


def test_ids_are_unique_and_headings_nest() -> None:
    """Every anchor of a page is there once, and no level of headings is skipped."""
    for kind in empty_site().library.types.values():
        page = page_of(kind, "zh")
        ids = Parsed(page.html).ids
        assert len(ids) == len(set(ids)), kind.name
        levels = [heading.level for heading in page.headings]
        assert all(after <= before + 1 for before, after in pairwise(levels)), kind.name
