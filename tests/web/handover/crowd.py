"""Many at once: workers forked from a warm process send, say, tick and drain at the same moment.

    python -m tests.web.handover.crowd --workers 8 --folder FOLDER

Each worker does the same things to the same forms, as double clicks, two tabs and two schedulers
would. Afterwards each form made one referral, each event happened once and each mail went once. An
hour that all of them choose at one moment is given to one, and what clocks and owners move at one
moment stands at one next door.
It uses the database of the settings: give it one of its own.
"""

from __future__ import annotations

import argparse
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
django.setup()

from baken.kernel.errors import BakenError  # noqa: E402
from baken.refer.hours import parse  # noqa: E402
from baken.refer.model import BRUSSELS, Kind, Who  # noqa: E402
from baken.web.handover import onward, slots, store  # noqa: E402
from baken.web.handover.models import EventRow, Intent, Receiver, Referral  # noqa: E402
from baken.web.handover.tick import tick  # noqa: E402
from tests.web.handover.audit import check, drain, whole  # noqa: E402
from tests.web.handover.made import at, event, receiver, sent  # noqa: E402
from tests.web.handover.postbox import kept  # noqa: E402
from tests.web.handover.workers import site, together  # noqa: E402

FORMS = 12
HOUR = datetime(2026, 3, 3, 9, tzinfo=BRUSSELS)
"""The only hour that is offered: the day after the Monday of ``made``."""


def _everything() -> None:
    """All of it, by clocks that differ by some seconds."""
    apart = timedelta(seconds=os.getpid() % 7)
    for n in range(FORMS):
        row = sent(f"form-{n}")
        store.record(row.pk, event(Kind.TRIED, 1, key="one click"))
    tick(at(9))
    drain(at(9) + apart)


def _one_hour(winner: Path) -> None:
    """A firm of its own in each worker, all after the same hour."""
    try:
        sent(f"hour-{os.getpid()}", "huis-van-uren", slot=HOUR)
    except BakenError as e:
        assert e.path == "slot", e
    else:
        with winner.open("a") as file:
            file.write(f"{os.getpid()}\n")


def race(workers: int, folder: Path) -> int:
    """Let each worker choose the same hour; how many got one. Raises when it was not one."""
    slots.replace(receiver("huis-van-uren"), parse("tue 09:00-09:30"))
    winner = folder / "hour.txt"
    together(workers, lambda: _one_hour(winner))
    rows = Referral.objects.filter(receiver__record_id="huis-van-uren")
    (row,) = rows
    assert row.slot_at == HOUR
    winners = len(winner.read_text().split())
    rows.get().delete()
    return winners


def _to_the_next_door() -> None:
    """The clock in each worker, and the owner's button just before it in every second one."""
    to, now = Receiver.objects.get(record_id="tweede-huis"), at(10)
    if os.getpid() % 2:
        for row in Referral.objects.filter(alternative=to.record_id):
            order = onward.order_to(row, to, Who.OWNER, "page", now)
            store.move(order, now, onward.key_after(row))
    tick(now)


def moved(workers: int) -> int:
    """Let the clocks and owners move questions at one moment; how many stand at the next door.
    Raises when one stands there twice or not at all.
    """
    receiver("tweede-huis")
    rows = [sent(f"move-{n}", alternative="tweede-huis", may_pass_on=True) for n in range(FORMS)]
    together(workers, _to_the_next_door)
    assert [row.next.count() for row in rows] == [1] * FORMS
    assert not Referral.objects.filter(pk__in=[row.pk for row in rows], ended=False).exists()
    return Referral.objects.filter(receiver__record_id="tweede-huis").count()


def run(workers: int, box: Path) -> dict[str, int]:
    """Let them; what is there afterwards. Raises when something happened twice or not at all."""
    receiver()
    together(workers, _everything)
    drain(at(10))
    assert Referral.objects.count() == FORMS
    for kind, count in (("sent", FORMS), ("tried", FORMS), ("step", 2 * FORMS)):
        assert EventRow.objects.filter(kind=kind).count() == count, kind
    got = kept(box)
    for row in Referral.objects.all():
        assert check(row, got) == 0, "a mail went twice though nobody died"
    whole(got)
    return {
        "referrals": FORMS,
        "mails": sum(map(len, got.values())),
        "intents": Intent.objects.exclude(letter="sent").count(),  # "tried" came before it went
    }


def main() -> None:
    """Run it on the database of the settings and print what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    with site(args.folder) as box:
        winners = race(args.workers, args.folder)
        found = run(args.workers, box)
        print(json.dumps({**found, "hours_given": winners, "moved": moved(args.workers)}))


if __name__ == "__main__":
    main()
