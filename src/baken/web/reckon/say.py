"""An answer of the law room as a page shows it: one plain sentence, what is missing, the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from baken.kernel.errors import BakenError
from baken.law.steps import Step, plain, tell
from baken.web import catalogue, words
from baken.web.reckon import pictures
from baken.web.reckon.answers import ask, each_once
from baken.web.reckon.fill import Filled
from baken.web.reckon.model import Tool
from baken.web.reckon.parse import shown
from baken.web.reckon.walk import Slot
from baken.web.texts import text

Shown = dict[str, Any]
WARNINGS = frozenset({"aid.ends", "aid.grace", "aid.after", "gber.ended", "dm.grace"})
"""Steps that tell of the end of a regulation: said at the top too."""
LOOKS = {True: "fits", False: "excluded", None: "open"}
MOST_STEPS = 400
MOST_MEASURES = 40
SIZES = ("micro", "small", "medium", "large")


def show(tool: Tool, given: Any, answer: Any, filled: Filled | None, lang: str) -> Shown:
    """What the page of a result shows."""
    told: Shown = SAYS[tool.id](given, answer, lang)
    lacking = filled.lacking if filled is not None else []
    if tool.id == "de_minimis" and any(s.group is not None for s in lacking):
        told["says"] = text(lang, "reckon.de_minimis.at_most", room=_euro(lang, answer.room))
        told["look"] = "open"
    steps = _steps(answer.step.steps, lang)
    return {
        "notes": [],
        **told,
        "warnings": [tell(s.code, s.values)[lang] for s in _all(answer.step) if s.code in WARNINGS],
        "missing": [*(slot_label(s, lang) for s in lacking), *each_once(answer.missing, lang)],
        "assumed": [*_defaults(filled, lang), *each_once(answer.assumed, lang)],
        "steps": steps,
    }


def blocked(tool: Tool, filled: Filled, lang: str) -> Shown:
    """What the page shows when an answer lacks that the law room can't do without."""
    labels = [slot_label(s, lang) for s in filled.lacking]
    same = [text(lang, "reckon.same_anyway", label=label) for label in labels]
    return {
        "says": text(lang, f"reckon.{tool.id}.{filled.size or 'open'}"),
        "look": LOOKS[filled.size != "large" if filled.size else None],
        "notes": [],
        "warnings": [],
        "missing": [] if filled.size else labels,
        "assumed": same if filled.size else [],
        "steps": [],
        "by_size": _by_size(filled, lang) if tool.id == "aid" else [],
    }


def slot_label(slot: Slot, lang: str) -> str:
    """What a question is called in a list, with its row."""
    label = slot.question.label[lang]
    if slot.gate and slot.row:
        return slot.question.text[lang]
    if slot.group is None or slot.gate:
        return label
    return f"{slot.group.name[lang]} {slot.row + 1}: {_lower(label)}"


def _lower(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _defaults(filled: Filled | None, lang: str) -> Iterator[str]:
    for slot, part_id, value in filled.defaults if filled is not None else ():
        part = next(p for p in slot.question.parts if p.id == part_id)
        says = shown(part, str(value), lang)
        yield text(lang, "reckon.default", label=slot_label(slot, lang).rstrip("?"), value=says)


def _all(step: Step) -> Iterator[Step]:
    for inner in step.steps:
        yield inner
        yield from _all(inner)


def _steps(steps: list[Step], lang: str) -> list[Shown]:
    """Steps in words; where there are too many for a page, the last one is an ellipsis."""
    found = [_step(s, lang) for s in steps[:MOST_STEPS]]
    if len(steps) > MOST_STEPS:
        found.append({"says": "…", "source": "", "steps": []})
    return found


def _step(step: Step, lang: str) -> Shown:
    says = tell(step.code, step.values)[lang]
    return {
        "says": says[:1].upper() + says[1:],
        "source": step.source,
        "steps": _steps(step.steps, lang),
    }


def _euro(lang: str, value: Decimal | None) -> str:
    return text(lang, "reckon.unknown") if value is None else words.euro(lang, plain(value))


def _size(given: Any, answer: Any, lang: str) -> Shown:
    key = answer.category or ("open_sme" if answer.sme else "open")
    notes = []
    if answer.category is None and answer.possible:
        names = ", ".join(text(lang, f"reckon.size.class_{s}") for s in answer.possible)
        notes.append(text(lang, "reckon.size.possible", names=names))
    totals = [
        {
            "end": words.day(lang, t.end.isoformat()),
            "heads": _number(lang, t.headcount.known),
            "turnover": _euro(lang, t.turnover.known),
            "balance": _euro(lang, t.balance.known),
        }
        for t in answer.totals[:5]
    ]
    return {
        "says": text(lang, f"reckon.size.{key}"),
        "look": LOOKS[answer.sme],
        "notes": notes,
        "group": pictures.group(given, answer, lang),
        "totals": totals,
    }


def _number(lang: str, value: Decimal | None) -> str:
    return text(lang, "reckon.unknown") if value is None else words.number(lang, plain(value))


def _key(value: bool | None) -> str:
    return {True: "true", False: "false", None: "open"}[value]


def _difficulty(given: Any, answer: Any, lang: str) -> Shown:
    key = _key(answer.in_difficulty)
    notes = []
    if answer.in_difficulty:
        notes.append(text(lang, "reckon.difficulty.means_true"))
    if answer.group is not None:
        group = _key(answer.group["in_difficulty"])
        if group != key or group != "true":
            notes.append(text(lang, f"reckon.difficulty.group_{group}"))
    look = {True: "excluded", False: "fits", None: "open"}[answer.in_difficulty]
    return {"says": text(lang, f"reckon.difficulty.{key}"), "look": look, "notes": notes}


def _bell(given: Any, answer: Any, lang: str) -> Shown:
    notes = []
    if answer.meeting_by:
        day = words.day(lang, answer.meeting_by.isoformat())
        notes.append(text(lang, "reckon.alarm_bell.meeting_by", date=day))
    if answer.silent_until:
        day = words.day(lang, answer.silent_until.isoformat())
        notes.append(text(lang, "reckon.alarm_bell.silent_until", date=day))
    if answer.net_assets is not None:
        amount = _euro(lang, answer.net_assets)
        notes.append(text(lang, "reckon.alarm_bell.net_assets", amount=amount))
    look = {True: "excluded", False: "fits", None: "open"}[answer.rings]
    return {"says": text(lang, f"reckon.alarm_bell.{_key(answer.rings)}"), "look": look,
            "notes": notes}  # fmt: skip


def _de_minimis(given: Any, answer: Any, lang: str) -> Shown:
    room = _euro(lang, answer.room)
    if answer.room is None:
        key, look = "open", "open"
    elif given.asked is None:
        key, look = "room", "fits" if answer.room > 0 else "excluded"
    elif answer.applies is False:
        key, look = "barred", "excluded"
    elif answer.fits is None:
        key, look = "open_new", "open"
    else:
        key, look = ("fits", "fits") if answer.fits else ("fits_not", "excluded")
    notes = []
    if answer.used is not None and answer.ceiling is not None:
        used, ceiling = _euro(lang, answer.used), _euro(lang, answer.ceiling)
        notes.append(text(lang, "reckon.de_minimis.used", used=used, ceiling=ceiling))
    if answer.grant_equivalent is not None:
        amount = _euro(lang, answer.grant_equivalent)
        notes.append(text(lang, "reckon.de_minimis.equivalent", amount=amount))
    for day, then in answer.next_room[:4]:
        on = words.day(lang, day.isoformat())
        notes.append(text(lang, "reckon.de_minimis.next", date=on, room=_euro(lang, then)))
    return {
        "says": text(lang, f"reckon.de_minimis.{key}", **({"room": room} if key in ROOM else {})),
        "look": look,
        "notes": notes,
        "timeline": pictures.timeline(given, answer, lang),
    }


ROOM = frozenset({"room", "fits", "fits_not", "open_new"})


def _aid(given: Any, answer: Any, lang: str) -> Shown:
    notes = []
    known = answer.max_aid is not None or answer.max_pct is not None
    if answer.allowed and known:
        says = (
            text(lang, "reckon.aid.true", amount=_euro(lang, answer.max_aid))
            if answer.max_aid is not None
            else text(lang, "reckon.aid.true_pct", pct=_number(lang, answer.max_pct))
        )
        look = "fits"
    elif answer.allowed is False:
        says, look = text(lang, "reckon.aid.false"), "excluded"
        if answer.cumulation["ok"] is False:
            others = answer.cumulation["total"] - plain(given.asked or Decimal(0))
            room = max(0, answer.cumulation["max_total"] - others)
            notes.append(text(lang, "reckon.aid.asked_over", amount=words.euro(lang, room)))
    else:
        says, look = text(lang, "reckon.aid.open"), "open"
    return {
        "says": says,
        "look": look,
        "notes": notes,
        "eu": _eu(answer, lang) if known else "",
        "article": answer.article,
        "base": _number(lang, answer.base_pct) if answer.base_pct is not None else "",
        "bonuses": [_bonus(b, lang) for b in answer.bonuses],
        "next_bonus": [_bonus(b, lang) for b in answer.next_bonus],
    }


def _eu(answer: Any, lang: str) -> str:
    pct, most = answer.max_pct, answer.max_aid
    if pct is None:
        return text(lang, "reckon.aid.eu_amount", amount=_euro(lang, most))
    if most is None:
        return text(lang, "reckon.aid.eu_pct", pct=_number(lang, pct))
    return text(lang, "reckon.aid.eu_says", pct=_number(lang, pct), amount=_euro(lang, most))


def _bonus(bonus: Any, lang: str) -> Shown:
    return {
        "says": tell(f"bonus.{bonus.why}", {})[lang],
        "points": text(lang, "reckon.aid.points", pct=_number(lang, bonus.pct)),
        "source": bonus.source,
    }


def _by_size(filled: Filled, lang: str) -> list[Shown]:
    """What it comes to for each size, where only the size is not known."""
    if [s.key for s in filled.lacking if s.group is None] != ["size"]:
        return []
    rows = []
    for size in SIZES:
        try:
            _, answer = ask("aid", {**filled.input, "size": size})
        except BakenError:
            return []
        closed = answer.allowed is False and answer.cumulation["ok"] is not False
        known = answer.max_aid is not None or answer.max_pct is not None
        says = text(lang, "reckon.aid.none" if closed else "reckon.unknown")
        if known and not closed:
            says = _eu(answer, lang)
        rows.append({"size": text(lang, f"reckon.size.class_{size}"), "says": says})
    return rows


def _delineate(given: Any, answer: Any, lang: str) -> Shown:
    rnd, oslo = answer.frascati["rnd"], answer.oslo["innovation"]
    means = "research" if rnd else "innovation" if oslo else "none"
    if answer.outcome == "open":
        means = "open"
    gber = text(lang, f"reckon.delineate.gber_{answer.gber}") if answer.gber else None
    rows = [("rnd", _truth(rnd, lang)), ("oslo", _truth(oslo, lang)),
            ("gber", gber or text(lang, "reckon.unknown"))]  # fmt: skip
    looks = {"research": "fits", "innovation": "fits", "open": "open", "none": "excluded"}
    return {
        "says": text(lang, f"reckon.delineate.{answer.outcome}"),
        "look": "open" if answer.outcome == "not_yet" else looks[means],
        "facts": [(text(lang, f"reckon.delineate.{n}"), says) for n, says in rows],
        "means": [
            text(lang, f"reckon.delineate.means_{means}"),
            *([text(lang, "reckon.delineate.keep")] if rnd is not False else []),
        ],
        "asked_by": _measures(answer.asked_by, lang),
    }


def _measures(ids: list[str], lang: str) -> list[Shown]:
    """Measures with their names, as far as the page shows them."""
    records = catalogue.by_id(ids)
    found = [records[("instrument", i)] for i in ids if ("instrument", i) in records]
    return [
        {
            "id": r["id"],
            "name": words.pick(r["names"], lang),
            "lang": words.lang_of(r["names"], lang),
        }
        for r in found[:MOST_MEASURES]
    ]


def _truth(value: bool | None, lang: str) -> str:
    return text(lang, {True: "reckon.yes", False: "reckon.no", None: "reckon.unknown"}[value])


SAYS: Mapping[str, Callable[[Any, Any, str], Shown]] = {
    "size": _size,
    "difficulty": _difficulty,
    "alarm_bell": _bell,
    "de_minimis": _de_minimis,
    "aid": _aid,
    "delineate": _delineate,
}
