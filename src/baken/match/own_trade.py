"""The trade that an owner's words tell of the firm itself.

A trade that is sought, bought, sold to or next door is somebody else's, and it is better to know
none than a wrong one. So a trade counts only behind words that say *I am*, *we run*, *I open*, *my*
or *as*, or at the head of the text. *My cows* tell it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from baken.kernel.files import own_yaml
from baken.match.dialect import plain
from baken.registers import nace, trades
from baken.registers.trades import Trade

BROAD = 60
"""A trade of more codes is none (*fabrikant* is all of industry), unless it has a plain label."""
READ = 300
"""So many signs of a text are read: a firm says what it is at the start."""
MOST = 5
"""So many words can stand between *I am* and the end of the trade's name."""
Fits = Callable[[str, str], bool]
"""Whether what was said, and the word that a trade is known by, may be the firm's own there."""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    table: dict[str, Any] = own_yaml(Path(__file__).parent / "data" / "own_trade.yaml")
    return table


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    data = _data()
    return {
        kind: re.compile(rf"(?:{'|'.join(data[kind])})\s+(?=(?P<rest>[^,.;:!?()\n]*))")
        for kind in ("am", "as", "have", "open", "my", "crew", "make", "lives", "grows")
    }


def own_trades(text: str) -> list[Trade]:
    """The trade that the text tells of the firm itself, or none; the first that is told."""
    folded = plain(text[:READ])
    for phrase, fits in _phrases(folded):
        found, _ = trades.match(phrase)
        if len(found) == 1 and found[0].exact and fits(phrase, found[0].matched):
            trade = found[0].trade
            return [trade] if len(trade.codes_2025) <= BROAD or _plain(trade) else []
    return []


def _phrases(folded: str) -> Iterator[tuple[str, Fits]]:
    """What may name the firm's trade, and which words may where it stands."""
    behind: dict[str, Fits] = {
        "have": _is_place,
        "open": _is_opened,
        "my": _is_own_place,
        "crew": _is_crew,
    }
    found: list[tuple[int, str, Fits]] = []
    for kind, pattern in _patterns().items():
        for hit in pattern.finditer(folded):
            said = hit["rest"]
            if _is_if(hit) if kind == "as" else kind != "am" and _denied(said):
                continue
            if kind == "make":
                said = f"{hit[0].split()[-1]} {said}"
            if kind == "lives":
                said = _keeper(said)
            if kind == "grows":
                said = _keeper(said) or _grower(said)
            found.append((hit.start(), _name(said), behind.get(kind, _is_any)))
    found += [(at, trade, _is_any) for at, trade in _works(folded)]
    yield from _head(folded)
    for _, phrase, fits in sorted(found, key=lambda hit: hit[:2]):
        yield phrase, fits


def _works(folded: str) -> Iterator[tuple[int, str]]:
    """Where the text tells of work that is a trade, or of what is made by it, and of which one."""
    data = _data()
    if re.search("|".join(data["bought"]), folded):
        return
    for trade, patterns in data["works"].items():
        for hit in re.finditer("|".join(patterns), folded):
            yield hit.start(), trade


def lives_by(text: str) -> bool:
    """Whether a text tells of animals or crops that a farm lives by, as the speaker's own.

    >>> lives_by("onze koeien hoesten"), lives_by("twee koeien in de wei")
    (True, False)
    """
    hits = _patterns()["lives"].finditer(plain(text[:READ]))
    return any(_keeper(hit["rest"]) for hit in hits)


@lru_cache(maxsize=2)
def _keepers(table: str) -> dict[str, str]:
    """The trade of who keeps or grows a thing."""
    told: dict[str, list[str]] = _data()[table]
    return {word: trade for trade, words in told.items() for word in words}


def _keeper(rest: str) -> str:
    return _keepers("lives_by").get((rest.split() or [""])[0], "")


def _grower(rest: str) -> str:
    return _keepers("grown_by").get((rest.split() or [""])[0], "")


def _head(folded: str) -> Iterator[tuple[str, Fits]]:
    """The trade that a text begins with: *bakker in Aalst, ...* or *landbouwbedrijf kan ...*."""
    head = re.match(r"\s*(?:een |an? |une? )?(?P<rest>[^,.;:!?()\n]+)(?P<end>[,.:;]?)", folded)
    phrase = _name(head["rest"]) if head else ""
    if not head or not phrase or phrase.endswith("en") or _denied(folded[head.end() :][:25]):
        return
    after = head["rest"].removeprefix(phrase).split()[:1]
    if head["end"] and (not after or after[0] in _data()["at"]):
        yield phrase, _is_place_or_person
    elif after and after[0] in _data()["does"]:
        yield phrase, _is_own_place


def _is_if(hit: re.Match[str]) -> bool:
    """Whether *als* or *comme* says *if*: *als aannemers te duur zijn*, *als transport duur wordt*.

    Of one person without an article it says *as*; else only where who speaks follows the verb.
    """
    name = _name(hit["rest"])
    article = hit[0].split()[-1] in _data()["articles"]
    if not article and not _several(name) and _of("persons", name):
        return False
    behind = hit["rest"].removeprefix(name)
    return re.match(rf"\s*\S* (?:{'|'.join(_data()['speakers'])})\b", behind) is None


def _several(phrase: str) -> bool:
    """Whether a trade is told in the plural: the list of trades has the singular."""
    found, _ = trades.match(phrase)
    last = phrase.split()[-1:]
    return bool(found) and bool(last) and found[0].matched.split()[-1] != last[0]


def _denied(rest: str) -> bool:
    return re.search(rf"\b(?:{'|'.join(_data()['denied'])})\b", rest) is not None


def _name(rest: str) -> str:
    """The words at the start that name a trade, and nothing else but how it is (small, own)."""
    words = rest.split()
    for size in range(min(MOST, len(words)), 0, -1):
        found, left = trades.match(" ".join(words[:size]))
        if found and set(left) <= set(_data()["how"]):
            return " ".join(words[:size])
    return ""


def _is_any(_phrase: str, _word: str) -> bool:
    return True


def _is_place(phrase: str, word: str) -> bool:
    return _of("places", word) or _of("places", phrase)


def _is_own_place(phrase: str, word: str) -> bool:
    """*My shop* is the firm; *my bookkeeper* is not, and *my bank* serves it."""
    return _is_place(phrase, word) and not _of("served", word)


def _is_opened(phrase: str, word: str) -> bool:
    """A shop on the web is opened beside another trade."""
    return _is_place(phrase, word) and not _of("web", word)


def _is_crew(phrase: str, word: str) -> bool:
    """*My bricklayers* are the firm's own workers; one bricklayer may be anybody's."""
    return _several(phrase) and _of("crafts", word)


def _is_place_or_person(phrase: str, word: str) -> bool:
    return _is_place(phrase, word) or _of("persons", word)


def _of(sort: str, word: str) -> bool:
    ends = re.search(rf"(?:{'|'.join(_data()[sort])})$", word) is not None
    return ends or (sort == "places" and word.split()[0] in _data()["firsts"])


def plain_label(trade: Trade, lang: str) -> str | None:
    """What a trade is called on a screen: by a plain label, else by the code that its codes share.

    The first code of the list leads where they share none.
    """
    if plain := _plain(trade):
        return plain[lang]
    rows = nace.lookup(_shared(trade.prefixes), "2025")
    return rows[0].label(lang) if rows else None


def _plain(trade: Trade) -> dict[str, str] | None:
    labels: dict[str, dict[str, str]] = _data()["labels"]
    return labels.get(" ".join(trade.prefixes)) or labels.get(_shared(trade.prefixes))


def _shared(prefixes: tuple[str, ...]) -> str:
    """The longest code, of two digits at least, that the codes begin with."""
    first = prefixes[0]
    alike = [p for p in prefixes if p[:2] == first[:2]]
    return next(
        first[:n] for n in range(len(first), 1, -1) if all(p[:n] == first[:n] for p in alike)
    )
