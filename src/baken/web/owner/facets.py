"""Filters as a page shows them: each with its choices in words, in order, and with counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from baken.landscape.facets import Choice
from baken.landscape.story_stats import UNTOLD
from baken.needs import load_needs
from baken.registers import joint_committees
from baken.web import words
from baken.web.texts import known, text

Shown = dict[str, Any]


def facet_rows(
    facets: Mapping[str, Collection[Choice]],
    title: str,
    lang: str,
    label: Callable[[str, str, str], str],
    orders: Mapping[str, Sequence[str] | None],
) -> list[Shown]:
    """The filters with their choices.

    Args:
        title: the key of a filter's name, to which the filter's own is added.
        label: a choice in words, by filter, value and language.
        orders: of filters whose choices have an order of their own: that order, or ``None`` for
            the order in which they come. The others go by label; what is not told comes last.
    """
    return [
        {
            "name": name,
            "label": text(lang, f"{title}.{name}"),
            "choices": _choices(name, choices, lang, label, orders),
        }
        for name, choices in facets.items()
    ]


def _choices(
    name: str,
    choices: Collection[Choice],
    lang: str,
    label: Callable[[str, str, str], str],
    orders: Mapping[str, Sequence[str] | None],
) -> list[Shown]:
    rows = [
        {
            "value": c.value,
            "label": label(name, c.value, lang),
            "lang": "nl" if name == "committee" and lang == "en" else lang,
            "count": c.count,
            "chosen": c.chosen,
        }
        for c in choices
    ]
    order = orders.get(name, ())
    if order is None:
        return rows

    def place(row: Shown) -> tuple[bool, int, str]:
        value = row["value"]
        own = order.index(value) if value in order else len(order)
        return value in UNTOLD, own, _plain(row["label"])

    return sorted(rows, key=place)


def _plain(label: str) -> str:
    """A label to sort by: without accents or capitals."""
    parts = unicodedata.normalize("NFKD", label.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def committee_label(code: str, lang: str) -> str:
    """A joint committee with its name, as far as the register knows it."""
    found = joint_committees.all_committees().get(code)
    return f"{code} {found.fr if lang == 'fr' else found.nl}" if found else code


def choice_label(name: str, value: str, lang: str) -> str:
    """A choice of a filter in words; the value itself where no words are known."""
    if name == "need" and value in load_needs():
        return words.pick(load_needs()[value].label, lang)
    if name == "type":
        return text(lang, f"offers.type.{value}") if known(lang, f"offers.type.{value}") else value
    if name == "now":
        key = f"offers.availability.{value}"
        return text(lang, key) if known(lang, key) else value
    if name == "committee":
        return committee_label(value, lang)
    if name == "place" and value in words.PROVINCES:
        return words.province(lang, value)
    key = f"browse.{name}.{value}"
    return text(lang, key) if known(lang, key) else value
