"""Who has no firm yet is not told that "who applies is a firm"."""

from __future__ import annotations

import pytest

from baken.match.told_start import told_start
from tests.match.asked import ask

JOBLESS = [
    "ik ben werkloos en wil een eigen zaak beginnen",
    "ik ben werkzoekend en wil zelfstandige worden",
    "ik krijg een werkloosheidsuitkering en wil een winkel openen",
    "I am unemployed and want to start my own business",
    "je suis au chômage et je veux devenir indépendant",
]
STARTS = [
    "ik wil een zaak starten als fotograaf",
    "we willen een eigen bakkerij openen",
    "I want to start a business as a photographer",
    "je veux lancer mon entreprise",
]
HAS_ONE = [
    "mijn personeel is tijdelijk werkloos",
    "ik wil een werkzoekende aanwerven",
    "mijn man is werkloos",
    "we willen een tweede winkel openen",
    "mijn verkoop daalt",
    "ik wil een webshop starten",
]
FOR_JOBSEEKERS = "maak-werk-van-je-zaak"


@pytest.mark.parametrize(
    ("text", "told"),
    [*((t, "jobless") for t in JOBLESS), *((t, "starts") for t in STARTS),
     *((t, None) for t in HAS_ONE)],
)  # fmt: skip
def test_who_has_no_job_or_no_firm_is_heard(text: str, told: str | None) -> None:
    assert told_start(text) == told


@pytest.mark.parametrize(
    ("text", "met"),
    [(JOBLESS[0], True), (JOBLESS[3], True), (STARTS[0], None), (HAS_ONE[4], False)],
)
def test_a_measure_for_jobseekers_is_refused_only_to_a_firm(text: str, met: bool | None) -> None:
    (offer,) = ask(text, facts={"municipality": "Gent"}, only=[FOR_JOBSEEKERS]).offers
    assert next(r.met for r in offer.reasons if r.condition == "worker") is met


def test_who_has_no_job_finds_it_among_the_first() -> None:
    answer = ask(JOBLESS[0], facts={"municipality": "Gent"})
    assert FOR_JOBSEEKERS in {o.id for o in answer.offers}
    assert answer.heard_values["applicant"] == ["jobseeker"]


def test_what_was_answered_holds() -> None:
    facts = {"municipality": "Gent", "applicant": "firm"}
    (offer,) = ask(JOBLESS[0], facts=facts, only=[FOR_JOBSEEKERS]).offers
    assert next(r.met for r in offer.reasons if r.condition == "worker") is False


@pytest.mark.parametrize("text", JOBLESS[:2])
def test_who_becomes_self_employed_owes_no_contributions(text: str) -> None:
    answer = ask(text, facts={"municipality": "Gent"})
    assert answer.route.doors[0] == "ondernemingsloket"
    assert not [o.id for o in answer.offers if "bijdragen" in o.id]
