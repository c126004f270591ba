"""What is kept of figures: where they lie and until when, and what their owner noted with them.

No field holds a figure, a name or a company number: those are in the folder, and go with it.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

from django.db import models


class Deposit(models.Model):
    """A folder of figures. Its code is known to the owner only; here is its hash."""

    code_hash = models.CharField(max_length=64, unique=True)
    folder = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    """When it is thrown away; None where the owner said that the server may keep it."""
    size = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.folder)

    @property
    def kept(self) -> bool:
        """Whether the owner said that the server may keep it."""
        return self.expires_at is None


class Seen(models.Model):
    """An alarm that was shown, and what its owner said of it.

    ``explained`` is empty, ``stays`` (known, no alarm) or ``once`` (the months from ``since`` to
    ``until`` are left out of the judgement); ``did`` what was done about it.
    """

    deposit = models.ForeignKey(Deposit, on_delete=models.CASCADE, related_name="seen")
    series = models.CharField(max_length=200)
    way = models.CharField(max_length=8)
    since = models.CharField(max_length=12)
    detected = models.CharField(max_length=12)
    first_shown = models.DateField()
    explained = models.CharField(max_length=5, blank=True)
    until = models.CharField(max_length=12, blank=True)
    why = models.CharField(max_length=500, blank=True)
    did = models.CharField(max_length=1000, blank=True)
    did_on = models.DateField(null=True)

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(
                fields=["deposit", "series", "way", "since"], name="one_row_per_alarm"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series}, {self.since}"
