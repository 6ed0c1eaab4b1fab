"""县界 · The outlines of the city's counties, for maps: drawn here as SVG, or handed to a map library. A sample of no legal weight."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tianping.law.text import T

WIDTH: Final = 1000
"""Units across a drawing."""
SHADES: Final = 3
"""How many shades a map has for figures above nothing."""


@dataclass(frozen=True, slots=True)
class Shape:
    """一个县 · Its division code, name, outline as a path of SVG, and where its words stand."""

    division: str
    name: T
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class County:
    """县与数 · A county with its figure: how dark it is, 0 to :data:`SHADES`, what is said of it, and where it leads (nowhere: empty)."""

    shape: Shape
    number: int
    shade: int
    words: T
    href: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """一张图 · All counties to one scale; ``height`` goes with a width of 1000."""

    height: int
    shapes: tuple[Shape, ...]


@cache
def drawing() -> Drawing | None:
    """The counties of this installation; None where none are given."""
    path = Path(settings.TIANPING_OUTLINES)
    if not settings.TIANPING_OUTLINES or not path.exists():
        return None
    features = json.loads(path.read_text("utf-8"))["features"]
    points = [p for f in features for ring in f["geometry"]["coordinates"] for p in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    flat = math.cos(math.radians((south + north) / 2))  # a degree of longitude is that much of one of latitude
    scale = WIDTH / ((east - west) * flat)

    def placed(point: list[float]) -> tuple[float, float]:
        return round((point[0] - west) * flat * scale, 1), round((north - point[1]) * scale, 1)

    return Drawing(round((north - south) * scale), tuple(_shape(f, placed) for f in features))


def _shape(feature: dict[str, Any], placed: Any) -> Shape:
    rings = [[placed(p) for p in ring] for ring in feature["geometry"]["coordinates"]]
    path = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring[:-1]) + "Z" for ring in rings)
    x, y = _middle(rings[0])
    told = feature["properties"]
    return Shape(told["division"], T(told["name"], told.get("name_en", told["name"])), path, x, y)


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """The centre of gravity of an outline."""
    pairs = list(pairwise(ring))
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    return round(x, 1), round(y, 1)


def shade(number: int, most: int) -> int:
    """Which shade a figure has where ``most`` is the largest: 0 for nothing, then 1 to :data:`SHADES` in equal steps."""
    return 0 if number <= 0 else 1 + (number - 1) * SHADES // most


def steps(most: int) -> tuple[tuple[int, int], ...]:
    """From which figure to which each shade above nothing stands for, the palest first; a shade that no figure can have is left out."""
    bounds = [-(-step * most // SHADES) for step in range(SHADES + 1)]
    return tuple((low + 1, high) for low, high in pairwise(bounds) if high > low)


@require_safe
@cache_control(public=True, max_age=3600)
def outlines(_: HttpRequest) -> HttpResponse:
    """The outlines as GeoJSON, for the map of a board."""
    if drawing() is None:
        raise Http404
    return HttpResponse(Path(settings.TIANPING_OUTLINES).read_bytes(), content_type="application/geo+json")
