"""What people type, as one plain form; and that form as values of the law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from baken.web.reckon.model import Part
from baken.web.words import day, euro, number

MOST_DIGITS = 15
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
    if part.choices:
        if typed not in {code for code, _ in part.choices}:
            raise Wrong("choice")
        return typed
    if part.kind == "date":
        return _date(typed)
    value = _number(typed, lang, part.kind)
    if value < 0 and not part.negative:
        raise Wrong("negative")
    if part.kind == "percent" and value > 100:
        raise Wrong("percent")
    return str(value)


def _date(typed: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", typed)
    parts = [int(found[i]) for i in (3, 2, 1)] if found else None
    if parts is None:
        found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed)
        parts = [int(g) for g in found.groups()] if found else None
    if parts is None:
        raise Wrong("date")
    try:
        read = date(*parts)
    except ValueError:
        raise Wrong("date_none") from None
    if not 1900 <= read.year <= 2100:
        raise Wrong("date_range")
    return read.isoformat()


def _number(typed: str, lang: str, kind: str) -> Decimal:
    """A number with the signs of the language. In euros, three digits after a sign are thousands:
    nobody writes thousandths of a euro."""
    text = GAPS.sub("", typed).rstrip("%")
    text = EUROS.sub("", text).replace("−", "-")
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
    if part.kind == "choice":
        return plain
    return date.fromisoformat(plain) if part.kind == "date" else Decimal(plain)


def shown(part: Part, plain: str, lang: str) -> str:
    """The plain form as people read it; empty when it is not known."""
    if not plain:
        return ""
    if part.choices:
        return next((t[lang] for code, t in part.choices if code == plain), plain)
    match part.kind:
        case "date":
            return day(lang, plain)
        case "euro":
            return euro(lang, plain)
        case "percent":
            return f"{number(lang, plain)} %"
    return number(lang, plain)


def typed_again(part: Part, plain: str, lang: str) -> str:
    """The plain form as it stands in a field to be changed."""
    if not plain or part.choices:
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
        if not isinstance(text, str) or len(text) > 40:
            return None
        try:
            found.append(canonical(part, text, "en"))
        except Wrong:
            return None
    return tuple(found)
