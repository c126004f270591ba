"""The two pages that show something: a question of the reader, and the result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from baken.signals.aside import in_language
from baken.signals.periods import in_words
from baken.signals.series import Rejected
from baken.signals.watched import nothing_to_see, too_few
from baken.web import words
from baken.web.signalen import calendar, help, reading
from baken.web.signalen.fresh import is_late, newest, until_words
from baken.web.signalen.judge import Found, Item
from baken.web.signalen.models import Deposit
from baken.web.signalen.names import series_name
from baken.web.signalen.quiet import lasting_words, quiet_words
from baken.web.signalen.shelf import Shelf
from baken.web.signalen.telling import item_words, sentence, told
from baken.web.texts import plural, text

MOST_OVER = 12
MOST_LISTED = 50


def question_page(request: HttpRequest, deposit: Deposit, code: str, shelf: Shelf) -> HttpResponse:
    """The next thing that only people know, with its choices."""
    lang: str = request.lang
    asked = shelf.question or {"id": "own", "near": []}
    if asked["id"] == "own":
        shown = {
            "id": "own",
            "text": text(lang, "signalen.own_question"),
            "help": text(lang, "signalen.own_unknown") if asked.get("given") else "",
            "choices": [{"value": n, "text": n} for n in asked.get("near", [])],
            "free": True,
            "file": "",
        }
    else:
        shown = {
            "id": asked["id"],
            "text": asked["text"][lang],
            "help": "",
            "choices": [
                {"value": c["value"], "text": words.pick(c["text"], lang)} for c in asked["choices"]
            ],
            "free": bool(asked.get("free")),
            "file": asked["file"],
        }
    left = [q for q in shelf.questions if q["id"] not in shelf.skipped]
    context = {"question": shown, "left": len(left), **_of(deposit, code)}
    return render(request, "signalen/question.html", context)


def reading_page(request: HttpRequest, deposit: Deposit, code: str) -> HttpResponse:
    """How far the reading is. Its script looks again by itself; without it there is a button."""
    state = reading.state(deposit) or {"done": 0, "total": 0}
    context = {**state, **_of(deposit, code)}
    response = render(request, "signalen/reading.html", context)
    response.scripts = True
    return response


def result_page(
    request: HttpRequest, deposit: Deposit, code: str, shelf: Shelf, found: Found, changed: str
) -> HttpResponse:
    """Everything on one page: what moves, what it may mean, what to do; or that all is quiet."""
    lang: str = request.lang
    shows_names = request.POST.get("names") == "1"
    real = shelf.names if shows_names else {}
    stories = [told(s, found, shelf, lang, real) for s in found.stories]
    today = str(timezone.localdate())
    helped: dict[str, Any] = {}
    for story, shown in zip(found.stories, stories, strict=True):
        facts = found.watch.facts.get(story.lead.alarm.firm, {})
        need = f"{help.need_of(story, lang)} {sorted(facts)}"
        if need not in helped and len(helped) < help.MOST:
            helped[need] = help.help_for(story, facts, lang, today)
            # Invented figures are nobody's: they go nowhere.
            helped[need]["asked"].figures = "" if shelf.invented else code
        shown["help"] = helped.get(need)
    firms = {s.firm for s in shelf.series if s.firm}
    if len(firms) > 1:
        for story, shown in zip(found.stories, stories, strict=True):
            shown["firm"] = story.lead.alarm.firm
    context: dict[str, Any] = {
        "stories": stories,
        "others": len(stories) - 1,
        "quiet": [
            {**quiet_words(s, r, limited, lang), "firm": s.firm if len(firms) > 1 else ""}
            for s, r, limited in found.quiet
        ],
        **_lasting(found, lang),
        "invented": shelf.invented,
        "today": today,
        "watched": len(found.quiet) + len(found.lasting),
        "explained": [_explained(i, lang) for i in found.explained] + _left_out(found, shelf, lang),
        "passed": [one["says"][lang] for j in found.watch.judged for one in j.explained],
        "over": [_over(i, found, lang) for i in found.over[:MOST_OVER]],
        "rejected": _aside(shelf.rejected, lang),
        "more_rejected": max(0, len(shelf.rejected) - MOST_LISTED) + shelf.more_rejected,
        "rejected_count": len(shelf.rejected) + shelf.more_rejected,
        "notes": _aside(shelf.notes, lang),
        "handed": [text(lang, f"signalen.handed.{what}", name=n) for what, n in shelf.handed],
        "skipped": [q for q in shelf.questions if q["id"] in shelf.skipped],
        "read_nothing": not shelf.series and not found.stories,
        "firms": sorted(firms) if len(firms) < 6 else [],
        **_fresh(shelf, lang),
        "next_look": words.day(lang, str(calendar.next_look_on(timezone.localdate()))),
        "has_names": bool(shelf.names),
        "shows_names": shows_names,
        "changed": changed,
        **_of(deposit, code),
    }
    context["lasting_told"] = all(one["told"] for one in context["lasting"])
    context["unseen"] = nothing_to_see(found.watch.judged)
    context["few"] = len(too_few(found.watch.judged))
    context["title"] = _title(context, lang)
    return render(request, "signalen/result.html", context)


def _lasting(found: Found, lang: str) -> dict[str, list[dict[str, Any]]]:
    """What is no news: what still moves, what is worse than the year before, what stays as it
    is."""
    groups: dict[str, list[dict[str, Any]]] = {"moving": [], "yearly": [], "lasting": []}
    for item in found.lasting:
        one = item.lasting
        assert one is not None
        group = "moving" if one.moving else "yearly" if one.since_year else "lasting"
        groups[group].append(lasting_words(item, lang))
    return groups


def _title(page: dict[str, Any], lang: str) -> str:
    """The first sentence of the page. All is quiet only apart from what lasts and what the owner
    explained, and only until the last figure. What still moves is told each time; what lasts is
    said to be no news only to who read of it before."""
    if page["stories"]:
        return str(page["stories"][0]["headline"])
    if page["read_nothing"]:
        return text(lang, "signalen.nothing_title")
    if page["moving"]:
        moving: str = page["moving"][0]["says"]
        return moving[:1].upper() + moving[1:]
    if page["lasting"] and not page["lasting_told"]:
        first: str = next(one["says"] for one in page["lasting"] if not one["told"])
        return first[:1].upper() + first[1:]
    if page["lasting"] and not page["yearly"]:
        return plural(lang, "signalen.lasting_title", len(page["lasting"]))
    if page["yearly"]:
        return text(lang, "signalen.yearly_title")
    if page["unseen"]:
        return text(lang, "signalen.unseen_title")
    if page["few"]:
        return plural(lang, "signalen.quiet_but_few", page["few"])
    if page["explained"]:
        return text(lang, "signalen.quiet_but_explained")
    if page["late"]:
        return text(lang, "signalen.quiet_until", until=page["until_figures"])
    return text(lang, "signalen.quiet_title")


def _fresh(shelf: Shelf, lang: str) -> dict[str, Any]:
    """Up to when the figures go, and whether later ones should be there by now."""
    last = newest(shelf.series)
    if last is None:
        return {"until_figures": "", "late": False}
    late = is_late(last, date.fromisoformat(shelf.as_of))
    return {"until_figures": until_words(last, lang), "late": late}


def _of(deposit: Deposit, code: str) -> dict[str, Any]:
    until = timezone.localtime(deposit.expires_at) if deposit.expires_at else None
    return {
        "code": code,
        "kept": deposit.kept,
        "until": f"{until:%H:%M}" if until else "",
    }


def _aside(told: Sequence[Rejected], lang: str) -> list[dict[str, Any]]:
    return [
        {"file": r.file, "line": r.line, "why": in_language(r.why, lang)}
        for r in told[:MOST_LISTED]
    ]


def _explained(item: Item, lang: str) -> dict[str, Any]:
    return {"says": sentence(item, lang), "why": item.seen.why if item.seen else "",
            "number": item.seen.pk if item.seen else 0}  # fmt: skip


def _left_out(found: Found, shelf: Shelf, lang: str) -> list[dict[str, Any]]:
    """The series and periods that do not count, as their owner said."""
    shown = []
    for rows in found.left_out:
        mine = [s for s in shelf.series if s.id in {r.series for r in rows}]
        frequency = mine[0].frequency if mine else "month"
        first, last = (in_words(p, frequency)[lang] for p in (rows[0].since, rows[0].until))
        key = "signalen.left_out_one" if first == last else "signalen.left_out"
        name = ", ".join(dict.fromkeys(series_name(s, lang) for s in mine))
        says = text(lang, key, name=name[:1].upper() + name[1:], first=first, last=last)
        shown.append({"says": says, "why": rows[0].why, "number": rows[0].pk})
    return shown


def _over(item: Item, found: Found, lang: str) -> dict[str, Any]:
    assert item.series is not None
    shown = item_words(item, found, lang)
    cleared = in_words(item.alarm.cleared or "", item.series.frequency)[lang]
    seen = text(lang, "signalen.over_seen", detected=shown["detected"], cleared=cleared)
    did = item.seen.did if item.seen else ""
    return {"says": shown["says"], "seen": seen, "did": did, "helped": shown["did_helped"]}
