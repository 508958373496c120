"""The files of an editor: a JSON Schema for each type, and the settings that tie them to the folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pmdocs.diagnostics import Language
from pmdocs.editor.schema import TYPE_FILE, editor_schemas
from pmdocs.site import Site
from pmdocs.writing import replace_file

SCHEMA_FOLDER = ".pmdocs/schema"
SETTINGS = ".vscode/settings.json"
_EDITING: Mapping[str, Any] = {
    "yaml.yamlVersion": "1.2",
    "yaml.format.enable": False,
    "yaml.schemaStore.enable": False,
    "[yaml]": {
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
        "editor.quickSuggestions": {"strings": True, "other": True},
    },
    "files.eol": "\n",
}
"""Settings that a writer may change: they are set where the editor has none yet."""


def folders_of(site: Site) -> dict[str, list[str]]:
    """Return the files that each schema is for, as patterns relative to the project."""
    data, templates = (site.project.relative(path) for path in (site.project.documents, site.project.templates))
    patterns = {
        name: [
            f"{data}/{kind.shared}.yaml"
            if kind.shared and not kind.several
            else f"{data}/{kind.shared or name}/**/*.yaml"
        ]
        for name, kind in site.library.types.items()
    }
    return {**patterns, TYPE_FILE: [f"{templates}/*/type.yaml"]}


def write_schemas(site: Site, language: Language) -> list[Path]:
    """Write the schemas that changed below the project's root and return their paths; those of types that went are removed."""
    folder = site.project.root / SCHEMA_FOLDER
    schemas = {f"{name}.json": schema for name, schema in editor_schemas(site.library, language).items()}
    changed = [folder / name for name, schema in schemas.items() if replace_file(folder / name, _json(schema))]
    for path in folder.glob("*.json"):
        if path.name not in schemas:
            path.unlink()
    return changed


def refresh_schemas(site: Site, language: Language) -> None:
    """Write the schemas anew where the project has them, for ids come and go; not while a file cannot be read."""
    if not site.library.unread and (site.project.root / SCHEMA_FOLDER).is_dir():
        write_schemas(site, language)


def settings_text(old: str | None, site: Site) -> str | None:
    """Return the editor's settings with pmdocs' own in them; None where `old` is no plain JSON: it may hold comments."""
    try:
        settings = json.loads(old) if old and old.strip() else {}
    except ValueError:
        return None
    if not isinstance(settings, dict):
        return None
    own = {f"{SCHEMA_FOLDER}/{name}.json": patterns for name, patterns in folders_of(site).items()}
    tied = settings.get("yaml.schemas")
    others = tied.items() if isinstance(tied, dict) else ()
    settings["yaml.schemas"] = {name: each for name, each in others if not name.startswith(SCHEMA_FOLDER)} | own
    return json.dumps({**_EDITING, **settings}, ensure_ascii=False, indent=2) + "\n"


def write_settings(site: Site) -> bool:
    """Write the settings; False where those that are there could not be read, and were left as they are."""
    path = site.project.root / SETTINGS
    text = settings_text(path.read_text("utf-8") if path.is_file() else None, site)
    if text is not None:
        replace_file(path, text.encode())
    return text is not None


def _json(schema: Mapping[str, Any]) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
