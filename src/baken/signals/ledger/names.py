"""What each series of the ledger is: its name for people, its unit, and which way is bad."""

from __future__ import annotations

from typing import NamedTuple

from baken.signals.series import Bad, Kind


class About(NamedTuple):
    nl: str
    en: str
    fr: str
    kind: Kind
    bad: Bad
    unit: str = ""
    """``""`` for a number; ``money`` stands for the currency of the books."""


ABOUT: dict[str, About] = {
    "sales": About("Verkoop", "Sales", "Ventes", "money", "down", "money"),
    "invoices": About(
        "Aantal facturen", "Number of invoices", "Nombre de factures", "count", "down"
    ),
    "average_invoice": About(
        "Gemiddelde factuur", "Average invoice", "Facture moyenne", "mean", "down", "money"
    ),
    "customers": About(
        "Actieve klanten", "Active customers", "Clients actifs", "count", "down"
    ),
    "customers_new": About("Nieuwe klanten", "New customers", "Nouveaux clients", "count", "down"),
    "customers_lost": About(
        "Klanten die wegblijven", "Lost customers", "Clients perdus", "count", "up"
    ),
    "share_largest": About(
        "Aandeel van de grootste klant", "Share of the largest customer",
        "Part du plus grand client", "share", "up",
    ),
    "share_five": About(
        "Aandeel van de vijf grootste klanten", "Share of the five largest customers",
        "Part des cinq plus grands clients", "share", "up",
    ),
    "credit_notes": About(
        "Aantal creditnota's", "Number of credit notes", "Nombre de notes de crédit", "count", "up"
    ),
    "credit_share": About(
        "Creditnota's, deel van de verkoop", "Credit notes as a share of sales",
        "Notes de crédit, part des ventes", "share", "up",
    ),
    "days_to_due": About(
        "Dagen tot de vervaldag", "Days until due", "Jours jusqu'à l'échéance", "days", "up", "d"
    ),
    "days_to_payment": About(
        "Dagen tot betaling", "Days until payment", "Jours jusqu'au paiement", "days", "up", "d"
    ),
    "purchases": About("Aankopen", "Purchases", "Achats", "money", "both", "money"),
    "sales.*": About("Verkoop aan {}", "Sales to {}", "Ventes à {}", "money", "down", "money"),
    "sales.largest": About(
        "Verkoop aan de grootste klant", "Sales to the largest customer",
        "Ventes au plus grand client", "money", "down", "money",
    ),
    "sold.price": About("Prijspeil", "Price level", "Niveau des prix", "number", "down"),
    "sold.unit": About(
        "Opbrengst per stuk", "Revenue per unit", "Recette par unité", "mean", "down", "money"
    ),
    "price.*": About("Prijs van {}", "Price of {}", "Prix de {}", "mean", "up", "money"),
}  # fmt: skip


def alias_words(alias: str) -> str:
    """A customer, or an article of a supplier, as people read it.

    >>> alias_words("klant-a"), alias_words("leverancier-b.artikel-aa")
    ('klant A', 'leverancier B, artikel AA')
    """
    parts = (part.partition("-") for part in alias.split("."))
    return ", ".join(f"{role} {letter.upper()}".strip() for role, _, letter in parts)
