"""Documents and verdicts for tests of the two rates, made of a few fields."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pmdocs.diagnostics import Words
from pmdocs.doctype import DocumentType, Field, Standards, read_standards
from pmdocs.document import Document
from pmdocs.feedback import Verdict
from pmdocs.source import Source

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "fixtures" / "kpi"
BODY = Field("body", "text", *(Words("正文", "Body"),) * 2)
KIND = DocumentType("note", *(Words("便条", "Note"),) * 3, "NOTE", None, 0, (BODY,), ())
HEAD = {
    "version": "1.0.0",
    "status": "published",
    "lang": "zh-CN",
    "owner": "lin-xiao",
    "product": "trendpick",
    "created_date": "2026-04-01",
}


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a table, dates and versions as text, as pmdocs reads them."""
    found: list[dict[str, Any]] = yaml.load((CASES / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)
    return found


@cache
def shipped() -> Any:
    """The shipped standards, as written."""
    return yaml.safe_load((ROOT / "pm_templates" / "_standards" / "defaults.yaml").read_text("utf-8"))


def standards(**rates: Any) -> Standards:
    """The shipped standards with settings of the two rates."""
    return read_standards(shipped(), {"on_time": rates})


def document(name: str = "NOTE-TRY-001", **values: Any) -> Document:
    """A document that says what every one does, and `values`."""
    whole = {"id": name, **HEAD, **values}
    return Document(KIND, name, whole, Source(f"data/note/{name}.yaml", "", whole, None, ()))


def day(text: str) -> date:
    """A day as written."""
    return date.fromisoformat(text)


def verdict(number: int, **said: Any) -> Verdict:
    """A verdict of customer service on NOTE-TRY-001 1.0.0 on 2026-05-10, but for what is said."""
    days = {
        name: day(said.pop(name)) if said.get(name) else None for name in ("received_at", "triaged_at", "closed_at")
    }
    usual = {
        "feedback_id": f"FB-{number:04}", "channel": "csv", "reporter": f"CS-{number:02}",
        "reporter_role": "customer_service", "doc_id": "NOTE-TRY-001", "doc_version": "1.0.0", "section_ref": "",
        "verdict": "accurate", "category": "", "severity": None, "detail": "", "ticket_ref": "", "triage_status": "new",
        "triaged_by": "", "reason": "", "fixed_in_version": "",
    }  # fmt: skip
    received = days["received_at"] or day("2026-05-10")
    return Verdict(**{**usual, **days, "received_at": received, **said})
