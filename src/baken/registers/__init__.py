"""Floor 2: the registers that say what a code, a number or a word means.

KBO numbers (:mod:`kbo`), NACE-BEL 2025 and 2008 with a bridge (:mod:`nace`, :mod:`bridge`),
municipalities old and new (:mod:`places`, :mod:`place_search`), joint committees
(:mod:`joint_committees`), legal forms (:mod:`legal_forms`), activities by words
(:mod:`words`). :mod:`lookup` is what the floors above use. Nothing is read on import.
"""
