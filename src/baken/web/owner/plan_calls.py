"""Whom a plan tells to call, and what to ask of whom; what the owner settles alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from baken.match.giver import bare_name, head
from baken.match.words import fold
from baken.web.owner.plan_days import Step
from baken.web.owner.plan_steps import Case
from baken.web.owner.pressing import is_court, is_safety_net, says_one_of, words
from baken.web.owner.twins import is_door
from baken.web.owner.unsure import giver, to_ask, to_settle

Shown = Mapping[str, Any]
MOST_TO_SHOW, LEAST_TO_SHOW = 6, 2
"""Conditions to be shown: of all offers together, and of each where these are many."""
_WHO_WEIGHS = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\)$")


@dataclass
class Call:
    """Who is called, at a helpline by its ``number``; what to ``ask``, each question with the
    offers that it is about; whether it is for where nobody else helps (``otherwise``)."""

    name: str
    url: str = ""
    type: str = ""
    id: str = ""
    number: str = ""
    otherwise: bool = False
    ask: dict[str, list[str]] = field(default_factory=dict)

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return self.number.replace(" ", "")

    @property
    def questions(self) -> list[tuple[str, str]]:
        """Each question after the names of its offers, which may be the one who is called."""
        return [
            ("" if offers == [self.name] else ", ".join(offers), says)
            for says, offers in self.ask.items()
        ]


@dataclass(frozen=True)
class Own:
    """Conditions with the names of the offers that they are of, and how many ``more`` there are."""

    offers: str
    says: tuple[str, ...]
    more: int = 0


def calls_of(case: Case, steps: Sequence[Step]) -> tuple[Call, ...]:
    """All doors and everybody whom a step says to ask, each once, the doors first and the other
    door last; nobody of whom no number, site or
    page is known."""
    found: dict[str, Call] = {}
    for door in (*case.doors, *case.others):
        _line(found, door)
    spoken = fold(" ".join(s.says for s in steps))
    for offer in case.offers:
        who = _whom(case, offer)
        asked = tuple(to_ask(offer, case.record(offer), case.lang))
        if offer["type"] == "organisation" or asked or _is_named(case, offer, who, spoken):
            call = _line(found, who)
            for question in asked:
                call.ask.setdefault(question, []).append(offer["name"])
    for name, of in words("helpers").items():
        if name in case.helpers and says_one_of(spoken, of):
            _line(found, case.helpers[name])
    if case.other is not None:
        said = len(found)
        last = _line(found, case.other)
        last.otherwise = len(found) > said
    return tuple(call for call in found.values() if call.url or call.id or call.number)


def _line(found: dict[str, Call], who: Shown) -> Call:
    key = f"{who.get('type')}/{who['id']}" if who.get("id") else fold(who["name"])
    url, kind, record_id = (str(who.get(part) or "") for part in ("url", "type", "id"))
    number = str((who.get("call") or {}).get("number", ""))
    made = Call(who["name"], url, kind, record_id, number)
    return found.setdefault(key, made)


def _is_named(case: Case, offer: Shown, who: Shown, spoken: str) -> bool:
    names = {who["name"], giver(case.record(offer), case.lang)}
    return any(fold(name) in spoken for name in names)


def _whom(case: Case, offer: Shown) -> Shown:
    """Of whom one asks about an offer: itself, the door that it is, else who gives it. Where it
    can't wait nobody asks a court what who helps for free can tell."""
    record = case.record(offer)
    for door in (*case.doors, *case.others):
        if is_door(offer, [door]):
            return door
    if offer["type"] == "organisation":
        return offer
    nets = [d for d in case.doors if is_safety_net(case.record(d))]
    if case.pressing and is_court(record) and nets:
        return nets[0]
    told = str(record.get("provider") or "")
    name = giver(record, case.lang)
    if case.lang == "nl" and told and not bare_name(told):
        name = head(told)
    for helper, of in words("helpers").items():
        if helper in case.helpers and says_one_of(fold(name), of):
            return case.helpers[helper]
    known = case.givers.get((offer["type"], offer["id"]))
    shown = known or {"url": offer.get("url")}
    return {**shown, "name": name[:1].upper() + name[1:]}


def own_of(case: Case) -> tuple[Own, ...]:
    """The conditions that the owner settles, each once; where it can't wait none on the trouble
    itself, which was said."""
    return _by_offers(
        (says, offer["name"])
        for offer in case.offers
        for says in to_settle(offer, case.record(offer), case.pressing)
    )


def shown_of(case: Case) -> tuple[Own, ...]:
    """The conditions that somebody weighs or looks at, without who does: the owner has ready what
    shows that they are met. Of many offers some of each stand there, and how many more."""
    found = _by_offers(
        (without_who_weighs(r["says"]), offer["name"])
        for offer in case.offers
        for g in offer["groups"]
        if g["name"] in ("judged", "text")
        for r in g["reasons"]
    )
    each = max(LEAST_TO_SHOW, MOST_TO_SHOW // max(1, len(found)))
    return tuple(Own(o.offers, o.says[:each], len(o.says[each:])) for o in found)


def without_who_weighs(says: str) -> str:
    """A condition without who weighs it, which stands in brackets behind it.

    >>> without_who_weighs("Je plan is nieuw (een jury weegt het).")
    'Je plan is nieuw (een jury weegt het).'
    >>> without_who_weighs("Je plan is nieuw. (Een jury weegt het.)")
    'Je plan is nieuw.'
    """
    return _WHO_WEIGHS.sub("", says)


def _by_offers(told: Iterable[tuple[str, str]]) -> tuple[Own, ...]:
    """Conditions, each once, below the names of all offers that they are of."""
    of: dict[str, list[str]] = {}
    for says, name in told:
        of.setdefault(says, []).append(name)
    by: dict[str, list[str]] = {}
    for says, names in of.items():
        by.setdefault(", ".join(dict.fromkeys(names)), []).append(says)
    return tuple(Own(names, tuple(lines)) for names, lines in by.items())
