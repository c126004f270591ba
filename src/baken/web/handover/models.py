"""What is kept of a handover.

The events are the truth and only grow; what :mod:`baken.refer.listed` tells of a referral stands
beside it as a copy, for lists and figures. What the owner shares stands in ``dossier`` and nowhere
else, and goes when the referral is wiped.
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import secrets

from django.db import models


def message_id_of(mark: str) -> str:
    """The Message-ID of a letter by its mark, which a report of delivery names
    (:mod:`baken.refer.bounces`).
    """
    return f"{mark}@baken"


def new_message_id() -> str:
    """A Message-ID with a mark of its own: 32 hex signs."""
    return message_id_of(secrets.token_hex(16))


class Receiver(models.Model):
    """An organisation of the catalogue that takes files: where its mail goes and what it
    promises. ``address_since``: when the address was mended; None when it is the first.
    ``gone``: it is there no more, and no door for anybody.
    """

    record_id = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    address = models.EmailField()
    promise = models.PositiveSmallIntegerField(default=5)
    lang = models.CharField(max_length=2, default="nl")
    active = models.BooleanField(default=True)
    address_since = models.DateTimeField(null=True)
    gone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.record_id)


class Absence(models.Model):
    """Days on which a receiver announced not to be there, first and last included."""

    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField()
    last = models.DateField()

    def __str__(self) -> str:
        return f"{self.receiver}, {self.first} to {self.last}"


class OfficeHours(models.Model):
    """Hours that a receiver offers for a first call: each ``weekday`` (0 is Monday), or one
    ``day``.
    """

    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    first = models.TimeField()
    last = models.TimeField()

    def __str__(self) -> str:
        return f"{self.receiver}, {self.day or self.weekday}, {self.first} to {self.last}"


class Referral(models.Model):
    """One firm, one need, one receiver. A re-referral is a new one that points to the first.

    ``alternative`` is the next door, ``later`` those after it (ids of the catalogue); ``slot_at``
    the hour that the owner chose of those that the receiver offers; empty again when
    it is free for another. ``in_time``: whether contact came by the day that was promised then;
    kept at that moment, for the hour and the clocks that made the promise can be thrown away.
    ``crisis`` sets faster clocks and is shown to nobody but its owner: no tick shared it.
    ``answer`` is the same for all that was sent from one answer, and where that went on to; empty
    where that is not known.
    """

    public_id = models.CharField(max_length=32, unique=True)
    receiver = models.ForeignKey(Receiver, on_delete=models.PROTECT, related_name="referrals")
    sent_on = models.DateField()
    crisis = models.BooleanField(default=False)
    promise = models.PositiveSmallIntegerField(default=5)
    lang = models.CharField(max_length=2, default="nl")
    alternative = models.SlugField(max_length=200, blank=True)
    later = models.JSONField(default=list)
    after = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="next")
    owner_address = models.EmailField(blank=True)
    dossier = models.JSONField(default=dict)
    delivery = models.CharField(max_length=12)
    handling = models.CharField(max_length=12, db_index=True)
    ended = models.BooleanField(default=False, db_index=True)
    contact_by = models.DateField(null=True)
    contact_on = models.DateField(null=True)
    in_time = models.BooleanField(null=True)
    ask_on = models.DateField(null=True)
    owner_says = models.CharField(max_length=12, blank=True, default="")
    taken_back = models.BooleanField(default=False)
    wiped_at = models.DateTimeField(null=True)
    slot_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=32, blank=True, default="", db_index=True)

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["receiver", "slot_at"], name="one_firm_per_hour")
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def number(self) -> str:
        """The short number by which people name it: the same at the desk, in letters and as the
        name of what is downloaded.
        """
        return str(self.public_id)[:6]


class EventRow(models.Model):
    """One thing that happened; never changed, never removed alone."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12)
    by = models.CharField(max_length=12)
    at = models.DateTimeField()
    key = models.CharField(max_length=200)
    more = models.JSONField(default=dict)

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["referral", "key"], name="one_event_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.referral}: {self.kind}"


class Permission(models.Model):
    """What the owner allowed: which text, which items, to whom, when, by which channel; and
    when it ended. ``no_next_at``: when the owner took back that it may be passed on, and only that;
    ``may_pass_on`` keeps that it was ticked.
    """

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="permission")
    text_version = models.CharField(max_length=20)
    items = models.JSONField(default=list)
    channel = models.CharField(max_length=12)
    given_at = models.DateTimeField()
    may_pass_on = models.BooleanField(default=False)
    no_next_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.referral}, {self.given_at}"

    @property
    def passes_on(self) -> bool:
        """Whether it was ticked that it may be passed on, and not taken back apart."""
        return bool(self.may_pass_on) and self.no_next_at is None


class Link(models.Model):
    """A door to one referral without an account. Its token is known to who got it; here is its
    hash. ``turn``: how often it was made anew.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    who = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    device_hash = models.CharField(max_length=64, blank=True)
    code_asked_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    turn = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["referral", "who"], name="one_link_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.referral}, {self.who}"


class Intent(models.Model):
    """A message that must go out: written in the transaction of what brought it about. It is of a
    referral, or ``about`` something of another room (:data:`baken.web.handover.post.OTHERS`).

    ``stage``: ``waiting`` (to be sent), ``begun`` (given to the mail server, its answer not yet
    noted: after a crash it goes again, and ``doubles`` counts that), ``done``, ``dead`` (refused
    for good), ``dropped`` (there was nothing left to say before it went).
    """

    WAITING, BEGUN, DONE, DEAD, DROPPED = "waiting", "begun", "done", "dead", "dropped"
    GOES = (WAITING, BEGUN)

    key = models.CharField(max_length=300, unique=True)
    referral = models.ForeignKey(
        Referral, on_delete=models.CASCADE, null=True, related_name="intents"
    )
    about = models.CharField(max_length=200, blank=True)
    letter = models.CharField(max_length=20)
    to = models.CharField(max_length=12)
    message_id = models.CharField(max_length=200)
    stage = models.CharField(max_length=8, default=WAITING)
    next_try = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubles = models.PositiveSmallIntegerField(default=0)
    failed = models.CharField(max_length=100, blank=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.key)
