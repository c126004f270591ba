"""The words of the monthly letter: one story one paragraph, its headline first, then step and door.

Plain text of at most 72 columns, for a screen that reads aloud as for one that shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import Any

from baken.kernel.files import own_yaml
from baken.signals.alarms import is_stale
from baken.signals.amounts import amount
from baken.signals.asks import URGENT
from baken.signals.doors import MOST as MOST_DOORS
from baken.signals.doors import Ask, Help, door_for
from baken.signals.kinds import DATA, Texts, say
from baken.signals.lasting import lasting
from baken.signals.names import names
from baken.signals.periods import in_words, last_day
from baken.signals.series import Series
from baken.signals.stories import Item, news, parts, question, stories
from baken.signals.watch import Watch, is_part
from baken.signals.watched import nothing_to_see, too_few

COLUMNS = 72
MOST = 20
"""Stories in one letter: whoever has more has another problem than mail can tell."""
END = re.compile(r"(?<=[.!?])\s")
Told = tuple[Item, ...]


@dataclass(frozen=True)
class Letter:
    """A letter before it has a sender: what it is about, and its text."""

    subject: str
    text: str


def write(
    found: Watch, day: date, lang: str = "nl", ask: Ask | None = None, questions: int = 0
) -> Letter:
    """The letter about what stands now, or that nothing new does. ``ask`` is match, for a door;
    ``questions`` is how many about the files wait for an answer."""
    if not found.judged and not found.lights:
        blocks = [_say("hello", lang), _say("nothing", lang), *_unused(found, questions, lang)]
        return Letter(_say("subject.nothing", lang), _text([*blocks, _say("foot", lang)]))
    standing = stories([i for i in news(found) if i.alarm.cleared is None])
    lasts = lasting([(j.series, j.alarms) for j in found.judged], day)
    until, late = _until(found, day, lang)
    several = len({j.series.firm for j in found.judged}) > 1
    blocks = [_say("hello", lang), _say("saw", lang, until=until)]
    blocks += [_say("late", lang, until=until)] if late else []
    doors: dict[str, Help | None] = {}
    for number, story in enumerate(standing[:MOST], 1):
        help_ = _door(story, found, day, lang, ask, doors)
        blocks.append(_paragraph(number, story, help_, several, lang))
    if len(standing) > MOST:
        blocks.append(_say("left", lang, n=len(standing) - MOST))
    unseen = not standing and not lasts and nothing_to_see(found.judged)
    few = [] if unseen else too_few(found.judged)
    if not standing and not lasts:
        blocks.append(say("unseen" if unseen else "quiet_but_few" if few else "quiet")[lang])
    for group, title in (
        ([one for one in lasts if one.moving], say("moving")[lang]),
        ([one for one in lasts if one.since_year], say("since_year")[lang]),
        ([one for one in lasts if not one.moving and not one.since_year], _say("lasting", lang)),
    ):
        rows = [_indented("* ", one.says[lang]) for one in group]
        if rows:
            blocks.append("\n".join([title, *rows[:MOST]]))
    count = sum(not is_part(j.series) for j in found.judged)
    if count:
        blocks.append(_say("watched.one" if count == 1 else "watched.more", lang, n=count))
    if few:
        blocks.append(_say("few", lang, names=", ".join(names(one)[lang] for one in few)))
    blocks += [*_unused(found, questions, lang), _say("foot", lang)]
    if unseen:
        return Letter(_say("subject.unseen", lang), _text(blocks))
    kind = "lasting" if lasts else "few" if few else "quiet"
    kind = "moving" if any(one.moving for one in lasts) else kind
    return Letter(_subject(standing, kind, until, lang), _text(blocks))


def _text(blocks: Sequence[str]) -> str:
    """Paragraphs, those of one line wrapped."""
    return "\n\n".join(b if "\n" in b else "\n".join(_wrapped(b)) for b in blocks) + "\n"


def _unused(found: Watch, questions: int, lang: str) -> list[str]:
    """What was left out of the figures: what waits for an answer, and what was set aside."""
    aside = sum(not r.note for r in found.rejected)
    counts = (("asked", questions), ("aside", aside))
    return [_say(code, lang, n=n) for code, n in counts if n]


def _subject(standing: Sequence[Told], kind: str, until: str, lang: str) -> str:
    if not standing:
        return _say(f"subject.{kind}", lang, until=until)
    lead, n = standing[0][0], len(standing) - 1
    code = "subject.one" if not n else "subject.two" if n == 1 else "subject.more"
    first = _small(END.split(_headline(lead, lang))[0].rstrip("."))
    return " ".join(_say(code, lang, first=first, n=n).split())


def _headline(item: Item, lang: str) -> str:
    """What moved, without the remark that figures stopped long ago, which the letter tells."""
    what = parts(item.alarm, lang)[0]
    if item.series is not None:
        stopped = say("stale", until=in_words(item.series.periods[-1], item.series.frequency))
        what = what.removeprefix(stopped[lang]).strip()
    return what[:1].upper() + what[1:]


def _paragraph(number: int, story: Told, help_: Help | None, several: bool, lang: str) -> str:
    """A story: what moved, why, what moved with it, how often that is nothing; step and door."""
    lead = story[0]
    _, odds, why = parts(lead.alarm, lang)
    lights = [_headline(i, lang) for i in story[1:] if i.series is None]
    says = [_headline(lead, lang), _now(lead, lang), *lights, why, _also(story, lang), odds]
    first = " ".join(s for s in says if s)
    if several and lead.alarm.firm:
        first = _say("firm", lang, firm=lead.alarm.firm, says=first)
    rows = [_indented(f"{number}. ", first)]
    rows.append(_indented("   ", _say("check", lang, check=lead.alarm.check[lang])))
    if help_ and help_["door"]:
        rows.append(_indented("   ", help_["step"][lang]))
        rows += [f"   {help_['door']['url']}"] if help_["door"]["url"] else []
    return "\n".join(rows)


def _now(item: Item, lang: str) -> str:
    """Of a limit that was crossed in an amount, what the amount is by now."""
    series = item.series
    if series is None or item.alarm.rate or series.kind != "money":
        return ""
    last = next((v for v in reversed(series.values) if v is not None), None)
    if last is None or last == item.alarm.evidence[0]["value"]:
        return ""
    return _say("now", lang, value=amount(last, series.unit or "EUR")[lang])


def _also(story: Told, lang: str) -> str:
    """What else the story is about, by name."""
    other = dict.fromkeys(_small(names(i.series)[lang]) for i in story[1:] if i.series is not None)
    return _say("also", lang, names=", ".join(other)) if other else ""


def _small(name: str) -> str:
    """A name within a sentence: ``Actieve klanten`` is ``actieve klanten``, ``BTW`` stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _door(
    story: Told, found: Watch, day: date, lang: str, ask: Ask | None,
    known: dict[str, Help | None],
) -> Help | None:  # fmt: skip
    """Step and door for a story; what was asked before is not asked again."""
    need = question(story)[lang]
    facts = {k: v for k, v in found.facts.get(story[0].alarm.firm, {}).items() if k in URGENT}
    key = repr((need, sorted(facts.items())))
    if key not in known and ask is not None and len(known) < MOST_DOORS:
        query = {"need": need, "facts": facts, "as_of": day.isoformat(), "lang": lang}
        known[key] = door_for(query, ask)
    return known.get(key)


def _until(found: Watch, day: date, lang: str) -> tuple[str, bool]:
    """The last period of which there are figures, in words (the day where none is of a calendar),
    and whether that is long ago."""
    known: list[tuple[date, str, Series]] = []
    for one in (j.series for j in found.judged):
        pairs = zip(one.periods, one.values, strict=True)
        last = next((p for p, v in reversed(list(pairs)) if v is not None), None)
        ended = None if last is None else last_day(last, one.frequency)
        if last is not None and ended is not None:
            known.append((ended, in_words(last, one.frequency)[lang], one))
    if not known:
        return day.isoformat(), False
    _, words, newest = max(known, key=lambda k: k[0])
    return words, is_stale(newest, day)


def _indented(start: str, text: str) -> str:
    """A text under a number or a star."""
    return "\n".join(_wrapped(text, start, " " * len(start)))


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Lines of a letter; what is too long for one and has no space stays whole."""
    return wrap(text, COLUMNS, initial_indent=first, subsequent_indent=rest,
                break_long_words=False, break_on_hyphens=False)  # fmt: skip


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Texts]:
    found: Mapping[str, Texts] = own_yaml(DATA / "letter.yaml")
    return found


def _say(code: str, lang: str, **values: Any) -> str:
    return _texts()[code][lang].format(**values)
