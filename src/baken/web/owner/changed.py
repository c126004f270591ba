"""What an answer to a question changed in what the owner had seen: told in one line, so that
nobody needs to read all of it again.

What was seen travels in a field of the question's own form:
``unizo|instrument/x:open,training/y:fits``, the first door and the offers, each with how it came
out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from baken.web.owner.asking import PICK
from baken.web.owner.doorway import short
from baken.web.owner.grounds import Shown
from baken.web.texts import plural, text

MOST_SIGNS = 4_000
MOST_KEYS = 40
_SEEN = re.compile(rf"({PICK.pattern}):([a-z_]{{1,20}})")


def seen(answer: Shown) -> str:
    """What a page shows, for the field: its first door and its offers."""
    doors = (answer["route"] or {}).get("doors", [])
    now = ",".join(f"{key}:{offer['brief']}" for key, offer in _offers(answer).items())
    return f"{doors[0]['id'] if doors else ''}|{now}"


def changed(before: str, answer: Shown, lang: str) -> str:
    """What is otherwise than ``before`` (as :func:`seen` wrote it); empty where that can't be
    read.
    """
    door, bar, rest = before[:MOST_SIGNS].partition("|")
    rows = [_SEEN.fullmatch(row) for row in rest.split(",")] if rest else []
    was = {row[1]: row[3] for row in rows if row is not None}
    if not bar or None in rows or len(rows) > MOST_KEYS:
        return ""
    now = _offers(answer)
    gone, come = (len(one.keys() - other.keys()) for one, other in ((was, now), (now, was)))
    other = [offer for key, offer in now.items() if was.get(key, offer["brief"]) != offer["brief"]]
    lines = [plural(lang, "changed.gone", gone)] if gone else []
    lines += [plural(lang, "changed.come", come)] if come else []
    if len(other) == 1:
        name, state = other[0]["short_name"], other[0]["short_words"]
        lines.append(text(lang, "changed.verdict", name=name, state=state))
    elif other:
        lines.append(text(lang, "changed.verdicts", count=len(other)))
    doors: list[Mapping[str, str]] = (answer["route"] or {}).get("doors", [])
    if doors and doors[0]["id"] != door:
        lines.append(text(lang, "changed.door", name=short(doors[0]["name"])))
    return " ".join(lines) or text(lang, "changed.nothing")


def _offers(answer: Shown) -> dict[str, Shown]:
    return {f"{o['type']}/{o['id']}": o for o in answer["offers"]}
