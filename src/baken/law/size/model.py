"""What ``baken law size`` takes: enterprises with their years, and who holds what of whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field

from baken.kernel.documents import Document, said_at
from baken.kernel.errors import BakenError
from baken.kernel.fields import DAY, EUROS, NUMBER
from baken.kernel.questions import Strict, near_names, read_model

ACT = "2003/361/EC, annex, "
Kind = Literal[
    "enterprise", "natural_person", "public_body", "local_authority",
    "public_investment_corporation", "venture_capital", "business_angel", "university",
    "nonprofit_research", "institutional_investor", "regional_fund",
]  # fmt: skip
EXEMPT = frozenset(
    {
        "public_investment_corporation", "venture_capital", "business_angel", "university",
        "nonprofit_research", "institutional_investor", "regional_fund", "local_authority",
    }
)  # fmt: skip
"""Holders that may reach 25 % without being a partner: annex, art. 3(2), second subparagraph."""
PERSON = "natural_person"
NO_FIGURES = frozenset({PERSON, "public_body", "local_authority"})
"""Holders that are no enterprise: they have no heads and money that count, and link nobody."""
Control = Literal["appoint_majority", "dominant_contract", "shareholder_agreement"]
Size = Literal["micro", "small", "medium", "large"]
SIZES: tuple[Size, ...] = ("micro", "small", "medium", "large")
Day = Annotated[date, DAY]
Percent = Annotated[Decimal, Field(ge=0, le=100), NUMBER]
MAX_AMOUNT = 10**15
"""No heads and no euros are more; a larger number is a mistake, and slow to reckon with."""
Amount = Annotated[Decimal, Field(ge=0, le=MAX_AMOUNT, allow_inf_nan=False), NUMBER]
Positive = Annotated[Decimal, Field(ge=0, le=MAX_AMOUNT, allow_inf_nan=False), EUROS]
"""An amount in euros; ``Amount`` counts heads."""
Months = Annotated[Decimal, Field(gt=0, le=24), NUMBER]


class Staff(Strict):
    """Some people of one kind: ``n`` heads at ``fte`` of full time for ``months`` of the year."""

    n: Amount | None = None
    fte: Annotated[Decimal, Field(ge=0, le=1), NUMBER] = Decimal(1)
    months: Annotated[Decimal, Field(ge=0, le=24), NUMBER] | None = None
    kind: Literal[
        "employee", "owner_manager", "partner", "apprentice", "temporary_agency", "seconded_in"
    ] = "employee"
    leave_months: Annotated[Decimal, Field(ge=0, le=12), NUMBER] = Decimal(0)


class Year(Strict):
    """An accounting period: heads in annual work units, money in euros, its last day."""

    end: Day
    headcount: Amount | None = None
    turnover: Positive | None = None
    balance: Positive | None = None
    months: Months | None = None
    estimated: bool = False
    staff: Annotated[list[Staff], Field(max_length=10_000)] | None = None
    currency: Literal["EUR"] = "EUR"


class Enterprise(Strict):
    """An enterprise, or another holder."""

    kind: Kind = "enterprise"
    name: str | None = None
    founded_on: Day | None = None
    accounts: Literal["individual", "consolidated"] | None = None
    includes: list[str] = Field(default_factory=list)
    markets: list[str] | None = None
    years: list[Year] | None = None
    annual_budget: Positive | None = None
    inhabitants: Annotated[int, Field(ge=0), NUMBER] | None = None
    total_invested: Positive | None = None


class Link(Strict):
    """What ``owner`` holds of ``owned``: shares of capital and of votes, or another control."""

    owner: str
    owned: str
    capital_pct: Percent | None = None
    voting_pct: Percent | None = None
    control: Control | None = None
    since: Day | None = None
    involved_in_management: bool | None = None


class SizeInput(Strict):
    """One question on size; lists are complete unless they say otherwise."""

    id: str | int | None = None
    as_of: Day
    enterprise: str
    enterprises: dict[str, Enterprise] = Field(min_length=1)
    links: list[Link] = Field(default_factory=list)
    acting_together: list[list[str]] = Field(default_factory=list)
    adjacent_markets: list[tuple[str, str]] = Field(default_factory=list)
    previous_category: Size | None = None
    dispersed_capital_declaration: bool = False


def read_size(raw: Any, document: Document | None = None) -> SizeInput:
    """An input, checked.

    Raises:
        BakenError: with the path of the field, and the line when ``document`` is given.
    """
    found = read_model(
        SizeInput, raw, document, "this is no size question", "a mapping with as_of and more"
    )
    _check(found, document)
    return found


def _check(found: SizeInput, document: Document | None) -> None:
    known = found.enterprises

    def named(name: str, *where: str | int) -> None:
        if name not in known:
            error = said_at(document, where, f"no enterprise '{name}'", "a name of `enterprises`")
            raise BakenError(error.path, error.problem, error.expected, near_names(name, known))

    named(found.enterprise, "enterprise")
    if known[found.enterprise].kind == PERSON:
        raise said_at(document, ("enterprise",), "a natural person has no size", "an enterprise")
    for name, enterprise in known.items():
        for at, inner in enumerate(enterprise.includes):
            named(inner, "enterprises", name, "includes", at)
        _check_years(name, enterprise, document)
    check_founded(known, found.as_of, document)
    for at, link in enumerate(found.links):
        where = ("links", at)
        named(link.owner, *where, "owner")
        named(link.owned, *where, "owned")
        if known[link.owned].kind == PERSON:
            raise said_at(document, (*where, "owned"), "nobody can hold a person", "an enterprise")
    check_holdings(found.links, document)
    for name, enterprise in known.items():
        for at, inner in enumerate(enterprise.includes):
            if inner != name and name in known[inner].includes:
                place = ("enterprises", name, "includes", at)
                problem = f"{name} and {inner} include each other"
                raise said_at(document, place, problem, "accounts in one of the two")
    for at, group in enumerate(found.acting_together):
        for i, name in enumerate(group):
            named(name, "acting_together", at, i)


def check_holdings(links: Sequence[Link], document: Document | None = None) -> None:
    """Nobody holds itself, and what is held in one enterprise adds up to at most 100 %.

    Raises:
        BakenError: at the link that goes too far.
    """
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for at, link in enumerate(links):
        where = ("links", at)
        if link.owner == link.owned:
            raise said_at(document, where, f"{link.owner} holds itself", "two enterprises")
        for i, (field, pct) in enumerate(
            (("capital_pct", link.capital_pct), ("voting_pct", link.voting_pct))
        ):
            sums[link.owned][i] += pct or 0
            if sums[link.owned][i] > 100:
                problem = f"the holdings in {link.owned} add up to {sums[link.owned][i]} %"
                raise said_at(document, (*where, field), problem, "at most 100 together")


def check_founded(
    enterprises: Mapping[str, Enterprise], as_of: date, document: Document | None = None
) -> None:
    """Nobody was founded after the day of the question.

    Raises:
        BakenError: at the enterprise that was.
    """
    for name, enterprise in enterprises.items():
        day = enterprise.founded_on
        if day is not None and day > as_of:
            where = ("enterprises", name, "founded_on")
            raise said_at(document, where, f"{day} lies after as_of", f"a day up to {as_of}")


def _check_years(name: str, enterprise: Enterprise, document: Document | None) -> None:
    where = ("enterprises", name, "years")
    check_years(enterprise.years, where, document)
    for at, year in enumerate(enterprise.years or ()):
        if year.staff is not None and year.headcount is not None:
            _check_staff(year, year.headcount, (*where, at), document)


def _check_staff(
    year: Year, told: Decimal, where: tuple[str | int, ...], document: Document | None
) -> None:
    """A list of staff gives the heads that are told, to the decimals in which they are told."""
    from baken.law.size.figures import headcount  # figures knows the models: not the other way

    heads = headcount(year.model_copy(update={"headcount": None}))
    if heads is None:
        return
    exponent = told.as_tuple().exponent
    unit = Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(1)
    if heads.quantize(unit, ROUND_HALF_UP) != told:
        problem = f"headcount is {told}, and the staff adds up to {heads.normalize():f}"
        raise said_at(document, (*where, "headcount"), problem, "one of the two, or the same")


class Period(Protocol):
    """What ends on a day and lasts some months (12 where not said)."""

    @property
    def end(self) -> date: ...

    @property
    def months(self) -> Decimal | None: ...


def check_years(
    years: Sequence[Period] | None, where: tuple[str | int, ...], document: Document | None = None
) -> None:
    """Years stand one after the other, in any order of the list.

    Raises:
        BakenError: at an empty list, or at the year that overlaps another.
    """
    if years is None:
        return
    if not years:
        raise said_at(document, where, "the list of years is empty", "a year, or no `years`")
    order = sorted(range(len(years)), key=lambda i: years[i].end, reverse=True)
    for newer, older in pairwise(order):
        begin = _begin(years[newer])
        if years[older].end >= begin:
            problem = f"the year to {years[older].end} overlaps the one to {years[newer].end}"
            raise said_at(document, (*where, older, "end"), problem, "years one after the other")


def _begin(year: Period) -> date:
    """The first day of a period (of whole months, or of some days more)."""
    months = int(year.months) if year.months is not None else 12
    total = year.end.year * 12 + year.end.month - 1 - max(1, months) + 1
    y, m = divmod(total, 12)
    if year.end.day >= 28:
        return date(max(1, y), m + 1, 1)
    y, m = divmod(total - 1, 12)
    return date(max(1, y), m + 1, year.end.day + 1)
