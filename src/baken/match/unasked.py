"""What is there for one thing only, and is in the way of whoever did not ask for that.

Advisers name training and places of last resort beside what was asked. Where nothing of people, or
of a firm that can't go on, was told, that is no reason to put them before what the owner did ask.
Who lays out business parks is of the market and of growing by the codes of needs, which know no
premises: for falling sales it is no help. Nor is who helps to sell abroad, or pays for road works,
where nobody said so; nor the disaster fund where no water, wind or hail did damage, nor a helpline
where nobody cries for help, nor a psychologist where debts alone were told, nor an ombudsman or
court where nobody disagrees, nor that of insurers where none was named. To whom customers owe money
is no debtor: nothing for a firm that can't go on, nor what insures against a loss that is there
already. And who has no work for the staff seeks none, nor does who tells that one of them was hurt.
Temporary unemployment by the weather is for who tells of weather, and who checks the safety of food
for who tells of food or lives by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from baken.kernel.files import own_yaml
from baken.kernel.values import SetOf, Value
from baken.landscape.browse import phases
from baken.landscape.model import Offer, Organisation
from baken.match.duties import tells_hurt, tells_unsafe_food
from baken.match.firm import Firm
from baken.match.first_named import tells_care
from baken.match.helplines import number_of
from baken.match.no_work import tells_dismissal, tells_no_work, tells_of_staff, trains_own
from baken.match.others import is_owed, is_owed_abroad, own_words
from baken.match.payer import without_own_arrears
from baken.match.quarrel import is_staff_quarrel
from baken.match.remembered import remembered
from baken.match.route import happened
from baken.match.understand import cue_scores
from baken.match.words import fold, tokens

DATA = Path(__file__).parent / "data"
LAST_RESORT = frozenset({"crisis", "stop_or_hand_over"})
"""The phases of a firm that can't go on as it is."""
ABROAD = frozenset({"export", "internationalisation"})
"""The tags of what helps to sell abroad."""


def is_for_people(record: Offer) -> bool:
    """Whether a record is first of all for people and learning."""
    return record.needs[0] == "N13"


def is_last_resort(record: Offer) -> bool:
    """Whether a record is only for a firm that can't go on, or stops."""
    return record.needs[0] == "N14" and phases(record) <= LAST_RESORT


def is_for_trouble(record: Offer) -> bool:
    """Whether an instrument is a procedure of a firm in trouble alone: who stops, or was struck by
    something, has no use for it.
    """
    return record.type == "instrument" and is_last_resort(record) and phases(record) == {"crisis"}


def is_for_going_on(record: Offer) -> bool:
    """Whether only a firm that goes on has use for a record: aid, courses and who gives money, but
    for what is also for trouble or for every question.
    """
    if isinstance(record, Organisation):
        return record.needs[0] == "N09"
    return "N14" not in record.needs and record.needs[0] != "N01"


def is_for_premises(record: Offer) -> bool:
    """Whether an organisation is first of all there for ground and buildings."""
    housing = isinstance(record, Organisation) and record.does[:1] == ["housing"]
    return housing and record.needs[0] == "N12"


def is_for_abroad(record: Offer) -> bool:
    """Whether a record is first of all there to sell abroad."""
    return record.needs[0] == "N12" and bool(ABROAD & set(record.tags))


def is_for_works(record: Offer) -> bool:
    """Whether a record is for who has works before the door."""
    return "disruption" in record.tags


def is_for_disaster(record: Offer) -> bool:
    """Whether a record is for damage by a disaster."""
    return "disaster" in record.tags and record.needs[0] == "N14"


def is_for_a_cry(record: Offer) -> bool:
    """Whether a record is a line that listens to who can't go on."""
    return bool(number_of(record.id))


def is_for_listening(record: Offer) -> bool:
    """Whether a record is there for who can't cope, and settles no debt."""
    return "listening" in record.tags


def is_for_dispute(record: Offer) -> bool:
    """Whether an organisation is there for who disagrees with somebody: an ombudsman, a court."""
    return isinstance(record, Organisation) and "dispute" in record.tags


def is_for_insurance(record: Offer) -> bool:
    """Whether an organisation is there for who disagrees with an insurer."""
    return is_for_dispute(record) and "insurance" in record.tags


def is_for_staff_dispute(record: Offer) -> bool:
    """Whether an organisation is there for who disagrees with somebody of the staff."""
    return isinstance(record, Organisation) and set(record.tags) >= STAFF_COURT_TAGS


def is_only_asked(record: Offer) -> bool:
    """Whether a record is no door at all for who did not ask for it: who listens to debts alone,
    and who judges where nobody disagrees, or not about staff.
    """
    return is_for_listening(record) or is_for_dispute(record) or is_for_staff_dispute(record)


def is_for_later_losses(record: Offer) -> bool:
    """Whether an instrument insures against customers who will not pay: no help for who did not."""
    return record.type == "instrument" and "insures-payment" in record.tags


def is_for_unpaid(record: Offer) -> bool:
    """Whether an instrument collects what customers owe, or insures against who will not pay."""
    return is_for_later_losses(record) or "debt-collection" in record.tags


def is_for_going_under(record: Offer) -> bool:
    """Whether an instrument is a procedure of who can't pay: a court's protection, bankruptcy."""
    in_debt = record.type == "instrument" and bool(GOING_UNDER_TAGS & set(record.tags))
    return is_for_trouble(record) or (in_debt and is_last_resort(record))


def is_court_of_firms(record: Offer) -> bool:
    """Whether an organisation is the court where a firm is protected or declared bankrupt."""
    return isinstance(record, Organisation) and "court" in record.tags and is_last_resort(record)


def is_withheld(record: Offer) -> bool:
    """Whether a record is not offered at all to who did not ask for it."""
    of_trouble = is_for_going_under(record) or is_court_of_firms(record)
    of_one_thing = is_for_own_income(record) or is_for_safe_food(record)
    of_one_thing = of_one_thing or is_for_taking_on(record) or is_for_crime(record)
    return of_trouble or is_for_unpaid(record) or of_one_thing


def is_for_crime(record: Offer) -> bool:
    """Whether an instrument is for who was stolen from, cheated or threatened."""
    return record.type == "instrument" and "crime" in record.tags


def is_for_weather(record: Offer) -> bool:
    """Whether a record is for who can't work because of the weather."""
    return "weather" in record.tags


def is_for_safe_food(record: Offer) -> bool:
    """Whether an organisation is there for food that is to be safe."""
    return isinstance(record, Organisation) and set(record.tags) >= FOOD_TAGS


def is_for_own_illness(record: Offer) -> bool:
    """Whether an instrument is for who is ill: no help for who cares for somebody else."""
    return record.type == "instrument" and "illness" in record.tags


def is_for_own_income(record: Offer) -> bool:
    """Whether an instrument pays who can't work himself, or staff that can't, or a record is for
    the self-employed person alone: no help for who has food that made a customer ill, or whose
    worker was hurt.
    """
    of_income = record.type == "instrument" and bool(OWN_INCOME_TAGS & set(record.tags))
    of_one = "self-employed" in record.tags
    return of_income or (of_one and (record.type == "instrument" or "contributions" in record.tags))


def is_for_collecting_here(record: Offer) -> bool:
    """Whether a record only collects from customers who are in the Belgian register."""
    return any("customer_in_kbo = true" in (c.rule or "") for c in record.conditions)


def is_for_green(record: Offer) -> bool:
    """Whether a record is first of all there for energy and the environment."""
    return record.needs[0] == GREEN_NEED


def is_for_debtors(record: Offer) -> bool:
    """Whether a record is for a firm that owes what it can't pay."""
    return is_last_resort(record) or bool(DEBT_TAGS & set(record.tags))


def is_for_hiring(record: Offer) -> bool:
    """Whether a record is first of all there to find, hire or train people."""
    if not is_for_people(record):
        return False
    return record.type == "training" or bool(HIRING_TAGS & set(record.tags))


def is_for_taking_on(record: Offer) -> bool:
    """Whether an instrument pays for somebody new: no help for who trains the staff there is."""
    return record.type == "instrument" and record.needs[0] == "N13" and "hiring" in record.tags


DEBT_TAGS = frozenset({"debt", "turnaround"})
GOING_UNDER_TAGS = frozenset({"debt", "bankruptcy"})
OWN_INCOME_TAGS = frozenset({"illness", "income", "standstill"})
HIRING_TAGS = frozenset({"hiring", "labour"})
STAFF_COURT_TAGS = frozenset({"court", "hiring"})
FOOD_TAGS = frozenset({"food", "safety"})
FOOD_THEMES = frozenset({"agrofood", "agriculture"})
FOOD_TRADES = ("01", "03", "10", "11", "471", "472", "56")
"""NACE-BEL 2025: farms, fishers, makers of food and drink, shops with food, restaurants."""
CRY, LISTENING, DISPUTE = "cry", "listening", "dispute"
OWING, BEFORE_A_LOSS, HIRING = "owing", "before_a_loss", "hiring"
OWN_ILLNESS, COLLECTING_HERE = "own_illness", "collecting_here"
TAKING_ON = "taking_on"
TROUBLE, COURT, UNPAID = "trouble", "court", "unpaid"
OWN_INCOME, FOOD, GREEN = "own_income", "food", "green"
GREEN_NEED = "N11"
FOR_MOST = frozenset(
    {OWING, BEFORE_A_LOSS, HIRING, TAKING_ON, OWN_ILLNESS, OWN_INCOME, COLLECTING_HERE, GREEN}
)
"""What anyone may be shown but who tells the contrary: is owed money, has no work for the staff,
trains that staff, cares for somebody who is ill, has food that made a customer ill or staff that
was hurt, has a customer abroad who does not pay, has damage by rain and no green plan."""
SUBJECTS: Mapping[str, Callable[[Offer], bool]] = {
    "premises": is_for_premises,
    "abroad": is_for_abroad,
    "works": is_for_works,
    "disaster": is_for_disaster,
    "weather": is_for_weather,
    "crime": is_for_crime,
    FOOD: is_for_safe_food,
    TROUBLE: is_for_going_under,
    COURT: is_court_of_firms,
    UNPAID: is_for_unpaid,
    CRY: is_for_a_cry,
    LISTENING: is_for_listening,
    DISPUTE: is_for_dispute,
    "insurer": is_for_insurance,
    "staff_dispute": is_for_staff_dispute,
    OWING: is_for_debtors,
    BEFORE_A_LOSS: is_for_later_losses,
    HIRING: is_for_hiring,
    TAKING_ON: is_for_taking_on,
    OWN_ILLNESS: is_for_own_illness,
    OWN_INCOME: is_for_own_income,
    COLLECTING_HERE: is_for_collecting_here,
    GREEN: is_for_green,
}
"""What nobody is shown who has no word of it, with the records that are for it."""


def asked_subjects(text: str) -> frozenset[str]:
    """Which of :data:`SUBJECTS` a text has a word of (``data/asked_<subject>.txt``); of a disaster
    what :func:`tells_disaster` hears, of a dispute nothing that the firm itself can't pay, and of
    trouble nothing that others can't.

    >>> sorted(asked_subjects("we zoeken een loods om naar Duitsland te leveren"))
    ['abroad', 'premises']
    """
    said, disputed = tokens(text), tokens(without_own_arrears(text))
    own = tokens(own_words(fold(text)))

    def has(subject: str, words: tuple[str, ...]) -> bool:
        among = {DISPUTE: disputed, TROUBLE: own}.get(subject, said)
        return any(word.startswith(words) or word.endswith(words) for word in among)

    told = {subject for subject, words in _asking().items() if has(subject, words)}
    return frozenset(told | {"disaster"} if tells_disaster(text) else told)


_asked = remembered(asked_subjects)


def shown_subjects(text: str, firm: Firm, trouble: bool, cried: bool) -> frozenset[str]:
    """Which of :data:`SUBJECTS` somebody may be shown who says this of such a firm.

    Args:
        trouble: whether there are signs that the firm can't go on.
        cried: whether somebody cries for help, or may.
    """
    found = _asked(text) | subjects_unless_told(text, trouble)
    if trouble:
        found |= {TROUBLE}
    if found & {TROUBLE, DISPUTE}:
        found |= {COURT}
    if happened(firm.values, "road_works"):
        found |= {"works"}
    if firm.themes & FOOD_THEMES or _sells_food(firm) or tells_unsafe_food(text):
        found |= {FOOD}
    if cried:
        return found | {CRY, LISTENING}
    return found


def _sells_food(firm: Firm) -> bool:
    """Whether the trade that facts or words tell is one that makes, sells or serves food."""
    codes = firm.values.get("nace_2025", firm.trade)
    return isinstance(codes, SetOf) and codes.has(lambda c: c.startswith(FOOD_TRADES)) is True


def subjects_unless_told(text: str, trouble: bool) -> frozenset[str]:
    """Which of :data:`FOR_MOST` somebody may be shown. To whom customers owe money what is for a
    dispute, but nothing for debtors, unless they are in trouble themselves.

    >>> sorted(FOR_MOST - subjects_unless_told("ik heb geen werk voor mijn mensen", trouble=False))
    ['hiring']
    """
    contrary, owed = _contrary(text)
    found = FOR_MOST - contrary
    if not owed:
        return found
    found = found - {BEFORE_A_LOSS} | {DISPUTE, UNPAID}
    return found if trouble else found - {OWING}


@remembered
def _contrary(text: str) -> tuple[frozenset[str], bool]:
    """Of which of :data:`FOR_MOST` a text tells the contrary, and whether customers owe money."""
    contrary = {
        HIRING: seeks_nobody(text),
        TAKING_ON: trains_own(text),
        OWN_ILLNESS: tells_care(text),
        OWN_INCOME: tells_unsafe_food(text) or tells_hurt(text),
        COLLECTING_HERE: is_owed_abroad(text),
        GREEN: has_only_damage(text),
    }
    return frozenset(subject for subject, told in contrary.items() if told), is_owed(text)


@cache
def _asking() -> Mapping[str, tuple[str, ...]]:
    """The words of each subject that has a list of them."""
    found = {}
    for path in DATA.glob("asked_*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        words = tuple(w for line in lines if not line.startswith("#") for w in line.split())
        found[path.stem.removeprefix("asked_")] = words
    return found


def tells_disaster(text: str) -> bool:
    """Whether a text tells that water, wind or hail did damage."""
    only_said_so, told = _disaster_words()
    folded = re.sub(r"[^\w.!?]+", " ", fold(text))
    return told.search(only_said_so.sub(" ", folded)) is not None


@remembered
def has_only_damage(text: str) -> bool:
    """Whether water, wind or hail did damage, and no word of a green plan stands beside it.

    >>> has_only_damage("mijn winkel is ondergelopen door de regen")
    True
    >>> has_only_damage("de hagel vernielde onze zonnepanelen")
    False
    """
    return tells_disaster(text) and GREEN_NEED not in cue_scores(text)


@cache
def _disaster_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    found: dict[str, list[str]] = own_yaml(DATA / "asked_disaster.yaml")
    return re.compile("|".join(found["only_said_so"])), re.compile("|".join(found["words"]))


@remembered
def seeks_nobody(text: str) -> bool:
    """Whether a text is about the staff that there is: without work, hurt, to be dismissed, or with
    something going on among them.
    """
    here = tells_no_work(text) or tells_dismissal(text) or tells_of_staff(text)
    here = here or is_staff_quarrel(text)
    return here or tells_hurt(text)


def is_stopped(firm: Mapping[str, Value]) -> bool:
    """Whether a firm that has a number is no longer active in the register."""
    return firm.get("active_in_kbo") is False and firm.get("kbo") is not None


def is_over(firm: Mapping[str, Value]) -> bool:
    """Whether facts say that a firm is bankrupt, wound up or stopped: aid for working firms is not
    what its owner should look at first.
    """
    return firm.get("insolvency") is True or happened(firm, "bankruptcy") or is_stopped(firm)
