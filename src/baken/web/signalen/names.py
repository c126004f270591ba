"""What series and their values are called, in the reader's language. Customers are customer A."""

from __future__ import annotations

from collections.abc import Mapping

from baken.signals.ledger.names import ABOUT, alias_words
from baken.signals.names import names
from baken.signals.series import Series
from baken.web import words
from baken.web.texts import text

ROLES = ("klant", "leverancier", "artikel")


def series_name(series: Series, lang: str, real: Mapping[str, str] | None = None) -> str:
    """The name of a series: what its owner called it, else ours.

    ``real`` are the names of customers and suppliers, where the owner wants to see them.
    """
    head, _, rest = series.id.partition(".")
    if not is_ours(series) or not rest or series.id in ABOUT:
        return names(series)[lang]
    named: str = getattr(ABOUT[f"{head}.*"], lang)
    return named.format(alias_name(rest, lang, real))


def is_ours(series: Series) -> bool:
    """Whether a series was made of invoices, and named by us."""
    head, _, rest = series.id.partition(".")
    about = ABOUT.get(series.id) or ABOUT.get(f"{head}.*" if rest else head)
    if about is None:
        return False
    return series.name in ("", about.nl.format(alias_words(rest)))


def alias_name(alias: str, lang: str, real: Mapping[str, str] | None = None) -> str:
    """``leverancier-b.artikel-a`` in words: supplier B, article A; or by its real name."""
    if alias == "largest":
        return text(lang, "signalen.role.largest")
    if real and alias in real:
        seller = alias.partition(".")[0]
        both = "." in alias and seller in real
        return f"{real[alias]} ({real[seller]})" if both else real[alias]
    said = []
    for part in alias.split("."):
        role, _, letter = part.partition("-")
        said.append(
            f"{text(lang, f'signalen.role.{role}')} {letter.upper()}" if role in ROLES else part
        )
    return ", ".join(said)


def value_words(series: Series, value: float | None, lang: str, whole: bool = False) -> str:
    """A value of a series with its unit; a dash where there is none. ``whole`` rounds counts."""
    if value is None:
        return "–"
    if series.kind == "share":
        return f"{words.number(lang, round(100 * value, 1))}{words.NBSP}%"
    shown = round(value) if whole and series.kind == "count" else _rounded(value)
    if series.unit == "EUR":
        return words.euro(lang, shown)
    unit = text(lang, "signalen.days") if series.unit == "d" else series.unit
    return f"{words.number(lang, shown)}{words.NBSP}{unit}".strip(words.NBSP)


def axis_words(series: Series, value: float, lang: str) -> str:
    """A value at the axis of a chart: short."""
    if series.kind == "share":
        return f"{words.number(lang, round(100 * value, 1))}{words.NBSP}%"
    if abs(value) >= 1_000_000:
        millions = words.number(lang, round(value / 1_000_000, 2))
        return f"{millions}{words.NBSP}{text(lang, 'signalen.million')}"
    return words.number(lang, _rounded(value))


def percent(share: float | None, lang: str) -> str:
    """A change as a share, with its sign: −18 %."""
    if share is None:
        return "–"
    whole = round(100 * share)
    sign = "−" if whole < 0 else "+" if whole > 0 else ""
    return f"{sign}{words.number(lang, min(abs(whole), 999))}{words.NBSP}%"


def _rounded(value: float) -> float | int:
    if abs(value) >= 100 or value == int(value):
        return round(value)
    return round(value, 1 if abs(value) >= 10 else 2)
