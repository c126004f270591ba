"""A stand-in for the web service of the National Bank: it speaks what is documented of it, asks the
same of who asks, and fails when it is told to.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

KEY = "0123456789abcdef0123456789abcdef"


class StandIn(ThreadingHTTPServer):
    """``firms``: filings by number of ten digits; ``faults``: what goes wrong with the next
    requests, in order (a status, ``slow``, ``hang up``, ``half``, ``html``, ``large``, or headers
    beside a status).
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.firms: dict[str, list[dict[str, Any]]] = {}
        self.faults: list[Any] = []
        self.asked: list[str] = []
        self.ids: set[str] = set()
        self.address = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: StandIn

    def log_message(self, *given: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        here = self.server
        here.asked.append(self.path)
        if here.faults and self.fail(here.faults.pop(0)):
            return
        if self.headers["NBB-CBSO-Subscription-Key"] != KEY:
            return self.say(401, {"statusCode": 401, "message": "Access denied"})
        request_id = str(UUID(self.headers["X-Request-Id"]))
        if request_id in here.ids:
            return self.say(400, {"message": "X-Request-Id was used before"})
        here.ids.add(request_id)
        match self.path.strip("/").split("/"):
            case ["authentic", "legalEntity", number, "references"]:
                if self.headers["Accept"] != "application/json":
                    return self.say(406, {})
                if number not in here.firms:
                    return self.say(404, {"message": "not found"})
                return self.say(200, [self.reference(f) for f in here.firms[number]])
            case ["authentic", "deposit", reference, "accountingData"]:
                found = [f for fs in here.firms.values() for f in fs
                         if f["ReferenceNumber"] == reference]  # fmt: skip
                if not found or "Rubrics" not in found[0]:
                    return self.say(404, {"message": "no such document"})
                if self.headers["Accept"] != "application/x.jsonxbrl":
                    return self.say(406, {})
                left_out = ("ExerciseDates", "DepositDate", "AccountingDataURL")
                return self.say(200, {k: v for k, v in found[0].items() if k not in left_out})
        return self.say(404, {})

    def reference(self, filing: dict[str, Any]) -> dict[str, Any]:
        address = (
            f"{self.server.address}/authentic/deposit/{filing['ReferenceNumber']}/accountingData"
        )
        names = (
            "ReferenceNumber", "DepositDate", "ExerciseDates", "ModelType", "EnterpriseName",
            "LegalForm", "AccountingDataURL",
        )  # fmt: skip
        return {"AccountingDataURL": address} | {n: filing[n] for n in names if n in filing}

    def fail(self, fault: Any) -> bool:
        status, headers = fault if isinstance(fault, tuple) else (fault, {})
        match status:
            case "slow":
                time.sleep(1.0)
            case "hang up":
                self.close_connection = True
            case "half":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b'[{"Refer')
                self.close_connection = True
            case "html":
                self.say(200, None, b"<html>maintenance</html>")
            case "large":
                self.say(200, None, b" " * 5_000_001)
            case int():
                self.say(status, {}, headers=headers)
        return True

    def say(
        self, status: int, value: Any, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        body = body or json.dumps(value).encode()
        self.send_response(status)
        for name, told in (headers or {}).items():
            self.send_header(name, told)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A service on a free port."""
    with StandIn() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        try:
            yield server
        finally:
            server.shutdown()
