"""``baken scan``: on which side a firm stands, its questions, and the study of them."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

import typer

from baken.cli.output import as_of_option, bounded_lines, die, known_lang, print_json
from baken.kernel.documents import MAX_BYTES, Document, decode_document, read_document
from baken.kernel.errors import BakenError

app = typer.Typer(help="The scan: reactive, proactive, or not known yet.")
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
LangOption = Annotated[str, typer.Option(help="nl, en or fr.")]


@app.callback(invoke_without_command=True)
def scan(
    ctx: typer.Context,
    answers: Annotated[
        Path | None, typer.Option(help="A scan as YAML or JSON; - is standard input.")
    ] = None,
    before: Annotated[
        Path | None, typer.Option(help="An earlier scan of the same firm, to compare with.")
    ] = None,
    need: Annotated[str | None, typer.Option(help="The need, N01 to N14: then it asks.")] = None,
    domain: Annotated[str | None, typer.Option(help="The domain: then it asks.")] = None,
    offers: Annotated[
        bool, typer.Option(help="Judge the offers of the next step for this firm.")
    ] = True,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day of the scan.")] = None,
    as_json: JsonOption = False,
    lang: LangOption = "nl",
) -> None:
    """On which side does a firm stand? At most six answers; no side is named when it is not sure.

    Without --answers it asks one question at a time in the terminal, or reads a scan from
    standard input.

    Example: baken scan --answers scan.yaml --json
    """
    if ctx.invoked_subcommand is not None:
        return
    from baken.cli.ask_scan import ask
    from baken.scan.read import read_scan

    facts: dict[str, Any] = {}
    try:
        known_lang(lang)
        day = as_of_option(as_of)
        if answers is not None:
            _about_nothing_else(need, domain)
        if answers is None and (need or domain or sys.stdin.isatty()):
            found = ask(need, domain, day, lang)
        else:
            document = _document(answers)
            found, told = read_scan(document.value, document, day)
            lang = told if "lang" in document.value else lang
            facts = document.value.get("facts") or {}
            found = _with_sections(found, facts, lang)
        out = _result(found, before, lang)
        if offers and out["next_step"]:
            out["next_step"].update(_judged(out["next_step"], facts, found.as_of, lang))
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json(out)
    else:
        _show(out, lang)


def _about_nothing_else(need: str | None, domain: str | None) -> None:
    """A scan that is handed in says itself what it is about: an option beside it would be passed
    over in silence, so it is refused, with what is wrong in it first.
    """
    from baken.scan.read import check_subject

    check_subject(need, domain)
    if need or domain:
        option = "--need" if need else "--domain"
        raise BakenError(option, "can't stand beside --answers", "need or domain in that file")


def _with_sections(found: Any, facts: dict[str, Any], lang: str) -> Any:
    """The scan with the sections of activity that its facts lead to, by which a step is chosen."""
    from dataclasses import replace

    from baken.match.firm import read_firm

    told = read_firm(facts, "", found.as_of, lang).values.get("nace_section")
    return found if told is None else replace(found, facts={**found.facts, "nace_section": told})


def _result(found: Any, before: Path | None, lang: str) -> dict[str, Any]:
    from baken.scan import compare, tell
    from baken.scan.read import read_scan
    from baken.scan.scan import judge

    out = tell.as_json(judge(found), lang)
    if before is not None:
        document = read_document(before)
        earlier, _ = read_scan(document.value, document)
        out["since"] = compare.as_json(compare.compare(earlier, found), lang)
    return out


def _document(path: Path | None) -> Document:
    if path is None or str(path) == "-":
        if sys.stdin.isatty():
            raise BakenError("--answers", "nothing was given", "a scan on standard input")
        return decode_document(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    return read_document(path)


def _judged(step: dict[str, Any], facts: dict[str, Any], day: Any, lang: str) -> dict[str, Any]:
    """The offers and courses of a step that this firm can have, as the matcher judges them."""
    from baken.match.engine import default_engine
    from baken.match.model import read_query
    from baken.match.setting import within_reach

    only = within_reach([*step["offers"], *step["training"]], facts)
    if not only:
        return {"offers": [], "training": []}
    query = {"only": only, "facts": facts, "as_of": day.isoformat(), "lang": lang}
    ranked = default_engine().answer(read_query(query, day)).offers
    ranked = sorted(ranked, key=lambda o: (bool(o.stale), o.id not in step["own"]))

    def possible(ids: list[str]) -> list[dict[str, Any]]:
        return [
            {"id": o.id, "name": o.name, "verdict": o.verdict, "summary": o.summary,
             "verdict_says": o.verdict_says, "stale": o.stale, "url": o.url}
            for o in ranked
            if o.id in ids and o.verdict != "excluded" and o.availability != "closed"
        ]  # fmt: skip

    return {"offers": possible(step["offers"]), "training": possible(step["training"])}


def _show(out: dict[str, Any], lang: str) -> None:
    from baken.scan.items import words

    colon = words()["colon"][lang]
    for stand in (out["posture"], *out["domains"]):
        typer.echo(f"{stand['label']}{colon} {stand['side_says']}{_sure(stand, lang)}")
        if stand["side"] == "not_asked" or not stand["answers"]:
            continue
        typer.echo(f"  {stand['says']}")
        if stand["id"] != "posture":
            for a in stand["answers"]:
                fact = f" ({words()['from_fact'][lang]})" if a["fact"] else ""
                typer.echo(f"  - {a['ask']} {a['answer']}{fact}")
    for change in out.get("since", ()):
        typer.echo(change["says"])
        for event in change["events"]:
            typer.echo(f"  - {event['ask']} {event['says']}")
    step = out["next_step"]
    if step:
        typer.echo(f"{words()['next_step'][lang]}{colon} {step['says']}")
        if step["trade_says"]:
            typer.echo(f"  {step['trade_says']}")
        for offer in (*step["offers"], *step["training"]):
            typer.echo(f"  -> {_named(offer, lang) if 'name' in offer else offer}")
    typer.echo(out["limits"])


def _named(offer: dict[str, Any], lang: str) -> str:
    from baken.scan.items import words

    old = f" [{words()['stale'][lang]}]" if offer["stale"] else ""
    return f"{offer['name']} ({offer['verdict_says']}){old}"


def _sure(stand: dict[str, Any], lang: str) -> str:
    from baken.scan.items import words

    percent = stand.get("certainty_pct")
    return f" ({words()['sure'][lang].format(percent=percent)})" if percent else ""


@app.command("items")
def items(as_json: JsonOption = False, lang: LangOption = "nl") -> None:
    """The questions with their answers, sources and curves.

    Example: baken scan items --json
    """
    from baken.scan.items import items as all_items

    try:
        known_lang(lang)
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json([item.as_json() for item in all_items().values()])
        return
    for item in all_items().values():
        typer.echo(f"{item.id}: {item.ask[lang]}")
        for choice in item.choices:
            typer.echo(f"    {choice.code}: {choice.says[lang]}")


@app.command("study")
def study(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="Scans given for study, as JSON, one a line. Without it: those of the site."
        ),
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the scans of the site to this file too.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """How well the scan measures: kappa, alpha, curves of the questions, sides on a second go.

    Without a file it reads what owners gave for study from the database of the site
    (DATABASE_URL, else BAKEN_DB); --export keeps that. A line that can't be used is told and left
    out, and the exit code is 2.

    Example: baken scan study scans.jsonl --json
    """
    from baken.scan.study.read import MAX_LINE, read_lines
    from baken.scan.study.report import Study, report

    refused: list[BakenError] = []
    try:
        if file is not None and export is not None:
            raise BakenError("--export", "a file was given too", "a file to read, or one to write")
        with BytesIO(_of_site(export)) if file is None else file.open("rb") as lines:
            name = "the site" if file is None else file.name
            found = Study(read_lines(bounded_lines(lines, MAX_LINE), name, refused))
    except OSError as e:
        die(BakenError(str(file), f"can't be read: {e.strerror}", "scans, one a line"), as_json)
    except BakenError as e:
        for other in e.others:
            typer.echo(f"baken: {other}", err=True)
        die(e, as_json)
    out = report(found)
    if as_json:
        print_json({**out, "refused": [e.as_json() for e in refused]})
    else:
        _show_study(out)
        for error in refused:
            typer.echo(f"baken: left out: {error}", err=True)
    if refused:
        raise SystemExit(2)


def _of_site(export: Path | None) -> bytes:
    """The scans that owners of the site gave for study, written to ``export`` too.

    The site is another process, with its own settings: the command line knows none of its code.
    """
    command = [sys.executable, "-m", "baken.web.manage", "export_study"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise BakenError(
            "database", said[-1] if said else "can't be read", "the database of a site, or a file"
        )
    if export is not None:
        try:
            export.write_bytes(done.stdout)
        except OSError as e:
            problem = f"can't be written: {e.strerror}"
            raise BakenError(str(export), problem, "a file in a folder that is there") from e
    return done.stdout


def _show_study(out: dict[str, Any]) -> None:
    typer.echo(
        f"{out['owners']} owners, {out['scans']} scans, {out['pairs']} of them answered twice"
        + (f" ({out['days_between']} days between)" if out["pairs"] else "")
    )
    if out["owners"] < out["few_below"]:
        typer.echo(f"Fewer than {out['few_below']} owners: these figures tell little.")
    typer.echo("question                 answers  same  kappa  weighted  sharpness  thresholds")
    for q in out["questions"]:
        curve = q["curve"] or {}
        sharp = f"{curve['sharpness']:.2f}±{curve['error']:.2f}" if curve else "-"
        where = " ".join(f"{t:.1f}" for t in curve.get("thresholds", ()))
        typer.echo(
            f"{q['item']:<24} {q['answers']:>7} {_figure(q['same']):>5} {_figure(q['kappa']):>6} "
            f"{_figure(q['weighted_kappa']):>9} {sharp:>10}  {where}"
        )
    typer.echo("part                     complete  alpha  twice  retest  named  contradicted")
    for p in out["parts"]:
        typer.echo(
            f"{p['id']:<24} {p['complete']:>8} {_figure(p['alpha']):>6} {p['twice']:>6} "
            f"{_figure(p['retest']):>7} {_figure(p['named']):>6} {_figure(p['contradicted']):>13}"
        )
    if out["correlation"] is not None:
        typer.echo(
            f"correlation of two domains: {out['correlation']:.2f} "
            f"(assumed {out['assumed']['correlation']:.2f})"
        )


def _figure(value: Any) -> str:
    if isinstance(value, dict):
        value = value["value"]
    return "-" if value is None else f"{value:.2f}"
