"""The gross grant equivalent of an aid: Regulation (EU) 2023/2831, art. 3(5), 3(6) and 4."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from baken.law.deminimis.model import Asked, Instalment
from baken.law.deminimis.regulation import COLLATERAL, GUARANTEED, Regulation
from baken.law.logic import later
from baken.law.steps import Step

CENT = Decimal("0.01")
NOUGHT = Decimal(0)


class Equivalent:
    """A grant equivalent between two bounds; the same when it is known."""

    __slots__ = ("hi", "lo")

    def __init__(self, lo: Decimal, hi: Decimal | None) -> None:
        self.lo, self.hi = lo, hi

    @property
    def known(self) -> Decimal | None:
        return self.lo if self.hi is not None and self.lo == self.hi else None


def cents(value: Decimal) -> Decimal:
    """Rounded to cents, half up."""
    return value.quantize(CENT, ROUND_HALF_UP)


def exact(value: Decimal) -> Equivalent:
    return Equivalent(cents(value), cents(value))


def equivalent(
    asked: Asked, law: Regulation, missing: dict[str, None], assumed: dict[str, None], top: Step
) -> Equivalent:
    """What an aid counts for; bounds when something is missing."""
    if asked.instalments is not None:
        return _instalments(asked, missing, top)
    if asked.instrument == "grant" or asked.principal is None:
        amount = asked.amount or NOUGHT
        top.under("dm.grant", f"{law.number}, art. 3(5)", amount=amount)
        return exact(amount)
    if asked.instrument == "loan":
        return _loan(asked, law, missing, assumed, top)
    return _guarantee(asked, law, missing, assumed, top)


def _instalments(asked: Asked, missing: dict[str, None], top: Step) -> Equivalent:
    """Discounted to the day of granting, with the discount rate of that day (art. 3(6))."""
    parts = asked.instalments or []
    nominal = sum((p.amount or NOUGHT for p in parts), NOUGHT)
    for at, part in enumerate(parts):
        for name in ("on", "amount"):
            if getattr(part, name) is None:
                missing[f"asked.instalments[{at}].{name}"] = None
    if any(p.amount is None for p in parts):
        return Equivalent(NOUGHT, None)
    if any(p.on is None for p in parts):
        return Equivalent(NOUGHT, cents(nominal))
    if asked.discount_rate_pct is None:
        if all(p.on is not None and p.on <= asked.granted_on for p in parts):
            return exact(nominal)
        missing["asked.discount_rate_pct"] = None
        return Equivalent(NOUGHT, cents(nominal))
    total = present_value(parts, asked.granted_on, asked.discount_rate_pct)
    top.under("dm.discounted", "2023/2831, art. 3(6)", nominal=nominal, amount=cents(total),
              rate=asked.discount_rate_pct)  # fmt: skip
    return exact(total)


def present_value(parts: list[Instalment], day: date, rate_pct: Decimal) -> Decimal:
    """The value on a day of amounts paid later, at a yearly rate in percent.

    Whole years count as such, the rest in days of a year of 365; the acts are silent on it.
    """
    factor = 1 + rate_pct / 100
    total = NOUGHT
    for part in parts:
        if part.amount is not None and part.on is not None:
            total += part.amount / factor ** years_between(day, part.on)
    return total


def years_between(start: date, end: date) -> Decimal:
    """Years from a day to a later one; nothing when it is not later."""
    if end <= start:
        return NOUGHT
    whole = end.year - start.year
    if later(start, years=whole) > end:
        whole -= 1
    rest = (end - later(start, years=whole)).days
    return whole + Decimal(rest) / 365


def _loan(
    asked: Asked, law: Regulation, missing: dict[str, None], assumed: dict[str, None], top: Step
) -> Equivalent:
    """By the safe harbour in proportion (art. 4(3)(b)), else by the reference rate (c)."""
    principal, years = asked.principal or NOUGHT, asked.years
    collateral = asked.collateral_pct
    if years is None:
        missing["asked.years"] = None
        if principal > max((most for most, _ in law.loan), default=NOUGHT):
            missing["asked.reference_rate_pct"] = None
        elif collateral is None:
            missing["asked.collateral_pct"] = None
        return Equivalent(NOUGHT, principal)
    if collateral is None or collateral >= COLLATERAL:
        for most, most_years in law.loan:
            if principal <= most and years <= most_years:
                value = cents(law.ceiling * principal / most * years / most_years)
                if collateral is None:
                    missing["asked.collateral_pct"] = None
                    top.under("dm.loan_collateral", f"{law.number}, art. 4(3)(b)", amount=value)
                    return Equivalent(value, principal)
                top.under("dm.loan", f"{law.number}, art. 4(3)(b)", principal=principal,
                          years=years, most=most, most_years=most_years,
                          ceiling=law.ceiling, amount=value)  # fmt: skip
                return exact(value)
    rate = asked.reference_rate_pct
    if rate is None:
        missing["asked.reference_rate_pct"] = None
        top.under("dm.loan_no_rate", f"{law.number}, art. 4(3)(b), (c)")
        return Equivalent(NOUGHT, principal)
    interest = asked.interest_rate_pct
    if interest is None:
        assumed["asked.interest_rate_pct: 0"] = None
    if asked.repayment is None:
        assumed["asked.repayment: end"] = None
    value = cents(advantage(principal, years, rate, interest or NOUGHT, asked.repayment or "end"))
    top.under("dm.loan_rate", f"{law.number}, art. 4(3)(c)", principal=principal, years=years,
              rate=rate, amount=value)  # fmt: skip
    return exact(value)


def advantage(
    principal: Decimal, years: Decimal, rate_pct: Decimal, interest_pct: Decimal, repayment: str
) -> Decimal:
    """What a soft loan is worth: the interest that is not paid, year by year, discounted.

    As in the Commission's annex "Calculation of the cash grant equivalent of a soft loan".
    """
    factor = 1 + rate_pct / 100
    gap = (rate_pct - interest_pct) / 100
    if repayment == "end" and interest_pct == 0:
        return principal * (1 - factor**-years)
    whole = int(years)
    total, left = NOUGHT, principal
    for year in range(1, whole + 1):
        total += left * gap / factor**year
        if repayment == "linear":
            left -= principal / years
    rest = years - whole
    if rest:
        total += left * gap * rest / factor**years
    return total


def _guarantee(
    asked: Asked, law: Regulation, missing: dict[str, None], assumed: dict[str, None], top: Step
) -> Equivalent:
    """By the safe harbour in proportion (art. 4(6)(b)): at most 80 % of the loan guaranteed, and
    since 2024 losses and recoveries shared in proportion (general, services)."""
    principal, years, pct = asked.principal or NOUGHT, asked.years, asked.guarantee_pct
    for name, value in (("years", years), ("guarantee_pct", pct)):
        if value is None:
            missing[f"asked.{name}"] = None
    if years is None or pct is None:
        return Equivalent(NOUGHT, principal)
    guaranteed = principal * pct / 100
    if pct <= GUARANTEED:
        for most, most_years in law.guarantee:
            if guaranteed <= most and years <= most_years:
                if law.number in ("2023/2831", "2023/2832"):
                    assumed["asked: lender and guarantor share losses in proportion"] = None
                value = cents(law.ceiling * guaranteed / most * years / most_years)
                top.under("dm.guarantee", f"{law.number}, art. 4(6)(b)", guaranteed=guaranteed,
                          years=years, most=most, most_years=most_years,
                          ceiling=law.ceiling, amount=value)  # fmt: skip
                return exact(value)
    missing["asked: the premium of the safe-harbour notice, or an approved method"] = None
    top.under("dm.guarantee_no", f"{law.number}, art. 4(6)")
    return Equivalent(NOUGHT, None)
