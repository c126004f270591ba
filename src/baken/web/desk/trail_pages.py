"""The pages of the trail: of one file, and of all that somebody manages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.kernel.plain import plain
from baken.web.desk import trail
from baken.web.desk.figures import as_csv
from baken.web.desk.models import Member, Trail
from baken.web.desk.roles import MANAGES, SEES_FILES, only, people_of, visible_to
from baken.web.desk.views import here
from baken.web.handover import wrong
from baken.web.negotiate import wants_json
from baken.web.owner.errors import error_response, json_error
from baken.web.owner.paging import Paging, page_of
from baken.web.texts import text

PER_PAGE = 100
LONGEST = 40
"""Signs of a filter."""


@only(SEES_FILES)
def file_trail(request: HttpRequest, public_id: str) -> HttpResponse:
    """``/bureau/dossier/<id>/spoor``: who read or changed this file, and when."""
    row = visible_to(request.user).filter(public_id=public_id).first()
    if row is None:
        return error_response(request, 404)
    page = _page(request, trail.of_file(row.public_id), here(request, "desk_file_trail", public_id))
    if wants_json(request):
        return _json(page)
    return render(request, "desk/file_trail.html", {"row": row, **_shown(page, request.lang)})


@only(MANAGES)
def all_trail(request: HttpRequest) -> HttpResponse:
    """``/bureau/spoor``: the trail of all that somebody manages, by filters."""
    asked, problem = _asked(request), ""
    try:
        lines = trail.found(request.user, asked)
    except BakenError as e:
        if wants_json(request):
            return json_error(e)
        problem, lines = e.path, Trail.objects.none()
    place = ("last", "desk.day_wrong") if problem == "last" else None
    page = _page(request, lines, here(request, "desk_trail"))
    if wants_json(request):
        return _json(page)
    seen = trail.trail_of(request.user).order_by()
    kinds = sorted(seen.values_list("what", flat=True).distinct())
    context = {
        "by": asked,
        "people": _people(request.user, seen),
        "kinds": kinds,
        "filters": urlencode(_given(asked)),
        **_shown(page, request.lang),
    }
    return wrong.page(request, "desk/trail.html", context, problem, place)


@only(MANAGES)
def trail_csv(request: HttpRequest) -> HttpResponse:
    """``/bureau/spoor.csv``: the same as a table, all of it."""
    try:
        lines = trail.found(request.user, _asked(request))
    except BakenError as e:
        return json_error(e)
    told = (_told(line, request.lang) for line in lines.iterator(chunk_size=2_000))
    rows = ([line["at"], line["who"], line["says"], line["file"], line["about"]] for line in told)
    names = ("at", "who", "what", "file", "about")
    head = [text(request.lang, f"desk.trail_column.{name}") for name in names]
    return as_csv("spoor.csv", [head, *rows])


def _asked(request: HttpRequest) -> trail.Asked:
    given = request.GET
    return trail.Asked(
        *(plain(given.get(name, ""))[:LONGEST].strip() for name in trail.Asked._fields)
    )


def _people(member: Member, seen: QuerySet[Trail]) -> QuerySet[Member]:
    """Whom the filter names: who stands in the trail."""
    found: QuerySet[Member] = Member.objects.filter(pk__in=seen.values("member"))
    return (found | people_of(member).select_related(None)).order_by("name", "pk").distinct()


def _given(asked: trail.Asked) -> dict[str, str]:
    return {name: value for name, value in asked._asdict().items() if value}


def _page(request: HttpRequest, lines: QuerySet[Trail], address: str) -> Paging[Trail]:
    asked, kept = request.GET.get("page", "1"), _given(_asked(request))
    return page_of(lines, asked, address, kept, PER_PAGE, lines.count())


def _shown(page: Paging[Trail], lang: str) -> dict[str, object]:
    return {"page": page, "lines": [_told(line, lang) for line in page.items]}


def _json(page: Paging[Trail]) -> JsonResponse:
    return JsonResponse({"trail": [_as_dict(line) for line in page.items], "pages": page.of})


def _told(line: Trail, lang: str) -> dict[str, str]:
    """A line in words."""
    at = timezone.localtime(line.at)
    says = text(lang, f"desk.trail_what.{line.what}")
    return {**_as_dict(line), "day": at.date().isoformat(), "time": f"{at:%H:%M}", "says": says}


def _as_dict(line: Trail) -> dict[str, str]:
    return {
        "at": timezone.localtime(line.at).isoformat(timespec="seconds"),
        "who": line.member.name,
        "what": line.what,
        "file": line.file,
        "about": line.about.name if line.about else "",
    }
