"""``baken watch`` on a table: alarms that end in a step and a door, and a question for match."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.match import match
from baken.signals.demo import Plan, write

FELL, ROSE = (100.0, 60.0), (2.0, 9.0)


def table(path: Path, **series: tuple[float, float]) -> Path:
    """Four years of months; each series goes from one level to another after 42 of them."""
    rows = ["series,period,value"]
    for name, (usual, later) in series.items():
        for at in range(48):
            value = (usual if at < 42 else later) + (at * 7 % 5 - 2) * usual * 0.02
            rows.append(f"{name},{2022 + at // 12}-{at % 12 + 1:02d},{value:.2f}")
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def run(path: Path, *more: str) -> Any:
    result = CliRunner().invoke(app, ["watch", str(path), "--as-of", "2025-12-31", *more])
    assert result.exit_code == 0, result.output
    return json.loads(result.output) if "--json" in more else result.output


def test_each_alarm_that_stands_ends_in_a_step_and_a_door(tmp_path: Path) -> None:
    path = table(tmp_path / "firm.csv", omzet=FELL, klachten=ROSE)
    alarms = {a["id"]: a for a in run(path, "--json")["alarms"]}
    assert set(alarms) == {"omzet", "klachten"}
    for alarm in alarms.values():
        assert alarm["door"]["name"] in alarm["step"]["nl"]
        assert alarm["route"] in {"R2", "R3", "R4"}
    assert alarms["omzet"]["door"]["id"] != alarms["klachten"]["door"]["id"]
    shown = run(path)
    assert alarms["omzet"]["step"]["nl"] in shown


def test_the_question_and_facts_of_an_alarm_go_into_match_as_they_are(tmp_path: Path) -> None:
    answer = run(table(tmp_path / "firm.csv", omzet=FELL), "--json", "--no-doors")
    (alarm,) = answer["alarms"]
    assert (alarm["door"], alarm["offers"]) == (None, [])
    assert alarm["query"]["facts"] == answer["facts"][""]
    assert answer["facts"][""]["turnover_drop_pct"] == pytest.approx(40, abs=3)
    assert {"N12"} <= {n.code for n in match(alarm["query"]).needs[:2]}


def test_an_alarm_that_is_over_keeps_its_question_and_tells_the_firm_nothing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "firm.csv"
    table(path, omzet=FELL)
    rows = path.read_text(encoding="utf-8").splitlines()
    longer = [f"omzet,2026-{m:02d},60.{m}" for m in range(1, 13)]
    path.write_text("\n".join([*rows, *longer]), encoding="utf-8")
    answer = run(path, "--json", "--no-doors", "--as-of", "2026-12-31")
    (alarm,) = answer["alarms"]
    assert alarm["cleared_at"] is not None
    assert answer["facts"] == {"": {}}
    assert alarm["query"]["facts"]["turnover_drop_pct"] == pytest.approx(40, abs=3)


def test_what_lasts_is_no_all_clear(tmp_path: Path) -> None:
    rows = [
        f"share_largest,{2023 + at // 12}-{at % 12 + 1:02d},{0.3 if at < 10 else 0.46}"
        for at in range(36)
    ]
    path = tmp_path / "share.csv"
    path.write_text("\n".join(["series,period,value", *rows]), encoding="utf-8")
    assert "We zien niets nieuws" in run(path, "--no-doors")


def test_invoices_give_weeks_too_which_are_not_judged(tmp_path: Path) -> None:
    write(Plan("bakery", months=14, seed=1), tmp_path)
    answer = run(tmp_path, "--json", "--no-doors")
    weeks = {w["id"]: w for w in answer["weekly"]}
    assert {"sales", "invoices", "customers", "credit_share"} <= set(weeks)
    assert not any("." in name for name in weeks)
    assert weeks["sales"]["n"] == len(weeks["sales"]["values"]) > 52
    assert {s["id"] for s in answer["series"]} >= set(weeks)
    assert len({s["id"] for s in answer["series"]}) == len(answer["series"])


def test_of_many_lines_set_aside_ten_are_shown_and_how_to_see_the_others(tmp_path: Path) -> None:
    path = table(tmp_path / "firm.csv", omzet=FELL)
    bad = "\n".join(f"omzet,nooit-{n},1" for n in range(14))
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{bad}\n", encoding="utf-8")
    shown = run(path, "--no-doors")
    assert "14 keer iets niet gebruikt" in shown
    assert "nooit-9" in shown and "nooit-10" not in shown
    assert "... en nog 4; met --all zie je alles" in shown
    everything = run(path, "--no-doors", "--all")
    assert "nooit-13" in everything and "en nog" not in everything


def test_an_alarm_tells_what_moved_with_it_and_what_stayed_quiet(tmp_path: Path) -> None:
    path = table(tmp_path / "f.csv", omzet=FELL, klachten=ROSE, **{f"s{n}": (9, 9) for n in "abc"})
    shown = run(path, "--no-doors", "--lang", "en")
    assert "Also moved at about the same time: klachten." in shown
    assert "Watched: 5 series (last figures: December 2025)." in shown
    assert "Quiet: sa, sb, sc." in shown
    assert "sa: a change of" in run(path, "--no-doors", "--lang", "en", "--all")


def test_a_bad_note_leaves_the_others(tmp_path: Path) -> None:
    notes = tmp_path / "notes.csv"
    notes.write_text("series,on,did\nomzet,ooit,x\nomzet,2025-11-15,y\nrok,2025-11-15,z\n")
    path = table(tmp_path / "firm.csv", omzet=FELL)
    answer = run(path, "--no-doors", "--json", "--notes", str(notes))
    assert [(r["file"], r["line"], r["code"]) for r in answer["rejected"]] == [
        ("notes.csv", 2, "note_day")
    ]
    assert [(p["did"], p["verdict"]) for p in answer["posture"]] == [
        ("y", "too_early"), ("z", "no_series"),
    ]  # fmt: skip


def test_firms_are_named_where_there_are_several(tmp_path: Path) -> None:
    path = table(tmp_path / "firm.csv", omzet=FELL)
    rows = path.read_text(encoding="utf-8").splitlines()
    for firms, starts in ((["a"], "!  omzet zakt"), (["a", "b"], "!  a: omzet zakt")):
        both = [f"{f},{row}" for f in firms for row in rows[1:]]
        path.write_text("\n".join([f"firm,{rows[0]}", *both]), encoding="utf-8")
        assert run(path, "--no-doors").startswith(starts)


def test_that_figures_stopped_is_said_once(tmp_path: Path) -> None:
    path = table(tmp_path / "firm.csv", omzet=FELL, klachten=ROSE)
    shown = run(path, "--no-doors", "--as-of", "2026-11-20")
    assert shown.count("Laatste cijfer: december 2025. Dit was toen zo.") == 1
    assert shown.startswith("Laatste cijfer") and "!  omzet zakte sinds" in shown


def test_well_is_only_what_can_be_followed(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    rows = [f"2025-{m:02d};{1000 + m % 2};{m if m < 4 else ''}" for m in range(1, 13)]
    path.write_text("\n".join(["maand;omzet;klachten", *rows]), encoding="utf-8")
    assert run(path).startswith("In wat we kunnen volgen, wijkt niets af.")


@pytest.mark.parametrize(
    ("months", "says", "state"),
    [
        (3, "We weten het nog niet: er zijn te weinig cijfers.", "unknown"),
        (12, "We zien niets dat afwijkt.", "quiet"),
    ],
)
def test_of_too_few_figures_nothing_is_said_to_be_well(
    tmp_path: Path, months: int, says: str, state: str
) -> None:
    path = tmp_path / "few.csv"
    rows = [f"2025-{m:02d};{1000 + m % 2}" for m in range(1, months + 1)]
    path.write_text("\n".join(["maand;omzet", *rows]), encoding="utf-8")
    assert run(path).startswith(says)
    assert [one["state"] for one in run(path, "--json")["watched"]] == [state]
