"""A paper for everyone: each passes PDF/UA-1 and PDF/A-2a, whatever an owner types; planted faults
are all caught.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from baken.refer.dossier import Dossier
from baken.refer.paper import SHOWN, clean, pdf
from tests.refer.made import dossier
from tests.refer.papers import elements, faults

LANGS = ("nl", "en", "fr")
CLEANED = [
    ("café € “x” – 5 m²", "café € “x” – 5 m²"),
    ("\u4e2d\u6587", SHOWN * 2),
    ("a\x00b\x1bc", "abc"),
    ("a\u202eb\u200b", "ab"),
    ("e\u0301", "é"),
    ("twee\nregels\ten meer", "twee\nregels\ten meer"),
    ("\U0001f469\u200d\U0001f33e", SHOWN * 2),
    ("\ud800", SHOWN),
]


@pytest.mark.parametrize(("typed", "shown"), CLEANED, ids=[ascii(t) for t, _ in CLEANED])
def test_signs_that_can_not_be_shown_are_seen_to_lack(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@pytest.mark.parametrize("lang", LANGS)
def test_a_dossier_passes_both_checkers_and_ours(tmp_path: Path, lang: str) -> None:
    assert faults(pdf(dossier(lang=lang)), tmp_path) == []
    contact = {"name": "de bakker", "appointment": "vrijdag, 10:00 tot 10:30", "when": ["dinsdag"]}
    assert faults(pdf(dossier(lang=lang, contact=contact)), tmp_path) == []


def test_the_same_dossier_is_the_same_paper() -> None:
    assert pdf(dossier()) == pdf(dossier())


def test_an_empty_dossier_is_a_paper_too(tmp_path: Path) -> None:
    assert faults(pdf(Dossier(made_on="2026-03-02", to="", to_id="")), tmp_path) == []


def test_an_icon_of_a_font_is_shown_as_a_box(tmp_path: Path) -> None:
    """The font has glyphs for some signs of private use; PDF/A-2a takes none of them."""
    ranges = ((0xEF00, 0xEF19), (0xF400, 0xF441), (0xF6C5, 0xF6C5), (0x10FFFD, 0x10FFFD))
    icons = "".join(chr(n) for first, last in ranges for n in range(first, last + 1))
    typed = ["oven \uf400", icons]
    assert clean(typed[0]) == "oven □"
    assert faults(pdf(dossier(open_points=typed)), tmp_path) == []


MARKUP = '#read("/etc/passwd") *x* = y $a$ `b` <script> {{ c }} \\ @d // e'


def test_markup_stays_text() -> None:
    """What an owner types is shown as it was typed: no more elements come of it."""
    plain, typed = (pdf(dossier(open_points=[text])) for text in ("x", MARKUP))
    sorts = ("H1", "H2", "H3", "Link", "Strong", "Code", "Formula", "L")
    for one, other in [(_counts(plain, sorts), _counts(typed, sorts))]:
        assert one == other


def _counts(paper: bytes, sorts: tuple[str, ...]) -> dict[str, int]:
    with pikepdf.open(BytesIO(paper)) as document:
        return {sort: len(elements(document, sort)) for sort in sorts}


HOSTILE = [
    "",
    " \n\t ",
    "\u4e2d\u6587\u5b57",
    "\x00\x07\x1b[31m\x7f",
    "\u202eomgekeerd\u202c",
    "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "\U0001f956\U0001f525 \U0001f1e7\U0001f1ea",
    "x" * 300,
    "woord " * 49,
    MARKUP,
    "=HYPERLINK(1)",
    "- lijst\n+ lijst\n/ term: x",
    "Z\u0351\u036b\u0343a\u0323l\u0324g\u031fo",
    "\ufeff\u200b\u00ad\u2028\u2029",
    "\ufffe\uffff\ue000\uef12\uf441\uf6c5",
    "een gewone zin over de oven.",
]


def hostile(number: int) -> Dossier:
    """A dossier of hostile text, with up to 40 items."""
    rng = random.Random(number)

    def text() -> str:
        return "".join(rng.choices(HOSTILE, k=rng.choice((1, 1, 2))))[:300]

    def many(most: int, make: Callable[[], Any]) -> list[Any]:
        return [make() for _ in range(rng.randint(0, most))]

    def source() -> dict[str, Any]:
        url = rng.choice(("", "https://x.example/\u4e2d\x00\u202e", "http://[::1]/#%00\\\"'"))
        return {"label": text(), "url": url, "dated": rng.choice((None, "2026-01-01"))}

    def reason() -> dict[str, Any]:
        met = rng.choice((True, False, None))
        return {"says": text(), "met": met, "source": rng.choice((None, source()))}

    def fact() -> dict[str, Any]:
        return {"id": text(), "label": text(), "value": text(), "source": source()}

    def signal() -> dict[str, Any]:
        told = {"id": "a", "says": text(), "since": text(), "chance": text()}
        return {**told, "evidence": many(2, text), "source": rng.choice((None, source()))}

    def step() -> dict[str, Any]:
        return {"says": text(), "source": rng.choice((None, source()))}

    def law() -> dict[str, Any]:
        until = rng.choice((None, "2026-05-02"))
        told = {"id": "b", "title": text(), "outcome": text(), "until": until}
        return {**told, "steps": many(12, step), "assumed": many(3, text)}

    def verdict() -> dict[str, Any]:
        said = {"offer": text(), "name": text(), "says": text()}
        fits = rng.choice(("open", "excluded"))
        return {**said, "verdict": fits, "reasons": many(5, reason), "silent": many(3, text)}

    return Dossier.model_validate(
        {
            "lang": LANGS[number % 3],
            "made_on": "2026-03-02",
            "to": text(),
            "to_id": "x",
            "need": rng.choice((None, {"words": text(), "labels": many(3, text)})),
            "contact": rng.choice(
                (None, {"name": text(), "appointment": text(), "when": many(2, text)})
            ),
            "facts": many(40, fact),
            "verdicts": many(5, verdict),
            "open_points": many(5, text),
            "signals": many(5, signal),
            "law": many(4, law),
            "tried": many(3, text),
        }
    )


def papers(first: int, last: int, tmp_path: Path) -> Iterator[tuple[int, list[str]]]:
    for number in range(first, last):
        yield number, faults(pdf(hostile(number)), tmp_path)


def test_hostile_text_is_a_paper_that_passes(tmp_path: Path) -> None:
    assert [wrong for wrong in papers(0, 20, tmp_path) if wrong[1]] == []


@pytest.mark.slow
def test_six_hundred_dossiers_in_three_languages_are_all_made_and_pass(tmp_path: Path) -> None:
    assert list(islice((w for w in papers(0, 600, tmp_path) if w[1]), 3)) == []


def _no_language(document: pikepdf.Pdf) -> None:
    del document.Root["/Lang"]


def _no_title_shown(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences["/DisplayDocTitle"] = False


def _not_marked(document: pikepdf.Pdf) -> None:
    del document.Root["/MarkInfo"]


def _picture_without_words(document: pikepdf.Pdf) -> None:
    elements(document, "P")[0].S = pikepdf.Name.Figure


def _heading_skipped(document: pikepdf.Pdf) -> None:
    for heading in elements(document, "H2"):
        heading.S = pikepdf.Name.H3


def _header_as_cell(document: pikepdf.Pdf) -> None:
    for header in elements(document, "TH"):
        header.S = pikepdf.Name.TD


def _no_tree(document: pikepdf.Pdf) -> None:
    del document.Root["/StructTreeRoot"]


def _link_without_text(document: pikepdf.Pdf) -> None:
    for link in elements(document, "Link"):
        annotations = [k for k in link.K if not isinstance(k, int) and "/Obj" in k]
        link.K = pikepdf.Array(annotations)


PLANTED: list[Callable[[pikepdf.Pdf], None]] = [
    _no_language,
    _no_title_shown,
    _not_marked,
    _picture_without_words,
    _heading_skipped,
    _header_as_cell,
    _no_tree,
    _link_without_text,
]
OURS = {
    _header_as_cell: "ours: a table without headers",
    _link_without_text: "ours: a link without text",
}
"""What our own check must find, whatever the two others see."""


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))
def test_a_planted_fault_is_caught(tmp_path: Path, plant: Callable[[pikepdf.Pdf], None]) -> None:
    with pikepdf.open(BytesIO(pdf(dossier()))) as document:
        plant(document)
        document.save(spoilt := BytesIO())
    found = faults(spoilt.getvalue(), tmp_path)
    assert found != []
    assert OURS.get(plant, found[0]) in found


def test_saving_a_paper_anew_is_no_fault(tmp_path: Path) -> None:
    """So that what the planted faults show is the fault, not the saving."""
    with pikepdf.open(BytesIO(pdf(dossier()))) as document:
        document.save(again := BytesIO())
    assert faults(again.getvalue(), tmp_path) == []
