"""What is kept of a scan: answers by question, never words, a name or a company number."""

# mypy: allow-subclassing-any
from __future__ import annotations

from typing import ClassVar

from django.db import models


class Folder(models.Model):
    """The scans of one owner. Its link is known to the owner only; here is the hash of it.

    ``facts`` holds what the questions and the conditions of offers need
    (:func:`baken.web.scan.keep.coarse`); ``study`` the version of the text by which the owner
    gave the answers for study, or nothing.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(db_index=True)
    kept = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    study = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}, until {self.expires_on}"


class Round(models.Model):
    """One go of the questions: ``answers`` is a choice by question, ``as_of`` the day of the last.

    ``domain`` is empty as long as the need points to none and the owner chose none; ``passed``
    tells that the owner did not want to choose.
    """

    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="rounds")
    begun_on = models.DateField()
    as_of = models.DateField()
    need = models.CharField(max_length=3, blank=True)
    domain = models.CharField(max_length=40, blank=True)
    passed = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["folder", "begun_on"], name="one_round_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.folder_id}, {self.as_of}"


class ScanWords(models.Model):
    """That six words open a scan: those of a kept plan, or words for the scan alone (their plan
    has no question). ``seed`` gives the link that they lead to, which stays as long as the scan.
    """

    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="words")
    plan = models.OneToOneField(
        "owner.KeptPlan", on_delete=models.SET_NULL, null=True, related_name="scan_words"
    )
    seed = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return f"scan {self.folder_id}"


class ScanReminder(models.Model):
    """Where the one reminder of a scan goes, and when (None: it was written). The address is taken
    out once the letter has gone; the row stays with its scan, for the link in the letter.
    """

    folder = models.OneToOneField(Folder, on_delete=models.CASCADE, related_name="reminder")
    seed = models.CharField(max_length=32, unique=True)
    address = models.EmailField(blank=True)
    lang = models.CharField(max_length=2)
    due_on = models.DateField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"due on {self.due_on}"
