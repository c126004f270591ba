"""The stories: to browse, to read, and what they teach on the four questions of the study."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from baken.landscape.catalogue import Catalogue, load_catalogue
from baken.landscape.facets import sift
from baken.landscape.stories import load_stories
from baken.landscape.story import HelpedBy, Story
from baken.landscape.story_stats import (
    CUTS,
    QUESTIONS,
    VALUES,
    answers,
    helper_group,
    helper_key,
    network,
    story_stats,
    taught,
)
from baken.web import words
from baken.web.negotiate import wants_json
from baken.web.owner.browse import choice_label
from baken.web.owner.errors import not_allowed
from baken.web.owner.paging import Paging, page_of
from baken.web.texts import known, text

Shown = dict[str, Any]
SHADES = 5


@cache
def _stories() -> tuple[Story, ...]:
    """The stories, read once per process as the table of records is."""
    return load_stories()


@cache
def _records() -> Catalogue:
    return load_catalogue()


@cache
def _told_helpers() -> Mapping[str, HelpedBy]:
    return {helper_key(h): h for s in _stories() for h in s.helped_by}


ANY = "any"
"""The value of ``taught`` for stories in which the firm learned from anybody."""


def _told(name: str) -> Any:
    return lambda s: set(answers(s, name))


FACETS: Mapping[str, Any] = {
    **{name: _told(name) for name in (*QUESTIONS, *CUTS)},
    "phase": lambda s: {s.phase},
    "province": lambda s: {s.firm.province or "unknown"},
    "result": lambda s: {s.result},
    "help": lambda s: {helper_key(h) for h in s.helped_by},
    "taught": lambda s: {*taught(s), ANY} if taught(s) else set(),
    "kind": lambda s: {helper_group(h, _records()) for h in s.helped_by},
}
"""What stories can be filtered on; ``help``, ``taught`` and ``kind`` only from a link."""
LINKED = frozenset({"help", "kind", "taught"})


def stories_page(request: HttpRequest) -> HttpResponse:
    """The stories that the filters in the address leave, a page at a time."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    chosen = {name: request.GET.get(name, "")[:80] for name in FACETS}
    found = sift(_stories(), FACETS, chosen)
    ordered = sorted(found.items, key=lambda s: (s.source.date or "", s.id), reverse=True)
    if wants_json(request):
        rows = [{"id": s.id, "title": s.title, "needs": s.needs} for s in ordered]
        return JsonResponse({"stories": rows}, json_dumps_params={"ensure_ascii": False})
    kept = {k: v for k, v in chosen.items() if v}
    shown: Paging[Story] = page_of(
        ordered, request.GET.get("page", "1"), reverse(f"{lang}:stories"), kept
    )
    context = {
        "total": len(ordered),
        "filtered": bool(kept),
        "linked": [
            {
                "name": n,
                "title": text(
                    lang, "stories.learned_from" if n == "taught" else "stories.helped_by"
                ),
                "value": chosen[n],
                "label": _label(n, chosen[n], lang),
            }
            for n in sorted(LINKED)
            if chosen[n]
        ],
        "stories": [_row(s, lang) for s in shown.items],
        "facets": [
            {
                "name": name,
                "label": text(lang, f"stories.facet.{name}"),
                "choices": [
                    {
                        "value": c.value,
                        "label": _label(name, c.value, lang),
                        "count": c.count,
                        "chosen": c.chosen,
                    }
                    for c in found.facets[name]
                ],
            }
            for name in FACETS
            if name not in LINKED
        ],
        "page": shown,
    }
    return render(request, "owner/stories.html", context)


def _label(name: str, value: str, lang: str) -> str:
    """A value of a question, cut or filter in words."""
    if name == "need":
        return f"{value} {choice_label('need', value, lang)}" if value in VALUES["need"] else value
    if name == "theme":
        return choice_label("theme", value, lang)
    if name == "kind":
        key = f"browse.kind.{value}"
        return text(lang, key) if known(lang, key) else text(lang, "stories.kind_other")
    if name == "taught" and value == ANY:
        return text(lang, "stories.anybody")
    if name in ("help", "taught"):
        told = _told_helpers().get(value)
        return _helper_name(told, lang) if told else value
    key = f"stories.{name}.{value}"
    return text(lang, key) if known(lang, key) else value


def _helper_name(helper: HelpedBy, lang: str) -> str:
    found = _records().by_key.get((helper.type or "", helper.id or ""))
    return words.pick(found.names.model_dump(), lang) if found else helper.name


def _row(s: Story, lang: str) -> Shown:
    return {
        "id": s.id,
        "title": s.title,
        "problem": s.problem.strip(),
        "firm": s.firm.does,
        "place": s.firm.municipality or s.firm.province or "",
        "trigger": _label("trigger", s.trigger, lang),
        "theme": choice_label("theme", s.firm.themes[0], lang),
        "date": words.day(lang, s.source.date),
    }


def story_page(request: HttpRequest, story_id: str) -> HttpResponse:
    """One story: the problem, the way, the outcome, and where it was published."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    story = next((s for s in _stories() if s.id == story_id), None)
    if story is None:
        raise Http404
    if wants_json(request):
        return JsonResponse(
            story.model_dump(mode="json"), json_dumps_params={"ensure_ascii": False}
        )
    size = [] if story.firm.size == "unknown" else [_label("size", story.firm.size, lang)]
    where = [p for p in (story.firm.municipality, story.firm.province) if p]
    context = {
        "story": story,
        "facts": {
            "does": story.firm.does,
            "place": ", ".join(dict.fromkeys(where)),
            "size": ", ".join(size),
            "headcount": story.firm.headcount,
            "themes": [
                {"value": t, "label": choice_label("theme", t, lang)} for t in story.firm.themes
            ],
        },
        "trigger": _label("trigger", story.trigger, lang),
        "degree": _label("degree", story.degree, lang),
        "phase": _label("phase", story.phase, lang),
        "obstacle": _label("obstacle", story.obstacle, lang),
        "result": _label("result", story.result, lang),
        "partners": [{"value": p, "label": _label("partner", p, lang)} for p in story.partners],
        "needs": [{"value": n, "label": choice_label("need", n, lang)} for n in story.needs],
        "helped_by": [
            {
                "name": _helper_name(h, lang),
                "type": h.type,
                "id": h.id,
                "role": text(lang, f"stories.role.{h.role}"),
            }
            for h in story.helped_by
        ],
        "source": {
            "url": story.source.url,
            "host": story.source.url.split("/")[2].removeprefix("www."),
            "date": words.day(lang, story.source.date),
            "seen": words.day(lang, story.source.seen),
        },
    }
    return render(request, "owner/story.html", context)


@cache
def stats() -> dict[str, Any]:
    """The counts over the stories."""
    return story_stats(_stories(), _records())


def learned_page(request: HttpRequest) -> HttpResponse:
    """What the stories say on the four questions, as tables, heat maps and a network."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    found = stats()
    if wants_json(request):
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    cut = request.GET.get("per", "size")
    cut = cut if cut in CUTS else "size"
    context = {
        "total": found["stories"],
        "cut": cut,
        "cuts": [{"value": c, "label": text(lang, f"stories.facet.{c}")} for c in CUTS],
        "questions": [_question(found, name, cut, lang) for name in QUESTIONS],
        "maps": [
            _grid(found["trigger_by_partner"], "trigger", "partner", lang),
            _grid(found["need_by_helper"], "need", "kind", lang),
        ],
        "network": _network(_drawn(), lang),
        "results": [
            {"value": r, "label": _label("result", r, lang), "count": n}
            for r, n in sorted(found["results"].items(), key=lambda row: -row[1])
        ],
    }
    return render(request, "owner/learned.html", context)


def _address(lang: str, **chosen: str) -> str:
    return f"{reverse(f'{lang}:stories')}?{urlencode(chosen)}"


def _question(found: Mapping[str, Any], name: str, cut: str, lang: str) -> Shown:
    """A table: each answer with its count over all, and per value of the cut."""
    counts = found["questions"][name]
    crossed = counts[f"by_{cut}"]
    columns = list(found["by"][cut])
    most = max(counts["total"].values(), default=1)
    rows = []
    for value, n in sorted(counts["total"].items(), key=lambda row: -row[1]):
        cells = [
            {
                "count": crossed.get(value, {}).get(c, 0),
                "href": _address(lang, **{name: value, cut: c}),
                "label": _label(cut, c, lang),
            }
            for c in columns
        ]
        rows.append(
            {
                "label": _label(name, value, lang),
                "count": n,
                "share": round(100 * n / most),
                "href": _address(lang, **{name: value}),
                "cells": cells,
            }
        )
    title = text(lang, f"stories.question.{name}")
    heads = [_label(cut, c, lang) for c in columns]
    return {"name": name, "title": title, "columns": heads, "rows": rows}


def _grid(cells: Mapping[str, Mapping[str, int]], rows: str, columns: str, lang: str) -> Shown:
    """A heat map: rows against columns, each cell with its shade from 0 to 5."""
    order = VALUES.get(columns) or _by_count(cells)
    present = [c for c in order if any(c in row for row in cells.values())]
    most = max((n for row in cells.values() for n in row.values()), default=1)
    return {
        "name": f"{rows}-{columns}",
        "title": text(lang, f"stories.map.{rows}_{columns}"),
        "columns": [_label(columns, c, lang) for c in present],
        "rows": [
            {
                "label": _label(r, r_value, lang),
                "cells": [
                    {
                        "count": row.get(c, 0),
                        "shade": -(-SHADES * row.get(c, 0) // most),
                        "href": _address(lang, **{r: r_value, columns: c}),
                        "label": _label(columns, c, lang),
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
WIDTH, ROW, TOP_MARGIN = 960, 30, 24
COLUMNS = (270, 500)
"""Where the sectors and the bodies stand; their names stand outside of the lines."""


@cache
def _drawn() -> dict[str, Any]:
    return network(_stories(), LEAST)


def _network(found: Mapping[str, Any], lang: str) -> Shown:
    """The network with places in the picture, and its bodies as a table, bridges first."""
    in_column = Counter(n["kind"] for n in found["nodes"])
    rows = max(in_column.values(), default=1)
    nodes = {}
    for n in found["nodes"]:
        name = _label("theme", n["key"], lang) if n["kind"] == "sector" else n["name"]
        if n["kind"] == "body":
            name = _label("help", n["key"], lang)
        where = {"theme": n["key"], "taught": ANY}
        if n["kind"] == "body":
            where = {"taught": n["key"]}
        nodes[(n["kind"], n["key"])] = {
            **n,
            "name": name,
            "href": _address(lang, **where),
            "cx": COLUMNS[n["column"]],
            "cy": TOP_MARGIN + round(ROW * (n["row"] + 0.5) * rows / in_column[n["kind"]]),
            "r": min(13, round(4 + 2 * n["stories"] ** 0.5)),
            "bridge_words": words.number(lang, n["bridge"], decimals=2),
        }
    lines = [
        {
            "a": nodes[("sector", link["sector"])],
            "b": nodes[("body", link["body"])],
            "width": min(6, link["stories"]),
        }
        for link in found["links"]
    ]
    bodies = [n for n in nodes.values() if n["kind"] == "body"]
    bodies.sort(key=lambda n: (-n["bridge"], -n["stories"], n["name"]))
    return {
        "width": WIDTH,
        "height": 2 * TOP_MARGIN + ROW * rows,
        "lines": lines,
        "nodes": list(nodes.values()),
        "bodies": bodies,
    }


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
    response.headers["Content-Disposition"] = f'attachment; filename="wat-leren-we.{form}"'
    return response


def as_csv(found: Mapping[str, Any]) -> str:
    """The counts as a table: ``rows``, ``row``, ``columns``, ``column``, ``stories``."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["rows", "row", "columns", "column", "stories"])
    for name, counts in found["questions"].items():
        writer.writerows([name, value, "all", "all", n] for value, n in counts["total"].items())
        for cut in CUTS:
            for value, row in counts[f"by_{cut}"].items():
                writer.writerows([name, value, cut, c, n] for c, n in row.items())
    for rows, columns in (("trigger", "partner"), ("need", "helper")):
        for value, row in found[f"{rows}_by_{columns}"].items():
            writer.writerows([rows, value, columns, c, n] for c, n in row.items())
    return out.getvalue()
