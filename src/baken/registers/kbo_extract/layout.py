"""The shape of an extract: its tables and columns, and how numbers are packed.

A number is kept as an integer of at most ten digits: 0200.065.765 is 200065765. Enterprises begin
with 0 or 1, establishments with 2 to 8, branches of foreign firms (not kept) with 9.
"""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    "meta": ("Variable", "Value"),
    "code": ("Category", "Code", "Language", "Description"),
    "enterprise": (
        "EnterpriseNumber", "Status", "JuridicalSituation", "TypeOfEnterprise", "JuridicalForm",
        "JuridicalFormCAC", "StartDate",
    ),
    "establishment": ("EstablishmentNumber", "StartDate", "EnterpriseNumber"),
    "denomination": ("EntityNumber", "Language", "TypeOfDenomination", "Denomination"),
    "address": (
        "EntityNumber", "TypeOfAddress", "CountryNL", "CountryFR", "Zipcode", "MunicipalityNL",
        "MunicipalityFR", "StreetNL", "StreetFR", "HouseNumber", "Box", "ExtraAddressInfo",
        "DateStrikingOff",
    ),
    "activity": (
        "EntityNumber", "ActivityGroup", "NaceVersion", "NaceCode", "Classification",
    ),
    "branch": ("Id", "StartDate", "EnterpriseNumber"),
    "contact": ("EntityNumber", "EntityContact", "ContactType", "Value"),
}  # fmt: skip
"""What the real files hold. Of ``branch`` and ``contact`` nothing is read."""

NEEDED: dict[str, tuple[str, ...]] = {
    "enterprise": (
        "EnterpriseNumber", "Status", "JuridicalSituation", "TypeOfEnterprise", "JuridicalForm",
        "StartDate",
    ),
    "establishment": COLUMNS["establishment"],
    "denomination": COLUMNS["denomination"],
    "address": (
        "EntityNumber", "TypeOfAddress", "CountryNL", "CountryFR", "Zipcode", "MunicipalityNL",
        "MunicipalityFR", "DateStrikingOff",
    ),
    "activity": COLUMNS["activity"],
}  # fmt: skip
"""The tables that are read, with the columns that must be there."""

TABLES = tuple(NEEDED)
KEY = {table: columns[0] for table, columns in NEEDED.items()}
"""The column that says of which entity a row is."""


def active(status: str | None) -> bool | None:
    """Whether an enterprise of that status is active; None where the status is none we know.

    >>> active("AC"), active("ST"), active("ZZ"), active(None)
    (True, False, None, None)
    """
    return {"AC": True, "ST": False}.get(status or "")


def packed(number: str) -> int:
    """
    >>> packed("0200.065.765")
    200065765
    """
    return int(number.replace(".", ""))


def printed(number: int) -> str:
    """As the register prints it.

    >>> printed(200065765), printed(2175653085)
    ('0200.065.765', '2.175.653.085')
    """
    digits = f"{number:010d}"
    if digits[0] in "01":
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    return f"{digits[0]}.{digits[1:4]}.{digits[4:7]}.{digits[7:]}"


def with_check(first_eight: int) -> int:
    """A packed number with its check digits (modulo 97).

    >>> with_check(2000657)
    200065765
    """
    return first_eight * 100 + 97 - first_eight % 97
