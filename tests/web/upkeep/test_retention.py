"""What is over its time goes, and nothing else; the register tells the same times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from baken.refer.model import Kind, Who
from baken.web.handover import links, store
from baken.web.handover.models import Intent, Permission, Referral
from baken.web.owner.models import Report
from baken.web.scan import keep as scans
from baken.web.scan.models import Folder
from baken.web.signalen import keep as figures
from baken.web.signalen.models import Deposit
from baken.web.upkeep.retention import REFERRAL_DAYS, RULES, clear_overdue
from tests.web.handover.made import MONDAY, at, event, sent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ended(days: float) -> Referral:
    """A referral that its owner withdrew so many days after it was sent."""
    row = sent(f"form-{days}")
    links.link_for(row, Who.RECEIVER, MONDAY.date())
    store.record(row.pk, event(Kind.WITHDRAWN, days, Who.OWNER))
    return row


@pytest.mark.parametrize(
    ("days", "gone"), [(0, False), (REFERRAL_DAYS - 1, False), (REFERRAL_DAYS + 1, True)]
)
def test_what_an_ended_referral_shared_goes_after_ninety_days(days: int, gone: bool) -> None:
    row = ended(1)
    assert clear_overdue(at(1 + days))["referral"] == int(gone)
    row.refresh_from_db()
    assert (row.dossier == {}) is gone
    assert (row.owner_address == "") is gone
    assert Permission.objects.filter(referral=row).exists() and row.events.exists()
    if gone:
        assert not row.links.filter(revoked_at=None).exists()
        assert not Intent.objects.filter(referral=row, stage=Intent.WAITING).exists()
        assert clear_overdue(at(1 + days))["referral"] == 0


def test_one_that_waits_for_an_organisation_is_the_clocks_matter() -> None:
    row = sent()
    assert clear_overdue(at(400))["referral"] == 0
    row.refresh_from_db()
    assert row.dossier


def test_in_contact_it_goes_when_nothing_was_heard_any_more() -> None:
    row = sent()
    store.record(row.pk, event(Kind.ACCEPTED, 1))
    store.record(row.pk, event(Kind.CONTACT, 2))
    assert clear_overdue(at(2 + REFERRAL_DAYS - 1))["referral"] == 0
    assert clear_overdue(at(2 + REFERRAL_DAYS + 1))["referral"] == 1


def test_reports_go_after_a_year() -> None:
    for days in (364, 367):
        Report.objects.create(
            reported_on=(MONDAY - days * DAY).date(), type="training", record_id="a", says="fout",
            lang="nl", catalogue_version="v1",
        )  # fmt: skip
    assert clear_overdue(MONDAY)["report"] == 1


def test_sessions_of_the_desk_go_when_they_are_over() -> None:
    for hours in (-1, 1):
        expires = MONDAY + timedelta(hours=hours)
        Session.objects.create(session_key=f"key{hours}", session_data="", expire_date=expires)
    assert clear_overdue(MONDAY)["desk"] == 1


def test_a_visit_is_gone_after_thirty_days_unless_it_is_kept(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.SIGNALS_ROOT = tmp_path / "signalen"
    today = timezone.localdate()
    long_ago = today - 31 * DAY
    scans.make("N01", {}, long_ago)
    kept = scans.find(scans.make("N01", {}, long_ago), long_ago)
    scans.keep(kept, True, long_ago)
    for keep in (False, True):
        deposit, _ = figures.make(keep)
        if not keep:
            Deposit.objects.filter(pk=deposit.pk).update(expires_at=timezone.now() - DAY)
    done = clear_overdue(datetime.now(UTC))
    assert (done["scan"], done["figures"]) == (1, 1)
    assert [f.kept for f in Folder.objects.all()] == [True]
    assert [d.kept for d in Deposit.objects.all()] == [True]


def test_the_command_tells_counts_and_no_names() -> None:
    out = StringIO()
    call_command("clear_overdue", stdout=out)
    cleared = [rule.id for rule in RULES if rule.clear is not None]
    assert out.getvalue() == f"Thrown away: {', '.join(f'{c} 0' for c in cleared)}.\n"
