"""Chosen measures together, in words: which go together, in which order, how much at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from baken.kernel.plain import uncapped
from baken.landscape.model import Instrument
from baken.landscape.most import Project
from baken.landscape.together import Pair, Together, on_costs, together
from baken.law.acts import address_of
from baken.law.deminimis import regulation_on
from baken.web import catalogue, engine, words
from baken.web.owner import providers
from baken.web.owner.apply_term import last_day
from baken.web.owner.asking import Asked
from baken.web.owner.room import REGIMES, only_without_room, regime_of, typed_amount
from baken.web.owner.shares import source_of, taken_for, told_share
from baken.web.reckon.parse import Wrong
from baken.web.texts import text

Shown = dict[str, Any]
LOOKS = {True: "fits", False: "excluded", None: "open"}
ORDER = {"false": 0, "perhaps": 1, "true": 2, "none": 3}
PERHAPS = frozenset({"perhaps_not", "perhaps_not_same"})
"""Why a pair may not go together: told as a warning, and never folded away."""
FEW = 3
"""With more pairs than this those that nobody tells of are folded."""
SAME = {"yes": True, "no": False}
AMOUNTS = ("costs", "received")


def found_together(
    asked: Asked, offers: Sequence[Mapping[str, Any]], today: date
) -> tuple[Together, Mapping[str, Instrument], dict[str, str]] | None:
    """What is known of the measures among ``offers``, their records, and what is wrong with what
    was typed, by field. None where no measure was chosen."""
    given = [o for o in offers if o["type"] == "instrument"]
    rows = catalogue.by_id([o["id"] for o in given])
    there = ((o, row) for o in given if (row := rows.get(("instrument", o["id"]))))
    records = [
        catalogue.as_offer(row)
        for o, row in there
        if o["verdict"] != "excluded" or only_without_room(o, row)
    ]
    chosen = {r.id: r for r in records if isinstance(r, Instrument)}
    if not chosen:
        return None
    project, wrong = _project(asked, today)
    return together(list(chosen.values()), project, today), chosen, wrong


def _project(asked: Asked, today: date) -> tuple[Project, dict[str, str]]:
    amounts: dict[str, Decimal | None] = dict.fromkeys(AMOUNTS)
    wrong = {}
    for name in AMOUNTS:
        try:
            amounts[name] = typed_amount(asked, name)
        except Wrong as e:
            wrong[name] = text(asked.lang, f"reckon.errors.{e}")
    sizes = engine.possible_sizes(asked.all_facts, today.isoformat(), asked.lang)
    same = SAME.get(asked.project.get("same", ""))
    regime = regime_of(asked, today) or "general"
    return Project(amounts["costs"], amounts["received"], same, sizes, regime), wrong


def without_room(asked: Asked, offers: Sequence[Mapping[str, Any]], today: date) -> frozenset[str]:
    """The measures among ``offers`` that give nothing now, since the ceiling of small aid that was
    received is reached."""
    known = found_together(asked, offers, today)
    small = known[0].small if known else None
    return frozenset(small.ids) if small and small.room == 0 else frozenset()


def combined(asked: Asked, offers: Sequence[Mapping[str, Any]], today: date) -> Shown | None:
    """The section of a page. None where no measure was chosen."""
    known = found_together(asked, offers, today)
    if known is None:
        return None
    found, records, wrong = known
    lang = asked.lang
    names = {i: words.pick(r.names.model_dump(), lang) for i, r in records.items()}
    ordered = sorted(found.pairs, key=lambda p: ORDER[_goes(p)])
    few = len(ordered) <= FEW
    told = [p for p in ordered if few or _goes(p) != "none"]
    of_costs = [s for s in found.shares if s.of_costs]
    stands = found.most is not None and any(s.amount is not None for s in of_costs)
    return {
        "pairs": [_pair(p, records, names, lang) for p in told],
        "folded": [_pair(p, records, names, lang) for p in ordered if p not in told],
        "order": _order(found, records, names, lang),
        "shares": [told_share(s, records[s.id], names[s.id], lang) for s in found.shares],
        "total": _total(found, records, names, lang),
        "stands_on": text(lang, "together.assumed.count") if stands else "",
        "room": _room(found, names, asked, today),
        "uncounted": ", ".join(names[i] for i in found.uncounted),
        "missing": [text(lang, f"together.missing.{name}") for name in found.missing],
        "asks_costs": bool(of_costs),
        "asks_received": found.small is not None,
        "asks_same": on_costs(found.pairs),
        "asks": bool(of_costs) or found.small is not None or on_costs(found.pairs),
        "wrong": wrong,
    }


def in_short(section: Shown, lang: str) -> list[str]:
    """The section in a few lines, for a calendar."""
    pairs = [
        f"{words.told(lang, p['title'], uncapped(p['verdict']))}."
        for p in (*section["pairs"], *section["folded"])
    ]
    room = section["room"]["says"] if section["room"] else ""
    told = [*section["total"], *([section["stands_on"]] if section["stands_on"] else [])]
    return [*pairs, *section["order"], *told, *([room] if room else [])]


def _goes(pair: Pair) -> str:
    return "perhaps" if pair.why in PERHAPS else str(pair.go).lower()


def _pair(
    pair: Pair, records: Mapping[str, Instrument], names: Mapping[str, str], lang: str
) -> Shown:
    other = pair.second if pair.of == pair.first else pair.first
    of = names.get(pair.of, "")
    says = text(lang, f"together.why.{pair.why}", name=of, other=names[other])
    shown: Shown = {
        "title": text(lang, "together.pair", first=names[pair.first], second=names[pair.second]),
        "verdict": text(lang, f"together.go.{_goes(pair)}"),
        "look": LOOKS[pair.go],
        "says": says,
        "quote": "",
        "sources": [],
    }
    if pair.condition is not None:
        shown["quote"] = words.pick(pair.condition.says.model_dump(), lang)
        shown["sources"].append(source_of(records[pair.of], pair.condition.source, lang))
    if pair.said is not None:
        shown["quote"] = words.pick(pair.said.model_dump(), lang)
        shown["sources"] += [source_of(records[pair.of], n, lang) for n in pair.said.sources]
    if pair.article:
        label = text(lang, "together.article", article=pair.article)
        shown["sources"].append({"label": label, "url": address_of(pair.article, lang)})
    return shown


def _order(
    found: Together, records: Mapping[str, Instrument], names: Mapping[str, str], lang: str
) -> list[str]:
    """In which order to ask; beside what has a term, the last day of it."""
    parts = (
        ("before", found.before), ("untold", found.untold),
        ("in_term", found.in_term), ("after", found.after),
    )  # fmt: skip
    terms = dict(names)
    for i in (*found.in_term, *found.after):
        if last := last_day(records[i].model_dump(), lang):
            terms[i] = f"{names[i]} ({last})"
    first = []
    for one, others in found.first.items():
        after = ", ".join(names[i] for i in others)
        first.append(text(lang, "journey.plan.before_others", name=names[one], others=after))
    for one, others in found.then.items():
        then = ", ".join(names[i] for i in others)
        first.append(text(lang, "together.order.then", name=names[one], others=then))
    return first + [
        text(lang, f"together.order.{when}", names=", ".join(terms[i] for i in ids))
        for when, ids in parts
        if ids
    ]


def _total(
    found: Together, records: Mapping[str, Instrument], names: Mapping[str, str], lang: str
) -> list[str]:
    """The most of all together; what is not known is named with whom to ask, and is no amount."""
    lines = []
    if found.most is not None and found.best:
        best = ", ".join(names[i] for i in found.best)
        counted = [s.id for s in found.shares if s.amount is not None]
        alone = "alone" if len(counted) == 1 else "single"
        key = alone if len(found.best) == 1 else "some"
        amount = words.euro(lang, found.most)
        lines.append(text(lang, f"together.total.{key}", amount=amount, names=best))
        if found.less and key == "some":
            lines.append(text(lang, f"together.less.{found.less}"))
        if taken := taken_for([s for s in found.shares if s.id in found.best], names, lang):
            lines.append(text(lang, "together.total.purpose", taken=taken))
    elif found.most is not None:
        lines += _nought(found, names, lang)
    if found.limit_pct is not None:
        pct = words.measure(lang, found.limit_pct, "pct")
        lines.append(text(lang, "together.total.limit", pct=pct))
    if found.unsure:
        unsure = ", ".join(names[i] for i in found.unsure)
        givers = ", ".join(dict.fromkeys(_giver(records[i], lang) for i in found.unsure))
        lines.append(text(lang, "together.total.unsure", names=unsure, givers=givers))
    part = [s.id for s in found.shares if s.amount is None and s.base is not None]
    if part:
        lines.append(text(lang, "together.total.part", names=", ".join(names[i] for i in part)))
    unknown = ", ".join(names[i] for i in found.unknown if i not in part)
    if unknown:
        nought = found.most is not None and not found.best
        key = "others" if nought else "also" if lines else "nothing"
        lines.append(text(lang, f"together.total.{key}", names=unknown))
    return lines


def _nought(found: Together, names: Mapping[str, str], lang: str) -> list[str]:
    """Why nothing can be had: no room for small aid is left, or the costs are too low."""
    nought = [s for s in found.shares if s.amount is not None]
    why = (("no_room", [s for s in nought if s.over_room]),
           ("none", [s for s in nought if not s.over_room]))  # fmt: skip
    return [
        text(lang, f"together.total.{key}", names=", ".join(names[s.id] for s in of))
        for key, of in why
        if of
    ]


def _giver(record: Instrument, lang: str) -> str:
    told = {"provider": record.provider, "provider_ids": record.provider_ids}
    return str(providers.within(told, lang)["name"])


def _room(found: Together, names: Mapping[str, str], asked: Asked, today: date) -> Shown | None:
    small, lang = found.small, asked.lang
    if small is None:
        return None
    listed = ", ".join(names[i] for i in small.ids)
    ceiling = words.euro(lang, small.ceiling)
    key = "open" if small.room is None else "known" if small.room else "gone"
    room = "" if small.room is None else words.euro(lang, small.room)
    return {
        "says": text(lang, f"together.room.{key}", names=listed, ceiling=ceiling, room=room),
        "assumed": _assumed(small.regime, asked, today),
        "label": text(lang, "together.article", article=small.article),
        "url": address_of(small.article, lang),
    }


def _assumed(regime: str, asked: Asked, today: date) -> str:
    """Whose ceiling it is; where it isn't known what the firm does, the lower ones too."""
    known = regime_of(asked, today)
    laws = {name: regulation_on(name, today) for name in REGIMES if name != "general"}
    lower = {name: words.euro(asked.lang, law.ceiling) for name, law in laws.items() if law}
    return text(asked.lang, f"together.regime.{regime if known else 'unknown'}", **lower)
