"""What lasts and still moves is told so; what came to stand at a new level stayed so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from baken.cli.app import app
from baken.signals.detect.quiet import without_season
from baken.signals.lasting import Lasting, lasting
from baken.signals.letter import write
from baken.signals.moving import still_moves, trend
from baken.signals.series import Bad, Series
from baken.signals.watch import watch

N = 46
AT = np.arange(N)
PERIODS = tuple(f"{(at + 24276) // 12}-{(at + 24276) % 12 + 1:02d}" for at in AT)
"""46 months up to October 2026."""
LINE, GEOMETRIC = 30_000.0 - 240 * AT, 30_000 * 0.985**AT
LATER = 30_000.0 - 300 * np.maximum(0, AT - 20)
STEP, SMALL_STEP = (np.where(AT < 20, 30_000.0, to) for to in (21_000.0, 26_500.0))
LATE_STEP = np.where(AT < 32, 30_000.0, 21_000.0)
RESTED = 30_000.0 - 800 * np.clip(AT - 10, 0, 12)
SUMMER = 1 + 0.25 * np.sin(2 * np.pi * AT / 12)


def noisy(shape: np.ndarray, seed: int) -> np.ndarray:
    return shape + np.random.default_rng(seed).normal(0, 900, N)


def made(
    shape: np.ndarray, seed: int, name: str = "Omzet", bad: Bad = "down", firm: str = ""
) -> Series:
    values = tuple(float(v) for v in noisy(shape, seed))
    return Series(name.casefold(), PERIODS, values, bad, "money", name=name, firm=firm)


def told(*every: Series) -> list[Lasting]:
    judged = watch(every, look_back=False).judged
    return lasting([(j.series, j.alarms) for j in judged])


def share(shapes: list[np.ndarray], count: int) -> float:
    """Of series of some shapes that are told of: how many are said to move still."""
    shown = [shapes[seed % len(shapes)] for seed in range(count)]
    found = told(*(made(s, seed, firm=str(seed)) for seed, s in enumerate(shown)))
    assert len(found) > count / 2
    return sum(one.moving for one in found) / len(found)


def test_slow_slopes_are_said_to_go_on() -> None:
    """By as much a month, by a share a month, and from some month on."""
    assert share([LINE, GEOMETRIC, LATER], 200) >= 0.8


def test_steps_that_stayed_are_not() -> None:
    assert share([STEP, SMALL_STEP, LATE_STEP, STEP * SUMMER], 200) <= 0.05


def test_a_slide_that_came_to_rest_two_years_ago_is_not() -> None:
    assert share([RESTED], 50) <= 0.1


SAYS = {
    "nl": "Omzet zakt al sinds {nl}, en is nu ongeveer {pct} % lager dan toen het begon."
    " Het zakt nog.",
    "en": "Omzet has been falling since {en}, by about {pct} % so far. The fall goes on.",
    "fr": "Omzet : en baisse depuis {fr}, environ {pct} % plus bas qu'au début."
    " La baisse continue.",
}


def sinking() -> Series:
    return made(LINE, 11)


def test_what_still_sinks_is_told_in_three_languages() -> None:
    (one,) = told(sinking())
    assert one.moving and one.as_json()["moving"] is True
    words = {"nl": "maart 2023", "en": "March 2023", "fr": "mars 2023"}
    for lang, says in SAYS.items():
        assert one.says[lang] == says.format(**words, pct=abs(round(100 * (one.size or 0))))


@pytest.mark.parametrize(("name", "are", "rise"), [("Kosten", "zijn", "stijgen"),
                                                   ("Uitval", "is", "stijgt")])  # fmt: skip
def test_what_still_rises_is_told_alike(name: str, are: str, rise: str) -> None:
    (one,) = told(made(20_000.0 + 300 * np.maximum(0, AT - 12), 3, name, "up"))
    assert one.says["nl"].startswith(f"{name} {rise} al sinds ")
    assert f", en {are} nu ongeveer " in one.says["nl"]
    assert one.says["nl"].endswith(" % hoger dan toen het begon. Het stijgt nog.")


def test_a_step_keeps_its_words() -> None:
    (one,) = told(made(STEP, 1))
    assert one.as_json()["moving"] is False
    assert one.says["nl"].endswith(" % lager dan vroeger, en dat bleef zo.")


def test_the_letter_does_not_call_it_no_news() -> None:
    letter = write(watch([sinking()]), date(2026, 10, 31))
    said = " ".join(letter.text.split())
    assert "Dit begon al langer geleden, en het gaat nog verder: * Omzet zakt al sinds " in said
    assert "nog zo" not in said and "niets nieuws" not in letter.subject + said
    assert letter.subject.endswith("iets dat al langer bezig is, gaat nog verder")


def test_the_command_neither(tmp_path: Path) -> None:
    path = tmp_path / "omzet.csv"
    rows = [f"{p};{v:.0f}" for p, v in zip(PERIODS, sinking().values, strict=True)]
    path.write_text("\n".join(["Maand;Omzet", *rows]), encoding="utf-8")
    ask = ["watch", str(path), "--as-of", "2026-10-31", "--no-doors", "--lang", "nl"]
    shown = CliRunner().invoke(app, ask).output
    assert "Dit begon al langer geleden, en het gaat nog verder:\n ~ Omzet zakt al sinds" in shown
    assert "bleef zo" not in shown and "niets nieuws" not in shown
    (only,) = json.loads(CliRunner().invoke(app, [*ask, "--json"]).output)["lasting"]
    assert only["moving"] is True


def test_the_score_of_kendall_and_the_slope_of_sen() -> None:
    """Ten values that only rise: S = 45, of variance 125, so z = 44 / 11.18; ties lower it."""
    chance, slope = trend(np.arange(10.0) * 3, 1)
    assert chance == pytest.approx(8.3e-5, rel=0.01) and slope == 3.0
    chance, slope = trend(np.array([1.0, 1, 1, 1, 1, 1]), 1)
    assert (chance, slope) == (1.0, 0.0)
    months = np.tile(np.arange(12.0) * 100, 3) - np.arange(36.0)
    assert trend(months, 12)[1] == -1.0


def test_a_season_is_taken_out_only_where_there_is_one() -> None:
    flat = noisy(np.full(N, 30_000.0), 5)
    assert without_season(flat, 12) is flat
    swings = noisy(30_000 * SUMMER, 5)
    plain = without_season(swings, 12)
    assert np.std(plain) < 0.25 * np.std(swings)
    few = swings[:35]
    assert without_season(few, 12) is few


def test_too_few_values_and_holes_tell_of_no_move() -> None:
    """Under two years since the change, and under three in all: a season would look like it."""
    values: list[float | None] = [*[100.0] * 14, *(90.0 - at for at in range(16))]
    assert not still_moves(values, 14, -0.2, 12, 12)
    assert still_moves(values, 14, -0.2, 1, 12)
    assert not still_moves([None] * 14 + values[14:], 14, -0.2, 1, 12)
    assert not still_moves([*values[:14], *[None] * 16], 14, -0.2, 1, 12)
