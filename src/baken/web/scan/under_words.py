"""A scan under six words: those of the plan that its owner keeps, or words of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from baken.web.owner import kept
from baken.web.owner.asking import Asked
from baken.web.owner.models import KeptPlan
from baken.web.scan import keep, links
from baken.web.scan.course import before, latest
from baken.web.scan.models import Folder, ScanWords
from baken.web.scan.show import told_since
from baken.web.words import day


def put(plan: KeptPlan, folder: Folder, today: date) -> None:
    """Let the words of a plan open a scan, instead of another that they opened; it stays two years
    from now, to be compared.
    """
    with transaction.atomic():
        ScanWords.objects.filter(plan=plan).exclude(folder=folder).update(plan=None)
        ScanWords.objects.get_or_create(
            plan=plan, folder=folder, defaults={"seed": links.new_seed()}
        )
        keep.keep(folder, True, today)


def join(plan: KeptPlan, token: str, today: date) -> bool:
    """Put the scan of a journey under the words of its plan; False where it has none."""
    try:
        folder = keep.find(token, today)
    except keep.Gone:
        return False
    put(plan, folder, today)
    return True


def words_for(folder: Folder, lang: str, today: date) -> str:
    """Six new words for a scan alone, which are told once."""
    plan, code = kept.keep(Asked(lang=lang), today)
    put(plan, folder, today)
    return code


def row_of(plan: KeptPlan, today: date) -> ScanWords | None:
    """What leads from the words of a plan to a scan; None where there is none, or no longer."""
    found = ScanWords.objects.filter(plan=plan, folder__expires_on__gte=today)
    row: ScanWords | None = found.select_related("folder").first()
    return row


def shown(row: ScanWords, lang: str, today: date) -> dict[str, Any]:
    """What the page behind the words tells of the scan, and the token to go on with."""
    course = latest(row.folder)
    return {
        "token": links.token_of(row),
        "as_of": day(lang, course.scan.as_of.isoformat()),
        "done": course.done,
        "again": course.done and course.row.as_of < today,
        **told_since(before(course), course, lang),
    }


def wipe(plan: KeptPlan) -> None:
    """Throw away what lies under the words: the plan and the scan."""
    for folder in Folder.objects.filter(words__plan=plan):
        keep.wipe(folder)
    kept.wipe(plan)
