"""Annual accounts from the web service of the National Bank (Central Balance Sheet Office,
"Authentic Data Query"; JSON since 4 April 2022), for an operator who has a key.

``/authentic/legalEntity/{number}/references`` lists the filings, ``/authentic/deposit/{reference}/
accountingData`` gives one. Each request carries the key and an id of its own. Of what comes back
only figures, days, model, form and the firm's name are kept: no administrators, no shareholders.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from baken.kernel.documents import read_json
from baken.kernel.errors import BakenError
from baken.kernel.fetch import Answer, Fetch
from baken.registers.accounts import accounts_of, is_filing
from baken.registers.kbo import enterprise
from baken.registers.quota import Quota

ADDRESS = "https://ws.cbso.nbb.be"
DAILY = 1000
"""Requests a day, where the operator says nothing."""
KEY, ID = "NBB-CBSO-Subscription-Key", "X-Request-Id"
FILING = "application/x.jsonxbrl"
TRIES = 4
FIRST_WAIT = 1.0
"""Seconds before the second try; each wait is twice the one before, less up to a half by chance."""
MOST_WAIT = 30.0
"""Seconds that are waited for when the service says how long; longer is told instead."""
AGAIN = (429, 500, 502, 503, 504)
KEPT_OF_REFERENCE = ("ExerciseDates", "ModelType", "EnterpriseName", "LegalForm", "DepositDate")
WHO = "National Bank"


@dataclass(frozen=True)
class Reference:
    """One filing: its number, the last day of its year, the day of filing, and where it is."""

    number: str
    end: str
    deposited: str
    address: str
    kept: Mapping[str, Any]


@dataclass
class Service:
    """Speaks to the service. ``count`` is asked before each request and raises when the quota of
    the operator is used up; ``sleep`` waits so many seconds.
    """

    key: str
    fetch: Fetch
    sleep: Callable[[float], None]
    count: Callable[[], None] = lambda: None
    address: str = ADDRESS
    chance: Callable[[], float] = random.random
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def filings(self, number: str, most: int = 1) -> list[dict[str, Any]]:
        """The newest filings of a firm as :func:`baken.registers.accounts.accounts_of` reads them,
        one a year, newest first; empty when none was filed as JSON. One that can't be read is
        passed over where another can.

        Raises:
            BakenError: for a wrong number, a refused key, a used-up quota, or a service that does
                not answer as documented.
        """
        found: list[dict[str, Any]] = []
        years: set[str] = set()
        odd: BakenError | None = None
        for reference in self.references(number):
            if len(found) >= most:
                break
            if reference.end in years:
                continue
            answer = self._ask(reference.address, FILING)
            if answer.status in (404, 406):
                continue
            try:
                filing = {**reference.kept, **_figures(self._filing(answer))}
                _check_figures(filing)
            except BakenError as e:
                odd = odd or e
                continue
            years.add(reference.end)
            found.append(filing | {"EnterpriseNumber": enterprise(number)})
        if odd and not found:
            raise odd
        return found

    def _filing(self, answer: Answer) -> Mapping[str, Any]:
        raw = self._decoded(answer)
        if not is_filing(raw):
            raise _odd("a filing has no Rubrics")
        return dict(raw)

    def references(self, number: str) -> list[Reference]:
        """The filings of a firm, newest year first, of one year the last that was filed first.

        Raises:
            BakenError: as :meth:`filings`.
        """
        digits = enterprise(number).replace(".", "")
        answer = self._ask(
            f"{self.address}/authentic/legalEntity/{digits}/references", "application/json"
        )
        if answer.status == 404:
            return []
        rows = self._decoded(answer)
        if not isinstance(rows, list):
            raise _odd("the references are no list")
        found = [self._reference(row) for row in rows]
        return sorted(found, key=lambda r: (r.end, r.deposited), reverse=True)

    def _reference(self, row: object) -> Reference:
        if not isinstance(row, Mapping) or not row.get("ReferenceNumber"):
            raise _odd("a reference has no ReferenceNumber")
        number = str(row["ReferenceNumber"])
        days = row.get("ExerciseDates")
        end = str(days.get("endDate") or "") if isinstance(days, Mapping) else ""
        given = str(row.get("AccountingDataURL") or "")
        address = f"{self.address}/authentic/deposit/{quote(number, safe='')}/accountingData"
        # The key goes to the service only, whatever an answer points to.
        if given.startswith(f"{self.address}/"):
            address = given
        kept = {name: row[name] for name in KEPT_OF_REFERENCE if row.get(name) is not None}
        return Reference(number, end[:10], str(row.get("DepositDate") or "")[:10], address, kept)

    def _ask(self, address: str, accept: str) -> Answer:
        """Ask until there is an answer that more asking would not change."""
        for go in range(1, TRIES + 1):
            self.count()
            headers = {KEY: self.key, ID: str(uuid4()), "Accept": accept}
            try:
                answer = self.fetch(address, headers)
            except OSError as e:
                problem, wait = f"no answer ({type(e).__name__})", 0.0
            else:
                if answer.status not in AGAIN:
                    return self._checked(answer)
                problem, wait = f"status {answer.status}", _told_wait(answer, self.now())
                if wait > MOST_WAIT:
                    raise BakenError(WHO, f"{problem}: it is too busy", f"in {wait:.0f} seconds")
            if go < TRIES:
                backoff = FIRST_WAIT * 2 ** (go - 1) * (1 - self.chance() / 2)
                self.sleep(max(wait, backoff))
        raise BakenError(WHO, f"{problem}, {TRIES} times", "the service; try later")

    @staticmethod
    def _checked(answer: Answer) -> Answer:
        if answer.status == 401:
            expected = "BAKEN_NBB_KEY, the key of a subscription to Authentic Data Query"
            raise BakenError(WHO, "the key was refused", expected)
        if answer.status == 403:
            problem = "the quota of the key is used up, or the key is shut"
            raise BakenError(WHO, problem, "another day, or a larger subscription")
        if answer.status in (200, 404, 406):
            return answer
        raise _odd(f"status {answer.status}")

    @staticmethod
    def _decoded(answer: Answer) -> Any:
        if answer.cut:
            raise _odd("more than 5 MB")
        try:
            return read_json(answer.body.decode("utf-8-sig"), WHO)
        except (UnicodeDecodeError, BakenError) as e:
            raise _odd("no JSON") from e


def service_of(
    environment: Mapping[str, str],
    folder: Path,
    today: Callable[[], date],
    fetch: Fetch,
    sleep: Callable[[float], None],
) -> Service:
    """The service as an operator set it up (``BAKEN_NBB_KEY``, ``_DAILY``, ``_ADDRESS``); what was
    used of the day's requests is counted in ``folder``, for all processes together.

    Raises:
        BakenError: without a key that can be one, or when the bound is no number.
    """
    key = environment.get("BAKEN_NBB_KEY", "").strip()
    expected = "the key of a subscription to Authentic Data Query (developer.cbso.nbb.be)"
    if not key:
        raise BakenError("BAKEN_NBB_KEY", "is not set", expected)
    if not (key.isascii() and key.isprintable()):
        raise BakenError("BAKEN_NBB_KEY", "holds a sign that no key has", expected)
    daily = environment.get("BAKEN_NBB_DAILY", "") or str(DAILY)
    if not daily.isdecimal():
        raise BakenError("BAKEN_NBB_DAILY", "is no whole number", "requests a day")
    quota = Quota(folder / "nbb-quota.json", int(daily))
    address = environment.get("BAKEN_NBB_ADDRESS", "").rstrip("/") or ADDRESS
    return Service(key, fetch, sleep, lambda: quota.use(today()), address)


def _figures(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Rubrics, and of each holding its shares only: whose they are is not for us."""
    shares = [
        {"ParticipatingInterestHeld": [
            {"PercentageDirectlyHeld": held.get("PercentageDirectlyHeld")}
            for held in _objects(row.get("ParticipatingInterestHeld"))
        ]}
        for row in _objects(raw.get("ParticipatingInterests"))
    ]  # fmt: skip
    return {"Rubrics": raw["Rubrics"], "ParticipatingInterests": shares}


def _check_figures(filing: Mapping[str, Any]) -> None:
    """Refuse figures or days that nobody can use, without repeating them: the error is logged."""
    try:
        accounts_of(filing)
    except BakenError as e:
        at = f" ({e.path})" if e.path else ""
        raise _odd(f"a filing can't be read{at}") from e


def _objects(rows: object) -> list[Mapping[str, Any]]:
    """The objects of a list; nothing of what is no list."""
    return [r for r in rows if isinstance(r, Mapping)] if isinstance(rows, list) else []


def _told_wait(answer: Answer, now: datetime) -> float:
    """Seconds that ``Retry-After`` tells, as a number or as a day and hour (RFC 9110, 10.2.3)."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal():
        return float(told)
    try:
        until = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _odd(problem: str) -> BakenError:
    return BakenError(WHO, f"its answer can't be used: {problem}", "the documented answer")


def as_file(filing: Mapping[str, Any]) -> str:
    """A filing as the text of a file that ``baken match --accounts`` takes."""
    return json.dumps(filing, ensure_ascii=False, indent=1, default=str) + "\n"
