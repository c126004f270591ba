"""Whether an offer may stand in the one sentence that answers the owner."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from baken.match.rank import Ranked, is_general
from baken.match.setting import Setting
from baken.match.shared import COURSE
from baken.match.topics import TOPICS
from baken.match.unasked import is_for_people, is_for_trouble, is_last_resort
from baken.match.understand import main_needs
from baken.match.words import fold, tokens

ADVISED = 0.4
"""From this mean grade (0 to 1) of needs like this one on, advice is a reason worth telling."""


def may_lead(
    r: Ranked,
    needs: Mapping[str, float],
    setting: Setting,
    words: Sequence[str],
    over: bool = False,
    vague: bool = False,
    learns: bool = False,
    hangs: bool = False,
    trouble: bool = False,
    seeks: bool = False,
) -> bool:
    """Whether an offer is surely about this need, this trade and this place.

    It is nothing that nobody asked for. It helps first of all with a need that was understood, or
    advisers named it for needs like this one. It works where the firm is, and is for its trade: of
    an unknown trade only when a word of the owner stands in it. A word of the owner that is not
    said of every course stands in a course, and nothing that is for learning leads unless that was
    asked; a course never where people are sought. What hangs on what the project is about, or on
    what happened, has a word of the owner.
    A procedure of trouble leads only where there is trouble. Where the firm is over, it is for who
    stops; where no need stands out, for every question.

    Args:
        needs: scores of needs, best first; without any, nothing speaks against an offer.
        words: the owner's words that stand in the record and tell something.
        over: whether the firm is bankrupt, wound up or stopped.
        vague: whether no need stands out.
        learns: whether the words ask to learn something.
        trouble: whether there are signs that the firm can't go on.
        seeks: whether people are sought, and nothing to learn.
        hangs: whether a condition asks of the project, or of what happened, what nobody told.
    """
    record = r.record
    if over and not is_last_resort(record):
        return False
    if not trouble and is_for_trouble(record) and not r.part("named"):
        return False
    if r.part("named") > 0 or not needs:
        return True
    if r.part("unasked"):
        return False
    if vague and not is_general(record):
        return False
    main = main_needs(needs)
    if is_for_people(record) and "N13" not in main and not learns:
        return False
    advised = r.part("advice") > ADVISED
    if not is_general(record):
        if not set(main) & set(record.needs) and not (advised and record.type == "instrument"):
            return False
        if record.needs[0] not in main and not advised:
            return False
    if record.type == "training" and not (set(words) - COURSE and (learns or "N13" in main)):
        return False
    if record.type == "training" and seeks:
        return False
    if hangs and not words:
        return False
    return setting.reached_by(record) and _of_trade(r, setting, words)


def asks_to_learn(need: str) -> bool:
    """Whether a word of learning or of staff is said."""
    return bool(COURSE & set(tokens(need)))


SEEKS = re.compile(
    r"\b(vind|vindt|vinden|gevonden|zoek|zoekt|zoeken|gezocht|tekort|find|seek|seeking|looking for"
    r"|shortage|trouve|trouvons|trouver|cherche|cherchons|penurie|manque)\b"
)
LEARNS = re.compile(r"\b\w*(opleid|cursus|leren|lessen|train|course|learn|teach|formation|former)")


def seeks_people(need: str) -> bool:
    """Whether words seek something or somebody, and nothing to learn.

    >>> seeks_people("we vinden geen kok"), seeks_people("ik zoek een cursus boekhouden")
    (True, False)
    """
    folded = fold(need)
    return bool(SEEKS.search(folded)) and not LEARNS.search(folded)


def _of_trade(r: Ranked, setting: Setting, words: Sequence[str]) -> bool:
    if setting.shuts_out(r.record):
        return False
    themes = set(r.record.themes)
    if TOPICS & themes or themes & setting.themes:
        return True
    return not setting.themes and bool(words)
