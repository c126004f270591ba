"""What stands in the register is not asked: look-up by number and by name, and what is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from baken.kernel.errors import BakenError
from baken.registers.kbo_extract.take import take
from baken.web import engine
from baken.web.owner.asking import Asked, read_form
from baken.web.owner.register import fill
from tests.registers.kbo import hand
from tests.web.accounts import TWO_YEARS
from tests.web.conftest import NEED, FakeEngine
from tests.web.handover import path

BAKERY, STOPPED, UNKNOWN = hand.number(1), hand.number(2), hand.number(9)
SHOP = hand.unit(1)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bakery with one shop, a firm that stopped, and forty of one name in two towns."""
    folder = tmp_path_factory.mktemp("kbo")
    many = range(100, 140)
    tables = {
        "enterprise": [
            hand.enterprise(1), hand.enterprise(2, status="ST"), hand.enterprise(3),
            hand.enterprise(4, status="ZZ"), *(hand.enterprise(n) for n in many),
        ],
        "establishment": [(SHOP, "01-02-2015", BAKERY)],
        "denomination": [
            hand.named(BAKERY, "Bakkerij De Aar"), hand.named(STOPPED, "Oude Smidse"),
            hand.named(hand.number(3), "Zonder Plek"), hand.named(hand.number(4), "Vreemde Zaak"),
            *(hand.named(hand.number(n), "Garage Peeters") for n in many),
        ],
        "address": [
            hand.address(BAKERY, "9300", "Aalst"),
            hand.address(SHOP, "9300", "Aalst", kind="BAET"),
            hand.address(STOPPED, "3500", "Hasselt"),
            *(hand.address(hand.number(n), "2000", "Antwerpen") for n in many[:-1]),
            hand.address(hand.number(139), "9000", "Gent"),
        ],
        "activity": [(BAKERY, "001", "2025", "10712", "MAIN")],
    }  # fmt: skip
    take(hand.write(folder / "full", tables), folder / "kbo.sqlite")
    return folder / "kbo.sqlite"


@pytest.fixture
def registered(site: Client, settings: object, taken_in: Path) -> Client:
    """The site with that extract."""
    settings.BAKEN_KBO = str(taken_in)  # type: ignore[attr-defined]
    return site


def ask(client: Client, **more: str) -> str:
    """The page of an answer, or of a form with errors."""
    return str(client.post("/resultaat", {"need": NEED, **more}).content.decode())


@pytest.mark.parametrize("number", [BAKERY, BAKERY.replace(".", ""), f"BE {BAKERY}", SHOP])
def test_the_register_is_told_with_its_source_and_goes_to_the_engine(
    registered: Client, fake: FakeEngine, number: str
) -> None:
    page = ask(registered, kbo=number)
    assert fake.query["facts"]["municipality"] == "Aalst"
    assert str(fake.query["facts"]["nace"]).replace(".", "") == "10712"
    assert fake.query["facts"]["kbo"] == BAKERY
    assert "Bakkerij De Aar" in page
    assert "KBO" in page
    hidden = re.search(r'name="facts" value="([^"]*)"', page)
    assert hidden and "municipality" not in hidden[1]


def test_what_the_owner_says_goes_before_the_register(registered: Client, fake: FakeEngine) -> None:
    ask(registered, kbo=BAKERY, where="Gent")
    assert fake.query["facts"]["municipality"] == "Gent"


@pytest.mark.parametrize(
    ("wrong", "gone", "way"),
    [
        ("municipality", {"municipality"}, "Zeg in je vraag waar je zaak wel is"),
        ("nace", {"nace", "activities", "nace_version"}, "Wat doet je zaak wel?"),
        ("insolvency", {"insolvency"}, "Wat is het wel?"),
    ],
)
def test_what_is_wrong_is_left_out_and_can_be_set_right(
    registered: Client, fake: FakeEngine, wrong: str, gone: set[str], way: str
) -> None:
    state = {"facts": f'{{"kbo":"{BAKERY}"}}'}
    page = ask(registered, **state, wrong=wrong)
    assert not gone & fake.query["facts"].keys()
    assert way in page
    ask(registered, **state, denied=f'["{wrong}"]')
    assert not gone & fake.query["facts"].keys()
    ask(registered, **state, denied=f'["{wrong}"]', right=wrong)
    assert wrong in fake.query["facts"]


def test_accounts_that_name_another_legal_form_are_told_and_not_denied_unasked(
    registered: Client, fake: FakeEngine
) -> None:
    """The register's goes first; who calls it wrong is asked once, and may say the other."""
    state = {"facts": f'{{"kbo":"{BAKERY}"}}', "books": TWO_YEARS.replace(";610;", ";014;")}
    other = "In je jaarrekening staat een andere rechtsvorm: NV"
    page = ask(registered, **state)
    assert other in page and "In het register staat: BV" in page
    assert fake.query["facts"]["legal_form"] == "bv"
    page = ask(registered, **state, wrong="legal_form")
    assert other in page
    assert page.count("Wat is het wel?") == 1
    assert re.search(r'name="settled" value="legal_form=&quot;nv&quot;"', page)
    assert page.count("We gebruiken dit niet, want je zei dat het niet klopt") == 1
    assert "legal_form" not in fake.query["facts"]
    own = {"facts": f'{{"kbo":"{BAKERY}","legal_form":"nv"}}', "denied": '["legal_form"]'}
    ask(registered, **state | own)
    assert fake.query["facts"]["legal_form"] == "nv"


def test_accounts_that_name_the_same_legal_form_are_no_news(
    registered: Client, fake: FakeEngine
) -> None:
    page = ask(registered, facts=f'{{"kbo":"{BAKERY}"}}', books=TWO_YEARS)
    assert "andere rechtsvorm" not in page


def test_the_trade_in_words_takes_the_place_of_the_register(
    registered: Client, fake: FakeEngine
) -> None:
    ask(registered, facts=f'{{"kbo":"{BAKERY}"}}', denied='["nace"]', trade="kapper")
    assert fake.query["facts"]["sector"] == "kapper"
    assert "nace" not in fake.query["facts"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("0403.170.702", "de laatste twee cijfers passen niet bij de rest"),
        ("NL 854502130B01", "een nummer uit een ander land"),
        ("FR 40303265045", "een nummer uit een ander land"),
        ("12", "Het telt 10 cijfers"),
        ("mijn zaak", "Het telt 10 cijfers"),
    ],
)
def test_numbers_that_are_none(site: Client, fake: FakeEngine, typed: str, says: str) -> None:
    response = site.post("/resultaat", {"need": NEED, "kbo": typed})
    page = response.content.decode()
    assert response.status_code == 400
    assert says in page
    assert 'href="#kbo"' in page
    assert fake.queries == []


def test_a_firm_that_stopped_and_one_that_is_not_there(registered: Client) -> None:
    assert "dat deze onderneming gestopt is" in ask(registered, kbo=STOPPED)
    assert "het staat niet in ons register" in ask(registered, kbo=UNKNOWN)


@pytest.mark.parametrize(
    "said",
    [
        {"wrong": "active_in_kbo"},
        {"denied": '["active_in_kbo"]'},
        {"question": "active_in_kbo", "answer": "true"},
    ],
    ids=["just said", "said before", "answered"],
)
def test_who_said_that_the_firm_did_not_stop_is_not_asked_to_say_so(
    registered: Client, said: dict[str, str]
) -> None:
    state = {"facts": f'{{"kbo":"{STOPPED}"}}'}
    assert "zeg dan dat het niet klopt" in ask(registered, **state)
    assert "zeg dan dat het niet klopt" not in ask(registered, **state, **said)


def line(page: str) -> list[str]:
    """The facts on the line above an answer."""
    summary = page.split('class="known"', 1)[1].split("</summary>", 1)[0]
    return re.findall(r'tag--plain">([^<]*)<', summary)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"kbo": BAKERY}, ["Bakkerij De Aar", "BV (vroeger BVBA)"]),
        ({"kbo": STOPPED}, ["Oude Smidse", "BV (vroeger BVBA)"]),
        ({"kbo": STOPPED, "wrong": "active_in_kbo"}, ["Oude Smidse", "BV (vroeger BVBA)"]),
        (
            {"facts": f'{{"kbo":"{STOPPED}"}}', "question": "active_in_kbo", "answer": "true"},
            ["Oude Smidse", "Actief ingeschreven in de KBO: ja"],
        ),
        ({"facts": '{"insolvency":true}'}, ["Faillissement, ontbinding of vereffening: ja"]),
        ({"facts": '{"founded_on":"2015-02-01"}'}, ["Datum van oprichting: 1\u00a0februari 2015"]),
        ({"heads": "4", "where": "Gent"}, ["Gent", "4 mensen"]),
    ],
)
def test_each_fact_on_the_line_above_the_answer_says_what_it_is(
    registered: Client, fake: FakeEngine, sent: dict[str, str], expected: list[str]
) -> None:
    assert line(ask(registered, **sent)) == expected


def test_what_must_be_settled_first_stands_before_the_doors_with_its_question(
    registered: Client, fake: FakeEngine
) -> None:
    page = ask(registered, kbo=STOPPED)
    assert fake.query["facts"]["active_in_kbo"] is False
    assert "Klop eerst aan" in page and page.index('id="deuren"') < page.index('id="vraag"')
    fake.change = lambda answer: answer.update(doubt="Zeg eerst of dat klopt.")
    page = ask(registered, kbo=STOPPED)
    assert "Klop eerst aan" not in page
    places = [page.index(part) for part in ("Zeg eerst of", 'id="vraag"', 'id="deuren"')]
    assert places == sorted(places) and page.count('id="vraag"') == 1


def test_without_an_extract_the_way_goes_on(
    site: Client, fake: FakeEngine, settings: object
) -> None:
    settings.BAKEN_KBO = "/nowhere/kbo.sqlite"  # type: ignore[attr-defined]
    assert "Uit het register" not in ask(site, kbo=BAKERY)
    assert fake.query["facts"] == {"kbo": BAKERY}
    fake.refuse = BakenError("facts.kbo", "begins as an establishment number")
    assert "Dit is het nummer van een vestiging" in ask(site, kbo=SHOP)
    assert "er geen register om in te zoeken" in site.get("/onderneming").content.decode()
    assert 'href="/onderneming"' not in site.get("/").content.decode()


def questions(need: str) -> list[str]:
    """The questions that are put to who gives a number, and tells the province when asked."""
    asked = Asked(lang="nl", need=need, facts={"kbo": BAKERY})
    fill(asked, "2026-11-24")
    while (found := engine.answer(asked.query("2026-11-24"))["next_question"]) is not None:
        asked.asked.append(found["fact"])
        if found["fact"] == "province":
            asked.facts["province"] = "Oost-Vlaanderen"
    return asked.asked


@pytest.mark.parametrize("need", ["ik wil mijn zaak overdragen", "export naar Duitsland"])
def test_without_an_extract_one_question_more_is_asked(
    settings: object, taken_in: Path, need: str
) -> None:
    """The place, and nothing else."""
    settings.BAKEN_KBO = str(taken_in)  # type: ignore[attr-defined]
    known = questions(need)
    settings.BAKEN_KBO = "/nowhere/kbo.sqlite"  # type: ignore[attr-defined]
    assert questions(need) == ["province", *known]


def test_what_the_owner_says_otherwise_leaves_the_register_in_sight(
    registered: Client, fake: FakeEngine
) -> None:
    page = ask(registered, facts=f'{{"kbo":"{BAKERY}","municipality":"Gent"}}')
    assert "<s>Aalst</s> We gebruiken wat je zelf zei" in page


def test_a_file_that_is_no_extract_stops_nobody(
    site: Client, fake: FakeEngine, settings: object, tmp_path: Path
) -> None:
    (tmp_path / "kbo.sqlite").write_bytes(b"no database")
    settings.BAKEN_KBO = str(tmp_path / "kbo.sqlite")  # type: ignore[attr-defined]
    ask(site, kbo=BAKERY)
    assert fake.query["facts"] == {"kbo": BAKERY}


@pytest.mark.parametrize(
    ("firm", "town", "status", "says"),
    [
        ("bakkerij de aar", "", 200, BAKERY),
        ("bakerij de aar", "Aalst", 200, BAKERY),
        ("garage peeters", "", 200, "Vul ook de gemeente in"),
        ("garage peeters", "Antwerpen", 200, "Typ de naam wat vollediger"),
        ("garage peeters", "Gent", 200, hand.number(139)),
        ("oude smidse", "", 200, "gestopt"),
        ("xyzzy", "", 200, "We vonden niets"),
        (BAKERY, "", 200, "Bakkerij De Aar"),
        (BAKERY.replace(".", ""), "Gent", 200, "9300 Aalst"),
        (f"BE {BAKERY}", "", 200, "Bakkerij De Aar"),
        (SHOP, "", 200, BAKERY),
        (hand.number(3), "", 200, f'hits__where">{hand.number(3)}<'),
        (UNKNOWN, "", 400, "het staat niet in ons register"),
        ("0731.339.419", "", 400, "de laatste twee cijfers passen niet bij de rest"),
        (f"{SHOP[:-1]}0", "", 400, "de laatste twee cijfers passen niet bij de rest"),
        ("0731.339", "", 400, "Het telt 10 cijfers"),
        ("NL123456789B01", "", 400, "een nummer uit een ander land"),
        ("DE 123 456 789", "", 400, "een nummer uit een ander land"),
        ("ESX1234567X", "", 400, "een nummer uit een ander land"),
        ("Studio 54", "", 200, "We vonden niets"),
        ("", "", 400, "Typ de naam van je zaak"),
        ("bakkerij", "Alst", 400, 'name="town_instead" value="Aalst"'),
    ],
)
def test_a_firm_by_name_and_place(
    registered: Client, firm: str, town: str, status: int, says: str
) -> None:
    response = registered.post("/onderneming", {"need": NEED, "firm": firm, "town": town})
    assert response.status_code == status
    assert says in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "carried"),
    [("Bakkerij De Aar", "Bakkerij De Aar"), ("0731.339", "0731.339"), ("\u202eZaak", "Zaak")],
)
def test_a_name_in_the_field_of_the_number_goes_along_to_the_search_by_name(
    registered: Client, typed: str, carried: str
) -> None:
    page = registered.post("/onderneming", {"need": NEED, "kbo": typed, "where": "Aalst"})
    assert page.status_code == 200
    assert f'id="firm" name="firm" value="{carried}"' in page.content.decode()
    assert 'id="town" name="town" value="Aalst"' in page.content.decode()


def test_a_number_that_can_be_one_is_no_name(registered: Client) -> None:
    page = registered.post("/onderneming", {"need": NEED, "kbo": BAKERY}).content.decode()
    assert 'id="firm" name="firm" value=""' in page


def test_signs_that_turn_the_reading_direction_go_from_name_and_place(registered: Client) -> None:
    turned = {"need": NEED, "firm": "bak\u202ekerij", "town": "\u202eAlst\u2066"}
    page = registered.post("/onderneming", turned).content.decode()
    assert "Alst" in page and "bakkerij" in page
    assert not set("\u202e\u2066") & set(page)


def test_a_hit_goes_back_to_the_question_with_what_was_typed(registered: Client) -> None:
    page = registered.post("/", {"need": NEED, "edit": "1", "kbo": BAKERY, "heads": "4"})
    assert f'value="{BAKERY}"' in page.content.decode()
    assert "Bakkerij De Aar" in page.content.decode()
    assert NEED in page.content.decode()


def test_an_adviser_sees_what_the_register_has_and_what_the_owner_says(registered: Client) -> None:
    path.doors_take_files()
    item = ["need", "facts:sector", "facts:nace.kbo"]
    facts = f'{{"kbo": "{BAKERY}", "sector": "kapper"}}'
    state = path.state(facts=facts, denied='["nace"]', item=item, **path.REACH)
    page = registered.post("/stuur/nakijken", state).content.decode()
    for line in ("kapper", "brood", "De eigenaar zegt dat dit niet klopt"):
        assert line in page


@pytest.mark.parametrize("ticked", [True, False])
def test_what_the_register_says_goes_along_with_its_source_when_ticked(
    registered: Client, ticked: bool
) -> None:
    path.doors_take_files()
    item = ["need", "facts:municipality"] if ticked else ["need"]
    facts = f'{{"kbo": "{BAKERY}"}}'
    page = registered.post("/stuur/nakijken", path.state(facts=facts, item=item, **path.REACH))
    shown = re.sub(r'value="[^"]*"', "", page.content.decode())  # a seal may spell anything
    assert ("Aalst" in shown) == ticked
    assert ("KBO" in shown) == ticked


def test_a_status_that_nobody_knows_is_shown_as_unknown_and_not_as_stopped(
    registered: Client, fake: FakeEngine
) -> None:
    number = hand.number(4)
    ask(registered, kbo=number)
    assert "active_in_kbo" not in fake.query["facts"]
    page = registered.post("/onderneming", {"need": NEED, "firm": "Vreemde Zaak"}).content.decode()
    assert "toestand onbekend" in page
    assert ", gestopt" not in page


READ = {"Gent": {"municipality": "Gent"}, "9000 Gent": {"postal_code": "9000"}}
READ |= {"4530 Terneuzen": {"municipality": "4530 Terneuzen"}}


@pytest.mark.parametrize("where", READ)
def test_a_code_before_a_town_abroad_is_no_code_of_belgium(where: str) -> None:
    """The engine then tells that it knows no such place here."""
    form = read_form(QueryDict(urlencode({"need": NEED, "where": where})), "nl")
    assert form.facts == READ[where]
