"""What people type, as one plain form; and that form as values of the law."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from baken.web.reckon.model import Part
from baken.web.texts import LANGS, items
from baken.web.words import day, euro, number

MOST_DIGITS = 15
MOST_DECIMALS = 6
TURN = 60
"""A year of two digits from here on is one of the last century."""
SHORT = {"mrt": "maart"}
"""A month's usual short form that is not how it begins."""
DAYS = (
    r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4}|\d{2})",
    r"(?P<y>\d{4})[-/. ](?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})",
    r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})",
)
MOST_TEXT = 1000
"""Characters of own words."""
GAPS = re.compile(r"[\s\u00a0\u202f'’_]")
EUROS = re.compile(r"(?i)^(?:eur|euros?|€)|(?:eur|euros?|€)$")


class Wrong(ValueError):
    """What was typed can't be read; the message is the key of a text of ``reckon.errors``."""


def canonical(part: Part, typed: str, lang: str) -> str:
    """What was typed, in the plain form; empty stays empty.

    Raises:
        Wrong: when it can't be read.
    """
    typed = typed.strip()
    if not typed:
        return ""
    if part.kind == "text":
        return " ".join(typed.split())[:MOST_TEXT]
    if part.choices:
        if typed not in {code for code, _ in part.choices}:
            raise Wrong("choice")
        return typed
    if part.kind == "date":
        return _date(typed, lang)
    value = _number(typed, lang, part.kind)
    if value < 0 and not part.negative:
        raise Wrong("negative")
    if part.kind == "percent" and value > 100:
        raise Wrong("percent")
    return str(value)


def _date(typed: str, lang: str) -> str:
    """A day in figures, with or without signs between, or with its month in words."""
    year, month, day_ = _pieces(typed.lower().strip(" ."), lang)
    if len(year) == 2:  # nobody's accounts are of a year in the last century's first half
        year = f"20{year}" if int(year) < TURN else f"19{year}"
    try:
        read = date(int(year), int(month), int(day_))
    except ValueError:
        raise Wrong("date_none") from None
    if not 1900 <= read.year <= 2100:
        raise Wrong("date_range")
    return read.isoformat()


def _pieces(typed: str, lang: str) -> tuple[str, str, str]:
    for pattern in DAYS:
        found = re.fullmatch(pattern, typed)
        if found:
            return found["y"], found["m"], found["d"]
    found = re.fullmatch(r"(\d{1,2})(?:er|e|ste|de|st|nd|rd|th)?[\s.]+([^\W\d]+)\.?[\s,]+(\d{4})",
                         typed)  # fmt: skip
    if found is None and lang == "en":  # December 31, 2025
        turned = re.fullmatch(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", typed)
        pieces = (turned[2], turned[1], turned[3]) if turned else None
    else:
        pieces = (found[1], found[2], found[3]) if found else None
    if pieces is not None and len(pieces[1]) >= 3:
        short = SHORT.get(pieces[1], _flat(pieces[1]))
        for code in (lang, *LANGS):
            months = [_flat(m) for m in items(code, "months")]
            at = [i for i, m in enumerate(months, 1) if m.startswith(short)]
            if len(at) == 1:
                return pieces[2], str(at[0]), pieces[0]
    raise Wrong("date")


def _flat(name: str) -> str:
    """A month without capitals and accents."""
    found = unicodedata.normalize("NFD", name.lower())
    return "".join(c for c in found if not unicodedata.combining(c))


def _number(typed: str, lang: str, kind: str) -> Decimal:
    """A number with the signs of the language. In euros, three digits after a sign are thousands:
    nobody writes thousandths of a euro."""
    text = GAPS.sub("", typed).rstrip("%")
    text = EUROS.sub("", text).replace("−", "-").removeprefix("+")
    text = re.sub(r"[.,](-+|=)$", "", text)  # 350.000,- is a whole amount
    signs = re.findall(r"[.,]", text)
    point = "." if lang == "en" else ","
    if len(set(signs)) == 2:
        point = signs[-1]
    elif len(signs) > 1:
        point = ""
    elif signs:
        thousand = re.fullmatch(r"-?\d{1,3}[.,]\d{3}", text) is not None
        if kind == "euro" or (kind == "number" and signs[0] != point):
            point = "" if thousand else signs[0]
        else:
            point = signs[0]
    other = {".": ",", ",": "."}.get(point)
    if other is not None:
        head, _, tail = text.partition(point)
        well = re.fullmatch(r"-?(\d+|\d{1,3}([.,]\d{3})+)", head) and re.fullmatch(r"\d+", tail)
        if point in text and not well:
            raise Wrong(kind)
        text = text.replace(other, "").replace(point, ".")
    else:
        if not re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", text):
            raise Wrong(kind)
        text = text.replace(",", "").replace(".", "")
    head, dot, tail = text.partition(".")
    text = head + dot + tail[:MOST_DECIMALS]
    if not re.fullmatch(r"-?\d+(\.\d{1,6})?", text, re.ASCII):
        raise Wrong(kind)
    if len(text) > MOST_DIGITS + 7 or len(text.partition(".")[0]) > MOST_DIGITS:
        raise Wrong("large")
    return Decimal(text)


def value(part: Part, plain: str) -> Any:
    """The plain form as a value of the law: Decimal, date, bool or a code; None: not known."""
    if not plain:
        return None
    if part.kind == "yes_no":
        return plain == "yes"
    if part.kind in ("choice", "text"):
        return plain
    return date.fromisoformat(plain) if part.kind == "date" else Decimal(plain)


def shown(part: Part, plain: str, lang: str) -> str:
    """The plain form as people read it; empty when it is not known."""
    if not plain:
        return ""
    if part.choices:
        return next((t[lang] for code, t in part.choices if code == plain), plain)
    match part.kind:
        case "text":
            return plain
        case "date":
            return day(lang, plain)
        case "euro":
            return euro(lang, plain)
        case "percent":
            return f"{number(lang, plain)} %"
    return number(lang, plain)


def typed_again(part: Part, plain: str, lang: str) -> str:
    """The plain form as it stands in a field to be changed."""
    if not plain or part.choices or part.kind == "text":
        return plain
    if part.kind == "date":
        read = date.fromisoformat(plain)
        return f"{read.day}/{read.month}/{read.year}"
    return number(lang, plain)


def plain_answer(parts: Sequence[Part], raw: object) -> tuple[str, ...] | None:
    """An answer that came back in a hidden field, checked again; None when it can't be used."""
    if not isinstance(raw, list) or len(raw) != len(parts):
        return None
    found = []
    for part, text in zip(parts, raw, strict=True):
        if not isinstance(text, str) or len(text) > (MOST_TEXT if part.kind == "text" else 40):
            return None
        try:
            found.append(canonical(part, text, "en"))
        except Wrong:
            return None
    return tuple(found)
