"""A new instrument from a template: a record that a policy officer fills in, and its cases."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from baken.kernel.errors import BakenError
from baken.landscape.catalogue import DATA

RECORD = """\
# CONTRIBUTING.md tells how to fill this in. `baken landscape check` tells what is not right yet.
id: {id}
type: instrument
added_on: '{today}'
names:
  nl: {name}             # en: en fr: als je ze kent
aliases: []              # andere namen, ook de afkorting
summary:
  nl: Zeg in één zin wat dit is, in gewone woorden.
# kind: grant, voucher, loan, guarantee, equity, tax, advice, training, network, hiring or relief
kind: grant
provider: Wie geeft dit?
provider_ids: []         # ids van organisaties in de catalogus
level: flemish           # european, federal, flemish, provincial, municipal
needs:
- N09                    # N01 tot N14: `baken landscape list --need N09` toont voorbeelden
themes:
- horizontal
keywords: []             # woorden van eigenaars voor hun probleem
says:                    # zinnen waarin eigenaars hun probleem vertellen, zonder de naam van
  nl: []                 # de maatregel: 8 of meer in het Nederlands,
  en: []                 # 3 in het Engels
  fr: []                 # en 3 in het Frans
area:
  regions:
  - vlaams-gewest
status:
  value: unknown         # open, call, closed, abolished, replaced, unknown
apply: null              # before_start, within_days of any, als een bron het zegt
apply_days: null         # bij within_days: hoeveel dagen, of
apply_months: null       # hoeveel maanden, zoals de bron het telt
apply_from: null         # vanaf signature, training, agreement, hire, disaster, illness of opening
asked_through: null      # tax_return, payroll of bank, als het zo gaat
after: []                # ids van wat je eerst aanvraagt, als een bron het zegt
duty: false              # true als de wet het eist: texts.when zegt dan tot wanneer
first_step:
  nl: Wat doet iemand deze week het eerst?
conditions:
- id: size
  family: size
  says:
    nl: Je onderneming is een kmo volgens de Europese definitie (micro, klein of middelgroot).
  rests_on: null         # één zin: wat de bron zegt waarop dit rust
  rule: size in ('micro', 'small', 'medium')
  source: 1
not_stated:              # waarover de bron niets zegt
- region
- legal_form
- sector
- age
- difficulty
- de_minimis
sources:
- n: 1
  url: https://vul-hier-het-adres-in.invalid/
  date: null             # de datum op de pagina zelf
  kind: primary
  seen: '{today}'
stated:
- fact: conditions/1/size_class
  to: size
"""
UNFILLED = (
    "Zeg in één zin wat dit is, in gewone woorden.",
    "Wie geeft dit?",
    "Wat doet iemand deze week het eerst?",
)
"""Sentences of the template that must not be published."""
CASES = """\
# Firms with the verdict that you expect. `firm` is what every case starts from.
id: {id}
firm:
  size: small
cases:
- says: Een kleine onderneming past.
  as_of: {today}
  verdict: fits
- says: Een grote onderneming past niet.
  as_of: {today}
  facts:
    size: large
  verdict: excluded
  because:
  - size
- says: De grootte is nog niet gezegd.
  as_of: {today}
  facts:
    size: null
  verdict: open
  missing:
  - size
"""


def start(offer_id: str, root: Path | None, today: date) -> list[Path]:
    """Write the record and its cases below ``root`` (the product's own catalogue).

    Raises:
        BakenError: for an id that cannot be one, or that exists.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,79}", offer_id):
        raise BakenError("ID", f"'{offer_id[:80]}' is no id", "lower case letters, digits, hyphens")
    folder = root or DATA
    made = {
        folder / "instruments" / f"{offer_id}.yaml": RECORD,
        folder / "cases" / f"{offer_id}.yaml": CASES,
    }
    for path in made:
        if path.exists():
            raise BakenError("ID", f"{path.name} exists already", "a new id")
    name = offer_id.replace("-", " ").capitalize()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(id=offer_id, name=name, today=today), encoding="utf-8")
    return list(made)
