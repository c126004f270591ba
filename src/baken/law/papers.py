"""The papers that a firm can hand over beside its facts, read and checked.

``group`` is what ``law size`` takes, ``accounts`` closed years or filings of the National Bank,
``aids`` what ``law de-minimis`` takes, ``activity`` what ``law delineate`` takes. What follows from
them is in :mod:`baken.law.known`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from baken.kernel.errors import BakenError
from baken.law.delineation import read_delineate
from baken.law.deminimis import DeMinimisInput, read_de_minimis
from baken.law.difficulty import read_difficulty
from baken.law.difficulty.model import by_code
from baken.law.size import SizeInput, read_size
from baken.law.size.model import NO_FIGURES
from baken.registers.accounts import Accounts, accounts_of, is_filing
from baken.registers.accounts import figures as figures_of

PAPERS = ("group", "accounts", "aids", "activity")
FIGURES = ("headcount", "turnover", "balance", "months", "estimated")
"""Fields of a year of ``accounts`` that size takes; the others are for difficulty."""
BESIDE = ("linked", "insolvency", "aid", "for", "first_commercial_sale_on")
"""What ``accounts`` can hold beside its years."""
OF_BOOKS = ("legal_form", "participations", "without")
"""What a filing tells beside its years, and the facts that the firm calls wrong in it."""
ME = "firm"


@dataclass(frozen=True)
class Books:
    """Closed years as the two tests take them, newest first, and what came with them."""

    figures: list[dict[str, Any]]
    years: list[dict[str, Any]]
    beside: Mapping[str, Any] = field(default_factory=dict)
    legal_form: str | None = None
    participations: int = 0
    without: frozenset[str] = frozenset()
    """Facts that the firm says these accounts have wrong: they do not follow from them."""
    number: str | None = None
    """The enterprise number that filings tell, also one that can't be."""


def read_papers(raw: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    """The papers among the facts of a query, checked.

    Raises:
        BakenError: with the path below ``facts``, such as ``facts.group.links[0].owner``.
    """
    given = {name: raw[name] for name in PAPERS if raw.get(name) is not None}
    papers: dict[str, Any] = {}
    group = given.get("group")
    if "accounts" in given:
        papers["accounts"] = _under("accounts", _accounts, given["accounts"], as_of)
    if group is not None:
        books = papers.get("accounts")
        group, papers["filings"] = _under("group", _without_filings, group)
        papers["group"] = _under("group", _group, group, as_of, books)
    if "aids" in given:
        papers["aids"] = _under("aids", _aids, given["aids"], as_of, papers.get("group"))
    if "activity" in given:
        papers["activity"] = _under("", read_delineate, {"activity": given["activity"]})
    return papers


def _under(name: str, read: Any, *args: Any) -> Any:
    """What ``read`` gives; its errors get the path of the paper."""
    try:
        return read(*args)
    except BakenError as e:
        parts = [p for p in (f"facts.{name}" if name else "facts", e.path) if p]
        joined = parts[0] + "".join(p if p.startswith("[") else f".{p}" for p in parts[1:])
        raise BakenError(joined, e.problem, e.expected, e.near) from e


def _no_day(raw: Any, expected: str) -> dict[str, Any]:
    """A paper that is a mapping and leaves the day to the query."""
    if not isinstance(raw, Mapping):
        raise BakenError("", "this is no mapping", expected)
    if "as_of" in raw:
        raise BakenError("as_of", "the day is the query's own", "no as_of here")
    return dict(raw)


def _without_filings(raw: Any) -> tuple[Any, dict[str, Books]]:
    """A group in which the ``filings`` of an enterprise became its years, and what they hold."""
    known = raw.get("enterprises") if isinstance(raw, Mapping) else None
    if not isinstance(known, Mapping):
        return raw, {}
    found: dict[str, Books] = {}
    whole = dict(known)
    for name, enterprise in known.items():
        if not isinstance(enterprise, Mapping) or enterprise.get("filings") is None:
            continue
        given = enterprise["filings"]
        where = f"enterprises.{name}.filings"
        filings = [given] if is_filing(given) else given
        if not isinstance(filings, list) or not filings or not all(is_filing(f) for f in filings):
            raise BakenError(where, "these are no filings", "annual accounts as JSON, or a list")
        if enterprise.get("years") is not None:
            raise BakenError(where, "years stand beside filings", "one of the two")
        try:
            found[name] = _from_filings(filings)
        except BakenError as e:
            e.path = where + (e.path if e.path.startswith("[") or not e.path else f".{e.path}")
            raise
        rest = {k: v for k, v in enterprise.items() if k != "filings"}
        whole[name] = {**rest, "years": found[name].figures}
    return {**raw, "enterprises": whole}, found


def _group(raw: Any, as_of: date, books: Books | None) -> SizeInput:
    """A group; where the firm has no years in it, those of its accounts are put in."""
    whole = _no_day(raw, "what `baken law size` takes, without as_of")
    name, known = whole.get("enterprise"), whole.get("enterprises")
    if books and books.figures and isinstance(known, Mapping) and isinstance(name, str):
        mine = known.get(name)
        if isinstance(mine, Mapping) and "years" not in mine:
            whole["enterprises"] = {**known, name: {**mine, "years": books.figures}}
    return read_size({**whole, "as_of": as_of})


def _aids(raw: Any, as_of: date, group: SizeInput | None) -> DeMinimisInput:
    """A list of aids, or the whole question; a group gives the links between enterprises."""
    whole: dict[str, Any] = {"aids": raw}
    if not isinstance(raw, list):
        whole = _no_day(raw, "a list of aids")
    if group is not None:
        whole.setdefault("undertaking", group.enterprise)
        whole.setdefault("links", [
            x.model_dump() for x in group.links
            if group.enterprises[x.owner].kind not in NO_FIGURES
        ])  # fmt: skip
    try:
        return read_de_minimis({"undertaking": ME, **whole, "as_of": as_of})
    except BakenError as e:
        if isinstance(raw, list):
            e.path = e.path.removeprefix("aids")
        raise


def _accounts(raw: Any, as_of: date) -> Books:
    try:
        return _books(raw, as_of)
    except BakenError as e:
        e.path = e.path.removeprefix(f"enterprises.{ME}.")
        raise


def _books(raw: Any, as_of: date) -> Books:
    """Filings of the National Bank, a list of years, or years with what stands beside them."""
    filings = [raw] if is_filing(raw) else raw
    if isinstance(filings, list) and filings and all(is_filing(f) for f in filings):
        books = _from_filings(filings)
    else:
        whole = {"years": raw} if isinstance(raw, list) else _no_day(raw, "closed years")
        known = ("years", *BESIDE, *OF_BOOKS)
        for name in whole:
            if name not in known:
                raise BakenError(str(name), "there is no such field", ", ".join(known))
        told = _of_books(whole)
        books = replace(_from_years(whole.pop("years", None), whole), **told)
    if books.figures:
        read_size(alone(books.figures, as_of))
    read_difficulty({"as_of": as_of, "years": books.years, **books.beside})
    return books


def _of_books(beside: dict[str, Any]) -> dict[str, Any]:
    """What a filing tells beside its years, taken out of ``beside``, and what was called wrong."""
    form, held = beside.pop("legal_form", None), beside.pop("participations", 0)
    without = beside.pop("without", [])
    if form is not None and not isinstance(form, str):
        raise BakenError("legal_form", "this is no text", "a form, or its code")
    if not isinstance(held, int) or held < 0:
        raise BakenError("participations", "this is no number", "how many others are held for 25 %")
    if not isinstance(without, list) or not all(isinstance(f, str) for f in without):
        raise BakenError("without", "this is no list", "fact ids, such as headcount")
    return {"legal_form": form, "participations": held, "without": frozenset(without)}


def _from_filings(filings: Sequence[Mapping[str, Any]]) -> Books:
    """A year's own filing goes before what the next one tells of it."""
    own: dict[date, Any] = {}
    told: dict[date, Any] = {}
    read = [accounts_of(f, where=f"[{at}]" if len(filings) > 1 else "")
            for at, f in enumerate(filings)]  # fmt: skip
    whose = [_whose(f, a) for f, a in zip(filings, read, strict=True)]
    for at, accounts in enumerate(read):
        newest, *before = accounts.years
        if newest.end in own:
            problem = f"two filings are of the year to {newest.end}"
            raise BakenError(f"[{at}]", problem, "each year of the firm once")
        others = (w for w in whose[:at] if not _of_one_firm(w, whose[at]))
        if another := next(others, None):
            one, other = (number or name for number, name in (another, whose[at]))
            problem = f"these are the accounts of {one} and of {other}"
            raise BakenError(f"[{at}]", problem, "filings of one firm; others belong in `group`")
        own[newest.end] = newest
        told.update({y.end: y for y in before})
    years = sorted({**told, **own}.values(), key=lambda y: y.end, reverse=True)
    last = max(read, key=lambda a: a.years[0].end)
    figures, rubrics = [], []
    for year in years:
        months = _months(year.start, year.end) if year.start else None
        row = {"end": year.end, "headcount": year.heads, "turnover": year.turnover,
               "balance": year.balance_total, "months": months}  # fmt: skip
        figures.append({k: v for k, v in row.items() if v is not None})
        rubrics.append({"end": year.end, "months": months, "rubrics": dict(year.rubrics)})
    number = next((number for number, _ in whose if number), None)
    return Books(figures, rubrics, {}, last.legal_form, last.participations, number=number)


def _whose(filing: Mapping[str, Any], accounts: Accounts) -> tuple[str | None, str | None]:
    """The number and the name of the firm that a filing is of, as far as it tells them."""
    told = filing.get("EnterpriseNumber")
    return accounts.number or (str(told)[:40] if told else None), accounts.name


def _of_one_firm(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Whether two filings may be of one firm: by number, and by name where one tells no number."""
    at = 0 if one[0] and other[0] else 1
    return not one[at] or not other[at] or one[at] == other[at]


def _months(start: date, end: date) -> int:
    """The length of a year in whole months, at least one."""
    days = (end - start).days + 1
    return max(1, round(days * 12 / 365.25))


def _from_years(raw: Any, beside: Mapping[str, Any]) -> Books:
    if not isinstance(raw, list) or not all(isinstance(y, Mapping) for y in raw):
        raise BakenError("years", "these are no years", "a list of closed years, newest first")
    figures, years = [], []
    for year in raw:
        row = {"end": year.get("end"), **{k: year[k] for k in FIGURES if k in year}}
        try:
            rubrics = by_code(year.get("rubrics"))
        except ValueError:  # told with its path where difficulty reads it
            rubrics = None
        if isinstance(rubrics, Mapping):
            codes = figures_of({str(k): v for k, v in rubrics.items()})
            for name, code in (("headcount", "heads"), ("turnover", "turnover"),
                               ("balance", "balance_total")):  # fmt: skip
                if codes[code] is not None:
                    row.setdefault(name, codes[code])
        figures.append(row)
        years.append({k: v for k, v in year.items() if k == "months" or k not in FIGURES})
    whole = read_size(alone(figures, date.max)).enterprises[ME].years or []
    known = [y.model_dump(exclude_none=True) for y in whole]
    known = [y for y in known if y.keys() & {"headcount", "turnover", "balance"}]
    return Books(sorted(known, key=lambda y: y["end"], reverse=True), years, beside)


def alone(years: Sequence[Mapping[str, Any]], as_of: date) -> dict[str, Any]:
    """A size question about the firm without any links."""
    return {"as_of": as_of, "enterprise": ME, "enterprises": {ME: {"years": list(years)}}}
