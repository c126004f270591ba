"""Which door to knock on first: the routes R0 to R11, first match wins.

A route names the sort of door. The door itself must also be near to what is asked: one that scores
far below the best organisation gives way to it, and the places that are left go to the best ones
(measured in ``docs/match.md``: before, one door in two was of no use).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.kernel.values import SetOf, Value
from baken.landscape.area import bound_to
from baken.landscape.model import Offer, Organisation
from baken.match.denied import without_denied
from baken.match.others import is_owed, own_words
from baken.match.own_voice import in_own_voice
from baken.match.quarrel import is_staff_quarrel, settled_by
from baken.match.remembered import remembered
from baken.match.shared import shared_words
from baken.match.texts import pick, say
from baken.match.topics import TOPICS, of_a_sector
from baken.match.triage import triage
from baken.match.words import fold

HOME = "vlaams-gewest"
"""Where a firm is taken to be, for a door, as long as it has not said where."""


@dataclass(frozen=True)
class Situation:
    """What the choice of a route looks at.

    ``needs`` are codes, best first (``vague``: none of them stands out); ``firm`` the known facts;
    ``themes`` those of the firm's sector; ``text`` the need as typed; ``trade`` the codes of a
    trade that only it names; ``homes`` where the firm is, as likely as not.
    """

    text: str
    needs: Sequence[str]
    firm: Mapping[str, Value]
    themes: frozenset[str]
    unmet: bool
    trade: SetOf | None = None
    vague: bool = False
    homes: frozenset[str] = frozenset({HOME})


@dataclass(frozen=True)
class RouteRule:
    """One route as its data file states it: ``why`` of every door, or ``why_of`` a kind."""

    id: str
    why: Mapping[str, str]
    why_of: Mapping[str, Mapping[str, str]]
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    access: tuple[str, ...]
    ids: tuple[str, ...]
    ids_words: re.Pattern[str] | None
    """Words of which one must be said before ``ids`` are doors of the route."""
    needs: tuple[str, ...]
    words: tuple[str, ...]
    led_words: tuple[str, ...]
    """Fainter words: they count only when a need of the route leads."""
    weak_words: tuple[str, ...]
    """Words of other things too: they count only where the meaning says so as well."""
    by_theme: bool
    always: re.Pattern[str] | None = None
    """What tells of the route whatever the needs are."""


@lru_cache(maxsize=1)
def load_routes() -> tuple[RouteRule, ...]:
    """The routes in the order in which they are tried."""
    path = Path(__file__).parent / "data" / "routes.yaml"
    raw: list[dict[str, Any]] = own_yaml(path)
    return tuple(
        RouteRule(
            r["id"],
            r.get("why", {}),
            r.get("why_of", {}),
            tuple(r.get("kinds", ())),
            tuple(r.get("roles", ())),
            tuple(r.get("access", ())),
            tuple(r.get("ids", ())),
            _beginnings(r["ids_words"]) if "ids_words" in r else None,
            tuple(r.get("needs", ())),
            tuple(fold(w) for w in r.get("words", ())),
            tuple(fold(w) for w in r.get("led_words", ())),
            tuple(fold(w) for w in r.get("weak_words", ())),
            bool(r.get("by_theme", False)),
            re.compile("|".join(r["always"])) if "always" in r else None,
        )
        for r in raw
    )


def _beginnings(words: Sequence[str]) -> re.Pattern[str]:
    """Words of four letters or more as they begin; shorter ones whole."""
    told = (re.escape(w) if len(w) > 3 else rf"{re.escape(w)}\b" for w in map(fold, words))
    return re.compile(rf"\b(?:{'|'.join(told)})")


DOORS = 3
NEAR = 0.8
"""A door of the route comes first with this share of the best organisation's score."""
NET = 0.6
"""So much is enough for the safety net: who can't pay needs more than a form."""
OWN_NET = 0.4
"""And so much for the net that the route names: each region has one for firms in difficulty."""
ALSO = 0.6
"""Another organisation takes a place that is left with this share of the best one's score."""
ALWAYS = frozenset({"R0", "R1", "R3", "R10"})
"""Routes whose own door comes first however it scores: the general door, the safety net, the
centre of which the firm is a member by law, the desk for abroad."""


@dataclass(frozen=True)
class Chosen:
    """A route with its doors, best first; the third is the alternative.

    ``own``: whether the first door is of the sort that the route names.
    """

    rule: RouteRule
    doors: tuple[Organisation, ...]
    own: bool = True

    def why(self, lang: str, doubtful: bool = False) -> str:
        """Why the first door, in the reader's language; of a doubtful need not that it is best."""
        kind = self.doors[0].kind if self.doors else ""
        told = self.rule.why_of.get(kind, self.rule.why) if self.own else {}
        return (
            pick(told, lang) if told else say(f"route.{'perhaps' if doubtful else 'named'}", lang)
        )


def choose(
    at: Situation, ranked: Sequence[tuple[Offer, float]], usable: Callable[[Organisation], bool]
) -> Chosen:
    """The first route that holds and has a door; else the first that holds, with the best ones.

    Args:
        at: the situation.
        ranked: all offers with their search score, best first.
        usable: whether an organisation is open to this firm (not excluded, not closed).
    """
    organisations = [(o, s) for o, s in ranked if isinstance(o, Organisation)]
    rules = {r.id: r for r in load_routes()}
    found = Fitting(organisations, lambda o: _can_be_door(o, at) and usable(o))
    told = at
    if at.vague and not in_trouble(at.text, at.needs, at.firm):
        # What is not understood well is for who answers every question.
        general = Fitting([(o, s) for o, s in organisations if "N01" in o.needs], found.fits)
        found = general if general.best is not None else found
        told = replace(at, needs=("N01", *at.needs))
    if not at.unmet and found.best is not None:
        holding = [r for r in load_routes() if r.id != "R0" and _holds(r, told, organisations)]
        for rule in holding:
            doors = _doors(rule, told, found)
            if doors:
                return _chosen(rule, doors, found)
        if holding:
            return _chosen(holding[0], [], found)
    return Chosen(rules["R0"], tuple(_doors(rules["R0"], told, found)[:DOORS]))


class Fitting:
    """The organisations at which a firm can knock, with their scores. Each is looked at only when
    it is asked for: of most nobody ever asks.
    """

    def __init__(
        self, among: Sequence[tuple[Organisation, float]], fits: Callable[[Organisation], bool]
    ) -> None:
        self.among = among
        self._fits = fits
        self._known: dict[str, bool] = {}

    def fits(self, o: Organisation) -> bool:
        """Whether the firm can knock at this one."""
        if o.id not in self._known:
            self._known[o.id] = self._fits(o)
        return self._known[o.id]

    @cached_property
    def by_score(self) -> Sequence[tuple[Organisation, float]]:
        """All that are looked among, the best score first."""
        return sorted(self.among, key=lambda pair: -pair[1])

    @cached_property
    def best(self) -> float | None:
        """The best score of one that fits; None where none does."""
        return next((s for o, s in self.by_score if self.fits(o)), None)

    def from_score(self, least: float) -> list[Organisation]:
        """Those that fit and have this score at least, the best first."""
        return [o for o, s in self.by_score if s >= least and self.fits(o)]


def _chosen(rule: RouteRule, doors: Sequence[Organisation], fitting: Fitting) -> Chosen:
    """The route with its own door first, if that is near, and then the best organisations."""
    scores = {o.id: s for o, s in fitting.among}
    best = fitting.best or 0.0
    share = NET if rule.id == "R1" else NEAR
    near = [o for o in doors if scores[o.id] >= share * best]
    if rule.id == "R1":
        named = [o for o in doors if o.id in rule.ids and scores[o.id] >= OWN_NET * best]
        near = named or [o for o in near if o.needs[0] == "N14"]
    if rule.id == "R1" and doors and not TOPICS & set(doors[0].themes):
        near = list(doors)
    first = (near or list(doors if rule.id in ALWAYS else ()))[:1]
    rest = [o for o in fitting.from_score(ALSO * best) if o not in first]
    own = bool(first) and (rule.id != "R2" or first[0].id in rule.ids)
    return Chosen(rule, (*first, *rest)[:DOORS], own=own)


def _holds(
    rule: RouteRule, at: Situation, organisations: Sequence[tuple[Organisation, float]]
) -> bool:
    if rule.id == "R1":
        return in_trouble(at.text, at.needs, at.firm)
    folded = without_denied(fold(at.text))
    said = any(w in folded for w in rule.words)
    firm = at.firm
    leads = at.needs[:1]
    if rule.id == "R3":
        return bool(set(leads) & set(rule.needs)) and any(
            member_by_law(o, at.firm) for o, _ in organisations
        )
    if rule.id == "R10":
        return "N12" in at.needs[:2] and said and not is_owed(at.text)
    if rule.id == "R11":
        return said and bool(set(at.needs[:3]) & set(rule.needs))
    if rule.id == "R2":
        return bool(set(leads) & set(rule.needs)) or firm.get("loss_making") is True
    return bool(set(leads) & set(rule.needs))


RED = ("in_difficulty", "financial_trouble", "insolvency", "tax_debt_overdue",
       "social_debt_overdue")  # fmt: skip
"""Facts that tell of trouble when they are so."""


def in_trouble(text: str, needs: Sequence[str], firm: Mapping[str, Value]) -> bool:
    """Whether facts or words say that the firm can't go on as it is: what route R1 asks.

    Args:
        needs: codes, best first.
    """
    if any(firm.get(name) is True for name in RED) or happened(firm, "bankruptcy"):
        return True
    if is_staff_quarrel(text) and triage(text).staff > triage(text).crisis:
        return False
    faintly, plainly, surely = _says_trouble(text)
    leads = bool(set(needs[:1]) & set(_route_of_trouble().needs))
    if surely or (faintly and leads) or (plainly and "N14" in needs[:2]):
        return True
    return triage(text).crisis >= (CRISIS_LED if leads else CRISIS) and not _of_others(text)


CRISIS, CRISIS_LED, WEAK = 0.45, 0.35, 0.36
"""From which score a text tells of trouble by its meaning, from which where such a need leads, and
from which a word that is of other things too ("rsz", "rekeningen") counts as one.
Of the examples, each scored without the tenth that it stands in, words alone hear 50 %, words and
meaning 76 %; of what is said with like words of something else 5 % and 6 %.
"""


@remembered
def _of_others(text: str) -> bool:
    """Whether a text tells who else can't pay, or with whom the firm quarrels."""
    folded = in_own_voice(fold(text))
    return own_words(folded) != folded or is_owed(text) or bool(settled_by(text))


@remembered
def _says_trouble(text: str) -> tuple[bool, bool, bool]:
    """Whether a text has one of the fainter words of trouble, one of the plain ones, and one that
    leaves no doubt.
    """
    rule, folded = _route_of_trouble(), own_words(fold(text))
    surely = rule.always is not None and rule.always.search(folded) is not None
    plainly = any(w in folded for w in rule.words)
    if not plainly and any(w in folded for w in rule.weak_words):
        plainly = triage(text).crisis >= WEAK
    return any(w in folded for w in rule.led_words), plainly, surely


def _route_of_trouble() -> RouteRule:
    return next(r for r in load_routes() if r.id == "R1")


def happened(firm: Mapping[str, Value], name: str) -> bool:
    """Whether an event is among those that the firm surely had."""
    value = firm.get("event")
    return isinstance(value, SetOf) and value.has(lambda member: member == name) is True


def member_by_law(o: Organisation, firm: Mapping[str, Value]) -> bool:
    """Whether the firm belongs to a collective centre by its sector, for sure.

    The De Groote law of 1947. It goes by sector, so an activity of the firm must be known and
    be of the centre's whatever it may mean; a theme in common, or a trade that only the need
    names, is not enough.
    """
    codes = firm.get("nace_2025")
    if o.access != "sector_members" or not o.nace or not isinstance(codes, SetOf):
        return False
    return codes.has(lambda code: code.startswith(tuple(o.nace))) is True


def _for_sector(o: Organisation, at: Situation) -> bool:
    """Whether the organisation is of the firm's sector: by its NACE codes, else by theme.

    Membership by law goes by sector, so a theme in common is not enough where codes are known.
    """
    codes = at.firm.get("nace_2025", at.trade)
    if isinstance(codes, SetOf) and o.nace:
        prefixes = tuple(p.replace(".", "") for p in o.nace)
        return codes.has(lambda code: code.startswith(prefixes)) is not False
    return bool(set(o.themes) & at.themes - {"horizontal"})


def _told_of(o: Organisation, at: Situation) -> bool:
    """Whether the words of a firm of which no trade is known tell of what a centre for a topic is
    for (its bricks crack)."""
    unknown = at.firm.get("nace_2025", at.trade) is None
    return unknown and bool(TOPICS & set(o.themes) and shared_words(o, at.text))


BROAD = frozenset({"horizontal", "retail-hospitality-services"})
"""Themes that hold many joint committees: a theme in common says little of the fund."""


def _fund_of(fund: Organisation, at: Situation) -> bool:
    """Whether a sector's fund is the firm's: by joint committee; else by a narrow sector."""
    committees = at.firm.get("joint_committees")
    if isinstance(committees, SetOf) and fund.joint_committees:
        own = tuple(fund.joint_committees)
        return committees.has(lambda code: code.startswith(own)) is True
    return bool(set(fund.themes) & at.themes - BROAD)


def _can_be_door(organisation: Organisation, at: Situation) -> bool:
    """Whether a firm can knock there at all: it serves firms, of that place and that sector."""
    if organisation.serves_firms == "no":
        return False
    area, region = organisation.area, at.firm.get("region")
    homes = {region} if isinstance(region, str) else at.homes
    # where the source does not say for which region it is, it is for those of the one it is in
    if area.regions and not homes & set(area.regions) and (region is None or not area.stated):
        return False
    if region is None and bound_to(area):
        return False
    sectoral = of_a_sector(organisation) and not _told_of(organisation, at)
    if sectoral and not _for_sector(organisation, at):
        return False
    return organisation.kind != "sector_fund" or _fund_of(organisation, at)


def _doors(rule: RouteRule, at: Situation, fitting: Fitting) -> list[Organisation]:
    """The organisations that the route leads to, best first."""
    province = at.firm.get("province")
    scored: list[tuple[float, Organisation]] = []
    asked = rule.ids_words is None or rule.ids_words.search(fold(at.text)) is not None
    for organisation, score in fitting.among:
        named = asked and organisation.id in rule.ids
        kind = organisation.kind in rule.kinds and (
            not rule.access or organisation.access in rule.access
        )
        role = bool(set(organisation.roles) & set(rule.roles))
        if not (named or kind or role):
            continue
        if not named and at.needs and not set(organisation.needs) & set(at.needs[:3]):
            continue
        if rule.id == "R3" and not member_by_law(organisation, at.firm):
            continue
        if not fitting.fits(organisation):
            continue
        sector = _for_sector(organisation, at)
        sectoral = not TOPICS & set(organisation.themes)
        # In trouble the safety net of the own sector goes before the one of all sectors.
        own_net = rule.id == "R1" and role and sectoral and sector
        value = score + (1.0 if own_net else 0.5 if named else 0.0) + (0.15 if kind else 0.0)
        value += 0.25 if sector else 0.0
        value -= 0.3 if sectoral and not sector else 0.0
        value += 0.1 if organisation.reach == "province" and province is not None else 0.0
        value -= 0.1 if organisation.evidence == "mentioned" else 0.0
        scored.append((value, organisation))
    scored.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [o for _, o in scored]
