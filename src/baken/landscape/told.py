"""What an owner reads of a record, part by part.

A record's own words (``texts``) come first. Where it has none in the reader's language the part
is made of its conditions, figures, status and sources, so that a sentence can't say another figure
than the record holds; own words in Dutch are the last resort.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from baken.kernel.files import own_yaml
from baken.kernel.numbers import show_number
from baken.landscape.availability import availability
from baken.landscape.catalogue import DATA
from baken.landscape.dates import in_force, is_stale, newest_source, show_date
from baken.landscape.figures import OTHER_THAN_COSTS
from baken.landscape.model import (
    Instrument,
    Offer,
    Organisation,
    Parameter,
    Said,
    Text,
    Training,
)
from baken.landscape.most import WHOLE, Project, share_of
from baken.law.size.model import SIZES

PARTS = (
    "what", "for_whom", "you_get", "steps", "cost", "when", "not_with", "call_first", "doubt",
)  # fmt: skip
"""The parts in the order in which they are read."""
FAMILIES = ("applicant", "size", "sector", "region", "place", "legal_form", "age", "event")
"""Families of conditions that say for whom an offer is."""
CUMULATION = ("double_funding", "earlier_use", "public_share", "de_minimis")
"""Families of conditions that say with what an offer can't be combined."""
MONEY = ("grant", "voucher", "loan", "guarantee", "equity", "tax", "hiring")
PAYERS = ("kmo-portefeuille-opleiding", "vlaams-opleidingsverlof", "sectorfonds-opleiding")
"""What often pays for training in Flanders; whether it does for one course must be asked."""
PROVIDER = "provider"
"""Among the names, which are told by id: the name of who gives the record that is told."""
TERMS = ("interest_pct", "term_years")


@dataclass(frozen=True)
class Line:
    """A sentence, its language, and the numbers of the sources that it rests on."""

    says: str
    lang: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """One part of what is told; ``own`` when the record's file has words for it."""

    name: str
    lines: tuple[Line, ...]
    own: bool


def told(
    record: Offer, lang: str, as_of: date, names: Mapping[str, str], provider: str = ""
) -> tuple[Part, ...]:
    """The parts that something is known of.

    Args:
        names: the name of each organisation by id, in ``lang``, and of each instrument by
            ``instrument/id``.
        provider: what who gives it is called in ``lang``; else as its file says.
    """
    names = {**names, PROVIDER: provider or getattr(record, "provider", "")}
    parts = []
    for name in PARTS:
        own = tuple(_own(record, name, lang))
        spoken = own if all(line.lang == lang for line in own) else ()
        lines = spoken or tuple(_MADE[name](record, lang, as_of, names)) or own
        if lines:
            parts.append(Part(name, lines, lines is own))
    return tuple(parts)


def _own(record: Offer, name: str, lang: str) -> Iterator[Line]:
    found = getattr(record.texts, name) if record.texts else None
    for said in found if isinstance(found, list) else [found] if found else []:
        yield _line(said, lang, tuple(said.sources))


def _line(text: Text | Said, lang: str, sources: tuple[int, ...] = ()) -> Line:
    words = getattr(text, lang, None)
    return Line(words or text.nl, lang if words else "nl", sources)


@cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    path = DATA / "sentences.yaml"
    found: Mapping[str, Mapping[str, str]] = own_yaml(path)
    return found


def _say(key: str, lang: str, **values: object) -> Line:
    return Line(_sentences()[key][lang].format(**values), lang)


def _what(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    yield _line(r.summary, lang)


def _for_whom(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    known = False
    if isinstance(r, Training):
        known = True
        shown = "; ".join(_sentences()[f"audience.{a}"][lang] for a in r.audience)
        yield _say("course.audience", lang, value=shown)
    for family in FAMILIES:
        for c in r.conditions:
            if c.family == family and in_force(c.valid_from, c.valid_to, as_of):
                known = True
                yield _line(c.says, lang, (c.source,))
    if isinstance(r, Organisation) and r.access in ("sector_members", "paying_members", "selected"):
        known = True
        yield _say(f"access.{r.access}", lang)
    if not known:
        yield _say("doubt.who", lang)


def _you_get(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    if isinstance(r, Training):
        yield from _course(r, lang)
    known = False
    for p in r.parameters:
        usable = p.for_firm and in_force(p.valid_from, p.valid_to, as_of)
        if usable and p.name not in ("other", *TERMS) and not p.name.endswith("project_cost"):
            known = True
            yield _figure(p, r, lang)
    if not known and r.kind in MONEY:
        yield _say("unknown.you_get", lang)


def _figure(p: Parameter, r: Offer, lang: str) -> Line:
    key = str(p.name)
    if key == "rate_pct":
        key = {"bonus": "rate_bonus", "cap": "rate_cap"}.get(p.part, key)
        if r.kind in OTHER_THAN_COSTS and p.part == "base":
            key = "rate_of"
    per = f" {_line(p.per, lang).says}" if p.per else ""
    who = _sizes(p, lang) + (f" ({_line(p.for_whom, lang).says})" if p.for_whom else "")
    who = per + who if key == "rate_of" else who + per
    line = _say(key, lang, value=show_figure(p.value, p.unit, lang), who=who)
    return Line(line.says, lang, (p.source,))


def _sizes(p: Parameter, lang: str) -> str:
    if not p.sizes or len(p.sizes) == len(SIZES):
        return ""
    words = _sentences()
    sizes = f" {words['or'][lang]} ".join(words[f"size.{s}"][lang] for s in p.sizes)
    return words["sizes"][lang].format(sizes=sizes)


def show_figure(value: Decimal, unit: str, lang: str) -> str:
    """A figure with its unit as people write it: ``7.500 euro``, ``2,5 %``.

    >>> show_figure(Decimal("7500"), "EUR", "nl"), show_figure(Decimal("2.5"), "pct", "en")
    ('7.500 euro', '2.5 %')
    """
    words = {"nl": "euro", "en": "euro", "fr": "euros"}[lang]
    years = {"nl": "jaar", "en": "years", "fr": "ans"}[lang]
    shown = {"EUR": words, "pct": "%", "year": years}
    return f"{show_number(value, lang)} {shown.get(unit, '')}".strip()


def _steps(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    if r.first_step:
        yield _line(r.first_step, lang)
    if isinstance(r, Instrument):
        if availability(r, as_of) == "call":
            yield _say("call", lang)
        if r.apply == "before_start":
            bought = r.kind in ("grant", "voucher", "loan", "guarantee", "tax")
            yield _say("apply.before_start" if bought else "apply.before", lang)


def _cost(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    here = [p for p in r.parameters if p.for_firm and in_force(p.valid_from, p.valid_to, as_of)]
    known = False
    if isinstance(r, Instrument) and r.kind in ("grant", "voucher"):
        share = share_of(r, Project(), as_of)
        told = (share.rate_pct, *(p.rate_pct for p in share.purposes))
        rates = [rate for rate in told if rate is not None]
        known = bool(rates)
        if rates and max(rates) < WHOLE:
            value = show_figure(WHOLE - max(rates), "pct", lang)
            yield Line(_say("own_part", lang, value=value).says, lang, share.sources[:1])
    for p in here:
        if p.name in TERMS or p.name.endswith("project_cost"):
            known = True
            yield _figure(p, r, lang)
    if isinstance(r, Organisation) and r.price != "unknown":
        yield _say(f"price.{r.price}", lang)
    if isinstance(r, Training):
        yield from _paid(r, lang, names)
    elif isinstance(r, Instrument) and not known:
        yield _say("unknown.cost", lang)


def _course(r: Training, lang: str) -> Iterator[Line]:
    """How long, when, in which language and where; that the length is not known is said."""
    if r.duration:
        value = _line(r.duration.says, lang).says
        yield Line(_say("course.duration", lang, value=value).says, lang, (r.duration.source,))
    else:
        yield _say("course.no_duration", lang)
    for name, values in (("form", r.forms), ("language", r.languages)):
        if values:
            shown = ", ".join(_sentences()[f"{name}.{v}"][lang] for v in values)
            yield _say(f"course.{name}s", lang, value=shown)
    if r.places:
        yield _say("course.places", lang, value=", ".join(r.places))


def _paid(r: Training, lang: str, names: Mapping[str, str]) -> Iterator[Line]:
    """What pays by its source, and what may: the measures that often do."""

    def named(ids: Iterable[str]) -> list[str]:
        found = (names.get(i) or names.get(f"instrument/{i}") for i in ids)
        return [name for name in found if name]

    if by_source := named(r.paid_by):
        yield _say("course.paid_by", lang, value="; ".join(by_source))
    if r.paid_note:
        yield _line(r.paid_note, lang)
    others = named(i for i in PAYERS if i not in r.paid_by)
    if "vlaams-gewest" in r.area.regions and set(r.audience) & {"employer", "employees"} and others:
        yield _say("course.might", lang, value="; ".join(others))


def _call_first(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    ids = [r.id, *r.provider_ids] if isinstance(r, Instrument) else []
    providers = [names[i] for i in dict.fromkeys(ids) if i in names]
    if providers:
        who = f" {_sentences()['or'][lang]} ".join(providers[:2])
        yield _say("call_first", lang, who=who)
    elif isinstance(r, Organisation):
        yield _say("ask_itself", lang, who=names.get(r.id, r.id))
    else:
        yield _say("call_first", lang, who=names[PROVIDER] or r.id)


def _doubt(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    newest = newest_source(r)
    if newest is None:
        yield _say("doubt.undated", lang)
    elif is_stale(r, as_of):
        yield _say("doubt.stale", lang, date=show_date(newest))
    if availability(r, as_of) == "unknown":
        yield _say("doubt.status", lang)
    if r.parameters and not any(in_force(p.valid_from, p.valid_to, as_of) for p in r.parameters):
        yield _say("doubt.figures", lang)


def _when(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    if isinstance(r, Instrument):
        yield _say("unknown.when", lang)


def _not_with(r: Offer, lang: str, as_of: date, names: Mapping[str, str]) -> Iterator[Line]:
    """Conditions on other aid and earlier use; for an instrument without any, that we can't say."""
    found = [
        _line(c.says, lang, (c.source,))
        for c in r.conditions
        if c.family in CUMULATION and in_force(c.valid_from, c.valid_to, as_of)
    ]
    yield from found
    if not found and isinstance(r, Instrument):
        yield _say("unknown.not_with", lang)


_MADE = {
    "what": _what,
    "for_whom": _for_whom,
    "you_get": _you_get,
    "steps": _steps,
    "cost": _cost,
    "when": _when,
    "not_with": _not_with,
    "call_first": _call_first,
    "doubt": _doubt,
}
