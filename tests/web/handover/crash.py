"""Kills at every step: a worker is forked from a warm process and dies by SIGKILL at one chosen
place.

Places are the statements to the database of one operation (just before and just after each), and,
when messages are sent, before the mail server is reached and after it took the message. After
each death another worker does the operation again, as the next run of the scheduler would, and
the books are checked.

    python -m tests.web.handover.crash --kills 40        # at least so many at each operation

It uses the database of the settings (``BAKEN_DB`` or ``DATABASE_URL``): give it one of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from baken.refer.model import Kind, Who  # noqa: E402
from baken.web.handover import outbox, store  # noqa: E402
from baken.web.handover.models import EventRow, Intent, Referral  # noqa: E402
from baken.web.handover.tick import tick  # noqa: E402
from tests.web.handover.made import at, event, sent  # noqa: E402

Operation = Callable[[int], None]


def die() -> None:
    """No farewell: no rollback, no `finally`."""
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def dying_at(place: int) -> Iterator[None]:
    """Die at a place: statement ``place // 2``, before it (even) or after it (odd)."""
    seen = 0

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        mine, seen = seen, seen + 1
        if place == 2 * mine:
            die()
        result = execute(sql, params, many, context)
        if place == 2 * mine + 1:
            die()
        return result

    with connection.execute_wrapper(wrapper):
        yield


class Post:
    """What the mail server got: one line a message, in a file that outlives a worker."""

    def __init__(self, path: Path, dies: str = "") -> None:
        self.path, self.dies = path, dies

    def __call__(self, intent: Intent) -> None:
        if self.dies == "before":
            die()
        with self.path.open("a") as file:
            file.write(f"{intent.pk} {intent.message_id}\n")
        if self.dies == "after":
            die()


def in_a_worker(work: Callable[[], None]) -> bool:
    """Run in a child forked from here; whether it was killed.

    Raises :class:`AssertionError` when it ended by an error of its own.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 0
        try:
            work()
        except BaseException as e:
            print(f"worker: {type(e).__name__}: {e}", file=sys.stderr)
            code = 1
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the worker failed"
    return False


def _drain(post: Path, days: float, dies: str = "") -> None:
    outbox.drain(Post(post, dies), lambda: at(days))


def operations(post: Path) -> dict[str, tuple[Operation, Operation]]:
    """Per operation: what must stand before it, and the operation itself, for a number."""

    def before_send(n: int) -> None:
        return

    def op_send(n: int) -> None:
        sent(f"form-{n}")

    def op_accept(n: int) -> None:
        row = sent(f"form-{n}")
        store.record(row.pk, event(Kind.ACCEPTED, 1))

    def op_refuse(n: int) -> None:
        row = sent(f"form-{n}")
        store.record(row.pk, event(Kind.REFUSED, 1, reason="not_my_area"))

    def op_withdraw(n: int) -> None:
        row = sent(f"form-{n}")
        store.record(row.pk, event(Kind.WITHDRAWN, 1, by=Who.OWNER))

    def op_tick(n: int) -> None:
        tick(at(8))

    def op_expire(n: int) -> None:
        tick(at(40))

    def op_drain(n: int) -> None:
        _drain(post, 8)

    return {
        "send": (before_send, op_send),
        "accept": (op_send, op_accept),
        "refuse": (op_send, op_refuse),
        "withdraw": (op_send, op_withdraw),
        "tick": (op_send, op_tick),
        "expire": (op_send, op_expire),
        "drain": (op_send, op_drain),
    }


def run(kills: int, folder: Path) -> dict[str, Any]:
    """Kill each operation at least ``kills`` times; what was found. Raises when the books are
    wrong.
    """
    post = folder / "post.txt"
    post.touch()
    counts: Counter[str] = Counter()
    number = 0
    for trial, (name, (before, operation)) in enumerate(operations(post).items()):
        places = _places(name, operation, before, post, -1 - trial)
        while counts[name] < kills:
            place = next(places)
            number += 1
            before(number)
            dies = place if isinstance(place, str) else ""

            def work(
                place: int | str = place,
                n: int = number,
                dies: str = dies,
                op: Operation = operation,
            ) -> None:
                with ExitStack() as stack:
                    if isinstance(place, int):
                        stack.enter_context(dying_at(place))
                    if dies:
                        _drain(post, 8, dies)
                    else:
                        op(n)

            killed = in_a_worker(work)
            counts[name] += killed
            _recover(operation, number, post)
            check(post)
    _finish(post)
    return {"kills": dict(counts), **check(post), "referrals": Referral.objects.count()}


def _places(
    name: str, operation: Operation, before: Operation, post: Path, trial: int
) -> Iterator[int | str]:
    """Every place of an operation, over and over: its statements are counted once, on ``trial``."""
    before(trial)
    total = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal total
        total += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        operation(trial)
    _finish(post)
    while True:
        yield from range(2 * total)
        if name == "drain":
            yield from ("before", "after")


def _recover(operation: Operation, number: int, post: Path) -> None:
    """What the next run does: the operation again, and messages whose lease ran out."""
    operation(number)
    outbox.drain(Post(post), lambda: at(8) + outbox.LEASE + timedelta(minutes=1))


def _finish(post: Path) -> None:
    tick(at(60))
    outbox.drain(Post(post), lambda: at(61), most=100_000)


def check(post: Path) -> dict[str, int]:
    """The books: nothing lost, no state twice, doubles counted and with one identifier."""
    for row in Referral.objects.filter(ended=False).prefetch_related("events"):
        state = store.state_of(row)
        assert (row.handling, row.delivery) == (
            str(state.handling.value),
            str(state.delivery.value),
        )
    keys = EventRow.objects.values_list("referral", "key")
    assert len(keys) == len(set(keys)), "an event stands twice"
    per_form = Referral.objects.values_list("public_id", flat=True)
    assert len(per_form) == len(set(per_form)), "a form made two referrals"
    got: dict[int, list[str]] = {}
    for line in post.read_text().splitlines():
        number, identifier = line.split()
        got.setdefault(int(number), []).append(identifier)
    doubles = 0
    for intent in Intent.objects.all():
        mails = got.get(intent.pk, [])
        assert len(set(mails)) <= 1, "one message under two identifiers"
        if intent.stage == Intent.DONE:
            assert mails, "noted as sent, and never was"
        assert len(mails) - 1 <= intent.doubles, "a double that was not counted"
        doubles += max(0, len(mails) - 1)
    first_letters = Intent.objects.filter(letter="new_file").count()
    assert first_letters == Referral.objects.count(), "a referral without its message"
    return {"mails": sum(map(len, got.values())), "doubles": doubles}


def main() -> None:
    """Run it on the database of the settings and print what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    call_command("migrate", verbosity=0)
    print(json.dumps(run(args.kills, args.folder)))


if __name__ == "__main__":
    main()
