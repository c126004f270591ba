"""Where scans lie and for how long: thirty days, or two years where their owner wants to compare.

The link that opens them is random (192 bits), is shown to its owner only and stored as a hash.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from baken.kernel.errors import BakenError
from baken.scan.items import domain_of, items
from baken.web import engine
from baken.web.owner.asking import PLACE_FACTS, SCAN
from baken.web.owner.models import KeptPlan
from baken.web.scan import links
from baken.web.scan.models import Folder, Round
from baken.web.sweeping import Passing, forget_log

STAY = timedelta(days=30)
KEPT = timedelta(days=730)
STUDY = "2026-11"
"""The version of ``scan.study_text``: what the owner agrees to."""
MAX_FACTS = 20_000


class Gone(Exception):
    """There is no scan at this link, or no longer."""


def make(need: str, facts: dict[str, Any], today: date, token: str = "") -> str:
    """A new folder with its first round; the token that opens it.

    ``token``: one that the answer carries on which the scan follows, so that the rest of the
    journey knows the scan; what it opens already stays as it is.
    """
    token = token if SCAN.fullmatch(token) else secrets.token_urlsafe(24)
    with transaction.atomic():
        folder, new = Folder.objects.get_or_create(
            token_hash=_hash(token), defaults={"expires_on": today + STAY, "facts": facts}
        )
        if new:
            Round.objects.create(
                folder=folder, begun_on=today, as_of=today, need=need,
                domain=(domain_of(need) or "") if need else "",
            )  # fmt: skip
    return token


def find(token: str, today: date) -> Folder:
    """The folder that a token opens: its own, that of its reminder or that of six words.

    Raises:
        Gone: where there is none, or no longer.
    """
    found: Folder | None = Folder.objects.filter(token_hash=_hash(token)).first()
    found = found or links.folder_of(token)
    if found is None:
        raise Gone
    if found.expires_on < today:
        wipe(found)
        raise Gone
    return found


def there(token: str, today: date) -> bool:
    """Whether a token opens a scan."""
    try:
        find(token, today)
    except Gone:
        return False
    return True


def keep(folder: Folder, wanted: bool, today: date) -> None:
    """Keep a folder for two years from now, or for thirty days."""
    until = today + (KEPT if wanted else STAY)
    Folder.objects.filter(pk=folder.pk).update(kept=wanted, expires_on=until)


def give(folder: Folder, wanted: bool) -> None:
    """Give the answers for study, or take that back."""
    Folder.objects.filter(pk=folder.pk).update(study=STUDY if wanted else "")


def wipe(folder: Folder) -> None:
    """Throw everything away, also as the database noted it on its way; with it the six words that
    were for the scan alone.
    """
    KeptPlan.objects.filter(scan_words__folder=folder.pk, state__need="").delete()
    folder.delete()
    forget_log()


def sweep() -> int:
    """Throw away what is over its time; how many folders went."""
    gone = Folder.objects.filter(expires_on__lt=timezone.localdate())
    count: int = gone.count()
    if count:
        gone.delete()
        forget_log()
    return count


sweep_in_passing = Passing(sweep)


def coarse(raw: str, today: date, lang: str) -> dict[str, Any]:
    """Of the facts that a form carries what a scan may keep: the place (else province and region),
    size, section of activity, and what settles a question. No company number and no figure. Facts
    that can't be used give none.
    """
    try:
        facts = json.loads(raw[:MAX_FACTS]) if raw else {}
        if not isinstance(facts, dict) or not facts:
            return {}
        found = engine.coarse_facts(facts, today.isoformat(), lang)
    except (ValueError, RecursionError, BakenError):
        return {}
    kept = {fact: facts[fact] for fact in PLACE_FACTS if isinstance(facts.get(fact), str)}
    # A place tells the province and the region that it lies in.
    told = [name for name in found if not (kept and name in ("province", "region"))]
    kept |= {engine.COARSE[name]: found[name] for name in told}
    for item in items().values():
        for known in item.known:
            if isinstance(facts.get(known.fact), bool | int):
                kept[known.fact] = facts[known.fact]
    return kept


def study_lines() -> Iterator[dict[str, Any]]:
    """The scans that owners gave for study, as ``baken scan study`` reads them. ``who`` is made
    up anew each time, so that two exports can't be joined.
    """
    folders = Folder.objects.exclude(study="").prefetch_related("rounds").order_by("token_hash")
    for folder in folders:
        who = f"w{secrets.token_hex(6)}"
        for one in folder.rounds.all():
            if not one.answers:
                continue
            about = {"need": one.need, "domain": one.domain}
            yield {
                "who": who,
                "consent": folder.study,
                "as_of": one.as_of.isoformat(),
                **{name: value for name, value in about.items() if value},
                "answers": one.answers,
            }


def _hash(token: str) -> str:
    return hashlib.sha256(token[:200].encode()).hexdigest()
