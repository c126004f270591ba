"""Every table of the site: what sweeps it, and how its owner takes it along or wipes it.

A test holds this list to the tables that there are, so that whoever adds one says here what becomes
of it. ``rule`` is a row of :data:`baken.web.upkeep.retention.RULES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Holding:
    """One table. ``kind`` is the :class:`~baken.web.upkeep.visit.Held` that it goes with; empty
    where no owner's link or code leads to it, and ``why`` says so."""

    rule: str = ""
    kind: str = ""
    why: str = ""


NOBODY = Holding(why="nothing of an owner or a visitor")
DESK = Holding("desk", why="of who works at a desk, not of an owner")
REFERRAL = Holding("referral", "referral")

HOLDINGS: Mapping[str, Holding] = {
    "signalen.Deposit": Holding("figures", "figures"),
    "signalen.Seen": Holding("figures", "figures"),
    "scan.Folder": Holding("scan", "scan"),
    "scan.Round": Holding("scan", "scan"),
    "scan.ScanReminder": Holding("scan", "scan"),
    "scan.ScanWords": Holding("scan", "scan"),
    "owner.KeptPlan": Holding("plan", "plan"),
    "owner.PlanReminder": Holding("plan", "plan"),
    "owner.WrongCode": Holding("plan", why="a keyed hash of a sender, for a quarter of an hour"),
    "owner.Report": Holding("report", why="words on a record, nothing of who wrote them"),
    "owner.UnmetNeed": Holding("unmet", why="nothing of a person or a firm"),
    "owner.CatalogueRecord": NOBODY,
    "handover.Referral": REFERRAL,
    "handover.EventRow": REFERRAL,
    "handover.Permission": REFERRAL,
    "handover.Link": REFERRAL,
    "handover.Intent": REFERRAL,
    "handover.Receiver": NOBODY,
    "handover.Absence": NOBODY,
    "handover.OfficeHours": NOBODY,
    "desk.Note": REFERRAL,
    "desk.Holder": REFERRAL,
    "desk.Trail": Holding("trail", why="who looked at a file and when, without its content"),
    "desk.Answer": NOBODY,
    "desk.Member": DESK,
    "desk.Busy": DESK,
    "desk.Invitation": DESK,
    "sessions.Session": DESK,
    "otp_totp.TOTPDevice": DESK,
    "otp_static.StaticDevice": DESK,
    "otp_static.StaticToken": DESK,
    "auth.Permission": NOBODY,
    "auth.Group": NOBODY,
    "contenttypes.ContentType": NOBODY,
}
"""By app and model."""
