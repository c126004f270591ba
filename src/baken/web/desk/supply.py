"""Where demand met no supply, for who reads figures: what nobody here does, and why organisations
said no. No name of a firm or an organisation; nothing under five.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from baken.refer.model import Kind
from baken.refer.words import REFUSALS
from baken.web.desk.figures import LEAST, as_csv
from baken.web.desk.roles import READS_SUPPLY, only
from baken.web.handover.models import EventRow
from baken.web.negotiate import wants_json
from baken.web.owner.gaps import gaps, in_words
from baken.web.texts import text

SINCE = timedelta(days=365)
HEADS = (
    *("desk.supply_need", "gaps.why", "gaps.sector", "gaps.of_size", "gaps.province"),
    *("gaps.month", "desk.supply_times"),
)
"""The texts above the columns of :data:`GAP`."""
GAP = ("need", "failed", "section", "size", "province", "month", "count")
REST = ""
"""The reasons that were given fewer than five times, together."""


def refused(now: datetime) -> QuerySet[EventRow]:
    """The refusals of the last year."""
    found: QuerySet[EventRow] = EventRow.objects.filter(kind=str(Kind.REFUSED), at__gte=now - SINCE)
    return found


def refusals(now: datetime) -> list[tuple[str, int]]:
    """How many files of the last year were refused for which reason, most first; what is left over
    is put together, again from five on.
    """
    told = refused(now).values_list("more", flat=True)
    counted = Counter(more.get("reason", REST) for more in told)
    shown = {reason: n for reason, n in counted.items() if n >= LEAST and reason != REST}
    rest = counted.total() - sum(shown.values())
    if rest >= LEAST:
        shown[REST] = rest
    return sorted(shown.items(), key=lambda one: (one[0] == REST, -one[1], one[0]))


@only(READS_SUPPLY)
def supply_page(request: HttpRequest) -> HttpResponse:
    """``/bureau/wat-ontbreekt``."""
    reasons = refusals(timezone.now())
    if wants_json(request):
        told = [{"reason": reason or None, "count": n} for reason, n in reasons]
        found = [{name: getattr(gap, name) for name in GAP} for gap in gaps()]
        return JsonResponse({"least": LEAST, "gaps": found, "refusals": told})
    lang = request.lang
    context = {
        "heads": HEADS,
        "gaps": [in_words(gap, lang) for gap in gaps()],
        "refusals": [(_reason(reason, lang), n) for reason, n in reasons],
        "least": LEAST,
    }
    return render(request, "desk/supply.html", context)


@only(READS_SUPPLY)
def supply_csv(request: HttpRequest) -> HttpResponse:
    """``/bureau/wat-ontbreekt.csv``: what nobody here does."""
    rows = [in_words(gap, request.lang) for gap in gaps()]
    head = [text(request.lang, name) for name in HEADS]
    return as_csv("wat-ontbreekt.csv", [head, *([row[name] for name in GAP] for row in rows)])


def _reason(code: str, lang: str) -> str:
    known = REFUSALS.get(code)
    return known.says[lang] if known else text(lang, "gaps.several")
