"""A page without JavaScript: its forms, what is filled in, and what a button sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import html

Fields = list[tuple[str, str]]


def read(text: str) -> Any:
    """A page to look in."""
    return html.fromstring(text)


def fields(page: Any, form: Any, ticked: Iterable[str] = ()) -> Fields:
    """What a form sends as it stands, fields elsewhere on the page that name it too, with the boxes
    ticked whose value is in ``ticked``. What names a form moves into it on ``page``.
    """
    for field in page.xpath("//*[@form and @form=$name]", name=form.get("id", "")):
        form.append(field)
    for box in form.xpath(".//input[@type='checkbox' or @type='radio']"):
        box.checked = box.checked or box.get("value") in ticked
    return [(name, value or "") for name, value in form.form_values()]


def filled(form: Fields, typed: Mapping[str, str]) -> Fields:
    """The same with what was typed."""
    kept = [(name, value) for name, value in form if name not in typed]
    return [*kept, *typed.items()]


def way(page: Any, to: str) -> str:
    """Where a button of the form of the ticks leads: the address that ends on ``to``."""
    found = page.xpath("//button[@form='kies']/@formaction")
    return next(str(address) for address in found if address.endswith(f"/{to}"))
