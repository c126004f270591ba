"""The pages around the question: what Baken is, and one record of the landscape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from baken.kernel.address import host_of
from baken.landscape.dates import newest_source
from baken.landscape.stats import by_year
from baken.landscape.told import PAYERS, told
from baken.web import catalogue, engine, glossary, words
from baken.web.handover.reach import ceased
from baken.web.negotiate import wants_json
from baken.web.owner.doorway import call_of
from baken.web.owner.errors import not_allowed
from baken.web.owner.models import Report
from baken.web.owner.providers import provider
from baken.web.texts import page, text

Shown = dict[str, Any]
COLOURS = ("paper", "ink", "accent", "night", "beacon", "fits", "open", "excluded")
MAX_REPORT = 1000
KINDS = ("instrument", "organisation", "training")


def _text_page(request: HttpRequest, name: str, **more: Any) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    content = {**page(request.lang, name), **more}
    if wants_json(request):
        return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
    return render(request, "owner/text.html", {"page": content, "name": name})


def about(request: HttpRequest) -> HttpResponse:
    """What Baken is, what it keeps, and what it is not."""
    return _text_page(request, "about")


def accessibility(request: HttpRequest) -> HttpResponse:
    """How far the site is accessible, and how that is checked."""
    return _text_page(request, "accessibility")


def licences(request: HttpRequest) -> HttpResponse:
    """The licence of Baken and of all that it ships."""
    return _text_page(request, "licences", parts=engine.licences())


def glossary_page(request: HttpRequest) -> HttpResponse:
    """The words that owners trip over."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    found = glossary.entries(request.lang)
    if wants_json(request):
        return JsonResponse({"words": found}, json_dumps_params={"ensure_ascii": False})
    return render(request, "owner/glossary.html", {"entries": found})


def style(request: HttpRequest) -> HttpResponse:
    """The parts that pages are made of, shown with their names."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    return render(request, "owner/style.html", {"colours": COLOURS})


def record(request: HttpRequest, kind: str, offer_id: str) -> HttpResponse:
    """One record of the landscape with its conditions, figures and sources."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    found = catalogue.find(kind, offer_id) if kind in KINDS else None
    if found is None:
        raise Http404
    if wants_json(request):
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    lang: str = request.lang
    context = _shown(found, lang)
    if "gemeld" in request.GET:
        context["report"] = {"state": "thanks", "says": ""}
    return render(request, "owner/record.html", context)


def report(request: HttpRequest, kind: str, offer_id: str) -> HttpResponse:
    """Take what a reader says is wrong in a record, and go back to it with thanks.

    The same words on the same day are kept once: a form is easily sent twice.
    """
    if request.method != "POST":
        return not_allowed(request, "POST")
    found = catalogue.find(kind, offer_id) if kind in KINDS else None
    if found is None:
        raise Http404
    lang: str = request.lang
    says = "".join(c for c in request.POST.get("says", "") if c.isprintable() or c == "\n").strip()
    state = "empty" if not says else "long" if len(says) > MAX_REPORT else "thanks"
    if state == "thanks":
        Report.objects.get_or_create(
            reported_on=timezone.localdate(),
            type=kind,
            record_id=offer_id,
            says=says,
            lang=lang,
            defaults={"catalogue_version": catalogue.current_version()},
        )
        return redirect(f"{reverse(f'{lang}:record', args=(kind, offer_id))}?gemeld=1#fout")
    context = {**_shown(found, lang), "report": {"state": state, "says": says[:5000]}}
    return render(request, "owner/record.html", context, status=400)


def _shown(found: dict[str, Any], lang: str) -> dict[str, Any]:
    """A record as its page shows it; ``ceased``: the operator said that it is there no more."""
    return {
        "record": record_view(found, lang),
        "schema": schema_org(found, lang),
        "ceased": found["type"] == "organisation" and bool(ceased([found["id"]])),
    }


def freshness(request: HttpRequest) -> HttpResponse:
    """How old the newest source of each record is, by year and sort."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    counted = by_year(catalogue.offers(), timezone.localdate())
    if wants_json(request):
        return JsonResponse({"years": [dict(row) for row in counted]})
    most = max((row["records"] for row in counted), default=1)
    rows = [{**row, "share": round(100 * row["records"] / most)} for row in counted]
    stale = sum(row["stale"] for row in counted)
    total = sum(row["records"] for row in counted)
    return render(request, "owner/freshness.html", {"rows": rows, "stale": stale, "total": total})


SCHEMA_TYPES = {
    "instrument": "GovernmentService",
    "organisation": "Organization",
    "training": "Course",
}
"""What schema.org calls our kinds of records."""


def schema_org(found: Mapping[str, Any], lang: str) -> str:
    """The record for search engines, in the words of schema.org."""
    kind = found["type"]
    said: Shown = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES[kind],
        "name": words.pick(found["names"], lang),
        "description": words.pick(found["summary"], lang),
        "inLanguage": lang,
    }
    if found.get("url"):
        said["url"] = found["url"]
    if kind == "training":
        said["provider"] = {"@type": "Organization", "name": provider(found, lang)["name"]}
        said["inLanguage"] = [code for code in found["languages"] if code != "other"] or lang
    elif kind == "instrument":
        said["serviceOperator"] = {"@type": "Organization", "name": provider(found, lang)["name"]}
        said["areaServed"] = found["area"]["provinces"] or found["area"]["regions"]
    # In a script element "<" could end it; JSON may write it as an escape.
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")


def record_view(found: Mapping[str, Any], lang: str) -> Shown:
    """A record as its page shows it."""
    offer = catalogue.as_offer(found)
    sources = {s["n"]: _source(s, lang) for s in found["sources"]}
    name = words.pick(found["names"], lang)
    told_parts = _told(found, lang, sources)
    own = {n: code for code, n in reversed(found["names"].items()) if n}
    others = [n for n in {*own, *found["aliases"]} if n != name]
    conditions = [_condition(c, lang, sources) for c in found["conditions"]]
    languages = [
        words.lang_of(found["summary"], lang),
        *(line["lang"] for part in told_parts for line in part["lines"]),
        *(c["lang"] for c in conditions),
    ]
    return {
        **found,
        "name": name,
        "by": provider(found, lang),
        "name_lang": words.lang_of(found["names"], lang),
        "others": [{"name": n, "lang": own.get(n)} for n in sorted(others)],
        "in_dutch": any(code != lang for code in languages),
        "summary": words.pick(found["summary"], lang),
        "summary_lang": words.lang_of(found["summary"], lang),
        "type_words": text(lang, f"offers.type.{found['type']}"),
        "newest": words.source_label(lang, newest_source(offer), timezone.localdate()),
        "status_words": text(lang, f"record.status.{found['status']['value']}"),
        "status_date": words.day(lang, found["status"]["as_of"]),
        "told": told_parts,
        "successors": successors(found, lang),
        "payers": _payers(found, lang),
        "url_words": words.link_label("offers.url", found, lang),
        "call": call_of(found["id"]) if found["type"] == "organisation" else None,
        "conditions": conditions,
        "not_stated": [text(lang, f"record.fact.{name}") for name in found["not_stated"]],
        "parameters": [_parameter(p, lang, sources) for p in found["parameters"]],
        "calls": [
            {
                "opens": words.day(lang, c["opens"]),
                "closes": words.day(lang, c["closes"]),
                "source": sources[c["source"]],
            }
            for c in found["calls"]
        ],
        "versions": [
            {"change": words.pick(v["change"], lang), "period": _period(v, lang)}
            for v in found.get("versions", [])
        ],
        "sources": list(sources.values()),
    }


def _told(
    found: Mapping[str, Any], lang: str, sources: Mapping[int, Shown]
) -> list[Mapping[str, Any]]:
    """What an owner reads, part by part; the one line above the page is not said twice."""
    shown: list[Mapping[str, Any]] = []
    by = provider(found, lang)["name"]
    offer, names = catalogue.as_offer(found), catalogue.names(lang)
    for part in told(offer, lang, timezone.localdate(), names, by):
        if part.name == "what" and not part.own:
            continue
        lines = [
            {"says": x.says, "lang": x.lang, "sources": [sources[n] for n in x.sources]}
            for x in part.lines
        ]
        title = text(lang, f"record.texts.{part.name}")
        shown.append({"name": part.name, "title": title, "lines": lines})
    return shown


def _condition(c: Mapping[str, Any], lang: str, sources: Mapping[int, Shown]) -> Shown:
    return {
        "says": words.pick(c["says"], lang),
        "lang": words.lang_of(c["says"], lang),
        "form": text(lang, f"record.{_form(c)}"),
        "form_id": _form(c),
        "note": (c["text"] or c["judged"] or "") if lang == "nl" else "",
        "source": sources[c["source"]],
        "period": _period(c, lang),
    }


def _form(condition: Mapping[str, Any]) -> str:
    return next(f for f in ("rule", "judged", "text") if condition[f])


def _parameter(p: Mapping[str, Any], lang: str, sources: Mapping[int, Shown]) -> Shown:
    return {
        "name": text(lang, f"record.parameter.{p['name']}"),
        "value": words.measure(lang, p["value"], p["unit"]),
        "for_whom": words.pick(p["for_whom"], lang),
        "per": words.pick(p["per"], lang),
        "period": _period(p, lang),
        "source": sources[p["source"]],
    }


def _source(s: Mapping[str, Any], lang: str) -> Shown:
    return {
        **s,
        "host": host_of(s["url"]),
        "date_words": words.day(lang, s["date"]),
        "seen_words": words.day(lang, s["seen"]),
    }


def _period(part: Mapping[str, Any], lang: str) -> str:
    ends = (("valid_from", part.get("valid_from")), ("valid_to", part.get("valid_to")))
    return " ".join(text(lang, f"record.{key}", date=words.day(lang, v)) for key, v in ends if v)


def _payers(found: Mapping[str, Any], lang: str) -> list[Shown]:
    """The records of what pays for a course, and of what often does in Flanders."""
    if found["type"] != "training":
        return []
    regions = found["area"]["regions"]
    here = not regions or "vlaams-gewest" in regions
    records = catalogue.by_id([*found["paid_by"], *(PAYERS if here else ())])
    return [
        {"id": i, "type": kind, "name": words.pick(record["names"], lang)}
        for (kind, i), record in records.items()
        if kind != "training"
    ]


def successors(found: Mapping[str, Any], lang: str) -> list[Shown]:
    """The records that came in the place of one."""
    records = catalogue.by_id(found["replaced_by"])
    return [
        {"id": r["id"], "type": r["type"], "name": words.pick(r["names"], lang)}
        for r in records.values()
    ]
