"""Finds which texts the code uses, and which words of a text are of another language.

A text is used when its key stands in quotes somewhere, or when its key is put together of a
beginning and a word (``f"reckon.{tool}.{name}"``, ``"desk.role."|add:role``) and that word stands
in quotes somewhere too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from string import Formatter
from typing import Any

QUOTED = re.compile(r"[\"']([\w.-]+)[\"']")
JOINED = re.compile(r"[\"']([\w.]+[._])[\"'](?:\|add:|\s*\+)")
IN_TEMPLATE = re.compile(r"{%\s*(t|n|t_list)\s+[\"']([\w.]+)[\"']([^%]*)%}")
CODE = re.compile(r"[a-z0-9][a-z0-9_.-]*")
NAMED = re.compile(r"(\w+)=")
CALLS = {"text": "t", "plural": "n", "items": "t_list"}

STOP_WORDS = {
    "nl": "het een niet dat wat wij voor naar zijn onze deze worden geen zoals welke hoeveel uw",
    "en": "the and you your with this that not which what from have are for our they if than then",
    "fr": "le des vous votre vos nous notre est une pour dans avec que qui sur ce cette du",
}  # fmt: skip
"""Short words that no other of the three languages has."""


class Uses:
    """The keys and the words in quotes of some sources (file name and what is in it), beside
    ``codes`` that the data know.
    """

    def __init__(self, sources: Mapping[str, str], codes: Iterable[str] = ()) -> None:
        self.quoted: set[str] = set(codes)
        self.patterns: set[str] = set()
        self.calls: list[tuple[str, str, str, set[str] | None]] = []
        for name, source in sources.items():
            if name.endswith(".py"):
                self._python(name, ast.parse(source))
            else:
                self._template(name, source)

    def _python(self, name: str, tree: ast.Module) -> None:
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str() as value):
                    self.quoted.add(value)
                case ast.Constant(value=int() as number):
                    self.quoted.add(str(number))
                case ast.AnnAssign(target=ast.Name(id=field)):
                    self.quoted.add(field)
                case ast.JoinedStr(values=values):
                    self.patterns.add("".join(_part(v) for v in values))
                case ast.Call(func=ast.Name(id=called), args=args) if called in CALLS:
                    self._call(name, called, args, node.keywords)

    def _call(self, name: str, called: str, args: list[ast.expr], given: list[ast.keyword]) -> None:
        match args:
            case [_, ast.Constant(value=str() as key), *_]:
                names = {k.arg for k in given}
                told = None if None in names else {n for n in names if n}
                self.calls.append((name, CALLS[called], key, told))

    def _template(self, name: str, source: str) -> None:
        self.quoted |= set(QUOTED.findall(source))
        self.patterns |= {re.escape(start) + HOLE for start in JOINED.findall(source)}
        for tag, key, rest in IN_TEMPLATE.findall(source):
            if not key.endswith("."):
                self.calls.append((name, tag, key, set(NAMED.findall(rest))))

    def has(self, key: str) -> bool:
        """Whether a key is used."""
        if key in self.quoted:
            return True
        found = (p.fullmatch(key) for p in self.joined)
        return any(m and all(g in self.quoted for g in m.groups()) for m in found)

    @cached_property
    def joined(self) -> list[re.Pattern[str]]:
        """Keys that are put together: with a full stop that is written out."""
        return [re.compile(p) for p in self.patterns if "\\." in p]


HOLE = r"([\w.-]+)"


def _part(value: ast.expr) -> str:
    return re.escape(str(value.value)) if isinstance(value, ast.Constant) else HOLE


def codes_in(value: Any) -> set[str]:
    """The keys and codes of a data file: single words in small letters."""
    found: set[str] = set()
    if isinstance(value, Mapping):
        found |= {str(k) for k in value}
        value = list(value.values())
    if isinstance(value, list):
        return found.union(*(codes_in(inner) for inner in value)) if value else found
    return {value} if isinstance(value, str) and CODE.fullmatch(value) else set()


def base(key: str) -> str:
    """The key by which a text for one or for more is asked."""
    return re.sub(r"\.(one|other)$", "", key)


def unused(keys: Iterable[str], uses: Uses) -> list[str]:
    """The keys that no source asks for."""
    return sorted(k for k in keys if not uses.has(k) and not uses.has(base(k)))


def broken(texts: Mapping[str, Any], uses: Uses) -> list[str]:
    """Calls with a key that does not exist, or without a name that the text has to be told."""
    found = []
    for name, tag, key, told in uses.calls:
        wanted = [f"{key}.one", f"{key}.other"] if tag == "n" else [key]
        for one in wanted:
            if one not in texts:
                found.append(f"{name}: there is no text {one}")
            elif told is not None and tag == "t" and (lacking := names_in(texts[one]) - told):
                found.append(f"{name}: {one} is not told {', '.join(sorted(lacking))}")
    return found


def names_in(value: Any) -> set[str]:
    """The names to fill in."""
    return {name for _, name, _, _ in Formatter().parse(str(value)) if name}


def leaves(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """What is no mapping and no list, with where it stands."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{where}[{number}]")
    else:
        yield where, value


def foreign(lang: str, says: str) -> set[str]:
    """Short words of another language in a text of ``lang``."""
    own = set(STOP_WORDS[lang].split())
    others = {w for other, ws in STOP_WORDS.items() if other != lang for w in ws.split()} - own
    bare = re.sub(r"{\w+}", " ", says.lower())
    return {w for w in re.findall(r"[^\W\d_]+", bare) if w in others}


def triples(value: Any, where: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every mapping with words per language, with where it stands; addresses are no words."""
    if isinstance(value, Mapping):
        told = [value[lang] for lang in STOP_WORDS if lang in value]
        if told and all(isinstance(t, str) and not t.startswith("https://") for t in told):
            yield where, value
        for key, inner in value.items():
            yield from triples(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from triples(inner, f"{where}[{number}]")


MARKUP = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}|<(script|style)\b.*?</\1>|<!--.*?-->",
    re.S,
)
SPOKEN = re.compile(r"\b(?:aria-label|alt|title|placeholder)=[\"']([^\"']*)[\"']")
TAGS = re.compile(r"<[^>]*>")


def written_out(template: str) -> list[str]:
    """Words of a template that are no text of a language file: between the tags, or spoken."""
    bare = MARKUP.sub(" ", template)
    told = [*SPOKEN.findall(bare), TAGS.sub("\n", bare)]
    words = (w for says in told for w in re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", says)))
    return sorted(set(words))


def spoken_in_script(script: str) -> list[str]:
    """Strings of a script with more than one word."""
    strings = re.findall(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", script)
    told = ("".join(s).strip() for s in strings)
    return [s for s in told if re.search(r"[^\W\d_]{2,} [^\W\d_]{2,}", s) and s != "use strict"]
