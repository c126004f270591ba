"""Who listens, told in one line where it goes badly: no reading of words hears every cry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from baken.match.helplines import CALM, calls, spoken
from baken.match.reading import TROUBLE
from baken.match.setting import region_of
from baken.web import engine
from baken.web.owner.doorway import dialled
from baken.web.owner.pressing import CRISIS
from baken.web.texts import text


def listens(answer: Mapping[str, Any], lang: str, facts: Mapping[str, Any]) -> SafeString:
    """The line with the numbers as links, where a firm goes badly, where the words may be a cry and
    where no question of a firm was read for sure; empty elsewhere, and where whom to call already
    stands on top.
    """
    unclear = answer.get("no_need") or answer.get("unsure") or answer.get("calls")
    bad = unclear or any(n["code"] == TROUBLE for n in answer["needs"])
    if answer.get("urgent") or not bad:
        return SafeString("")
    return calm_line(lang, facts)


def offers_scan(answer: Mapping[str, Any]) -> bool:
    """Whether the scan may stand below an answer: not without a door, not where help goes first
    (trouble leads, or the route is that of a firm in trouble) and not where we may have misread.
    Trouble heard as the second need only is no reason to leave it out.
    """
    unclear = answer.get("no_need") or answer.get("unsure") or answer.get("calls")
    if not answer.get("route") or answer.get("urgent") or unclear:
        return False
    leads = bool(answer["needs"]) and answer["needs"][0]["code"] == TROUBLE
    return not leads and answer["route"].get("id") != CRISIS


def calm_line(lang: str, facts: Mapping[str, Any]) -> SafeString:
    """The line itself, with the tongue of each number that does not speak the reader's; ``facts``
    tell where the firm is."""
    found = calls(CALM, lang, region_of(facts))
    first, second, danger = [_link(c.model_dump(), lang) for c in found]
    told = text(lang, "result.listens", first=first, second=second, danger=danger)
    return SafeString(told)


def care(said: str, lang: str) -> Mapping[str, Any] | None:
    """Who listens to a cry in what was typed beside the question, in the shape of an answer; None
    where none is heard."""
    found = engine.cry_in(said, lang) if said else None
    if found is None:
        return None
    lines = [dialled(line) for line in found["calls"]]
    return {**found, "calls": lines, "title": "result.title_urgent"}


def _link(line: Mapping[str, str], lang: str) -> SafeString:
    shown, tongue = dialled(line), spoken(line["number"], lang)
    return format_html(
        '<a href="tel:{}" title="{}">{}</a>{}',
        shown["dial"],
        shown["name"],
        shown["number"],
        f" ({tongue})" if tongue else "",
    )
