"""Whom the owner of a firm in trouble calls where no door is left: who is there for such firms, and
who listens, as the page with the answer named them.
"""

from __future__ import annotations

from baken.match.helplines import CALM, calls, spoken
from baken.match.route import load_routes
from baken.refer.model import Handling
from baken.web import catalogue
from baken.web.handover.models import Referral
from baken.web.handover.reach import Door, door
from baken.web.handover.store import state_of
from baken.web.owner.pressing import CRISIS
from baken.web.texts import text

LET_GO = (Handling.REFUSED, Handling.CLOSED)
"""How a question stands at a door that has done with it: nobody is told to call there."""


def nets(row: Referral, lang: str) -> list[Door]:
    """Who is there for firms in trouble, where the question was asked in trouble: in the regions of
    the door that it stands at, or everywhere where these are not known. That door itself too, as
    long as it has not said no: it can be called.
    """
    if not row.crisis:
        return []
    ids = next(rule.ids for rule in load_routes() if rule.id == CRISIS)
    around = _regions(row.receiver.record_id)
    found = [door(one, lang) for one in ids if not around or around & _regions(one)]
    done = row.receiver.record_id if state_of(row).handling.value in LET_GO else ""
    return [one for one in found if one.known and not one.gone and one.id != done]


def in_letter(row: Referral, lang: str) -> list[str]:
    """The lines of a letter that knows no other door; none where the firm is in no trouble."""
    if not row.crisis:
        return []
    lines, found = [], nets(row, lang)
    if found:
        lines += ["", text(lang, "letters.next.nets")]
    for one in found:
        lines += [f"- {one.name}, {one.url}" if one.url else f"- {one.name}"]
        lines += [f"  {one.step}"] if one.step else []
    first, second, danger = (_number(call.number, lang) for call in calls(CALM, lang))
    says = text(lang, "result.listens", first=first, second=second, danger=danger)
    return [*lines, "", says]


def _number(number: str, lang: str) -> str:
    tongue = spoken(number, lang)
    return f"{number} ({tongue})" if tongue else number


def _regions(record_id: str) -> set[str]:
    found = catalogue.find("organisation", record_id) or {}
    return set((found.get("area") or {}).get("regions") or ())
