"""How much of what the research states is a rule, and how fresh the catalogue is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from baken.landscape.catalogue import Catalogue
from baken.landscape.dates import is_stale, months_old, newest_source
from baken.landscape.model import Offer, Training

AGE_BANDS = ((3, "< 3 months"), (12, "3-11 months"), (24, "12-23 months"), (60, "24-59 months"))


def stats(catalogue: Catalogue, as_of: date) -> dict[str, Any]:
    """Counts by kind, the shares of stated conditions by form, and freshness.

    The denominator of the shares is every researched fact of a record (``conditions``,
    ``who``, ``other``, ``combination``) that is a demand on the firm or its project. Records
    that were added later have no researched facts to hold against; they count in ``added``.
    Figures that compute (``parameter``), call windows (they decide availability), and
    what restricts nobody are counted apart.
    """
    forms: Counter[str] = Counter()
    added: Counter[str] = Counter()
    for record in catalogue:
        if record.type == "instrument":
            counted = added if record.added_on else forms
            counted.update(_form(record, line.to) for line in record.stated)
    demands = sum(forms[f] for f in ("expression", "judged", "text", "unplaced"))
    shares = {f: round(forms[f] / demands, 4) if demands else 0.0 for f in _SHARE_FORMS}
    shares["placed"] = round(1 - forms["unplaced"] / demands, 4) if demands else 0.0
    written: Counter[str] = Counter()
    for record in catalogue:
        for c in record.conditions:
            written["expression" if c.rule else "judged" if c.judged else "text"] += 1
    return {
        "catalogue_version": catalogue.version,
        "as_of": as_of.isoformat(),
        "records": dict(Counter(r.type for r in catalogue)),
        "stated": {"demands": demands, **{k: forms[k] for k in sorted(forms)}},
        "shares": shares,
        "added": {
            "records": sum(r.added_on is not None for r in catalogue),
            **{k: added[k] for k in (*_SHARE_FORMS, "unplaced") if added[k]},
        },
        "conditions_written": dict(written),
        "rests_on": sum(bool(c.rests_on) for r in catalogue for c in r.conditions),
        "courses_tell": _told_of_courses(catalogue),
        "not_stated": dict(Counter(n for r in catalogue for n in r.not_stated)),
        "status": dict(Counter(r.status.value for r in catalogue)),
        "freshness": {
            "stale": sum(is_stale(r, as_of) for r in catalogue),
            "age_of_newest_source": dict(Counter(_band(r, as_of) for r in catalogue)),
        },
        "needs": dict(sorted(Counter(n for r in catalogue for n in r.needs).items())),
    }


COURSE_FIELDS = ("duration", "forms", "languages", "places", "joint_committees", "paid_by")


def _told_of_courses(records: Iterable[Offer]) -> dict[str, int]:
    """Of how many courses each field is known; the others' pages did not show it."""
    courses = [r for r in records if isinstance(r, Training)]
    return {name: sum(bool(getattr(r, name)) for r in courses) for name in COURSE_FIELDS}


_SHARE_FORMS = ("expression", "judged", "text")


def by_year(records: Iterable[Offer], as_of: date) -> list[dict[str, int]]:
    """Records by the year of their newest source, newest year first; year nought is undated.

    A row holds ``year``, how many ``records``, and how many of them are ``stale``.
    """
    years: Counter[int] = Counter()
    stale: Counter[int] = Counter()
    for record in records:
        year = int((newest_source(record) or "0")[:4])
        years[year] += 1
        stale[year] += is_stale(record, as_of)
    return [
        {"year": y, "records": years[y], "stale": stale[y]} for y in sorted(years, reverse=True)
    ]


def _form(record: Offer, to: str) -> str:
    target = to.removeprefix("duplicate:")
    for c in record.conditions:
        if c.id == target:
            return "expression" if c.rule else "judged" if c.judged else "text"
    known = {"parameter", "window", "availability", "no_restriction", "description", "price"}
    return target if target in known else "unplaced"


def _band(record: Offer, as_of: date) -> str:
    age = months_old(record, as_of)
    if age is None:
        return "undated"
    return next((name for limit, name in AGE_BANDS if age < limit), "60 months or more")
