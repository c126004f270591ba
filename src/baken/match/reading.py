"""A query as it was understood, before anything is sought: the firm, and what its words ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from baken.match.distress import LIFE, Cry
from baken.match.firm import Firm, read_firm
from baken.match.heard import Heard
from baken.match.model import Query
from baken.match.remembered import remembered
from baken.match.told import with_told, without_unsettled
from baken.match.told_form import LEGAL_FORM, told_form
from baken.match.told_group import tells_group
from baken.match.told_start import of_starter
from baken.match.unasked import GREEN_NEED, has_only_damage

TRADE = "sector"
"""Who was asked this and gave no answer has no trade, whatever the need tells."""
TROUBLE = "N14"
"""The need of who cries for help, when nothing else is said."""
NEAR_FLOOR = 0.857
"""A faint text whose nearest record is further off than this cosine is near to nothing. Chosen
on ``bench/search``."""
_told_form = remembered(told_form)
_tells_group = remembered(tells_group)


@dataclass(frozen=True)
class Reading:
    """The firm, what was heard (None without words) and the needs in it, best first.

    ``no_need``: it is no need of a firm at all. ``unmet``: it is that, or near to nothing.
    ``vague``: none of the needs stands out. ``unsure``: it may well be no need. ``cry``: who
    cries for help, and is answered so.
    """

    firm: Firm
    heard: Heard | None
    needs: Mapping[str, float]
    no_need: bool = False
    unmet: bool = False
    vague: bool = False
    cry: Cry | None = None
    unsure: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether it may be no need, or the cry of somebody for whom no door is the best one."""
        return self.unsure or bool(self.heard and self.heard.cry and not self.cry)

    @classmethod
    def of(cls, query: Query, hear: Callable[[str, str], Heard]) -> Reading:
        """The reading of a query.

        Args:
            hear: reads a text that is not empty, as typed on a page of a language.

        Raises:
            BakenError: for a fact that is unknown or a value that can't be.
        """
        of_trade = "" if TRADE in query.asked else query.need
        of_one = len(set(query.only)) == 1
        group = _tells_group(query.need)
        firm = read_firm(query.facts, of_trade, query.as_of, query.lang, of_one, group)
        if not query.need.strip():
            return cls(firm, None, {})
        heard = hear(query.need, query.lang)
        understood = heard.understood
        needs, no_need = understood.needs, understood.no_need
        # what may be a cry, and is nothing that a firm asks, is taken for one
        told = heard.cry
        cry = told if told and (told.sure or (no_need and told.near)) else None
        if cry:
            # of who is hurt or threatened the words tell no need of the firm
            needs = needs if needs and cry.kind == LIFE else {TROUBLE: 1.0}
            no_need = False
        nothing_near = understood.faint and heard.nearest < NEAR_FLOOR
        unmet = (no_need or nothing_near) and not cry
        form = _told_form(query.need) if needs and LEGAL_FORM not in query.asked else None
        if form and firm.values.get(LEGAL_FORM) is None:
            # read anew, so that what follows from the form is known too
            facts = {**query.facts, LEGAL_FORM: form}
            firm = read_firm(facts, of_trade, query.as_of, query.lang, of_one, group)
            firm = replace(firm, heard={LEGAL_FORM: (form,)})
        firm = without_unsettled(firm, query.need)
        firm = with_told(firm, query.need, needs, query.asked)
        firm = of_starter(firm, query.need, query.asked)
        needs = _of_damage(query.need, needs)
        unsure = understood.unsure and not (cry or unmet)
        return cls(firm, heard, needs, no_need, unmet, understood.vague, cry, unsure)


def _of_damage(text: str, needs: Mapping[str, float]) -> Mapping[str, float]:
    """The needs of whom water, wind or hail did damage: rain asks for no green plan."""
    if GREEN_NEED not in needs or not has_only_damage(text):
        return needs
    return {code: score for code, score in needs.items() if code != GREEN_NEED} or needs
