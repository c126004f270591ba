"""What is wrong with the catalogue: errors that must be mended, warnings to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from baken.kernel.errors import BakenError
from baken.landscape.availability import availability
from baken.landscape.catalogue import DATA, content_files, read_record, read_rules
from baken.landscape.dates import first_day, is_stale, last_day, newest_source
from baken.landscape.figures import CAPS, OTHER_THAN_COSTS
from baken.landscape.gber import over_article
from baken.landscape.model import Instrument, Offer, Organisation, Training
from baken.landscape.template import UNFILLED
from baken.needs import THEMES
from baken.registers import nace
from baken.registers.joint_committees import all_committees
from baken.registers.lookup import place_facts
from baken.registers.places import PROVINCES, REGIONS, municipalities
from baken.rules.ast import Expr
from baken.rules.atoms import HasAtom, TextAtom
from baken.rules.normal import atoms_of, normalise

LEDGER_WORDS = frozenset(
    {"parameter", "window", "availability", "no_restriction", "description", "price"}
)


@dataclass(frozen=True)
class Finding:
    """One thing that ``check`` found: ``path`` is the file and field."""

    level: Literal["error", "warning"]
    path: str
    problem: str
    expected: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "level": self.level,
            "path": self.path,
            "problem": self.problem,
            "expected": self.expected,
        }


def findings_of(error: BakenError) -> list[Finding]:
    """All that an error says as findings, one each."""
    every = (error, *error.others)
    return [Finding("error", e.path, e.problem, e.expected) for e in every]


def check(as_of: date, root: Path = DATA) -> list[Finding]:
    """Every finding, errors first. ``as_of`` is the day against which dates are held."""
    found: list[Finding] = []
    records: dict[str, Offer] = {}
    for path in content_files(root):
        name = f"{path.parent.name}/{path.name}"
        try:
            record = read_record(path)
        except BakenError as e:
            found += findings_of(e)
            continue
        records[name] = record
        found += _rules(record, name)
    ids: set[tuple[str, str]] = {(r.type, r.id) for r in records.values()}
    for name, record in records.items():
        found += _refers(record, name, ids)
        found += _dates(record, name, as_of)
        found += _foretold(record, name)
        found += _ledger(record, name)
        found += _sentences(record, name, as_of)
        found += _words_of_sources(record, name)
        found += _registers(record, name, ids)
        found += _site(record, name)
        found += _figures(record, name)
        found += _term(record, name)
        found += [Finding(*row) for row in over_article(record, name, as_of)]
    found += _circles(records)
    found += _ties(records)
    return sorted(found, key=lambda f: (f.level, f.path))


def _rules(record: Offer, name: str) -> Iterator[Finding]:
    for condition in record.conditions:
        one = record.model_copy(update={"conditions": [condition]})
        try:
            rules = read_rules(one, name)
        except BakenError as e:
            yield Finding("error", e.path, e.problem, e.expected)
            continue
        for rule in rules.values():
            yield from _towns(rule, f"{name}, condition {condition.id}")


def _towns(rule: Expr, where: str) -> Iterator[Finding]:
    """Municipalities in a rule that no register knows: a rule with a name can never be true."""
    for atom in atoms_of(normalise(rule)):
        if not isinstance(atom, TextAtom | HasAtom):
            continue
        if not atom.fact.id.endswith(("municipality", "municipalities")):
            continue
        for code in sorted(atom.texts.values):
            if code not in municipalities():
                expected = "a NIS code of five digits, such as '41002' for Aalst"
                yield Finding("error", where, f"'{code}' is no code of a municipality", expected)


def _refers(record: Offer, name: str, ids: set[tuple[str, str]]) -> Iterator[Finding]:
    for other in record.replaced_by:
        if not any((t, other) in ids for t in ("instrument", "organisation", "training")):
            yield Finding("error", f"{name}, replaced_by", f"no record '{other}'", "an existing id")
    if record.status.value == "replaced" and not record.replaced_by:
        yield Finding("warning", f"{name}, replaced_by", "replaced, but by what is not said")
    for theme in record.themes:
        if theme not in THEMES:
            yield Finding("error", f"{name}, themes", f"no theme '{theme}'", ", ".join(THEMES))
    if isinstance(record, Instrument):
        refs = [("provider_ids", "organisation", i) for i in record.provider_ids]
        refs += [("after", "instrument", i) for i in record.after]
    elif isinstance(record, Organisation):
        refs = [("instruments", "instrument", i) for i in record.instruments]
    else:
        refs = [("provider_ids", "organisation", i) for i in record.provider_ids]
    yield from _duty(record, name)
    for where, kind, other in refs:
        if (kind, other) not in ids:
            yield Finding("error", f"{name}, {where}", f"no {kind} '{other}'", "an existing id")


def _duty(record: Offer, name: str) -> Iterator[Finding]:
    when = record.texts.when if record.texts else None
    if getattr(record, "duty", False) and not (when and when.sources):
        yield Finding("error", f"{name}, duty", "a duty without its term", "texts.when, sources")


def _dates(record: Offer, name: str, as_of: date) -> Iterator[Finding]:
    dated = [(f"sources.{s.n}.date", s.date) for s in record.sources]
    dated += [(f"sources.{s.n}.seen", s.seen) for s in record.sources]
    dated.append(("status.as_of", record.status.as_of))
    for where, day in dated:
        if day is not None and first_day(day) > as_of:
            yield Finding("error", f"{name}, {where}", f"{day} is in the future", "a past date")
    for where, parts in (("parameters", record.parameters), ("conditions", record.conditions)):
        ended = [p for p in parts if p.valid_to is not None and last_day(p.valid_to) < as_of]
        if ended and len(ended) == len(parts):
            yield Finding("warning", f"{name}, {where}", "all of them have expired")
        for part in parts:
            if (
                part.valid_from
                and part.valid_to
                and first_day(part.valid_from) > last_day(part.valid_to)
            ):
                yield Finding("error", f"{name}, {where}", "valid_to lies before valid_from")
    families = {c.family for c in record.conditions}
    for field in record.not_stated:
        if field in families:
            problem = f"'{field}' is said not to be stated, and a condition states it"
            yield Finding("error", f"{name}, not_stated", problem, "one of the two")
    if is_stale(record, as_of):
        newest = newest_source(record)
        text = f"stale: the newest source is of {newest}" if newest else "stale: no source is dated"
        yield Finding("warning", f"{name}, sources", text, "a newer source")


def _foretold(record: Offer, name: str) -> Iterator[Finding]:
    """Figures that begin more than a year after their source was written: a law is announced in
    the year before it holds, so an older source tells something else."""
    written = {s.n: first_day(s.date).year for s in record.sources if s.date}
    for n, row in enumerate(record.parameters):
        begins = first_day(row.valid_from).year if row.valid_from else 0
        year = written.get(row.source, begins)
        if begins > year + 1:
            problem = f"source {row.source} of {year} can't tell what begins in {begins}"
            yield Finding("error", f"{name}, parameters {n}", problem, "the source that tells it")


def _ledger(record: Offer, name: str) -> Iterator[Finding]:
    ids = {c.id for c in record.conditions}
    for line in record.stated:
        to = line.to.removeprefix("duplicate:")
        if to not in ids and line.to not in LEDGER_WORDS:
            yield Finding(
                "error",
                f"{name}, stated, {line.fact}",
                f"'{line.to}' is neither a condition of this record nor a known place",
                f"a condition's id, or one of {', '.join(sorted(LEDGER_WORDS))}",
            )


SENTENCES: Mapping[str, int] = {"nl": 8, "en": 3, "fr": 3}
"""How many sentences in owners' words a record that can be had must carry."""
MIN_NAME = 4
"""A shorter name ("AP") is also a word or a part of one."""


def _sentences(record: Offer, name: str, as_of: date) -> Iterator[Finding]:
    names = [record.names.nl, record.names.en, record.names.fr, *record.aliases]
    for lang in SENTENCES:
        if not getattr(record.names, lang):
            expected = "what it is called there, else its own name"
            yield Finding("warning", f"{name}, names.{lang}", "there is no name", expected)
    leaks = [n.casefold() for n in names if n and len(n) >= MIN_NAME]
    for lang, least in SENTENCES.items():
        said: list[str] = getattr(record.says, lang)
        if len(said) < least and availability(record, as_of) != "closed":
            problem = f"{len(said)} sentences in owners' words"
            yield Finding("warning", f"{name}, says.{lang}", problem, f"{least} or more")
        for n, sentence in enumerate(said):
            path = f"{name}, says.{lang}[{n}]"
            if said.index(sentence) != n:
                yield Finding("error", path, f"'{sentence}' stands there twice", "another one")
            for leak in leaks:
                if re.search(rf"\b{re.escape(leak)}\b", sentence.casefold()):
                    problem = f"the sentence holds the offer's name '{leak}'"
                    yield Finding("error", path, problem, "the problem as an owner tells it")


def _registers(record: Offer, name: str, ids: set[tuple[str, str]]) -> Iterator[Finding]:
    """Regions, places, committees and payers that no register knows; a template left as it was."""
    told = (
        record.summary.nl,
        getattr(record, "provider", None),
        getattr(record.first_step, "nl", ""),
    )
    for words in UNFILLED:
        if words in told:
            yield Finding("error", name, f"'{words}' still stands there", "your own words")
    for region in record.area.regions:
        if region not in REGIONS:
            expected = ", ".join(REGIONS)
            yield Finding("error", f"{name}, area.regions", f"no region '{region}'", expected)
    for province in record.area.provinces:
        if province not in PROVINCES:
            expected = ", ".join(PROVINCES)
            yield Finding("error", f"{name}, area.provinces", f"no province '{province}'", expected)
    if isinstance(record, Organisation | Training):
        for code in record.joint_committees:
            if code.split(".")[0] not in all_committees():
                problem = f"no joint committee '{code}'"
                yield Finding("error", f"{name}, joint_committees", problem, "118 or 318.02")
        for code in record.nace:
            try:
                nace.lookup(code, "2025")
            except BakenError as e:
                yield Finding("error", f"{name}, nace", e.problem, "a code of NACE-BEL 2025")
    if isinstance(record, Training):
        for payer in record.paid_by:
            if not {("instrument", payer), ("organisation", payer)} & ids:
                problem = f"no record '{payer}'"
                yield Finding("error", f"{name}, paid_by", problem, "an existing id")
        for place in record.places:
            try:
                place_facts(municipality=place)
            except BakenError as e:
                expected = ", ".join(e.near) or e.expected
                yield Finding("warning", f"{name}, places", f"no place '{place}'", expected)
    if any(".invalid" in (url or "") for url in (record.url, *(s.url for s in record.sources))):
        problem = "the template's address still stands there"
        yield Finding("error", f"{name}, url", problem, "the address of the page that was read")


def _words_of_sources(record: Offer, name: str) -> Iterator[Finding]:
    for c in record.conditions:
        if not c.rests_on:
            yield Finding(
                "warning",
                f"{name}, conditions.{c.id}",
                "it does not tell what the source states",
                "rests_on: the words it rests on, in your own paraphrase",
            )


OTHERS_SITES = frozenset(
    "adoc.pub docslib.org issuu.com yumpu.com scribd.com slideshare.net hln.be knack.be levif.be"
    " tijd.be lecho.be standaard.be nieuwsblad.be demorgen.be vrt.be rtbf.be".split()
)
"""Sites of the press and of shared documents: a source, never the site of who offers something."""


def _site(record: Offer, name: str) -> Iterator[Finding]:
    host = urlsplit(record.url or "").hostname or ""
    if ".".join(host.split(".")[-2:]) in OTHERS_SITES or host.startswith("test"):
        problem = f"{host} is not the site of who offers this"
        yield Finding("error", f"{name}, url", problem, "its own site, or nothing")


READS_ON = {
    "nl": "als bij in om over per van volgens voor".split(),
    "en": "a as by each for if in of over per to when".split(),
    "fr": "d de des du en hors par pour selon si sous sur".split(),
}
"""How ``per`` begins, so that it reads on behind the figure: "€ 15.900 per werknemer"."""
TOLD_TO_OWNERS = frozenset({*CAPS, "rate_pct", "min_aid"})


def _figures(record: Offer, name: str) -> Iterator[Finding]:
    """Figures that do not read on with what they are counted of; rates of a tax rule or a wage that
    do not say of what they are a part, since that is not the costs; and figures by European size
    where what is small follows from Belgian company law.
    """
    if not isinstance(record, Instrument):
        return
    belgian = any("small_company" in (c.rule or "") for c in record.conditions)
    for n, row in enumerate(record.parameters):
        path = f"{name}, parameters {n}"
        for lang, begins in READS_ON.items():
            per = getattr(row.per, lang, None) if row.name in TOLD_TO_OWNERS else None
            if per and re.split(r"[^a-z]", per.lower(), maxsplit=1)[0] not in begins:
                problem = f"'{per}' does not read on behind the figure"
                yield Finding("error", f"{path}, per.{lang}", problem, " or ".join(begins))
        if record.kind in OTHER_THAN_COSTS and row.name == "rate_pct" and row.per is None:
            problem = f"a rate of kind '{record.kind}' does not say of what it is a part"
            yield Finding("error", path, problem, "of what, as 'per'")
        if belgian and row.sizes:
            problem = "'sizes' are European, while the record's rule is on a Belgian small company"
            yield Finding("error", path, problem, "for whom, as 'for_whom'")


COUNTS = ("", "", "twee", "drie", "vier", "vijf", "zes")


def _term(record: Offer, name: str) -> Iterator[Finding]:
    """A term that is not whole, or not counted as the record's own words count it: three months
    are no number of days."""
    if not isinstance(record, Instrument):
        return
    days, months = record.apply_days, record.apply_months
    if not (days or months or record.apply_from):
        return
    if record.apply != "within_days" or bool(days) == bool(months) or not record.apply_from:
        wanted = "apply: within_days, apply_days or apply_months, and apply_from"
        yield Finding("error", f"{name}, apply_from", "the term is not whole", wanted)
        return
    number = days or months or 0
    spelled = COUNTS[number] if number < len(COUNTS) else ""
    word = "dagen" if days else "maand(?:en)?"
    counted = rf"\b(?:{number}{f'|{spelled}' if spelled else ''}) (?:kalender)?{word}\b"
    words = [record.first_step.nl] if record.first_step else []
    words += [c.says.nl for c in record.conditions]
    words += [p.nl for p in record.texts.parts()] if record.texts else []
    if not re.search(counted, " ".join(words)):
        problem = f"the record's own words tell no term of {number} {'days' if days else 'months'}"
        yield Finding("error", f"{name}, apply_from", problem, "the term as the source counts it")


EVERY_TRADE = frozenset({"100", "200"})
"""Joint committees of firms of every trade."""


def _ties(records: Mapping[str, Offer]) -> Iterator[Finding]:
    """A course of one sector that says it is for all would be offered to firms of others."""
    funds = {
        r.id: frozenset(r.themes)
        for r in records.values()
        if isinstance(r, Organisation) and r.kind == "sector_fund" and "horizontal" not in r.themes
    }
    for name, record in records.items():
        if not isinstance(record, Training) or "horizontal" not in record.themes:
            continue
        givers = [funds.get(i) for i in record.provider_ids]
        if len(set(givers)) > 1:
            continue
        of_fund = bool(givers) and givers[0] is not None
        if of_fund or set(record.joint_committees) - EVERY_TRADE:
            problem = "'horizontal', while a sector's fund or joint committee gives it"
            yield Finding("error", f"{name}, themes", problem, "the themes of that sector")


def _circles(records: dict[str, Offer]) -> Iterator[Finding]:
    follows = {r.id: list(r.replaced_by) for r in records.values() if r.replaced_by}
    for name, record in records.items():
        seen: set[str] = set()
        front = list(record.replaced_by)
        while front:
            at = front.pop()
            if at == record.id:
                yield Finding(
                    "error", f"{name}, replaced_by", "the chain comes back to this record"
                )
                break
            if at not in seen:
                seen.add(at)
                front += follows.get(at, [])
