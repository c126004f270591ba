"""Needs that an adviser answered: near ones lend their grades, and every grade is of a record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from baken.landscape.catalogue import load_catalogue
from baken.landscape.stories import halves, load_stories
from baken.match import advised
from baken.match.advised import (
    HIGHEST,
    OTHER_TRADE,
    SAID_MOST,
    Advice,
    AdvisedNeed,
    check_advised,
    load_advised,
    row_of,
    trade_row,
    unit,
)
from baken.match.setting import HOME, Setting
from baken.needs import load_needs

BAKERY, VIVES = ("organisation", "flanders-food"), ("organisation", "vives")
PLACES = {BAKERY: 0, VIVES: 1}
TWO = (
    AdvisedNeed("brood wordt oud", ("N03",), {BAKERY: 3.0, VIVES: 1.0}),
    AdvisedNeed("geld voor een oven", ("N09",), {VIVES: 2.0}, story="x"),
)


def advice(**changes: object) -> Advice:
    """Two advised needs in a plane: one points right, one up."""
    parts = {
        "advised": TWO,
        "centre": np.zeros(2, np.float32),
        "vectors": np.array([[1, 0], [0, 1]], np.float32),
        "needs": np.array([row_of({"N03": 1}), row_of({"N09": 1})]),
        "trades": np.array([trade_row(["agrofood"]), trade_row(["construction"])]),
        "regions": np.array([HOME, HOME]),
        "grades": np.array([[1, 1 / HIGHEST], [0, 2 / HIGHEST]], np.float32),
        "known": np.ones((2, 2), np.float32),
        "judged": np.ones((2, 2), np.float32),
        "courses": np.array([], np.int64),
        "training": np.array([], np.int64),
    }
    return Advice(**(parts | changes))  # type: ignore[arg-type]


def test_the_nearest_need_lends_its_grades() -> None:
    lent = advice().lend(np.array([1, 0.01], np.float32), {"N03": 1.0}, ANYWHERE, NEAR, FAR_OFF)
    assert lent[0] == pytest.approx(1, abs=0.06)
    assert lent[1] == pytest.approx(1 / 3, abs=0.03)


NEAR = np.ones(2, np.float32)
FAR_OFF = np.zeros(2, np.float32)
ANYWHERE = Setting()


def test_what_nobody_judged_is_unknown_and_not_nought() -> None:
    between = np.array([1, 0.95], np.float32)
    judged = advice(grades=np.array([[1, 0], [0, 1]], np.float32))
    unjudged = replace(judged, known=np.array([[1, 0], [1, 1]], np.float32))
    assert (
        judged.lend(between, {}, ANYWHERE, NEAR, FAR_OFF)[1]
        < 0.5
        < unjudged.lend(between, {}, ANYWHERE, NEAR, FAR_OFF)[1]
    )


@pytest.mark.parametrize(("above", "lent"), [(6.0, SAID_MOST), (3.5, SAID_MOST / 2), (2.0, 0.0)])
def test_what_nobody_judged_gets_what_its_own_sentences_tell(above: float, lent: float) -> None:
    new = advice(
        known=np.array([[1, 0], [1, 0]], np.float32), judged=np.array([[1, 0], [1, 0]], np.float32)
    )
    right = np.array([1, 0.01], np.float32)
    found = new.lend(right, {"N03": 1.0}, ANYWHERE, NEAR, np.array([6.0, above], np.float32))
    assert found[1] == pytest.approx(lent, abs=0.001)
    assert found[0] == pytest.approx(1, abs=0.06)


def test_a_course_gets_what_a_measure_for_training_gets_as_far_as_it_is_near() -> None:
    nobody = np.array([[1, 0], [1, 0]], np.float32)
    grades = np.array([[1, 0], [0, 0]], np.float32)
    course = advice(
        courses=np.array([1]), training=np.array([0]), grades=grades, known=nobody, judged=nobody
    )
    right = np.array([1, 0.01], np.float32)
    lent = course.lend(right, {"N03": 1.0}, ANYWHERE, np.array([1, 0.75], np.float32), FAR_OFF)
    assert lent[1] == pytest.approx(lent[0] / 2)
    assert (
        course.lend(right, {"N03": 1.0}, ANYWHERE, np.array([1, 0.4], np.float32), FAR_OFF)[1] == 0
    )


def test_alike_needs_turn_the_balance_between_equally_near_words() -> None:
    between = unit(np.array([1, 1], np.float32))
    assert (
        advice().lend(between, {"N09": 1.0}, ANYWHERE, NEAR, FAR_OFF)[0]
        < 0.1
        < advice().lend(between, {"N03": 1.0}, ANYWHERE, NEAR, FAR_OFF)[0]
    )


@pytest.mark.parametrize(
    ("setting", "nearest"),
    [
        (Setting(themes=frozenset({"agrofood"})), 0),
        (Setting(themes=frozenset({"construction"})), 1),
        (Setting(region="waals-gewest"), 1),
    ],
)
def test_trade_and_region_turn_the_balance_too(setting: Setting, nearest: int) -> None:
    between = unit(np.array([1, 1], np.float32))
    other = {"grades": np.eye(2, dtype=np.float32)}
    if setting.region:
        other["regions"] = np.array([HOME, setting.region])
    lent = advice(**other).lend(between, {}, setting, NEAR, FAR_OFF)
    assert int(lent.argmax()) == nearest and lent[nearest] > 0.6


@pytest.mark.parametrize(
    ("record", "facts", "tells"),
    [
        (("instrument", "klimop-lening"), {"municipality": "Genk"}, 1.0),
        (("instrument", "klimop-lening"), {"municipality": "Lier"}, 0.0),
        (("instrument", "klimop-lening"), {}, 1.0),
        (("organisation", "bouwunie"), {"sector": "aannemer"}, 1.0),
        (("organisation", "bouwunie"), {"sector": "kapper"}, OTHER_TRADE),
        (("organisation", "bouwunie"), {}, 1.0),
    ],
)
def test_a_judgement_tells_less_of_what_could_not_be_named_for_that_firm(
    record: tuple[str, str], facts: dict[str, str], tells: float
) -> None:
    one = AdvisedNeed("ik wil groeien", ("N09",), {}, facts, judged_on="2026-11-25")
    of = Advice.of((one,), [load_catalogue().by_key[record]], lambda text, v: {"N09": 1.0}, "test")
    assert of.known[0, 0] == pytest.approx(tells)


def test_without_advised_needs_nothing_is_lent() -> None:
    none = advice().keep([False, False])
    assert none.lend(np.array([1, 0], np.float32), {}, ANYWHERE, NEAR, FAR_OFF).tolist() == [0, 0]


def test_only_what_is_kept_lends() -> None:
    kept = advice().keep([False, True])
    assert kept.advised == TWO[1:]
    assert kept.lend(np.array([1, 0], np.float32), {}, ANYWHERE, NEAR, FAR_OFF)[0] == 0


def test_every_grade_is_of_a_record_and_every_code_a_need() -> None:
    keys = set(load_catalogue().by_key)
    for one in load_advised():
        assert set(one.grades) <= keys, one.need
        assert set(one.grades.values()) <= {1.0, 2.0, 3.0}
        assert one.codes and set(one.codes) <= set(load_needs())


def test_no_story_of_the_test_half_lends() -> None:
    sides = halves(load_stories())
    told = [a.story for a in load_advised() if a.story]
    assert len(told) >= 60 and {sides[s] for s in told} == {"develop"}


GOOD = "- need: onze folie scheurt\n  codes: [N03]\n  grades: {organisation/centexbel: 3}\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("N03", "N99"), "row 1, codes"),
        (GOOD.replace(": 3}", ": 9}"), "row 1, grades"),
        (GOOD.replace("  codes: [N03]\n", ""), "row 1, codes"),
        (GOOD.replace("centexbel", "nergens"), "row 1, grades"),
        (GOOD + GOOD.replace("need:", "neet:"), "row 2"),
        (": : :", "mijn.yaml"),
    ],
)
def test_a_bad_row_is_named_and_nothing_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, complaint: str
) -> None:
    monkeypatch.setattr(advised, "FOLDER", tmp_path)
    (tmp_path / "mijn.yaml").write_text(text, encoding="utf-8")
    (found,) = check_advised()
    assert complaint in found.path


def test_what_contributing_shows_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = guide.split("What an adviser would name")[1].split("```yaml\n")[1].split("```")[0]
    monkeypatch.setattr(advised, "FOLDER", tmp_path)
    (tmp_path / "mijn.yaml").write_text(block, encoding="utf-8")
    assert check_advised() == []
