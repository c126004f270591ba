"""Heads and money of a group, year by year: annex to Recommendation 2003/361/EC, art. 4 to 6."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baken.law.size.model import Enterprise, Year
from baken.law.size.parts import Part

NOUGHT = Decimal(0)
FIELDS = ("headcount", "turnover", "balance")
NOT_COUNTED = frozenset({"apprentice"})
"""Apprentices under contract (art. 5)."""


@dataclass(slots=True)
class Bound:
    """A figure between two bounds; ``hi`` None: there is no upper bound (something is missing)."""

    lo: Decimal = NOUGHT
    hi: Decimal | None = NOUGHT

    def add(self, value: Decimal | None, share: Decimal) -> None:
        if value is None:
            self.hi = None
            return
        more = value * share / 100
        self.lo += more
        if self.hi is not None:
            self.hi += more

    @property
    def known(self) -> Decimal | None:
        return self.lo if self.hi is not None else None


@dataclass(slots=True)
class Total:
    """A year of the group: heads, turnover and balance sheet total, each between bounds."""

    end: date
    headcount: Bound
    turnover: Bound
    balance: Bound


def headcount(year: Year) -> Decimal | None:
    """Annual work units: as given, or from the staff list (art. 5).

    Part-time and seasonal work count as fractions; leave for a birth or a child does not count;
    apprentices do not; owners who manage and partners who work in it regularly do. Agency workers
    count where they work, as the Commission's guide allows: the safe side for a firm.
    """
    if year.headcount is not None or year.staff is None:
        return year.headcount
    whole = year.months or Decimal(12)
    total = NOUGHT
    for some in year.staff:
        if some.kind in NOT_COUNTED:
            continue
        if some.n is None:
            return None
        months = whole if some.months is None else min(some.months, whole)
        total += some.n * some.fte * max(NOUGHT, months - some.leave_months) / whole
    return total


STAFF_TAKEN = {"fte": "1", "months": "the whole year", "kind": "employee", "leave_months": "0"}
"""What is taken of people on a staff list where the list does not say it."""


def taken(year: Year) -> list[str]:
    """What the staff list of a year leaves to be taken, as ``field = value``."""
    if year.headcount is not None:
        return []
    found = [
        f"staff.{name} = {value}"
        for name, value in STAFF_TAKEN.items()
        if any(name not in some.model_fields_set for some in year.staff or ())
    ]
    if any(some.kind == "temporary_agency" for some in year.staff or ()):
        found.append("staff.temporary_agency = counted here, not at the agency")
    return found


def figure(year: Year, field: str) -> Decimal | None:
    """A figure of a year; turnover brought to twelve months (art. 4(1): on an annual basis)."""
    if field == "headcount":
        return headcount(year)
    value: Decimal | None = getattr(year, field)
    if field == "turnover" and value is not None and year.months not in (None, 12):
        return value * 12 / Decimal(year.months or 12)
    return value


def closed(enterprise: Enterprise, as_of: date) -> list[Year]:
    """The years that count on a day, newest first: those closed, or estimated in good faith."""
    years = [y for y in enterprise.years or () if y.end <= as_of and not y.estimated]
    if not years:  # art. 4(3): an estimate only while no accounts are closed
        years = [y for y in enterprise.years or () if y.estimated]
    return sorted(years, key=lambda y: y.end, reverse=True)


def consolidated(enterprise: Enterprise) -> bool:
    """Whether its accounts are consolidated: as said, or since they include others."""
    return enterprise.accounts == "consolidated" or (
        enterprise.accounts is None and bool(enterprise.includes)
    )


def covered(parts: Sequence[Part], known: Mapping[str, Enterprise]) -> dict[str, str]:
    """Enterprises whose figures stand in another's consolidated accounts, with whose (art. 6(2)).

    Consolidated accounts of what is linked cover linked ones and partners alike; those of a
    partner cover what counts at its own share.
    """
    share = {p.enterprise: p.pct for p in parts if p.pct > 0}
    found: dict[str, str] = {}
    for name, pct in sorted(share.items(), key=lambda item: -item[1]):
        if not consolidated(known[name]):
            continue
        todo, seen = list(known[name].includes), {name}
        while todo:
            inner = todo.pop()
            if inner in seen:
                continue
            seen.add(inner)
            if inner in share and pct >= share[inner] and found.get(name) != inner:
                found.setdefault(inner, name)
            todo += known[inner].includes
    return found


def totals(
    parts: Sequence[Part],
    known: Mapping[str, Enterprise],
    as_of: date,
    missing: dict[str, None],
) -> tuple[list[Total], dict[str, str]]:
    """The totals of each year that the enterprise has, newest first, and who is covered by whom."""
    cover = covered(parts, known)
    counted = [
        p
        for p in parts
        if p.pct > 0 and p.enterprise not in cover and not _no_business(known[p.enterprise])
    ]
    me = parts[0].enterprise
    lead = me
    while lead in cover:
        lead = cover[lead]
    years = {p.enterprise: closed(known[p.enterprise], as_of) for p in counted}
    ends = [y.end for y in years.get(lead, ())]
    if not ends:
        missing[f"enterprises.{lead}.years"] = None
    found = []
    for at, end in enumerate(ends):
        total = Total(end, Bound(), Bound(), Bound())
        for part in counted:
            _add(total, part, known[part.enterprise], years[part.enterprise], at, missing)
        found.append(total)
    if not ends and any(years.values()):
        total = Total(as_of, Bound(), Bound(), Bound())
        for part in counted:
            _add(total, part, known[part.enterprise], years[part.enterprise], 0, missing)
        found.append(total)
    return found, cover


def _add(
    total: Total,
    part: Part,
    enterprise: Enterprise,
    years: Sequence[Year],
    at: int,
    missing: dict[str, None],
) -> None:
    name = part.enterprise
    if at >= len(years):
        if years and enterprise.founded_on is not None and _before(enterprise, total.end):
            return
        missing[f"enterprises.{name}.years" + (f"[{at}]" if years else "")] = None
        for field in FIELDS:
            getattr(total, field).add(None, part.pct)
        return
    for field in FIELDS:
        value = figure(years[at], field)
        if value is None:
            missing[f"enterprises.{name}.years[{at}].{field}"] = None
        getattr(total, field).add(value, part.pct)


def _no_business(enterprise: Enterprise) -> bool:
    """A business angel without years is a person who has no figures to give."""
    return enterprise.kind == "business_angel" and enterprise.years is None


def _before(enterprise: Enterprise, end: date) -> bool:
    """Whether a year closed before the enterprise was founded: then it has no figures in it."""
    return enterprise.founded_on is not None and end < enterprise.founded_on


def within(total: Total, heads: Decimal, turnover: Decimal, balance: Decimal) -> tuple[bool, bool]:
    """Whether a year lies below a class's ceilings at its lowest, and at its highest, figures.

    Fewer heads than the ceiling, and not more turnover or not a larger balance sheet (art. 2).
    """

    def below(at: str) -> bool:
        values: Iterable[Decimal | None] = (getattr(getattr(total, field), at) for field in FIELDS)
        h, t, b = values
        money = (t is not None and t <= turnover) or (b is not None and b <= balance)
        return h is not None and h < heads and money

    return below("lo"), below("hi")
