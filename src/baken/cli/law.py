"""``baken law``: size, difficulty, alarm bell, de minimis, aid, delineation."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from baken.cli.output import bounded_lines, die, known_lang, own_fault, print_json
from baken.kernel.documents import (
    MAX_BYTES,
    Document,
    decode_document,
    read_document,
    read_json,
    utf8,
)
from baken.kernel.errors import BakenError

if TYPE_CHECKING:
    from baken.law.steps import Step

app = typer.Typer(
    help="The law that decides: SME size, difficulty, de minimis, aid, innovation or research. "
    "Not legal advice.",
    no_args_is_help=True,
)
Ask = Callable[[Any, Document | None], Any]
"""Reads a question and answers it; the answer has ``as_json`` and ``step``."""

FileArg = Annotated[
    Path | None, typer.Argument(help="A question as YAML or JSON; - is standard input.")
]
BatchOption = Annotated[Path | None, typer.Option(help="Questions as JSON, one a line.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
StepsOption = Annotated[
    bool, typer.Option("--steps/--no-steps", help="With or without the steps in words.")
]
LangOption = Annotated[str, typer.Option(help="nl, en or fr.")]


def _size(raw: Any, document: Document | None) -> Any:
    from baken.law.size import read_size, size_of

    return size_of(read_size(raw, document))


def _difficulty(raw: Any, document: Document | None) -> Any:
    from baken.law.difficulty import difficulty_of, read_difficulty

    return difficulty_of(read_difficulty(raw, document))


def _bell(raw: Any, document: Document | None) -> Any:
    from baken.law.alarm_bell import alarm_bell, read_bell

    return alarm_bell(read_bell(raw, document))


def _de_minimis(raw: Any, document: Document | None) -> Any:
    from baken.law.deminimis import read_de_minimis, room_of

    return room_of(read_de_minimis(raw, document))


def _aid(raw: Any, document: Document | None) -> Any:
    from baken.law.aid import aid_of, read_aid

    return aid_of(read_aid(raw, document))


def _delineate(raw: Any, document: Document | None) -> Any:
    from baken.law.delineation import delineate, read_delineate

    found = delineate(read_delineate(raw, document))
    found.asked_by = list(_asked_by(found.gber))
    return found


@lru_cache(maxsize=16)
def _asked_by(gber: str | None) -> tuple[str, ...]:
    """The measures of the catalogue that ask for a class of research or innovation: those with a
    condition on it, or whose tags or legal basis say so (``landscape.research``)."""
    from baken.landscape.catalogue import load_catalogue
    from baken.landscape.research import asking_for

    return tuple(asking_for(load_catalogue(), gber))


COMMANDS: Mapping[str, tuple[Ask, str]] = {
    "size": (
        _size,
        """Is the enterprise an SME once its shareholders are counted? Recommendation 2003/361/EC.

        Example: baken law size group.yaml --json
        """,
    ),
    "difficulty": (
        _difficulty,
        """Is the undertaking in difficulty? Regulation (EU) 651/2014, art. 2(18).

        Example: baken law difficulty accounts.yaml --json
        """,
    ),
    "alarm-bell": (
        _bell,
        """Does the alarm bell of the company code ring? WVV, art. 5:153, 6:119, 7:228, 7:229.

        Example: baken law alarm-bell accounts.yaml --json
        """,
    ),
    "de-minimis": (
        _de_minimis,
        """How much de minimis room is left, and does a new aid fit? Regulation (EU) 2023/2831.

        Example: baken law de-minimis aids.yaml --json
        """,
    ),
    "aid": (
        _aid,
        """How much aid may the project get, also with what it has? Regulation (EU) 651/2014.

        Example: baken law aid project.yaml --json
        """,
    ),
    "delineate": (
        _delineate,
        """Is it innovation or research? Frascati Manual 2015, Oslo Manual 2018, 651/2014 art. 2.

        ``asked_by`` names the measures of the catalogue that ask for that class: a condition on
        research or development, a tag that says so, or the article on which the measure rests.

        Example: baken law delineate activity.yaml --json
        """,
    ),
}


def _command(name: str, ask: Ask, told: str) -> None:
    """A command for a question: all take the same options."""

    @app.command(name, help=cleandoc(told))
    def command(
        file: FileArg = None,
        batch: BatchOption = None,
        as_json: JsonOption = False,
        steps: StepsOption = True,
        lang: LangOption = "nl",
    ) -> None:
        _run(ask, file, batch, as_json, steps, lang)


for _name, (_ask, _told) in COMMANDS.items():
    _command(_name, _ask, _told)


def _run(
    ask: Ask, file: Path | None, batch: Path | None, as_json: bool, steps: bool, lang: str
) -> None:
    try:
        known_lang(lang)
        if batch is not None and file is not None:
            expected = "FILE for one question, or --batch for many"
            raise BakenError("FILE", f"'{file}' stands beside --batch", expected)
        if batch is not None:
            _batch(ask, batch, steps)
            return
        document = _document(file)
        answer = ask(document.value, document)
    except BakenError as e:
        die(e, as_json)
    if as_json:
        print_json(answer.as_json(steps), 2)
    else:
        _show(answer, lang)


def _document(file: Path | None) -> Document:
    if file is None or str(file) == "-":
        if sys.stdin.isatty():
            raise BakenError("FILE", "no question was given", "a file, or - for standard input")
        return decode_document(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    return read_document(file)


def _batch(ask: Ask, path: Path, steps: bool) -> None:
    try:
        file = path.open("rb")
    except OSError as e:
        problem = f"can't be read: {e.strerror}"
        raise BakenError(str(path), problem, "a file of questions, one a line") from e
    with file:
        empty: list[int] = []
        for number, line in enumerate(bounded_lines(file, MAX_BYTES), 1):
            if not line.strip():
                empty.append(number)
                continue
            for at in empty:  # so that answers stay beside their lines; at the end none is due
                error = BakenError(f"line {at}", "the line is empty", "one question a line")
                print_json({"error": error.as_json()}, None)
            empty.clear()
            print_json(_answer_line(ask, line, number, steps), None)


def _answer_line(ask: Ask, line: bytes, number: int, steps: bool) -> Mapping[str, Any]:
    """The answer to a line, or its error; a fault of ours is told as one of that line."""
    identity = None
    try:
        if len(line) > MAX_BYTES:
            problem = "the question is too long"
            raise BakenError(f"line {number}", problem, f"at most {MAX_BYTES} bytes")
        raw = read_json(utf8(line, f"line {number}"), f"line {number}")
        identity = raw.get("id") if isinstance(raw, dict) else None
        return dict(ask(raw, None).as_json(steps))
    except Exception as e:
        told = e if isinstance(e, BakenError) else own_fault(number, e)
        if not told.path.startswith("line "):
            told.path = f"line {number}, {told.path}" if told.path else f"line {number}"
        error: dict[str, Any] = {"error": told.as_json()}
        if identity is not None:
            error["id"] = identity
        return error


def _show(answer: Any, lang: str) -> None:
    """The steps as an indented list, then what is missing and what was assumed."""
    words = {
        "nl": ("Nog nodig", "Aangenomen", "Dit is geen juridisch advies.", "Hiernaar vragen"),
        "en": ("Still needed", "Assumed", "This is no legal advice.", "Asked for by"),
        "fr": ("Encore nécessaire", "Supposé", "Ceci n'est pas un avis juridique.", "Demandé par"),
    }[lang]
    for step in answer.step.steps:
        _show_step(step, lang, 0)
    asked_by = getattr(answer, "asked_by", [])
    for title, names in (
        (words[0], answer.missing),
        (words[1], answer.assumed),
        (words[3], asked_by),
    ):
        if names:
            typer.echo(f"{title}:")
            for name in names:
                typer.echo(f"  - {name}")
    typer.echo(words[2])


def _show_step(step: Step, lang: str, depth: int) -> None:
    from baken.law.steps import tell

    source = f"  [{step.source}]" if step.source else ""
    typer.echo("  " * depth + tell(step.code, step.values)[lang] + source)
    for inner in step.steps:
        _show_step(inner, lang, depth + 1)
