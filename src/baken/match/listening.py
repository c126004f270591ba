"""What an answer says to who cries for help: what is urgent, whom to call, and who listens."""

from __future__ import annotations

from collections.abc import Sequence

from baken.landscape.model import Organisation
from baken.match.distress import LIFE, Cry, listeners
from baken.match.helplines import CALM, Call, calls
from baken.match.rank import Ranked
from baken.match.reading import Reading
from baken.match.route import DOORS, Chosen
from baken.match.setting import Setting
from baken.match.texts import say

TROUBLE_ROUTE = "R1"


def urgent(cry: Cry, lang: str) -> str:
    """What somebody who cries, or may cry, is told."""
    return say("notice.distress" if cry.kind == LIFE else "notice.violence", lang)


def whom_to_call(read: Reading, lang: str) -> list[Call]:
    """Whom to call: for a cry, or beside an answer to what may be one."""
    if read.cry:
        return calls(read.cry.kind, lang)
    region = Setting.of(read.firm).region
    return calls(CALM, lang, region) if read.heard and read.heard.cry else []


def to_who_listens(chosen: Chosen, ranked: Sequence[Ranked], cry: Cry) -> Chosen:
    """The route with who listens to a cry as its doors, wherever the firm is; beside them only who
    helps a firm in trouble, where words or facts tell of that.
    """
    keys = listeners(cry.lang, cry.kind)
    first = [
        r.record
        for r in ranked
        if isinstance(r.record, Organisation) and (r.record.type, r.record.id) in keys
    ]
    rest = [o for o in chosen.doors if o not in first and chosen.rule.id == TROUBLE_ROUTE]
    return Chosen(chosen.rule, (*first, *rest)[:DOORS], own=False)
