"""A group as boxes and lines, wide and narrow, and the table that says the same.

Who holds stands above what is held; a level with more boxes than fit goes on in the next row. The
order within a level is found by networkx; the page draws it as SVG.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from baken.law.size import SizeInput
from baken.law.size.classes import SizeResult
from baken.law.size.model import Link
from baken.web import words
from baken.web.texts import text

Shown = dict[str, Any]
MOST_NODES = 24
MOST_ROWS = 100
MOST_HELD = 6
EDGE = 6
BEND = 16
"""How far two lines between the same boxes, there and back, lie beside each other."""
THIN, BROAD = frozenset("iljtf.,'|I 1()[]"), frozenset("mwMW@%")


@dataclass(frozen=True)
class Sheet:
    """How a picture is laid out: its boxes, the room for each, and how many in a row."""

    look: str
    box: tuple[int, int]
    room: tuple[int, int]
    most: int
    letter: float
    """The width of a usual letter of a name."""


SHEETS = (
    Sheet("wide", (176, 62), (200, 138), 3, 9.8),
    Sheet("narrow", (128, 62), (138, 138), 2, 8.4),
)
"""The picture is drawn twice; a phone shows the narrow one."""


def group(given: SizeInput, answer: SizeResult, lang: str) -> Shown | None:
    """The group as boxes and lines, and as a table; None when the firm stands alone."""
    if not given.links:
        return None
    parts = {p.enterprise: p for p in answer.parts}
    holders = [x.owner for x in given.links if x.owned in parts]
    rows = _nearest_first(given, dict.fromkeys([*parts, *holders]))
    drawn = rows[:MOST_NODES]
    links = [x for x in given.links if {x.owner, x.owned} <= set(drawn)]
    levels = _levels(given.enterprise, drawn, links)
    return {
        "pictures": [_drawing(s, levels, given.enterprise, links, parts, lang) for s in SHEETS],
        "rows": [_row(name, parts, given, lang) for name in rows[:MOST_ROWS]],
        "cut": len(rows) if len(rows) > MOST_NODES else 0,
        "most": MOST_NODES,
        "listed": min(len(rows), MOST_ROWS),
    }


def _nearest_first(given: SizeInput, names: Iterable[str]) -> list[str]:
    """Names by how many links they are away from the enterprise."""
    graph = nx.Graph()
    graph.add_nodes_from(names)
    known = set(graph)
    graph.add_edges_from((x.owner, x.owned) for x in given.links if {x.owner, x.owned} <= known)
    near = [given.enterprise, *(b for _, b in nx.bfs_edges(graph, given.enterprise))]
    return list(dict.fromkeys([*near, *graph]))


def _levels(me: str, drawn: list[str], links: list[Link]) -> list[list[str]]:
    """The boxes of each level from the top, in an order that crosses few lines."""
    graph = nx.DiGraph()
    graph.add_nodes_from(drawn)
    graph.add_edges_from((x.owner, x.owned) for x in links)
    at = {me: 0}
    todo = [me]
    for name in todo:
        for other, step in [
            *((o, -1) for o in graph.predecessors(name)),
            *((o, 1) for o in graph.successors(name)),
        ]:
            if other not in at:
                at[other] = at[name] + step
                todo.append(other)
    for name in graph:
        graph.nodes[name]["level"] = at.get(name, 1)
    places = nx.multipartite_layout(graph, subset_key="level", align="horizontal")
    found: dict[int, list[str]] = {}
    for name in sorted(drawn, key=lambda n: float(places[n][0])):
        found.setdefault(graph.nodes[name]["level"], []).append(name)
    return [found[level] for level in sorted(found)]


def _drawing(
    sheet: Sheet, levels: list[list[str]], me: str, links: list[Link], parts: Mapping[str, Any],
    lang: str,
) -> Shown:  # fmt: skip
    rows = [level[i : i + sheet.most] for level in levels for i in range(0, len(level), sheet.most)]
    width = max(len(row) for row in rows) * sheet.room[0] + 2 * EDGE
    nodes: dict[str, Shown] = {}
    for at, row in enumerate(rows):
        start = (width - len(row) * sheet.room[0]) / 2
        for i, name in enumerate(row):
            x = round(start + (i + 0.5) * sheet.room[0])
            nodes[name] = _node(sheet, name, x, EDGE + at * sheet.room[1], parts, lang)
    pairs = {(x.owner, x.owned) for x in links}
    lines = [_line(sheet, x, nodes, (x.owned, x.owner) in pairs, me, lang) for x in links]
    return {
        "look": sheet.look,
        "width": width,
        "height": len(rows) * sheet.room[1] - (sheet.room[1] - sheet.box[1]) + 2 * EDGE,
        "box": sheet.box,
        "nodes": list(nodes.values()),
        "lines": lines,
    }


def _node(sheet: Sheet, name: str, x: int, y: int, parts: Mapping[str, Any], lang: str) -> Shown:
    return {
        "name": _cut(name, (sheet.box[0] - 12) / sheet.letter),
        "whole": name,
        "relation": parts[name].relation if name in parts else "other",
        "says": _counts(name, parts, lang),
        "x": x - sheet.box[0] // 2, "y": y, "cx": x, "first": y + 26, "second": y + 46,
        "top": y, "bottom": y + sheet.box[1],
    }  # fmt: skip


def _cut(name: str, most: float) -> str:
    """A name that fits in a box; a longer one ends with an ellipsis, the table has it whole."""
    used = 0.0
    for at, letter in enumerate(name):
        used += (
            0.5 if letter in THIN else 1.5 if letter in BROAD else 1.2 if letter.isupper() else 1
        )
        if used > most:
            return f"{name[: max(1, at - 1)].rstrip()}…"
    return name


def _line(
    sheet: Sheet, link: Link, nodes: Mapping[str, Shown], back: bool, me: str, lang: str
) -> Shown:
    """A line from holder to held; its share stands beside it, near the one that is not ``me``."""
    a, b = nodes[link.owner], nodes[link.owned]
    says = _held(link, lang)
    if a["y"] == b["y"]:
        left, right = sorted((a, b), key=lambda n: int(n["cx"]))
        half, y = (
            sheet.box[0] // 2,
            a["y"] + sheet.box[1] // 2 + (BEND if back and a is right else 0),
        )
        x1, x2 = left["cx"] + half, right["cx"] - half
        if a is right:
            x1, x2 = x2, x1
        below = back and a is right
        ty = a["bottom"] + 18 if below else a["top"] - 6
        return {"x1": x1, "y1": y, "x2": x2, "y2": y, "says": says, "tx": (x1 + x2) // 2,
                "ty": ty, "anchor": "middle"}  # fmt: skip
    down = a["y"] < b["y"]
    y1, y2 = (a["bottom"], b["top"]) if down else (a["top"], b["bottom"])
    shift = 0 if not back else BEND if down else -BEND
    x1, x2 = a["cx"] + shift, b["cx"] + shift
    near, step = (y2, -22 if down else 34) if link.owner == me else (y1, 30 if down else -18)
    ty = near + step
    tx = x1 + (x2 - x1) * (ty - 5 - y1) / (y2 - y1)
    # beside the line: on the side to which it does not lean
    leans_left = (x2 - x1) * (y2 - y1) < 0
    on_left = shift < 0 or (leans_left and not shift)
    return {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "says": says,
            "tx": round(tx) + (-8 if on_left else 8), "ty": ty,
            "anchor": "end" if on_left else "start"}  # fmt: skip


def _held(link: Link, lang: str) -> str:
    most = max((p for p in (link.capital_pct, link.voting_pct) if p is not None), default=None)
    if most is None:
        return text(lang, "reckon.size.control") if link.control else "?"
    return f"{words.number(lang, most)} %"


def _counts(name: str, parts: Mapping[str, Any], lang: str) -> str:
    part = parts.get(name)
    if part is None:
        return text(lang, "reckon.size.other")
    says = text(lang, f"reckon.size.{part.relation}")
    if part.relation in ("partner", "linked"):
        says += f": {words.number(lang, part.pct)} %"
    return says


def _row(name: str, parts: Mapping[str, Any], given: SizeInput, lang: str) -> Shown:
    part = parts.get(name)
    held = [f"{x.owner} → {x.owned}: {_held(x, lang)}" for x in given.links if x.owner == name]
    return {
        "name": name,
        "relation": text(lang, f"reckon.size.{part.relation if part else 'other'}"),
        "pct": f"{words.number(lang, part.pct if part else 0)} %",
        "holds": [*held[:MOST_HELD], *(["…"] if len(held) > MOST_HELD else [])],
    }
