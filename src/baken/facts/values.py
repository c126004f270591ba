"""From what was typed or sent to a value of a fact; what can't be is an error that says why."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import process

from baken.facts.vocabulary import Fact
from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, Interval, Number, SetOf, Value

MAX_TEXT = 500
MAX_NUMBER = Decimal(10) ** 13
MAX_MEMBERS = 2000
UNKNOWN_WORDS = frozenset(
    {"", "?", "unknown", "onbekend", "weet ik niet", "weet niet", "null", "none", "inconnu"}
)
YES = frozenset({"ja", "j", "yes", "y", "oui", "true", "1", "waar"})
NO = frozenset({"nee", "n", "no", "non", "false", "0", "onwaar"})
Normalise = Mapping[str, Callable[[str], str]]


def find_fact(vocabulary: Mapping[str, Fact], fact_id: str, path: str = "") -> Fact:
    """The fact with this id; BakenError with near ids when there is none."""
    fact = vocabulary.get(fact_id)
    if fact is None:
        near = [
            m[0] for m in process.extract(fact_id[:100], list(vocabulary), limit=3, score_cutoff=55)
        ]
        raise BakenError(
            path or f"facts.{fact_id[:100]}", "no such fact", "a fact from `baken facts`", near
        )
    return fact


def parse_value(fact: Fact, raw: Any, path: str = "", normalise: Normalise | None = None) -> Value:
    """A value of ``fact`` from JSON or typed text.

    Numbers may be text, Belgian or plain (``1.234,56``, ``1234.56``); ``10..49`` is an
    interval, ends included and either end open; a list or ``a|b`` narrows a choice to a few;
    a set is a list, or text with commas. None and *weet ik niet* are unknown.

    Raises:
        BakenError: with the field, what is wrong, what was expected, and near names.
    """
    where = path or f"facts.{fact.id}"
    if raw is None or _says_unknown(fact, raw):
        return None
    if isinstance(raw, str) and len(raw) > MAX_TEXT and fact.kind != "set":
        raise BakenError(where, f"the text has {len(raw)} characters", f"at most {MAX_TEXT}")
    own = (normalise or {}).get(fact.id)
    if fact.kind == "bool":
        return _bool(raw, where)
    if fact.kind in ("number", "eur"):
        return _span(raw, where, lambda x: _number(fact, x, where))
    if fact.kind == "date":
        return _span(raw, where, lambda x: _date(x, where))
    if fact.kind == "choice":
        return _choice(fact, raw, where, own)
    if fact.kind == "set":
        return _set(fact, raw, where, own)
    return _text(raw, where, own)


def _says_unknown(fact: Fact, raw: Any) -> bool:
    """Words for *I do not know*; a choice that reads like one of them (``none``) is a choice."""
    if not isinstance(raw, str):
        return False
    text = raw.strip().casefold()
    return text in UNKNOWN_WORDS and text not in {c.value.casefold() for c in fact.choices}


def _bool(raw: Any, where: str) -> bool:
    if isinstance(raw, bool):
        return raw
    text = str(raw).strip().casefold()
    if isinstance(raw, str | int) and text in YES:
        return True
    if isinstance(raw, str | int) and text in NO:
        return False
    raise _wrong(where, raw, "true or false (ja of nee)")


def _span(raw: Any, where: str, one: Callable[[Any], Any]) -> Value:
    if isinstance(raw, Mapping) and set(raw) <= {"lo", "hi"} and raw:
        low, high = raw.get("lo"), raw.get("hi")
    elif isinstance(raw, list) and len(raw) == 2:
        low, high = raw
    elif isinstance(raw, str) and ".." in raw:
        low, _, high = (part.strip() for part in raw.partition(".."))
    else:
        return one(raw)  # type: ignore[no-any-return]
    lo = None if low in (None, "") else one(low)
    hi = None if high in (None, "") else one(high)
    if lo is None and hi is None:
        return None
    if lo is not None and lo == hi:
        return lo  # type: ignore[no-any-return]
    if lo is not None and hi is not None and lo > hi:
        raise BakenError(where, f"from {lo} to {hi} is empty", "the lower bound first")
    return Interval(lo, hi)


def _number(fact: Fact, raw: Any, where: str) -> Number:
    expected = "a number of nought or more" if fact.id != "equity" else "a number"
    if isinstance(raw, bool):
        raise _wrong(where, raw, expected)
    if isinstance(raw, str):
        text = (
            raw.strip().replace("\u00a0", "").replace(" ", "").removeprefix("€").removesuffix("€")
        )
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text):
            text = text.replace(".", "").replace(",", ".")
        elif re.fullmatch(r"-?\d+,\d+", text):
            text = text.replace(",", ".")
    elif isinstance(raw, int | float | Decimal):
        text = str(raw)
    else:
        raise _wrong(where, raw, expected)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _wrong(where, raw, expected) from None
    if not number.is_finite() or abs(number) > MAX_NUMBER:
        raise _wrong(where, raw, f"a number below {MAX_NUMBER:,.0f}")
    if number < 0 and fact.id != "equity":
        raise _wrong(where, raw, expected)
    return int(number) if number == number.to_integral_value() else number


def _date(raw: Any, where: str) -> date:
    if isinstance(raw, date):
        return raw
    if isinstance(raw, str):
        text = raw.strip()
        day = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text)
        if day:
            text = f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}"
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        if found is not None and 1800 <= found.year <= 2100:
            return found
    raise _wrong(where, raw, "a date that exists, as YYYY-MM-DD")


def _choice(fact: Fact, raw: Any, where: str, own: Callable[[str], str] | None) -> Value:
    if isinstance(raw, str) and "|" in raw:
        raw = raw.split("|")
    if isinstance(raw, list):
        options = frozenset(_one_choice(fact, r, where, own) for r in raw)
        if not options:
            return None
        return next(iter(options)) if len(options) == 1 else Choices(options)
    return _one_choice(fact, raw, where, own)


def _one_choice(fact: Fact, raw: Any, where: str, own: Callable[[str], str] | None) -> str:
    values = [c.value for c in fact.choices]
    if isinstance(raw, str) or (isinstance(raw, int) and not isinstance(raw, bool)):
        text = str(raw).strip()
        for value in values:
            if value.casefold() == text.casefold():
                return value
        if own is not None:
            return own(text)
        near = [m[0] for m in process.extract(text, values, limit=3, score_cutoff=55)]
        raise BakenError(where, f"'{text[:60]}' is no {fact.id}", ", ".join(values), near)
    raise _wrong(where, raw, ", ".join(values))


def _set(fact: Fact, raw: Any, where: str, own: Callable[[str], str] | None) -> SetOf:
    if isinstance(raw, str):
        raw = [part for part in re.split(r"[,;|]", raw) if part.strip()]
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = [str(raw)]
    if not isinstance(raw, list) or len(raw) > MAX_MEMBERS:
        raise _wrong(where, raw, f"a list of at most {MAX_MEMBERS}")
    if fact.choices:
        members: Iterable[str] = [_one_choice(fact, r, where, own) for r in raw]
    else:
        members = [_text(r, where, own) for r in raw]
    return SetOf.of(*dict.fromkeys(members))


def _text(raw: Any, where: str, own: Callable[[str], str] | None) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise _wrong(where, raw, "text")
    text = str(raw).strip()
    if len(text) > MAX_TEXT:
        raise BakenError(where, f"the text has {len(text)} characters", f"at most {MAX_TEXT}")
    return own(text) if own is not None else text


def _wrong(where: str, raw: Any, expected: str) -> BakenError:
    shown = json.dumps(raw, ensure_ascii=False, default=str)[:60]
    return BakenError(where, f"{shown} can't be used", expected)
