"""What an enterprise does: the main activity among up to hundreds of rows, and why that one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from baken.registers import nace
from baken.registers.bridge import bridge
from baken.registers.kbo_extract.look import Activity, Record
from baken.registers.notices import language, tell

GROUPS = ("001", "006", "003")
"""VAT, social security, the business counter's own: in this order the main activity is looked for.
VAT comes first because every trader keeps it up to date; social security knows employers only."""
VERSIONS = ("2025", "2008", "2003")


@dataclass(frozen=True, slots=True)
class Does:
    """One activity with its label and why it stands where it does; codes of five digits."""

    group: str
    version: str
    code: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Trade:
    """``main``: all main activities, the one that counts first; ``others``: how many more codes."""

    facts: dict[str, object]
    notes: list[str]
    main: tuple[Does, ...]
    others: int


def trade(record: Record) -> Trade:
    """The activities of an enterprise, or of its establishments where it has no main one itself."""
    notes: list[str] = []
    rows = list(record.activities)
    main = _ranked(a for a in rows if a.classification == "MAIN")
    if not main:
        below = [a for u in record.units for a in u.activities]
        main = _ranked(a for a in below if a.classification == "MAIN")
        rows += below
        if main:
            notes.append(tell("kbo_main_of_units"))
    shown = tuple(_told(a) for a in main)
    newest = next((v for v in VERSIONS if any(a.version == v for a in rows)), "")
    codes = {a.code for a in rows if a.version == newest}
    others = len(codes - {a.code for a in main if a.version == newest})
    known = [a for a in main if _known(a)]
    if len(known) < len(main):
        strange = next(a for a in main if not _known(a))
        notes.append(tell("kbo_code_unknown", code=strange.code, version=strange.version))
    usable = [a for a in known if a.version in nace.VERSIONS]
    if usable:
        return Trade(_facts(usable, notes), notes, shown, others)
    if known:
        notes.append(tell("kbo_only_2003"))
    elif rows:
        return _without_main(newest, codes, notes)
    else:
        notes.append(tell("kbo_no_activity"))
    return Trade({}, notes, shown, others)


def _without_main(version: str, codes: set[str], notes: list[str]) -> Trade:
    """No main activity: a single other one is taken, of several none is chosen."""
    known = [c for c in codes if version in nace.VERSIONS and c in nace.table(version)]
    if len(codes) == 1 and known:
        notes.append(tell("kbo_one_other", code=nace.dotted(known[0])))
        return Trade({"nace": known[0], "nace_version": version}, notes, (), 1)
    notes.append(tell("kbo_no_main", n=len(codes)))
    return Trade({}, notes, (), len(codes))


def _facts(usable: Sequence[Activity], notes: list[str]) -> dict[str, object]:
    """The best code; every main code of its version where there are several."""
    best = usable[0]
    codes = [a.code for a in usable if a.version == best.version]
    if best.version == "2025":
        groups = {a.group for a in usable if a.version == "2025"}
        for a in usable:
            if a.version == "2008" and a.group not in groups:
                step = bridge(a.code, "2008", "2025")
                codes += step.codes if step.kind == "sure" else ()
    codes = list(dict.fromkeys(codes))
    if best.version == "2008":
        notes.append(tell("kbo_bridged", code=nace.dotted(best.code)))
    facts: dict[str, object] = {"nace": best.code, "nace_version": best.version}
    if len(codes) > 1:
        facts["activities"] = codes
        notes.append(
            tell("kbo_main_several", n=len(codes), code=nace.dotted(best.code), why=_why(best))
        )
    return facts


def _ranked(activities: Iterable[Activity]) -> list[Activity]:
    """By group, then the newest version, then the code; each code once per group."""

    def rank(a: Activity) -> tuple[int, str, int, str]:
        group = GROUPS.index(a.group) if a.group in GROUPS else len(GROUPS)
        version = VERSIONS.index(a.version) if a.version in VERSIONS else len(VERSIONS)
        return group, a.group, version, a.code

    return sorted(set(activities), key=rank)


def _known(a: Activity) -> bool:
    return a.version in VERSIONS and len(a.code) == 5 and a.code in nace.table(a.version)


def _told(a: Activity) -> Does:
    label = ""
    if _known(a):
        nl, fr, *more = nace.table(a.version)[a.code]
        label = {"fr": fr, "en": more[1] if len(more) > 1 else nl}.get(language(), nl)
    return Does(a.group, a.version, nace.dotted(a.code), label, _why(a))


def _why(a: Activity) -> str:
    group = f"kbo_group_{a.group}" if a.group in GROUPS else "kbo_group_other"
    return tell("kbo_why", group=tell(group, group=a.group), version=a.version)
