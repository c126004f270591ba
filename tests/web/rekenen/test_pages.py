"""The pages /rekenen: one question at a time, an answer of the law, and what is not known."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from django.test import Client

from baken.kernel.errors import BakenError
from baken.web.reckon import model
from baken.web.reckon.answers import ask
from baken.web.reckon.fill import fill
from baken.web.reckon.walk import left, walk
from tests.web.rekenen.walker import DAY, SLUGS, TOOLS, Owner

CASES = Path(__file__).parents[2] / "law" / "cases"


# -- the pages ------------------------------------------------------------------------------------
def test_the_index_has_six_plain_questions(web: Client) -> None:
    page = web.get("/rekenen").content.decode()
    for title in (
        "Ben ik een kmo?", "Ben ik in moeilijkheden?", "Rinkelt de alarmbel?",
        "Hoeveel de-minimissteun mag ik nog krijgen?", "Hoeveel steun mag mijn project krijgen?",
        "Is het innovatie of onderzoek?",
    ):  # fmt: skip
        assert title in page
    assert [
        t["slug"]
        for t in web.get("/rekenen", headers={"accept": "application/json"}).json()["tools"]
    ] == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_first_question_and_example_in_three_languages(web: Client, slug: str, lang: str) -> None:
    owner = Owner(web, slug, lang)
    assert owner.question
    page = owner.example()
    assert owner.status == 200
    assert owner.says
    assert page.count({"": "Dit is geen juridisch advies.", "/en": "This is not legal advice.",
                       "/fr": "Ceci n&#x27;est pas un avis juridique."}[lang]) == 1  # fmt: skip


def test_a_walk_with_a_mistake_a_step_back_and_a_result(web: Client) -> None:
    owner = Owner(web, "alarmbel")
    assert owner.question == "legal_form"
    owner.answer("bv")
    assert owner.question == "assets"
    page = owner.answer("veel geld")
    assert owner.status == 400
    assert 'aria-invalid="true"' in page
    assert 'href="#v"' in page
    assert 'value="veel geld"' in page
    owner.answer("100.000")
    owner.answer("130.000")
    page = owner.post(change="assets")
    assert owner.question == "assets"
    assert 'value="100.000"' in page
    owner.answer("120.000")
    assert owner.question == "provisions"
    for typed in ("0", "0", "0", "no", "yes", "15/10/2026", "no"):
        page = owner.answer(typed)
    assert owner.says == "De alarmbel rinkelt."
    assert "15 december 2026" in page.replace("\u00a0", " ")
    assert "WVV, art. 5:153" in page


def test_what_was_answered_can_be_shown_early(web: Client) -> None:
    owner = Owner(web, "de-minimis")
    owner.answer("general")
    owner.answer("yes")
    owner.answer("15/3/2025", "40.000", "general")
    page = owner.post(show="1")
    assert owner.says.startswith("Je mag nog hoogstens € 260.000 krijgen.")
    assert 'name="change" value="aid.0.row"' in page
    assert "Beantwoord de volgende vraag" in page


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("", "40.000", "general"), "Je mag nog hoogstens € 300.000 krijgen."),
        (("15/3/2025", "", ""), "Je mag nog hoogstens € 300.000 krijgen."),
        (("15/3/2025", "40.000", ""), "Je mag nog € 260.000 de-minimissteun krijgen."),
    ],
)
def test_an_aid_of_which_something_lacks(web: Client, row: tuple[str, ...], says: str) -> None:
    owner = Owner(web, "de-minimis")
    owner.answer("general")
    owner.answer("yes")
    owner.answer(*row)
    owner.answer("no")
    owner.answer("no")
    assert owner.says.startswith(says)


def test_aid_without_a_size_is_told_for_each_size(web: Client) -> None:
    owner = Owner(web, "steun")
    owner.answer("experimental_development")
    owner.answer()
    owner.answer("100.000")
    page = owner.post(show="1").replace("\u00a0", " ")
    assert owner.says == "Hoeveel steun mag, is nog niet zeker."
    for says in ("45 % van de kosten, hoogstens € 45.000", "35 % van", "25 % van"):
        assert says in page


def test_percentages_over_a_hundred_are_told_at_the_result(web: Client) -> None:
    answers = dict(model.load("size").example) | {"owner.1.capital": ("80",)}
    page = web.post("/rekenen/kmo", {"answers": json.dumps(answers), "show": "1"})
    assert page.status_code == 400
    assert "Samen is dat meer dan 100\u00a0%" in page.content.decode()


def test_the_latest_year_is_not_left_empty_beside_the_one_before(web: Client) -> None:
    owner = Owner(web, "kmo")
    owner.answer("31/12/2025")
    page = owner.answer("", "8")
    assert owner.status == 400
    assert 'id="v-1-error">Vul dit vak in' in page
    owner.answer("8", "")
    assert owner.question == "turnover"


def test_each_answer_leads_to_the_question(web: Client) -> None:
    owner = Owner(web, "kmo")
    assert 'action="/rekenen/kmo#vraag"' in owner.page
    page = owner.answer("31/12/2025")
    assert page.count('id="vraag"') == 1
    page = owner.answer("veel", "8")
    assert '<div class="errors" id="vraag"' in page
    assert page.count('id="vraag"') == 1


def test_a_day_to_come_is_refused_where_it_must_be_past(web: Client) -> None:
    owner = Owner(web, "kmo")
    assert "Deze dag moet nog komen" in owner.answer("31/12/2026")


@pytest.mark.parametrize(
    "answers",
    ["{", "[]", '{"x": 1}', '{"legal_form": ["<script>"]}', '{"legal_form": "bv"}', "9" * 30_000,
     '{"legal_form": ["bv", "nv"]}', "[" * 5000],
)  # fmt: skip
def test_a_hidden_field_that_was_meddled_with(web: Client, answers: str) -> None:
    page = web.post("/rekenen/alarmbel", {"answers": answers})
    assert page.status_code in (200, 400)
    assert 'name="question" value="legal_form"' in page.content.decode()
    assert "<script>" not in page.content.decode()


def test_the_language_changes_in_the_middle(web: Client) -> None:
    owner = Owner(web, "alarmbel")
    owner.answer("nv")
    there = web.post("/fr/rekenen/alarmbel", {**owner.hidden(), "same": "1"}).content.decode()
    assert "Combien valent tous vos actifs" in there
    assert "SA" in there


def test_pictures_say_the_same_as_their_tables(web: Client) -> None:
    size = Owner(web, "kmo").example()
    svg = size[size.index('<svg class="group-map') :]
    for words in ("Aandeelhouder 1", "30 %", "verbonden: 100"):
        assert words in svg[: svg.index("</svg>")]
    assert '<th scope="row">Aandeelhouder 1</th><td data-label="Wat">partner</td>' in svg
    dm = Owner(web, "de-minimis").example()
    assert dm.split("picture--narrow")[0].count('class="time-line__counted"') == 2
    assert "15 februari 2024" in dm.replace("\u00a0", " ")


def test_a_warning_on_the_end_of_the_regulation(web: Client) -> None:
    assert "eindigen op 31/12/2026" in Owner(web, "steun").example().split("reckon__steps")[0]


# -- what is not known of a group is no "nobody" --------------------------------------------------
ALONE = {
    "year_end": ("2025-12-31",),
    "heads": ("40", "40"),
    "turnover": ("6000000", "6000000"),
    "balance": ("6000000", "6000000"),
    "owner.0": ("no",),
    "owned.0": ("no",),
    "sister.0": ("no",),
}
HELD = {"owner.0": ("yes",), "owner.1": ("no",), "owner.0.votes": ("",)}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({}, "Je bent een kmo. Je onderneming is klein."),
        ({"owner.0": ("",)}, "Of je een kmo bent, is nog niet zeker."),
        ({"owned.0": ("",)}, "Of je een kmo bent, is nog niet zeker."),
        ({"owner.0": ("",), "heads": ("400", "400")}, "Je bent geen kmo. Je onderneming is groot."),
        (
            {**HELD, "owner.0.kind": ("",), "owner.0.capital": ("30",)},
            "Of je een kmo bent, is nog niet zeker.",
        ),
        (
            {**HELD, "owner.0.kind": ("natural_person",), "owner.0.capital": ("",)},
            "Je bent een kmo. Je onderneming is klein.",
        ),
        (
            {**HELD, "owner.0.kind": ("public_body",), "owner.0.capital": ("",)},
            "Je bent geen kmo. Je onderneming is groot.",
        ),
        (
            {**HELD, "owner.0.kind": ("enterprise",), "owner.0.capital": ("",),
             "owner.0.heads": ("9", "9"), "owner.0.turnover": ("100", "100"),
             "owner.0.balance": ("100", "100")},
            "Je bent een kmo. Je onderneming is klein.",
        ),
        (
            {**HELD, "owner.0.kind": ("enterprise",), "owner.0.capital": ("",),
             "owner.0.heads": ("90", "90"), "owner.0.turnover": ("100", "100"),
             "owner.0.balance": ("100", "100")},
            "Je bent een kmo. Je onderneming is middelgroot.",
        ),
        (
            {**HELD, "owner.0.kind": ("enterprise",), "owner.0.capital": ("",),
             "owner.0.heads": ("300", "300"), "owner.0.turnover": ("100", "100"),
             "owner.0.balance": ("100", "100")},
            "Of je een kmo bent, is nog niet zeker.",
        ),
    ],
)  # fmt: skip
def test_size_where_something_of_the_group_is_not_known(
    web: Client, said: dict[str, tuple[str, ...]], outcome: str
) -> None:
    owner = Owner(web, "kmo")
    owner._sent({"answers": json.dumps({**ALONE, **said}), "show": "1"})
    assert owner.says == outcome


@pytest.mark.parametrize(
    ("slug", "answers", "says"),
    [
        ("de-minimis", {"regime": ["general"], "aid.0": [""]}, "Je mag nog hoogstens € 300.000"),
        ("steun", {"kind": ["fair"], "size": ["small"], "costs": ["100"], "other.0": [""]},
         "Je hebt geen andere steun voor dit project."),
    ],
)  # fmt: skip
def test_not_knowing_of_a_list_is_told(
    web: Client, slug: str, answers: dict[str, list[str]], says: str
) -> None:
    owner = Owner(web, slug)
    page = owner._sent({"answers": json.dumps(answers), "show": "1"})
    assert says in page.replace("\u00a0", " ")


@pytest.mark.parametrize("tool", TOOLS)
def test_any_way_through_ends_is_read_by_the_law_and_never_takes_more_than_was_said(
    tool: str,
) -> None:
    """Random owners: the count goes down with each answer, but for rows that are added."""
    loaded, chance = model.load(tool), random.Random(5)
    for _ in range(60):
        answers: dict[str, tuple[str, ...]] = {}
        before = left(loaded, answers, DAY)
        while (slot := walk(loaded, answers, DAY).next) is not None:
            parts = slot.question.parts
            answers[slot.key] = tuple(chance.choice(_some(p)) for p in parts)
            now = left(loaded, answers, DAY)
            added = slot.gate and answers[slot.key] == ("yes",)
            assert now < before or added, (slot.key, answers)
            before = now
        filled = fill(loaded, answers, DAY, "nl")
        if not filled.blocked:
            try:
                ask(tool, filled.input)
            except BakenError as e:
                assert e.path in filled.asked_at or "add up to" in e.problem, (e, filled.input)


def test_a_value_that_the_law_refuses_leads_back_to_its_question(web: Client) -> None:
    answers = {
        **model.load("de_minimis").example, "instrument": ["loan"], "principal": ["100000"],
        "years": ["0"], "collateral": ["60"], "insolvency": ["no"],
    }  # fmt: skip
    owner = Owner(web, "de-minimis")
    page = owner._sent({"answers": json.dumps(answers)})
    assert owner.status == 400
    assert owner.question == "years"
    assert "Met deze waarde kunnen we niet rekenen" in page


def _some(part: model.Part) -> list[str]:
    if part.choices:
        return ["", *(code for code, _ in part.choices)]
    if part.kind == "date":
        return ["", "2025-12-31", "2024-02-29", "1999-06-30"]
    return ["", "0", "12.5", "60"] + (["-5"] if part.negative else [])
