"""Answers from annual accounts: a filing of the National Bank settles questions of a tool.

Which code answers which question stands in the tool's ``accounts``: ``end`` and ``legal_form`` of
the filing, or codes of the standard accounts in the order in which they are looked for. What is
read becomes an answer like one that was typed: it is shown, and can be changed. Heads are not read:
the accounts know the payroll only, not the owners who work in the firm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from baken.kernel.documents import Document
from baken.kernel.errors import BakenError
from baken.registers import legal_forms
from baken.registers.accounts import Accounts, AccountsYear, accounts_of, is_filing
from baken.web.reckon.model import Question, Tool

YEARS = ("1", "2")
"""The newest year and the one before, as the parts of a question name them."""


def answers_of(tool: Tool, document: Document, today: date) -> dict[str, tuple[str, ...]]:
    """The answers that a filing gives to the questions of a tool.

    Raises:
        BakenError: when it is no filing, does not add up, or is of a year that has not ended.
    """
    if not is_filing(document.value):
        problem = "these are no annual accounts of the National Bank"
        raise BakenError(document.name, problem, "its JSON file, an object with `Rubrics`")
    accounts = accounts_of(document.value, where=document.name)
    if accounts.years[0].end > today:
        problem = f"the year ends on {accounts.years[0].end}, after today"
        raise BakenError(document.name, problem, "a closed year")
    questions = {q.id: q for q in tool.questions()}
    found = {name: _said(questions[name], codes, accounts) for name, codes in tool.accounts.items()}
    return {name: said for name, said in found.items() if any(said)}


def _said(question: Question, codes: Any, accounts: Accounts) -> tuple[str, ...]:
    if codes == "end":
        return (accounts.years[0].end.isoformat(),)
    if codes == "legal_form":
        return (_form(accounts, question),)
    names = [p.id or "1" for p in question.parts]
    if isinstance(codes, Mapping):
        ((year, codes),) = codes.items()
        names = [year]
    return tuple(_figure(_year(accounts, name), codes) for name in names)


def _form(accounts: Accounts, question: Question) -> str:
    try:
        form = legal_forms.normalise(accounts.legal_form or "")
    except BakenError:
        return ""
    known = {code for part in question.parts for code, _ in part.choices}
    return str(form) if form in known else ""


def _year(accounts: Accounts, name: str) -> AccountsYear | None:
    at = YEARS.index(name)
    return accounts.years[at] if at < len(accounts.years) else None


def _figure(year: AccountsYear | None, codes: Iterable[str]) -> str:
    """The first code that the year has, or sum of codes (``10+11``) of which it has one."""
    if year is None:
        return ""
    for wanted in codes:
        parts = wanted.split("+")
        if any(code in year.rubrics for code in parts):
            return str(sum((year.rubrics.get(code, Decimal(0)) for code in parts), Decimal(0)))
    return ""
