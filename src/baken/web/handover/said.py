"""What stands in a form: an event that a button says, a day, a row; or an error at its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from baken.kernel.errors import BakenError
from baken.refer.model import Event, Kind, Outcome, Who

BUTTONS: dict[Who, dict[str, Kind]] = {
    Who.RECEIVER: {
        "accept": Kind.ACCEPTED,
        "refuse": Kind.REFUSED,
        "full": Kind.FULL,
        "tried": Kind.TRIED,
        "contact": Kind.CONTACT,
        "outcome": Kind.OUTCOME,
        "close": Kind.CLOSED,
    },
    Who.OWNER: {
        "contact": Kind.CONTACT,
        "no_contact": Kind.NO_CONTACT,
        "outcome": Kind.OUTCOME,
        "withdraw": Kind.WITHDRAWN,
        "no_next": Kind.NO_NEXT,
        "close": Kind.CLOSED,
    },
}
"""Which buttons each side has, and what they say."""


def event_of_form(form: Mapping[str, str], by: Who, now: datetime) -> Event | None:
    """What the pressed button says; None for a button that says nothing (open, download).

    ``nonce`` of the form makes a double click one event. Raises :class:`BakenError` with the name
    of the field when a day or an outcome can't be read.
    """
    kind = BUTTONS[by].get(form.get("do", ""))
    if kind is None:
        return None
    nonce = "".join(filter(str.isalnum, form.get("nonce", "")))[:40] or now.isoformat()
    return Event(
        kind,
        by,
        now,
        f"{by}/{kind}/{nonce}",
        reason=form.get("reason") or None if kind is Kind.REFUSED else None,
        until=day_of_form(form, "until") if kind is Kind.FULL else None,
        outcome=_outcome(form.get("outcome", "")) if kind is Kind.OUTCOME else None,
    )


def day_of_form(form: Mapping[str, str], field: str) -> date:
    """The day in a field of a form. Raises :class:`BakenError` with the field."""
    try:
        return date.fromisoformat(form.get(field, ""))
    except ValueError:
        raise BakenError(field, "it is no day", "a day such as 2026-04-01") from None


def is_day(form: Mapping[str, str], field: str) -> bool:
    """Whether a field of a form holds a day."""
    try:
        return bool(day_of_form(form, field))
    except BakenError:
        return False


def row_number(typed: str) -> int:
    """The number of a row that a form names; 0, which no row has, when it names none."""
    return int(typed) if typed.isdecimal() and len(typed) < 12 else 0


def _outcome(typed: str) -> Outcome:
    try:
        return Outcome(typed)
    except ValueError:
        raise BakenError("outcome", f"'{typed}' is no outcome", "helped, partly or not") from None
