"""Referrals for tests: a moment by a day and an hour, an event by its kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from baken.refer.dossier import Dossier
from baken.refer.model import Event, Kind, Referral, Terms, Who
from baken.refer.states import replay

REGISTER = {"label": "KBO", "url": "https://kbopub.economie.fgov.be", "dated": "2026-03-01"}
ARTICLE = {
    "label": "2003/361/EG, bijlage, art. 2",
    "url": "https://eur-lex.europa.eu/eli/reco/2003/361/oj",
}
OWNER = {"label": "zelf gezegd"}
_NUMBERS = count()
USUAL = {
    Kind.SENT: Who.OWNER,
    Kind.HANDED_OVER: Who.SYSTEM,
    Kind.BOUNCED: Who.SYSTEM,
    Kind.SENT_AGAIN: Who.SYSTEM,
    Kind.NO_CONTACT: Who.OWNER,
    Kind.NO_NEXT: Who.OWNER,
    Kind.WITHDRAWN: Who.OWNER,
    Kind.EXPIRED: Who.SYSTEM,
    Kind.STEP: Who.SYSTEM,
}


def moment(day: str, hour: int = 10) -> datetime:
    """A moment on a day, in UTC."""
    return datetime.combine(date.fromisoformat(day), time(hour), tzinfo=UTC)


def event(kind: str, day: str, **more: Any) -> Event:
    """An event of a kind on a day, said by whoever usually says it."""
    found = Kind(kind)
    more.setdefault("by", USUAL.get(found, Who.RECEIVER))
    more.setdefault("key", f"k{next(_NUMBERS)}")
    return Event(kind=found, at=moment(day), **more)


def referral(
    *events: Event,
    sent: str = "2026-03-02",
    crisis: bool = False,
    promise: int = 5,
    slot: str = "",
) -> Referral:
    """A referral that was sent on a day (a Monday without holidays in the month after), with an
    hour on the day ``slot``, and what happened to it.
    """
    slot_on = date.fromisoformat(slot) if slot else None
    terms = Terms(date.fromisoformat(sent), crisis, promise, slot_on)
    return replay(terms, [event("sent", sent), *events])


def dossier(**more: Any) -> Dossier:
    """A dossier with one of everything, and two facts."""
    return Dossier.model_validate(
        {
            "made_on": "2026-03-02",
            "to": "Huis van Raad",
            "to_id": "huis-van-raad",
            "need": {"words": "mijn oven verbruikt veel", "codes": ["N10"], "labels": ["energie"]},
            "contact": {"name": "de bakker", "phone": "0400 00 00 00", "when": ["dinsdag"]},
            "facts": [
                {"id": "region", "label": "Gewest", "value": "Vlaams Gewest", "source": REGISTER},
                {"id": "headcount", "label": "Hoofden", "value": "vier hoofden", "source": OWNER},
            ],
            "verdicts": [
                {
                    "offer": "kmo-portefeuille",
                    "name": "kmo-portefeuille",
                    "verdict": "open",
                    "says": "Past misschien: één ding weten we nog niet.",
                    "reasons": [
                        {"says": "Je firma ligt in Vlaanderen.", "met": True, "source": REGISTER},
                        {"says": "Je bent geen grote onderneming.", "met": False},
                        {"says": "Je betaalde je RSZ.", "met": None},
                        {"says": "Het project is vernieuwend.", "met": None, "because": "judged"},
                        {"says": "De raad is onafhankelijk.", "met": None, "because": "text"},
                    ],
                    "silent": ["rechtsvorm", "grootte"],
                },
                {
                    "offer": "streekfonds",
                    "name": "Streekfonds",
                    "verdict": "excluded",
                    "says": "Past nu niet.",
                    "reasons": [{"says": "Je werkt in Brussel.", "met": False}],
                },
            ],
            "open_points": ["de omzet van vorig jaar"],
            "signals": [
                {
                    "id": "fewer-customers",
                    "says": "Elke maand komt er een klant minder.",
                    "since": "september",
                    "chance": "Van 100 gezonde zaken krijgen er 2 dit bericht.",
                    "source": {"label": "eigen cijfers", "dated": "2026-02-28"},
                    "evidence": ["41 facturen in september, 52 het jaar voordien"],
                }
            ],
            "law": [
                {
                    "id": "size",
                    "title": "Grootte",
                    "outcome": "Kleine onderneming",
                    "until": "2026-05-02",
                    "steps": [{"says": "Minder dan 50 hoofden.", "source": ARTICLE}],
                    "assumed": ["Er zijn geen verbonden ondernemingen."],
                }
            ],
            "tried": ["De leverancier van de oven gebeld."],
            **more,
        }
    )
