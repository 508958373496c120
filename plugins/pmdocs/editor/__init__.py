"""What an editor needs to complete and check YAML as pmdocs does."""

from pmdocs.editor.files import SCHEMA_FOLDER, SETTINGS, refresh_schemas, settings_text, write_schemas, write_settings
from pmdocs.editor.schema import editor_schemas

__all__ = [
    "SCHEMA_FOLDER",
    "SETTINGS",
    "editor_schemas",
    "refresh_schemas",
    "settings_text",
    "write_schemas",
    "write_settings",
]
