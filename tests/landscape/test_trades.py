"""Records for one sector or trade: what they must say of it."""

from __future__ import annotations

from datetime import date

import pytest

from baken.landscape.check import check
from tests.landscape.records import raw

DAY = date(2026, 11, 26)


def course(**changes):
    plain = {"type": "training", "kind": "course", "provider": "Fonds", "audience": ["employees"],
             "subject": "trade-skills", "needs": ["N13"]}  # fmt: skip
    return raw(**(plain | changes))


def fund(name, theme):
    return raw(
        id=name, type="organisation", kind="sector_fund", roles=["expert"], themes=[theme],
        needs=["N13"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"provider_ids": ["bouwfonds"]}, True),
        ({"joint_committees": ["124"]}, True),
        ({"joint_committees": ["124"], "themes": ["construction"]}, False),
        ({"provider_ids": ["bouwfonds"], "themes": ["construction"]}, False),
        ({"joint_committees": ["200"]}, False),
        ({"provider_ids": ["bouwfonds", "zorgfonds"], "joint_committees": ["124"]}, False),
        ({}, False),
    ],
)
def test_a_course_of_one_sector_does_not_say_that_it_is_for_all(folder, more, wrong):
    folder(fund("bouwfonds", "construction"), kind="organisations")
    folder(fund("zorgfonds", "health-care"), kind="organisations")
    folder(course(**more), kind="training")
    found = [f for f in check(DAY, folder.root) if f.path == "training/proef.yaml, themes"]
    assert [f.level for f in found] == ["error"] * wrong


@pytest.mark.parametrize(
    ("codes", "wrong"), [(["43.2"], False), (["4321"], False), (["81.29"], True), (["bouw"], True)]
)
def test_a_trade_is_a_code_of_nace_bel_2025(folder, codes, wrong):
    folder(course(nace=codes, themes=["construction"]), kind="training")
    found = [f for f in check(DAY, folder.root) if f.path == "training/proef.yaml, nace"]
    assert [f.level for f in found] == ["error"] * wrong
