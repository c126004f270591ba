"""Many windows at once on one scan: ``python -m tests.web.scan.crowd``, on the database of the
settings (give it one of its own). Prints what was kept.

Each window answers one question of the six, then all press "again" at the same moment.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from baken.scan.items import items_of  # noqa: E402
from baken.web.scan import course, keep  # noqa: E402
from baken.web.scan.models import Round  # noqa: E402

WINDOWS = 8


def main() -> None:
    """Walk, and tell."""
    call_command("migrate", verbosity=0, interactive=False)
    today = timezone.localdate()
    token = keep.make("N12", {}, today)
    questions = [*items_of("posture"), *items_of("customers_market")]

    def answer(number: int) -> None:
        item = questions[number % 6]
        course.answer(keep.find(token, today), item.id, item.codes[0], today)
        connection.close()

    def again(number: int) -> None:
        course.again(keep.find(token, today), today + timedelta(days=183))
        connection.close()

    with ThreadPoolExecutor(WINDOWS) as windows:
        list(windows.map(answer, range(WINDOWS)))
        list(windows.map(again, range(WINDOWS)))
    answers = Round.objects.order_by("pk").values_list("answers", flat=True)
    print(json.dumps([len(a) for a in answers]))


if __name__ == "__main__":
    main()
