"""The house rules that no tool checks: which way imports go, what Python may not know, and how long things may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from pmdocs.doctype.vocabulary import KINDS, ROLES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "pmdocs"
TYPES = ROOT / "pm_templates"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [path.relative_to(PACKAGE).as_posix() for path in MODULES]

ORDER = (
    "__init__", "diagnostics", "rules", "source",
    "edit",
    "doctype", "lexicon", "options", "reporting", "project", "files", "document", "feedback", "library",
    "kpi",
    "canonical", "signoff", "trace",
    "diff",
    "gather",
    "writing", "repository", "versions", "past", "sides", "earlier", "proof",
    "markup", "markdown", "checks", "handwritten", "addresses", "items", "mermaid",
    "report", "summary", "explain", "pages", "search",
    "site", "intake",
    "approval",
    "layout", "scaffold", "editor", "equipment", "edition",
    "release",
    "publish", "doctor", "plugin", "cli", "__main__",
)  # fmt: skip
"""Every room of the house: each imports only those before it."""

SHELLS = {
    "mkdocs": ["plugin/"],
    "click": ["cli/"],
    "jinja2": ["pages/"],
    "markupsafe": ["pages/"],
    "subprocess": ["repository.py"],
}
"""Who may import what of the world outside."""

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
SENTENCES = ("rules/", "pages/words.py")
"""Catalogues of sentences in two languages: they are as long as there is to say."""

GENERIC: dict[str, frozenset[str]] = {
    "the vocabulary of type folders: roles, kinds and the keys of type.yaml": frozenset(
        {*ROLES, *KINDS, "data", "default", "example", "fields", "image", "items", "kind", "label", "length", "name"}
        | {"properties", "required", "roles", "rows", "type", "value"}
    ),
    "JSON Schema": frozenset(
        {"description", "enum", "examples", "format", "items", "properties", "required", "then", "type"}
    ),
    "HTML: elements and attributes": frozenset(
        {"label", "link", "name", "scope", "script", "source", "start", "type", "value", "hidden", "title"}
    ),
    "the two languages": frozenset({"zh", "en"}),
    "columns of the shared files, which every project has": frozenset(
        {"channel", "forbidden_aliases", "glossary", "release", "page", "what"}
    ),
    "the form of items.json and of differences": frozenset({"steps", "target"}),
    "whom a change concerns": frozenset({"team"}),
    "keys of an issue of GitHub": frozenset({"body"}),
    "severities": frozenset({"warning"}),
    "what a figure says of itself to programs": frozenset({"period", "target"}),
    "keys of mkdocs.yml": frozenset({"validation"}),
    "what GitHub calls the text of an issue": frozenset({"body"}),
    "the entry and the map of a search index": frozenset({"pages", "values"}),
}
"""Words that a type's field happens to share with something pmdocs must name, by what they mean there."""
SPEAK_OF_IT = (
    "tests/test_architecture.py", "tests/rulebook/D7-S08.yaml", "pm_templates/_standards/defaults.yaml",
    "pm_templates/_standards/type.yaml", "plugins/pmdocs/rules/fillers.py", "plugins/pmdocs/checks/fillers.py",
)  # fmt: skip
"""What names the words that stand for what is still to be written, in order to find them."""
WORD_LISTS = ("doctype/vocabulary.py", "pages/words.py")
"""Modules that declare words: the vocabulary itself, and what pages say."""


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides its direction"
            yield str(node.module)


def room(path: Path) -> str:
    """The room of the house that a module stands in."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module."""
    yield from (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public(path: Path) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The public classes and functions of a module, and the public methods of its public classes."""
    for node in tree_of(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield inner


def test_every_room_stands_in_the_order() -> None:
    """The order names every module and package there is, and nothing else."""
    assert sorted({room(path) for path in MODULES}) == sorted(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_imports_go_up(path: Path) -> None:
    """A module imports only what stands before it in the order."""
    own = ORDER.index(room(path))
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "pmdocs":
            other = parts[1] if len(parts) > 1 else "__init__"
            assert ORDER.index(other) < own or other == room(path), f"imports {name}"


def test_no_module_imports_itself_around_a_corner() -> None:
    """The modules within a package form no circle."""
    known = {".".join(("pmdocs", *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in MODULES}
    waiting = {name: set(imported(path)) & set(known) for name, path in known.items()}
    while ready := {name for name, wanted in waiting.items() if not wanted & set(waiting)}:
        waiting = {name: wanted for name, wanted in waiting.items() if name not in ready}
    assert waiting == {}


@pytest.mark.parametrize("library", SHELLS)
def test_the_world_outside_has_one_door(library: str) -> None:
    """Only the plugin knows MkDocs, only the command line click, only the pages Jinja; only one module starts git."""
    users = [path.relative_to(PACKAGE).as_posix() for path in MODULES if library in tops(path)]
    assert [user for user in users if not user.startswith(tuple(SHELLS[library]))] == []


def tops(path: Path) -> set[str]:
    """The packages that a module imports from."""
    return {name.partition(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_import_stands_inside_a_function(path: Path) -> None:
    """Every import stands at the top of its module."""
    inside = [
        node.lineno
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def fields_of(fields: Mapping[str, Any] | None) -> Iterator[str]:
    """The names of fields, of those below them too."""
    for name, field in (fields or {}).items():
        yield name
        if isinstance(field, dict):
            yield from fields_of(field.get("fields"))


@cache
def forbidden() -> frozenset[str]:
    """The names of types and of their own fields, less those that mean something else."""
    types = {path.parent.name: yaml.safe_load(path.read_text("utf-8")) for path in TYPES.glob("*/type.yaml")}
    envelope = set(fields_of(types["_document"]["fields"]))
    own = {name: kind for name, kind in types.items() if not name.startswith("_")}
    assert len(own) >= 3
    fields = {field for kind in own.values() for field in fields_of(kind["fields"])}
    return frozenset((fields - envelope - frozenset().union(*GENERIC.values())) | set(own))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_python_knows_no_type_and_no_field(path: Path) -> None:
    """No literal of the code is the name of a document type or of a field of one."""
    if path.relative_to(PACKAGE).as_posix() in WORD_LISTS:
        return
    spoken = {id(word) for node in ast.walk(tree_of(path)) for word in page_words(node)}
    found = [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and node.value in forbidden() and id(node) not in spoken
    ]
    assert found == []


def page_words(node: ast.AST) -> list[ast.expr]:
    """What a call asks of the words of the pages themselves."""
    asks = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "page_word"
    return node.args[:1] if asks and isinstance(node, ast.Call) else []


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_says_what_it_is(path: Path) -> None:
    """A module opens with one line that says what it is."""
    said = ast.get_docstring(tree_of(path))
    assert said
    assert "\n" not in said
    assert said.endswith((".", "…", "!"))


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_what_is_public_is_explained(path: Path) -> None:
    """Every public class, function and method has a docstring."""
    assert [f"{node.lineno}: {node.name}" for node in public(path) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_rooms_are_small(path: Path) -> None:
    """No module is longer than 300 lines, but for catalogues of sentences; no function is longer than 50."""
    lines = path.read_text("utf-8").count("\n")
    if not path.relative_to(PACKAGE).as_posix().startswith(SENTENCES):
        assert lines <= LONGEST_FILE
    long = [f"{each.name}: {length}" for each in functions(path) if (length := length_of(each)) > LONGEST_FUNCTION]
    assert long == []


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function has."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_nothing_is_left_for_later() -> None:
    """No file of the project holds a note of what is still to be done."""
    words = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|lorem ipsum|待补充|待完善", re.IGNORECASE)
    kept = [
        path for top in ("plugins", "pm_templates", "data", "docs", "scripts", "tests") for path in files(ROOT / top)
    ]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in set(kept) - {ROOT / name for name in SPEAK_OF_IT}
        for number, line in enumerate(path.read_text("utf-8", errors="replace").split("\n"), 1)
        if words.search(line)
    ]
    assert found == []


def files(folder: Path) -> list[Path]:
    """The files of a folder that somebody here wrote."""
    left = {"vendor", "__pycache__", "goldens"}
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not left & set(path.parts)]


@pytest.mark.parametrize("kind", [*(kind for kind in KINDS), "rows"])
def test_every_kind_can_be_shown(kind: str) -> None:
    """Every kind of the vocabulary has a template; so have lists of rows."""
    assert (TYPES / "_shared" / "kinds" / f"{kind}.html.j2").is_file()


def test_no_template_of_a_kind_or_role_is_left_over() -> None:
    """Every template of a kind or role belongs to a kind or role of the vocabulary."""
    shared = TYPES / "_shared"
    kinds = {path.name.removesuffix(".html.j2") for path in (shared / "kinds").glob("*.j2")}
    roles = {path.name.removesuffix(".html.j2") for path in (shared / "roles").glob("*.j2")}
    assert kinds - set(KINDS) == {"rows"}
    assert roles - set(ROLES) == set()
