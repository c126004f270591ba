"""What a firm does: NACE codes in both versions, its section, and the themes of its sector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.facts.state import Facts, Origin
from baken.kernel.errors import BakenError
from baken.kernel.files import own_yaml
from baken.kernel.values import SetOf
from baken.match.own_trade import BROAD, own_trades, plain_label
from baken.match.texts import say
from baken.registers import nace
from baken.registers.bridge import NaceElement
from baken.registers.lookup import nace_element, sector_elements


@dataclass(frozen=True)
class Sector:
    """The themes and label of the firm's sector, with what must be said about them.

    ``trade`` has the codes of the trade that only the need tells, ``trade_label`` its words.
    """

    themes: frozenset[str]
    label: str | None
    notices: tuple[str, ...]
    trade: SetOf | None = None
    trade_label: str | None = None


def activity_facts(given: Mapping[str, Any], facts: Facts, need: str, lang: str) -> Sector:
    """Fill in ``nace_2025``, ``nace_2008`` and ``nace_section``; the answer is the sector.

    Codes count as facts, also a bare one where words are expected. Free words count as facts when
    a trade is known for sure, else they only steer the search. A trade that the need tells of the
    firm itself (:mod:`own_trade`) only steers the search too.
    """
    notices: list[str] = []
    version = _version(given)
    given = _with_code(given)
    elements = [_element(code, version, path, notices) for path, code in _codes(given)]
    origin, more = Origin("given"), False
    label: str | None = None
    if elements and "sector" not in given:
        label = nace.lookup(str(_codes(given)[0][1]).strip(), version)[0].label(lang)
    if "sector" in given:
        words = _words(given["sector"])
        found = sector_elements(words)
        sure = [e for e, confidence in found if confidence in ("sure", "likely")]
        if not sure:
            notices.append(say("notice.sector_unknown", lang, text=words[:60]))
        else:
            label = label or words
            if not elements:
                elements = sure
                more = any(c != "sure" for _, c in found)
                origin = Origin("given", words)
    if elements:
        found_sets = {
            "nace_2025": tuple(e.codes_2025 for e in elements),
            "nace_2008": tuple(e.codes_2008 for e in elements),
            "nace_section": tuple(_sections(e) for e in elements),
        }
        for name, members in found_sets.items():
            if all(members) and name not in facts:
                facts.set(name, SetOf(members, more), origin)
    trade, trade_label = None, None
    if not elements:
        own = own_trades(need)
        elements = [NaceElement(t.codes_2025, t.codes_2008, ()) for t in own]
        trade = SetOf(tuple(t.codes_2025 for t in own)) if own else None
        trade_label = plain_label(own[0], lang) if own and "sector" not in given else None
    return Sector(_themes(elements), label, tuple(dict.fromkeys(notices)), trade, trade_label)


def _with_code(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A bare code where words are expected, as a code; codes that are given beside it go first."""
    words = given.get("sector")
    bare = nace.read_bare(words) if isinstance(words, str) else None
    if bare is None:
        return given
    others = {k: v for k, v in given.items() if k != "sector"}
    return others if _codes(others) else {**others, "nace": bare}


def _version(given: Mapping[str, Any]) -> str | None:
    if "nace_version" not in given:
        return None
    version = str(given["nace_version"]).strip()
    if version not in nace.VERSIONS:
        raise BakenError("facts.nace_version", f"'{version[:20]}' is no version", "2008 or 2025")
    return version


def _codes(given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    if "activities" in given:
        raw = given["activities"]
        items = raw.split(",") if isinstance(raw, str) else raw
        if not isinstance(items, list) or len(items) > 1000:
            raise BakenError("facts.activities", "no list of codes", "a list of NACE codes")
        return [(f"facts.activities.{i}", code) for i, code in enumerate(items)]
    return [("facts.nace", given["nace"])] if "nace" in given else []


def _element(code: Any, version: str | None, path: str, notices: list[str]) -> NaceElement:
    if isinstance(code, bool) or not isinstance(code, str | int | float):
        raise BakenError(path, f"{str(code)[:40]!r} is no NACE code", "two to five digits")
    found = nace_element(str(code).strip(), version, path)
    notices += found.notices
    return found


def _words(raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > 500:
        raise BakenError(
            "facts.sector", "no words that can be read", "a few words on what the firm does"
        )
    return raw.strip()


def _sections(element: NaceElement) -> frozenset[str]:
    found = {nace.section(code, "2025") for code in element.codes_2025}
    return frozenset(s for s in found if s)


@lru_cache(maxsize=1)
def _theme_table() -> Mapping[str, list[str]]:
    path = Path(__file__).parent / "data" / "themes.yaml"
    table: Mapping[str, list[str]] = own_yaml(path)
    return table


def _themes(elements: list[NaceElement]) -> frozenset[str]:
    """The themes of trades; one that may be anything (a factory) says nothing of its sector."""
    table = _theme_table()
    told = [e for e in elements if len(e.codes_2025) <= BROAD]
    return frozenset(t for e in told for code in e.codes_2025 for t in table.get(code[:2], ()))
