"""The commands: help and an example each, JSON, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from baken.cli.app import app, main
from baken.cli.output import print_json, print_long
from baken.landscape import check
from baken.match import advised, cases

RUN = CliRunner()
NEED = "mijn oven verbruikt te veel"


def run(*args, data=None):
    return RUN.invoke(app, list(args), input=data)


@pytest.fixture(scope="module", autouse=True)
def the_catalogue_is_checked_once():
    """Four commands print what is found of the same catalogue on the same day."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((check, "check"), (advised, "check_advised"), (cases, "check_cases")):
            found = cache(getattr(module, name))
            patch.setattr(module, name, lambda *day, found=found: list(found(*day)))
        yield


def leaves(command, path=()):
    for name, sub in getattr(command, "commands", {}).items():
        if hasattr(sub, "commands"):
            yield from leaves(sub, (*path, name))
        else:
            yield (*path, name), sub


COMMANDS = dict(leaves(get_command(app)))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_an_example_and_json(path):
    command = COMMANDS[path]
    assert command.help and "Example: baken " + " ".join(path) in command.help
    assert any("--json" in p.opts for p in command.params)
    assert run(*path, "--help").exit_code == 0


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--version"], "baken "),
        (["facts"], "headcount"),
        (["licences"], "multilingual-e5-small"),
        (["landscape", "stats"], "expression"),
        (["landscape", "list", "--type", "instrument", "--need", "N11"], "ecologiepremie-plus"),
        (["landscape", "show", "winwinlening"], "has(establishment_regions"),
        (["landscape", "show", "tussenstap"], "replaced by: dyzo"),
        (["landscape", "check", "--quiet"], "0 errors"),
        (["landscape", "check", "winwinlening", "dyzo"], "instruments/winwinlening.yaml"),
        (["landscape", "export", "--format", "csv"], "name_nl"),
        (["registers", "nace", "bakker"], "sure"),
        (["registers", "nace", "10.71"], "2025"),
        (["registers", "place", "9000"], "Gent"),
        (["registers", "kbo", "0200065765"], "0200.065.765"),
        (["warm"], "records, index ready"),
        (["match", "--need", NEED, "--fact", "municipality=Namur"], "Valt af"),
        (["match", "--need", NEED, "--lang", "en", "--kbo", "0200.065.765"], "First door"),
    ],
)
def test_commands_print_for_people(args, words):
    result = run(*args)
    assert result.exit_code == 0, result.output
    assert words in result.output


@pytest.mark.parametrize(
    ("args", "key"),
    [
        (["facts"], "type"),
        (["licences"], "licence"),
        (["landscape", "list"], "needs"),
        (["landscape", "show", "dyzo"], "conditions"),
        (["landscape", "export"], "id"),
        (["landscape", "check"], "level"),
        (["registers", "nace", "bakker"], "codes_2025"),
        (["registers", "place", "Gent"], "nis"),
    ],
)
def test_lists_are_json_with_json(args, key):
    rows = json.loads(run(*args, "--json").output)
    assert key in rows[0]


@pytest.mark.parametrize(
    ("args", "key"),
    [
        (["landscape", "stats"], "shares"),
        (["registers", "kbo", "0200065765"], "number"),
        (["schema"], "query"),
        (["schema", "answer"], "properties"),
        (["warm"], "catalogue_version"),
        (["match", "--need", NEED], "offers"),
    ],
)
def test_objects_are_json_with_json(args, key):
    assert key in json.loads(run(*args, "--json").output)


@pytest.mark.parametrize(
    "args",
    [
        ["landscape", "show", "winwinlenin"],
        ["landscape", "check", "winwinlenin"],
        ["landscape", "export", "--format", "xml"],
        ["registers", "nace", "99.99"],
        ["registers", "nace", " "],
        ["registers", "nace", "bakker " * 40],
        ["registers", "place", "Qwertystad"],
        ["registers", "kbo", "12"],
        ["schema", "nothing"],
        ["facts", "--lang", "zz"],
        ["facts", "--lang", ""],
        ["scan", "items", "--lang", "NL"],
        ["match", "--need", ""],
        ["match", "--need", NEED, "--fact", "size"],
        ["match", "--need", NEED, "--fact", "headcount=5", "--fact", "headcount=6"],
        ["match", "--need", NEED, "--fact", "hedcount=3"],
        ["match", "--need", NEED, "--as-of", "2026-02-30"],
        ["match", "--batch", "no-such-file.jsonl"],
        ["match", "--need", NEED, "--accounts", "no-such-file.json"],
        ["registers", "accounts", "no-such-file.json"],
    ],
)
def test_bad_input_ends_with_two_and_says_what_is_wrong(args, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["baken", *args])
    with pytest.raises(SystemExit) as e:
        main()
    assert e.value.code == 2
    assert capsys.readouterr().err.startswith("baken: ")


@pytest.mark.parametrize(
    ("args", "code", "out", "err"),
    [
        (["registers", "place", "9000"], 0, "Gent", ""),
        (["registers", "place", "Qwertystad"], 2, "", "baken: "),
        (["match", "--need", NEED, "--fact", "size"], 2, "", "baken: "),
    ],
)
def test_a_process_of_its_own_ends_so_too_and_without_a_traceback(args, code, out, err):
    done = subprocess.run(
        [sys.executable, "-m", "baken.cli.app", *args], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert out in done.stdout
    assert done.stderr.startswith(err) and "Traceback" not in done.stderr


def test_what_the_law_asks_at_once_is_printed_first():
    told = run("match", "--need", "mijn laptop met klantgegevens is gestolen").output
    first, rest = told.split("We begrijpen", 1)
    assert "! De wet vraagt dit, en het kan niet wachten" in first
    assert "72 uur" in first
    assert "De wet vraagt dit" not in rest


def test_accounts_from_a_file_count_in_a_match(tmp_path: Path):
    codes = {"20/58": 1_000_000, "10/49": 1_000_000, "10/15": 1_000_000, "9087": 12}
    filing = {
        "ExerciseDates": {"startDate": "2025-01-01", "endDate": "2025-12-31"},
        "Rubrics": [{"Code": c, "Value": v, "Period": "N"} for c, v in codes.items()],
    }
    path = tmp_path / "accounts.json"
    path.write_text(json.dumps(filing), encoding="utf-8")
    shown = run("match", "--need", NEED, "--accounts", str(path), "--lang", "en").output
    assert "size: small" in shown
    assert "12 people (full-time equivalents)" in shown


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("{", "no valid JSON"),
        ("[1]", "is no need"),
        ("NaN", "no valid JSON"),
        ("{}", "the need is empty"),
    ],
)
def test_a_wrong_query_on_standard_input_is_an_error_as_json(data, problem):
    result = run("match", data=data)
    assert result.exit_code == 2
    assert problem in json.loads(result.output)["error"]["problem"]


def test_a_query_on_standard_input_is_answered_as_json():
    answer = json.loads(run("match", data=json.dumps({"need": NEED, "id": 3})).output)
    assert answer["id"] == 3 and len(answer["offers"]) >= 5


def test_a_batch_answers_every_line_in_order_and_goes_on_after_a_bad_one(tmp_path: Path):
    lines = [
        json.dumps({"id": 1, "need": NEED}).encode(),
        b"{broken",
        b"\xff\xfe",
        b"",
        b'{"need": "' + b"x" * 500_000 + b'"}',
        json.dumps({"id": 4, "need": "", "foo": 1}).encode(),
        json.dumps({"id": 5, "need": "geen personeel"}).encode(),
    ]
    path = tmp_path / "queries.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    result = run("match", "--batch", str(path))
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [a.get("id") for a in answers] == [1, None, None, None, None, 4, 5]
    assert ["error" in a for a in answers] == [False, True, True, True, True, True, False]
    assert answers[1]["error"]["path"].startswith("line 2")
    assert "too long" in answers[4]["error"]["problem"]
    assert answers[5]["error"]["path"].startswith("line 6, ")
    assert set(answers[5]["error"]) == {"path", "problem", "expected", "near"}


def test_check_ends_with_one_when_it_finds_an_error(monkeypatch):
    found = [check.Finding("error", "x.yaml", "wrong", "right")]
    monkeypatch.setattr(check, "check", lambda as_of: found)
    result = run("landscape", "check")
    assert result.exit_code == 1
    assert "error: x.yaml: wrong; expected right" in result.output


def test_an_error_names_the_option(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["baken", "match", "--need", NEED, "--as-of", "x"])
    with pytest.raises(SystemExit) as e:
        main()
    assert e.value.code == 2
    assert "--as-of" in capsys.readouterr().err


@pytest.mark.parametrize(
    "value",
    [{}, {"a": []}, {"a": 1, "b": {}, "c": None}, {"a": [[], {}, "x\ny", {"b": [1, {"é": 2}]}]}],
)
def test_a_long_answer_is_printed_as_a_short_one(value, capsysbinary):
    print_json(value)
    plain = capsysbinary.readouterr().out
    print_long({k: iter(v) if isinstance(v, list) else v for k, v in value.items()})
    assert capsysbinary.readouterr().out == plain
