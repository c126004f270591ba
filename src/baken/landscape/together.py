"""Chosen measures together: which go together, in which order, how much at most.

What a record says of other aid goes first; where it is silent the law tells what may be: Regulation
(EU) 651/2014, art. 8, and 2023/2831, art. 3 and 5. Where neither tells it the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from baken.landscape.costs import GIVEN, gives_for_costs
from baken.landscape.dates import in_force
from baken.landscape.figures import met_by_size
from baken.landscape.gber import named_articles
from baken.landscape.model import Condition, Instrument, Offer, Said
from baken.landscape.most import NOUGHT, Project, Share, plain_amount, share_of
from baken.landscape.summed import Counted, limit_of, summed
from baken.law.aid.cumulation import NO_COSTS
from baken.law.deminimis import Regime, Room, read_de_minimis, regulation_on, room_of

WORDS = frozenset({"advice", "network"})
"""Kinds that give no money, unless a part of the costs is paid: they stand beside any aid."""
GIVES = ("rate_pct", "max_aid")
WHATEVER_COSTS = frozenset({"no_money", "european", "named", "after"})
"""Why a pair goes together or not, whatever costs it is asked for."""
SAME_COSTS = ("other_aid_same_costs = false", "other_aid_asked_same_costs = false")
ONE_DEDUCTION = "other_deduction_same_investment = false"
VAGUE = frozenset({"words", "perhaps_aid"})
"""Why it is not known where a condition speaks of other aid, and not surely of this one."""
EUROPEAN = "other_eu_programme_aid = false"
NO_AID_OF_GIVER = ("had_fit_aid = false",)
"""Rules that shut a measure to who already had other aid of the same giver."""
ONLY_AFTER = frozenset({"signature", "disaster", "illness"})
"""What a term counts from that must be there first: a deed can't be registered before it is
signed, nor damage told before the storm. Of what one plans (a course, a hire, an opening, an
agreement to learn on the job) the term names the last day; whether one may ask
earlier the record tells or leaves open, and nobody is told to wait.
"""
LEAST_NAME = 4
GBER_OTHER, GBER_SAME = "651/2014, art. 8(3)(a)", "651/2014, art. 8(3)(b)"
GBER_NO_COSTS = "651/2014, art. 8(4)"
GBER_SMALL = "651/2014, art. 8(5)"


@dataclass(frozen=True)
class Pair:
    """Two measures: whether they go together (None: not known), and ``why`` as a code.

    ``of`` is the record whose ``condition`` tells it, or whose words on other aid (``said``); else
    the law's ``article`` does, or nothing.
    """

    first: str
    second: str
    go: bool | None
    why: str
    of: str = ""
    condition: Condition | None = None
    article: str = ""
    said: Said | None = None


@dataclass(frozen=True)
class Small:
    """Small aid (de minimis): the measures that count, the ceiling of the firm's regime, and the
    room that is left (None: not known what was received)."""

    ids: tuple[str, ...]
    ceiling: Decimal
    room: Decimal | None
    article: str
    regime: Regime


@dataclass(frozen=True)
class Together:
    """What is told of chosen measures. ``first`` are lost to who asks for others before, by id with
    those others; ``then`` are those that a record puts after others, by id with those; ``before``
    the start and ``after`` what happened are those that one asks for then; ``in_term`` are those
    with a last day; ``untold`` those that give money and whose source
    does not say when. ``best`` are those that give ``most`` together, bounded by ``limit_pct`` of
    the costs where it is the law that bounds them, or by what ``less`` names; of ``unsure`` it is
    not known how much they may give together. ``unknown`` are those whose figures no source tells;
    ``uncounted`` give money that is no share of the costs (a loan, a tax rule);
    ``missing`` names what the owner could still tell."""

    pairs: tuple[Pair, ...]
    first: Mapping[str, Sequence[str]]
    then: Mapping[str, Sequence[str]]
    before: tuple[str, ...]
    after: tuple[str, ...]
    in_term: tuple[str, ...]
    untold: tuple[str, ...]
    shares: tuple[Share, ...]
    small: Small | None
    best: tuple[str, ...]
    most: Decimal | None
    unsure: tuple[str, ...]
    limit_pct: Decimal | None
    less: str
    unknown: tuple[str, ...]
    uncounted: tuple[str, ...]
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values; amounts in euros as text, so that no cent is lost."""
        small = self.small
        return {
            "pairs": [
                {"first": p.first, "second": p.second, "together": p.go, "why": p.why,
                 "condition": f"{p.of}/{p.condition.id}" if p.condition else None,
                 "article": p.article or None, "text": f"{p.of}/not_with" if p.said else None}
                for p in self.pairs
            ],
            "apply_first": {one: list(others) for one, others in self.first.items()},
            "apply_after": {one: list(others) for one, others in self.then.items()},
            "apply_before_start": list(self.before),
            "apply_after_start": list(self.after),
            "apply_in_term": list(self.in_term),
            "apply_not_told": list(self.untold),
            "shares": [s.as_json() for s in self.shares],
            "de_minimis": None if small is None else {
                "ids": list(small.ids), "ceiling": plain_amount(small.ceiling),
                "room": plain_amount(small.room), "article": small.article,
                "regime": small.regime},
            "at_most": plain_amount(self.most),
            "at_most_of": list(self.best),
            "at_most_not_known_of": list(self.unsure),
            "law_at_most_pct": plain_amount(self.limit_pct),
            "less_than_sum_by": self.less or None,
            "unknown": list(self.unknown),
            "not_counted": list(self.uncounted),
            "missing": list(self.missing),
        }  # fmt: skip


def together(records: Sequence[Instrument], project: Project, as_of: date) -> Together:
    """What is known of these measures for one project on a day."""
    found = (_pair(a, b, project, as_of) for a, b in combinations(records, 2))
    pairs = tuple(p for p in found if p is not None)
    aid = [r for r in records if gives_for_costs(r, project.sizes)]
    giving = [r for r in aid if r.firm_role in ("applicant", "participant")]
    small = _small([r for r in giving if _is_small(r, project, as_of)], project, as_of)
    shares = tuple(_within(share_of(r, project, as_of), small) for r in giving)
    counted = [
        Counted(s, _is_small(r, project, as_of), limit_of(r, project.sizes, as_of))
        for r, s in zip(giving, shares, strict=True)
    ]
    goes = {frozenset((p.first, p.second)): p.go for p in pairs}
    most = summed(counted, goes, _room(small), project)
    return Together(
        pairs,
        before_others(records, as_of),
        _then(records),
        tuple(r.id for r in records if r.apply == "before_start"),
        tuple(r.id for r in records if r.apply == "within_days" and r.apply_from in ONLY_AFTER),
        tuple(r.id for r in records if r.apply == "within_days" and r.apply_from not in ONLY_AFTER),
        tuple(r.id for r in records if _silent(r)),
        shares,
        small,
        most.best,
        most.most,
        most.unsure,
        most.limit_pct,
        most.less,
        tuple(s.id for s in shares if s.amount is None),
        tuple(r.id for r in records if r not in aid and r.kind not in WORDS),
        tuple(_missing(project, pairs, shares, small)),
    )


def silent_on_start(apply: str | None, kind: str | None, families: Collection[str]) -> bool:
    """Whether the source of aid that is given does not say if one asks for it before the start.

    No rule is told then, only that it is to be asked before one signs. ``families`` are those of
    its conditions: aid for what befell a firm is for nothing that is signed or ordered.
    """
    return apply is None and kind in GIVEN and not for_what_befell(kind, families)


def for_what_befell(kind: str | None, families: Collection[str]) -> bool:
    """Whether money is given for an event, such as works in the street, and for no project."""
    return kind in GIVEN and "event" in families and "start" not in families


def _silent(record: Instrument) -> bool:
    return silent_on_start(record.apply, record.kind, {c.family for c in record.conditions})


def before_others(records: Iterable[Offer], as_of: date) -> dict[str, tuple[str, ...]]:
    """The measures that must be asked for before others of ``records``, by id, and those others:
    who had aid of that giver gets them no more.
    """
    giving = [r for r in records if isinstance(r, Instrument) and r.kind in GIVEN]
    found = {}
    for one in giving:
        others = tuple(r.id for r in giving if r is not one and _shuts(one, r, as_of))
        if others:
            found[one.id] = others
    return found


def _then(records: Sequence[Instrument]) -> dict[str, tuple[str, ...]]:
    """The measures that their own record puts after others of ``records``, by id, and those."""
    ids = {r.id for r in records}
    return {r.id: found for r in records if (found := tuple(i for i in r.after if i in ids))}


def _shuts(record: Instrument, other: Instrument, as_of: date) -> Condition | None:
    """The condition by which ``other``, had before, shuts ``record``."""
    if not set(record.provider_ids) & set(other.provider_ids):
        return None
    return next(
        (c for c in record.conditions
         if c.rule in NO_AID_OF_GIVER and in_force(c.valid_from, c.valid_to, as_of)), None
    )  # fmt: skip


# -- two of them --------------------------------------------------------------------------------
def on_costs(pairs: Iterable[Pair]) -> bool:
    """Whether it matters for a pair if both are asked for the same costs."""
    return any(p.why not in WHATEVER_COSTS for p in pairs)


def _pair(a: Instrument, b: Instrument, project: Project, as_of: date) -> Pair | None:
    for one in (a, b):
        if one.kind in WORDS and not gives_for_costs(one, project.sizes):
            return Pair(a.id, b.id, True, "no_money", one.id)
    said = [p for x, y in ((a, b), (b, a)) for p in _by_record(x, y, project, as_of)]
    against = sorted(said, key=lambda p: (p[0] is not False, p[0] is not None))
    perhaps = next((p for x, y in ((a, b), (b, a)) if (p := _perhaps_not(x, y, project))), None)
    if against and not (perhaps and against[0][1] in VAGUE):
        go, why, of, condition = against[0]
        article = GBER_OTHER if go else ""
        return Pair(a.id, b.id, go, why, of, condition, article)
    if any(_only_protects(one) for one in (a, b)):
        return None
    if perhaps:
        return perhaps
    for one, other in ((a, b), (b, a)):
        if other.id in one.after:
            named = next((c for c in one.conditions if _names(c, other)), None)
            return Pair(a.id, b.id, True, "after", one.id, named)
    return _by_law(a, b, project, as_of)


def _only_protects(record: Instrument) -> bool:
    """Whether it gives time or protection and no money: no costs are asked about beside it."""
    return record.kind == "relief" and not any(p.name in GIVES for p in record.parameters)


def _perhaps_not(record: Instrument, other: Instrument, project: Project) -> Pair | None:
    """That aid of the level of ``other`` for the same costs may shut ``record``, where its sources
    leave that open."""
    said = record.texts.not_with if record.texts else None
    if said is None or not said.sources or other.level not in record.perhaps_not_with:
        return None
    apart = project.same_costs is False
    why, article = ("perhaps_not_same", GBER_OTHER) if apart else ("perhaps_not", "")
    return Pair(record.id, other.id, None, why, record.id, article=article, said=said)


def _by_record(
    record: Instrument, other: Instrument, project: Project, as_of: date
) -> Iterator[tuple[bool | None, str, str, Condition]]:
    """What the conditions of a record say of another one."""
    if (c := _shuts(record, other, as_of)) is not None:
        yield None, "first", record.id, c
    for c in record.conditions:
        if c.family != "double_funding" or not in_force(c.valid_from, c.valid_to, as_of):
            continue
        rule = c.rule or ""
        one_of_them = rule == ONE_DEDUCTION and any(c.rule == rule for c in other.conditions)
        if one_of_them or any(part in rule for part in SAME_COSTS):
            if one_of_them or gives_for_costs(other, project.sizes):
                same = project.same_costs
                why = {True: "same_costs", False: "other_costs", None: "only_other_costs"}[same]
                yield (None if same is None else not same), why, record.id, c
            else:
                yield None, "perhaps_aid", record.id, c
        elif rule == EUROPEAN:
            if other.level == "european":
                yield False, "european", record.id, c
        elif _names(c, other):
            yield False, "named", record.id, c
        elif not rule:
            yield None, "words", record.id, c


def _names(condition: Condition, other: Instrument) -> bool:
    told = " ".join(t for t in (condition.says.nl, condition.rests_on, condition.text) if t)
    names = (other.names.nl, other.names.en, other.names.fr, *other.aliases)
    return any(
        re.search(rf"\b{re.escape(n)}\b", told, re.IGNORECASE)
        for n in names if n and len(n) >= LEAST_NAME
    )  # fmt: skip


def _by_law(a: Instrument, b: Instrument, project: Project, as_of: date) -> Pair:
    """What the law says where the records say nothing; it speaks of aid that it exempts."""
    kinds = [_regime(r, project, as_of) for r in (a, b)]
    if None in kinds:
        silent = "silent_other" if project.same_costs is False else "silent"
        return Pair(a.id, b.id, None, silent, article=GBER_OTHER if silent != "silent" else "")
    if kinds == ["small", "small"]:
        law = regulation_on(project.regime, as_of)
        article = f"{law.number}, art. 3(2), 5" if law else ""
        return Pair(a.id, b.id, True, "small", article=article)
    if project.same_costs is False:
        return Pair(a.id, b.id, True, "law_other", article=GBER_OTHER)
    for record in (a, b):
        if set(named_articles(record)) & NO_COSTS:
            return Pair(a.id, b.id, True, "law_amount", record.id, article=GBER_NO_COSTS)
    article = GBER_SMALL if "small" in kinds else GBER_SAME
    return Pair(a.id, b.id, True, "law_highest", article=article)


def _regime(record: Instrument, project: Project, as_of: date) -> str | None:
    if _is_small(record, project, as_of):
        return "small"
    return "exempt" if named_articles(record) else None


def _is_small(record: Instrument, project: Project, as_of: date) -> bool:
    """Whether a condition says that it counts as small aid (de minimis) for a firm of that size."""
    return any(
        c.family == "de_minimis" and in_force(c.valid_from, c.valid_to, as_of)
        and not met_by_size(c.rule, project.sizes)
        for c in record.conditions
    )  # fmt: skip


# -- how much -----------------------------------------------------------------------------------
def room_in(project: Project, as_of: date) -> Room:
    """The room by ``law de-minimis`` under the ceiling of what the firm does; what was received
    counts as if it was granted today, so that none of it leaves the three years."""
    day, me, got = as_of.isoformat(), "firm", project.received
    regime = {"granted_on": day, "regime": project.regime}
    raw = {"as_of": day, "undertaking": me, "enterprises": {me: {}},
           "asked": {**regime, "amount": 0},
           "aids": [{**regime, "amount": got}] if got else [],
           "member_states": {me: "BE"}}  # fmt: skip
    return room_of(read_de_minimis(raw))


def _small(records: Sequence[Instrument], project: Project, as_of: date) -> Small | None:
    result = room_in(project, as_of) if records else None
    if result is None or result.ceiling is None:
        return None
    room = None if project.received is None else result.room
    ids = tuple(r.id for r in records)
    article = f"{result.regulation}, art. 3(2)"
    return Small(ids, result.ceiling, room, article, project.regime)


def _within(share: Share, small: Small | None) -> Share:
    """A share of small aid, never above the room that is known to be left."""
    if small is None or small.room is None or share.id not in small.ids:
        return share
    if not small.room:
        return replace(share.bounded(NOUGHT), amount=NOUGHT, over_room=True)
    over = share.amount is not None and share.amount > small.room
    return replace(share.bounded(small.room), over_room=over)


def _room(small: Small | None) -> Decimal | None:
    """What small aid may still be: the whole ceiling where it is not known what was received."""
    if small is None:
        return None
    return small.ceiling if small.room is None else small.room


def _missing(
    project: Project, pairs: Sequence[Pair], shares: Sequence[Share], small: Small | None
) -> Iterator[str]:
    asked: Mapping[str, bool] = {
        "costs": project.costs is None and any(s.rate_pct is not None for s in shares),
        "received": project.received is None and small is not None,
        "same_costs": project.same_costs is None and on_costs(pairs),
        "size": len(project.sizes) > 1 and any(s.by_size for s in shares),
    }
    yield from (name for name, lacks in asked.items() if lacks)
