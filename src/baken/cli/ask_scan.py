"""Asks a scan in the terminal, one question at a time. What is asked goes to standard error: the
output holds the answer alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import typer

from baken.scan.items import DONT_KNOW, Texts, domains, words
from baken.scan.read import check_subject
from baken.scan.scan import Scan, to_ask


def ask(need: str | None, domain: str | None, day: date, lang: str) -> Scan:
    """A scan from what is typed. Whoever stops halfway (end of input) gets what is known so far.

    Raises:
        BakenError: for a need or a domain that does not exist, or that disagree.
    """
    need, domain = check_subject(need, domain)
    answers: dict[str, str] = {}
    scan = Scan(day, need, domain, answers)
    try:
        _put(scan, answers, lang)
        if scan.about is None:
            labels = {d.id: d.label for d in domains().values()}
            chosen = _choose(words()["choose_domain"], labels, lang)
            scan = Scan(day, need, None if chosen == DONT_KNOW else chosen, answers)
            _put(scan, answers, lang)
    except typer.Abort:
        typer.echo("", err=True)
    return scan


def _put(scan: Scan, answers: dict[str, str], lang: str) -> None:
    for item in to_ask(scan):
        said = {c.code: c.says for c in item.choices}
        answers[item.id] = _choose(item.ask, said, lang)


def _choose(question: Texts, choices: Mapping[str, Texts], lang: str) -> str:
    """The code of the choice whose number is typed; asked again until it is one of them."""
    said: dict[str, Any] = {**choices, DONT_KNOW: words()["unknown_choice"]}
    typer.echo(question[lang], err=True)
    for number, text in enumerate(said.values(), 1):
        typer.echo(f"  {number}. {text[lang]}", err=True)
    while True:
        typed = typer.prompt("", prompt_suffix="> ", err=True).strip()
        if typed.isdecimal() and 1 <= int(typed) <= len(said):
            return list(said)[int(typed) - 1]
        typer.echo(f"  1 - {len(said)}", err=True)
