"""Browsing: filters narrow, counts tell what a choice would leave."""

from __future__ import annotations

from datetime import date

import pytest

from baken.landscape.browse import FACETS, browse, by_name, phases
from baken.landscape.catalogue import load_catalogue
from baken.match.setting import HOME, Setting
from tests.landscape.records import instrument

TODAY = date(2026, 11, 24)


WALLONIA = "waals-gewest"


def found(**chosen: str):
    return browse(load_catalogue(), chosen, TODAY)


@pytest.mark.parametrize(
    ("chosen", "holds"),
    [
        ({"type": "organisation"}, lambda r: r.type == "organisation"),
        ({"need": "N11"}, lambda r: "N11" in r.needs),
        ({"kind": "loan"}, lambda r: r.kind == "loan"),
        ({"level": "municipal"}, lambda r: r.level == "municipal"),
        ({"phase": "start"}, lambda r: "start" in phases(r)),
        ({"place": "everywhere"}, lambda r: not (r.area.provinces or r.area.municipalities)),
        ({"place": "Limburg"}, lambda r: Setting(region=HOME, province="Limburg").reached_by(r)),
        ({"place": "Namen"}, lambda r: Setting(region=WALLONIA, province="Namen").reached_by(r)),
        ({"role": "safety_net"}, lambda r: "safety_net" in r.roles),
    ],
)
def test_a_filter_leaves_all_that_meets_it_and_nothing_else(chosen, holds) -> None:
    left = {(r.type, r.id) for r in found(**chosen).records}

    def meets(r) -> bool:
        try:
            return bool(holds(r))
        except AttributeError:
            return False

    assert left == {(r.type, r.id) for r in load_catalogue() if meets(r)}
    assert left


@pytest.mark.parametrize("facet", sorted(FACETS))
def test_a_count_is_what_the_choice_leaves(facet: str) -> None:
    other = {"need": "N09"} if facet != "need" else {"type": "instrument"}
    for choice in found(**other).facets[facet]:
        assert len(found(**other, **{facet: choice.value}).records) == choice.count


def test_a_choice_that_leaves_nothing_is_still_shown_as_chosen() -> None:
    facets = found(kind="loan", level="nowhere").facets
    assert [(c.value, c.count, c.chosen) for c in facets["level"] if c.chosen] == [
        ("nowhere", 0, True)
    ]


def test_a_filter_or_value_that_does_not_exist_leaves_nothing_wrong() -> None:
    assert len(found(nonsense="x").records) == len(load_catalogue())
    assert not found(kind="nonsense").records


def test_names_stand_in_the_order_of_a_register() -> None:
    names = [r.names.nl or r.id for r in by_name(list(load_catalogue()), "nl")]
    plain = [n.casefold().replace("é", "e").replace("ë", "e") for n in names]
    assert plain == sorted(plain) and len(names) == len(load_catalogue())


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (instrument(needs=["N14"]), {"crisis"}),
        (instrument(needs=["N09"], tags=["startup"]), {"grow", "start"}),
        (instrument(needs=["N14"], phases=["stop_or_hand_over"]), {"stop_or_hand_over"}),
        (instrument(needs=["N01"]), {"start"}),
    ],
)
def test_a_phase_is_told_or_follows_from_the_needs(record, expected) -> None:
    assert phases(record) == expected
