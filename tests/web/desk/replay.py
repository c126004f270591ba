"""The same in many workers at one moment: ``python -m tests.web.desk.replay``.

Prints, as JSON, how many of the workers each code let in, and how many notes and texts are kept of
one that each worker writes. It uses the database of the settings:
give it one of its own. Passwords are hashed fast here, so that the workers meet at the code.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from baken.web.desk import files, house  # noqa: E402
from baken.web.desk.entry import enter  # noqa: E402
from baken.web.desk.models import Answer, Note  # noqa: E402
from tests.web.desk.made import HOUSE, PASSWORD, code, file, member, with_password  # noqa: E402
from tests.web.handover.crowd import together  # noqa: E402

WORKERS, ROUNDS = 4, 8
FAST = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def entered(number: int, recovery: bool) -> int:
    """How many of the workers one code lets in."""
    who = with_password(member("adviser", HOUSE, name=f"a{number}"))
    typed = "abcdefabcdef" if recovery else code(who)
    with TemporaryDirectory() as folder:

        def work() -> None:
            if enter(who.email, PASSWORD, typed, timezone.now()) is not None:
                Path(folder, str(os.getpid())).touch()

        together(WORKERS, work)
        return len(list(Path(folder).iterdir()))


def written() -> list[int]:
    """How many notes, and how many texts, stand there of one that each worker writes."""
    who, row = member("adviser", HOUSE, name="b"), file()
    form = {"do": "answer", "title": "Eerste antwoord", "text": "Dag"}

    def work() -> None:
        files.note(who, row.public_id, "gebeld", timezone.now())
        house.say(who, form, timezone.now())

    together(WORKERS, work)
    return [Note.objects.count(), Answer.objects.count()]


def main() -> None:
    """Both sorts of codes, each a few times; a note and a text."""
    call_command("migrate", verbosity=0)
    with override_settings(PASSWORD_HASHERS=FAST):
        codes = [entered(n, recovery=n % 2 == 1) for n in range(ROUNDS)]
    print(json.dumps({"codes": codes, "written": written()}))


if __name__ == "__main__":
    main()
