"""Periods: a year, a half, a quarter, a month, or so many days up to the day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pmdocs.diagnostics import Words

MONTHS_OF_QUARTER = 3
_FORM = re.compile(r"(?P<year>[1-9]\d{3})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")
_ROLLING = re.compile(r"rolling-([1-9]\d{0,3})d")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ORDINALS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both counted; `name` is how it is asked for."""

    name: str
    first: date
    last: date
    words: Words
    short: Words

    def holds(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.first <= day <= self.last

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The quarters that a year or a half is made of; none for what is no longer than a quarter, or rolls."""
        if _ROLLING.fullmatch(self.name) or _months(self) <= MONTHS_OF_QUARTER:
            return ()
        first = (self.first.month - 1) // MONTHS_OF_QUARTER + 1
        last = (self.last.month - 1) // MONTHS_OF_QUARTER + 1
        return tuple(quarter(self.first.year, number) for number in range(first, last + 1))


def period_of(name: str, as_of: date) -> Period | None:
    """Return the period that `name` asks for (2026, 2026-H1, 2026-Q2, 2026-05, rolling-90d), or None."""
    if rolling := _ROLLING.fullmatch(name):
        days = int(rolling[1])
        first = date.fromordinal(max(1, as_of.toordinal() - days + 1))
        return Period(
            name, first, as_of, Words(f"截至 {as_of} 的 {days} 天", f"the {days} days up to {as_of}"), Words(name, name)
        )
    found = _FORM.fullmatch(name)
    if found is None:
        return None
    year = int(found["year"])
    if found["quarter"]:
        return quarter(year, int(found["quarter"]))
    if found["half"]:
        return half_of(date(year, 6 * int(found["half"]), 1))
    if found["month"]:
        month = int(found["month"])
        return _span(name, year, (month, month), Words(f"{year} 年 {month} 月", f"{_MONTHS[month - 1]} {year}"))
    return _span(name, year, (1, 12), Words(f"{year} 年", str(year)))


def quarter(year: int, number: int) -> Period:
    """Return quarter `number` (from 1) of `year`."""
    last = number * MONTHS_OF_QUARTER
    words = Words(f"{year} 年第{_ORDINALS[number - 1]}季度", f"{year} Q{number}")
    return _span(f"{year}-Q{number}", year, (last - MONTHS_OF_QUARTER + 1, last), words)


def quarter_of(day: date) -> Period:
    """Return the quarter that `day` lies in."""
    return quarter(day.year, (day.month - 1) // MONTHS_OF_QUARTER + 1)


def half_of(day: date) -> Period:
    """Return the half-year that `day` lies in."""
    half = 1 if day.month <= 2 * MONTHS_OF_QUARTER else 2
    words = Words(f"{day.year} 年{'上' if half == 1 else '下'}半年", f"{day.year} H{half}")
    return _span(f"{day.year}-H{half}", day.year, (6 * half - 5, 6 * half), words)


def _span(name: str, year: int, months: tuple[int, int], words: Words) -> Period:
    first, last = months
    short = Words(words.zh.replace(" 年上", " 上").replace(" 年下", " 下"), words.en)
    if last - first + 1 == MONTHS_OF_QUARTER:
        short = Words(words.en, words.en)
    return Period(name, date(year, first, 1), date(year, last, monthrange(year, last)[1]), words, short)


def _months(period: Period) -> int:
    return period.last.month - period.first.month + 1
