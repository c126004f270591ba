"""What experts and programs hand over at /rekenen; nothing of it is kept."""

from __future__ import annotations

import json
import logging
import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from typer.testing import CliRunner

from baken.cli.law import app
from baken.web.owner import reckon_pages
from baken.web.reckon import model
from baken.web.reckon.export import as_yaml
from baken.web.reckon.fill import fill
from tests.web.rekenen.walker import DAY, TOOLS, Owner

CASES = Path(__file__).parents[2] / "law" / "cases"


# -- experts and programs -------------------------------------------------------------------------
@pytest.mark.parametrize("tool", TOOLS)
def test_json_gets_the_answer_of_the_command(web: Client, tool: str, tmp_path: Path) -> None:
    loaded = model.load(tool)
    raw = yaml.safe_load(as_yaml(fill(loaded, loaded.example, DAY, "nl"), "nl"))
    body = json.dumps(raw, default=str)
    response = web.post(f"/rekenen/{loaded.slug}", body, content_type="application/json")
    assert response.status_code == 200
    file = tmp_path / "question.json"
    file.write_text(body, encoding="utf-8")
    told = CliRunner().invoke(app, [reckon_pages.command_of(loaded), str(file), "--json"])
    assert response.json() == json.loads(told.stdout)


@pytest.mark.parametrize("tool", [t for t in TOOLS if t != "delineate"])
@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
def test_a_file_with_open_answers_is_not_read_as_whole(
    web: Client, tool: str, lang: str, tmp_path: Path
) -> None:
    """Who knows nothing is told so, and the file that goes to an adviser says it too. (An activity
    of which nothing is known is a question of its own: its file has no answer for its gaps.)"""
    loaded = model.load(tool)
    owner = Owner(web, loaded.slug, "" if lang == "nl" else f"/{lang}")
    for _ in range(60):
        if not owner.question:
            break
        owner.answer()
    page = owner.page if "open_answers" in owner.page else owner.outcome({})
    shown = re.search(r"<pre>(.*?)</pre>", page, re.S)
    assert shown is not None
    told = yaml.safe_load(unescape(shown[1]))
    assert told["open_answers"]
    file = tmp_path / "question.yaml"
    file.write_text(unescape(shown[1]), encoding="utf-8")
    refused = CliRunner().invoke(app, [reckon_pages.command_of(loaded), str(file)])
    assert refused.exit_code == 2
    assert "open_answers" in refused.output and str(told["open_answers"][0])[:20] in " ".join(
        refused.output.split()
    )
    again = web.post(f"/rekenen/{loaded.slug}", {"expert": "1", "text": unescape(shown[1])})
    assert again.status_code == 400


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("{", "body, character 2"),
        ("[]", ""),
        ('{"as_of": "2026-06-30"}', "enterprise"),
        ('{"as_of": "x", "as_of": "y"}', "body"),
        (
            '{"as_of": "2026-06-30", "enterprise": "A", "enterprises": {"A": {"years": []}}}',
            "enterprises.A.years",
        ),
    ],
)
def test_json_that_cannot_be_used(web: Client, body: str, path: str) -> None:
    response = web.post("/rekenen/kmo", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]["path"] == path
    assert set(response.json()["error"]) == {"path", "problem", "expected", "near"}


def test_an_expert_pastes_or_uploads(web: Client) -> None:
    text = "as_of: 2026-06-30\nlegal_form: nv\ncapital: 100000\nnet_assets: 40000\n"
    for fields in ({"text": text}, {"file": SimpleUploadedFile("bel.yaml", text.encode())}):
        page = web.post("/rekenen/alarmbel", {"expert": "1", **fields}).content.decode()
        assert "De alarmbel rinkelt, als dit klopt: " in page


def test_an_expert_can_change_what_was_worked_out(web: Client) -> None:
    text = "as_of: 2026-06-30\nlegal_form: nv\ncapital: 100000\nnet_assets: 40000\n"
    page = web.post("/rekenen/alarmbel", {"expert": "1", "text": text}).content.decode()
    assert 'name="edit"' in page
    page = web.post("/rekenen/alarmbel", {"edit": "1", "text": text}).content.decode()
    assert '<details class="more reckon__experts" open>' in page
    assert "net_assets: 40000" in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Plak eerst een tekst"),
        ("as_of: 2026-06-30\nlegal_form: nv\ncapitol: 1\n", "tekst, line 3, capitol"),
        ("a: &a [1]\nb: *a\n", "tekst, line 2"),
        ("x" * 200_001, "Deze tekst is te groot"),
    ],
)
def test_an_experts_mistake_is_told_with_its_line(web: Client, text: str, says: str) -> None:
    response = web.post("/rekenen/alarmbel", {"expert": "1", "text": text})
    assert response.status_code == 400
    page = response.content.decode()
    assert says in unescape(page)
    assert 'aria-describedby="text-error"' in page
    assert 'href="#text"' in page


def test_large_groups_are_drawn_in_part(web: Client) -> None:
    firms = {f"F{i}": {} for i in range(300)}
    links = [{"owner": f"F{i}", "owned": f"F{i + 1}", "capital_pct": 60} for i in range(299)]
    raw = {"as_of": "2026-06-30", "enterprise": "F150", "enterprises": firms, "links": links}
    page = web.post("/rekenen/kmo", {"expert": "1", "text": json.dumps(raw)}).content.decode()
    for look in ("wide", "narrow"):
        assert page.split(f"picture--{look}")[1].split("</svg>")[0].count("group-map__name") == 24
    assert "De tekening toont de 24 eerste, de tabel hoogstens 100." in page


@pytest.mark.parametrize("count", [2, 7, 23])
def test_a_picture_of_many_is_no_wider_than_its_sheet(web: Client, count: int) -> None:
    names = [f"EEN HEEL LANGE NAAM VAN DOCHTER WMW {i}" for i in range(count)]
    raw = {
        "as_of": "2026-06-30",
        "enterprise": "M",
        "enterprises": {n: {} for n in ("M", *names)},
        "links": [{"owner": "M", "owned": n, "capital_pct": 60} for n in names],
    }
    page = web.post("/rekenen/kmo", {"expert": "1", "text": json.dumps(raw)}).content.decode()
    widths = re.findall(r'<svg class="group-map" viewBox="0 0 (\d+)', page)
    assert int(widths[0]) <= 3 * 200 + 12
    assert int(widths[1]) <= 2 * 138 + 12
    shown = re.findall(r'class="group-map__name"[^>]*>([^<]+)', page)
    assert all(len(name) <= 16 for name in shown)
    assert ("…</td>" in page) is (count > 6)


def test_both_shares_of_two_that_hold_each_other_are_seen(web: Client) -> None:
    raw = {
        "as_of": "2026-06-30", "enterprise": "A", "enterprises": {"A": {}, "B": {}},
        "links": [{"owner": "A", "owned": "B", "capital_pct": 30},
                  {"owner": "B", "owned": "A", "capital_pct": 40}],
    }  # fmt: skip
    page = web.post("/rekenen/kmo", {"expert": "1", "text": json.dumps(raw)}).content.decode()
    drawn = page.split("picture--wide")[1].split("</svg>")[0]
    places = re.findall(r'group-map__share--\w+" x="(\d+)" y="\d+">(\d+) %', drawn)
    assert {share for _, share in places} == {"30", "40"}
    assert abs(int(places[0][0]) - int(places[1][0])) > 40


def test_the_owner_of_a_sister_firm_is_drawn_once(web: Client) -> None:
    said = {k: list(v) for k, v in model.load("size").example.items()}
    said |= {"sister.0": ["yes"], "sister.0.heads": ["5", "5"], "sister.1": ["no"]}
    said |= {"sister.0.turnover": ["90000", "90000"], "sister.0.balance": ["90000", "90000"]}
    page = Owner(web, "kmo").outcome(said)
    assert "Zusterbedrijf 1" in page
    assert "de eigenaar" not in page.split('id="groep"')[1].split("</table>")[0]


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods(web: Client, method: str) -> None:
    assert getattr(web, method)("/rekenen/kmo").status_code == 405
    assert getattr(web, method)("/rekenen").status_code == 405


def test_an_unknown_tool_and_a_strange_body(web: Client) -> None:
    assert web.get("/rekenen/loterij").status_code == 404
    assert web.post("/rekenen/kmo", "x", content_type="text/plain").status_code == 400


# -- nothing is kept ------------------------------------------------------------------------------
def test_nothing_is_kept_or_logged(web: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    owner = Owner(web, "kmo")
    owner.answer("31/12/2025")
    page = owner.answer("4711", "4712")
    assert "4711" in page
    assert "4711" not in caplog.text
    response = web.post("/rekenen/kmo", owner.hidden() | {"show": "1"})
    assert not response.cookies
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert not re.search(r'(href|action|src)="[^"]*4711', response.content.decode())
    assert 'method="get"' not in page.lower()
