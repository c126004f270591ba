"""Kills at every step: a worker is forked from a warm process and dies by SIGKILL at one chosen
place.

A step is an operation of the handover (send, accept, ..., tick, drain). Its places are the
statements to the database, just before and just after each, and the answers of the mail server,
just before and just after each is read. After each death another worker does the operation again,
as the owner, the receiver or the next run of the scheduler would, and the books are checked.

    python -m tests.web.handover.crash --kills 40 --folder FOLDER    # so many at each step
    ... --every-place    # and one at each of its places

It uses the database of the settings (``BAKEN_DB`` or ``DATABASE_URL``): give it one of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402

from baken.refer.hours import HALF_HOUR, WEEKDAYS, parse  # noqa: E402
from baken.refer.model import BRUSSELS, Kind, Outcome, Who  # noqa: E402
from baken.web.desk import passing  # noqa: E402
from baken.web.desk.models import Member  # noqa: E402
from baken.web.handover import (  # noqa: E402
    bounces,
    ceased,
    mended,
    onward,
    question,
    slots,
    store,
)
from baken.web.handover.models import EventRow, Intent, Receiver, Referral  # noqa: E402
from baken.web.handover.tick import tick  # noqa: E402
from tests.refer.reports import report  # noqa: E402
from tests.web.desk.made import member  # noqa: E402
from tests.web.handover.audit import check, drain, settle, whole  # noqa: E402
from tests.web.handover.made import MONDAY, at, event, receiver, sent  # noqa: E402
from tests.web.handover.postbox import at_each_reply, kept  # noqa: E402
from tests.web.handover.workers import in_a_worker, site  # noqa: E402

Operation = Callable[[int], None]
SAID: dict[str, tuple[Kind, Who, dict[str, Any]]] = {
    "seen": (Kind.SEEN, Who.RECEIVER, {}),
    "accept": (Kind.ACCEPTED, Who.RECEIVER, {}),
    "full": (Kind.FULL, Who.RECEIVER, {"until": date(2026, 3, 20)}),
    "tried": (Kind.TRIED, Who.RECEIVER, {}),
    "refuse": (Kind.REFUSED, Who.RECEIVER, {"reason": "not_my_area"}),
    "contact": (Kind.CONTACT, Who.RECEIVER, {}),
    "deny": (Kind.NO_CONTACT, Who.OWNER, {}),
    "outcome": (Kind.OUTCOME, Who.OWNER, {"outcome": Outcome.HELPED}),
    "close": (Kind.CLOSED, Who.RECEIVER, {}),
    "withdraw": (Kind.WITHDRAWN, Who.OWNER, {}),
    "reach": (Kind.REACH, Who.OWNER, {}),
    "no next": (Kind.NO_NEXT, Who.OWNER, {}),
}
"""What a side says, and by whom: each is a step."""
JUMP = timedelta(days=300)


def die() -> None:
    """No farewell: no rollback, no `finally`."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Places:
    """Counts the places that a piece of work passes; at the chosen one the process dies."""

    chosen: int | None = None
    passed: int = 0

    def step(self) -> None:
        """One place passed."""
        if self.passed == self.chosen:
            die()
        self.passed += 1

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Pass a place around each statement and each answer of the mail server."""

        def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            self.step()
            result = execute(sql, params, many, context)
            self.step()
            return result

        with connection.execute_wrapper(statement), at_each_reply(self.step):
            yield


def _say(name: str) -> Operation:
    kind, by, more = SAID[name]

    def operation(n: int) -> None:
        row = sent(f"form-{n}")
        if kind in (Kind.OUTCOME, Kind.NO_CONTACT):
            store.record(row.pk, event(Kind.CONTACT, 1))
        store.record(row.pk, event(kind, 1, by=by, **more))

    return operation


def _send_with_hour(n: int) -> None:
    """A form that chose an hour of its own: after the death it has just that one."""
    assert sent(f"form-{n}", "huis-van-uren", slot=_hour(n)).slot_at == _hour(n)


def _choose_an_hour(n: int) -> None:
    store.choose(sent(f"form-{n}", "huis-van-uren").pk, _hour(n), MONDAY)


def _hour(n: int) -> datetime:
    return datetime(2026, 3, 3 + n % 4, 6, tzinfo=BRUSSELS) + n // 4 % 32 * HALF_HOUR


def _passed_on(days: float) -> Operation:
    def operation(n: int) -> None:
        tick(at(days))
        assert sent(f"form-{n}").next.count() == 1, "it did not go on, or twice"

    return operation


def _taken_along(n: int) -> None:
    """By the owner's button."""
    row, other = sent(f"form-{n}"), receiver("tweede-huis")
    store.move(onward.order_to(row, other, Who.OWNER, "page", at(6)), at(6), onward.key_after(row))
    assert row.next.count() == 1, "it did not go along, or twice"


def _handed_on(n: int) -> None:
    row = sent(f"form-{n}")
    form = {"why": "other", "to": "tweede-huis"}
    passing.pass_on(Member.objects.get(), row.public_id, form, at(1))
    assert row.next.count() == 1, "it was not handed on, or twice"


def _wiped(n: int) -> None:
    question.wipe(sent(f"form-{n}"), at(1))


def _gone(n: int) -> None:
    row = sent(f"form-{n}", "huis-dat-stopt")
    ceased.shut(row.receiver, at(1))
    assert row.next.count() == 1, "it did not go on, or twice"


def _mended(n: int) -> None:
    house = receiver("huis-dat-verhuist")
    Receiver.objects.filter(pk=house.pk).update(address=f"nieuw-{n}@ontvanger.example")
    mended.send_all_again(receiver("huis-dat-verhuist"), at(2))


def _came_back(n: int) -> None:
    """A report of the form's first letter, as often as the mail server sends it."""
    _return(sent(f"form-{n}"))


def _return(row: Referral) -> None:
    first = row.intents.filter(letter="new_file").order_by("pk").first()
    assert first is not None
    mark = first.message_id.removesuffix("@baken")
    bounces.take([report(returned=f"Message-ID: <{mark}@baken>")], at(1))


OPERATIONS: dict[str, Operation] = {
    "send": lambda n: void(sent(f"form-{n}")),
    "send with an hour": _send_with_hour,
    **{name: _say(name) for name in SAID},
    "tick": lambda n: void(tick(at(8))),
    "expire": lambda n: void(tick(at(40))),
    "choose an hour": _choose_an_hour,
    "come back": _came_back,
    "pass on": _passed_on(10),
    "pass on late": _passed_on(40),
    "take along": _taken_along,
    "hand on": _handed_on,
    "wipe": _wiped,
    "cease": _gone,
    "send again": _mended,
    "drain": lambda n: drain(at(8)),
}


def void(_: object) -> None:
    """What was done is enough."""


@dataclass
class Found:
    """What a run did: kills and places per step; what was there, in all."""

    kills: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    referrals: int = 0
    mails: int = 0
    doubles: int = 0
    doubles_counted: int = 0
    happened: set[str] = field(default_factory=set)

    def close(self, box: Path) -> None:
        """Let all come to its end, check all books, and begin new ones: here it is the same day
        again and again, and what waits for the letter of a day would wait longer with each trial.
        """
        settle(at(60))
        mails = kept(box)
        self.doubles += sum(check(row, mails) for row in Referral.objects.all())
        whole(mails)
        self.referrals += Referral.objects.count()
        self.mails += sum(map(len, mails.values()))
        self.doubles_counted += Intent.objects.aggregate(n=Sum("doubles"))["n"]
        self.happened |= set(EventRow.objects.values_list("kind", flat=True))
        Intent.objects.all().delete()
        Referral.objects.all().delete()
        box.write_text("")


def run(kills: int, box: Path, every: bool = False) -> dict[str, Any]:
    """Kill each step ``kills`` times, or as often as it has places where it has more (``every``);
    what was found. Raises when the books are wrong.
    """
    found, number = Found(), 0
    receiver()
    member("adviser", "huis-van-raad")
    every_day = "|".join(f"{day} 06:00-22:00" for day in WEEKDAYS)
    slots.replace(receiver("huis-van-uren"), parse(every_day))
    for name, operation in OPERATIONS.items():
        number += 1
        found.places[name] = total = _count(name, operation, number)
        trials = max(kills, total) if every else kills
        for trial in range(trials):
            number += 1
            _prepare(name, number)
            places = Places(trial % total if trials >= total else trial * total // trials)

            def work(n: int = number, places: Places = places, op: Operation = operation) -> None:
                with places.watched():
                    op(n)

            killed = in_a_worker(work)
            assert killed, f"{name}: place {places.chosen} of {total} was never reached"
            found.kills[name] = found.kills.get(name, 0) + 1
            _next_run(name, operation, number)
            check(Referral.objects.order_by("pk").last(), kept(box))
        found.close(box)
    return {**asdict(found), "happened": sorted(found.happened)}


def _prepare(name: str, number: int) -> None:
    if name == "come back":
        sent(f"form-{number}")
        drain(at(0.1))
    elif name.startswith("pass on"):
        receiver("tweede-huis")
        sent(f"form-{number}", alternative="tweede-huis", may_pass_on=True)
    elif name == "hand on":
        receiver("tweede-huis")
        sent(f"form-{number}", may_pass_on=True)
    elif name == "cease":
        receiver("tweede-huis")
        sent(f"form-{number}", "huis-dat-stopt", alternative="tweede-huis", may_pass_on=True)
    elif name == "send again":
        row = sent(f"form-{number}", "huis-dat-verhuist")
        drain(at(0.1))
        _return(row)
    elif name == "choose an hour":
        sent(f"form-{number}", "huis-van-uren")
    elif not name.startswith("send"):
        sent(f"form-{number}")


def _count(name: str, operation: Operation, number: int) -> int:
    """How many places a step has, by doing it once without dying."""
    _prepare(name, number)
    places = Places()
    with places.watched():
        operation(number)
    settle(at(9))
    return places.passed


def _next_run(name: str, operation: Operation, number: int) -> None:
    """What comes after a death: who was cut off tries again; then the scheduler, three days late:
    its outbox every third time on a clock that is wrong by 300 days (too early or too late), its
    steps every third time on one that is 300 days too early, and then right again; last, what waits
    for another day.
    """
    operation(number)
    if number % 3 == 0:
        drain(at(8) + JUMP if number % 2 else at(8) - JUMP)
    tick(at(8) - JUMP if number % 3 == 1 else at(11))
    drain(at(11))
    tick(at(11))
    drain(at(11))
    drain(at(15))


def main() -> None:
    """Run it on the database of the settings and print what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--every-place", action="store_true")
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    with site(args.folder) as box:
        print(json.dumps(run(args.kills, box, args.every_place)))


if __name__ == "__main__":
    main()
