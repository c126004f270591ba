"""What is wrong between records, and between a record's words and its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rapidfuzz import fuzz, process

from baken.landscape.check import Finding
from baken.landscape.model import Offer

SAME_NAME = 93
SAME_TEXT = 95
"""Names and one-liners that are this near (rapidfuzz ratio, 0 to 100) may be one record twice."""
FIGURE = re.compile(
    r"(?P<euro>€ ?|euro ?)?(?P<number>\d{1,3}(?:[.  ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
    r" ?(?P<unit>%|procent|euro|miljoen)?"
)


def near_equal(records: Sequence[Offer]) -> list[Finding]:
    """Warnings for records of one type with nearly the same name, alias or one line."""
    found = []
    for kind in ("instrument", "organisation", "training"):
        own = [r for r in records if r.type == kind]
        follows = {frozenset((r.id, n)) for r in own for n in r.replaced_by}
        for what, texts, least in (
            ("name", [(r.names.nl or r.names.en or r.id).casefold() for r in own], SAME_NAME),
            ("one line", [r.summary.nl.casefold() for r in own], SAME_TEXT),
        ):
            scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=least)
            for i, j in zip(*scores.nonzero(), strict=True):
                if i < j and frozenset((own[i].id, own[j].id)) not in follows:
                    path = f"{kind}/{own[j].id}, {what}"
                    problem = f"nearly that of '{own[i].id}'"
                    found.append(Finding("warning", path, problem, "one record for one offer"))
    return found


def stray_figures(record: Offer) -> Iterator[Finding]:
    """Errors for a rate or amount in the words of a record that none of its parts holds.

    A figure is known when it is a parameter's value or stands in a condition: its rule, its words
    or what it rests on. Own words on cost and time may hold others, as they name their source.
    """
    known = {p.value for p in record.parameters}
    for c in record.conditions:
        for text in (c.rule, c.says.nl, c.text, c.judged, c.rests_on):
            known |= {value for value, _ in figures(text or "")} | _plain(text or "")
    for where, text in (("summary.nl", record.summary.nl), *_told(record)):
        for value, shown in figures(text):
            if value not in known:
                problem = f"'{shown}' is no figure of this record"
                yield Finding(
                    "error",
                    f"{record.type}/{record.id}, {where}",
                    problem,
                    "a parameter or condition with the same figure",
                )


def _told(record: Offer) -> Iterator[tuple[str, str]]:
    if record.first_step:
        yield "first_step.nl", record.first_step.nl
    if record.texts and record.texts.you_get and not record.texts.you_get.sources:
        yield "texts.you_get", record.texts.you_get.nl


def figures(text: str) -> Iterator[tuple[Decimal, str]]:
    """Rates and amounts of money in a Dutch text, as they stand there.

    >>> [str(v) for v, _ in figures("20 % tot 7.500 euro in 2024, of 1,5 miljoen euro")]
    ['20', '7500', '1500000']
    """
    for m in FIGURE.finditer(text):
        if not (m["euro"] or m["unit"]):
            continue
        number = Decimal(re.sub(r"[.  ](?=\d{3})", "", m["number"]).replace(",", "."))
        if m["unit"] == "miljoen":
            number *= 1_000_000
        yield number.normalize() if number % 1 else number.quantize(Decimal(1)), m[0].strip()


def _plain(text: str) -> set[Decimal]:
    """Every number of a rule, as it stands."""
    return {Decimal(n) for n in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", text)}
