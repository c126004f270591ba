"""From an answer to what a page shows: groups, words and names in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from baken.kernel.plain import uncapped
from baken.match.understand import main_needs
from baken.web import catalogue, words
from baken.web.handover.reach import states
from baken.web.owner import told_by
from baken.web.owner.apply_term import in_term
from baken.web.owner.asking import Asked
from baken.web.owner.desks import desks
from baken.web.owner.doorway import Records, call_of, dialled, named_in, route_shown, short, without
from baken.web.owner.grounds import Record, Shown, dated, grouped, titled, verdict_words
from baken.web.owner.story_words import story_of
from baken.web.owner.unsure import start_untold
from baken.web.reckon.model import for_facts, for_need
from baken.web.texts import plural, text

SUMMARY = {
    "met": ("met",),
    "assumed": ("assumed",),
    "unmet": ("unmet",),
    "unknown": ("not_said",),
    "shown": ("judged", "text"),
    "elsewhere": ("does_not_apply",),
    "unstated": ("not_stated",),
}


def present(answer: Mapping[str, Any], lang: str, asked: Asked) -> Shown:
    """The answer with all that the result page says about it."""
    takers, gone = states(named_in(answer))
    answer = without(answer, gone)
    route = answer.get("route") or {}
    records = catalogue.by_id(named_in(answer))
    as_of = date.fromisoformat(answer["as_of"])
    offers = [_offer(o, lang, records, as_of) for o in answer["offers"]]
    for o in offers:
        o["picked"] = f"{o['type']}/{o['id']}" in asked.picks
    fitting = [o for o in offers if o["verdict"] != "excluded"]
    told_route = (
        route_shown(route, answer["offers"], lang, records, as_of, takers) if route else None
    )
    question = answer.get("next_question")
    urgent = answer.get("urgent")
    main = main_needs({n["code"]: n["score"] for n in answer["needs"]})
    hidden = urgent or answer.get("unsure")
    told = [] if hidden else [n for n in answer["needs"] if n["code"] in main]
    return {
        **answer,
        "needs": [{**n, "label": n.get("label") or n["code"]} for n in told],
        "as_of_words": words.day(lang, answer["as_of"]),
        "offers": fitting,
        "excluded": [o for o in offers if o["verdict"] == "excluded"],
        "more": len(fitting) >= asked.limit and asked.limit == 5,
        "question": question
        and {
            **question,
            "left_words": _left(lang, question["left"]),
            "reckon": _reckon([question["fact"]], lang),
        },
        "route": told_route,
        "similar_stories": [_story(s, lang) for s in answer.get("similar_stories", [])],
        "said": told_by.rows(asked.facts, asked.told_by, lang, as_of),
        "heard_rows": [
            _heard(fact, answer.get("heard_values", {}).get(fact), lang, as_of)
            for fact in answer.get("heard", [])
        ],
        "known": _known(asked, lang, as_of),
        "empty": not fitting,
        "reckon": [{"slug": t.slug, "title": t.title[lang]} for t in for_need(asked.need, lang)],
        "title": _title(answer, bool(fitting)),
        "sentence": _sentence(answer, told_route, fitting, lang),
        "desks": desks(asked.all_facts, lang, as_of) if answer.get("no_need") else [],
        "beside": [n for n in answer["notices"] if n not in (urgent, answer.get("unsure"))],
        "calls": [dialled(c) for c in answer.get("calls", [])],
    }


def _heard(fact: str, value: list[str] | None, lang: str, as_of: date) -> Shown:
    """What the words told of a fact; who says that it is wrong answers no, or leaves it open."""
    label = words.fact_label(lang, fact)
    if value:
        label = words.told(lang, label, words.value_label(lang, fact, value, as_of))
    return {"fact": fact, "label": label, "wrong": None if value else False}


def _story(found: Mapping[str, Any], lang: str) -> Shown:
    """A story of a firm like this one, with how it ended and links to what helped."""
    told = story_of(found["id"])
    helpers = [{"type": h.type, "id": h.id, "name": h.name} for h in told.helped_by] if told else []
    records = catalogue.by_id(h["id"] for h in helpers if h["id"])
    for helper in helpers:
        record = records.get((helper["type"] or "", helper["id"] or ""))
        if record:
            helper["name"] = words.pick(record["names"], lang)
        else:
            helper["type"] = helper["id"] = None
    return {
        **found,
        "dated": dated(found["source"]["date"], lang),
        "result_words": text(lang, f"stories.result.{found['result']}"),
        "helpers": helpers or [{"name": n, "id": None} for n in found["helped_by"]],
    }


def _sentence(
    answer: Mapping[str, Any],
    route: Shown | None,
    fitting: list[Shown],
    lang: str,
) -> str:
    """The answer in one or two sentences: what must be settled first, else the first door, and the
    best offer that is no door, told as not sure where that is so; none to who must be listened to
    first, or was hardly understood."""
    if answer.get("urgent"):
        return ""
    if answer.get("doubt"):
        return str(answer["doubt"])
    if answer["unmet"] or answer.get("no_need") or answer.get("unsure"):
        return ""
    doors = route["doors"] if route else []
    names = {d["name"] for d in doors}
    leading = (o for o in fitting if o.get("leads", True) and not _is_too_old(o, answer["as_of"]))
    best = next((o for o in leading if o["name"] not in names), None)
    sure = "" if best is None or best["look"] == "fits" else "_open"
    values = {
        "door": short(doors[0]["name"]) if doors else "",
        "offer": short(best["name"]) if best else "",
    }
    if doors and best:
        return text(lang, f"journey.sentence.both{sure}", **values)
    if doors:
        return text(lang, "journey.sentence.door", **values)
    return text(lang, f"journey.sentence.offer{sure}", **values) if best else ""


TOO_OLD = 10
"""What no source of so many years tells any more is not named first."""


def _is_too_old(offer: Mapping[str, Any], as_of: str) -> bool:
    newest = str(offer.get("newest_source") or "")
    return newest != "" and int(as_of[:4]) - int(newest[:4]) >= TOO_OLD


def _title(answer: Mapping[str, Any], fitting: bool) -> str:
    """The key of the page's title: to talk first, what fits, nothing, or (perhaps) no question
    of a firm."""
    if answer.get("urgent"):
        return "result.title_urgent"
    if answer.get("no_need"):
        return "result.title_no_need"
    if answer.get("unsure"):
        return "result.title_unsure"
    return "result.title" if fitting else "result.title_none"


def _left(lang: str, left: int) -> str:
    return plural(lang, "question.left", left)


KNOWN = 2
"""So many facts stand on the line above the answer; all of them are below it."""


def _known(asked: Asked, lang: str, as_of: date) -> list[str]:
    """The first facts that were said, with their name where the value does not tell what it is;
    behind them those of the register that do."""
    register = asked.registered
    said = [_told(lang, f, v, as_of) for f, v in asked.facts.items() if f != "kbo"]
    told = [row.value for row in register.rows if words.speaks(row.fact)] if register else []
    name = [register.name] if register and register.name else []
    return list(dict.fromkeys([*name, *said, *told]))[:KNOWN]


def _told(lang: str, fact: str, value: Any, as_of: date) -> str:
    shown = words.value_label(lang, fact, value, as_of)
    if fact == "headcount":
        return text(lang, f"result.heads.{'one' if value == 1 else 'other'}", count=shown)
    if words.speaks(fact):
        return shown
    return words.told(lang, words.fact_label(lang, fact), uncapped(shown))


def _offer(offer: Mapping[str, Any], lang: str, records: Records, as_of: date) -> Shown:
    record = records.get((offer["type"], offer["id"]), {})
    call = call_of(offer["id"]) if offer["type"] == "organisation" else None
    groups = grouped([] if call else offer["reasons"], lang)
    said, look, brief = verdict_words(offer, lang, record)
    short_words = text(lang, f"offers.short.{brief}")
    if call:
        # who listens listens to anyone: there is no verdict to give
        said, short_words = "", text(lang, "doors.call", number=call["number"])
    return {
        **offer,
        "key": f"{offer['type']}-{offer['id']}",
        "in_catalogue": bool(record),
        "url_words": words.link_label("offers.url", record, lang),
        "summary": offer.get("summary") or words.pick(record.get("summary"), lang),
        "source": words.source_label(lang, offer.get("newest_source"), as_of),
        "short_name": short(offer["name"]),
        "verdict_words": said,
        "short_words": short_words,
        "brief": "call" if call else brief,
        "call": call,
        "look": look,
        "type_words": text(lang, f"offers.type.{offer['type']}"),
        "availability_words": words.state(
            lang, offer["availability"], record.get("status", {}).get("as_of")
        ),
        "amount_words": amount_words(offer.get("amount"), lang),
        "deadline_words": words.day(lang, offer.get("deadline")),
        "apply_words": _apply(offer, record, lang),
        "groups": titled(groups, lang),
        "counts": _counts(groups, lang),
        "not_met": groups["unmet"],
        "reckon": _reckon(offer.get("missing", []), lang),
        "missing_words": ", ".join(
            uncapped(words.fact_label(lang, f)) for f in offer.get("missing", [])
        ),
    }


def _reckon(facts: Iterable[str], lang: str) -> list[Shown]:
    """The tools that work out what was not said."""
    return [{"slug": t.slug, "title": t.title[lang]} for t in for_facts(facts)]


def _apply(offer: Mapping[str, Any], record: Record, lang: str) -> str:
    """When to apply. Of aid that is given it is told that the source is silent."""
    apply = offer.get("apply")
    if apply == "within_days" and (says := in_term(record, lang)):
        return says
    if apply:
        return text(lang, f"offers.apply.{apply}")
    return text(lang, "offers.apply.unknown") if start_untold(offer, record) else ""


def _counts(groups: Mapping[str, list[Shown]], lang: str) -> list[Shown]:
    """How many reasons of each sort, in words: the line that stays in sight when folded."""
    counted = ((name, sum(len(groups[g]) for g in of)) for name, of in SUMMARY.items())
    return [
        {"name": name, "words": plural(lang, f"reasons.{name}", count)}
        for name, count in counted
        if count
    ]


def amount_words(amount: Mapping[str, Any] | None, lang: str) -> Shown | None:
    """How much, each figure with for whom it is; rates that no amount is the most of, apart."""
    if not amount:
        return None
    rates = _rates(amount["rates"], amount["of_costs"], lang)
    apart = f"{words.semicolon(lang)} " if any("," in f["per"] for f in amount["caps"]) else ", "
    caps = apart.join(_cap(f, lang) for f in amount["caps"])
    parts = [*rates, *([text(lang, "offers.at_most", max=caps)] if caps else [])]
    if _apart(amount):
        parts = [parts[-1], text(lang, "offers.beside", rates=", ".join(rates))]
    source = amount["source"]
    return {
        "words": ", ".join(parts),
        "url": source["url"],
        "dated": dated(source["date"], lang),
    }


def _apart(amount: Mapping[str, Any]) -> bool:
    """Whether rates and amounts are each for somebody, and none for the same: no amount is then the
    most of a rate.
    """
    rates, caps = ({f["who"] for f in amount[name]} for name in ("rates", "caps"))
    return bool(rates and caps) and "" not in rates | caps and rates.isdisjoint(caps)


def _rates(figures: Sequence[Mapping[str, Any]], of_costs: bool, lang: str) -> list[str]:
    """Rates with what they are a part of, told once where it is the same."""
    said, before = [], None
    for figure in figures:
        says, per = words.measure(lang, figure["value"], "pct"), figure["per"]
        if per and per != before:
            says += f" {per}"
        elif of_costs and per != before:
            says = text(lang, "offers.rate_of_costs", pct=says)
        said.append(says + _for(figure))
        before = per
    return said


def _cap(figure: Mapping[str, Any], lang: str) -> str:
    most = words.euro(lang, figure["value"])
    aid = figure["name"] == "max_aid"
    says = most if aid else text(lang, f"offers.cap.{figure['name']}", max=most)
    return says + (f" {figure['per']}" if figure["per"] else "") + _for(figure)


def _for(figure: Mapping[str, Any]) -> str:
    return f" ({figure['who']})" if figure["who"] else ""
