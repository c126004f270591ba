"""``baken landscape check|stats|list|show|export``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from baken.cli.output import as_of_option, die, print_json
from baken.kernel.errors import BakenError
from baken.landscape.catalogue import DATA, content_files, load_catalogue
from baken.landscape.check import Finding
from baken.landscape.export import as_row
from baken.landscape.model import Offer
from baken.needs import load_needs

app = typer.Typer(help="The catalogue of offers.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Look at this date.")]
Type = Annotated[str | None, typer.Option("--type", help="instrument, organisation or training.")]


@app.command()
def check(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Only what is said of these records.")
    ] = None,
    as_of: AsOf = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Count the warnings, don't list them.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Find what is wrong: exit code 1 for errors; stale and expired are warnings.

    Example: baken landscape check; baken landscape check winwinlening
    """
    from baken.landscape.check import check as run
    from baken.landscape.language import all_texts, hard_texts
    from baken.landscape.tidy import near_equal, stray_figures
    from baken.match.advised import check_advised
    from baken.match.cases import check_cases

    found = run(as_of_option(as_of))
    if not any(f.level == "error" for f in found):
        found += check_advised()
    if not any(f.level == "error" for f in found):
        records = load_catalogue().records
        found += check_cases() + near_equal(records) + hard_texts(all_texts(records, ()))
        found += [f for r in records for f in stray_figures(r)]
        found.sort(key=lambda f: (f.level, f.path))
    if ids:
        found = _of_records(found, ids, as_json)
    errors = [f for f in found if f.level == "error"]
    if as_json:
        print_json([f.as_json() for f in found])
    else:
        for f in found:
            if f.level == "error" or not quiet:
                tail = f"; expected {f.expected}" if f.expected else ""
                typer.echo(f"{f.level}: {f.path}: {f.problem}{tail}")
        typer.echo(f"{len(errors)} errors, {len(found) - len(errors)} warnings")
    raise typer.Exit(1 if errors else 0)


@app.command()
def texts(
    hard: Annotated[bool, typer.Option("--hard", help="Only the texts that read hard.")] = False,
    as_json: Json = False,
) -> None:
    """How easy each Dutch text reads (Flesch-Douma: 60 and up is easy, under 30 hard).

    The figure sees the length of words and sentences, nothing else; short texts get none.

    Example: baken landscape texts --hard
    """
    from baken.landscape.language import all_texts, levels
    from baken.landscape.stories import load_stories

    found = levels(all_texts(load_catalogue(), load_stories()))
    rows = [
        {"text": path, "words": r.words, "longest": r.longest, "ease": r.ease, "level": r.level}
        for path, r in found.items()
        if not hard or r.level == "hard"
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['ease'] if row['ease'] is not None else '-':>6}  {row['text']}")
    counts = Counter(r.level or "too short" for r in found.values())
    typer.echo(", ".join(f"{level}: {n}" for level, n in counts.most_common()))


@app.command()
def spelling(as_json: Json = False) -> None:
    """Words of the Dutch texts that no dictionary knows: exit code 1 when there are any.

    Needs hunspell with its Dutch dictionary (Debian: hunspell, hunspell-nl).

    Example: baken landscape spelling
    """
    from baken.landscape.language import all_texts, misspelt, own_words
    from baken.landscape.stories import load_stories

    try:
        found = misspelt(all_texts(load_catalogue(), load_stories()), own_words())
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json([f.as_json() for f in found])
    else:
        for f in found:
            typer.echo(f"{f.level}: {f.path}: {f.problem}; expected {f.expected}")
        typer.echo(f"{len(found)} unknown words")
    raise typer.Exit(1 if found else 0)


def _no_record(offer_id: str, ids: list[str]) -> BakenError:
    """That there is no record of this id, with near ones."""
    from rapidfuzz import process

    near = [m[0] for m in process.extract(offer_id, ids, limit=3, score_cutoff=60)]
    return BakenError("ID", f"no record '{offer_id}'", "an id from `baken landscape list`", near)


def _of_records(found: list[Finding], ids: list[str], as_json: bool) -> list[Finding]:
    """What is said of these records or their cases; an id without a file is bad input."""
    known = {p.stem for p in content_files(DATA)}
    for one in ids:
        if one not in known:
            die(_no_record(one, sorted(known)), as_json)
    return [f for f in found if f.path.split(".yaml")[0].split("/")[-1] in ids]


@app.command()
def stats(as_of: AsOf = None, as_json: Json = False) -> None:
    """Count records, the shares of conditions that are rules, and how fresh the sources are.

    Example: baken landscape stats
    """
    from baken.landscape.stats import stats as run

    result = run(load_catalogue(), as_of_option(as_of))
    if as_json:
        print_json(result)
        return
    for name, value in result.items():
        if isinstance(value, dict):
            typer.echo(f"{name}:")
            for key, number in value.items():
                shown = f"{number:.1%}" if isinstance(number, float) else number
                typer.echo(f"  {key}: {shown}")
        else:
            typer.echo(f"{name}: {value}")


@app.command()
def coverage(as_of: AsOf = None, as_json: Json = False) -> None:
    """Count what can be had per need, by theme, province and phase of a firm's life.

    Example: baken landscape coverage
    """
    from baken.landscape.coverage import coverage as run

    result = run(load_catalogue(), as_of_option(as_of))
    if as_json:
        print_json(result)
        return
    for title, table in (
        ("theme", result["by_theme"]),
        ("province", result["by_province"]),
        ("phase", result["by_phase"]),
    ):
        columns = list(table["N01"])
        width = max(map(len, columns)) + 2
        typer.echo(f"{title:<{width}}" + "".join(f"{need:>5}" for need in table))
        for column in columns:
            counts = "".join(f"{row[column] or '-':>5}" for row in table.values())
            typer.echo(f"{column:<{width}}{counts}")
        typer.echo("")
    typer.echo(f"{len(result['empty'])} pairs of need and theme have no record of that theme.")


@app.command("list")
def list_(kind: Type = None, need: str | None = None, as_json: Json = False) -> None:
    """List the records, one a line: type, id, name.

    Example: baken landscape list --type instrument --need N11
    """
    types = ("instrument", "organisation", "training")
    if kind is not None and kind not in types:
        die(BakenError("--type", f"'{kind[:20]}' is no type", " or ".join(types)), as_json)
    if need is not None and need not in load_needs():
        die(BakenError("--need", f"'{need[:20]}' is no need", "N01 to N14"), as_json)
    rows = [
        {"type": r.type, "id": r.id, "name": name_of(r), "needs": r.needs, "status": r.status.value}
        for r in load_catalogue()
        if kind in (None, r.type) and (need is None or need in r.needs)
    ]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            typer.echo(f"{row['type']:<13}{row['id']:<44}{row['name']}")


@app.command()
def show(
    offer_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a record.")],
    kind: Type = None,
    as_json: Json = False,
) -> None:
    """Show one record with its conditions, figures and sources.

    Example: baken landscape show winwinlening
    """
    found = load_catalogue().find(offer_id, kind)
    if not found:
        die(_no_record(offer_id, [r.id for r in load_catalogue()]), as_json)
    if as_json:
        print_json([as_row(r) for r in found])
        return
    from baken.cli.show import show_record

    names = {
        r.id if r.type == "organisation" else f"{r.type}/{r.id}": name_of(r)
        for r in load_catalogue()
    }
    for record in found:
        show_record(record, as_of_option(None), names)


@app.command()
def new(
    offer_id: Annotated[str, typer.Argument(metavar="ID", help="Lower case, digits, hyphens.")],
    root: Annotated[
        Path | None, typer.Option("--root", help="Folder of the catalogue (the product's own).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Start an instrument from a template, with a file of cases beside it.

    Example: baken landscape new groene-lening
    """
    from baken.landscape.template import start

    try:
        made = start(offer_id, root, as_of_option(None))
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json([str(p) for p in made])
        return
    for path in made:
        typer.echo(path)
    typer.echo("Fill them in, then run: baken landscape check")


@app.command()
def export(
    format_: Annotated[
        str, typer.Option("--format", help="json, csv, jsonld or turtle (CPSV-AP 3).")
    ] = "json",
    base: Annotated[
        str, typer.Option("--base", help="Address of the site, for jsonld and turtle.")
    ] = "urn:baken",
    as_json: Json = False,
) -> None:
    """Export every record: JSON is a list of records, each with `id` and `type`.

    Example: baken landscape export --format csv
    """
    from baken.landscape.export import export as run

    try:
        text = run(load_catalogue(), "json" if as_json else format_, base, as_of_option(None))
    except BakenError as e:
        die(e, as_json)
    sys.stdout.buffer.write(text.encode())


def name_of(record: Offer) -> str:
    """The Dutch name, else whatever name there is."""
    return record.names.nl or record.names.en or record.names.fr or record.id
