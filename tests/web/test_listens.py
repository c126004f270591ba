"""Who listens is told in one line where it goes badly, however the words were read."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from baken.landscape.catalogue import load_catalogue as load_landscape
from baken.match.advised import is_desk
from baken.web.catalogue import load_catalogue
from baken.web.owner.desks import DESKS

pytestmark = pytest.mark.django_db


def answer(client: Client, need: str, lang: str = "", **typed: str) -> str:
    return client.post(f"{lang}/resultaat", {"need": need, **typed}).content.decode()


def numbers(page: str) -> list[str]:
    found = re.search(r'<p class="(?:note )?listens">(.*?)</p>', page)
    return re.findall(r'href="tel:(\d+)"', found[1]) if found else []


@pytest.mark.parametrize(
    ("lang", "need", "called"),
    [
        ("", "ik kan mijn rekeningen niet meer betalen", ["106", "1813", "112"]),
        ("/en", "I cannot pay my bills", ["106", "107", "112"]),
        ("/fr", "je ne peux plus payer mes factures", ["107", "080032123", "112"]),
        ("", "een pizza bestellen voor vanavond", ["106", "1813", "112"]),
        ("", "we maken al drie jaar verlies", ["106", "1813", "112"]),
        ("", "ik weet het niet meer", ["106", "1813", "112"]),
        ("/fr", "je ne sais plus quoi faire", ["107", "080032123", "112"]),
        ("", "mijn energierekening is te hoog", []),
    ],
)
def test_a_firm_that_goes_badly_reads_whom_to_call(
    client: Client, lang: str, need: str, called: list[str]
) -> None:
    assert numbers(answer(client, need, lang)) == called


@pytest.mark.parametrize(
    ("where", "called", "tongues"),
    [
        ("", ["106", "107", "112"], ["in Dutch", "in French"]),
        ("Gent", ["106", "1813", "112"], ["in Dutch", "in Dutch"]),
        ("Spa", ["107", "080032123", "112"], ["in French", "in French"]),
        ("Ixelles", ["107", "080032123", "112"], ["in French", "in French"]),
    ],
)
def test_who_reads_english_calls_near_and_knows_which_tongue_answers(
    client: Client, where: str, called: list[str], tongues: list[str]
) -> None:
    page = answer(client, "I cannot pay my bills", "/en", where=where)
    assert numbers(page) == called
    line = re.search(r'<p class="listens">(.*?)</p>', page)
    assert line and re.findall(r"\((in \w+)\)", re.sub('title="[^"]*"', "", line[1])) == tongues


def test_who_may_be_beaten_reads_whom_to_call_before_anything_else(client: Client) -> None:
    page = answer(client, "ik kan mijn facturen niet meer betalen, ik zie het niet meer zitten")
    assert page.count('listens">') == 1
    assert page.index('class="note listens"') < page.index('<details class="known"')
    plain = answer(client, "ik kan mijn facturen niet meer betalen")
    assert plain.index('class="listens"') > plain.index('<details class="known"')


def test_a_cry_has_the_numbers_on_top_and_no_second_line(client: Client) -> None:
    page = answer(client, "ik wil er een einde aan maken")
    assert 'class="plain calls"' in page
    assert not numbers(page)


@pytest.mark.parametrize("typed", [{}, {"where": "Gent", "heads": "8"}])
def test_what_is_not_understood_can_be_told_in_other_words_and_has_a_desk(
    client: Client, typed: dict[str, str]
) -> None:
    page = answer(client, "een pizza bestellen voor vanavond", **typed)
    assert "<h1>Gaat dit over je zaak?</h1>" in page
    assert 'name="need" rows="3"' in page
    assert "Hier helpen ze ondernemers met elke vraag" in page
    assert page.count('name="tapped"') == 6
    again = {"need": ["een pizza bestellen voor vanavond", "mijn oven verbruikt te veel"]}
    told = client.post("/resultaat", {**again, **typed}).content.decode()
    assert "<h1>Dit past bij je vraag</h1>" in told


@pytest.mark.parametrize(
    ("lang", "need", "where", "desks"),
    [
        ("", "asdkjh", "", ["VLAIO", "hub.brussels", "1890"]),
        ("", "asdkjh", "Gent", ["VLAIO"]),
        ("/en", "asdkjh", "Namur", ["1890"]),
        ("/fr", "sdfqsdf", "", ["hub.brussels", "1890", "VLAIO"]),
        ("/fr", "commander une pizza pour ce soir", "Ixelles", ["hub.brussels"]),
    ],
)
def test_who_is_not_understood_reads_so_first_and_then_the_desk_of_each_region(
    client: Client, lang: str, need: str, where: str, desks: list[str]
) -> None:
    page = answer(client, need, lang, where=where)
    below = page[page.index('id="deuren"') :]
    below = below[: below.index("</section>")]
    named = [one for one in ("VLAIO", "hub.brussels", "1890") if one in below]
    assert sorted(named, key=below.index) == desks
    assert page.index("<h1>") < page.index('name="need" rows="3"') < page.index('id="deuren"')


def test_what_was_not_understood_is_sent_to_nobody(client: Client) -> None:
    load_catalogue()
    send = 'formaction="/stuur"'
    assert send not in answer(client, "asdkjh", where="Gent")
    assert send in answer(client, "mijn energierekening is te hoog", where="Gent")


def test_who_is_not_understood_reads_desks_for_every_question_of_their_region() -> None:
    for region, desk in DESKS.items():
        record = load_landscape().by_key["organisation", desk]
        assert is_desk(record) and record.area.regions == [region]
