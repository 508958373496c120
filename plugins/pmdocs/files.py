"""Whether a path is a file of the project: asked by checks and pages that are handed no folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class ProjectFiles:
    """Tells whether a path is a file of the project: inside it with links followed, and spelt with the same capitals."""

    root: Path
    _names: dict[Path, frozenset[str]] = field(default_factory=dict)

    def __call__(self, path: str) -> bool:
        """Whether `path`, relative to the project with `/`, is such a file."""
        whole = self.root / path
        try:
            inside = whole.is_file() and whole.resolve().is_relative_to(self.root)
            return inside and all(self._has(each) for each in (whole, *whole.parents) if each.is_relative_to(self.root))
        except (OSError, ValueError):
            return False

    def leads_out(self, path: str) -> bool:
        """Whether `path` is there but, its links followed, lies outside the project."""
        whole = self.root / path
        try:
            return whole.exists() and not whole.resolve().is_relative_to(self.root)
        except (OSError, ValueError):
            return False

    def size_of(self, path: str) -> int:
        """Return how many bytes the file at `path` has; 0 for what is no file of the project."""
        return (self.root / path).stat().st_size if self(path) else 0

    def _has(self, path: Path) -> bool:
        """Whether a folder of the project holds this very name; every folder is listed once."""
        if path == self.root:
            return True
        if path.parent not in self._names:
            self._names[path.parent] = frozenset(each.name for each in path.parent.iterdir())
        return path.name in self._names[path.parent]
