"""Taking in an extract: whole, by update, after a kill, with a reader beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from baken.kernel.errors import BakenError
from baken.registers.kbo_extract import look, make
from baken.registers.kbo_extract.take import _put_in_place, take

from .conftest import SEED, SIZE
from .hand import address, contents, enterprise, named, number, unit, write, write_update


def test_a_zip_and_a_folder_give_the_same(folder: Path, extract: Path, tmp_path: Path) -> None:
    zipped = make.zipped(folder, tmp_path / "full.zip")
    done = take(zipped, tmp_path / "kbo.sqlite")
    assert (done.kind, done.number, done.enterprises) == ("full", make.FIRST_NUMBER, SIZE)
    assert contents(tmp_path / "kbo.sqlite") == contents(extract)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "full.zip",
        "kbo.sqlite",
        "kbo.sqlite.lock",
    ]


def test_what_is_there_already_is_not_taken_in_again(folder: Path, extract: Path) -> None:
    before = extract.stat().st_mtime_ns
    assert take(folder, extract).already
    assert extract.stat().st_mtime_ns == before


def test_an_update_gives_what_a_full_extract_of_that_day_would(tmp_path: Path) -> None:
    """Names and places are looked for as they are now, and no longer as they were."""
    first = {
        "enterprise": [enterprise(1), enterprise(2), enterprise(3)],
        "establishment": [(unit(1), "01-01-2020", number(1))],
        "denomination": [
            named(number(1), "Bakkerij Oud"), named(number(2), "Weg"), named(number(3), "Blijft"),
        ],
        "address": [address(unit(1), "9000", "Gent", kind="BAET")],
        "activity": [(number(1), "001", "2025", "10711", "MAIN")],
    }  # fmt: skip
    into = tmp_path / "kbo.sqlite"
    take(write(tmp_path / "full", first), into)
    update = write_update(
        tmp_path / "update",
        {
            "enterprise": [number(2)],
            "denomination": [number(1), number(2)],
            "address": [unit(1)],
        },
        {
            "enterprise": [enterprise(4)],
            "denomination": [
                named(number(1), "Bakkerij Nieuw"), named(number(4), "Pas"),
                named(number(3), "Ook zo", kind="003"),
            ],
            "address": [address(unit(1), "3500", "Hasselt", kind="BAET")],
            "activity": [(number(1), "001", "2025", "47241", "SECO")],
        },
    )  # fmt: skip
    done = take(update, into)
    second = {
        "enterprise": [enterprise(1), enterprise(3), enterprise(4)],
        "establishment": first["establishment"],
        "denomination": [
            named(number(1), "Bakkerij Nieuw"), named(number(3), "Blijft"),
            named(number(3), "Ook zo", kind="003"), named(number(4), "Pas"),
        ],
        "address": [address(unit(1), "3500", "Hasselt", kind="BAET")],
        "activity": [
            (number(1), "001", "2025", "10711", "MAIN"),
            (number(1), "001", "2025", "47241", "SECO"),
        ],
    }  # fmt: skip
    take(write(tmp_path / "later", second), tmp_path / "later.sqlite")
    assert (done.kind, done.enterprises) == ("update", 3)
    got, wanted = contents(into), contents(tmp_path / "later.sqlite")
    for words in ("word", "turned"):  # words that nothing has any more may stay: they find nothing
        assert set(got.pop(words)) >= set(wanted.pop(words))
    loads = {t: [(i, json.loads(r)) for i, r in wanted.pop(t)] for t in ("names", "activities")}
    assert {t: [(i, json.loads(r)) for i, r in got.pop(t)] for t in loads} == loads
    assert got == wanted


def test_an_invented_update_changes_what_it_says(folder: Path, tmp_path: Path) -> None:
    into = tmp_path / "kbo.sqlite"
    take(folder, into)
    before = contents(into)["enterprise"]
    make.update(tmp_path / "update", SIZE, SEED)
    done = take(tmp_path / "update", into)
    after = contents(into)["enterprise"]
    assert done.number == make.FIRST_NUMBER + 1
    assert {i for i, *_ in before} - {i for i, *_ in after}
    assert {i for i, *_ in after} - {i for i, *_ in before}
    assert look.told(into)["full"] == make.SNAPSHOT.isoformat()
    make.update(tmp_path / "second", SIZE, SEED, 2)
    assert take(tmp_path / "second", into).number == make.FIRST_NUMBER + 2


def test_line_ends_and_a_mark_at_the_beginning_do_not_matter(
    folder: Path, extract: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "crlf")
    for path in (tmp_path / "crlf").iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    take(tmp_path / "crlf", tmp_path / "kbo.sqlite")
    assert contents(tmp_path / "kbo.sqlite") == contents(extract)


@pytest.mark.parametrize(
    ("there", "comes", "says"),
    [
        (None, ("update", 141), "no extract is there yet"),
        (140, ("update", 142), "expected update 141"),
        (140, ("update", 140), "expected update 141"),
        (140, ("full", 139), "the later 140 is there"),
        (140, ("update", 141), None),
        (140, ("full", 150), None),
    ],
)
def test_an_extract_out_of_order_is_refused_unless_forced(
    tmp_path: Path, there: int | None, comes: tuple[str, int], says: str | None
) -> None:
    into = tmp_path / "kbo.sqlite"
    if there:
        take(write(tmp_path / "there", {"enterprise": [enterprise(1)]}, there), into)
    kind, extract = comes
    new = tmp_path / "new"
    if kind == "full":
        write(new, {"enterprise": [enterprise(1), enterprise(2)]}, extract)
    else:
        write_update(new, {}, {"enterprise": [enterprise(2)]}, extract)
    if says is None:
        assert take(new, into).number == extract
        return
    with pytest.raises(BakenError, match=says) as error:
        take(new, into)
    assert error.value.path.endswith("new/meta.csv")
    if there:
        assert look.told(into)["number"] == str(there)
        assert take(new, into, force=True).enterprises == 2


KILLED = """
import json, os, signal, sys
from pathlib import Path
import duckdb
from baken.registers.kbo_extract import build, take
build.PART_ROWS, build.PART_NAMES = 700, 300
source, into = Path(sys.argv[1]), Path(sys.argv[2])

def run(into, point=None):
    said = []
    def progress(text):
        said.append(text)
        if text == point:
            os.kill(os.getpid(), signal.SIGKILL)
    take.take(source, into, progress=progress)
    return said

def forked(*args):
    child = os.fork()
    if child == 0:
        into.with_name("said.json").write_text(json.dumps(run(*args)))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])

forked(into.with_name("whole.sqlite"))
points = json.loads(into.with_name("said.json").read_text())
for point in points:
    assert forked(into, point), point
    assert not into.exists()
print(json.dumps([points, run(into)]))
"""


def test_a_killed_import_goes_on_where_it_stood(
    folder: Path, extract: Path, tmp_path: Path
) -> None:
    """SIGKILL at each step that is told, one after the other; in the end nothing differs."""
    zipped = make.zipped(folder, tmp_path / "full.zip")
    into = tmp_path / "kbo.sqlite"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(zipped), str(into)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    points, last = json.loads(done.stdout)
    assert len(points) > 20
    assert last == [
        f"{t}: read before"
        for t in ("enterprise", "establishment", "denomination", "address", "activity")
    ]
    assert contents(into) == contents(extract)


def test_one_killed_before_it_was_put_in_place_goes_on(
    folder: Path, extract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "kbo.sqlite"
    with monkeypatch.context() as killed:
        killed.setattr("baken.registers.kbo_extract.take._put_in_place", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take(folder, into)
    assert not into.exists()
    assert take(folder, into).enterprises == SIZE
    assert contents(into) == contents(extract)


def test_a_killed_update_leaves_what_was_there_and_is_done_again(
    folder: Path, tmp_path: Path
) -> None:
    into, update = tmp_path / "kbo.sqlite", tmp_path / "update"
    take(folder, into)
    make.update(update, SIZE, SEED)
    before = into.read_bytes()
    kill = (
        "import os, sys\nfrom pathlib import Path\n"
        "from baken.registers.kbo_extract.take import take\n"
        "take(Path(sys.argv[1]), Path(sys.argv[2]), progress=lambda t: "
        "os.kill(os.getpid(), 9) if 'address: ' in t and 'changed' in t else None)"
    )
    done = subprocess.run([sys.executable, "-c", kill, str(update), str(into)], check=False)
    assert done.returncode == -9
    assert into.read_bytes() == before
    assert look.record(into, look.printed(contents(into)["enterprise"][0][0]))
    assert take(update, into).number == make.FIRST_NUMBER + 1


def test_a_reader_sees_the_old_or_the_new_extract_and_never_a_mix(tmp_path: Path) -> None:
    into = tmp_path / "kbo.sqlite"
    made = {}
    for extract, name in ((140, "Oud"), (141, "Nieuw")):
        tables = {
            "enterprise": [enterprise(1, form="014" if name == "Oud" else "610")],
            "denomination": [named(number(1), name)],
        }
        take(write(tmp_path / name, tables, extract), tmp_path / f"{name}.sqlite")
        made[name] = (tmp_path / f"{name}.sqlite").read_bytes()
    into.write_bytes(made["Oud"])
    seen: set[tuple[str, str]] = set()
    faults: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                found = look.record(into, number(1))
                seen.add((found.names[0].text, found.form))
            except Exception as e:
                faults.append(e)

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(150):
        side = tmp_path / "side.sqlite"
        side.write_bytes(made["Nieuw" if turn % 2 == 0 else "Oud"])
        _put_in_place(side, into)
    stop.set()
    reader.join()
    assert not faults
    assert seen == {("Oud", "014"), ("Nieuw", "610")}


def test_two_imports_into_one_file_do_not_mix(folder: Path, tmp_path: Path) -> None:
    into = tmp_path / "kbo.sqlite"

    def second(text: str) -> None:
        if text == "address: reading":
            with pytest.raises(BakenError, match="another import"):
                take(folder, into)

    take(folder, into, progress=second)
    assert look.told(into)["count enterprise"] == str(SIZE)


def test_another_extract_does_not_go_on_with_what_is_half_done(
    folder: Path, tmp_path: Path
) -> None:
    into = tmp_path / "kbo.sqlite"

    def stop(text: str) -> None:
        if text == "activity: reading":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(folder, into, progress=stop)
    assert (tmp_path / "kbo.sqlite.work" / "address.parquet").exists()
    done = take(write(tmp_path / "other", {"enterprise": [enterprise(1)]}), into)
    assert done.enterprises == 1
