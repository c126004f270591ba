"""What the headline says of a firm: never a yes on a word that was not given, and why not."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.rekenen.walker import Said, outcome

# -- de minimis -----------------------------------------------------------------------------------
GOT = {"aid.0": "yes", "aid.0.row": ["2024-06-01", "30000", "agriculture"], "aid.1": "no"}
NEW = {"new": "yes", "instrument": "grant", "amount": "15000", "granted_on": "", "purpose": "other"}


@pytest.mark.parametrize(
    ("said", "says", "look"),
    [
        ({"regime": "agriculture", **GOT, "new": "no"},
         "Je mag nog € 20.000 de-minimissteun krijgen.", "fits"),
        ({"regime": "agriculture", **GOT, **NEW, "amount": ""},
         "Of de nieuwe steun past, is nog niet zeker. Je mag nog € 20.000 krijgen.", "open"),
        ({"regime": "", "aid.0": "no", "new": "no"},
         "Je mag nog € 300.000 de-minimissteun krijgen, als dit klopt: soort steun: Gewoon (de"
         " meeste steun).", "open"),
        ({"regime": "", "aid.0": "", "new": ""},
         "Je mag nog hoogstens € 300.000 krijgen. Nog niet alles is bekend over de steun die je"
         " kreeg.", "open"),
        ({"regime": "general", **GOT, **NEW, "purpose": "export"},
         "Deze steun kan niet als de-minimissteun.", "excluded"),
    ],
)  # fmt: skip
def test_room(web: Client, said: Said, says: str, look: str) -> None:
    owner, _ = outcome(web, "de-minimis", said)
    assert (owner.says, owner.look) == (says, look)


@pytest.mark.parametrize(
    "said",
    [
        {"regime": "", "aid.0": "", "new": ""},
        {"regime": "general", "aid.0": "yes", "aid.0.row": ["2025-03-15", "", "general"],
         "aid.1": "no", "new": "no"},
        {"regime": "general", "aid.0": "yes", "aid.0.row": ["", "4000", "general"],
         "aid.1": "no", "new": "no"},
    ],
)  # fmt: skip
def test_aid_that_is_not_known_is_not_none(web: Client, said: Said) -> None:
    _, page = outcome(web, "de-minimis", said)
    for wrong in ("Er is geen eerdere steun", "Al gebruikt: € 0"):
        assert wrong not in page
    assert "Nog niet alles is bekend" in page


def test_a_new_aid_is_drawn_and_what_is_left_after_it(web: Client) -> None:
    _, page = outcome(web, "de-minimis", {"regime": "general", **GOT, **NEW})
    assert "Na de nieuwe steun blijft er € 255.000 over." in page
    assert page.count('class="time-line__new"') == 2  # wide and narrow
    assert "binnen 20 werkdagen in een centraal register" in page


def test_why_it_is_not_possible_stands_at_the_headline(web: Client) -> None:
    _, page = outcome(web, "de-minimis", {"regime": "general", **GOT, **NEW, "purpose": "export"})
    assert "uitvoer" in page.split("reckon__outcome")[1].split("</section>")[0]
    _, page = outcome(web, "de-minimis", {"regime": "agriculture", **GOT, **NEW, "amount": "25000"})
    assert "€ 5.000 minder zou wel passen." in page


# -- difficulty and the bell ----------------------------------------------------------------------
FIRM = {
    "proceedings": "no", "criteria": "no", "rescue": "no", "restructuring": "no",
    "legal_form": "bv", "size": "small", "founded": "2015-03-01", "year_end": "2025-12-31",
    "equity": "90000", "contributions": "100000", "linked.0": "no",
}  # fmt: skip
GROUP = {"linked.0": "yes", "linked.0.capital": "500000", "linked.0.equity": "10000",
         "linked.1": "no"}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "says", "look"),
    [
        ({}, "Je onderneming is niet in moeilijkheden.", "fits"),
        (GROUP, "Je onderneming zelf is niet in moeilijkheden, maar je groep wel.", "open"),
        ({"linked.0": ""}, "Je onderneming zelf is niet in moeilijkheden. Of je groep het is",
         "open"),
        ({**GROUP, "linked.0.equity": ""}, "Je onderneming zelf is niet in moeilijkheden. Of je"
         " groep het is", "open"),
        ({"criteria": ""}, "Je onderneming is niet in moeilijkheden, als dit klopt: geen staat van"
         " faillissement.", "open"),
        ({"equity": "10000"}, "Je onderneming is in moeilijkheden", "excluded"),
        ({"equity": "10000", "founded": ""}, "Of je in moeilijkheden bent, is nog niet zeker.",
         "open"),
    ],
)  # fmt: skip
def test_difficulty(web: Client, said: Said, says: str, look: str) -> None:
    owner, _ = outcome(web, "moeilijkheden", {**FIRM, **said})
    assert owner.says.startswith(says)
    assert owner.look == look


def test_who_knows_nothing_of_difficulty_sees_all_that_is_missing(web: Client) -> None:
    _, page = outcome(web, "moeilijkheden", dict.fromkeys(FIRM, ""))
    for key in ("legal_form", "size", "equity", "linked.0"):
        assert f'name="change" value="{key}" aria-label="Wijzig' in page


def test_a_step_does_not_state_as_a_fact_what_was_assumed(web: Client) -> None:
    _, page = outcome(web, "moeilijkheden", {**FIRM, "criteria": ""})
    assert "is niet gezegd. We rekenen ermee." in page
    _, page = outcome(web, "moeilijkheden", FIRM)
    assert "is niet gezegd" not in page


def test_old_accounts_get_a_remark(web: Client) -> None:
    _, page = outcome(web, "moeilijkheden", {**FIRM, "year_end": "2022-12-31"})
    assert "Dat is meer dan twee jaar geleden." in page
    assert "meer dan twee jaar geleden" not in outcome(web, "moeilijkheden", FIRM)[1]


NV = {"legal_form": "nv", "assets": "200000", "debts": "150000", "provisions": "0",
      "formation": "0", "rnd": "0", "capital": "61500", "loss": "yes"}  # fmt: skip
BV = {"legal_form": "bv", "assets": "180000", "debts": "200000", "provisions": "0",
      "formation": "0", "rnd": "0", "threatens": "yes", "payable": "no",
      "established": "2026-11-01", "earlier": "no"}  # fmt: skip
CALLED = {"earlier": "yes", "convened": "2026-06-01", "reason": "net_assets", "complied": "yes"}


@pytest.mark.parametrize(
    ("said", "says", "told"),
    [
        (NV, "De alarmbel rinkelt niet, maar je nettoactief is lager dan 61.500 euro.", ""),
        ({**NV, "debts": "190000", "capital": "100000", "loss": "no"},
         "De alarmbel rinkelt niet, maar je nettoactief is lager dan 61.500 euro.", ""),
        ({**NV, "debts": "190000", "capital": ""}, "Of de alarmbel rinkelt, is nog niet zeker.",
         "Het kapitaal."),
        (BV, "De alarmbel rinkelt.", "Het nettoactief is negatief."),
        ({**BV, "established": "2026-06-01"}, "De alarmbel rinkelt.",
         "Die dag is voorbij. Doe het nu."),
        ({**BV, **CALLED}, "De alarmbel rinkelt.",
         "om deze reden: de schulden kunnen niet meer betaald worden."),
        ({**BV, **CALLED, "payable": "yes"}, "De alarmbel rinkelt nog, maar de vergadering kwam"
         " hiervoor al samen.", "niet opnieuw samen te roepen: het nettoactief is te laag."),
        ({"legal_form": "sole_trader"}, "De alarmbel geldt niet voor een eenmanszaak.", ""),
        ({"legal_form": "vzw"}, "De alarmbel geldt niet voor deze rechtsvorm.",
         "Het bestuur moet wel overleggen"),
        ({**BV, "debts": "100000", "threatens": "", "payable": "yes"}, "De alarmbel rinkelt niet,"
         " als dit klopt: het nettoactief dreigt niet onder nul te gaan.", ""),
    ],
)  # fmt: skip
def test_bell(web: Client, said: Said, says: str, told: str) -> None:
    owner, page = outcome(web, "alarmbel", said)
    assert owner.says.startswith(says)
    assert told in page
    if said["legal_form"] == "sole_trader":
        assert "bestuur" not in page.split('id="inhoud"')[1].split("reckon__steps")[0]


def test_when_the_board_noticed_is_asked_only_when_the_bell_rings(web: Client) -> None:
    calm = {**BV, "debts": "100000", "threatens": "no", "payable": "yes"}
    for said, asked in ((BV, True), (calm, False)):
        keys = {k: v for k, v in said.items() if k not in ("established", "earlier")}
        _, page = outcome(web, "alarmbel", keys)
        assert ("Beantwoord de volgende vraag" in page) is asked


# -- size -----------------------------------------------------------------------------------------
ALONE = {
    "year_end": "2025-12-31", "heads": ["12", "12"], "turnover": ["900000", "900000"],
    "balance": ["500000", "500000"], "owner.0": "no", "owned.0": "no", "sister.0": "no",
}  # fmt: skip
HELD = {
    "owner.0": "yes", "owner.0.kind": "enterprise", "owner.0.capital": "30", "owner.0.votes": "30",
    "owner.0.bigger": "no", "owner.0.heads": ["5", "5"], "owner.0.turnover": ["9", "9"],
    "owner.0.balance": ["9", "9"], "owner.1": "no",
}  # fmt: skip
TOWN = {
    "owner.0": "yes", "owner.0.kind": "local_authority", "owner.0.capital": "30",
    "owner.0.votes": "30", "owner.0.budget": "900000", "owner.0.inhabitants": "", "owner.1": "no",
}  # fmt: skip
PAIRS = ("heads", "turnover", "balance")
NOBODY_KNOWS = dict.fromkeys(ALONE, "") | {k: ["", ""] for k in PAIRS}


@pytest.mark.parametrize(
    ("said", "says", "look", "told"),
    [
        ({}, "Je bent een kmo. Je onderneming is klein.", "fits", ""),
        (HELD, "Je bent een kmo. Je onderneming is klein.", "fits", ""),
        ({**HELD, "owner.0.bigger": ""}, "Je bent een kmo. Je onderneming is klein, als dit klopt:"
         " aandeelhouder 1 hoort niet bij een grotere groep.", "open", ""),
        (TOWN, "Je bent een kmo. Je onderneming is klein, als dit klopt: aandeelhouder 1 heeft"
         " minder inwoners dan de grens.", "open", "Dat namen we aan"),
        ({"heads": ["12", "9"]}, "Je bent een kmo. Je onderneming is heel klein (micro).", "fits",
         "De klasse verandert pas na twee boekjaren na elkaar."),
        ({"heads": ["12", "9"]}, "Je bent een kmo. Je onderneming is heel klein (micro).", "fits",
         "Je was ook micro in de jaren voor 31 december 2024."),
        ({"heads": ["300", "300"]}, "Je bent geen kmo. Je onderneming is groot.", "excluded",
         "Een kmo heeft minder dan 250 mensen"),
        ({"year_end": "2022-12-31"}, "Je bent een kmo. Je onderneming is klein.", "fits",
         "Dat is meer dan twee jaar geleden."),
        (NOBODY_KNOWS, "Of je een kmo bent, is nog niet zeker.", "open", "<li>Balanstotaal"),
    ],
)  # fmt: skip
def test_size(web: Client, said: Said, says: str, look: str, told: str) -> None:
    owner, page = outcome(web, "kmo", {**ALONE, **said})
    assert (owner.says, owner.look) == (says, look)
    assert told in page
