"""A scan as people and programs hand it in: ``{need or domain, answers, facts, as_of, lang}``."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import Field

from baken.facts.values import find_fact, parse_value
from baken.facts.vocabulary import load_vocabulary
from baken.kernel.documents import Document, said_at
from baken.kernel.errors import BakenError
from baken.kernel.fields import DAY
from baken.kernel.questions import Strict, read_model
from baken.kernel.values import Value
from baken.needs import load_needs
from baken.scan.items import DONT_KNOW, POSTURE, domain_of, domains, items
from baken.scan.scan import Scan

Lang = Literal["nl", "en", "fr"]
Day = Annotated[date, DAY]
FIRST, LAST = 1950, 2100
"""The years that a scan can be of."""


class Asked(Strict):
    """The fields of a scan."""

    need: str | None = None
    domain: str | None = None
    answers: dict[str, Any] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    as_of: Day | None = None
    lang: Lang = "nl"


def read_scan(
    raw: Any, document: Document | None = None, today: date | None = None
) -> tuple[Scan, Lang]:
    """A scan and the language to answer in.

    ``today`` is the day of a scan that names none. An answer that is null was not given yet; the
    choice ``unknown`` was, and says nothing.

    Raises:
        BakenError: at the first field that is wrong, with its line.
    """
    asked = read_model(Asked, raw, document, "this is no scan", "a mapping with answers")
    day = asked.as_of or today
    if day is None:
        raise said_at(document, ("as_of",), "this field is missing", "a day as YYYY-MM-DD")
    if not FIRST <= day.year <= LAST:
        raise said_at(document, ("as_of",), f"{day} is out of reach", "a day from 1950 to 2100")
    need, domain = check_subject(asked.need, asked.domain, document)
    answers = check_answers(asked.answers, document)
    if domain is None and (need is None or domain_of(need) is None):
        domain = _only_domain(answers, document)
    facts = {name: _fact(name, value, document) for name, value in asked.facts.items()}
    return Scan(day, need, domain, answers, facts), asked.lang


def check_subject(
    need: str | None, domain: str | None, document: Document | None = None
) -> tuple[str | None, str | None]:
    """A need and a domain that exist and agree, or None for what was not given."""
    if need is not None and need not in load_needs():
        raise said_at(document, ("need",), f"'{need[:40]}' is no need", ", ".join(load_needs()))
    if domain is not None and domain not in domains():
        error = said_at(
            document, ("domain",), f"'{domain[:40]}' is no domain", ", ".join(domains())
        )
        error.near = get_close_matches(domain, list(domains()), 3)
        raise error
    meant = domain_of(need) if need else None
    if domain and meant and meant != domain:
        problem = f"need {need} points to {meant}, not to {domain}"
        raise said_at(document, ("domain",), problem, f"{meant}, or no need")
    return need, domain


def check_answers(raw: dict[str, Any], document: Document | None = None) -> dict[str, str]:
    """Answers to questions that exist, each with one of its choices."""
    answers = {}
    for name, code in raw.items():
        item = items().get(name)
        if item is None:
            error = said_at(
                document, ("answers", name), "there is no such question",
                "an id of `baken scan items`",
            )  # fmt: skip
            error.near = get_close_matches(name, list(items()), 3)
            raise error
        if not isinstance(code, str) or code not in (*item.codes, DONT_KNOW):
            expected = ", ".join((*item.codes, DONT_KNOW))
            problem = f"'{str(code)[:40]}' is no answer to it"
            raise said_at(document, ("answers", name), problem, expected)
        answers[name] = code
    return answers


def _only_domain(answers: dict[str, str], document: Document | None) -> str | None:
    """The domain that the answers are about, where neither need nor domain tells it."""
    found = {items()[name].domain for name in answers} - {POSTURE}
    if len(found) > 1:
        problem = f"the answers are about {' and '.join(sorted(found))}"
        raise said_at(document, ("domain",), problem, "the domain that the scan is about")
    return next(iter(found), None)


def _fact(name: str, value: Any, document: Document | None) -> Value:
    vocabulary = load_vocabulary()
    where = said_at(document, ("facts", name), "").path
    try:
        return parse_value(find_fact(vocabulary, name), value, where)
    except BakenError as e:
        e.path = where
        raise
