"""Fill the site's database for the load bench and print, as JSON, who signs in and what is asked.

    DATABASE_URL=... python bench/web/fill.py [--advisers 50] [--files 1500]

Every organisation of the catalogue takes files. The advisers work at twenty of them; the files lie
there, as if they came in over the last three weeks.
"""

from __future__ import annotations

import argparse
import json
import random
from base64 import b32encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from baken.web.serve import prepare

HOUSES = 20
DAYS = 21
PASSWORD = "vier woorden achter elkaar"
ASKED = Path(__file__).parents[1] / "search"


def needs() -> list[dict[str, str]]:
    """Needs as owners would word them, with a place and heads where they are told."""
    found = []
    for name in ("made_up", "fresh"):
        for row in yaml.safe_load((ASKED / f"{name}.yaml").read_text(encoding="utf-8")):
            facts: dict[str, Any] = row.get("facts") or {}
            where = facts.get("municipality") or ""
            heads = facts.get("headcount")
            told = "" if heads is None else str(max(1, heads))  # who asks counts along
            found.append({"need": row["need"], "where": where, "heads": told})
    return found


def fill(advisers: int, files: int) -> list[dict[str, str]]:
    """Make organisations, members and files; the members with their secrets."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from baken.web.desk.models import Member, Role
    from baken.web.handover.models import Receiver
    from baken.web.handover.store import Order, send
    from baken.web.owner.models import CatalogueRecord

    draw = random.Random(7)
    records = CatalogueRecord.objects.filter(type="organisation").order_by("record_id")
    Receiver.objects.bulk_create(
        Receiver(record_id=r.record_id, name=r.name, address=f"{r.record_id}@receiver.example")
        for r in records
    )
    houses = draw.sample(list(Receiver.objects.all()), HOUSES)
    password, people = make_password(PASSWORD), []
    for number in range(advisers):
        who = Member(email=f"adviser-{number}@desk.example", name=f"adviser {number}",
                     role=Role.ADVISER, receiver=houses[number % HOUSES])  # fmt: skip
        who.password = password
        who.save()
        key = TOTPDevice.objects.create(user=who, name="totp").bin_key
        people.append({"email": who.email, "password": PASSWORD, "key": b32encode(key).decode()})
    asked = needs()
    for number in range(files):
        house, need = draw.choice(houses), draw.choice(asked)["need"]
        at = timezone.now() - timedelta(days=draw.uniform(0, DAYS))
        dossier = {
            "made_on": at.date().isoformat(),
            "to": house.name,
            "to_id": house.record_id,
            "need": {"words": need, "codes": ["N10"], "labels": ["energie"]},
            "contact": {"name": "", "phone": "0400 00 00 00", "when": []},
        }
        send(Order(house.record_id, dossier, ["need", "contact"], "2026-11"), at, f"{number}")
    return people


def main() -> int:
    """Fill it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--advisers", type=int, default=50)
    parser.add_argument("--files", type=int, default=1500)
    given = parser.parse_args()
    prepare()
    people = fill(given.advisers, given.files)
    print(json.dumps({"people": people, "needs": needs()}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
