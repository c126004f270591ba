"""Two pictures and the tables that say the same: a group with its percentages, and three years of
aid. The places in the group's picture are found by networkx; the page draws them as SVG.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import networkx as nx

from baken.law.deminimis import DeMinimisInput
from baken.law.deminimis.room import Room
from baken.law.size import SizeInput
from baken.law.size.classes import SizeResult
from baken.law.size.model import Link
from baken.law.steps import plain
from baken.web import words
from baken.web.texts import text

Shown = dict[str, Any]
MOST_NODES = 24
MOST_ROWS = 100
BOX = (168, 62)
GAP = (196, 138)
LETTERS = 20
"""Characters of a name in a box; a longer one ends with an ellipsis, the table has it whole."""
WIDE, HIGH = 640, 190
AXIS = 150
BEFORE = timedelta(days=240)
MOST_AIDS = 60


def group(given: SizeInput, answer: SizeResult, lang: str) -> Shown | None:
    """The group as boxes and lines, and as a table; None when the firm stands alone."""
    if not given.links:
        return None
    parts = {p.enterprise: p for p in answer.parts}
    holders = [x.owner for x in given.links if x.owned in parts]
    rows = _nearest_first(given, dict.fromkeys([*parts, *holders]))
    drawn = rows[:MOST_NODES]
    links = [x for x in given.links if {x.owner, x.owned} <= set(drawn)]
    return {
        **_drawing(given.enterprise, drawn, links, parts, lang),
        "rows": [_row(name, parts, given, lang) for name in rows[:MOST_ROWS]],
        "cut": len(rows) if len(rows) > MOST_NODES else 0,
        "most": MOST_NODES,
    }


def _nearest_first(given: SizeInput, names: Iterable[str]) -> list[str]:
    """Names by how many links they are away from the enterprise."""
    graph = nx.Graph()
    graph.add_nodes_from(names)
    known = set(graph)
    graph.add_edges_from((x.owner, x.owned) for x in given.links if {x.owner, x.owned} <= known)
    near = [given.enterprise, *(b for _, b in nx.bfs_edges(graph, given.enterprise))]
    return list(dict.fromkeys([*near, *graph]))


def _drawing(
    me: str, drawn: list[str], links: list[Link], parts: dict[str, Any], lang: str
) -> Shown:
    graph = nx.DiGraph()
    graph.add_nodes_from(drawn)
    graph.add_edges_from((x.owner, x.owned) for x in links)
    for name, level in _levels(graph, me).items():
        graph.nodes[name]["level"] = level
    places = nx.multipartite_layout(graph, subset_key="level", align="horizontal")
    levels = sorted({graph.nodes[n]["level"] for n in drawn})
    widest = max(sum(graph.nodes[n]["level"] == at for n in drawn) for at in levels)
    width, height = widest * GAP[0] + 12, len(levels) * GAP[1] - (GAP[1] - BOX[1]) + 12
    nodes: dict[str, Shown] = {}
    for at, level in enumerate(levels):
        here = sorted((n for n in drawn if graph.nodes[n]["level"] == level),
                      key=lambda n: float(places[n][0]))  # fmt: skip
        start = (width - len(here) * GAP[0]) / 2
        for i, name in enumerate(here):
            x = round(start + (i + 0.5) * GAP[0])
            y = 6 + at * GAP[1]
            relation = parts[name].relation if name in parts else "other"
            nodes[name] = {
                "name": name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…",
                "whole": name,
                "relation": relation,
                "says": _counts(name, parts, lang),
                "x": x - BOX[0] // 2,
                "y": y,
                "cx": x,
                "first": y + 26,
                "second": y + 46,
                "top": y,
                "bottom": y + BOX[1],
            }
    return {
        "width": width,
        "height": height,
        "box": BOX,
        "nodes": list(nodes.values()),
        "lines": [_line(x, nodes, lang) for x in links],
    }


def _levels(graph: nx.DiGraph, me: str) -> dict[str, int]:
    """Who holds stands above what is held, counted from the firm itself."""
    levels = {me: 0}
    todo = [me]
    for name in todo:
        for other, step in [
            *((o, -1) for o in graph.predecessors(name)),
            *((o, 1) for o in graph.successors(name)),
        ]:
            if other not in levels:
                levels[other] = levels[name] + step
                todo.append(other)
    return {n: levels.get(n, 1) for n in graph}


def _line(link: Link, nodes: dict[str, Shown], lang: str) -> Shown:
    a, b = nodes[link.owner], nodes[link.owned]
    down = a["y"] < b["y"]
    y1, y2 = (a["bottom"], b["top"]) if down else (a["top"], b["bottom"])
    if a["y"] == b["y"]:
        y1 = y2 = a["y"] + BOX[1] // 2
    return {
        "x1": a["cx"], "y1": y1, "x2": b["cx"], "y2": y2,
        "says": _held(link, lang), "tx": round((a["cx"] + b["cx"]) / 2),
        "ty": round((y1 + y2) / 2) + 5,
    }  # fmt: skip


def _held(link: Link, lang: str) -> str:
    most = max((p for p in (link.capital_pct, link.voting_pct) if p is not None), default=None)
    if most is None:
        return text(lang, "reckon.size.control") if link.control else "?"
    return f"{words.number(lang, most)} %"


def _counts(name: str, parts: dict[str, Any], lang: str) -> str:
    part = parts.get(name)
    if part is None:
        return text(lang, "reckon.size.other")
    says = text(lang, f"reckon.size.{part.relation}")
    if part.relation in ("partner", "linked"):
        says += f": {words.number(lang, part.pct)} %"
    return says


def _row(name: str, parts: dict[str, Any], given: SizeInput, lang: str) -> Shown:
    part = parts.get(name)
    held = [x for x in given.links if name in (x.owner, x.owned)][:6]
    return {
        "name": name,
        "relation": text(lang, f"reckon.size.{part.relation if part else 'other'}"),
        "pct": f"{words.number(lang, part.pct if part else 0)} %",
        "holds": [f"{x.owner} → {x.owned}: {_held(x, lang)}" for x in held if x.owner == name],
    }


def timeline(
    given: DeMinimisInput, answer: Room, lang: str, new: bool = False, whole: bool = True
) -> Shown | None:
    """The window of three years with every aid as a bar, and as a table; a new aid stands last.

    ``whole`` False: there is or can be aid that is not drawn.
    """
    if answer.window is None:
        return None
    start, end = answer.window
    aids = sorted(given.aids, key=lambda a: a.granted_on)[-MOST_AIDS:]
    members = set(answer.single_undertaking)
    first = min([start, *(a.granted_on for a in aids)])
    first = max(first, start - timedelta(days=1200)) - BEFORE / 4
    last = end + BEFORE / 2

    def x(day: date) -> int:
        return round(10 + (WIDE - 20) * (day - first) / (last - first))

    worth = answer.grant_equivalent if new else None
    largest = max([*(a.amount for a in aids), *([worth] if worth else [])], default=0) or 1
    rows, marks = [], []
    for at, aid in enumerate(aids, 1):
        counted = start <= aid.granted_on <= end and (aid.to or given.undertaking) in members
        high = round(24 + 84 * float(aid.amount / largest))
        rows.append(
            {
                "no": at,
                "name": aid.id or "",
                "on": words.day(lang, aid.granted_on.isoformat()),
                "amount": words.euro(lang, plain(aid.amount)),
                "counted": text(lang, "reckon.yes" if counted else "reckon.no"),
            }
        )
        if aid.granted_on >= first:
            look = "counted" if counted else "past"
            marks.append(_mark(at, look, x(aid.granted_on), high))
    if new and given.asked is not None:
        day = given.asked.granted_on
        says = text(lang, "reckon.de_minimis.new_aid")
        rows.append(
            {
                "no": len(aids) + 1,
                "name": says,
                "on": words.day(lang, day.isoformat()),
                "amount": text(lang, "reckon.unknown") if worth is None
                else words.euro(lang, plain(worth)),
                "counted": says,
            }
        )  # fmt: skip
        high = round(24 + 84 * float(worth / largest)) if worth is not None else 24
        marks.append(_mark(len(aids) + 1, "new", x(day), high))
    ticks = [
        {"x": x(date(y, 1, 1)), "says": y}
        for y in range(first.year, last.year + 1)
        if date(y, 1, 1) >= first
    ]
    return {
        "width": WIDE, "height": HIGH, "axis": AXIS, "labels": AXIS + 24,
        "from": x(start), "wide": max(2, x(end) - x(start)),
        "start": words.day(lang, start.isoformat()), "end": words.day(lang, end.isoformat()),
        "ticks": ticks, "marks": marks, "rows": rows,
        "whole": whole,
        "named": any(r["name"] not in ("", str(r["no"])) for r in rows),
    }  # fmt: skip


def _mark(no: int, look: str, at: int, high: int) -> Shown:
    return {"no": no, "look": look, "x": at - 5, "cx": at, "y": AXIS - high, "h": high,
            "top": AXIS - high - 6}  # fmt: skip
