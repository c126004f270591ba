"""Tags: ``{% t "key" %}``, ``{% n "key" count %}``, ``{% href "name" %}``, parts that stand on a
page many times; filters for words.
"""

# mypy: allow-untyped-decorators, allow-subclassing-any
from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from baken.kernel.address import host_of
from baken.refer.dossier import EXCLUDED
from baken.web import words
from baken.web.glossary import linked
from baken.web.owner import hidden
from baken.web.owner.asking import Asked
from baken.web.texts import DEFAULT, items, plural, text

register = template.Library()


@register.simple_tag(takes_context=True, name="t")
def _filled(context: template.Context, key: str, **values: object) -> str:
    """The text of ``key`` in the page's language."""
    return text(context.get("lang", DEFAULT), key, **values)


_compile_filled = register.tags["t"]


class Said(template.Node):
    """A text whose key stands in the template: made ready for a page once per language."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.ready: dict[str, str] = {}

    def render(self, context: template.Context) -> str:
        """The text in the page's language."""
        lang = context.get("lang", DEFAULT)
        if not context.autoescape:
            return text(lang, self.key)
        if lang not in self.ready:
            self.ready[lang] = escape(text(lang, self.key))
        return self.ready[lang]


@register.tag
def t(parser: Parser, token: Token) -> template.Node:
    """``{% t "key" %}``; ``{% t "key" name=value %}`` and ``{% t "key" as name %}`` too."""
    _, key, *more = token.split_contents()
    if not more and key[0] in "\"'" and key[0] == key[-1]:
        return Said(key[1:-1])
    node: template.Node = _compile_filled(parser, token)
    return node


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
    page = f"{context.get('lang', DEFAULT)}:{name}"
    if args and name != PUBLIC:
        address: str = reverse(page, args=args)
        return address
    return _public(page, args, get_script_prefix())


PUBLIC = "record"
"""The page whose addresses hold no key, and stand on a page many times."""


@lru_cache(maxsize=4096)
def _public(page: str, args: tuple[str, ...], _: str) -> str:
    """The address of a page that anybody may know; the last is the path below which the site is."""
    address: str = reverse(page, args=args)
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


@register.simple_tag
def state(asked: Asked, picks: bool = True, project: bool = True) -> SafeString:
    """What was asked, as hidden fields of a form; without the ticks, or the project, where the form
    asks that itself.
    """
    return hidden.inputs(hidden.state(asked, picks, project))


@register.simple_tag
def dated(asked: Asked) -> SafeString:
    """The day of a plan, as hidden fields of a form of its pages."""
    return hidden.inputs(hidden.dated(asked))


@register.simple_tag
def carried(asked: Asked) -> SafeString:
    """What comes along with what was asked, as hidden fields of a form."""
    return hidden.inputs(hidden.carried(asked))


@register.simple_tag
@cache
def mark(kind: str) -> SafeString:
    """The sign of a verdict; its lines stand once on a page (``parts/marks.html``)."""
    drawn: SafeString = render_to_string("owner/parts/mark.html", {"kind": kind})
    return drawn


@register.simple_tag(takes_context=True)
def source(context: template.Context, url: str | None, dated: str | None) -> SafeString:
    """Where something is written: a link on its date, or its date alone."""
    if url:
        return _outside(url, dated, context.get("lang", DEFAULT))
    return format_html('<span class="source">{}</span>', dated) if dated else mark_safe("")


@register.simple_tag(takes_context=True)
def cites(context: template.Context, line: str) -> SafeString:
    """Where a line of the plan in the context is from: by what it says, or by a step's mark."""
    lang = context.get("lang", DEFAULT)
    found = context["plan"].cited.get(line, ())
    return format_html_join("", " {}", ((_outside(s.url, s.dated, lang),) for s in found))


@lru_cache(maxsize=4096)
def _outside(url: str, dated: str | None, lang: str) -> SafeString:
    """The link on a source of the catalogue, which names its site on paper."""
    return format_html(OUTSIDE, url, host_of(url), dated, text(lang, "site.source_external"))


OUTSIDE = (
    '<a class="source" href="{}" data-host="{}" rel="external noreferrer">{}'
    '<span class="hidden"> ({})</span></a>'
)


@register.simple_tag(takes_context=True)
def says(context: template.Context, reason: Mapping[str, Any]) -> str:
    """A condition in words; one that is not met as a condition."""
    told = str(reason["says"])
    if reason.get("met") is not False:
        return told
    return text(context.get("lang", DEFAULT), "reasons.unmet_says", says=told)


@register.filter
def host(url: str) -> str:
    """The site of an address."""
    return host_of(url)


@register.filter
def day(value: str | None, lang: str) -> str:
    """A date in words."""
    return words.day(lang, value)


@register.filter
def as_json(value: Any) -> str:
    """A value as the answer button carries it."""
    return json.dumps(value, ensure_ascii=False)


@register.filter
def fitting(verdicts: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What of a dossier's verdicts fits or may fit."""
    return [v for v in verdicts if v["verdict"] != EXCLUDED]


@register.filter
def excluded(verdicts: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What of a dossier's verdicts does not fit."""
    return [v for v in verdicts if v["verdict"] == EXCLUDED]


@register.filter
def has_problem(asked: Any, field: str) -> bool:
    """Whether a field of the form has a problem."""
    return any(problem.field == field for problem in asked.problems)


@register.filter
def marked(says: Any, own: str) -> Any:
    """Words within a sentence, with their language where ``in_lang`` says that it is another."""
    return format_html("<span{}>{}</span>", own, says) if own else says


@register.filter
def choice_wrong(problem: str, name: str) -> SafeString | str:
    """The attributes of a group of choices of which none was made, for the summary to lead to."""
    if problem != name:
        return ""
    told = ' role="radiogroup" aria-invalid="true" tabindex="-1"'
    return format_html(' id="{0}" aria-describedby="{0}-error"' + told, name)
