"""A file from another system → what becomes of its rows, and the file of feedback as it is then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pmdocs.doctype import Checker, DocumentType, Field
from pmdocs.intake.build import Builder
from pmdocs.intake.mapping import Columns
from pmdocs.intake.merge import Outcome, as_csv, as_yaml, merge
from pmdocs.intake.rows import Handed, IntakeError, issue_rows, table_rows, text_of
from pmdocs.library import Library
from pmdocs.source import read_text

SHEET = ".csv"
ISSUES = ".json"


@dataclass(frozen=True)
class Intake:
    """What feedback is taken into: the library there is, and the type of its feedback files."""

    library: Library
    kind: DocumentType
    rows: Field

    @classmethod
    def of(cls, library: Library) -> Intake:
        """Return the intake of a library; raises IntakeError where a team's types have no feedback."""
        kind = next((each for each in library.types.values() if each.several and each.rows), None)
        if kind is None or kind.rows is None:
            raise IntakeError("团队的类型里没有反馈", "The team's types have no feedback")
        return cls(library, kind, kind.rows)

    def take(self, data: bytes, file: str, columns: Columns, into: str) -> tuple[Handed, Outcome]:
        """Return the rows of a file and what becomes of them; raises IntakeError where it holds none.

        `into` is the file of feedback, relative to the project, that new rows go to.
        """
        text = text_of(data, file)
        handed = (issue_rows if file.endswith(ISSUES) else table_rows)(text, file, columns)
        checker = Checker.of(self.kind, self.library.standards)
        builder = Builder(self.library, self.kind, self.rows, columns, checker)
        broken = {finding.location.span.line for finding in handed.findings}
        built = [
            builder.build(row, file) for row in handed.rows if not _touches(row.span.line, row.span.end_line, broken)
        ]
        outcome = merge(built, self.library.answers, into=into, file=file)
        outcome.refused += handed.findings
        outcome.refused_rows += len(handed.rows) - len(built)
        return handed, outcome

    def written(self, old: str | None, into: str, outcome: Outcome) -> str:
        """Return the text of the file `into` with what came in; raises IntakeError where it cannot be added without loss."""
        there: list[Mapping[str, Any]] = [each.values for each in self.library.answers if each.source.file == into]
        if PurePosixPath(into).suffix == SHEET:
            return as_csv(self.rows, there, outcome)
        new = as_yaml(self.rows, old or "", outcome)
        value = read_text(new, file=into).value
        found = value.get(self.rows.name) if isinstance(value, dict) else None
        before = read_text(old, file=into).value if old and old.strip() else None
        rows = before.get(self.rows.name) if isinstance(before, dict) else None
        wanted = [*(rows or []), *(dict(each.values) for each in outcome.added)]
        if found != wanted:
            raise IntakeError(
                f"没法在 {into} 的末尾加上新的反馈；用 --into 写进另一个文件",
                f"New feedback cannot be added at the end of {into}; name another file with --into",
            )
        return new


def _touches(first: int, last: int, lines: set[int]) -> bool:
    return any(first <= line <= last for line in lines)
