"""One offer of an answer: its verdict in words, its reasons, and why it is shown."""

from __future__ import annotations

from collections.abc import Mapping

from baken.facts.vocabulary import load_vocabulary
from baken.landscape.availability import availability, deadline
from baken.landscape.dates import is_stale, newest_source, show_date
from baken.landscape.model import Instrument, Offer, Organisation
from baken.match.firm import Firm
from baken.match.model import OfferAnswer, Query
from baken.match.rank import Ranked, is_general
from baken.match.reasons import amount, reasons
from baken.match.route import member_by_law
from baken.match.texts import pick, say
from baken.match.verdict import Judgement
from baken.match.words import stem, tokens
from baken.needs import load_needs

NAMED = 0.4
"""From this mean grade (0 to 1) of needs like this one on, that is a reason worth telling."""


def offer_answer(
    r: Ranked, judgement: Judgement, query: Query, firm: Firm, needs: Mapping[str, float]
) -> OfferAnswer:
    """An offer with its verdict, its reasons, and why it is shown.

    Args:
        needs: scores of the needs that were understood, best first.
    """
    record, lang = r.record, query.lang
    told = reasons(record, judgement, firm.values, load_vocabulary(), lang)
    failed = next((t for t in told if t.met is False), None)
    last = deadline(record, query.as_of)
    return OfferAnswer(
        id=record.id,
        type=record.type,
        name=pick(record.names.model_dump(), lang) or record.id,
        summary=pick(record.summary.model_dump(), lang),
        verdict=judgement.verdict,
        verdict_says=say(
            "verdict.fits.organisation"
            if judgement.verdict == "fits" and isinstance(record, Organisation)
            else f"verdict.{judgement.verdict}",
            lang,
            who=getattr(record, "provider", None) or pick(record.names.model_dump(), lang),
            says=failed.says if failed else "",
        ),
        score=round(r.score, 4),
        why=_why(r, query, firm, needs),
        reasons=told,
        missing=list(judgement.missing),
        availability=availability(record, query.as_of),
        stale=is_stale(record, query.as_of),
        newest_source=newest_source(record),
        amount=amount(record, firm.values.get("size"), query.as_of, lang),
        deadline=last.isoformat() if last else None,
        apply=record.apply if isinstance(record, Instrument) else None,
        url=record.url,
        first_step=pick(record.first_step.model_dump(), lang) if record.first_step else None,
    )


def _why(r: Ranked, query: Query, firm: Firm, needs: Mapping[str, float]) -> list[str]:
    record, lang = r.record, query.lang
    why: list[str] = []
    if query.only:
        why.append(say("why.only", lang))
    shared = [n for n in list(needs)[:3] if n in record.needs]
    if shared:
        labels = ", ".join(pick(load_needs()[n].label, lang).lower() for n in shared)
        why.append(say("why.need", lang, need=labels))
    if is_general(record):
        why.append(say("why.general", lang))
    words = _shared_words(record, query.need)
    if words:
        why.append(say("why.words", lang, words=", ".join(words)))
    elif r.parts.get("meaning", 0.0) > 0.5:
        why.append(say("why.meaning", lang))
    if r.parts.get("advice", 0.0) > NAMED:
        why.append(say("why.advice", lang))
    if firm.sector_label and firm.themes & set(record.themes):
        why.append(say("why.theme", lang, theme=firm.sector_label))
    if isinstance(record, Organisation) and member_by_law(record, firm.values):
        why.append(say("why.member", lang))
    if isinstance(record, Instrument) and record.firm_role == "participant":
        why.append(say("why.participant", lang))
    if is_stale(record, query.as_of):
        newest = newest_source(record)
        shown = newest and show_date(newest)
        why.append(say("why.stale", lang, date=shown) if shown else say("why.undated", lang))
    if availability(record, query.as_of) == "closed":
        why.append(say("why.closed", lang))
    return why


def _shared_words(record: Offer, need: str) -> list[str]:
    """The owner's own words that stand in the record's keywords or names."""
    own = {
        stem(w)
        for t in (*record.keywords, record.names.nl or "", record.summary.nl)
        for w in tokens(t)
    }
    return list(dict.fromkeys(w for w in tokens(need) if stem(w) in own))[:4]
