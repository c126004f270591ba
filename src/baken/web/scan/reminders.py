"""One reminder by mail, half a year after a scan, for who wants it: its link, and nothing else.

Written as "due and not yet done": days that passed while nobody ran the clock make one letter.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.message import EmailMessage

from django.conf import settings
from django.utils import timezone

from baken.registers.workdays import next_working_day
from baken.web.handover import outbox
from baken.web.handover.models import Intent
from baken.web.handover.post import with_link
from baken.web.owner.context import in_language
from baken.web.scan.links import new_seed, token_of
from baken.web.scan.models import Folder, ScanReminder
from baken.web.sweeping import forget_log

LETTER = "scan"
HALF_A_YEAR = timedelta(days=183)


def due_on(folder: Folder) -> date:
    """The day to look again: half a year after the last answer, on a working day."""
    last = folder.rounds.last()
    return next_working_day((last.as_of if last else timezone.localdate()) + HALF_A_YEAR)


def keep(folder: Folder, address: str, lang: str) -> None:
    """Send one reminder there, instead of what was asked before."""
    ScanReminder.objects.update_or_create(
        folder=folder,
        defaults={
            "seed": new_seed(),
            "address": address,
            "lang": lang,
            "due_on": due_on(folder),
        },
    )


def next_day(row: ScanReminder, today: date) -> date:
    """The day on which its letter goes: half a year after the last answer, whatever was noted
    before; today, where it is late.
    """
    return max(due_on(row.folder), today)


def stop(folder: Folder) -> None:
    """Throw the address away, also as the database noted it on its way."""
    ScanReminder.objects.filter(folder=folder).delete()
    forget_log()


def remind(now: datetime) -> int:
    """Write down the letters that are due, and forget addresses that had theirs or that no mail
    reaches; how many letters. Who answered again in the meantime hears half a year after that,
    and what was noted for a day on which nobody works moves to the next one.
    """
    today = timezone.localtime(now).date()
    due = ScanReminder.objects.filter(due_on__lte=today).select_related("folder")
    count = outbox.each_due(due, lambda row: _wrote(row, today, now))
    _forget_addresses()
    return count


def _wrote(row: ScanReminder, today: date, now: datetime) -> bool:
    later = due_on(row.folder)
    row.due_on = later if later > today else None
    row.save(update_fields=["due_on"])
    if row.due_on:
        return False
    outbox.write(LETTER, "owner", f"scan/{row.seed}", f"scan/{row.seed}", now)
    return True


def _forget_addresses() -> None:
    """The row stays as long as its scan, for the link in the letter; the address does not."""
    on_the_way = Intent.objects.filter(letter=LETTER, done_at=None)
    going = [about.partition("/")[2] for about in on_the_way.values_list("about", flat=True)]
    had = ScanReminder.objects.filter(due_on=None).exclude(address="").exclude(seed__in=going)
    if had.update(address=""):
        forget_log()


def letter(intent: Intent, now: datetime) -> EmailMessage | None:
    """The letter; None when it was stopped or the scan was wiped in the meantime."""
    row = ScanReminder.objects.filter(seed=intent.about.partition("/")[2]).first()
    if row is None or not row.address:
        return None
    url = settings.BAKEN_URL + in_language(f"/scan/{token_of(row)}", row.lang)
    return with_link(intent, row.address, url, row.lang, now)
