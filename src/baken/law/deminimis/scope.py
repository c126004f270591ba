"""Whether a regulation holds for a de minimis aid: sectors, purposes, separated accounts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from baken.law.deminimis.model import Asked, DeMinimisInput, Regime
from baken.law.deminimis.regulation import (
    Regulation,
)
from baken.law.logic import Truth, every
from baken.law.steps import Step

SINGLE_FARMING = ("01.1", "01.2", "01.3", "01.4", "01.5", "011", "012", "013", "014", "015")
PART_FARMING = ("01.6", "01.7", "016", "017")
FISHING = ("03",)
FISH_PROCESSING = ("10.2", "102")
FISH_TRADE = ("46.38", "4638", "47.23", "4723")
FISH_APART = date(2023, 10, 25)
"""From then only primary fishery is apart: 2023/2391, art. 2."""


def applies(
    asked: Asked, given: DeMinimisInput, law: Regulation, assumed: dict[str, None], top: Step
) -> Truth:
    """Sector, purpose, insolvency and separate accounts: art. 1 and 4(3)(a)."""
    found: list[Truth] = []
    if asked.purpose != "other":
        top.under(f"dm.purpose.{asked.purpose}", f"{law.number}, art. 1(1)")
        found.append(False)
    found.append(_sector(asked.nace, law, asked.granted_on, assumed))
    if found[-1] is False:
        top.under("dm.sector", f"{law.number}, art. 1(1)", nace=asked.nace or "")
    if asked.instrument != "grant":
        if asked.insolvency is None:
            assumed["asked.insolvency: no"] = None
        elif asked.insolvency:
            point = "4(3)(a)" if asked.instrument == "loan" else "4(6)(a)"
            top.under("dm.insolvency", f"{law.number}, art. {point}")
            found.append(False if law.number in ("2023/2831", "2023/2832") else None)
    found.append(_separated(given, law, assumed, top))
    return every(found)


def regime_of(codes: Collection[str]) -> Regime | None:
    """Which regulation holds for aid to an activity that has one of these NACE codes: that of
    primary farming, of fishery, else the general one; None where they don't settle it.

    >>> regime_of({"01.41"}), regime_of({"03110", "03120"}), regime_of({"01.61"})
    ('agriculture', 'fishery', None)
    """
    found = {_regime_of(code) for code in codes}
    return found.pop() if len(found) == 1 else None


def _regime_of(code: str) -> Regime | None:
    if code.startswith(SINGLE_FARMING):
        return "agriculture"
    if code.startswith(PART_FARMING) or code in ("01", "A"):
        return None
    return "fishery" if code.startswith(FISHING) else "general"


def _sector(nace: str | None, law: Regulation, day: date, assumed: dict[str, None]) -> Truth:
    if nace is None:
        assumed["asked.nace: a sector in which the regulation holds"] = None
        return True
    code = nace.strip()
    farming = code.startswith(SINGLE_FARMING)
    partly = code.startswith(PART_FARMING) or code in ("01", "A")
    fishing = code.startswith(FISHING)
    if day < FISH_APART:  # until then the whole sector, processing too, had its own regulation
        fishing = fishing or code.startswith(FISH_PROCESSING)
        partly = partly or code.startswith(FISH_TRADE)
    if law.regime == "agriculture":
        return True if farming else None if partly else False
    if law.regime == "fishery":
        return fishing or (None if code.startswith(FISH_TRADE) and partly else False)
    if law.regime == "sgei":
        return not (farming or fishing) if not partly else None
    if farming or fishing:
        return False
    return None if partly else True


def _separated(
    given: DeMinimisInput, law: Regulation, assumed: dict[str, None], top: Step
) -> Truth:
    other = {"general": ("agriculture", "fishery"), "sgei": ("agriculture", "fishery"),
             "agriculture": ("general", "fishery"),
             "fishery": ("general", "agriculture")}[law.regime]  # fmt: skip
    mixed = any(a.regime in other for a in given.aids)
    if given.separated_accounts is None:
        if mixed:
            assumed["separated_accounts: yes"] = None
        return True
    if not given.separated_accounts and mixed:
        top.under("dm.mixed", f"{law.number}, art. 1(2)")
        return False
    return True
