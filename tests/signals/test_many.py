"""Many firms: the same answer as in one go, over processes too; one that fails is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from baken.signals import many
from baken.signals.many import Setting, watch_many
from baken.signals.series import Rejected, Series
from baken.signals.watch import Watch, watch
from tests.signals.made import Dying, level, series

ARREARS = {"kind": "overdue-tax", "code": "9072", "at": "2025", "amount": 5000.0, "before": None,
           "unit": "EUR"}  # fmt: skip


def shop(name: str, falls_at: int) -> Series:
    """Sales of four years that fall by a third."""
    return series(
        [v * (0.67 if at >= falls_at else 1) for at, v in enumerate(level(48))], firm=name
    )


def firms(count: int) -> list[Series]:
    """Two series a firm, of which the first of every third falls; firms stand mixed up."""
    first = [shop(f"f{n}", 48 if n % 3 else 30 + n % 5) for n in range(count)]
    return [*first, *(series([5, 6, 5, 7] * 12, id="cash", firm=f"f{n}") for n in range(count))]


@pytest.mark.parametrize(("workers", "per_firm"), [(1, False), (1, True), (2, True)])
def test_the_answer_is_that_of_one_go(
    workers: int, per_firm: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "FIRMS", 3)
    aside = [Rejected("a.csv", 3, "no number")]
    lights: list[dict[str, Any]] = [{**ARREARS, "firm": "f4"}, {**ARREARS, "firm": "other"}]
    told: list[tuple[int, int]] = []
    whole = watch(firms(8), aside, lights=lights, per_firm=per_firm)
    found = watch_many(
        firms(8), aside, lights=lights, setting=Setting(per_firm=per_firm), workers=workers,
        progress=lambda *now: told.append(now),
    )  # fmt: skip
    assert found.as_json() == whole.as_json()
    assert list(found.facts) == list(whole.facts)
    assert told == [(3, 9), (6, 9), (9, 9)]
    assert found.alarms


def test_a_firm_on_which_the_judge_fails_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A series whose values are no numbers stands for a fault of ours."""
    monkeypatch.setattr(many, "FIRMS", 3)
    some = firms(8)
    some[4] = replace(some[4], values=("x",) * 48)  # type: ignore[arg-type]
    found = watch_many(some)
    (why,) = found.rejected
    assert (why.file, why.line) == ("f4", None)
    assert why.why.startswith("Baken failed on the figures of this firm (")
    rest = [s for s in some if s.firm != "f4"]
    assert [j.series for j in found.judged] == rest
    assert found.as_json()["alarms"] == watch(rest).as_json()["alarms"]


def test_a_worker_that_dies_costs_time_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "ProcessPoolExecutor", Dying)
    monkeypatch.setattr(many, "FIRMS", 2)
    assert watch_many(firms(5), workers=2).as_json() == watch(firms(5)).as_json()


def test_nothing_is_an_answer_too() -> None:
    assert watch_many([]).as_json() == Watch([]).as_json()
