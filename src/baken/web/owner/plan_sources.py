"""Where the lines of a plan are from: no figure stands there without its source and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baken.landscape.told import Line
from baken.web.owner.grounds import dated
from baken.web.owner.plan_calls import without_who_weighs
from baken.web.owner.plan_days import LAW
from baken.web.owner.unsure import OPEN
from baken.web.texts import text

Shown = Mapping[str, Any]
Records = Mapping[tuple[str, str], Shown]


@dataclass(frozen=True)
class Cited:
    """A source: its page, the words of its date, and the date itself (None: it tells none)."""

    url: str
    dated: str
    date: str | None

    def as_json(self) -> dict[str, str | None]:
        """It for programs."""
        return {"url": self.url, "date": self.date}


def cited(
    offers: Sequence[Shown],
    records: Records,
    beside: Mapping[str, Sequence[Line]],
    duties: Sequence[Shown],
    lang: str,
) -> dict[str, tuple[Cited, ...]]:
    """The sources of the lines of a plan: of a condition that is open by what it says, as it stands
    there or as a question; of what is known ``beside`` other aid (by the offer's ``key``) by what
    that says; of a last day and of what the law asks by the mark of its step. What several offers
    say in the same words has the sources of all.
    """
    found: dict[str, dict[str, Cited]] = {}

    def cite(line: str, source: Shown) -> None:
        if url := source.get("url"):
            day = source.get("date")
            found.setdefault(line, {}).setdefault(url, Cited(url, dated(day, lang), day))

    for offer in offers:
        record = records.get((offer["type"], offer["id"]), {})
        of_record = {s["n"]: s for s in record.get("sources", ())}
        for reason in _open(offer):
            for form in _forms(reason["says"], lang):
                cite(form, reason.get("source") or {})
        for line in beside.get(offer["key"], ()):
            for n in line.sources:
                cite(line.says, of_record.get(n, {}))
        for call in record.get("calls", ()):
            if call["closes"] == offer.get("deadline"):
                mark = f"apply/{offer['type']}/{offer['id']}"
                cite(mark, of_record.get(call["source"], {}))
    for duty in duties:
        cite(f"{LAW}{duty['id']}", duty["source"])
    return {line: tuple(of.values()) for line, of in found.items()}


def _open(offer: Shown) -> Iterator[Shown]:
    return (r for g in offer["groups"] if g["name"] in OPEN for r in g["reasons"])


def _forms(says: str, lang: str) -> set[str]:
    """A condition as a plan tells it: as it is, without who weighs it, and asked."""
    question = text(lang, "journey.plan.ask_condition", says=says)
    return {says, without_who_weighs(says), question}
