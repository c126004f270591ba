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
    """What a form sends as it stands: hidden and filled-in fields, ticks that are on, and those
    whose value is in ``ticked``; fields elsewhere on the page that name the form too.
    """
    ticked = set(ticked)
    name = form.get("id")
    inside = form.xpath(".//input|.//textarea|.//select")
    beside = page.xpath("//*[self::input or self::textarea][@form=$name]", name=name)
    found: Fields = []
    for field in [*inside, *(beside if name else [])]:
        if not field.get("name") or field.get("form", name) != name:
            continue
        value = field.value if field.tag != "input" else field.get("value", "")
        if field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is None and field.get("value") not in ticked:
                continue
            value = field.get("value", "on")
        elif field.get("type") == "submit":
            continue
        found.append((field.get("name"), value or ""))
    return found


def filled(form: Fields, typed: Mapping[str, str]) -> Fields:
    """The same with what was typed."""
    kept = [(name, value) for name, value in form if name not in typed]
    return [*kept, *typed.items()]
