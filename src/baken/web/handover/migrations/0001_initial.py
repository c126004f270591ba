"""Receivers, referrals, their events, permissions, links, and messages that must go out."""

# mypy: allow-subclassing-any
# ruff: noqa: RUF012
from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Receiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record_id", models.SlugField(max_length=200, unique=True)),
                ("name", models.CharField(max_length=300)),
                ("address", models.EmailField(max_length=254)),
                ("promise", models.PositiveSmallIntegerField(default=5)),
                ("lang", models.CharField(default="nl", max_length=2)),
                ("active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField()),
                ("last", models.DateField()),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="handover.receiver",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=32, unique=True)),
                ("sent_on", models.DateField()),
                ("crisis", models.BooleanField(default=False)),
                ("promise", models.PositiveSmallIntegerField(default=5)),
                ("lang", models.CharField(default="nl", max_length=2)),
                ("alternative", models.SlugField(blank=True, max_length=200)),
                ("owner_address", models.EmailField(blank=True, max_length=254)),
                ("dossier", models.JSONField(default=dict)),
                ("delivery", models.CharField(max_length=12)),
                ("handling", models.CharField(db_index=True, max_length=12)),
                ("ended", models.BooleanField(db_index=True, default=False)),
                (
                    "after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="next",
                        to="handover.referral",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="handover.receiver",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Permission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_version", models.CharField(max_length=20)),
                ("items", models.JSONField(default=list)),
                ("channel", models.CharField(max_length=12)),
                ("given_at", models.DateTimeField()),
                ("may_pass_on", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permission",
                        to="handover.referral",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Intent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=300, unique=True)),
                ("letter", models.CharField(max_length=20)),
                ("to", models.CharField(max_length=12)),
                ("message_id", models.CharField(max_length=200)),
                ("stage", models.CharField(default="waiting", max_length=8)),
                ("next_try", models.DateTimeField(db_index=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("doubles", models.PositiveSmallIntegerField(default=0)),
                ("failed", models.CharField(blank=True, max_length=100)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intents",
                        to="handover.referral",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=12)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("expires_on", models.DateField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("device_hash", models.CharField(blank=True, max_length=64)),
                ("code_asked_at", models.DateTimeField(null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="handover.referral",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("referral", "who"), name="one_link_per_side")
                ],
            },
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("by", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("key", models.CharField(max_length=200)),
                ("more", models.JSONField(default=dict)),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="handover.referral",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("referral", "key"), name="one_event_per_key")
                ],
            },
        ),
    ]
