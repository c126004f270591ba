"""Where a firm works and in what trade, as far as that is known."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from baken import registers
from baken.kernel.cache import cached_json
from baken.kernel.errors import BakenError
from baken.kernel.values import SetOf, Value
from baken.landscape.area import bound_to
from baken.landscape.catalogue import load_catalogue
from baken.landscape.model import Offer, Organisation, Training
from baken.match.firm import Firm, read_firm
from baken.match.topics import TOPICS, of_a_sector

HOME = "vlaams-gewest"
"""Where a firm is that did not say where it is, as likely as not."""
HOMES = {"fr": frozenset({"waals-gewest", "brussels-hoofdstedelijk-gewest"})}
"""The same of an owner who reads the page in that language."""
ANY_DAY = date(2026, 1, 1)
"""Place and trade are read alike on every day."""
FORMAT = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """The themes of a firm's sector (empty: not known), its region and its province.

    ``province`` is ``none`` where the region has no provinces. ``codes`` are those of its trade
    (NACE-BEL 2025), as facts or its own words tell them. ``reads`` is the language of the page.
    """

    themes: frozenset[str] = frozenset()
    region: str | None = None
    province: str | None = None
    codes: SetOf | None = field(default=None, compare=False)
    reads: str = ""

    @classmethod
    def of(cls, firm: Firm, reads: str = "") -> Setting:
        """The setting of a firm; what is known in part only counts as not known."""

        def one(name: str) -> str | None:
            value = firm.values.get(name)
            return value if isinstance(value, str) else None

        codes = firm.values.get("nace_2025", firm.trade)
        known = codes if isinstance(codes, SetOf) else None
        return cls(firm.themes, one("region"), one("province"), known, reads)

    @property
    def home(self) -> str:
        """The region, or the likeliest one."""
        return self.region or HOME

    @property
    def homes(self) -> frozenset[str]:
        """The region, or all that are about as likely."""
        return (
            HOMES.get(self.reads, frozenset({HOME}))
            if self.region is None
            else frozenset({self.region})
        )

    def reached_by(self, record: Offer) -> bool:
        """Whether a record works where the firm is, as far as that is known."""
        area = record.area
        if area.regions and not self.homes & set(area.regions):
            return False
        if self.province is None or not (area.provinces or area.municipalities):
            return True
        return self.province in bound_to(area)

    def is_abroad(self, record: Offer, firm: Mapping[str, Value]) -> bool:
        """Whether a record is of other regions than the one a firm said, and than those of its
        establishments.
        """
        regions = set(record.area.regions)
        if self.region is None or not regions or self.region in regions:
            return False
        others = firm.get("establishment_regions")
        return not isinstance(others, SetOf) or others.has(lambda r: r in regions) is False

    def meant_by(self, record: Offer) -> bool:
        """Whether a record is for every sector or for the firm's, as far as that is known."""
        themes = set(record.themes)
        return not self.themes or "horizontal" in themes or bool(themes & self.themes)

    def shuts_out(self, record: Offer) -> bool:
        """Whether a record is of trades of which the firm's is surely none: who joins florists and
        bakers under one theme has no use for the florists.
        """
        codes = record.nace if isinstance(record, Organisation | Training) else ()
        if not codes or self.codes is None or not of_a_sector(record):
            return False
        own = tuple(code.replace(".", "") for code in codes)
        return self.codes.has(lambda code: code.startswith(own)) is False


def of_another_sector(record: Offer, firm: Firm) -> bool:
    """Whether a course is tied to sectors of which the firm, whose sector is known, is none: by
    joint committee where both tell one, else by its trades, or by the themes that only firms of a
    sector have.
    """
    if not isinstance(record, Training) or "horizontal" in record.themes:
        return False
    committees = firm.values.get("joint_committees")
    if isinstance(committees, SetOf) and record.joint_committees:
        own = tuple(record.joint_committees)
        return committees.has(lambda code: code.startswith(own)) is False
    if Setting.of(firm).shuts_out(record):
        return True
    sectors = set(record.themes) - TOPICS
    return bool(sectors and firm.themes and not sectors & firm.themes)


def made_for_others(kind: str, record_id: str, facts: Mapping[str, Any], need: str) -> bool:
    """Whether a record is a course for other sectors than that of the firm that facts tell of."""
    record = load_catalogue().by_key.get((kind, record_id))
    return record is not None and of_another_sector(record, firm_of(facts, need))


def within_reach(ids: Sequence[str], facts: Mapping[str, Any]) -> list[str]:
    """Which of these records work where a firm is; all of them where its region is not known."""
    setting = Setting.of(firm_of(facts, ""))
    if setting.region is None:
        return list(ids)
    found = load_catalogue()
    return [one for one in ids if all(setting.reached_by(r) for r in found.find(one))]


def region_of(facts: Mapping[str, Any]) -> str | None:
    """The region that facts tell; None where they tell none or leave it open."""
    return Setting.of(firm_of(facts, "")).region


def settings(told: Sequence[tuple[Mapping[str, Any], str]]) -> list[Setting]:
    """The setting of each firm by its facts and its need; kept, since the registers are slow."""
    digest = hashlib.sha256(f"{FORMAT} {told!r} {_registers()}".encode()).hexdigest()[:12]

    def read() -> list[Any]:
        found = [Setting.of(firm_of(facts, need)) for facts, need in told]
        return [[sorted(s.themes), s.region, s.province] for s in found]

    return [Setting(frozenset(t), r, p) for t, r, p in cached_json("settings", digest, read)]


def firm_of(facts: Mapping[str, Any], need: str, day: date = ANY_DAY) -> Firm:
    """The firm that facts tell of; a fact that no register knows is left out."""
    told = dict(facts)
    while True:
        try:
            return read_firm(told, need, day, "nl")
        except BakenError as e:
            name = e.path.removeprefix("facts.").split(".")[0]
            if name not in told:
                raise
            del told[name]


@cache
def _registers() -> str:
    """Changes with what the registers hold."""
    folders = [Path(registers.__file__).parent / "data", Path(__file__).parent / "data"]
    digest = hashlib.sha256()
    for path in sorted(
        p
        for f in folders
        for p in (*f.rglob("*.csv"), *f.glob("themes.yaml"), *f.glob("own_trade.yaml"))
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
