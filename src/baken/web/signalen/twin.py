"""The page for programs: what ``baken watch --per firm --json`` prints, with the stories beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse

from baken.signals.answer import answer, rest
from baken.signals.doors import helped
from baken.signals.many import Setting
from baken.signals.posture import Note, postures
from baken.signals.watch import PER_FIRM
from baken.web import engine
from baken.web.signalen.judge import LIGHT, judge
from baken.web.signalen.models import Seen
from baken.web.signalen.shelf import Shelf


def twin(shelf: Shelf, lang: str, seen: Sequence[Seen] = ()) -> HttpResponse:
    """The same for programs. No real names."""
    day = date.fromisoformat(shelf.as_of)
    found = judge(shelf, seen, day)
    watched = found.watch
    told = helped(watched.alarms, watched.facts, watched.until(day), lang, engine.answer)
    done = postures(notes(seen), [(j.series, j.alarms) for j in watched.judged])
    beside = rest(watched, day, Setting(PER_FIRM, per_firm=True))
    same = answer(watched, told, beside, lang=lang, questions=shelf.questions, own=shelf.own,
                  done=done, weekly=shelf.weekly)  # fmt: skip
    more: dict[str, Any] = {
        "series": list(same["series"]),
        "stories": [{"alarms": [i.key for i in s.items], "red": s.red} for s in found.stories],
        "rejected_count": len(shelf.rejected) + shelf.more_rejected,
        "as_of": shelf.as_of,
    }
    return JsonResponse(same | more, json_dumps_params={"ensure_ascii": False})


def notes(seen: Sequence[Seen]) -> list[Note]:
    """What the owner did about series, in the order in which it was first shown."""
    return [
        Note(one.series, one.did_on, one.did)
        for one in seen
        if one.did and one.did_on is not None and not one.series.startswith(LIGHT)
    ]
