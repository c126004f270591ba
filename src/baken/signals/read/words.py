"""Words by which a column is known: what is bad news, what is counted, what is a total."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from baken.signals.series import Bad, Kind

BAD: dict[Bad, str] = {
    "down": (
        "omzet verkoop verkopen sales turnover revenue ventes vente chiffre orders order bestelling"
        " bestellingen commandes bezoekers visitors visiteurs klanten customers clients marge"
        " margin winst profit benefice gewonnen won gagnes ontvangsten receipts recettes kassa"
        " leads reservaties bookings reservations inkomsten income revenus ca encaissements"
    ),
    "up": (
        "klacht klachten complaint complaints plainte plaintes reclamations retour retours return"
        " returns ziek ziekte ziekmelding ziekmeldingen ziektedagen"
        " ziekteverzuim verzuim sick sickness maladie absenteeism"
        " absences creditnota creditnotas kosten cost costs couts frais uitgaven expenses depenses"
        " verloren lost perdus fouten defects defauts uitval achterstand overdue arrears"
    ),
}
INVOICES = frozenset("factuur facturen invoice invoices facture factures".split())
MEASURES = frozenset(
    "aantal number of nombre de des n count gemiddeld gemiddelde average avg mean moyenne moyen"
    " bedrag value amount montant per".split()
)
"""Words that say how invoices are measured: "average invoice", and nothing of whose they are."""
COUNTED = frozenset(
    "klacht klachten complaint complaints plainte plaintes retour retours return returns"
    " ziektedagen bestelling bestellingen orders commandes bezoekers visitors visiteurs"
    " klanten customers clients offertes quotes devis aantal count number nombre stuks pieces"
    " leads".split()
)
OUTCOMES = frozenset("gewonnen verloren won lost gagnes perdus".split())
ADDED = frozenset("bedrag amount montant omzet excl total totaal som".split())
"""Figures that can, whatever stands beside these words."""
MONEY = frozenset({"eur", "euro", "€", "usd", "gbp", "chf", "$", "£"})
COUNTS = frozenset({"count", "counts", "stuks", "stuk", "aantal", "n", "#", "pieces", "number"})
DAYS = frozenset({"dagen", "days", "jours", "dag", "day", "jour"})
TOTAL = re.compile(
    r"(?:sub|eind|grand |jaar|general )?-?tota(?:al|len|l|ux)?(?: general| generaal)?\b.*"
    r"|som|sum|somme|gemiddelde?|average|mean|moyenne|cumul(?:atief)?|ytd|saldo totaal"
    r"|.*\b(?:sub)?tota(?:al|l)",
    re.I,
)


def folded(text: str) -> str:
    """Small letters without accents, with single spaces."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(plain.lower().split())


def words_in(text: str) -> list[str]:
    """The words of a heading, folded."""
    return re.findall(r"[a-z]+", folded(text))


def bad_of(name: str) -> Bad:
    """In which direction a move is bad news, from known words only; else both.

    >>> bad_of("Omzet horeca"), bad_of("klachten"), bad_of("temperatuur"), bad_of("lost sales")
    ('down', 'up', 'both', 'up')
    >>> bad_of("gemiddelde factuur"), bad_of("facturen leveranciers")
    ('down', 'both')
    """
    found = words_in(name)
    for bad in ("up", "down"):
        if any(w in BAD[bad].split() for w in found):
            return bad
    if INVOICES & set(found) and set(found) <= INVOICES | MEASURES:
        return "down"
    return "both"


def kind_of(name: str, unit: str, values: Sequence[float | None]) -> Kind:
    """What the values are: by the unit, else a count where a known word says so."""
    unit = unit.strip().lower()
    if unit in MONEY:
        return "money"
    if unit in DAYS:
        return "days"
    if unit in COUNTS or (not unit and (COUNTED | OUTCOMES) & set(words_in(name))):
        whole = all(v is None or (v >= 0 and v == int(v)) for v in values)
        return "count" if whole else "number"
    return "number"


def is_total(text: str) -> bool:
    """Whether the label of a row or column says that it sums others up."""
    return bool(TOTAL.fullmatch(folded(text).strip(" :.")))


def slug(text: str) -> str:
    """A stable id: small letters, figures and dashes.

    >>> slug("Omzet horeca (EUR)")
    'omzet-horeca-eur'
    """
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-") or "value"
