"""One offer of an answer: its verdict in words, its reasons, and why it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from baken.facts.vocabulary import load_vocabulary
from baken.kernel.plain import uncapped
from baken.landscape.availability import availability, deadline
from baken.landscape.dates import is_stale, newest_source, show_date
from baken.landscape.model import Instrument, Offer, Organisation
from baken.match.amount import amount_of
from baken.match.firm import Firm
from baken.match.giver import by_law, name_in, with_article
from baken.match.headline import ADVISED, asks_to_learn, may_lead, seeks_people
from baken.match.model import OfferAnswer, Query, Reason
from baken.match.rank import Ranked, is_general
from baken.match.reading import Reading
from baken.match.reasons import reasons
from baken.match.remembered import remembered
from baken.match.route import in_trouble, member_by_law
from baken.match.setting import Setting
from baken.match.shared import shared_words
from baken.match.texts import pick, say
from baken.match.unasked import is_over
from baken.match.understand import main_needs
from baken.match.verdict import Judgement
from baken.needs import load_needs

HANGS_ON = frozenset({"project_themes", "event"})
"""What a project is about and what happened: nobody's, unless told."""
_learns, _seeks = remembered(asks_to_learn), remembered(seeks_people)


def offer_answer(r: Ranked, judgement: Judgement, query: Query, read: Reading) -> OfferAnswer:
    """An offer with its verdict, its reasons, and why it is shown."""
    record, firm, needs, lang = r.record, read.firm, read.needs, query.lang
    told = reasons(
        record, judgement, firm.judged, load_vocabulary(), lang, firm.assumed, firm.doubted
    )
    failed = next((t for t in told if t.met is False), None)
    last = deadline(record, query.as_of)
    words = shared_words(record, query.need)
    return OfferAnswer(
        id=record.id,
        type=record.type,
        name=pick(record.names.model_dump(), lang) or record.id,
        summary=pick(record.summary.model_dump(), lang),
        verdict=judgement.verdict,
        verdict_says=say(
            _verdict_key(record, judgement.verdict, told),
            lang,
            who=_who(record, lang),
            says=failed.says if failed else "",
        ),
        score=round(r.score, 4),
        why=_why(r, query, firm, needs, words),
        reasons=told,
        checked=checked(told),
        missing=list(judgement.missing),
        availability=availability(record, query.as_of),
        stale=is_stale(record, query.as_of),
        newest_source=newest_source(record),
        amount=amount_of(record, firm.values.get("size"), query.as_of, lang),
        deadline=last.isoformat() if last else None,
        apply=record.apply if isinstance(record, Instrument) else None,
        url=record.url,
        first_step=pick(record.first_step.model_dump(), lang) if record.first_step else None,
        leads=may_lead(
            r,
            needs,
            Setting.of(firm, lang),
            words,
            over=is_over(firm.values),
            vague=read.vague,
            learns=_learns(query.need),
            hangs=bool(HANGS_ON & set(judgement.missing)) or _hangs_on_event(judgement, firm),
            trouble=in_trouble(query.need, list(needs), firm.values),
            seeks=_seeks(query.need),
        ),
    )


def checked(reasons: Sequence[Reason]) -> int:
    """How many of the conditions were held against the firm, met or not."""
    return sum(reason.met is not None for reason in reasons)


def _hangs_on_event(judgement: Judgement, firm: Firm) -> bool:
    """Whether somebody weighs what happened, and nothing is known to have happened."""
    weighed = (h for h in judgement.held if h.condition.family == "event" and h.met is None)
    return firm.values.get("event") is None and any(weighed)


def _who(record: Offer, lang: str) -> str:
    """Who gives it, or the organisation itself; elsewhere than in Dutch by its bare name, or as a
    word of the language."""
    told = getattr(record, "provider", None)
    if not told:
        names = record.names.model_dump()
        return with_article(names.get("nl") or "", lang) or pick(names, lang)
    return told if lang == "nl" else name_in(told, lang) or say("provider", lang)


def _verdict_key(record: Offer, verdict: str, told: Sequence[Reason]) -> str:
    """The words for a verdict: what no rule could look at never sounds as if it were met."""
    if verdict != "fits":
        return f"verdict.{verdict}"
    key = "verdict.fits"
    sure, likely = any(t.met for t in told), any(t.unknown_because == "assumed" for t in told)
    if not sure and not likely:
        key = "verdict.fits.unchecked"
    elif not sure or any(t.unknown_because in ("text", "judged") for t in told):
        key = "verdict.fits.to_show"
    elif isinstance(record, Organisation):
        key = "verdict.fits.organisation"
    return f"{key}.law" if by_law(getattr(record, "provider", None) or "") else key


def _why(
    r: Ranked, query: Query, firm: Firm, needs: Mapping[str, float], words: Sequence[str]
) -> list[str]:
    record, lang = r.record, query.lang
    why: list[str] = []
    if query.only:
        why.append(say("why.only", lang))
    shared = [n for n in main_needs(needs) if n in record.needs]
    if shared:
        labels = "; ".join(uncapped(pick(load_needs()[n].label, lang)) for n in shared)
        why.append(say("why.need", lang, need=labels))
    if is_general(record):
        why.append(say("why.general", lang))
    if r.part("named") > 0:
        why.append(say("why.named", lang))
    if words:
        why.append(say("why.words", lang, words=", ".join(words)))
    elif r.part("meaning") > 0.5:
        why.append(say("why.meaning", lang))
    if r.part("advice") > ADVISED:
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
