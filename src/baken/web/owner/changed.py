"""What an answer to a question changed in what the owner had seen: told in one line, so that
nobody needs to read all of it again.

What was seen travels in a field of the question's own form: ``unizo|instrument/x,training/y``, the
first door and the offers.
"""

from __future__ import annotations

from collections.abc import Mapping

from baken.web.owner.asking import PICK
from baken.web.owner.doorway import short
from baken.web.owner.grounds import Shown
from baken.web.texts import plural, text

MOST_SIGNS = 4_000
MOST_KEYS = 40


def seen(answer: Shown) -> str:
    """What a page shows, for the field: its first door and its offers."""
    doors = (answer["route"] or {}).get("doors", [])
    return f"{doors[0]['id'] if doors else ''}|{','.join(_keys(answer))}"


def changed(before: str, answer: Shown, lang: str) -> str:
    """What is otherwise than ``before`` (as :func:`seen` wrote it); empty where that can't be
    read.
    """
    door, bar, rest = before[:MOST_SIGNS].partition("|")
    keys = rest.split(",") if rest else []
    if not bar or len(keys) > MOST_KEYS or not all(PICK.fullmatch(k) for k in keys):
        return ""
    now = _keys(answer)
    gone = sum(k not in now for k in keys)
    come = sum(k not in keys for k in now)
    lines = [plural(lang, "changed.gone", gone)] if gone else []
    lines += [plural(lang, "changed.come", come)] if come else []
    doors: list[Mapping[str, str]] = (answer["route"] or {}).get("doors", [])
    if doors and doors[0]["id"] != door:
        lines.append(text(lang, "changed.door", name=short(doors[0]["name"])))
    return " ".join(lines) or text(lang, "changed.nothing")


def _keys(answer: Shown) -> list[str]:
    return [f"{o['type']}/{o['id']}" for o in answer["offers"]]
