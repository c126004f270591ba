"""Validation cases: firms beside a record, with the verdict that a policy officer expects.

One file per instrument in ``landscape/data/cases/``: a firm, and cases that say what is otherwise.
A case gives facts as an owner would (those of a query), a day, the verdict, and for an excluded
firm the conditions that exclude it. Every rule must be met in one case and unmet in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from baken.kernel.errors import BakenError
from baken.landscape.catalogue import DATA, Catalogue, PlainDates, first_problem, load_catalogue
from baken.landscape.check import Finding, findings_of
from baken.landscape.model import Model, Offer
from baken.match.firm import read_firm
from baken.match.verdict import Judge, Judgement

CASES = DATA / "cases"
MAX_FILE_BYTES = 100_000


class Case(Model):
    """One firm: what is known of it, and what must come out."""

    says: str = Field(min_length=1)
    as_of: date
    facts: dict[str, Any] = Field(default_factory=dict)
    verdict: Literal["fits", "excluded", "open"]
    because: list[str] = Field(default_factory=list)
    """Ids of the conditions that are not met; all of them, for an excluded firm."""
    missing: list[str] | None = None
    """Facts that the verdict waits for, for an open one; None leaves them out of the case."""


class CaseFile(Model):
    """The cases of one instrument."""

    id: str
    firm: dict[str, Any] = Field(default_factory=dict)
    """What every case starts from; a case says only what differs (null: not said)."""
    cases: list[Case] = Field(min_length=1)


def case_files(root: Path = CASES) -> list[Path]:
    """The files of cases below ``root``, in a fixed order."""
    return sorted(root.glob("*.yaml"))


def read_cases(path: Path) -> CaseFile:
    """One file of cases.

    Raises:
        BakenError: with the file and field, when it cannot be used.
    """
    name = f"cases/{path.name}"
    if path.stat().st_size > MAX_FILE_BYTES:
        raise BakenError(name, "the file is too big", f"at most {MAX_FILE_BYTES} bytes")
    try:
        found = CaseFile.model_validate(
            yaml.load(path.read_text(encoding="utf-8"), Loader=PlainDates)  # noqa: S506
        )
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        raise BakenError(name, f"no valid YAML: {str(e)[:200]}", "valid YAML") from e
    except ValidationError as e:
        raise first_problem(name, e) from e
    if found.id != path.stem:
        raise BakenError(f"{name}, id", f"the id is '{found.id}'", f"'{path.stem}', as the file")
    return found


def judge_case(judge: Judge, record: Offer, case: Case, firm: Mapping[str, Any]) -> Judgement:
    """The judgement of the firm of a case: ``firm`` with what the case says otherwise.

    Raises:
        BakenError: for facts that cannot be used.
    """
    read = read_firm({**firm, **case.facts}, "", case.as_of, "nl")
    return judge(record, read.judged, case.as_of)


def check_cases(root: Path = CASES, catalogue: Catalogue | None = None) -> list[Finding]:
    """Cases that come out otherwise, and rules of instruments that no case holds true or false."""
    catalogue = catalogue or load_catalogue()
    judge = Judge.of(catalogue)
    records = {r.id: r for r in catalogue if r.type == "instrument"}
    seen: dict[str, dict[str, set[bool]]] = {}
    found: list[Finding] = []
    for path in case_files(root):
        try:
            file = read_cases(path)
        except BakenError as e:
            found += findings_of(e)
            continue
        record = records.get(file.id)
        if record is None:
            found.append(Finding("error", f"cases/{path.name}, id", f"no instrument '{file.id}'"))
            continue
        held = seen.setdefault(file.id, {})
        for at, case in enumerate(file.cases):
            where = f"cases/{path.name}, case {at + 1} ({case.says})"
            try:
                judgement = judge_case(judge, record, case, file.firm)
            except BakenError as e:
                found.append(Finding("error", f"{where}, {e.path}", e.problem, e.expected))
                continue
            for h in judgement.held:
                if h.met is not None:
                    held.setdefault(h.condition.id, set()).add(h.met)
            found += _wrong(where, case, judgement)
    for record in records.values():
        found += _unheld(record, seen.get(record.id, {}))
    return found


def _wrong(where: str, case: Case, judgement: Judgement) -> Iterator[Finding]:
    if judgement.verdict != case.verdict:
        yield Finding(
            "error", f"{where}, verdict", f"it comes out as {judgement.verdict}", case.verdict
        )
        return
    unmet = {h.condition.id for h in judgement.held if h.met is False}
    if case.verdict == "excluded" and unmet != set(case.because):
        yield Finding(
            "error",
            f"{where}, because",
            f"not met are {', '.join(sorted(unmet))}",
            ", ".join(sorted(case.because)) or "the ids of the conditions that exclude",
        )
    if case.missing is not None and set(case.missing) != set(judgement.missing):
        yield Finding(
            "error",
            f"{where}, missing",
            f"missing are {', '.join(judgement.missing)}",
            ", ".join(case.missing),
        )


def _unheld(record: Offer, held: dict[str, set[bool]]) -> Iterator[Finding]:
    for c in record.conditions:
        if c.rule is None:
            continue
        for truth in (True, False):
            if truth not in held.get(c.id, set()):
                word = "true" if truth else "false"
                yield Finding(
                    "error",
                    f"cases/{record.id}.yaml, condition {c.id}",
                    f"no case makes it {word}",
                    f"a firm for which it is {word}",
                )
