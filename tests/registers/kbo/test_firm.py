"""What a look-up says: the messy truth of the register, as facts and notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from baken.facts.vocabulary import load_vocabulary
from baken.registers.kbo_extract import firm
from baken.registers.kbo_extract.look import Activity, Address, Name, Record, Unit
from baken.registers.notices import speaking

PLAIN = Record(
    200065765, "AC", "000", "2", "610", "2010-05-01", (Name("001", "2", "Bakkerij De Aar"),),
    (), (), (), None, date(2026, 11, 2),
    {"JuridicalSituation": {}, "JuridicalForm": {"nl": "Besloten vennootschap"}},
)  # fmt: skip


def at(code: str, town: str, *, kind="REGO", land="", struck="") -> Address:
    return Address(kind, land, code, town, town, struck)


def does(*rows: str) -> tuple[Activity, ...]:
    """Activities written as ``001 2025 MAIN 10711``."""
    return tuple(Activity(*(row.split())) for row in rows)


def unit(*addresses: Address, activities: tuple[Activity, ...] = ()) -> Unit:
    return Unit(2000000043, None, (), addresses, activities)


def read(lang: str = "nl", **changed) -> firm.Known:
    with speaking(lang):
        return firm.read(replace(PLAIN, **changed))


GENT, AALST = at("9000", "Gent"), at("9300", "Aalst", kind="BAET")
HASSELT, NAMUR = at("3500", "Hasselt", kind="BAET"), at("5000", "Namur", kind="BAET")
ABROAD = at("4811 AB", "Breda", land="Nederland")


@pytest.mark.parametrize(
    ("seat", "units", "facts"),
    [
        ((GENT,), (), {"municipality": "Gent"}),
        ((GENT,), (unit(at("9050", "Gentbrugge")),), {"municipality": "Gent"}),
        (
            (GENT,),
            (unit(AALST),),
            {
                "seat_municipality": "Gent",
                "establishments": ["Aalst"],
                "province": "Oost-Vlaanderen",
            },
        ),
        (
            (GENT,),
            (unit(AALST), unit(HASSELT)),
            {
                "seat_municipality": "Gent",
                "establishments": ["Aalst", "Hasselt"],
                "region": "vlaams-gewest",
            },
        ),
        (
            (GENT,),
            (unit(NAMUR),),
            {"seat_municipality": "Gent", "establishments": ["Namen"]},
        ),
        ((), (unit(HASSELT),), {"municipality": "Hasselt"}),
        ((), (unit(HASSELT), unit(HASSELT)), {"municipality": "Hasselt"}),
        (
            (),
            (unit(AALST), unit(HASSELT)),
            {"establishments": ["Aalst", "Hasselt"], "region": "vlaams-gewest"},
        ),
        ((), (), {}),
        ((ABROAD,), (), {"seat_region": "buitenland"}),
        (
            (ABROAD,),
            (unit(AALST),),
            {"seat_region": "buitenland", "establishments": ["Aalst"]},
        ),
        ((replace(GENT, struck="2019-03-01"),), (unit(AALST),), {"municipality": "Aalst"}),
        ((replace(GENT, struck="2019-03-01"),), (), {}),
        ((at("0000", "GENT"),), (), {"municipality": "Gent"}),
        ((at("0000", "Nergens"),), (), {}),
        ((GENT,), (unit(at("0000", "Nergens")),), {"seat_municipality": "Gent"}),
        ((GENT,), (unit(),), {"seat_municipality": "Gent"}),
        ((at("9850", "Nevele"),), (), {"municipality": "Deinze"}),
        ((at("1040", "Etterbeek"),), (), {"municipality": "Etterbeek"}),
    ],
)
def test_where_a_firm_is(seat, units, facts) -> None:
    places = ("municipality", "postal_code", "province", "region", "establishments")
    found = read(addresses=seat, units=units).facts
    wanted = {*places, "seat_municipality", "seat_region"}
    assert {k: v for k, v in found.items() if k in wanted} == facts


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"type": "1", "units": (unit(HASSELT),)}, "Van een natuurlijk persoon maakt de KBO geen"),
        ({"units": (unit(HASSELT),)}, "geen bruikbaar adres van de zetel"),
        ({"addresses": (replace(GENT, struck="2019-03-01"),)}, "geschrapt (2019-03-01)"),
        ({"addresses": (ABROAD,)}, "in het buitenland"),
        ({"addresses": (GENT,), "units": (unit(AALST), unit(HASSELT))}, "liggen in 2 gemeenten"),
        ({"addresses": (GENT,), "units": (unit(at("0000", "Nergens")),)}, "herkennen: 1"),
    ],
)
def test_what_an_address_lacks_is_told(changed, note) -> None:
    assert any(note in n for n in read(**changed).notes)


@pytest.mark.parametrize(
    ("rows", "facts", "note"),
    [
        ("001 2025 MAIN 10711", {"nace": "10711", "nace_version": "2025"}, None),
        (
            "001 2025 MAIN 10711|001 2008 MAIN 10711|001 2025 SECO 47241",
            {"nace": "10711", "nace_version": "2025"},
            None,
        ),
        (
            "006 2025 MAIN 47241|001 2025 MAIN 10711",
            {"nace": "10711", "nace_version": "2025", "activities": ["10711", "47241"]},
            "noemt 2 hoofdactiviteiten. 10.711 staat eerst: gemeld voor de btw, lijst van 2025",
        ),
        (
            "003 2025 MAIN 47241|006 2025 MAIN 10711",
            {"nace": "10711", "nace_version": "2025", "activities": ["10711", "47241"]},
            "10.711 staat eerst: gemeld aan de RSZ",
        ),
        (
            "001 2008 MAIN 10711",
            {"nace": "10711", "nace_version": "2008"},
            "nog met de code van 2008 (10.711)",
        ),
        (
            "001 2008 MAIN 25620|006 2025 MAIN 10711",
            {"nace": "25620", "nace_version": "2008"},
            "nog met de code van 2008",
        ),
        (
            "001 2025 MAIN 10711|006 2008 MAIN 25620",
            {"nace": "10711", "nace_version": "2025", "activities": ["10711", "25530"]},
            "noemt 2 hoofdactiviteiten",
        ),
        ("001 2003 MAIN 15811", {}, "alleen een activiteit volgens de lijst van 2003"),
        ("001 2025 MAIN 99998", {}, "99998 staat niet in de lijst van 2025"),
        (
            "001 2025 MAIN 99998|006 2025 MAIN 10711",
            {"nace": "10711", "nace_version": "2025"},
            "99998 staat niet in de lijst van 2025",
        ),
        (
            "001 2025 SECO 10711|001 2008 SECO 10711",
            {"nace": "10711", "nace_version": "2025"},
            "de enige activiteit die er staat, 10.711",
        ),
        ("001 2025 SECO 10711|001 2025 SECO 47241", {}, "noemt 2 activiteiten en geen"),
        ("", {}, "staat geen activiteit"),
    ],
)
def test_what_a_firm_does(rows, facts, note) -> None:
    found = read(activities=does(*filter(None, rows.split("|"))), addresses=(GENT,))
    trade = {k: v for k, v in found.facts.items() if k in ("nace", "nace_version", "activities")}
    assert trade == facts
    assert any(note in n for n in found.notes) if note else not found.notes


def test_all_main_activities_are_kept_the_best_first_with_why() -> None:
    rows = does("006 2008 MAIN 47241", "001 2025 MAIN 10711", "001 2003 MAIN 15811")
    found = read(activities=rows)
    assert [(a.code, a.version, a.why) for a in found.activities] == [
        ("10.711", "2025", "gemeld voor de btw, lijst van 2025"),
        ("15.811", "2003", "gemeld voor de btw, lijst van 2003"),
        ("47.241", "2008", "gemeld aan de RSZ, lijst van 2008"),
    ]


def test_where_the_firm_has_no_main_activity_that_of_its_establishments_counts() -> None:
    below = unit(HASSELT, activities=does("001 2025 MAIN 10711"))
    found = read(activities=does("001 2025 SECO 47241"), units=(below,))
    assert found.facts["nace"] == "10711"
    assert any("die van de vestigingen" in n for n in found.notes)


@pytest.mark.parametrize(
    ("changed", "facts", "note"),
    [
        ({}, {"active_in_kbo": True, "insolvency": False, "legal_form": "bv"}, None),
        ({"status": "ST"}, {"active_in_kbo": False}, "als stopgezet"),
        ({"type": "1", "form": ""}, {"legal_form": "sole_trader"}, None),
        ({"form": "014"}, {"legal_form": "nv"}, None),
        ({"form": "999"}, {"legal_form": None}, "rechtsvorm (999) kennen we niet"),
        ({"form": ""}, {"legal_form": None}, None),
        ({"start": None}, {"founded_on": None}, "begindatum"),
        ({"start": "2095-01-01"}, {"founded_on": None}, "begindatum"),
        ({"start": "1990-02-28"}, {"founded_on": "1990-02-28"}, None),
        ({"start": "1800-01-01"}, {"founded_on": "1800-01-01"}, None),
        ({"start": "1799-12-31"}, {"founded_on": None}, "begindatum"),
        ({"start": "0001-01-01"}, {"founded_on": None}, "begindatum"),
        ({"start": "0001-01-01 (BC)"}, {"founded_on": None}, "begindatum"),
        ({"situation": ""}, {"insolvency": None}, "staat geen rechtstoestand"),
        ({"situation": "777"}, {"insolvency": None}, "rechtstoestand: code 777"),
    ],
)
def test_status_form_and_age(changed, facts, note) -> None:
    found = read(addresses=(GENT,), activities=does("001 2025 MAIN 10711"), **changed)
    for name, value in facts.items():
        assert found.facts.get(name) == value
    assert any(note in n for n in found.notes) if note else not found.notes


@pytest.mark.parametrize(
    ("label", "insolvency", "active"),
    [
        ("Opening van faillissement", True, True),
        ("Vervroegde ontbinding - Vereffening", True, True),
        ("Sluiting van vereffening", None, False),
        ("Sluiting faillissement", None, False),
        ("Fusie door overneming", None, True),
    ],
)
def test_a_legal_situation_is_told_in_the_words_of_the_register(label, insolvency, active) -> None:
    labels = {"JuridicalSituation": {"nl": label}, "JuridicalForm": {}}
    found = read(situation="050", labels=labels)
    assert found.facts.get("insolvency") is insolvency
    assert found.facts["active_in_kbo"] is active, "a company that was wound up is no more"
    assert f"De KBO vermeldt als rechtstoestand: {label}." in found.notes
    assert read(situation="777").situation == "code 777"
    person = read(situation="050", labels=labels, type="1")
    assert person.facts["active_in_kbo"] is True, "who was bankrupt can begin again"


@pytest.mark.parametrize(
    ("lang", "name", "note", "source"),
    [
        ("nl", "De Ster", "De onderneming staat als", "KBO, uittreksel van 2026-11-02"),
        ("fr", "L'Étoile", "Selon la BCE", "BCE, extrait du 2026-11-02"),
        ("en", "The Star", "The KBO says", "KBO, extract of 2026-11-02"),
    ],
)
def test_it_is_said_in_the_reader_s_language(lang, name, note, source) -> None:
    names = (
        Name("003", "2", "Frituur"), Name("002", "2", "DS"), Name("001", "3", "The Star"),
        Name("001", "0", "L'Étoile"), Name("001", "2", "De Ster"),
    )  # fmt: skip
    found = read(lang, names=names, status="ST")
    assert (found.name, found.source) == (name, source)
    assert set(found.other_names) == {n.text for n in names} - {name}
    assert found.notes[0].startswith(note)


def test_every_fact_is_one_of_the_vocabulary_and_a_match_takes_it() -> None:
    from baken.match.firm import read_firm

    found = read(
        addresses=(GENT,), units=(unit(AALST), unit(HASSELT)),
        activities=does("001 2025 MAIN 10711", "006 2025 MAIN 47241"),
    )  # fmt: skip
    assert found.facts.keys() <= load_vocabulary().keys()
    known = read_firm(found.facts, "oven", date(2026, 11, 26), "nl")
    assert known.values["seat_province"] == "Oost-Vlaanderen"
    assert known.values["age_years"] == 16
    assert str(known.values["region"]) == "vlaams-gewest"
    assert not known.notices
