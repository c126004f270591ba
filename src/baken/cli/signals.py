"""The answer of ``baken watch`` as text, for an owner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from baken.signals.alarms import Alarm
    from baken.signals.answer import Rest
    from baken.signals.lasting import Lasting
    from baken.signals.series import Rejected
    from baken.signals.watch import Watch
    from baken.signals.watched import Watched

MOST, MOST_ASIDE, MOST_NAMES = 20, 10, 6
"""Of what lasts or is quiet, of what was set aside, of names in a sentence, without ``--all``."""


@dataclass(frozen=True)
class Page:
    """How an answer is told: in which language, whether all of it, and what is told once for all:
    firms are named where there are several, and a remark that figures stopped long ago stands above
    the first sentence that needs it."""

    found: Watch
    lang: str
    every: bool = False
    said: set[str] = field(default_factory=set)

    def sentence(self, mark: str, firm: str, id: str, says: str, after: str = "") -> None:
        """One thing, with a mark before it."""
        for stopped in self.stopped.get((firm, id), ()):
            if says.startswith(stopped):
                says = says.removeprefix(stopped).lstrip()
                if stopped not in self.said:
                    typer.echo(stopped)
                self.said.add(stopped)
        typer.echo(f"{mark}{self.of(firm)}{says}{after}")

    def of(self, firm: str) -> str:
        """A firm before what is said of it."""
        return f"{firm}: " if firm and self.several else ""

    @cached_property
    def several(self) -> bool:
        """Whether these are the figures of more than one firm."""
        firms = [j.series.firm for j in self.found.judged] + [a.firm for a in self.found.lights]
        return len(set(firms)) > 1

    @cached_property
    def stopped(self) -> dict[tuple[str, str], list[str]]:
        """The remark that would stand before what is said of a series, by firm and id."""
        from baken.signals.kinds import say
        from baken.signals.periods import in_words

        remarks: dict[tuple[str, str], list[str]] = {}
        for one in (j.series for j in self.found.judged):
            if one.periods:
                until = in_words(one.periods[-1], one.frequency)
                remark = say("stale", until=until)[self.lang]
                remarks.setdefault((one.firm, one.id), []).append(remark)
        return remarks


def show_alarms(page: Page, pairs: Sequence[tuple[Alarm, Any]], replay: bool) -> None:
    """Each alarm with what to check first and its door; with ``replay`` as they came."""
    from baken.signals.kinds import say

    lang = page.lang
    for alarm, help_ in pairs:
        mark = "!! " if alarm.severity == "red" else "!  "
        when = (
            f" [{alarm.detected}{' - ' + alarm.cleared if alarm.cleared else ''}]" if replay else ""
        )
        page.sentence(mark, alarm.firm, alarm.id, alarm.says[lang], when)
        if alarm.moved_with:
            others = ", ".join(dict.fromkeys(n[lang] for n in alarm.moved_with))
            typer.echo(f"   {say('moved_with', names=others)[lang]}")
        typer.echo(f"   -> {alarm.check[lang]}")
        if help_["door"]:
            at = f" {help_['door']['url']}" if help_["door"]["url"] else ""
            typer.echo(f"   => {help_['step'][lang]}{at}")


def show_rest(page: Page, beside: Rest, alarms: int) -> None:
    """What lasts, and what was watched; well is only said where neither an alarm nor anything else
    stands."""
    from baken.signals.kinds import say
    from baken.signals.watched import nothing_to_see, too_few

    lang, every = page.lang, page.every
    if not page.found.judged and not page.found.lights:
        typer.echo(say("nothing_read")[lang])
        return
    lasts, seen = beside.lasting, beside.watched
    yearly = [one for one in lasts if one.since_year]
    moving = [one for one in lasts if one.moving]
    still = [one for one in lasts if not one.since_year and not one.moving]
    if moving:
        typer.echo(say("moving")[lang])
        _show_lasting(page, moving)
    if yearly:
        typer.echo(say("since_year")[lang])
        _show_lasting(page, yearly)
    if still:
        typer.echo(say("lasting_too" if alarms or yearly or moving else "lasting")[lang])
        _show_lasting(page, still)
    if not lasts and not alarms:
        unseen, few = nothing_to_see(page.found.judged), too_few(page.found.judged)
        typer.echo(say("unseen" if unseen else "quiet_but_few" if few else "quiet")[lang])
    if not seen:
        return
    many = say("series.one" if len(seen) == 1 else "series.other", n=len(seen))
    typer.echo(say("watched", n=many, until=_until(seen))[lang])
    quiet = [w for w in seen if w.state == "quiet"]
    if quiet and (alarms or lasts) and not every:
        names = (page.of(w.series.firm) + name for w in quiet if (name := _name(w, lang)))
        typer.echo(f"   {say('quiet_in', names=_listed(names, lang))[lang]}")
        return
    for one_ in quiet if every else quiet[:MOST]:
        typer.echo(f"   {page.of(one_.series.firm)}{one_.says[lang]}")
    if not every:
        _more(len(quiet) - MOST, lang)


def _show_lasting(page: Page, lasts: Sequence[Lasting]) -> None:
    for one in lasts if page.every else lasts[:MOST]:
        page.sentence(" ~ ", one.alarm.firm, one.alarm.id, one.says[page.lang])
        typer.echo(f"   -> {one.alarm.check[page.lang]}")
    if not page.every:
        _more(len(lasts) - MOST, page.lang)


def show_explained(page: Page) -> None:
    """Months that stood out for a reason that passes."""
    from baken.signals.kinds import say

    pairs = [(j.series.firm, one) for j in page.found.judged for one in j.explained]
    if pairs:
        typer.echo(say("explained")[page.lang])
    for firm, one in pairs if page.every else pairs[:MOST]:
        typer.echo(f"   {page.of(firm)}{one['says'][page.lang]}")
    if not page.every:
        _more(len(pairs) - MOST, page.lang)


def show_questions(questions: Iterable[Any], lang: str) -> None:
    """What files leave open, and how to answer."""
    for q in questions:
        typer.echo(f"? {q['text'][lang]} (--answer {q['id']}=...)")
        for choice in q["choices"]:
            typer.echo(f"    {choice['value']}: {choice['text'][lang]}")


def show_aside(rejected: Iterable[Rejected], lang: str, every: bool) -> None:
    """What was not used, and how something was read."""
    from baken.signals.aside import in_language
    from baken.signals.kinds import say

    all_ = list(rejected)
    for note, code in ((False, "set_aside"), (True, "notes")):
        told = [r for r in all_ if r.note is note]
        if told:
            typer.echo(f"- {say(code, count=len(told))[lang]}")
        for r in told if every else told[:MOST_ASIDE]:
            where = f", {say('line', line=r.line)[lang]}" if r.line else ""
            typer.echo(f"    {r.file}{where}: {in_language(r.why, lang)}")
        if not every:
            _more(len(told) - MOST_ASIDE, lang)


def _more(left: int, lang: str) -> None:
    from baken.signals.kinds import say

    if left > 0:
        typer.echo(f"    ... {say('more', n=left)[lang]}")


def _name(one: Watched, lang: str) -> str:
    from baken.signals.names import names

    return names(one.series)[lang]


def _listed(names: Iterable[str], lang: str) -> str:
    """The first names of a list, and how many more there are."""
    from baken.signals.kinds import say

    every = list(names)
    shown = ", ".join(every[:MOST_NAMES])
    left = len(every) - MOST_NAMES
    return f"{shown}, {say('more', n=left)[lang]}" if left > 0 else shown


def _until(seen: Sequence[Watched]) -> dict[str, str]:
    """The last period of all, in words."""
    from baken.signals.periods import in_words, last_day

    ends = [
        (last_day(p, w.series.frequency) or date.min, at, p, w.series.frequency)
        for at, w in enumerate(seen)
        for p in [p for p, v in zip(w.series.periods, w.series.values, strict=True)
                  if v is not None][-1:]
    ]  # fmt: skip
    _, _, period, frequency = max(ends)
    return dict(in_words(period, frequency))
