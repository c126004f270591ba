"""Of when an alarm speaks: its figures are of now while it stands, and of then when replayed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.signals.alarms import Alarm, light_alarm, limit_alarm, size_pct
from baken.signals.detect.limits import Crossing
from baken.signals.series import Series
from baken.signals.watch import Watch, watch
from tests.signals.made import level, months, series

COUNT = 48


def falling(after: list[float], noise: float = 0.02) -> Series:
    """Sales that are told to fall, and go on so: shares of what was, a month each, at the end."""
    values = level(COUNT, noise=noise)
    values[-len(after) :] *= after
    return series(values)


def last(found: Watch) -> Alarm:
    """The alarm that came last."""
    return max(found.alarms, key=lambda a: a.detected)


@pytest.mark.parametrize(
    ("name", "after", "then", "now"),
    [
        ("it stays", [0.8, 0.8, 0.8, 0.8], 20, 20),
        ("it gets worse", [0.85, 0.85, 0.7, 0.6, 0.6, 0.6], 15, 35),
        ("it gets better", [0.7, 0.7, 0.7, 0.9, 0.88, 0.89], 30, 20),
    ],
)
def test_an_alarm_that_stands_tells_how_much_it_is_by_now(
    name: str, after: list[float], then: int, now: int
) -> None:
    one = falling(after)
    for replay, pct in ((False, now), (True, then)):
        alarm = last(watch([one], look_back=False, replay=replay))
        assert alarm.cleared is None, name
        assert alarm.size == pytest.approx(-pct / 100, abs=0.035), (name, replay)
        assert f"ongeveer {abs(100 * alarm.size):.0f} %" in alarm.says["nl"]
        assert "Dat cijfer is van" not in alarm.says["nl"]


def test_the_figures_beside_it_go_on_till_now() -> None:
    one = falling([0.7] * 5)
    seen, now = (last(watch([one], look_back=False, replay=r)) for r in (True, False))
    assert seen.evidence[-1]["period"] == seen.detected
    assert now.evidence[-1]["period"] == months(COUNT)[-1]


def test_what_is_over_tells_of_which_month_its_figure_is() -> None:
    (alarm,) = watch([falling([0.7] * 14)], look_back=False).alarms
    assert alarm.cleared is not None
    for lang, words in (("nl", "Dat cijfer is van december"), ("en", "figure is from December"),
                        ("fr", "Ce chiffre date de décembre")):  # fmt: skip
        assert words in alarm.says[lang]
    (then,) = watch([falling([0.7] * 14)], look_back=False, replay=True).alarms
    assert "Dat cijfer" not in then.says["nl"] and then.size == alarm.size


def test_a_replay_speaks_in_the_words_of_that_month_though_the_figures_stopped() -> None:
    one, day = falling([0.7] * 5), date(2028, 1, 31)
    assert "Dit was toen zo" in watch([one], as_of=day).alarms[0].says["nl"]
    says = watch([one], as_of=day, replay=True).alarms[0].says
    assert says["nl"].startswith("Verkoop zakt sinds")
    assert says["en"].startswith("Sales have been down")


@pytest.mark.parametrize(
    ("share", "noise", "words"),
    [
        (0.985, 0.001, "Verkoop zakt een beetje sinds"),
        (0.96, 0.003, "Verkoop zakt sinds"),
        (0.995, 0.0005, None),
    ],
)
def test_a_little_is_told_as_a_little_and_less_than_rounding_not(
    share: float, noise: float, words: str | None
) -> None:
    alarms = watch([falling([share] * 5, noise)], look_back=False).alarms
    assert [a.severity for a in alarms] == ([] if words is None else ["amber"])
    assert all(a.says["nl"].startswith(str(words)) for a in alarms)


@pytest.mark.parametrize(
    ("options", "as_of"), [([], "2025-12-31"), (["--as-of", "2026-03-15"], "2026-03-15")]
)
def test_what_is_asked_is_asked_as_of_the_figures(
    tmp_path: Path, options: list[str], as_of: str
) -> None:
    rows = zip(months(COUNT), level(COUNT) * np.where(np.arange(COUNT) > 43, 0.6, 1), strict=True)
    table = tmp_path / "sales.csv"
    table.write_text("series,period,value\n" + "".join(f"omzet,{p},{v:.0f}\n" for p, v in rows))
    told = CliRunner().invoke(app, ["watch", str(table), "--json", "--no-doors", *options])
    alarms = json.loads(told.stdout)["alarms"]
    assert alarms and {a["query"]["as_of"] for a in alarms} == {as_of}


def test_a_replay_tells_alarms_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    values = level(COUNT, noise=0.02)
    values[20:30] *= 0.6
    values[40:] *= 0.5
    rows = (f"{m},{v:.0f}\n" for m, v in zip(months(COUNT), values, strict=True))
    (tmp_path / "a.csv").write_text("maand,omzet\n" + "".join(rows))
    args = ["watch", str(tmp_path / "a.csv"), "--no-doors", "--json", "--replay"]
    came = [a["detected_at"] for a in json.loads(CliRunner().invoke(app, args).stdout)["alarms"]]
    assert len(came) > 1 and came == sorted(came)


@pytest.mark.parametrize(
    ("size", "pct"), [(-0.184, -18.4), (0.5, 50.0), (69.0, None), (10.0, None), (None, None)]
)
def test_a_size_beside_next_to_nothing_has_no_percentage(
    size: float | None, pct: float | None
) -> None:
    assert size_pct(size) == pct


@pytest.mark.parametrize(
    ("one", "as_of", "nl", "en", "fr"),
    [
        # annual accounts are of a closed year
        (
            Series("equity", ("2023", "2024"), (5.0, -300.0), frequency="year"),
            date(2026, 11, 26),
            "Eind 2024 was je eigen vermogen",
            "At the end of 2024 your equity was",
            "Fin 2024, vos capitaux propres étaient",
        ),
        # months that stopped long ago, and months of now
        (
            Series("cash", ("2024-11", "2024-12"), (500.0, -300.0), frequency="month"),
            date(2026, 11, 26),
            "was -300 euro in december 2024. Dat was onder nul",
            "That was below zero",
            "C'était sous zéro",
        ),
        (
            Series("cash", ("2026-09", "2026-10"), (500.0, -300.0), frequency="month"),
            date(2026, 11, 26),
            "is -300 euro in oktober 2026. Dat is onder nul",
            "That is below zero",
            "C'est sous zéro",
        ),
    ],
)
def test_a_limit_of_a_closed_year_is_told_as_of_then(
    one: Series, as_of: date, nl: str, en: str, fr: str
) -> None:
    says = limit_alarm(one, Crossing(1, None, -300.0), as_of).says
    for lang, words in (("nl", nl), ("en", en), ("fr", fr)):
        assert words in says[lang], says[lang]


def test_arrears_are_told_with_the_year_of_the_accounts() -> None:
    light = {"kind": "overdue-tax", "firm": "", "at": "2025", "amount": 12_500.0, "before": 0.0}
    says = light_alarm(light).says
    assert says["nl"].startswith("In je jaarrekening van 2025 stond")
    assert says["en"].startswith("Your accounts of 2025 showed")
    assert says["fr"].startswith("Vos comptes de 2025 montraient")
