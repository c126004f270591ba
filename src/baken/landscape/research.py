"""Which measures ask for a class of research, development or innovation (651/2014, art. 2)."""

from __future__ import annotations

from baken.landscape.catalogue import Catalogue
from baken.landscape.model import Instrument
from baken.law.aid.reach import articles
from baken.rules import compile_closure, facts_of

RESEARCH = frozenset(
    {"fundamental_research", "industrial_research", "experimental_development", "feasibility_study"}
)
CHANGE = frozenset({"process_innovation", "organisational_innovation"})
FACTS = frozenset(
    {
        "rnd_project", "invests_in_rnd_or_patents", "rnd_intensity_pct", "rnd_cost_share_pct",
        "rnd_environment_friendly", "software_from_rnd",
    }
)  # fmt: skip
"""Facts about research and development; a condition on one of them asks for it."""
TAGS = {
    **dict.fromkeys(RESEARCH, frozenset({"research", "rd", "international-rd"})),
    "process_innovation": frozenset({"process"}),
    "organisational_innovation": frozenset({"organisation"}),
}
ARTICLES = {**dict.fromkeys(RESEARCH, "25"), **dict.fromkeys(CHANGE, "29")}
GONE = frozenset({"closed", "abolished", "replaced"})


def asking_for(catalogue: Catalogue, gber: str | None) -> list[str]:
    """The ids of the instruments that ask for a class, in the order of the catalogue.

    An instrument that can still be had asks for it when a condition on ``rnd_class`` can be met by
    it; for research, development and studies also when a condition uses a fact on research, or a
    tag (research, rd, international-rd) or the legal basis (art. 25, or "research" by name) says
    so; for process and organisational innovation when a tag (process, organisation) or the legal
    basis (art. 29) says so. Nothing asks for what is none of these, or not known.
    """
    if gber not in TAGS:
        return []
    return [
        r.id for r in catalogue
        if isinstance(r, Instrument) and r.status.value not in GONE and _asks(catalogue, r, gber)
    ]  # fmt: skip


def _asks(catalogue: Catalogue, record: Instrument, gber: str) -> bool:
    by_class = False
    for rule in catalogue.rules.get((record.type, record.id), {}).values():
        used = facts_of(rule)
        if "rnd_class" in used:
            if compile_closure(rule)({"rnd_class": gber}) is False:
                return False
            by_class = True
        by_class = by_class or (gber in RESEARCH and bool(FACTS.intersection(used)))
    if by_class or TAGS[gber].intersection(record.tags):
        return True
    named = [a for basis in record.legal_basis for a in articles(basis)]
    said = gber in RESEARCH and any("research" in basis for basis in record.legal_basis)
    return said or any(a.partition("(")[0] == ARTICLES[gber] for a in named)
