"""``python -m baken.web.manage invite MAIL``: the first operator of the desk.

The link is printed once; it opens for seven days.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.core.management.base import CommandParser

from baken.kernel.errors import BakenError
from baken.web.command import OperatorCommand
from baken.web.desk.inviting import invite
from baken.web.desk.links import address_of
from baken.web.desk.models import Role
from baken.web.handover.models import Receiver


class Command(OperatorCommand):
    """Make an invitation and print its link."""

    help = "Invite somebody to the desk: prints a link that opens once, within seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        """Mail address, name, role and organisation."""
        parser.add_argument("mail")
        parser.add_argument("--name", default="")
        parser.add_argument(
            "--role", choices=[str(role) for role in Role], default=str(Role.OPERATOR)
        )
        parser.add_argument("--organisation", default="", help="id of its record")

    def handle(self, *args: object, **options: str) -> None:
        """Do it."""
        receiver = None
        if options["organisation"]:
            receiver = Receiver.objects.filter(record_id=options["organisation"]).first()
            if receiver is None:
                self._stop(f"no organisation {options['organisation']!r} takes files")
        name = options["name"] or options["mail"].partition("@")[0]
        try:
            token = invite(None, options["mail"], name, Role(options["role"]), receiver)
        except BakenError as e:
            self._stop(str(e))
        self.stdout.write(address_of(token))

    def _stop(self, why: str) -> None:
        self.stderr.write(why)
        raise SystemExit(2)
