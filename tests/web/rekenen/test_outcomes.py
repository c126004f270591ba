"""What the headline of a result says: never a yes on a word that was not given, and why not."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from django.test import Client

from baken.kernel.documents import decode_document
from baken.kernel.files import own_yaml
from baken.web import catalogue
from baken.web.owner.reckon_pages import as_yaml
from baken.web.reckon import model
from baken.web.reckon.answers import ask
from baken.web.reckon.fill import fill
from baken.web.texts import LANGS
from tests.web.rekenen.walker import DAY, SLUGS, TOOLS, Owner

Said = dict[str, Any]


def outcome(web: Client, slug: str, said: Said) -> tuple[Owner, str]:
    """Somebody with these answers, and the page that they get."""
    owner = Owner(web, slug)
    lists = {k: v if isinstance(v, list) else [v] for k, v in said.items()}
    return owner, owner.outcome(lists)


# -- de minimis -----------------------------------------------------------------------------------
GOT = {"aid.0": "yes", "aid.0.row": ["2024-06-01", "30000", "agriculture"], "aid.1": "no"}
NEW = {"new": "yes", "instrument": "grant", "amount": "15000", "granted_on": "", "purpose": "other"}


@pytest.mark.parametrize(
    ("said", "says", "look"),
    [
        ({"regime": "agriculture", **GOT, "new": "no"},
         "Je mag nog € 20.000 de-minimissteun krijgen.", "fits"),
        ({"regime": "agriculture", **GOT, **NEW, "amount": ""},
         "Je mag nog € 20.000 de-minimissteun krijgen.", "fits"),
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


# -- aid ------------------------------------------------------------------------------------------
PROJECT = {
    "kind": "investment", "size": "micro", "costs": "40000", "investment_kind": "extension",
    "difficulty": "no", "days": ["2026-12-01", "2026-12-10"], "granted": "2026-12-20", "asked": "",
    "other.0": "no",
}  # fmt: skip
SEVEN = {"other.0": "yes", "other.0.row": ["7000", "gber", "yes"], "other.1": "no"}


@pytest.mark.parametrize(
    ("said", "says", "look"),
    [
        ({}, "Onder de Europese regels mag je project tot € 8.000 steun krijgen.", "fits"),
        (SEVEN, "Er kan nog € 1.000 bij. Je project mag samen tot € 8.000 steun krijgen, en"
         " € 7.000 heb je al.", "fits"),
        ({**SEVEN, "other.0.row": ["8000", "gber", "yes"]}, "Er kan geen steun meer bij.",
         "excluded"),
        ({**SEVEN, "other.0.row": ["9000", "gber", "yes"]}, "Er kan geen steun meer bij.",
         "excluded"),
        ({**SEVEN, "other.0.row": ["", "gber", "yes"]}, "Je project mag tot € 8.000 steun krijgen,"
         " maar de steun die je al hebt, gaat daar nog af.", "open"),
        ({**SEVEN, "other.0.row": ["7000", "gber", ""]}, "Onder de Europese regels mag je project"
         " tot € 8.000 steun krijgen, als dit klopt: de andere steun is voor andere kosten.",
         "open"),
        ({"other.0": ""}, "Onder de Europese regels mag je project tot € 8.000 steun krijgen, als"
         " dit klopt: je hebt geen andere steun voor dit project.", "open"),
        ({"asked": "13000"}, "Dat is te veel steun. € 5.000 minder kan wel", "excluded"),
        ({**SEVEN, "asked": "3000"}, "Samen met je andere steun is dat te veel. € 2.000 minder kan"
         " wel: er kan nog € 1.000 bij.", "excluded"),
        ({"granted": "", "days": ["2026-12-01", "2027-01-10"]}, "Na 31 december 2026 komen er"
         " andere Europese regels.", "open"),
        ({"granted": "2027-02-01"}, "Na 31 december 2026 komen er andere Europese regels.", "open"),
        ({"granted": "2027-09-01"}, "Na 31 december 2026 komen er andere Europese regels.", "open"),
        ({"days": ["", "2026-06-01"]}, "Je begon al.", "open"),
        ({"difficulty": ""}, "Onder de Europese regels mag je project tot € 8.000 steun krijgen,"
         " als dit klopt: de onderneming is niet in moeilijkheden.", "open"),
        ({"difficulty": "yes"}, "Onder de Europese regels kan deze steun niet.", "excluded"),
        ({"days": ["2026-06-02", "2026-06-01"]}, "Onder de Europese regels kan deze steun niet.",
         "excluded"),
    ],
)  # fmt: skip
def test_aid(web: Client, said: Said, says: str, look: str) -> None:
    owner, _ = outcome(web, "steun", {**PROJECT, **said})
    assert owner.says.startswith(says)
    assert owner.look == look


def test_a_refusal_has_its_reason_and_no_maximum(web: Client) -> None:
    _, page = outcome(web, "steun", {**PROJECT, "difficulty": "yes"})
    box = page.split("reckon__outcome")[1].split("</section>")[0]
    assert "Een onderneming in moeilijkheden kan deze steun niet krijgen." in box
    assert "Europees maximum" not in page


def test_a_start_before_the_application_is_told_loudly(web: Client) -> None:
    for size in ("micro", ""):
        said = {**PROJECT, "size": size, "days": ["", "2026-06-01"]}
        _, page = outcome(web, "steun", said)
        assert "Begin nooit voor je de steun gevraagd hebt." in page
        assert "Onder deze Europese regels kan het. [" not in page


def test_other_aid_that_is_not_known_is_not_counted_as_nought(web: Client) -> None:
    _, page = outcome(web, "steun", {**PROJECT, **SEVEN, "other.0.row": ["", "gber", "yes"]})
    assert "samen: 0 euro" not in page


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("steun", {**PROJECT, "size": ""}),
        ("moeilijkheden", {"proceedings": "yes"}),
        ("innovatie-of-onderzoek", {"kind": "prototype", "novel": "market", "creative": "yes",
                                    "goal": "use_existing_knowledge"}),
    ],
)  # fmt: skip
def test_the_end_of_the_regulation_is_told(web: Client, slug: str, said: Said) -> None:
    _, page = outcome(web, slug, said)
    assert "eindigen op 31/12/2026" in page.split("reckon__steps")[0]
    assert "mag nog zes maanden doorlopen" in page


def test_energy_asks_for_the_extra_costs(web: Client) -> None:
    owner = Owner(web, "steun")
    owner.answer("energy_efficiency")
    assert "meer dan een gewone keuze" in owner.answer("small")
    page = owner.outcome({"kind": ["energy_efficiency"], "size": ["small"], "extra": ["15000"]})
    assert "hoogstens € 7.500" in page or "hoogstens € 9.000" in page


# -- research or innovation -----------------------------------------------------------------------
WORK = {
    "kind": "other", "novel": "firm", "uncertainty": "commercial", "creative": "yes",
    "systematic": "no", "transferable": "no", "goal": "use_existing_knowledge", "different": "yes",
    "implemented": "yes",
}  # fmt: skip
CAMPAIGN = {
    "kind": "marketing_change", "novel": "firm", "uncertainty": "none", "systematic": "no",
    "transferable": "no", "part": "no", "different": "yes", "implemented": "no",
}  # fmt: skip
BOUGHT = {"kind": "install_bought", "novel": "firm", "different": "yes", "implemented": "yes"}


@pytest.mark.parametrize(
    ("said", "says", "told", "never"),
    [
        (CAMPAIGN, "Dit is nog geen innovatie.", "vraag je aan voor je begint", "niet genoeg"),
        (BOUGHT, "Dit is een innovatie", "dus hiervoor is het meestal te laat", "Je kan steun"),
        (WORK, "Voor Europese steun is dit experimentele ontwikkeling.",
         "de Europese regels verschillen hier", "niet genoeg"),
        ({**WORK, "implemented": "no"}, "Voor Europese steun is dit experimentele ontwikkeling.",
         "<dd>nog niet</dd>", "niet genoeg"),
        ({**WORK, "kind": "seasonal_change"}, "Dit is geen onderzoek en geen innovatie.",
         "een verandering per seizoen nooit onderzoek", "Hou vanaf vandaag bij"),
    ],
)  # fmt: skip
def test_delineation(web: Client, said: Said, says: str, told: str, never: str) -> None:
    owner, page = outcome(web, "innovatie-of-onderzoek", said)
    assert owner.says.startswith(says)
    assert told in page
    assert never not in page


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


def test_a_step_does_not_state_as_a_fact_what_was_assumed(web: Client) -> None:
    _, page = outcome(web, "moeilijkheden", {**FIRM, "criteria": ""})
    assert "Dat namen we aan: je wist het niet." in page
    _, page = outcome(web, "moeilijkheden", FIRM)
    assert "Dat namen we aan" not in page


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
        ({"heads": ["12", "9"]}, "Je bent een kmo. Je onderneming is micro.", "fits",
         "De klasse verandert pas na twee boekjaren na elkaar."),
        ({"heads": ["12", "9"]}, "Je bent een kmo. Je onderneming is micro.", "fits",
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


# -- what was shown early, and what goes along ----------------------------------------------------
def test_what_was_not_asked_yet_is_no_yes_either(web: Client) -> None:
    owner, _ = outcome(web, "steun", {k: PROJECT[k] for k in ("kind", "size", "costs")})
    assert owner.look == "open"
    assert "als klopt wat je nog niet zei" in owner.says


@pytest.mark.parametrize("tool", TOOLS)
def test_the_input_that_a_page_shows_is_read_by_the_command(tool: str) -> None:
    loaded = model.load(tool)
    filled = fill(loaded, loaded.example, DAY, "nl")
    text = as_yaml(filled)
    assert "&id" not in text
    again = decode_document(text.encode(), "invoer.yaml")
    assert ask(tool, again.value)[1].as_json() == ask(tool, filled.input)[1].as_json()
    assert yaml.safe_load(text)


def test_what_is_missing_leads_to_its_question(web: Client) -> None:
    owner, page = outcome(web, "kmo", NOBODY_KNOWS)
    assert 'name="change" value="balance" aria-label="Wijzig je antwoord: Balanstotaal"' in page
    owner.post(change="balance")
    page = web.post(owner.url, {"answers": "{}", "change": "year_end"}).content.decode()
    assert 'value="year_end"' in page


def test_one_word_on_advice_a_page(web: Client) -> None:
    for page in (outcome(web, "kmo", ALONE)[1], web.get("/rekenen").content.decode()):
        assert page.count("juridisch advies") == 1


# -- measures and borders -------------------------------------------------------------------------
def test_the_measures_of_the_list_stand_beside_the_european_maximum(web: Client) -> None:
    catalogue.load_catalogue()
    young = {"kind": "startup", "size": "small", "area": "none", "registered": "2025-01-01",
             "form": "grant", "listed": "no", "took_over": "no", "distributed": "no",
             "innovative": "no", "difficulty": "no", "granted": "2026-12-01", "asked": "",
             "other.0": "no"}  # fmt: skip
    _, page = outcome(web, "steun", young)
    assert "/aanbod/instrument/schaalklaar" in page
    assert "eigen percentage: 70 %" in page
    _, page = outcome(web, "steun", {**PROJECT, "kind": "fair"})
    assert "Van geen maatregel in onze lijst weten we" in page


def test_novelty_and_degree_stand_apart_with_a_case_of_the_manuals(web: Client) -> None:
    said = {**WORK, "kind": "prototype", "degree": "disruptive", "words": "een neus voor brood"}
    _, page = outcome(web, "innovatie-of-onderzoek", said)
    for says in ("je eigen zaak", "zo groot dat een markt kan veranderen", "een neus voor brood",
                 "Frascati-handboek 2015, tabel 2.3"):  # fmt: skip
        assert says in page


def test_every_kind_of_work_has_a_case_in_three_languages() -> None:
    rows = own_yaml(model.HERE / "borderline.yaml")
    kind = next(q for q in model.load("delineate").questions() if q.id == "kind")
    assert {code for code, _ in kind.parts[0].choices} == {k for r in rows for k in r["kinds"]}
    assert all(r[lang] and r["source"] for r in rows for lang in LANGS)


@pytest.mark.parametrize(
    ("need", "lang", "slugs"),
    [
        ("Ben ik een KMO?", "nl", ["kmo"]),
        ("hoeveel de-minimissteun mag ik nog krijgen", "nl", ["de-minimis"]),
        ("Am I an SME?", "en", ["kmo"]),
        ("La sonnette d’alarme, c’est quoi ?", "fr", ["alarmbel"]),
        ("mijn oven is stuk", "nl", []),
        ("ik werk in een kmo en zoek personeel", "nl", []),
    ],
)
def test_the_search_knows_the_tools(need: str, lang: str, slugs: list[str]) -> None:
    assert [t.slug for t in model.for_need(need, lang)] == slugs


def test_the_list_of_offers_and_the_start_page_lead_to_the_tools(web: Client) -> None:
    page = web.get("/aanbod?q=de-minimissteun").content.decode()
    assert 'href="/rekenen/de-minimis"' in page
    page = web.get("/").content.decode()
    assert all(f'href="/rekenen/{slug}"' in page for slug in SLUGS)


# -- words ----------------------------------------------------------------------------------------
def test_words_that_owners_do_not_use(web: Client) -> None:
    pages = [Owner(web, slug).example() for slug in SLUGS]
    pages.append(outcome(web, "kmo", {**ALONE, "balance": ["", ""]})[1])
    pages.append(outcome(web, "steun", {**PROJECT, **SEVEN, "other.0.row": ["", "gber", "yes"]})[1])
    for page in pages:
        for wrong in ("VTE", "gekend euro", "Voorbeeld.</strong>", "?:", "de tekst van de wet",
                      "Grond a", "(Frascati)", "(Oslo)", "Andere steun 1: steun"):  # fmt: skip
            assert wrong not in page, wrong


def test_french_has_its_own_codes_and_thousands(web: Client) -> None:
    page = Owner(web, "alarmbel", "/fr").example().replace("\u00a0", " ")
    assert "CSA, art. 5:153" in page
    assert "WVV" not in page
    assert "180 000 euros" in page
    assert "2003/361/CE, annexe" in Owner(web, "kmo", "/fr").example()


def test_a_printed_page_does_not_ask_to_click(web: Client) -> None:
    assert '<span class="no-print">Klik een stap open' in Owner(web, "kmo").example()
