"""Annual accounts on the site: what stands in them is not asked, is told with its source, can be
called wrong, and nothing of the file stays."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baken.registers.filing import decode_filing
from baken.web import engine
from baken.web.owner import books
from baken.web.owner.asking import Asked
from tests.registers.test_accounts import BAKERY
from tests.registers.test_filing import HEAD, table
from tests.web.conftest import NEED, FakeEngine
from tests.web.handover import path

NUMBER = "0403.170.701"
BEFORE = HEAD | {
    "Accounting period start date": "2024-01-01",
    "Accounting period end date": "2024-12-31",
}


def send(client: Client, *files: bytes, lang: str = "", **more: str) -> Any:
    """Who chose these files."""
    chosen = [SimpleUploadedFile(f"{n}.csv", data) for n, data in enumerate(files)]
    return client.post(
        f"{lang}/jaarrekening", {"need": NEED, "do": "file", "accounts": chosen, **more}
    )


def said(response: Any) -> str:
    return unescape(response.content.decode())


def field(response: Any, name: str) -> str:
    """A hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return unescape(found[1]) if found else ""


def kept(response: Any) -> str:
    """The field in which the figures travel."""
    return field(response, "books")


@pytest.fixture(scope="module")
def two_years() -> str:
    """What stays of the bakery's accounts of two years."""
    filings = [decode_filing(table(), "a"), decode_filing(table(head=BEFORE), "b")]
    return str(books.take(filings, "file", date(2026, 11, 24))[0])


def ask(client: Client, books: str, **more: str) -> str:
    return said(client.post("/resultaat", {"need": NEED, "books": books, **more}))


# -- reading a file -----------------------------------------------------------------------------
def test_a_file_is_told_with_its_source_and_only_its_figures_go_on(
    site: Client, fake: FakeEngine
) -> None:
    response = send(site, table(), table(head=BEFORE))
    page = said(response)
    assert response.status_code == 200
    for line in ("4,6", "€ 412.345,67", "€ 62.345,67", "micro", "Je jaarrekening tot 31 december"):
        assert line in page.replace("\u00a0", " ")
    assert "Bakkerij De Korst" not in page
    assert kept(response).startswith("file;")
    assert f'{{"kbo":"{NUMBER}"}}' in page


LOSS = BAKERY | {"10/15": "-12345.67", "14": "-30945.67", "17/49": "414691.34"}
BELL = [
    ("", ("De alarmbel rinkelt.", "Hou de algemene vergadering uiterlijk op")),
    ("/en", ("The alarm bell rings.", "Hold the general meeting by")),
    ("/fr", ("La sonnette d'alarme retentit.", "Tenez l'assemblée générale au plus tard le")),
]


@pytest.mark.parametrize(("lang", "says"), BELL)
def test_negative_own_funds_tell_the_owner_of_the_alarm_bell(
    site: Client, fake: FakeEngine, lang: str, says: tuple[str, ...]
) -> None:
    """At once, and folded on the page of the answer; a tool tells all of it."""
    read = send(site, table(LOSS), lang=lang)
    answer = site.post(f"{lang}/resultaat", {"need": NEED, "books": kept(read)})
    for page in (said(read), said(answer)):
        for told in says:
            assert told in page
        assert f'href="{lang}/rekenen/alarmbel"' in page
    sound = send(site, table(), lang=lang)
    assert says[0] not in said(sound)


def test_what_goes_on_is_what_the_engine_gets(
    site: Client, fake: FakeEngine, two_years: str
) -> None:
    ask(site, two_years)
    paper = fake.query["facts"]["accounts"]
    assert [str(y["end"]) for y in paper["years"]] == ["2025-12-31", "2024-12-31"]
    assert set(paper["years"][0]["rubrics"]) <= books.USED
    assert str(books.read(two_years)) == two_years
    assert len(two_years) < 600, "it stands in every form of the page"


@pytest.mark.parametrize(
    "typed",
    [
        "x", "file;2026-11-26;610;0", "file;2026-11-26;<b>;0|2025-12-31;12;70=1",
        "file;2026-11-26;610;0|2025-12-31;12;70=1e999", "file;2026-99-26;610;0|2025-12-31;;70=1",
        "file;2026-11-26;610;0" + "|2025-12-31;12;70=1" * 5, "file;2026-11-26;610;0|;;",
    ],
)  # fmt: skip
def test_a_field_that_was_tampered_with_is_an_error_and_no_crash(
    site: Client, fake: FakeEngine, typed: str
) -> None:
    assert site.post("/resultaat", {"need": NEED, "books": typed}).status_code == 400
    assert fake.queries == []


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "Kies eerst een bestand"),
        ([b""], "Kies eerst een bestand|Het bestand is leeg"),
        ([b"%PDF-1.7"], "Dit is een PDF"),
        ([b"PK\x03\x04xlsx"], "zipbestand of een rekenblad"),
        ([b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"], "Dit is XBRL"),
        ([b"naam,omzet\nA,3\n"], "kunnen we niet lezen als jaarrekening"),
        ([b"\x00\x01\x02"], "kunnen we niet lezen als jaarrekening"),
        ([table(BAKERY | {"10/49": "1"})], "kloppen niet met elkaar"),
        ([table(), table()], "kloppen niet met elkaar"),
        ([table(), table(head=BEFORE | {"Entity name": "B", "Entity number": "0200065765"})],
         "van dezelfde zaak"),
        ([table(head=HEAD | {"Accounting period end date": "2099-12-31"})], "kloppen niet"),
        ([table()] * 5, "hoogstens 4 bestanden"),
    ],
)  # fmt: skip
def test_a_bad_file_says_how_to_mend_it_and_nothing_is_lost(
    site: Client, fake: FakeEngine, files: list[bytes], says: str
) -> None:
    response = send(site, *files, facts='{"exporter":true}', pick="instrument/x")
    page = said(response)
    assert response.status_code == 400
    assert re.search(says, page)
    assert 'href="#accounts"' in page
    assert NEED in page
    assert '{"exporter":true}' in page
    assert 'value="instrument/x"' in page


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("", "regel 23: '=1+1' is geen getal"),
        ("/en", "line 23: '=1+1' is no number"),
        ("/fr", "ligne 23: '=1+1' n'est pas un nombre"),
    ],
)
def test_what_exactly_is_wrong_is_told_in_the_language_of_the_page(
    site: Client, fake: FakeEngine, lang: str, says: str
) -> None:
    assert says in said(send(site, table(BAKERY | {"70": "=1+1"}), lang=lang))


def test_a_file_of_another_firm_is_told_and_not_used(site: Client, fake: FakeEngine) -> None:
    response = send(site, table(), facts='{"kbo":"0200.065.765"}')
    assert f"van {NUMBER}" in said(response)
    assert "0200.065.765" in said(response)
    assert kept(response) == ""


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_what_is_too_large_is_refused_unread(site: Client, fake: FakeEngine, lang: str) -> None:
    response = site.post(
        f"{lang}/jaarrekening",
        b"",
        content_type="multipart/form-data",
        CONTENT_LENGTH=2_000_000_000,
    )
    assert response.status_code == 413
    assert "2 M" in said(response)
    assert 'id="accounts-error"' in said(response)


@pytest.mark.parametrize("lang", ["", "/en", "/fr"])
def test_the_page_and_what_was_read_in_three_languages(
    site: Client, fake: FakeEngine, lang: str
) -> None:
    assert "consult.cbso.nbb.be" in said(site.get(f"{lang}/jaarrekening"))
    assert kept(send(site, table(), lang=lang))


# -- with an answer -----------------------------------------------------------------------------
def test_what_follows_stands_by_the_answer_with_its_source(
    site: Client, fake: FakeEngine, two_years: str
) -> None:
    page = ask(site, two_years)
    assert "Uit je jaarrekening" in page
    assert "uit een bestand dat je gaf op" in page
    for fact in ("headcount", "equity", "size", "in_difficulty", "legal_form"):
        assert f'name="wrong" value="{fact}"' in page
    assert "Gebruik mijn jaarrekening" not in page
    assert "Gebruik mijn jaarrekening" in ask(site, "")
    assert 'name="books"' not in ask(site, two_years, drop_books="1")


def test_the_number_in_the_accounts_is_told_as_theirs(site: Client, fake: FakeEngine) -> None:
    page = send(site, table())
    state = {name: field(page, name) for name in ("facts", "told_by", "books")}
    assert "uit je jaarrekening" in said(site.post("/resultaat", {"need": NEED, **state}))


@pytest.mark.parametrize("wrong", ["headcount", "equity", "size", "in_difficulty", "legal_form"])
def test_what_is_called_wrong_is_not_used_and_can_be_set_right(
    site: Client, fake: FakeEngine, two_years: str, wrong: str
) -> None:
    page = ask(site, two_years, wrong=wrong)
    assert fake.query["facts"]["accounts"]["without"] == [wrong]
    assert f'name="question" value="{wrong}"' in page
    assert f'name="right" value="{wrong}"' in page
    ask(site, two_years, denied=f'["{wrong}"]', right=wrong)
    assert fake.query["facts"]["accounts"]["without"] == []


def test_what_the_owner_says_goes_first_and_both_stay_in_sight(
    site: Client, fake: FakeEngine, two_years: str
) -> None:
    page = ask(site, two_years, heads="12")
    assert fake.query["facts"]["headcount"] == 12
    assert "<s>4,6</s> We gebruiken wat je zelf zei" in page


def test_the_figures_come_back_with_the_six_words_and_stay_with_a_change(
    site: Client, fake: FakeEngine, two_years: str
) -> None:
    page = said(site.post("/bewaar", {"need": NEED, "books": two_years}))
    code = re.search(r"<strong>([a-z ]+)</strong>", page)
    assert code
    assert kept(site.post("/terug", {"code": code[1]})) == two_years
    assert kept(site.post("/", {"need": NEED, "books": two_years, "edit": "1"})) == two_years


@pytest.mark.parametrize(
    ("more", "shown", "hidden"),
    [
        ({}, ["4,6", "Je jaarrekening tot"], ["klopt niet"]),
        ({"denied": '["headcount"]', "facts": '{"headcount":"10..49"}'},
         ["10 tot 49", "4,6", "zegt dat dit niet klopt"], []),
        ({"facts": '{"headcount":12}'}, ["12", "4,6", "zegt dat dit niet klopt"], []),
    ],
)  # fmt: skip
def test_an_adviser_sees_what_the_accounts_say_and_what_the_owner_says(
    site: Client, fake: FakeEngine, two_years: str, more: dict[str, str], shown: list[str],
    hidden: list[str],
) -> None:  # fmt: skip
    path.doors_take_files()
    item = ["need", "facts:headcount", "facts:headcount.accounts"]
    state = path.state(books=two_years, item=item, **more, **path.CONTACT)
    page = said(site.post("/stuur/nakijken", state))
    assert [s for s in shown if s not in page] == []
    assert [s for s in hidden if s in page] == []


def test_what_a_rule_settles_stands_there_with_its_steps_and_not_twice(
    site: Client, fake: FakeEngine, two_years: str
) -> None:
    step = {"code": "size.year_class", "says": {"nl": "4,6 mensen"}, "source": "2003/361/EC"}
    found = {"fact": "size", "value": "micro", "used": True, "steps": [step]}
    fake.change = lambda answer: answer.update(computed=[found])
    path.doors_take_files()
    page = said(site.post("/stuur", path.state(books=two_years)))
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
    state = path.state(books=held, item=["need", "law:alarm_bell"], **path.CONTACT)
    page = said(site.post("/stuur/nakijken", state))
    assert "WVV, art. 5:153" in page
    wrong = said(site.post("/stuur/nakijken", {**state, "denied": '["equity"]'}))
    assert "WVV, art. 5:153" not in wrong


# -- fewer questions ----------------------------------------------------------------------------
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


@pytest.mark.parametrize(
    ("need", "questions"),
    [
        ("ik wil innoveren en steun krijgen voor een haalbaarheidsstudie", (5, 3)),
        ("gwarant waarborg voor lening", (4, 3)),
    ],
)
def test_accounts_save_questions_and_the_verdicts_are_as_good(
    need: str, questions: tuple[int, int], two_years: str
) -> None:
    plain, without = walk(need, None)
    fewer, having = walk(need, books.read(two_years))
    assert (len(plain), len(fewer)) == questions
    assert not set(fewer) & set(TRUTH)
    verdicts = [{o["id"]: o["verdict"] for o in a["offers"]} for a in (without, having)]
    worse = [o for o, v in verdicts[0].items() if v == "fits" and verdicts[1].get(o) != "fits"]
    assert worse == []
    missing = [sum(len(o["missing"]) for o in a["offers"]) for a in (without, having)]
    assert missing[1] <= missing[0]
