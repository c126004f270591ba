"""Lines of the trail are written, and files change hands, nowhere but where both happen at once.

It reads the source of the site. Each way past that is planted once, so that a check that finds
nothing finds nothing for a reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import baken.web

ROOT = Path(baken.web.__file__).parent
MAY = {"Trail": {"desk/files.py", "desk/trail.py"}, "Holder": {"desk/files.py"}}
"""The modules that may. ``desk/trail.py`` writes of an access, and what is over a year old goes
there."""
WRITES = {
    *("create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update"),
    *("delete", "save", "forget", "acreate", "asave", "adelete", "aupdate"),
}
BACK = {"holder": "Holder", "held": "Holder"}
"""The names by which a file and a member lead to it."""
SQL = re.compile(r'\b(?:into|update|from|table)\s+"?desk_(trail|holder)\b', re.I)


def modules() -> Iterator[tuple[str, str]]:
    """Each module of the site by its place in it, and its source. A migration is history."""
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def writes(source: str) -> set[str]:
    """The models of which a module makes, changes or removes rows: by their name, by a name that
    stands for their rows, from a file or a member, or past the models.
    """
    tree, found = ast.parse(source), set()
    known = {name: name for name in MAY}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            known |= {a.asname: a.name for a in node.names if a.asname and a.name in MAY}

    def models(node: ast.AST) -> set[str]:
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        ways = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
        asked = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
        back = {BACK[way] for way in (ways | asked) & BACK.keys()}
        return {known[name] for name in names & known.keys()} | back | (ways & MAY.keys())

    for node in sorted(ast.walk(tree), key=lambda n: getattr(n, "lineno", 0)):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.For) and (
            value := node.iter if isinstance(node, ast.For) else node.value
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for model in models(value):
                known |= {t.id: model for t in targets if isinstance(t, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {table.capitalize() for table in SQL.findall(node.value.lower())}
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            found |= models(node.func.value)
        elif isinstance(node.func, ast.Name | ast.Attribute) and not _reads(node.func):
            named = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            found |= {named} & MAY.keys() | {known[named] for named in {named} & known.keys()}
    return found


def _reads(node: ast.expr) -> bool:
    """Whether something is only asked of rows: ``Holder.objects.filter``."""
    return isinstance(node, ast.Attribute) and node.attr not in MAY


def test_no_module_passes_the_one_way() -> None:
    past = {
        (place, model)
        for place, source in modules()
        for model in writes(source)
        if place not in MAY[model]
    }
    assert not past, "go through touch, or a sibling of it, in baken.web.desk.files"


def test_the_modules_that_may_do() -> None:
    sources = dict(modules())
    for model, places in MAY.items():
        assert all(model in writes(sources[place]) for place in places), model


PAST = [
    ("Trail.objects.create(member=by)", "Trail"),
    ("Trail.objects.bulk_create(Trail(member=by) for _ in files)", "Trail"),
    ("Trail(member=by).save()", "Trail"),
    ("models.Trail.objects.create(member=by)", "Trail"),
    ("from x import Trail as T\nT.objects.create(member=by)", "Trail"),
    ("Holder.objects.filter(member=by).update(member=heir)", "Holder"),
    ("held = Holder.objects.filter(member=by)\nheld.delete()", "Holder"),
    ("held = Holder.objects.all()\nmine = held.filter(member=by)\nmine.update(member=x)", "Holder"),
    ("for one in Holder.objects.all():\n    one.save()", "Holder"),
    ("member.held.update(member=heir)", "Holder"),
    ("row.holder.delete()", "Holder"),
    ("one = row.holder\none.member = heir\none.save()", "Holder"),
    ("one = getattr(row, 'holder', None)\none.delete()", "Holder"),
    ("cursor.execute('UPDATE desk_holder SET member_id = 1')", "Holder"),
    ("cursor.execute('INSERT INTO desk_trail VALUES (1)')", "Trail"),
]


@pytest.mark.parametrize(("source", "model"), PAST)
def test_each_way_past_it_is_found(source: str, model: str) -> None:
    assert writes(source) == {model}


READS = [
    "Holder.objects.filter(member=by).exists()",
    "holder = getattr(row, 'holder', None)",
    "Trail.objects.none()",
    "path('spoor', all_trail, name='desk_trail')",
    "row.events.create(kind='sent')",
]


@pytest.mark.parametrize("source", READS)
def test_reading_is_no_way_past_it(source: str) -> None:
    assert writes(source) == set()
