"""Answers and records as a person reads them in a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date
from typing import Any

import typer

from baken.landscape.model import Instrument, Offer
from baken.landscape.told import told
from baken.match.model import Answer, Computed, GivenFigure, Lang, OfferAnswer, Reason, Step
from baken.match.understand import main_needs

WIDTH = 96
MARKS = {True: "[x]", False: "[-]", None: "[?]"}
WORDS = {
    "nl": {
        "needs": "We begrijpen", "doors": "Eerste deur", "alternative": "of", "offers": "Aanbod",
        "excluded": "Valt af", "question": "Volgende vraag", "left": "nog hoogstens {n}",
        "first": "Eerste stap", "source": "bron", "undated": "zonder datum", "amount": "Hoeveel",
        "deadline": "Uiterlijk", "must": "De wet vraagt dit, en het kan niet wachten",
        "catalogue": "Catalogus", "as_of": "op",
    },
    "en": {
        "needs": "We understand", "doors": "First door", "alternative": "or", "offers": "Offers",
        "excluded": "Falls away", "question": "Next question", "left": "at most {n} left",
        "first": "First step", "source": "source", "undated": "undated", "amount": "How much",
        "deadline": "At the latest", "must": "The law asks this, and it cannot wait",
        "catalogue": "Catalogue", "as_of": "on",
    },
    "fr": {
        "needs": "Nous comprenons", "doors": "Première porte", "alternative": "ou", "offers": "Offres",  # noqa: E501
        "excluded": "Exclu", "question": "Question suivante", "left": "encore {n} au plus",
        "first": "Premier pas", "source": "source", "undated": "sans date", "amount": "Combien",
        "deadline": "Au plus tard", "must": "La loi le demande, et cela ne peut pas attendre",
        "catalogue": "Catalogue", "as_of": "au",
    },
}  # fmt: skip


def show_answer(answer: Answer) -> None:
    """Print an answer: needs, doors, offers with their reasons, the next question."""
    w = WORDS[answer.lang]
    for first in filter(None, (answer.danger, answer.urgent, answer.doubt)):
        _line(first)
    for duty in answer.duties:
        dated = duty.source.date or w["undated"]
        says = duty.says if duty.perhaps else f"{w['must']}: {duty.says}"
        _line(f"! {says} [{w['source']}: {duty.source.url}, {dated}]")
    main = main_needs({n.code: n.score for n in answer.needs})
    labels = "; ".join(f"{n.label} ({n.code})" for n in answer.needs if n.code in main)
    _line(f"{w['needs']}: {labels}" if labels else "")
    if answer.route:
        _line("")
        _line(f"{w['doors']} ({answer.route.id}): {answer.route.why}")
        for door in answer.route.reasons:
            _line(f"  > {door.name}: {door.why}")
    shown = [o for o in answer.offers if o.verdict != "excluded"]
    out = [o for o in answer.offers if o.verdict == "excluded"]
    _line("")
    _line(f"{w['offers']}:")
    for number, offer in enumerate(shown, 1):
        _offer(number, offer, w)
    if out:
        _line("")
        _line(f"{w['excluded']}:")
        for offer in out:
            _line(f"  - {offer.name}: {offer.verdict_says}")
            for reason in offer.reasons:
                if reason.met is False and reason.change:
                    _line(f"      {reason.change}")
    if answer.next_question:
        q = answer.next_question
        _line("")
        _line(f"{w['question']} ({w['left'].format(n=q.left)}): {q.text}")
        for choice in q.choices:
            value = "" if choice.value is None else f"  --fact {q.fact}={choice.value}"
            _line(f"  * {choice.label}{value}")
    for computed in answer.computed:
        _computed(computed, answer.lang)
    for notice in answer.notices:
        _line(f"! {notice}")
    _line("")
    _line(f"{w['catalogue']} {answer.catalogue_version}, {w['as_of']} {answer.as_of}.")


def _computed(found: Computed, lang: Lang) -> None:
    """A fact that was computed, and the steps that led to it."""
    value = found.value
    shown = " | ".join(value) if isinstance(value, list) else "?" if value is None else str(value)
    _line("")
    _line(f"{found.fact}: {shown.lower() if isinstance(value, bool) else shown}")
    for step in found.steps:
        _step(step, lang, 1)
    for name in found.missing:
        _line(f"  [?] {name}")


def _step(step: Step, lang: Lang, depth: int) -> None:
    source = f" [{step.source}]" if step.source else ""
    _line("  " * depth + step.says[lang] + source)
    for inner in step.steps:
        _step(inner, lang, depth + 1)


def _offer(number: int, offer: OfferAnswer, w: dict[str, str]) -> None:
    _line(f"{number}. {offer.name} ({offer.type}, {offer.id}) - {offer.verdict_says}")
    _line(f"   {offer.summary}")
    for why in offer.why:
        _line(f"   + {why}")
    for reason in offer.reasons:
        _reason(reason, w)
    if offer.amount:
        figures = ", ".join(map(_figure, (*offer.amount.rates, *offer.amount.caps)))
        _line(f"   {w['amount']}: {figures} ({offer.amount.source.date or w['undated']})")
    if offer.deadline:
        _line(f"   {w['deadline']}: {offer.deadline}")
    if offer.first_step:
        _line(f"   {w['first']}: {offer.first_step}")


def _figure(figure: GivenFigure) -> str:
    unit = f"{figure.value:g} %" if figure.name == "rate_pct" else f"{figure.value:,.0f} EUR"
    who = f"({figure.who})" if figure.who else ""
    return " ".join(x for x in (unit, figure.per, who) if x)


def _reason(reason: Reason, w: dict[str, str]) -> None:
    because = f" [{reason.unknown_because}]" if reason.unknown_because else ""
    date = reason.source.date or w["undated"]
    _line(f"   {MARKS[reason.met]} {reason.says}{because} ({w['source']} {date})")
    if reason.change:
        _line(f"       {reason.change}")


def show_record(record: Offer, as_of: date, names: Mapping[str, str]) -> None:
    """Print one record with its conditions, figures and sources."""
    name = record.names.nl or record.names.en or record.id
    _line(f"{name} ({record.type}, {record.id})")
    _line(f"status: {record.status.value} ({record.status.as_of or 'undated'})")
    if record.replaced_by:
        _line(f"replaced by: {', '.join(record.replaced_by)}")
    _line(f"needs: {' '.join(record.needs)}; themes: {', '.join(record.themes)}")
    if isinstance(record, Instrument) and record.legal_basis:
        _line(f"rests on: {'; '.join(record.legal_basis)}")
    for part in told(record, "nl", as_of, names):
        for line in part.lines:
            numbers = ", ".join(str(n) for n in line.sources)
            _line(f"{part.name}: {line.says}" + (f" [{numbers}]" if numbers else ""))
    for c in record.conditions:
        form = c.rule or (f"judged: {c.judged}" if c.judged else f"text: {c.text}")
        _line(f"* {c.says.nl} [{c.source}]")
        _line(f"    {form}")
    for p in record.parameters:
        dates = (
            " ".join(x for x in (p.valid_from, "..", p.valid_to) if x)
            if p.valid_from or p.valid_to
            else ""
        )
        who = f" {p.for_whom.nl}" if p.for_whom else ""
        per = f" {p.per.nl}" if p.per else ""
        _line(f"= {p.name}: {p.value} {p.unit}{who}{per} [{p.source}] {dates}".rstrip())
    if record.not_stated:
        _line(f"the sources do not state: {', '.join(record.not_stated)}")
    for s in record.sources:
        _line(f"[{s.n}] {s.url} ({s.date or 'undated'}; seen {s.seen})")


def _line(text: str) -> None:
    indent = " " * (len(text) - len(text.lstrip()) + 4)
    typer.echo(textwrap.fill(text, WIDTH, subsequent_indent=indent) if text else "")


def show_accounts(found: dict[str, Any]) -> None:
    """The figures of accounts, year by year."""
    for year in found["years"]:
        typer.echo(f"{year['start'] or '...'} - {year['end']}")
        for name in ("heads", "turnover", "balance_total", "equity"):
            value = year[name]
            typer.echo(f"  {name}: {'not in these accounts' if value is None else f'{value:,}'}")
        typer.echo(f"  rubrics: {len(year['rubrics'])}")
    if found["participations"]:
        typer.echo(f"holdings of 25 % or more in others: {found['participations']}")
    for remark in found["remarks"]:
        typer.echo(f"! {remark}")
