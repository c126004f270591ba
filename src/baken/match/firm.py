"""From the facts of a query to what is known of the firm: registers, derivation, notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from baken.facts.derive import derive_all
from baken.facts.state import Facts, Found, Origin
from baken.facts.values import find_fact, parse_value
from baken.facts.vocabulary import Fact, load_vocabulary
from baken.kernel.errors import BakenError
from baken.kernel.values import Choices, Interval, SetOf, Value
from baken.law.known import PAPERS, half_said, read_papers
from baken.law.size.model import SIZES
from baken.match.activity import activity_facts
from baken.match.model import Lang
from baken.match.place import NO_PROVINCE, place_values
from baken.match.reasons import show_value
from baken.match.texts import pick, say
from baken.registers import joint_committees, kbo, legal_forms
from baken.registers.notices import speaking

REGISTER_FACTS = frozenset(
    {
        "municipality", "postal_code", "province", "region", "establishments",
        "seat_municipality", "seat_province", "seat_region",
        "project_municipality", "project_province", "project_region",
        "nace", "nace_version", "activities", "sector",
    }
)  # fmt: skip
"""Facts that a register must read; the rest is read by the vocabulary alone."""
DIFFICULTY, NO_PROCEEDINGS = "in_difficulty", "insolvency.proceedings: no"
"""A fact that accounts settle, and what is assumed of it as long as nobody says it."""


@dataclass(frozen=True)
class Firm:
    """What is known of the firm, and what the reader must be told about it.

    ``narrowed`` names the facts that are known only in part; they may still be asked.
    ``themes`` are those of its sector, ``sector_label`` the words for that sector. ``found`` tells
    how the law came to a fact; ``closed`` are facts that no question can settle further. ``trade``
    has the codes of a trade that only the need names, ``trade_label`` its words;
    ``heard`` are the facts that its words tell, each with the choices told, or nothing for a yes.
    ``assumed`` are facts that nobody checked in full, each with what it rests on, in words;
    ``doubted`` those of which the given value does not settle what a condition asks, each with
    the reason in words, and ``doubts`` what the reader must be told of it.
    """

    values: Mapping[str, Value]
    origins: Mapping[str, Origin]
    narrowed: frozenset[str]
    notices: tuple[str, ...]
    themes: frozenset[str]
    sector_label: str | None
    found: Mapping[str, Found] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    trade: SetOf | None = None
    heard: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    trade_label: str | None = None
    assumed: Mapping[str, str] = field(default_factory=dict)
    doubted: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    @property
    def judged(self) -> Mapping[str, Value]:
        """What conditions are held against: a doubted fact is unknown to them. It still tells of
        trouble, and is not asked again."""
        return {name: value for name, value in self.values.items() if name not in self.doubted}

    @property
    def told(self) -> tuple[str, ...]:
        """All that the reader must be told about the firm."""
        return (*self.notices, *self.doubts)


def read_firm(
    raw: Mapping[str, Any],
    need: str,
    as_of: date,
    lang: str,
    of_one: bool = True,
    in_group: bool = False,
) -> Firm:
    """The firm that ``raw`` facts and papers (accounts, a group, aids, an activity) describe.

    Args:
        of_one: whether it is held against one measure; else what is true of one measure alone is
            left out, and told.
        in_group: whether its owner tells that it belongs to a group of firms.

    Raises:
        BakenError: for a fact that is unknown, a value that can't be, or a place, code or
            company number that no register knows.
    """
    vocabulary = load_vocabulary()
    given = _given(raw, vocabulary)
    papers = read_papers(raw, as_of)
    _check_whose(given.get("kbo"), papers)
    facts = Facts(papers=papers, in_group=in_group and "group" not in papers)
    for name, fact in vocabulary.items():
        if fact.default is not None and name not in given:
            facts.set(name, fact.default, Origin("assumed"))
    notices: list[str] = []
    for name, value in given.items():
        if name in REGISTER_FACTS:
            continue
        said = _plain(vocabulary[name], value, as_of)
        if of_one or not vocabulary[name].per_measure:
            facts.set(name, said, Origin("given"))
        else:
            label = pick(vocabulary[name].label, lang)
            notices.append(say("notice.per_measure", lang, label=label))
    with speaking(lang):
        notices += place_values(given, facts, lang)
        sector = activity_facts(given, facts, need, lang)
    notices += sector.notices
    facts.set("as_of", as_of, Origin("given"))
    derive_all(facts, as_of)
    doubted = half_said(facts, as_of)
    # accounts that say otherwise do not contradict a yes that settles nothing
    beside = f"contradiction.{DIFFICULTY}" if doubted else ""
    notices += [pick(n.text, lang) for n in facts.notices if n.code != beside]
    notices += _narrowed_size(facts, vocabulary, lang)
    notices += _of_papers(facts, lang)
    narrowed = frozenset(
        n for n, v in facts.values.items() if isinstance(v, Choices | Interval) or _open_set(v)
    )
    return Firm(
        facts.values,
        facts.origins,
        narrowed,
        tuple(dict.fromkeys(notices)),
        sector.themes,
        sector.label,
        facts.found,
        frozenset({"size"} if "group" in facts.papers or facts.in_group else ()),
        sector.trade,
        trade_label=sector.trade_label,
        assumed=_assumed(facts, vocabulary, lang),
        doubted={DIFFICULTY: say("because.half_said", lang)} if doubted else {},
        doubts=(say("notice.half_said", lang),) if doubted else (),
    )


def _given(raw: Mapping[str, Any], vocabulary: Mapping[str, Fact]) -> dict[str, Any]:
    """The facts that say something; unknown ids are errors, *I do not know* is left out."""
    given: dict[str, Any] = {}
    for name, value in raw.items():
        if name in PAPERS:
            continue
        find_fact(vocabulary, name)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        given[name] = value
    return given


def _check_whose(number: Any, papers: Mapping[str, Any]) -> None:
    """Refuse accounts that tell the number of another firm than the one that is asked for."""
    books = papers.get("accounts")
    if number is None or books is None or books.number is None:
        return
    mine = kbo.enterprise(str(number), path="facts.kbo")
    if books.number != mine:
        problem = f"these are the accounts of {books.number}, and facts.kbo is {mine}"
        raise BakenError("facts.accounts", problem, "accounts of the firm with that number")


def _plain(fact: Fact, raw: Any, as_of: date) -> Value:
    if fact.id == "kbo":
        return kbo.enterprise(str(raw), path="facts.kbo")
    normalise = {
        "legal_form": lambda t: legal_forms.normalise(t, path="facts.legal_form"),
        "joint_committee": lambda t: joint_committees.normalise(t, path="facts.joint_committee"),
        "joint_committees": lambda t: joint_committees.normalise(t, path="facts.joint_committees"),
    }
    value = parse_value(fact, raw, normalise=normalise)
    if fact.id == "founded_on" and isinstance(value, date) and value > as_of:
        raise BakenError(
            "facts.founded_on", f"{value.isoformat()} lies after {as_of.isoformat()}", "a past date"
        )
    return value


def _open_set(value: Value) -> bool:
    return isinstance(value, SetOf) and (value.more or any(len(m) > 1 for m in value.members))


def _narrowed_size(facts: Facts, vocabulary: Mapping[str, Fact], lang: str) -> list[str]:
    """When the size follows from this year's figures alone, that is said; where they leave several
    open, they told none."""
    origin = facts.origins.get("size")
    size = facts.get("size")
    if facts.in_group and size != "large" and (origin is None or origin.kind != "given"):
        return [say("notice.size_group", lang)]
    if origin is None or origin.kind != "derived" or size is None:
        return []
    options = sorted(size.options) if isinstance(size, Choices) else [str(size)]
    labels = {c.value: pick(c.label, lang) for c in vocabulary["size"].choices}
    *some, last = (labels.get(o, o) for o in _in_order(options))
    shown = f"{', '.join(some)} {say('or', lang)} {last}" if some else last
    return [say("notice.size_open" if some else "notice.size", lang, sizes=shown)]


def _assumed(facts: Facts, vocabulary: Mapping[str, Fact], lang: str) -> dict[str, str]:
    """What was settled from less than all that counts, with what it was settled from."""
    return {**_assumed_size(facts, vocabulary, lang), **_assumed_sound(facts, lang)}


def _assumed_sound(facts: Facts, lang: str) -> dict[str, str]:
    """That a firm is not in difficulty, by accounts: no proceedings before a court stand in them
    (651/2014, art. 2(18)(c)), and nobody said that there are none."""
    found, origin = facts.found.get(DIFFICULTY), facts.origins.get(DIFFICULTY)
    if found is None or origin is None or origin.kind != "law":
        return {}
    if NO_PROCEEDINGS not in found.assumed or facts.get(DIFFICULTY) is not False:
        return {}
    return {DIFFICULTY: say("because.difficulty", lang)}


def _assumed_size(facts: Facts, vocabulary: Mapping[str, Fact], lang: str) -> dict[str, str]:
    """The size where a group, and what it rests on, were told by nobody, with what was told."""
    origin = facts.origins.get("size")
    if origin is None or origin.kind not in ("derived", "law") or "group" in facts.papers:
        return {}
    heads, money = facts.get("headcount"), {"turnover", "balance_total"} & set(facts)
    if origin.kind == "law":
        rests = say("because.accounts", lang)
    elif heads is None or money:
        rests = say("because.figures", lang)
    else:
        many = show_value(heads, vocabulary["headcount"], cast("Lang", lang))
        rests = say("because.heads", lang, n=many)
    return {"size": rests}


def _of_papers(facts: Facts, lang: str) -> list[str]:
    """What a reader must know of what the papers gave."""
    notices = []
    books, origin = facts.papers.get("accounts"), facts.origins.get("size")
    if books is not None and "group" not in facts.papers and "size" in facts.found:
        # of heads that the firm called wrong no size follows, and of a size it gave none was read
        if origin is not None and origin.kind == "law" and isinstance(facts.get("size"), str):
            notices.append(say("notice.size_accounts", lang))
        if books.participations:
            notices.append(say("notice.participations", lang, n=books.participations))
    if facts.found:
        notices.append(say("notice.no_advice", lang))
    return notices


def _in_order(sizes: list[str]) -> list[str]:
    return [s for s in SIZES if s in sizes]


__all__ = ["NO_PROVINCE", "Firm", "read_firm"]
