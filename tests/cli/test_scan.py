"""``baken scan``: from a file, from standard input, asked in the terminal; its ties to offers."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.landscape.catalogue import load_catalogue
from baken.scan.items import PER_SCAN, domains, next_steps

RUN = CliRunner()
REACTIVE = {
    "need": "N12",
    "as_of": "2026-05-01",
    "answers": {
        "posture.trigger": "had_to",
        "posture.decided": "on_instinct",
        "customers.asked": "never",
        "customers.lost": "never",
        "customers.compared": "longer_ago",
        "customers.new": "never",
    },
}
PROACTIVE = {
    "need": "N12",
    "as_of": "2026-11-01",
    "answers": {
        "posture.trigger": "planned",
        "posture.decided": "prepared",
        **dict.fromkeys(
            ("customers.asked", "customers.lost", "customers.compared", "customers.new"),
            "past_month",
        ),
    },
}


SCAN = str(Path(__file__).parents[2] / "docs/examples/scan.yaml")


def run(*args, data=None):
    return RUN.invoke(app, ["scan", *args], input=data)


def told(*args, data=None):
    result = run("--json", *args, data=data)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


# --- a scan that is handed in ------------------------------------------------------------


def test_a_scan_on_standard_input_with_judged_offers():
    out = told(data=json.dumps({**REACTIVE, "facts": {"province": "Limburg"}}))
    assert out["domains"][0]["side"] == "reactive"
    step = out["next_step"]
    assert {o["id"] for o in step["offers"]} >= {"vlaio-bedrijfsadviseur"}
    assert "consultancypremie-brussel" not in {o["id"] for o in step["offers"]}
    assert {o["verdict"] for o in (*step["offers"], *step["training"])} <= {"fits", "open"}
    assert all(o["name"] for o in step["training"])


@pytest.mark.parametrize(
    ("facts", "trade", "says"),
    [
        ({"nace": "2562"}, "making", "Bel deze week twee klanten die minder bestellen."),
        ({"nace": "4711"}, "shop", "Vraag deze week aan vijf vaste klanten"),
        ({"nace_section": "Q"}, "care", "Vraag deze week aan vijf cliënten of families"),
        ({"nace_section": "J"}, None, "Bel deze week twee klanten die wegbleven"),
        ({}, None, "Bel deze week twee klanten die wegbleven"),
    ],
)
def test_the_step_is_that_of_the_trade(facts, trade, says):
    out = told("--no-offers", data=json.dumps({**REACTIVE, "facts": facts}))
    assert out["next_step"]["trade"] == trade
    assert out["next_step"]["says"].startswith(says)


def test_what_a_trade_has_of_its_own_stands_first():
    data = json.dumps({**REACTIVE, "facts": {"province": "Limburg", "nace_section": "A"}})
    step = told(data=data)["next_step"]
    order = [(o["stale"], o["id"] not in step["own"]) for o in step["offers"]]
    assert order == sorted(order)
    assert {own for _, own in order} == {True, False}


def test_a_scan_from_a_file_without_offers(tmp_path):
    path = tmp_path / "scan.yaml"
    path.write_text("need: N11\nanswers:\n  energy.waste: never\n", encoding="utf-8")
    out = told("--answers", str(path), "--no-offers", "--as-of", "2026-11-26")
    assert (out["as_of"], out["domain"]) == ("2026-11-26", "energy_material")
    assert out["next_step"]["offers"] == list(
        next_steps()["energy_material"]["unknown"][None].offers
    )
    assert len(out["to_ask"]) == PER_SCAN - 1


def test_the_example_of_the_docs():
    path = Path(__file__).parents[2] / "docs" / "examples" / "scan.yaml"
    out = told("--answers", str(path), "--no-offers", "--lang", "en")
    assert out["posture"]["side"] == out["domains"][0]["side"] == "reactive"


def test_two_scans_are_compared(tmp_path):
    path = tmp_path / "before.json"
    path.write_text(json.dumps(REACTIVE), encoding="utf-8")
    out = told("--before", str(path), "--no-offers", data=json.dumps(PROACTIVE))
    assert {c["id"]: c["changed"] for c in out["since"]} == {
        "posture": "proactive",
        "customers_market": "proactive",
    }
    shown = run("--before", str(path), "--no-offers", data=json.dumps(PROACTIVE)).output
    assert "Toen: nog nooit. Nu: in de voorbije maand." in shown
    assert "Je bent veranderd" in shown


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", "klanten en markt: eerder reactief"), ("en", "customers and market: rather reactive"),
     ("fr", "clients et marché : réagit plutôt")],
)  # fmt: skip
def test_a_scan_in_words(lang, words):
    shown = run("--no-offers", "--lang", lang, data=json.dumps(REACTIVE)).output
    assert words in shown
    assert re.search(r"\(.*9\d %.*\)", shown)
    assert "6 %" in shown


def test_a_domain_of_which_the_owner_knew_nothing_is_not_called_not_asked():
    known = {k: v for k, v in REACTIVE["answers"].items() if k.startswith("posture.")}
    nothing = dict.fromkeys([k for k in REACTIVE["answers"] if k not in known], "unknown")
    data = json.dumps({**REACTIVE, "answers": {**known, **nothing}})
    shown = run("--no-offers", data=data).output
    assert "klanten en markt: weten we nog niet\n" in shown
    assert "energie en materiaal: niet gevraagd\n" in shown
    assert "Een eerste stap: " in shown


@pytest.mark.parametrize(
    ("args", "data", "problem"),
    [
        ([], "[1]", "this is no scan"),
        ([], "", "this is no scan"),
        ([], '{"answers": {"energy.wast": "never"}}', "no such question"),
        ([], '{"answers": {"energy.waste": "sometimes"}}', "is no answer"),
        ([], '{"answers": {"energy.waste": 3}}', "is no answer"),
        ([], '{"need": "N12", "domain": "energy_material"}', "points to customers_market"),
        (["--need", "N15"], "", "is no need"),
        (["--need", "N12", "--domain", "energy_material"], "", "points to customers_market"),
        (["--answers", SCAN, "--need", "N99"], "", "'N99' is no need"),
        (["--answers", SCAN, "--domain", "bogus"], "", "'bogus' is no domain"),
        (["--answers", SCAN, "--need", "N12", "--domain", "energy_material"], "", "points to"),
        (["--answers", SCAN, "--need", "N12"], "", "can't stand beside --answers"),
        (["--lang", "de"], "{}", "is no language"),
        (["--as-of", "2026-02-30"], "{}", "is no date"),
        ([], '{"as_of": "2999-01-01"}', "2999-01-01 is out of reach"),
        (["--answers", "no-such-file.yaml"], "", "can't be read"),
        (["--before", "no-such-file.yaml"], "{}", "can't be read"),
        (["study", "no-such-file.jsonl"], "", "can't be read"),
        (["items", "--lang", "de"], "", "is no language"),
    ],
)
def test_bad_input_ends_with_two(args, data, problem):
    result = run(*args, data=data)
    assert result.exit_code == 2
    assert problem in result.output


def test_bad_input_as_json():
    result = run("--json", data='{"need": "N99"}')
    assert result.exit_code == 2
    assert json.loads(result.output)["error"]["path"] == "standard input, line 1, need"


# --- asked in the terminal ---------------------------------------------------------------


def test_one_question_at_a_time_until_six_are_answered():
    result = run("--need", "N12", "--no-offers", data="1\n2\n1\n1\n1\n1\n")
    assert result.exit_code == 0
    assert result.output.count("5. Weet ik niet") == PER_SCAN
    assert "klanten en markt: eerder reactief" in result.output


def test_the_output_is_the_answer_alone():
    result = run("--need", "N12", "--no-offers", "--json", data="1\n2\n1\n1\n1\n1\n")
    typed, brace, rest = result.stdout.partition("{")
    assert set(typed) <= set("12 \n"), "what was typed, which the runner shows, and nothing more"
    assert json.loads(brace + rest)["domains"][0]["side"] == "reactive"
    assert result.stderr.count("5. Weet ik niet") == PER_SCAN


def test_what_is_typed_wrong_is_asked_again():
    result = run("--need", "N12", "--no-offers", "--lang", "en", data="9\nx\n1\n2\n4\n4\n4\n4\n")
    assert result.output.count("1 - 5") == 2
    assert "customers and market: rather proactive" in result.output


def test_who_stops_halfway_gets_what_is_known_so_far():
    result = run("--need", "N12", "--no-offers", data="1\n2\n1\n1\n")
    assert result.exit_code == 0
    assert "klanten en markt: eerder reactief" in result.output


def test_a_need_without_a_domain_lets_the_owner_choose_one_or_none():
    chosen = run("--need", "N01", "--no-offers", data="1\n1\n5\n1\n1\n1\n1\n").output
    assert "energie en materiaal: eerder reactief" in chosen
    nothing = run("--need", "N01", "--no-offers", data="1\n1\n7\n").output
    assert nothing.count("niet gevraagd") == len(domains())


# --- the questions and the study ---------------------------------------------------------


def test_the_questions_as_json_and_in_words():
    rows = json.loads(run("items", "--json").output)
    assert len(rows) == 26
    assert all(r["source"] or r["reason"] for r in rows)
    assert "never: Jamais" in run("items", "--lang", "fr").output


def test_a_study_prints_its_figures(tmp_path):
    path = tmp_path / "scans.jsonl"
    lines = [
        {**scan, "who": f"k{n}", "consent": "2026-01"}
        for n in range(3)
        for scan in (REACTIVE, PROACTIVE)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    shown = run("study", str(path)).output
    assert "3 owners, 6 scans, 3 of them answered twice (184 days between)" in shown
    assert "Fewer than 30 owners" in shown
    found = json.loads(run("study", str(path), "--json").output)
    parts = {p["id"]: p for p in found["parts"]}
    assert parts["customers_market"]["contradicted"] == 1.0
    assert found["refused"] == []


def test_a_study_leaves_out_a_line_that_can_not_be_used_and_tells_it(tmp_path):
    path = tmp_path / "scans.jsonl"
    good = json.dumps({**REACTIVE, "who": "k1", "consent": "2026-01"})
    path.write_text(f"{good}\n{{\n", encoding="utf-8")
    done = run("study", str(path))
    assert done.exit_code == 2
    assert "1 owners, 1 scans" in done.stdout
    assert "scans.jsonl, line 2" in done.stderr
    found = run("study", str(path), "--json")
    assert found.exit_code == 2
    assert [e["path"] for e in json.loads(found.stdout)["refused"]] == [
        "scans.jsonl, line 2, character 1"
    ]
    path.write_text("{\n[1]\n", encoding="utf-8")
    none = run("study", str(path))
    assert none.exit_code == 2
    assert "line 1" in none.stderr
    assert "line 2" in none.stderr


# --- ties to the catalogue ---------------------------------------------------------------

STEPS = {
    f"{domain}-{side}-{trade or 'all'}": step
    for domain, sides in next_steps().items()
    for side, steps in sides.items()
    for trade, step in steps.items()
}
STEPS |= {
    f"{name}-{asks}": replace(step, offers=offers, training=training)
    for name, step in STEPS.items()
    for asks, (offers, training) in step.helps.items()
}


@pytest.mark.parametrize("step", STEPS.values(), ids=list(STEPS))
def test_every_offer_of_a_step_exists_can_be_had_and_answers_its_needs(step):
    catalogue = load_catalogue()
    for kinds, ids in (
        (("instrument", "organisation"), step.offers),
        (("training",), step.training),
    ):
        for one in ids:
            (record,) = catalogue.find(one)
            assert record.type in kinds, one
            assert record.status.value not in ("closed", "abolished", "replaced"), one
            assert set(record.needs) & {
                *step.needs,
                *(["N13"] if kinds == ("training",) else []),
            }, one


@pytest.mark.parametrize(
    "region", ["vlaams-gewest", "brussels-hoofdstedelijk-gewest", "waals-gewest"]
)
@pytest.mark.parametrize("domain", domains())
def test_in_every_region_a_domain_has_an_offer_for_its_first_step(domain, region):
    catalogue = load_catalogue()
    offers = [o for steps in next_steps()[domain].values() for o in steps[None].offers]
    records = [r for o in offers for r in catalogue.find(o)]
    assert any(region in r.area.regions for r in records)


GIVEN = [
    {"who": "k3v9-t2", "consent": "2026-01", "as_of": day, "need": "N12",
     "answers": {"customers.lost": "never"}}
    for day in ("2026-01-01", "2026-07-01")
]  # fmt: skip


def of_the_site(said, problem=""):
    """A site whose database is not asked: what its process writes, or why it can't."""

    def run(command, **_):
        assert command[1:] == ["-m", "baken.web.manage", "export_study"]
        return subprocess.CompletedProcess(command, 2 if problem else 0, said, problem.encode())

    return run


def test_a_study_without_a_file_is_of_the_site_and_exports_it(tmp_path, monkeypatch):
    lines = "\n".join(map(json.dumps, GIVEN)).encode()
    monkeypatch.setattr(subprocess, "run", of_the_site(lines))
    kept = tmp_path / "scans.jsonl"
    told = RUN.invoke(app, ["scan", "study", "--export", str(kept), "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["pairs"] == 1
    assert kept.read_bytes() == lines
    again = RUN.invoke(app, ["scan", "study", str(kept), "--json"])
    assert json.loads(again.stdout) == json.loads(told.stdout)


@pytest.mark.parametrize(
    ("said", "problem", "more", "says"),
    [
        (b"", "first\nthe tables of the site are not there", [], "the tables of the site are not"),
        (b"", "", [], "there is no scan in it"),
        (b"x", "", ["--export", "none/scans"], "none/scans: can't be written: No such file"),
        (b"", "", ["FILE", "--export", "x"], "--export: a file was given too"),
    ],
)
def test_a_site_that_cannot_be_studied_is_told(said, problem, more, says, tmp_path, monkeypatch):
    monkeypatch.setattr(subprocess, "run", of_the_site(said, problem))
    monkeypatch.chdir(tmp_path)
    told = RUN.invoke(app, ["scan", "study", *more])
    assert told.exit_code == 2
    assert says in told.output


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="asks a file of the site")
def test_the_site_is_asked_for_real(tmp_path, monkeypatch):
    for name in [n for n in os.environ if n.startswith(("BAKEN_", "DJANGO_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BAKEN_DB", str(tmp_path / "new"))
    told = RUN.invoke(app, ["scan", "study"])
    assert told.exit_code == 2
    assert "the tables of the site are not there" in told.output
