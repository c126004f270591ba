"""The simulated network: the clocks strand nobody, and a draw is the same for both."""

from __future__ import annotations

from math import inf
from random import Random

import pytest
from bench.refer.network import LAST, NETWORKS, TARGET, Door, Firm, firms, ours, peer, rows

from tests.refer.made import moment

MONDAY = moment("2026-03-02").date()


def door(kind: str, acts: int = 0, wakes: str = "", after: int = 0) -> Door:
    """One that offers its hour on the second day only when everybody does; ``wakes``: x wakes."""
    woken = tuple(sign == "x" for sign in wakes.ljust(12, "-"))
    return Door(kind, acts, woken, after, 0.99, 2)


SILENT, REFUSES = door("silent"), door("refuses", 2)
PROMPT = door("prompt", 3)
WAITS = [
    ((PROMPT,), 3, 3),
    ((door("forgetful", wakes="x"),), 3, 7),
    ((door("forgetful", wakes="-x", after=1),), 7, 16),
    ((REFUSES, PROMPT), 5, 5),
    ((SILENT, PROMPT), 11, inf),
    ((SILENT, SILENT, door("forgetful", wakes="x")), 19, inf),
    ((door("forgetful"), REFUSES, SILENT, PROMPT), 8 + 2 + 8 + 3, inf),
]


@pytest.mark.parametrize(("doors", "days", "peers"), WAITS, ids=range(len(WAITS)))
def test_how_long_a_patient_owner_waits(doors: tuple[Door, ...], days: float, peers: float) -> None:
    firm = Firm(MONDAY, doors, patient=True)
    assert (ours(firm, 0.0).contact, peer(firm).contact) == (days, peers)


def test_who_is_not_patient_leaves_after_the_fifth_day_and_an_hour_is_the_day_of_contact() -> None:
    assert ours(Firm(MONDAY, (SILENT, PROMPT), patient=False), 0.0).contact == 6 + 3
    assert ours(Firm(MONDAY, (SILENT, PROMPT), patient=False), 1.0).contact == 6 + 2


def test_a_door_that_was_left_may_still_be_the_first_to_call() -> None:
    late = door("forgetful", wakes="-x", after=2)
    assert ours(Firm(MONDAY, (late, SILENT, SILENT), patient=False), 0.0).contact == 8


TICKED = [
    # ticked, presses on the eighth and on the fifteenth day; days to the contact of the next door
    (True, (False, False), 8 + 3),
    (False, (True, False), 8 + 3),
    (False, (False, True), 15 + 3),
    (False, (False, False), inf),
]


@pytest.mark.parametrize(("ticked", "later", "days"), TICKED, ids=range(len(TICKED)))
def test_what_was_ticked_goes_on_by_itself_and_else_by_the_button(
    ticked: bool, later: tuple[bool, bool], days: float
) -> None:
    firm = Firm(MONDAY, (SILENT, PROMPT), True, ticked, later)
    found = ours(firm, 0.0)
    assert found.contact == days
    assert (found.stuck > LAST) == (days == inf)


def test_a_question_that_the_clock_passed_on_has_no_hour() -> None:
    assert ours(Firm(MONDAY, (SILENT, PROMPT), patient=True), 1.0).contact == 8 + 3
    by_hand = Firm(MONDAY, (SILENT, PROMPT), patient=True, ticked=False)
    assert ours(by_hand, 1.0).contact == 8 + 2


@pytest.mark.parametrize("network", NETWORKS)
def test_nobody_sits_longer_with_a_silent_door_while_there_is_another(network: str) -> None:
    drawn = list(firms(300, NETWORKS[network], Random(1)))
    sat = [firm for firm in drawn if ours(firm, 0.4).stuck > LAST]
    assert len(sat) < len(drawn) / 50
    for firm in sat:
        assert not firm.ticked and firm.patient and not any(firm.later), "nobody let it go on"


@pytest.mark.parametrize("network", NETWORKS)
def test_a_third_of_the_peers_wait_needs_hours_to_choose_from(network: str) -> None:
    waits = {name: found[0] for name, found in rows(1_000, network, 7)}
    assert waits["Baken, 80% offer hours"] <= TARGET * waits["the peer"]
    assert waits["Baken, 0% offer hours"] > TARGET * waits["the peer"], "say so no longer in docs"
