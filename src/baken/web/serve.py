"""Start the site: tables, catalogue, search, and then a server that says its address."""

# mypy: allow-subclassing-any
from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask, ThreadedTaskDispatcher
from waitress.utilities import RequestEntityTooLarge

from baken.kernel.errors import BakenError
from baken.web.drain import Parser
from baken.web.place import keep_secret_key
from baken.web.rate import FREE

WARM: dict[str, Any] = {"need": "ik zoek hulp", "as_of": "2026-01-01", "limit": 1}
log = logging.getLogger("baken.web.serve")
MADE_BETWEEN_ROUNDS = 5_000
"""Objects that are made and not thrown away before the collector looks for rings among them."""
THREADS = 3
"""Pages that a process works on at a time. They share one core, so more of them only keep each
other waiting; with fewer, who waits for another service keeps everybody waiting."""
TURN = 0.02
"""Seconds that a page is worked on before another has its turn. At Python's 0.005 pages that are
made at the same time interrupt each other so often that all of them are late."""
MAX_BODY = 53_000_000
"""Bytes that the server keeps of a body; of a larger one it keeps none. The site's own bound is
lower and answers with a page."""
CONNECTIONS = 1_000
"""Connections at a time: browsers, and proxies, keep some open that they do not use, and with the
server's hundred fifteen browsers would keep everybody else waiting."""


WATCHED = (*FREE, "/api/v1/health")
"""Asked by who watches over the site."""
LONGEST = 30
"""Seconds that PostgreSQL may work at one statement of a page. Commands and the start, which read
or change whole tables, have no bound."""


TOO_MUCH = """Dat is te veel in één keer: hoogstens 50 MB. Ga terug en geef minder bestanden.

That is too much at once: 50 MB at most. Go back and hand in fewer files.

C'est trop à la fois : 50 Mo au plus. Revenez en arrière et donnez moins de fichiers."""


class InWords(ErrorTask):
    """What is over the server's bound never reaches the site, and gets its words all the same."""

    def execute(self) -> None:
        """Answer, with the bound and what to do."""
        if isinstance(self.request.error, RequestEntityTooLarge):
            self.request.error.body = TOO_MUCH
        super().execute()


class Channel(HTTPChannel):
    """A connection whose refusals are in words, and reach who sends too much."""

    error_task_class = InWords
    parser_class = Parser


class WithReserve(ThreadedTaskDispatcher):
    """The threads of pages, and one in reserve for who watches: when all pages wait for a database
    or a service, it is told what is wrong, and that the process lives."""

    def __init__(self) -> None:
        super().__init__()
        self.reserve = ThreadedTaskDispatcher()

    def set_thread_count(self, count: int) -> None:
        """So many for pages."""
        super().set_thread_count(count)
        self.reserve.set_thread_count(min(count, 1))

    def add_task(self, task: Any) -> None:
        """Let a thread answer the first request of a connection."""
        watched = task.requests and getattr(task.requests[0], "path", "") in WATCHED
        if watched:
            self.reserve.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """Stop all."""
        self.reserve.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))


def bound_statements(connection: Any, **_: object) -> None:
    """Let PostgreSQL give up a statement of a page after ``LONGEST``."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = '{LONGEST}s'")


def prepare() -> tuple[str, int, bool]:
    """Make the database and bring it to the catalogue's version.

    Returns:
        The version, the number of records, and whether they had to be loaded.
    """
    keep_secret_key()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baken.web.settings")
    django.setup()
    from django.core.management import call_command

    from baken.web.catalogue import load_catalogue

    call_command("migrate", verbosity=0, interactive=False)
    return load_catalogue()


def behind_proxy() -> dict[str, Any]:
    """What the server believes of the proxy in front (``BAKEN_PROXY``, in production this machine
    unless told): the sender's address and that TLS ended there. Of others it believes nothing.
    """
    from django.conf import settings

    if not settings.BAKEN_PROXY:
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto"}
    return {"trusted_proxy": settings.BAKEN_PROXY, "trusted_proxy_headers": headers,
            "clear_untrusted_proxy_headers": True}  # fmt: skip


def server_of(application: Any, host: str, port: int) -> Any:
    """The server, listening."""
    BaseWSGIServer.channel_class = Channel
    threads = WithReserve()
    threads.set_thread_count(THREADS)
    return create_server(
        application,
        _dispatcher=threads,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        max_request_body_size=MAX_BODY,
        ident=None,
        **behind_proxy(),
    )


def serve(host: str = "127.0.0.1", port: int = 8000) -> int:
    """Serve the site until it is stopped; port 0 takes a free one.

    Returns:
        0 when it was stopped, 1 when it could not start, 2 when what it was told can't be used.
    """
    try:
        version, count, loaded = prepare()
    except BakenError as e:
        print(f"The catalogue cannot be used: {e}", flush=True)
        return 1
    except ImproperlyConfigured as e:
        print(f"The settings cannot be used: {e}", flush=True)
        return 2
    except DatabaseError as e:
        from baken.web.command import why_no_database

        said = why_no_database(e) or str(e).splitlines()[0]
        print(f"The database cannot be used: {said}.", flush=True)
        return 2
    state = "loaded" if loaded else "as it was"
    print(f"Catalogue {version}: {count} records, {state}.", flush=True)
    _tell_of_a_missing_extract()
    if not ready_to_answer():
        return 1
    from baken.web.desk.trail import sweep as sweep_trail
    from baken.web.owner.kept import sweep as sweep_plans
    from baken.web.scan.keep import sweep as sweep_scans
    from baken.web.signalen.keep import sweep as sweep_figures
    from baken.web.sweeping import watchman
    from baken.web.wsgi import application

    try:
        server = server_of(application, host, port)
    except OSError as e:
        print(f"Cannot listen on {host}:{port}: {e.strerror}. Try another PORT.", flush=True)
        return 1
    where = f"[{host}]" if ":" in host else host
    print(f"Baken is on http://{where}:{server.effective_port} (Ctrl+C stops it)", flush=True)
    connection_created.connect(bound_statements, dispatch_uid="bound_statements")
    connection.close()
    threading.Thread(target=_warm, daemon=True).start()
    sys.setswitchinterval(TURN)
    watchman(sweep_figures, sweep_scans, sweep_plans, sweep_trail)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    return 0


def _tell_of_a_missing_extract() -> None:
    """Say so where ``BAKEN_KBO`` names a file that is not there: the site goes on without it."""
    named = os.environ.get("BAKEN_KBO", "")
    if named and not Path(named).is_file():
        print("BAKEN_KBO names no file: the site asks what the extract would tell.", flush=True)


def ready_to_answer() -> bool:
    """Build or open the index and answer one question, before anybody else can ask: who waits for
    an index that takes minutes keeps a thread from all others. Told on the console.
    """
    from baken.web import engine

    print("Search: making ready (where nothing is kept yet, some minutes) ...", flush=True)
    began = monotonic()
    try:
        engine.answer(dict(WARM))
    except Exception as e:
        log.exception("the search cannot be used")
        print(f"The search cannot be used: {type(e).__name__}. Try `baken warm`.", flush=True)
        return False
    print(f"Search: ready after {monotonic() - began:.0f} s.", flush=True)
    return True


def _warm() -> None:
    """Load what draws and what finds by name, read what records are called, and make the invented
    firms, so that the first owner does not wait."""
    from baken.web import catalogue
    from baken.web.owner.finder import seek
    from baken.web.owner.providers import all_named
    from baken.web.owner.why_not import called
    from baken.web.signalen import chart, demo  # noqa: F401
    from baken.web.texts import LANGS

    try:
        for lang in LANGS:
            seek(WARM["need"], lang)
            called(lang)
            catalogue.names(lang)
        for inside in (False, True):
            all_named(catalogue.current_version(), inside)
        for kind in demo.PLANS:
            demo.shelf(kind)
    except Exception as e:  # the first question will tell its asker
        log.warning("the site did not warm up: %s", type(e).__name__)
    finally:
        connection.close()
        _keep_apart()


def _keep_apart() -> None:
    """Take what was read at the start out of the collector's rounds: it stays as long as the
    process, and walking through its 350,000 objects keeps everybody waiting for a tenth of a
    second. What pages make goes mostly without the collector, so its rounds are rarer too: one over
    all that stayed takes 50 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BETWEEN_ROUNDS)
