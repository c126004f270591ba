"""``baken law``: JSON and words, batches in which a bad line stops nothing, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baken.cli.app import app

RUN = CliRunner()
YEAR = "{end: 2025-12-31, headcount: 40, turnover: 8000000, balance: 6000000}"
SIZE = f"""
as_of: 2026-06-30
enterprise: A
enterprises:
  A: {{years: [{YEAR}]}}
  C: {{years: [{YEAR}]}}
links:
- {{owner: A, owned: C, control: appoint_majority}}
"""
QUESTIONS = {
    "size": SIZE,
    "difficulty": "{as_of: 2026-06-30, size: small, legal_form: nv, years: [{end: 2025-12-31, subscribed_capital: 100000, accumulated_losses: 90000}]}",  # noqa: E501
    "alarm-bell": "{as_of: 2026-06-30, legal_form: bv, net_assets: -1}",
    "de-minimis": "{as_of: 2026-06-30, undertaking: A, aids: [{granted_on: 2024-05-01, amount: 20000, regime: general}]}",  # noqa: E501
    "aid": "{as_of: 2026-06-30, size: small, project: {kind: fair, costs: 8000}}",
    "delineate": "{activity: {kind: price_change}}",
}
ANSWERS = {
    "size": ("category", "medium"),
    "difficulty": ("in_difficulty", True),
    "alarm-bell": ("rings", True),
    "de-minimis": ("room", 280000),
    "aid": ("max_aid", 4000),
    "delineate": ("gber", "none"),
}


@pytest.fixture(params=QUESTIONS)
def asked(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    file = tmp_path / "question.yaml"
    file.write_text(QUESTIONS[request.param], encoding="utf-8")
    return request.param, file


def test_each_answers_in_json_with_steps_and_sources(asked: tuple[str, Path]) -> None:
    command, file = asked
    found = RUN.invoke(app, ["law", command, str(file), "--json"])
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    key, value = ANSWERS[command]
    assert answer[key] == value
    assert answer["steps"] and set(answer["steps"][0]["says"]) == {"nl", "en", "fr"}
    assert {"missing", "assumed"} <= set(answer)
    short = RUN.invoke(app, ["law", command, str(file), "--json", "--no-steps"])
    assert "steps" not in json.loads(short.stdout)


@pytest.mark.parametrize(("lang", "words"), [("nl", "juridisch advies"), ("fr", "avis juridique")])
def test_each_is_told_in_words(asked: tuple[str, Path], lang: str, words: str) -> None:
    command, file = asked
    found = RUN.invoke(app, ["law", command, str(file), "--lang", lang])
    assert found.exit_code == 0 and found.stdout.count(words) == 1


def test_a_batch_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    good = {"id": 1, "as_of": "2026-06-30", "size": "small", "project": {"kind": "fair"}}
    lines = [
        json.dumps(good),
        "{broken",
        json.dumps({**good, "id": "x", "size": "tiny"}),
        "",
        json.dumps({**good, "id": 2}),
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = RUN.invoke(app, ["law", "aid", "--batch", str(file)])
    assert found.exit_code == 0
    answers = [json.loads(line) for line in found.stdout.splitlines()]
    assert [a.get("id") for a in answers] == [1, None, "x", None, 2]
    assert answers[1]["error"]["path"].startswith("line 2")
    assert answers[2]["error"]["path"] == "line 3, size"
    assert answers[3]["error"]["problem"] == "the line is empty"
    assert answers[4]["article"] == "19"


@pytest.mark.parametrize(
    ("args", "text", "says"),
    [
        (["law", "size", "none.yaml"], "", "can't be read"),
        (["law", "size", "-"], "as_of: [", "no valid YAML"),
        (["law", "size", "-"], "as_of: 2026-06-30", "enterprise"),
        (["law", "aid", "-", "--lang", "de"], "{}", "--lang"),
        (["law", "aid", "--batch", "none.jsonl"], "", "can't be read"),
        (["law", "aid", "x.yaml", "--batch", "x.jsonl"], "", "'x.yaml' stands beside --batch"),
        (
            ["law", "aid", "-"],
            "as_of: 2026-06-30\nsize: small\nproject:\n  kind: fair\n  costs: 200.000\n",
            "line 5, project.costs: 200.000 can be read in two ways",
        ),
    ],
)
def test_bad_input_ends_with_code_two(args: list[str], text: str, says: str) -> None:
    found = RUN.invoke(app, args, input=text)
    assert found.exit_code == 2
    assert says in found.output
    assert "Traceback" not in found.output


def test_the_line_in_the_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "group.yaml"
    file.write_text(SIZE.replace("appoint_majority", "charm"), encoding="utf-8")
    found = RUN.invoke(app, ["law", "size", str(file), "--json"])
    assert found.exit_code == 2
    assert json.loads(found.stdout)["error"]["path"] == "group.yaml, line 8, links[0].control"
