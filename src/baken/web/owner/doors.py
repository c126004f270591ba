"""Doors by municipality: a map of areas, a list of municipalities, and a page for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.landscape.doors import at_home, count_in, counts, doors_at, serves, usable
from baken.landscape.model import Offer
from baken.registers.areas import area_map
from baken.registers.lookup import place_facts
from baken.registers.places import Place, former, municipalities, today
from baken.web import catalogue, words
from baken.web.negotiate import wants_json
from baken.web.owner.errors import not_allowed
from baken.web.owner.facets import choice_label
from baken.web.texts import text
from baken.web.typed import line

Shown = dict[str, Any]
SHADES = (0, 1, 3, 6, 10)
"""From how many doors an area gets the next shade."""
MAX_NAME = 60
UNFOLDED = 6
"""So many of a list stand open; the rest is folded, so that the next list is in sight."""
PARTS = ("town", "province", "region", "here", "near", "around")
OF_PROVINCE = ("province", "around")
"""Lists that Brussels, which has no province, does without."""


def doors_page(request: HttpRequest) -> HttpResponse:
    """The map of doors, and the municipalities by province; a typed place leads to its page."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    typed = line(request.GET.get("plaats", ""), MAX_NAME)
    day = timezone.localdate()
    records = usable(catalogue.offers(), day)
    found = counts(records, day)
    problem, choices = "", []
    if typed:
        places, problem = _find(typed, lang)
        if len(places) == 1:
            return HttpResponseRedirect(reverse(f"{lang}:doors_at", args=[places[0].nis]))
        choices = [{"nis": p.nis, "name": _name(p, lang)} for p in places]
    if wants_json(request):
        rows = [{"nis": n, "name": municipalities()[n].name, "doors": c} for n, c in found.items()]
        return JsonResponse({"municipalities": rows}, json_dumps_params={"ensure_ascii": False})
    context = {
        "typed": typed,
        "problem": problem,
        "choices": choices,
        "map": _map(records, lang),
        "provinces": _provinces(found, lang),
    }
    return render(request, "owner/doors.html", context, status=400 if problem else 200)


def _find(typed: str, lang: str) -> tuple[list[Place], str]:
    digits = "".join(c for c in typed if c.isdigit())
    try:
        found = place_facts(municipality=digits if len(digits) == 4 else typed)
    except BakenError as e:
        near = ", ".join(e.near[:3])
        if near:
            return [], text(lang, "map.not_found_near", place=typed, near=near)
        return [], text(lang, "map.not_found", place=typed)
    return [municipalities()[n] for n in sorted(found.nis)], ""


def _name(place: Place, lang: str) -> str:
    return place.names.get(lang) or place.name


def _map(records: Sequence[Offer], lang: str) -> Shown:
    areas = []
    for area in area_map().areas:
        count = count_in(records, area)
        names = ", ".join(_name(municipalities()[n], lang) for n in area.municipalities)
        areas.append(
            {
                "d": area.d,
                "count": count,
                "shade": sum(count >= limit for limit in SHADES),
                "names": names,
                "href": reverse(f"{lang}:doors_at", args=[area.seat]),
            }
        )
    drawn = area_map()
    return {"width": drawn.width, "height": drawn.height, "areas": areas}


def _provinces(found: Any, lang: str) -> list[Shown]:
    groups: dict[str, list[Shown]] = {}
    for place in sorted(municipalities().values(), key=lambda p: _name(p, lang)):
        province = words.province(lang, place.province or "") or text(lang, "map.brussels")
        row = {"nis": place.nis, "name": _name(place, lang), "count": found.get(place.nis, 0)}
        groups.setdefault(province, []).append(row)
    return [{"name": name, "places": rows} for name, rows in sorted(groups.items())]


def doors_at_page(request: HttpRequest, nis: str) -> HttpResponse:
    """The doors of one municipality: who is there for its firms, then who merely sits around."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    if nis in former():
        return HttpResponseRedirect(reverse(f"{lang}:doors_at", args=[today(nis)]))
    place = municipalities().get(nis)
    if place is None:
        raise Http404
    found = doors_at(catalogue.offers(), place, timezone.localdate())
    if wants_json(request):
        told = {
            name: [{"type": r.type, "id": r.id} for r in getattr(found, name)] for name in PARTS
        }
        about = {"nis": nis, "name": place.name, **told}
        return JsonResponse(about, json_dumps_params={"ensure_ascii": False})
    name = _name(place, lang)
    area = area_map().of(nis)
    beside = [municipalities()[n] for n in area.municipalities if n != nis]
    lists = [
        _listed(part, getattr(found, part), place, lang)
        for part in PARTS
        if (part not in OF_PROVINCE or place.province) and (part != "near" or beside)
    ]
    context = {
        "name": name,
        "lists": lists,
        "in_dutch": any(x["in_dutch"] for x in lists),
        "beside": [{"nis": p.nis, "name": _name(p, lang)} for p in beside],
    }
    return render(request, "owner/doors_at.html", context)


def _listed(part: str, records: Sequence[Offer], place: Place, lang: str) -> Shown:
    """One of the lists, of which the first rows stand open."""
    name, province = _name(place, lang), words.province(lang, place.province or "")
    rows = [_row(r, place, lang) for r in records]
    return {
        "name": part,
        "title": text(lang, f"map.{part}", place=name, province=province),
        "none": text(lang, f"map.{part}_none", place=name),
        "count": len(rows),
        "rows": rows[:UNFOLDED],
        "more": rows[UNFOLDED:],
        "in_dutch": any(r["summary_lang"] != lang for r in rows),
    }


def _row(r: Offer, place: Place, lang: str) -> Shown:
    """A record as the lists show it: that it sits here, and that it works elsewhere, is said."""
    office = place.nis in at_home(r) and not r.area.municipalities
    elsewhere = "" if serves(r, place) else words.area(lang, r.area.model_dump())
    return {
        "type": r.type,
        "id": r.id,
        "name": words.pick(r.names.model_dump(), lang),
        "name_lang": words.lang_of(r.names.model_dump(), lang),
        "summary": words.pick(r.summary.model_dump(), lang),
        "summary_lang": words.lang_of(r.summary.model_dump(), lang),
        "tags": [
            text(lang, f"offers.type.{r.type}"),
            *(choice_label("role", role, lang) for role in getattr(r, "roles", [])),
        ],
        "office": text(lang, "map.office", place=_name(place, lang)) if office else "",
        "elsewhere": text(lang, "map.works_for", area=elsewhere) if elsewhere else "",
    }
