"""What the law says of a firm, for a dossier: outcome, last day, steps with articles and where
these can be read.

From what the answer reckoned with, what the owner worked out at ``/rekenen``, and facts from which
a duty follows: negative own funds (the alarm bell) and arrears.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from baken.kernel.errors import BakenError
from baken.law.acts import address_of
from baken.law.arrears import arrears_of
from baken.law.steps import Step
from baken.refer.dossier import LONG, MOST, SHORT
from baken.web import words
from baken.web.handover.figures_told import of_note, of_step
from baken.web.owner.asking import Asked
from baken.web.owner.bell import rung
from baken.web.reckon.answers import each_once
from baken.web.reckon.given import checked
from baken.web.reckon.model import TOOLS, Tool, load
from baken.web.reckon.outcome import Outcome, filled_in, outcome
from baken.web.reckon.say.common import source, told
from baken.web.texts import text

Shown = dict[str, Any]
Told = tuple[str, str, tuple[str, ...]]
"""A step: its sentence, the article that it stands on, the facts whose figures it tells."""


def rules(answer: Mapping[str, Any], asked: Asked, as_of: date) -> list[Shown]:
    """All that the law says of the firm, each with a name of its own."""
    facts, lang = asked.all_facts, asked.lang
    found = [_computed(c, lang, as_of) for c in answer.get("computed", []) if _settled(c)]
    found += _reckoned(asked, as_of)
    if "alarm_bell" not in asked.reckoned:
        found += _bell(facts, as_of, lang)
    found += _arrears(facts, lang)
    return found[:MOST]


def _settled(computed: Mapping[str, Any]) -> bool:
    value = computed["value"]
    return bool(computed["used"]) and value is not None and not isinstance(value, list)


def _computed(computed: Mapping[str, Any], lang: str, as_of: date) -> Shown:
    """A fact that the answer worked out of papers."""
    value = words.value_label(lang, computed["fact"], computed["value"], as_of)
    title = words.fact_label(lang, computed["fact"])
    assumed = each_once(computed.get("assumed", ()), lang)
    steps = _plain(computed["steps"], lang)
    return _law(computed["fact"], title, value, steps, lang, assumed)


def _plain(steps: Iterable[Mapping[str, Any]], lang: str) -> Iterator[Told]:
    for step in steps:
        says, source = words.pick(step["says"], lang), str(step.get("source") or "")
        yield says, source, of_step(step["code"])
        yield from _plain(step.get("steps", []), lang)


def _reckoned(asked: Asked, as_of: date) -> Iterator[Shown]:
    """What the owner worked out, told as the tool's own page tells it."""
    lang = asked.lang
    for name in TOOLS:
        if name not in asked.reckoned:
            continue
        tool = load(name)
        answers = checked(tool, asked.reckoned[name])
        with suppress(BakenError):
            filled = filled_in(tool, answers, as_of, lang)
            found = outcome(tool, answers, filled, as_of, lang)
            yield _of_tool(tool, found, lang)


def _of_tool(tool: Tool, found: Outcome, lang: str) -> Shown:
    """Notes with amounts stand among the steps, which go along or not by the ticks."""
    shown = found.shown
    notes = [(note, "", of_note(tool.id, note)) for note in shown["notes"]]
    plain = [note for note, _, figures in notes if not figures]
    says = "\n".join([shown["says"], *plain, *shown.get("warnings", ())])
    steps = [*(note for note in notes if note[2]), *_nested(shown["steps"])]
    name, title = f"rekenen-{tool.id}", tool.title[lang]
    return _law(name, title, says, steps, lang, shown["assumed"], _until(found.answer))


def _nested(steps: Iterable[Mapping[str, Any]]) -> Iterator[Told]:
    for step in steps:
        yield step["says"], step["source"], of_step(step["code"])
        yield from _nested(step["steps"])


def _bell(facts: Mapping[str, Any], as_of: date, lang: str) -> Iterator[Shown]:
    found = rung(facts, as_of)
    if found is not None:
        _, bell = found
        says = text(lang, "reckon.alarm_bell.true")
        title, steps = load("alarm_bell").title[lang], _told(bell.step.steps, lang)
        assumed = each_once(bell.assumed, lang)
        yield _law("alarm_bell", title, says, steps, lang, assumed, _until(bell))


def _arrears(facts: Mapping[str, Any], lang: str) -> Iterator[Shown]:
    form = facts.get("legal_form")
    social, tax = (facts.get(f"{what}_debt_overdue") is True for what in ("social", "tax"))
    step = arrears_of(social, tax, form if isinstance(form, str) else None)
    if step is None:
        return
    said = [s for s in step.steps if not s.source]
    says = " ".join(told(s, lang) for s in said)
    steps = _told([s for s in step.steps if s.source], lang)
    yield _law("arrears", told(step, lang), says, steps, lang)


def _told(steps: Iterable[Step], lang: str) -> Iterator[Told]:
    for step in steps:
        yield told(step, lang), step.source, of_step(step.code)
        yield from _told(step.steps, lang)


def _until(answer: Any) -> date | None:
    """The last day of a meeting; none where the day from which the time runs is only assumed."""
    by: date | None = getattr(answer, "meeting_by", None)
    return by if by and "established_on: as_of" not in answer.assumed else None


def _law(
    name: str,
    title: str,
    says: str,
    steps: Iterable[Told],
    lang: str,
    assumed: Iterable[str] = (),
    until: date | None = None,
) -> Shown:
    """One item."""
    return {
        "id": name[:SHORT],
        "title": title[:SHORT],
        "outcome": says[:LONG],
        "until": until,
        "steps": [
            {"says": says[:LONG], "source": _source(at, lang), "figures": figures}
            for says, at, figures in list(steps)[:MOST]
        ],
        "assumed": [a[:LONG] for a in list(assumed)[:MOST]],
    }


def _source(at: str, lang: str) -> Shown | None:
    """The act and article, and where the act can be read."""
    label = source(at, lang)[:SHORT]
    return {"label": label, "url": address_of(at, lang)} if at else None
