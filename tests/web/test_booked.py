"""What stands in annual accounts is not asked, is told with its source, and can be called wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from baken.web import engine
from baken.web.handover.sealed import unseal
from baken.web.owner import books
from baken.web.owner.asking import Asked
from tests.registers.filings import BAKERY, table
from tests.web.accounts import TWO_YEARS, ask, field, kept, said, send
from tests.web.conftest import NEED, FakeEngine
from tests.web.handover import path


def test_what_follows_stands_by_the_answer_with_its_source(site: Client, fake: FakeEngine) -> None:
    page = ask(site, TWO_YEARS)
    assert "Uit je jaarrekening" in page
    assert "uit een bestand dat je gaf op" in page
    for fact in ("headcount", "employees", "equity", "size", "in_difficulty", "legal_form"):
        assert f'name="wrong" value="{fact}"' in page
    assert "ongeveer 3 tot 12, geschat" in page
    assert "Gebruik mijn jaarrekening" not in page
    assert "Gebruik mijn jaarrekening" in ask(site, "")
    assert 'name="books"' not in ask(site, TWO_YEARS, drop_books="1")


NO = "Nee, volgens je jaarrekening; een procedure bij de rechtbank staat daar niet in"


@pytest.mark.parametrize(
    ("said", "line"),
    [({}, NO), ({"facts": '{"insolvency":false}'}, "Nee")],
    ids=["nothing was said", "no insolvency"],
)
def test_no_difficulty_tells_that_no_court_stands_in_accounts(
    site: Client, fake: FakeEngine, said: dict[str, str], line: str
) -> None:
    page = ask(site, TWO_YEARS, **said)
    found = re.search(r"Onderneming in moeilijkheden[^<]*</dt><dd>([^<]*?) ?<button", page)
    assert found and found[1] == line


def test_a_size_that_rests_on_typed_heads_says_so(site: Client, fake: FakeEngine) -> None:
    by_hand = "samen met wat je zelf invulde"
    assert by_hand not in ask(site, TWO_YEARS)
    page = ask(site, TWO_YEARS, heads="30")
    found = re.search(r"Grootte[^<]*</dt><dd>([^<]*?) ?<button", page)
    assert found and found[1].endswith(by_hand)


def test_who_says_no_too_reads_no_other_word_of_it(site: Client, fake: FakeEngine) -> None:
    page = ask(site, TWO_YEARS, facts='{"in_difficulty":false}')
    assert "<s>Nee" not in page


def test_of_a_firm_in_a_judicial_reorganisation_accounts_tell_no_such_thing(
    site: Client, fake: FakeEngine
) -> None:
    assert 'value="in_difficulty"' in ask(site, TWO_YEARS, need="een klant zit in WCO")
    assert 'value="in_difficulty"' not in ask(site, TWO_YEARS, need="wij zitten in WCO")


def test_the_number_in_the_accounts_is_told_as_theirs(site: Client, fake: FakeEngine) -> None:
    page = send(site, table())
    state = {name: field(page, name) for name in ("facts", "told_by", "books")}
    assert "uit je jaarrekening" in said(site.post("/resultaat", {"need": NEED, **state}))


@pytest.mark.parametrize(
    "wrong", ["headcount", "employees", "equity", "size", "in_difficulty", "legal_form"]
)
def test_what_is_called_wrong_is_not_used_and_can_be_set_right(
    site: Client, fake: FakeEngine, wrong: str
) -> None:
    page = ask(site, TWO_YEARS, wrong=wrong)
    assert fake.query["facts"]["accounts"]["without"] == [wrong]
    assert f'name="settled" value="{wrong}=' in page
    assert f'name="right" value="{wrong}"' in page
    ask(site, TWO_YEARS, denied=f'["{wrong}"]', right=wrong)
    assert fake.query["facts"]["accounts"]["without"] == []


@pytest.mark.parametrize("wrong", ["headcount", "size"])
def test_a_size_that_follows_no_more_is_not_told_as_read(wrong: str) -> None:
    def notices(denied: list[str]) -> list[str]:
        facts = {"municipality": "Aalst", "sector": "bakker"}
        found = books.read(TWO_YEARS)
        asked = Asked(lang="nl", need=NEED, facts=facts, books=found, denied=denied)
        return list(engine.answer(asked.query("2026-11-24"))["notices"])

    read = "We lazen je grootte in je jaarrekening"
    assert any(n.startswith(read) for n in notices([]))
    assert not any(n.startswith(read) for n in notices([wrong]))


def test_what_the_owner_says_goes_first_and_both_stay_in_sight(
    site: Client, fake: FakeEngine
) -> None:
    page = ask(site, TWO_YEARS, heads="12")
    assert fake.query["facts"]["headcount"] == 12
    assert "<s>4,6</s> We gebruiken wat je zelf zei" in page


def test_the_figures_come_back_with_the_six_words_and_stay_with_a_change(
    site: Client, fake: FakeEngine
) -> None:
    page = said(site.post("/bewaar", {"need": NEED, "books": TWO_YEARS}))
    code = re.search(r"<strong>([a-z ]+)</strong>", page)
    assert code
    assert kept(site.post("/terug", {"code": code[1]})) == TWO_YEARS
    assert kept(site.post("/", {"need": NEED, "books": TWO_YEARS, "edit": "1"})) == TWO_YEARS


@pytest.mark.parametrize(
    ("more", "shown", "hidden"),
    [
        ({}, ["4,6", "Je jaarrekening tot"], ["klopt niet"]),
        ({"denied": '["headcount"]', "facts": '{"headcount":"10..49"}'},
         ["10 tot 49", "4,6", "zegt dat dit niet klopt"], []),
        ({"facts": '{"headcount":12}'},
         ["4,6", "De ondernemer gaf zelf 12 op."], ["dat dit niet klopt"]),
    ],
)  # fmt: skip
def test_an_adviser_sees_what_the_accounts_say_and_what_the_owner_says(
    site: Client, fake: FakeEngine, more: dict[str, str], shown: list[str],
    hidden: list[str],
) -> None:  # fmt: skip
    path.doors_take_files()
    item = ["need", "facts:headcount", "facts:headcount.accounts"]
    state = path.state(books=TWO_YEARS, item=item, **more, **path.REACH)
    page = said(site.post("/stuur/nakijken", state))
    assert [s for s in shown if s not in page] == []
    assert [s for s in hidden if s in page] == []


def test_what_the_accounts_say_is_dated_on_their_closing_day(
    site: Client, fake: FakeEngine
) -> None:
    path.doors_take_files()
    page = path.preview(site, books=TWO_YEARS, item=["facts:headcount", "facts:equity"])
    dated = {f["id"]: f["source"]["dated"] for f in unseal(path.sealed(page)).dossier["facts"]}
    assert dated == {"headcount": "2026-11-24", "equity": "2025-12-31"}, "said, and in the accounts"
    assert page.count("31\u00a0december 2025") == 1, "not once more behind the source"


def test_what_a_rule_settles_stands_there_with_its_steps_and_not_twice(
    site: Client, fake: FakeEngine
) -> None:
    step = {"code": "size.year_class", "says": {"nl": "4,6 mensen"}, "source": "2003/361/EC"}
    found = {"fact": "size", "value": "micro", "used": True, "steps": [step]}
    fake.change = lambda answer: answer.update(computed=[found])
    path.doors_take_files()
    page = said(site.post("/stuur", path.state(books=TWO_YEARS)))
    assert 'value="law:size"' in page
    assert 'value="facts:size"' not in page
    assert 'value="facts:equity"' in page


def test_negative_own_funds_in_the_accounts_ring_the_alarm_bell_for_an_adviser(
    site: Client, fake: FakeEngine
) -> None:
    """Unless the owner calls the figure wrong."""
    poor = BAKERY | {"10/15": "-90000", "17/49": "492345.67", "14": "-108600"}
    held = kept(send(site, table(poor)))
    path.doors_take_files()
    state = path.state(books=held, item=["need", "law:alarm_bell"], **path.REACH)
    page = said(site.post("/stuur/nakijken", state))
    assert "WVV, art. 5:153" in page
    wrong = said(site.post("/stuur/nakijken", {**state, "denied": '["equity"]'}))
    assert "WVV, art. 5:153" not in wrong


# -- fewer questions -----------------------------------------------------------------------------
TRUTH = {
    "headcount": "0..9", "turnover": "0..2000000", "balance_total": "0..2000000",
    "equity": "61500..", "in_difficulty": False,
}  # fmt: skip


def walk(need: str, books: Any) -> tuple[list[str], dict[str, Any]]:
    """The questions that are put to who answers what it knows of its figures, and the answer."""
    facts = {"municipality": "Aalst", "sector": "bakker", "founded_on": "2010-01-01"}
    asked = Asked(lang="nl", need=need, facts={**facts, "legal_form": "bv"}, books=books)
    while True:
        answer = engine.answer(asked.query("2026-11-24"))
        question = answer["next_question"]
        if question is None:
            return asked.asked, answer
        asked.asked.append(question["fact"])
        if question["fact"] in TRUTH:
            asked.facts[question["fact"]] = TRUTH[question["fact"]]


@pytest.mark.parametrize("need", ["mijn ploeg is ziek, re-integratie", "coaching van personeel"])
def test_who_is_on_the_payroll_is_not_asked_where_the_accounts_tell_enough(
    need: str,
) -> None:
    """4,6 full-time equivalents settle that somebody is employed."""
    plain, _ = walk(need, None)
    fewer, _ = walk(need, books.read(TWO_YEARS))
    assert "employees" in plain
    assert "employees" not in fewer


@pytest.mark.parametrize(
    ("need", "questions"),
    [
        ("ik wil innoveren en steun krijgen voor een haalbaarheidsstudie", (5, 3)),
        ("investeren in een nieuwe machine", (4, 3)),
    ],
)
def test_accounts_save_questions_and_the_verdicts_are_as_good(
    need: str, questions: tuple[int, int]
) -> None:
    plain, without = walk(need, None)
    fewer, having = walk(need, books.read(TWO_YEARS))
    assert (len(plain), len(fewer)) == questions
    assert not set(fewer) & set(TRUTH)
    verdicts = [{o["id"]: o["verdict"] for o in a["offers"]} for a in (without, having)]
    worse = [o for o, v in verdicts[0].items() if v == "fits" and verdicts[1].get(o) != "fits"]
    assert worse == []
    missing = [sum(len(o["missing"]) for o in a["offers"]) for a in (without, having)]
    assert missing[1] <= missing[0]


@pytest.mark.parametrize(
    ("lang", "heads", "says"),
    [
        ("", "20", "klein (minder dan 50 mensen)"),
        ("", "60", "middelgroot (minder dan 250 mensen)"),
        ("/fr", "20", "petite (moins de 50 personnes)"),
        ("/fr", "60", "moyenne (moins de 250 personnes)"),
    ],
)
def test_the_size_is_told_in_the_reader_s_words(
    site: Client, fake: FakeEngine, lang: str, heads: str, says: str
) -> None:
    big = BAKERY | {"9087": heads, "1003": heads, "70": "9000000"}
    big |= {"20/58": "9000000", "10/49": "9000000", "17/49": "8927654.33"}
    read = send(site, table(big), lang=lang)
    answer = site.post(f"{lang}/resultaat", {"need": NEED, "books": kept(read)})
    for page in (said(read), said(answer)):
        assert says in page
