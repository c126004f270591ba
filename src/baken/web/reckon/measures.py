"""The measures of the catalogue beside an answer of the law: with their own rate, not Europe's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from baken.landscape.catalogue import load_catalogue
from baken.landscape.gber import named_articles
from baken.landscape.model import Instrument
from baken.landscape.research import GONE, asking_for
from baken.web import catalogue, words
from baken.web.texts import text

Shown = dict[str, Any]
MOST = 40
FIRST = ("flemish", "provincial", "municipal", "federal", "european", "brussels", "walloon")
"""The order in which a small Flemish firm looks."""


@lru_cache(maxsize=64)
def resting_on(article: str | None, kind: str | None) -> tuple[str, ...]:
    """The ids of the measures that rest on an article, or ask for a kind of research."""
    found = dict.fromkeys(asking_for(load_catalogue(), kind))
    for record in load_catalogue():
        if isinstance(record, Instrument) and record.status.value not in GONE and article:
            named = {a.partition("(")[0] for a in named_articles(record)}
            if article in named:
                found[record.id] = None
    return tuple(found)


def listed(
    ids: list[str] | tuple[str, ...], lang: str, size: str | None = None, taxes: bool = True
) -> list[Shown]:
    """Measures by name, with the rate that each gives a firm of this size; a tax rule's rate is one
    of a tax, not of the costs."""
    records = catalogue.by_id(ids)
    found = [records[("instrument", i)] for i in ids if ("instrument", i) in records]
    found = [r for r in found if taxes or r["kind"] != "tax"]
    found.sort(key=lambda r: FIRST.index(r["level"]) if r.get("level") in FIRST else len(FIRST))
    return [
        {
            "id": r["id"],
            "name": words.pick(r["names"], lang),
            "lang": words.lang_of(r["names"], lang),
            "rate": _rate(r, lang, size) if r["kind"] != "tax" else "",
        }
        for r in found[:MOST]
    ]


def _rate(record: Mapping[str, Any], lang: str, size: str | None) -> str:
    """Its rates and bonuses, else its highest amount, as far as the catalogue has them."""
    mine = [
        p for p in record.get("parameters", ())
        if p.get("for_firm", True) and (size is None or size in (p.get("sizes") or (size,)))
    ]  # fmt: skip
    rates = [p for p in mine if p["name"] == "rate_pct"]
    amounts = [p for p in mine if p["name"] == "max_aid" and p["unit"] == "EUR"]
    told = [_figure(p, lang) for p in rates]
    told = told or [text(lang, "reckon.aid.eu_amount", amount=words.euro(lang, p["value"]))
                    for p in amounts]  # fmt: skip
    return "; ".join(dict.fromkeys(told))


def _figure(row: Mapping[str, Any], lang: str) -> str:
    pct = words.measure(lang, row["value"], "pct")
    part = row.get("part", "base")
    says = pct if part == "base" else text(lang, f"reckon.aid.rate_{part}", pct=pct)
    whom = words.pick(row.get("for_whom"), lang)
    return f"{says} ({whom})" if whom else says
