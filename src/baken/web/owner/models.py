"""What the site keeps: the catalogue as read from its files, unmet needs, reports of mistakes,
plans under six words with their reminders.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.db import models


class CatalogueRecord(models.Model):
    """One record of the landscape. The files are the master; this table is a cache of them."""

    type = models.CharField(max_length=20)
    record_id = models.SlugField(max_length=200)
    name = models.CharField(max_length=300)
    json = models.JSONField()
    version = models.CharField(max_length=64)

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["type", "record_id"], name="one_record_per_type_and_id")
        ]

    def __str__(self) -> str:
        return f"{self.type}/{self.record_id}"


class UnmetNeed(models.Model):
    """That help was missing, in a month (``noted_on`` is its first day), for a kind of need,
    coarsely where and how big, and the sort of condition (``failed``) that kept organisations off.

    There is no field for the owner's words, the company number or the municipality, so
    that nobody can come to fill one.
    """

    noted_on = models.DateField()
    needs = models.JSONField(default=list)
    region = models.CharField(max_length=40, blank=True)
    province = models.CharField(max_length=40, blank=True)
    size = models.CharField(max_length=10, blank=True)
    sector_section = models.CharField(max_length=1, blank=True)
    failed = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=10)
    catalogue_version = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.noted_on}: {', '.join(self.needs)}"


class Report(models.Model):
    """What a reader says is wrong in a record, for the editor; nothing about the reader."""

    reported_on = models.DateField()
    type = models.CharField(max_length=20)
    record_id = models.SlugField(max_length=200)
    says = models.TextField(max_length=1000)
    lang = models.CharField(max_length=2)
    catalogue_version = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.type}/{self.record_id}, {self.reported_on}"


class KeptPlan(models.Model):
    """What an owner keeps under six words; the words themselves are nowhere. From ``made_on`` the
    terms of the plan count.
    """

    found_by = models.CharField(max_length=64, db_index=True)
    code_hash = models.CharField(max_length=200)
    state = models.JSONField()
    lang = models.CharField(max_length=2)
    made_on = models.DateField()
    expires_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"until {self.expires_on}"


class PlanReminder(models.Model):
    """Where reminders of a kept plan go, and on which days (``days``: ISO, those still to come).

    The address stands here and nowhere else, apart from the plan, and goes with it, with the last
    reminder, or by the link in each.
    """

    plan = models.OneToOneField(KeptPlan, on_delete=models.CASCADE, related_name="reminder")
    seed = models.CharField(max_length=32, unique=True)
    address = models.EmailField()
    days = models.JSONField(default=list)
    next_on = models.DateField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"next on {self.next_on}"


class WrongCode(models.Model):
    """A code that opened nothing: by whom, as a keyed hash, and when; for a quarter of an hour."""

    sender = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.at)
