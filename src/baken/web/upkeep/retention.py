"""How long what stays, and throwing away what is over its time.

:data:`RULES` is the list: the page ``/gegevens`` shows it, ``clear_overdue`` does it. Whoever adds
a table with something of an owner adds a rule and its words (``data.entry.<id>``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from baken.refer.model import Handling, Who
from baken.web.desk import trail
from baken.web.desk.models import Invitation
from baken.web.handover import store
from baken.web.handover.models import Intent, Link, Referral
from baken.web.owner import kept as plans
from baken.web.owner.models import Report
from baken.web.scan import keep as scans
from baken.web.signalen import keep as figures
from baken.web.sweeping import forget_log

REFERRAL_DAYS = 90
"""Days after the last event or letter to its owner; the outcome is asked for until day 44 after the
contact.
"""
REPORT_DAYS = 365
INVITATION_DAYS = 30
"""Days that an invitation stays after it ended."""
OVER = "over its time"


@dataclass(frozen=True)
class Rule:
    """One row of the register. ``clear`` throws away what is over its time and counts it; None
    where nothing is stored, or nothing of a person, or where another row's does it: notes go with
    their referral.
    """

    id: str
    clear: Callable[[datetime], int] | None = None


def _referrals(now: datetime) -> int:
    """Take the content of referrals that are over or in contact, of which nothing was heard for
    ninety days and no letter to their owner left. Organisation, days and permission stay, as proof
    that it was allowed.
    """
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    before = midnight - timedelta(days=REFERRAL_DAYS)
    lives = Link.objects.filter(who=str(Who.OWNER), expires_on__gte=midnight.date())
    done = Referral.objects.filter(ended=True) | Referral.objects.filter(
        handling=str(Handling.IN_CONTACT)
    )
    old = done.annotate(last=Max("events__at")).filter(last__lt=before, wiped_at=None)
    old = old.exclude(pk__in=lives.values("referral"))
    count = 0
    for pk in list(old.values_list("pk", flat=True)):
        with transaction.atomic():
            row = Referral.objects.select_for_update().get(pk=pk)
            row.intents.filter(stage=Intent.WAITING).update(stage=Intent.DEAD, failed=OVER)
            store.forget(pk, now)
        count += 1
    store.sweep_hours(now)
    forget_log()
    return count


def _reports(now: datetime) -> int:
    old = Report.objects.filter(reported_on__lt=(now - timedelta(days=REPORT_DAYS)).date())
    count: int = old.delete()[0]
    return count


def _sessions(now: datetime) -> int:
    """Sessions and invitations of the desk that are over."""
    old = Session.objects.filter(expire_date__lt=now)
    over = Invitation.objects.filter(expires_at__lt=now - timedelta(days=INVITATION_DAYS))
    count: int = old.delete()[0] + over.delete()[0]
    return count


RULES = (
    Rule("answers"),
    Rule("accounts"),
    Rule("figures", lambda now: figures.sweep()),
    Rule("scan", lambda now: scans.sweep()),
    Rule("plan", lambda now: plans.sweep()),
    Rule("referral", _referrals),
    Rule("notes"),
    Rule("cookie"),
    Rule("cookie_others"),
    Rule("desk", _sessions),
    Rule("trail", trail.sweep),
    Rule("unmet"),
    Rule("report", _reports),
    Rule("log"),
    Rule("backup"),
)


def clear_overdue(now: datetime) -> dict[str, int]:
    """Throw away all that is over its time; how much of what, by rule."""
    return {rule.id: rule.clear(now) for rule in RULES if rule.clear is not None}
