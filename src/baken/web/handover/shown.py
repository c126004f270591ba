"""What the other side sees of a file: nothing before it opened it, and less once it is no longer
theirs. By the link and at the desk alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, get_args

from baken.kernel.errors import BakenError
from baken.landscape.model import NotStated
from baken.needs import load_needs
from baken.refer.model import Event, Handling, Kind, Who
from baken.refer.model import Referral as State
from baken.web.handover import slots, store
from baken.web.handover.models import Referral
from baken.web.texts import DEFAULT, text

OPENS_NOTHING = ("refuse", "full", "outcome")
"""Buttons that can be pressed without opening the file."""

LET_GO = (Handling.REFUSED, Handling.WITHDRAWN, Handling.EXPIRED)
"""Refused (or passed on), taken back, shut: there is nothing left to call for."""

TAKEN = (Handling.ACCEPTED, Handling.TRIED, Handling.IN_CONTACT)
"""Somebody took it on."""


def let_go(row: Referral) -> bool:
    """Whether the file is no longer theirs: so is one that they closed without any contact, once
    another door has it.
    """
    if row.handling in LET_GO or row.taken_back:
        return True
    unheard = row.handling == Handling.CLOSED and row.contact_on is None
    return unheard and row.next.exists()


def as_shown(row: Referral) -> dict[str, Any]:
    """The dossier as the organisation sees it: with the hour that stands now, for another can be
    chosen or fall away later; without how to reach the firm, once it let go.
    """
    shown = dict(row.dossier)
    if let_go(row) and shown:
        return {**shown, "contact": None}
    if contact := shown.get("contact"):
        hour = slots.in_words(shown.get("lang", DEFAULT), row.slot_at) if row.slot_at else ""
        shown["contact"] = {**contact, "appointment": hour}
    return shown


def on_page(row: Referral, lang: str) -> dict[str, Any]:
    """The same for a page: what Baken says itself is in the reader's language."""
    shown = as_shown(row)
    if need := shown.get("need"):
        shown["need"] = {**need, "labels": needs_in(lang, shown.get("lang"), need)}
    if verdicts := shown.get("verdicts"):
        shown["verdicts"] = [silence_in(lang, shown.get("lang"), one) for one in verdicts]
    if (contact := shown.get("contact")) and row.slot_at:
        shown["contact"] = {**contact, "appointment": slots.in_words(lang, row.slot_at)}
    return shown


def needs_in(lang: str, written: str | None, need: Mapping[str, Any]) -> list[str]:
    """What a question is about, in the reader's language. ``written``: the language of its words,
    which stay where they are the reader's, or where a code has no name any more.
    """
    labels, known = list(need.get("labels") or ()), load_needs()
    codes = need.get("codes") or ()
    if lang == (written or DEFAULT) or len(codes) != len(labels):
        return labels
    return [known[c].label[lang] if c in known else w for c, w in zip(codes, labels, strict=True)]


def silence_in(lang: str, written: str | None, verdict: Mapping[str, Any]) -> dict[str, Any]:
    """A verdict whose line of what a source says nothing about is in the reader's language
    (``own_words`` is false), unless somebody else's words stand in it.
    """
    said, written = verdict.get("silent") or [], written or DEFAULT
    names = {text(written, f"send.silent.{one}"): one for one in get_args(NotStated)}
    if any(one not in names for one in said):
        return {**verdict, "own_words": True}
    told = [text(lang, f"send.silent.{names[one]}") for one in said]
    return {**verdict, "silent": told, "own_words": False}


def stands(state: State, today: date) -> str:
    """The name of the text that tells the other side how it stands."""
    if state.passed_to:
        return "passed_on"
    if state.full_over(today):
        return "full_over"
    in_contact = state.handling.value is Handling.IN_CONTACT
    return "claimed" if in_contact and state.claimed else str(state.handling.value)


def too_late(row: Referral, do: str) -> str:
    """The error of a button that comes too late: ``already`` where what it says was said before,
    in another tab or by a colleague.
    """
    return "already" if do == "accept" and row.handling in TAKEN else "late"


def was_opened(row: Referral) -> bool:
    """Whether somebody of the other side opened the file."""
    return bool(row.events.filter(kind=str(Kind.SEEN)).exists())


def mark_opened(row: Referral, now: datetime) -> None:
    """Note that the other side opens the file, once. Raises :class:`BakenError` where it ended
    unopened: its owner reads that it was not.
    """
    if was_opened(row):
        return
    if row.ended:
        raise BakenError("kind", "the file is closed", "a file that is open")
    store.record(row.pk, Event(Kind.SEEN, Who.RECEIVER, now, "seen"))
