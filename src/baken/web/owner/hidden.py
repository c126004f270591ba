"""What was asked, as the hidden fields that each form of an answer carries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from baken.web.owner.asking import Asked

Field = tuple[str, object]


def state(asked: Asked, picks: bool = True, project: bool = True) -> Iterator[Field]:
    """All of it; without the offers that were ticked, or what was typed of the project, where the
    form asks that itself.
    """
    yield "need", asked.need
    yield "facts", asked.facts_json
    yield "asked", asked.asked_json
    if asked.denied:
        yield "denied", asked.denied_json
    yield "limit", asked.limit
    if picks:
        yield from (("pick", pick) for pick in asked.picks)
    if asked.counted:
        yield "counted", 1
    yield from carried(asked, project)


def carried(asked: Asked, project: bool = True) -> Iterator[Field]:
    """What came along from other pages."""
    if asked.figures:
        yield "figures", asked.figures
    if asked.scan:
        yield "scan", asked.scan
    if asked.reckoned:
        yield "reckoned", asked.reckoned_json
    if asked.books:
        yield "books", asked.books
    if asked.kept:
        yield "kept", asked.kept
    if asked.told_by:
        yield "told_by", json.dumps(asked.told_by, ensure_ascii=False)
    if project:
        yield from asked.project.items()


def dated(asked: Asked) -> Iterator[Field]:
    """The day of the plan: for the forms of its own pages alone, so that other ticks make a plan
    of today.
    """
    if asked.made_on:
        yield "made", asked.made_on.isoformat()


def inputs(fields: Iterable[Field]) -> SafeString:
    """Hidden fields of a form."""
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)
