"""The preview, the JSON and the PDF of a dossier say the same: what the preview shows stands in
both, and what was not ticked in neither.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from lxml import html

from baken.refer.dossier import MANY, SINGLE, Dossier, items, select
from baken.refer.paper import clean, pdf
from baken.web import words
from baken.web.handover.sealed import unseal
from baken.web.texts import LANGS, text
from tests.refer.made import dossier
from tests.refer.papers import words as on_paper
from tests.web.conftest import FakeEngine
from tests.web.handover import path
from tests.web.handover.opening import Browser
from tests.web.handover.test_only_what_was_ticked import file_link
from tests.web.handover.test_told import BELL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_thursday")]
OURS = [
    *(f"handover.{key}" for key in ("read_as", "as_read", "silent", "since", "until", "assumed")),
    *(f"handover.state_of.{one}" for one in ("met", "not_met", "not_known", "not_stated")),
    *("handover.state_of.judged", "handover.state_of.text", "handover.undated"),
    *("handover.state_of.assumed", "handover.state_of.does_not_apply"),
    *("send.also_when", "send.also_any_time", "send.any_time"),
]
"""Words of ours beside what is told; each form has its own."""
SHORT = 5
"""What has fewer signs stands on a paper by chance ("8")."""


def bare(said: str) -> str:
    """Text without blanks, for a line may end anywhere."""
    return "".join(said.split())


def shown(card: str, lang: str) -> Iterator[str]:
    """What a preview tells of the firm, piece by piece."""
    read = html.fromstring(card)
    for one in read.xpath("//h2 | //*[@class='hidden']"):
        one.text = ""
    ours = sorted((bare(text(lang, key)) for key in OURS), key=len, reverse=True)
    ours.append(bare(text(lang, "send.appointment", slot="")))
    for piece in read.itertext():
        said = bare(piece)
        for one in ours:
            said = said.replace(f"({one})", "")
            said = said.replace(one, "", 1) if said.lstrip("([,").startswith(one) else said
        if said := said.strip("[](),.;"):
            yield said


def leaves(data: Any) -> Iterator[str]:
    """All values of a dossier as JSON has them; a list of words once more as a line."""
    if isinstance(data, dict):
        for value in data.values():
            yield from leaves(value)
    elif isinstance(data, list):
        for value in data:
            yield from leaves(value)
        if data and all(isinstance(value, str) for value in data):
            yield from (", ".join(data), "; ".join(data))
    elif isinstance(data, str) and data:
        yield data


def dates(data: Any, lang: str) -> dict[str, str]:
    """The days in a dossier, as a page tells them and as a paper does."""
    found = {one for one in leaves(data) if re.fullmatch(r"\d{4}(-\d\d){0,2}", one)}
    return {bare(words.day(lang, one)): "/".join(reversed(one.split("-"))) for one in found}


def says_the_same(card: str, data: Any, paper: str, page: str = "") -> None:
    """Each piece of a preview on a page in some language stands in the data and on the paper."""
    lang = data["lang"]
    told, days = "\n".join(bare(one) for one in leaves(data)), dates(data, lang)
    pieces = list(shown(card, page or lang))
    assert pieces
    for piece in pieces:
        said = piece
        for day, there in days.items():
            if said == day or said.endswith(f",{day}"):
                assert there in paper, piece
                said = said.removesuffix(day).rstrip(",")
        assert said in told, piece
        assert bare(clean(said)) in paper, piece


def says_nothing_else(whole: Dossier, ticked: Set[str], data: Any, paper: str) -> None:
    """Nothing that has no tick stands in the data or on the paper."""
    every = whole.model_dump(mode="json")
    of = [every[part] for part in SINGLE if every[part]]
    of += [one for part in MANY for one in every[part]]
    told = list(zip(items(whole), of, strict=True))
    along = {value for value in every.values() if isinstance(value, str)}
    along |= {v for name, one in told if name in ticked for v in leaves(one)}
    left = {v for name, one in told if name not in ticked for v in leaves(one)} - along
    assert left
    said, on = set(leaves(data)), "\n".join(bare(one) for one in along)
    for one in left:
        assert one not in said, one
        if len(bare(one)) >= SHORT and bare(one) not in on:
            assert bare(clean(one)) not in paper, one


TICKED = [
    [],
    ["need"],
    ["facts"],
    ["verdicts"],
    ["open_points"],
    ["law"],
    ["need", "facts", "verdicts"],
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("parts", TICKED, ids=lambda parts: "+".join(parts) or "nothing")
def test_what_the_preview_shows_is_in_both_files_and_what_has_no_tick_in_none(
    site: Client, fake: FakeEngine, parts: list[str], lang: str
) -> None:
    fake.change = lambda answer: answer["offers"][0].update(missing=["turnover", "equity"])
    at = "" if lang == "nl" else f"/{lang}"
    form = path.state(reckoned=json.dumps(BELL), **path.REACH)
    page = site.post(f"{at}/stuur", form).content.decode()
    every = re.findall(r'name="item" value="([^"]+)"', page)
    ticks = [name for name in every if name.partition(":")[0] in parts]
    assert bool(ticks) == bool(parts)

    def preview(item: list[str]) -> str:
        return site.post(f"{at}/stuur/nakijken", {**form, "item": item}).content.decode()

    whole = unseal(path.sealed(preview(every))).paper()
    page = preview(ticks)
    card = page.partition('<section class="card preview"')[2].partition("</section>")[0]
    card = f"<section{card}</section>"
    site.post(f"{at}/stuur/verstuur", {"sealed": path.sealed(page), "do": "send"})
    visitor, link = Browser(), file_link()
    visitor.post(link, {"do": "open"})
    data = json.loads(visitor.post(link, {"do": "json"}).content)
    paper = on_paper(visitor.post(link, {"do": "pdf"}).content)
    says_the_same(card, data, paper)
    says_nothing_else(whole, {*ticks, "contact"}, data, paper)


FULL = dossier(
    contact={"name": "de bakker", "phone": "0400 00 00 00", "mail": "bakker@firma.example",
             "appointment": "vrijdag om tien", "any_time": True, "when": ["dinsdag", "woensdag"]},
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("without", ["", *items(FULL)])
def test_so_it_is_of_each_sort_of_item(lang: str, without: str) -> None:
    """As a reader of another language sees it, where each value stands apart."""
    whole = FULL.model_copy(update={"lang": lang})
    ticked = set(items(whole)) - {without}
    made = select(whole, ticked)
    data = made.model_dump(mode="json")
    page = next(one for one in LANGS if one != lang)
    card = render_to_string("handover/parts/dossier.html", {"dossier": data, "lang": page})
    paper = on_paper(pdf(made))
    says_the_same(card, data, paper, page)
    if without:
        says_nothing_else(whole, ticked, data, paper)
