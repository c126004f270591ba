"""What owners and advisers do, for locust: `load.py` runs it, in the environment of the bench.

An owner reads the first page, asks, answers up to five questions, and then makes a plan, sends the
question to a door, looks at a record, lays offers side by side or asks why something is missing. An
adviser signs in with password and code once, and then opens the list, a file, and writes a note.
Each page is held beside what must stand on it: another page is an error, whatever its status.

Between two actions an owner thinks ``LOAD_THINK`` seconds on average, evenly between a third of it
and five thirds. Requests go to the two processes in turn, as a proxy spreads them, each over a
connection of its own.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import secrets
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import gevent
import pyotp
from forms import Fields, fields, filled, read, way
from gevent.lock import BoundedSemaphore
from locust import FastHttpUser, task
from locust.env import Environment
from locust.exception import StopUser

GIVEN = json.loads(Path(os.environ["LOAD_GIVEN"]).read_text(encoding="utf-8"))
PORTS = [int(port) for port in os.environ["LOAD_PORTS"].split(",")]
THINK, SECONDS = float(os.environ["LOAD_THINK"]), float(os.environ["LOAD_SECONDS"])
OWNERS, ADVISERS = int(os.environ["LOAD_OWNERS"]), int(os.environ["LOAD_ADVISERS"])
JOURNEYS = int(os.environ["LOAD_JOURNEYS"])
SPAWN = 10.0
OUT = Path(os.environ["LOAD_OUT"])
HOST = "baken.example"

turns = itertools.cycle(PORTS)
people = iter(GIVEN["people"])
seen: list[tuple[float, str, str, float, str]] = []
"""When it was answered, who asked, what, milliseconds, what was wrong (or nothing)."""
ended: list[float] = []
sign_in = BoundedSemaphore(2)
signed_in: list[str] = []


class Wrong(Exception):
    """A page that is not the one that the walk expects."""


class Person(FastHttpUser):
    """Somebody with a browser."""

    abstract = True
    host = f"http://{HOST}"
    who = ""
    network_timeout = connection_timeout = 120.0

    def on_start(self) -> None:
        self.draw = random.Random(secrets.token_bytes(8))
        self.at = ".".join(str(self.draw.randrange(1, 255)) for _ in range(4))
        self.cookies: dict[str, str] = {}

    def think(self) -> None:
        """Read the page and make up one's mind."""
        gevent.sleep(self.draw.uniform(THINK / 3, THINK * 5 / 3))

    def whole(self, way: Callable[[], object]) -> bool:
        """Walk a way to its end; whether it was one. A page that lacks what the walk looks for is
        an error of the run."""
        try:
            way()
        except Wrong:
            return False
        except Exception as e:
            seen.append((time.time(), self.who, "page", 0.0, f"{type(e).__name__}: {e}"))
            return False
        return True

    def go(self, what: str, path: str, send: Fields | None = None, shows: str = "<main") -> str:
        """Ask for a page, and follow where it leads; its text.

        Raises :class:`Wrong` when it is none, or does not show what it must.
        """
        body = None if send is None else urlencode(send)
        began = time.perf_counter()
        with self.client.request(
            "GET" if body is None else "POST",
            f"http://127.0.0.1:{next(turns)}{path}",
            name=what,
            data=body,
            headers=self.headers(),
            allow_redirects=False,
            catch_response=True,
        ) as answer:
            text, status = answer.text or "", answer.status_code
            taken = 1000 * (time.perf_counter() - began)
            leads = answer.headers.get("Location", "") if status in (302, 303) else ""
            for line in (answer.headers.get_all("set-cookie") if answer.headers else None) or ():
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            wrong = ""
            if not status:
                wrong = f"no answer: {type(answer.error).__name__}"
            elif not leads and (status != 200 or shows not in text):
                wrong = f"status {status}, {shows!r} {'is' if shows in text else 'is not'} there"
            answer.failure(wrong) if wrong else answer.success()
        seen.append((time.time(), self.who, what, taken, wrong))
        if wrong:
            raise Wrong(wrong)
        return self.go(f"{what}, then", leads, None, shows) if leads else text

    def headers(self) -> dict[str, str]:
        """What a browser says, and the proxy in front of the site."""
        told = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.at,
            "Connection": "close",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return told


class Owner(Person):
    """Walks the whole way, and after a pause begins again as another owner."""

    who = "owner"

    @task
    def journey(self) -> None:
        if not self.whole(self.walk):
            return
        ended.append(time.time())

    def walk(self) -> None:
        """One journey, from the first page to a plan, a file that was sent, or a look around."""
        page = self.first_page()
        self.think()
        asks = self.draw.choice(GIVEN["needs"])
        page = read(self.press(page, "//form[@id='vraag-form']", "ask", asks, 'id="weten"'))
        for _ in range(self.draw.randint(1, 5)):
            choices = page.xpath("//section[@id='vraag']//button[@name='answer']")
            if not choices:
                break
            self.think()
            button = self.draw.choice(choices)
            chosen, to = {"answer": button.get("value")}, button.get("formaction")
            page = self.press(page, "//form[@id='kies']", "answer", chosen, 'id="weten"', to=to)
            page = read(page)
        for what in self.draw.sample(
            [self.plan, self.send, self.record, self.beside, self.missed], 2
        ):
            self.think()
            what(page)

    def first_page(self) -> Any:
        """The first page with what a browser fetches for it."""
        page = read(self.go("first page", self.draw.choice(["/", "/", "/en/", "/fr/"])))
        for sheet in page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href"):
            self.go("style sheet", sheet, shows="")
        return page

    def press(self, page: Any, where: str, what: str, typed: dict[str, str], shows: str,
              ticked: Iterable[str] = (), to: str = "") -> str:  # fmt: skip
        """Fill in the form at ``where`` and press its button."""
        form = page.xpath(where)[0]
        send = filled(fields(page, form, ticked), typed)
        return self.go(what, (to or form.get("action")).partition("#")[0], send, shows)

    def plan(self, page: Any) -> None:
        """A plan of the first three offers."""
        picks = page.xpath("//input[@name='pick' and @type='checkbox']/@value")[:3]
        if picks:
            self.press(page, "//form[@id='kies']", "plan", {}, "plan__steps", picks)

    def beside(self, page: Any) -> None:
        """Three offers side by side."""
        picks = page.xpath("//input[@name='pick' and @type='checkbox']/@value")[:3]
        if len(picks) > 1:
            to = way(page, "naast-elkaar")
            self.press(page, "//form[@id='kies']", "side by side", {}, "beside", picks, to)

    def record(self, page: Any) -> None:
        """What is known of one offer or door."""
        links = [a for a in page.xpath("//main//a/@href") if a.startswith("/") and "/aanbod/" in a]
        if links:
            self.go("record", self.draw.choice(links).partition("#")[0])

    def missed(self, page: Any) -> None:
        """Why something is not on the page."""
        if page.xpath("//*[@id='waarom-niet']"):
            typed, to = {"missed": "kmo-portefeuille"}, way(page, "waarom-niet")
            self.press(page, "//form[@id='kies']", "why not", typed, "<main", to=to)

    def send(self, page: Any) -> None:
        """Let the first door know: what goes along, how to be reached, preview, sent."""
        doors = page.xpath("//button[@name='to' and not(contains(@class, 'quiet'))]/@value")
        if not doors:
            return
        step = read(self.press(page, "//form[@id='kies']", "send: what", {"to": doors[0]},
                               "bereik", to=way(page, "stuur")))  # fmt: skip
        self.think()
        step = read(self.press(step, "//form[contains(@action, 'bereik')]", "send: reach",
                               {}, "nakijken"))  # fmt: skip
        self.think()
        step = read(self.press(step, "//form[contains(@action, 'nakijken')]", "send: preview",
                               {"phone": "0400 00 00 00", "when": "any"}, "sealed"))  # fmt: skip
        self.think()
        where = "//form[contains(@action, 'verstuur')]"
        self.press(step, where, "send: sent", {"do": "send"}, "<main")


class Adviser(Person):
    """Is signed in and works through the list."""

    who = "adviser"

    def on_start(self) -> None:
        super().on_start()
        self.me = next(people, None)
        if self.me is None:
            raise StopUser
        with sign_in:
            self.go("sign in, page", "/bureau/aanmelden", shows="password")
            typed = {"email": self.me["email"], "password": self.me["password"], "naar": "",
                     "code": pyotp.TOTP(self.me["key"]).now()}  # fmt: skip
            self.go("sign in", "/bureau/aanmelden", list(typed.items()), "desk-list")
        signed_in.append(self.me["email"])

    @task
    def work(self) -> None:
        """The list, a file of it, a note."""
        self.whole(self.round)
        self.think()

    def round(self) -> None:
        """One file."""
        page = read(self.go("list", "/bureau", shows="desk-list"))
        self.think()
        there = self.draw.choice(page.xpath("//h2/a/@href"))
        file = self.go("file", there, shows='name="note"')
        if 'value="open"' in file:
            self.think()
            self.go("open", there, [("do", "open")], 'name="note"')
        self.think()
        note = [("note", "Gebeld, komt terug op donderdag."), ("do", "note")]
        self.go("note", there, note, 'name="note"')


class Watch(Person):
    """Asks the health page of either process, twice a second."""

    who = "health"
    fixed_count = 1

    @task
    def ask(self) -> None:
        for path in ("/healthz", "/readyz"):
            self.whole(partial(self.go, path, path, shows='"ok"'))
            gevent.sleep(0.25)


def main() -> int:
    """Let everybody walk until the time is over or the journeys are done, and hand over what was
    seen.
    """
    kinds = {Watch: 1, Adviser: ADVISERS, Owner: OWNERS}
    for kind, count in kinds.items():
        kind.fixed_count = count
    environment = Environment(user_classes=[kind for kind, count in kinds.items() if count])
    runner = environment.create_local_runner()
    runner.start(sum(kinds.values()), spawn_rate=SPAWN)
    until = time.time() + SECONDS
    while time.time() < until and not (JOURNEYS and len(ended) >= JOURNEYS):
        gevent.sleep(0.5)
    told = {"seen": seen, "ended": ended, "signed_in": len(signed_in)}
    OUT.write_text(json.dumps(told), encoding="utf-8")
    runner.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
