"""From a round to what its pages show."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from baken.kernel.errors import BakenError
from baken.match.texts import say
from baken.scan.compare import as_json as changes_json
from baken.scan.compare import compare
from baken.scan.items import DONT_KNOW, PER_SCAN, POSTURE, domains, words
from baken.scan.scan import judge
from baken.scan.tell import as_json
from baken.web import engine
from baken.web.owner.asking import Asked
from baken.web.owner.present import present
from baken.web.scan.course import Course, before, latest
from baken.web.scan.models import Folder, ScanReminder, ScanWords
from baken.web.scan.reminders import next_day
from baken.web.texts import text, together
from baken.web.words import day, fact_label, told, value_label

Shown = dict[str, Any]
OFFERS = 3
COURSES = 2


def question_page(lang: str, token: str, course: Course, number: int) -> Shown:
    """One question with its choices, the given one marked."""
    item = course.questions[number - 1]
    given = course.scan.answers.get(item.id)
    domain = domains().get(item.domain)
    return {
        "token": token,
        "number": number,
        "of": len(course.questions) if course.scan.about else PER_SCAN,
        "at_most": not course.scan.about,
        "earlier": number - 1 or None,
        "about": domain.label[lang] if domain else "",
        "item": item.id,
        "ask": item.ask[lang],
        "choices": [
            {"code": c.code, "says": c.says[lang], "said": c.code == given} for c in item.choices
        ],
        "unknown": {
            "code": DONT_KNOW,
            "says": words()["unknown_choice"][lang],
            "said": given == DONT_KNOW,
        },
        "until": day(lang, course.row.folder.expires_on.isoformat()),
        "some": bool(course.scan.answers),
    }


def result_json(lang: str, course: Course) -> Shown:
    """What ``baken scan --json`` prints: the result, and what is different since the one before."""
    out = as_json(judge(course.scan), lang)
    earlier = before(course)
    if earlier is not None and course.scan.answers:
        out["since"] = changes_json(compare(earlier.scan, course.scan), lang)
        out["since_as_of"] = earlier.scan.as_of.isoformat()
    return out


def told_since(earlier: Course | None, course: Course, lang: str) -> Shown:
    """What is different since an earlier round, as events, and since which day."""
    if earlier is None or not course.scan.answers:
        return {"since": [], "since_on": ""}
    since = changes_json(compare(earlier.scan, course.scan), lang)
    return {
        "since": since,
        "since_on": day(lang, earlier.scan.as_of.isoformat()),
    }


def result_page(lang: str, token: str, folder: Folder, here: str, today: date) -> Shown:
    """Where the firm stands, what that rests on, the next step and what was different before."""
    course = latest(folder)
    out = as_json(judge(course.scan), lang)
    asked = [_stand(s, course, lang) for s in out["domains"] if s["side"] != "not_asked"]
    step = out["next_step"]
    reminder = ScanReminder.objects.filter(folder=folder).exclude(due_on=None).first()
    return {
        "token": token,
        "remind_on": day(lang, next_day(reminder, today).isoformat()) if reminder else "",
        "posture": _stand(out["posture"], course, lang),
        "stands": sorted(asked, key=lambda s: s["id"] != course.scan.about),
        "others": [s for s in out["domains"] if s["side"] == "not_asked"],
        "step": step and {**step, **_checked(step, course, lang)},
        "ask_need": _need_of(course.scan.about, lang),
        "facts": _facts(folder, course.scan.as_of, lang),
        "limits": out["limits"],
        **told_since(before(course), course, lang),
        "as_of": day(lang, out["as_of"]),
        "done": course.done,
        "again": course.done and course.row.as_of < today,
        "kept": folder.kept,
        "study": bool(folder.study),
        "has_words": ScanWords.objects.filter(folder=folder, plan__isnull=False).exists(),
        "until": day(lang, folder.expires_on.isoformat()),
        "link": here,
    }


def _stand(stand: Mapping[str, Any], course: Course, lang: str) -> Shown:
    """A stand with its own answers, each with its address and the side that it points to."""
    own = {i.id: n for n, i in enumerate(course.questions, 1)}
    asked = [i for i in course.questions if i.domain == stand["id"] and i.id in course.scan.answers]
    sure = stand["certainty_pct"]
    mine = [
        {**a, "number": own.get(a["item"])}
        for a in stand["answers"]
        if stand["id"] != POSTURE or a["item"].startswith(f"{POSTURE}.")
    ]
    return {
        **stand,
        "sure": together(lang, words()["sure"][lang].format(percent=sure)) if sure else "",
        "answers": mine,
        "first": own[asked[0].id] if asked else None,
        "others_count": len(mine) < len(stand["answers"]),
    }


def _checked(step: Mapping[str, Any], course: Course, lang: str) -> Shown:
    """The offers and courses of a step that this firm can have, each with its reasons."""
    facts = course.row.folder.facts
    only = engine.within_reach([*step["offers"], *step["training"]], facts)
    if not only:
        return {"offers": [], "training": [], "unchecked": False}
    query = {
        "only": only,
        "facts": facts,
        "as_of": course.scan.as_of.isoformat(),
        "lang": lang,
    }
    try:
        answer = engine.answer(query)
    except BakenError as e:
        logging.getLogger("baken.web").warning("no offers for a scan: %s", e.path)
        return {"offers": [], "training": [], "unchecked": True}
    asked = Asked(lang=lang, facts=dict(facts))
    shown = present(answer, lang, asked)["offers"]
    # "You asked for it" is said of offers that a query names; here the step names them.
    asked_for = say("why.only", lang)
    found = [
        {**o, "why": [line for line in o["why"] if line != asked_for]}
        for o in shown
        if o["availability"] != "closed"
    ]
    found.sort(key=lambda offer: (bool(offer.get("stale")), offer["id"] not in step["own"]))
    return {
        "offers": [o for o in found if o["id"] in step["offers"]][:OFFERS],
        "training": [o for o in found if o["id"] in step["training"]][:COURSES],
        "unchecked": False,
    }


def _need_of(domain: str | None, lang: str) -> str:
    """What the owner would ask to get help in a domain."""
    return text(lang, f"scan.need.{domain}") if domain else ""


def _facts(folder: Folder, as_of: date, lang: str) -> Shown:
    """The facts that go along with a question, and how the page tells them."""
    asked = Asked(lang=lang, facts=dict(folder.facts))
    says = [
        told(lang, fact_label(lang, k), value_label(lang, k, v, as_of))
        for k, v in asked.facts.items()
    ]
    return {"json": asked.facts_json, "told": says}
