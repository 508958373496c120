"""What shared files get wrong that no field tells by itself: the settings of rules, and the list of releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pmdocs.checks.govern import fixed_settings
from pmdocs.checks.releases import wrong_releases
from pmdocs.diagnostics import Diagnostic
from pmdocs.doctype import DocumentType
from pmdocs.proof import unproven
from pmdocs.source import Source


def wrong_shared(
    sources: Sequence[tuple[DocumentType, Source]], has_file: Callable[[str], bool], folder: Path
) -> Iterator[Diagnostic]:
    """Yield it; `has_file` tells whether a path of the project, whose data lies in `folder`, is a file."""
    for kind, source in sources:
        if kind.shared == "standards":
            yield from fixed_settings(source)
            yield from unproven(source, folder)
        elif kind.shared == "releases":
            yield from wrong_releases(source, has_file)
