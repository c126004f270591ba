"""What an answer on de minimis aid says: the room, and whether a new aid fits in it."""

from __future__ import annotations

from typing import Any

from baken.web import words
from baken.web.reckon.filled import Filled
from baken.web.reckon.say.common import Shown, euro, reason, slot_label
from baken.web.reckon.timeline import timeline
from baken.web.texts import text

WITH_ROOM = frozenset({"room", "fits", "fits_not", "open_new", "none_left"})
BARS = frozenset(
    {
        "dm.purpose.export", "dm.purpose.domestic_goods", "dm.sector", "dm.insolvency", "dm.mixed",
        "dm.outside",
    }
)  # fmt: skip
ONLY_ROOM = frozenset({"dm.grant", "dm.fits", "dm.fits_not"})
"""Steps on a new aid, where none was asked for."""
MOST_DAYS = 4
NEW = frozenset({"amount", "principal"})
"""The questions that tell how much the new aid is."""


def says(given: Any, answer: Any, filled: Filled | None, lang: str) -> Shown:
    """The room; where something of earlier aid is not known, at most so much."""
    asked = given.asked
    new = asked is not None and not (asked.instrument == "grant" and not asked.amount
                                     and not asked.instalments)  # fmt: skip
    notes = []
    lacking = [s for s in filled.lacking if s.group is not None] if filled is not None else []
    unsaid = filled is not None and any(s.key in NEW for s in filled.lacking)
    if answer.room is None:
        name, look = "open", "open"
    elif unsaid:
        name, look = "open_new", "open"
    elif not new:
        name, look = ("room", "fits") if answer.room > 0 else ("none_left", "excluded")
    elif answer.applies is False:
        name, look = "barred", "excluded"
        notes.append(reason(answer.step, BARS, lang))
    elif answer.fits is None:
        name, look = "open_new", "open"
    else:
        name, look = ("fits", "fits") if answer.fits else ("fits_not", "excluded")
    room = euro(lang, answer.room)
    said = text(lang, f"reckon.de_minimis.{name}", **({"room": room} if name in WITH_ROOM else {}))
    if lacking and name != "barred":
        said, look = text(lang, "reckon.de_minimis.at_most", room=room), "open"
        labels = ", ".join(dict.fromkeys(slot_label(s, lang) for s in lacking))
        notes.append(text(lang, "reckon.de_minimis.not_all", labels=labels))
    elif answer.used is not None and answer.ceiling is not None:
        used, ceiling = euro(lang, answer.used), euro(lang, answer.ceiling)
        notes.append(text(lang, "reckon.de_minimis.used", used=used, ceiling=ceiling))
    if new and answer.grant_equivalent is not None and name != "barred":
        notes += _new(answer, name, lang)
    if not lacking:
        for day, then in answer.next_room[:MOST_DAYS]:
            on = words.day(lang, day.isoformat())
            notes.append(text(lang, "reckon.de_minimis.next", date=on, room=euro(lang, then)))
    if asked is not None and asked.granted_on != given.as_of:
        on = words.day(lang, asked.granted_on.isoformat())
        notes.insert(0, text(lang, "reckon.de_minimis.on_day", date=on))
    if answer.register.get("required"):
        days = answer.register["within_working_days"]
        notes.append(text(lang, "reckon.de_minimis.register", days=days))
    return {
        "says": said,
        "look": look,
        "notes": [n for n in notes if n],
        "timeline": timeline(given, answer, lang, new=new, whole=not lacking),
        "skip": () if new else ONLY_ROOM,
    }


def _new(answer: Any, name: str, lang: str) -> list[str]:
    """What the new aid counts for, and what is left after it, or how much less would fit."""
    worth = answer.grant_equivalent
    found = [text(lang, "reckon.de_minimis.equivalent", amount=euro(lang, worth))]
    if name == "fits":
        after = euro(lang, answer.room - worth)
        found.append(text(lang, "reckon.de_minimis.after", room=after))
    if name == "fits_not" and answer.room > 0:
        over = euro(lang, worth - answer.room)
        found.append(text(lang, "reckon.de_minimis.less", amount=over))
    return found
