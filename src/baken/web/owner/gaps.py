"""What no organisation here does: counted, and shown only from five on."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from baken.needs import load_needs
from baken.registers.nace import table
from baken.web import words
from baken.web.negotiate import wants_json
from baken.web.owner.errors import not_allowed
from baken.web.owner.models import UnmetNeed
from baken.web.texts import text

LEAST = 5
"""Fewer of a kind are not shown: they could lead to a firm."""
REST = "*"
LABELS = {"nl": 0, "fr": 1, "en": 3}
"""Where a language stands among the labels of the NACE."""


@dataclass(frozen=True)
class Gap:
    """So many times; a field is empty where it was not known, ``*`` where several are together."""

    need: str
    failed: str
    section: str
    size: str
    province: str
    month: str
    count: int = 0


def gaps() -> list[Gap]:
    """Kinds that came five times or more, most first. What is left over is put together by need
    and condition, again from five on; no row holds what another counts.
    """
    exact = Counter(
        Gap(u.needs[0], u.failed, u.sector_section, u.size, u.province, f"{u.noted_on:%Y-%m}")
        for u in UnmetNeed.objects.all()
        if u.needs
    )
    shown = {gap: n for gap, n in exact.items() if n >= LEAST}
    rest: Counter[Gap] = Counter()
    for gap, number in exact.items() - shown.items():
        rest[Gap(gap.need, gap.failed, REST, REST, REST, REST)] += number
    shown |= {gap: n for gap, n in rest.items() if n >= LEAST}
    found = [Gap(**{**asdict(gap), "count": n}) for gap, n in shown.items()]
    return sorted(found, key=lambda g: (-g.count, g.need, g.failed, g.month, g.province, g.section))


def gaps_page(request: HttpRequest) -> HttpResponse:
    """``/wat-ontbreekt``."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    found = gaps()
    if wants_json(request):
        return JsonResponse({"least": LEAST, "gaps": [asdict(gap) for gap in found]})
    rows = [in_words(gap, request.lang) for gap in found]
    return render(request, "owner/gaps.html", {"rows": rows, "least": LEAST})


def in_words(gap: Gap, lang: str) -> dict[str, object]:
    """A row as people read it, by the names of :class:`Gap`."""
    need = load_needs().get(gap.need)
    section = table("2025").get(gap.section)
    return {
        "need": words.pick(need.label, lang) if need else gap.need,
        "failed": text(lang, f"gaps.failed.{gap.failed or 'none'}"),
        "section": section[LABELS[lang]].capitalize() if section else _open(gap.section, lang),
        "size": _open(gap.size, lang) or text(lang, f"gaps.size.{gap.size}"),
        "province": _open(gap.province, lang) or words.province(lang, gap.province),
        "month": _open(gap.month, lang) or words.day(lang, gap.month),
        "count": gap.count,
    }


def _open(value: str, lang: str) -> str:
    """The words for what is not known, or several together; empty for a value."""
    if value == REST:
        return text(lang, "gaps.several")
    return "" if value else text(lang, "gaps.unknown")
