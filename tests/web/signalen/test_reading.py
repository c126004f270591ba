"""How far a reading is, what happens when it fails, and files that were handed in before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baken.signals.demo import Plan, documents
from baken.signals.intake import take
from baken.signals.read.store import Progress
from baken.web.signalen import keep, reading
from baken.web.signalen.models import Deposit
from baken.web.signalen.twins import without_twins
from tests.web.signalen.conftest import MONTHS, Owner, table, upload


class Slow:
    """A reader that has done 12 of 40 and goes on when it is told to."""

    def __init__(self) -> None:
        self.go, self.begun, self.fails = threading.Event(), threading.Event(), False

    def __call__(self, *args: Any, progress: Any, **named: Any) -> Any:
        progress(Progress(done=12, total=40))
        self.begun.set()
        self.go.wait(20)
        if self.fails:
            raise RuntimeError("20000 van geheim.csv")
        return take(*args, progress=progress, **named)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    found = Slow()
    monkeypatch.setattr("baken.web.signalen.shelf.take", found)
    monkeypatch.setattr(reading, "WAIT", 0.2)
    monkeypatch.setattr(reading, "EVERY", 0.0)
    yield found
    found.go.set()
    ended()


def ended() -> None:
    """All readings of this process are over."""
    for thread in threading.enumerate():
        if thread.name == "reading":
            thread.join(20)


def test_how_far_it_is_without_a_script(owner: Owner, slow: Slow) -> None:
    owner.give(table(0.4))
    assert "We lezen je bestanden" in owner.page
    owner.go()
    assert "12 van 40 gelezen." in owner.page and 'value="30"' in owner.page
    assert "script-src 'self'" in owner.response["Content-Security-Policy"]
    owner.go(step="progress")
    assert owner.response.json() == {"done": 12, "total": 40}
    slow.go.set()
    ended()
    owner.go(step="progress")
    assert owner.response.json() == {"ready": True}
    assert "zakt sinds" in owner.go()


def test_wiped_while_it_is_read(owner: Owner, slow: Slow, figures: Path) -> None:
    owner.give(table(0.4))
    keep.wipe(Deposit.objects.get())
    slow.go.set()
    ended()
    assert not any(figures.iterdir())


def test_one_that_fails_is_said_once_and_leaves_nothing(
    owner: Owner, slow: Slow, figures: Path, caplog: pytest.LogCaptureFixture
) -> None:
    owner.give(table(0.4))
    slow.fails = True
    slow.go.set()
    ended()
    owner.go()
    assert owner.status == 500
    assert "Het lezen liep mis" in owner.page
    assert not Deposit.objects.exists() and not any(figures.iterdir())
    assert "geheim" not in caplog.text + owner.page


def test_one_whose_process_died_is_begun_again(owner: Owner, monkeypatch: Any) -> None:
    owner.give(table(0.4), keep="1")
    deposit = Deposit.objects.get()
    (keep.home(deposit) / reading.SHELF).unlink()
    keep.write_json(deposit, reading.STATE, {"done": 1, "total": 9})
    monkeypatch.setattr(reading, "WAIT", 0.0)
    assert "1 van 9 gelezen" in owner.go()
    monkeypatch.setattr(reading, "DEAD", 0.0)
    monkeypatch.setattr(reading, "WAIT", 20.0)
    assert "zakt sinds" in owner.go()


def test_the_same_file_twice_counts_once(owner: Owner) -> None:
    owner.give(table(0.4), table(0.4, "kopie.csv"))
    assert owner.page.count("<article") == 1
    assert "omzet.csv kregen we al. We telden het één keer." in owner.page
    assert "(kopie)" not in owner.page


def test_next_month_the_same_table_with_a_row_more(owner: Owner) -> None:
    """It takes the place of the one before, and is no second series."""
    rows = [f"{m};{1000 + 7 * i % 50}" for i, m in enumerate(MONTHS)]
    first, later = ("\n".join(["maand;omzet", *rows[:n]]) for n in (30, 36))
    owner.give(upload(first, "omzet.csv"), keep="1")
    assert "Je cijfers gaan tot en met juni 2025." in owner.page
    owner.site.post("/signalen", {"code": owner.code, "files": upload(later, "Omzet.csv")})
    owner.go()
    assert "Je cijfers gaan tot en met december 2025." in owner.page
    assert "Omzet.csv kwam in de plaats van het vorige bestand" in owner.page
    assert "(Omzet)" not in owner.page


def test_invoices_of_one_name_are_all_kept(tmp_path: Path) -> None:
    """An export that is called facturen.zip each month holds another month."""
    here, came = tmp_path / "here", tmp_path / "came"
    for folder in (here, came):
        folder.mkdir()
    (here / "facturen.zip").write_bytes(b"juni")
    (came / "facturen.zip").write_bytes(b"juli, en meer")
    (here / "omzet.csv").write_bytes(b"a;b")
    (came / "omzet.csv").write_bytes(b"a")
    (came / "nog.csv").write_bytes(b"a;b")
    assert without_twins(came, here) == [["twice", "nog.csv"]]
    assert sorted(p.name for p in came.iterdir()) == ["facturen.zip", "omzet.csv"]
    assert sorted(p.name for p in here.iterdir()) == ["facturen.zip", "omzet.csv"]


def test_progress_of_real_invoices(tmp_path: Path) -> None:
    """The reader itself tells of how many it has done how many."""
    told: list[tuple[int, int]] = []
    for name, data in list(documents(Plan(months=4)))[:30]:
        (tmp_path / name).write_bytes(data)
    take([tmp_path], date(2026, 1, 1), progress=lambda p: told.append((p.done, p.total)))
    assert told[-1] == (30, 30)
