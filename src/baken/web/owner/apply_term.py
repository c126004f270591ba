"""The term in which a measure is asked for, told as its source counts it: in days or in months,
from what it counts. Three months are told as months, for no number of days is always the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from baken.web.texts import plural, text

DAYS_OF_MONTH = 30


def in_term(record: Mapping[str, Any], lang: str) -> str:
    """What is done within how long after what; nothing where the record tells no term."""
    term = _term(record, lang)
    return term and text(lang, f"offers.apply.from.{record['apply_from']}", term=term)


def last_day(record: Mapping[str, Any], lang: str) -> str:
    """The last day of it, in words that stand behind a name: so long after what."""
    term = _term(record, lang)
    return term and text(lang, f"together.last.{record['apply_from']}", term=term)


def _term(record: Mapping[str, Any], lang: str) -> str:
    months, days = record.get("apply_months"), record.get("apply_days")
    if not (months or days) or not record.get("apply_from"):
        return ""
    return plural(lang, f"offers.term.{'months' if months else 'days'}", months or days or 0)


def half_way(record: Mapping[str, Any], today: date) -> date:
    """Half of the term, for nobody told when it began: a fall ill or a start may be past."""
    days = record.get("apply_days") or DAYS_OF_MONTH * (record.get("apply_months") or 0)
    return today + timedelta(days=days // 2)
