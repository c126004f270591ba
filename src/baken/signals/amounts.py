"""Amounts and shares as people write them in Dutch, English and French."""

from __future__ import annotations

NBSP = "\u00a0"
THOUSANDS = {"nl": ".", "en": ",", "fr": NBSP}
DECIMALS = {"nl": ",", "en": ".", "fr": ","}
CURRENCIES = {"EUR": {"nl": "euro", "en": "euros", "fr": "euros"}}


def number(value: float) -> dict[str, str]:
    """A number: whole from a hundred on, else with a decimal where it has one.

    >>> number(-12345.6), number(2.5)["fr"], number(3.0)["nl"]
    ({'nl': '-12.346', 'en': '-12,346', 'fr': '-12\xa0346'}, '2,5', '3')
    """
    rounded = round(value, 1)
    plain = f"{value:,.0f}" if abs(value) >= 100 or rounded == int(rounded) else f"{rounded:,.1f}"
    return {
        lang: plain.translate({ord(","): THOUSANDS[lang], ord("."): DECIMALS[lang]})
        for lang in THOUSANDS
    }


def amount(value: float, currency: str = "EUR") -> dict[str, str]:
    """An amount of money, in whole units.

    >>> amount(1234.4), amount(-50, "USD")["en"]
    ({'nl': '1.234 euro', 'en': '1,234 euros', 'fr': '1\xa0234 euros'}, '-50 USD')
    """
    shown = number(round(value))
    unit = CURRENCIES.get(currency) or dict.fromkeys(shown, currency)
    return {lang: f"{text} {unit[lang]}".strip() for lang, text in shown.items()}


def percent(share: float) -> dict[str, str]:
    """A share in whole per cents, without sign and without the word.

    >>> percent(-0.184)
    {'nl': '18', 'en': '18', 'fr': '18'}
    """
    return number(round(abs(100 * share)))
