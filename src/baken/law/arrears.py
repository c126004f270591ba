"""What the law says to a firm in arrears with tax or social security.

The economic code (WER), book XX, art. XX.41, XX.45, XX.99 and XX.102, and the alarm bell for what
can't be paid (WVV, art. 5:153 and 6:119); read as ``docs/law/sources/difficulty.yaml`` tells.
"""

from __future__ import annotations

from baken.law.steps import Step

BELLS = {"bv": "5:153", "cv": "6:119"}
NO_FILING = frozenset({"vzw"})
"""Art. XX.102, last paragraph: an association need not declare that it stopped paying."""


def arrears_of(social: bool, tax: bool, legal_form: str | None = None) -> Step | None:
    """The steps for a firm with arrears; None for one without."""
    if not social and not tax:
        return None
    top = Step("arrears", {})
    for said, code in ((social, "arrears.social"), (tax, "arrears.tax")):
        if said:
            top.under(code)
    if legal_form in BELLS:
        top.under("arrears.liquidity", f"WVV, art. {BELLS[legal_form]}, § 2")
    top.under("arrears.reorganisation", "WER, art. XX.41, XX.45")
    top.under("arrears.bankrupt", "WER, art. XX.99")
    if legal_form not in NO_FILING:
        top.under("arrears.file", "WER, art. XX.102")
    return top
