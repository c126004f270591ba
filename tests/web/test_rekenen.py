"""The pages /rekenen: one question at a time, an answer of the law, and nothing kept."""

from __future__ import annotations

import json
import logging
import random
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from typer.testing import CliRunner

from baken.cli.law import app
from baken.kernel.errors import BakenError
from baken.web.owner import reckon
from baken.web.reckon import model, parse
from baken.web.reckon.answers import ask, in_words
from baken.web.reckon.fill import fill
from baken.web.reckon.walk import left, walk
from baken.web.texts import LANGS

DAY = date(2026, 11, 26)
SLUGS = [t.slug for t in model.tools()]
TOOLS = [t.id for t in model.tools()]
CASES = Path(__file__).parents[1] / "law" / "cases"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reckon, "_today", lambda: DAY)


@pytest.fixture
def web(client: Client, db: None) -> Client:
    return client


class Owner:
    """Answers one question after the other, as a browser does."""

    def __init__(self, web: Client, slug: str, lang: str = "") -> None:
        self.web, self.url = web, f"{lang}/rekenen/{slug}"
        self.page = web.get(self.url).content.decode()

    def example(self) -> str:
        """See the example."""
        return self._sent({"example": "1"})

    def post(self, **fields: str) -> str:
        """Send the form of the question."""
        return self._sent({**self.hidden(), **fields})

    def _sent(self, fields: dict[str, str]) -> str:
        response = self.web.post(self.url, fields)
        self.status = response.status_code
        self.page = response.content.decode()
        return self.page

    def hidden(self) -> dict[str, str]:
        """The hidden fields of the form of the question."""
        form = re.search(r'<form class="card reckon__ask".*?</form>', self.page, re.S)
        found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0] if form else "")
        return {name: unescape(value) for name, value in found}

    @property
    def question(self) -> str:
        """The key of the question that is put."""
        return self.hidden().get("question", "")

    def answer(self, *typed: str) -> str:
        """Type an answer (one text a field) or choose one; None is not known."""
        if not typed:
            return self.post(unsure="1")
        fields = re.findall(r'name="(v(?:-\w+)?)"', self.page)
        return self.post(**dict(zip(dict.fromkeys(fields), typed, strict=False)))

    @property
    def says(self) -> str:
        """The outcome."""
        found = re.search(r'<p class="verdict[^>]*>.*?<span>(.*?)</span>', self.page, re.S)
        return unescape(found[1]).replace("\u00a0", " ") if found else ""


# -- the questions as data ------------------------------------------------------------------------
def _texts(tool: model.Tool) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "title", tool.title
    yield "lead", tool.lead
    yield "example", tool.example_says
    for q in tool.questions():
        yield q.id, q.text
        yield f"{q.id} label", q.label
        if q.help:
            yield f"{q.id} help", q.help
        for p in q.parts:
            yield f"{q.id}.{p.id}", p.text
            for code, text in p.choices:
                yield f"{q.id} = {code}", text


@pytest.mark.parametrize("tool", TOOLS)
def test_every_question_stands_in_three_languages(tool: str) -> None:
    for name, text in _texts(model.load(tool)):
        assert set(text) == set(LANGS), name
        assert all(isinstance(t, str) and t.strip() for t in text.values()), name


@pytest.mark.parametrize("tool", TOOLS)
def test_every_choice_is_one_of_the_laws(tool: str) -> None:
    """Each choice alone, beside the example, is read by the law room."""
    loaded = model.load(tool)
    for key, given in loaded.example.items():
        slots = {s.key: s for s in walk(loaded, loaded.example, DAY).asked}
        for at, part in enumerate(slots[key].question.parts):
            for code, _ in part.choices:
                changed = (*given[:at], code, *given[at + 1 :])
                filled = fill(loaded, {**loaded.example, key: changed}, DAY, "nl")
                if not filled.blocked:
                    ask(tool, filled.input)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("lang", LANGS)
def test_an_example_answers_all_its_questions(tool: str, lang: str) -> None:
    loaded = model.load(tool)
    way = walk(loaded, loaded.example, DAY)
    assert way.next is None
    assert [s.key for s in way.asked] == list(loaded.example)
    _, answer = ask(tool, fill(loaded, loaded.example, DAY, lang).input)
    assert answer.missing == []


@pytest.mark.parametrize("tool", TOOLS)
def test_who_knows_nothing_gets_through_and_the_count_never_lies(tool: str) -> None:
    loaded = model.load(tool)
    answers: dict[str, tuple[str, ...]] = {}
    before = left(loaded, answers, DAY)
    while (slot := walk(loaded, answers, DAY).next) is not None:
        answers[slot.key] = ("",) * len(slot.question.parts)
        now = left(loaded, answers, DAY)
        assert now < before, slot.key
        before = now
    filled = fill(loaded, answers, DAY, "nl")
    if not filled.blocked:
        ask(tool, filled.input)


def _law_inputs(name: str) -> Iterator[Any]:
    def inside(x: Any) -> Iterator[Any]:
        if isinstance(x, dict):
            if "input" in x:
                yield x["input"]
            for v in x.values():
                yield from inside(v)
        elif isinstance(x, list):
            for v in x:
                yield from inside(v)

    yield from inside(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("table", "tools"),
    [
        ("size", ["size"]),
        ("difficulty", ["difficulty", "alarm_bell"]),
        ("deminimis", ["de_minimis"]),
        ("aid", ["aid"]),
        ("delineate", ["delineate"]),
    ],
)
def test_what_is_missing_or_assumed_has_plain_words(table: str, tools: list[str]) -> None:
    """Over all worked examples of the law room."""
    for raw in _law_inputs(table):
        for tool in tools:
            try:
                _, answer = ask(tool, raw)
            except BakenError:
                continue
            for name in [*answer.missing, *answer.assumed]:
                for lang in LANGS:
                    assert in_words(name, lang) != name, name


# -- what people type -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "typed", "lang", "means"),
    [
        ("number", "12,5", "nl", "12.5"),
        ("number", "12.5", "nl", "12.5"),
        ("number", "1.200", "nl", "1200"),
        ("number", "1,200", "en", "1200"),
        ("number", "1,2", "en", "1.2"),
        ("euro", "€ 8.000.000", "nl", "8000000"),
        ("euro", "8 000 000", "fr", "8000000"),
        ("euro", "1,234.50", "nl", "1234.50"),
        ("euro", "1.234,50 euro", "nl", "1234.50"),
        ("euro", "7.500", "en", "7500"),
        ("percent", "33,333 %", "nl", "33.333"),
        ("percent", "25", "nl", "25"),
        ("date", "31/12/2025", "nl", "2025-12-31"),
        ("date", "1-3-2024", "nl", "2024-03-01"),
        ("date", "2024-03-01", "en", "2024-03-01"),
    ],
)
def test_typed(kind: str, typed: str, lang: str, means: str) -> None:
    part = model.Part("", kind, {})
    plain = parse.canonical(part, typed, lang)
    assert plain == means
    again = parse.typed_again(part, plain, lang)
    assert parse.value(part, parse.canonical(part, again, lang)) == parse.value(part, plain)


@pytest.mark.parametrize(
    ("kind", "typed", "problem"),
    [
        ("number", "veel", "number"),
        ("number", "-3", "negative"),
        ("number", "1e9", "number"),
        ("number", "٣", "number"),
        ("euro", "1,2,3", "euro"),
        ("euro", "9" * 40, "large"),
        ("percent", "101", "percent"),
        ("date", "30/2/2025", "date_none"),
        ("date", "vorig jaar", "date"),
        ("date", "1/1/0020", "date_range"),
        ("choice", "iets", "choice"),
    ],
)
def test_typed_wrong(kind: str, typed: str, problem: str) -> None:
    choices = (("a", {"nl": "A"}),) if kind == "choice" else ()
    with pytest.raises(parse.Wrong, match=f"^{problem}$"):
        parse.canonical(model.Part("", kind, {}, choices), typed, "nl")


# -- from answers to the law ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answers", "category"),
    [
        ("heads 8 8; money 900000", "micro"),
        ("heads 40 40; money 6000000", "small"),
        ("heads 40 40; money 6000000; held 30 enterprise 200", "medium"),
        ("heads 40 40; money 6000000; held 24 enterprise 9000", "small"),
        ("heads 40 40; money 6000000; held 51 enterprise 300", "large"),
        ("heads 40 40; money 6000000; held 40 venture_capital 9000", "small"),
        ("heads 40 40; money 6000000; held 25 public_body 0", "large"),
        ("heads 40 40; money 6000000; held 100 natural_person 0", "small"),
    ],
)
def test_size(answers: str, category: str) -> None:
    said: dict[str, tuple[str, ...]] = {"year_end": ("2025-12-31",)}
    for piece in answers.split("; "):
        match piece.split():
            case ["heads", one, two]:
                said["heads"] = (one, two)
            case ["money", euros]:
                said["turnover"] = said["balance"] = (euros, euros)
            case ["held", pct, kind, heads]:
                money = str(int(heads) * 300_000)
                said |= {
                    "owner.0": ("yes",), "owner.0.kind": (kind,), "owner.0.capital": (pct,),
                    "owner.0.votes": (pct,), "owner.0.management": ("no",),
                    "owner.0.heads": (heads, heads), "owner.0.turnover": (money, money),
                    "owner.0.balance": (money, money), "owner.1": ("no",),
                }  # fmt: skip
    said = {"owner.0": ("no",), **said, "owned.0": ("no",), "sister.0": ("no",)}
    tool = model.load("size")
    assert walk(tool, said, DAY).next is None
    _, answer = ask("size", fill(tool, said, DAY, "nl").input)
    assert answer.category == category


def test_another_firm_of_the_same_person_counts() -> None:
    tool = model.load("size")
    said = {
        "year_end": ("",), "heads": ("40", "40"), "turnover": ("6000000", "6000000"),
        "balance": ("6000000", "6000000"), "owner.0": ("no",), "owned.0": ("no",),
        "sister.0": ("yes",), "sister.0.heads": ("100", "100"),
        "sister.0.turnover": ("20000000", "20000000"),
        "sister.0.balance": ("9000000", "9000000"), "sister.1": ("no",),
    }  # fmt: skip
    filled = fill(tool, said, DAY, "nl")
    _, answer = ask("size", filled.input)
    assert (answer.category, answer.totals[0].headcount.known) == ("medium", Decimal(140))
    assert filled.defaults[0][2] == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("tool", "said", "not_asked"),
    [
        ("difficulty", {"proceedings": "yes"}, ["criteria", "legal_form", "equity"]),
        ("difficulty", {"legal_form": "sole_trader"}, ["founded", "equity", "capital", "linked.0"]),
        ("difficulty", {"legal_form": "nv", "founded": "2025-01-01"}, ["capital", "premium"]),
        ("difficulty", {"legal_form": "bv"}, ["capital", "premium", "own"]),
        ("alarm_bell", {"legal_form": "vzw"}, ["assets", "capital", "established"]),
        ("alarm_bell", {"legal_form": "bv"}, ["capital", "loss"]),
        ("alarm_bell", {"earlier": "no"}, ["convened", "reason", "complied"]),
        ("de_minimis", {"new": "no"}, ["instrument", "amount", "principal", "purpose"]),
        ("de_minimis", {"new": "yes", "instrument": "grant"}, ["principal", "years", "collateral"]),
        ("aid", {"kind": "training"}, ["area", "collaboration", "joint", "recurring"]),
        ("aid", {"kind": "startup"}, ["costs", "days", "dissemination"]),
        ("aid", {"kind": "industrial_research", "collaboration": "no"}, ["with_sme", "highest"]),
        ("delineate", {"kind": "price_change"}, ["novel", "uncertainty", "goal", "implemented"]),
        ("delineate", {"kind": "install_bought"}, ["uncertainty", "creative", "goal"]),
        ("delineate", {"kind": "software", "novel": "none"}, ["goal"]),
    ],
)  # fmt: skip
def test_questions_that_no_longer_matter_are_not_put(
    tool: str, said: dict[str, str], not_asked: list[str]
) -> None:
    loaded = model.load(tool)
    answers: dict[str, tuple[str, ...]] = {}
    while (slot := walk(loaded, answers, DAY).next) is not None:
        value = said.get(slot.key, "no" if slot.gate else "")
        answers[slot.key] = (value,) + ("",) * (len(slot.question.parts) - 1)
    assert set(not_asked).isdisjoint(answers)


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
    assert page.count({"": "Dit is geen juridisch advies.", "/en": "This is no legal advice.",
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
    assert "Samen is dat meer dan 100 %" in page.content.decode()


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
    assert '<th scope="row">Aandeelhouder 1</th><td>partner</td>' in svg
    dm = Owner(web, "de-minimis").example()
    assert dm.count('class="time-line__counted"') == 2
    assert "15 februari 2024" in dm.replace("\u00a0", " ")


def test_a_warning_on_the_end_of_the_regulation(web: Client) -> None:
    assert "eindigt op 31/12/2026" in Owner(web, "steun").example().split("reckon__steps")[0]


# -- experts and programs -------------------------------------------------------------------------
@pytest.mark.parametrize("tool", TOOLS)
def test_json_gets_the_answer_of_the_command(web: Client, tool: str, tmp_path: Path) -> None:
    loaded = model.load(tool)
    raw = yaml.safe_load(reckon._as_yaml(fill(loaded, loaded.example, DAY, "nl")))
    body = json.dumps(raw, default=str)
    response = web.post(f"/rekenen/{loaded.slug}", body, content_type="application/json")
    assert response.status_code == 200
    file = tmp_path / "question.json"
    file.write_text(body, encoding="utf-8")
    told = CliRunner().invoke(app, [reckon._command(loaded), str(file), "--json"])
    assert response.json() == json.loads(told.stdout)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("{", "body, character 2"),
        ("[]", ""),
        ('{"as_of": "2026-06-30"}', "enterprise"),
        ('{"as_of": "x", "as_of": "y"}', "body"),
        (
            '{"as_of": "2026-06-30", "enterprise": "A", "enterprises": {"A": {"years": []}}}',
            "enterprises.A.years",
        ),
    ],
)
def test_json_that_cannot_be_used(web: Client, body: str, path: str) -> None:
    response = web.post("/rekenen/kmo", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]["path"] == path
    assert set(response.json()["error"]) == {"path", "problem", "expected", "near"}


def test_an_expert_pastes_or_uploads(web: Client) -> None:
    text = "as_of: 2026-06-30\nlegal_form: nv\ncapital: 100000\nnet_assets: 40000\n"
    for fields in ({"text": text}, {"file": SimpleUploadedFile("bel.yaml", text.encode())}):
        page = web.post("/rekenen/alarmbel", {"expert": "1", **fields}).content.decode()
        assert "De alarmbel rinkelt." in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Plak eerst een tekst"),
        ("as_of: 2026-06-30\nlegal_form: nv\ncapitol: 1\n", "tekst, line 3, capitol"),
        ("a: &a [1]\nb: *a\n", "tekst, line 2"),
        ("x" * 200_001, "Deze tekst is te groot"),
    ],
)
def test_an_experts_mistake_is_told_with_its_line(web: Client, text: str, says: str) -> None:
    response = web.post("/rekenen/alarmbel", {"expert": "1", "text": text})
    assert response.status_code == 400
    page = response.content.decode()
    assert says in unescape(page)
    assert 'aria-describedby="text-error"' in page
    assert 'href="#text"' in page


def test_large_groups_are_drawn_in_part(web: Client) -> None:
    firms = {f"F{i}": {} for i in range(300)}
    links = [{"owner": f"F{i}", "owned": f"F{i + 1}", "capital_pct": 60} for i in range(299)]
    raw = {"as_of": "2026-06-30", "enterprise": "F150", "enterprises": firms, "links": links}
    page = web.post("/rekenen/kmo", {"expert": "1", "text": json.dumps(raw)}).content.decode()
    assert page.count('class="group-map__name"') == 24
    assert "De tekening toont de 24 eerste" in page


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods(web: Client, method: str) -> None:
    assert getattr(web, method)("/rekenen/kmo").status_code == 405
    assert getattr(web, method)("/rekenen").status_code == 405


def test_an_unknown_tool_and_a_strange_body(web: Client) -> None:
    assert web.get("/rekenen/loterij").status_code == 404
    assert web.post("/rekenen/kmo", "x", content_type="text/plain").status_code == 400


# -- nothing is kept ------------------------------------------------------------------------------
def test_nothing_is_kept_or_logged(web: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    owner = Owner(web, "kmo")
    owner.answer("31/12/2025")
    page = owner.answer("4711", "4712")
    assert "4711" in page
    assert "4711" not in caplog.text
    response = web.post("/rekenen/kmo", owner.hidden() | {"show": "1"})
    assert not response.cookies
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert not re.search(r'(href|action|src)="[^"]*4711', response.content.decode())
    assert 'method="get"' not in page.lower()


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
         "Andere steun: niet gezegd. We rekenden met Nee."),
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
