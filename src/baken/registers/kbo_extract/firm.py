"""What the register says of an enterprise, as facts that a match takes, with what to know of them.

Every fact comes from one extract, whose day is its source. What the register does not hold (how
many people work there) is no fact; what it holds in several ways is told as a note.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.registers import legal_forms
from baken.registers.kbo_extract import look
from baken.registers.kbo_extract.does import Does, trade
from baken.registers.kbo_extract.layout import active, printed
from baken.registers.kbo_extract.look import Record
from baken.registers.kbo_extract.where import where
from baken.registers.notices import language, speaking, tell

NORMAL = "000"
EARLIEST = "1800-01-01"
"""The oldest firms are of the Commercial Code of 1807; a day before it is a slip of the pen."""
_INSOLVENT = re.compile(r"faillis|vereffen|ontbinding|faillite|liquidation|dissolution", re.I)
_OVER = re.compile(r"\b(af)?sluiting|clôture", re.I)


@dataclass(frozen=True, slots=True)
class Known:
    """An enterprise as the register knows it.

    ``facts`` have the ids of the vocabulary, as raw values; ``notes`` are sentences for the
    reader; ``active`` is None where the register's status is none we know; ``situation`` is the
    register's own word where it is not the normal one. ``natural``: the name is that of a human
    being: shown to who asks, neither logged nor exported.
    """

    number: str
    establishment: str | None
    name: str
    other_names: tuple[str, ...]
    natural: bool
    active: bool | None
    situation: str | None
    legal_form: str | None
    start: str | None
    seat: str | None
    places: tuple[str, ...]
    establishments: int
    activities: tuple[Does, ...]
    other_activities: int
    facts: dict[str, object]
    notes: tuple[str, ...]
    source: str
    snapshot: str

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def known(path: Path, number: str, lang: str = "nl", field: str = "kbo") -> Known:
    """What the extract at ``path`` says of an enterprise, by its number or an establishment's.

    Raises:
        BakenError: for no number, one that does not stand in the extract, or no extract.
    """
    with speaking(lang):
        return read(look.record(path, number, field))


def read(record: Record) -> Known:
    """The same of a record, in the language that is spoken."""
    notes: list[str] = []
    facts: dict[str, object] = {"kbo": printed(record.number)}
    runs = active(record.status)
    if runs is None:
        notes.append(tell("kbo_status_unknown"))
    else:
        facts["active_in_kbo"] = runs
    if runs is False:
        notes.append(tell("kbo_stopped"))
    situation = _situation(record, facts, notes)
    form = _form(record, facts, notes)
    start = _start(record, facts, notes)
    at, does = where(record), trade(record)
    facts |= at.facts | does.facts
    notes += at.notes + does.notes
    name = look.best_name(record.names, language())
    others = dict.fromkeys(n.text for n in record.names if n.text != name)
    units = dict.fromkeys(n.text for u in record.units for n in u.names)
    return Known(
        printed(record.number),
        printed(record.asked) if record.asked else None,
        name,
        tuple(dict.fromkeys([*others, *units]))[:20],
        record.natural,
        runs,
        situation,
        form,
        start,
        at.seat,
        at.units,
        len(record.units),
        does.main,
        does.others,
        facts,
        tuple(dict.fromkeys(notes)),
        tell("kbo_source", day=record.snapshot.isoformat()),
        record.snapshot.isoformat(),
    )


def _situation(record: Record, facts: dict[str, object], notes: list[str]) -> str | None:
    """The legal situation; a bankruptcy or liquidation that runs is a fact. A company of
    which that is closed is no more, whatever its status still says. None at all is no fact.
    """
    if not record.situation:
        notes.append(tell("kbo_situation_unread"))
        return None
    if record.situation == NORMAL:
        facts["insolvency"] = False
        return None
    labels = record.labels.get("JuridicalSituation", {})
    label = labels.get(language()) or labels.get("nl") or tell("kbo_code", code=record.situation)
    words = " ".join(labels.values())
    over = _OVER.search(words) is not None
    if _INSOLVENT.search(words) and not over:
        facts["insolvency"] = True
    elif _INSOLVENT.search(words) and not record.natural:
        facts["active_in_kbo"] = False
    notes.append(tell("kbo_situation", label=label))
    return label


def _form(record: Record, facts: dict[str, object], notes: list[str]) -> str | None:
    if record.natural:
        facts["legal_form"] = "sole_trader"
        return tell("kbo_natural")
    if not record.form:
        return None
    labels = record.labels.get("JuridicalForm", {})
    try:
        form = legal_forms.find(record.form)
    except BakenError:
        notes.append(tell("kbo_form_unknown", code=record.form))
        return labels.get(language()) or labels.get("nl")
    facts["legal_form"] = form.choice
    return labels.get(language()) or form.label


def _start(record: Record, facts: dict[str, object], notes: list[str]) -> str | None:
    if record.start is None or not EARLIEST <= record.start <= record.snapshot.isoformat():
        notes.append(tell("kbo_start_unread"))
        return None
    facts["founded_on"] = record.start
    return record.start
