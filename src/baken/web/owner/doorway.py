"""The doors of an answer as the page shows them, each with its own conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from baken.kernel.address import host_of
from baken.landscape.dates import newest_source
from baken.match.helplines import number_of
from baken.web import catalogue, words
from baken.web.handover.reach import ceased, unreached
from baken.web.owner.grounds import Record, Shown, grouped, titled, verdict_words

Records = Mapping[tuple[str, str], Record]

MOST_TO_CHECK = 2
"""So many conditions to check stand in sight at a door of which none is known to be met."""


def still_there(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answer without the organisations that are there no more."""
    return without(answer, ceased(named_in(answer)))


def named_in(answer: Mapping[str, Any]) -> list[str]:
    """The ids of the doors and offers of an answer."""
    return [*doors_of(answer.get("route") or {}), *(o["id"] for o in answer["offers"])]


def doors_of(route: Mapping[str, Any]) -> list[str]:
    """The ids of the doors of a route, the other one last."""
    return [*route.get("doors", []), *filter(None, [route.get("alternative")])]


def without(answer: Mapping[str, Any], gone: Collection[str]) -> Mapping[str, Any]:
    """The answer without these; the other door moves up where no first one is left."""
    if not gone:
        return answer
    route, offers = answer.get("route") or {}, answer["offers"]
    doors, other = route.get("doors", []), route.get("alternative")
    left = [one for one in doors if one not in gone]
    other = None if other in gone else other
    left, other = (left, other) if left or not other else ([other], None)
    there = [o for o in offers if o["type"] != "organisation" or o["id"] not in gone]
    reasons = [r for r in route.get("reasons", []) if r["id"] not in gone]
    shown = {**route, "doors": left, "alternative": other, "reasons": reasons} if left else None
    return {**answer, "offers": there, "route": shown}


def route_shown(
    route: Mapping[str, Any],
    offers: Iterable[Mapping[str, Any]],
    lang: str,
    records: Records,
    as_of: date,
    takers: Collection[str],
) -> Shown:
    """The route with its doors: who, what they do, their conditions, and whether they take files.

    Args:
        takers: who takes files and has an address, among others.
        offers: those of the answer, for a door that has no record.
    """
    says = {reason["id"]: reason for reason in route.get("reasons", [])}
    shown = {o["id"]: o for o in offers if o["type"] == "organisation"}
    told = [one for one in doors_of(route) if one in takers]
    takes = set(told) - unreached(told, timezone.now())

    def door(door_id: str) -> Shown:
        kinds = ("organisation", "instrument", "training")
        kind = next((k for k in kinds if (k, door_id) in records), "")
        record = records.get((kind, door_id), {})
        offer = shown.get(door_id, {})
        reason = says.get(door_id, {})
        summary = words.pick(record.get("summary"), lang)
        why = reason.get("why", "")
        own = words.pick(record.get("names"), lang)
        name = reason.get("name") or offer.get("name") or own or door_id
        url = record.get("url") or offer.get("url")
        call = call_of(door_id)
        return {
            "id": door_id,
            "type": kind,
            "takes": door_id in takes,
            "name": name,
            "why": why if why != summary else "",
            # who listens listens to anyone: there is no verdict to give
            **_conditions({} if call else reason, record, lang),
            "summary": summary,
            "source": _newest(record, lang, as_of),
            "step": words.pick(record.get("first_step"), lang) or offer.get("first_step"),
            "url": url,
            "host": host_of(url) if url else "",
            "url_words": words.link_label("doors.site", record, lang),
            "call": call,
        }

    return {
        "id": route["id"],
        "why": route["why"],
        "doors": [door(d) for d in route["doors"]],
        "alternative": door(route["alternative"]) if route.get("alternative") else None,
    }


def _conditions(reason: Mapping[str, Any], record: Record, lang: str) -> Shown:
    """The conditions of a door in groups, and its verdict in words where it has any."""
    reasons = reason.get("reasons", [])
    groups = grouped(reasons, lang)
    judged = {"type": "organisation", "verdict": "open", **reason}
    said, look, _ = verdict_words(judged, lang, record) if reasons else ("", "", "")
    return {
        "met": _cited_once(groups["met"]),
        "check": [] if groups["met"] else _to_check(groups),
        "verdict_words": said,
        "look": look,
        "groups": [g for g in titled(groups, lang) if g["name"] != "met"],
    }


def _to_check(groups: Mapping[str, list[Shown]]) -> list[Shown]:
    """The first conditions that the owner checks, without who weighs them (that stands folded)."""
    found = [r for name in ("not_said", "text", "judged", "assumed") for r in groups[name]]
    cut = [{**r, "says": re.sub(r"\s*\(.*\)$", "", r["says"])} for r in found[:MOST_TO_CHECK]]
    return _cited_once(cut)


def _newest(record: Record, lang: str, as_of: date) -> Shown | None:
    """How old the newest source of a door's record is, in words."""
    if not record:
        return None
    return words.source_label(lang, newest_source(catalogue.as_offer(record)), as_of)


def _cited_once(reasons: list[Shown]) -> list[Shown]:
    """Reasons that follow one another from one source: it stands behind the last of them."""
    after = [*(r["url"] for r in reasons[1:]), None][: len(reasons)]
    return [
        {**r, "url": None, "dated": ""} if r["url"] == next_url else r
        for r, next_url in zip(reasons, after, strict=True)
    ]


def call_of(record_id: str) -> Shown | None:
    """The number to call of an organisation that is a helpline; none for any other."""
    number = number_of(record_id)
    return dialled({"number": number}) if number else None


def dialled(call: Mapping[str, str]) -> Shown:
    """A line to call, with its number as a telephone takes it."""
    return {**call, "dial": call["number"].replace(" ", "")}


def short(name: str) -> str:
    """A name without what explains it, in brackets or behind a dash."""
    return re.sub(r"\s*\([^)]*\)$| [-–] .*$", "", name) or name
