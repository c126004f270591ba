"""``baken match``, ``baken schema`` and ``baken warm``."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from baken.cli.output import as_of_option, bounded_lines, die, own_fault, print_json, today
from baken.kernel.documents import utf8
from baken.kernel.errors import BakenError

if TYPE_CHECKING:
    from baken.match.model import Answer

MAX_LINE = 200_000


def match(
    need: Annotated[
        str | None, typer.Option("--need", "-n", help="The need, in the owner's own words.")
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", "-f", help="A fact as id=value; may be given more than once."),
    ] = None,
    kbo: Annotated[str | None, typer.Option(help="The company number.")] = None,
    accounts: Annotated[
        list[Path] | None,
        typer.Option(help="Annual accounts of the National Bank, JSON or CSV; may be given again."),
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Judge at this date.")] = None,
    limit: Annotated[int, typer.Option(help="How many offers to show.")] = 5,
    lang: Annotated[str, typer.Option(help="nl, en or fr.")] = "nl",
    batch: Annotated[
        Path | None, typer.Option(help="A file of queries as JSON, one a line.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole answer as JSON.")
    ] = False,
) -> None:
    """Match a need with offers, each with its reasons and the door to knock on first.

    Without --need or --batch a query is read as JSON from standard input.

    Example: baken match --need "mijn oven verbruikt te veel" --fact province=Limburg
    """
    from baken.match.model import read_query
    from baken.registers.filing import load_filing

    if batch is not None:
        _batch(batch)
        return
    told: list[str] = []
    try:
        if need is None:
            as_json = True
            raw = _stdin()
        else:
            raw = {"need": need, "facts": _pairs(fact or []), "limit": limit, "lang": lang}
            day = as_of_option(as_of)
            if kbo:
                raw["facts"]["kbo"] = kbo
                told = _registered(raw["facts"], kbo, day, lang)
            if accounts:
                raw["facts"]["accounts"] = [load_filing(path) for path in accounts]
            raw["as_of"] = day.isoformat()
        answer = _engine_answer(read_query(raw, today()))
        answer = answer.model_copy(update={"notices": [*answer.notices, *told]})
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json(answer.as_json())
    else:
        from baken.cli.show import show_answer

        show_answer(answer)


def _registered(facts: dict[str, Any], number: str, day: date, lang: str) -> list[str]:
    """Add what the KBO's extract says, where there is one; the answer is what must be told."""
    from baken.cli.kbo import extract_file

    path = extract_file()
    if path is None or lang not in ("nl", "en", "fr"):
        return []
    from baken.match.registered import registered

    more, told = registered(path, number, facts, day, lang)
    facts.update(more)
    return told


def _engine_answer(query: Any) -> Answer:
    from baken.match.engine import default_engine

    return default_engine().answer(query)


def _pairs(pairs: list[str]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise BakenError("--fact", f"'{pair}' has no '='", "id=value, such as size=micro")
        name, value = name.strip(), value.strip()
        if facts.get(name, value) != value:
            raise BakenError("--fact", f"'{name}' is given two values", "one value for a fact")
        facts[name] = value
    return facts


def _stdin() -> dict[str, Any]:
    if sys.stdin.isatty():
        raise BakenError("--need", "no need was given", '--need "..." or a query on standard input')
    text = _bounded(sys.stdin.buffer.read(MAX_LINE + 1), "standard input")
    value = _decode(text, "standard input")
    return value if isinstance(value, dict) else {"need": value}


def _bounded(data: bytes, where: str) -> str:
    if len(data) > MAX_LINE:
        raise BakenError(where, "the query is too long", f"at most {MAX_LINE} bytes")
    return utf8(data, where)


def _decode(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (json.JSONDecodeError, RecursionError, ValueError) as e:
        at = f"{where}, character {e.pos + 1}" if isinstance(e, json.JSONDecodeError) else where
        raise BakenError(at, "no valid JSON", '{"need": "..."}') from e


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _batch(path: Path) -> None:
    from baken.match.model import read_query

    try:
        lines = bounded_lines(path.open("rb"), MAX_LINE)
    except OSError as e:
        die(BakenError(str(path), f"can't be read: {e.strerror}", "a file of queries, one a line"))
    day = today()
    for number, line in enumerate(lines, 1):
        identity = None
        try:
            raw = _decode(_bounded(line.rstrip(b"\r\n"), f"line {number}"), f"line {number}")
            identity = raw.get("id") if isinstance(raw, dict) else None
            print_json(_engine_answer(read_query(raw, day)).as_json(), indent=None)
        except Exception as e:
            told = e if isinstance(e, BakenError) else own_fault(number, e)
            if not told.path.startswith("line "):
                told.path = f"line {number}, {told.path}" if told.path else f"line {number}"
            error: dict[str, Any] = {"error": told.as_json()}
            if identity is not None:
                error["id"] = identity
            print_json(error, indent=None)


def schema(
    name: Annotated[
        str | None, typer.Argument(help="query, answer or error; all by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON (the only form).")] = True,
) -> None:
    """Print the JSON Schemas of query, answer and error.

    Example: baken schema query
    """
    from baken.match.model import schemas

    known = schemas()
    if name is None:
        print_json(known)
    elif name in known:
        print_json(known[name])
    else:
        die(BakenError("name", f"no schema '{name}'", ", ".join(known)))


def warm(
    as_json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Read the catalogue and build the search index, so that later commands are quick.

    Example: baken warm
    """
    from baken.match.engine import default_engine

    engine = default_engine()
    made = {"catalogue_version": engine.catalogue.version, "records": len(engine.catalogue)}
    if as_json:
        print_json(made)
    else:
        typer.echo(
            f"Catalogue {made['catalogue_version']}: {made['records']} records, index ready."
        )
