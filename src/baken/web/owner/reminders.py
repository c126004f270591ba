"""Reminders of a kept plan, by mail, for who wants them: that a day comes near, and nothing else.

Written as "due and not yet done": days that passed while nobody ran the clock make one letter.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from email.message import EmailMessage

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone

from baken.registers.workdays import ONE, last_working_day, next_working_day
from baken.web.handover import outbox
from baken.web.handover.models import Intent
from baken.web.handover.post import with_link
from baken.web.owner.context import in_language
from baken.web.owner.models import KeptPlan, PlanReminder
from baken.web.owner.plan import Plan
from baken.web.owner.plan_days import recall_on
from baken.web.sweeping import forget_log
from baken.web.texts import text

log = logging.getLogger("baken.web.reminders")
LETTER = "plan"
MOST = 20
_SIGNER = signing.Signer(sep=".", salt="baken.reminder")


def days_of(plan: Plan, made_on: date, today: date) -> list[date]:
    """The days to come on which this plan is worth a reminder."""
    each = (recall_on(step, made_on, today) for step in plan.steps)
    return sorted({day for day in each if day})[:MOST]


def keep(plan: KeptPlan, address: str, days: Sequence[date]) -> None:
    """Send reminders there on these days, instead of what was asked before."""
    PlanReminder.objects.update_or_create(
        plan=plan,
        defaults={
            "seed": secrets.token_hex(16),
            "address": address,
            "days": [day.isoformat() for day in days],
            "next_on": days[0],
        },
    )


def move(plan: KeptPlan, days: Sequence[date]) -> None:
    """Let the reminders of a plan, where somebody gets them, come on these days from now on."""
    told = [day.isoformat() for day in days]
    PlanReminder.objects.filter(plan=plan).update(days=told, next_on=days[0] if days else None)


def next_day(row: PlanReminder, today: date) -> date | None:
    """The day on which the next letter goes: today, where it is late; none where there is none."""
    return max(last_working_day(row.next_on), today) if row.next_on else None


def token_of(row: PlanReminder) -> str:
    """The end of the link that stops them; without the server's key the database does not tell."""
    return str(_SIGNER.sign(row.seed))


def seed_of(token: str) -> str | None:
    """The seed that a link is of, whether or not its reminders are there still; None where it is
    no link of ours, or not the whole of one. Letters that went before had a colon in it.
    """
    try:
        return str(_SIGNER.unsign(token.replace(":", ".")))
    except signing.BadSignature:
        return None


def find(seed: str) -> PlanReminder | None:
    """The reminders of a seed; None when there are none any more."""
    found: PlanReminder | None = PlanReminder.objects.filter(seed=seed).first()
    return found


def stop(row: PlanReminder) -> None:
    """Throw the address away, also as the database noted it on its way."""
    row.delete()
    forget_log()


def remind(now: datetime) -> int:
    """Write down the letters that are due, and throw away addresses that have had their last one,
    or that no mail reaches; how many letters. What was noted for a day on which nobody works is
    due on the last working day before it.
    """
    tomorrow = timezone.localtime(now).date() + ONE
    until = next_working_day(tomorrow) - ONE
    due = PlanReminder.objects.filter(next_on__lte=until)
    count = outbox.each_due(due, lambda row: _wrote(row, until, now))
    _clear()
    return count


def _clear() -> None:
    letters = Intent.objects.filter(letter=LETTER)
    back = {about.partition("/")[2] for about in _about(letters.filter(stage=Intent.DEAD))}
    going = {about.partition("/")[2] for about in _about(letters.exclude(done_at__isnull=False))}
    for row in PlanReminder.objects.filter(Q(next_on=None) | Q(seed__in=back)):
        if row.seed in back or row.seed not in going:
            stop(row)


def _about(letters: QuerySet[Intent]) -> list[str]:
    return list(letters.values_list("about", flat=True))


def _wrote(row: PlanReminder, until: date, now: datetime) -> bool:
    """Whether a letter was written, for its days until then. A row whose next day is none of its
    days has none due: it goes on with those that come.
    """
    late = [day for day in row.days if day <= until.isoformat()]
    row.days = row.days[len(late) :]
    row.next_on = date.fromisoformat(row.days[0]) if row.days else None
    row.save(update_fields=["days", "next_on"])
    if not late:
        log.warning("the next day of reminder %s was none of its days", row.pk)
        return False
    outbox.write(LETTER, "owner", f"reminder/{row.seed}", f"plan/{row.seed}/{late[-1]}", now)
    return True


def letter(intent: Intent, now: datetime) -> EmailMessage | None:
    """The letter of a reminder; None when it was stopped or wiped in the meantime."""
    seed = intent.about.partition("/")[2]
    row = PlanReminder.objects.select_related("plan").filter(seed=seed).first()
    if row is None:
        return None
    lang = row.plan.lang
    back, end = (
        settings.BAKEN_URL + in_language(path, lang)
        for path in ("/terug", f"/herinnering/{token_of(row)}")
    )
    stop_it = text(lang, "letters.plan_stop", url=end)
    return with_link(intent, row.address, back, lang, now, foot=stop_it)
