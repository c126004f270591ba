"""Annual accounts on the site: a file is read and told with its source, and nothing of it stays but
its figures."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from baken.web.owner import books
from tests.registers.filings import BAKERY, HEAD, table
from tests.web.accounts import BEFORE, NUMBER, TWO_YEARS, ask, kept, said, send
from tests.web.conftest import NEED, FakeEngine


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
    ("", ("De alarmbel rinkelt.", "Die dag kennen we niet", "vandaag voor het eerst, hou de")),
    ("/en", ("The alarm bell rings.", "We do not know that day", "If the board sees this today")),
    ("/fr", ("La sonnette d'alarme retentit.", "ne connaissons pas ce jour", "Si l'organe d'ad")),
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


OLD = HEAD | {
    "Accounting period start date": "1990-01-01",
    "Accounting period end date": "1990-12-31",
}


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("", "Dit is de jaarrekening van 1990. Heb je een nieuwere?"),
        ("/en", "These are the annual accounts for 1990."),
        ("/fr", "Ce sont les comptes annuels de 1990."),
    ],
)
def test_accounts_after_which_newer_ones_were_filed_are_shown_and_not_used(
    site: Client, fake: FakeEngine, lang: str, says: str
) -> None:
    read = send(site, table(LOSS, head=OLD), lang=lang)
    answer = site.post(f"{lang}/resultaat", {"need": NEED, "books": kept(read)})
    for page in (said(read), said(answer)):
        assert says in page
        assert "12.345,67" in page.replace("\u00a0", " ") or lang
        assert "1990" in page
        assert f'href="{lang}/rekenen/alarmbel"' not in page, "no bell of 1990 rings today"
    assert 'name="wrong" value="equity"' not in said(answer), "it is no fact of today"


def test_what_goes_on_is_what_the_engine_gets(site: Client, fake: FakeEngine) -> None:
    ask(site, TWO_YEARS)
    paper = fake.query["facts"]["accounts"]
    assert [str(y["end"]) for y in paper["years"]] == ["2025-12-31", "2024-12-31"]
    assert set(paper["years"][0]["rubrics"]) <= books.USED
    assert str(books.read(TWO_YEARS)) == TWO_YEARS
    assert len(TWO_YEARS) < 600, "it stands in every form of the page"


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
        ([table().replace(b"10/15", b"okt/15")], "Een rekenblad veranderde codes"),
        ([table().replace(b"10/15", b"okt/15")], "of bewaar de kolom met codes als tekst"),
        ([table().replace(b"10/15", b"okt/15")], "regel 12: 'okt/15' is geen code: een rekenblad"),
        ([table(BAKERY | {"9087": "-3"})], "een cijfer onder nul dat niet onder nul kan zijn"),
        ([table(BAKERY | {"9087": "-3"})], "9087 is -3, en dat kan niet onder nul zijn"),
        ([table(head={k: v for k, v in HEAD.items() if not k.endswith("end date")})],
         "De einddatum ontbreekt"),
        ([table(head=HEAD | {"Accounting period end date": "1890-12-31"})],
         "1890-12-31 is geen dag van een boekjaar"),
        ([table(head=HEAD | {"Accounting period end date": "eind 2025"})],
         "dagen van het boekjaar in dit bestand kunnen niet"),
        ([table(), table()], "tweemaal hetzelfde jaar"),
        ([table(), table(head=BEFORE | {"Entity name": "B", "Entity number": "0200065765"})],
         "van dezelfde zaak"),
        ([table(head=HEAD | {"Accounting period end date": "2099-12-31"})], "nog niet voorbij"),
        ([table(), table(head=HEAD | {"Accounting period end date": "2099-12-31"})],
         "nog niet voorbij"),
        ([table(head=HEAD | {"Entity number": "0403170702"})], "kan niet bestaan"),
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
        ("/fr", "ligne 23\u00a0: «\u00a0=1+1\u00a0» n'est pas un nombre"),
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
