"""A rate over quarters as inline SVG: drawn from figures alone, so that the same figures make the same bytes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pmdocs.kpi.figure import State

WIDTH, HEIGHT = 320, 188
LEFT, RIGHT, TOP, BOTTOM = 42, 306, 42, 162
CLEAR = 14
"""How far the text of a point stands from its mark."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a chart: what stands below it, its value from 0 to 1 or None, and its state."""

    label: str
    value: float | None
    state: State


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart says: its name for those who do not see it, the same in a sentence, its points, its target and its word."""

    id: str
    title: str
    description: str
    points: Sequence[Point]
    target: float
    target_label: str

    def svg(self) -> Markup:
        """Return the drawing: a circle meets the target, a diamond does not, an empty circle is of too few to judge."""
        low, step = _scale([each.value for each in self.points if each.value is not None], self.target)
        drawn = [*self._axis(low, step), *self._trend(low)]
        for index, point in enumerate(self.points):
            drawn += self._point(index, point, low)
        drawn.append(f'<path class="goal" d="M{LEFT} 9h20"/>{_text(LEFT + 26, 13, self.target_label, "soft", "start")}')
        name, told = f"{self.id}-title", f"{self.id}-text"
        return Markup(  # noqa: S704  # every text in it has been escaped
            f'<svg class="pm-svg" role="img" aria-labelledby="{name} {told}" width="{WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}"><title id="{name}">{escape(self.title)}</title>'
            f'<desc id="{told}">{escape(self.description)}</desc>{"".join(drawn)}</svg>'
        )

    def _axis(self, low: float, step: float) -> list[str]:
        lines = []
        for number in range(round((1 - low) / step) + 1):
            level = low + number * step
            y = _number(_height(level, low))
            lines.append(f'<path class="grid" d="M{LEFT} {y}H{RIGHT}"/>')
            lines.append(_text(LEFT - 6, _height(level, low) + 4, f"{level * 100:.0f}%", "soft", "end"))
        lines.append(f'<path class="goal" d="M{LEFT} {_number(_height(self.target, low))}H{RIGHT}"/>')
        return lines

    def _trend(self, low: float) -> list[str]:
        """Return the line from point to point, broken where there is nothing."""
        path, is_on = [], False
        for index, point in enumerate(self.points):
            if point.value is not None:
                path.append(f"{'L' if is_on else 'M'}{self._x(index)} {_number(_height(point.value, low))}")
            is_on = point.value is not None
        return [f'<path class="trend" d="{"".join(path)}"/>'] if len(path) > 1 else []

    def _point(self, index: int, point: Point, low: float) -> list[str]:
        x = self._x(index)
        below = _text(x, HEIGHT - 6, point.label, "soft", "middle")
        if point.value is None:
            return [below]
        y = _height(point.value, low)
        is_low = point.state == "fail" or (point.state == "insufficient" and point.value < self.target)
        told = _text(x, y + CLEAR + 9 if is_low else y - CLEAR + 2, f"{point.value * 100:.1f}", "num", "middle")
        return [_mark(x, y, point.state), told, below]

    def _x(self, index: int) -> str:
        room = (RIGHT - LEFT) / len(self.points)
        return _number(LEFT + room * (index + 0.5))


def _scale(values: Sequence[float], target: float) -> tuple[float, float]:
    """Return the lowest level of the axis and the step of its lines: as much of it as the values need."""
    lowest = min([*values, target])
    low = max(0.0, math.floor(round((lowest - 0.05) * 100, 6) / 10) / 10)
    step = next(each for each in (0.1, 0.2, 0.25, 0.5) if (1 - low) / each <= 4.000001)
    return round(max(0.0, 1 - step * math.ceil(round((1 - low) / step, 6))), 6), step


def _height(value: float, low: float) -> float:
    return BOTTOM - (value - low) / (1 - low) * (BOTTOM - TOP)


def _mark(x: str, y: float, state: State) -> str:
    if state == "fail":
        return f'<path class="mark" data-tone="bad" d="M{x} {_number(y - 8)}l8 8-8 8-8-8z"/>'
    if state == "pass":
        return f'<circle class="mark" data-tone="good" cx="{x}" cy="{_number(y)}" r="6.5"/>'
    return f'<circle class="box" cx="{x}" cy="{_number(y)}" r="5"/>'


def _text(x: float | str, y: float, words: str, kind: str, anchor: str) -> str:
    place = x if isinstance(x, str) else _number(x)
    return f'<text class="{kind}" x="{place}" y="{_number(y)}" text-anchor="{anchor}">{escape(words)}</text>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
