"""The files of `deploy/`: units that systemd takes, a container file that parses, and every
variable of theirs told in `docs/operate.md`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import dockerfile
import pytest

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
INSTRUCTIONS = {
    "FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD",
}  # fmt: skip
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not here (make test-all has it)"
)


def verify(folder: Path, *, change: tuple[str, str] = ("", "")) -> tuple[int, str]:
    """What systemd says of the units, with a program that this machine has."""
    for unit in UNITS:
        text = unit.read_text().replace("/opt/baken/.venv/bin/python", "/bin/true")
        (folder / unit.name).write_text(text.replace(*change) if change[0] else text)
    told = ["systemd-analyze", "verify", *map(str, sorted(folder.iterdir()))]
    done = subprocess.run(told, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@needs_systemd
def test_systemd_takes_every_unit(tmp_path: Path) -> None:
    assert len(UNITS) == 7
    assert verify(tmp_path) == (0, "")


@needs_systemd
@pytest.mark.parametrize(
    "change",
    [("Type=exec", "Type=forever"), ("/bin/true", "/no/such/program"), ("*:0/5", "*:0/minutes")],
)
def test_it_would_not_take_a_wrong_one(tmp_path: Path, change: tuple[str, str]) -> None:
    assert verify(tmp_path, change=change) != (0, "")


def test_every_timer_has_its_service() -> None:
    for timer in DEPLOY.glob("*.timer"):
        assert timer.with_suffix(".service").is_file()


def commands(unit: Path) -> list[str]:
    """The steps of a unit that systemd leaves out after one that failed."""
    return re.findall(r"^ExecStart=\S+ (.+)$", unit.read_text(), re.MULTILINE)


def test_no_step_waits_for_another_that_can_fail() -> None:
    """Of several `ExecStart` in one unit systemd does the first, and the next ones only when that
    went well: a full disk would keep what is over its time."""
    steps = {unit.name: commands(unit) for unit in DEPLOY.glob("*.service")}
    assert {len(told) for told in steps.values()} == {1}, steps
    assert steps["baken-nightly.service"] == ["-m baken.web.manage clear_overdue"]
    assert steps["baken-backup.service"] == ["-m baken.web.manage backup /var/lib/baken/backup"]
    (old,) = re.findall(r"^ExecStopPost=(.+)$", text_of("baken-backup.service"), re.MULTILINE)
    assert old.startswith("/usr/bin/find /var/lib/baken/backup") and old.endswith("-delete")


def text_of(name: str) -> str:
    return (DEPLOY / name).read_text()


def test_a_command_by_hand_is_run_as_the_units_run_it(tmp_path: Path) -> None:
    """With another user or environment `restore` would fill another database."""
    stands_in = tmp_path / "systemd-run"
    stands_in.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    stands_in.chmod(0o700)
    told = [str(DEPLOY / "baken-manage"), "restore", "/a b/kept.tar.gz", "--replace"]
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    done = subprocess.run(told, env=env, capture_output=True, text=True, check=True)
    given = done.stdout.splitlines()
    assert given[-3:] == told[1:]
    for unit in DEPLOY.glob("*.service"):
        lines = dict.fromkeys(unit.read_text().splitlines())
        (start,) = (line for line in lines if line.startswith("ExecStart="))
        assert given[-6] == start.removeprefix("ExecStart=").split()[0]
        units = {line.split("=", 1)[1] for line in lines if line.startswith("Environment=")}
        by_hand = {one.split("=", 1)[1] for one in given if one.startswith("--setenv=")}
        assert by_hand == units, unit.name
        for here, there in (
            ("User=", "--uid="),
            ("WorkingDirectory=", "--working-directory="),
            ("UMask=", "--property=UMask="),
            ("EnvironmentFile=", "--property=EnvironmentFile="),
        ):
            (value,) = (line.removeprefix(here) for line in lines if line.startswith(here))
            assert f"{there}{value}" in given, unit.name


def test_the_container_file_parses_and_copies_what_is_there() -> None:
    found = dockerfile.parse_file(str(DEPLOY / "Containerfile"))
    assert {c.cmd.upper() for c in found} <= INSTRUCTIONS
    assert all(c.value for c in found)
    assert found[0].cmd.upper() == "FROM"
    assert [c.value for c in found if c.cmd.upper() == "USER"][-1] == ("baken",)
    copied = [source for c in found if c.cmd.upper() == "COPY" for source in c.value[:-1]]
    assert copied
    for source in copied:
        assert (ROOT / source).exists(), source


@pytest.mark.parametrize(
    "wrong", ["FROM a\nENV a=b c\n", "FROM a\nENV x\n", "FROM a\nRUN <<END\nls\n", "# nothing\n"]
)
def test_the_parser_sees_a_fault(wrong: str) -> None:
    with pytest.raises(dockerfile.GoParseError):
        dockerfile.parse_string(wrong)


def test_every_variable_is_told() -> None:
    told = (ROOT / "docs" / "operate.md").read_text()
    named = {
        name
        for path in DEPLOY.iterdir()
        for name in re.findall(r"\b(?:BAKEN_[A-Z_]+|DATABASE_URL)\b", path.read_text())
    }
    assert len(named) > 8
    table = told.replace("`BAKEN_SMTP_HOST`, `_PORT`", "`BAKEN_SMTP_HOST`, `BAKEN_SMTP_PORT`")
    assert {name for name in named if f"`{name}`" not in table} == set()
