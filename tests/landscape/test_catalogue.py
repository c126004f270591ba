"""The catalogue: files are the master, errors name file and field, stats count what is stated."""

from __future__ import annotations

from datetime import date

import pytest

from baken.kernel.errors import BakenError
from baken.landscape.catalogue import DATA, content_version, load_catalogue, read_record
from baken.landscape.check import check
from baken.landscape.stats import stats
from tests.landscape.records import raw

DAY = date(2026, 11, 29)


def grant(**changes):
    return raw(
        **(
            {"type": "instrument", "kind": "grant", "provider": "VLAIO", "level": "flemish"}
            | changes
        )
    )


def condition(**changes):
    return {"id": "c", "family": "size", "says": {"nl": "Klein."}, "source": 1} | changes


def test_the_shipped_catalogue_has_no_errors_and_holds_every_researched_record():
    assert [f for f in check(DAY) if f.level == "error"] == []
    counts = stats(load_catalogue(), DAY)["records"]
    assert counts["instrument"] >= 124
    assert counts["organisation"] >= 178


def test_most_of_what_the_research_states_is_a_rule():
    shares = stats(load_catalogue(), DAY)["shares"]
    assert shares["placed"] >= 0.95
    assert shares["expression"] >= 0.75
    assert shares["text"] <= 0.10


def test_stats_count_what_is_told_of_courses_and_what_conditions_rest_on():
    catalogue = load_catalogue()
    told = stats(catalogue, DAY)
    courses = [r for r in catalogue if r.type == "training"]
    assert told["courses_tell"]["duration"] == len([r for r in courses if r.duration]) >= 50
    assert set(told["courses_tell"]) >= {"forms", "languages", "paid_by"}
    written = sum(told["conditions_written"].values())
    assert written - told["rests_on"] <= 1


def test_seven_ids_are_shared_by_an_instrument_and_the_organisation_behind_it():
    catalogue = load_catalogue()
    shared = {r.id for r in catalogue if len(catalogue.find(r.id)) == 2}
    assert {"microstart", "dyzo", "start-it-kbc", "blikopener", "plato", "imec-istart"} <= shared


def test_the_version_is_a_hash_of_the_content(folder):
    folder(grant())
    first = content_version(folder.root)
    assert first == content_version(folder.root)
    folder(grant(summary={"nl": "Anders."}))
    assert content_version(folder.root) != first
    assert load_catalogue().version == content_version(DATA)


def test_a_catalogue_of_ones_own_can_be_loaded(folder):
    folder(grant(conditions=[condition(rule="size in ('micro', 'small')")]))
    catalogue = load_catalogue(folder.root)
    assert len(catalogue) == 1
    assert list(catalogue.rules[("instrument", "proef")]) == ["c"]


@pytest.mark.parametrize(
    ("record", "where", "problem"),
    [
        (grant(colour="red"), "instruments/proef.yaml, colour", "no such field"),
        (grant(id="ander"), "instruments/proef.yaml, id", "the id is 'ander'"),
        (grant(needs=[]), "instruments/proef.yaml, needs", "the list is empty"),
        (
            grant(status={"value": "gone"}),
            "instruments/proef.yaml, status.value",
            "not one of the choices",
        ),
        (grant(conditions=[condition()]), "instruments/proef.yaml, conditions.0", "exactly one of"),
        (
            grant(conditions=[condition(rule="size = 'micro'", met_if="size = 'micro'")]),
            "instruments/proef.yaml, conditions.0",
            "no met_if",
        ),
        (
            grant(conditions=[condition(rule="size = 'micro'", source=9)]),
            "instruments/proef.yaml",
            "source 9",
        ),
        (
            grant(conditions=[condition(judged="x"), condition(judged="y")]),
            "instruments/proef.yaml",
            "same id",
        ),
        (grant(names={}), "instruments/proef.yaml, names", "a name in at least one language"),
        (
            grant(status={"value": "open", "as_of": "2025-13"}),
            "instruments/proef.yaml, status.as_of",
            "no date",
        ),
    ],
)
def test_a_wrong_record_is_an_error_with_file_and_field(folder, record, where, problem):
    with pytest.raises(BakenError) as e:
        read_record(folder(record, name="proef"))
    assert e.value.path.startswith(where)
    assert problem in e.value.problem


def test_what_tells_who_surely_meets_a_condition_is_read_as_a_rule(folder):
    folder(grant(conditions=[condition(text="?", met_if="maat = 'micro'")]))
    with pytest.raises(BakenError) as e:
        load_catalogue(folder.root)
    assert "condition c" in e.value.path
    assert "maat" in e.value.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a: [1, 2", "no valid YAML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"a: b\n" * 60_000, "too big"),
        (b"- 1\n", "valid dictionary"),
        (b"id: proef\nnames: {}\nid: proef\n", "'id' stands twice"),
    ],
)
def test_a_broken_file_is_an_error_with_its_name(folder, content, problem):
    path = folder(grant())
    path.write_bytes(content)
    with pytest.raises(BakenError, match=problem) as e:
        read_record(path)
    assert "instruments/proef.yaml" in e.value.path


def test_all_that_is_wrong_in_a_file_is_told_at_once(folder):
    path = folder(grant(naam="x", kind=3))
    with pytest.raises(BakenError) as e:
        read_record(path)
    told = {p.path: p.problem for p in (e.value, *e.value.others)}
    assert told["instruments/proef.yaml, naam"] == "there is no such field"
    assert "instruments/proef.yaml, kind" in told
    root = path.parent.parent
    assert {f.path for f in check(date(2026, 1, 1), root)} >= set(told)


def rate(value, **more):
    return {"name": "rate_pct", "value": value, "unit": "pct", "source": 1} | more


TERM = {
    "apply": "within_days",
    "apply_from": "signature",
    "first_step": {"nl": "Registreer binnen drie maanden na de ondertekening."},
}


@pytest.mark.parametrize(
    ("record", "level", "where", "problem"),
    [
        (grant(conditions=[condition(rule="sise = 'x'")]), "error", "condition c", "sise"),
        (grant(conditions=[condition(rule="size = 'tiny'")]), "error", "condition c", "tiny"),
        (
            grant(conditions=[condition(rule="size in ('micro', 'small', 'medium', 'large')")]),
            "error",
            "condition c",
            "",
        ),
        (grant(replaced_by=["weg"]), "error", "replaced_by", "no record 'weg'"),
        (grant(replaced_by=["proef"]), "error", "replaced_by", "comes back"),
        (grant(themes=["kaas"]), "error", "themes", "no theme 'kaas'"),
        (grant(provider_ids=["niemand"]), "error", "provider_ids", "no organisation"),
        (grant(after=["weg"]), "error", "after", "no instrument 'weg'"),
        (grant(duty=True), "error", "duty", "without its term"),
        (grant(date="2027-01-01"), "error", "sources.1.date", "in the future"),
        (grant(stated=[{"fact": "who/x", "to": "weg"}]), "error", "stated", "neither"),
        (
            grant(date="2023", parameters=[rate(10, valid_from="2026-04-01")]),
            "error",
            "parameters 0",
            "can't tell what begins in 2026",
        ),
        (grant(apply_days=14), "error", "apply_from", "not whole"),
        (grant(**TERM, apply_days=92), "error", "apply_from", "no term of 92 days"),
        (grant(**TERM, apply_days=92, apply_months=3), "error", "apply_from", "not whole"),
        (grant(url="https://issuu.com./x"), "error", "url", "is no address"),
        (grant(url="https://www.hln.be/artikel"), "error", "url", "not the site of who offers"),
        (grant(status={"value": "replaced"}), "warning", "replaced_by", "by what is not said"),
        (grant(date="2019-01-01"), "warning", "sources", "stale"),
        (grant(names={"nl": "Proef"}), "warning", "names.fr", "there is no name"),
        (
            grant(conditions=[condition(judged="x", valid_from="2025", valid_to="2024")]),
            "error",
            "conditions",
            "before valid_from",
        ),
        (
            grant(
                parameters=[
                    {"name": "max_aid", "value": 1, "unit": "EUR", "source": 1, "valid_to": "2020"}
                ]
            ),
            "warning",
            "parameters",
            "expired",
        ),
    ],
)
def test_check_finds(folder, record, level, where, problem):
    folder(record)
    found = check(DAY, folder.root)
    assert any(f.level == level and where in f.path and problem in f.problem for f in found), found


@pytest.mark.parametrize(
    ("kind", "more", "wrong"),
    [
        ("tax", {}, True),
        ("hiring", {}, True),
        ("tax", {"per": {"nl": "van wat je investeert"}}, False),
        ("grant", {}, False),
    ],
)
def test_a_rate_of_a_tax_rule_or_a_wage_says_of_what_it_is_a_part(folder, kind, more, wrong):
    folder(grant(kind=kind, parameters=[rate(40, **more)]))
    found = [f for f in check(DAY, folder.root) if "of what it is a part" in f.problem]
    assert [(f.level, f.path) for f in found] == [
        ("error", "instruments/proef.yaml, parameters 0")
    ] * wrong


@pytest.mark.parametrize(
    ("per", "wrong"),
    [
        ({"nl": "werknemer, over 30 maanden"}, ["nl"]),
        ({"nl": "3 jaar", "en": "3 years", "fr": "3 ans"}, ["nl", "en", "fr"]),
        ({"nl": "hoogstens", "en": "per year"}, ["nl"]),
        ({"nl": "per werknemer", "en": "a worker", "fr": "d'un travailleur"}, []),
    ],
)
def test_of_what_a_figure_is_counted_reads_on_behind_it(folder, per, wrong):
    row = {"name": "max_aid", "value": 900, "unit": "EUR", "source": 1, "per": per}
    folder(grant(parameters=[row]))
    found = [f for f in check(DAY, folder.root) if "read on" in f.problem]
    assert {f.path for f in found} == {
        f"instruments/proef.yaml, parameters 0, per.{lang}" for lang in wrong
    }


@pytest.mark.parametrize(
    ("rule", "more", "wrong"),
    [
        ("small_company = true", {"sizes": ["micro"]}, True),
        ("small_company = true", {"for_whom": {"nl": "microvennootschap"}}, False),
        ("size = 'micro'", {"sizes": ["micro"]}, False),
    ],
)
def test_what_is_small_in_belgium_is_not_told_by_european_size(folder, rule, more, wrong):
    size = {"id": "size", "family": "size", "says": {"nl": "Je bent klein."}, "source": 1}
    folder(grant(conditions=[size | {"rule": rule}], parameters=[rate(45, **more)]))
    found = [f.path for f in check(DAY, folder.root) if "'sizes' are European" in f.problem]
    assert found == ["instruments/proef.yaml, parameters 0"] * wrong


ART_25 = ["651/2014 art. 25"]


@pytest.mark.parametrize(
    ("record", "level", "problem"),
    [
        pytest.param(
            grant(legal_basis=ART_25, parameters=[rate(85)]),
            "error",
            "85 is above the 80 % of 651/2014 art. 25",
            id="above what any project can get",
        ),
        pytest.param(
            grant(legal_basis=ART_25, parameters=[rate(45)]),
            "warning",
            "45 is above the basic 25 %",
            id="only with a bonus",
        ),
        pytest.param(
            grant(legal_basis=ART_25, parameters=[rate(25)]), None, "", id="the basic rate"
        ),
        pytest.param(
            grant(legal_basis=ART_25, parameters=[rate(25), rate(60, part="bonus")]),
            "error",
            "25 + 60 is above the 80 %",
            id="rate and bonus together",
        ),
        pytest.param(
            grant(legal_basis=ART_25, parameters=[rate(85, for_firm=False)]),
            None,
            "",
            id="a rate for another than the firm",
        ),
        pytest.param(
            grant(legal_basis=["651/2014 art. 25(5)(a)"], parameters=[rate(100)]),
            None,
            "",
            id="fundamental research: 100 %",
        ),
        pytest.param(
            grant(
                conditions=[
                    condition(judged="x", rests_on="Steun volgens artikel 18 van de AGVV.")
                ],
                parameters=[rate(60)],
            ),
            "error",
            "60 is above the 50 % of 651/2014 art. 18",
            id="the article stands in the words of a condition",
        ),
        pytest.param(
            grant(
                conditions=[condition(judged="x", rests_on="Artikel 18 van het decreet.")],
                parameters=[rate(60)],
            ),
            None,
            "",
            id="an article of another act",
        ),
        pytest.param(
            grant(legal_basis=["651/2014 art. 18", "GBER 28"], parameters=[rate(60)]),
            "warning",
            "60 is above the basic 50 % of 651/2014 art. 18, 28",
            id="two articles: the wider one bounds",
        ),
        pytest.param(
            grant(
                legal_basis=["651/2014 art. 22"],
                parameters=[{"name": "max_aid", "value": 3_000_000, "unit": "EUR", "source": 1}],
            ),
            "error",
            "3,000,000 is above the 2,000,000 EUR of 651/2014 art. 22",
            id="start-ups: an amount, not a rate",
        ),
    ],
)
def test_a_measure_is_held_beside_its_article(folder, record, level, problem):
    """Regulation 651/2014; the figures are those of ``law/data/parameters/aid.yaml``."""
    folder(record)
    found = [f for f in check(DAY, folder.root) if "parameters." in f.path]
    assert [(f.level, problem in f.problem) for f in found] == ([(level, True)] if level else [])
    if level == "warning":
        assert "a bonus that allows it: " in found[0].expected


def test_after_2026_a_measure_waits_for_the_successor_of_its_regulation(folder):
    folder(grant(legal_basis=ART_25, parameters=[rate(25)]))
    found = check(date(2027, 1, 1), folder.root)
    assert any(f.level == "warning" and "ended on 2026-12-31" in f.problem for f in found)


def test_check_goes_on_after_a_broken_file_and_names_every_one(folder):
    folder(grant()).write_text("a: [", encoding="utf-8")
    folder(grant(id="tweede", needs=[]))
    errors = [f for f in check(DAY, folder.root) if f.level == "error"]
    assert {f.path.split(",")[0] for f in errors} == {
        "instruments/proef.yaml",
        "instruments/tweede.yaml",
    }
    assert errors[0].as_json()["level"] == "error"


def test_a_circle_of_three_is_found(folder):
    for one, next_ in (("a", "b"), ("b", "c"), ("c", "a")):
        folder(grant(id=one, replaced_by=[next_]))
    assert sum("comes back" in f.problem for f in check(DAY, folder.root)) == 3
