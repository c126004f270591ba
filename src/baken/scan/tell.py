"""The result of a scan in words, as plain values."""

from __future__ import annotations

from math import floor
from typing import Any

from baken.scan.items import DONT_KNOW, POSTURE, Item, NextStep, Texts, domains, words
from baken.scan.scan import Result, Stand


def in_percent(certainty: float) -> int:
    """A certainty in whole percents, never rounded up to where a side would be named."""
    return floor(certainty * 100 + 1e-9)


def label(about: str) -> Texts:
    """The name of a domain, or of the whole."""
    found: Texts = words()["posture"] if about == POSTURE else domains()[about].label
    return found


def as_json(result: Result, lang: str) -> dict[str, Any]:
    """The result as plain values, in words of one language."""
    scan, say = result.scan, words()
    step = result.step
    return {
        "as_of": scan.as_of.isoformat(),
        "lang": lang,
        "need": scan.need,
        "domain": scan.about,
        "posture": _stand_json(result.posture, lang),
        "domains": [
            _stand_json(result.domains[d], lang)
            if d in result.domains
            else {"id": d, "label": label(d)[lang], "side": "not_asked",
                  "side_says": say["sides"]["not_asked"][lang]}
            for d in domains()
        ],
        "next_step": step and _step_json(step, lang),
        "to_ask": [
            {"item": i.id, "ask": i.ask[lang], "choices": _choices(i, lang)} for i in result.to_ask
        ],
        "limits": say["limits"][lang],
    }  # fmt: skip


def _step_json(step: NextStep, lang: str) -> dict[str, Any]:
    trade = step.trade
    return {
        "says": step.says[lang],
        "trade": trade and trade.id,
        "trade_says": trade and words()["for_trade"][lang].format(trade=trade.label[lang]),
        "needs": list(step.needs),
        "offers": list(step.offers),
        "training": list(step.training),
        "own": list(step.own),
    }


def _choices(item: Item, lang: str) -> list[dict[str, str]]:
    told = [{"value": c.code, "says": c.says[lang]} for c in item.choices]
    return [*told, {"value": DONT_KNOW, "says": words()["unknown_choice"][lang]}]


def _stand_json(stand: Stand, lang: str) -> dict[str, Any]:
    say = words()
    about = label(stand.about)[lang]
    silent = stand.about != POSTURE and not stand.reasons
    kind = "posture_says" if stand.about == POSTURE else "domain_says"
    sentence = say[kind]["silent" if silent else stand.side][lang]
    return {
        "id": stand.about,
        "label": about,
        "side": stand.side,
        "side_says": say["sides"][stand.side][lang],
        "certainty_pct": None if stand.side == "unknown" else in_percent(stand.certainty),
        "says": sentence.format(domain=about),
        "answers": [
            {
                "item": r.given.item.id,
                "ask": r.given.item.ask[lang],
                "answer": r.given.says[lang],
                "fact": r.given.fact,
                "points_to": "proactive" if r.weight > 0 else "reactive",
                "weight": round(r.weight, 2),
            }
            for r in stand.reasons
        ],
    }
