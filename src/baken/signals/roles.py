"""What a series is about, by the ledger's id or by the words in its name: Dutch, English, French.

A program's table says ``omzet``, ``avg_invoice`` or ``clients actifs`` where the ledger says
``sales``, ``average_invoice`` and ``customers``. Causes are sought in roles, so they are found in
both. A name with a word that is not known here is no role: ``omzet horeca`` is a part of sales.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from baken.signals.ledger.names import ABOUT
from baken.signals.read.words import words_in
from baken.signals.series import Series

_WORDS = {
    "sales": "omzet verkoop verkopen sales turnover revenue ventes vente chiffre affaires ca",
    "order": "factuur facturen invoice invoices facture factures order orders bestelling"
    " bestellingen commande commandes ticket tickets bon bonnen basket panier transacties"
    " transactions",
    "mean": "gemiddelde gemiddeld average avg mean moyenne moyen",
    "customer": "klant klanten customer customers client clients",
    "new": "nieuwe nieuw new nouveaux nouveau",
    "lost": "verloren wegblijven lost churned perdus perdu",
    "share": "aandeel deel share part pct percentage percent ratio",
    "one": "grootste largest biggest top grand gros",
    "five": "vijf five cinq",
    "credit": "creditnota creditnotas creditnotes credit nota notes note avoir avoirs",
    "bought": "aankoop aankopen inkoop inkopen purchase purchases achat achats inkoopprijs"
    " inkoopprijzen aankoopprijs supplier leverancier",
    "price": "prijs prijzen price prices prix inkoopprijs inkoopprijzen aankoopprijs"
    " verkoopprijs verkoopprijzen prijsindex prijspeil prix",
    "yield": "opbrengst recette",
    "unit": "stuk stuks unitaire eenheid eenheden unit units piece pieces hoeveelheid"
    " quantity quantities quantite quantites volume",
    "open": "openingsdagen werkdagen ouvres ouverture ouvrables open working gewerkte worked"
    " opening",
    "dear": "duur dure duurdere premium dear expensive cher chers chere gamme haut",
    "article": "artikel artikelen article articles product producten products produits",
}
_KNOWN = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
_FILLERS = frozenset(
    "aantal number count nombre actieve active actif actifs total totale totaal net netto nette"
    " nettes excl btw vat tva eur euro per par maand month monthly mois mensuel van de des du le"
    " la les l d of the in aan die value valeur bedrag amount montant s no htva index mensuelle"
    " no nr num plus days dagen dag jours level niveau".split()
)
_NAMED: dict[str, tuple[frozenset[str], ...]] = {
    role: tuple(frozenset(kinds.split()) for kinds in ways)
    for role, ways in {
        "sales": ("sales",),
        "invoices": ("order", "order sales"),
        "average_invoice": ("mean order", "mean order sales", "mean sales"),
        "customers": ("customer",),
        "customers_new": ("customer new", "new"),
        "customers_lost": ("customer lost", "lost"),
        "share_largest": ("share one customer", "share one", "share one customer sales"),
        "share_five": ("share one five customer", "share one five", "share five customer"),
        "credit_notes": ("credit",),
        "credit_share": ("share credit", "share credit sales"),
        "purchases": ("bought",),
        "supply_price": ("price bought", "mean price bought", "price unit bought"),
        "price": (
            "price", "price sales", "mean price", "mean price sales", "price unit",
            "mean price unit", "price unit sales", "price article", "mean price article",
        ),
        "units": ("unit", "unit sales"),
        "unit_value": ("yield unit", "yield unit sales"),
        "open_days": ("open",),
        "dear_share": ("share dear", "share dear article", "share dear sales",
                       "share dear article sales"),
    }.items()
}  # fmt: skip
_LETTER = re.compile(r"(?:^|[\W_])(?:klant|customer|client)[\W_]+(?:[a-z]|\d{1,4})$", re.I)
LARGEST = "sales.largest"
"""What the largest customer bought, told by his share of sales (``largest.py``)."""
SOLD = {"sold.price": "price", "sold.unit": "unit_value"}
"""Series of the ledger that only explain: the level of own prices, and what a mean unit brings."""


@lru_cache(maxsize=4096)
def role_of_name(name: str) -> str | None:
    """The role that a name stands for.

    >>> [role_of_name(n) for n in ("Omzet", "aantal klanten", "avg_invoice", "omzet horeca")]
    ['sales', 'customers', 'average_invoice', None]
    >>> [role_of_name(n) for n in ("chiffre d'affaires", "nouveaux clients", "klant A")]
    ['sales', 'customers_new', 'customer']
    """
    if _LETTER.search(name):
        return "customer"
    kinds: set[str] = set()
    for word in words_in(name):
        mine = {kind for kind, words in _KNOWN.items() if word in words}
        if not mine and word not in _FILLERS:
            return None
        kinds |= mine
    if "credit" in kinds:
        kinds.discard("order")
    return next((role for role, ways in _NAMED.items() if kinds in ways), None)


def role_of(series: Series) -> str | None:
    """What a series is about; None where neither its id nor its name tells."""
    if series.id == LARGEST or series.id.startswith("sales.klant-"):
        return "customer"
    if series.id in ABOUT or series.id in SOLD:
        return SOLD.get(series.id, series.id)
    if series.id.startswith("price."):
        return "supply_price"
    return role_of_name(series.id) or role_of_name(series.name)


def by_role(series: Mapping[str, Series]) -> dict[str, list[Series]]:
    """The series of a firm by role; one that has the ledger's own id stands first."""
    found: dict[str, list[Series]] = {}
    for one in series.values():
        role = role_of(one)
        if role is not None:
            found.setdefault(role, []).append(one)
    for role, mine in found.items():
        mine.sort(key=lambda s: s.id != role)
    return found
