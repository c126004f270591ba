"""What an owner fills in to ask for help: what goes along, how and when to be reached."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.http import QueryDict

from baken.kernel.plain import plain
from baken.refer.dossier import Contact
from baken.refer.model import Absence
from baken.web.handover import slots
from baken.web.handover.windows import ANY, in_words, whole_days, windows
from baken.web.telephone import phone_fault
from baken.web.typed import line, mail_fault

MOST_TRIED, MOST_NAME = 1_000, 100
"""Signs that go along."""
MOST_BACK = 20_000
"""Signs of what is too long that still stand in the form that comes back."""
WHAT = ("tried",)
"""Fields of the first step, that can have a problem."""
REACH = ("name", "phone", "mail", "slot", "when")
"""And of the second."""
ALL = (*WHAT, *REACH)


@dataclass
class Draft:
    """The form as typed. ``key`` belongs to the page with the answer: one answer sends once to
    each organisation; ``any_time``: all windows suit, and ``when`` holds each of them; ``slot`` is
    the chosen hour of those that the receiver offers.
    """

    to: str
    key: str
    ticks: frozenset[str] = frozenset({"need"})
    name: str = ""
    phone: str = ""
    mail: str = ""
    when: tuple[str, ...] = ()
    any_time: bool = False
    tried: str = ""
    may_pass_on: bool = False
    slot: datetime | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Field, and the text that says how to mend it."""

    def contact(self, lang: str) -> Contact:
        """How the owner can be reached, in words."""
        when = [in_words(lang, window) for window in self.when]
        return Contact(
            name=self.name,
            phone=self.phone,
            mail=self.mail,
            appointment=slots.in_words(lang, self.slot) if self.slot else "",
            any_time=self.any_time,
            when=whole_days(lang, self.when) if self.any_time else when,
        )


def of(contact: Contact, draft: Draft, to_come: Sequence[str], lang: str) -> Draft:
    """A form with how the owner can be reached as it was shared, in the words of ``lang``; of the
    windows those that are still ``to_come``.
    """
    chosen = (w for w in to_come if contact.any_time or in_words(lang, w) in contact.when)
    return replace(
        draft,
        name=contact.name,
        phone=contact.phone,
        mail=contact.mail,
        when=tuple(chosen),
        any_time=contact.any_time,
    )


def blank(post: QueryDict) -> Draft:
    """The form before anything is filled in."""
    return Draft(to=post.get("to", "")[:200], key=_key(post))


def read(
    post: QueryDict,
    today: date,
    free: Collection[datetime] = (),
    until: date | None = None,
    away: Sequence[Absence] = (),
    had: str = "",
) -> Draft:
    """The form as it came, with its problems. A window that is over, that lies after
    the promised day (``until``), or on a day on which the receiver is ``away``, is left out; an
    hour must be one of those that are ``free``. Who can be called says when, by an hour, a window,
    or that any of them suits; who is reached by mail alone need not.
    """
    slot = slots.named(post.get("slot", "")[:40])
    tried = plain(post.get("tried", "")).strip()
    ticked, to_come = post.getlist("when"), windows(today, until, away)
    draft = Draft(
        to=post.get("to", "")[:200],
        key=_key(post),
        ticks=frozenset(post.getlist("item")),
        name=line(post.get("name", ""), MOST_BACK),
        phone=line(post.get("phone", ""), 40),
        mail=line(post.get("mail", ""), MOST_BACK),
        when=tuple(w for w in to_come if ANY in ticked or w in ticked),
        any_time=ANY in ticked,
        tried=tried[:MOST_BACK],
        may_pass_on=post.get("may_pass_on") == "1",
        slot=slot if slot in free else None,
    )
    if len(tried) > MOST_TRIED:
        cut = len(tried) > MOST_BACK
        draft.problems.append(("tried", "send.wrong.tried_cut" if cut else "send.wrong.tried"))
    if len(draft.name) > MOST_NAME:
        draft.problems.append(("name", "send.wrong.name"))
    if slot is not None and slot not in free:
        draft.problems.append(("slot", "send.wrong.slot"))
    if draft.slot is not None and not draft.phone:
        draft.problems.append(("phone", "send.wrong.slot_phone"))
        return draft
    if not draft.phone and not draft.mail:
        draft.problems.append(("phone", "send.wrong.contact"))
    if draft.phone not in ("", had) and (fault := phone_fault(draft.phone)):
        draft.problems.append(("phone", f"send.wrong.{fault}"))
    if draft.mail and (fault := mail_fault(draft.mail)):
        draft.problems.append(("mail", f"send.wrong.{fault}"))
    if draft.phone and slot is None and to_come and not draft.when:
        draft.problems.append(("when", "send.wrong.when"))
    return draft


def _key(post: QueryDict) -> str:
    return re.sub(r"[^0-9a-f]", "", post.get("key", ""))[:64]
