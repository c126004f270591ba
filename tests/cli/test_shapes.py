"""What commands print as JSON has the keys that docs/interfaces.md tells, and no other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from baken.cli.app import app

ROOT = Path(__file__).parents[2]
SCAN = str(ROOT / "docs" / "examples" / "scan.yaml")
LINE = {
    "who": "k3v9-t2",
    "consent": "2026-01",
    "need": "N12",
    "answers": {"customers.lost": "never"},
}
KEY = re.compile(r"`([a-z_]+)`")


def documented() -> dict[str, dict[str, set[str]]]:
    """Per command the keys of the table, by the key that holds them ("" is the top)."""
    text = (ROOT / "docs" / "interfaces.md").read_text(encoding="utf-8").split("## Shapes")[1]
    rows = [line.split(" | ", 1) for line in text.splitlines() if line.startswith("| `")]
    told: dict[str, dict[str, set[str]]] = {}
    for command, cell in rows:
        inside = {
            key: set(KEY.findall(held)) for key, held in re.findall(r"`(\w+)` \(([^)]*)\)", cell)
        }
        outer = re.sub(r"\([^)]*\)", "", cell)
        told[KEYED.search(command)[1]] = {"": set(KEY.findall(outer)), **inside}  # type: ignore[index]
    return told


KEYED = re.compile(r"`([a-z ]+)`")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An extract that was made and taken in, and a study of two scans."""
    folder = tmp_path_factory.mktemp("shapes")
    made, taken, study = folder / "kbo", folder / "kbo.sqlite", folder / "study.jsonl"
    for args in (
        ["make", str(made), "--enterprises", "60"],
        ["import", str(made), "--into", str(taken)],
    ):
        assert CliRunner().invoke(app, ["registers", "kbo", *args]).exit_code == 0
    scans = [LINE | {"as_of": day} for day in ("2026-01-01", "2026-07-01")]
    study.write_text("\n".join(map(json.dumps, scans)), encoding="utf-8")
    return {
        "MADE": str(made),
        "TAKEN": str(taken),
        "STUDY": str(study),
        "OTHER": str(folder / "two"),
    }


def printed(there: dict[str, str], args: str) -> Any:
    """What a command prints as JSON."""
    words = [there.get(word, word) for word in args.split()]
    done = CliRunner().invoke(app, [*words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def number(there: dict[str, str]) -> str:
    """An enterprise with a main activity."""
    for hit in printed(there, "registers kbo find bakkerij --from TAKEN")["hits"]:
        if printed(there, f"registers kbo show {hit['number']} --from TAKEN")["activities"]:
            return str(hit["number"])
    raise AssertionError("no bakery with an activity was made")


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("registers kbo import", "registers kbo import MADE --into TAKEN"),
        ("registers kbo status", "registers kbo status --from TAKEN"),
        ("registers kbo show", "registers kbo show NUMBER --from TAKEN"),
        ("registers kbo find", "registers kbo find bakkerij --from TAKEN"),
        ("registers kbo make", "registers kbo make OTHER --enterprises 5"),
        ("scan", f"scan --answers {SCAN} --no-offers"),
        ("scan items", "scan items"),
        ("scan study", "scan study STUDY"),
    ],
)
def test_the_keys_are_those_that_are_told(there: dict[str, str], command: str, args: str) -> None:
    told = documented()[command]
    out = printed(there, args.replace("NUMBER", number(there)) if "NUMBER" in args else args)
    top = out[0] if isinstance(out, list) else out
    assert set(top) == told[""] - ({"since"} if command == "scan" else set())
    for key, held in told.items():
        if key and held and isinstance(top.get(key), list | dict) and top[key]:
            inner = top[key][0] if isinstance(top[key], list) else top[key]
            if isinstance(inner, dict):
                assert set(inner) == held, key


def test_what_an_old_source_says_is_told_beside_it() -> None:
    shown = CliRunner().invoke(app, ["scan", "--answers", SCAN]).output
    out = json.loads(CliRunner().invoke(app, ["scan", "--answers", SCAN, "--json"]).output)
    offers = [*out["next_step"]["offers"], *out["next_step"]["training"]]
    assert shown.count("[bron oud of zonder datum]") == sum(o["stale"] for o in offers) > 0
