"""From a form to a query: what was typed, what was answered before, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any, NoReturn

from django.http import QueryDict

from baken.kernel.errors import BakenError
from baken.kernel.plain import plain, plain_in
from baken.registers import kbo
from baken.registers.lookup import place_facts
from baken.registers.place_search import is_abroad
from baken.web.owner import told_by
from baken.web.owner.books import Books
from baken.web.owner.books import read as read_books
from baken.web.owner.rows import Registered
from baken.web.owner.told_by import FACT, Told
from baken.web.texts import text
from baken.web.words import fact_label, number

MAX_NEED = 5_000
MAX_FACTS = 100
MAX_STATE = 20_000
MAX_HEADS = 1_000_000
MORE_OFFERS = 10
FOREIGN = re.compile(r"\s*([A-Za-z]{2})[\s.-]*\d")
PICK = re.compile(r"(instrument|organisation|training)/[a-z0-9_-]{1,200}")
SCAN = re.compile(r"[\w-]{32,64}", re.ASCII)
KEPT = re.compile(r"\d{1,18}:[\w-]{20,64}", re.ASCII)
CODE = re.compile(r"[0-9a-z]{5}(-[0-9a-z]{5}){4}")
TRADE = "sector"
"""In ``asked`` without such a fact: the owner would rather not say what the firm does."""
TRADES = ("trade_heard", "trade_register", "trade_other")
"""The fields of the result page in which a trade is typed; each is read by its own button."""
ENTER = "enter"
PROJECT = ("costs", "received", "same")
FIELDS = ("", "need", "where", "heads", "kbo")
PLACE_FACTS = ("postal_code", "municipality")
FORM_FACTS = {**dict.fromkeys(PLACE_FACTS, "where"), "headcount": "heads", "kbo": "kbo"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field; ``field`` is empty when it is with none of them."""

    field: str
    says: str
    near: tuple[str, ...] = ()


@dataclass
class Asked:
    """One asking: the form's fields as typed, and the facts that they and earlier answers give."""

    lang: str
    need: str = ""
    where: str = ""
    heads: str = ""
    kbo: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    limit: int = 5
    counted: bool = False
    picks: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    figures: str = ""
    """The code of the figures at ``/signalen`` that the owner comes from."""
    scan: str = ""
    """The end of the link that a scan has or gets which follows on this answer."""
    reckoned: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """What was answered at ``/rekenen``, by tool."""
    told_by: Told = field(default_factory=dict)
    project: dict[str, str] = field(default_factory=dict)
    """What was typed of the project at the plan: its costs and aid, by :data:`PROJECT`."""
    made_on: date | None = None
    """The day on which the plan was made that the form comes from."""
    kept: str = ""
    """What leads from the page of a kept plan to its row, to know it again and to change it."""
    trade_empty: str = ""
    """The field of the trade of which the button was pressed with nothing typed."""
    registered: Registered | None = None
    books: Books | None = None
    booked: Registered | None = None
    problems: list[Problem] = field(default_factory=list)

    def query(self, as_of: str) -> dict[str, Any]:
        """The query for the engine."""
        return {
            "lang": self.lang,
            "need": self.need,
            "facts": self.all_facts,
            "asked": self.asked,
            "limit": self.limit,
            "as_of": as_of,
        }

    @property
    def all_facts(self) -> dict[str, Any]:
        """What was said, what the register adds to it, and the accounts."""
        added = self.registered.facts if self.registered else None
        papers = {"accounts": self.books.paper(self.denied)} if self.books else {}
        return {**papers, **(added or {}), **self.facts}

    @property
    def no_trade(self) -> bool:
        """Whether the owner took away the trade that the words tell."""
        return TRADE in self.asked and TRADE not in self.facts

    @property
    def denied_json(self) -> str:
        """The facts that were called wrong, as the hidden field carries them."""
        return json.dumps(self.denied, separators=(",", ":"))

    @property
    def reckoned_json(self) -> str:
        """What was answered at ``/rekenen``, as the hidden field carries it."""
        return json.dumps(self.reckoned, ensure_ascii=False, separators=(",", ":"))

    @property
    def facts_json(self) -> str:
        """The facts as the hidden field carries them."""
        return json.dumps(self.facts, ensure_ascii=False, separators=(",", ":"))

    @property
    def asked_json(self) -> str:
        """The questions already put, as the hidden field carries them."""
        return json.dumps(self.asked, separators=(",", ":"))

    def says(self, key: str, **values: object) -> str:
        """A text of the errors."""
        return text(self.lang, f"errors.{key}", **values)

    def wrong(self, on: str, key: str, near: tuple[str, ...] = (), **values: object) -> None:
        """Note a problem."""
        self.problems.append(Problem(on, self.says(key, **values), near))


def read_form(post: QueryDict, lang: str) -> Asked:
    """What a form sent, checked as far as the page can; the engine checks the rest."""
    form = Asked(lang=lang)
    form.need = _clean(post.get("tapped") or post.get("need", ""))
    form.picks = read_picks(post.getlist("pick"))
    form.counted = post.get("counted") == "1"
    form.limit = MORE_OFFERS if post.get("limit") == str(MORE_OFFERS) else 5
    _read_state(form, post)
    form.figures = code if CODE.fullmatch(code := post.get("figures", "")) else ""
    form.scan = token if SCAN.fullmatch(token := post.get("scan", "")) else ""
    form.made_on = _day(post.get("made", ""))
    form.kept = token if KEPT.fullmatch(token := post.get("kept", "")) else ""
    form.project = {n: typed for n in PROJECT if (typed := _clean(post.get(n, ""))[:40])}
    form.reckoned = _read_reckoned(post.get("reckoned", ""))
    if "where" in post or "heads" in post or "kbo" in post:
        form.where = _clean(post.get("where_instead") or post.get("where", ""))[:200]
        form.heads = _clean(post.get("heads", ""))[:50]
        form.kbo = _clean(post.get("kbo", ""))[:50]
        for fact in FORM_FACTS:
            form.facts.pop(fact, None)
        _read_where(form)
        _read_heads(form)
        _read_kbo(form)
    else:
        form.where = str(form.facts.get("postal_code") or form.facts.get("municipality") or "")
        form.heads = str(form.facts.get("headcount", ""))
        form.kbo = str(form.facts.get("kbo", ""))
    form.told_by = told_by.read(post, form.facts, FORM_FACTS)
    _check_need(form)
    form.problems.sort(key=lambda p: FIELDS.index(p.field))
    return form


def read_picks(ticked: Sequence[str]) -> list[str]:
    """The offers that were ticked, as ``type/id``, each once; what is no such thing is left out."""
    kept = dict.fromkeys(p for p in ticked if PICK.fullmatch(p))
    return list(kept)[:MORE_OFFERS]


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _clean(typed: str) -> str:
    """Without signs that no one types, and without outer spaces."""
    return plain(typed).strip()


def _check_need(form: Asked) -> None:
    if not form.need:
        form.wrong("need", "need_empty")
    elif len(form.need) > MAX_NEED:
        count, most = number(form.lang, len(form.need)), number(form.lang, MAX_NEED)
        form.wrong("need", "need_too_long", count=count, most=most)
    elif "\ufffd" in form.need:
        form.wrong("need", "need_unreadable")
    elif not any(c.isalpha() for c in form.need):
        form.wrong("need", "need_no_words")


def _read_where(form: Asked) -> None:
    if not form.where:
        return
    code = re.match(r"^(?:B-?\s?)?(\d{4})(?:\s+\D.*)?$", form.where, re.IGNORECASE)
    if code and not is_abroad(form.where):  # a Dutch code has four digits too
        form.facts["postal_code"] = code[1]
    elif any(c.isalpha() for c in form.where):
        form.facts["municipality"] = form.where
    else:
        form.wrong("where", "where_number")


def _read_kbo(form: Asked) -> None:
    """The number as it was typed, when it can be one; else what is wrong with it."""
    if not form.kbo:
        return
    if (country := FOREIGN.match(form.kbo)) and country[1].upper() != "BE":
        form.wrong("kbo", "kbo_foreign")
        return
    try:
        form.facts["kbo"] = kbo.enterprise(form.kbo)
    except BakenError as e:
        try:
            # An establishment's number leads to its firm where there is a register to look in.
            form.facts["kbo"] = kbo.establishment(form.kbo)
        except BakenError:
            form.wrong("kbo", "kbo_check" if "check digits" in e.problem else "kbo")


def _read_heads(form: Asked) -> None:
    if not form.heads:
        return
    typed = form.heads.replace(" ", "").replace("\u00a0", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", typed):
        typed = typed.replace(".", "")
    typed = typed.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", typed, re.ASCII):
        form.wrong("heads", "heads_number")
        return
    heads = Decimal(typed)
    if heads == 0:  # who asks works in it
        form.wrong("heads", "heads_none")
        return
    if not 0 < heads <= MAX_HEADS:
        form.wrong("heads", "heads_range")
        return
    form.facts["headcount"] = int(heads) if heads == heads.to_integral_value() else str(heads)


def _read_state(form: Asked, post: QueryDict) -> None:
    """Earlier answers, and the one just given or taken back."""
    try:
        facts = _json(post.get("facts", ""), dict)
        for ticked in post.getlist("take")[:MAX_FACTS]:
            facts |= _json(ticked, dict)
        asked = _json(post.get("asked", ""), list)
        answered, said = _said(post)
        if answered and said is not None:
            value = _loads(said[:MAX_STATE])
            if isinstance(value, dict) or not FACT.fullmatch(answered):
                raise ValueError("no answer")
            facts.pop(answered, None)
            if value is not None:
                facts[answered] = value
            asked = [*(a for a in asked if a != answered), answered]
        denied = _json(post.get("denied", ""), list)
        denied += [post["wrong"]] if post.get("wrong") else []
        form.denied = [d for d in dict.fromkeys(map(str, denied)) if FACT.fullmatch(d)]
        if post.get("right") in form.denied:
            form.denied.remove(post["right"])
        form.books = None if "drop_books" in post else read_books(post.get("books", ""))
        _read_trade(form, post, facts, asked)
        if post.get("place"):
            facts = {n: v for n, v in facts.items() if n not in PLACE_FACTS}
            facts["municipality"] = _clean(post["place"])[:200]
        forget = post.get("forget", "")
        if forget:
            facts.pop(forget, None)
            asked = [a for a in asked if a != forget]
        if len(facts) > MAX_FACTS or len(asked) > MAX_FACTS:
            raise ValueError("too much")
        form.facts, form.asked = facts, [str(a)[:80] for a in asked]
    except (ValueError, RecursionError):
        form.wrong("", "general")


def _said(post: QueryDict) -> tuple[str, str | None]:
    """The fact that was told of and the value as JSON: by a button that names both, or by one
    that answers the question."""
    if "settled" in post:
        fact, _, value = post["settled"].partition("=")
        return fact, value
    return post.get("question", ""), post.get("answer")


def trade_typed(post: QueryDict) -> tuple[str, str]:
    """The field of the trade that was sent and what stands in it: its own button was pressed, or
    the enter key in a field of the page."""
    pressed = post.get("typed", "")
    if pressed == ENTER:
        pressed = next((name for name in TRADES if _clean(post.get(name, ""))), "")
    if pressed in TRADES:
        return pressed, _clean(post.get(pressed, ""))[:200].strip()
    if "trade" in post:
        return TRADES[0], _clean(post["trade"])[:200].strip()
    return "", ""


def _read_trade(form: Asked, post: QueryDict, facts: dict[str, Any], asked: list[Any]) -> None:
    """The trade that was tapped, typed or taken away."""
    at, trade = ("", "") if "no_trade" in post else trade_typed(post)
    if not trade and "no_trade" not in post:
        form.trade_empty = at
        return
    facts.pop(TRADE, None)
    asked[:] = [a for a in asked if a != TRADE]
    if trade:
        facts[TRADE] = trade
    else:
        asked.append(TRADE)


def _read_reckoned(raw: str) -> dict[str, dict[str, list[str]]]:
    """Answers of ``/rekenen``; whether each can be used is looked at where it is used."""
    try:
        found = _json(raw, dict)
    except (ValueError, RecursionError):
        return {}
    return {str(tool): said for tool, said in found.items() if isinstance(said, dict)}


def _json(raw: str, kind: type) -> Any:
    if not raw:
        return kind()
    if len(raw) > MAX_STATE:
        raise ValueError("too much")
    found = _loads(raw)
    if not isinstance(found, kind):
        raise ValueError("another kind")
    return found


def _loads(raw: str) -> Any:
    """JSON without what is no number (NaN) or none that can be kept (1e400), nor hidden signs."""
    return plain_in(json.loads(raw, parse_constant=_no_number, parse_float=_number))


def _number(raw: str) -> float:
    number = float(raw)
    return number if isfinite(number) else _no_number(raw)


def _no_number(raw: str) -> NoReturn:
    raise ValueError(raw)


def check_place(form: Asked) -> None:
    """Note a place that nobody knows, where no engine looks at it."""
    said = {name: str(form.facts[name]) for name in PLACE_FACTS if name in form.facts}
    if not said or any(problem.field == "where" for problem in form.problems):
        return
    try:
        place_facts(**said)
    except BakenError as e:
        form.wrong("where", "where_unknown", tuple(e.near[:5]), value=form.where[:60])
        form.problems.sort(key=lambda p: FIELDS.index(p.field))


def add_engine_error(form: Asked, error: BakenError) -> None:
    """The engine's error at the field where its owner can mend it."""
    parts = re.findall(r"[a-z_]+", error.path)
    fact = parts[-1] if parts else ""
    near = tuple(error.near[:5])
    on = FORM_FACTS.get(fact)
    if fact == "need":
        form.wrong("need", "need_empty" if not form.need.strip() else "need_unreadable")
    elif on == "where":
        form.wrong("where", "where_unknown", near, value=form.where[:60])
    elif on == "heads":
        form.wrong("heads", "heads_number")
    elif on == "kbo":
        unit = form.kbo[:1] in tuple("2345678")
        form.wrong("kbo", "kbo_establishment" if unit else "kbo")
    elif fact in form.facts:
        form.wrong("", "fact", fact=fact_label(form.lang, fact))
        # The answer that cannot be used is left out, so that the next try can pass.
        form.facts.pop(fact)
    else:
        form.wrong("", "general")
