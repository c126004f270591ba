"""The landscape to browse and filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from baken.landscape.availability import availability
from baken.landscape.browse import FACETS, PHASES, browse
from baken.landscape.dates import newest_source
from baken.landscape.model import Offer
from baken.web import words
from baken.web.negotiate import wants_json
from baken.web.owner.errors import not_allowed
from baken.web.owner.facets import choice_label, facet_rows
from baken.web.owner.finder import seek
from baken.web.owner.paging import Paging, page_of
from baken.web.reckon.model import for_need
from baken.web.texts import text
from baken.web.typed import line

MAX_WORDS = 100
ORDERS: Mapping[str, Sequence[str] | None] = {
    "phase": list(PHASES),
    "need": None,
    "now": None,
    "committee": None,
}
Shown = dict[str, Any]


def browse_page(request: HttpRequest) -> HttpResponse:
    """The records that the filters in the address leave, a page at a time."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    today = timezone.localdate()
    sought = line(request.GET.get("q", ""), MAX_WORDS)
    chosen = {n: line(request.GET.get(n, ""), 60) for n in FACETS}
    looked = seek(sought, lang)
    found = browse(looked.records, chosen, today)
    records = found.records
    if wants_json(request):
        rows = [{"id": r.id, "type": r.type, "name": _name(r, lang)} for r in records]
        listed = {"records": rows, **({"words": looked.about} if looked.about else {})}
        return JsonResponse(listed, json_dumps_params={"ensure_ascii": False})
    kept = {k: v for k, v in {"q": sought, **chosen}.items() if v}
    asked = request.GET.get("page", "1")
    shown: Paging[Offer] = page_of(records, asked, reverse(f"{lang}:browse"), kept)
    rows = [_row(r, lang, today) for r in shown.items]
    context = {
        "q": sought,
        "says": looked.says,
        "reckon": [{"slug": t.slug, "title": t.title[lang]} for t in for_need(sought, lang)],
        "total": len(records),
        "filtered": bool(kept),
        "records": rows,
        "in_dutch": any(row["summary_lang"] != lang for row in rows),
        "facets": facet_rows(found.facets, "browse.facet", lang, choice_label, ORDERS),
        "chosen": sum(1 for v in chosen.values() if v) + bool(sought),
        "page": shown,
    }
    return render(request, "owner/browse.html", context)


def _name(r: Offer, lang: str) -> str:
    return words.pick(r.names.model_dump(), lang)


def _row(r: Offer, lang: str, today: Any) -> Shown:
    return {
        "id": r.id,
        "type": r.type,
        "name": _name(r, lang),
        "name_lang": words.lang_of(r.names.model_dump(), lang),
        "summary": words.pick(r.summary.model_dump(), lang),
        "summary_lang": words.lang_of(r.summary.model_dump(), lang),
        "type_words": text(lang, f"offers.type.{r.type}"),
        "kind_words": choice_label("kind", r.kind, lang),
        "now_words": _now(r, lang, today),
        "source": words.source_label(lang, newest_source(r), today),
    }


def _now(r: Offer, lang: str, today: date) -> str:
    """Whether it can be had; of an organisation only that it stopped is worth a word."""
    state = availability(r, today)
    if r.type == "organisation" and state != "closed":
        return ""
    return words.state(lang, state, r.status.as_of)
