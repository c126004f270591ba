"""What the stories teach on the four questions of the study: tables, heat maps, network, files."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from baken.landscape.story_stats import CUTS, QUESTIONS, UNTOLD, VALUES, network, story_stats
from baken.web import words
from baken.web.keeping import to_keep
from baken.web.negotiate import wants_json
from baken.web.owner.errors import not_allowed
from baken.web.owner.story_words import ANY, helper_name, label_of, records, stories, told_helpers
from baken.web.texts import text

Shown = dict[str, Any]
SHADES = 5
MAIN_CUT = "degree"
"""Of the cuts the one that most stories tell; the size is told by few."""
MAPS = {"trigger_by_partner": ("trigger", "partner"), "need_by_helper": ("need", "kind")}
"""The heat maps by the name of their counts: what their rows and their columns are."""


@cache
def stats() -> dict[str, Any]:
    """The counts over the stories."""
    return story_stats(stories(), records())


def _without_page(request: HttpRequest) -> HttpResponse | None:
    """What is no page: a method that is not there, and the counts for a program."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    if wants_json(request):
        return JsonResponse(stats(), json_dumps_params={"ensure_ascii": False})
    return None


def learned_page(request: HttpRequest) -> HttpResponse:
    """What the stories say on the four questions, as tables."""
    return _without_page(request) or _learned(request, request.lang)


def _learned(request: HttpRequest, lang: str) -> HttpResponse:
    found = stats()
    cut = request.GET.get("per", MAIN_CUT)
    cut = cut if cut in CUTS else MAIN_CUT
    context = {
        "total": found["stories"],
        "cut": cut,
        "cuts": [{"value": c, "label": text(lang, f"stories.facet.{c}")} for c in CUTS],
        "questions": [_question(found, name, cut, lang) for name in QUESTIONS],
        "maps": [_map_title(*axes, lang) for axes in MAPS.values()],
        "results": [
            {"value": r, "label": label_of("result", r, lang), "count": n}
            for r, n in _most_first(found["results"])
        ],
    }
    return render(request, "owner/learned.html", context)


def helped_page(request: HttpRequest) -> HttpResponse:
    """Who and what helped, as heat maps and a network. Apart from the tables: one page with all of
    it would be heavy to fetch."""
    return _without_page(request) or _helped(request, request.lang)


def _helped(request: HttpRequest, lang: str) -> HttpResponse:
    found = stats()
    context = {
        "total": found["stories"],
        "maps": [_grid(found[counts], *axes, lang) for counts, axes in MAPS.items()],
        "network": _network(_drawn(), lang),
    }
    return render(request, "owner/helped.html", context)


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Values with their counts, most stories first; what is not told last."""
    return sorted(counts.items(), key=lambda row: (row[0] in UNTOLD, -row[1]))


def _address(lang: str, **chosen: str) -> str:
    return f"{reverse(f'{lang}:stories')}?{urlencode(chosen)}"


def _question(found: Mapping[str, Any], name: str, cut: str, lang: str) -> Shown:
    """A table: each answer with its count over all, and per value of the cut."""
    counts = found["questions"][name]
    crossed = counts[f"by_{cut}"]
    columns = sorted(found["by"][cut], key=UNTOLD.__contains__)
    most = max(counts["total"].values(), default=1)
    rows = []
    for value, n in _most_first(counts["total"]):
        cells = [
            {
                "count": crossed.get(value, {}).get(c, 0),
                "href": _address(lang, **{name: value, cut: c}),
                "label": label_of(cut, c, lang),
            }
            for c in columns
        ]
        rows.append(
            {
                "label": label_of(name, value, lang),
                "count": n,
                "share": round(100 * n / most),
                "href": _address(lang, **{name: value}),
                "cells": cells,
            }
        )
    title = text(lang, f"stories.question.{name}")
    heads = [{"label": label_of(cut, c, lang), "count": found["by"][cut][c]} for c in columns]
    return {"name": name, "title": title, "columns": heads, "rows": rows}


def _map_title(rows: str, columns: str, lang: str) -> Shown:
    """A heat map's name on its page, and its title."""
    title = text(lang, f"stories.map.{rows}_{columns}")
    return {"name": f"{rows}-{columns}", "title": title}


def _grid(cells: Mapping[str, Mapping[str, int]], rows: str, columns: str, lang: str) -> Shown:
    """A heat map: rows against columns, each cell with its shade from 0 to 5."""
    order = VALUES.get(columns) or _by_count(cells)
    present = [c for c in order if any(c in row for row in cells.values())]
    most = max((n for row in cells.values() for n in row.values()), default=1)
    return {
        **_map_title(rows, columns, lang),
        "columns": [label_of(columns, c, lang) for c in present],
        "rows": [
            {
                "label": label_of(r, r_value, lang),
                "cells": [
                    {
                        "count": row.get(c, 0),
                        "shade": -(-SHADES * row.get(c, 0) // most),
                        "href": _address(lang, **{r: r_value, columns: c}),
                        "label": label_of(columns, c, lang),
                    }
                    for c in present
                ],
            }
            for r, r_value, row in ((rows, value, row) for value, row in cells.items())
        ],
    }


def _by_count(cells: Mapping[str, Mapping[str, int]]) -> list[str]:
    names: Collection[str] = {c for row in cells.values() for c in row}
    return sorted(names, key=lambda c: (-sum(row.get(c, 0) for row in cells.values()), c))


LEAST = 2
"""A body that taught in fewer stories is left out of the picture; the file has all of them."""
JOINED = 2
"""A body is a bridge when it joins this many sectors or more."""
WIDTH, ROW, TOP_MARGIN = 960, 30, 24
COLUMNS = (270, 500)
"""Where the sectors and the bodies stand; their names stand outside of the lines."""


@cache
def _drawn() -> dict[str, Any]:
    return network(stories(), records(), LEAST)


def _network(found: Mapping[str, Any], lang: str) -> Shown:
    """The network with places in the picture, and its bodies as a table, bridges first."""
    in_column = Counter(n["kind"] for n in found["nodes"])
    rows = max(in_column.values(), default=1)
    nodes = {}
    for n in found["nodes"]:
        nodes[(n["kind"], n["key"])] = {
            **n,
            **_named_node(n, lang),
            "cx": COLUMNS[n["column"]],
            "cy": TOP_MARGIN + round(ROW * (n["row"] + 0.5) * rows / in_column[n["kind"]]),
            "r": min(13, round(4 + 2 * n["stories"] ** 0.5)),
        }
    lines = [
        {
            "a": nodes[("sector", link["sector"])],
            "b": nodes[("body", link["body"])],
            "width": min(6, link["stories"]),
        }
        for link in found["links"]
    ]
    bodies = [n for n in nodes.values() if n["kind"] == "body" and n["sectors"] >= JOINED]
    bodies.sort(key=lambda n: (-n["bridge"], -n["stories"], n["name"]))
    return {
        "width": WIDTH,
        "height": 2 * TOP_MARGIN + ROW * rows,
        "lines": lines,
        "nodes": list(nodes.values()),
        "bodies": bodies,
    }


def _named_node(n: Shown, lang: str) -> Shown:
    """A node's name, the name's language, its stories' address and its score in words."""
    if n["kind"] == "sector":
        name, own = label_of("theme", n["key"], lang), lang
        href = _address(lang, theme=n["key"], taught=ANY)
    else:
        name, own = helper_name(told_helpers()[n["key"]], lang)
        href = _address(lang, taught=n["key"])
    return {"name": name, "lang": own, "href": href, "score": _two_decimals(lang, n["bridge"])}


def _two_decimals(lang: str, value: float) -> str:
    """A score with two decimals, those of a whole number too."""
    return f"{value:.2f}".replace(".", words.number(lang, 0.5)[1])


def learned_file(request: HttpRequest, form: str) -> HttpResponse:
    """The counts as a file: JSON, or CSV with a row per cell."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    if form == "json":
        response = JsonResponse(stats(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    elif form == "csv":
        response = HttpResponse(as_csv(stats()), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    return to_keep(response, f"wat-leren-we.{form}")


def as_csv(found: Mapping[str, Any]) -> str:
    """The counts as a table: ``rows``, ``row``, ``columns``, ``column``, ``stories``."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["rows", "row", "columns", "column", "stories"])
    for name, counts in found["questions"].items():
        writer.writerows(_totals(name, counts["total"]))
        for cut in CUTS:
            writer.writerows(_cells(name, cut, counts[f"by_{cut}"]))
    for cut, totals in found["by"].items():
        writer.writerows(_totals(cut, totals))
    writer.writerows(_totals("result", found["results"]))
    writer.writerows(_cells("trigger", "partner", found["trigger_by_partner"]))
    writer.writerows(_cells("need", "kind", found["need_by_helper"]))
    for link in found["network"]["links"]:
        writer.writerow(["sector", link["sector"], "body", link["body"], link["stories"]])
    return out.getvalue()


def _totals(name: str, counts: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    return ((name, value, "all", "all", n) for value, n in counts.items())


def _cells(
    rows: str, columns: str, cells: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[object, ...]]:
    return ((rows, r, columns, c, n) for r, row in cells.items() for c, n in row.items())
