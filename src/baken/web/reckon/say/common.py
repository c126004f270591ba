"""What every tool's words share: amounts, labels, steps, and the end of a regulation."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from baken.kernel.plain import uncapped
from baken.law.aid.result import GRACE, LAST
from baken.law.steps import Step, plain, tell
from baken.web import words
from baken.web.reckon.filled import Filled
from baken.web.reckon.parse import shown
from baken.web.reckon.walk import Slot
from baken.web.texts import text

Shown = dict[str, Any]
LOOKS = {True: "fits", False: "excluded", None: "open"}
MOST_STEPS = 400
MOST_TOLD = 2
"""Assumptions that a headline names; with more it points below."""
WARN_DAYS = 400
ON_A_WORD = {
    "bell.net_assets": "balance.",
    "size.exempt": "",
}
"""Steps that state as a fact what may have been assumed, and how those assumptions begin."""


def euro(lang: str, value: Decimal | int | float | None) -> str:
    """An amount, or that it can't be told."""
    if value is None:
        return text(lang, "reckon.unknown")
    return words.euro(lang, plain(Decimal(value)))


def number(lang: str, value: Decimal | None) -> str:
    """A number, or that it can't be told."""
    return text(lang, "reckon.unknown") if value is None else words.number(lang, plain(value))


def key(value: bool | None) -> str:
    """The end of the name of a text."""
    return {True: "true", False: "false", None: "open"}[value]


def slot_label(slot: Slot, lang: str) -> str:
    """What a question is called in a list, with its row; or one field of it."""
    label = slot.question.label[lang]
    if slot.part:
        part = next(p for p in slot.question.parts if p.id == slot.part)
        label = part.text[lang].split(",")[0]
    if slot.gate and slot.row:
        return slot.question.text[lang]
    if slot.group is None or slot.gate:
        return label
    name = f"{slot.group.name[lang]} {slot.row + 1}"
    return name if label == slot.group.name[lang] else words.told(lang, name, uncapped(label))


def defaults(filled: Filled | None, lang: str) -> Iterator[str]:
    """What was not said and has a usual value."""
    for slot, part_id, value in filled.defaults if filled is not None else ():
        part = next(p for p in slot.question.parts if p.id == part_id)
        says = shown(part, str(value), lang)
        yield text(lang, "reckon.default", label=slot_label(slot, lang).rstrip("?"), value=says)


def taken(slot: Slot, part_id: str, value: Any, lang: str) -> str:
    """A usual value inside a sentence."""
    part = next(p for p in slot.question.parts if p.id == part_id)
    says = shown(part, str(value), lang)
    return text(lang, "reckon.taken", label=slot_label(slot, lang).rstrip("?"), value=says)


def under_condition(says: str, guesses: list[str], lang: str) -> str:
    """A headline that holds only when what was assumed is so."""
    if not guesses:
        return says
    if len(guesses) > MOST_TOLD:
        return text(lang, "reckon.if_below", says=says.rstrip("."))
    what = "; ".join(uncapped(g.rstrip(".")) for g in guesses)
    return text(lang, "reckon.if_true", says=says.rstrip("."), what=what)


def every_step(step: Step) -> Iterator[Step]:
    """A step's steps at every depth."""
    for inner in step.steps:
        yield inner
        yield from every_step(inner)


def reason(step: Step, codes: Container[str], lang: str) -> str:
    """The words of the first step that decides; empty when there is none."""
    found = next((s for s in every_step(step) if s.code in codes), None)
    return told(found, lang) if found is not None else ""


def steps_of(
    steps: list[Step], lang: str, assumed: list[str], skip: Container[str] = ()
) -> list[Shown]:
    """Steps in words; where there are too many for a page, the last one is an ellipsis."""
    kept = [s for s in steps if s.code not in skip]
    found = [_step(s, lang, assumed, skip) for s in kept[:MOST_STEPS]]
    if len(kept) > MOST_STEPS:
        found.append({"code": "", "says": "…", "source": "", "steps": []})
    return found


def _step(step: Step, lang: str, assumed: list[str], skip: Container[str]) -> Shown:
    says = told(step, lang)
    begins = ON_A_WORD.get(step.code)
    if begins is not None and _assumed(step, begins, assumed):
        says = text(lang, "reckon.on_a_word", says=says)
    return {
        "code": step.code,
        "says": says,
        "source": source(step.source, lang),
        "steps": steps_of(step.steps, lang, assumed, skip),
    }


def _assumed(step: Step, begins: str, assumed: list[str]) -> bool:
    if not begins:
        begins = f"{step.values.get('enterprise')}: "
    return any(name.startswith(begins) for name in assumed)


SOURCES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "nl": (
        ("2003/361/EC, annex", "2003/361/EG, bijlage"), ("law of 23 March 2019", "wet van 23 maart"
         " 2019"), ("Frascati Manual", "Frascati-handboek"), ("Oslo Manual", "Oslo-handboek"),
        ("table ", "tabel "), ("chapter ", "hoofdstuk "), ("section ", "afdeling "),
    ),
    "en": (),
    "fr": (
        ("2003/361/EC, annex", "2003/361/CE, annexe"), ("law of 23 March 2019", "loi du 23 mars"
         " 2019"), ("Frascati Manual", "Manuel de Frascati"), ("Oslo Manual", "Manuel d'Oslo"),
        ("table ", "tableau "), ("chapter ", "chapitre "), ("WVV", "CSA"), ("WER", "CDE"),
    ),
}  # fmt: skip
"""What acts and their parts are called; the Belgian codes have a French name too."""
NO_EUROS = re.compile(r"(niet gekend|not known|inconnu) (?:euros?|mensen|people|personnes)\b")
THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))")


def source(said: str, lang: str) -> str:
    """A source as the language calls it.

    >>> source("WVV, art. 5:153", "fr")
    'CSA, art. 5:153'
    """
    for theirs, ours in SOURCES[lang]:
        said = said.replace(theirs, ours)
    return said


def told(step: Step, lang: str) -> str:
    """A step's sentence: what is not known has no unit, and French thousands have a space.

    >>> told(Step("aid.max", {"amount": 7500}), "fr").replace(words.NBSP, " ")
    'Au plus 7 500 euros, avant les autres aides.'
    """
    says = NO_EUROS.sub(r"\1", tell(step.code, step.values)[lang])
    if lang == "fr":
        says = THOUSANDS.sub(words.NBSP, says)
    return says[:1].upper() + says[1:]


def ending(day: date, lang: str) -> list[str]:
    """What is known of the end of Regulation (EU) 651/2014 on a day: it ends, or has ended."""
    if day > GRACE:
        return [tell("aid.after", {"day": day})[lang]]
    if day > LAST:
        return [tell("aid.grace", {})[lang]]
    return [tell("aid.ends", {})[lang]] if (LAST - day).days < WARN_DAYS else []
