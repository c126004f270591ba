"""What an answer says to who cries for help: what is urgent, whom to call, and who listens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from baken.landscape.model import Offer, Organisation
from baken.match.distress import LIFE, Cry, listeners
from baken.match.helplines import CALM, Call, calls, number_of
from baken.match.rank import Ranked
from baken.match.reading import Reading
from baken.match.route import DOORS, Chosen
from baken.match.setting import Setting
from baken.match.texts import say
from baken.match.understand import tells_of_firm

TROUBLE_ROUTE = "R1"
HANDING_OVER = "takeover"
"""The tag of what helps to sell a firm or to hand it over."""


def urgent(cry: Cry, lang: str) -> str:
    """What somebody who cries, or may cry, is told."""
    return say("notice.distress" if cry.kind == LIFE else "notice.violence", lang)


def whom_to_call(read: Reading, lang: str) -> list[Call]:
    """Whom to call: for a cry, or beside an answer to what may be one."""
    region = Setting.of(read.firm).region
    if read.cry:
        return calls(read.cry.kind, lang, region)
    return calls(CALM, lang, region) if read.heard and read.heard.cry else []


def to_who_listens(chosen: Chosen, ranked: Sequence[Ranked], read: Reading) -> Chosen:
    """The route with who listens to a cry as its doors, wherever the firm is, those first whom one
    is told to call first; beside them only who helps a firm in trouble, where words or facts tell
    of that. Where nobody cries it is left as it is.
    """
    cry = read.cry
    if cry is None:
        return chosen
    keys = listeners(cry.lang, cry.kind)
    first = [
        r.record
        for r in ranked
        if isinstance(r.record, Organisation) and (r.record.type, r.record.id) in keys
    ]
    numbers = [c.number for c in calls(cry.kind, cry.lang, Setting.of(read.firm).region)]
    places = {number: place for place, number in enumerate(numbers)}
    first.sort(key=lambda o: places.get(number_of(o.id), len(places)))
    rest = [o for o in chosen.doors if o not in first and chosen.rule.id == TROUBLE_ROUTE]
    return Chosen(chosen.rule, (*first, *rest)[:DOORS], own=False)


def beside(cry: Cry, need: str) -> Callable[[Offer], bool]:
    """Which offers may stand on a page that answers a cry: who listens, and beside that what helps
    with the firm where the words tell of one; nobody who sells or hands over firms.
    """
    keys, of_firm = listeners(cry.lang, cry.kind), tells_of_firm(need)

    def may_stand(record: Offer) -> bool:
        listens = (record.type, record.id) in keys
        return listens or (of_firm and HANDING_OVER not in record.tags)

    return may_stand
