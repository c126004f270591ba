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
    assert len(UNITS) == 5
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
        for path in [*UNITS, DEPLOY / "environment.example", DEPLOY / "Containerfile"]
        for name in re.findall(r"\b(?:BAKEN_[A-Z_]+|DATABASE_URL)\b", path.read_text())
    }
    assert len(named) > 8
    table = told.replace("`BAKEN_SMTP_HOST`, `_PORT`", "`BAKEN_SMTP_HOST`, `BAKEN_SMTP_PORT`")
    assert {name for name in named if f"`{name}`" not in table} == set()
