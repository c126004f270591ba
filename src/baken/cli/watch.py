"""``baken watch``: what moves in a firm's own figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from baken.cli.output import as_of_option, die, known_lang, print_long
from baken.cli.progress import Line
from baken.kernel.errors import BakenError

if TYPE_CHECKING:
    from baken.signals.read.store import Progress

PathsArg = Annotated[
    list[Path],
    typer.Argument(
        help="Files or folders: e-invoices (XML, zip, mail), tables (CSV, XLSX, ODS), bank"
        " statements (CODA), annual accounts (JSON)."
    ),
]


def watch(
    paths: PathsArg,
    as_of: Annotated[
        str | None, typer.Option(help="As known at the end of this day; today if left out.")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="The alarms as they would have come, month by month.")
    ] = False,
    own: Annotated[
        str | None,
        typer.Option(help="Your company number, where invoices do not tell whose they are."),
    ] = None,
    false_alarms: Annotated[
        float | None,
        typer.Option(help="False alarms accepted a year, per series (0.1) or firm (0.15)."),
    ] = None,
    per: Annotated[
        str, typer.Option(help="series or firm: what --false-alarms is for.")
    ] = "series",
    answer: Annotated[
        list[str] | None, typer.Option(help="An answer to a question of a file, as id=value.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave a store beside the folder: read only what is new.")
    ] = False,
    mail: Annotated[
        str | None, typer.Option(help="Send the letter of this month to an address, once.")
    ] = None,
    notes: Annotated[
        Path | None,
        typer.Option(help="A CSV of what was done (series,on,did): did it help?"),
    ] = None,
    look: Annotated[
        bool, typer.Option("--doors/--no-doors", help="Look for a door for each alarm.")
    ] = True,
    every: Annotated[
        bool, typer.Option("--all", help="Show all that was watched and all that was set aside.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    lang: Annotated[str, typer.Option(help="nl, en or fr.")] = "nl",
) -> None:
    """Alarm signals from a firm's own figures: what moves, since when, how sure that is.

    Marks: ! an alarm (!! a red one), -> what to check first, => who can help, ~ what stands longer,
    ? a question. Exit code 2: nothing could be read.

    Example: baken watch invoices/ complaints.csv --as-of 2026-06-30
    """
    from baken.cli.signals import (
        Page,
        show_alarms,
        show_aside,
        show_explained,
        show_questions,
        show_rest,
    )
    from baken.signals.answer import answer as answered
    from baken.signals.answer import rest
    from baken.signals.doors import helped
    from baken.signals.intake import take
    from baken.signals.many import Setting, watch_many
    from baken.signals.notes import read_notes
    from baken.signals.posture import postures
    from baken.signals.watch import PER_FIRM, PER_SERIES

    try:
        if per not in ("series", "firm"):
            raise BakenError("--per", f"'{per}' is not known", "series or firm")
        known_lang(lang)
        rate = (
            false_alarms if false_alarms is not None else PER_FIRM if per == "firm" else PER_SERIES
        )
        if not 0 < rate <= 1:
            expected = "a number above 0 and at most 1, such as 0.1"
            raise BakenError("--false-alarms", f"{rate:g} can't be", expected)
        day = as_of_option(as_of)
        did, unread = read_notes(notes) if notes else ([], [])
        taken = take(
            paths, day, own=own, answers=_answers(answer or []), keep=keep, progress=_progress()
        )
    except BakenError as e:
        e.path = "--own" if e.path == "own" else e.path
        die(e, as_json)
    files = taken.files
    files.rejected += unread
    line = Line("firms")
    setting = Setting(rate, per == "firm", as_of=day, replay=replay)
    found = watch_many(files.series, files.rejected, lights=files.lights, progress=line.tell,
                       setting=setting)  # fmt: skip
    line.wipe()
    if mail is not None:
        try:
            letter = (found, day, lang, _match if look else None, len(files.questions))
            _mail(mail, paths[0], letter)
        except BakenError as e:
            die(e, as_json)
    done = postures(did, [(j.series, j.alarms) for j in found.judged])
    asked = day if as_of else found.until(day)
    told = helped(found.alarms, found.facts, asked, lang, _match if look else None)
    beside = rest(found, day, setting)
    if as_json:
        print_long(answered(found, told, beside, lang=lang, questions=files.questions,
                            own=taken.own, done=done, weekly=taken.weekly,
                            replay=replay))  # fmt: skip
    else:
        pairs = list(zip(found.alarms, told, strict=True))
        shown = [(a, h) for a, h in pairs if replay or a.cleared is None]
        if replay:
            shown.sort(key=lambda pair: pair[0].detected)
        page = Page(found, lang, every)
        show_alarms(page, shown, replay)
        show_rest(page, beside, len(shown))
        show_explained(page)
        for one in done:
            typer.echo(f"~ {one.note.on} {one.note.series}: {one.note.did}. {one.says[lang]}")
        show_questions(files.questions, lang)
        show_aside(found.rejected, lang, every)
    if not found.judged and not found.lights and not files.questions:
        raise typer.Exit(2)


def _match(query: dict[str, Any]) -> dict[str, Any]:
    """Match, loaded when it is first asked."""
    from baken.match import match

    return match(query).as_json()


def _mail(to: str, path: Path, letter: Any) -> None:
    """Send this month's letter, unless it has gone; the month is noted beside the data."""
    from baken.signals import mail
    from baken.signals.letter import write

    if not re.fullmatch(r"[^@\s]+@[^@\s]+", to):
        raise BakenError("--mail", f"'{to}' is no mail address", "name@domain")
    folder = path if path.is_dir() else path.parent
    found, day, *_ = letter
    read = bool(found.judged or found.lights)
    if not mail.due(folder, day, read):
        return
    server = mail.Server.from_environment()
    mail.send(mail.message(write(*letter), to, server.sender), server)
    mail.note(folder, day, read)


def _answers(given: list[str]) -> dict[str, str]:
    out = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise BakenError(
                "--answer", f"'{one}' is no answer", "the id of a question, = and a choice"
            )
        out[name] = value
    return out


def _progress() -> Callable[[Progress], None]:
    """Tells how far the reading of invoices is."""
    line = Line("invoices")

    def tell(at: Progress) -> None:
        counts = ((at.known, "known"), (at.rejected, "set aside"))
        line.tell(at.done, at.total, "".join(f", {n:,} {what}" for n, what in counts if n))
        if at.done >= at.total:
            line.wipe()

    return tell
