"""How much one measure gives at most, in words: its rates, each for its own purpose, and its limit.

A usual rate and a highest one in one sentence are always for the same purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from baken.landscape.model import Instrument, Text
from baken.landscape.most import Assumed, Purpose, Share
from baken.web import words
from baken.web.owner.grounds import dated
from baken.web.texts import text

Shown = dict[str, Any]


def told_share(share: Share, record: Instrument, name: str, lang: str) -> Shown:
    """A row of the table: the measure, its amount, and how that was reckoned."""
    return {
        "name": name,
        "amount": _at_most(share, lang),
        "says": " ".join([*_rates(share, lang), *_notes(share, lang)]),
        "assumed": list(_stands_on(share.assumed, lang)),
        "sources": [source_of(record, n, lang) for n in share.sources],
    }


def source_of(record: Instrument, number: int, lang: str) -> Shown:
    """A source of a record, as a link."""
    source = next(s for s in record.sources if s.n == number)
    return {"label": dated(source.date, lang), "url": source.url}


def taken_for(shares: Iterable[Share], names: Mapping[str, str], lang: str) -> str:
    """The measures of which the amount hangs on the purpose, each with the one that was taken."""
    told = [f"{names[s.id]} ({_purpose(s.for_whom, lang)})" for s in shares if s.by_purpose]
    return f"{words.semicolon(lang)} ".join(told)


def _rates(share: Share, lang: str) -> list[str]:
    """The share of the costs and the limit; for each purpose apart where there are several."""
    if share.purposes:
        return _each_purpose(share, lang)
    rate = "" if share.rate_pct is None else words.measure(lang, share.rate_pct, "pct")
    cap = "" if share.cap is None else words.euro(lang, share.cap)
    if share.base is not None:
        told = [text(lang, "together.of.base", rate=rate, base=_base(share.base, lang))]
        return [*told, *([text(lang, "together.of.never", cap=cap)] if cap else [])]
    alone = "cap" if share.of_costs else "cap_alone"
    key = "both" if rate and cap else "rate" if rate else alone if cap else "none"
    usual = "" if share.usual_pct is None else words.measure(lang, share.usual_pct, "pct")
    if usual == rate:
        return [text(lang, f"together.of.{key}", rate=rate, cap=cap)]
    beside = "extra" if usual else "most"
    return [text(lang, f"together.of.{key}_{beside}", usual=usual, rate=rate, cap=cap)]


def _each_purpose(share: Share, lang: str) -> list[str]:
    told = [text(lang, "together.of.purposes")]
    told += [_one_purpose(p, share, lang) for p in share.purposes]
    if any(p.usual_pct != p.rate_pct for p in share.purposes):
        told.append(text(lang, "together.of.with_extra"))
    caps = {p.cap for p in share.purposes}
    if len(caps) == 1 and share.cap is not None:
        told.append(text(lang, "together.of.never", cap=words.euro(lang, share.cap)))
    return told


def _one_purpose(purpose: Purpose, share: Share, lang: str) -> str:
    """A purpose with its rates and, where amounts differ, its own."""
    label = _purpose(purpose.for_whom, lang)
    rate = "" if purpose.rate_pct is None else words.measure(lang, purpose.rate_pct, "pct")
    if purpose.usual_pct is not None and purpose.usual_pct != purpose.rate_pct:
        low = words.number(lang, purpose.usual_pct)
        rate = text(lang, "together.purpose.range", low=low, high=rate)
    if purpose.base is not None:
        rate = text(lang, "together.purpose.base", rate=rate, base=_base(purpose.base, lang))
    says = f"{rate}."
    if purpose.under_least and purpose.least_costs is not None and _own_least(share):
        least = words.euro(lang, purpose.least_costs)
        says = text(lang, "together.purpose.least", rate=rate, amount=least)
    elif purpose.under_aid and share.amount and share.least_aid is not None:
        least = words.euro(lang, share.least_aid)
        says = text(lang, "together.purpose.too_low", rate=rate, amount=least)
    elif share.by_purpose and purpose.amount is not None:
        amount = words.euro(lang, purpose.amount)
        says = text(lang, "together.purpose.amount", rate=rate, amount=amount)
    return words.told(lang, label[:1].upper() + label[1:], says)


def _base(base: Text, lang: str) -> str:
    return str(words.pick(base.model_dump(), lang))


def _own_least(share: Share) -> bool:
    """Whether purposes differ in what they must cost at least: each is told with its own then."""
    return len({p.least_costs for p in share.purposes}) > 1


def _purpose(purpose: Text | None, lang: str) -> str:
    """A purpose by its name; none is every other case."""
    if purpose is None:
        return text(lang, "together.purpose.else")
    return str(words.pick(purpose.model_dump(), lang))


def _notes(share: Share, lang: str) -> list[str]:
    """What else bounds it: the costs, the least aid, the room for small aid, a limit of before."""
    least, most = (
        "" if v is None else words.euro(lang, v) for v in (share.least_costs, share.most_costs)
    )
    low = share.under_least and not _own_least(share)
    notes = [text(lang, "together.least", amount=least)] if low else []
    if most:
        key = "over_most" if share.over_most else "price" if share.price else "most_costs"
        notes.append(text(lang, f"together.{key}", amount=most))
    if share.under_aid and share.least_aid is not None:
        notes.append(text(lang, "together.least_aid", amount=words.euro(lang, share.least_aid)))
    if share.over_room and share.amount is not None:
        left = words.euro(lang, share.amount)
        key = "room_left" if share.amount else "room_gone"
        notes.append(text(lang, f"together.{key}", room=left))
    if share.past_caps:
        notes.append(text(lang, "together.past_caps", caps=_past(share, lang)))
    return notes


def _past(share: Share, lang: str) -> str:
    """The amounts that bounded a measure before, each with what it was for and until when."""
    told = []
    for cap in share.past_caps:
        per = words.pick(cap.per.model_dump(), lang) if cap.per else ""
        until = text(lang, "together.until", day=words.day(lang, str(cap.valid_to)))
        told.append(f"{' '.join(filter(None, (words.euro(lang, cap.value), per)))} ({until})")
    return "; ".join(told)


def _at_most(share: Share, lang: str) -> str:
    """The most of one measure; where that is for a purpose alone, with that purpose, and with what
    all other projects get."""
    if share.amount is None:
        return text(lang, "together.unknown")
    most = words.euro(lang, share.amount)
    if not share.by_purpose:
        return most
    most = f"{most} ({_purpose(share.for_whom, lang)})"
    other = next((p.amount for p in share.purposes if p.for_whom is None), None)
    if not other or share.for_whom is None:
        return most
    return text(lang, "together.or_else", amount=most, other=words.euro(lang, other))


def _stands_on(assumed: Sequence[Assumed], lang: str) -> Iterable[str]:
    """On what an amount stands: it is told beside it, what stands alike in one sentence."""
    order = list(dict.fromkeys(a.why for a in assumed))
    for why, alike in groupby(sorted(assumed, key=lambda a: order.index(a.why)), lambda a: a.why):
        same = list(alike)
        told = [words.pick(a.says.model_dump(), lang) for a in same if a.says]
        key = "bonuses" if why == "bonus" and len(told) > 1 else why
        above: Decimal | None = same[0].above
        pct = "" if above is None else words.measure(lang, above, "pct")
        says = f"{words.semicolon(lang)} ".join(dict.fromkeys(told))
        yield text(lang, f"together.assumed.{key}", says=says, pct=pct)
