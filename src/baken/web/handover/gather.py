"""A dossier from an answer: everything that could go along, each item with a tick of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from datetime import date
from typing import Any

from baken.kernel.address import host_of
from baken.kernel.plain import plain
from baken.match.understand import main_needs
from baken.refer.dossier import LONG, MOST, SHORT, Dossier
from baken.web import words
from baken.web.handover.alarms_told import alarms
from baken.web.handover.draft import Draft
from baken.web.handover.rules_told import rules
from baken.web.owner import told_by
from baken.web.owner.asking import Asked
from baken.web.owner.doorway import still_there
from baken.web.owner.rows import Registered
from baken.web.owner.twins import paired
from baken.web.texts import text

Answer = Mapping[str, Any]


def gather(answer: Answer, asked: Asked, to: tuple[str, str], draft: Draft) -> Dossier:
    """All that is known, for the receiver ``to`` (id and name).

    Facts are those that the owner said and those of the register; verdicts those of the answer, but
    for organisations that are there no more; alarms those in the figures, and rules of the law
    those that the owner comes from.
    """
    answer = still_there(answer)
    lang, as_of = asked.lang, date.fromisoformat(answer["as_of"])
    main = main_needs({n["code"]: n["score"] for n in answer["needs"]})
    told = [n for n in answer["needs"] if n["code"] in main]
    law = rules(answer, asked, as_of)
    return Dossier.model_validate(
        {
            "lang": lang,
            "made_on": as_of,
            "to": to[1][:SHORT],
            "to_id": to[0],
            "need": {
                "words": asked.need,
                "codes": [n["code"] for n in told],
                "labels": [(n.get("label") or n["code"])[:SHORT] for n in told],
            },
            "contact": draft.contact(lang),
            "facts": list(_facts(asked, as_of, {rule["id"] for rule in law}))[:MOST],
            "verdicts": [_verdict(o, to[0], lang) for o in paired(answer["offers"])[:MOST]],
            "open_points": _open_points(answer, lang),
            "signals": alarms(asked.figures, lang),
            "law": law,
            "tried": [draft.tried] if draft.tried else [],
        }
    )


def _facts(asked: Asked, as_of: date, in_law: Set[str]) -> Iterator[dict[str, Any]]:
    """What the owner said, then what the register and the accounts add, each with its source. What
    the owner corrected stands twice: as the owner says it, and as the source has it. What follows
    from the accounts by a rule (``in_law``) stands there, with its steps.
    """
    lang = asked.lang
    said = {"label": text(lang, "send.source_owner"), "dated": as_of}
    for fact, value in asked.facts.items():
        if _plain(value):
            label = words.fact_label(lang, fact, value)
            shown = words.value_label(lang, fact, value, as_of)
            told_first = asked.told_by.get(fact)
            by = {"label": told_by.says(lang, told_first[0], adviser=True)} if told_first else {}
            yield {**_fact(fact, label, shown, said | by), "data": _data(value)}
    for name, told in (("kbo", asked.registered), ("accounts", asked.booked)):
        if told is None:
            continue
        for row in told.rows:
            if row.fact not in asked.facts and row.fact not in in_law:
                yield _fact(row.fact, row.label, row.value, _of(told, told.source))
        for row in (*told.wrong, *told.said):
            label = text(lang, f"send.by.{name}", label=row.label)
            source = _otherwise(row.fact, told, asked, as_of)
            yield _fact(f"{row.fact}.{name}", label, row.value, _of(told, source))


def _of(told: Registered, label: str) -> dict[str, Any]:
    return {"label": label[:SHORT], "dated": told.dated or None}


def _otherwise(fact: str, told: Registered, asked: Asked, as_of: date) -> str:
    """A source of what the owner called wrong, or only said otherwise."""
    if fact in asked.denied:
        return text(asked.lang, "send.source_wrong", source=told.source)
    value = words.value_label(asked.lang, fact, asked.facts[fact], as_of)
    return text(asked.lang, "send.source_said", source=told.source, value=value)


def _fact(fact: str, label: str, value: str, source: Answer) -> dict[str, Any]:
    return {
        "id": fact[:SHORT],
        "label": label[:SHORT],
        "value": value[:SHORT],
        "source": source,
    }


def _plain(value: Any) -> bool:
    """Papers (a group, accounts) are no line of text: what follows of them stands under law."""
    values = value if isinstance(value, list) else [value]
    return value is not None and not any(isinstance(v, dict | list) for v in values)


def _data(value: Any) -> Any:
    """A value as a program reads it; none of one that does not stand there in full."""
    values = value if isinstance(value, list) else [value]
    whole = all(not isinstance(v, str) or v == plain(v)[:SHORT] for v in values)
    return value if whole and len(values) <= MOST else None


def _verdict(offer: Answer, to_id: str, lang: str) -> dict[str, Any]:
    """The receiver is not told to ask itself."""
    own = (offer["type"], offer["id"], offer["verdict"]) == ("organisation", to_id, "fits")
    says = text(lang, "send.verdict_own") if own else offer["verdict_says"]
    return {
        "offer": f"{offer['type']}-{offer['id']}"[:SHORT],
        "name": offer["name"][:SHORT],
        "verdict": offer["verdict"],
        "says": says[:SHORT],
        "reasons": [_reason(r) for r in offer["reasons"] if not _is_silence(r)][:MOST],
        "checked": sum(r["met"] is not None for r in offer["reasons"]),
        "silent": [_silence(r, lang) for r in offer["reasons"] if _is_silence(r)],
    }


def _is_silence(reason: Answer) -> bool:
    return bool(reason["unknown_because"] == "not_stated")


def _silence(reason: Answer, lang: str) -> str:
    """What the source says nothing about, in a word or two."""
    return text(lang, f"send.silent.{reason['condition'].removeprefix('not_stated.')}")


def _reason(reason: Answer) -> dict[str, Any]:
    source = reason.get("source") or {}
    url, dated = source.get("url"), str(source.get("date") or "") or None
    found = {"label": host_of(url)[:SHORT], "url": url, "dated": dated} if url else None
    return {
        "says": reason["says"][:LONG],
        "met": reason["met"],
        "because": reason["unknown_because"],
        "source": found,
    }


def _open_points(answer: Answer, lang: str) -> list[str]:
    missing = (fact for offer in answer["offers"] for fact in offer.get("missing", []))
    found = [words.fact_label(lang, fact)[:SHORT] for fact in missing]
    return list(dict.fromkeys(found))[:MOST]
