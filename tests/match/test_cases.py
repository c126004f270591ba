"""Validation cases: they all come out, every rule is held true and false, and mistakes are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from baken.landscape.catalogue import load_catalogue
from baken.landscape.template import start
from baken.match.cases import CASES, case_files, check_cases


def test_every_case_of_the_catalogue_comes_out_as_its_writer_expects() -> None:
    assert [f"{f.path}: {f.problem}" for f in check_cases()] == []


def test_every_instrument_with_rules_has_a_firm_that_fits_one_excluded_and_one_open() -> None:
    ruled = {
        r.id
        for r in load_catalogue()
        if r.type == "instrument" and any(c.rule for c in r.conditions)
    }
    assert {p.stem for p in case_files()} == ruled
    for path in case_files():
        verdicts = {c["verdict"] for c in yaml.safe_load(path.read_text())["cases"]}
        assert verdicts == {"fits", "excluded", "open"}, path.name


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The cases, to be spoiled."""
    for path in case_files(CASES):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    ("spoil", "path", "problem"),
    [
        (lambda d: d["cases"][0].update(verdict="excluded"), "verdict", "it comes out as fits"),
        (lambda d: d["cases"][1].update(because=["region"]), "because", "not met are age"),
        (lambda d: d["firm"].update(nonsense=1), "facts.nonsense", "no such fact"),
        (lambda d: d["firm"].update(municipality="Gnt"), "facts.municipality", "no municipality"),
        (lambda d: d.update(id="other"), "id", "the id is 'other'"),
        (lambda d: d["cases"][0].pop("verdict"), "verdict", "this field is missing"),
        (lambda d: d.update(cases=d["cases"][:1]), "condition age", "no case makes it false"),
        (lambda d: d["cases"][-1].update(missing=["turnover"]), "missing", "missing are"),
    ],
)
def test_a_mistake_is_told_with_its_place(copied: Path, spoil, path: str, problem: str) -> None:
    file = copied / "startlening.yaml"
    data = yaml.safe_load(file.read_text())
    spoil(data)
    file.write_text(yaml.safe_dump(data))
    found = check_cases(copied)
    assert any(path in f.path and problem in f.problem for f in found), found[:3]
    assert all(f.level == "error" for f in found)


def test_a_file_that_is_no_yaml_spoils_only_itself(copied: Path) -> None:
    (copied / "startlening.yaml").write_text("id: [")
    found = check_cases(copied)
    assert {f.path.split(",")[0] for f in found} == {"cases/startlening.yaml"}


def test_an_instrument_can_be_started_from_a_template(tmp_path: Path) -> None:
    from baken.landscape.catalogue import load_catalogue as load
    from baken.landscape.check import check

    made = start("groene-lening", tmp_path, date(2026, 11, 24))
    assert [p.parent.name for p in made] == ["instruments", "cases"]
    findings = check(date(2026, 11, 24), tmp_path)
    errors = [f.problem for f in findings if f.level == "error"]
    assert len(errors) == 4 and all("still stands there" in e for e in errors)
    assert check_cases(tmp_path / "cases", load(tmp_path)) == []


@pytest.mark.parametrize("bad", ["", "Groene Lening", "../x", "a" * 100])
def test_an_id_that_can_be_none_is_refused(tmp_path: Path, bad: str) -> None:
    from baken.kernel.errors import BakenError

    with pytest.raises(BakenError, match="is no id"):
        start(bad, tmp_path, date(2026, 11, 24))
    start("eens", tmp_path, date(2026, 11, 24))
    with pytest.raises(BakenError, match="exists already"):
        start("eens", tmp_path, date(2026, 11, 24))
