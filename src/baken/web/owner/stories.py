"""The stories: to browse, to read, and what they teach on the four questions of the study."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, get_args
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from baken.landscape.catalogue import Catalogue, load_catalogue
from baken.landscape.facets import Choice, sift
from baken.landscape.model import Phase
from baken.landscape.stories import load_stories
from baken.landscape.story import HelpedBy, Story
from baken.landscape.story_stats import (
    CUTS,
    QUESTIONS,
    UNTOLD,
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
ORDERED: Mapping[str, tuple[str, ...]] = {
    "phase": get_args(Phase),
    "size": VALUES["size"],
    "need": VALUES["need"],
}
"""Filters whose choices have an order of their own; the others go by their label."""


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
        "linked": [_linked(n, chosen[n], lang) for n in sorted(LINKED) if chosen[n]],
        "stories": [_row(s, lang) for s in shown.items],
        "facets": [
            {
                "name": name,
                "label": text(lang, f"stories.facet.{name}"),
                "choices": _choices(name, found.facets[name], lang),
            }
            for name in FACETS
            if name not in LINKED
        ],
        "page": shown,
    }
    return render(request, "owner/stories.html", context)


def _linked(name: str, value: str, lang: str) -> Shown:
    """A filter that only a link sets, with its one choice."""
    title = "stories.learned_from" if name == "taught" else "stories.helped_by"
    told = _told_helpers().get(value) if name != "kind" else None
    return {
        "name": name,
        "title": text(lang, title),
        "value": value,
        "label": _label(name, value, lang),
        "lang": _helper_name(told, lang)[1] if told else lang,
    }


def _choices(name: str, choices: Collection[Choice], lang: str) -> list[Shown]:
    """The choices of a filter: in their own order or by label, what is not told last."""
    order = ORDERED.get(name, ())

    def place(row: Shown) -> tuple[bool, int, str]:
        value = row["value"]
        own = order.index(value) if value in order else len(order)
        return value in UNTOLD, own, _plain(row["label"])

    rows = [
        {
            "value": c.value,
            "label": _label(name, c.value, lang),
            "count": c.count,
            "chosen": c.chosen,
        }
        for c in choices
    ]
    return sorted(rows, key=place)


def _plain(label: str) -> str:
    """A label to sort by: without accents or capitals."""
    parts = unicodedata.normalize("NFKD", label.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


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
        return _helper_name(told, lang)[0] if told else value
    key = f"stories.{name}.{value}"
    return text(lang, key) if known(lang, key) else value


def _helper_name(helper: HelpedBy, lang: str) -> tuple[str, str]:
    """What a helper is called, and the language of that name; a told name is Dutch."""
    found = _records().by_key.get((helper.type or "", helper.id or ""))
    if found is None:
        return helper.name, "nl"
    names = {k: v for k, v in found.names.model_dump().items() if v}
    own = next((k for k in (lang, "nl") if k in names), next(iter(names)))
    return names[own], own


def _helper(helper: HelpedBy, lang: str) -> Shown:
    name, own = _helper_name(helper, lang)
    return {
        "name": name,
        "lang": own,
        "type": helper.type,
        "id": helper.id,
        "role": text(lang, f"stories.role.{helper.role}"),
    }


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
        "helped_by": [_helper(h, lang) for h in story.helped_by],
        "source": {
            "url": story.source.url,
            "host": story.source.url.split("/")[2].removeprefix("www."),
            "date": words.day(lang, story.source.date),
            "seen": words.day(lang, story.source.seen),
        },
    }
    return render(request, "owner/story.html", context)


MAIN_CUT = "degree"
"""Of the cuts the one that most stories tell; the size is told by few."""


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
    cut = request.GET.get("per", MAIN_CUT)
    cut = cut if cut in CUTS else MAIN_CUT
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
            for r, n in _most_first(found["results"])
        ],
    }
    return render(request, "owner/learned.html", context)


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
    heads = [{"label": _label(cut, c, lang), "count": found["by"][cut][c]} for c in columns]
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
JOINED = 2
"""A body is a bridge when it joins this many sectors or more."""
WIDTH, ROW, TOP_MARGIN = 960, 30, 24
COLUMNS = (270, 500)
"""Where the sectors and the bodies stand; their names stand outside of the lines."""


@cache
def _drawn() -> dict[str, Any]:
    return network(_stories(), _records(), LEAST)


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
        name, own = _label("theme", n["key"], lang), lang
        href = _address(lang, theme=n["key"], taught=ANY)
    else:
        name, own = _helper_name(_told_helpers()[n["key"]], lang)
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
    response.headers["Content-Disposition"] = f'attachment; filename="wat-leren-we.{form}"'
    return response


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
