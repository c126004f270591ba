"""Tags: ``{% t "key" %}``, ``{% n "key" count %}``, ``{% href "name" %}``; filters for words."""

# mypy: allow-untyped-decorators
from __future__ import annotations

import json
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from baken.web import words
from baken.web.glossary import linked
from baken.web.texts import DEFAULT, items, plural, text

register = template.Library()


@register.simple_tag(takes_context=True)
def t(context: template.Context, key: str, **values: object) -> str:
    """The text of ``key`` in the page's language."""
    return text(context.get("lang", DEFAULT), key, **values)


@register.simple_tag(takes_context=True)
def t_list(context: template.Context, key: str) -> list[Any]:
    """The list of ``key`` in the page's language."""
    return items(context.get("lang", DEFAULT), key)


@register.simple_tag(takes_context=True)
def n(context: template.Context, key: str, count: int) -> str:
    """The text of ``key`` for this count."""
    return plural(context.get("lang", DEFAULT), key, count)


@register.simple_tag(takes_context=True)
def href(context: template.Context, name: str, *args: str) -> str:
    """The address of a page in the page's language."""
    address: str = reverse(f"{context.get('lang', DEFAULT)}:{name}", args=args)
    return address


@register.simple_tag(takes_context=True)
def words_in(context: template.Context, says: str, lang: str | None = None) -> str:
    """A text with its hard words linked to their explanation."""
    here = context.get("lang", DEFAULT)
    page: str = reverse(f"{here}:glossary")
    found: str = linked(says, lang or here, page)
    return found


@register.simple_tag(takes_context=True)
def in_lang(context: template.Context, code: str | None) -> SafeString:
    """The attribute of an element whose words are in another language than the page."""
    same = not code or code == context.get("lang", DEFAULT)
    return mark_safe("") if same else format_html(' lang="{}"', code)


@register.filter
def day(value: str | None, lang: str) -> str:
    """A date in words."""
    return words.day(lang, value)


@register.filter
def as_json(value: Any) -> str:
    """A value as the answer button carries it."""
    return json.dumps(value, ensure_ascii=False)


@register.filter
def has_problem(asked: Any, field: str) -> bool:
    """Whether a field of the form has a problem."""
    return any(problem.field == field for problem in asked.problems)
