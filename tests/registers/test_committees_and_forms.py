"""Joint committees and legal forms, by code and by what people write."""

from __future__ import annotations

import pytest

from baken.kernel.errors import BakenError
from baken.registers import joint_committees, legal_forms
from baken.registers.text import rows


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("118", "118"),
        ("118.00", "118"),
        ("PC 200", "200"),
        ("pc200.00", "200"),
        ("CP 124", "124"),
        ("PSC 318.02", "318.02"),
        ("31802", "318.02"),
        ("318,02", "318.02"),
        ("318.2", "318.02"),
        ("paritair comité 302", "302"),
    ],
)
def test_a_committee_by_number(text: str, code: str) -> None:
    assert joint_committees.normalise(text) == code
    assert joint_committees.normalise(code) == code
    assert [c.code for c in joint_committees.find(text)] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("voedingsnijverheid", "118"),
        ("bouwbedrijf", "124"),
        ("construction", "124"),
        ("garage", "112"),
        ("kapper", "314"),
        ("coiffure", "314"),
        ("hotelbedrjf", "302"),
    ],
)
def test_a_committee_by_words(text: str, code: str) -> None:
    assert code in [c.code for c in joint_committees.find(text)]


@pytest.mark.parametrize("text", ["999", "318.09", "qsdfgh", ""])
def test_an_unknown_committee_is_an_error(text: str) -> None:
    with pytest.raises(BakenError):
        joint_committees.find(text)


def test_an_unknown_sub_committee_names_its_sisters() -> None:
    with pytest.raises(BakenError) as error:
        joint_committees.normalise("318.09")
    assert error.value.near == ["318", "318.01", "318.02"]


def test_sub_committees_know_their_committee() -> None:
    assert joint_committees.all_committees()["318.02"].parent == "318"
    for committee in joint_committees.all_committees().values():
        if committee.parent:
            assert committee.parent in joint_committees.all_committees()


def test_a_committee_that_stopped_names_its_heir() -> None:
    assert joint_committees.find("218")[0].successor == "200"


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("bv", "bv"),
        ("B.V.", "bv"),
        ("BVBA", "bv"),
        ("SRL", "bv"),
        ("015", "bv"),
        ("610", "bv"),
        ("NV", "nv"),
        ("SA", "nv"),
        ("Société anonyme", "nv"),
        ("s.c.", "cv"),
        ("CVBA", "cv"),
        ("VOF", "vof"),
        ("vennotschap onder firma", "vof"),
        ("Comm.V", "commv"),
        ("maatschap", "maatschap"),
        ("ASBL", "vzw"),
        ("eenmanszaak", "sole_trader"),
        ("zelfstandige", "sole_trader"),
        ("indépendant", "sole_trader"),
        ("sole_trader", "sole_trader"),
        ("Autonoom gemeentebedrijf", "public_body"),
        ("stichting", "other"),
    ],
)
def test_a_legal_form_by_what_people_write(text: str, choice: str) -> None:
    assert legal_forms.normalise(text) == choice
    assert legal_forms.normalise(choice) == choice


def test_an_abolished_form_leads_to_its_heir_with_a_note() -> None:
    assert "2019" in legal_forms.find("BVBA").note
    assert legal_forms.find("bv").note == ""


@pytest.mark.parametrize("text", ["", "gmbh & co", "999", "xyz"])
def test_an_unknown_form_is_an_error_with_choices(text: str) -> None:
    with pytest.raises(BakenError) as error:
        legal_forms.find(text)
    assert set(error.value.near) <= set(legal_forms.CHOICES) and error.value.near


@pytest.mark.parametrize("code", [r[0] for r in rows("legal_forms.csv")])
def test_every_code_of_the_register_has_a_choice(code: str) -> None:
    assert legal_forms.find(code).choice in legal_forms.CHOICES


@pytest.mark.parametrize(
    ("choice", "person"),
    [("bv", True), ("vzw", True), ("vof", True), ("maatschap", False), ("sole_trader", False)],
)
def test_legal_personality(choice: str, person: bool) -> None:
    assert legal_forms.legal_personality(choice) is person


def test_of_the_other_forms_personality_is_not_known() -> None:
    assert legal_forms.legal_personality("other") is None
