"""Cells of a spreadsheet as values of fields: numbers, truth values, and days in the forms that Chinese spreadsheets write."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

from pmdocs.doctype.vocabulary import Field

SHANGHAI = timezone(timedelta(hours=8))
FIRST_SERIAL = date(1899, 12, 30)
"""The day from which spreadsheets count days."""
_SERIAL = re.compile(r"([3-7]\d{4})(?:\.\d+)?")
"""Days from 1982 to 2119 as a spreadsheet counts them, perhaps with a time of day behind the point."""
_NOON = r"(?:上午|下午|凌晨|中午|晚上|AM|PM)?"
_TIME = (
    rf"(?:[ T]*(?:周.|星期.)?[ ]*{_NOON}[ ]*\d{{1,2}}[:时]\d{{1,2}}(?:[:分]\d{{1,2}}(?:\.\d+)?)?[分秒]?[ ]*{_NOON})?"
)
_DAY = re.compile(
    rf"(\d{{4}})(?:[-/.](\d{{1,2}})[-/.](\d{{1,2}})|年(\d{{1,2}})月(\d{{1,2}})日?|(\d{{2}})(\d{{2}})){_TIME}"
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)")


def day_of(text: str) -> date | None:
    """Return the day that a cell means, in Shanghai; None where it means none.

    Known are 2026/1/5, 2026-01-05, 2026.1.5, 2026年1月5日 and 20260105, each perhaps with a time of day, the number of a
    day as spreadsheets count, and a moment such as 2026-01-05T01:03:00Z.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        if _INSTANT.fullmatch(plain):
            return datetime.fromisoformat(plain).astimezone(SHANGHAI).date()
        if serial := _SERIAL.fullmatch(plain):
            return FIRST_SERIAL + timedelta(days=int(serial[1]))
        if match := _DAY.fullmatch(plain):
            year, month, day = (int(each) for each in match.groups() if each)
            return date(year, month, day)
    except (ValueError, OverflowError):
        return None
    return None


def cell_value(field: Field | None, text: str) -> str | int | float | bool:
    """Return the value of a cell of `field`; a text that is none of its kind stays as it is, for its finding to show."""
    if field is None:
        return text
    plain = text.strip()
    if field.kind == "date":
        return day.isoformat() if (day := day_of(plain)) else plain
    if field.kind == "boolean":
        return {"true": True, "false": False}.get(plain.lower(), plain)
    if field.kind == "number" and re.fullmatch(r"-?\d{1,15}(?:\.\d+)?", plain):
        return float(plain) if "." in plain else int(plain)
    return text if field.kind in ("text", "markdown") else plain
