"""From an answer to what a page shows: groups, words and names in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from baken.kernel.address import host_of
from baken.match.understand import main_needs
from baken.web import catalogue, words
from baken.web.handover.reach import taking
from baken.web.owner import told_by
from baken.web.owner.asking import Asked
from baken.web.owner.providers import provider, sentence
from baken.web.owner.story_words import story_of
from baken.web.reckon.model import for_facts, for_need
from baken.web.texts import plural, text

Record = Mapping[str, Any]
Records = Mapping[tuple[str, str], Record]
Shown = dict[str, Any]

GROUPS = ("unmet", "not_said", "met", "judged", "text", "not_stated")
"""The groups of reasons in the order in which they help: what is in the way comes first."""
SUMMARY = {
    "met": ("met",),
    "unmet": ("unmet",),
    "unknown": ("not_said",),
    "shown": ("judged", "text"),
    "unstated": ("not_stated",),
}


def present(answer: Mapping[str, Any], lang: str, asked: Asked) -> Shown:
    """The answer with all that the result page says about it."""
    route = answer.get("route") or {}
    doors = [*route.get("doors", []), *filter(None, [route.get("alternative")])]
    records = catalogue.by_id([*(o["id"] for o in answer["offers"]), *doors])
    as_of = date.fromisoformat(answer["as_of"])
    offers = [_offer(o, lang, records, as_of) for o in answer["offers"]]
    for o in offers:
        o["picked"] = f"{o['type']}/{o['id']}" in asked.picks
    fitting = [o for o in offers if o["verdict"] != "excluded"]
    shown_route = _route(route, answer["offers"], lang, records) if route else None
    question = answer.get("next_question")
    main = main_needs({n["code"]: n["score"] for n in answer["needs"]})
    told = [n for n in answer["needs"] if n["code"] in main]
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
        "route": shown_route,
        "similar_stories": [_story(s, lang) for s in answer.get("similar_stories", [])],
        "said": told_by.rows(asked, lang, as_of),
        "empty": not fitting,
        "reckon": [{"slug": t.slug, "title": t.title[lang]} for t in for_need(asked.need, lang)],
        "title": _title(answer, bool(fitting)),
        "sentence": _sentence(answer, shown_route, fitting, lang),
        "beside": [n for n in answer["notices"] if n != answer.get("urgent")],
    }


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
        "dated": _dated(found["source"]["date"], lang),
        "result_words": text(lang, f"stories.result.{found['result']}"),
        "helpers": helpers or [{"name": n, "id": None} for n in found["helped_by"]],
    }


def _sentence(
    answer: Mapping[str, Any],
    route: Shown | None,
    fitting: list[Shown],
    lang: str,
) -> str:
    """The answer in one or two sentences: the first door, and the best offer that is no door."""
    if answer["unmet"] or answer.get("no_need"):
        return ""
    doors = route["doors"] if route else []
    names = {d["name"] for d in doors}
    best = next((o for o in fitting if o["name"] not in names), None)
    values = {"door": doors[0]["name"] if doors else "", "offer": best["name"] if best else ""}
    if doors and best:
        return text(lang, "journey.sentence.both", **values)
    if doors:
        return text(lang, "journey.sentence.door", **values)
    return text(lang, "journey.sentence.offer", **values) if best else ""


def _title(answer: Mapping[str, Any], fitting: bool) -> str:
    """The key of the page's title: what fits, nothing, or no question of a firm."""
    if answer.get("no_need"):
        return "result.title_no_need"
    return "result.title" if fitting else "result.title_none"


def _left(lang: str, left: int) -> str:
    return plural(lang, "question.left", left)


def _route(
    route: Mapping[str, Any], offers: Iterable[Mapping[str, Any]], lang: str, records: Records
) -> Shown:
    says = {reason["id"]: reason for reason in route.get("reasons", [])}
    shown = {o["id"]: o for o in offers if o["type"] == "organisation"}
    takes = taking([*route["doors"], *filter(None, [route.get("alternative")])])

    def door(door_id: str) -> Shown:
        kinds = ("organisation", "instrument", "training")
        kind = next((k for k in kinds if (k, door_id) in records), "")
        record = records.get((kind, door_id), {})
        offer = shown.get(door_id, {})
        reason = says.get(door_id, {})
        summary = words.pick(record.get("summary"), lang)
        why = reason.get("why", "")
        name = reason.get("name") or offer.get("name") or _name(record, lang) or door_id
        url = record.get("url") or offer.get("url")
        return {
            "id": door_id,
            "type": kind,
            "takes": door_id in takes,
            "name": name,
            "why": why if why != summary else "",
            "summary": summary,
            "step": words.pick(record.get("first_step"), lang) or offer.get("first_step"),
            "url": url,
            "host": host_of(url) if url else "",
            "url_words": words.link_label("doors.site", record, lang),
        }

    return {
        "id": route["id"],
        "why": route["why"],
        "doors": [door(d) for d in route["doors"]],
        "alternative": door(route["alternative"]) if route.get("alternative") else None,
    }


def _name(record: Record, lang: str) -> str:
    return words.pick(record.get("names"), lang)


def _offer(offer: Mapping[str, Any], lang: str, records: Records, as_of: date) -> Shown:
    record = records.get((offer["type"], offer["id"]), {})
    groups: dict[str, list[Shown]] = {name: [] for name in GROUPS}
    for reason in offer["reasons"]:
        shown = _reason(reason, lang)
        groups[shown["group"]].append(shown)
    said, look = _verdict(offer, lang, record)
    return {
        **offer,
        "key": f"{offer['type']}-{offer['id']}",
        "in_catalogue": bool(record),
        "url_words": words.link_label("offers.url", record, lang),
        "summary": offer.get("summary") or words.pick(record.get("summary"), lang),
        "source": words.source_label(lang, offer.get("newest_source"), as_of),
        "verdict_words": said,
        "look": look,
        "type_words": text(lang, f"offers.type.{offer['type']}"),
        "availability_words": text(lang, f"offers.availability.{offer['availability']}"),
        "amount_words": _amount(offer.get("amount"), lang),
        "deadline_words": words.day(lang, offer.get("deadline")),
        "apply_words": _apply(offer, record, lang),
        "groups": [
            {
                "name": name,
                "title": text(lang, f"reasons.group.{name}"),
                "explained": _explained(name, lang),
                "reasons": groups[name],
            }
            for name in GROUPS
            if groups[name]
        ],
        "counts": _counts(groups, lang),
        "not_met": groups["unmet"],
        "reckon": _reckon(offer.get("missing", []), lang),
        "missing_words": ", ".join(
            words.fact_label(lang, f).lower() for f in offer.get("missing", [])
        ),
    }


def _reckon(facts: Iterable[str], lang: str) -> list[Shown]:
    """The tools that work out what was not said."""
    return [{"slug": t.slug, "title": t.title[lang]} for t in for_facts(facts)]


def _apply(offer: Mapping[str, Any], record: Record, lang: str) -> str:
    """When to apply. Silence of the source on a grant is no leave to begin."""
    if offer.get("apply"):
        return text(lang, f"offers.apply.{offer['apply']}")
    return text(lang, "offers.apply.unknown") if record.get("kind") in ("grant", "voucher") else ""


def _verdict(offer: Mapping[str, Any], lang: str, record: Record) -> tuple[str, str]:
    """The words and the look of a verdict. Never a promise: who gives it, decides.

    What no rule could look at has the look of what is open, not of what fits.
    """
    verdict = offer["verdict"]
    named = record.get("provider")
    who = provider(record, lang) if named else {"name": text(lang, "offers.provider"), "lang": lang}
    if verdict != "fits":
        return text(lang, f"offers.verdict.{verdict}"), verdict
    if not any(r["met"] for r in offer["reasons"]):
        return text(lang, "offers.verdict.fits_unchecked"), "open"
    if any(r.get("unknown_because") in ("text", "judged") for r in offer["reasons"]):
        return text(lang, "offers.verdict.fits_to_show"), "open"
    key = "fits_organisation" if offer["type"] == "organisation" else "fits"
    return sentence(f"offers.verdict.{key}", lang, who), "fits"


def _explained(group: str, lang: str) -> str:
    return "" if group in ("met", "unmet") else text(lang, f"reasons.group.{group}_text")


def _reason(reason: Mapping[str, Any], lang: str) -> Shown:
    if reason["met"] is None:
        group = reason.get("unknown_because") or "not_said"
    else:
        group = "met" if reason["met"] else "unmet"
    source = reason.get("source") or {}
    return {
        **reason,
        "group": group,
        "url": source.get("url"),
        "dated": _dated(source.get("date"), lang) if source.get("url") else "",
    }


def _dated(iso: str | None, lang: str) -> str:
    if not iso:
        return text(lang, "reasons.source_undated")
    return text(lang, "reasons.source_dated", date=words.day(lang, iso))


def _counts(groups: Mapping[str, list[Shown]], lang: str) -> list[Shown]:
    """How many reasons of each sort, in words: the line that stays in sight when folded."""
    counted = ((name, sum(len(groups[g]) for g in of)) for name, of in SUMMARY.items())
    return [
        {"name": name, "words": plural(lang, f"reasons.{name}", count)}
        for name, count in counted
        if count
    ]


def _amount(amount: Mapping[str, Any] | None, lang: str) -> Shown | None:
    if not amount:
        return None
    pct, most = amount.get("pct"), amount.get("max_eur")
    if pct is None and most is None:
        return None
    key = "amount_both" if pct is not None and most is not None else "amount_max"
    key = "amount_pct" if most is None else key
    values = {
        "pct": words.number(lang, pct) if pct is not None else "",
        "max": words.euro(lang, most) if most is not None else "",
    }
    per = amount.get("per") if most is not None else ""
    source = amount.get("source")
    source = source if isinstance(source, Mapping) else {"url": source, "date": None}
    return {
        "words": text(lang, f"offers.{key}", **values) + (f" {per}" if per else ""),
        "url": source.get("url"),
        "dated": _dated(source.get("date"), lang),
    }
