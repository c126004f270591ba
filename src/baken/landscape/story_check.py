"""What is wrong with the stories beyond the shape of one file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from baken.kernel.errors import BakenError
from baken.landscape.catalogue import Catalogue
from baken.landscape.check import MIN_NAME, Finding
from baken.landscape.stories import FOLDER
from baken.landscape.story import Story
from baken.registers.lookup import place_facts
from baken.registers.places import PROVINCES

NEAR_EQUAL = 92
"""Problems this near to each other (rapidfuzz ratio, 0 to 100) are one story told twice."""
CONTACT = re.compile(r"[\w.]+@[\w.]+|\+32|\b0\d{1,3}[ /.]\d{2}")


def check_stories(stories: Sequence[Story], catalogue: Catalogue) -> list[Finding]:
    """Every error: helpers that are no record, leaked names, contact data, a story told twice."""
    found = [f for s in stories for f in _one(s, catalogue)]
    for n, story in enumerate(stories):
        for other in stories[:n]:
            if fuzz.ratio(story.problem, other.problem) >= NEAR_EQUAL:
                problem = f"the problem is nearly that of '{other.id}'"
                found.append(_error(story, "problem", problem, "each story once"))
    return found


def _one(story: Story, catalogue: Catalogue) -> Iterator[Finding]:
    said = story.problem.casefold()
    for n, helper in enumerate(story.helped_by):
        where = f"helped_by[{n}]"
        record = catalogue.by_key.get((helper.type or "", helper.id or ""))
        if helper.id and record is None:
            problem = f"no record '{helper.type}/{helper.id}'"
            yield _error(story, where, problem, "an id of `baken landscape list`, or none")
        names = [helper.name, *((record.names.nl,) if record else ())]
        for name in dict.fromkeys(names):
            if name and len(name) >= MIN_NAME and _stands_in(name, said):
                problem = f"the problem holds the helper's name '{name}'"
                yield _error(story, "problem", problem, "what the owner knew before the help")
    if story.firm.province and story.firm.province not in PROVINCES:
        problem = f"no province '{story.firm.province}'"
        yield _error(story, "firm.province", problem, ", ".join(PROVINCES))
    if story.firm.municipality:
        try:
            place_facts(municipality=story.firm.municipality)
        except BakenError as e:
            problem = f"no municipality '{story.firm.municipality}'"
            yield _error(story, "firm.municipality", problem, ", ".join(e.near) or e.expected)
    texts = (story.title, story.problem, story.needed, story.outcome, story.trigger_says)
    for text in texts:
        if CONTACT.search(text):
            yield _error(story, "text", "a mail address or phone number", "no contact data")


def _stands_in(name: str, said: str) -> bool:
    return re.search(rf"\b{re.escape(name.casefold())}\b", said) is not None


def _error(story: Story, field: str, problem: str, expected: str) -> Finding:
    return Finding("error", f"{FOLDER}/{story.id}.yaml, {field}", problem, expected)
