"""The one door to the floors below: a query in, an answer out, both as plain JSON values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Any

from baken.kernel.values import SetOf

Query = dict[str, Any]
Answer = dict[str, Any]
More = Callable[[int], Sequence[Mapping[str, Any]]]

_TURN = Lock()
"""One answer is worked out at a time: two at once share one core, and both would be twice as late.
"""
COARSE = {
    "region": "region",
    "province": "province",
    "size": "size",
    "sector_section": "nace_section",
}
"""What is noted of an unmet need, and the fact that it comes from."""


def answer(query: Query) -> Answer:
    """The answer to ``query``, in the shape that the interfaces share.

    Raises:
        baken.kernel.errors.BakenError: for a query that cannot be used.
    """
    from baken.match import match

    with _TURN:
        return match(query).as_json()


def answer_and_more(query: Query) -> tuple[Answer, More]:
    """The answer to ``query``, and what tells the offers of the same query with so many more of
    them: it is read once.

    Raises:
        baken.kernel.errors.BakenError: for a query that cannot be used.
    """
    from baken.match import match_and_more

    with _TURN:
        found, more = match_and_more(query)
    return found.as_json(), lambda count: [o.model_dump(mode="json") for o in more(count)]


def cry_in(said: str, lang: str) -> dict[str, Any] | None:
    """Whom to call (``calls``: name and number, the first one first) and what to say (``urgent``)
    to who cries for help in words that are no question; None where no cry is heard for sure."""
    from baken.match.distress import cry
    from baken.match.helplines import calls
    from baken.match.listening import urgent
    from baken.match.search import embed_query

    with _TURN:
        found = cry(said, embed_query(said), lang)
    if found is None or not found.sure:
        return None
    lines = [line.model_dump() for line in calls(found.kind, lang)]
    return {"urgent": urgent(found, lang), "calls": lines}


def coarse_facts(facts: Mapping[str, Any], as_of: str, lang: str) -> dict[str, str]:
    """Region, province, size and section of activity, as far as ``facts`` lead to one value."""
    from baken.match.firm import read_firm

    firm = read_firm(facts, "", date.fromisoformat(as_of), lang)
    found: dict[str, str] = {}
    for name, fact in COARSE.items():
        value = firm.values.get(fact)
        if isinstance(value, SetOf) and len(value.members) == 1 and len(value.members[0]) == 1:
            (value,) = value.members[0]
        if isinstance(value, str):
            found[name] = value
    return found


def possible_sizes(facts: Mapping[str, Any], as_of: str, lang: str) -> tuple[str, ...]:
    """The sizes that the firm may have, as far as ``facts`` tell."""
    from baken.match.amount import sizes_of
    from baken.match.firm import read_firm

    firm = read_firm(facts, "", date.fromisoformat(as_of), lang)
    return sizes_of(firm.values.get("size"))


def small_aid_regime(facts: Mapping[str, Any], need: str, as_of: str, lang: str) -> Any:
    """Which ceiling of small aid is the firm's own, as far as ``facts`` and words tell what it
    does; None where that isn't settled."""
    from baken.match.firm import read_firm
    from baken.match.small_aid import regime_of_firm

    return regime_of_firm(read_firm(facts, need, date.fromisoformat(as_of), lang))


def within_reach(ids: Sequence[str], facts: Mapping[str, Any]) -> list[str]:
    """Which of these records work where the firm is, as far as ``facts`` tell."""
    from baken.match import setting

    return setting.within_reach(ids, facts)


def made_for_others(key: str, facts: Mapping[str, Any], need: str) -> bool:
    """Whether ``type/id`` is a course for other sectors than the firm's."""
    from baken.match import setting

    kind, _, record_id = key.partition("/")
    plain = {name: value for name, value in facts.items() if name != "accounts"}
    return setting.made_for_others(kind, record_id, plain, need)


def licences() -> list[dict[str, str]]:
    """What is shipped beside Baken's own code: ``name``, ``licence``, ``says``."""
    from baken.kernel.licences import everything

    return [
        {"name": r["name"], "licence": r["licence"], "says": r.get("attribution", "")}
        for r in everything()
    ]
