"""What the docs name is there: commands and their options, targets of `make`, files, links,
addresses and variables of the environment.

Each kind of fault is planted once, so that a check that finds nothing finds nothing for a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver
from typer.main import get_command

from baken.cli.app import app

ROOT = Path(__file__).parents[1]
HISTORY = {ROOT / "CHANGELOG.md", ROOT / "docs" / "decisions"}
"""They may name what is there no more."""
PAGES = {
    str(page.relative_to(ROOT)): page.read_text(encoding="utf-8")
    for page in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
    if not {page, *page.parents} & HISTORY
}
OURS = ("src", "tests", "bench", "tools", "docs", "deploy")
ELSEWHERE = {"gap/", "diffusion/", "events/", "xl/"}
"""Folders that are none of ours: rooms to come, and the inside of a workbook."""

CODE = re.compile(r"^```.*?^```|^    (?:\$ |make ).*?$|`[^`\n]+`", re.M | re.S)
NOT_AFTER = r"(?<![\w./<{*~:-])"
FILE = re.compile(
    NOT_AFTER + r"(?:(?:\w[\w-]*/)*\w[\w-]*\.(?:py|html|js|css|ttl|typ)"
    r"|(?:\w[\w-]*/)+\w[\w-]*\.(?:yaml|json|md|txt))(?![\w.])"
)
FOLDER = re.compile(NOT_AFTER + r"(?:[a-z_]\w*/)+(?![\w.<{*-])")
NAME, OPTION = re.compile(r"[a-z][a-z-]*"), re.compile(r"--[a-z][a-z-]*")
VARIABLE = re.compile(r"BAKEN_[A-Z_]+[A-Z]")
ADDRESS = re.compile(r"(?<![\w.>*/:])(?:GET |POST )?(/(?:[a-z][\w/<>.-]*)?)(?=[?#…]|$)")
MACHINE = ("/opt/", "/etc/", "/var/", "/usr/", "/srv/")
"""Where folders of a machine begin."""
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)")


def code(text: str) -> Iterator[str]:
    """The lines of a page that are code."""
    for found in CODE.findall(text):
        yield from found.strip("`").splitlines()


@cache
def files() -> tuple[str, ...]:
    """The files of the repository with a slash before them, and the folders with one behind."""
    found = [p for top in OURS for p in (ROOT / top).rglob("*") if "__pycache__" not in p.parts]
    found += [p for p in ROOT.iterdir() if p.is_file() or p.name in OURS]
    return tuple(f"/{p.relative_to(ROOT)}{'/' if p.is_dir() else ''}" for p in found)


@cache
def sources() -> str:
    """All that may read a variable of the environment."""
    read = [p for top in ("src", "bench", "tools") for p in (ROOT / top).rglob("*.py")]
    return "\n".join(p.read_text(encoding="utf-8") for p in (*read, ROOT / "Makefile"))


@cache
def routes() -> tuple[list[str], ...]:
    """The addresses of the site, each as patterns of its parts."""

    def below(patterns: Any, before: str) -> Iterator[str]:
        for one in patterns:
            here = before + str(one.pattern)
            yield from below(one.url_patterns, here) if hasattr(one, "url_patterns") else [here]

    found = below(get_resolver().url_patterns, "")
    return tuple([re.sub(r"<[^>]*>", "[^/]+", part) for part in r.split("/")] for r in found)


def is_route(address: str) -> bool:
    """Whether an address of the site is this one or goes on from it."""
    said = address.strip("/").split("/")
    return address == "/" or any(
        len(said) <= len(route) and all(map(re.fullmatch, route, said)) for route in routes()
    )


def targets() -> set[str]:
    return set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@cache
def baken() -> Any:
    """The command ``baken``, its tree built once."""
    return get_command(app)


def below(command: Any) -> dict[str, Any]:
    """The commands of a group; none of a command."""
    return getattr(command, "commands", {})


def options_of(command: Any) -> set[str]:
    """Of a command, or of a group and each of its own."""
    own = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
    return own.union({"--help"}, *map(options_of, below(command).values()))


def wrong_in_command(line: str) -> list[str]:
    """Words and options that the command ``baken`` does not know; ``\\|`` and ``[ ]`` as docs have
    them, capitals for what is to be filled in.
    """
    said = re.split(r" [|#>] |  ", line)[0]
    alternatives = [a.split() for a in re.sub(r"\[.*?\]", "", said).split(r"\|") if a.strip()]
    command = above = baken()
    for word in takewhile(NAME.fullmatch, alternatives[0] if alternatives else []):
        if not below(command):
            break
        if word not in below(command):
            return [word]
        command, above = below(command)[word], command
    known, found = options_of(command), []
    for other, *_ in alternatives[1:]:
        if NAME.fullmatch(other):
            known |= options_of(below(above)[other]) if other in below(above) else set()
            found += [other] if other not in below(above) else []
    return found + [o for o in OPTION.findall(said) if o not in known]


def wrong_in_module(module: str, rest: str) -> list[str]:
    """What ``python -m`` would not find."""
    if module not in ("django", "baken.web.manage"):
        return [] if find_spec(module) else [module]
    name, _, given = rest.strip().partition(" ")
    room = get_commands().get(name)
    if room is None:
        return [name]
    parser = load_command_class(room, name).create_parser("", name)
    return [o for o in OPTION.findall(given) if o not in parser.format_help()]


def wrong_in(text: str) -> list[str]:
    """What a page names in code and is not there."""
    found: list[str] = []
    for line in code(text):
        found += [m for m in re.findall(r"\bmake ([a-z][\w-]*)", line) if m not in targets()]
        if match := re.match(r"(?:\s*\$ |\s*)baken (.*)", line):
            found += wrong_in_command(match[1])
        for module, rest in re.findall(r"python -m ([\w.]+)([^|;]*)", line):
            found += wrong_in_module(module, rest)
        names = {*FILE.findall(line), *FOLDER.findall(line)} - ELSEWHERE
        found += sorted(n for n in names if not any(f.endswith(f"/{n}") for f in files()))
        asked = [a for a in ADDRESS.findall(line) if not a.startswith(MACHINE)]
        found += [a for a in asked if not is_route(a)]
        found += [v for v in VARIABLE.findall(line) if v not in sources()]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    assert wrong_in(PAGES[page]) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_somewhere(page: str) -> None:
    assert dead(page, PAGES[page]) == []


def dead(page: str, text: str) -> list[str]:
    """Links of a page to a file or a heading that is not there."""
    found = []
    for to, heading in LINK.findall(text):
        file = (ROOT / page).parent / to if to else ROOT / page
        if not file.exists() or (heading and heading not in headings(file)):
            found.append(f"{to}#{heading}")
    return found


def headings(file: Path) -> set[str]:
    """The headings of a page as a link names them."""
    said = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in said}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`make test` and `make tets`", ["tets"]),
        ("`baken match --need TEXT --fcat k=v`", ["--fcat"]),
        ("`baken landscape check ID --quiet`, `baken landscape chekc`", ["chekc"]),
        (r"`baken law size\|dificulty [FILE] [--no-steps]`", ["dificulty"]),
        (r"`baken stories list\|show ID`, `baken schema [query\|answer]`", []),
        ("    $ baken match --need 'x' | head -3", []),
        ("`python -m baken.web`, `python -m baken.wbe`", ["baken.wbe"]),
        ("`python -m django invite MAIL --role ROLE --rule R`", ["--rule"]),
        ("`python -m baken.web.manage bakcup`", ["bakcup"]),
        ("`handover/store.py`, `store.py` and `shop/store.py`", ["shop/store.py"]),
        ("`web/handover/`, `web/hand/` and `gap/`", ["web/hand/"]),
        ("`BAKEN_DB` and `BAKEN_BD`", ["BAKEN_BD"]),
        ("`POST /plan`, `/scan/<token>/<number>`, `/scan/<token>/…` and `/`", []),
        ("`/plan/agenda.ics`, `/plna` and `GET /scan/<token>/uit?als=json`", ["/plna"]),
        ("make tea with baken tea", []),
    ],
)  # fmt: skip
def test_what_is_not_there_is_found(text: str, wrong: list[str]) -> None:
    assert wrong_in(text) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[the words](words.md) and [the deeds](deeds.md)", ["deeds.md#"]),
        ("[a walk](architecture.md#a-handover), [none](architecture.md#a-flight)",
         ["architecture.md#a-flight"]),
        ("[elsewhere](https://example.org/deeds.md)", []),
    ],
)  # fmt: skip
def test_a_dead_link_is_found(text: str, wrong: list[str]) -> None:
    assert dead("docs/web.md", text) == wrong
