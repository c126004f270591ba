"""The path from a query to an answer, with everything that is read once kept in hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from baken.facts.questions import choices_for
from baken.facts.vocabulary import Fact, load_vocabulary
from baken.landscape.availability import availability
from baken.landscape.catalogue import Catalogue, load_catalogue
from baken.landscape.model import Offer, Organisation
from baken.match.advised import Advice, is_brief, load_advised
from baken.match.computed import computed
from baken.match.danger import danger
from baken.match.distress import listeners
from baken.match.duties import duties, with_due
from baken.match.firm import Firm
from baken.match.first_named import first_named
from baken.match.heard import Heard, prepare
from baken.match.listening import to_who_listens, urgent, whom_to_call
from baken.match.model import (
    MAX_QUESTIONS,
    Answer,
    Choice,
    DoorReason,
    NeedScore,
    NextQuestion,
    OfferAnswer,
    Query,
    Route,
    SimilarStory,
)
from baken.match.named import WHOLE, Names
from baken.match.offer import checked, offer_answer
from baken.match.question import Open, next_fact, worth_asking
from baken.match.rank import (
    WEIGHTS,
    Ranked,
    Standings,
    Table,
    documents,
    rank,
    standings,
)
from baken.match.reading import Reading
from baken.match.reasons import reasons
from baken.match.remembered import Remembered
from baken.match.route import Chosen, Situation, choose, in_trouble
from baken.match.search import Index, Scores, open_index
from baken.match.setting import Setting
from baken.match.shared import said_stems
from baken.match.shown import TOP, best_of, offered, verdict_of
from baken.match.similar import StoryIndex, default_stories, tell
from baken.match.small_aid import question_text
from baken.match.texts import pick, say
from baken.match.unasked import (
    is_for_going_on,
    is_for_hiring,
    is_only_asked,
    is_over,
    is_stopped,
    is_withheld,
    seeks_nobody,
    shown_subjects,
)
from baken.match.understand import classifier_version, understand
from baken.match.unfit import is_no_use
from baken.match.verdict import Judge, Judged, with_trade
from baken.needs import load_needs

ENGINE_VERSION = "0.1.0"
DAYS_KEPT = 16
NAMED_FIRST = 0.7
"""The least mean grade (0 to 1) of what an adviser names first, whatever else was said: to whom
customers owe money, and to who has no work for the staff."""
ACTIVE = "active_in_kbo"
More = Callable[[int], list[OfferAnswer]]


@dataclass(frozen=True)
class Engine:
    """A catalogue, its index and its compiled rules."""

    catalogue: Catalogue
    index: Index
    judge: Judge
    vocabulary: Mapping[str, Fact]
    stories: StoryIndex
    advice: Advice
    names: Names
    kept: dict[date, Standings] = field(default_factory=dict, repr=False)
    heard: Remembered[Heard] = field(default_factory=Remembered, init=False, repr=False)
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)

    @classmethod
    def of(cls, catalogue: Catalogue) -> Engine:
        """Everything that a query needs, read, learned and compiled once."""
        prepare()
        return cls(
            catalogue,
            open_index(documents(catalogue.records), catalogue.version),
            Judge.of(catalogue),
            load_vocabulary(),
            default_stories(),
            Advice.of(load_advised(), catalogue.records, read_needs, classifier_version()),
            Names.of(catalogue.records),
        )

    def answer(self, query: Query) -> Answer:
        """The answer to a query.

        Raises:
            BakenError: for a fact that is unknown or a value that can't be.
        """
        return self.answer_and_more(query)[0]

    def answer_and_more(self, query: Query) -> tuple[Answer, More]:
        """The answer to a query, and what tells the offers of the same query with so many more of
        them, without reading it again.

        Raises:
            BakenError: for a fact that is unknown or a value that can't be.
        """
        read = Reading.of(query, self.hear)
        ranked = self._rank(query, read)
        judged = Judged(self.judge, self.catalogue, read.firm.judged, query.as_of)
        usable = offered(query, read, ranked, judged)
        shown = best_of(query, usable, judged)
        made: dict[int, OfferAnswer] = {}

        def offer(r: Ranked) -> OfferAnswer:
            if r.row not in made:
                found = judged[(r.record.type, r.record.id)]
                made[r.row] = offer_answer(r, found, query, read)
            return made[r.row]

        def offers(chosen: Sequence[Ranked]) -> list[OfferAnswer]:
            return [offer(r) for r in chosen]

        def more(count: int) -> list[OfferAnswer]:
            wider = query.model_copy(update={"limit": query.limit + count})
            return offers(best_of(wider, usable, judged))

        route = self._route(query, read, ranked, judged) if read.heard else None
        stopped = is_stopped(read.firm.values) and ACTIVE not in query.asked and not read.no_need
        if read.cry:
            question = None  # first to somebody who listens; no form
        elif stopped:
            question = self._asking(ACTIVE, MAX_QUESTIONS - len(set(query.asked)), query, read.firm)
        else:
            question = self._question(query, read.firm, shown, judged)
        found = Answer(
            id=query.id,
            lang=query.lang,
            needs=[
                NeedScore(code=c, score=s, label=pick(load_needs()[c].label, query.lang))
                for c, s in list(read.needs.items())[:5]
            ],
            offers=offers(shown),
            next_question=question,
            route=self._route_answer(route, query, read, judged) if route else None,
            unmet=read.unmet or _is_general_door(route),
            no_need=read.no_need,
            unsure=say("notice.unsure", query.lang) if read.unsure else None,
            similar_stories=self._alike(query, read),
            urgent=urgent(read.cry, query.lang) if read.cry else None,
            danger=None if read.cry else danger(query.need, query.lang),
            calls=whom_to_call(read, query.lang),
            duties=[] if read.no_need else duties(query.need, self.catalogue, query.lang),
            doubt=say("notice.stopped", query.lang) if stopped else None,
            notices=self._notices(query, read, route),
            heard=list(read.firm.heard),
            heard_values={f: list(v) for f, v in read.firm.heard.items() if v},
            heard_trade=read.firm.trade_label if read.needs else None,
            computed=[computed(name, fact, read.firm) for name, fact in read.firm.found.items()],
            as_of=query.as_of.isoformat(),
            catalogue_version=self.catalogue.version,
            engine_version=ENGINE_VERSION,
        )
        return found, more

    def hear(self, text: str, page: str = "") -> Heard:
        """A text that is not empty, read as typed on a page of a language; the last few are
        remembered without their words.
        """

        def read(_: str) -> Heard:
            return replace(Heard.of(text, self.index, self.names, page), text="")

        return replace(self.heard.of(f"{page}\n{text}", read), text=text)

    def _alike(self, query: Query, read: Reading) -> list[SimilarStory]:
        if read.heard is None or read.no_need or read.cry:
            return []
        found = self.stories.alike(read.heard.meant, read.needs, read.firm.themes, read.firm.values)
        return [tell(a, query.lang) for a in found]

    def _rank(self, query: Query, read: Reading) -> list[Ranked]:
        heard, needs, setting = read.heard, read.needs, Setting.of(read.firm, query.lang)
        retrieved: dict[str, Scores] = {}
        trouble = read.cry is not None or in_trouble(query.need, list(needs), read.firm.values)
        if heard:
            retrieved |= heard.retrieved
            near = np.maximum.reduce(list(retrieved.values()))
            brief = is_brief(heard.text)
            lent = self.advice.lend(heard.meant, needs, setting, near, heard.above, brief)
            first = first_named(query.need, read.firm.heard, trouble)
            at_first = [self.places[key] for key in first & self.places.keys()]
            lent[at_first] = np.maximum(lent[at_first], NAMED_FIRST)
            retrieved["advice"] = lent
            retrieved["stories"] = self.stories.lend(heard.meant, self.places)
            retrieved["helped"] = self.helped
            retrieved["named"] = heard.named.copy()
            if read.cry:
                keys = listeners(read.cry.lang, read.cry.kind) & self.places.keys()
                at = [self.places[key] for key in keys]
                retrieved["named"][at] = WHOLE
        subjects = shown_subjects(query.need, read.firm, trouble, bool(heard and heard.cry))
        return rank(
            self.table,
            self._standings(query.as_of),
            retrieved,
            needs,
            setting,
            self.weights,
            trouble=trouble,
            brief=is_brief(query.need),
            subjects=subjects,
            said=said_stems(query.need),
        )

    @cached_property
    def table(self) -> Table:
        return Table.of(self.catalogue.records)

    @cached_property
    def helped(self) -> Scores:
        return self.stories.helped(self.places)

    @cached_property
    def places(self) -> Mapping[tuple[str, str], int]:
        return places_of(self.catalogue)

    def _standings(self, as_of: date) -> Standings:
        """The records' standings at a day, kept for the last few days that were asked about."""
        if as_of not in self.kept:
            if len(self.kept) >= DAYS_KEPT:
                self.kept.clear()
            self.kept[as_of] = standings(self.catalogue.records, as_of)
        return self.kept[as_of]

    def _question(
        self,
        query: Query,
        firm: Firm,
        shown: list[Ranked],
        judged: Judged,
    ) -> NextQuestion | None:
        usable = [r for r in shown if verdict_of(r, judged) != "excluded"]
        opens = []
        for at, r in enumerate(usable[:TOP]):
            lacks = worth_asking(judged[(r.record.type, r.record.id)], firm.values, self.vocabulary)
            opens.append(Open(1.0 / (at + 1), [m for m in lacks if m not in firm.closed]))
        known = {k for k, v in firm.values.items() if v is not None and k not in firm.narrowed}
        found = next_fact(opens, self.vocabulary, query.asked, known)
        if found is None:
            return None
        return self._asking(*found, query, firm)

    def _asking(self, name: str, left: int, query: Query, firm: Firm) -> NextQuestion:
        """A fact as a question, the first of so many at most."""
        fact = self.vocabulary[name]
        return NextQuestion(
            fact=name,
            text=question_text(fact, firm, query.as_of, query.lang),
            help=pick(fact.help, query.lang) or None if fact.help else None,
            choices=[Choice(**c) for c in choices_for(fact, query.as_of, query.lang)],
            left=max(1, left),
        )

    def _route(
        self,
        query: Query,
        read: Reading,
        ranked: list[Ranked],
        judged: Judged,
    ) -> Chosen:
        firm, needs = read.firm, list(read.needs)
        homes = Setting.of(firm, query.lang).homes
        situation = Situation(
            query.need, needs, firm.values, firm.themes, read.unmet, firm.trade, read.vague, homes
        )
        over = is_over(firm.values)

        def usable(o: Organisation) -> bool:
            return (
                judged.verdict((o.type, o.id)) != "excluded"
                and availability(o, query.as_of) != "closed"
                and not (over and is_for_going_on(o))
            )

        idle = seeks_nobody(query.need)

        def is_no_door(o: Offer) -> bool:
            return is_only_asked(o) or is_withheld(o) or (idle and is_for_hiring(o))

        told = [r for r in ranked if isinstance(r.record, Organisation)]
        told = [r for r in told if not is_no_use(r.record, query.need)]
        doors = [r for r in told if not (r.part("unasked") and is_no_door(r.record))]
        found = choose(situation, [(r.record, r.score) for r in doors], usable)
        found = with_due(found, query.need, self.catalogue, usable)
        return to_who_listens(found, ranked, read)

    def _route_answer(
        self,
        chosen: Chosen,
        query: Query,
        read: Reading,
        judged: Judged,
    ) -> Route:
        doors, lang, firm = chosen.doors, query.lang, read.firm

        def told(o: Organisation) -> DoorReason:
            found = with_trade(judged[(o.type, o.id)], firm.judged, firm.trade)
            why = reasons(o, found, firm.judged, self.vocabulary, lang, firm.assumed, firm.doubted)
            return DoorReason(
                id=o.id,
                name=pick(o.names.model_dump(), lang),
                why=pick(o.summary.model_dump(), lang),
                verdict=found.verdict,
                reasons=why,
                checked=checked(why),
            )

        return Route(
            id=chosen.rule.id,
            doors=[o.id for o in doors[:2]],
            alternative=doors[2].id if len(doors) > 2 else None,
            why=say("notice.no_need", lang) if read.no_need else chosen.why(lang, read.doubtful),
            reasons=[told(o) for o in doors],
        )

    def _notices(self, query: Query, read: Reading, route: Chosen | None) -> list[str]:
        """What must be known beside the offers: first what is urgent."""
        notices = [urgent(read.cry, query.lang)] if read.cry else []
        notices += [say("notice.unsure", query.lang)] if read.unsure else []
        of_firm = () if read.no_need else read.firm.told
        notices += dict.fromkeys((*of_firm, *self._of_query(query)))
        if read.heard and read.heard.cry and not read.cry:
            notices.append(urgent(read.heard.cry, query.lang))
        if _is_general_door(route):
            notices.append(say(f"notice.{'no_need' if read.no_need else 'unmet'}", query.lang))
        return notices

    def _of_query(self, query: Query) -> list[str]:
        notices = []
        if query.as_of.year < self.catalogue.seen_year:
            notices.append(say("notice.past", query.lang, date=query.as_of.strftime("%d/%m/%Y")))
        if query.as_of > date(2026, 12, 31):
            notices.append(say("notice.gber", query.lang))
        missing = [i for i in query.only if not self.catalogue.find(i)]
        if missing:
            notices.append(say("notice.only_unknown", query.lang, ids=", ".join(missing)))
        shared = [i for i in dict.fromkeys(query.only) if len(self.catalogue.find(i)) > 1]
        return [*notices, *(say("notice.shared", query.lang, id=i) for i in shared)]


def places_of(catalogue: Catalogue) -> Mapping[tuple[str, str], int]:
    """The place of each record in the catalogue, by type and id."""
    return {(r.type, r.id): i for i, r in enumerate(catalogue.records)}


def read_needs(text: str, vector: NDArray[np.float32]) -> Mapping[str, float]:
    """The needs that a text tells, which is known to be a need."""
    return understand(text, vector, said_alike=True).needs


def _is_general_door(route: Chosen | None) -> bool:
    return route is not None and route.rule.id == "R0"


_ENGINE_LOCK = threading.Lock()


def default_engine() -> Engine:
    """The engine over the catalogue that ships with Baken; made once, whoever asks first."""
    with _ENGINE_LOCK:
        return _default_engine()


@lru_cache(maxsize=1)
def _default_engine() -> Engine:
    return Engine.of(load_catalogue())
