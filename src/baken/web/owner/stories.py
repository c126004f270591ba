"""The stories: to browse and to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from baken.kernel.address import host_of
from baken.landscape.facets import sift
from baken.landscape.model import Phase
from baken.landscape.story import HelpedBy, Story
from baken.landscape.story_stats import (
    CUTS,
    QUESTIONS,
    VALUES,
    answers,
    helper_group,
    helper_key,
    taught,
)
from baken.needs import load_needs
from baken.web import words
from baken.web.negotiate import wants_json
from baken.web.owner.errors import not_allowed
from baken.web.owner.facets import choice_label, facet_rows
from baken.web.owner.paging import Paging, page_of
from baken.web.owner.story_words import (
    ANY,
    helper_name,
    label_of,
    records,
    stories,
    told_helpers,
)
from baken.web.texts import text
from baken.web.typed import line

Shown = dict[str, Any]


def _told(name: str) -> Any:
    return lambda s: set(answers(s, name))


FACETS: Mapping[str, Any] = {
    **{name: _told(name) for name in (*QUESTIONS, *CUTS)},
    "phase": lambda s: {s.phase},
    "province": lambda s: {s.firm.province or "unknown"},
    "result": lambda s: {s.result},
    "help": lambda s: {helper_key(h) for h in s.helped_by},
    "taught": lambda s: {*taught(s), ANY} if taught(s) else set(),
    "kind": lambda s: {helper_group(h, records()) for h in s.helped_by},
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
    chosen = {name: line(request.GET.get(name, ""), 80) for name in FACETS}
    found = sift(stories(), FACETS, chosen)
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
        "facets": facet_rows(
            {n: c for n, c in found.facets.items() if n not in LINKED},
            "stories.facet",
            lang,
            label_of,
            ORDERED,
        ),
        "chosen": len(kept),
        "page": shown,
    }
    return render(request, "owner/stories.html", context)


def _linked(name: str, value: str, lang: str) -> Shown:
    """A filter that only a link sets, with its one choice."""
    title = "stories.learned_from" if name == "taught" else "stories.helped_by"
    told = told_helpers().get(value) if name != "kind" else None
    return {
        "name": name,
        "title": text(lang, title),
        "value": value,
        "label": label_of(name, value, lang),
        "lang": helper_name(told, lang)[1] if told else lang,
    }


def _helper(helper: HelpedBy, lang: str) -> Shown:
    name, own = helper_name(helper, lang)
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
        "trigger": label_of("trigger", s.trigger, lang),
        "theme": choice_label("theme", s.firm.themes[0], lang),
        "date": words.day(lang, s.source.date),
    }


def _begin(story: Story, lang: str) -> str:
    """The words with which an owner may begin who knows the story as theirs: those of the story,
    which is in Dutch, or what it is about."""
    if lang == "nl":
        return story.problem
    return " ".join(load_needs()[code].says[lang] for code in story.needs)


def story_page(request: HttpRequest, story_id: str) -> HttpResponse:
    """One story: the problem, the way, the outcome, and where it was published."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    lang: str = request.lang
    story = next((s for s in stories() if s.id == story_id), None)
    if story is None:
        raise Http404
    if wants_json(request):
        return JsonResponse(
            story.model_dump(mode="json"), json_dumps_params={"ensure_ascii": False}
        )
    size = [] if story.firm.size == "unknown" else [label_of("size", story.firm.size, lang)]
    where = [p for p in (story.firm.municipality, story.firm.province) if p]
    context = {
        "story": story,
        "begin": _begin(story, lang),
        "facts": {
            "does": story.firm.does,
            "place": ", ".join(dict.fromkeys(where)),
            "size": ", ".join(size),
            "headcount": story.firm.headcount,
            "themes": [
                {"value": t, "label": choice_label("theme", t, lang)} for t in story.firm.themes
            ],
        },
        "trigger": label_of("trigger", story.trigger, lang),
        "degree": label_of("degree", story.degree, lang),
        "phase": label_of("phase", story.phase, lang),
        "obstacle": label_of("obstacle", story.obstacle, lang),
        "result": label_of("result", story.result, lang),
        "partners": [{"value": p, "label": label_of("partner", p, lang)} for p in story.partners],
        "needs": [{"value": n, "label": choice_label("need", n, lang)} for n in story.needs],
        "helped_by": [_helper(h, lang) for h in story.helped_by],
        "source": {
            "url": story.source.url,
            "host": host_of(story.source.url),
            "date": words.day(lang, story.source.date),
            "seen": words.day(lang, story.source.seen),
        },
    }
    return render(request, "owner/story.html", context)
