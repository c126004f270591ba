"""The copy for lists that stands beside a referral is what its events say, whatever happened."""

from __future__ import annotations

import importlib
from itertools import count
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baken.kernel.errors import BakenError
from baken.refer.hours import parse
from baken.refer.listed import listed
from baken.refer.model import Kind, Outcome, Who
from baken.refer.states import MAY_SAY
from baken.web.handover import slots, store
from baken.web.handover.models import Referral
from baken.web.handover.tick import tick
from tests.web.handover.made import at, event, receiver, sent

pytestmark = pytest.mark.django_db
SAID = [
    (str(kind), who)
    for kind, sides in MAY_SAY.items()
    if kind not in (Kind.SENT, Kind.STEP)
    for who in sorted(sides)
]
OTHER = [(what, Who.SYSTEM) for what in ("tick", "hour", "wipe")]
NUMBERS = count()


def told(row: Referral) -> tuple[dict[str, object], dict[str, object]]:
    """The copy as it stands, and as the events say."""
    row.refresh_from_db()
    says = vars(listed(store.state_of(row)))
    return {name: getattr(row, name) for name in says}, says


def happen(row: Referral, what: str, day: float, who: Who) -> None:
    """Let something happen, where it can."""
    try:
        match what:
            case "tick":
                tick(at(day))
            case "hour":
                free = slots.free(row.receiver, at(day))
                store.choose(row.pk, free[0], at(day))
            case "wipe":
                store.wipe(row.pk, at(day))
            case _:
                more = {"reason": "other", "until": at(day + 9).date(), "outcome": Outcome.PARTLY}
                store.record(row.pk, event(Kind(what), day, who, **more))
    except (BakenError, IndexError):
        return


@given(
    st.lists(
        st.tuples(st.sampled_from([*OTHER, *SAID]), st.integers(0, 12)),
        max_size=8,
    )
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_after_any_sequence_the_copy_is_what_the_events_say(
    said: list[tuple[tuple[str, Who], int]],
) -> None:
    slots.replace(receiver(), parse("mon 09:00-17:00 | thu 09:00-17:00"))
    row, day = sent(f"form-{next(NUMBERS)}"), 0.1
    for (what, who), later in said:
        day += later + 0.01
        happen(row, what, day, who)
        copy, says = told(row)
        assert copy == says, (what, day)


def test_an_hour_changes_the_promise_in_the_copy() -> None:
    slots.replace(receiver(), parse("thu 09:00-10:00"))
    row = sent()
    assert told(row)[0]["contact_by"] == at(7).date()
    happen(row, "hour", 0.1, Who.OWNER)
    assert told(row)[0]["contact_by"] == at(3).date()


def test_the_migration_writes_the_copy_of_what_was_there() -> None:
    rows = [sent(f"form-{number}") for number in range(4)]
    store.record(rows[1].pk, event(Kind.CONTACT, 1))
    store.record(rows[2].pk, event(Kind.CONTACT, 1))
    store.record(rows[2].pk, event(Kind.OUTCOME, 2, Who.OWNER, outcome=Outcome.HELPED))
    store.record(rows[3].pk, event(Kind.REFUSED, 2, reason="other"))
    Referral.objects.update(contact_by=None, contact_on=None, ask_on=None, owner_says="")
    migration = importlib.import_module("baken.web.handover.migrations.0006_listed")
    then = MigrationExecutor(connection).loader.project_state(("handover", "0006_listed")).apps
    migration.fill(then, SimpleNamespace(connection=connection))
    for row in rows:
        copy, says = told(row)
        assert copy == says
    assert rows[2].owner_says == "helped"
    assert rows[0].contact_by == at(7).date()


def test_an_hour_that_falls_with_a_letter_that_came_back_is_no_promised_day_in_the_copy() -> None:
    slots.replace(receiver(), parse("thu 09:00-10:00"))
    row = sent()
    happen(row, "hour", 0.1, Who.SYSTEM)
    assert told(row)[0]["contact_by"] == at(3).date()
    happen(row, "bounced", 0.2, Who.SYSTEM)
    copy, says = told(row)
    assert copy == says and copy["contact_by"] == at(7).date()
