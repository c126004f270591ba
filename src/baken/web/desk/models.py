"""Who works at the desk and what is kept of it beside the handovers themselves.

``Trail`` only grows and holds no content: who did what to which file, and when. It names a file
by its public id, so that it stays when the file is wiped; a row goes after a year and no sooner.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from baken.web.handover.models import Receiver, Referral


class Role(StrEnum):
    """What somebody may do: see :mod:`baken.web.desk.roles`."""

    ADVISER = "adviser"
    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    POLICY = "policy"
    OPERATOR = "operator"


ROLES = [(str(role), str(role)) for role in Role]


class Member(AbstractBaseUser):
    """Somebody with a password and a second step. ``receiver`` is the organisation of an adviser
    or administrator, None for the other roles.

    ``wrong`` counts wrong passwords in a row; until ``wait_until`` no password is looked at.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=ROLES)
    receiver = models.ForeignKey(
        Receiver, on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    is_active = models.BooleanField(default=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    objects = BaseUserManager()

    def __str__(self) -> str:
        return str(self.name)


class Invitation(models.Model):
    """A link by which somebody joins, or (``member`` is set) sets up the second step anew. Its
    token is made of ``seed`` and the server's key, so that a letter can hold it; here is its hash.
    Without a seed it opens nothing: a newer one came in its place.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    seed = models.CharField(max_length=32, blank=True)
    lang = models.CharField(max_length=2, default="nl")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=ROLES)
    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, null=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.role}, until {self.expires_at}"


class Holder(models.Model):
    """Which member of the organisation has the file in hand."""

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="holder")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="held")

    def __str__(self) -> str:
        return f"{self.referral}: {self.member}"


class Busy(models.Model):
    """Days, first and last included, on which a member is away (``stand_in`` looks after the files,
    or nobody does) or is ``full`` and takes nothing new.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="busy")
    first = models.DateField()
    last = models.DateField()
    full = models.BooleanField(default=False)
    stand_in = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.member}, {self.first} to {self.last}"


class Note(models.Model):
    """What a member wrote down about a file, for colleagues of the same organisation."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="notes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=5_000)

    def __str__(self) -> str:
        return f"{self.referral}, {self.at}"


class Answer(models.Model):
    """A text that an organisation often writes to a firm."""

    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, related_name="answers")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=5_000)

    def __str__(self) -> str:
        return str(self.title)


class OnlyGrows(models.QuerySet):
    """Rows are added and read; nothing else."""

    def update(self, **values: Any) -> int:
        """Never."""
        raise TypeError("the trail only grows")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("the trail only grows")

    def forget(self, before: datetime) -> int:
        """The one way out: what is older than the rule of retention says; how many rows."""
        count: int = models.QuerySet.delete(self.filter(at__lt=before))[0]
        return count


class Trail(models.Model):
    """Who did what, when, to which file (by its public id) or to whose access (``about``; neither
    for the own one); no content.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.CharField(max_length=32, db_index=True)
    what = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="desk_trail_at")]  # noqa: RUF012

    objects = OnlyGrows.as_manager()

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"

    def save(self, *args: Any, **options: Any) -> None:
        """A new row only."""
        if self.pk is not None:
            raise TypeError("the trail only grows")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("the trail only grows")
