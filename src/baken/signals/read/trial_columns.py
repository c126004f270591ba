"""Which table is a trial balance, which of its columns is what, and of which day it is."""

from __future__ import annotations

import re
from datetime import date

from baken.signals.read.grid import kind_of_cell, text_of
from baken.signals.read.layout import Table
from baken.signals.read.periods import Period, month_of, readings
from baken.signals.read.words import folded, words_in

ACCOUNT = re.compile(r"[1-7]\d{1,9}")
ACCOUNTS = frozenset(
    "rekening rekeningnummer grootboek grootboekrekening account compte mar".split()
)
DATE_IN_TEXT = re.compile(
    r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{2}(?:[-/.]\d{2})?"
    r"|[^\W\d_]{3,9}\.? \d{4})(?!\d)"
)
Columns = tuple[int | None, int | None]
"""Debit and credit; a single column of balances has no credit."""


def is_trial(table: Table) -> bool:
    """Whether a table is a trial balance: a column of accounts of the plan, of several classes."""
    return account_column(table) is not None


def account_column(table: Table) -> int | None:
    """The column of accounts."""
    for at, name in enumerate(table.names):
        if not ACCOUNTS & set(words_in(name)):
            continue
        cells = [t for _, c in table.column(at) if (t := text_of(c))]
        fits = [c for c in cells if ACCOUNT.fullmatch(c)]
        if len(fits) >= 0.8 * len(cells) and len({c[0] for c in fits}) > 1:
            return at
    return None


def columns_of(table: Table) -> Columns | None:
    words = [folded(n) for n in table.names]

    def find(*patterns: str) -> int | None:
        hits = (n for p in patterns for n, w in enumerate(words) if re.fullmatch(p, w))
        return next(hits, None)

    debit = find(r".*(saldo|solde|balance).*\bd(ebet|ebit|ebiteur)?\b.*", r".*debi?e?t.*")
    credit = find(r".*(saldo|solde|balance).*\bc(redit|rediteur)?\b.*", r".*credit.*")
    if debit is not None and credit is not None:
        return debit, credit
    single = find(r".*\b(saldo|solde|balance|bedrag|amount|montant)\b.*")
    return None if single is None else (single, None)


def holds_dates(table: Table, column: int) -> bool:
    kinds = [k for _, c in table.column(column) if (k := kind_of_cell(c)) != "empty"]
    return bool(kinds) and kinds.count("period") >= 0.8 * len(kinds)


def told_period(table: Table) -> Period | None:
    """The month of the day that the title, the sheet or the name of the file tells."""
    for text in (*table.titles, table.sheet, table.file):
        found = {
            month_of(date.fromordinal(p.order)) if p.frequency == "day" else p
            for m in DATE_IN_TEXT.findall(text)
            for p in readings(m)
            if p.frequency in ("day", "month")
        }
        if found:
            return max(found, key=lambda p: p.order)
    return None
