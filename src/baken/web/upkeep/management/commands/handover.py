"""``python -m baken.web.manage handover``: do what the clocks ask and send what waits.

For a scheduled job, every few minutes.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from baken.web.command import OperatorCommand
from baken.web.handover.models import Intent
from baken.web.handover.outbox import drain
from baken.web.handover.tick import tick
from baken.web.handover.wire import sender
from baken.web.owner.reminders import remind
from baken.web.scan.reminders import remind as remind_of_scans


class Command(OperatorCommand):
    """One round. Two at once, or one after days without, do each step and letter all the same."""

    help = "Do the steps of handovers that are due, and send the letters that wait."

    def handle(self, *args: object, **options: object) -> None:
        """Do it and tell what was done, without a name. A mail server that does not do its work is
        an error, once all else was done.
        """
        why: list[str] = []
        steps = tick(timezone.now())
        remind(timezone.now())
        remind_of_scans(timezone.now())
        if settings.BAKEN_SMTP_HOST:
            done = drain(sender(timezone.now), timezone.now)
            told = f"{done.sent} letters done, {done.unneeded} not needed any more, "
            told += f"{done.later} to try again, {done.dead} given up"
            why = list(done.why) if done.down else []
        else:
            count = Intent.objects.filter(stage=Intent.WAITING).count()
            told = f"{count} letters wait for a mail server (BAKEN_SMTP_HOST)"
        self.stdout.write(f"{steps} steps; {told}.")
        if why:
            expected = "one that takes letters from here (BAKEN_SMTP_*); they wait until then"
            raise CommandError(f"{'; '.join(why)}; expected {expected}")
