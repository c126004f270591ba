"""The study: agreement against known tables, curves found again, and files that are refused."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from baken.kernel.errors import BakenError
from baken.scan.items import POSTURE, items, items_of
from baken.scan.scan import Scan
from baken.scan.study.agreement import alpha, interval, kappa
from baken.scan.study.curves import fit
from baken.scan.study.read import read_lines
from baken.scan.study.report import Study, report

DOMAIN = "energy_material"
ASKED = [*items_of(POSTURE), *items_of(DOMAIN)]


# --- agreement ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "plain", "weighted"),
    [
        ([0, 1, 2, 3], [0, 1, 2, 3], 1.0, 1.0),
        ([0, 0, 3, 3], [3, 3, 0, 0], -1.0, -1.0),
        ([0, 0, 3, 3], [0, 3, 0, 3], 0.0, 0.0),
        ([0, 1, 2, 3], [1, 2, 3, 3], 0.0, 0.7),
    ],
)
def test_kappa_of_small_tables(first, second, plain, weighted):
    assert kappa(first, second, 4) == pytest.approx(plain)
    assert kappa(first, second, 4, weighted=True) == pytest.approx(weighted)


def test_kappa_is_what_another_library_finds():
    draw = np.random.default_rng(3)
    first = draw.integers(0, 4, 200)
    second = np.clip(first + draw.integers(-1, 2, 200), 0, 3)
    for weights in (None, "quadratic"):
        theirs = cohen_kappa_score(first, second, weights=weights)
        assert kappa(first, second, 4, weighted=weights is not None) == pytest.approx(theirs)


def test_kappa_is_unknown_when_all_answer_one_thing():
    assert kappa([2, 2], [2, 2], 4) is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[0, 0], [1, 1], [3, 3]], 1.0),
        ([[0, 1], [1, 0], [2, 3], [3, 2]], 0.75),
        ([[0, 3], [3, 0]], None),
        ([[1], [2]], None),
    ],
)
def test_alpha_of_small_tables(rows, expected):
    found = alpha(np.array(rows, dtype=float))
    assert found is None if expected is None else found == pytest.approx(expected)


def test_an_interval_holds_the_figure_and_is_the_same_each_time():
    rows = np.random.default_rng(5).integers(0, 4, (60, 4)).cumsum(axis=1).astype(float)
    between = interval(alpha, rows)
    assert between == interval(alpha, rows)
    assert between[0] < alpha(rows) < between[1]
    assert interval(lambda _: None, rows) is None


# --- curves ------------------------------------------------------------------------------


def made(count: int, sharpness: float, seed: int = 1) -> list[list[Scan]]:
    """Owners who answer posture and one domain twice, at a sharpness of all questions."""
    draw = np.random.default_rng(seed)
    posture = draw.standard_normal(count)
    level = np.sqrt(0.4) * posture + np.sqrt(0.6) * draw.standard_normal(count)
    owners: list[list[Scan]] = [[] for _ in range(count)]
    for month in (1, 7):
        told: list[dict[str, str]] = [{} for _ in range(count)]
        for item in ASKED:
            where = posture if item.domain == POSTURE else level
            at_least = 1 / (1 + np.exp(-sharpness * (where[:, None] - np.array([-1, 0, 1]))))
            for n, grade in enumerate((draw.random((count, 1)) < at_least).sum(axis=1)):
                told[n][item.id] = item.codes[grade]
        for n in range(count):
            owners[n].append(Scan(date(2026, month, 1), domain=DOMAIN, answers=told[n]))
    return owners


@pytest.mark.parametrize("sharpness", [1.0, 2.2])
def test_a_sharpness_is_found_again(sharpness):
    found = fit([scans[0] for scans in made(500, sharpness)])
    assert [c.item.id for c in found.curves] == [i.id for i in ASKED]
    domain = [c for c in found.curves if c.item.domain == DOMAIN]
    assert np.mean([c.sharpness for c in domain]) == pytest.approx(sharpness, rel=0.15)
    for curve in domain:
        assert abs(curve.sharpness - sharpness) < 4 * curve.error
        assert curve.thresholds == pytest.approx((-1, 0, 1), abs=0.45)
        assert 0.05 < curve.error < 0.5
    assert found.correlation == pytest.approx(0.4, abs=0.2)


def test_few_answers_give_no_curve():
    assert fit([scans[0] for scans in made(40, 1.7)]) is None


def test_an_answer_that_nobody_gave_does_not_run_away():
    scans = []
    for scan, _ in made(150, 1.7):
        code = scan.answers["energy.waste"]
        changed = "past_year" if code == "past_month" else code
        scans.append(
            Scan(scan.as_of, domain=DOMAIN, answers={**scan.answers, "energy.waste": changed})
        )
    curve = next(c for c in fit(scans).curves if c.item.id == "energy.waste")
    assert all(np.isfinite(curve.thresholds))
    assert 0.5 < curve.sharpness < 5
    assert curve.thresholds[-1] > 1.5


# --- the report --------------------------------------------------------------------------


def test_a_report_tells_what_the_simulation_put_in():
    owners = {f"made-{n}": scans for n, scans in enumerate(made(240, 1.7))}
    found = report(Study(owners))
    assert (found["owners"], found["scans"], found["pairs"]) == (240, 480, 240)
    assert found["days_between"] == 181
    parts = {p["id"]: p for p in found["parts"]}
    assert 0.65 < parts[DOMAIN]["alpha"]["value"] < 0.85
    assert parts[DOMAIN]["alpha"]["between"][0] < parts[DOMAIN]["alpha"]["value"]
    assert 0.55 < parts[DOMAIN]["named"] < 0.75
    assert parts[DOMAIN]["contradicted"] <= 0.05
    assert sum(parts[DOMAIN]["sides"].values()) == 240
    assert parts["money_continuity"]["alpha"] is None
    assert parts["money_continuity"]["twice"] == 0
    question = next(q for q in found["questions"] if q["item"] == "energy.plan")
    assert question["answers"] == question["twice"] == 240
    assert sum(question["chosen"].values()) == 240
    assert 0.05 < question["kappa"]["value"] < question["weighted_kappa"]["value"] < 0.7
    assert question["curve"]["sharpness"] > 1
    json.dumps(found)


def test_owners_who_answer_the_same_twice_agree_fully():
    owners = {}
    for n, (scan, later) in enumerate(made(40, 1.7)):
        owners[f"x{n}"] = [scan, Scan(later.as_of, domain=DOMAIN, answers=scan.answers)]
    found = report(Study(owners))
    parts = {p["id"]: p for p in found["parts"]}
    assert (parts[DOMAIN]["retest"], parts[DOMAIN]["contradicted"]) == (1.0, 0.0)
    assert all(q["kappa"]["value"] == 1.0 for q in found["questions"] if q["twice"])


def test_one_scan_gives_a_report_without_figures():
    ((scan, _),) = made(1, 1.7)
    found = report(Study({"one": [scan]}))
    assert found["pairs"] == 0
    assert all(q["kappa"] is None and q["curve"] is None for q in found["questions"])


# --- the file ----------------------------------------------------------------------------

LINE = {
    "who": "k3v9-t2",
    "consent": "2026-01",
    "as_of": "2026-05-01",
    "domain": DOMAIN,
    "answers": {"energy.waste": "never", "energy.plan": "unknown"},
}


def read(*lines):
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return read_lines(raw, "scans.jsonl")


def test_scans_of_an_owner_come_oldest_first():
    later = {**LINE, "as_of": "2026-11-01", "need": "N11"}
    other = {**LINE, "who": "p8-qq"}
    found = read(later, b"", LINE, other)
    assert [s.as_of.month for s in found["k3v9-t2"]] == [5, 11]
    assert set(found) == {"k3v9-t2", "p8-qq"}
    assert found["p8-qq"][0].answers["energy.plan"] == "unknown"
    assert set(found["p8-qq"][0].answers) <= set(items())


@pytest.mark.parametrize(
    ("change", "path", "problem"),
    [
        ({"consent": None}, "consent", "missing"),
        ({"consent": ""}, "consent", "'' can't be used"),
        ({"who": "jan@bakker.be"}, "who", "may stand for a person"),
        ({"who": "0403019261"}, "who", "may stand for a person or a firm"),
        ({"who": "Jan Janssens"}, "who", "may stand for a person"),
        ({"who": None}, "who", "missing"),
        ({"facts": {"employees": 2}}, "facts", "do not go into a study"),
        ({"name": "x"}, "name", "no such field"),
        ({"as_of": "1 May"}, "as_of", "is no day"),
        ({"domain": "energy"}, "domain", "is no domain"),
        ({"need": "N12"}, "domain", "points to customers_market"),
        ({"answers": {"energy.x": "never"}}, "answers.energy.x", "no such question"),
        ({"answers": {"energy.waste": "x"}}, "answers.energy.waste", "is no answer"),
    ],
)
def test_a_line_that_can_not_be_used_is_refused_with_its_number(change, path, problem):
    with pytest.raises(BakenError) as told:
        read(LINE, {**LINE, "who": "b2", **change})
    assert told.value.path.startswith("scans.jsonl, line 2")
    assert path in told.value.path
    assert problem in told.value.problem


def test_lines_that_can_not_be_used_are_told_and_the_rest_is_read():
    refused = []
    raw = [b"\xef\xbb\xbf" + json.dumps(LINE).encode(), b"{", b"\xff", json.dumps(LINE).encode()]
    found = read_lines(raw, "scans.jsonl", refused)
    assert [len(scans) for scans in found.values()] == [1]
    assert [e.path.split(",")[1] for e in refused] == [" line 2", " line 3", " line 4"]


def test_a_file_of_which_no_line_can_be_used_tells_all_of_them():
    with pytest.raises(BakenError) as told:
        read_lines([b"{", b"[1]"], "scans.jsonl", [])
    assert told.value.path == "scans.jsonl, line 1, character 2"
    assert [e.path for e in told.value.others] == ["scans.jsonl, line 2"]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([b"{"], "no valid JSON"),
        ([b"[1]"], "this is no scan"),
        ([b"\xff"], "is not UTF-8"),
        ([b"x" * 30_000], "too long"),
        ([LINE, LINE], "a second scan of k3v9-t2 on 2026-05-01"),
        ([], "there is no scan in it"),
        ([b"  \n"], "there is no scan in it"),
    ],
)
def test_a_file_that_can_not_be_used_is_refused(lines, problem):
    with pytest.raises(BakenError) as told:
        read(*lines)
    assert problem in told.value.problem
