"""A referral as FHIR names it (R4 ``Task``, https://hl7.org/fhir/R4/task.html): same shape, no
claim of conformance.
"""

from __future__ import annotations

from baken.refer.model import Delivery, Handling, Referral

STATUS: dict[Handling, str] = {
    Handling.OFFERED: "requested",
    Handling.SEEN: "received",
    Handling.ACCEPTED: "accepted",
    Handling.REFUSED: "rejected",
    Handling.FULL: "on-hold",
    Handling.TRIED: "in-progress",
    Handling.IN_CONTACT: "in-progress",
    Handling.CLOSED: "completed",
    Handling.WITHDRAWN: "cancelled",
    Handling.EXPIRED: "failed",
}
"""Status of the task by what the receiver does with it."""


def task(referral: Referral, identifier: str) -> dict[str, object]:
    """The referral as a Task: status, reason, who said so and when, outcomes as outputs. No
    content, no names.
    """
    handling = referral.handling
    status = STATUS[handling.value]
    if referral.delivery.value is Delivery.BOUNCED and handling.value is Handling.OFFERED:
        status = "failed"
    found: dict[str, object] = {
        "resourceType": "Task",
        "identifier": [{"value": identifier}],
        "intent": "order",
        "status": status,
        "businessStatus": {"text": str(handling.value)},
        "authoredOn": referral.terms.sent_on.isoformat(),
        "lastModified": handling.at.isoformat(),
        "priority": "urgent" if referral.terms.crisis else "routine",
        "output": [
            {"type": {"text": f"outcome, {who!s}"}, "valueString": str(said.value)}
            for who, said in sorted(referral.outcomes.items())
        ],
    }
    if referral.refusal:
        found["statusReason"] = {"text": referral.refusal}
    return found
